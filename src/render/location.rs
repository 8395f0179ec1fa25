//! Where a span stands, as people and programs are told: lines, columns, paragraph and headings.

use crate::document::Document;
use crate::source::Source;
use crate::span::Span;

/// A place in a report or a pack. Lines and columns count characters from 1, the end is exclusive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// First line.
    pub line: usize,
    /// First character.
    pub column: usize,
    /// Last line.
    pub end_line: usize,
    /// One past the last character.
    pub end_column: usize,
    /// The bytes of the decoded text.
    pub span: Span,
    /// The paragraph, from 1.
    pub paragraph: Option<usize>,
    /// The headings it stands under, outermost first, numbers included.
    pub section: Vec<String>,
}

/// How many bytes lie between two counts of characters.
const STEP: usize = 512;

/// Finds locations in one text. It counts the characters once, so that many places on one very long line stay cheap.
#[derive(Debug)]
pub struct Locator<'a> {
    source: &'a Source,
    document: Option<&'a Document>,
    /// Characters that begin before byte `STEP * index`.
    counts: Vec<usize>,
}

impl<'a> Locator<'a> {
    /// For places in a report.
    pub fn of_document(document: &'a Document) -> Self {
        Locator { document: Some(document), ..Locator::of_source(&document.source) }
    }

    /// For places in any other text.
    pub fn of_source(source: &'a Source) -> Self {
        let mut counts = vec![0];
        let mut count = 0;
        for chunk in source.text().as_bytes().chunks(STEP) {
            count += starts(chunk);
            counts.push(count);
        }
        Locator { source, document: None, counts }
    }

    /// The text that is looked into.
    pub const fn source(&self) -> &'a Source {
        self.source
    }

    /// Says where a span stands. One that reaches past the text is clamped to it.
    pub fn locate(&self, span: Span) -> Location {
        let (line, column) = self.line_column(span.start);
        let (end_line, end_column) = self.line_column(span.end.max(span.start));
        let paragraph = self.document.and_then(|it| it.paragraph_at(span.start));
        let section = paragraph.map(|at| self.headings(at)).unwrap_or_default();
        Location { line, column, end_line, end_column, span, paragraph: paragraph.map(|at| at + 1), section }
    }

    /// Line and column of a byte, both from 1, the column in characters.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let index = self.source.line_index(offset);
        let start = self.source.line_span(index).start;
        (index + 1, self.characters(offset).saturating_sub(self.characters(start)) + 1)
    }

    /// How many characters begin before a byte.
    fn characters(&self, offset: usize) -> usize {
        let offset = offset.min(self.source.text().len());
        let block = offset / STEP;
        let rest = self.source.text().as_bytes().get(block * STEP..offset).unwrap_or_default();
        self.counts.get(block).copied().unwrap_or_default() + starts(rest)
    }

    fn headings(&self, paragraph: usize) -> Vec<String> {
        let Some(document) = self.document else { return Vec::new() };
        let section = document.paragraphs.get(paragraph).and_then(|it| it.section);
        let path = section.map(|at| document.ancestry(at)).unwrap_or_default();
        path.into_iter().map(|at| document.heading_text(at).into_owned()).collect()
    }
}

/// How many characters begin in these bytes of UTF-8.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xc0) != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_as_the_source_does() {
        for text in ["", "a", "甲乙\n丙", "甲\r\n乙\r丙\n\n", &"一行很长的字。".repeat(400), &"é甲😀\n".repeat(300)]
        {
            let source = Source::new("t", text);
            let locator = Locator::of_source(&source);
            for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let right = source.line_column(at);
                assert_eq!(locator.line_column(at), (right.line, right.column), "{at} in {text:?}");
            }
            assert_eq!(locator.line_column(usize::MAX), locator.line_column(text.len()));
        }
    }
}
