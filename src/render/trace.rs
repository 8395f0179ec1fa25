//! `guiju explain RULE PATH`: how a verdict came about, as a tree.

use crate::check::Trace;
use crate::locale::Locale;
use crate::render::location::Locator;
use crate::render::visible::{one_line, visible, wrap};
use crate::render::{Report, Style, pretty};
use crate::say;
use crate::span::Span;
use crate::verdict::Outcome;

/// No deeper nesting is indented further.
const DEEPEST: usize = 12;
/// So many parts in a row that came to nothing are named.
const TOGETHER: usize = 12;

/// What came out for the one rule whose verdict the report holds, then why: one trace a statement.
pub fn verdict(report: &Report<'_>, traces: &[Trace], locator: &Locator<'_>, style: &Style) -> String {
    let locale = style.locale;
    let mut out = format!("{}\n", visible(report.document.source.name()));
    for (_, outcome) in report.verdicts() {
        let line = match outcome {
            Outcome::Pass(_) => say!(locale, "✓ 通过", "✓ passes"),
            Outcome::Fail(findings) => {
                let count = findings.len();
                say!(locale, "✗ 未通过，{count} 处", "✗ fails, findings: {count}")
            }
            Outcome::NotApplicable(reason) => say!(locale, "– 不适用：{reason}", "– does not apply: {reason}"),
            Outcome::Waived(reason) => say!(locale, "– 已豁免：{reason}", "– waived: {reason}"),
        };
        out.push_str(&(wrap("  ", &line, style.width) + "\n\n"));
    }
    for trace in traces {
        out.push_str(&(tree(trace, locator, style.width, locale) + "\n"));
    }
    let plain = Style { evidence: false, ..*style };
    let legend = say!(locale, "（✓ 成立　✗ 不成立　? 无从判断）", "(✓ holds, ✗ does not hold, ? cannot be told)");
    format!("{out}{legend}\n\n{}", pretty::report(report, &plain))
}

/// One statement's trace, each part under the one it belongs to. Many parts in a row that came to nothing, such as the
/// members of a set, stand in one paragraph.
fn tree(trace: &Trace, locator: &Locator<'_>, columns: usize, locale: Locale) -> String {
    let mut out = String::new();
    let mut open = vec![(vec![trace], 0)];
    while let Some((group, depth)) = open.pop() {
        let indent = "  ".repeat(depth.min(DEEPEST) + 1);
        if let [only] = group.as_slice() {
            out.push_str(&wrap(&format!("{indent}{} ", mark(only.holds)), &only.what, columns));
            out.push('\n');
            for note in notes(only, locator) {
                out.push_str(&wrap(&format!("{indent}    "), &note, columns));
                out.push('\n');
            }
            open.extend(groups(&only.parts).into_iter().rev().map(|group| (group, depth + 1)));
        } else {
            let all =
                group.iter().take(TOGETHER).map(|it| [vec![it.what.clone()], notes(it, locator)].concat().join(" "));
            let mut all = all.collect::<Vec<_>>().join("；");
            if group.len() > TOGETHER {
                all.push_str(&say!(locale, " 等 {} 项", " and so on, {} in all", group.len()));
            }
            out.push_str(&wrap(&format!("{indent}{} ", mark(Some(false))), &all, columns));
            out.push('\n');
        }
    }
    out
}

fn notes(trace: &Trace, locator: &Locator<'_>) -> Vec<String> {
    let note = |(text, span): &(String, Option<Span>)| {
        let place = span.map(|it| locator.line_column(it.start));
        let place = place.map(|(line, column)| format!("{line}:{column} ")).unwrap_or_default();
        format!("{place}{}", one_line(text, 400)).trim_end().to_owned()
    };
    trace.notes.iter().map(note).collect()
}

/// Parts in order, runs of those that came to nothing together, each other part by itself.
fn groups(parts: &[Trace]) -> Vec<Vec<&Trace>> {
    let nothing = |it: &Trace| it.holds == Some(false) && it.parts.is_empty();
    let mut groups: Vec<Vec<&Trace>> = Vec::new();
    for part in parts {
        match groups.last_mut() {
            Some(last) if nothing(part) && last.iter().all(|it| nothing(it)) => last.push(part),
            _ => groups.push(vec![part]),
        }
    }
    groups
}

const fn mark(holds: Option<bool>) -> &'static str {
    match holds {
        Some(true) => "✓",
        Some(false) => "✗",
        None => "?",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn trace(what: &str, holds: bool, parts: Vec<Trace>) -> Trace {
        Trace { what: what.into(), holds: Some(holds), notes: vec![("此处".into(), Some(Span::new(3, 6)))], parts }
    }

    #[test]
    fn what_came_to_nothing_stands_together() {
        let leaf = |what, holds| trace(what, holds, Vec::new());
        let parts = vec![leaf("甲", false), leaf("乙", false), leaf("丙", true), leaf("丁", false)];
        let source = Source::new("a", "一二三");
        let out = tree(&trace("提及", true, parts), &Locator::of_source(&source), 80, Locale::Zh);
        let expected = "  ✓ 提及\n      1:2 此处\n    ✗ 甲 1:2 此处；乙 1:2 此处\n    ✓ 丙\n        1:2 此处\n    ✗ 丁\n        1:2 此处\n";
        assert_eq!(out, expected);
    }
}
