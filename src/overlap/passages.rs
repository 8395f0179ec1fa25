//! The passages that two reports share, letter for letter.

use std::collections::HashMap;
use std::ops::Range;

/// A passage that stands in both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// Its letters in the one that is looked at.
    pub this: Range<usize>,
    /// The same letters in the other.
    pub other: Range<usize>,
}

/// A run of letters may begin at so many places of the other text: more are not tried, so that no text, however often it
/// says the same, takes longer than its length.
const PLACES: usize = 16;

/// The passages of at least `least` letters that stand in both, in the order of `this`, none overlapping another: from
/// each place on the longest, and behind it the next.
pub fn passages(this: &[char], other: &[char], least: usize) -> Vec<Shared> {
    let least = least.max(1);
    let runs = Runs::of(other, least);
    let mut found = Vec::new();
    let mut hashes = Hashes::new(this, least);
    let mut at = 0;
    while let Some(hash) = hashes.at(at) {
        match runs.longest(hash, this, at, other) {
            Some((start, length)) => {
                found.push(Shared { this: at..at + length, other: start..start + length });
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// Where each run of `least` letters begins in a text: the first of all places with that hash, and from each place the
/// next one.
struct Runs {
    first: HashMap<u64, u32>,
    next: Vec<u32>,
    least: usize,
}

/// No further place.
const NONE: u32 = u32::MAX;

impl Runs {
    fn of(text: &[char], least: usize) -> Runs {
        let count = (text.len() + 1).saturating_sub(least);
        let mut runs = Runs { first: HashMap::with_capacity(count), next: vec![NONE; count], least };
        let mut hashes = Hashes::new(text, least);
        let all: Vec<u64> = (0..count).map_while(|at| hashes.at(at)).collect();
        // From the back, so that of many places the first come first.
        for (at, hash) in all.into_iter().enumerate().rev() {
            let here = u32::try_from(at).unwrap_or(NONE);
            if let (Some(behind), Some(next)) = (runs.first.insert(hash, here), runs.next.get_mut(at)) {
                *next = behind;
            }
        }
        runs
    }

    /// The longest passage that begins at a place of `this`: where it begins in `other`, and its length.
    fn longest(&self, hash: u64, this: &[char], at: usize, other: &[char]) -> Option<(usize, usize)> {
        let mine = this.get(at..).unwrap_or_default();
        let places = std::iter::successors(self.first.get(&hash).copied(), |it| self.next.get(*it as usize).copied());
        let mut best: Option<(usize, usize)> = None;
        for start in places.take_while(|it| *it != NONE).take(PLACES).map(|it| it as usize) {
            let theirs = other.get(start..).unwrap_or_default();
            let length = mine.iter().zip(theirs).take_while(|(one, other)| one == other).count();
            if length >= self.least && best.is_none_or(|(_, known)| known < length) {
                best = Some((start, length));
            }
        }
        best
    }
}

/// The hashes of all runs of so many letters, each made from the one before it.
struct Hashes<'a> {
    text: &'a [char],
    length: usize,
    /// What the letter that leaves a run counts for.
    leaving: u64,
    here: usize,
    hash: u64,
}

/// An odd number with bits all over.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

impl<'a> Hashes<'a> {
    fn new(text: &'a [char], length: usize) -> Self {
        let leaving = (1..length).fold(1_u64, |power, _| power.wrapping_mul(BASE));
        let hash = text.iter().take(length).fold(0_u64, |hash, c| step(hash, *c));
        Hashes { text, length, leaving, here: 0, hash }
    }

    /// The hash of the run that begins at a place; places are to be asked for in order.
    fn at(&mut self, at: usize) -> Option<u64> {
        self.text.get(at..at + self.length)?;
        while self.here < at {
            let (gone, new) = (self.text.get(self.here)?, self.text.get(self.here + self.length)?);
            let rest = self.hash.wrapping_sub(value(*gone).wrapping_mul(self.leaving));
            self.hash = step(rest, *new);
            self.here += 1;
        }
        Some(self.hash)
    }
}

fn step(hash: u64, c: char) -> u64 {
    hash.wrapping_mul(BASE).wrapping_add(value(c))
}

fn value(c: char) -> u64 {
    (u64::from(u32::from(c)) + 1).wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

/// The hashes of all runs of so many letters of a text, in order.
pub(super) fn hashes(text: &[char], length: usize) -> impl Iterator<Item = u64> + '_ {
    let mut hashes = Hashes::new(text, length);
    (0..(text.len() + 1).saturating_sub(length)).map_while(move |at| hashes.at(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(this: &str, other: &str, least: usize) -> Vec<String> {
        let [this, other]: [Vec<char>; 2] = [this, other].map(|it| it.chars().collect());
        let found = passages(&this, &other, least);
        for it in &found {
            assert_eq!(this[it.this.clone()], other[it.other.clone()]);
        }
        found.iter().map(|it| this[it.this.clone()].iter().collect()).collect()
    }

    #[test]
    fn the_longest_passages_are_found_wherever_they_stand() {
        let cases: [(&str, &str, usize, &[&str]); 8] = [
            ("甲乙丙丁戊己", "甲乙丙丁戊己", 3, &["甲乙丙丁戊己"]),
            ("甲乙丙X丁戊己", "丁戊己Y甲乙丙", 3, &["甲乙丙", "丁戊己"]),
            ("甲乙丙丁", "甲乙X丙丁", 3, &[]),
            ("甲乙丙丁", "甲乙X甲乙丙Y甲乙丙丁", 2, &["甲乙丙丁"]),
            ("甲乙", "甲乙丙", 3, &[]),
            ("", "甲", 1, &[]),
            ("甲甲甲甲甲", "甲甲甲", 2, &["甲甲甲", "甲甲"]),
            ("甲乙甲乙", "甲乙", 2, &["甲乙", "甲乙"]),
        ];
        for (this, other, least, found) in cases {
            assert_eq!(shown(this, other, least), found, "{this} {other}");
        }
    }

    #[test]
    fn texts_that_repeat_themselves_take_no_longer() {
        let one = "甲".repeat(300_000);
        let other = format!("{}乙", "甲".repeat(40)).repeat(7_000);
        assert!(shown(&one, &other, 20).len() >= 7_000);
        assert_eq!(shown(&one, &one, 20).len(), 1);
    }

    proptest! {
        /// Each letter that stands in some run that both have is in a passage, and no other.
        #[test]
        fn passages_cover_what_is_in_common(this in "[甲乙丙]{0,40}", other in "[甲乙丙]{0,40}", least in 1..5_usize) {
            let [this, other]: [Vec<char>; 2] = [&this, &other].map(|it| it.chars().collect());
            let found = passages(&this, &other, least);
            let mut last = 0;
            for it in &found {
                prop_assert!(it.this.start >= last && it.this.len() >= least);
                prop_assert_eq!(&this[it.this.clone()], &other[it.other.clone()]);
                last = it.this.end;
            }
            for at in 0..this.len().saturating_sub(least - 1) {
                let run = &this[at..at + least];
                // What begins inside a passage may go on past its end: then its letters up to there are covered.
                if other.windows(least).any(|it| it == run) {
                    prop_assert!(found.iter().any(|it| it.this.contains(&at)), "{at} {found:?}");
                }
            }
        }
    }
}
