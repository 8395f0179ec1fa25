//! The cut windows that miette draws: a few lines of a text round the marked characters, never the text itself.
//!
//! miette is quadratic in labels, panics far out on a long line, and passes control characters on to the terminal. So
//! it is handed a small text of our own making: cut with … at the ends, control characters spelt out, the labels moved
//! along. Where the window stands in the real text is told through `SpanContents`.

use miette::{LabeledSpan, MietteError, SourceCode, SourceSpan, SpanContents};

use crate::render::location::Locator;
use crate::render::visible::{char_width, lines, push, visible, width};
use crate::source::{Source, slice};
use crate::span::Span;

/// No window is wider than this, however wide the terminal.
const WIDEST: usize = 160;
/// No window has more lines.
const LINES: usize = 5;
/// No excerpt shows more marks.
const MARKS: usize = 20;
/// No label takes more lines.
const LABEL_LINES: usize = 6;

/// Characters to be underlined, and what is said under them.
#[derive(Debug, Clone)]
pub struct Mark {
    /// Which characters.
    pub span: Span,
    /// What is said; may be empty.
    pub label: String,
}

/// Windows of a text with their labels, in the order of the marks.
#[derive(Debug, Clone, Default)]
pub struct Excerpt {
    name: String,
    text: String,
    windows: Vec<Window>,
    labels: Vec<LabeledSpan>,
}

/// One window: bytes of the excerpt, and where in the real text they come from.
#[derive(Debug, Clone)]
struct Window {
    bytes: Span,
    /// The real line it begins with, and the real place of its mark, all from 0.
    first_line: usize,
    line: usize,
    column: usize,
    lines: usize,
    /// The real bytes of each line that can be seen as they are, and where they stand in the excerpt.
    seen: Vec<(Span, usize)>,
}

/// A line cut round its mark.
struct Cut {
    text: String,
    mark: Span,
    /// The real bytes that can be seen and where in `text` they begin; `None` where some had to be spelt out.
    seen: Option<(Span, usize)>,
    /// The middle of the mark in columns.
    middle: usize,
}

impl Excerpt {
    /// Cuts windows that fit into `columns`, line numbers included.
    pub fn new(locator: &Locator<'_>, marks: &[Mark], columns: usize) -> Excerpt {
        let mut name = visible(locator.source().name()).into_owned();
        // As addresses of PDF files name a page, in either language.
        if let Some(page) = marks.first().and_then(|it| locator.locate(it.span).page) {
            name += &format!("#page={page}");
        }
        let mut excerpt = Excerpt { name, ..Excerpt::default() };
        for (at, mark) in marks.iter().take(MARKS).enumerate() {
            if !excerpt.marked_in_view(mark, columns) {
                excerpt.open(locator, mark, marks.get(at + 1..).unwrap_or_default(), columns);
            }
        }
        excerpt
    }

    /// The labels, in bytes of the excerpt.
    pub fn labels(&self) -> impl Iterator<Item = LabeledSpan> + '_ {
        self.labels.iter().cloned()
    }

    /// Marks characters that an earlier window shows in full already, unless another mark is in the way.
    fn marked_in_view(&mut self, mark: &Mark, columns: usize) -> bool {
        let seen = self.windows.iter().flat_map(|it| &it.seen);
        let Some((real, at)) = seen.copied().find(|(real, _)| real.contains(mark.span)) else { return false };
        let start = at + (mark.span.start - real.start);
        let here = Span::new(start, start + mark.span.len());
        if mark.span.is_empty() || self.is_taken(here) {
            return false;
        }
        let line = self.text.get(..start).and_then(|it| it.rfind('\n')).map_or(0, |at| at + 1);
        let before = width(slice(&self.text, Span::new(line, start)));
        let middle = before + width(slice(&self.text, here)) / 2;
        self.label(here, &mark.label, columns.saturating_sub(middle + 12));
        true
    }

    fn is_taken(&self, span: Span) -> bool {
        self.labels.iter().any(|it| Span::new(it.offset(), it.offset() + it.len()).overlaps(span))
    }

    /// Opens a window on the lines of a mark, wide enough for those of the `others` that stand near it on its line.
    fn open(&mut self, locator: &Locator<'_>, mark: &Mark, others: &[Mark], columns: usize) {
        let source = locator.source();
        let (line, column) = locator.line_column(mark.span.start);
        let first = source.line_index(mark.span.start);
        let last = source.line_index(mark.span.end.saturating_sub(1).max(mark.span.start)).min(first + LINES - 1);
        let gutter = (last + 1).to_string().len() + 4;
        let room = columns.saturating_sub(gutter).clamp(24, WIDEST);
        let begin = self.text.len();
        let mut seen = Vec::new();
        for index in first..=last {
            let whole = source.line_span(index);
            // The label stands under the last line of the mark; the others are underlined alone.
            let label = if index == last { mark.label.as_str() } else { "" };
            let part = part(source, whole, mark.span);
            let near = if first == last { near(source, whole, part, others, room) } else { part };
            let cut = cut(source.text(), whole, (part, near), width(label), room);
            let at = self.text.len();
            seen.extend(cut.seen.map(|(real, within)| (real, at + within)));
            self.text.push_str(&cut.text);
            self.text.push('\n');
            if !part.is_empty() || first == last {
                self.label(cut.mark.shift(at), label, room.saturating_sub(cut.middle + 5));
            }
        }
        let bytes = Span::new(begin, self.text.len() - 1);
        let lines = last + 1 - first;
        self.windows.push(Window { bytes, first_line: first, line: line - 1, column: column - 1, lines, seen });
    }

    fn label(&mut self, span: Span, label: &str, room: usize) {
        let text = (!label.is_empty()).then(|| lines(label, room.max(20), LABEL_LINES).join("\n"));
        self.labels.push(LabeledSpan::new_with_span(text, span.range()));
    }
}

/// The part of a mark that lies in a line, without the white space at its ends: the indent of a wrapped line is none
/// of the characters meant.
fn part(source: &Source, line: Span, mark: Span) -> Span {
    let start = mark.start.clamp(line.start, line.end);
    let end = mark.end.clamp(start, line.end);
    let text = source.slice(Span::new(start, end));
    match text.trim() {
        "" => Span::new(start, end),
        trimmed => {
            let lead = text.len() - text.trim_start().len();
            Span::new(start + lead, start + lead + trimmed.len())
        }
    }
}

/// A mark and as many of the others on its line as leave a quarter of the room free.
fn near(source: &Source, line: Span, mark: Span, others: &[Mark], room: usize) -> Span {
    others.iter().take(MARKS).filter(|it| line.contains(it.span)).fold(mark, |near, it| {
        let wider = near.join(it.span);
        // No character takes more than nine columns or four bytes: past that no need to measure.
        let fits = wider.len() < room * 4 && taken(source.slice(wider).chars(), room).1 <= room * 3 / 4;
        if fits && taken(source.slice(wider).chars(), room).0 == wider.len() { wider } else { near }
    })
}

/// Cuts one line round what is to be seen in full, so that a label `label` columns wide fits under the mark in it.
fn cut(text: &str, line: Span, (mark, near): (Span, Span), label: usize, room: usize) -> Cut {
    let Span { start, end } = near;
    // One column at either end is kept for an ellipsis.
    let spare = room.saturating_sub(2);
    let inside = taken(slice(text, Span::new(start, end)).chars(), spare);
    let spare = spare - inside.1;
    let before = slice(text, Span::new(line.start, start));
    let after = slice(text, Span::new(end, line.end));
    let clipped = start + inside.0 < end;
    let right = if clipped { (0, 0) } else { taken(after.chars(), spare) };
    // The label begins under the middle of the mark; the more it says, the further left the mark should stand.
    let lead = taken(slice(text, Span::new(start, mark.start)).chars(), room).1;
    let lead = lead + taken(slice(text, mark).chars(), room).1 / 2;
    let reach = room.saturating_sub(label.min(room * 2 / 3) + 5 + lead.min(inside.1));
    let left = taken(before.chars().rev(), (spare - right.1).max(spare / 2).min(reach));
    let right = if clipped { right } else { taken(after.chars(), spare - left.1) };
    let seen = Span::new(start - left.0, start + inside.0 + right.0);
    let mark = Span::new(mark.start, mark.end.min(start + inside.0));
    compose(text, line, seen, mark, clipped)
}

/// Writes the visible part of a line, with … where something is left out.
fn compose(text: &str, line: Span, seen: Span, mark: Span, clipped: bool) -> Cut {
    let mut shown = String::new();
    let left_out = slice(text, Span::new(line.start, seen.start.max(line.start)));
    if left_out.contains(|c: char| !c.is_whitespace()) {
        shown.push('…');
    }
    let seen_at = shown.len();
    let mut add = |span: Span| {
        let from = shown.len();
        slice(text, span).chars().for_each(|c| push(&mut shown, c));
        Span::new(from, shown.len())
    };
    let left = add(Span::new(seen.start, mark.start));
    let marked = add(mark);
    add(Span::new(mark.end, seen.end));
    if clipped || seen.end < line.end {
        shown.push('…');
    }
    if shown.len() == marked.start {
        shown.push(' ');
    }
    let middle = width(slice(&shown, Span::new(0, left.end))) + width(slice(&shown, marked)) / 2;
    let as_written = slice(&shown, Span::new(seen_at, shown.len())).starts_with(slice(text, seen));
    Cut { mark: at_least_one(&shown, marked), seen: as_written.then_some((seen, seen_at)), middle, text: shown }
}

/// An empty mark underlines the character it stands before: miette draws nothing under the end of a line.
fn at_least_one(text: &str, mark: Span) -> Span {
    if !mark.is_empty() {
        return mark;
    }
    let next = slice(text, Span::new(mark.start, text.len())).chars().next();
    next.map_or(mark, |c| Span::new(mark.start, mark.start + c.len_utf8()))
}

/// How many bytes and columns of these characters fit into `room` columns.
fn taken(chars: impl Iterator<Item = char>, room: usize) -> (usize, usize) {
    let (mut bytes, mut columns) = (0, 0);
    for c in chars {
        let next = columns + char_width(c);
        // Characters without width are bounded too: a line may hold nothing else.
        if next > room || bytes > room * 16 {
            break;
        }
        bytes += c.len_utf8();
        columns = next;
    }
    (bytes, columns)
}

/// A window as miette asks for it.
struct Contents<'a> {
    data: &'a [u8],
    span: SourceSpan,
    line: usize,
    column: usize,
    lines: usize,
    name: &'a str,
}

impl<'a> SpanContents<'a> for Contents<'a> {
    fn data(&self) -> &'a [u8] {
        self.data
    }
    fn span(&self) -> &SourceSpan {
        &self.span
    }
    fn line(&self) -> usize {
        self.line
    }
    fn column(&self) -> usize {
        self.column
    }
    fn line_count(&self) -> usize {
        self.lines
    }
    fn name(&self) -> Option<&str> {
        Some(self.name)
    }
}

impl SourceCode for Excerpt {
    /// The window that holds the span. miette asks for no context lines when it writes the header: then the answer
    /// is the place of the mark, else the line that the window begins with.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        context_before: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let wanted = Span::new(span.offset(), span.offset() + span.len());
        let window = self.windows.iter().find(|it| it.bytes.contains(wanted)).ok_or(MietteError::OutOfBounds)?;
        Ok(Box::new(Contents {
            data: slice(&self.text, window.bytes).as_bytes(),
            span: window.bytes.range().into(),
            line: if context_before == 0 { window.line } else { window.first_line },
            column: window.column,
            lines: window.lines,
            name: &self.name,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample::unmark;
    use miette::{GraphicalReportHandler, GraphicalTheme, MietteDiagnostic};

    /// Draws the marks of a text at 80 columns; the label of the nth is `n` and some words.
    fn drawn(marked: &str) -> (String, Vec<String>) {
        let (text, spans) = unmark(marked);
        let source = Source::new("a.txt", text.clone());
        let marks: Vec<_> = spans.iter().map(|it| Mark { span: *it, label: "应为另一种写法".into() }).collect();
        let excerpt = Excerpt::new(&Locator::of_source(&source), &marks, 80);
        let diagnostic = MietteDiagnostic { labels: Some(excerpt.labels().collect()), ..MietteDiagnostic::new("m") };
        let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor()).with_width(80);
        let mut out = String::new();
        handler.render_report(&mut out, miette::Report::new(diagnostic).with_source_code(excerpt).as_ref()).unwrap();
        (out, spans.iter().map(|it| slice(&text, *it).to_owned()).collect())
    }

    /// The characters that stand above underlines, drawn column by column.
    fn underlined(drawn: &str) -> Vec<String> {
        let rows: Vec<&str> = drawn.lines().collect();
        let mut found = Vec::new();
        for pair in rows.windows(2) {
            let (Some((number, above)), Some((gutter, below))) = (pair[0].split_once(" │ "), pair[1].split_once(" · "))
            else {
                continue;
            };
            if number.trim().parse::<usize>().is_err() || !gutter.trim().is_empty() {
                continue;
            }
            let mut cells: Vec<String> = Vec::new();
            for c in above.chars() {
                match (char_width(c), cells.last_mut()) {
                    (0, Some(last)) => last.push(c),
                    (columns, _) => {
                        cells.push(c.into());
                        cells.extend((1..columns).map(|_| String::new()));
                    }
                }
            }
            let mut part = String::new();
            for (at, c) in below.chars().chain([' ']).enumerate() {
                match c {
                    '─' | '┬' => part.extend(cells.get(at).cloned()),
                    _ if part.is_empty() => {}
                    _ => found.push(std::mem::take(&mut part)),
                }
            }
        }
        found
    }

    #[test]
    fn labels_stand_under_their_characters() {
        let long = "法治政府建设，".repeat(6_000);
        for marked in [
            "开展法治⟦督查⟧。",
            "⟦开⟧",
            "第一行\n第二行⟦在此⟧\n第三行",
            &format!("{long}⟦督查⟧{long}"),
            &format!("{long}⟦督查⟧"),
            &format!("⟦督查⟧{long}"),
            &format!("{}⟦督查⟧,abc", "half width text ".repeat(3_000)),
            "甲\t乙⟦丙⟧",
            "“引号”……①⟦督查⟧—",
            "😀😀⟦督查⟧😀",
            "e\u{301}e\u{301}⟦督查⟧",
            "\u{1b}[31m红\u{202e}⟦督查⟧",
            "前⟦督查⟧中⟦考核⟧后",
            &format!("前⟦督查⟧{long}⟦考核⟧后"),
            "甲\r\n⟦乙丙⟧\r\n丁",
        ] {
            let (out, expected) = drawn(marked);
            assert_eq!(underlined(&out), expected, "{out}");
            let shorter = out.lines().all(|line| width(line) <= 80);
            assert!(shorter, "{out}");
        }
    }

    #[test]
    fn marks_over_lines_and_past_the_window_are_clamped() {
        for (marked, expected) in [
            ("开展⟦法治\n    督查⟧。", vec!["法治", "督查"]),
            ("⟦一\n二\n\n四\n五\n六\n七⟧", vec!["一", "二", "四", "五"]),
            ("甲⟦⟧乙", vec!["乙"]),
            ("甲乙⟦⟧", vec![" "]),
            ("⟦⟧", vec![" "]),
            ("甲\u{1b}⟦\u{202e}⟧", vec!["<U+202E>"]),
        ] {
            let (out, _) = drawn(marked);
            assert_eq!(underlined(&out), expected, "{out}");
        }
        let (out, _) = drawn(&format!("甲⟦{}⟧乙", "很长的一段文字".repeat(5_000)));
        assert!(out.contains("很…\n"), "{out}");
        assert!(out.lines().all(|line| width(line) <= 80), "{out}");
    }

    #[test]
    fn hostile_texts_are_drawn_in_no_time() {
        for text in ["\u{301}".repeat(300_000), "\u{1b}".repeat(300_000), "\n".repeat(300_000), "⟦字⟧".repeat(20_000)]
        {
            let (out, _) = drawn(&format!("{text}⟦督查⟧{text}"));
            assert!(visible(&out.replace('\n', "")) == out.replace('\n', ""), "{out}");
            assert!(out.lines().count() < 120);
        }
        let beyond = Mark { span: Span::new(70, 90), label: String::new() };
        let source = Source::new("a", "短");
        assert_eq!(Excerpt::new(&Locator::of_source(&source), &[beyond], 80).labels().count(), 1);
    }
}
