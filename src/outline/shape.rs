//! How a text is laid out as a whole: wrapped at a column, or a line a paragraph; indented, or not.

use super::line::Line;
use crate::extracted::Layout;

/// Wider lines than this are no wrapping.
const WIDEST: usize = 240;
/// Narrower ones are headings and lists.
const NARROWEST: usize = 30;
/// How far a wrapped line may fall short of the column: a Latin word or a bracket that went to the next line.
const RAGGED: usize = 7;

/// The layout of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shape {
    /// The column at which its lines are wrapped, if they are.
    pub column: Option<usize>,
    /// The indent of a line that goes on.
    pub base: usize,
    /// Whether its paragraphs begin with an indent.
    pub indented: bool,
}

impl Shape {
    /// Looks at all lines.
    pub fn of(lines: &[Line]) -> Shape {
        let column = column(lines);
        let base = if column.is_some() { usual_indent(lines) } else { 0 };
        Shape { column, base, indented: is_indented(lines, base) }
    }

    /// Whether a line is as long as the layout lets it be, so that its end says nothing.
    pub fn is_full(&self, line: &Line) -> bool {
        line.layout == Layout::Line && self.column.is_some_and(|column| line.indent + line.width + RAGGED > column)
    }
}

/// The column where lines end that have not come to an end.
fn column(lines: &[Line]) -> Option<usize> {
    let mut widths = vec![0_usize; WIDEST + 1];
    let (mut all, mut wider) = (0, 0);
    for (at, line) in lines.iter().enumerate().filter(|(_, it)| it.layout == Layout::Line) {
        let width = line.indent + line.width;
        all += 1;
        let goes_on = lines.get(at + 1).is_some_and(|it| it.layout == Layout::Line && it.blank == 0 && it.indent <= line.indent);
        if width > WIDEST {
            wider += 1;
        } else if goes_on && line.marker.is_none() && !line.is_terminated() {
            widths[width] += 1;
        }
    }
    let column = fullest(&widths)?;
    let inside: usize = widths.iter().skip(column.saturating_sub(RAGGED)).take(RAGGED + 1).sum();
    wider += lines.iter().filter(|it| (column + 3..=WIDEST).contains(&(it.indent + it.width))).count();
    (column >= NARROWEST && inside >= 3 && inside * 5 >= all && wider * 10 <= all).then_some(column)
}

/// The right end of the narrow band of widths that holds most lines; the wider of two.
fn fullest(widths: &[usize]) -> Option<usize> {
    let mut inside = 0;
    let mut best = None;
    for (width, count) in widths.iter().enumerate() {
        inside += count;
        inside -= width.checked_sub(RAGGED + 1).map_or(0, |left| widths[left]);
        if inside > 0 && *count > 0 && best.is_none_or(|(most, _)| inside >= most) {
            best = Some((inside, width));
        }
    }
    best.map(|(_, width)| width)
}

/// The indent that at least a fifth of the lines do not exceed.
fn usual_indent(lines: &[Line]) -> usize {
    let mut indents: Vec<usize> = lines.iter().filter(|it| it.layout == Layout::Line).map(|it| it.indent).collect();
    indents.sort_unstable();
    indents.get(indents.len() / 5).copied().unwrap_or(0)
}

/// Whether most lines that begin a paragraph for another reason are indented too.
fn is_indented(lines: &[Line], base: usize) -> bool {
    let begins = lines.windows(2).filter(|pair| pair[0].is_terminated() && pair[1].layout == Layout::Line);
    let (mut all, mut indented) = (0, 0);
    for pair in begins {
        all += 1;
        indented += usize::from(pair[1].indent > base + 1);
    }
    all > 0 && indented * 2 > all
}
