//! What is said where several phrases stand together and it is not told how many of them are meant.

use super::{Stuck, behind_verb};
use crate::lang::ast::Voice;
use crate::lang::parse::{Fault, keywords};
use crate::say;
use crate::source::slice;
use crate::span::Span;

impl Stuck<'_> {
    /// `甲 or 乙`: claims are joined, not phrases.
    pub(super) fn joined(&self) -> Option<Fault> {
        let joints: &[(&str, bool)] = match self.voice {
            Voice::En => &[("or", true), ("and", false)],
            Voice::Zh => &[("或者", true), ("并且", false), ("或", true), ("和", false), ("及", false)],
        };
        let alone = |joint: &str| self.voice == Voice::En || joint.chars().nth(1).is_none();
        let (joint, any, joint_at) = joints.iter().find_map(|(joint, any)| {
            let here = slice(&self.outside.text, self.here);
            let begins = if alone(joint) { here == *joint } else { here.starts_with(joint) };
            let ends = !alone(joint) && self.before(self.here.start).ends_with(joint)
                || self.previous(self.here.start).is_some_and(|it| slice(&self.outside.text, it) == *joint);
            let before = || self.before(self.here.start).len() - joint.len();
            if begins { Some((*joint, *any, self.here.start)) } else { ends.then(|| (*joint, *any, before())) }
        })?;
        let left = self.previous(joint_at).map(|span| behind_verb(self.slice(span), self.voice))?;
        let right = self.next_part(joint_at + joint.len())?;
        let follows = self.next(right.end).is_some();
        let word = self.slice(right);
        let slip = follows && keywords::nearest_verb(word, self.voice).is_some();
        if left.is_empty() || slip || keywords::begins_claim(word, self.voice) && self.voice == Voice::En {
            return None;
        }
        let message = say!(
            self.locale,
            "“{joint}”连接的是要求，“{word}”前面没有动词",
            "`{joint}` joins claims, and {word} has no verb"
        );
        let help = match (self.voice, any) {
            (Voice::En, true) => format!("any of ({left}, {word})"),
            (Voice::En, false) => format!("all of ({left}, {word})"),
            (Voice::Zh, true) => format!("（{left}、{word}）之一"),
            (Voice::Zh, false) => format!("（{left}、{word}）全部"),
        };
        Some(self.elsewhere("lang::joined", right, message, say!(self.locale, "写 {help}", "write {help}")))
    }

    /// The rest of the word at a byte, or the word behind it.
    fn next_part(&self, at: usize) -> Option<Span> {
        let rest = self.words.iter().find(|word| word.start < at && at < word.end);
        rest.map(|word| Span::new(at, word.end)).or_else(|| self.next(at))
    }

    /// `甲, 乙` and `(甲, 乙)`: how many of them is not said.
    pub(super) fn list(&self) -> Option<Fault> {
        let (span, members) = self.listed_bare().or_else(|| self.listed_in_brackets())?;
        let help = match self.voice {
            Voice::En => say!(
                self.locale,
                "写 any of ({members}) 或 all of ({members})",
                "write any of ({members}) or all of ({members})"
            ),
            Voice::Zh => say!(
                self.locale,
                "写（{members}）之一，或者（{members}）全部",
                "write （{members}）之一 or （{members}）全部"
            ),
        };
        let message =
            say!(self.locale, "列举要说明是其一还是全部", "a list must say how many of its members are meant");
        Some(self.elsewhere("lang::list", span, message, help))
    }

    /// Phrases with nothing but commas between them, the reading stuck at the second.
    fn listed_bare(&self) -> Option<(Span, String)> {
        let comma = |text: &str| ["、", ",", "，"].contains(&text.trim());
        let stuck_at_comma = comma(self.slice(self.here));
        let first = self.previous(self.here.start)?;
        let second = if stuck_at_comma { self.next(self.here.end)? } else { self.here };
        let (left, right) = (behind_verb(self.slice(first), self.voice), self.slice(second));
        let plain = |word: &str| !word.is_empty() && !keywords::begins_claim(word, Voice::En);
        let known = keywords::nearest_keyword(right, self.voice).is_some() || keywords::ends_with_keyword(right);
        if !comma(self.slice(Span::new(first.end, second.start))) || known || !plain(left) || !plain(right) {
            return None;
        }
        let mark = if self.voice == Voice::Zh { "、" } else { ", " };
        Some((Span::new(first.end - left.len(), second.end), format!("{left}{mark}{right}")))
    }

    /// A list in brackets with no word before or behind it that says how many.
    fn listed_in_brackets(&self) -> Option<(Span, String)> {
        let text = &self.outside.text;
        let open = self.before(self.here.end).rfind(['(', '（'])?;
        let rest = slice(text, Span::new(open, text.len()));
        let close = rest.find([')', '）'])?;
        let width = |at: usize| text.get(at..).and_then(|it| it.chars().next()).map_or(0, char::len_utf8);
        let inner = Span::new(open + width(open), open + close);
        let behind = slice(text, Span::new(inner.end + width(inner.end), text.len())).trim_start();
        let counted = self.before(open).ends_with("of") || self.before(open).ends_with("except");
        let named = ["之一", "全部", "中至少", "除外"].iter().any(|it| behind.starts_with(it));
        let listed = slice(text, inner).contains(['、', ',', '，']);
        (listed && !counted && !named)
            .then(|| (Span::new(open, inner.end + width(inner.end)), self.slice(inner).to_owned()))
    }
}
