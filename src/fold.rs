//! The search view of a text: script, width, case and spaces folded, with a map back to the source.

use std::ops::Range;

use crate::document::Piece;
use crate::span::Span;

/// A text made of the paragraphs of a source, each followed by a line feed, and the way back. In a folded view white
/// space, zero-width characters and pinyin glosses inside a paragraph are gone and characters are folded one by one;
/// in a joined view the characters stand as they are and only wraps are joined.
#[derive(Debug, Clone, Default)]
pub struct View {
    text: String,
    /// Where each paragraph begins in `text`; one more entry for the end.
    paragraphs: Vec<usize>,
}

impl View {
    /// Folds the paragraphs of `source`.
    pub fn folded<'a>(source: &str, paragraphs: impl Iterator<Item = &'a [Piece]>) -> View {
        let _ = (source, paragraphs);
        View::default()
    }

    /// Joins the paragraphs of `source` without folding.
    pub fn joined<'a>(source: &str, paragraphs: impl Iterator<Item = &'a [Piece]>) -> View {
        let _ = (source, paragraphs);
        View::default()
    }

    /// The text to search: paragraphs in order, each ended by `\n`, which stands nowhere else.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of one paragraph in `text`, its `\n` left out.
    pub fn paragraph(&self, index: usize) -> Range<usize> {
        let _ = index;
        0..0
    }

    /// The paragraph that a byte of `text` belongs to.
    pub fn paragraph_at(&self, offset: usize) -> usize {
        self.paragraphs.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// The source characters that a range of `text` (on character boundaries) came from: from the first byte of the
    /// first to the last byte of the last, so that an ignored character at either edge is left out.
    pub fn source(&self, range: Range<usize>) -> Span {
        let _ = range;
        Span::default()
    }

    /// The bytes of `text` that came from source characters inside `span`; may be empty.
    pub fn view(&self, span: Span) -> Range<usize> {
        let _ = span;
        0..0
    }
}

/// Folds a phrase: what a hit of it looks like in a folded view. Empty where nothing but ignored characters is left.
pub fn fold(text: &str) -> String {
    text.to_owned()
}

/// Folds one character; `None` where it is ignored.
pub fn fold_char(c: char) -> Option<char> {
    Some(c)
}
/// Stub.
pub fn to_traditional(text: &str) -> String { text.to_owned() }
