//! What the page keeps of a run: counts by year, body and rule, and as many reports as a table can hold.

use std::collections::BTreeMap;

use crate::render::html::row::{Mark, Row};

/// The most cells that the matrix has: a browser still scrolls through them.
const CELLS: usize = 60_000;
/// The most reports it lists, however few the rules.
const ROWS: usize = 1_000;
/// The most bodies that are followed over the years.
const BODIES: usize = 2_000;

/// The counts of one year.
#[derive(Debug, Clone, Default)]
pub struct Year {
    /// Its reports.
    pub reports: usize,
    /// Those that pass.
    pub passed: usize,
    /// By rule, in the order of the plan: how many reports hold to it, of how many it was asked of.
    pub rules: Vec<(usize, usize)>,
}

/// What one body handed in for one year.
#[derive(Debug, Clone, Copy, Default)]
pub struct Handed {
    /// Whether all of it passes.
    pub failed: bool,
    /// Findings of the gravest severity, and all.
    pub errors: usize,
    /// All findings.
    pub findings: usize,
}

/// Everything the page tells of the reports.
#[derive(Debug, Default)]
pub struct Overview {
    rows: Vec<Row>,
    most: usize,
    /// How many reports there were.
    pub reports: usize,
    /// By year; `None` for reports that show none.
    pub years: BTreeMap<Option<i16>, Year>,
    /// By body and year, for as many bodies as are followed.
    pub bodies: BTreeMap<String, BTreeMap<i16, Handed>>,
    /// Whether there were more bodies than are followed.
    pub more_bodies: bool,
    /// By rule: how many reports fail it.
    pub failed: Vec<usize>,
}

impl Overview {
    /// Takes the next report.
    pub fn add(&mut self, row: Row) {
        self.reports += 1;
        self.count_year(&row);
        self.count_body(&row);
        self.failed.resize(row.marks.len(), 0);
        for (count, mark) in self.failed.iter_mut().zip(&row.marks) {
            *count += usize::from(matches!(mark, Mark::Fail(_)));
        }
        self.most = (CELLS / row.marks.len().max(1)).clamp(50, ROWS);
        self.rows.push(row);
        // Now and then what has no place is let go, so that memory is bounded and sorting is not done a report.
        if self.rows.len() >= self.most + self.most / 4 {
            self.let_go();
        }
    }

    fn let_go(&mut self) {
        self.rows
            .sort_by(|one, other| other.gravity().cmp(&one.gravity()).then_with(|| one.order().cmp(&other.order())));
        self.rows.truncate(self.most);
    }

    /// The reports of the page in its order: all, or the gravest where there are too many.
    pub fn rows(&self) -> Vec<&Row> {
        let mut rows: Vec<&Row> = self.rows.iter().collect();
        if rows.len() > self.most {
            rows.sort_by(|one, other| {
                other.gravity().cmp(&one.gravity()).then_with(|| one.order().cmp(&other.order()))
            });
            rows.truncate(self.most);
        }
        rows.sort_by(|one, other| one.order().cmp(&other.order()));
        rows
    }

    fn count_year(&mut self, row: &Row) {
        let year = self.years.entry(row.year).or_default();
        year.reports += 1;
        year.passed += usize::from(row.passes);
        year.rules.resize(row.marks.len(), (0, 0));
        for ((held, asked), mark) in year.rules.iter_mut().zip(&row.marks) {
            match mark {
                Mark::Pass => (*held, *asked) = (*held + 1, *asked + 1),
                Mark::Fail(_) => *asked += 1,
                Mark::NotApplicable | Mark::Waived => {}
            }
        }
    }

    fn count_body(&mut self, row: &Row) {
        let (Some(issuer), Some(year)) = (&row.issuer, row.year) else { return };
        if self.bodies.len() >= BODIES && !self.bodies.contains_key(issuer) {
            self.more_bodies = true;
            return;
        }
        let handed = self.bodies.entry(issuer.clone()).or_default().entry(year).or_default();
        handed.failed |= !row.passes;
        handed.errors += row.findings.first().copied().unwrap_or_default();
        handed.findings += row.findings.iter().sum::<usize>();
    }
}
