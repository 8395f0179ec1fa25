//! HTML inside Markdown: tags, comments and scripts are skipped, the text between them is kept.

use crate::source::slice;
use crate::span::Span;

/// Where the end of the last stretch left us: a tag or comment may run over lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum State {
    #[default]
    Text,
    Tag,
    Comment,
    Script,
}

/// What a reader sees of a stretch of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Text(Span),
    Break,
}

/// Tags that stand inside a line.
const INLINE: [&str; 18] = [
    "a", "abbr", "b", "code", "del", "em", "font", "i", "img", "ins", "mark", "s", "small", "span", "strong", "sub",
    "sup", "u",
];

/// The parts of `text` that are seen.
pub(super) fn visible(text: &str, state: &mut State) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = slice(text, Span::new(at, text.len()));
        let up_to = |end: &str| rest.find(end).map_or(rest.len(), |found| found + end.len());
        let length = match *state {
            State::Text => match tag(rest) {
                0 => open(rest, state, &mut parts),
                length => {
                    parts.push(Part::Text(Span::new(at, at + length)));
                    length
                }
            },
            State::Tag => close(rest, up_to(">"), ">", state),
            State::Comment => close(rest, up_to("-->"), "-->", state),
            State::Script => close(rest, up_to("</s"), "</s", state),
        };
        at += length;
    }
    parts
}

/// Where the first tag begins, or how long the text is. `<法治` is none: the names of tags are Latin.
fn tag(text: &str) -> usize {
    let opens = |at: usize| {
        text.as_bytes().get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?'))
    };
    text.match_indices('<').map(|(at, _)| at).find(|at| opens(*at)).unwrap_or(text.len())
}

/// Goes into the tag that `text` begins with.
fn open(text: &str, state: &mut State, parts: &mut Vec<Part>) -> usize {
    let name: String = text.chars().skip(1).skip_while(|c| *c == '/').take_while(char::is_ascii_alphanumeric).collect();
    let name = name.to_ascii_lowercase();
    if text.starts_with("<!--") {
        *state = State::Comment;
        return 4;
    }
    *state = if matches!(name.as_str(), "script" | "style") { State::Script } else { State::Tag };
    if !INLINE.contains(&name.as_str()) {
        parts.push(Part::Break);
    }
    1
}

/// Leaves a tag, comment or script where its end was found.
fn close(text: &str, length: usize, end: &str, state: &mut State) -> usize {
    if slice(text, Span::new(0, length)).ends_with(end) {
        *state = if *state == State::Script { State::Tag } else { State::Text };
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_skipped_and_their_text_is_seen() {
        for (html, seen) in [
            ("<p align=\"center\">标题</p>", "/标题/"),
            ("<b>甲</b><span class=x>乙</span>", "甲乙"),
            ("甲<!-- 批注 --> 乙 &nbsp;", "甲 乙 &nbsp;"),
            ("<script>alert('<b>')</script>甲<STYLE>p{}</STYLE>", "/甲/"),
            ("甲<br/>乙", "甲/乙"),
            ("<法治> a < b <", "<法治> a < b <"),
            ("甲<p", "甲/"),
        ] {
            let mut state = State::Text;
            let shown = |part: &Part| match part {
                Part::Text(span) => slice(html, *span).to_owned(),
                Part::Break => "/".to_owned(),
            };
            let found: String = visible(html, &mut state).iter().map(shown).collect();
            assert_eq!(found, seen, "{html}");
        }
    }

    #[test]
    fn a_comment_may_run_over_lines() {
        let mut state = State::Text;
        assert_eq!(visible("<!-- 甲\n", &mut state), []);
        assert_eq!(visible("乙 --> 丙", &mut state), [Part::Text(Span::new(7, 11))]);
    }
}
