//! What stands in a pack's YAML, field by field, before any of it is understood. All that is wrong with its shape is
//! told here: unknown and missing fields, wrong types, keys written twice.

use crate::locale::Locale;
use crate::pack::Expected;
use crate::say;
use crate::yaml::NodeId;
use crate::yaml::sheet::{Field, Sheet};
use crate::yaml::{Family, Node, Scalar, Schema, Value};

/// Fields of a pack.
const PACK: &[&str] = &[
    "pack",
    "version",
    "title",
    "about",
    "for",
    "extends",
    "params",
    "extend",
    "vars",
    "terms",
    "quantities",
    "rules",
    "silence",
];
/// Fields of a rule.
const RULE: &[&str] = &["id", "title", "check", "severity", "message", "help", "basis", "tags", "once", "tests"];
/// Fields of a rule's tests.
const TESTS: &[&str] = &["pass", "fail", "not-applicable"];
/// Fields of a test with other reports beside it.
const TEST: &[&str] = &["text", "last_year", "others"];
/// Fields of a legal basis.
const BASIS: &[&str] = &["law", "article", "from", "until"];
/// Fields of a silence.
const SILENCE: &[&str] = &["lint", "of", "reason"];
/// What the YAML of a pack is.
pub(super) const PACK_YAML: Schema =
    Schema { family: Family::Pack, fields: &[PACK, RULE, TESTS, TEST, BASIS, SILENCE] };

/// More rules are refused.
pub const MAX_RULES: usize = 100_000;

/// A name and what stands behind it: a set and its members, a quantity and its templates.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub name: Scalar,
    /// The values as written.
    pub values: Vec<Scalar>,
    /// Whether nothing was wrong with its shape.
    pub sound: bool,
}

/// A pack as written.
#[derive(Debug, Default)]
pub struct PackMirror {
    /// `pack`
    pub name: Option<Scalar>,
    /// `version`
    pub version: Option<Scalar>,
    /// `title`
    pub title: Option<Scalar>,
    /// `about`
    pub about: Option<Scalar>,
    /// `for`
    pub applies: Option<Scalar>,
    /// `extends`
    pub extends: Vec<Scalar>,
    /// `params`; one value each.
    pub params: Vec<Entry>,
    /// `extend`
    pub extend: Vec<Entry>,
    /// `vars`
    pub vars: Vec<Scalar>,
    /// `terms`
    pub terms: Vec<Entry>,
    /// `quantities`
    pub quantities: Vec<Entry>,
    /// `rules`
    pub rules: Vec<RuleMirror>,
    /// `silence`
    pub silences: Vec<SilenceMirror>,
}

/// A silenced warning as written.
#[derive(Debug)]
pub struct SilenceMirror {
    /// `lint`
    pub lint: Scalar,
    /// `of`
    pub of: Vec<Scalar>,
    /// `reason`
    pub reason: Scalar,
}

/// A rule as written.
#[derive(Debug)]
pub struct RuleMirror {
    /// `id`
    pub id: Scalar,
    /// `title`
    pub title: Option<Scalar>,
    /// `check`
    pub checks: Vec<Scalar>,
    /// `severity`
    pub severity: Option<Scalar>,
    /// `message`
    pub message: Option<Scalar>,
    /// `help`
    pub help: Option<Scalar>,
    /// `basis`
    pub basis: Vec<BasisMirror>,
    /// `tags`
    pub tags: Vec<Scalar>,
    /// `once`
    pub once: bool,
    /// `tests`
    pub tests: Vec<TestMirror>,
    /// Whether nothing was wrong with its shape.
    pub sound: bool,
}

/// A test as written: a text, or a text with other reports beside it.
#[derive(Debug)]
pub struct TestMirror {
    /// Under which field it stands.
    pub expected: Expected,
    /// The text, or `text`
    pub text: Scalar,
    /// `last_year`
    pub last_year: Option<Scalar>,
    /// `others`
    pub others: Vec<Scalar>,
}

/// A legal basis as written.
#[derive(Debug)]
pub struct BasisMirror {
    /// `law`, or the whole text.
    pub law: Scalar,
    /// `article`
    pub article: Option<Scalar>,
    /// `from`
    pub from: Option<Scalar>,
    /// `until`
    pub until: Option<Scalar>,
}

impl PackMirror {
    /// Reads a pack from the root of its YAML.
    pub fn read(sheet: &mut Sheet, root: Node) -> PackMirror {
        if matches!(root.value, Value::Null) && !sheet.yaml.is_whole() {
            return PackMirror::default();
        }
        if matches!(root.value, Value::Null) {
            let message = say!(sheet.locale, "文件是空的", "the file is empty");
            let help =
                say!(sheet.locale, "规则包至少要有 `pack:` 和 `rules:`", "a pack has a `pack:` and `rules:` at least");
            sheet.whole("pack::empty", message, help);
            return PackMirror::default();
        }
        let place = root.place;
        let name = say!(sheet.locale, "规则包", "pack");
        let whole = Field { name, key: None, node: root };
        let Some(mut fields) = sheet.fields(whole, PACK) else { return PackMirror::default() };
        let extends = fields.has("extends");
        let name = sheet.required(&mut fields, "pack", place);
        PackMirror {
            name,
            version: fields.take("version").and_then(|it| sheet.text(it)),
            title: fields.take("title").and_then(|it| sheet.text(it)),
            about: fields.take("about").and_then(|it| sheet.text(it)),
            applies: fields.take("for").and_then(|it| sheet.filled(it)),
            extends: fields.take("extends").map_or_else(Vec::new, |it| sheet.texts(it)),
            params: fields.take("params").map_or_else(Vec::new, |it| params(sheet, it)),
            extend: fields.take("extend").map_or_else(Vec::new, |it| entries(sheet, it)),
            vars: fields.take("vars").map_or_else(Vec::new, |it| sheet.texts(it)),
            terms: fields.take("terms").map_or_else(Vec::new, |it| entries(sheet, it)),
            quantities: fields.take("quantities").map_or_else(Vec::new, |it| entries(sheet, it)),
            rules: rules(sheet, fields.take("rules"), place, extends),
            silences: fields.take("silence").map_or_else(Vec::new, |it| silences(sheet, it)),
        }
    }
}

fn entries(sheet: &mut Sheet, field: Field) -> Vec<Entry> {
    let table = sheet.table(field);
    table.into_iter().map(|(name, field)| entry(sheet, name, field)).collect()
}

/// A set or quantity; one with nothing in it is a slip.
fn entry(sheet: &mut Sheet, name: Scalar, field: Field) -> Entry {
    let before = sheet.errors;
    let values = sheet.texts(field);
    if values.is_empty() && sheet.errors == before {
        let word = &name.text;
        let message = say!(sheet.locale, "`{word}` 是空的", "`{word}` is empty");
        let label = say!(sheet.locale, "里面没有词语", "holds no phrase");
        let help = say!(sheet.locale, "写上至少一个词语，或删去它", "write one phrase at least, or delete it");
        sheet.error("pack::empty-set", sheet.span(name.place), message, label, Some(help));
    }
    Entry { name, values, sound: sheet.errors == before }
}

fn params(sheet: &mut Sheet, field: Field) -> Vec<Entry> {
    let table = sheet.table(field);
    table
        .into_iter()
        .filter_map(|(name, field)| {
            sheet.text_or_number(field).map(|value| Entry { name, values: vec![value], sound: true })
        })
        .collect()
}

/// A pack without rules is a slip, unless it is there to change what it extends.
fn rules(sheet: &mut Sheet, field: Option<Field>, root: NodeId, extends: bool) -> Vec<RuleMirror> {
    let Some(field) = field else {
        if !extends {
            sheet.missing("rules", root);
        }
        return Vec::new();
    };
    let (place, key) = (field.node.place, field.key.unwrap_or(field.node.place));
    if matches!(field.node.value, Value::Null) && sheet.yaml.has_gap(sheet.span(key)) {
        sheet.errors += 1;
        return Vec::new();
    }
    if matches!(field.node.value, Value::Null) || matches!(&field.node.value, Value::List(list) if list.is_empty()) {
        let (message, label) = no_rules(sheet.locale);
        sheet.error("pack::no-rules", sheet.span(key), message, label, None);
        return Vec::new();
    }
    let Some(mut items) = sheet.list(field) else { return Vec::new() };
    if items.len() > MAX_RULES {
        let (found, at) = (items.len(), sheet.span(place));
        let message = say!(
            sheet.locale,
            "规则太多：{found} 条，最多 {MAX_RULES} 条",
            "too many rules: {found}, at most {MAX_RULES}"
        );
        sheet.error("pack::too-many-rules", crate::span::Span::new(at.start, at.start), message, String::new(), None);
        items.truncate(MAX_RULES);
    }
    items.into_iter().filter_map(|item| RuleMirror::read(sheet, item)).collect()
}

fn no_rules(locale: Locale) -> (String, String) {
    (
        say!(locale, "规则包里没有规则", "the pack has no rules"),
        say!(locale, "后面没有规则", "no rule stands behind it"),
    )
}

impl RuleMirror {
    fn read(sheet: &mut Sheet, node: Node) -> Option<RuleMirror> {
        let before = sheet.errors;
        let place = node.place;
        let name = say!(sheet.locale, "规则", "rule");
        let mut fields = sheet.fields(Field { name, key: None, node }, RULE)?;
        let id = sheet.required(&mut fields, "id", place);
        let checks = match fields.take("check") {
            Some(field) => checks(sheet, field),
            None => {
                sheet.missing("check", place);
                Vec::new()
            }
        };
        let mut rule = RuleMirror {
            id: id.unwrap_or(Scalar { text: String::new(), place }),
            checks,
            title: fields.take("title").and_then(|it| sheet.text(it)),
            severity: fields.take("severity").and_then(|it| sheet.text(it)),
            message: fields.take("message").and_then(|it| sheet.text(it)),
            help: fields.take("help").and_then(|it| sheet.text(it)),
            basis: fields.take("basis").map_or_else(Vec::new, |it| basis(sheet, it)),
            tags: fields.take("tags").map_or_else(Vec::new, |it| sheet.texts(it)),
            once: fields.take("once").and_then(|it| sheet.flag(it)).unwrap_or_default(),
            tests: fields.take("tests").map_or_else(Vec::new, |it| tests(sheet, it)),
            sound: false,
        };
        rule.sound = sheet.errors == before;
        Some(rule)
    }
}

/// One statement or a list of them; none at all is a slip.
fn checks(sheet: &mut Sheet, field: Field) -> Vec<Scalar> {
    let key = field.key.unwrap_or(field.node.place);
    let before = sheet.errors;
    let checks = sheet.filled_texts(field);
    if checks.is_empty() && sheet.errors == before {
        let message = say!(sheet.locale, "`check` 里没有语句", "`check` holds no statement");
        sheet.error("pack::missing-field", sheet.span(key), message, String::new(), None);
    }
    checks
}

fn tests(sheet: &mut Sheet, field: Field) -> Vec<TestMirror> {
    let Some(mut fields) = sheet.fields(field, TESTS) else { return Vec::new() };
    let mut tests = Vec::new();
    for (name, expected) in TESTS.iter().zip([Expected::Pass, Expected::Fail, Expected::NotApplicable]) {
        let Some(field) = fields.take(name) else { continue };
        let alone = matches!(field.node.value, Value::Text(_)) || beside(&field.node);
        let items = if alone { vec![field] } else { sheet.items(field) };
        tests.extend(items.into_iter().filter_map(|item| test(sheet, expected, item)));
    }
    tests
}

/// Whether a test is written as fields. A text that holds `: ` looks like a map too, but has none of them.
fn beside(node: &Node) -> bool {
    let Value::Map(entries) = &node.value else { return false };
    entries.iter().any(|(key, _)| matches!(&key.value, Value::Text(key) if TEST.contains(&key.as_str())))
}

fn test(sheet: &mut Sheet, expected: Expected, item: Field) -> Option<TestMirror> {
    let alone = |text| TestMirror { expected, text, last_year: None, others: Vec::new() };
    if !beside(&item.node) {
        return sheet.text(item).map(alone);
    }
    let place = item.node.place;
    let mut fields = sheet.fields(item, TEST)?;
    let text = sheet.required(&mut fields, "text", place)?;
    Some(TestMirror {
        last_year: fields.take("last_year").and_then(|it| sheet.filled(it)),
        others: fields.take("others").map_or_else(Vec::new, |it| sheet.texts(it)),
        ..alone(text)
    })
}

fn silences(sheet: &mut Sheet, field: Field) -> Vec<SilenceMirror> {
    sheet.items(field).into_iter().filter_map(|it| silence(sheet, it)).collect()
}

fn silence(sheet: &mut Sheet, field: Field) -> Option<SilenceMirror> {
    let place = field.node.place;
    let mut fields = sheet.fields(field, SILENCE)?;
    let lint = sheet.required(&mut fields, "lint", place);
    let of = fields.take("of").map_or_else(Vec::new, |it| sheet.filled_texts(it));
    let reason = sheet.required(&mut fields, "reason", place);
    Some(SilenceMirror { lint: lint?, of, reason: reason? })
}

/// A text, a law with its article, or a list of either.
fn basis(sheet: &mut Sheet, field: Field) -> Vec<BasisMirror> {
    let fields = match field.node.value {
        Value::List(_) => sheet.items(field),
        Value::Null | Value::Bool(_) | Value::Number | Value::Text(_) | Value::Map(_) | Value::Tagged => vec![field],
    };
    fields.into_iter().filter_map(|it| one_basis(sheet, it)).collect()
}

fn one_basis(sheet: &mut Sheet, field: Field) -> Option<BasisMirror> {
    let Value::Map(_) = field.node.value else {
        return sheet.text(field).map(|law| BasisMirror { law, article: None, from: None, until: None });
    };
    let place = field.node.place;
    let mut fields = sheet.fields(field, BASIS)?;
    let law = sheet.required(&mut fields, "law", place);
    let article = fields.take("article").and_then(|it| sheet.text(it));
    let from = fields.take("from").and_then(|it| sheet.text(it));
    let until = fields.take("until").and_then(|it| sheet.text(it));
    law.map(|law| BasisMirror { law, article, from, until })
}
