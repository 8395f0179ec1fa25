//! `guiju pack diff`: which verdicts a new version of a pack changes, rule by rule, with the text that turned.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use crate::compare::{Change, Standing, Turned};
use crate::locale::Locale;
use crate::render::Style;
use crate::render::json::{SCHEMA_VERSION, text};
use crate::render::visible::{one_line, visible, wrap};
use crate::say;

/// So many places of one rule in one report are shown.
const PLACES: usize = 10;
/// No more columns of the text that turned are shown.
const QUOTED: usize = 40;

/// What changed in each report, in order.
pub type Reports = Vec<(String, Vec<Change>)>;

/// Rule by rule, the reports below each; then the sum.
pub fn changes(reports: &Reports, style: &Style) -> String {
    let locale = style.locale;
    let mut rules: BTreeMap<&str, Vec<(&str, &Change)>> = BTreeMap::new();
    for (path, changes) in reports {
        changes.iter().for_each(|it| rules.entry(&it.rule).or_default().push((path, it)));
    }
    let mut out = String::new();
    for (rule, changes) in &rules {
        let title = changes.first().map_or("", |(_, it)| it.title.as_str());
        let _ = writeln!(out, "{} {}", visible(rule), visible(title));
        for (path, change) in changes {
            let (before, after) = (word(change.before, locale), word(change.after, locale));
            let _ = writeln!(out, "{}", wrap("  ", &format!("{path}　{before} → {after}"), style.width));
            let lines = change.gone.iter().map(|it| ("−", it)).chain(change.come.iter().map(|it| ("+", it)));
            for (sign, it) in lines.clone().take(PLACES) {
                let _ = writeln!(out, "{}", wrap(&format!("    {sign} "), &turned(it), style.width));
            }
            let more = lines.count().saturating_sub(PLACES);
            if more > 0 {
                let _ = writeln!(out, "    {}", say!(locale, "另有 {more} 处", "{more} more"));
            }
        }
        out.push('\n');
    }
    let changed = reports.iter().filter(|(_, it)| !it.is_empty()).count();
    let (all, rules) = (reports.len(), rules.len());
    let sum = match changed {
        0 => say!(locale, "{all} 份报告的结论都没有变。", "no verdict on {all} reports changes"),
        _ => say!(
            locale,
            "{all} 份报告中 {changed} 份的结论有变，涉及 {rules} 条规则（− 不再指出，+ 新指出）。",
            "{changed} of {all} reports change, by {rules} rules (− no longer flagged, + flagged now)"
        ),
    };
    out + &sum + "\n"
}

fn turned(it: &Turned) -> String {
    format!("{}:{} “{}” {}", it.at.line, it.at.column, one_line(&it.text, QUOTED), one_line(&it.message, 200))
}

fn word(standing: Standing, locale: Locale) -> String {
    match standing {
        Standing::Pass => say!(locale, "通过", "passes"),
        Standing::Fail => say!(locale, "未通过", "fails"),
        Standing::NotApplicable => say!(locale, "不适用", "does not apply"),
        Standing::Absent => say!(locale, "无此规则", "no such rule"),
    }
}

#[derive(Serialize)]
struct ChangesJson<'a> {
    schema_version: u32,
    reports: Vec<ReportJson<'a>>,
    changed: usize,
}

#[derive(Serialize)]
struct ReportJson<'a> {
    path: &'a str,
    changes: Vec<ChangeJson<'a>>,
}

#[derive(Serialize)]
struct ChangeJson<'a> {
    rule: &'a str,
    title: &'a str,
    before: &'static str,
    after: &'static str,
    gone: Vec<TurnedJson<'a>>,
    come: Vec<TurnedJson<'a>>,
}

#[derive(Serialize)]
struct TurnedJson<'a> {
    line: usize,
    column: usize,
    text: &'a str,
    message: &'a str,
}

/// The same for programs.
pub fn json(reports: &Reports) -> String {
    let changed = reports.iter().filter(|(_, it)| !it.is_empty()).count();
    let reports = reports.iter().map(|(path, it)| ReportJson { path, changes: it.iter().map(change).collect() });
    text(&ChangesJson { schema_version: SCHEMA_VERSION, reports: reports.collect(), changed }) + "\n"
}

fn change(it: &Change) -> ChangeJson<'_> {
    ChangeJson {
        rule: &it.rule,
        title: &it.title,
        before: it.before.name(),
        after: it.after.name(),
        gone: it.gone.iter().map(turned_json).collect(),
        come: it.come.iter().map(turned_json).collect(),
    }
}

fn turned_json(it: &Turned) -> TurnedJson<'_> {
    TurnedJson { line: it.at.line, column: it.at.column, text: &it.text, message: &it.message }
}
