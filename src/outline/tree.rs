//! Levels: which style of heading stands under which, and so which section is nested in which.

use std::collections::BTreeMap;

use super::heading::{Found, Key};
use super::numbering::STYLES;
use crate::document::NumberStyle;

/// Room between two styles of numbers, for headings without a number above and below.
const STEP: usize = 8;

/// The level of each heading, from 1, and the heading it is nested in. `bare[i]` says that no text stands between
/// heading i and the next.
pub fn levels(headings: &[Found], bare: &[bool]) -> Vec<(u32, Option<usize>)> {
    let keys = unified(headings);
    let ranks = ranks(headings, &keys, bare);
    let mut open: Vec<usize> = Vec::new();
    let mut found = Vec::with_capacity(headings.len());
    for (at, rank) in ranks.iter().enumerate() {
        while open.last().is_some_and(|it| ranks[*it] >= *rank) {
            open.pop();
        }
        let parent = open.last().copied();
        open.push(at);
        found.push((u32::try_from(open.len()).unwrap_or(u32::MAX), parent));
    }
    found
}

/// The keys, where a style that has a given level somewhere has it everywhere: a forgotten `##` changes nothing.
fn unified(headings: &[Found]) -> Vec<Key> {
    let mut given = [0_u8; STYLES];
    for key in headings.iter().map(|it| it.key).rev() {
        if let Some(style) = key.style.filter(|_| key.given > 0) {
            given[style as usize] = key.given;
        }
    }
    let lift = |key: Key| match key.style {
        Some(style) if key.given == 0 => Key { given: given[style as usize], ..key },
        _ => key,
    };
    headings.iter().map(|it| lift(it.key)).collect()
}

/// What is compared to order styles: the given level first, plain text under all of them.
fn order_of(key: Key) -> Order {
    (if key.given == 0 { u8::MAX } else { key.given }, key.style)
}

/// A rank for each heading: the smaller, the higher.
fn ranks(headings: &[Found], keys: &[Key], bare: &[bool]) -> Vec<usize> {
    let order = styles(headings, keys);
    let rank_of = |key: Key| order.iter().position(|it| *it == order_of(key)).map_or(0, |at| (at + 1) * STEP);
    let numbered: Vec<usize> =
        keys.iter().map(|key| if key.style.is_some() || key.given > 0 { rank_of(*key) } else { 0 }).collect();
    let plain = Plain { headings, ranks: &numbered, bare };
    let (usual, topic) = plain.ranks();
    let rank = |(at, rank): (usize, &usize)| match rank {
        0 if headings[at].key.usual => usual,
        0 => topic,
        rank => *rank,
    };
    numbered.iter().enumerate().map(rank).collect()
}

/// A style and the level the file gives it.
type Order = (u8, Option<NumberStyle>);

/// The styles in use, highest first: in their usual order, but where the text nests two the other way round.
fn styles(headings: &[Found], keys: &[Key]) -> Vec<Order> {
    let mut order: Vec<Order> =
        keys.iter().filter(|it| it.style.is_some() || it.given > 0).map(|it| order_of(*it)).collect();
    order.sort_unstable();
    order.dedup();
    let nests = nests(headings, keys);
    let nested = |outer: Order, inner: Order| nests.get(&(outer, inner)).copied().unwrap_or(0);
    for _ in 0..order.len() {
        for at in 1..order.len() {
            let (above, below) = (order[at - 1], order[at]);
            if above.0 == below.0 && nested(below, above) > nested(above, below) {
                order.swap(at - 1, at);
            }
        }
    }
    order
}

/// How often a first heading of an inner style follows one of an outer style at once.
fn nests(headings: &[Found], keys: &[Key]) -> BTreeMap<(Order, Order), usize> {
    let mut found = BTreeMap::new();
    for (at, pair) in keys.windows(2).enumerate() {
        if headings[at + 1].marker.is_some_and(|it| it.value == 1) {
            *found.entry((order_of(pair[0]), order_of(pair[1]))).or_default() += 1;
        }
    }
    found
}

/// Headings without number and given level among the others, whose ranks are known; theirs are 0.
struct Plain<'a> {
    headings: &'a [Found],
    ranks: &'a [usize],
    bare: &'a [bool],
}

impl Plain<'_> {
    /// The rank of those with the words of a usual section, and of the others.
    fn ranks(&self) -> (usize, usize) {
        let (has_usual, has_topic) = (self.any(true), self.any(false));
        let usual = self.rank(if has_usual { Some(true) } else { None });
        if has_usual && has_topic && self.nested() {
            return (usual, usual + 1);
        }
        (usual, if has_usual && has_topic { self.rank(Some(false)) } else { usual })
    }

    fn is(&self, at: usize, usual: Option<bool>) -> bool {
        self.ranks.get(at) == Some(&0) && usual.is_none_or(|it| self.headings[at].key.usual == it)
    }

    fn any(&self, usual: bool) -> bool {
        (0..self.ranks.len()).any(|at| self.is(at, Some(usual)))
    }

    /// Whether a topic stands right under a usual section, no text between.
    fn nested(&self) -> bool {
        (1..self.ranks.len()).any(|at| self.bare[at - 1] && self.is(at - 1, Some(true)) && self.is(at, Some(false)))
    }

    /// Where headings without a number belong among the numbered ones.
    fn rank(&self, usual: Option<bool>) -> usize {
        let Some(top) = self.ranks.iter().copied().filter(|it| *it > 0).min() else { return STEP };
        if self.lost_numbers(top) {
            return top;
        }
        let over_top = self.stands_over(top, usual);
        if over_top >= 2 || over_top == 1 && (self.stands_over_bare(top, usual) || self.is_low(top)) {
            return top - 2;
        }
        if usual == Some(true) || over_top == 1 {
            return top;
        }
        self.rank_below(top, usual)
    }

    /// Whether numbers of the highest style are missing where headings without a number stand.
    fn lost_numbers(&self, top: usize) -> bool {
        let (mut last, mut plain) = (0, false);
        for (at, rank) in self.ranks.iter().enumerate() {
            let value = self.headings[at].marker.map_or(0, |it| it.value);
            if *rank == top {
                if plain && value > last + 1 {
                    return true;
                }
                (last, plain) = (value, false);
            }
            plain |= *rank == 0;
        }
        false
    }

    /// How often a first number of that rank follows such a heading.
    fn stands_over(&self, rank: usize, usual: Option<bool>) -> usize {
        (1..self.ranks.len()).filter(|at| self.is_over(*at, rank, usual)).count()
    }

    /// Whether the numbers of a rank are of a style that stands under others by custom: （一）, 1.
    fn is_low(&self, rank: usize) -> bool {
        let style = self.ranks.iter().position(|it| *it == rank).and_then(|at| self.headings[at].key.style);
        style.is_some_and(|it| it > NumberStyle::Chinese)
    }

    fn stands_over_bare(&self, rank: usize, usual: Option<bool>) -> bool {
        (1..self.ranks.len()).any(|at| self.bare[at - 1] && self.is_over(at, rank, usual))
    }

    fn is_over(&self, at: usize, rank: usize, usual: Option<bool>) -> bool {
        let first = self.headings[at].marker.is_some_and(|it| it.value == 1);
        self.ranks[at] == rank && first && self.is(at - 1, usual)
    }

    /// The rank of topics under numbered headings: above the numbers that begin under them, else under the number
    /// they first stand under.
    fn rank_below(&self, top: usize, usual: Option<bool>) -> usize {
        let over =
            (1..self.ranks.len()).filter(|at| self.ranks[*at] > top && self.is_over(*at, self.ranks[*at], usual));
        if let Some(rank) = over.map(|at| self.ranks[at]).min() {
            return rank - 2;
        }
        let first = (0..self.ranks.len()).find(|at| self.is(*at, usual)).unwrap_or(0);
        self.ranks[..first].iter().rev().find(|it| **it > 0).map_or(top, |rank| rank + 2)
    }
}
