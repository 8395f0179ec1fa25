//! Paragraphs of a document put one behind the other, with the way back to the XML.

use super::properties::ParagraphProperties;
use super::{Bit, Hold, Paragraph, Run};
use crate::document::Piece;
use crate::extracted::{Block, Extracted, Layout};
use crate::read::text;
use crate::source::leading_space;
use crate::span::Span;

/// The longest heading, in characters: what is longer is text in the dress of a heading.
const LONGEST_HEADING: usize = 60;
/// The longest one that ends in 。: beyond that its words tell what it is.
const LONGEST_SENTENCE: usize = 25;
/// The indent of a paragraph that is set to the right or to the middle, in columns.
const ASIDE: usize = 20;

/// What was read so far.
#[derive(Debug, Default)]
pub struct Story {
    /// The text and its blocks.
    pub extracted: Extracted,
    /// Where it stands in the XML.
    pub bits: Vec<Bit>,
    /// The runs.
    pub runs: Vec<Run>,
    /// The paragraphs that have text.
    pub paragraphs: Vec<Paragraph>,
    blank: usize,
}

/// A paragraph being read.
#[derive(Debug, Default)]
pub struct Frame {
    /// What it says so far.
    pub text: String,
    /// Where that stands; places in `text` count from its own start.
    pub bits: Vec<Bit>,
    /// What it says of itself, styles included.
    pub properties: ParagraphProperties,
    /// Whether it has the style of titles.
    pub title: bool,
    /// Whether it stands in a cell.
    pub cell: bool,
    /// Where in the XML what it says begins, and where its closing tag does.
    pub xml: Span,
    /// Paragraphs of text boxes that hang on it.
    pub later: Vec<Frame>,
}

impl Frame {
    /// Adds text.
    pub fn push(&mut self, text: &str, xml: Span, hold: Hold) {
        let start = self.text.len();
        self.text.push_str(text);
        self.bits.push(Bit { text: Span::new(start, self.text.len()), xml, hold });
    }

    /// Takes up a paragraph whose end was deleted, in front of this one.
    pub fn take_up(&mut self, before: Frame) {
        self.text = before.text;
        self.bits = before.bits;
        self.later = before.later;
        self.xml.start = before.xml.start;
    }

    /// What the file says it is; a first level counts as the second, under the title. A long text in the dress of a heading is none, nor is one with several sentences:
    /// clerks take the dress for its font.
    fn layout(&self) -> Layout {
        let level = if self.title { Some(1) } else { self.properties.outline.filter(|it| *it < 9).map(|it| it + 2) };
        let text = self.text.trim();
        let told = text.trim_end_matches('。').contains('。');
        let most = if text.ends_with('。') { LONGEST_SENTENCE } else { LONGEST_HEADING };
        match level {
            _ if self.cell => Layout::Cell,
            Some(level) if !told && text.chars().count() <= most => Layout::Heading(level),
            Some(_) | None => Layout::Paragraph,
        }
    }
}

impl Story {
    /// Adds a paragraph and what hangs on it.
    pub fn add(&mut self, frame: Frame) {
        let mut open = vec![frame];
        while let Some(mut frame) = open.pop() {
            open.extend(std::mem::take(&mut frame.later).into_iter().rev());
            self.add_one(&frame);
        }
    }

    fn add_one(&mut self, frame: &Frame) {
        let start = self.extracted.text.len();
        let pieces: Vec<Piece> = text::lines(&frame.text)
            .map(|line| text::trim(&frame.text, line))
            .filter(|span| !span.is_empty())
            .enumerate()
            .map(|(at, span)| Piece { span: span.shift(start), wrapped: at > 0 })
            .collect();
        self.extracted.text.push_str(&frame.text);
        self.extracted.text.push('\n');
        if pieces.is_empty() {
            self.blank += 1;
            return;
        }
        let indent = leading_space(&frame.text).1.max(if frame.properties.aside == Some(true) { ASIDE } else { 0 });
        let blank_before = std::mem::take(&mut self.blank);
        self.extracted.blocks.push(Block { pieces, layout: frame.layout(), blank_before, indent });
        self.bits.extend(frame.bits.iter().map(|bit| Bit { text: bit.text.shift(start), ..*bit }));
        let text = Span::new(start, start + frame.text.len());
        self.paragraphs.push(Paragraph { text, start: frame.xml.start, end: frame.xml.end });
    }

    /// Levels as Markdown has them: under a title, a first level is the second. `titled` says that a paragraph has the
    /// style of titles. A single heading says nothing of levels: its words tell what it is.
    pub fn settle_levels(&mut self, titled: bool) {
        let headings = self.extracted.blocks.iter().filter(|it| matches!(it.layout, Layout::Heading(_))).count();
        for block in &mut self.extracted.blocks {
            match &mut block.layout {
                Layout::Heading(_) if headings == 1 && !titled => block.layout = Layout::Paragraph,
                Layout::Heading(level) if !titled => *level = level.saturating_sub(1),
                Layout::Heading(_) | Layout::Line | Layout::Paragraph | Layout::Cell => {}
            }
        }
    }
}
