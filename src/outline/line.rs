//! A line as the reader handed it on, with what the outline asks of it again and again.

use unicode_width::UnicodeWidthStr;

use super::numbering::{self, Marker};
use super::words;
use crate::document::Piece;
use crate::extracted::{Block, Layout};
use crate::joined::Joined;
use crate::sentence;
use crate::source;
use crate::span::Span;

/// One line.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    /// Its text.
    pub body: Joined<'a>,
    /// What the file says it is.
    pub layout: Layout,
    /// Whether it is a further line of a block that the file calls one paragraph.
    pub soft: bool,
    /// How many blank lines stand before it.
    pub blank: usize,
    /// The width of the white space before it.
    pub indent: usize,
    /// Its width in columns, the indent left out.
    pub width: usize,
    /// How many characters it has.
    pub chars: usize,
    /// The number at its front.
    pub marker: Option<Marker>,
    /// Where in its text stands what it says.
    said: Span,
}

impl<'a> Line<'a> {
    /// A line that says `body`.
    pub fn new(body: Joined<'a>, layout: Layout, soft: bool, blank: usize, indent: usize) -> Self {
        let marker = if layout == Layout::Cell { None } else { numbering::read(&body.text) };
        let text = source::trim(&body.text);
        let start = source::leading_space(&body.text).0;
        let ((width, chars), said) = (measures(text), Span::new(start, start + text.len()));
        Line { body, layout, soft, blank, indent, width, chars, marker, said }
    }

    /// What it says, without the `&nbsp;` at its ends that HTML left there.
    pub fn text(&self) -> &str {
        self.body.text.get(self.said.start..self.said.end).unwrap_or_default()
    }

    /// What it says without its number and what stands in front of that.
    pub fn words(&self) -> &str {
        let text = self.body.text.as_ref();
        let start = self.marker.map_or_else(|| numbering::leftover(text), |it| it.words);
        source::trim_end(text.get(start..).unwrap_or_default())
    }

    /// Whether its last character ends a paragraph: 。！？；：, with the closing quotes and brackets behind it.
    pub fn is_terminated(&self) -> bool {
        is_terminated(self.text())
    }

    /// Whether it reads as a sentence or more, and so is no title, signature or heading.
    pub fn is_prose(&self) -> bool {
        let stops = self.text().chars().any(|c| matches!(c, '。' | '！' | '？' | '；' | '｡'));
        self.layout != Layout::Cell && (stops || self.chars > 60 || (self.is_terminated() && self.chars > 25))
    }

    /// Whether it is furniture of a web page or a leftover of a program, and no word of the report.
    pub fn is_furniture(&self) -> bool {
        self.chars <= 120 && words::is_furniture(self.text())
    }

    /// Whether it may be the going on of the line before: nothing sets it off from that.
    pub fn may_go_on(&self, before: &Line, base: usize) -> bool {
        let indented = self.indent > base + 1;
        self.soft || (self.layout == Layout::Line && before.layout == Layout::Line && self.blank == 0 && !indented)
    }
}

/// Whether the last character of a text ends a paragraph; …… does too, which also ends a sentence.
pub fn is_terminated(text: &str) -> bool {
    let end = source::trim_end(text).trim_end_matches(|c: char| c.is_whitespace() || sentence::closes(c));
    end.ends_with(['。', '！', '？', '；', '：', '!', '?', ';', ':', '｡', '…'])
}

/// The width in columns, and the number of characters that are no white space. What nearly all characters take is
/// known; where others stand the library is asked.
fn measures(text: &str) -> (usize, usize) {
    let (mut width, mut chars) = (0, 0);
    for c in text.chars() {
        let Some(columns) = columns(c) else { return (text.width_cjk(), count(text)) };
        width += columns;
        chars += usize::from(!c.is_whitespace());
    }
    (width, chars)
}

const fn columns(c: char) -> Option<usize> {
    match c {
        ' '..='~' => Some(1),
        '\u{4E00}'..='\u{9FFF}' | '\u{3000}'..='\u{3029}' | '\u{FF01}'..='\u{FF60}' | '“' | '”' => Some(2),
        _ => None,
    }
}

/// The number of characters that are no white space.
pub fn count(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// Cuts the blocks of a reader into lines. A block that holds nothing but white space is left out.
pub fn lines<'a>(source: &'a str, blocks: Vec<Block>) -> Vec<Line<'a>> {
    let mut found = Vec::with_capacity(blocks.len());
    for block in blocks {
        let mut soft = false;
        for pieces in split_at_wraps(source, &block.pieces) {
            let (blank, indent) = if soft { (0, 0) } else { (block.blank_before, block.indent) };
            found.push(Line::new(Joined::new(source, pieces), block.layout, soft, blank, indent));
            soft = true;
        }
    }
    found
}

/// The pieces of a block with text in them, cut where a wrap was joined; a table cell or heading stays whole.
fn split_at_wraps(text: &str, pieces: &[Piece]) -> Vec<Vec<Piece>> {
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        if source::slice(text, piece.span).trim().is_empty() {
            continue;
        }
        match rows.last_mut() {
            Some(row) if !piece.wrapped => row.push(*piece),
            _ => rows.push(vec![*piece]),
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_library() {
        for c in '\0'..='\u{FFFF}' {
            let text = format!("甲{c}");
            assert_eq!(measures(&text), (text.width_cjk(), count(&text)), "{c:?}");
        }
    }
}
