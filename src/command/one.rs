//! One report of a run: from bytes to verdicts, and to text for each form of results.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::check::{Checked, Want, check_among};
use crate::command::gather::Gathered;
use crate::command::input::Reading;
use crate::command::workspace::{Job, Workspace};
use crate::document::Document;
use crate::fingerprint::stamp;
use crate::locale::Locale;
use crate::plan::{Needs, PlannedRule};
use crate::problem::Problem;
use crate::render::kept::Printed;
use crate::render::location::Locator;
use crate::render::summary::{FailOn, Tally};
use crate::render::{self, Output, Report, Style};
use crate::say;
use crate::waive::{Ground, Met, waive};

/// How a run goes; the same for all its reports.
pub struct Run<'a> {
    /// What is asked of which report.
    pub workspace: &'a Workspace,
    /// The forms of results.
    pub sinks: Vec<(Output, Style)>,
    /// What they show.
    pub want: Want,
    /// From which severity on a report fails.
    pub fail_on: FailOn,
    /// How reports are read.
    pub reading: &'a Reading,
    /// What is known of all reports, where a rule holds one against others.
    pub gathered: Gathered,
    /// The language.
    pub locale: Locale,
}

/// One report done: its text for each sink, and its counts.
pub struct Done {
    /// In the order of the sinks.
    pub printed: Vec<Printed>,
    /// What the reader should know of the whole report.
    pub notices: Vec<String>,
    /// What it adds to the counts.
    pub tally: Tally,
    /// The waivers and entries of the baseline that were needed.
    pub met: Met,
}

/// A report that was read and checked.
pub struct Judged {
    /// What was read.
    pub document: Document,
    /// What came out, by the numbers of the workspace's rules.
    pub checked: Checked,
    /// What was needed to waive it.
    pub met: Met,
}

impl Run<'_> {
    /// One report from bytes to text.
    ///
    /// # Errors
    /// Why it cannot be checked.
    pub fn one(&self, job: &Job) -> Result<Done, Problem> {
        self.guarded(job, || {
            let Judged { document, checked, met } = self.judged(job)?;
            let rules = &self.workspace.rules;
            let report = Report { rules, document: &document, checked: &checked };
            let printed = self.sinks.iter().map(|(output, style)| render::report(*output, &report, style)).collect();
            let tally = Tally::of(rules, &checked, &Locator::of_document(&document), self.fail_on, self.locale);
            Ok(Done { printed, notices: checked.notices, tally, met })
        })
    }

    /// One report with its verdicts. What would stop the program stops this report alone.
    ///
    /// # Errors
    /// Why it cannot be checked.
    pub fn verdicts(&self, job: &Job) -> Result<Judged, Problem> {
        self.guarded(job, || self.judged(job))
    }

    fn guarded<T>(&self, job: &Job, work: impl FnOnce() -> Result<T, Problem>) -> Result<T, Problem> {
        catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
            let message = say!(
                self.locale,
                "检查这份报告时程序内部出错，其余报告照常检查",
                "the program failed on this report; the others are checked all the same"
            );
            Err(Problem::error("internal", job.input.name(), message).help(say!(
                self.locale,
                "请把这份报告连同程序版本告诉维护者",
                "please tell the maintainers"
            )))
        })
    }

    /// Looks at all reports once, if any rule holds one against others.
    pub fn gather(&mut self, pool: Option<&rayon::ThreadPool>) {
        let needs = self.workspace.asked.iter().map(|it| it.plan.needs()).fold(Needs::default(), Needs::or);
        self.gathered = Gathered::of(&self.workspace.jobs, needs, pool, &|job| self.document(job));
    }

    fn document(&self, job: &Job) -> Option<Document> {
        let prepared = self.workspace.asked.get(job.asked)?;
        self.reading.document(&job.input, &prepared.given, self.locale).ok()
    }

    fn judged(&self, job: &Job) -> Result<Judged, Problem> {
        let Some(prepared) = self.workspace.asked.get(job.asked) else {
            return Err(Problem::error("internal", job.input.name(), ""));
        };
        let document = self.reading.document(&job.input, &prepared.given, self.locale)?;
        let reads = |job: &Job| self.document(job);
        let neighbours = self.gathered.neighbours(&self.workspace.jobs, &document, prepared.plan.needs(), &reads);
        let mut checked = check_among(&prepared.plan, &document, &neighbours, self.want, self.locale);
        drop(neighbours);
        let numbers = self.workspace.numbers.get(job.asked).map(Vec::as_slice).unwrap_or_default();
        for verdict in &mut checked.verdicts {
            verdict.rule = numbers.get(verdict.rule).copied().unwrap_or(usize::MAX);
        }
        if job.path != job.input.name() {
            stamp(&mut checked.verdicts, &job.path, &document, |at| id(&self.workspace.rules, at));
        }
        let rule = |at| id(&self.workspace.rules, at);
        let met = waive(&mut checked.verdicts, &self.workspace.ground(job), rule, self.locale);
        Ok(Judged { document, checked, met })
    }
}

/// The id of a rule by its number.
pub fn id(rules: &[PlannedRule], at: usize) -> &str {
    rules.get(at).map_or("", |it| it.rule.id.node.as_str())
}

impl Workspace {
    /// What may keep findings of a report from counting.
    pub fn ground<'a>(&'a self, job: &'a Job) -> Ground<'a> {
        let project = job.project.and_then(|at| self.projects.get(at));
        let waivers = project.map(|it| it.project.waivers.as_slice()).unwrap_or_default();
        Ground { waivers, baseline: self.baseline(job.project), path: &job.path, today: self.today }
    }
}
