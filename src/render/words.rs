//! What every machine-readable form says of a finding in its one or two fields for text.

use crate::document::Document;
use crate::locale::Locale;
use crate::plan::PlannedRule;
use crate::problem::Problem;
use crate::read::Format;
use crate::render::json::basis_line;
use crate::render::location::Locator;
use crate::render::visible::joined;
use crate::say;
use crate::span::Span;
use crate::verdict::{Finding, Leave};

/// The id of a rule and what it is called.
pub fn named(planned: &PlannedRule) -> String {
    format!("{} {}", planned.rule.id.node, joined(&planned.rule.title))
}

/// The message, and what was worked out about these characters; one line.
pub fn told(finding: &Finding, locale: Locale) -> String {
    let (message, label) = (joined(&finding.message), joined(&finding.label));
    if label.is_empty() || message.contains(label.as_ref()) {
        return message.into_owned();
    }
    say!(locale, "{message}；{label}", "{message}; {label}")
}

/// How to mend it, and on which authority: a line each.
pub fn remedy(planned: &PlannedRule, locale: Locale) -> Vec<String> {
    let help = planned.rule.help.as_deref().map(joined).map(|it| say!(locale, "改法：{it}", "help: {it}"));
    let basis = authority(planned).map(|it| say!(locale, "依据：{it}", "basis: {it}"));
    help.into_iter().chain(basis).collect()
}

/// The authorities of a rule in one line.
pub fn authority(planned: &PlannedRule) -> Option<String> {
    let lines: Vec<_> = planned.rule.basis.iter().map(|it| joined(&basis_line(it)).into_owned()).collect();
    (!lines.is_empty()).then(|| lines.join("；"))
}

/// The passage that a finding stands in, cut at `most` characters.
pub fn passage(locator: &Locator<'_>, span: Span, most: usize) -> String {
    cut(locator.source().slice(span), most)
}

/// A text of at most `most` characters, what is left out shown as an ellipsis.
pub fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((at, _)) => crate::source::slice(text, Span::new(0, at)).to_owned() + "…",
    }
}

/// Why a finding does not count.
pub fn leave(leave: &Leave, locale: Locale) -> String {
    match leave {
        Leave::Baseline => say!(locale, "基线中已有", "in the baseline"),
        Leave::Waiver { by, reason, until } => {
            let (by, reason) = (joined(by), joined(reason));
            say!(locale, "{reason}；{by}批准，至 {until}", "{reason}; approved by {by}, until {until}")
        }
    }
}

/// What is wrong with an input and the way out, on one line.
pub fn trouble(problem: &Problem, locale: Locale) -> String {
    let message = joined(&problem.message);
    match problem.help.as_deref().map(joined) {
        None => message.into_owned(),
        Some(help) => say!(locale, "{message}。改法：{help}", "{message}; help: {help}"),
    }
}

/// Whether lines and columns lead to the same place in the file itself, as they do in a file of text.
pub const fn in_the_file(document: &Document) -> bool {
    match document.format {
        Format::Text | Format::Markdown => true,
        Format::Html | Format::Docx | Format::Pdf | Format::Doc | Format::Ofd => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    #[test]
    fn messages_carry_what_was_worked_out_once() {
        for (message, label, told_zh) in [
            ("没有写明下一年度", "最接近的是“2024年”", "没有写明下一年度；最接近的是“2024年”"),
            ("应为“督察”", "应为“督察”", "应为“督察”"),
            ("法规名称\n有误", "", "法规名称有误"),
        ] {
            assert_eq!(told(&sample::finding(Span::default(), message, label), Locale::Zh), told_zh);
        }
        assert_eq!(cut("法治政府", 2), "法治…");
        assert_eq!(cut("法治", 2), "法治");
    }
}
