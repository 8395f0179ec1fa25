//! Where sentences end: at 。！？!? or ……, with the closing quotes and brackets after it, and at a paragraph's end.

use crate::document::{Document, Kind, Part};
use crate::span::Span;

/// A sentence, in source bytes; it may run over wraps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// The paragraph it stands in.
    pub paragraph: usize,
    /// Its characters, without white space at either end.
    pub span: Span,
}

/// The sentences of opening and sections: none of title, closing, table cells and own-line headings.
pub fn sentences(document: &Document) -> Vec<Sentence> {
    (0..document.paragraphs.len())
        .filter(|at| is_prose(document, *at))
        .flat_map(|at| of_paragraph(document, at))
        .collect()
}

/// Whether a paragraph counts as one: running text of opening or sections.
pub fn is_prose(document: &Document, paragraph: usize) -> bool {
    document.paragraphs.get(paragraph).is_some_and(|it| {
        matches!(it.part, Part::Opening | Part::Body) && matches!(it.kind, Kind::Text | Kind::RunIn(_))
    })
}

/// The sentences of any one paragraph.
pub fn of_paragraph(document: &Document, paragraph: usize) -> Vec<Sentence> {
    let Some(it) = document.paragraphs.get(paragraph) else { return Vec::new() };
    let mut found = Vec::new();
    let mut open: Option<Span> = None;
    let (mut ended, mut dots) = (false, 0);
    for piece in &it.pieces {
        for (at, c) in document.source.slice(piece.span).char_indices() {
            // Nearly every character is a Chinese one, which goes on with a sentence or begins the next.
            if matches!(c, '\u{4E00}'..='\u{9FFF}') && !ended {
                let start = piece.span.start + at;
                open = Some(Span::new(open.map_or(start, |span| span.start), start + 3));
                dots = 0;
                continue;
            }
            dots = if c == '…' { dots + 1 } else { 0 };
            let ends = ends_sentence(c) || dots >= 2;
            if c.is_whitespace() {
                continue;
            }
            if ended && !ends && !closes(c) {
                found.extend(open.take().map(|span| Sentence { paragraph, span }));
                ended = false;
            }
            let (start, end) = (piece.span.start + at, piece.span.start + at + c.len_utf8());
            open = Some(Span::new(open.map_or(start, |span| span.start), end));
            ended |= ends;
        }
    }
    found.extend(open.map(|span| Sentence { paragraph, span }));
    found
}

/// Whether a character ends a sentence by itself.
pub const fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '｡')
}

/// Whether a character closes a quotation or bracket, and so still belongs to the sentence before it.
pub const fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '）' | ')' | '》' | '〉' | '】' | '〕' | ']' | '"' | '＂')
}
