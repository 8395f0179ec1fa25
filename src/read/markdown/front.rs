//! The front matter of a Markdown file: `key: value` lines between two `---` at its very beginning.

use crate::read::text::lines;
use crate::source::slice;
use crate::span::Span;

/// How many lines are looked at for its end.
const LONGEST: usize = 200;

/// Its length in bytes; 0 where there is none. What stands between two lines of dashes and does not look like keys is
/// text of the report.
pub(super) fn length(text: &str) -> usize {
    let line = |span: Span| slice(text, span).trim_end();
    let mut lines = lines(text).take(LONGEST);
    if lines.next().map(line) != Some("---") {
        return 0;
    }
    let mut keys = 0;
    for span in lines {
        match line(span) {
            "---" | "..." if keys > 0 => return span.end,
            text if is_key(text) => keys += 1,
            text if text.is_empty() || text.starts_with([' ', '\t', '-', '#']) && text != "---" => {}
            _ => return 0,
        }
    }
    0
}

fn is_key(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, value)| {
        !key.is_empty()
            && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
            && (value.is_empty() || value.starts_with([' ', '\t']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_keys_between_dashes_at_the_beginning_are_front_matter() {
        for (text, rest) in [
            ("---\ntitle: 甲\n标签:\n  - 乙\n# 注\n\n---\n# 标题", "\n# 标题"),
            ("---\r\ntitle: 甲\r\n---\r\n正文", "\r\n正文"),
            ("---\n一段正文。\n---\n", "---\n一段正文。\n---\n"),
            ("---\n---\n甲", "---\n---\n甲"),
            ("---\ntitle: 甲", "---\ntitle: 甲"),
            ("甲\n---\ntitle: 甲\n---", "甲\n---\ntitle: 甲\n---"),
            ("", ""),
        ] {
            assert_eq!(slice(text, Span::new(length(text), text.len())), rest, "{text}");
        }
    }
}
