//! A named text with its line starts: byte offsets to lines and columns, and the one function that slices.

use crate::span::Span;

/// A text under a name, with the places where its lines begin. LF, CRLF and CR end a line.
#[derive(Debug, Clone, Default)]
pub struct Source {
    name: String,
    text: String,
    line_starts: Vec<usize>,
}

/// A place as people name it. Both count from 1; the column counts Unicode characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl Source {
    /// Takes a text and finds its lines.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let bytes = text.as_bytes();
        let mut line_starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                line_starts.push(at + 1);
            }
        }
        Source { name: name.into(), text, line_starts }
    }

    /// The name it goes by: a path as the user wrote it, or what stands for one.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of `span`, clamped to the text and to character boundaries.
    pub fn slice(&self, span: Span) -> &str {
        slice(&self.text, span)
    }

    /// How many lines there are; an empty text has one.
    pub fn lines(&self) -> usize {
        self.line_starts.len()
    }

    /// The index of the line that holds `offset`, from 0.
    pub fn line_index(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// The bytes of line `index` (from 0) without its line break.
    pub fn line_span(&self, index: usize) -> Span {
        let start = self.line_starts.get(index).copied().unwrap_or(self.text.len());
        let end = self.line_starts.get(index + 1).copied().unwrap_or(self.text.len());
        let line = self.slice(Span::new(start, end));
        Span::new(start, start + line.trim_end_matches(['\n', '\r']).len())
    }

    /// Line and column of a byte offset.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let index = self.line_index(offset);
        let before = self.slice(Span::new(self.line_starts[index], offset));
        LineColumn { line: index + 1, column: before.chars().count() + 1 }
    }
}

/// The text of `span` in `text`, clamped to its ends and moved down to character boundaries: the one place that
/// slices text by computed offsets, so that no offset, however wrong, can panic.
pub fn slice(text: &str, span: Span) -> &str {
    let end = floor_boundary(text, span.end);
    let start = floor_boundary(text, span.start.min(end));
    text.get(start..end).unwrap_or_default()
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
