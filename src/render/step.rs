//! What GitHub shows of a step, `$GITHUB_STEP_SUMMARY`: the counts by rule, then every finding, in Markdown.

use std::fmt::Write;

use crate::locale::Locale;
use crate::plan::PlannedRule;
use crate::problem::Problem;
use crate::render::closing::one_line_summary;
use crate::render::location::Locator;
use crate::render::summary::Summary;
use crate::render::words::{named, told};
use crate::render::{Report, found, level_word, severity_word};
use crate::say;

/// GitHub takes a mebibyte of a step, and nothing of one that has more: room is left for other commands of the step.
const MOST: usize = 900_000;

/// The rows of all reports so far, as many as there is room for.
#[derive(Debug, Default)]
pub struct Rows {
    text: String,
    left_out: usize,
}

impl Rows {
    /// Takes those of the next report.
    pub fn add(&mut self, rows: &str) {
        for row in rows.lines() {
            if self.left_out == 0 && self.text.len() + row.len() < MOST {
                self.text.push_str(row);
                self.text.push('\n');
            } else {
                self.left_out += 1;
            }
        }
    }
}

/// A row for each finding of a report.
pub fn rows(report: &Report<'_>, locale: Locale) -> String {
    let locator = Locator::of_document(report.document);
    let path = cell(report.document.source.name());
    let mut out = String::new();
    for (planned, finding) in found(report) {
        let (line, column) = locator.line_column(finding.span.start);
        let severity = severity_word(planned.severity, locale);
        let (rule, text) = (cell(&named(planned)), cell(&told(finding, locale)));
        let _ = writeln!(out, "| {severity} | {path}:{line}:{column} | {rule} | {text} |");
    }
    out
}

/// The whole.
pub fn summary(rules: &[PlannedRule], problems: &[Problem], summary: &Summary, rows: &Rows, locale: Locale) -> String {
    let mut out = say!(locale, "## 规矩\n\n", "## guiju\n\n");
    let _ = writeln!(out, "{}\n", one_line_summary(summary, locale));
    for problem in problems {
        let (level, path) = (level_word(problem.level, locale), cell(&problem.path));
        let _ = writeln!(out, "- **{level}** {path}: {}", cell(&problem.message));
    }
    if !problems.is_empty() {
        out.push('\n');
    }
    if summary.fails.is_empty() {
        return out;
    }
    out += &say!(
        locale,
        "| 级别 | 规则 | 处 | 报告 |\n| --- | --- | ---: | ---: |\n",
        "| severity | rule | findings | reports |\n| --- | --- | ---: | ---: |\n"
    );
    let mut failed: Vec<_> = summary.fails.iter().filter_map(|(at, fails)| Some((rules.get(*at)?, fails))).collect();
    failed.sort_by_key(|(planned, fails)| std::cmp::Reverse((planned.severity, fails.findings)));
    for (planned, fails) in failed {
        let (severity, rule) = (severity_word(planned.severity, locale), cell(&named(planned)));
        let _ = writeln!(out, "| {severity} | {rule} | {} | {} |", fails.findings, fails.reports);
    }
    out += &say!(
        locale,
        "\n| 级别 | 位置 | 规则 | 说明 |\n| --- | --- | --- | --- |\n",
        "\n| severity | place | rule | finding |\n| --- | --- | --- | --- |\n"
    );
    out += &rows.text;
    if rows.left_out > 0 {
        let more = rows.left_out;
        out += &say!(locale, "\n另有 {more} 处未列出。\n", "\nnot listed: {more}\n");
    }
    out
}

/// A text that is one cell and nothing else, whatever is in it.
fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '!' => out.extend(['\\', c]),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // GitHub would call people who are not meant.
            '@' => out.push_str("&#64;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample::{self, golden};
    use crate::render::summary::Tally;

    #[test]
    fn counts_then_findings() {
        let (document, rules, checked) = sample::everything();
        let style = sample::style(Locale::Zh);
        let report = Report { rules: &rules, document: &document, checked: &checked };
        let mut whole = Summary::default();
        whole.add(&rules, Tally::of(&rules, &checked, &Locator::of_document(&document), style.fail_on, Locale::Zh));
        let mut all = Rows::default();
        all.add(&rows(&report, Locale::Zh));
        let problem = Problem::error("read::encoding", "坏|<b>.txt", "无法识别编码 @all");
        golden("step", &summary(&rules, &[problem], &whole, &all, Locale::Zh));
    }

    #[test]
    fn what_there_is_no_room_for_is_counted() {
        let mut all = Rows::default();
        let row = format!("| {} |\n", "长".repeat(1000));
        (0..400).for_each(|_| all.add(&row));
        assert!(all.text.len() < MOST && all.left_out > 90);
        assert_eq!(all.text.lines().count() + all.left_out, 400);
    }
}
