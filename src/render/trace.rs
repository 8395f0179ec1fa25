//! `guiju explain RULE PATH`: how a verdict came about, as a tree.

use crate::check::Trace;
use crate::locale::Locale;
use crate::render::location::Locator;
use crate::render::visible::{one_line, wrap};
use crate::say;

/// No deeper nesting is indented further.
const DEEPEST: usize = 12;

/// One statement's trace, each part under the one it belongs to.
pub fn tree(trace: &Trace, locator: &Locator<'_>, columns: usize) -> String {
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

/// What the marks mean.
pub fn legend(locale: Locale) -> String {
    say!(locale, "✓ 成立　✗ 不成立　? 无从判断", "✓ holds  ✗ does not hold  ? cannot be told")
}
