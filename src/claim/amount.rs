//! `have at least N characters / sentences / paragraphs / sections / headings [PLACE …]`.

use crate::claim::ground::Ground;
use crate::claim::ground::within;
use crate::claim::mention::Bounds;
use crate::claim::place::{self, Spot};
use crate::claim::{Asking, Fault, Judged, conjunction};
use crate::document::{Document, Kind, Paragraph, Part};
use crate::index::{Hit, names};
use crate::lang::ast::{AmountUnit, Count, Place};
use crate::plan::needle::Needle;
use crate::say;
use crate::sentence::{self, Sentence};
use crate::span::Span;
use crate::verdict::Evidence;

/// Judges it.
pub fn judge(
    asking: &Asking<'_>,
    count: &Count,
    unit: AmountUnit,
    places: &[Place<Needle>],
    ground: &Ground,
) -> Judged {
    let bounds = match Bounds::of(asking, count) {
        Ok(bounds) => bounds,
        Err(unknown) => return asking.judge_unknown(&unknown),
    };
    let found = match place::find(asking, places, ground) {
        Ok(found) => found,
        Err(reason) => return Judged::unknown(reason),
    };
    let row = |spots: &Vec<Spot>| Row { asking, unit, bounds, spots, ground }.judge();
    match found.rows.as_slice() {
        [only] => row(only),
        rows => conjunction(rows.iter().map(row), asking.locale),
    }
}

/// One row of places in which something is counted.
struct Row<'a> {
    asking: &'a Asking<'a>,
    unit: AmountUnit,
    bounds: Bounds,
    spots: &'a [Spot],
    ground: &'a Ground,
}

impl Row<'_> {
    fn judge(&self) -> Judged {
        let asking = self.asking;
        let number = amount(asking, self.unit, self.spots, self.ground);
        let unit = unit_name(asking, self.unit);
        let here = say!(asking.locale, "这里有 {number} {unit}", "{number} {unit} here");
        if self.bounds.hold(number) {
            return Judged::holds(vec![self.fault(number, here)]);
        }
        let due = self.bounds.words(asking);
        let label = say!(asking.locale, "{here}，应当{due} {unit}", "{here}, {due} {unit} is right");
        let mut fault = self.fault(number, label);
        fault.absent = number < self.bounds.least as usize;
        fault.expected = Some(format!("{due} {unit}"));
        let evidence = Evidence { span: fault.span, note: here };
        Judged::fails(vec![fault], vec![evidence])
    }

    fn fault(&self, number: usize, label: String) -> Fault {
        let mut fault = Fault::at(place::span(self.asking.document(), self.spots, self.ground), label);
        // Where “at most” must not hold, there is too little.
        fault.absent = self.bounds.least == 0;
        fault.nearest = Some(format!("{number} {}", unit_name(self.asking, self.unit)));
        fault
    }
}

fn unit_name(asking: &Asking<'_>, unit: AmountUnit) -> String {
    match unit {
        AmountUnit::Characters => say!(asking.locale, "字", "characters"),
        AmountUnit::Sentences => say!(asking.locale, "句", "sentences"),
        AmountUnit::Paragraphs => say!(asking.locale, "段", "paragraphs"),
        AmountUnit::Sections => say!(asking.locale, "个章节", "sections"),
        AmountUnit::Headings => say!(asking.locale, "个标题", "headings"),
    }
}

fn amount(asking: &Asking<'_>, unit: AmountUnit, spots: &[Spot], ground: &Ground) -> usize {
    let document = asking.document();
    let counts = |paragraph: usize, span: Span| {
        let hit = Hit { span, paragraph };
        ground.holds(document, &hit) && place::holds(document, spots, &hit)
    };
    let reach = place::reach(document, spots, ground);
    match unit {
        AmountUnit::Characters => characters(document, spots, ground, &counts),
        AmountUnit::Sentences => {
            let own = |it: &Sentence| in_own_heading(document, it, spots, ground);
            let all = within(asking.index.sentences(), reach, |it| it.span);
            let all = asking.index.sentences().get(all).unwrap_or_default().iter();
            all.filter(|it| counts(it.paragraph, it.span) && !own(it)).count()
        }
        AmountUnit::Paragraphs => within(&document.paragraphs, reach, Paragraph::span)
            .filter(|at| sentence::is_prose(document, *at) && counts(*at, rest(document, *at)))
            .count(),
        AmountUnit::Sections | AmountUnit::Headings => within(&document.sections, reach, |it| it.heading.span)
            .filter(|at| !names_the_place(*at, spots, ground))
            .filter_map(|at| document.sections.get(at))
            .filter(|it| counts(it.heading.paragraph, it.heading.span))
            .count(),
    }
}

/// A section's own heading is none of its headings, and it is none of its sections.
fn names_the_place(section: usize, spots: &[Spot], ground: &Ground) -> bool {
    *ground == Ground::Section(section)
        || spots.iter().any(|spot| matches!(spot, Spot::Sections(sections) if names::holds(sections, section)))
}

/// Whether a sentence is the run-in heading of the place itself.
fn in_own_heading(document: &Document, sentence: &Sentence, spots: &[Spot], ground: &Ground) -> bool {
    let paragraph = document.paragraphs.get(sentence.paragraph);
    let Some(Kind::RunIn(section)) = paragraph.map(|it| it.kind) else { return false };
    let heading = document.sections.get(section).map(|it| it.heading.span);
    names_the_place(section, spots, ground) && heading.is_some_and(|it| sentence.span.start < it.end)
}

/// Characters that are no white space. Without a place: those of opening and sections.
fn characters(document: &Document, spots: &[Spot], ground: &Ground, counts: &dyn Fn(usize, Span) -> bool) -> usize {
    let everywhere = spots.is_empty() && *ground == Ground::Report;
    let mut sum = 0;
    for at in within(&document.paragraphs, place::reach(document, spots, ground), Paragraph::span) {
        let Some(paragraph) = document.paragraphs.get(at) else { continue };
        if everywhere && !matches!(paragraph.part, Part::Opening | Part::Body) {
            continue;
        }
        let own = match paragraph.kind {
            Kind::Heading(section) | Kind::RunIn(section) => names_the_place(section, spots, ground),
            Kind::Text | Kind::Cell => false,
        };
        for part in parts(document, at) {
            let span = clip(part.span, at, ground);
            if own && part.heading || span.is_empty() || !counts(at, span) {
                continue;
            }
            sum += document.text(at, span).chars().filter(|c| !c.is_whitespace()).count();
        }
    }
    sum
}

/// What of a part stands in the ground: a sentence is less than its paragraph.
fn clip(span: Span, paragraph: usize, ground: &Ground) -> Span {
    match ground {
        Ground::Sentence(it) if it.paragraph == paragraph => {
            Span::new(span.start.max(it.span.start), span.end.min(it.span.end))
        }
        Ground::Report | Ground::Sentence(_) | Ground::Paragraph(_) | Ground::Section(_) | Ground::Heading(_) => span,
    }
}

/// A stretch of a paragraph.
struct Stretch {
    span: Span,
    heading: bool,
}

/// The heading of a paragraph and what stands behind it. The 。 between a run-in heading and its text belongs to neither.
fn parts(document: &Document, paragraph: usize) -> Vec<Stretch> {
    let Some(it) = document.paragraphs.get(paragraph) else { return Vec::new() };
    match it.kind {
        Kind::Text | Kind::Cell => vec![Stretch { span: it.span(), heading: false }],
        Kind::Heading(_) => vec![Stretch { span: it.span(), heading: true }],
        Kind::RunIn(section) => {
            let heading = document.sections.get(section).map_or(it.span(), |it| it.heading.span);
            vec![Stretch { span: heading, heading: true }, Stretch { span: rest(document, paragraph), heading: false }]
        }
    }
}

/// A paragraph without its run-in heading and the 。 behind it.
fn rest(document: &Document, paragraph: usize) -> Span {
    let Some(it) = document.paragraphs.get(paragraph) else { return Span::default() };
    let Kind::RunIn(section) = it.kind else { return it.span() };
    let end = document.sections.get(section).map_or(it.span().start, |it| it.heading.span.end);
    let behind = document.source.slice(Span::new(end, it.span().end));
    let skipped = behind.len() - behind.trim_start_matches(|c: char| c == '。' || c.is_whitespace()).len();
    Span::new(end + skipped, it.span().end)
}
