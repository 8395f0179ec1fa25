//! The counts and percentages of a sentence, each count with the words it belongs to.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::claim::pattern::constant;
use crate::numbers::numerals::{Numeral, numerals, unit};
use crate::source::slice;
use crate::span::Span;

/// How many characters before and behind a count are taken for what it counts.
const MAX_THING_CHARS: usize = 20;

/// A number of things.
#[derive(Debug, Clone)]
pub(super) struct Count<'a> {
    pub numeral: Numeral,
    /// The measure word: counts with different ones are no parts of each other.
    pub unit: &'a str,
    /// The words before it back to the last mark or count: what is counted.
    pub before: &'a str,
    /// The words behind it up to the next mark or count.
    pub behind: &'a str,
}

impl Count<'_> {
    /// Where its measure word ends.
    pub(super) fn end(&self) -> usize {
        self.numeral.range.end + self.unit.len()
    }
}

/// A sentence with its figures.
#[derive(Debug)]
pub(super) struct Said<'a> {
    pub range: Range<usize>,
    pub counts: Vec<Count<'a>>,
    pub percents: Vec<Numeral>,
}

/// How many counts before and behind a percentage may be meant.
const MAX_AHEAD: usize = 24;
const MAX_BEHIND: usize = 8;

/// 审结1,198件（含旧存）: how many of them were left from before is not told.
static UNTOLD: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        "(?:含|包括|加上)[^，。；）)0-9０-９]{0,12}(?:结转|旧存|存案|积存|往年|历年|遗留)[^，。；）)0-9０-９]{0,8}(?:[，。；）)]|$)",
    )
});

impl<'a> Said<'a> {
    /// Whether an unknown number of cases comes on top of those counted.
    pub(super) fn has_untold_rest(&self, text: &str) -> bool {
        UNTOLD.is_match(slice(text, Span::from(self.range.clone())))
    }

    /// The counts round a place.
    pub(super) fn near(&self, at: usize) -> &[Count<'a>] {
        let next = self.counts.partition_point(|it| it.numeral.range.start < at);
        let until = (next + MAX_BEHIND).min(self.counts.len());
        self.counts.get(next.saturating_sub(MAX_AHEAD)..until).unwrap_or_default()
    }
}

/// The sentences of a paragraph with their figures.
pub(super) fn said(text: &str, sentences: Vec<Range<usize>>) -> Vec<Said<'_>> {
    let mut figures = numerals(text).into_iter().peekable();
    let mut said = Vec::new();
    for range in sentences {
        let mut it = Said { range, counts: Vec::new(), percents: Vec::new() };
        let mut after = it.range.start;
        while let Some(numeral) = figures.next_if(|numeral| numeral.range.start < it.range.end) {
            let end = numeral.range.end;
            if numeral.percent {
                if !slice(text, Span::new(end, text.len())).starts_with("的") {
                    it.percents.push(numeral);
                }
            } else if let Some(count) = count(text, numeral, after, it.range.end) {
                it.counts.push(count);
            }
            after = end;
        }
        said.push(it);
    }
    said
}

fn count(text: &str, numeral: Numeral, after: usize, until: usize) -> Option<Count<'_>> {
    let Range { start, end } = numeral.range;
    let unit = unit(text, end);
    let rest = slice(text, Span::new(end, until));
    let behind = rest.strip_prefix(unit).unwrap_or(rest);
    let closed = rest.starts_with(|c: char| "，。；、：）)！,;".contains(c)) || rest.is_empty();
    // A stay of 3.57天 is no share of anything, nor are 5个百分点.
    let other = matches!(unit, "天" | "轮")
        || behind.starts_with("百分点")
        || rest.starts_with(['岁', '周', '倍', '折', '个'].as_slice()) && unit.is_empty();
    if other || unit.is_empty() && !closed {
        return None;
    }
    let before = slice(text, Span::new(after, start));
    let before = before.rsplit(is_mark).next().unwrap_or_default();
    let skipped = before.chars().count().saturating_sub(MAX_THING_CHARS);
    let before = before.char_indices().nth(skipped).map_or("", |(at, _)| slice(before, Span::new(at, before.len())));
    let stop = behind.char_indices().take(MAX_THING_CHARS).find(|(_, c)| is_mark(*c) || c.is_ascii_digit());
    let stop = stop.or_else(|| behind.char_indices().nth(MAX_THING_CHARS)).map_or(behind.len(), |(at, _)| at);
    Some(Count { numeral, unit, before, behind: slice(behind, Span::new(0, stop)) })
}

/// The marks that part one counted thing from the next.
pub(super) fn is_mark(c: char) -> bool {
    "，。；：、！？,;:（）()".contains(c)
}
