//! Glyphs to lines: what stands on one base line, cut where a gap is too wide for a space.

use super::{Glyph, Page};

/// A gap wider than this many times the size of the font parts what stands on one base line.
const GAP: f64 = 1.5;
/// A gap wider than this between two Chinese characters is a space somebody wanted.
const SPACED: f64 = 0.9;
/// A gap wider than this between two Latin words is a space.
const WORDS: f64 = 0.2;

/// A stretch of text on one base line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it says.
    pub text: String,
    /// Where it begins.
    pub start: f64,
    /// Where it ends.
    pub end: f64,
    /// How far down its base line lies.
    pub y: f64,
    /// The size of most of its characters.
    pub size: f64,
    /// Where the text of its column begins.
    pub left: f64,
    /// Where the text of its column ends.
    pub right: f64,
    /// The number of its column.
    pub column: usize,
}

/// Turns a page so that most of its text stands upright; what does not then is no running text.
pub fn upright(page: Page) -> Page {
    let mut counts = [0_usize; 4];
    for turn in page.glyphs.iter().filter_map(|it| it.turn) {
        counts[usize::from(turn & 3)] += 1;
    }
    let most = (0..4_u8).max_by_key(|it| (counts[usize::from(*it)], 3 - it)).unwrap_or(0);
    let Page { width, height, mut glyphs, mut rules } = page;
    glyphs.retain(|it| it.turn == Some(most));
    let place = |x: f64, y: f64| match most {
        0 => (x, y),
        1 => (y, width - x),
        2 => (width - x, height - y),
        _ => (height - y, x),
    };
    for glyph in &mut glyphs {
        (glyph.x, glyph.y) = place(glyph.x, glyph.y);
    }
    rules = rules.into_iter().map(|it| it.moved(place)).collect();
    let (width, height) = if most % 2 == 0 { (width, height) } else { (height, width) };
    Page { width, height, glyphs, rules }
}

/// The rows of some glyphs from top to bottom, each cut into its stretches from left to right.
pub fn rows(mut glyphs: Vec<Glyph>) -> Vec<Vec<Line>> {
    glyphs.sort_by(|one, other| one.y.total_cmp(&other.y));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            Some(row) if row.last().is_some_and(|it| glyph.y - it.y <= 0.35 * it.size.min(glyph.size)) => {
                row.push(glyph)
            }
            _ => rows.push(vec![glyph]),
        }
    }
    rows.into_iter().map(stretches).filter(|it| !it.is_empty()).collect()
}

/// The stretches of one row.
fn stretches(mut row: Vec<Glyph>) -> Vec<Line> {
    row.sort_by(|one, other| one.x.total_cmp(&other.x));
    // Bold type is often made by drawing a character twice.
    row.dedup_by(|next, before| next.c == before.c && (next.x - before.x).abs() < 0.3 * before.size);
    let mut parts: Vec<Vec<Glyph>> = Vec::new();
    let mut end = f64::NEG_INFINITY;
    for glyph in row.into_iter().filter(|it| !it.c.is_control()) {
        let seen = !glyph.c.is_whitespace();
        match parts.last_mut() {
            Some(part) if glyph.x - end <= GAP * glyph.size => part.push(glyph),
            _ if seen => parts.push(vec![glyph]),
            _ => {}
        }
        if seen {
            end = glyph.x + width(&glyph);
        }
    }
    parts.into_iter().filter_map(stretch).collect()
}

/// How wide a character is; where its font does not say, a Latin one is half as wide as a Chinese one.
fn width(glyph: &Glyph) -> f64 {
    match glyph.advance > 0.0 {
        true => glyph.advance,
        false if glyph.c.is_ascii() => glyph.size / 2.0,
        false => glyph.size,
    }
}

fn stretch(mut part: Vec<Glyph>) -> Option<Line> {
    while part.last().is_some_and(|it| it.c.is_whitespace()) {
        part.pop();
    }
    let (first, last) = (*part.first()?, *part.last()?);
    let mut text = String::new();
    let mut before: Option<Glyph> = None;
    for glyph in &part {
        if let Some(before) = before {
            text.extend(std::iter::repeat_n(' ', spaces(&before, glyph)));
        }
        text.push(spaced(glyph.c));
        before = Some(*glyph);
    }
    let (left, right) = (first.x, last.x + width(&last));
    Some(Line { text, start: left, end: right, y: first.y, size: usual_size(&part), left, right, column: 0 })
}

/// How many spaces a gap between two characters stands for that are not spaces themselves.
fn spaces(before: &Glyph, next: &Glyph) -> usize {
    if before.c.is_whitespace() || next.c.is_whitespace() {
        return 0;
    }
    let gap = (next.x - before.x - width(before)) / next.size.max(1.0);
    let latin = before.c.is_ascii_alphanumeric() && next.c.is_ascii_alphanumeric();
    match latin {
        true => usize::from(gap > WORDS),
        false => usize::from(gap > SPACED),
    }
}

/// The size that most characters have.
fn usual_size(part: &[Glyph]) -> f64 {
    let mut sizes: Vec<f64> = part.iter().map(|it| it.size).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
}

/// White space as people type it.
const fn spaced(c: char) -> char {
    match c {
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => ' ',
        c => c,
    }
}
