//! Pages of glyphs with their places, to paragraphs: what PDF and OFD have in common.
//!
//! A page says where each character stands and nothing else. Rows of glyphs make lines; the rules drawn on a page make
//! cells; a wide gap that goes down a page parts columns; what stands on most pages at the same height is no text of
//! the report; and from the indents, the ends and the distances of the lines it follows which of them are one
//! paragraph.

use crate::document::Lost;
use crate::extracted::Extracted;

mod cells;
mod columns;
mod fault;
mod furniture;
mod line;
mod margins;
mod paragraph;
mod radical;

pub use cells::Rule;
pub use fault::{Counts, Fault, MOST_GLYPHS, MOST_PAGES, MOST_STEPS};
pub use line::Line;

/// Characters that a font gives a meaning of its own: what they show is not known.
pub const fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{FFFD}' | '\u{F0000}'..='\u{10FFFF}' | '\0'..='\u{8}')
}

/// A character on a page; the origin is the top left corner, the unit a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// What it shows.
    pub c: char,
    /// Where its base line begins.
    pub x: f64,
    /// How far down its base line lies.
    pub y: f64,
    /// The size of its font.
    pub size: f64,
    /// How far behind it the next one begins.
    pub advance: f64,
    /// How it is turned, in quarters clockwise; `None` where it stands askew.
    pub turn: Option<u8>,
}

/// A page as it is drawn.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
    /// The characters on it.
    pub glyphs: Vec<Glyph>,
    /// The straight lines drawn on it.
    pub rules: Vec<Rule>,
}

/// What stands on a page, in reading order.
#[derive(Debug, Clone)]
pub struct Laid {
    /// How high it is.
    pub height: f64,
    /// Its lines and cells.
    pub items: Vec<Item>,
}

/// A line, or a cell of a table.
#[derive(Debug, Clone)]
pub enum Item {
    /// A line of running text.
    Line(Line),
    /// A cell, with its lines.
    Cell(Vec<Line>),
}

impl Item {
    /// How far down it begins.
    pub fn top(&self) -> f64 {
        match self {
            Item::Line(line) => line.y,
            Item::Cell(lines) => lines.first().map_or(0.0, |it| it.y),
        }
    }
}

impl Laid {
    /// Its lines of running text.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.items.iter().filter_map(|it| match it {
            Item::Line(line) => Some(line),
            Item::Cell(_) => None,
        })
    }
}

impl Page {
    /// Its lines and cells, in reading order.
    pub fn lay(self) -> Laid {
        let page = line::upright(self);
        let (cells, free) = cells::sort(&page);
        let mut items: Vec<Item> = columns::order(line::rows(free)).into_iter().map(Item::Line).collect();
        for cell in cells {
            let lines = columns::order(line::rows(cell));
            let Some(top) = lines.first().map(|it| it.y) else { continue };
            let at = items.iter().rposition(|it| it.top() <= top).map_or(0, |it| it + 1);
            items.insert(at, Item::Cell(lines));
        }
        Laid { height: page.height, items }
    }
}

/// Makes paragraphs of all pages.
pub fn compose(mut pages: Vec<Laid>, lost: Lost) -> Extracted {
    radical::replace(&mut pages);
    furniture::remove(&mut pages);
    margins::set(&mut pages);
    paragraph::compose(pages, lost)
}
