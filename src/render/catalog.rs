//! `guiju rules`, `guiju packs` and `guiju explain RULE`: what is there, and what it asks.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde::Serialize;

use crate::lang::ast::{Pattern, Voice};
use crate::lang::print;
use crate::locale::Locale;
use crate::pack::uses::Uses;
use crate::pack::{Expected, Pack, Rule, Severity, Test};
use crate::plan::PlannedRule;
use crate::render::json::{BasisJson, SCHEMA_VERSION, basis, basis_line, text};
use crate::render::visible::{one_line, pad, visible, width, wrap};
use crate::render::{Style, severity_word};
use crate::say;

/// How many examples of each kind are shown.
const EXAMPLES: usize = 3;
/// How many phrases of a set are shown.
const MEMBERS: usize = 8;

#[derive(Serialize)]
struct RulesJson<'a> {
    schema_version: u32,
    rules: Vec<RuleJson<'a>>,
}

#[derive(Serialize)]
struct RuleJson<'a> {
    id: &'a str,
    pack: &'a str,
    title: &'a str,
    severity: &'a str,
    check: Vec<String>,
    message: Option<&'a str>,
    help: Option<&'a str>,
    basis: Option<String>,
    basis_items: Vec<BasisJson<'a>>,
    tags: &'a [String],
}

#[derive(Serialize)]
struct PacksJson<'a> {
    schema_version: u32,
    packs: Vec<PackJson<'a>>,
}

#[derive(Serialize)]
struct PackJson<'a> {
    name: &'a str,
    version: &'a str,
    title: &'a str,
    about: &'a str,
    extends: &'a [String],
    vars: &'a [String],
    params: &'a std::collections::BTreeMap<String, String>,
    rules: usize,
}

/// The rules as JSON, their statements in the voice of the language.
pub fn rules_json(rules: &[PlannedRule], locale: Locale) -> String {
    let rule = |planned| rule_json(planned, voice(locale));
    text(&RulesJson { schema_version: SCHEMA_VERSION, rules: rules.iter().map(rule).collect() }) + "\n"
}

fn rule_json(planned: &PlannedRule, voice: Voice) -> RuleJson<'_> {
    let rule = &planned.rule;
    let (basis, basis_items) = basis(rule);
    RuleJson {
        id: &rule.id.node,
        pack: &planned.pack,
        title: &rule.title,
        severity: planned.severity.name(),
        check: rule.checks.iter().map(|it| print::statement(&it.statement, voice)).collect(),
        message: rule.message.as_deref(),
        help: rule.help.as_deref(),
        basis,
        basis_items,
        tags: &rule.tags,
    }
}

/// The packs as JSON.
pub fn packs_json(packs: &[Pack]) -> String {
    text(&PacksJson { schema_version: SCHEMA_VERSION, packs: packs.iter().map(pack_json).collect() }) + "\n"
}

fn pack_json(pack: &Pack) -> PackJson<'_> {
    let Pack { name, version, title, about, extends, vars, params, rules, .. } = pack;
    PackJson { name, version, title, about, extends, vars, params, rules: rules.len() }
}

/// The rules by pack: id, severity, title.
pub fn rules(rules: &[PlannedRule], style: &Style) -> String {
    let mut out = String::new();
    let mut pack = None;
    let column = rules.iter().map(|it| width(&it.rule.id.node)).max().unwrap_or_default();
    let words = Severity::ALL.map(|it| width(severity_word(it, style.locale)));
    let word_column = words.into_iter().max().unwrap_or_default();
    for it in rules {
        if pack.replace(&it.pack) != Some(&it.pack) {
            let gap = if out.is_empty() { "" } else { "\n" };
            let _ = writeln!(out, "{gap}{}", visible(&it.pack));
        }
        let id = pad(&it.rule.id.node, column);
        let title = one_line(&it.rule.title, style.width.saturating_sub(column + 12));
        let _ = writeln!(out, "  {id}  {}  {title}", pad(severity_word(it.severity, style.locale), word_column));
    }
    out
}

/// The packs: name, version, title, how many rules, what they are for.
pub fn packs(packs: &[Pack], style: &Style) -> String {
    let mut out = String::new();
    for it in packs {
        let (name, version, title, rules) = (&it.name, &it.version, &it.title, it.rules.len());
        let head = say!(
            style.locale,
            "{name} {version}　{title}（{rules} 条规则）",
            "{name} {version}  {title} ({rules} rules)"
        );
        let _ = writeln!(out, "{}", wrap("", &head, style.width));
        if !it.about.is_empty() {
            let _ = writeln!(out, "{}", wrap("  ", &it.about, style.width));
        }
        if !it.extends.is_empty() {
            let _ = writeln!(
                out,
                "{}",
                wrap(&say!(style.locale, "  沿用：", "  extends: "), &it.extends.join(" "), style.width)
            );
        }
    }
    out
}

/// One rule in full: what it asks in both voices and which wordings its sets stand for, how grave, what to do, on
/// which authority, with examples where they are wanted.
pub fn rule(planned: &PlannedRule, packs: &[Pack], with_examples: bool, style: &Style) -> String {
    let rule = &planned.rule;
    let word = severity_word(planned.severity, style.locale);
    let mut out = format!("{} {} · {word} · {}\n\n", rule.id.node, visible(&rule.title), visible(&planned.pack));
    let mut row = |zh: &str, en: &str, text: &str| {
        let name = match style.locale {
            Locale::Zh => zh,
            Locale::En => en,
        };
        let _ = writeln!(out, "{}", wrap(&format!("  {name}"), text, style.width));
    };
    for check in &rule.checks {
        for voice in both(style.locale) {
            row("要求：", "asks: ", &print::statement(&check.statement, voice));
        }
    }
    let terms = packs.iter().find(|it| it.name == planned.pack).map(|it| &it.terms);
    for name in sets(rule) {
        if let Some(members) = terms.and_then(|it| it.get(&name)) {
            row("其中：", "where: ", &set(&name, members, style.locale));
        }
    }
    rule.message.iter().for_each(|it| row("说明：", "message: ", it));
    rule.help.iter().for_each(|it| row("改法：", "help: ", it));
    rule.basis.iter().for_each(|it| row("依据：", "basis: ", &basis_line(it)));
    if !rule.tags.is_empty() {
        row("标签：", "tags: ", &rule.tags.join(" "));
    }
    out.push('\n');
    if !with_examples {
        return out;
    }
    for (expected, head) in [
        (Expected::Pass, say!(style.locale, "通过的例子", "examples that pass")),
        (Expected::Fail, say!(style.locale, "不通过的例子", "examples that fail")),
        (Expected::NotApplicable, say!(style.locale, "不适用的例子", "examples it does not apply to")),
    ] {
        out.push_str(&examples(&head, rule.tests.iter().filter(|it| it.expected == expected), style));
    }
    out
}

/// The sets that a rule names.
fn sets(rule: &Rule) -> BTreeSet<String> {
    let mut uses = Uses::default();
    rule.checks.iter().for_each(|it| uses.statement(&it.statement));
    uses.sets
}

/// `$不足 指“不足和原因”“问题和原因”等 8 个词语，另有 3 种句式`
fn set(name: &str, members: &[Pattern], locale: Locale) -> String {
    let (regexes, phrases): (Vec<_>, Vec<_>) = members.iter().partition(|it| matches!(it, Pattern::Regex(_)));
    let voice = voice(locale);
    let shown = phrases.iter().take(MEMBERS).map(|it| match it {
        Pattern::Set(_) => print::pattern(it, voice),
        _ => format!("“{}”", print::pattern(it, voice).trim_matches(['"', '“', '”'])),
    });
    let (shown, count, shapes) = (shown.collect::<String>(), phrases.len(), regexes.len());
    let all = match count > MEMBERS {
        true => say!(locale, "${name} 指{shown}等 {count} 个词语", "${name} is {shown} and so on, {count} phrases"),
        false if count > 0 => say!(locale, "${name} 指{shown}", "${name} is {shown}"),
        false => return say!(locale, "${name} 指 {shapes} 种句式", "${name} is {shapes} regexes"),
    };
    match shapes {
        0 => all,
        _ => all + &say!(locale, "，另有 {shapes} 种句式", ", and {shapes} regexes"),
    }
}

fn examples<'a>(head: &str, tests: impl Iterator<Item = &'a Test>, style: &Style) -> String {
    let shown: Vec<_> = tests.take(EXAMPLES).map(|it| wrap("    ", &example(it, style.locale), style.width)).collect();
    if shown.is_empty() { String::new() } else { format!("  {head}\n{}\n\n", shown.join("\n    --\n")) }
}

/// The text of a test, and what stands beside it.
fn example(test: &Test, locale: Locale) -> String {
    let mut out = test.text.trim_end().to_owned();
    let mut beside = |name: String, text: &str| out.push_str(&format!("\n{name}\n{}", text.trim_end()));
    if let Some(text) = &test.among.last_year {
        beside(say!(locale, "〔上年的报告〕", "[last year's report]"), text);
    }
    for text in &test.among.others {
        beside(say!(locale, "〔其他单位的报告〕", "[another body's report]"), text);
    }
    out
}

/// The voice that rules are printed in.
pub const fn voice(locale: Locale) -> Voice {
    match locale {
        Locale::Zh => Voice::Zh,
        Locale::En => Voice::En,
    }
}

/// Both voices, the reader's own first.
const fn both(locale: Locale) -> [Voice; 2] {
    match locale {
        Locale::Zh => [Voice::Zh, Voice::En],
        Locale::En => [Voice::En, Voice::Zh],
    }
}
