//! A plan on a document: one verdict a rule.

use crate::document::Document;
use crate::locale::Locale;
use crate::plan::Plan;
use crate::span::Span;
use crate::verdict::Verdict;

/// What the caller is going to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// Findings alone: a pass carries no evidence.
    Findings,
    /// Evidence for every pass too.
    Evidence,
}

/// What came out for one report.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// One verdict for each rule of the plan, in its order.
    pub verdicts: Vec<Verdict>,
    /// What the reader should know of the whole: a pack that is not for this report.
    pub notices: Vec<String>,
}

/// Checks one report.
pub fn check(plan: &Plan, document: &Document, want: Want, locale: Locale) -> Checked {
    let _ = (plan, document, want, locale);
    Checked::default()
}

/// Checks one report against one rule.
pub fn check_rule(plan: &Plan, rule: usize, document: &Document, want: Want, locale: Locale) -> Verdict {
    let _ = (plan, document, want, locale);
    Verdict { rule, outcome: crate::verdict::Outcome::NotApplicable(String::new()) }
}

/// How a verdict came about: each part of a statement, what was searched where, what was found.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    /// The part in words: `提及 第一责任人`.
    pub what: String,
    /// `Some(true)` holds, `Some(false)` does not, `None` cannot be told.
    pub holds: Option<bool>,
    /// What was found or searched, each with its place where it has one.
    pub notes: Vec<(String, Option<Span>)>,
    /// Its parts.
    pub parts: Vec<Trace>,
}

/// Says step by step why the rule with that index passed, failed or did not apply: one trace a statement.
pub fn explain(plan: &Plan, rule: usize, document: &Document, locale: Locale) -> Vec<Trace> {
    let _ = (plan, rule, document, locale);
    Vec::new()
}
