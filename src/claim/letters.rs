//! The characters of a paragraph with their places, for claims that look at characters one by one.

use crate::document::{Document, Part};
use crate::span::Span;
use crate::verdict::Evidence;

/// A character of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Letter {
    /// Its first byte in the source.
    pub at: usize,
    /// Itself.
    pub c: char,
}

impl Letter {
    /// Its bytes.
    pub(super) const fn span(self) -> Span {
        Span::new(self.at, self.at + self.c.len_utf8())
    }
}

/// The characters of a paragraph, wraps joined.
pub(super) fn letters(document: &Document, paragraph: usize) -> Vec<Letter> {
    let pieces = document.paragraphs.get(paragraph).map_or(&[][..], |it| it.pieces.as_slice());
    // Most characters take three bytes.
    let mut letters = Vec::with_capacity(pieces.iter().map(|it| it.span.len()).sum::<usize>() / 2);
    for piece in pieces {
        let text = document.source.slice(piece.span);
        letters.extend(text.char_indices().map(|(at, c)| Letter { at: piece.span.start + at, c }));
    }
    letters
}

/// The texts that the characters of a paragraph stand in.
pub(super) fn texts(document: &Document, paragraph: usize) -> impl Iterator<Item = &str> {
    let pieces = document.paragraphs.get(paragraph).map_or(&[][..], |it| it.pieces.as_slice());
    pieces.iter().map(|it| document.source.slice(it.span))
}

/// From the first byte of the first letter to the last byte of the last; empty for none.
pub(super) fn span_of(letters: &[Letter]) -> Span {
    match (letters.first(), letters.last()) {
        (Some(first), Some(last)) => first.span().join(last.span()),
        _ => Span::default(),
    }
}

/// The paragraphs of the report itself, without what stands before its title and after its closing.
pub(super) fn proper(document: &Document) -> impl DoubleEndedIterator<Item = usize> {
    (0..document.paragraphs.len()).filter(|it| is_proper(document, *it))
}

/// Whether a paragraph is one of them.
pub(super) fn is_proper(document: &Document, paragraph: usize) -> bool {
    document.paragraphs.get(paragraph).is_some_and(|it| it.part != Part::Margin)
}

/// The report from title to closing as the place that was searched.
pub(super) fn searched(document: &Document, note: String) -> Vec<Evidence> {
    let spans = proper(document).filter_map(|it| document.paragraphs.get(it)).map(|it| it.span());
    spans.reduce(Span::join).map(|span| Evidence { span, note }).into_iter().collect()
}

/// Han characters, those of the first plane that texts in practice hold and the rarer ones of the second.
pub(super) const fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '〇')
}
