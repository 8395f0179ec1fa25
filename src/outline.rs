//! Finds title, opening, headings, sections and closing in what a reader handed on.

mod closing;
mod contents;
#[cfg(test)]
mod dump;
mod group;
mod heading;
mod line;
mod numbering;
mod seam;
mod series;
mod shape;
#[cfg(test)]
mod tests;
mod title;
mod tree;
mod words;

use crate::document::{Document, Heading, Kind, Number, Paragraph, Part, Section};
use crate::extracted::{Block, Extracted, Layout};
use crate::facts::{self, Facts, Given};
use crate::fold::simplified_in_place;
use crate::read::Format;
use crate::source::Source;
use crate::span::Span;

use group::Group;
use heading::Found;
use line::Line;
use shape::Shape;

pub use line::is_terminated;
pub use words::{ends_as_report, is_contents, is_furniture};

/// Whether a line begins with the number of a heading.
pub fn is_numbered(text: &str) -> bool {
    numbering::read(text).is_some()
}

/// Understands a report that a reader took out of its file.
pub fn document(
    name: &str,
    format: Format,
    encoding: Option<&'static str>,
    mut extracted: Extracted,
    given: &Given,
) -> Document {
    let blocks = std::mem::take(&mut extracted.blocks);
    let parts = Parts::of(&extracted.text, blocks);
    let mut document = Document {
        source: Source::default(),
        format,
        encoding,
        paragraphs: parts.paragraphs,
        sections: parts.sections,
        title: parts.title,
        closing: parts.closing,
        facts: Facts::default(),
        pages: extracted.pages,
        lost: extracted.lost,
    };
    document.source = Source::new(name, extracted.text);
    document.facts = facts::find(&document, given);
    document
}

/// What becomes of the blocks of a file.
#[derive(Default)]
struct Parts {
    paragraphs: Vec<Paragraph>,
    sections: Vec<Section>,
    title: Option<usize>,
    closing: std::ops::Range<usize>,
}

impl Parts {
    /// The words that tell what a line is are known in simplified characters, so a copy in these is read.
    fn of(text: &str, blocks: Vec<Block>) -> Parts {
        let source = &*simplified_in_place(text);
        let lines = seam::mend(source, line::lines(source, blocks));
        let title = title::find(&lines).unwrap_or_else(|| no_title(&lines));
        let text = text_start(&lines, title.end);
        let closing = closing::find(&lines, text);
        let part = |range| lines.get(range).unwrap_or_default();
        let mut parts = Parts::default();
        parts.add_all(group::single(source, part(0..title.start)), Part::Margin);
        if let Some(group) = group::group(source, part(title.clone())) {
            parts.title = Some(parts.paragraphs.len());
            parts.add(group, Part::Title);
        }
        parts.add_all(group::single(source, part(title.end..text)), Part::Margin);
        parts.add_body(group::groups(source, part(text..closing.start), Shape::of(&lines)));
        let start = parts.paragraphs.len();
        parts.add_all(closing::paragraphs(source, part(closing.clone())), Part::Closing);
        parts.closing = start..parts.paragraphs.len();
        parts.add_all(group::single(source, part(closing.end..lines.len())), Part::Margin);
        parts
    }

    fn add(&mut self, group: Group, part: Part) {
        let kind = if group.layout == Layout::Cell { Kind::Cell } else { Kind::Text };
        self.paragraphs.push(Paragraph { pieces: group.body.pieces, part, kind, section: None });
    }

    fn add_all(&mut self, groups: Vec<Group>, part: Part) {
        for group in groups {
            self.add(group, part);
        }
    }

    /// Adds opening and sections.
    fn add_body(&mut self, groups: Vec<Group>) {
        let headings = heading::find(&groups);
        let bare: Vec<bool> = headings.iter().map(|it| is_bare(&headings, it)).collect();
        let base = self.paragraphs.len();
        for (found, (level, parent)) in headings.iter().zip(tree::levels(&headings, &bare)) {
            let heading = place(found, &groups[found.group], base);
            let paragraphs = heading.paragraph..heading.paragraph;
            self.sections.push(Section { heading, level, parent, paragraphs });
        }
        close_sections(&mut self.sections, base + groups.len());
        let mut next = headings.iter().enumerate().peekable();
        let mut section = None;
        for (at, group) in groups.into_iter().enumerate() {
            self.add(group, Part::Opening);
            let Some(paragraph) = self.paragraphs.last_mut() else { continue };
            if let Some((index, found)) = next.next_if(|(_, it)| it.group == at) {
                section = Some(index);
                paragraph.kind = if found.run_in { Kind::RunIn(index) } else { Kind::Heading(index) };
            }
            paragraph.part = if section.is_some() { Part::Body } else { Part::Opening };
            paragraph.section = section;
        }
    }
}

/// Where the text begins in a report without a title: behind the furniture at its top.
fn no_title(lines: &[Line]) -> std::ops::Range<usize> {
    let at = lines.iter().position(|it| it.marker.is_some() || !it.is_furniture()).unwrap_or(0);
    at..at
}

/// Where the text begins behind the title: web pages put their source and counters in between, and books a table of
/// contents.
fn text_start(lines: &[Line], title: usize) -> usize {
    let behind = |at: usize| {
        let rest = lines.iter().skip(at);
        at + rest.take_while(|it| it.marker.is_none() && !it.is_prose() && it.is_furniture()).count()
    };
    let at = behind(title);
    contents::end(lines, at).map_or(at, behind)
}

/// Whether the next heading follows at once.
fn is_bare(headings: &[Found], found: &Found) -> bool {
    let next = headings.binary_search_by_key(&(found.group + 1), |it| it.group);
    !found.run_in && next.is_ok()
}

/// A heading in the source.
fn place(found: &Found, group: &Group, base: usize) -> Heading {
    let body = &group.body;
    let number = found.marker.map(|it| Number { span: body.span(it.start, it.end), style: it.style, value: it.value });
    let span = body.span(found.start, found.end);
    let words = match found.words < found.end {
        true => body.span(found.words, found.end),
        false => Span::new(span.end, span.end),
    };
    Heading { paragraph: base + found.group, span, words, number, run_in: found.run_in }
}

/// Lets each section reach down to the next heading of its level or higher.
fn close_sections(sections: &mut [Section], end: usize) {
    let mut open: Vec<usize> = Vec::new();
    for at in 0..sections.len() {
        let (level, start) = (sections[at].level, sections[at].paragraphs.start);
        while let Some(last) = open.pop_if(|it| sections[*it].level >= level) {
            sections[last].paragraphs.end = start;
        }
        open.push(at);
    }
    for last in open {
        sections[last].paragraphs.end = end;
    }
}
