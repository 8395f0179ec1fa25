//! A report's verdicts as comments on the Word document it came in.

use crate::check::Checked;
use crate::document::Document;
use crate::fix::suggestion;
use crate::locale::Locale;
use crate::pack::Severity;
use crate::plan::PlannedRule;
use crate::render::json::basis_line;
use crate::say;
use crate::span::Span;
use crate::verdict::{Finding, Outcome};
use crate::word::Note;

/// A comment for each finding on its very characters, or where something missing was due, behind one at the title that
/// sums up.
pub fn notes(rules: &[PlannedRule], document: &Document, checked: &Checked, locale: Locale) -> Vec<Note> {
    let mut counts = Counts::default();
    let mut notes = Vec::new();
    for verdict in &checked.verdicts {
        let (Some(rule), Outcome::Fail(findings)) = (rules.get(verdict.rule), &verdict.outcome) else { continue };
        for finding in findings {
            counts.add(rule.severity, finding.places.len().max(1));
            notes.push(note(rule, finding, locale));
        }
    }
    notes.sort_by_key(|it| (it.span.start, it.span.end));
    notes.insert(0, summary(document, checked, counts, locale));
    notes
}

/// How many places there are of each severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Counts {
    error: usize,
    warning: usize,
    advice: usize,
}

impl Counts {
    const fn add(&mut self, severity: Severity, places: usize) {
        match severity {
            Severity::Error => self.error += places,
            Severity::Warning => self.warning += places,
            Severity::Advice => self.advice += places,
        }
    }
}

fn note(rule: &PlannedRule, finding: &Finding, locale: Locale) -> Note {
    let (id, title) = (&rule.rule.id.node, &rule.rule.title);
    let level = level(rule.severity, locale);
    let mut lines = vec![format!("{id} {title} · {level}"), finding.message.clone()];
    // A suggestion says what the label does.
    if !finding.label.is_empty() && finding.label != finding.message && finding.fix.is_none() {
        lines.push(finding.label.clone());
    }
    let count = finding.places.len();
    if count > 1 {
        lines.push(say!(locale, "全文共 {count} 处，这里是第一处", "{count} places in all; this is the first"));
    }
    if let Some(fix) = &finding.fix {
        lines.push(suggestion(fix, locale));
    }
    if let Some(help) = &rule.rule.help {
        lines.push(say!(locale, "改法：{help}", "What to do: {help}"));
    }
    let basis: Vec<String> = rule.rule.basis.iter().map(basis_line).collect();
    if !basis.is_empty() {
        let basis = basis.join("；");
        lines.push(say!(locale, "依据：{basis}", "Authority: {basis}"));
    }
    Note { span: finding.span, lines }
}

fn level(severity: Severity, locale: Locale) -> String {
    match severity {
        Severity::Error => say!(locale, "错误", "error"),
        Severity::Warning => say!(locale, "警告", "warning"),
        Severity::Advice => say!(locale, "建议", "advice"),
    }
}

/// What came out in all, at the title; where there is none, at the beginning.
fn summary(document: &Document, checked: &Checked, counts: Counts, locale: Locale) -> Note {
    let paragraph = document.title.or_else(|| (!document.paragraphs.is_empty()).then_some(0));
    let span = paragraph.and_then(|at| document.paragraphs.get(at)).map_or(Span::default(), |it| it.span());
    let Counts { error, warning, advice } = counts;
    let count = |wanted: fn(&Outcome) -> bool| checked.verdicts.iter().filter(|it| wanted(&it.outcome)).count();
    let passed = count(|it| matches!(it, Outcome::Pass(_)));
    let silent = count(|it| matches!(it, Outcome::NotApplicable(_)));
    let mut lines = vec![say!(locale, "规矩检查结果", "What guiju found")];
    lines.push(if counts == Counts::default() {
        say!(locale, "没有发现问题。", "Nothing was found.")
    } else {
        say!(
            locale,
            "必须改（错误）{error} 处，建议改（警告）{warning} 处，供参考（建议）{advice} 处。",
            "Must be mended (error): {error}; should be (warning): {warning}; for consideration (advice): {advice}."
        )
    });
    lines.push(say!(
        locale,
        "已通过 {passed} 项，不适用 {silent} 项。",
        "Rules passed: {passed}; not applicable: {silent}."
    ));
    lines.extend(checked.notices.iter().cloned());
    Note { span, lines }
}
