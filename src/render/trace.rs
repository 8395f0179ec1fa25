//! `guiju explain RULE PATH`: how a verdict came about, as a tree.

use crate::check::Trace;
use crate::render::location::Locator;
use crate::render::visible::{one_line, visible, wrap};
use crate::render::{Report, Style, pretty};
use crate::say;
use crate::verdict::Outcome;

/// No deeper nesting is indented further.
const DEEPEST: usize = 12;

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
        };
        out.push_str(&(wrap("  ", &line, style.width) + "\n\n"));
    }
    for trace in traces {
        out.push_str(&(tree(trace, locator, style.width) + "\n"));
    }
    let plain = Style { evidence: false, ..*style };
    let legend = say!(locale, "（✓ 成立　✗ 不成立　? 无从判断）", "(✓ holds, ✗ does not hold, ? cannot be told)");
    format!("{out}{legend}\n\n{}", pretty::report(report, &plain))
}

/// One statement's trace, each part under the one it belongs to.
fn tree(trace: &Trace, locator: &Locator<'_>, columns: usize) -> String {
    let mut out = String::new();
    let mut open = vec![(trace, 0)];
    while let Some((trace, depth)) = open.pop() {
        let indent = "  ".repeat(depth.min(DEEPEST) + 1);
        out.push_str(&wrap(&format!("{indent}{} ", mark(trace.holds)), &trace.what, columns));
        out.push('\n');
        for (note, span) in &trace.notes {
            let place = span.map(|it| locator.line_column(it.start));
            let place = place.map(|(line, column)| format!("{line}:{column} ")).unwrap_or_default();
            out.push_str(&wrap(&format!("{indent}    "), &format!("{place}{}", one_line(note, 400)), columns));
            out.push('\n');
        }
        open.extend(trace.parts.iter().rev().map(|part| (part, depth + 1)));
    }
    out
}

const fn mark(holds: Option<bool>) -> &'static str {
    match holds {
        Some(true) => "✓",
        Some(false) => "✗",
        None => "?",
    }
}
