//! What the page keeps of one report: its facts, a mark for each rule, and its particulars as finished markup.

use crate::fingerprint::{digest, portable};
use crate::pack::Severity;
use crate::plan::PlannedRule;
use crate::render::html::detail;
use crate::render::visible::joined;
use crate::render::words::cut;
use crate::render::{Report, Style};
use crate::verdict::{Outcome, Verdict};

/// How one rule came out on one report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// ✓
    Pass,
    /// ✗ with the number of places
    Fail(u32),
    /// –
    NotApplicable,
    /// ○
    Waived,
}

impl Mark {
    fn of(verdict: &Verdict) -> Mark {
        match &verdict.outcome {
            Outcome::Pass(_) => Mark::Pass,
            Outcome::NotApplicable(_) => Mark::NotApplicable,
            Outcome::Waived(_) => Mark::Waived,
            Outcome::Fail(findings) => {
                let places = findings.iter().map(|it| it.places.len().max(1)).sum::<usize>();
                Mark::Fail(u32::try_from(places).unwrap_or(u32::MAX))
            }
        }
    }
}

/// One report on the page.
#[derive(Debug, Clone)]
pub struct Row {
    /// What its places in the page are called; made of its path alone.
    pub id: String,
    /// The path as the user wrote it.
    pub path: String,
    /// Its title, or the file's name.
    pub title: String,
    /// The body that issues it.
    pub issuer: Option<String>,
    /// The year it reports on.
    pub year: Option<i16>,
    /// Whether no finding makes it fail.
    pub passes: bool,
    /// Findings by severity, in the order of [`Severity::ALL`].
    pub findings: [usize; 3],
    /// By the order of the plan.
    pub marks: Vec<Mark>,
    /// Its findings and grounds, finished.
    pub detail: String,
}

impl Row {
    /// What is kept of a report.
    pub fn of(report: &Report<'_>, style: &Style) -> Row {
        let facts = &report.document.facts;
        let path = report.document.source.name();
        let id = format!("r{}", digest(&[&portable(path)]).chars().take(12).collect::<String>());
        let name = portable(path).rsplit('/').next().unwrap_or_default().to_owned();
        let title = facts.title.as_ref().map_or(name, |it| it.value.clone());
        let mut marks = vec![Mark::NotApplicable; report.rules.len()];
        for verdict in &report.checked.verdicts {
            if let Some(mark) = marks.get_mut(verdict.rule) {
                *mark = Mark::of(verdict);
            }
        }
        Row {
            detail: detail::of(report, &id, style),
            findings: findings(report.rules, &report.checked.verdicts),
            passes: style.fail_on.passes(report.rules, report.checked),
            path: path.to_owned(),
            title: cut(&joined(&title), 80),
            issuer: facts.issuer.as_ref().map(|it| cut(&joined(&it.value), 40)),
            year: facts.year.as_ref().map(|it| it.value),
            marks,
            id,
        }
    }

    /// The graver, the greater: what a page that is full keeps.
    pub const fn gravity(&self) -> (bool, [usize; 3]) {
        (!self.passes, self.findings)
    }

    /// The order on the page: the latest year first, then by body, then by path.
    pub fn order(&self) -> (std::cmp::Reverse<Option<i16>>, Option<&str>, &str) {
        (std::cmp::Reverse(self.year), self.issuer.as_deref(), &self.path)
    }
}

fn findings(rules: &[PlannedRule], verdicts: &[Verdict]) -> [usize; 3] {
    Severity::ALL.map(|severity| {
        let of = verdicts.iter().filter(|it| rules.get(it.rule).is_some_and(|rule| rule.severity == severity));
        let found = of.map(|it| match &it.outcome {
            Outcome::Fail(findings) => findings.len(),
            Outcome::Pass(_) | Outcome::NotApplicable(_) | Outcome::Waived(_) => 0,
        });
        found.sum()
    })
}
