//! Word documents: the text as Word shows it, with the way back to the runs it stands in.

use crate::extracted::Extracted;
use crate::read::archive::Archive;
use crate::read::damage::Damage;
use crate::read::package::Main;
use crate::span::Span;

mod body;
mod numbering;
mod numerals;
mod properties;
mod story;
mod styles;
mod symbol;

use numbering::Numbering;
use styles::Styles;

/// A Word document.
#[derive(Debug, Clone)]
pub struct Word {
    /// The part that holds the text, and what it refers to.
    pub main: Main,
    /// Its XML.
    pub xml: String,
    /// What it says.
    pub extracted: Extracted,
    /// Where each stretch of that stands in the XML, in the order of the text.
    pub bits: Vec<Bit>,
    /// The runs, in the order of the XML.
    pub runs: Vec<Run>,
    /// The paragraphs that have text, in the order of the text.
    pub paragraphs: Vec<Paragraph>,
}

/// A stretch of the text, and where it stands in the XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bit {
    /// In the text.
    pub text: Span,
    /// In the XML: characters as they stand there, or what they are written as.
    pub xml: Span,
    /// Where and how it can be cut.
    pub hold: Hold,
}

/// What holds a stretch of text in the XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// Characters of a `w:t` with that opening tag, in that run, byte for byte.
    Text {
        /// The run.
        run: usize,
        /// The tag.
        tag: Span,
    },
    /// One reference (`&amp;`) in such an element.
    Reference {
        /// The run.
        run: usize,
        /// The tag.
        tag: Span,
    },
    /// An element of a run that stands for a character: a tab, a break.
    Element {
        /// The run.
        run: usize,
    },
    /// What no run of the document holds: an automatic number, part of a formula.
    Outside,
}

impl Hold {
    /// The run.
    pub const fn run(self) -> Option<usize> {
        match self {
            Hold::Text { run, .. } | Hold::Reference { run, .. } | Hold::Element { run } => Some(run),
            Hold::Outside => None,
        }
    }
}

/// A run: text in one dress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// From its opening tag to the end of its closing one.
    pub xml: Span,
    /// Its opening tag.
    pub tag: Span,
    /// Its dress, the element `w:rPr`; empty if it has none.
    pub properties: Span,
    /// Whether it was put in under change tracking.
    pub inserted: bool,
}

/// A paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paragraph {
    /// In the text, without the line break behind it.
    pub text: Span,
    /// Where in the XML what it says begins: behind its tag and properties.
    pub start: usize,
    /// Where its closing tag begins.
    pub end: usize,
}

/// Reads a document.
///
/// # Errors
/// One that is damaged, past a limit, or not whole.
pub fn read(bytes: &[u8]) -> Result<Word, Damage> {
    let mut archive = Archive::open(bytes)?;
    let main = Main::of(&mut archive)?;
    let styles = match main.text(&mut archive, "styles")? {
        Some((part, text)) => Styles::parse(&part, &text)?,
        None => Styles::default(),
    };
    let numbering = match main.text(&mut archive, "numbering")? {
        Some((part, text)) => Numbering::parse(&part, &text, &styles)?,
        None => Numbering::default(),
    };
    let xml = archive.text(&main.part)?.ok_or(Damage::Missing("word/document.xml"))?;
    let story = body::read(&main.part, &xml, &styles, &numbering)?;
    let story::Story { extracted, bits, runs, paragraphs, .. } = story;
    Ok(Word { main, xml, extracted, bits, runs, paragraphs })
}
