//! What a rule says of a report, with the evidence for it.

use jiff::civil::Date;

use crate::source::Source;
use crate::span::Span;

/// The verdict of one rule on one report.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The rule, as an index into the plan's rules.
    pub rule: usize,
    /// What came out.
    pub outcome: Outcome,
    /// Findings that do not count, each with the ground for it.
    pub waived: Vec<Waived>,
}

/// Pass, fail, not applicable or waived, each with its ground.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// The rule holds; the evidence says where. Empty only where the caller asked for findings alone.
    Pass(Vec<Evidence>),
    /// It does not; one finding at least.
    Fail(Vec<Finding>),
    /// It could not be asked; the reason says why.
    NotApplicable(String),
    /// It does not hold, and no finding of it counts; the reason says by whose leave.
    Waived(String),
}

/// A finding that does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waived {
    /// What was found.
    pub finding: Finding,
    /// Why it does not count.
    pub leave: Leave,
}

/// Why a finding does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leave {
    /// Somebody answers for it, for a time.
    Waiver {
        /// Who approved it.
        by: String,
        /// Why.
        reason: String,
        /// The last day it holds.
        until: Date,
    },
    /// It stands in the baseline: it was there before.
    Baseline,
}

/// Something that shows why a rule passed: a hit, or the place that was searched in vain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Where.
    pub span: Span,
    /// What stands there, or what was searched.
    pub note: String,
}

/// A fault. It cannot be built without a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The offending characters, or the place where something missing was due.
    pub span: Span,
    /// All places of one cause, `span` first; more than one under `once`.
    pub places: Vec<Span>,
    /// Whether something is missing rather than wrong: `span` is then where it was due.
    pub absent: bool,
    /// What the reader is told: the rule's message, else the engine's own words.
    pub message: String,
    /// What is said right under the characters: what the claim worked out.
    pub label: String,
    /// Other places and facts that explain it.
    pub related: Vec<Related>,
    /// Places in other reports, each beside the characters here that are held against it.
    pub beside: Vec<Beside>,
    /// How to mend it.
    pub fix: Option<Fix>,
    /// What it goes by in the next run, whatever is written above it; see `fingerprint`.
    pub fingerprint: String,
}

/// Characters of this report, and the place of another report or file that is held against them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// What the other place is.
    pub message: String,
    /// The characters here.
    pub here: Span,
    /// The place there.
    pub there: Elsewhere,
}

/// A place in another report, told in full: that report is not at hand when this one is printed. Lines and columns
/// count characters from 1, the end is exclusive.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Elsewhere {
    /// The other report.
    pub path: String,
    /// First line.
    pub line: usize,
    /// First character.
    pub column: usize,
    /// Last line.
    pub end_line: usize,
    /// One past the last character.
    pub end_column: usize,
    /// The bytes of the decoded text.
    pub span: Span,
    /// What stands there.
    pub text: String,
}

impl Elsewhere {
    /// A place in a text.
    pub fn of(source: &Source, span: Span) -> Self {
        let (start, end) = (source.line_column(span.start), source.line_column(span.end.max(span.start)));
        Elsewhere {
            path: source.name().to_owned(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            span,
            text: source.slice(span).to_owned(),
        }
    }
}

/// What stands beside a finding: the nearest heading, the hit that made a condition hold, the value worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// What it is.
    pub message: String,
    /// Where it is.
    pub span: Span,
}

/// A replacement for a finding's characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What to write there.
    pub replacement: String,
    /// Whether it may be applied without being read first.
    pub safe: bool,
}
