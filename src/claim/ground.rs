//! What a claim is asked of: the report, or one unit of an `each`.

use std::ops::Range;

use crate::document::{Document, Kind, Part};
use crate::index::{Domain, Hit, Index};
use crate::lang::ast::Unit;
use crate::sentence::{self, Sentence};
use crate::span::Span;

/// What a claim is asked of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// The whole report.
    Report,
    /// One sentence.
    Sentence(Sentence),
    /// One paragraph.
    Paragraph(usize),
    /// One section with all that is nested in it.
    Section(usize),
    /// The heading of one section.
    Heading(usize),
}

impl Ground {
    /// Every unit of that kind in a document.
    pub fn all(index: &Index<'_>, unit: Unit) -> Vec<Ground> {
        let document = index.document;
        let sections = 0..document.sections.len();
        match unit {
            Unit::Sentence => index.sentences().iter().map(|it| Ground::Sentence(*it)).collect(),
            Unit::Paragraph => {
                let all = 0..document.paragraphs.len();
                all.filter(|at| sentence::is_prose(document, *at)).map(Ground::Paragraph).collect()
            }
            Unit::Section => sections.map(Ground::Section).collect(),
            Unit::TopSection => {
                let top = |at: &usize| document.sections.get(*at).is_some_and(|it| it.level == 1);
                sections.filter(top).map(Ground::Section).collect()
            }
            Unit::Heading => sections.map(Ground::Heading).collect(),
        }
    }

    /// Whether a hit stands in it.
    pub fn holds(&self, document: &Document, hit: &Hit) -> bool {
        match self {
            Ground::Report => true,
            Ground::Sentence(it) => it.paragraph == hit.paragraph && it.span.contains(hit.span),
            Ground::Paragraph(at) => *at == hit.paragraph,
            Ground::Section(at) => document.sections.get(*at).is_some_and(|it| it.paragraphs.contains(&hit.paragraph)),
            Ground::Heading(at) => document
                .sections
                .get(*at)
                .is_some_and(|it| it.heading.paragraph == hit.paragraph && it.heading.span.contains(hit.span)),
        }
    }

    /// The bytes that whatever stands in it lies in.
    pub fn reach(&self, document: &Document) -> Span {
        let paragraph = |at: usize| document.paragraphs.get(at).map_or(Span::default(), |it| it.span());
        match self {
            Ground::Report => Span::new(0, usize::MAX),
            Ground::Sentence(it) => it.span,
            Ground::Paragraph(at) => paragraph(*at),
            Ground::Section(at) => document.sections.get(*at).map_or(Span::default(), |it| {
                Span::new(paragraph(it.paragraphs.start).start, paragraph(it.paragraphs.end.saturating_sub(1)).end)
            }),
            Ground::Heading(at) => document.sections.get(*at).map_or(Span::default(), |it| it.heading.span),
        }
    }

    /// What regexes see as one text here.
    pub const fn domain(&self) -> Domain {
        match self {
            Ground::Heading(_) => Domain::Headings,
            Ground::Report | Ground::Sentence(_) | Ground::Paragraph(_) | Ground::Section(_) => Domain::Paragraphs,
        }
    }

    /// The characters that stand for it in a finding: a section's heading, a paragraph's first sentence.
    pub fn span(&self, document: &Document) -> Span {
        match self {
            Ground::Report => front(document),
            Ground::Sentence(it) => it.span,
            Ground::Paragraph(at) => {
                sentence::of_paragraph(document, *at).first().map_or(Span::default(), |it| it.span)
            }
            Ground::Section(at) | Ground::Heading(at) => {
                document.sections.get(*at).map_or(Span::default(), |it| it.heading.span)
            }
        }
    }
}

/// Which of some things in reading order reach into some bytes.
pub fn within<T>(all: &[T], reach: Span, span: impl Fn(&T) -> Span) -> Range<usize> {
    let from = all.partition_point(|it| span(it).end <= reach.start);
    from..all.partition_point(|it| span(it).start < reach.end).max(from)
}

/// The place that stands for the whole report: its title, else its first paragraph.
pub fn front(document: &Document) -> Span {
    if let Some(title) = document.title.and_then(|at| document.paragraphs.get(at)) {
        return title.span();
    }
    let at = document.paragraphs.iter().position(|it| it.part != Part::Margin).unwrap_or(0);
    document.paragraphs.get(at).map_or(Span::default(), |it| match it.kind {
        Kind::Heading(_) | Kind::Cell => it.span(),
        Kind::Text | Kind::RunIn(_) => {
            sentence::of_paragraph(document, at).first().map_or_else(|| it.span(), |sentence| sentence.span)
        }
    })
}
