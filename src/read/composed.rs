//! The text of a file that does not hold it as one: put together block by block, a line for each line.

use crate::document::{Lost, Piece};
use crate::extracted::{Block, Extracted, Layout};
use crate::read::text::{is_line_end, trim};
use crate::source::{leading_space, slice};
use crate::span::Span;

/// What has been put together so far.
#[derive(Debug, Default)]
pub(super) struct Composed {
    extracted: Extracted,
}

impl Composed {
    /// Adds a block of one line or several; one that holds nothing but white space is none. Where several lines make
    /// one block, a wrap stands before each but the first.
    pub fn add<'a>(&mut self, lines: impl IntoIterator<Item = &'a str>, layout: Layout, blank_before: usize) {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut indent = 0;
        for line in lines.into_iter().flat_map(|it| it.split(is_line_end)) {
            let (space, columns) = leading_space(line);
            let line = slice(line, Span::new(space, line.len()));
            let line = slice(line, trim(line, Span::new(0, line.len())));
            if line.is_empty() {
                continue;
            }
            if pieces.is_empty() {
                indent = columns;
            }
            let start = self.extracted.text.len();
            self.extracted.text += line;
            pieces.push(Piece { span: Span::new(start, start + line.len()), wrapped: !pieces.is_empty() });
            self.extracted.text.push('\n');
        }
        if !pieces.is_empty() {
            self.extracted.blocks.push(Block { pieces, layout, blank_before, indent });
        }
    }

    /// How many bytes the text has so far.
    pub fn len(&self) -> usize {
        self.extracted.text.len()
    }

    /// Says that by the byte at `offset` so many pages have begun.
    pub fn begin_pages(&mut self, count: usize, offset: usize) {
        let begun = self.extracted.pages.len();
        self.extracted.pages.resize(begun.max(count), offset);
    }

    /// The whole.
    pub fn finish(mut self, lost: Lost) -> Extracted {
        self.extracted.lost = lost;
        self.extracted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_stand_on_lines_of_their_own() {
        let mut composed = Composed::default();
        composed.add(["　　甲\u{200B} "], Layout::Paragraph, 0);
        composed.add(["", " \u{3000}"], Layout::Paragraph, 0);
        composed.add(["&nbsp;乙", "", "丙\u{2028}丁"], Layout::Cell, 1);
        let extracted = composed.finish(Lost::default());
        assert_eq!(extracted.text, "甲\n乙\n丙\n丁\n");
        let blocks: Vec<_> =
            extracted.blocks.iter().map(|it| (it.pieces.len(), it.indent, it.blank_before, it.layout)).collect();
        assert_eq!(blocks, [(1, 4, 0, Layout::Paragraph), (3, 1, 1, Layout::Cell)]);
    }
}
