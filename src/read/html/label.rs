//! The encoding that a page says it is in.

use crate::source::slice;
use crate::span::Span;

/// How far into a page its encoding may be named, in bytes.
const DEPTH: usize = 4096;

/// The name behind `charset=` in the head of a page.
pub fn label(text: &str) -> Option<String> {
    let head = slice(text, Span::new(0, DEPTH)).to_ascii_lowercase();
    let behind = head.split("charset").skip(1).find_map(|it| it.trim_start().strip_prefix('='))?;
    let value = behind.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
    let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(value.len());
    let name = slice(value, Span::new(0, end));
    (!name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_read_from_either_form_of_meta() {
        for (html, name) in [
            ("<meta charset=\"gb2312\">", Some("gb2312")),
            ("<META http-equiv=Content-Type content='text/html; charset = GBK'>", Some("gbk")),
            ("<?xml version='1.0'?><meta charset='utf-8' />", Some("utf-8")),
            ("<meta charset=\"\">", None),
            ("<p>charset</p>", None),
        ] {
            assert_eq!(label(html).as_deref(), name, "{html}");
        }
    }
}
