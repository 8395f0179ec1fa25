//! A statement with what stands in quotes and regexes blotted out: where keywords are looked for when it does not parse.

use crate::lang::ast::Voice;
use crate::lang::parse::cuts::simple;
use crate::source::slice;
use crate::span::Span;

const ENGLISH_MODALS: [&str; 2] = ["must", "should"];
const CHINESE_MODALS: [&str; 7] = ["应当", "必须", "不得", "禁止", "不宜", "建议", "宜"];
/// What stands for a character of a quotation or regex, once for each of its bytes.
const BLOT: char = '\u{1}';

/// A quote, bracket or regex that is opened and never closed, and what would close it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unclosed {
    /// The opening mark.
    pub span: Span,
    /// The mark that is missing.
    pub due: char,
}

/// A statement outside of its quotes and regexes.
#[derive(Debug)]
pub struct Outside {
    /// As long as the statement, byte for byte; in simplified characters and small letters.
    pub text: String,
    /// The first mark that is never closed.
    pub unclosed: Option<Unclosed>,
}

impl Outside {
    /// Reads a statement of any kind, sound or not.
    pub fn of(text: &str) -> Outside {
        let mut out = String::with_capacity(text.len());
        let mut open: Vec<Unclosed> = Vec::new();
        let mut quote: Option<Unclosed> = None;
        let mut chars = text.char_indices();
        while let Some((at, c)) = chars.next() {
            let span = Span::new(at, at + c.len_utf8());
            if let Some(Unclosed { due, .. }) = quote {
                let behind = if c == '\\' { chars.next() } else { None };
                quote = quote.filter(|_| c != due);
                [Some((at, c)), behind].into_iter().flatten().for_each(|(_, c)| blot(&mut out, c));
            } else if let Some(due) = closing(c) {
                quote = Some(Unclosed { span, due });
                out.push(c);
            } else if c == '/' && opens_regex(text, &out, at) {
                quote = Some(Unclosed { span, due: '/' });
                out.push(c);
            } else {
                match c {
                    '(' => open.push(Unclosed { span, due: ')' }),
                    '（' => open.push(Unclosed { span, due: '）' }),
                    ')' | '）' => drop(open.pop()),
                    _ => {}
                }
                push_alike(&mut out, c);
            }
        }
        Outside { text: out, unclosed: quote.or_else(|| open.first().copied()) }
    }

    /// The voice of the statement, that of its modal. Where there are modals of both, the statement's first word tells.
    pub fn voice(&self) -> Option<Voice> {
        let modals = self.modals();
        let has = |voice| modals.iter().any(|(it, _)| *it == voice);
        let begins_english = self.text.trim_start().starts_with(|c: char| c.is_ascii_alphabetic());
        match (has(Voice::En), has(Voice::Zh)) {
            (true, true) if begins_english => Some(Voice::En),
            (_, true) => Some(Voice::Zh),
            (true, false) => Some(Voice::En),
            (false, false) => None,
        }
    }

    /// The first modal of a voice.
    pub fn modal(&self, voice: Voice) -> Option<Span> {
        self.modals().into_iter().find(|(it, _)| *it == voice).map(|(_, span)| span)
    }

    /// The modals of both voices, in order.
    fn modals(&self) -> Vec<(Voice, Span)> {
        let mut found: Vec<(Voice, Span)> = Vec::new();
        for (at, _) in self.text.char_indices() {
            if found.last().is_some_and(|(_, last)| at < last.end) {
                continue;
            }
            let rest = slice(&self.text, Span::new(at, self.text.len()));
            let whole = |word: &str| self.is_word(Span::new(at, at + word.len()));
            let english = ENGLISH_MODALS.iter().find(|it| rest.starts_with(**it) && whole(it));
            let chinese = CHINESE_MODALS.iter().find(|it| rest.starts_with(**it));
            found.extend(english.map(|it| (Voice::En, Span::new(at, at + it.len()))));
            found.extend(chinese.map(|it| (Voice::Zh, Span::new(at, at + it.len()))));
        }
        found
    }

    /// A second modal with something behind it: 应当提及 甲 并且应当提及 乙. 宜 and 建议 inside a phrase are none.
    pub fn second_modal(&self, voice: Voice) -> Option<Span> {
        let weak = |span: &Span| matches!(slice(&self.text, *span), "宜" | "建议") && !self.begins_word(span.start);
        let own = self.modals().into_iter().filter(|(it, span)| *it == voice && !weak(span));
        let second = own.map(|(_, span)| span).nth(1)?;
        let ends = slice(&self.text, Span::new(second.end, self.text.len())).trim().is_empty();
        (!ends && self.begins_word(second.start)).then_some(second)
    }

    /// Whether a keyword at this byte stands by itself: behind a space, a mark or a connective.
    fn begins_word(&self, at: usize) -> bool {
        let before = slice(&self.text, Span::new(0, at));
        let joint = ["并且", "或者", "且", "报告"].iter().any(|it| before.ends_with(it));
        joint || before.is_empty() || before.ends_with(|c: char| c.is_whitespace() || "，,、（(".contains(c))
    }

    /// Whether the stretch is a word of English letters by itself.
    fn is_word(&self, span: Span) -> bool {
        let letter = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let before = slice(&self.text, Span::new(0, span.start)).chars().next_back();
        let behind = slice(&self.text, Span::new(span.end, self.text.len())).chars().next();
        !before.is_some_and(letter) && !behind.is_some_and(letter)
    }
}

/// Whether a slash opens a regex: where a word begins, or right behind a Chinese keyword; and another one follows.
fn opens_regex(text: &str, before: &str, at: usize) -> bool {
    let rest = slice(text, Span::new(at + 1, text.len()));
    let due = before.ends_with(|c: char| c.is_whitespace() || "，,、（(".contains(c))
        || ["提及", "提到", "包含", "在", "以", "写", "将", "混用", "与", "距"].iter().any(|it| before.ends_with(it));
    due && !rest.starts_with(char::is_whitespace) && rest.contains('/')
}

fn closing(open: char) -> Option<char> {
    Some(match open {
        '"' => '"',
        '＂' => '＂',
        '“' => '”',
        '「' => '」',
        '『' => '』',
        _ => return None,
    })
}

fn blot(out: &mut String, c: char) {
    out.extend(std::iter::repeat_n(BLOT, c.len_utf8()));
}

/// A character as keywords are compared, unless that would move what stands behind it.
fn push_alike(out: &mut String, c: char) {
    let alike = simple(c).to_ascii_lowercase();
    out.push(if alike.len_utf8() == c.len_utf8() { alike } else { c });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_voice_by_the_modal_outside_of_quotes() {
        for (text, voice) in [
            ("must mention 甲", Some(Voice::En)),
            ("應當提及 must", Some(Voice::Zh)),
            ("when it mentions 相关事宜, the report must mention 甲", Some(Voice::En)),
            (r#"when it mentions "a \" must", 应当提及 甲"#, Some(Voice::Zh)),
            ("mustard 提及 “应当” 『不得』", None),
            ("SHOULD mention /不得/", Some(Voice::En)),
            ("", None),
        ] {
            assert_eq!(Outside::of(text).voice(), voice, "{text}");
        }
    }

    #[test]
    fn finds_what_is_never_closed() {
        for (text, due) in [
            ("提及 “甲”（乙", Some('）')),
            ("提及 “甲（", Some('”')),
            (r#"mention "a\"" except (乙"#, Some(')')),
            (r"提及 /^（\(/", None),
            ("satisfy 甲 = 乙 / (丙 + 丁)", None),
            ("提及 /甲", None),
        ] {
            let outside = Outside::of(text);
            assert_eq!(outside.unclosed.map(|it| it.due), due, "{text}");
            assert_eq!(outside.text.len(), text.len());
        }
    }

    #[test]
    fn a_second_modal_is_no_part_of_a_phrase() {
        for (text, voice, second) in [
            ("应当提及 甲 并且应当提及 乙", Voice::Zh, Some("应当")),
            ("当提及 相关事宜 时，应当提及", Voice::Zh, None),
            ("应当提及 意见建议 甲", Voice::Zh, None),
            ("must mention 甲 and must not mention 乙", Voice::En, Some("must")),
            ("must mention 甲 “must”", Voice::En, None),
        ] {
            assert_eq!(Outside::of(text).second_modal(voice).map(|it| slice(text, it)), second, "{text}");
        }
    }
}
