//! Naming a section: the heading contains the name; a 的 inside may be missing or present, the report's own year may
//! stand inside.

use crate::fold::View;
use crate::index::{Index, matches};
use crate::plan::needle::{Leaf, Needle};
use crate::plan::values::{Unknown, year_writings};
use crate::span::Span;

/// A heading ready to be compared with names.
#[derive(Debug)]
pub struct Heading {
    /// Where its words begin in the folded view.
    base: usize,
    /// Its words, folded: byte offset in the folded view and character.
    chars: Vec<(usize, char)>,
    /// Without 的 and own year: a name that is not in here, stripped likewise, cannot match.
    stripped: String,
    /// Lengths in characters of the own year, by the character it begins at.
    years: Vec<(usize, usize)>,
}

/// Makes every heading ready.
pub fn headings(index: &Index<'_>) -> Vec<Heading> {
    let years = own_years(index);
    index.document.sections.iter().map(|section| heading(index.folded(), section.heading.words, &years)).collect()
}

/// Every writing of the report's own year with what stands behind it.
fn own_years(index: &Index<'_>) -> Vec<Vec<char>> {
    let Some(year) = &index.document.facts.year else { return Vec::new() };
    let mut writings: Vec<Vec<char>> = year_writings(i64::from(year.value))
        .iter()
        .flat_map(|figures| [format!("{figures}年度"), format!("{figures}年")])
        .map(|text| crate::fold::fold(&text).chars().collect())
        .collect();
    writings.dedup();
    writings
}

fn heading(view: &View, words: Span, years: &[Vec<char>]) -> Heading {
    let range = view.view(words);
    let text = view.text().get(range.clone()).unwrap_or_default();
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    for at in 0..chars.len() {
        let here = years
            .iter()
            .find(|year| chars.get(at..at + year.len()).is_some_and(|it| it.iter().map(|(_, c)| c).eq(year.iter())));
        found.extend(here.map(|year| (at, year.len())));
    }
    let mut stripped = String::with_capacity(text.len());
    let mut at = 0;
    while let Some((_, c)) = chars.get(at) {
        if let Some((_, length)) = found.iter().find(|(start, _)| *start == at) {
            at += length;
            continue;
        }
        if *c != '的' {
            stripped.push(*c);
        }
        at += 1;
    }
    Heading { base: range.start, chars, stripped, years: found }
}

impl Heading {
    /// Where in the folded view a folded name stands in this heading.
    fn find(&self, name: &str) -> Option<std::ops::Range<usize>> {
        let text: Vec<char> = name.chars().collect();
        if text.is_empty() {
            return None;
        }
        let bare: String = name.chars().filter(|c| *c != '的').collect();
        if self.years.is_empty() && !self.stripped.contains(&bare) {
            return None;
        }
        (0..self.chars.len()).find_map(|start| {
            let end = self.reach(&text, start)?;
            let (first, _) = self.chars.get(start)?;
            let (last, c) = self.chars.get(end.checked_sub(1)?)?;
            Some(self.base + first..self.base + last + c.len_utf8())
        })
    }

    /// The character one past a match of `name` that begins at `start`.
    fn reach(&self, name: &[char], start: usize) -> Option<usize> {
        let mut at = start;
        let mut next = 0;
        while let Some(wanted) = name.get(next) {
            let here = self.chars.get(at).map(|(_, c)| c);
            if here == Some(wanted) {
                at += 1;
                next += 1;
            } else if next > 0 && here == Some(&'的') {
                at += 1;
            } else if let Some((_, length)) = self.years.iter().find(|(from, _)| next > 0 && *from == at) {
                at += length;
            } else if *wanted == '的' && next > 0 && next + 1 < name.len() {
                next += 1;
            } else {
                return None;
            }
        }
        Some(at)
    }
}

/// The sections whose heading names `needle`, each with the characters that do.
pub fn sections(index: &Index<'_>, needle: &Needle, scope: usize) -> Result<Vec<(usize, Span)>, Unknown> {
    let mut unknown = None;
    let mut found = Vec::new();
    for section in 0..index.document.sections.len() {
        match names(index, section, needle, scope) {
            Ok(Some(span)) => found.push((section, span)),
            Ok(None) => {}
            Err(name) => unknown = Some(name),
        }
    }
    match unknown {
        Some(name) if found.is_empty() => Err(name),
        _ => Ok(found),
    }
}

/// Whether a section's heading names `needle`, and with which characters.
fn names(index: &Index<'_>, section: usize, needle: &Needle, scope: usize) -> Result<Option<Span>, Unknown> {
    match needle {
        Needle::Leaf(leaf) => {
            let Some(leaf) = index.needles().leaves.get(*leaf) else { return Ok(None) };
            leaf_names(index, section, leaf, scope)
        }
        Needle::Any(parts) => count(index, section, parts, scope, 1),
        Needle::All(parts) => count(index, section, parts, scope, parts.len()),
        Needle::AtLeast(least, parts) => count(index, section, parts, scope, *least as usize),
    }
}

fn count(
    index: &Index<'_>,
    section: usize,
    parts: &[Needle],
    scope: usize,
    least: usize,
) -> Result<Option<Span>, Unknown> {
    let mut spans = Vec::new();
    for part in parts {
        spans.extend(names(index, section, part, scope)?);
    }
    Ok(if spans.len() < least { None } else { spans.into_iter().reduce(Span::join) })
}

fn leaf_names(index: &Index<'_>, section: usize, leaf: &Leaf, scope: usize) -> Result<Option<Span>, Unknown> {
    let Some(heading) = index.headings().get(section) else { return Ok(None) };
    let needles = index.needles();
    let folded = leaf.folded.iter().filter_map(|at| needles.folded.get(*at));
    if let Some(range) = folded.filter_map(|name| heading.find(name)).min_by_key(|range| range.start) {
        return Ok(Some(index.folded().source(range)));
    }
    if let Some(span) = as_written(index, section, leaf) {
        return Ok(Some(span));
    }
    for template in leaf.templates.iter().filter_map(|at| needles.templates.get(*at)) {
        for text in index.template_texts(&template.phrase, scope)? {
            if let Some(range) = heading.find(&crate::fold::fold(&text)) {
                return Ok(Some(index.folded().source(range)));
            }
        }
    }
    Ok(None)
}

/// Exact phrases and regexes look at the heading's words as they stand, without the number.
fn as_written(index: &Index<'_>, section: usize, leaf: &Leaf) -> Option<Span> {
    if leaf.exact.is_empty() && leaf.regexes.is_empty() {
        return None;
    }
    let words = index.document.heading_words(section);
    let needles = index.needles();
    let exact = leaf.exact.iter().filter_map(|at| needles.exact.get(*at));
    let mut ranges = exact.filter_map(|text| words.find(text.as_str()).map(|at| at..at + text.len()));
    let regexes = leaf.regexes.iter().filter_map(|at| needles.regexes.get(*at));
    let range = ranges.next().or_else(|| regexes.filter_map(|it| matches(&it.regex, &words).next()).next())?;
    let base = index.joined().view(index.document.sections.get(section)?.heading.words).start;
    Some(index.joined().source(range.start + base..range.end + base))
}

impl Index<'_> {
    fn template_texts(&self, phrase: &crate::lang::ast::Phrase, scope: usize) -> Result<Vec<String>, Unknown> {
        match self.plan.scopes.get(scope) {
            Some(scope) => scope.values.texts(phrase, &self.document.facts),
            None => Ok(Vec::new()),
        }
    }
}
