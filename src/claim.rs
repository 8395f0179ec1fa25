//! Evaluates claims on a document.

pub mod dates;
mod letters;
pub mod line_breaks;
pub mod misquote;
pub mod numbering;
pub mod pairs;
mod pattern;
pub mod percentages;
pub mod repetition;
pub mod satisfy;
pub mod script;
#[cfg(test)]
mod testing;

use crate::span::Span;
use crate::verdict::{Evidence, Fix, Related};

/// Characters that make a claim false (or, under `must not`, true), before a rule puts its own words to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The offending characters, or where something missing was due.
    pub span: Span,
    /// Whether something is missing rather than wrong.
    pub absent: bool,
    /// What the engine says of it: what was due, what was worked out. Stands right under the characters.
    pub label: String,
    /// What would have been right, in short: fills {expected}.
    pub expected: Option<String>,
    /// The nearest thing there is: fills {nearest}.
    pub nearest: Option<String>,
    /// Other places and facts that explain it.
    pub related: Vec<Related>,
    /// How to mend it.
    pub fix: Option<Fix>,
}

impl Fault {
    /// Wrong characters.
    pub fn at(span: Span, label: impl Into<String>) -> Self {
        Fault {
            span,
            absent: false,
            label: label.into(),
            expected: None,
            nearest: None,
            related: Vec::new(),
            fix: None,
        }
    }

    /// Something missing that was due at `span`.
    pub fn missing(span: Span, label: impl Into<String>) -> Self {
        Fault { absent: true, ..Fault::at(span, label) }
    }
}

/// What a claim that looks for faults found.
#[derive(Debug, Clone, Default)]
pub struct Detected {
    /// All faults, in reading order.
    pub faults: Vec<Fault>,
    /// Where it looked, or what it found right: the evidence for a pass.
    pub evidence: Vec<Evidence>,
    /// Why nothing can be said, where there is no fault.
    pub unknown: Option<String>,
}
