//! Places: where a hit must stand.

use std::rc::Rc;

use crate::claim::Asking;
use crate::claim::ground::{Ground, front};
use crate::claim::near::{Near, Nearness};
use crate::document::{Document, Kind, Part, Section};
use crate::index::names::{self, Sections};
use crate::index::{Domain, Hit, leftmost_longest};
use crate::lang::ast::Place;
use crate::plan::needle::Needle;
use crate::say;
use crate::span::Span;

/// A place, found in one report.
#[derive(Debug, Clone)]
pub enum Spot {
    /// The title.
    Title,
    /// The opening.
    Opening,
    /// The closing.
    Closing,
    /// Headings; only those of lines of their own where `own_line`.
    Headings {
        /// Run-in headings are left out.
        own_line: bool,
    },
    /// Opening and sections without headings.
    Text,
    /// Table cells.
    Table,
    /// In one of these sections.
    Sections(Sections),
    /// In none of these sections.
    Outside(Sections),
    /// Inside these bytes.
    Span(Span),
    /// In some relation to another hit.
    Near(Rc<Near>),
}

/// Places found: all spots of one row must hold for the same hit; the claim is asked of each row.
#[derive(Debug, Clone)]
pub struct Found {
    /// One row, or one for each section of `every P section`.
    pub rows: Vec<Vec<Spot>>,
    /// What regexes see as one text there.
    pub domain: Domain,
}

/// Finds places in a report.
///
/// # Errors
/// Why they are not there, so that nothing can be asked.
pub fn find(asking: &Asking<'_>, places: &[Place<Needle>], ground: &Ground) -> Result<Found, String> {
    let mut row = Vec::new();
    let mut every: Option<Vec<(usize, Span)>> = None;
    let mut domain = ground.domain();
    let mut near: Vec<(&Needle, Vec<Nearness>)> = Vec::new();
    for place in places {
        let mut group = |what: &'_ Needle, test: Nearness| -> bool {
            let known = near.iter_mut().find(|(it, _)| *it == what);
            known.map(|(_, tests)| tests.push(test)).is_some()
        };
        let nearness = match place {
            Place::Within(number, what) => {
                Some((what, Nearness::Within(asking.number(number).map_err(|it| asking.unknown(&it))?)))
            }
            Place::SameSentence(what) => Some((what, Nearness::Sentence)),
            Place::SameParagraph(what) => Some((what, Nearness::Paragraph)),
            Place::SameSection(what) => Some((what, Nearness::Section)),
            Place::Before(what) => Some((what, Nearness::Before)),
            Place::After(what) => Some((what, Nearness::After)),
            Place::Title => spot(&mut row, Spot::Title),
            Place::Opening => spot(&mut row, Spot::Opening),
            Place::Closing => spot(&mut row, Spot::Closing),
            Place::Text => spot(&mut row, Spot::Text),
            Place::Table => spot(&mut row, Spot::Table),
            Place::Heading | Place::HeadingsOfOneLevel => {
                domain = Domain::Headings;
                spot(&mut row, Spot::Headings { own_line: false })
            }
            Place::OwnLineHeadingsOfOneLevel => {
                domain = Domain::Headings;
                spot(&mut row, Spot::Headings { own_line: true })
            }
            Place::Section(what) => spot(&mut row, Spot::Sections(sections(asking, what)?)),
            Place::Outside(what) => spot(&mut row, Spot::Outside(sections(asking, what)?)),
            Place::EverySection(what) => {
                let found = sections(asking, what)?;
                every = Some(match every {
                    None => found.to_vec(),
                    Some(known) => known.into_iter().filter(|(at, _)| names::holds(&found, *at)).collect(),
                });
                None
            }
            Place::First(number) => {
                let most = asking.number(number).map_err(|it| asking.unknown(&it))?;
                spot(&mut row, Spot::Span(asking.index.first_characters(most)))
            }
        };
        if let Some((what, test)) = nearness
            && !group(what, test)
        {
            near.push((what, vec![test]));
        }
    }
    for (what, tests) in near {
        row.push(near_spot(asking, what, tests, ground)?);
    }
    let rows = match every {
        None => vec![row],
        Some(sections) if sections.is_empty() => {
            return Err(say!(asking.locale, "没有符合各项的章节", "no section is all that is asked for"));
        }
        Some(sections) => sections
            .into_iter()
            .map(|section| row.iter().cloned().chain([Spot::Sections(Rc::new([section]))]).collect())
            .collect(),
    };
    Ok(Found { rows, domain })
}

/// Adds a spot; the answer says that it is no nearness.
fn spot<'n>(row: &mut Vec<Spot>, spot: Spot) -> Option<(&'n Needle, Nearness)> {
    row.push(spot);
    None
}

/// The sections a place names.
fn sections(asking: &Asking<'_>, what: &Needle) -> Result<Sections, String> {
    let found = names::sections(asking.index, what, asking.scope).map_err(|it| asking.unknown(&it))?;
    if found.is_empty() {
        let name = asking.name(what);
        return Err(say!(asking.locale, "报告没有{name}章节", "the report has no {name} section"));
    }
    Ok(found)
}

fn near_spot(asking: &Asking<'_>, what: &Needle, tests: Vec<Nearness>, ground: &Ground) -> Result<Spot, String> {
    let plain = Asking { except: None, ..*asking };
    let found = plain.hits(what, Domain::Paragraphs, ground);
    if let (true, Some(unknown)) = (found.hits.is_empty(), &found.unknown) {
        return Err(asking.unknown(unknown));
    }
    let ordered = |test: &Nearness| matches!(test, Nearness::Before | Nearness::After);
    if found.hits.is_empty() && tests.iter().any(ordered) {
        let name = asking.name(what);
        return Err(say!(asking.locale, "报告没有提到{name}", "the report does not mention {name}"));
    }
    Ok(Spot::Near(Rc::new(Near::new(asking.document(), leftmost_longest(found.hits), &tests))))
}

/// Whether a hit stands in all of these spots.
pub fn holds(document: &Document, spots: &[Spot], hit: &Hit) -> bool {
    spots.iter().all(|spot| spot.holds(document, hit))
}

impl Spot {
    fn holds(&self, document: &Document, hit: &Hit) -> bool {
        let Some(paragraph) = document.paragraphs.get(hit.paragraph) else { return false };
        let heading = match paragraph.kind {
            Kind::Heading(section) | Kind::RunIn(section) => document.sections.get(section).map(|it| &it.heading),
            Kind::Text | Kind::Cell => None,
        };
        match self {
            Spot::Title => paragraph.part == Part::Title,
            Spot::Opening => paragraph.part == Part::Opening,
            Spot::Closing => paragraph.part == Part::Closing,
            Spot::Headings { own_line } => {
                heading.is_some_and(|it| it.span.contains(hit.span))
                    && !(*own_line && is_text(document, paragraph.kind))
            }
            Spot::Text => {
                matches!(paragraph.part, Part::Opening | Part::Body)
                    && heading.is_none_or(|it| !it.span.contains(hit.span))
            }
            Spot::Table => paragraph.kind == Kind::Cell,
            Spot::Sections(sections) => stands_in(document, hit.paragraph, sections),
            Spot::Outside(sections) => !stands_in(document, hit.paragraph, sections),
            Spot::Span(span) => span.contains(hit.span),
            Spot::Near(near) => near.holds(document, hit),
        }
    }
}

/// Whether a heading is text all the same: one that runs into its text, or a sentence with nothing under it, as the
/// entries of a list are.
fn is_text(document: &Document, kind: Kind) -> bool {
    let (Kind::Heading(at) | Kind::RunIn(at)) = kind else { return false };
    let Some(section) = document.sections.get(at) else { return false };
    let sentence = |it: &Section| document.source.slice(it.heading.span).trim_end().ends_with('。');
    let entry = |it: &Section| it.level == section.level && it.paragraphs.len() <= 1 && sentence(it);
    // 特此报告。 may stand under the last entry.
    let last = || sentence(section) && at.checked_sub(1).and_then(|it| document.sections.get(it)).is_some_and(entry);
    section.heading.run_in || entry(section) || last()
}

/// Whether a paragraph stands in one of these sections, near or far.
fn stands_in(document: &Document, paragraph: usize, sections: &Sections) -> bool {
    let innermost = document.paragraphs.get(paragraph).and_then(|it| it.section);
    innermost.is_some_and(|it| nested(document, it, sections))
}

/// Whether a section is one of these, or stands in one.
pub fn nested(document: &Document, section: usize, sections: &Sections) -> bool {
    document.ancestry(section).into_iter().any(|at| names::holds(sections, at))
}

/// The bytes that hits in all of these spots stand in, as far as that is plain.
pub fn reach(document: &Document, spots: &[Spot], ground: &Ground) -> Span {
    spots.iter().fold(ground.reach(document), |reach, spot| {
        let here = match spot {
            Spot::Span(span) => *span,
            Spot::Sections(sections) => match sections.first() {
                Some((only, _)) if sections.len() == 1 => Ground::Section(*only).reach(document),
                _ => return reach,
            },
            Spot::Title
            | Spot::Opening
            | Spot::Closing
            | Spot::Headings { .. }
            | Spot::Text
            | Spot::Table
            | Spot::Outside(_)
            | Spot::Near(_) => return reach,
        };
        Span::new(reach.start.max(here.start), reach.end.min(here.end))
    })
}

/// Whether a hit stands where the spots that are no nearness want it.
fn elsewhere(document: &Document, spots: &[Spot], hit: &Hit) -> bool {
    spots.iter().all(|spot| matches!(spot, Spot::Near(_)) || spot.holds(document, hit))
}

/// The characters that stand for a row of spots in a finding about something missing there, or in evidence.
pub fn span(document: &Document, spots: &[Spot], ground: &Ground) -> Span {
    let part = |wanted: Part| document.paragraphs.iter().find(|it| it.part == wanted).map(|it| it.span());
    let here = spots.iter().rev().find_map(|spot| match spot {
        Spot::Title => part(Part::Title),
        Spot::Opening => part(Part::Opening),
        Spot::Closing => part(Part::Closing).or_else(|| document.paragraphs.last().map(|it| it.span())),
        Spot::Sections(sections) => {
            sections.first().and_then(|(at, _)| document.sections.get(*at)).map(|it| it.heading.span)
        }
        Spot::Near(near) => near.others().iter().find(|it| elsewhere(document, spots, it)).map(|it| it.span),
        Spot::Headings { .. } | Spot::Text | Spot::Table | Spot::Outside(_) | Spot::Span(_) => None,
    });
    match (here, ground) {
        (Some(span), Ground::Report) => span,
        (_, Ground::Report) => front(document),
        (_, Ground::Sentence(_) | Ground::Paragraph(_) | Ground::Section(_) | Ground::Heading(_)) => {
            ground.span(document)
        }
    }
}
