//! Lines to paragraphs: a line begins one where it is indented, set apart or larger, or where the one before it ends
//! short of the margin; pages and columns end none.

use unicode_width::UnicodeWidthStr;

use super::{Item, Laid, Line};
use crate::document::{Lost, needs_space};
use crate::extracted::{Extracted, Layout};
use crate::outline::{is_contents, is_numbered, is_terminated};
use crate::read::composed::Composed;

/// An indent is at least this wide, in sizes of the font.
const INDENT: f64 = 0.8;
/// What begins further in stands in the middle or at the right, and is no paragraph's first line.
const FAR: f64 = 4.6;

/// A line and the page it stands on.
struct Placed {
    line: Line,
    page: usize,
}

/// Makes paragraphs of the lines of all pages.
pub fn compose(pages: Vec<Laid>, lost: Lost) -> Extracted {
    let count = pages.len();
    let pitch = pitch(&pages);
    let wide = pitch * if is_indented(&pages) { 1.45 } else { 1.12 };
    let mut writer = Writer { composed: Composed::default(), open: Vec::new(), blank: 0, pitch, wide };
    for (page, laid) in pages.into_iter().enumerate() {
        for item in laid.items {
            match item {
                Item::Line(line) => writer.line(Placed { line, page }),
                Item::Cell(lines) => writer.cell(lines, page),
            }
        }
    }
    writer.flush(Layout::Paragraph);
    writer.composed.begin_pages(count, writer.composed.len());
    writer.composed.finish(lost)
}

struct Writer {
    composed: Composed,
    /// The lines of the paragraph at hand.
    open: Vec<Placed>,
    /// How many lines would fit between it and the one before.
    blank: usize,
    /// The usual distance of two lines, in sizes of the font.
    pitch: f64,
    /// A distance larger than this parts paragraphs.
    wide: f64,
}

impl Writer {
    fn line(&mut self, next: Placed) {
        let gap = self.open.last().map_or(0.0, |it| gap(it, &next));
        if self.open.last().is_none_or(|before| !goes_on(before, &next, gap > self.wide)) {
            self.flush(Layout::Paragraph);
            self.blank = (gap / self.pitch - 0.5).clamp(0.0, 3.0) as usize;
        }
        self.open.push(next);
    }

    fn cell(&mut self, lines: Vec<Line>, page: usize) {
        self.flush(Layout::Paragraph);
        self.open = lines.into_iter().map(|line| Placed { line, page }).collect();
        self.flush(Layout::Cell);
    }

    /// Writes the paragraph at hand, and says where in it pages begin.
    fn flush(&mut self, layout: Layout) {
        let mut text = String::new();
        for Placed { line, page } in self.open.drain(..) {
            if needs_space(&text, &line.text) {
                text.push(' ');
            }
            self.composed.begin_pages(page + 1, self.composed.len() + text.len());
            text += &line.text;
        }
        let blank = if layout == Layout::Paragraph { std::mem::take(&mut self.blank) } else { 0 };
        self.composed.add([text.as_str()], layout, blank);
    }
}

/// How far a line lies below the one before, in sizes of the font; 0 where they stand on two pages or in two columns.
fn gap(before: &Placed, next: &Placed) -> f64 {
    let apart = before.page != next.page || before.line.column != next.line.column;
    if apart { 0.0 } else { ((next.line.y - before.line.y) / next.line.size.max(1.0)).max(0.0) }
}

/// Whether a line belongs to the paragraph of the one before; `set_apart` says that the gap between them is wide.
fn goes_on(before: &Placed, next: &Placed, set_apart: bool) -> bool {
    let (before, next) = (&before.line, &next.line);
    let size = next.size.max(1.0);
    let indent = |line: &Line| (line.start - line.left) / size;
    let resized = (before.size - next.size).abs() > 0.12 * size;
    let far = indent(before) > FAR || indent(next) > FAR;
    let numbered = is_terminated(&before.text) && is_numbered(&next.text);
    if set_apart || resized || far || numbered || is_contents(&before.text) {
        return false;
    }
    let room = (before.right - before.end) / size;
    let full = room <= first_word(&next.text) + 0.6;
    let hanging = !is_terminated(&before.text) && indent(next) > indent(before) + INDENT && !is_numbered(&next.text);
    full && (indent(next) < INDENT || hanging)
}

/// How wide the beginning of a line is that no line break parts, in sizes of the font: a word or figure, or a character,
/// with the brackets before and the punctuation behind it.
fn first_word(text: &str) -> f64 {
    let core = text.trim_start_matches(['“', '‘', '《', '〈', '（', '(', '【', '〔']);
    let word = core.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '%' | '-' | ',')).count();
    let behind = core.chars().skip(word.max(1)).take_while(|c| is_closing(*c)).count();
    let chars = text.chars().count() - core.chars().count() + word.max(1) + behind;
    let first: String = text.chars().take(chars).collect();
    first.width_cjk() as f64 / 2.0
}

const fn is_closing(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '；' | '：' | '！' | '？' | '”' | '’' | '》' | '〉' | '）' | ')' | '】' | '〕')
}

/// Whether paragraphs are told by an indent; where they are not, a small gap more must tell them.
fn is_indented(pages: &[Laid]) -> bool {
    let (mut all, mut indented) = (0, 0);
    for line in pages.iter().flat_map(Laid::lines) {
        let indent = (line.start - line.left) / line.size.max(1.0);
        all += 1;
        indented += usize::from((INDENT..FAR).contains(&indent));
    }
    indented * 20 > all
}

/// The usual distance of two lines of one page, in sizes of the font.
fn pitch(pages: &[Laid]) -> f64 {
    let mut gaps = Vec::new();
    for page in pages {
        for pair in page.items.windows(2) {
            if let [Item::Line(one), Item::Line(other)] = pair {
                gaps.push((other.y - one.y) / other.size.max(1.0));
            }
        }
    }
    gaps.retain(|it| (0.9..4.0).contains(it));
    gaps.sort_by(f64::total_cmp);
    gaps.get(gaps.len() / 2).copied().unwrap_or(1.75)
}
