//! Old Word and WPS documents (.doc, .wps): the text, its headings and tables, by office_oxide.
//!
//! What it does not give are the numbers that Word put before headings by itself, so that rules about numbers do not
//! apply to such a document.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use office_oxide::doc::DocError;
use office_oxide::error::OfficeError;
use office_oxide::format::DocumentFormat;
use office_oxide::ir::{Element, InlineContent, List, Table};

use crate::document::Lost;
use crate::extracted::{Extracted, Layout};
use crate::locale::Locale;
use crate::problem::Problem;
use crate::read::composed::Composed;
use crate::say;

/// Why a document cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It needs a password.
    Encrypted,
    /// It is none of Word's: a table, slides, or a mail in the same container.
    NotWord,
    /// It is damaged, or of a time before Word 6.
    Damaged,
    /// Part of its text is gone.
    Incomplete,
}

/// Reads a file. A library that fails on it fails on this file alone.
///
/// # Errors
/// Why it cannot be read.
pub fn read(bytes: &[u8]) -> Result<Extracted, Fault> {
    catch_unwind(AssertUnwindSafe(|| extract(bytes))).unwrap_or(Err(Fault::Damaged))
}

fn extract(bytes: &[u8]) -> Result<Extracted, Fault> {
    let document =
        office_oxide::Document::from_reader(Cursor::new(bytes.to_vec()), DocumentFormat::Doc).map_err(|error| {
            match error {
                OfficeError::Doc(DocError::Encrypted) => Fault::Encrypted,
                OfficeError::Doc(DocError::MissingStream(_)) => Fault::NotWord,
                // The library's own enum may grow.
                _ => Fault::Damaged,
            }
        })?;
    if document.as_doc().is_some_and(|it| !it.text_complete()) {
        return Err(Fault::Incomplete);
    }
    let mut composed = Composed::default();
    for section in document.to_ir().sections {
        section.elements.iter().for_each(|it| element(&mut composed, it));
    }
    Ok(composed.finish(Lost { numbers: true, ..Lost::default() }))
}

fn element(composed: &mut Composed, element: &Element) {
    match element {
        Element::Heading(it) => {
            let layout =
                if is_guess(composed, &it.content) { Layout::Paragraph } else { Layout::Heading(it.level.max(1)) };
            add(composed, &it.content, layout);
        }
        Element::Paragraph(it) => add(composed, &it.content, Layout::Paragraph),
        Element::List(it) => list(composed, it),
        Element::Table(it) => table(composed, it),
        Element::TextBox(it) => it.content.iter().for_each(|it| self::element(composed, it)),
        // Footnotes, comments and pictures are no running text; the library's own enum may grow.
        _ => {}
    }
}

/// Whether the library took a line for a heading by its shape: it does so with the first one, and with those that have
/// no letter in lower case, as figures have none.
fn is_guess(composed: &Composed, content: &[InlineContent]) -> bool {
    let says =
        |it: &InlineContent| matches!(it, InlineContent::Text(span) if span.text.chars().any(|c| c > '\u{2E7F}'));
    composed.len() == 0 || !content.iter().any(says)
}

fn list(composed: &mut Composed, list: &List) {
    for item in &list.items {
        item.content.iter().for_each(|it| element(composed, it));
        if let Some(nested) = &item.nested {
            self::list(composed, nested);
        }
    }
}

fn table(composed: &mut Composed, table: &Table) {
    for cell in table.rows.iter().flat_map(|it| &it.cells) {
        let mut inner = Composed::default();
        cell.content.iter().for_each(|it| element(&mut inner, it));
        let text = inner.finish(Lost::default()).text;
        composed.add(text.lines(), Layout::Cell, 0);
    }
}

/// A paragraph of one line or several.
fn add(composed: &mut Composed, content: &[InlineContent], layout: Layout) {
    let mut text = String::new();
    for inline in content {
        match inline {
            InlineContent::Text(span) => text += &span.text,
            InlineContent::LineBreak => text.push('\n'),
            // Marks of notes and comments; the library's own enum may grow.
            _ => {}
        }
    }
    let lines: Vec<&str> = text.lines().filter(|it| !it.trim().is_empty()).collect();
    match (lines.as_slice(), layout) {
        ([_, _, ..], Layout::Paragraph | Layout::Line) => {
            for (at, line) in lines.iter().enumerate() {
                composed.add([*line], Layout::Line, usize::from(at == 0));
            }
        }
        _ => composed.add(lines, layout, 0),
    }
}

/// What people are told of a fault.
pub fn problem(name: &str, fault: Fault, locale: Locale) -> Problem {
    let (code, message) = match fault {
        Fault::Encrypted => ("read::encrypted", say!(locale, "文档有打开密码", "the document needs a password")),
        Fault::NotWord => (
            "read::format",
            say!(
                locale,
                "这是旧版 Office 文件，但不是 Word 或 WPS 文字文档",
                "this is an old Office file, but no text document of Word or WPS"
            ),
        ),
        Fault::Damaged => (
            "read::damaged",
            say!(
                locale,
                "旧版 Word 或 WPS 文档读不出来，可能已损坏",
                "the old document cannot be read; it may be damaged"
            ),
        ),
        Fault::Incomplete => (
            "read::damaged",
            say!(locale, "旧版 Word 或 WPS 文档缺了一部分文字", "a part of the text of the old document is missing"),
        ),
    };
    Problem::error(code, name, message).help(say!(
        locale,
        "在 Word 或 WPS 中打开，另存为 .docx，再检查存出的文件",
        "open it in Word or WPS, save it as .docx, and check that file"
    ))
}
