//! The reports that one report is held against, as plain values: whoever reads files puts them together.

use std::cell::OnceCell;

use crate::document::Document;
use crate::overlap::Stream;

/// Reports that one report is held against.
#[derive(Debug, Default)]
pub struct Neighbours {
    /// Those of the same body for the year before, different texts only; or why there is none.
    pub last_year: Known<Vec<Neighbour>>,
    /// Those of other bodies; or why none can be told.
    pub others: Known<Others>,
}

/// What is known of the neighbours of one kind.
#[derive(Debug, Default)]
pub enum Known<T> {
    /// These are they.
    There(T),
    /// Nobody looked for any: the report is checked by itself.
    #[default]
    Unasked,
    /// The report names no body.
    NoBody,
    /// The report names no year.
    NoYear,
    /// There is none among the reports given.
    None,
}

/// Another report.
#[derive(Debug)]
pub struct Neighbour {
    /// The report.
    pub document: Document,
    stream: OnceCell<Stream>,
}

impl Neighbour {
    /// A report as a neighbour.
    pub fn new(document: Document) -> Self {
        Neighbour { document, stream: OnceCell::new() }
    }

    /// The letters it is compared by.
    pub fn stream(&self) -> &Stream {
        self.stream.get_or_init(|| Stream::of(&self.document))
    }
}

/// Reports of other bodies.
#[derive(Debug, Default)]
pub struct Others {
    /// Those that may share much, those that share most first.
    pub near: Vec<Near>,
    /// With how many it was compared.
    pub compared: usize,
    /// How many could not be compared, because they name no body and may be of this one.
    pub bodiless: usize,
}

/// A report of another body that may share much.
#[derive(Debug)]
pub struct Near {
    /// The report.
    pub report: Neighbour,
    /// How many bodies more have a report with the very same words.
    pub alike: usize,
}
