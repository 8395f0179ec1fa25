//! `--format gitlab`: GitLab's code quality report, one JSON array of findings.

use serde::Serialize;

use crate::fingerprint::{digest, portable};
use crate::locale::Locale;
use crate::pack::Severity;
use crate::problem::{Level, Problem};
use crate::render::json::text;
use crate::render::location::Locator;
use crate::render::words::{named, told, trouble};
use crate::render::{Report, found};

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: &'a str,
    severity: &'a str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

/// The findings of one report, one a line. GitLab shows the description alone, so the rule stands in front of it.
pub fn report(report: &Report<'_>, locale: Locale) -> String {
    let locator = Locator::of_document(report.document);
    let issues = found(report).into_iter().map(|(planned, finding)| {
        issue(Issue {
            description: format!("{}：{}", named(planned), told(finding, locale)),
            check_name: &planned.rule.id.node,
            fingerprint: &finding.fingerprint,
            severity: match planned.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Advice => "info",
            },
            location: place(report.document.source.name(), locator.line_column(finding.span.start).0),
        })
    });
    issues.collect::<Vec<_>>().join(",\n")
}

/// What kept something from being checked is graver than any finding.
pub fn problem(problem: &Problem, locale: Locale) -> String {
    let line = problem.place.as_ref().map_or(1, |it| it.source.line_column(it.span.start).line);
    issue(Issue {
        description: trouble(problem, locale),
        check_name: problem.code,
        fingerprint: &digest(&[problem.code, &portable(&problem.path), &problem.message, &line.to_string()]),
        severity: match problem.level {
            Level::Error => "blocker",
            Level::Warning => "minor",
        },
        location: place(&problem.path, line),
    })
}

fn place(path: &str, begin: usize) -> Location {
    let path = if path.is_empty() { ".".to_owned() } else { portable(path) };
    Location { path, lines: Lines { begin } }
}

fn issue(issue: Issue<'_>) -> String {
    text(&issue)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::render::sample::{self, golden};

    #[test]
    fn an_array_of_findings() {
        let (document, rules, checked) = sample::everything();
        let it = Report { rules: &rules, document: &document, checked: &checked };
        let broken = Problem::error("read::encoding", "./坏 \"1\".txt", "无法识别编码").help("另存为 UTF-8");
        let whole = format!("[{},{}]", report(&it, Locale::Zh), problem(&broken, Locale::Zh));
        let whole: Value = serde_json::from_str(&whole).unwrap();
        golden("gitlab", &serde_json::to_string_pretty(&whole).unwrap());
    }
}
