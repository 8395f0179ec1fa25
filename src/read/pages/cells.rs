//! Tables: the straight lines drawn on a page part what stands in their cells from the running text.

use std::collections::BTreeMap;

use super::{Glyph, Page};

/// With more lines than this a page is a drawing.
const MOST_RULES: usize = 1000;
/// A thicker stroke is no line but a box.
const THICK: f64 = 3.0;
/// A shorter one is a dash or a character.
const SHORT: f64 = 8.0;
/// A cell with more characters than this is a frame round a page.
const MOST_IN_CELL: usize = 600;

/// A straight line, across or down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    x0: f64,
    y0: f64,
    x1: f64,
    y1: f64,
}

impl Rule {
    /// A line, or the long side of a thin box; `None` where it is neither.
    pub fn new(x0: f64, y0: f64, x1: f64, y1: f64) -> Option<Rule> {
        let (x0, x1, y0, y1) = (x0.min(x1), x0.max(x1), y0.min(y1), y0.max(y1));
        let (wide, high) = (x1 - x0, y1 - y0);
        (wide.min(high) <= THICK && wide.max(high) >= SHORT).then_some(Rule { x0, y0, x1, y1 })
    }

    /// The line with its ends moved.
    pub fn moved(self, place: impl Fn(f64, f64) -> (f64, f64)) -> Rule {
        let ((x0, y0), (x1, y1)) = (place(self.x0, self.y0), place(self.x1, self.y1));
        Rule { x0: x0.min(x1), y0: y0.min(y1), x1: x0.max(x1), y1: y0.max(y1) }
    }

    fn is_across(self) -> bool {
        self.x1 - self.x0 > self.y1 - self.y0
    }

    /// How far along the lines of a page reach that end a little early.
    fn spans(from: f64, to: f64, at: f64) -> bool {
        (from - 1.5..=to + 1.5).contains(&at)
    }
}

/// The lines round a place: left, top, right, bottom.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Frame([f64; 4]);

impl Frame {
    /// The frame round a place that has lines on all four sides.
    fn round(rules: &[Rule], x: f64, y: f64) -> Option<Frame> {
        let mut frame = [f64::NEG_INFINITY, f64::NEG_INFINITY, f64::INFINITY, f64::INFINITY];
        for rule in rules {
            if rule.is_across() && Rule::spans(rule.x0, rule.x1, x) {
                (frame[1], frame[3]) = nearer(frame[1], frame[3], rule.y0, y);
            } else if !rule.is_across() && Rule::spans(rule.y0, rule.y1, y) {
                (frame[0], frame[2]) = nearer(frame[0], frame[2], rule.x0, x);
            }
        }
        frame.iter().all(|it| it.is_finite()).then_some(Frame(frame))
    }

    fn holds(&self, x: f64, y: f64) -> bool {
        let Frame([left, top, right, bottom]) = *self;
        (left..right).contains(&x) && (top..bottom).contains(&y)
    }

    /// Frames are told apart to half a point.
    fn key(&self) -> [i64; 4] {
        let Frame([left, top, right, bottom]) = *self;
        [top, left, right, bottom].map(|it| (it * 2.0).round() as i64)
    }
}

/// The bounds below and above a place, after another line was seen.
fn nearer(low: f64, high: f64, line: f64, at: f64) -> (f64, f64) {
    if line <= at { (low.max(line), high) } else { (low, high.min(line)) }
}

/// The glyphs of each cell, from top to bottom and from left to right, and those that stand in none.
pub fn sort(page: &Page) -> (Vec<Vec<Glyph>>, Vec<Glyph>) {
    if page.rules.len() < 4 || page.rules.len() > MOST_RULES {
        return (Vec::new(), page.glyphs.clone());
    }
    let mut cells: BTreeMap<[i64; 4], Vec<Glyph>> = BTreeMap::new();
    let (mut free, mut last) = (Vec::new(), None::<Frame>);
    for glyph in &page.glyphs {
        let (x, y) = (glyph.x + glyph.advance / 2.0, glyph.y - glyph.size * 0.3);
        let frame = last.filter(|it| it.holds(x, y)).or_else(|| Frame::round(&page.rules, x, y));
        match frame {
            Some(frame) => cells.entry(frame.key()).or_default().push(*glyph),
            None => free.push(*glyph),
        }
        last = frame;
    }
    // One cell alone is a box round a text, and a large one a frame round a page.
    let alone = cells.len() < 4;
    let (framed, cells): (Vec<_>, Vec<_>) = cells.into_values().partition(|it| alone || it.len() > MOST_IN_CELL);
    free.extend(framed.into_iter().flatten());
    (cells, free)
}
