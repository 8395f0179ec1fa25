//! What stands in title or quotation marks, nested or not.

use crate::span::Span;

/// Quotations longer than this are no titles.
const MAX_CHARS: usize = 100;

/// Text between a pair of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quote {
    /// What stands between the marks.
    pub span: Span,
    /// Whether the marks are those of titles.
    pub titled: bool,
}

/// The quotations of a text, inner ones before those they stand in.
pub(super) fn quotes(text: &str) -> Vec<Quote> {
    let mut open: Vec<(char, usize, usize)> = Vec::new();
    let mut found = Vec::new();
    for (count, (at, c)) in text.char_indices().enumerate() {
        if let Some(close) = closing(c) {
            open.push((close, at + c.len_utf8(), count));
            continue;
        }
        if !matches!(c, '》' | '〉' | '”' | '」' | '』' | '’') {
            continue;
        }
        // A mark that closes nothing, or past one left open, is for another rule.
        let Some(index) = open.iter().rev().take(MAX_CHARS).position(|it| it.0 == c) else { continue };
        let partner = open.len() - 1 - index;
        open.truncate(partner + 1);
        let Some((_, start, from)) = open.pop() else { continue };
        if (1..=MAX_CHARS).contains(&(count - from - 1)) {
            found.push(Quote { span: Span::new(start, at), titled: matches!(c, '》' | '〉') });
        }
    }
    found
}

const fn closing(c: char) -> Option<char> {
    match c {
        '《' => Some('》'),
        '〈' => Some('〉'),
        '“' => Some('”'),
        '「' => Some('」'),
        '『' => Some('』'),
        '‘' => Some('’'),
        _ => None,
    }
}
