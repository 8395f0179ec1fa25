//! Page numbers, and what stands at the head or foot of most pages: no text of the report.

use std::collections::BTreeMap;

use super::{Item, Laid};
use crate::outline::is_furniture;

/// So many lines at either end of a page may be furniture.
const ENDS: usize = 3;
/// A head or foot lies this near the edge, as a share of the page.
const EDGE: f64 = 0.15;

/// Takes furniture off all pages.
pub fn remove(pages: &mut [Laid]) {
    let repeated = repeated(pages);
    for page in pages {
        let height = page.height;
        for backwards in [false, true] {
            for _ in 0..ENDS {
                let at = if backwards { page.items.len().checked_sub(1) } else { Some(0) };
                let furniture = at.and_then(|at| page.items.get(at)).and_then(|it| line(it, height)).is_some_and(
                    |(text, place)| is_page_number(&text) || repeated.contains_key(&(pattern(&text), place)),
                );
                match at {
                    Some(at) if furniture => drop(page.items.remove(at)),
                    _ => break,
                }
            }
        }
    }
}

/// What stands near the edge of more than half of the pages, at the same height; figures may differ.
fn repeated(pages: &[Laid]) -> BTreeMap<(String, i64), usize> {
    let mut counts = BTreeMap::new();
    for page in pages {
        let last = page.items.len().saturating_sub(ENDS);
        let ends = page.items.iter().enumerate().filter(|(at, _)| *at < ENDS || *at >= last);
        for (text, place) in ends.filter_map(|(_, it)| line(it, page.height)) {
            *counts.entry((pattern(&text), place)).or_default() += 1;
        }
    }
    counts.retain(|_, count| *count >= 3 && *count * 2 > pages.len());
    counts
}

/// A line near an edge, and its height to four points.
fn line(item: &Item, height: f64) -> Option<(String, i64)> {
    let Item::Line(line) = item else { return None };
    let near = line.y < height * EDGE || line.y > height * (1.0 - EDGE);
    near.then(|| (line.text.chars().filter(|c| !c.is_whitespace()).collect(), (line.y / 4.0).round() as i64))
}

fn pattern(text: &str) -> String {
    text.chars().map(|c| if c.is_numeric() { '#' } else { c }).collect()
}

/// `— 3 —`, `3`, `第3页共9页`, `3/9`, `Page 3 of 9`.
fn is_page_number(text: &str) -> bool {
    let bare = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '-' | '—' | '－' | '·' | '０'..='９'));
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    let named = text.strip_prefix("Page").is_some_and(|it| it.chars().all(|c| c.is_ascii_digit() || "of".contains(c)));
    (bare || named || is_furniture(text) && text.chars().count() <= 12) && (1..=8).contains(&digits)
}
