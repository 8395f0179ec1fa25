//! The descriptions in English, by the kind of map and the field.

use serde_json::Value;

/// What each kind of thing and each field is for; a kind stands under its own name with no field.
const TEXTS: &[(&str, &str, &str)] = &[
    ("Pack", "", "A rule pack"),
    ("Pack", "pack", "The name of the pack, unique among the packs in use"),
    ("Pack", "version", "The version, such as \"1.0.0\"; in quotes"),
    ("Pack", "title", "What the pack is called"),
    ("Pack", "about", "What the pack is for, and on which authority"),
    (
        "Pack",
        "for",
        "Which reports it is for: a condition such as it mentions 法治 in the title; where it is false none of its rules apply",
    ),
    ("Pack", "extends", "The packs it builds on: names of built-in ones, or relative paths"),
    (
        "Pack",
        "params",
        "Parameters and their values, written {name} in statements; those of an extended pack may be changed",
    ),
    ("Pack", "extend", "Members added to inherited sets"),
    ("Pack", "vars", "Names of project variables that the user sets, such as level"),
    ("Pack", "terms", "Sets, written $name in statements; members are phrases, /regexes/ or $sets"),
    ("Pack", "quantities", "Quantities: a name and how it is written, {n} where the number stands, as in 审结{n}件"),
    ("Pack", "rules", "The rules; a pack that only adds to others may have none"),
    ("Pack", "silence", "Warnings that are not wanted, each with its reason"),
    ("Silence", "", "A warning that is not wanted"),
    ("Silence", "lint", "The id of the warning, such as PK002"),
    ("Silence", "of", "Which rules or names it is about; without it the whole pack"),
    ("Silence", "reason", "Why it may be ignored"),
    ("Silences", "", "One or several"),
    ("Rule", "", "A rule"),
    ("Rule", "id", "Its id, such as FZ001: unique, and never changed once in use"),
    ("Rule", "title", "What the rule is called"),
    (
        "Rule",
        "check",
        "The sentence of the rule, such as the report must include a 存在不足 section; of several, one that fails is enough",
    ),
    ("Rule", "severity", "How grave a finding is; without it must is error and should is warning"),
    ("Rule", "message", "What the reader of a finding is told; {found}, {expected} and {nearest} are filled in"),
    ("Rule", "help", "What to do about it"),
    ("Rule", "basis", "The authority: a text, or law, article and when it is in force"),
    ("Rule", "tags", "Words to group rules by"),
    ("Rule", "once", "All places of one cause are one finding"),
    ("Rule", "tests", "The rule's own tests, run by guiju test"),
    ("Severity", "", "How grave a finding is"),
    ("Severity", "error", "Must be mended"),
    ("Severity", "warning", "Should be mended"),
    ("Severity", "advice", "For consideration"),
    ("Severity", "off", "The rule is not in use"),
    ("Tests", "", "The tests of a rule: each text is a whole report"),
    ("Tests", "pass", "Texts that must pass"),
    ("Tests", "fail", "Texts that must fail; [[ ]] stands round the characters to be flagged, no mark is an absence"),
    ("Tests", "not-applicable", "Texts that the rule does not apply to"),
    ("Basis", "", "An authority"),
    ("Basis", "law", "The law, rule or standard"),
    ("Basis", "article", "The article, such as 第九条"),
    ("Basis", "from", "In force from this day on, such as 2021-08-11"),
    ("Basis", "until", "In force until this day, such as 2026-12-31"),
    ("Texts", "", "A text or several"),
    ("TextOrNumber", "", "A text or a number"),
    ("BasisItem", "", "One authority"),
    ("BasisList", "", "The authority, of one part or several"),
];

/// Puts all descriptions into English.
pub fn put(schema: &mut Value) {
    let root = schema["title"].as_str().unwrap_or_default().to_owned();
    put_one(schema, &root);
    if let Some(kinds) = schema.get_mut("definitions").and_then(Value::as_object_mut) {
        kinds.iter_mut().for_each(|(name, kind)| put_one(kind, name));
    }
}

fn put_one(kind: &mut Value, name: &str) {
    translate(kind, name, "");
    if let Some(fields) = kind.get_mut("properties").and_then(Value::as_object_mut) {
        fields.iter_mut().for_each(|(field, value)| translate(value, name, field));
    }
    for option in kind.get_mut("oneOf").and_then(Value::as_array_mut).into_iter().flatten() {
        let word = option["const"].as_str().unwrap_or_default().to_owned();
        translate(option, name, &word);
    }
}

fn translate(value: &mut Value, kind: &str, field: &str) {
    let english = TEXTS.iter().find(|it| (it.0, it.1) == (kind, field)).map(|it| it.2);
    if let (Some(description), Some(english)) = (value.get_mut("description"), english) {
        *description = Value::from(english);
    }
}
