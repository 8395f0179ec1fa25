//! What is wrong with an input: a pack, a statement, a report that cannot be read. Never a verdict on a report.

use std::sync::Arc;

use crate::source::Source;
use crate::span::Span;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Something could not be carried out: exit code 2.
    Error,
    /// Something is doubtful.
    Warning,
}

/// Something wrong with an input, and the way out.
#[derive(Debug, Clone)]
pub struct Problem {
    /// A stable name such as `pack::unknown-set` or `read::encoding`.
    pub code: &'static str,
    /// How bad it is.
    pub level: Level,
    /// What is wrong, in one sentence.
    pub message: String,
    /// The file as the user named it.
    pub path: String,
    /// The very characters, where the input is a text we hold.
    pub place: Option<Place>,
    /// What to do about it.
    pub help: Option<String>,
}

/// The characters a problem is about.
#[derive(Debug, Clone)]
pub struct Place {
    /// The text they stand in.
    pub source: Arc<Source>,
    /// Which characters.
    pub span: Span,
    /// What is said right under them; may be empty.
    pub label: String,
    /// Other places that explain it, such as the first of two equal keys.
    pub related: Vec<(Span, String)>,
}

impl Problem {
    /// An error about the whole of `path`.
    pub fn error(code: &'static str, path: impl Into<String>, message: impl Into<String>) -> Self {
        Problem { code, level: Level::Error, message: message.into(), path: path.into(), place: None, help: None }
    }

    /// A warning about the whole of `path`.
    pub fn warning(code: &'static str, path: impl Into<String>, message: impl Into<String>) -> Self {
        Problem { level: Level::Warning, ..Problem::error(code, path, message) }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, source: &Arc<Source>, span: Span, label: impl Into<String>) -> Self {
        self.place = Some(Place { source: Arc::clone(source), span, label: label.into(), related: Vec::new() });
        self
    }

    /// Adds a second place; without a first one it is left out.
    #[must_use]
    pub fn also(mut self, span: Span, label: impl Into<String>) -> Self {
        if let Some(place) = &mut self.place {
            place.related.push((span, label.into()));
        }
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
