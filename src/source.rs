//! A named text with its line starts: byte offsets to lines and columns, and the one function that slices.

use std::sync::OnceLock;

use crate::span::Span;

/// A text under a name, with the places where its lines begin. LF, CRLF and CR end a line.
#[derive(Debug, Clone, Default)]
pub struct Source {
    name: String,
    text: String,
    line_starts: Vec<usize>,
    /// What begins before byte `STEP * index`; counted when first asked for, so that many places, be it on one very
    /// long line, stay cheap.
    counts: OnceLock<Vec<Count>>,
}

/// How much of a text begins in a stretch of it.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    /// Characters.
    characters: usize,
    /// Characters that take two units of UTF-16.
    wide: usize,
}

/// How many bytes lie between two counts of characters.
const STEP: usize = 512;

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
        Source { name: name.into(), text, line_starts, counts: OnceLock::new() }
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
        let start = self.line_starts.get(index).copied().unwrap_or_default();
        let before = self.count(offset).characters.saturating_sub(self.count(start).characters);
        LineColumn { line: index + 1, column: before + 1 }
    }

    /// How many units of UTF-16 stand before a byte in its line: what editors call the character, from 0.
    pub fn utf16_column(&self, offset: usize) -> usize {
        let start = self.line_starts.get(self.line_index(offset)).copied().unwrap_or_default();
        let (to, from) = (self.count(offset), self.count(start));
        (to.characters + to.wide).saturating_sub(from.characters + from.wide)
    }

    /// What begins before a byte.
    fn count(&self, offset: usize) -> Count {
        let offset = floor_boundary(&self.text, offset);
        let counts = self.counts.get_or_init(|| {
            let chunks = self.text.as_bytes().chunks(STEP).map(starts);
            std::iter::once(Count::default())
                .chain(chunks.scan(Count::default(), |sum, count| {
                    *sum = sum.and(count);
                    Some(*sum)
                }))
                .collect()
        });
        let block = offset / STEP;
        let rest = self.text.as_bytes().get(block * STEP..offset).unwrap_or_default();
        counts.get(block).copied().unwrap_or_default().and(starts(rest))
    }
}

impl Count {
    const fn and(self, other: Count) -> Count {
        Count { characters: self.characters + other.characters, wide: self.wide + other.wide }
    }
}

/// What HTML writes for white space, and what a lost encoding leaves of it; how many columns it takes.
const ENTITIES: [(&str, usize); 10] = [
    ("? ", 1),
    ("&nbsp;", 1),
    ("&ensp;", 1),
    ("&emsp;", 2),
    ("&thinsp;", 0),
    ("&#160;", 1),
    ("&#xa0;", 1),
    ("&#8194;", 1),
    ("&#8195;", 2),
    ("&#12288;", 2),
];

/// The white space at the front of a text, that of HTML (`&nbsp;`) and `? ?` included: how many bytes it fills, and how many
/// columns. A tab takes 4, a full-width space 2.
pub fn leading_space(text: &str) -> (usize, usize) {
    let (mut rest, mut columns) = (text, 0);
    while let Some((behind, width)) = without_space(rest) {
        (rest, columns) = (behind, columns + width);
    }
    (text.len() - rest.len(), columns)
}

fn without_space(text: &str) -> Option<(&str, usize)> {
    let c = text.chars().next()?;
    match c {
        '&' | '?' => ENTITIES.iter().find_map(|(entity, width)| Some((text.strip_prefix(entity)?, *width))),
        '\t' => Some((text.strip_prefix(c)?, 4)),
        '\u{3000}' | '\u{2001}' | '\u{2003}' => Some((text.strip_prefix(c)?, 2)),
        '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{AD}' => Some((text.strip_prefix(c)?, 0)),
        _ => c.is_whitespace().then_some((text.strip_prefix(c)?, 1)),
    }
}

/// A text without the white space at its ends, that of HTML included.
pub fn trim(text: &str) -> &str {
    trim_end(text.get(leading_space(text).0..).unwrap_or_default())
}

/// A text without the white space at its end, that of HTML included.
pub fn trim_end(text: &str) -> &str {
    let mut kept = text.trim_end();
    while kept.ends_with(';')
        && let Some(shorter) = ENTITIES.iter().find_map(|(entity, _)| kept.strip_suffix(entity))
    {
        kept = shorter.trim_end();
    }
    kept
}

/// The text of `span` in `text`, clamped to its ends and moved down to character boundaries: the one place that
/// slices text by computed offsets, so that no offset, however wrong, can panic.
pub fn slice(text: &str, span: Span) -> &str {
    let end = floor_boundary(text, span.end);
    let start = floor_boundary(text, span.start.min(end));
    text.get(start..end).unwrap_or_default()
}

/// How many characters begin in these bytes of UTF-8.
fn starts(bytes: &[u8]) -> Count {
    Count {
        characters: bytes.iter().filter(|byte| (**byte & 0xc0) != 0x80).count(),
        wide: bytes.iter().filter(|byte| **byte >= 0xf0).count(),
    }
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_of_every_kind_is_known() {
        let cases = [
            ("甲", (0, 0), "甲"),
            (" \t　甲 　", (5, 7), "甲"),
            ("&nbsp;&emsp; 甲&nbsp; &nbsp;", (13, 4), "甲"),
            ("? ? 甲?", (4, 2), "甲?"),
            ("\u{FEFF}　甲", (6, 2), "甲"),
            ("&nbsp;", (6, 1), ""),
            ("&amp;甲&", (0, 0), "&amp;甲&"),
            ("", (0, 0), ""),
        ];
        for (text, space, trimmed) in cases {
            assert_eq!((leading_space(text), trim(text)), (space, trimmed), "{text:?}");
        }
    }
}
