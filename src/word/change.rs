//! Text of a document replaced inside its runs, so that each character keeps its dress; plainly, or as tracked changes.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::cut::{keeps_space, paragraph};
use super::{AUTHOR, prefix, run, slice};
use crate::read::docx::{Bit, Hold, Run, Word};
use crate::read::xml::{Token, Xml, escaped};
use crate::span::Span;

/// Text that takes the place of other text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The characters that go.
    pub span: Span,
    /// What takes their place.
    pub replacement: String,
}

/// How changes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// As if it had always been so.
    Plain,
    /// As changes that Word shows, to be accepted or rejected.
    Tracked,
}

/// Some XML that takes the place of other XML.
struct Edit {
    xml: Span,
    with: String,
}

/// The XML with the changes made, what it then says, and how many were made. Changes do not overlap.
pub fn apply(word: &Word, changes: &[Change], manner: Manner) -> (String, String, usize) {
    let mut writer = Writer { word, manner, next: next_id(word), edits: Vec::new() };
    let mut made: Vec<&Change> = changes.iter().filter(|it| writer.change(it)).collect();
    made.sort_by_key(|it| it.span);
    writer.edits.sort_by_key(|it| (it.xml.start, it.xml.end));
    let xml = spliced(&word.xml, writer.edits.iter().map(|it| (it.xml, it.with.as_str())));
    let text = spliced(&word.extracted.text, made.iter().map(|it| (it.span, it.replacement.as_str())));
    (xml, text, made.len())
}

/// A text with spans of it, in order, replaced.
pub fn spliced<'a>(text: &str, edits: impl Iterator<Item = (Span, &'a str)>) -> String {
    let (mut out, mut done) = (String::with_capacity(text.len() + 64), 0);
    for (span, with) in edits {
        out.push_str(crate::source::slice(text, Span::new(done, span.start.max(done))));
        out.push_str(with);
        done = span.end.max(done);
    }
    out.push_str(crate::source::slice(text, Span::new(done, text.len())));
    out
}

/// One more than the highest number of anything in the document.
fn next_id(word: &Word) -> u64 {
    let mut xml = Xml::new(&word.main.part, &word.xml);
    let mut next = 1;
    while let Ok(Some(token)) = xml.read() {
        if let Token::Open(tag) = token
            && let Some(id) = tag.get("id").and_then(|it| it.parse::<u32>().ok())
        {
            next = next.max(u64::from(id) + 1);
        }
    }
    next
}

struct Writer<'a> {
    word: &'a Word,
    manner: Manner,
    next: u64,
    edits: Vec<Edit>,
}

impl Writer<'_> {
    /// Makes a change if it can be made: all of it, or nothing.
    fn change(&mut self, change: &Change) -> bool {
        let old = crate::source::slice(&self.word.extracted.text, change.span);
        let parts: Vec<(Span, String)> = differences(old, &change.replacement)
            .into_iter()
            .map(|(range, with)| (Span::from(range).shift(change.span.start), with))
            .collect();
        if !parts.iter().all(|(span, _)| self.can(*span)) {
            return false;
        }
        for (span, with) in parts {
            if span.is_empty() { self.insert(span.start, &with) } else { self.replace(span, &with) }
        }
        true
    }

    /// Whether characters stand in runs of one paragraph of the text itself.
    fn can(&self, span: Span) -> bool {
        let Some(paragraph) = paragraph(self.word, span.start) else { return false };
        let plain = paragraph.host.is_none() && paragraph.text.start <= span.start && span.end <= paragraph.text.end;
        let held = || self.bits(span).iter().all(|it| it.hold.run().is_some());
        plain && if span.is_empty() { self.beside(span.start).is_some() } else { held() }
    }

    fn bits(&self, span: Span) -> &[Bit] {
        let bits = &self.word.bits;
        let from = bits.partition_point(|it| it.text.end <= span.start);
        let to = bits.partition_point(|it| it.text.start < span.end).max(from);
        bits.get(from..to).unwrap_or_default()
    }

    /// The characters that text put in at `offset` joins: those before it, else those behind.
    fn beside(&self, offset: usize) -> Option<&Bit> {
        let bits = &self.word.bits;
        let from = bits.partition_point(|it| it.text.end < offset);
        let near = bits.iter().skip(from).take_while(|it| it.text.start <= offset);
        let own = paragraph(self.word, offset)?;
        near.into_iter().find(|it| matches!(it.hold, Hold::Text { .. }) && own.text.contains(it.text))
    }

    fn insert(&mut self, offset: usize, with: &str) {
        let Some(bit) = self.beside(offset).copied() else { return };
        let at = bit.xml.start + offset.saturating_sub(bit.text.start);
        let text = match self.manner {
            Manner::Plain => escaped(with),
            Manner::Tracked => self.tracked(&bit, "", with),
        };
        self.edits.push(Edit { xml: Span::new(at, at), with: text });
    }

    fn replace(&mut self, span: Span, with: &str) {
        let bits = self.bits(span).to_vec();
        for (at, bit) in bits.iter().enumerate() {
            let text = if at == 0 { with } else { "" };
            let xml = match bit.hold {
                Hold::Text { .. } => {
                    let start = span.start.max(bit.text.start) - bit.text.start;
                    let end = span.end.min(bit.text.end) - bit.text.start;
                    Span::new(bit.xml.start + start, bit.xml.start + end)
                }
                Hold::Reference { .. } | Hold::Element { .. } | Hold::Outside => bit.xml,
            };
            let with = match (self.manner, bit.hold) {
                (Manner::Tracked, _) => self.tracked(bit, slice(self.word, xml), text),
                (Manner::Plain, Hold::Element { .. }) if !text.is_empty() => {
                    let p = prefix(self.word);
                    format!("<{p}t xml:space=\"preserve\">{}</{p}t>", escaped(text))
                }
                (Manner::Plain, _) => escaped(text),
            };
            self.edits.push(Edit { xml, with });
        }
    }

    /// Raw XML of a run struck out, and text put in behind it; the run ends before and goes on behind.
    fn tracked(&mut self, bit: &Bit, raw: &str, with: &str) -> String {
        let (word, p) = (self.word, prefix(self.word));
        let Some(own) = bit.hold.run().and_then(|at| word.runs.get(at)) else { return raw.to_owned() };
        let Run { tag, properties, inserted, .. } = *own;
        let (tag, dress) = (slice(word, tag), slice(word, properties));
        let (close, open, gone) = match bit.hold {
            Hold::Text { tag: text, .. } | Hold::Reference { tag: text, .. } => {
                let space = if keeps_space(word, text) { " xml:space=\"preserve\"" } else { "" };
                let gone = format!("<{p}delText xml:space=\"preserve\">{raw}</{p}delText>");
                (format!("</{p}t></{p}r>"), format!("{tag}{dress}<{p}t{space}>"), gone)
            }
            Hold::Element { .. } | Hold::Outside => (format!("</{p}r>"), format!("{tag}{dress}"), raw.to_owned()),
        };
        let mut out = close;
        if !raw.is_empty() {
            let run = format!("{tag}{dress}{gone}</{p}r>");
            out += &self.marked("del", &run);
        }
        if !with.is_empty() {
            let run = run(p, dress, "t", with);
            // What stands in an insertion is put in by its author already.
            out += &if inserted { run } else { self.marked("ins", &run) };
        }
        out + &open
    }

    fn marked(&mut self, kind: &str, inner: &str) -> String {
        let (p, id) = (prefix(self.word), self.next);
        self.next += 1;
        let author = escaped(AUTHOR);
        format!("<{p}{kind} {p}id=\"{id}\" {p}author=\"{author}\">{inner}</{p}{kind}>")
    }
}

/// The bytes of `old` that really change on the way to `new`, each stretch with what takes its place.
pub fn differences(old: &str, new: &str) -> Vec<(Range<usize>, String)> {
    let (from, to): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let starts: Vec<usize> = old.char_indices().map(|(at, _)| at).chain([old.len()]).collect();
    let place = |at: usize| starts.get(at).copied().unwrap_or(old.len());
    capture_diff_slices(Algorithm::Myers, &from, &to)
        .iter()
        .filter(|it| it.tag() != DiffTag::Equal)
        .map(|it| {
            let (gone, come) = (it.old_range(), it.new_range());
            (place(gone.start)..place(gone.end), to.get(come).unwrap_or_default().iter().collect())
        })
        .collect()
}
