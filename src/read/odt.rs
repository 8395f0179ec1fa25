//! OpenDocument texts: paragraphs, headings and cells as they are shown. The numbers that lists make are not in the file
//! and count as lost.

use crate::document::Lost;
use crate::extracted::{Extracted, Layout};
use crate::read::archive::Archive;
use crate::read::composed::Composed;
use crate::read::damage::Damage;
use crate::read::xml::{Space, Tag, Token, Xml};

/// The part that holds the text.
const CONTENT: &str = "content.xml";
/// The part that tells which parts are encrypted.
const MANIFEST: &str = "META-INF/manifest.xml";
/// The most spaces that one element stands for.
const MOST_SPACES: usize = 100;

/// Reads a text.
///
/// # Errors
/// One that is damaged, past a limit, or behind a password.
pub fn read(bytes: &[u8]) -> Result<Extracted, Damage> {
    let mut archive = Archive::open(bytes)?;
    if archive.text(MANIFEST)?.is_some_and(|it| it.contains("encryption-data")) {
        return Err(Damage::Encrypted);
    }
    let text = archive.text(CONTENT)?.ok_or(Damage::Missing(CONTENT))?;
    let mut walk = Walk {
        xml: Xml::new(CONTENT, &text),
        open: Vec::new(),
        composed: Composed::default(),
        blank: 0,
        columns: 0,
        lost: Lost::default(),
    };
    while let Some(token) = walk.xml.read()? {
        if let Token::Open(tag) = token {
            walk.element(&tag)?;
        }
    }
    Ok(walk.composed.finish(walk.lost))
}

/// A paragraph being read, and the paragraphs of text boxes that hang on it.
#[derive(Default)]
struct Open {
    text: String,
    later: Vec<(String, Layout)>,
}

struct Walk<'a> {
    xml: Xml<'a>,
    /// The open paragraphs: a text box stands inside of one.
    open: Vec<Open>,
    composed: Composed,
    blank: usize,
    /// How many columns the table at hand has.
    columns: usize,
    lost: Lost,
}

impl<'a> Walk<'a> {
    fn element(&mut self, tag: &Tag<'a>) -> Result<(), Damage> {
        match (tag.space, tag.name()) {
            (Space::Text, "p") => self.paragraph(if self.columns > 1 { Layout::Cell } else { Layout::Paragraph }),
            (Space::Text, "h") => {
                let level = tag.get("outline-level").and_then(|it| it.parse().ok()).unwrap_or(1);
                self.paragraph(if self.columns > 1 { Layout::Cell } else { Layout::Heading(level) })
            }
            (Space::Text, "s") => {
                let count = tag.get("c").and_then(|it| it.parse().ok()).unwrap_or(1_usize);
                self.push(&" ".repeat(count.min(MOST_SPACES)));
                self.xml.skip()
            }
            (Space::Text, "tab") => self.character("\t"),
            (Space::Text, "line-break") => self.character("\n"),
            // Numbers of lists and headings are made when the text is shown.
            (Space::Text, "list-level-style-number" | "outline-level-style") => {
                self.lost.numbers |= tag.get("num-format").is_some_and(|it| !it.is_empty());
                self.xml.skip()
            }
            (Space::Table, "table") => self.table(),
            (Space::Table, "table-column") => {
                let repeated = tag.get("number-columns-repeated").and_then(|it| it.parse().ok()).unwrap_or(1_usize);
                self.columns = self.columns.saturating_add(repeated);
                self.xml.skip()
            }
            // Notes, comments, deleted text, what stands over characters, and what is not shown.
            (Space::Text, "note" | "tracked-changes" | "ruby-text" | "hidden-paragraph" | "hidden-text")
            | (Space::Office, "annotation" | "forms") => self.xml.skip(),
            _ => self.children(),
        }
    }

    fn children(&mut self) -> Result<(), Damage> {
        while let Some(token) = self.xml.read()? {
            match token {
                Token::Open(tag) => self.element(&tag)?,
                Token::Close => return Ok(()),
                Token::Text(text) => self.push_folded(&text),
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, layout: Layout) -> Result<(), Damage> {
        self.open.push(Open::default());
        self.children()?;
        let Some(Open { text, later }) = self.open.pop() else { return Ok(()) };
        let done = std::iter::once((text, layout)).chain(later);
        match self.open.last_mut() {
            Some(around) => around.later.extend(done),
            None => done.for_each(|(text, layout)| self.add(&text, layout)),
        }
        Ok(())
    }

    fn add(&mut self, text: &str, layout: Layout) {
        if text.trim().is_empty() {
            self.blank += 1;
        } else {
            self.composed.add([text], layout, std::mem::take(&mut self.blank));
        }
    }

    /// A table: what stands in one of a single column is text, no figures.
    fn table(&mut self) -> Result<(), Damage> {
        let outer = std::mem::replace(&mut self.columns, 0);
        self.children()?;
        self.columns = outer;
        Ok(())
    }

    fn character(&mut self, text: &str) -> Result<(), Damage> {
        self.push(text);
        self.xml.skip()
    }

    fn push(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut() {
            open.text.push_str(text);
        }
    }

    /// Adds text as the format has it: white space in a row is one space.
    fn push_folded(&mut self, text: &str) {
        let Some(open) = self.open.last_mut() else { return };
        for c in text.chars() {
            let space = matches!(c, ' ' | '\t' | '\n' | '\r');
            match space {
                true if open.text.is_empty() || open.text.ends_with([' ', '\n', '\t']) => {}
                true => open.text.push(' '),
                false => open.text.push(c),
            }
        }
    }
}
