//! `guiju test --format json`: tests, coverage and unnoticed changes for programs.

use serde::Serialize;

use crate::lang::ast::Voice;
use crate::lang::print;
use crate::locale::Locale;
use crate::pack::Expected;
use crate::render::json::{SCHEMA_VERSION, text};
use crate::ruletest::coverage::{Coverage, Covered};
use crate::ruletest::mutants::{Mutated, Skipped};
use crate::ruletest::{TestResult, Tested};
use crate::span::Span;

#[derive(Serialize)]
struct TestsJson<'a> {
    schema_version: u32,
    tests: Vec<TestJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage: Option<CoverageJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mutants: Option<Vec<MutatedJson<'a>>>,
    summary: SummaryJson,
}

#[derive(Serialize)]
struct TestJson<'a> {
    pack: &'a str,
    rule: &'a str,
    expected: &'static str,
    number: usize,
    line: usize,
    result: &'static str,
    /// What is flagged and not marked, as text.
    noisy: Vec<&'a str>,
    /// What is marked and not flagged, as text.
    missing: Vec<&'a str>,
    reason: Option<&'a str>,
}

#[derive(Serialize)]
struct CoverageJson<'a> {
    percent: usize,
    exercised: usize,
    parts: usize,
    rules: Vec<CoveredJson<'a>>,
    sets: Vec<CoveredJson<'a>>,
}

#[derive(Serialize)]
struct CoveredJson<'a> {
    pack: &'a str,
    name: &'a str,
    exercised: usize,
    parts: usize,
    missed: Vec<&'a str>,
}

#[derive(Serialize)]
struct MutatedJson<'a> {
    pack: &'a str,
    rule: &'a str,
    tried: usize,
    left_out: usize,
    skipped: Option<&'static str>,
    unnoticed: Vec<SurvivorJson>,
}

#[derive(Serialize)]
struct SurvivorJson {
    change: String,
    statement: Option<String>,
}

#[derive(Serialize)]
struct SummaryJson {
    tests: usize,
    passed: usize,
    failed: usize,
}

/// Everything in one object.
pub fn tests(tested: &[Tested], coverage: Option<&Coverage>, mutated: Option<&[Mutated]>, locale: Locale) -> String {
    let passed = tested.iter().filter(|it| it.result.passed()).count();
    text(&TestsJson {
        schema_version: SCHEMA_VERSION,
        tests: tested.iter().map(test).collect(),
        coverage: coverage.map(of_coverage),
        mutants: mutated.map(|it| it.iter().map(|it| of_mutated(it, locale)).collect()),
        summary: SummaryJson { tests: tested.len(), passed, failed: tested.len() - passed },
    }) + "\n"
}

fn test(it: &Tested) -> TestJson<'_> {
    let slice = |span: Span| crate::source::slice(&it.test.text, span);
    let (noisy, missing, reason) = match &it.result {
        TestResult::Differs { noisy, missing } => {
            (noisy.iter().map(|it| slice(it.span)).collect(), missing.iter().map(|it| slice(*it)).collect(), None)
        }
        TestResult::Reported(found) => (found.iter().map(|it| slice(it.span)).collect(), Vec::new(), None),
        TestResult::Missing(why) => (Vec::new(), it.test.marks.iter().map(|it| slice(*it)).collect(), why.as_deref()),
        TestResult::NotApplicable(why) => (Vec::new(), Vec::new(), Some(why.as_str())),
        TestResult::Unread(problem) => (Vec::new(), Vec::new(), Some(problem.message.as_str())),
        TestResult::Passed | TestResult::Applies => (Vec::new(), Vec::new(), None),
    };
    TestJson {
        pack: &it.pack,
        rule: &it.rule,
        expected: match it.test.expected {
            Expected::Pass => "pass",
            Expected::Fail => "fail",
            Expected::NotApplicable => "not-applicable",
        },
        number: it.number,
        line: it.source.line_column(it.test.span.start).line,
        result: it.result.name(),
        noisy,
        missing,
        reason,
    }
}

fn of_coverage(it: &Coverage) -> CoverageJson<'_> {
    let (exercised, parts) = it.counts();
    CoverageJson {
        percent: it.percent(),
        exercised,
        parts,
        rules: it.rules.iter().map(covered).collect(),
        sets: it.sets.iter().map(covered).collect(),
    }
}

fn covered(it: &Covered) -> CoveredJson<'_> {
    CoveredJson {
        pack: &it.pack,
        name: &it.name,
        exercised: it.exercised(),
        parts: it.parts.len(),
        missed: it.missed().collect(),
    }
}

fn of_mutated(it: &Mutated, locale: Locale) -> MutatedJson<'_> {
    let voice = match locale {
        Locale::Zh => Voice::Zh,
        Locale::En => Voice::En,
    };
    let unnoticed = it.survivors.iter().map(|it| SurvivorJson {
        change: it.change.words(locale),
        statement: it.statement.as_ref().map(|it| print::statement(it, voice)),
    });
    MutatedJson {
        pack: &it.pack,
        rule: &it.rule,
        tried: it.tried,
        left_out: it.left_out,
        skipped: it.skipped.map(|it| match it {
            Skipped::NoTests => "no-tests",
            Skipped::Failing => "failing",
        }),
        unnoticed: unnoticed.collect(),
    }
}
