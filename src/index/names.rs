//! Naming a section: the heading contains the name; a 的 inside may be missing or present, the report's own year may
//! stand inside.

use std::collections::HashSet;
use std::ops::Range;
use std::rc::Rc;
use std::str::Chars;

use crate::fold::fold;
use crate::index::{Index, matches};
use crate::lang::ast::Phrase;
use crate::plan::needle::{Leaf, Needle, Pattern};
use crate::plan::values::{Unknown, year_writings};
use crate::span::Span;

/// A heading ready to be compared with names.
#[derive(Debug)]
pub struct Heading {
    /// Where its words begin in the folded view.
    base: usize,
    /// Its words, folded: byte offset in the folded view and character.
    chars: Vec<(usize, char)>,
    /// The folded phrases without a 的 that it may hold, in order; `None` where any may.
    phrases: Option<Vec<usize>>,
    /// Lengths in characters of the own year, by the character it begins at.
    years: Vec<(usize, usize)>,
}

/// Whether a heading names what is asked for, and with which characters.
pub type Named = Result<Option<Span>, Unknown>;

/// Makes every heading ready.
pub fn headings(index: &Index<'_>) -> Vec<Heading> {
    let years = own_years(index);
    index.document.sections.iter().map(|section| heading(index, section.heading.words, &years)).collect()
}

/// Every writing of the report's own year with what stands behind it.
fn own_years(index: &Index<'_>) -> Vec<Vec<char>> {
    let Some(year) = &index.document.facts.year else { return Vec::new() };
    let mut writings: Vec<Vec<char>> = year_writings(i64::from(year.value))
        .iter()
        .flat_map(|figures| [format!("{figures}年度"), format!("{figures}年")])
        .map(|text| fold(&text).chars().collect())
        .collect();
    let mut seen = HashSet::new();
    writings.retain(|it| seen.insert(it.clone()));
    writings
}

fn heading(index: &Index<'_>, words: Span, years: &[Vec<char>]) -> Heading {
    let view = index.folded();
    let range = view.view(words);
    let text = view.text().get(range.clone()).unwrap_or_default();
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let years = if text.contains('年') { years_in(&chars, years) } else { Vec::new() };
    Heading { base: range.start, phrases: phrases_in(index, &chars, &years), chars, years }
}

/// Where the own year stands: the character it begins at and how many it has.
fn years_in(chars: &[(usize, char)], years: &[Vec<char>]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for at in 0..chars.len() {
        let here = years
            .iter()
            .find(|year| chars.get(at..at + year.len()).is_some_and(|it| it.iter().map(|(_, c)| c).eq(year.iter())));
        found.extend(here.map(|year| (at, year.len())));
    }
    found
}

/// The phrases without a 的 that stand in a heading when its own 的 are left out, and its year is left out or not.
/// Whatever names the heading is among them. Of several years some could be left out: then it is not asked.
fn phrases_in(index: &Index<'_>, chars: &[(usize, char)], years: &[(usize, usize)]) -> Option<Vec<usize>> {
    let without = |left_out: Range<usize>| -> String {
        let kept = chars.iter().enumerate().filter(|(at, (_, c))| *c != '的' && !left_out.contains(at));
        kept.map(|(_, (_, c))| *c).collect()
    };
    let texts = match years {
        [] => vec![without(0..0)],
        [(at, length)] => vec![without(0..0), without(*at..at + length)],
        _ => return None,
    };
    let mut found = Vec::new();
    texts.iter().for_each(|text| index.plan.folded.visit(text, |phrase, _| found.push(phrase)));
    found.sort_unstable();
    found.dedup();
    Some(found)
}

impl Heading {
    /// Where in the folded view a folded name stands in this heading.
    fn find(&self, name: &str) -> Option<Range<usize>> {
        let mut rest = name.chars();
        let begins = rest.next()?;
        let starts = self.chars.iter().enumerate().filter(|(_, (_, c))| *c == begins);
        starts.into_iter().find_map(|(start, (first, _))| {
            let end = self.reach(rest.clone(), start + 1)?;
            let (last, c) = self.chars.get(end.checked_sub(1)?)?;
            Some(self.base + first..self.base + last + c.len_utf8())
        })
    }

    /// The character one past a name whose first character stands before `at`, and whose others follow.
    fn reach(&self, mut rest: Chars<'_>, mut at: usize) -> Option<usize> {
        while let Some(wanted) = rest.clone().next() {
            let here = self.chars.get(at).map(|(_, c)| *c);
            if here == Some(wanted) {
                at += 1;
                rest.next();
            } else if here == Some('的') {
                at += 1;
            } else if let Some((_, length)) = self.years.iter().find(|(from, _)| *from == at) {
                at += length;
            } else if wanted == '的' && rest.clone().nth(1).is_some() {
                rest.next();
            } else {
                return None;
            }
        }
        Some(at)
    }
}

/// Sections in reading order, each with the characters that name it.
pub type Sections = Rc<[(usize, Span)]>;

/// Whether a section is among these.
pub fn holds(sections: &Sections, section: usize) -> bool {
    sections.binary_search_by_key(&section, |(at, _)| *at).is_ok()
}

/// The sections whose heading names `needle`, each with the characters that do.
pub fn sections(index: &Index<'_>, needle: &Needle, scope: usize) -> Result<Sections, Unknown> {
    let key = (needle.clone(), scope);
    if let Some(known) = index.sections.borrow().get(&key) {
        return known.clone();
    }
    let found = named_by(index, needle, scope).map(Rc::from);
    index.sections.borrow_mut().insert(key, found.clone());
    found
}

fn named_by(index: &Index<'_>, needle: &Needle, scope: usize) -> Result<Vec<(usize, Span)>, Unknown> {
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
fn names(index: &Index<'_>, section: usize, needle: &Needle, scope: usize) -> Named {
    match needle {
        Needle::Leaf(leaf) => index.named(*leaf, scope).get(section).cloned().unwrap_or(Ok(None)),
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

/// What of a leaf has to be looked for in a heading.
struct Wanted<'a> {
    leaf: &'a Leaf,
    /// Its phrases with a 的, in order.
    with_de: Vec<usize>,
    /// Its regexes, each with the paragraphs it may match in.
    regexes: Vec<(&'a Pattern, Vec<usize>)>,
    /// What its templates stand for in this report, folded.
    templates: Vec<Result<Vec<String>, Unknown>>,
}

impl<'a> Wanted<'a> {
    fn of(index: &Index<'a>, leaf: &'a Leaf, scope: usize) -> Wanted<'a> {
        let needles = index.needles();
        let with_de = needles.with_de.iter().filter(|it| leaf.folded.binary_search(it).is_ok()).copied().collect();
        let regexes = leaf.regexes.iter().filter_map(|at| Some((*at, needles.regexes.get(*at)?)));
        let regexes = regexes.map(|(at, it)| (it, index.possible(at, index.everywhere()))).collect();
        let templates = leaf.templates.iter().filter_map(|at| needles.templates.get(*at));
        let templates = templates.map(|it| index.template_texts(&it.phrase, scope)).collect();
        Wanted { leaf, with_de, regexes, templates }
    }

    /// The folded phrases that may name a heading, in order.
    fn phrases(&self, heading: &Heading) -> Vec<usize> {
        let Some(phrases) = &heading.phrases else { return self.leaf.folded.clone() };
        let there = phrases.iter().filter(|it| self.leaf.folded.binary_search(it).is_ok());
        let mut all: Vec<usize> = there.chain(&self.with_de).copied().collect();
        all.sort_unstable();
        all
    }

    fn name(&self, index: &Index<'_>, section: usize) -> Named {
        let Some(heading) = index.headings().get(section) else { return Ok(None) };
        let needles = index.needles();
        let phrases = self.phrases(heading);
        let folded = phrases.iter().filter_map(|at| needles.folded.get(*at));
        if let Some(range) = folded.filter_map(|name| heading.find(name)).min_by_key(|range| range.start) {
            return Ok(Some(index.folded().source(range)));
        }
        if let Some(span) = self.as_written(index, section) {
            return Ok(Some(span));
        }
        for texts in &self.templates {
            let texts = texts.as_ref().map_err(Unknown::clone)?;
            if let Some(range) = texts.iter().find_map(|text| heading.find(text)) {
                return Ok(Some(index.folded().source(range)));
            }
        }
        Ok(None)
    }

    /// Exact phrases and regexes look at the heading's words as they stand, without the number.
    fn as_written(&self, index: &Index<'_>, section: usize) -> Option<Span> {
        let heading = &index.document.sections.get(section)?.heading;
        let here = |paragraphs: &[usize]| paragraphs.binary_search(&heading.paragraph).is_ok();
        let mut regexes = self.regexes.iter().filter(|(_, paragraphs)| here(paragraphs)).map(|(it, _)| it).peekable();
        if self.leaf.exact.is_empty() && regexes.peek().is_none() {
            return None;
        }
        let words = index.document.heading_words(section);
        let exact = self.leaf.exact.iter().filter_map(|at| index.needles().exact.get(*at));
        let mut ranges = exact.filter_map(|text| words.find(text.as_str()).map(|at| at..at + text.len()));
        let range = ranges.next().or_else(|| regexes.find_map(|it| matches(it, &words).next()))?;
        let base = index.joined().view(heading.words).start;
        Some(index.joined().source(range.start + base..range.end + base))
    }
}

impl Index<'_> {
    /// For each section whether its heading names the leaf.
    fn named(&self, leaf: usize, scope: usize) -> Rc<[Named]> {
        if let Some(known) = self.names.borrow().get(&(leaf, scope)) {
            return Rc::clone(known);
        }
        let named: Rc<[Named]> = match self.needles().leaves.get(leaf) {
            Some(leaf) => {
                let wanted = Wanted::of(self, leaf, scope);
                (0..self.document.sections.len()).map(|section| wanted.name(self, section)).collect()
            }
            None => Rc::default(),
        };
        self.names.borrow_mut().insert((leaf, scope), Rc::clone(&named));
        named
    }

    /// What a template stands for, folded.
    fn template_texts(&self, phrase: &Phrase, scope: usize) -> Result<Vec<String>, Unknown> {
        let Some(scope) = self.plan.scopes.get(scope) else { return Ok(Vec::new()) };
        let texts = scope.values.texts(phrase, &self.document.facts)?;
        Ok(texts.iter().map(|text| fold(text)).collect())
    }
}
