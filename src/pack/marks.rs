//! The marks of a rule's tests: `[[` and `]]` round the characters that must be flagged.

use crate::span::Span;

/// What is wrong with the marks of a text, as bytes of the marked text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkFault {
    /// `[[` without `]]` behind it.
    Unclosed(Span),
    /// `]]` without `[[` before it.
    Unopened(Span),
    /// `[[` inside a mark.
    Nested(Span),
    /// Nothing between the two.
    Empty(Span),
}

/// Takes the marks out of a text: the text without them, and what they stood round.
///
/// # Errors
/// The first fault.
pub fn unmark(marked: &str) -> Result<(String, Vec<Span>), MarkFault> {
    let mut text = String::with_capacity(marked.len());
    let mut marks = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    let mut at = 0;
    while let Some(rest) = marked.get(at..).filter(|rest| !rest.is_empty()) {
        let here = Span::new(at, at + 2);
        if rest.starts_with("[[") {
            if open.is_some() {
                return Err(MarkFault::Nested(here));
            }
            open = Some((at, text.len()));
            at += 2;
        } else if rest.starts_with("]]") && !(open.is_some() && rest.starts_with("]]]")) {
            let (from, start) = open.take().ok_or(MarkFault::Unopened(here))?;
            if start == text.len() {
                return Err(MarkFault::Empty(Span::new(from, at + 2)));
            }
            marks.push(Span::new(start, text.len()));
            at += 2;
        } else {
            let c = rest.chars().next().unwrap_or_default();
            text.push(c);
            at += c.len_utf8();
        }
    }
    match open {
        Some((from, _)) => Err(MarkFault::Unclosed(Span::new(from, from + 2))),
        None => Ok((text, marks)),
    }
}

/// Puts marks round the spans of a text, which stand in order and apart: the way back.
pub fn mark(text: &str, spans: &[Span]) -> String {
    let mut marked = String::with_capacity(text.len() + 4 * spans.len());
    let mut at = 0;
    for span in spans {
        marked.push_str(crate::source::slice(text, Span::new(at, span.start)));
        marked.push_str("[[");
        marked.push_str(crate::source::slice(text, *span));
        marked.push_str("]]");
        at = span.end;
    }
    marked.push_str(crate::source::slice(text, Span::new(at, text.len())));
    marked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_marks_out_and_puts_them_back() {
        for marked in ["", "无", "《[[督查]]规定》", "[[甲]][[乙]]", "一[[[bookmark: _GoBack]]]二", "a[b]c"]
        {
            let (text, marks) = unmark(marked).unwrap();
            assert_eq!(mark(&text, &marks), marked);
            assert!(!text.contains("[["), "{text}");
        }
        let (text, marks) = unmark("[[[甲]]]").unwrap();
        assert_eq!((text.as_str(), marks.as_slice()), ("[甲]", &[Span::new(0, 5)][..]));
    }

    #[test]
    fn tells_what_is_wrong() {
        for (marked, fault) in [
            ("甲[[乙", MarkFault::Unclosed(Span::new(3, 5))),
            ("甲]]乙", MarkFault::Unopened(Span::new(3, 5))),
            ("[[甲[[乙]]]]", MarkFault::Nested(Span::new(5, 7))),
            ("[[]]", MarkFault::Empty(Span::new(0, 4))),
        ] {
            assert_eq!(unmark(marked), Err(fault), "{marked}");
        }
    }
}
