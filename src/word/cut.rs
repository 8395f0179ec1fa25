//! Runs cut in two at a character: where marks can stand in the XML that belong between two characters.

use super::{prefix, slice};
use crate::read::docx::{Bit, Hold, Run, Word};
use crate::span::Span;

/// A place in the XML where elements can be put, and what ends and takes up again what is cut there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// The byte of the XML.
    pub at: usize,
    /// What ends the elements that are cut.
    pub close: String,
    /// What takes them up again.
    pub open: String,
}

impl Cut {
    const fn between(at: usize) -> Cut {
        Cut { at, close: String::new(), open: String::new() }
    }

    /// In front of the first character of a span of text.
    pub fn before(word: &Word, span: Span) -> Cut {
        let at = word.bits.partition_point(|bit| bit.text.end <= span.start);
        match word.bits.get(at) {
            Some(bit) if bit.hold.run().is_some() => inside(word, bit, span.start.saturating_sub(bit.text.start)),
            _ => Cut::between(paragraph(word, span.start).map_or(0, |it| it.start)),
        }
    }

    /// Behind the last character of a span of text. A number that Word makes has no place of its own: the first words
    /// behind it stand for it.
    pub fn behind(word: &Word, span: Span) -> Cut {
        let at = word.bits.partition_point(|bit| bit.text.start < span.end).saturating_sub(1);
        let Some(paragraph) = paragraph(word, span.start) else { return Cut::between(0) };
        let inner = |it: &&Bit| paragraph.text.contains(it.text) && it.hold.run().is_some();
        match word.bits.get(at) {
            Some(bit) if bit.hold.run().is_some() && bit.text.overlaps(span) => {
                inside(word, bit, span.end.min(bit.text.end) - bit.text.start)
            }
            _ => match word.bits.iter().skip(at).find(inner) {
                Some(bit) => inside(word, bit, bit.text.len()),
                None => Cut::between(paragraph.end),
            },
        }
    }
}

/// The paragraph that holds a byte of the text, or the last one that begins before it.
pub fn paragraph(word: &Word, offset: usize) -> Option<&crate::read::docx::Paragraph> {
    let at = word.paragraphs.partition_point(|it| it.text.start <= offset);
    word.paragraphs.get(at.saturating_sub(1))
}

/// A cut `local` bytes into a bit of a run, or between runs where nothing of the run is left on one side.
fn inside(word: &Word, bit: &Bit, local: usize) -> Cut {
    let Some(run) = bit.hold.run().and_then(|at| word.runs.get(at)) else { return Cut::between(bit.xml.start) };
    let cut = within(word, run, bit, local);
    let inner = Span::new(run.tag.end.max(run.properties.end), cut.at);
    if slice(word, inner).is_empty() {
        return Cut::between(run.xml.start);
    }
    let rest = slice(word, Span::new(cut.at, run.xml.end));
    let closing = format!("</{}r>", prefix(word));
    if rest.trim_start() == closing { Cut::between(run.xml.end) } else { cut }
}

fn within(word: &Word, run: &Run, bit: &Bit, local: usize) -> Cut {
    let prefix = prefix(word);
    let again = format!("{}{}", slice(word, run.tag), slice(word, run.properties));
    let tag = match bit.hold {
        Hold::Text { tag, .. } | Hold::Reference { tag, .. } => tag,
        Hold::Element { .. } | Hold::Outside => {
            let at = if local == 0 { bit.xml.start } else { bit.xml.end };
            return Cut { at, close: format!("</{prefix}r>"), open: again };
        }
    };
    let at = match bit.hold {
        Hold::Reference { .. } => {
            if local == 0 {
                bit.xml.start
            } else {
                bit.xml.end
            }
        }
        Hold::Text { .. } | Hold::Element { .. } | Hold::Outside => bit.xml.start + local,
    };
    if slice(word, Span::new(tag.end, at)).trim().is_empty() {
        return Cut { at: tag.start, close: format!("</{prefix}r>"), open: again };
    }
    let rest = slice(word, Span::new(at, run.xml.end));
    if let Some(behind) = rest.trim_start().strip_prefix("</") {
        // Nothing is left of the element but its closing tag.
        let end = run.xml.end - behind.len() + behind.find('>').map_or(0, |it| it + 1);
        return Cut { at: end, close: format!("</{prefix}r>"), open: again };
    }
    let text = if keeps_space(word, tag) || rest.starts_with(char::is_whitespace) {
        format!("<{prefix}t xml:space=\"preserve\">")
    } else {
        format!("<{prefix}t>")
    };
    Cut { at, close: format!("</{prefix}t></{prefix}r>"), open: again + &text }
}

/// Whether white space counts at the ends of an element with that tag.
pub fn keeps_space(word: &Word, tag: Span) -> bool {
    let tag = slice(word, tag);
    tag.contains("xml:space=\"preserve\"") || tag.contains("xml:space='preserve'")
}
