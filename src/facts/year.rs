//! Finds the years of a report: that of its title, and the one its opening says it reports on.

use super::{Fact, joined};
use crate::document::{Document, Part, Piece};
use crate::fold::simplified_in_place;
use crate::joined::Joined;
use crate::numbers::dates::{self, YearMention};
use crate::sentence::{self, Sentence};
use crate::span::Span;

/// The years of a report.
#[derive(Debug, Clone, Default)]
pub struct Years {
    /// The year reported on.
    pub year: Option<Fact<i16>>,
    /// The title's.
    pub title: Option<Fact<i16>>,
    /// The opening's.
    pub opening: Option<Fact<i16>>,
}

/// Finds the years.
pub fn find(document: &Document) -> Years {
    let heading = document.title.and_then(|at| joined(document, at)).map(simplified);
    let title = heading.as_ref().and_then(of_title);
    let ranged = title.is_none() && heading.is_some_and(|it| !dates::ranges(&it.text).is_empty());
    let sentences = opening_sentences(document);
    let opening = of_opening(&sentences, title.as_ref().map(|it| it.value));
    let first = first_sentence(&sentences).and_then(of_first);
    let year = if ranged { None } else { title.clone().or(first).or_else(|| opening.clone()) };
    Years { year, title, opening }
}

/// The year of a title; `2024法治政府建设年度报告`, without 年, has one too.
fn of_title(title: &Joined) -> Option<Fact<i16>> {
    let mention = plain_years(&title.text).into_iter().next();
    let quoted = || dates::years(&title.text).into_iter().find(|it| !is_of_date(&title.text, it));
    let bare = || {
        let at = title.text.find("20").filter(|_| dates::ranges(&title.text).is_empty())?;
        let figures = title.text.get(at..at + 4).filter(|it| it.bytes().all(|b| b.is_ascii_digit()))?;
        let alone = !title.text.get(at + 4..)?.starts_with(|c: char| c.is_ascii_digit() || "-－—–.~年".contains(c));
        let apart = !title.text.get(..at)?.ends_with(|c: char| c.is_ascii_digit());
        (alone && apart).then_some(YearMention { range: at..at + 4, year: figures.parse().ok()? })
    };
    mention.or_else(quoted).or_else(bare).map(|it| fact(title, &it))
}

/// The sentences of the opening, those of the addressee and other labels among them.
fn opening_sentences(document: &Document) -> Vec<Joined<'_>> {
    let opening = |at: &usize| document.paragraphs.get(*at).is_some_and(|it| it.part == Part::Opening);
    let paragraphs = (0..document.paragraphs.len()).skip_while(|at| !opening(at)).take_while(opening).take(20);
    let sentences = paragraphs.flat_map(|at| sentence::of_paragraph(document, at));
    sentences.take(60).filter_map(|it| cut(document, it)).collect()
}

/// A sentence as one text.
fn cut(document: &Document, sentence: Sentence) -> Option<Joined<'_>> {
    let (start, end) = (sentence.span.start, sentence.span.end);
    let pieces = document.paragraphs.get(sentence.paragraph)?.pieces.iter();
    let inside = pieces.filter(|it| it.span.overlaps(sentence.span));
    let clamp = |it: &Piece| Piece { span: Span::new(it.span.start.max(start), it.span.end.min(end)), ..*it };
    Some(simplified(Joined::new(document.source.text(), inside.map(clamp).collect())))
}

/// The words to look for are known in simplified characters.
fn simplified(joined: Joined<'_>) -> Joined<'_> {
    let text = simplified_in_place(&joined.text).into_owned().into();
    Joined { text, ..joined }
}

/// The year that the opening reports on: 现将2024年度…报告如下, else 2024年，我局…, else any 年度. Where several years
/// are said in one of these ways, the title's is it: what was done before may be told too.
fn of_opening(sentences: &[Joined], title: Option<i16>) -> Option<Fact<i16>> {
    let said = |way: fn(&Joined) -> Option<Fact<i16>>| {
        let mut years = sentences.iter().filter_map(way).peekable();
        let first = years.peek().cloned();
        years.find(|it| Some(it.value) == title).or(first)
    };
    said(of_report)
        .or_else(|| said(at_front))
        .or_else(|| said(of_full_year))
        .or_else(|| first_sentence(sentences).and_then(of_first))
}

/// The first sentence: not whom the report is for, nor who gives it.
fn first_sentence<'s, 'a>(sentences: &'s [Joined<'a>]) -> Option<&'s Joined<'a>> {
    let led = |it: &Joined| it.text.ends_with(['：', ':']) && !it.text.contains("如下");
    sentences.iter().find(|it| it.text.chars().count() > 12 && !led(it))
}

/// The year in 现将…如下: behind 现将 where there is one.
fn of_report(sentence: &Joined) -> Option<Fact<i16>> {
    let words = ["如下", "现将", "现报告", "现汇报", "向会议报告", "委托"];
    words.iter().find(|it| sentence.text.contains(**it))?;
    let from = ["现将", "现就"].iter().find_map(|it| sentence.text.rfind(it)).unwrap_or(0);
    plain_years(&sentence.text).into_iter().find(|it| it.range.start >= from).map(|it| fact(sentence, &it))
}

/// The year that opens a sentence: 2024年，…; 2024年以来，….
fn at_front(sentence: &Joined) -> Option<Fact<i16>> {
    let mention = plain_years(&sentence.text).into_iter().next()?;
    let before = sentence.text.get(..mention.range.start)?;
    ["", "在", "一、"].contains(&before.trim()).then(|| fact(sentence, &mention))
}

fn of_full_year(sentence: &Joined) -> Option<Fact<i16>> {
    let full = |it: &YearMention| sentence.text.get(it.range.clone()).is_some_and(|it| it.ends_with('度'));
    plain_years(&sentence.text).into_iter().find(full).map(|it| fact(sentence, &it))
}

/// The year of the opening's first sentence: one that is called 年度, else the first.
fn of_first(sentence: &Joined) -> Option<Fact<i16>> {
    of_full_year(sentence).or_else(|| plain_years(&sentence.text).into_iter().next().map(|it| fact(sentence, &it)))
}

/// The years of a text that are no part of a date, and not in the name of a document: 《2024年工作要点》.
fn plain_years(text: &str) -> Vec<YearMention> {
    let mut depth = 0_usize;
    let mut at = 0;
    let mut found = Vec::new();
    for mention in dates::years(text) {
        for c in text.get(at..mention.range.start).unwrap_or_default().chars() {
            match c {
                '《' => depth += 1,
                '》' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        at = mention.range.start;
        if depth == 0 && !is_of_date(text, &mention) {
            found.push(mention);
        }
    }
    found
}

/// Whether a year is that of a date, or marks a limit: 2023年12月, 自2021年, 截至2024年底.
fn is_of_date(text: &str, mention: &YearMention) -> bool {
    let behind = text.get(mention.range.end..).unwrap_or_default().trim_start();
    let before = text.get(..mention.range.start).unwrap_or_default();
    let month = behind
        .trim_start_matches(|c: char| c.is_ascii_digit() || "０１２３４５６７８９一二三四五六七八九十".contains(c));
    let dated =
        month.len() < behind.len() && month.trim_start().starts_with('月') || behind.starts_with(['底', '初', '末']);
    let about = ["关于", "对于"].iter().any(|it| before.ends_with(it));
    let limit = ["自", "从", "截至", "截止", "到", "至", "于", "早在", "按照", "根据", "依据", "对照"]
        .iter()
        .any(|it| before.ends_with(it));
    dated || limit && !about
}

fn fact(joined: &Joined, mention: &YearMention) -> Fact<i16> {
    Fact { value: mention.year, span: Some(joined.span(mention.range.start, mention.range.end)) }
}
