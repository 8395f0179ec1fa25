//! `--format concise`: one line a finding, `path:line:column: severity RULE message`.

use std::fmt::Write;

use crate::problem::Problem;
use crate::render::location::Locator;
use crate::render::visible::{joined, visible};
use crate::render::{Report, Style, found, level_word, severity_word};
use crate::say;
use crate::verdict::Outcome;

/// All findings of a report in reading order.
pub fn report(report: &Report<'_>, style: &Style) -> String {
    let locator = Locator::of_document(report.document);
    let path = visible(report.document.source.name());
    let mut out = String::new();
    for (planned, finding) in found(report) {
        let (line, column) = locator.line_column(finding.span.start);
        let word = severity_word(planned.severity, style.locale);
        let message = joined(&finding.message);
        let count = finding.places.len();
        let more =
            if count > 1 { say!(style.locale, "（共{count}处）", " ({count} places)") } else { String::new() };
        let _ = writeln!(out, "{path}:{line}:{column}: {word} {} {message}{more}", planned.rule.id.node);
    }
    if style.evidence {
        out.push_str(&evidence(report, &locator, &path, style));
    }
    out
}

fn evidence(report: &Report<'_>, locator: &Locator<'_>, path: &str, style: &Style) -> String {
    let mut out = String::new();
    for (planned, outcome) in report.verdicts() {
        let id = &planned.rule.id.node;
        match outcome {
            Outcome::Pass(evidence) => {
                let word = say!(style.locale, "通过", "pass");
                for it in evidence {
                    let (line, column) = locator.line_column(it.span.start);
                    let _ = writeln!(out, "{path}:{line}:{column}: {word} {id} {}", joined(&it.note));
                }
                if evidence.is_empty() {
                    let _ = writeln!(out, "{path}:1:1: {word} {id}");
                }
            }
            Outcome::NotApplicable(reason) => {
                let word = say!(style.locale, "不适用", "not applicable");
                let _ = writeln!(out, "{path}:1:1: {word} {id} {}", joined(reason));
            }
            Outcome::Waived(reason) => {
                let word = say!(style.locale, "已豁免", "waived");
                let _ = writeln!(out, "{path}:1:1: {word} {id} {}", joined(reason));
            }
            Outcome::Fail(_) => {}
        }
    }
    out
}

/// A problem on one line; its help goes with it.
pub fn problem(problem: &Problem, style: &Style) -> String {
    let place = problem.place.as_ref().map(|it| it.source.line_column(it.span.start));
    let place = place.map(|it| format!(":{}:{}", it.line, it.column)).unwrap_or_default();
    let word = level_word(problem.level, style.locale);
    let help = problem.help.as_deref().map(|it| say!(style.locale, "（{it}）", " ({it})")).unwrap_or_default();
    let text = joined(&format!("{}{help}", problem.message)).into_owned();
    format!("{}{place}: {word} {} {text}\n", visible(&problem.path), problem.code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Locale;
    use crate::render::sample::{self, golden};

    #[test]
    fn one_line_a_finding() {
        let (document, rules, checked) = sample::everything();
        let it = Report { rules: &rules, document: &document, checked: &checked };
        let shown = Style { evidence: true, ..sample::style(Locale::Zh) };
        let broken = Problem::error("read::encoding", "坏.txt", "无法识别\n编码").help("另存为 UTF-8");
        golden(
            "concise",
            &(report(&it, &shown) + &problem(&broken, &shown) + &report(&it, &sample::style(Locale::En))),
        );
    }
}
