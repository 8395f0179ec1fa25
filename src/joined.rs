//! Pieces of a source read as one text, with the way back.

use std::borrow::Cow;

use crate::document::Piece;
use crate::source;
use crate::span::Span;

/// Pieces read as one text, with the way back to the source.
#[derive(Debug, Clone)]
pub struct Joined<'a> {
    /// The pieces, in order.
    pub pieces: Vec<Piece>,
    /// What they say, wraps joined.
    pub text: Cow<'a, str>,
}

impl<'a> Joined<'a> {
    /// Reads pieces out of the source.
    pub fn new(source: &'a str, pieces: Vec<Piece>) -> Self {
        let text = match pieces.as_slice() {
            [only] => Cow::Borrowed(source::slice(source, only.span)),
            several => Cow::Owned(several.iter().map(|it| source::slice(source, it.span)).collect()),
        };
        Joined { pieces, text }
    }

    /// The source of the bytes `start..end` of the text: from the first character to the last.
    pub fn span(&self, start: usize, end: usize) -> Span {
        let first = self.place(start, false);
        Span::new(first, self.place(end.max(start), end > start).max(first))
    }

    /// Where a byte of the text stands in the source; where two pieces meet, the end of the first if `closing`.
    fn place(&self, offset: usize, closing: bool) -> usize {
        let mut left = offset;
        for piece in &self.pieces {
            if left < piece.span.len() || (closing && left == piece.span.len()) {
                return piece.span.start + left;
            }
            left -= piece.span.len();
        }
        self.pieces.last().map_or(0, |it| it.span.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_lead_back_to_the_source() {
        let source = "甲乙\n  丙丁";
        let piece = |start, end, wrapped| Piece { span: Span::new(start, end), wrapped };
        let joined = Joined::new(source, vec![piece(0, 6, false), piece(9, 15, true)]);
        assert_eq!(joined.text, "甲乙丙丁");
        let shown = |start, end| source::slice(source, joined.span(start, end)).to_owned();
        assert_eq!(shown(0, 6), "甲乙");
        assert_eq!(shown(3, 9), "乙\n  丙");
        assert_eq!(shown(6, 12), "丙丁");
        assert_eq!(joined.span(6, 6), Span::new(9, 9));
        assert_eq!(joined.span(50, 99), Span::new(15, 15));
    }
}
