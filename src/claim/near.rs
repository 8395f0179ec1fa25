//! Hits that must stand in some relation to another: within so many characters, in one sentence, before, after.
//!
//! Each of the others lets a hit stand in a stretch of the text. The others are in reading order and so are the
//! stretches, so that those which allow a hit lie side by side: no hit has to be held against each of them.

use std::collections::BTreeMap;

use crate::claim::letters::{Letter, letters};
use crate::document::{Document, Part};
use crate::index::Hit;
use crate::sentence::{self, Sentence};
use crate::span::Span;

/// How a hit must stand to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nearness {
    /// So many characters between them at most.
    Within(u32),
    /// In the same sentence.
    Sentence,
    /// In the same paragraph.
    Paragraph,
    /// In the innermost section of the other.
    Section,
    /// Before the other.
    Before,
    /// After the other.
    After,
}

/// Where a hit must stand for all tests to hold with one of the others.
#[derive(Debug)]
pub struct Near {
    /// The others, in reading order, none overlapping another.
    others: Vec<Hit>,
    found: Found,
}

#[derive(Debug)]
enum Found {
    /// Where each of the others lets a hit stand; none of the four ever goes back.
    Stretches(Vec<Stretch>),
    /// The others by their innermost section, `None` for the opening, where no test looks at less than a section.
    Sections(BTreeMap<Option<usize>, Order>),
}

/// Where a hit may stand.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    /// It begins here at the earliest, and ends there at the latest.
    inside: Span,
    /// It ends here at the earliest, and begins there at the latest.
    touching: Span,
}

/// Where the others of one section let a hit stand.
#[derive(Debug, Clone, Copy)]
struct Order {
    /// It begins here at the earliest.
    from: usize,
    /// It ends here at the latest.
    until: usize,
}

impl Near {
    /// Makes the tests ready for `others` in reading order, none overlapping another.
    pub fn new(document: &Document, mut others: Vec<Hit>, tests: &[Nearness]) -> Near {
        let ordered = |test: &Nearness| matches!(test, Nearness::Before | Nearness::After);
        if tests.iter().all(ordered) {
            others.truncate(1);
        }
        let wide = |test: &Nearness| ordered(test) || *test == Nearness::Section;
        if tests.contains(&Nearness::Section) && tests.iter().all(wide) {
            let found = Found::Sections(by_section(document, &others, tests));
            return Near { others, found };
        }
        let stretches = others.chunk_by(|a, b| a.paragraph == b.paragraph);
        let found = Found::Stretches(stretches.flat_map(|it| in_paragraph(document, it, tests)).collect());
        Near { others, found }
    }

    /// The others.
    pub fn others(&self) -> &[Hit] {
        &self.others
    }

    /// Whether all tests hold for a hit and one of the others.
    pub fn holds(&self, document: &Document, hit: &Hit) -> bool {
        let Span { start, end } = hit.span;
        match &self.found {
            Found::Stretches(all) => {
                let begun = all.partition_point(|it| it.inside.start <= start && it.touching.start <= end);
                let over = all.partition_point(|it| it.inside.end < end || it.touching.end < start);
                over < begun
            }
            Found::Sections(all) => {
                let holds = |section| all.get(&section).is_some_and(|it: &Order| it.from <= start && end <= it.until);
                let Some(paragraph) = document.paragraphs.get(hit.paragraph) else { return false };
                match paragraph.section {
                    Some(section) => document.ancestry(section).into_iter().any(|it| holds(Some(it))),
                    None => paragraph.part == Part::Opening && holds(None),
                }
            }
        }
    }
}

/// Tests that look at whole sections; the opening is one.
fn by_section(document: &Document, others: &[Hit], tests: &[Nearness]) -> BTreeMap<Option<usize>, Order> {
    let before = tests.contains(&Nearness::Before);
    let after = tests.contains(&Nearness::After);
    let mut found: BTreeMap<Option<usize>, Order> = BTreeMap::new();
    for other in others {
        let Some(paragraph) = document.paragraphs.get(other.paragraph) else { continue };
        if !in_a_section(document, other) || before && after {
            continue;
        }
        let order = Order {
            from: if after { other.span.end } else { 0 },
            until: if before { other.span.start } else { usize::MAX },
        };
        let known = found.entry(paragraph.section).or_insert(order);
        *known = Order { from: known.from.min(order.from), until: known.until.max(order.until) };
    }
    found
}

/// Whether a section, or the opening, is where a hit stands.
fn in_a_section(document: &Document, hit: &Hit) -> bool {
    document.paragraphs.get(hit.paragraph).is_some_and(|it| it.section.is_some() || it.part == Part::Opening)
}

/// The stretches that others in one paragraph allow.
fn in_paragraph(document: &Document, others: &[Hit], tests: &[Nearness]) -> Vec<Stretch> {
    let paragraph = others.first().map_or(0, |it| it.paragraph);
    let whole = document.paragraphs.get(paragraph).map_or(Span::default(), |it| it.span());
    let asks = |wanted: fn(&Nearness) -> bool| tests.iter().any(wanted);
    let sentences = match asks(|it| *it == Nearness::Sentence) {
        true => sentence::of_paragraph(document, paragraph),
        false => Vec::new(),
    };
    let letters: Vec<Letter> = match asks(|it| matches!(it, Nearness::Within(_))) {
        true => letters(document, paragraph).into_iter().filter(|it| !it.c.is_whitespace()).collect(),
        false => Vec::new(),
    };
    others.iter().filter_map(|other| stretch(document, whole, (&sentences, &letters), other, tests)).collect()
}

/// The stretch that one of the others allows, if any.
fn stretch(
    document: &Document,
    paragraph: Span,
    (sentences, letters): (&[Sentence], &[Letter]),
    other: &Hit,
    tests: &[Nearness],
) -> Option<Stretch> {
    let mut found = Stretch { inside: Span::new(0, usize::MAX), touching: Span::new(0, usize::MAX) };
    for test in tests {
        let inside = match test {
            Nearness::Within(most) => {
                let near = around(letters, other.span, *most as usize);
                found.touching = meet(found.touching, meet(near, paragraph));
                paragraph
            }
            Nearness::Sentence => {
                let at = sentences.partition_point(|it| it.span.end < other.span.end);
                sentences.get(at).map(|it| it.span).filter(|it| it.contains(other.span))?
            }
            Nearness::Paragraph => paragraph,
            // One paragraph is in one section.
            Nearness::Section if in_a_section(document, other) => paragraph,
            Nearness::Section => return None,
            Nearness::Before => Span::new(0, other.span.start),
            Nearness::After => Span::new(other.span.end, usize::MAX),
        };
        found.inside = meet(found.inside, inside);
    }
    Some(found)
}

/// What lies in both.
fn meet(one: Span, other: Span) -> Span {
    Span::new(one.start.max(other.start), one.end.min(other.end))
}

/// A hit with so many letters between it and `span` at most ends here at the earliest, and begins there at the latest.
fn around(letters: &[Letter], span: Span, most: usize) -> Span {
    let before = letters.partition_point(|it| it.at < span.start);
    let behind = letters.partition_point(|it| it.at < span.end);
    let first = before.checked_sub(most.saturating_add(1)).and_then(|it| letters.get(it)).map_or(0, |it| it.span().end);
    let last = letters.get(behind.saturating_add(most)).map_or(usize::MAX, |it| it.at);
    Span::new(first, last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::testing::document;

    /// The one pair held against each other, as the language has it.
    fn naive(document: &Document, test: Nearness, hit: &Hit, other: &Hit) -> bool {
        let together = hit.paragraph == other.paragraph;
        let between = Span::new(hit.span.end.min(other.span.end), hit.span.start.max(other.span.start));
        let letters = if between.is_empty() { "" } else { document.source.slice(between) };
        let both = |it: &Sentence| it.span.contains(hit.span) && it.span.contains(other.span);
        let (here, there) = (&document.paragraphs[hit.paragraph], &document.paragraphs[other.paragraph]);
        match test {
            Nearness::Within(most) => {
                together && letters.chars().filter(|c| !c.is_whitespace()).count() <= most as usize
            }
            Nearness::Sentence => together && sentence::of_paragraph(document, hit.paragraph).iter().any(both),
            Nearness::Paragraph => together,
            Nearness::Section => match there.section {
                Some(section) => document.sections[section].paragraphs.contains(&hit.paragraph),
                None => there.part == Part::Opening && here.part == Part::Opening,
            },
            Nearness::Before => hit.span.end <= other.span.start,
            Nearness::After => other.span.end <= hit.span.start,
        }
    }

    #[test]
    fn tells_what_asking_each_of_the_others_would_tell() {
        let text = "某区2024年法治报告\n某区政府：甲乙，甲丙。乙甲\n一、甲\n甲乙丙。丁甲乙，\n甲。\n（一）乙\n丙乙甲。乙。\n\
                    二、丙\n（一）甲乙。甲丙，乙。\n三、乙\n甲，乙；丙！丁甲\n\n某区政府\n2025年1月1日\n";
        let document = document(text);
        let hits = |words: &str| -> Vec<Hit> {
            let found = text.char_indices().filter(|(_, c)| words.contains(*c));
            let hit = |(at, c): (usize, char)| Hit {
                span: Span::new(at, at + c.len_utf8()),
                paragraph: document.paragraph_at(at).unwrap(),
            };
            found.map(hit).collect()
        };
        use Nearness::{After, Before, Paragraph, Section, Sentence, Within};
        let singles = [Within(0), Within(2), Within(100), Sentence, Paragraph, Section, Before, After];
        let pairs = singles.iter().flat_map(|one| singles.iter().map(|other| vec![*one, *other]));
        for tests in pairs {
            for (ones, others) in [("甲", "乙"), ("乙丙", "甲"), ("甲", "甲"), ("丁", "甲乙丙")] {
                let near = Near::new(&document, hits(others), &tests);
                for hit in hits(ones) {
                    let mut asked = near.others().iter();
                    let naive = asked.any(|it| tests.iter().all(|test| naive(&document, *test, &hit, it)));
                    assert_eq!(near.holds(&document, &hit), naive, "{tests:?} {hit:?} {others}");
                }
            }
        }
    }
}
