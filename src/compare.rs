//! What a new version of a pack changes in the verdicts on a report.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Document;
use crate::plan::Plan;
use crate::source::LineColumn;
use crate::verdict::{Finding, Outcome, Verdict};

/// How a rule stands to a report; `Absent` where the pack has no such rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It passes.
    Pass,
    /// It fails.
    Fail,
    /// It does not apply.
    NotApplicable,
    /// There is no such rule.
    Absent,
}

impl Standing {
    /// The word for it in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Standing::Pass => "pass",
            Standing::Fail => "fail",
            Standing::NotApplicable => "not-applicable",
            Standing::Absent => "absent",
        }
    }
}

/// A verdict that came out otherwise.
#[derive(Debug, Clone)]
pub struct Change {
    /// The rule.
    pub rule: String,
    /// What it is called; by the new pack, where that has it.
    pub title: String,
    /// How it stood.
    pub before: Standing,
    /// How it stands.
    pub after: Standing,
    /// What is no longer flagged.
    pub gone: Vec<Turned>,
    /// What is flagged now.
    pub come: Vec<Turned>,
}

/// Text that turned.
#[derive(Debug, Clone)]
pub struct Turned {
    /// Where it begins.
    pub at: LineColumn,
    /// The characters, or those at the place where something is missing.
    pub text: String,
    /// What is said of them.
    pub message: String,
}

/// What is flagged by the new and not by the old, rule by rule; the order is that of the new pack, then of what it lost.
pub fn compare(document: &Document, old: (&Plan, &[Verdict]), new: (&Plan, &[Verdict])) -> Vec<Change> {
    let (before, after) = (by_id(old), by_id(new));
    let mut ids: Vec<&str> = new.0.rules.iter().map(|it| it.rule.id.node.as_str()).collect();
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    ids.extend(old.0.rules.iter().map(|it| it.rule.id.node.as_str()).filter(|it| !known.contains(it)));
    ids.into_iter().filter_map(|id| change(document, id, before.get(id), after.get(id))).collect()
}

/// A verdict with the title of its rule.
type Known<'a> = (&'a str, &'a Outcome);

fn by_id<'a>((plan, verdicts): (&'a Plan, &'a [Verdict])) -> BTreeMap<&'a str, Known<'a>> {
    let rule = |it: &'a Verdict| plan.rules.get(it.rule).map(|rule| (rule, &it.outcome));
    let of = |(rule, outcome): (&'a crate::plan::PlannedRule, _)| {
        (rule.rule.id.node.as_str(), (rule.rule.title.as_str(), outcome))
    };
    verdicts.iter().filter_map(rule).map(of).collect()
}

fn change(document: &Document, id: &str, old: Option<&Known<'_>>, new: Option<&Known<'_>>) -> Option<Change> {
    let (before, after) = (standing(old), standing(new));
    let (was, is) = (findings(old), findings(new));
    let missing = |from: &[Finding], other: &[Finding]| -> Vec<Turned> {
        let same = |it: &&Finding| !other.iter().any(|other| (other.span, other.absent) == (it.span, it.absent));
        from.iter().filter(same).map(|it| turned(document, it)).collect()
    };
    let (gone, come) = (missing(was, is), missing(is, was));
    // A new rule that passes, or an old one that passed, says nothing of the report.
    let news = |it: Standing| it == Standing::Fail;
    let quiet = match (before, after) {
        (Standing::Absent, it) | (it, Standing::Absent) => !news(it),
        (before, after) => before == after && gone.is_empty() && come.is_empty(),
    };
    let title = new.or(old).map_or("", |(title, _)| title).to_owned();
    (!quiet).then(|| Change { rule: id.to_owned(), title, before, after, gone, come })
}

fn standing(known: Option<&Known<'_>>) -> Standing {
    match known {
        None => Standing::Absent,
        Some((_, Outcome::Pass(_) | Outcome::Waived(_))) => Standing::Pass,
        Some((_, Outcome::Fail(_))) => Standing::Fail,
        Some((_, Outcome::NotApplicable(_))) => Standing::NotApplicable,
    }
}

fn findings<'a>(known: Option<&Known<'a>>) -> &'a [Finding] {
    match known {
        Some((_, Outcome::Fail(findings))) => findings,
        Some((_, Outcome::Pass(_) | Outcome::Waived(_) | Outcome::NotApplicable(_))) | None => &[],
    }
}

fn turned(document: &Document, finding: &Finding) -> Turned {
    let source = &document.source;
    Turned {
        at: source.line_column(finding.span.start),
        text: source.slice(finding.span).to_owned(),
        message: if finding.label.is_empty() { finding.message.clone() } else { finding.label.clone() },
    }
}
