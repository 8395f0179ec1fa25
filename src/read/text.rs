//! Plain text: one block for each line that holds something, cells for the rows of a table.

use crate::document::Piece;
use crate::extracted::{Block, Extracted, Layout};
use crate::fold::fold_char;
use crate::source::{leading_space, slice};
use crate::span::Span;

/// Reads a decoded text.
pub fn read(text: String) -> Extracted {
    let lines = filled_lines(&text);
    // Few texts hold anything that parts cells.
    let tables = ['\t', '|', '｜', '│', '┃'].iter().any(|it| text.contains(*it));
    let row = |line: &Line| if tables { Row::parse(&text, line.span) } else { None };
    let rows: Vec<Option<Row>> = lines.iter().map(row).collect();
    let mut blocks = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        match rows
            .get(index)
            .and_then(Option::as_ref)
            .filter(|row| row.is_certain() || has_neighbour(&rows, &lines, index))
        {
            Some(row) if row.is_rule(&text) => {}
            Some(row) => blocks.extend(row.cells.iter().enumerate().map(|(at, cell)| match at {
                0 => line.block(*cell, Layout::Cell),
                _ => Line { span: *cell, indent: 0, blank_before: 0 }.block(*cell, Layout::Cell),
            })),
            None => blocks.push(line.block(line.span, Layout::Line)),
        }
    }
    Extracted { text, blocks, ..Extracted::default() }
}

/// A line that holds something.
struct Line {
    /// Without the white space at its ends.
    span: Span,
    indent: usize,
    blank_before: usize,
}

impl Line {
    fn block(&self, span: Span, layout: Layout) -> Block {
        let pieces = vec![Piece { span, wrapped: false }];
        Block { pieces, layout, blank_before: self.blank_before, indent: self.indent }
    }
}

fn filled_lines(text: &str) -> Vec<Line> {
    let mut filled = Vec::new();
    let mut blank_before = 0;
    for line in lines(text) {
        let span = trim(text, line);
        if span.is_empty() {
            blank_before += 1;
            continue;
        }
        let indent = leading_space(slice(text, line)).1;
        filled.push(Line { span, indent, blank_before: std::mem::take(&mut blank_before) });
    }
    filled
}

/// The lines of a text without what ends them: LF, CRLF, CR, and the rarer ends that word processors leave behind.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    let mut after_return = false;
    text.split_inclusive(is_line_end).filter_map(move |line| {
        let start = at;
        at += line.len();
        let second_half = after_return && line == "\n";
        after_return = line.ends_with('\r');
        (!second_half).then(|| Span::new(start, start + line.trim_end_matches(is_line_end).len()))
    })
}

pub(super) fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A span without white space and characters of no width at its ends.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let ignored = |c: char| fold_char(c).is_none();
    let kept = slice(text, span).trim_end_matches(ignored);
    let end = span.start + kept.len();
    Span::new(end - kept.trim_start_matches(ignored).len(), end)
}

/// A line that may be the row of a table.
struct Row {
    bars: bool,
    /// A bar stands at either end.
    framed: bool,
    /// How many columns there are, the empty ones and those outside the frame included.
    columns: usize,
    /// What the columns hold, the empty ones left out.
    cells: Vec<Span>,
}

impl Row {
    fn parse(text: &str, span: Span) -> Option<Row> {
        let line = slice(text, span);
        let bars = line.contains(is_bar);
        if !bars && !line.contains('\t') {
            return None;
        }
        let framed = bars && line.len() > 1 && line.starts_with(is_bar) && line.ends_with(is_bar);
        let columns = columns(line, if bars { is_bar } else { |c| c == '\t' });
        let cells = columns.iter().map(|column| trim(text, column.shift(span.start)));
        let cells = cells.filter(|cell| !cell.is_empty()).collect();
        let row = Row { bars, framed, columns: columns.len(), cells };
        (!row.cells.is_empty() && !row.is_numbered_line(text)).then_some(row)
    }

    /// A number from Word's automatic lists, a tab, and what it numbers: `1.⇥文本`.
    fn is_numbered_line(&self, text: &str) -> bool {
        let [number, _] = self.cells[..] else { return false };
        let number = slice(text, number);
        !self.bars && number.chars().count() <= 5 && number.ends_with(['、', '.', '．', ')', '）'])
    }

    /// Two cells alone may be a signature and its date.
    fn is_certain(&self) -> bool {
        self.framed || self.cells.len() > 2
    }

    /// The line between the head and the body of a table: `|---|:--:|`.
    fn is_rule(&self, text: &str) -> bool {
        self.cells.iter().all(|cell| {
            let cell = slice(text, *cell);
            cell.len() > 2 && cell.chars().all(|c| matches!(c, '-' | ':' | '=' | '+'))
        })
    }
}

fn is_bar(c: char) -> bool {
    matches!(c, '|' | '｜' | '│' | '┃')
}

/// The stretches of a line between its separators.
fn columns(line: &str, separator: fn(char) -> bool) -> Vec<Span> {
    let mut columns = Vec::new();
    let mut start = 0;
    for (at, found) in line.match_indices(separator) {
        columns.push(Span::new(start, at));
        start = at + found.len();
    }
    columns.push(Span::new(start, line.len()));
    columns
}

/// Whether the line above or below is a row of the same shape.
fn has_neighbour(rows: &[Option<Row>], lines: &[Line], index: usize) -> bool {
    let alike = |above: usize, below: usize| match (rows.get(above), rows.get(below), lines.get(below)) {
        (Some(Some(one)), Some(Some(other)), Some(line)) => {
            line.blank_before == 0 && one.bars == other.bars && one.columns == other.columns && one.columns > 1
        }
        _ => false,
    };
    alike(index, index + 1) || index.checked_sub(1).is_some_and(|above| alike(above, index))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One line a block: `layout indent blank_before text`.
    fn shown(text: &str) -> Vec<String> {
        let extracted = read(text.to_owned());
        let show = |block: &Block| {
            let layout = format!("{:?}", block.layout);
            let text = slice(&extracted.text, block.pieces[0].span);
            format!("{layout} {} {} {text}", block.indent, block.blank_before)
        };
        extracted.blocks.iter().map(show).collect()
    }

    #[test]
    fn each_line_is_a_block_with_its_indent_and_the_blank_lines_before_it() {
        assert_eq!(
            shown(
                "\u{FEFF}标题 \n\n　\n　　一段。\r\n\r\n\t二段 \r三段\u{2028}  四段\u{C}\u{B}五\u{85}\u{200B}六\u{200B}"
            ),
            [
                "Line 0 0 标题",
                "Line 4 2 一段。",
                "Line 4 1 二段",
                "Line 0 0 三段",
                "Line 2 0 四段",
                "Line 0 1 五",
                "Line 0 0 六"
            ]
        );
        assert_eq!(shown("&nbsp;&nbsp;　甲"), ["Line 4 0 &nbsp;&nbsp;　甲"]);
        assert!(shown(" \n\u{3000}\r\n\u{200B}").is_empty());
        assert!(shown("").is_empty());
    }

    #[test]
    fn rows_of_a_table_give_cells() {
        for (text, cells) in [
            ("| 事项 | 件 |\n|---|:-:|\n| 许可 |  |", vec!["事项", "件", "许可"]),
            ("事项\t件\n许可\t12\n处罚\t", vec!["事项", "件", "许可", "12"]),
            ("许可\t12\t件", vec!["许可", "12", "件"]),
            ("│甲│乙│", vec!["甲", "乙"]),
            ("一、主要举措\t1\n二、存在不足\t3", vec!["一、主要举措", "1", "二、存在不足", "3"]),
            ("区司法局\t2025年1月14日", vec![]),
            ("1.\t甲\n2.\t乙", vec![]),
            ("一、\t主要举措", vec![]),
            ("首页|新闻", vec![]),
            ("甲\t乙\n\n丙\t丁", vec![]),
            ("|", vec![]),
            ("||", vec![]),
            ("一|二\n三\t四", vec![]),
        ] {
            let found: Vec<String> =
                shown(text).into_iter().filter_map(|it| Some(it.strip_prefix("Cell 0 0 ")?.to_owned())).collect();
            assert_eq!(found, cells, "{text}");
        }
    }
}
