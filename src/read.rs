//! Bytes to a document: the format told by content, the encoding by what the text becomes.

use crate::document::Document;
use crate::facts::Given;
use crate::locale::Locale;
use crate::problem::Problem;

/// A kind of file that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
}

impl Format {
    /// All of them.
    pub const ALL: [Format; 2] = [Format::Text, Format::Markdown];

    /// The name in JSON and messages.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Text => "txt",
            Format::Markdown => "md",
        }
    }
}

/// Reads a report. `name` is the path as the user wrote it.
///
/// # Errors
/// A problem that names the file, the cause and the way out: nothing about it is a verdict.
pub fn read(name: &str, bytes: &[u8], given: &Given, locale: Locale) -> Result<Document, Problem> {
    let _ = (bytes, given, locale);
    Err(Problem::error("read::todo", name, ""))
}
