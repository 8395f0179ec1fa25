//! What came out of a whole run, counted as the reports go by.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::Checked;
use crate::locale::Locale;
use crate::pack::Severity;
use crate::plan::PlannedRule;
use crate::problem::{Level, Problem};
use crate::render::location::Locator;
use crate::verdict::{Leave, Outcome};
use crate::waive::words_for;

/// From which severity on a finding makes the check fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FailOn(pub Option<Severity>);

impl FailOn {
    /// Whether a finding of that severity makes the check fail.
    pub fn fails(self, severity: Severity) -> bool {
        self.0.is_some_and(|least| severity >= least)
    }

    /// Whether a report passes: no finding makes it fail.
    pub fn passes(self, rules: &[PlannedRule], checked: &Checked) -> bool {
        !checked.verdicts.iter().any(|verdict| {
            let severity = rules.get(verdict.rule).map(|it| it.severity);
            matches!(verdict.outcome, Outcome::Fail(_)) && severity.is_some_and(|it| self.fails(it))
        })
    }
}

/// What a rule found in all reports.
#[derive(Debug, Clone, Default)]
pub struct Fails {
    /// Its findings.
    pub findings: usize,
    /// The places they stand in: more than the findings where all of one cause are one.
    pub places: usize,
    /// The reports they stand in.
    pub reports: usize,
    /// The lines of the first few.
    pub lines: Vec<usize>,
}

/// Why rules did not apply.
#[derive(Debug, Clone, Default)]
pub struct Reason {
    /// How many verdicts gave it.
    pub verdicts: usize,
    /// The rules, as indices into the plan's.
    pub rules: BTreeSet<usize>,
}

/// The counts of a run. Its size does not grow with the number of reports.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// Reports that were checked.
    pub reports: usize,
    /// Those without a finding that makes the check fail.
    pub passed: usize,
    /// The others.
    pub failed: usize,
    /// Problems that kept something from being carried out.
    pub errors: usize,
    /// Findings by severity, in the order of [`Severity::ALL`].
    pub findings: [usize; 3],
    /// Verdicts that pass.
    pub passes: usize,
    /// Findings that do not count because somebody answers for them, by whose leave.
    pub leaves: BTreeMap<String, usize>,
    /// Findings that do not count because they stand in the baseline.
    pub known: usize,
    /// Findings of the baseline that are gone.
    pub fixed: usize,
    /// Verdicts that do not apply.
    pub not_applicable: usize,
    /// By rule, as an index into the plan's.
    pub fails: BTreeMap<usize, Fails>,
    /// By reason; past [`REASONS`] different ones the rest is only counted.
    pub reasons: BTreeMap<String, Reason>,
}

/// How many different reasons are kept.
const REASONS: usize = 200;
/// How many lines are kept for a rule.
const LINES: usize = 8;

/// What one report adds to the counts: all that is kept of it once it is printed.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    passes: bool,
    passed: usize,
    /// Rule, number of places, and lines of its findings.
    failed: Vec<(usize, usize, Vec<usize>)>,
    /// Rule and reason.
    not_applicable: Vec<(usize, String)>,
    /// Findings under a waiver, by whose leave.
    waived: BTreeMap<String, usize>,
    /// Findings in the baseline.
    known: usize,
}

impl Tally {
    /// Counts one report.
    pub fn of(
        rules: &[PlannedRule],
        checked: &Checked,
        locator: &Locator<'_>,
        fail_on: FailOn,
        locale: Locale,
    ) -> Tally {
        let mut tally = Tally { passes: fail_on.passes(rules, checked), ..Tally::default() };
        for verdict in &checked.verdicts {
            match &verdict.outcome {
                Outcome::Pass(_) => tally.passed += 1,
                Outcome::Fail(findings) => {
                    let lines = findings.iter().map(|it| locator.line_column(it.span.start).0);
                    let places = findings.iter().map(|it| it.places.len().max(1)).sum();
                    tally.failed.push((verdict.rule, places, lines.collect()));
                }
                Outcome::NotApplicable(reason) => tally.not_applicable.push((verdict.rule, reason.clone())),
                Outcome::Waived(_) => {}
            }
            for waived in &verdict.waived {
                match waived.leave {
                    Leave::Waiver { .. } => {
                        *tally.waived.entry(words_for(&waived.leave, locale)).or_default() += 1;
                    }
                    Leave::Baseline => tally.known += 1,
                }
            }
        }
        tally
    }
}

impl Summary {
    /// Adds one report.
    pub fn add(&mut self, rules: &[PlannedRule], tally: Tally) {
        self.reports += 1;
        self.passed += usize::from(tally.passes);
        self.failed += usize::from(!tally.passes);
        self.passes += tally.passed;
        for (leave, count) in tally.waived {
            *self.leaves.entry(leave).or_default() += count;
        }
        self.known += tally.known;
        for (rule, places, lines) in tally.failed {
            if let Some(count) = self.count(rules, rule) {
                *count += lines.len();
            }
            let fails = self.fails.entry(rule).or_default();
            fails.findings += lines.len();
            fails.places += places;
            fails.reports += 1;
            fails.lines.extend(lines.into_iter().take(LINES + 1));
            fails.lines.truncate(LINES + 1);
        }
        for (rule, reason) in tally.not_applicable {
            self.not_applicable += 1;
            if self.reasons.len() < REASONS || self.reasons.contains_key(&reason) {
                let reason = self.reasons.entry(reason).or_default();
                reason.verdicts += 1;
                reason.rules.insert(rule);
            }
        }
    }

    /// Adds a problem.
    pub fn add_problem(&mut self, problem: &Problem) {
        self.errors += usize::from(problem.level == Level::Error);
    }

    /// How many findings are waived.
    pub fn waived(&self) -> usize {
        self.leaves.values().sum()
    }

    /// How many findings of one severity there are.
    pub fn of(&self, severity: Severity) -> usize {
        Severity::ALL.iter().zip(self.findings).filter(|(it, _)| **it == severity).map(|(_, count)| count).sum()
    }

    fn count(&mut self, rules: &[PlannedRule], rule: usize) -> Option<&mut usize> {
        let severity = rules.get(rule)?.severity;
        let at = Severity::ALL.iter().position(|it| *it == severity)?;
        self.findings.get_mut(at)
    }
}
