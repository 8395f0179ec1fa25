//! Word documents written back: what must change does, and every other byte stays.

use std::collections::BTreeMap;

use crate::read::archive::Archive;
use crate::read::damage::Damage;
use crate::read::docx::{self, Word};
use crate::read::xml::escaped;
use crate::span::Span;

mod change;
mod comments;
mod cut;

pub use change::{Change, Manner, differences, spliced};
pub use comments::Note;

/// Who comments and changes are by.
pub const AUTHOR: &str = "规矩";

/// What keeps a document from being written back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// It cannot be read.
    Damage(Damage),
    /// Read again, it would not say what it should: nothing is written then.
    Differs,
}

impl From<Damage> for Failure {
    fn from(damage: Damage) -> Self {
        Failure::Damage(damage)
    }
}

/// The document with comments on it.
///
/// # Errors
/// One that cannot be read, or would not say the same afterwards.
pub fn annotated(bytes: &[u8], notes: &[Note]) -> Result<Vec<u8>, Failure> {
    let word = docx::read(bytes)?;
    let mut archive = Archive::open(bytes)?;
    let members = comments::members(&word, &mut archive, notes)?;
    written(&word, &mut archive, members, &word.extracted.text)
}

/// The document with some of its text replaced, and how many of the changes could be made: what Word numbers by itself,
/// formulas and text boxes are left as they are.
///
/// # Errors
/// One that cannot be read, or would not say what it should afterwards.
pub fn changed(bytes: &[u8], changes: &[Change], manner: Manner) -> Result<(Vec<u8>, usize), Failure> {
    let word = docx::read(bytes)?;
    let mut archive = Archive::open(bytes)?;
    let (xml, expected, count) = change::apply(&word, changes, manner);
    let members = BTreeMap::from([(word.main.part.clone(), xml.into_bytes())]);
    let bytes = if count == 0 { bytes.to_vec() } else { written(&word, &mut archive, members, &expected)? };
    Ok((bytes, count))
}

/// The container with those members, once it is known to be read as it should.
fn written(
    word: &Word,
    archive: &mut Archive<'_>,
    mut members: BTreeMap<String, Vec<u8>>,
    expected: &str,
) -> Result<Vec<u8>, Failure> {
    if let Some(xml) = members.get_mut(&word.main.part) {
        declare_utf8(xml);
    }
    let bytes = archive.rewritten(&members)?;
    match docx::read(&bytes) {
        Ok(again) if again.extracted.text == expected => Ok(bytes),
        Ok(_) | Err(_) => Err(Failure::Differs),
    }
}

/// A part that came in UTF-16 is written in UTF-8 and must not say otherwise.
fn declare_utf8(xml: &mut Vec<u8>) {
    let declaration: Vec<u8> = xml.iter().copied().take_while(|byte| *byte != b'>').collect();
    if xml.starts_with(b"<?xml") && declaration.to_ascii_lowercase().windows(6).any(|it| it == b"utf-16") {
        xml.splice(..declaration.len(), *b"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?");
    }
}

/// The prefix that names of Word's own elements have in the document, its colon included.
fn prefix(word: &Word) -> &str {
    let tag = word.runs.first().map_or("<w:r>", |run| slice(word, run.tag));
    let name = tag.trim_start_matches('<').split(|c: char| c.is_whitespace() || c == '>' || c == '/').next();
    let name = name.unwrap_or_default();
    name.get(..name.find(':').map_or(0, |it| it + 1)).unwrap_or_default()
}

/// The XML of a span.
fn slice(word: &Word, span: Span) -> &str {
    crate::source::slice(&word.xml, span)
}

/// A run of text in a dress.
fn run(prefix: &str, properties: &str, kind: &str, text: &str) -> String {
    let text = escaped(text);
    format!("<{prefix}r>{properties}<{prefix}{kind} xml:space=\"preserve\">{text}</{prefix}{kind}></{prefix}r>")
}
