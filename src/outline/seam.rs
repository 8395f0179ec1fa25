//! Finds where line breaks were lost: headings and signatures that stand in the middle of a line.

use super::line::{Line, is_terminated};
use super::numbering;
use super::words;
use crate::document::{NumberStyle, Piece};
use crate::extracted::Layout;
use crate::facts::signed;
use crate::joined::Joined;
use crate::source::{leading_space, slice, trim_end};
use crate::span::Span;

/// So many columns between two words are no space but what an indent left behind.
const WIDE: usize = 4;
/// How many bytes a heading may have whose end no mark shows.
const LONGEST: usize = 120;

/// Cuts lines where a line break was lost.
pub fn mend<'a>(source: &'a str, lines: Vec<Line<'a>>) -> Vec<Line<'a>> {
    let numbered = |it: &Line| it.marker.is_some() || matches!(it.layout, Layout::Heading(_));
    let find = if lines.iter().filter(|it| numbered(it)).count() > 1 { headings } else { flattened };
    let mut lines = cut_all(source, lines, find);
    let last = lines.iter().rposition(|it| !it.is_furniture()).unwrap_or(0);
    for at in (last.saturating_sub(1)..=last).rev() {
        if let Some(parts) = lines.get(at).and_then(|it| cut(source, it, signature)) {
            lines.splice(at..=at, parts);
        }
    }
    lines
}

/// Cuts all lines. Few texts have one to cut, and then they stay where they are.
fn cut_all<'a>(source: &'a str, lines: Vec<Line<'a>>, find: fn(&str) -> Vec<usize>) -> Vec<Line<'a>> {
    let parts: Vec<Option<Vec<Line>>> = lines.iter().map(|it| cut(source, it, find)).collect();
    if parts.iter().all(Option::is_none) {
        return lines;
    }
    lines.into_iter().zip(parts).flat_map(|(line, parts)| parts.unwrap_or_else(|| vec![line])).collect()
}

/// The parts of a line that has to be cut where `find` says so; what the file itself calls a heading or cell stays
/// whole.
fn cut<'a>(source: &'a str, line: &Line<'a>, find: fn(&str) -> Vec<usize>) -> Option<Vec<Line<'a>>> {
    let ([piece], Layout::Line | Layout::Paragraph) = (&line.body.pieces[..], line.layout) else { return None };
    let (piece, cuts) = (*piece, find(&line.body.text));
    if cuts.is_empty() {
        return None;
    }
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let spans = starts.zip(cuts.iter().copied().chain([piece.span.len()]));
    let parts = spans.map(|(start, end)| trimmed(source, Span::new(start, end).shift(piece.span.start)));
    let part = |span: Span| {
        let body = Joined::new(source, vec![Piece { span, wrapped: false }]);
        match span.start == piece.span.start {
            true => Line::new(body, line.layout, line.soft, line.blank, line.indent),
            false => Line::new(body, line.layout, false, 1, 0),
        }
    };
    Some(parts.filter(|it| !it.is_empty()).map(part).collect())
}

/// A span without the white space at its ends.
fn trimmed(source: &str, span: Span) -> Span {
    let text = slice(source, span);
    let start = span.start + text.len() - text.trim_start().len();
    Span::new(start, start + text.trim().len())
}

/// Where headings begin inside a line, behind what is left of a line break: a wide gap, a space that follows a full
/// stop, or the mark of a program.
fn headings(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut behind = 0;
    for (at, c) in text.char_indices() {
        if at < behind.max(1) || !(c.is_whitespace() || matches!(c, '&' | '[' | '#')) {
            continue;
        }
        let (before, rest) = text.split_at(at);
        behind = at + numbering::leftover(rest);
        let stopped = behind > at && before.ends_with(['。', '！', '”', '）']) && is_terminated(before);
        let high = numbering::read(rest).is_some_and(|it| is_high(it.style) && it.words < rest.len());
        if high && (stopped || leading_space(rest).1 >= WIDE) {
            found.push(at);
        }
    }
    found
}

const fn is_high(style: NumberStyle) -> bool {
    matches!(style, NumberStyle::Division | NumberStyle::Chapter | NumberStyle::Chinese | NumberStyle::ChineseBracket)
}

/// Where a signature begins that follows the last sentence of a line.
fn signature(text: &str) -> Vec<usize> {
    Vec::from_iter(signature_behind_stop(text))
}

fn signature_behind_stop(text: &str) -> Option<usize> {
    let (stop, mark) = text.char_indices().rev().take(80).find(|(_, c)| matches!(c, '。' | '！' | '；'))?;
    let at = stop + mark.len_utf8();
    let rest = text.get(at..)?;
    let (space, columns) = leading_space(rest);
    let words = rest.get(space..)?;
    let dated = signed::read(words)?.date.is_some();
    (dated || columns >= WIDE).then_some(at)
}

/// Where title, headings and their texts begin in a report that stands on one line: 一、 and 二、 in order behind the
/// end of a sentence, （一） and （二） under them.
fn flattened(text: &str) -> Vec<usize> {
    let mut found = Vec::from_iter(title(text));
    let (mut top, mut sub, mut words) = (0, 0, text.len());
    let mut figure = false;
    for (at, c) in text.char_indices() {
        let begins = !figure && numbering::opens(c);
        figure = numbering::is_numeral(c);
        let Some((before, rest)) = text.split_at_checked(at).filter(|_| begins) else { continue };
        let Some(marker) = numbering::read(rest) else { continue };
        let apart = before.ends_with(char::is_whitespace) || is_terminated(before);
        let bare = sub == 0 && text.get(words..at).is_some_and(is_bare);
        match marker.style {
            NumberStyle::Chinese if marker.value == top + 1 && apart => (top, sub) = (top + 1, 0),
            NumberStyle::ChineseBracket if top > 0 && marker.value == sub + 1 && (apart || bare) => sub += 1,
            _ => continue,
        }
        found.push(at);
        words = at + marker.words;
        found.extend(own_line(text, words));
    }
    if top >= 2 { found } else { Vec::new() }
}

/// Where the text begins behind a title and a space.
fn title(text: &str) -> Option<usize> {
    let end = text.find(char::is_whitespace).filter(|it| *it <= LONGEST)?;
    words::ends_as_report(text.get(..end)?).then_some(end)
}

/// Where the text begins behind the words of a heading and a space.
fn own_line(text: &str, words: usize) -> Option<usize> {
    let rest = text.get(words..)?;
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '。' | '；')).filter(|it| *it <= LONGEST)?;
    let spaced = rest.get(end..)?.starts_with(char::is_whitespace);
    (spaced && is_bare(rest.get(..end)?)).then_some(words + end)
}

/// Whether a text could be a whole heading.
fn is_bare(text: &str) -> bool {
    text.len() <= LONGEST && words::is_title_like(trim_end(text), 30)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with `|` where it is cut, the white space there left out.
    fn cut(text: &str, cuts: impl IntoIterator<Item = usize>) -> String {
        let mut shown = String::new();
        let mut last = 0;
        for at in cuts.into_iter().chain([text.len()]) {
            shown += text.get(last..at).unwrap();
            shown += "|";
            last = at;
        }
        shown.trim_end_matches('|').replace("| ", "|").replace('　', "")
    }

    #[test]
    fn headings_behind_what_a_line_break_left() {
        for (text, expected) in [
            ("一、举措　　（一）学习。好。", "一、举措|（一）学习。好。"),
            ("好。&nbsp;&nbsp;&nbsp;&nbsp;（二）执法。", "好。|&nbsp;&nbsp;&nbsp;&nbsp;（二）执法。"),
            ("好。[bookmark: _GoBack]（三）服务。", "好。|[bookmark: _GoBack]（三）服务。"),
            ("好。 二、不足", "好。|二、不足"),
            ("按第三条 （一）的规定，抓好 二、三产业", "按第三条 （一）的规定，抓好 二、三产业"),
            ("做到：（一）学习；（二）宣传。", "做到：（一）学习；（二）宣传。"),
            ("　　一、举措", "一、举措"),
            ("好。    1.抓学习", "好。    1.抓学习"),
        ] {
            assert_eq!(cut(text, headings(text)), expected, "{text}");
        }
    }

    #[test]
    fn signatures_behind_the_last_sentence() {
        for (text, expected) in [
            ("好。清河区司法局2025年1月5日", "好。|清河区司法局2025年1月5日"),
            ("好。　　　　清河区司法局", "好。|清河区司法局"),
            ("好。 2025年1月5日", "好。|2025年1月5日"),
            ("责任单位：甲；清河区司法局", "责任单位：甲；清河区司法局"),
            ("会议时间为。2025年1月5日召开", "会议时间为。2025年1月5日召开"),
            ("清河区司法局", "清河区司法局"),
        ] {
            assert_eq!(cut(text, signature(text)), expected, "{text}");
        }
    }

    #[test]
    fn a_report_on_one_line() {
        for (text, expected) in [
            (
                "2024年报告 报告如下：一、举措（一）学习。好。（二）执法。好。二、不足 人少。三、打算。学。",
                "2024年报告|报告如下：|一、举措|（一）学习。好。|（二）执法。好。|二、不足|人少。|三、打算。学。",
            ),
            ("做到：一、学习；好。三、执法。", "做到：一、学习；好。三、执法。"),
        ] {
            assert_eq!(cut(text, flattened(text)), expected, "{text}");
        }
    }
}
