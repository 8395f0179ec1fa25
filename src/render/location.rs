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
    /// The page, from 1, where the format has pages.
    pub page: Option<usize>,
    /// The paragraph, from 1.
    pub paragraph: Option<usize>,
    /// The headings it stands under, outermost first, numbers included.
    pub section: Vec<String>,
}

/// Finds locations in one text.
#[derive(Debug)]
pub struct Locator<'a> {
    source: &'a Source,
    document: Option<&'a Document>,
}

impl<'a> Locator<'a> {
    /// For places in a report.
    pub fn of_document(document: &'a Document) -> Self {
        Locator { document: Some(document), ..Locator::of_source(&document.source) }
    }

    /// For places in any other text.
    pub fn of_source(source: &'a Source) -> Self {
        Locator { source, document: None }
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
        let page = self.document.and_then(|it| it.page_at(span.start));
        Location { line, column, end_line, end_column, span, page, paragraph: paragraph.map(|at| at + 1), section }
    }

    /// Line and column of a byte, both from 1, the column in characters.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let at = self.source.line_column(offset);
        (at.line, at.column)
    }

    fn headings(&self, paragraph: usize) -> Vec<String> {
        let Some(document) = self.document else { return Vec::new() };
        let section = document.paragraphs.get(paragraph).and_then(|it| it.section);
        let path = section.map(|at| document.ancestry(at)).unwrap_or_default();
        path.into_iter().map(|at| document.heading_text(at).into_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_the_characters_of_lines_however_long() {
        for text in ["", "a", "甲乙\n丙", "甲\r\n乙\r丙\n\n", &"一行很长的字。".repeat(400), &"é甲😀\n".repeat(300)]
        {
            let source = Source::new("t", text);
            let locator = Locator::of_source(&source);
            for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let (line, column) = locator.line_column(at);
                let start = source.line_span(line - 1).start;
                let before = source.slice(Span::new(start, at)).chars().count();
                assert_eq!((line, column), (source.line_index(at) + 1, before + 1), "{at} in {text:?}");
            }
            assert_eq!(locator.line_column(usize::MAX), locator.line_column(text.len()));
        }
    }
}
