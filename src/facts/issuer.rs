//! Finds the body that issues a report: who signs, else who stands in the title, or on a line above or under it.

use super::body::body_name;
use super::{Fact, joined, signed, under_title};
use crate::document::{Document, Part};
use crate::fold::simplified_in_place;
use crate::joined::Joined;
use crate::numbers::dates;

/// The issuing body.
pub fn find(document: &Document) -> Option<Fact<String>> {
    document
        .closing
        .clone()
        .find_map(|at| signature(document, at))
        .or_else(|| in_title(document))
        .or_else(|| under_title(document).find_map(|at| whole_line(document, at)))
        .or_else(|| above_title(document))
}

/// The body that signs in a line: `清河区司法局`, or `清河区司法局  2025年1月14日`.
fn signature(document: &Document, at: usize) -> Option<Fact<String>> {
    let joined = joined(document, at)?;
    let body = signed::read(&joined.text)?.body?;
    fact(&joined, body.start, body.end)
}

fn whole_line(document: &Document, at: usize) -> Option<Fact<String>> {
    let joined = joined(document, at)?;
    let text = joined.text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '（' | '）' | '(' | ')'));
    let start = joined.text.find(text)?;
    fact(&joined, start, start + text.len())
}

/// The body in front of the title's year, 关于 or matter: `清河区司法局2024年…`, `清河区人民政府关于…的报告`.
fn in_title(document: &Document) -> Option<Fact<String>> {
    let joined = joined(document, document.title?)?;
    let simple = simplified_in_place(&joined.text);
    let words = ["关于", "法治", "依法", "年度"].iter().filter_map(|it| simple.find(it));
    let years = dates::years(&joined.text).into_iter().map(|it| it.range.start);
    let ranges = dates::ranges(&joined.text).into_iter().map(|it| it.start);
    let figures = joined.text.find(|c: char| c.is_ascii_digit());
    named(&joined, words.chain(years).chain(ranges).chain(figures).min()?)
}

fn above_title(document: &Document) -> Option<Fact<String>> {
    let title = document.title?;
    (title.saturating_sub(3)..title).rev().find_map(|at| {
        document.paragraphs.get(at).filter(|it| it.part == Part::Margin)?;
        let joined = joined(document, at)?;
        let end = joined.text.strip_suffix("文件").map_or(joined.text.len(), str::len);
        named(&joined, end)
    })
}

/// The body that the first bytes of a text name.
fn named(joined: &Joined, end: usize) -> Option<Fact<String>> {
    let end = joined.text.get(..end)?.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '（' | '(')).len();
    fact(joined, 0, end)
}

fn fact(joined: &Joined, start: usize, end: usize) -> Option<Fact<String>> {
    let written = joined.text.get(start..end)?;
    let name = body_name(written)?;
    let start = start + written.find(name)?;
    let value = name.split_whitespace().collect::<Vec<_>>();
    let spaced_out = value.iter().all(|it| it.chars().count() <= 2);
    let value = value.join(if spaced_out { "" } else { " " });
    Some(Fact { value, span: Some(joined.span(start, start + name.len())) })
}
