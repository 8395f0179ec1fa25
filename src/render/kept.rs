//! What forms keep of the reports they have printed, where the whole is told before or after them.

use crate::locale::Locale;
use crate::render::github::{Command, Worst};
use crate::render::html::overview::Overview;
use crate::render::html::row::Row;
use crate::render::{Output, Report, Style, github};

/// One report, printed.
#[derive(Debug, Default)]
pub struct Printed {
    /// Its text, written as soon as its turn comes.
    pub text: String,
    /// What is kept of it.
    pub part: Part,
}

/// What a form keeps of one report.
#[derive(Debug, Default)]
pub enum Part {
    /// Nothing: memory does not grow with the number of reports.
    #[default]
    Nothing,
    /// The worst annotations, and how many there would be.
    Commands(Vec<Command>, usize),
    /// What the page tells of it.
    Row(Box<Row>),
}

impl Part {
    /// The part of a report that a form keeps.
    pub fn of(output: Output, report: &Report<'_>, style: &Style) -> Part {
        match output {
            Output::Github => commands(report, style.locale),
            Output::Html => Part::Row(Box::new(Row::of(report, style))),
            Output::Pretty
            | Output::Concise
            | Output::Json
            | Output::Jsonl
            | Output::Sarif
            | Output::Junit
            | Output::Gitlab
            | Output::Csv => Part::Nothing,
        }
    }
}

fn commands(report: &Report<'_>, locale: Locale) -> Part {
    let (commands, all) = github::commands(report, locale);
    Part::Commands(commands, all)
}

/// What a form has kept of all reports so far; bounded, however many there are.
#[derive(Debug, Default)]
pub struct Kept {
    /// The annotations that will be shown.
    pub worst: Worst,
    /// What the page tells of the reports.
    pub overview: Overview,
}

impl Kept {
    /// Takes the part of the next report.
    pub fn add(&mut self, part: Part) {
        match part {
            Part::Nothing => {}
            Part::Commands(commands, all) => self.worst.add(commands, all),
            Part::Row(row) => self.overview.add(*row),
        }
    }
}
