//! A set of titles made ready to find the one that a quotation means.

use std::collections::{BTreeMap, HashMap};

use crate::fold::fold;

mod edit;

use edit::{Edit, ending, is_other};

/// More edits than this make another title.
const MAX_EDITS: usize = 2;

/// How many titles equally near are named beside the first.
const MAX_OTHERS: usize = 3;

/// Titles, compiled once for all reports.
#[derive(Debug, Clone, Default)]
pub struct Titles {
    entries: Vec<Entry>,
    /// The normal forms, which quotations that are right are equal to.
    exact: HashMap<String, usize>,
    /// The entries by the length of their normal form.
    by_length: BTreeMap<usize, Vec<usize>>,
}

#[derive(Debug, Clone)]
struct Entry {
    /// As the set has it, without what may be left out.
    core: String,
    /// What it is compared by.
    letters: Vec<char>,
    bag: u128,
}

/// What a quotation is to the set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// One of the titles, as the set writes it.
    Equal(String),
    /// Nearly one of them.
    Near(Near),
    /// Another title.
    Unknown,
}

/// The title that a quotation nearly is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// What should have been written, with the quotation's own 中华人民共和国 and （试行）.
    pub right: String,
    /// Others that are as near.
    pub others: Vec<String>,
    /// The length of the title's normal form.
    pub length: usize,
    /// Whether quotation and title end in the same kind of document: 条例, 规定 …
    pub same_ending: bool,
}

impl Titles {
    /// Makes titles ready.
    pub fn new(titles: &[String]) -> Self {
        let mut made = Titles::default();
        for title in titles {
            let normal = normal(title);
            if normal.is_empty() || made.exact.contains_key(&normal) {
                continue;
            }
            let letters: Vec<char> = normal.chars().collect();
            let index = made.entries.len();
            made.by_length.entry(letters.len()).or_default().push(index);
            made.entries.push(Entry { core: split(title).core.to_owned(), bag: bag(&letters), letters });
            made.exact.insert(normal, index);
        }
        made
    }

    /// What a quotation is to the set.
    pub fn read(&self, written: &str) -> Reading {
        let normal = normal(written);
        if let Some(entry) = self.exact.get(&normal).and_then(|it| self.entries.get(*it)) {
            return Reading::Equal(entry.core.clone());
        }
        let letters: Vec<char> = normal.chars().collect();
        let mut best: Vec<(&Entry, Edit)> = Vec::new();
        for entry in self.candidates(&letters) {
            let Some(edit) = Edit::between(&letters, &entry.letters, MAX_EDITS) else { continue };
            if edit.count * 3 > entry.letters.len() || is_other(&letters, &entry.letters, &edit) {
                continue;
            }
            match best.first().map_or(usize::MAX, |(_, it)| it.count) {
                least if edit.count < least => best = vec![(entry, edit)],
                least if edit.count == least => best.push((entry, edit)),
                _ => {}
            }
        }
        match best.split_first() {
            // Two edits from each of several titles, it is none of them.
            Some(((_, edit), others)) if edit.count == 1 || others.is_empty() => {
                Reading::Near(near(written, &letters, &best))
            }
            _ => Reading::Unknown,
        }
    }

    /// The entries that two edits may reach: of like length and with like characters.
    fn candidates(&self, letters: &[char]) -> impl Iterator<Item = &Entry> {
        let (length, own) = (letters.len(), bag(letters));
        let near = self.by_length.range(length.saturating_sub(MAX_EDITS)..=length + MAX_EDITS);
        let entries = near.flat_map(|(_, it)| it).filter_map(|it| self.entries.get(*it));
        // Each edit puts at most one character in and one out of the bag.
        entries.filter(move |it| (it.bag ^ own).count_ones() as usize <= 2 * MAX_EDITS)
    }
}

fn near(written: &str, letters: &[char], best: &[(&Entry, Edit)]) -> Near {
    let parts = split(written);
    let right = |entry: &Entry| format!("{}{}{}", parts.state, entry.core, parts.note);
    let first = best.first().map(|(entry, _)| *entry);
    Near {
        right: first.map(right).unwrap_or_default(),
        others: best.iter().skip(1).take(MAX_OTHERS).map(|(entry, _)| right(entry)).collect(),
        length: first.map_or(0, |it| it.letters.len()),
        same_ending: first.is_some_and(|it| ending(&it.letters) == ending(letters)),
    }
}

/// Which characters a title has, each as one bit: a quick look at how far two titles can be apart.
fn bag(letters: &[char]) -> u128 {
    letters.iter().fold(0, |bag, c| bag | 1 << (*c as u32 % 128))
}

/// A title with what may be left out of it.
struct Parts<'a> {
    state: &'a str,
    core: &'a str,
    note: &'a str,
}

/// The name of the state, in either script.
const STATES: [&str; 4] = ["中华人民共和国", "中華人民共和國", "中华人民共和國", "中華人民共和国"];
const OPEN: [char; 4] = ['（', '(', '〔', '['];
const CLOSE: [char; 5] = ['）', ')', '〔', '〕', ']'];

fn split(title: &str) -> Parts<'_> {
    let title = title.trim();
    let behind = |state: &&str| title.strip_prefix(*state).is_some_and(|rest| !rest.is_empty());
    let state = STATES.into_iter().find(behind).and_then(|it| title.get(..it.len())).unwrap_or_default();
    let rest = title.strip_prefix(state).unwrap_or(title);
    let core = Some(without_notes(rest)).filter(|it| !it.is_empty()).unwrap_or(rest);
    Parts { state, core, note: rest.strip_prefix(core).unwrap_or_default() }
}

/// A title without the remarks in brackets behind it.
fn without_notes(title: &str) -> &str {
    let mut core = title;
    while let Some(inner) = core.strip_suffix(CLOSE)
        && let Some(open) = inner.rfind(|c| OPEN.contains(&c) || CLOSE.contains(&c))
        && inner.get(open..).is_some_and(|it| it.starts_with(OPEN))
    {
        core = inner.get(..open).unwrap_or_default();
    }
    core
}

/// What titles are compared by: without 中华人民共和国, 关于, （试行）, years, marks; script, width and case folded.
fn normal(title: &str) -> String {
    let core = fold(split(title).core);
    let dated = without_years(&core);
    let bare = if dated.is_empty() { core } else { dated };
    let letters: String = bare.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.strip_prefix("关于").filter(|it| !it.is_empty()).map_or(letters.clone(), str::to_owned)
}

fn without_years(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.chars();
    loop {
        if let Some(behind) = behind_year(rest.as_str()) {
            rest = behind.chars();
            continue;
        }
        match rest.next() {
            Some(c) => kept.push(c),
            None => return kept,
        }
    }
}

/// What follows the year that a text begins with: 2024, 2024年, 二〇二四年度.
fn behind_year(text: &str) -> Option<&str> {
    const FIGURES: &str = "〇零一二三四五六七八九";
    if !text.starts_with(['1', '2', '一', '二']) {
        return None;
    }
    let (end, last) = text.char_indices().nth(3)?;
    let (year, rest) = text.split_at_checked(end + last.len_utf8())?;
    let arabic = year.starts_with("19") || year.starts_with("20");
    let figures = if arabic { "0123456789" } else { FIGURES };
    if !year.chars().all(|c| figures.contains(c)) {
        return None;
    }
    Some(rest.strip_prefix('年').map_or(rest, |it| it.strip_prefix('度').unwrap_or(it)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_compared_by_what_tells_them_apart() {
        for (title, due) in [
            ("中华人民共和国行政处罚法", "行政处罚法"),
            ("中華人民共和國行政處罰法（修訂）", "行政处罚法"),
            ("中华人民共和国", "中华人民共和国"),
            ("优化营商环境条例（2020年）〔试行〕", "优化营商环境条例"),
            ("办法（（试行）", "办法"),
            ("（试行）", "试行"),
            ("关于二〇二四年度工作的意见", "工作的意见"),
            ("2021—2025年规划", "规划"),
            ("2024年", "2024年"),
            ("12024年", "1"),
            ("二〇二条例", "二〇二条例"),
            ("2024", "2024"),
            ("", ""),
        ] {
            assert_eq!(normal(title), due, "{title}");
        }
    }
}
