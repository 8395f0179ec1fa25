//! `include a [top-level] P section [or item] [before/after the Q section] [in the R section]`.

use crate::claim::ground::{Ground, within};
use crate::claim::place;
use crate::claim::{Asking, Fault, Judged, due};
use crate::document::{Document, Kind, Part};
use crate::index::names::{self, Sections};
use crate::index::{Domain, Hit};
use crate::lang::ast::{Order, SectionClaim};
use crate::plan::needle::Needle;
use crate::say;
use crate::span::Span;
use crate::verdict::Evidence;

/// A section or item that answers to the name.
struct Candidate {
    section: Option<usize>,
    paragraph: usize,
    /// What a finding or evidence points at.
    span: Span,
}

/// Judges it. An empty section is none, unless sections are `forbidden`.
pub fn judge(asking: &Asking<'_>, claim: &SectionClaim<Needle>, ground: &Ground, forbidden: bool) -> Judged {
    let document = asking.document();
    let bounds = match bounds(asking, claim) {
        Ok(bounds) => bounds,
        Err(reason) => return Judged::unknown(reason),
    };
    let mut candidates = match named(asking, claim, ground) {
        Ok(candidates) => candidates,
        Err(reason) => return Judged::unknown(reason),
    };
    candidates.retain(|it| stands_in_ground(document, it, ground));
    candidates.retain(|it| bounds.hold(document, it));
    asking.spare(&mut candidates, Domain::Paragraphs, |it| it.span);
    let (empty, full): (Vec<_>, Vec<_>) =
        candidates.into_iter().partition(|it| it.section.is_some_and(|at| is_empty(document, at)));
    let shown = if forbidden { full.iter().chain(&empty).collect::<Vec<_>>() } else { full.iter().collect() };
    if !shown.is_empty() {
        let label = |it: &Candidate| match it.section {
            _ if forbidden => String::new(),
            Some(_) => say!(asking.locale, "有这一章节", "this section stands"),
            None => say!(asking.locale, "有这一条目", "this item stands"),
        };
        let mut proof: Vec<Fault> = shown.into_iter().map(|it| Fault::at(it.span, label(it))).collect();
        proof.sort_by_key(|it| it.span);
        return Judged::holds(proof);
    }
    let fault = match empty.first() {
        Some(section) => Fault::missing(
            section.span,
            say!(asking.locale, "章节只有标题，没有内容", "the section has a heading and no text"),
        ),
        None => missing(asking, claim, ground, &bounds),
    };
    let searched = if asking.explain { searched(asking, &claim.name) } else { Vec::new() };
    Judged::fails(vec![fault], searched)
}

fn searched(asking: &Asking<'_>, name: &Needle) -> Vec<Evidence> {
    let (name, count) = (asking.name(name), asking.document().sections.len());
    let note = say!(asking.locale, "{count} 个标题中没有{name}章节", "none of {count} headings names {name}");
    vec![Evidence { span: crate::claim::ground::front(asking.document()), note }]
}

/// Where the section must stand.
struct Bounds {
    /// Paragraph indexes: must begin before the one, after the other.
    before: Option<usize>,
    after: Option<usize>,
    inside: Option<Sections>,
}

impl Bounds {
    fn hold(&self, document: &Document, it: &Candidate) -> bool {
        // A section does not stand in itself.
        let outer = match it.section {
            Some(section) => document.sections.get(section).and_then(|it| it.parent),
            None => document.paragraphs.get(it.paragraph).and_then(|it| it.section),
        };
        self.before.is_none_or(|at| it.paragraph < at)
            && self.after.is_none_or(|at| it.paragraph > at)
            && self.inside.as_ref().is_none_or(|sections| outer.is_some_and(|at| place::nested(document, at, sections)))
    }
}

/// Before Q: before the first Q that is not P itself; after: after the last.
fn bounds(asking: &Asking<'_>, claim: &SectionClaim<Needle>) -> Result<Bounds, String> {
    let document = asking.document();
    let mut bounds = Bounds { before: None, after: None, inside: None };
    if let Some(inside) = &claim.inside {
        bounds.inside = Some(sections(asking, inside)?);
    }
    if let Some((order, other)) = &claim.order {
        let own = names::sections(asking.index, &claim.name, asking.scope).map_err(|it| asking.unknown(&it))?;
        let others = sections(asking, other)?;
        let mut paragraphs = others
            .iter()
            .filter(|(at, _)| !names::holds(&own, *at))
            .filter_map(|(at, _)| document.sections.get(*at))
            .map(|it| it.heading.paragraph);
        let edge = match order {
            Order::Before => paragraphs.next(),
            Order::After => paragraphs.next_back(),
        };
        let Some(edge) = edge else { return Err(no_section(asking, other)) };
        match order {
            Order::Before => bounds.before = Some(edge),
            Order::After => bounds.after = Some(edge),
        }
    }
    Ok(bounds)
}

fn sections(asking: &Asking<'_>, needle: &Needle) -> Result<Sections, String> {
    let found = names::sections(asking.index, needle, asking.scope).map_err(|it| asking.unknown(&it))?;
    if found.is_empty() {
        return Err(no_section(asking, needle));
    }
    Ok(found)
}

fn no_section(asking: &Asking<'_>, needle: &Needle) -> String {
    let name = asking.name(needle);
    say!(asking.locale, "报告没有{name}章节", "the report has no {name} section")
}

/// Everything near the ground that answers to the name.
fn named(asking: &Asking<'_>, claim: &SectionClaim<Needle>, ground: &Ground) -> Result<Vec<Candidate>, String> {
    let document = asking.document();
    let reach = ground.reach(document);
    let heading = |at: usize| document.sections.get(at).map_or(Span::default(), |it| it.heading.span);
    let found = names::sections(asking.index, &claim.name, asking.scope);
    let mut candidates: Vec<Candidate> = match found {
        Ok(found) => found
            .get(within(&found, reach, |(at, _)| heading(*at)))
            .unwrap_or_default()
            .iter()
            .filter_map(|(at, _)| Some((*at, document.sections.get(*at)?)))
            .filter(|(_, it)| !claim.top_level || it.level == 1)
            .map(|(at, it)| Candidate { section: Some(at), paragraph: it.heading.paragraph, span: it.heading.span })
            .collect(),
        Err(unknown) if !claim.or_item => return Err(asking.unknown(&unknown)),
        Err(_) => Vec::new(),
    };
    if claim.or_item {
        candidates.extend(items(asking, &claim.name, reach));
    }
    Ok(candidates)
}

/// Paragraphs that begin with 一是, 1. or （1） and name it in their first sentence.
fn items(asking: &Asking<'_>, name: &Needle, reach: Span) -> Vec<Candidate> {
    let document = asking.document();
    let hits = asking.index.hits_in(name, asking.scope, Domain::Paragraphs, reach).hits;
    let mut found: Vec<Candidate> = Vec::new();
    // The first hit of a paragraph tells: the others stand behind it.
    for Hit { span, paragraph } in hits.chunk_by(|a, b| a.paragraph == b.paragraph).filter_map(|it| it.first().copied())
    {
        let Some(it) = document.paragraphs.get(paragraph) else { continue };
        let prose = matches!(it.part, Part::Opening | Part::Body) && it.kind == Kind::Text;
        let first = crate::sentence::of_paragraph(document, paragraph).first().map(|it| it.span);
        if let (true, Some(first)) = (prose && is_item(&document.paragraph_text(paragraph)), first)
            && first.contains(span)
        {
            found.push(Candidate { section: None, paragraph, span: first });
        }
    }
    found
}

/// Whether a text begins as an item does: 一是, 第一，, 1. or （1）, of either width.
pub fn is_item(text: &str) -> bool {
    let mut chars = text.trim_start().chars().peekable();
    let bracket = chars.next_if(|c| matches!(c, '（' | '(')).is_some();
    let ordinal = !bracket && chars.next_if_eq(&'第').is_some();
    let mut arabic = false;
    let mut chinese = false;
    while let Some(c) = chars.next_if(|c| c.is_numeric() || "一二三四五六七八九十".contains(*c)) {
        arabic |= !"一二三四五六七八九十".contains(c);
        chinese |= "一二三四五六七八九十".contains(c);
    }
    let next = chars.next();
    let after = chars.next();
    match (arabic, chinese, bracket) {
        (true, false, true) | (false, true, true) => matches!(next, Some('）' | ')')),
        (true, false, false) => {
            matches!(next, Some('.' | '．' | '、' | '）' | ')')) && !after.is_some_and(char::is_numeric)
        }
        (false, true, false) if ordinal => matches!(next, Some('，' | ',' | '、')),
        (false, true, false) => matches!(next, Some('是' | '要')),
        (false | true, _, _) => false,
    }
}

fn stands_in_ground(document: &Document, it: &Candidate, ground: &Ground) -> bool {
    match ground {
        Ground::Section(section) => {
            it.section != Some(*section) && ground.holds(document, &Hit { span: it.span, paragraph: it.paragraph })
        }
        Ground::Report | Ground::Sentence(_) | Ground::Paragraph(_) | Ground::Heading(_) => {
            ground.holds(document, &Hit { span: it.span, paragraph: it.paragraph })
        }
    }
}

/// Whether nothing stands under a heading: neither text nor table nor a heading of its own.
pub fn is_empty(document: &Document, section: usize) -> bool {
    document.sections.get(section).is_none_or(|it| {
        let run_in = it.heading.run_in;
        !run_in && it.paragraphs.len() <= 1
    })
}

fn missing(asking: &Asking<'_>, claim: &SectionClaim<Needle>, ground: &Ground, bounds: &Bounds) -> Fault {
    let document = asking.document();
    let name = asking.name(&claim.name);
    let heading = |at: usize| match document.paragraphs.get(at)?.kind {
        Kind::Heading(section) | Kind::RunIn(section) => document.sections.get(section).map(|it| it.heading.span),
        Kind::Text | Kind::Cell => None,
    };
    let inside = bounds.inside.as_ref().and_then(|all| all.first()).and_then(|(at, _)| document.sections.get(*at));
    let due = bounds.before.and_then(heading).or_else(|| bounds.after.and_then(heading));
    let due = due.or_else(|| inside.map(|it| it.heading.span));
    let span = match ground {
        Ground::Report => due.unwrap_or_else(|| due::section(asking, claim)),
        Ground::Sentence(_) | Ground::Paragraph(_) | Ground::Section(_) | Ground::Heading(_) => ground.span(document),
    };
    let label = if claim.order.is_some() || claim.inside.is_some() {
        say!(asking.locale, "这里应当有{name}章节", "a {name} section is due here")
    } else if claim.top_level {
        say!(asking.locale, "没有{name}一级章节", "there is no top-level {name} section")
    } else {
        say!(asking.locale, "没有{name}章节", "there is no {name} section")
    };
    let mut fault = Fault::missing(span, label);
    fault.expected = Some(name);
    if asking.explain
        && let Some(near) = due::nearest_heading(asking, &claim.name, ground)
    {
        fault.nearest = Some(document.source.slice(near.span).to_owned());
        fault.related.push(near);
    }
    fault
}
