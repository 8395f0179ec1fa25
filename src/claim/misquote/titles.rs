//! A set of titles made ready to find the one that a quotation means.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use regex::Regex;

use super::edit::{Edit, ending, is_other};
use crate::claim::pattern::constant;
use crate::fold::fold;

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
pub(super) enum Reading {
    /// One of the titles, as the set writes it.
    Equal(String),
    /// Nearly one of them.
    Near(Near),
    /// Another title.
    Unknown,
}

/// The title that a quotation nearly is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Near {
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
    pub(super) fn read(&self, written: &str) -> Reading {
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

fn split(title: &str) -> Parts<'_> {
    static STATE: LazyLock<Regex> = LazyLock::new(|| constant("^[中][华華]人民共和[国國]"));
    static NOTE: LazyLock<Regex> = LazyLock::new(|| constant("(?:[（(〔\\[][^（）()〔〕\\[\\]]*[）)〕\\]])+$"));
    let title = title.trim();
    let state = STATE.find(title).filter(|it| it.end() < title.len()).map_or("", |it| it.as_str());
    let rest = title.strip_prefix(state).unwrap_or(title);
    let note = NOTE.find(rest).filter(|it| it.start() > 0).map_or("", |it| it.as_str());
    Parts { state, core: rest.strip_suffix(note).unwrap_or(rest), note }
}

/// What titles are compared by: without 中华人民共和国, 关于, （试行）, years, marks; script, width and case folded.
fn normal(title: &str) -> String {
    static YEAR: LazyLock<Regex> =
        LazyLock::new(|| constant("(?:(?:19|20)[0-9]{2}|[一二][〇零一二三四五六七八九]{3})(?:年度?)?"));
    let core = fold(split(title).core);
    let dated = YEAR.replace_all(&core, "");
    let bare = if dated.is_empty() { core.as_str() } else { &dated };
    let marks = |c: char| !c.is_alphanumeric();
    let letters: String = bare.chars().filter(|c| !marks(*c)).collect();
    letters.strip_prefix("关于").filter(|it| !it.is_empty()).map_or(letters.clone(), str::to_owned)
}
