//! An open text, and the places in it as editors name them: a line and so many units of the negotiated encoding.

use gen_lsp_types::{Position, Range, TextDocumentContentChangeEvent};

use crate::source::{Source, slice};
use crate::span::Span;

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Units {
    /// Bytes.
    Utf8,
    /// Units of UTF-16: what is spoken unless something else was agreed on.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Units {
    /// Those that are easiest here first.
    pub const ALL: [Units; 3] = [Units::Utf8, Units::Utf32, Units::Utf16];

    /// The word in the protocol.
    pub const fn name(self) -> &'static str {
        match self {
            Units::Utf8 => "utf-8",
            Units::Utf16 => "utf-16",
            Units::Utf32 => "utf-32",
        }
    }

    const fn of(self, c: char) -> usize {
        match self {
            Units::Utf8 => c.len_utf8(),
            Units::Utf16 => c.len_utf16(),
            Units::Utf32 => 1,
        }
    }
}

/// A text, and how columns are counted in it.
#[derive(Debug, Clone, Default)]
pub struct Text {
    source: Source,
    units: Units,
}

impl Text {
    /// Takes a text.
    pub fn new(name: &str, text: impl Into<String>, units: Units) -> Text {
        Text { source: Source::new(name, text), units }
    }

    /// All of it.
    pub fn text(&self) -> &str {
        self.source.text()
    }

    /// How columns are counted.
    pub const fn units(&self) -> Units {
        self.units
    }

    /// The text with its lines.
    pub const fn source(&self) -> &Source {
        &self.source
    }

    /// The place of a byte.
    pub fn position(&self, offset: usize) -> Position {
        let line = self.source.line_index(offset);
        let span = self.source.line_span(line);
        // Nothing stands behind the end of a line: a place inside a line break is its end.
        let offset = offset.min(span.end).max(span.start);
        let column = match self.units {
            Units::Utf8 => self.source.slice(Span::new(span.start, offset)).len(),
            Units::Utf16 => self.source.utf16_column(offset),
            Units::Utf32 => self.source.line_column(offset).column - 1,
        };
        Position { line: small(line), character: small(column) }
    }

    /// The place of some bytes.
    pub fn range(&self, span: Span) -> Range {
        let end = self.source.text().len();
        Range { start: self.position(span.start.min(end)), end: self.position(span.end.min(end)) }
    }

    /// The byte at a place; the end of a line or of the text where the place lies behind it.
    pub fn offset(&self, position: Position) -> usize {
        let line = position.line as usize;
        if line >= self.source.lines() {
            return self.source.text().len();
        }
        let span = self.source.line_span(line);
        let mut left = position.character as usize;
        let mut at = span.start;
        for c in self.source.slice(span).chars() {
            let units = self.units.of(c);
            if left < units {
                break;
            }
            left -= units;
            at += c.len_utf8();
        }
        at
    }

    /// The bytes of a range; its ends may come in either order.
    pub fn span(&self, range: Range) -> Span {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        Span::new(start.min(end), start.max(end))
    }

    /// The text after an edit of the client's.
    #[must_use]
    pub fn changed(&self, change: &TextDocumentContentChangeEvent) -> Text {
        let text = match change {
            TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => whole.text.clone(),
            TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                let span = self.span(part.range);
                let (before, behind) = (Span::new(0, span.start), Span::new(span.end, self.text().len()));
                [slice(self.text(), before), &part.text, slice(self.text(), behind)].concat()
            }
        };
        Text::new(self.source.name(), text, self.units)
    }
}

/// A number as the protocol has it.
pub fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ODD: &str = "甲𠀀乙\r\n\r\né\u{301}😀x\r丙\n";

    #[test]
    fn every_character_goes_there_and_back() {
        for units in Units::ALL {
            let text = Text::new("t", ODD, units);
            for (at, c) in ODD.char_indices() {
                let place = text.position(at);
                let ends_line = matches!(c, '\r' | '\n');
                assert!(text.offset(place) == at || ends_line, "{c:?} at {at} {units:?} {place:?}");
            }
            assert_eq!(text.offset(text.position(ODD.len())), ODD.len());
        }
    }

    #[test]
    fn columns_count_what_was_agreed_on() {
        let at = ODD.find('乙').unwrap();
        for (units, column) in [(Units::Utf8, 7), (Units::Utf16, 3), (Units::Utf32, 2)] {
            assert_eq!(Text::new("t", ODD, units).position(at), Position { line: 0, character: column });
        }
        let text = Text::new("t", ODD, Units::Utf16);
        let at = |line, character| text.offset(Position { line, character });
        assert_eq!(at(0, 2), 3, "inside of a pair of surrogates is before it");
        assert_eq!((at(0, 99), at(1, 0), at(99, 0)), (10, 12, ODD.len()));
        assert_eq!(text.position(11), Position { line: 0, character: 4 });
    }

    #[test]
    fn edits_are_applied() {
        let partial = |line, from, to, text: &str| {
            serde_json::from_value::<TextDocumentContentChangeEvent>(serde_json::json!({
                "range": {"start": {"line": line, "character": from}, "end": {"line": line, "character": to}},
                "text": text,
            }))
            .unwrap()
        };
        let text = Text::new("t", ODD, Units::Utf16);
        assert_eq!(text.changed(&partial(0, 1, 3, "丁")).text(), "甲丁乙\r\n\r\né\u{301}😀x\r丙\n");
        assert_eq!(text.changed(&partial(2, 4, 5, "")).text(), "甲𠀀乙\r\n\r\né\u{301}😀\r丙\n");
        assert_eq!(text.changed(&partial(50, 4, 5, "尾")).text(), format!("{ODD}尾"));
        assert_eq!(text.changed(&partial(0, 9, 1, "")).text(), "甲\r\n\r\né\u{301}😀x\r丙\n");
        let whole = serde_json::from_value(serde_json::json!({"text": "新"})).unwrap();
        assert_eq!(text.changed(&whole).text(), "新");
    }
}
