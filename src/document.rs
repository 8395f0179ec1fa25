//! A report as the rules see it: paragraphs in reading order, each with its part, and the tree of sections.

use std::borrow::Cow;
use std::ops::Range;

use crate::facts::Facts;
use crate::read::Format;
use crate::source::Source;
use crate::span::Span;

/// A stretch of source text that belongs to a paragraph. Pieces stand in source order and do not overlap; what lies
/// between two of them (line breaks, indents, Markdown marks) is no text of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands, without the white space at a line's ends.
    pub span: Span,
    /// Whether a line break was joined in front of it.
    pub wrapped: bool,
}

/// What a format does not keep: rules that ask for it cannot be judged, and do not apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lost {
    /// Where its lines break is for the page to say, as in a PDF.
    pub line_breaks: bool,
    /// Numbers that the program which wrote it put before headings by itself are not in the text.
    pub numbers: bool,
}

/// Which part of the report a paragraph stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Before the title or after the closing: site headers, leftovers.
    Margin,
    /// The title itself, one paragraph even when broken over lines.
    Title,
    /// Between title and first heading.
    Opening,
    /// The sections.
    Body,
    /// The signature block.
    Closing,
}

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Running text.
    Text,
    /// A heading on lines of its own; the section it heads.
    Heading(usize),
    /// Text that begins with a heading sentence; the section it heads.
    RunIn(usize),
    /// A cell of a table.
    Cell,
}

/// What a reader sees as one paragraph.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// Its text, never empty.
    pub pieces: Vec<Piece>,
    /// Where in the report it stands.
    pub part: Part,
    /// What it is.
    pub kind: Kind,
    /// The innermost section it stands in (for a heading, the section it heads).
    pub section: Option<usize>,
}

impl Paragraph {
    /// From the first byte of its text to the last.
    pub fn span(&self) -> Span {
        match (self.pieces.first(), self.pieces.last()) {
            (Some(first), Some(last)) => first.span.join(last.span),
            _ => Span::default(),
        }
    }
}

/// How a heading is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NumberStyle {
    /// 第一部分, 第一编
    Division,
    /// 第一章
    Chapter,
    /// 第一节
    Subchapter,
    /// 第一条: may run on over the levels above it.
    Article,
    /// 一、
    Chinese,
    /// （一）
    ChineseBracket,
    /// 1. 1． 1、
    Arabic,
    /// 1.1
    Decimal,
    /// （1）
    ArabicBracket,
    /// 1）
    ArabicHalfBracket,
    /// ① ⑴ ⒈
    Circled,
}

/// The number of a heading as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// Its characters, brackets and the mark behind it included: `（一）`, `1．`.
    pub span: Span,
    /// How it is written.
    pub style: NumberStyle,
    /// Which number it is.
    pub value: u32,
}

/// A line, or the first sentence of one, that the outline takes for a heading.
#[derive(Debug, Clone)]
pub struct Heading {
    /// The paragraph it is, or begins.
    pub paragraph: usize,
    /// Number and words; for a run-in heading up to, and without, the first 。; an own-line one keeps its final 。.
    pub span: Span,
    /// The words without number and the white space behind it.
    pub words: Span,
    /// The number, if it has one.
    pub number: Option<Number>,
    /// Whether text follows on the line.
    pub run_in: bool,
}

/// A heading and what stands under it.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its heading.
    pub heading: Heading,
    /// The depth in the tree, from 1.
    pub level: u32,
    /// The section it is nested in.
    pub parent: Option<usize>,
    /// Its paragraphs, own heading and nested sections included.
    pub paragraphs: Range<usize>,
}

/// A report: its text, and everything the outline found in it.
#[derive(Debug, Clone)]
pub struct Document {
    /// The decoded text under the path the user gave.
    pub source: Source,
    /// What kind of file it was.
    pub format: Format,
    /// The name of the encoding it was decoded from; a format that has none of its own, such as PDF, has none.
    pub encoding: Option<&'static str>,
    /// In reading order.
    pub paragraphs: Vec<Paragraph>,
    /// In reading order; a parent before its children.
    pub sections: Vec<Section>,
    /// The paragraph that is the title.
    pub title: Option<usize>,
    /// The paragraphs of the signature block; empty when there is none.
    pub closing: Range<usize>,
    /// Year, issuer, date.
    pub facts: Facts,
    /// Where each page begins in the text; empty in a format without pages.
    pub pages: Vec<usize>,
    /// What the format does not keep.
    pub lost: Lost,
}

impl Document {
    /// What each paragraph is made of.
    pub fn pieces(&self) -> impl Iterator<Item = &[Piece]> {
        self.paragraphs.iter().map(|it| it.pieces.as_slice())
    }

    /// The text of a span with wraps joined: line breaks and indents inside it are left out (a space stands for one
    /// between two Latin letters or digits).
    pub fn text(&self, paragraph: usize, span: Span) -> Cow<'_, str> {
        let Some(paragraph) = self.paragraphs.get(paragraph) else { return Cow::Borrowed("") };
        let first = paragraph.pieces.partition_point(|piece| piece.span.end <= span.start);
        let from = paragraph.pieces.get(first..).unwrap_or_default();
        let mut parts = from.iter().take_while(|piece| piece.span.overlaps(span));
        let cut = |piece: &Piece| {
            self.source.slice(Span::new(piece.span.start.max(span.start), piece.span.end.min(span.end)))
        };
        let Some(first) = parts.next() else { return Cow::Borrowed("") };
        let mut text = Cow::Borrowed(cut(first));
        for piece in parts {
            let next = cut(piece);
            let spaced = piece.wrapped && needs_space(&text, next);
            let text = text.to_mut();
            if spaced {
                text.push(' ');
            }
            text.push_str(next);
        }
        text
    }

    /// The text of a whole paragraph, wraps joined.
    pub fn paragraph_text(&self, paragraph: usize) -> Cow<'_, str> {
        self.paragraphs.get(paragraph).map_or(Cow::Borrowed(""), |it| self.text(paragraph, it.span()))
    }

    /// The words of a section's heading without its number, wraps joined.
    pub fn heading_words(&self, section: usize) -> Cow<'_, str> {
        self.sections.get(section).map_or(Cow::Borrowed(""), |it| self.text(it.heading.paragraph, it.heading.words))
    }

    /// A section's heading with its number, wraps joined.
    pub fn heading_text(&self, section: usize) -> Cow<'_, str> {
        self.sections.get(section).map_or(Cow::Borrowed(""), |it| self.text(it.heading.paragraph, it.heading.span))
    }

    /// The paragraph that holds a byte offset, or the last one that begins before it.
    pub fn paragraph_at(&self, offset: usize) -> Option<usize> {
        self.paragraphs.partition_point(|it| it.span().start <= offset).checked_sub(1)
    }

    /// The page that holds a byte offset, from 1; `None` in a format without pages.
    pub fn page_at(&self, offset: usize) -> Option<usize> {
        (!self.pages.is_empty()).then(|| self.pages.partition_point(|start| *start <= offset).max(1))
    }

    /// The sections from the outermost to `section` itself.
    pub fn ancestry(&self, section: usize) -> Vec<usize> {
        let mut path: Vec<usize> =
            std::iter::successors(Some(section), |at| self.sections.get(*at).and_then(|it| it.parent)).collect();
        path.reverse();
        path
    }
}

/// Whether a joined wrap must leave a space: between two words of a script that has spaces.
pub fn needs_space(before: &str, after: &str) -> bool {
    let latin = |c: char| c.is_ascii_alphanumeric();
    before.chars().next_back().is_some_and(latin) && after.chars().next().is_some_and(latin)
}
