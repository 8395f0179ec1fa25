//! What a statement may not exceed.

use crate::lang::parse::Fault;
use crate::locale::Locale;
use crate::say;
use crate::span::Span;

/// Bytes of a statement.
pub const BYTES: usize = 64 * 1024;
/// Parentheses inside one another, and `not` before one another.
pub const DEPTH: usize = 64;
/// Bytes of a regex.
pub const REGEX: usize = 4 * 1024;
/// Steps of pest for one reading of a statement.
pub const CALLS: usize = 20_000_000;

/// Refuses what is too long or nested too deep before it is parsed.
pub fn check(text: &str, locale: Locale) -> Result<(), Vec<Fault>> {
    let fault = |code, message, span| {
        let help = say!(locale, "拆成几条规则", "split it into several rules");
        Err(vec![Fault { code, message, label: String::new(), span, help: Some(help) }])
    };
    if text.len() > BYTES {
        let length = text.len();
        let message = say!(
            locale,
            "语句有 {length} 字节，上限是 {BYTES} 字节",
            "the statement has {length} bytes, at most {BYTES} are read"
        );
        return fault("lang::too-long", message, Span::new(0, 0));
    }
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEPTH {
            let message = say!(locale, "括号嵌套超过 {DEPTH} 层", "parentheses are nested more than {DEPTH} deep");
            return fault("lang::too-deep", message, Span::new(at, at + c.len_utf8()));
        }
    }
    Ok(())
}
