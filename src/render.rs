//! What people and programs read of a run: one renderer a file. Renderers see verdicts and never evaluate.

use crate::check::Checked;
use crate::document::Document;
use crate::locale::Locale;
use crate::pack::Severity;
use crate::plan::PlannedRule;
use crate::problem::{Level, Problem};
use crate::verdict::{Finding, Outcome, Verdict};

mod beside;
pub mod catalog;
pub mod closing;
pub mod concise;
pub mod coverage;
pub mod csv;
pub mod excerpt;
pub mod github;
pub mod gitlab;
pub mod html;
pub mod json;
pub mod jsonl;
pub mod junit;
pub mod kept;
pub mod location;
pub mod outline;
pub mod pretty;
pub mod sarif;
pub mod summary;
pub mod tests;
pub mod tests_json;
pub mod trace;
pub mod visible;
pub mod words;

#[cfg(test)]
mod sample;

use kept::{Kept, Part, Printed};
use summary::{FailOn, Summary};

/// A form that results are printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// For people: each finding drawn, a closing summary.
    Pretty,
    /// One line a finding.
    Concise,
    /// One JSON object.
    Json,
    /// One JSON object a report.
    Jsonl,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// JUnit's XML, for test reports.
    Junit,
    /// Workflow commands of GitHub Actions.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// A table for spreadsheets.
    Csv,
    /// A page for people to read, print and hand on.
    Html,
}

impl Output {
    /// All of them.
    pub const ALL: [Output; 10] = [
        Output::Pretty,
        Output::Concise,
        Output::Json,
        Output::Jsonl,
        Output::Sarif,
        Output::Junit,
        Output::Github,
        Output::Gitlab,
        Output::Csv,
        Output::Html,
    ];

    /// The word on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Output::Pretty => "pretty",
            Output::Concise => "concise",
            Output::Json => "json",
            Output::Jsonl => "jsonl",
            Output::Sarif => "sarif",
            Output::Junit => "junit",
            Output::Github => "github",
            Output::Gitlab => "gitlab",
            Output::Csv => "csv",
            Output::Html => "html",
        }
    }

    /// Whether more than the findings' messages is printed: evidence, or what comes nearest to something missing.
    pub const fn explains(self) -> bool {
        match self {
            Output::Json | Output::Jsonl | Output::Pretty => true,
            Output::Concise
            | Output::Sarif
            | Output::Junit
            | Output::Github
            | Output::Gitlab
            | Output::Csv
            | Output::Html => false,
        }
    }
}

/// How results are to look.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// The language.
    pub locale: Locale,
    /// Whether escape sequences may be written.
    pub color: bool,
    /// The columns there are.
    pub width: usize,
    /// Whether passes are shown too.
    pub evidence: bool,
    /// Whether only findings are shown.
    pub quiet: bool,
    /// From which severity on a report fails.
    pub fail_on: FailOn,
}

/// A report and what was found in it.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// What was asked.
    pub rules: &'a [PlannedRule],
    /// Of what.
    pub document: &'a Document,
    /// What came out.
    pub checked: &'a Checked,
}

impl<'a> Report<'a> {
    /// Each rule with what came out for it, in the order of the plan.
    pub fn verdicts(&self) -> impl Iterator<Item = (&'a PlannedRule, &'a Outcome)> + use<'a> {
        self.whole().map(|(planned, it)| (planned, &it.outcome))
    }

    /// Each rule with its verdict: what came out, and what does not count.
    pub fn whole(&self) -> impl Iterator<Item = (&'a PlannedRule, &'a Verdict)> + use<'a> {
        let rules = self.rules;
        self.checked.verdicts.iter().filter_map(|it| Some((rules.get(it.rule)?, it)))
    }
}

/// All findings of a report in reading order; at one place the gravest first.
pub fn found<'a>(report: &Report<'a>) -> Vec<(&'a PlannedRule, &'a Finding)> {
    let mut found: Vec<_> = report
        .verdicts()
        .flat_map(|(planned, outcome)| match outcome {
            Outcome::Fail(findings) => findings.iter().map(|it| (planned, it)).collect(),
            Outcome::Pass(_) | Outcome::NotApplicable(_) | Outcome::Waived(_) => Vec::new(),
        })
        .collect();
    found.sort_by_key(|(planned, it)| (it.span.start, std::cmp::Reverse(planned.severity)));
    found
}

/// Everything before the first report.
pub fn head(output: Output, rules: &[PlannedRule], style: &Style) -> String {
    match output {
        Output::Json => json::head(),
        Output::Sarif => sarif::head(rules, style.locale),
        Output::Junit => junit::head(),
        Output::Gitlab => "[".to_owned(),
        Output::Csv => csv::head(style.locale),
        Output::Pretty | Output::Concise | Output::Jsonl | Output::Github | Output::Html => String::new(),
    }
}

/// One report: its text, and what the form keeps of it for the end.
pub fn report(output: Output, report: &Report<'_>, style: &Style) -> Printed {
    let text = match output {
        Output::Pretty => pretty::report(report, style),
        Output::Concise => concise::report(report, style),
        Output::Json => json::report(report, style.fail_on),
        Output::Jsonl => jsonl::report(report, style.fail_on),
        Output::Sarif => sarif::report(report, style),
        Output::Junit => junit::report(report, style),
        Output::Gitlab => gitlab::report(report, style.locale),
        Output::Csv => csv::report(report, style),
        Output::Github | Output::Html => String::new(),
    };
    Printed { text, part: Part::of(output, report, style) }
}

/// What stands in front of a report or problem that is not empty, by how many were printed before it.
pub const fn between(output: Output, printed: usize) -> &'static str {
    match (output, printed) {
        (Output::Json | Output::Sarif | Output::Gitlab, 0) => "\n",
        (Output::Json | Output::Sarif | Output::Gitlab, _) => ",\n",
        (
            Output::Pretty
            | Output::Concise
            | Output::Jsonl
            | Output::Junit
            | Output::Github
            | Output::Csv
            | Output::Html,
            _,
        ) => "",
    }
}

/// A problem at its place among the reports. `None` where the form has no room for it there: some list problems at
/// the end, `jsonl` holds reports alone.
pub fn problem(output: Output, problem: &Problem, style: &Style) -> Option<String> {
    match output {
        Output::Pretty => Some(pretty::problem(problem, style)),
        Output::Concise => Some(concise::problem(problem, style)),
        Output::Junit => Some(junit::problem(problem, style)),
        Output::Gitlab => Some(gitlab::problem(problem, style.locale)),
        Output::Csv => Some(csv::problem(problem, style.locale)),
        Output::Json | Output::Jsonl | Output::Sarif | Output::Github | Output::Html => None,
    }
}

/// A run as its end sees it.
#[derive(Debug, Clone, Copy)]
pub struct Whole<'a> {
    /// What was asked.
    pub rules: &'a [PlannedRule],
    /// What could not be carried out, or is doubtful.
    pub problems: &'a [Problem],
    /// What came out.
    pub summary: &'a Summary,
    /// What the form has kept.
    pub kept: &'a Kept,
}

/// Everything after the last report.
pub fn tail(output: Output, whole: &Whole<'_>, style: &Style) -> String {
    let Whole { rules, problems, summary, kept } = whole;
    match output {
        Output::Pretty if style.quiet => String::new(),
        Output::Pretty => closing::summary(rules, summary, style),
        Output::Json => json::tail(problems, summary),
        Output::Sarif => sarif::tail(problems, summary, style.locale),
        Output::Junit => junit::tail(),
        Output::Github => github::tail(&kept.worst, problems, summary, style.locale),
        Output::Gitlab => "\n]\n".to_owned(),
        Output::Html => html::page(whole, style),
        Output::Concise | Output::Jsonl | Output::Csv => String::new(),
    }
}

/// The word for a severity.
pub const fn severity_word(severity: Severity, locale: Locale) -> &'static str {
    match locale {
        Locale::En => severity.name(),
        Locale::Zh => match severity {
            Severity::Error => "错误",
            Severity::Warning => "警告",
            Severity::Advice => "建议",
        },
    }
}

/// The word for how bad a problem is.
pub const fn level_word(level: Level, locale: Locale) -> &'static str {
    match level {
        Level::Error => severity_word(Severity::Error, locale),
        Level::Warning => severity_word(Severity::Warning, locale),
    }
}
