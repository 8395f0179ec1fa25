//! What is known of a report: year, issuer, date.

use jiff::civil::Date;

use crate::span::Span;

/// Something known, and where it was read; `None` when it was set from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact<T> {
    /// What is known.
    pub value: T,
    /// Where the report says so.
    pub span: Option<Span>,
}

/// The facts of one report. `None` is unknown, which is never false.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The year reported on: that of the title, else the opening's.
    pub year: Option<Fact<i16>>,
    /// The year in the title.
    pub title_year: Option<Fact<i16>>,
    /// The year the opening says it reports on.
    pub opening_year: Option<Fact<i16>>,
    /// The title as one line.
    pub title: Option<Fact<String>>,
    /// The body that issues the report.
    pub issuer: Option<Fact<String>>,
    /// The date of the closing, else the one under the title.
    pub date: Option<Fact<Date>>,
}

/// Facts set from outside (`--var year=2024`), which win over what the report shows.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// The year reported on.
    pub year: Option<i16>,
    /// The title.
    pub title: Option<String>,
    /// The issuing body.
    pub issuer: Option<String>,
    /// The date of the report.
    pub date: Option<Date>,
}
