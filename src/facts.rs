//! What is known of a report: year, issuer, date.

pub mod body;
mod issuer;
mod year;

use jiff::civil::Date;

use crate::document::{Document, Part};
use crate::joined::Joined;
use crate::numbers::dates;
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

/// Finds the facts of a report; what was set from outside wins.
pub fn find(document: &Document, given: &Given) -> Facts {
    let years = year::find(document);
    Facts {
        year: set(given.year).or(years.year),
        title_year: years.title,
        opening_year: years.opening,
        title: set(given.title.clone()).or_else(|| title(document)),
        issuer: set(given.issuer.clone()).or_else(|| issuer::find(document)),
        date: set(given.date).or_else(|| date(document)),
    }
}

fn set<T>(value: Option<T>) -> Option<Fact<T>> {
    value.map(|value| Fact { value, span: None })
}

fn title(document: &Document) -> Option<Fact<String>> {
    let at = document.title?;
    let span = document.paragraphs.get(at)?.span();
    Some(Fact { value: document.text(at, span).trim().to_owned(), span: Some(span) })
}

/// The date of the closing, the last one in it, else that of a line under the title.
fn date(document: &Document) -> Option<Fact<Date>> {
    let closing = document.closing.clone().rev().find_map(|at| date_of(document, at, true));
    let under = || under_title(document).find_map(|at| date_of(document, at, false));
    closing.or_else(under)
}

/// The date in a paragraph; where it may hold no more than a date and a body, whether it does.
fn date_of(document: &Document, at: usize, anywhere: bool) -> Option<Fact<Date>> {
    let joined = joined(document, at)?;
    let mention = dates::dates(&joined.text).into_iter().find(|it| it.date.is_some())?;
    let before = joined.text.get(..mention.range.start)?.trim_matches(is_around);
    let behind = joined.text.get(mention.range.end..)?.trim_matches(is_around);
    let alone = behind.is_empty() && (before.is_empty() || body::body_name(before).is_some());
    let span = joined.span(mention.range.start, mention.range.end);
    (anywhere || alone).then_some(Fact { value: mention.date?, span: Some(span) })
}

fn is_around(c: char) -> bool {
    c.is_whitespace() || matches!(c, '（' | '）' | '(' | ')')
}

/// The first lines of the opening, as far as they are no running text: body, date, addressee.
fn under_title(document: &Document) -> impl Iterator<Item = usize> + '_ {
    let first = document.title.map_or(0, |at| at + 1);
    let short = |at: &usize| document.paragraph_text(*at).chars().count() <= 60;
    let opening = |at: &usize| document.paragraphs.get(*at).is_some_and(|it| it.part == Part::Opening);
    (first..document.paragraphs.len()).filter(opening).take(3).take_while(short)
}

/// A paragraph as one text.
fn joined(document: &Document, at: usize) -> Option<Joined<'_>> {
    let pieces = document.paragraphs.get(at)?.pieces.clone();
    Some(Joined::new(document.source.text(), pieces))
}
