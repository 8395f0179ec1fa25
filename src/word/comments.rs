//! Comments on the very characters of a document, beside those it has.

use std::collections::BTreeMap;

use super::cut::Cut;
use super::{AUTHOR, prefix, run};
use crate::read::archive::Archive;
use crate::read::damage::Damage;
use crate::read::docx::Word;
use crate::read::package::relations_of;
use crate::read::xml::{Space, Token, Xml, escaped};
use crate::span::Span;

/// What is said of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The place in the text.
    pub span: Span,
    /// What is said, a paragraph each.
    pub lines: Vec<String>,
}

const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT_WORD: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
const STRICT_RELATION: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments";

/// The members that change when notes are put on a document.
pub fn members(word: &Word, archive: &mut Archive<'_>, notes: &[Note]) -> Result<BTreeMap<String, Vec<u8>>, Damage> {
    let there = word.main.text(archive, "comments")?;
    let first = match &there {
        Some((part, xml)) => next_id(part, xml)?,
        None => 0,
    };
    let strict = word.xml.contains(STRICT_WORD);
    let mut members = BTreeMap::from([(word.main.part.clone(), anchored(word, notes, first).into_bytes())]);
    match there {
        Some((part, xml)) => {
            let xml = with_comments(&part, &xml, notes, first)?;
            members.insert(part, xml.into_bytes());
        }
        None => {
            let part = free_name(word, archive);
            let space = if strict { STRICT_WORD } else { WORD };
            let empty = format!("<w:comments xmlns:w=\"{space}\"></w:comments>");
            let declared = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
            let xml = format!("{declared}{}", with_comments(&part, &empty, notes, first)?);
            members.insert(part.clone(), xml.into_bytes());
            register(word, archive, &part, strict, &mut members)?;
        }
    }
    Ok(members)
}

/// One more than the highest number of a comment.
fn next_id(part: &str, xml: &str) -> Result<u32, Damage> {
    let mut xml = Xml::new(part, xml);
    let mut next = 0;
    while let Some(token) = xml.read()? {
        if let Token::Open(tag) = token
            && tag.space == Space::Word
            && tag.name() == "comment"
        {
            let id: Option<u32> = tag.get("id").and_then(|it| it.parse().ok());
            next = next.max(id.map_or(0, |it| it.saturating_add(1)));
        }
    }
    Ok(next)
}

/// The document's XML with the ends of each note's place marked.
fn anchored(word: &Word, notes: &[Note], first: u32) -> String {
    let p = prefix(word);
    // What ends at a place stands before what begins there.
    let mut marks: Vec<(Cut, bool, String)> = Vec::new();
    for (id, note) in (first..).zip(notes) {
        let place = anchor(word, note.span);
        let end = format!("<{p}commentRangeEnd {p}id=\"{id}\"/><{p}r><{p}commentReference {p}id=\"{id}\"/></{p}r>");
        let start = format!("<{p}commentRangeStart {p}id=\"{id}\"/>");
        let (before, behind) = (Cut::before(word, place), Cut::behind(word, place));
        if before.at < behind.at {
            marks.push((before, true, start));
            marks.push((behind, false, end));
        } else {
            // Nothing of the text can be marked: the comment stands at a point.
            marks.push((before, true, start + &end));
        }
    }
    marks.sort_by_key(|(cut, begins, _)| (cut.at, *begins));
    let (mut xml, mut done) = (String::with_capacity(word.xml.len() + 256 * marks.len()), 0);
    for same in marks.chunk_by(|one, other| one.0.at == other.0.at) {
        let Some((cut, ..)) = same.first() else { continue };
        xml.push_str(crate::source::slice(&word.xml, Span::new(done, cut.at)));
        xml.push_str(&cut.close);
        xml.extend(same.iter().map(|(.., mark)| mark.as_str()));
        xml.push_str(&cut.open);
        done = cut.at;
    }
    xml.push_str(crate::source::slice(&word.xml, Span::new(done, word.xml.len())));
    xml
}

/// Where the comment on a span stands: within one paragraph, and never in a text box, where Word takes none.
fn anchor(word: &Word, span: Span) -> Span {
    let Some(paragraph) = super::cut::paragraph(word, span.start) else { return span };
    let host = paragraph.host.and_then(|at| word.paragraphs.iter().find(|it| it.start == at));
    let end = if span.is_empty() { paragraph.text.end } else { span.end.min(paragraph.text.end) };
    match host {
        Some(host) => host.text,
        None if span.start < end => Span::new(span.start, end),
        None => paragraph.text,
    }
}

/// The part with the comments, ours behind those that are there.
fn with_comments(part: &str, xml: &str, notes: &[Note], first: u32) -> Result<String, Damage> {
    let malformed = || Damage::Malformed(part.to_owned());
    let root = xml.find("comments").ok_or_else(malformed)?;
    let before = xml.get(..root).unwrap_or_default();
    let p = before.rsplit('<').next().unwrap_or_default();
    let ours: String = (first..).zip(notes).map(|(id, note)| comment(p, id, note)).collect();
    let closing = format!("</{p}comments>");
    if let Some(at) = xml.rfind(&closing) {
        let (head, tail) = (xml.get(..at).unwrap_or_default(), xml.get(at..).unwrap_or_default());
        return Ok(format!("{head}{ours}{tail}"));
    }
    // An empty element of one tag.
    let at = xml.rfind("/>").ok_or_else(malformed)?;
    Ok(format!("{}>{ours}{closing}", xml.get(..at).unwrap_or_default()))
}

fn comment(p: &str, id: u32, note: &Note) -> String {
    let paragraph = |line: &String| format!("<{p}p>{}</{p}p>", run(p, "", "t", line));
    let lines: String = note.lines.iter().map(paragraph).collect();
    let author = escaped(AUTHOR);
    format!("<{p}comment {p}id=\"{id}\" {p}author=\"{author}\" {p}initials=\"{author}\">{lines}</{p}comment>")
}

/// A name for the part that no other has.
fn free_name(word: &Word, archive: &Archive<'_>) -> String {
    let folder = word.main.part.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let names = std::iter::once(String::new()).chain((2..).map(|it| it.to_string()));
    let mut free = names.map(|it| format!("{folder}comments{it}.xml")).filter(|it| !archive.has(it));
    free.next().unwrap_or_default()
}

/// Tells the container of a new part: its type, and what it is to the document.
fn register(
    word: &Word,
    archive: &mut Archive<'_>,
    part: &str,
    strict: bool,
    members: &mut BTreeMap<String, Vec<u8>>,
) -> Result<(), Damage> {
    const TYPES: &str = "[Content_Types].xml";
    let types = archive.text(TYPES)?.ok_or(Damage::Missing(TYPES))?;
    let own = format!("<Override PartName=\"/{part}\" ContentType=\"{CONTENT_TYPE}\"/>");
    members.insert(TYPES.to_owned(), inserted(TYPES, &types, "Types", &own)?.into_bytes());
    let name = relations_of(&word.main.part);
    let empty =
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";
    let relations = archive.text(&name)?.unwrap_or_else(|| empty.to_owned());
    let taken = |id: &String| word.main.relations.iter().any(|it| it.id == *id);
    let id = (1..).map(|it| format!("rIdGuiju{it}")).find(|it| !taken(it)).unwrap_or_default();
    let kind = if strict { STRICT_RELATION } else { RELATION };
    let target = part.rsplit('/').next().unwrap_or(part);
    let own = format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>");
    members.insert(name.clone(), inserted(&name, &relations, "Relationships", &own)?.into_bytes());
    Ok(())
}

/// An XML text with something more at the end of its outermost element. New elements of these lists have no prefix, so
/// one that has is given its own.
fn inserted(part: &str, xml: &str, root: &str, own: &str) -> Result<String, Damage> {
    let malformed = || Damage::Malformed(part.to_owned());
    let at = xml.rfind("</").ok_or_else(malformed)?;
    let closing = xml.get(at + 2..).unwrap_or_default();
    let name = closing.split('>').next().unwrap_or_default().trim();
    let p = name.strip_suffix(root).ok_or_else(malformed)?;
    let own = own.replacen('<', &format!("<{p}"), 1);
    Ok(format!("{}{own}{}", xml.get(..at).unwrap_or_default(), xml.get(at..).unwrap_or_default()))
}
