//! The article of a page: the stretch of blocks that holds the most running text, and what belongs to it.
//!
//! Nothing here knows a site. Running text counts for a block, links and furniture count against it; the stretch with
//! the highest sum is the heart of the article, and the element around it, as far as that holds no furniture, the
//! whole. The title often stands outside: it is known by what the page says it is called.

use super::page::{Block, Page};
use super::title;
use crate::facts::signed;
use crate::outline::is_furniture;

/// A page with less running text than this many characters has no article, unless it has nothing else either.
const LEAST: i64 = 60;

/// What a block says for being part of the article.
struct Weighed<'a> {
    block: &'a Block,
    weight: i64,
}

/// The blocks of the article; `None` where a page has none.
pub fn find(page: &Page) -> Option<Vec<&Block>> {
    let blocks: Vec<Weighed<'_>> = page.blocks.iter().map(|block| Weighed { block, weight: weight(block) }).collect();
    let (heart, sum) = heaviest(&blocks);
    if sum < LEAST {
        let bare = !blocks.is_empty() && blocks.iter().all(|it| it.weight >= -1);
        return bare.then(|| page.blocks.iter().collect());
    }
    let container = climb(page, &blocks, container(page, blocks.get(heart.clone())?)?);
    let inside = |it: &Weighed<'_>| page.ancestry(it.block.within).any(|up| up == container);
    let kept = |(at, it): &(usize, &Weighed<'_>)| inside(it) && is_kept(it, heart.contains(at));
    let mut kept: Vec<usize> = blocks.iter().enumerate().filter(kept).map(|(at, _)| at).collect();
    kept.retain(|at| *at >= heart.start || !blocks.get(*at).is_some_and(|it| it.block.texts().any(is_moment)));
    let mut kept = extend(&blocks, &heart, kept);
    if let Some(at) = title::find(page, &kept) {
        kept.insert(0, at);
    }
    Some(kept.into_iter().filter_map(|at| page.blocks.get(at)).collect())
}

/// Adds what stands outside the box, where a stray end tag closed it too early: the rest of the heart up to what speaks
/// against itself, and the lines that sign.
fn extend(blocks: &[Weighed<'_>], heart: &std::ops::Range<usize>, kept: Vec<usize>) -> Vec<usize> {
    let (Some(first), Some(last)) = (kept.first().copied(), kept.last().copied()) else { return kept };
    let speaks = |at: &usize| blocks.get(*at).is_some_and(|it| it.weight >= -1);
    let signed = |at: &usize| heart.contains(at) || blocks.get(*at).is_some_and(signs);
    let mut before: Vec<usize> = (heart.start..first).rev().take_while(speaks).collect();
    before.reverse();
    let behind = (last + 1..blocks.len()).take_while(|at| speaks(at) && signed(at));
    before.into_iter().chain(kept).chain(behind).collect()
}

/// How much a block speaks for the article: its running text; against it links, furniture and what the page itself
/// sets apart. Headings and short lines say little either way.
fn weight(block: &Block) -> i64 {
    let (chars, linked) = (block.chars as i64, block.linked as i64);
    let plain = chars - linked;
    if block.site {
        -50 - chars
    } else if linked * 2 > chars {
        -10 - linked
    } else if is_furniture_block(block) {
        -15
    } else if block.texts().any(is_running) && plain >= 10 {
        plain
    } else {
        -1
    }
}

fn is_running(text: &str) -> bool {
    text.contains(['，', '。', '；', '：'])
}

fn is_furniture_block(block: &Block) -> bool {
    block.chars <= 120 && block.texts().any(|it| is_furniture(it.trim()) || is_moment(it) && it.contains(':'))
}

/// `2025-01-22 09:18`: when a page was put up, as programs write it; without an hour it may also be the date of a
/// signature.
fn is_moment(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let marks = text.chars().filter(|c| matches!(c, '-' | '/' | ':')).count();
    digits >= 6
        && marks >= 2
        && text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "-/:：时间日期".contains(c))
}

/// The stretch with the highest sum, and that sum.
fn heaviest(blocks: &[Weighed<'_>]) -> (std::ops::Range<usize>, i64) {
    let (mut best, mut most) = (0..0, 0);
    let (mut start, mut sum) = (0, 0);
    for (at, it) in blocks.iter().enumerate() {
        sum += it.weight;
        if sum <= 0 {
            (start, sum) = (at + 1, 0);
        } else if sum > most {
            (best, most) = (start..at + 1, sum);
        }
    }
    (best, most)
}

/// The smallest box that holds three quarters of the running text of a stretch.
fn container(page: &Page, heart: &[Weighed<'_>]) -> Option<usize> {
    let all: i64 = heart.iter().map(|it| it.weight.max(0)).sum();
    let mut held = std::collections::BTreeMap::new();
    for it in heart.iter().filter(|it| it.weight > 0) {
        for up in page.ancestry(it.block.within).filter(|up| !page.is_leaf(*up)) {
            *held.entry(up).or_insert(0) += it.weight;
        }
    }
    // Elements are numbered in the order they begin, so that of two that hold as much the later one is the inner one.
    held.into_iter().rfind(|(_, sum)| sum * 4 >= all * 3).map(|(element, _)| element)
}

/// The largest box round the article that adds nothing that speaks against it.
fn climb(page: &Page, blocks: &[Weighed<'_>], container: usize) -> usize {
    let mut foreign = vec![container];
    for it in blocks.iter().filter(|it| it.weight < -1) {
        let path: Vec<usize> = page.ancestry(it.block.within).collect();
        foreign.extend(path);
    }
    foreign.sort_unstable();
    page.ancestry(container)
        .take_while(|up| *up == container || foreign.binary_search(up).is_err())
        .last()
        .unwrap_or(container)
}

/// Whether a block inside the box of the article is kept: in the heart all but what the page sets apart, before and
/// behind it all that does not speak against itself.
fn is_kept(it: &Weighed<'_>, in_heart: bool) -> bool {
    it.weight >= -1 || in_heart && !it.block.site && !is_furniture_block(it.block)
}

/// Whether a block signs an article that it stands right behind: lines that name a body or a date.
fn signs(it: &Weighed<'_>) -> bool {
    let signed = |text: &str| signed::read(text.trim()).is_some();
    it.weight == -1 && it.block.chars <= 60 && it.block.texts().all(signed)
}
