//! How a text is laid out as a whole: wrapped at a column or a line a paragraph; indented, spaced, or neither.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::line::Line;
use crate::extracted::Layout;
use crate::sentence;

/// Longer lines than this many columns or characters are no wrapping.
const LONGEST: usize = 240;
/// How far a wrapped line may fall short of the column: a Latin word or a bracket that went to the next line.
const RAGGED: usize = 7;

/// The layout of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shape {
    /// The column at which its lines are wrapped, if they are.
    column: Option<usize>,
    /// The number of characters after which they are wrapped, if that is how it was done.
    count: Option<usize>,
    /// The indent of a line that goes on.
    pub base: usize,
    /// Whether its paragraphs begin with an indent.
    pub indented: bool,
    /// Whether blank lines stand between its paragraphs.
    spaced: bool,
}

impl Shape {
    /// Looks at all lines.
    pub fn of(lines: &[Line]) -> Shape {
        let column = limit(lines, |it| it.indent + it.width - hanging(it), 30);
        let count = limit(lines, |it| it.indent.div_ceil(2) + it.chars - hanging(it).div_ceil(2), 15);
        let base = if column.is_some() || count.is_some() { usual_indent(lines) } else { 0 };
        let indented = most_beginnings(lines, |it| it.indent > base + 1);
        Shape { column, count, base, indented, spaced: most_beginnings(lines, |it| it.blank > 0) }
    }

    /// Whether lines are wrapped at all.
    pub const fn is_wrapped(&self) -> bool {
        self.column.is_some() || self.count.is_some()
    }

    /// Whether a line is as long as the layout lets it be, so that its end says nothing.
    pub fn is_full(&self, line: &Line) -> bool {
        self.reaches(line, RAGGED)
    }

    /// Whether the break between two lines may be a wrap: the first is full, and the first word of the second did not fit
    /// behind it. Punctuation may hang over the column, so there must be room for one character more.
    pub fn may_wrap(&self, line: &Line, next: &Line) -> bool {
        self.is_full(line) && self.reaches(line, first_word(next.text()).width_cjk() + 2)
    }

    /// Whether a line that ends in 。 does so by chance: it fills the column in a text that sets its paragraphs off.
    pub fn ends_by_chance(&self, line: &Line) -> bool {
        (self.indented || self.spaced) && self.reaches(line, 3)
    }

    fn reaches(&self, line: &Line, ragged: usize) -> bool {
        let column = self.column.is_some_and(|it| line.indent + line.width + ragged > it);
        let count = self.count.is_some_and(|it| line.indent.div_ceil(2) + line.chars + ragged.div_ceil(2) > it);
        line.layout == Layout::Line && (column || count)
    }
}

/// The width of the punctuation at the end of a line, which may hang over the column.
fn hanging(line: &Line) -> usize {
    line.text().chars().rev().take_while(|c| is_mark(*c)).filter_map(UnicodeWidthChar::width_cjk).sum()
}

fn is_mark(c: char) -> bool {
    sentence::closes(c) || "，。、；：！？,.;:!?".contains(c)
}

/// What of a line would have to fit behind the line before: a figure or Latin word, or a character, with the brackets
/// before and the punctuation behind it that stay with it.
fn first_word(text: &str) -> &str {
    let core = text.trim_start_matches(['“', '《', '（', '(', '〈', '‘']);
    let latin = core.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '%' | '-'));
    let rest = if latin.len() < core.len() {
        latin
    } else {
        core.get(core.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default()
    };
    let rest = rest.trim_start_matches(is_mark);
    text.get(..text.len() - rest.len()).unwrap_or_default()
}

/// The length, by some measure, at which lines break off that have not come to an end.
fn limit(lines: &[Line], measure: impl Fn(&Line) -> usize, least: usize) -> Option<usize> {
    let mut lengths = vec![0_usize; LONGEST + 1];
    let mut all = Vec::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, it)| it.layout == Layout::Line) {
        let length = measure(line);
        all.push(length);
        let goes_on =
            lines.get(at + 1).is_some_and(|it| it.layout == Layout::Line && it.blank == 0 && it.indent <= line.indent);
        let text = line.marker.is_none() || line.is_prose();
        if length <= LONGEST && goes_on && text && !line.is_terminated() {
            lengths[length] += 1;
        }
    }
    let length = fullest(&lengths)?;
    let inside: usize = lengths.iter().skip(length.saturating_sub(RAGGED)).take(RAGGED + 1).sum();
    let longer = all.iter().filter(|it| **it > length + 3).count();
    (length >= least && inside >= 3 && inside * 8 >= all.len() && longer * 10 <= all.len()).then_some(length)
}

/// The upper end of the narrow band of lengths that holds most lines; the longer of two.
fn fullest(lengths: &[usize]) -> Option<usize> {
    let mut inside = 0;
    let mut best = None;
    for (length, count) in lengths.iter().enumerate() {
        inside += count;
        inside -= length.checked_sub(RAGGED + 1).map_or(0, |left| lengths[left]);
        if *count > 0 && best.is_none_or(|(most, _)| inside >= most) {
            best = Some((inside, length));
        }
    }
    best.map(|(_, length)| length)
}

/// The indent that at least a fifth of the lines do not exceed.
fn usual_indent(lines: &[Line]) -> usize {
    let mut indents: Vec<usize> = lines.iter().filter(|it| it.layout == Layout::Line).map(|it| it.indent).collect();
    indents.sort_unstable();
    indents.get(indents.len() / 5).copied().unwrap_or(0)
}

/// Whether most lines behind a finished one are set off in some way.
fn most_beginnings(lines: &[Line], set_off: impl Fn(&Line) -> bool) -> bool {
    let begins = lines.windows(2).filter(|pair| pair[0].is_terminated() && pair[1].layout == Layout::Line);
    let (all, off) = begins.fold((0, 0), |(all, off), pair| (all + 1, off + usize::from(set_off(&pair[1]))));
    all > 0 && off * 2 > all
}
