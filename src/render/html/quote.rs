//! The sentence that a place stands in, with the words themselves marked.

use maud::{Markup, html};

use crate::document::Document;
use crate::render::visible::{joined, visible};
use crate::render::words::cut;
use crate::span::Span;

/// How many bytes are looked at on either side; three make one Chinese character.
const WINDOW: usize = 240;
/// The longest text that is marked, in characters: of a whole section its beginning will do.
const MARKED: usize = 120;

/// The words of a span in their sentence. An empty span is a place and no words.
pub fn quote(document: &Document, span: Span) -> Markup {
    let (before, after) = around(document, span);
    let words = joined(document.source.slice(span));
    html! {
        blockquote { (before) @if !words.is_empty() { mark { (cut(&words, MARKED)) } } (after) }
    }
}

/// What stands in the same sentence before and after the words, cut with an ellipsis where it is long.
fn around(document: &Document, span: Span) -> (String, String) {
    let home = document.paragraph_at(span.start).and_then(|at| document.paragraphs.get(at)).map(|it| it.span());
    let home = home.filter(|it| it.contains(span)).unwrap_or(span);
    let from = home.start.max(span.start.saturating_sub(WINDOW));
    let to = home.end.min(span.end.saturating_add(WINDOW));
    let before = document.source.slice(Span::new(from, span.start));
    let after = document.source.slice(Span::new(span.end, to));
    let start = before.char_indices().rev().find(|(_, c)| ends(*c)).map(|(at, c)| at + c.len_utf8());
    let end = after.char_indices().find(|(_, c)| ends(*c)).map(|(at, c)| at + c.len_utf8());
    let head = crate::source::slice(before, Span::new(start.unwrap_or_default(), before.len()));
    let tail = crate::source::slice(after, Span::new(0, end.unwrap_or(after.len())));
    let mut head = joined(head).trim_start_matches(closes).to_owned();
    let mut tail = joined(tail).into_owned();
    if start.is_none() && from > home.start {
        head.insert(0, '…');
    }
    if end.is_none() && to < home.end {
        tail.push('…');
    }
    // What the words themselves end needs nothing after it.
    let whole = document.source.slice(span).ends_with(ends);
    (head, if whole { String::new() } else { tail })
}

const fn ends(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '!' | '?')
}

const fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '）' | '》')
}

/// The headings a place stands under, outermost first.
pub fn path(headings: &[String]) -> String {
    let shown: Vec<_> = headings.iter().map(|it| cut(&visible(it), 40)).collect();
    shown.join(" › ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    #[test]
    fn words_stand_in_their_sentence() {
        let long = "很".repeat(200);
        for (marked, shown) in [
            ("题\n甲乙。丙⟦丁⟧戊。己", "丙<mark>丁</mark>戊。"),
            ("题\n⟦丁⟧", "<mark>丁</mark>"),
            ("题\n丙⟦丁。⟧戊", "丙<mark>丁。</mark>"),
            ("题\n“甲。”丙⟦⟧丁", "丙丁"),
            ("题\n⟦<b>&⟧\"x\"", "<mark>&lt;b&gt;&amp;</mark>&quot;x&quot;"),
        ] {
            let (text, at) = sample::unmark(marked);
            let shown = format!("<blockquote>{shown}</blockquote>");
            assert_eq!(quote(&sample::document("a", &text), at[0]).into_string(), shown);
        }
        let (text, at) = sample::unmark(&format!("题\n{long}⟦丁⟧{long}"));
        let shown = quote(&sample::document("a", &text), at[0]).into_string();
        assert!(shown.starts_with("<blockquote>…很") && shown.ends_with("很…</blockquote>") && shown.len() < 600);
    }
}
