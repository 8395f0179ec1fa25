//! An object on a page of an OFD file: where it stands, how it is turned, and its characters.

use super::page::{Code, POINTS};
use crate::read::pages::{Glyph, is_private};
use crate::read::xml::Tag;

/// An object.
#[derive(Debug, Clone)]
pub struct Object {
    /// Its upper left corner.
    corner: (f64, f64),
    /// How what is in it is turned, stretched and moved.
    matrix: [f64; 6],
    /// The size of its characters.
    size: f64,
    visible: bool,
    /// Where the characters last written began.
    start: (f64, f64),
}

impl Object {
    /// An object as its tag says.
    pub fn of(tag: &Tag<'_>) -> Object {
        let list = |name: &str| -> Vec<f64> {
            let text = tag.get(name).unwrap_or_default();
            text.split_whitespace().filter_map(|it| it.parse().ok()).filter(|it: &f64| it.is_finite()).collect()
        };
        let boundary = list("Boundary");
        let corner = (boundary.first().copied().unwrap_or(0.0), boundary.get(1).copied().unwrap_or(0.0));
        let matrix = list("CTM").try_into().unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
        let size = list("Size").first().copied().unwrap_or(0.0);
        let visible = tag.get("Visible").as_deref() != Some("false");
        Object { corner, matrix, size, visible, start: (0.0, 0.0) }
    }

    /// A place in the object as a place on the page, in points.
    pub fn place(&self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.matrix;
        ((self.corner.0 + a * x + c * y + e) * POINTS, (self.corner.1 + b * x + d * y + f) * POINTS)
    }

    /// Writes characters, and gives how many of them nobody knows.
    pub fn write(&mut self, code: &Code, said: &str, glyphs: &mut Vec<Glyph>) -> usize {
        let mut unknown = 0;
        let [a, b, c, d, ..] = self.matrix;
        let (mut x, mut y) = (code.start.0.unwrap_or(self.start.0), code.start.1.unwrap_or(self.start.1));
        self.start = (x, y);
        let stretch = a.hypot(b);
        for (at, c_) in said.chars().filter(|c| !matches!(c, '\n' | '\r' | '\t')).enumerate() {
            let step = code.across.get(at).copied();
            let wide = if c_.is_ascii() { self.size / 2.0 } else { self.size };
            let (page_x, page_y) = self.place(x, y);
            let glyph = Glyph {
                c: c_,
                x: page_x,
                y: page_y,
                size: self.size * c.hypot(d) * POINTS,
                advance: step.filter(|it| *it > 0.0).map_or(wide, |it| it.min(wide)) * stretch * POINTS,
                turn: turn(a, b),
            };
            match is_private(c_) {
                true => unknown += 1,
                false if self.visible && glyph.size > 0.0 => glyphs.push(glyph),
                false => {}
            }
            let down = code.down.get(at).copied();
            x += step.unwrap_or(if down.is_some() { 0.0 } else { wide });
            y += down.unwrap_or(0.0);
        }
        unknown
    }
}

/// How text is turned, in quarters clockwise; `None` where it stands askew.
fn turn(a: f64, b: f64) -> Option<u8> {
    match (a.abs() > b.abs() * 10.0, b.abs() > a.abs() * 10.0) {
        (true, _) => Some(if a > 0.0 { 0 } else { 2 }),
        (_, true) => Some(if b > 0.0 { 1 } else { 3 }),
        _ => None,
    }
}
