//! Text made safe and fit for a terminal: hostile characters shown instead of obeyed, lines wrapped by width.

use std::borrow::Cow;

use crate::document::needs_space;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Shows the characters that would act on a terminal, or hide in it, instead of sending them. A tab is a space.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| !acts(c)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    text.chars().for_each(|c| push(&mut shown, c));
    Cow::Owned(shown)
}

/// A text on one line: breaks and the indents round them are left out, as a reader joins wrapped lines, and a space
/// stands for one between two Latin letters or digits.
pub fn joined(text: &str) -> Cow<'_, str> {
    if !text.contains(['\n', '\r']) {
        return visible(text);
    }
    let mut out = String::with_capacity(text.len());
    for line in text.lines().map(str::trim).filter(|it| !it.is_empty()) {
        if needs_space(&out, line) {
            out.push(' ');
        }
        out.push_str(line);
    }
    Cow::Owned(visible(&out).into_owned())
}

/// Adds one character as `visible` shows it.
pub fn push(shown: &mut String, c: char) {
    match c {
        '\t' => shown.push(' '),
        '\u{7f}' => shown.push('␡'),
        '\0'..='\u{1f}' => shown.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('␦')),
        _ if acts(c) => shown.push_str(&format!("<U+{:04X}>", u32::from(c))),
        _ => shown.push(c),
    }
}

/// Whether a character is obeyed rather than drawn: controls (C0, DEL, C1), separators of lines and paragraphs, marks
/// of writing direction, zero-width characters and tags.
fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The columns that one character takes as `visible` shows it.
pub fn char_width(c: char) -> usize {
    match c {
        '\0'..='\u{1f}' | '\u{7f}' => 1,
        _ if acts(c) => {
            if u32::from(c) > 0xffff {
                9
            } else {
                8
            }
        }
        _ => c.width().unwrap_or(0),
    }
}

/// The columns that a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// One line of a text, made visible: its line breaks are spaces, its end is cut at `columns` with an ellipsis.
pub fn one_line(text: &str, columns: usize) -> String {
    let mut shown = String::new();
    let mut used = 0;
    for c in text.chars() {
        let c = if matches!(c, '\n' | '\r') { ' ' } else { c };
        used += char_width(c);
        if used > columns {
            shown.push('…');
            break;
        }
        push(&mut shown, c);
    }
    shown
}

/// A text in lines of at most `columns`, the first begun with `first`, the others with as many spaces. Breaks in the
/// text itself are kept.
pub fn wrap(first: &str, text: &str, columns: usize) -> String {
    let indent = " ".repeat(width(first));
    let lines: Vec<_> = text.lines().map(visible).collect();
    let options =
        textwrap::Options::new(columns.max(width(first) + 8)).initial_indent(first).subsequent_indent(&indent);
    textwrap::fill(&lines.join("\n"), options)
}

/// A text cut into lines of at most `columns`, at most `most` of them.
pub fn lines(text: &str, columns: usize, most: usize) -> Vec<String> {
    let safe = visible(text);
    let mut lines: Vec<String> = textwrap::wrap(&safe, columns).into_iter().map(Cow::into_owned).collect();
    if lines.len() > most {
        lines.truncate(most);
        lines.iter_mut().next_back().into_iter().for_each(|last| last.push('…'));
    }
    lines
}

/// A text made up to `columns` with spaces behind it.
pub fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_characters_are_shown() {
        for (text, shown) in [
            ("法治政府", "法治政府"),
            ("a\u{1b}[31mb", "a␛[31mb"),
            ("甲\t乙", "甲 乙"),
            ("甲\u{202e}乙", "甲<U+202E>乙"),
            ("\u{9b}2J", "<U+009B>2J"),
            ("\u{7f}\u{feff}", "␡<U+FEFF>"),
            ("\u{e0041}", "<U+E0041>"),
        ] {
            assert_eq!(visible(text), shown);
            assert_eq!(text.chars().map(char_width).sum::<usize>(), width(shown), "{shown}");
        }
    }

    #[test]
    fn lines_are_cut_by_width() {
        assert_eq!(one_line("法治\n政府", 80), "法治 政府");
        assert_eq!(one_line("法治政府", 5), "法治…");
        assert_eq!(
            wrap("  依据：", "法治政府建设，重在落实。", 20),
            "  依据：法治政府建\n        设，重在落\n        实。"
        );
        assert_eq!(lines("法治政府建设", 4, 2), ["法治", "政府…"]);
        assert_eq!(lines("", 4, 2), [""]);
        for (text, shown) in
            [("到\n  12分钟", "到12分钟"), ("the\r\nreport\n", "the report"), ("甲\u{1b}", "甲␛"), ("\n", "")]
        {
            assert_eq!(joined(text), shown);
        }
    }
}
