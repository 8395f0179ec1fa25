//! What may stand at the end of a statement that is still being written. The grammar itself is asked: no list of keywords
//! is kept beside it.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use pest::error::Error;
use pest::set_error_detail;

use crate::lang::ast::Voice;
use crate::lang::parse::grammar::Rule;
use crate::lang::parse::outside::Outside;
use crate::lang::parse::{FACTS, Names, cuts};
use crate::source::slice;
use crate::span::Span;

/// What is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// A statement.
    Statement,
    /// A condition by itself.
    Condition,
}

/// What could be written next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expected {
    /// Keywords, those of the statement's voice.
    pub words: Vec<Word>,
    /// Whether a `$set` may stand here.
    pub sets: bool,
    /// Whether a quantity may stand here.
    pub quantities: bool,
    /// Whether a fact or variable may stand here.
    pub facts: bool,
}

/// A keyword that may stand at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Where it begins: what is typed of it already is part of it.
    pub from: usize,
    /// All of it; several words where nothing else can follow the first.
    pub text: String,
    /// The voice it belongs to.
    pub voice: Voice,
}

/// Ends every attempt: no rule takes it here, so that the grammar must say what it would have taken.
const STOP: char = ']';
/// Longer statements are not completed.
const LONGEST: usize = 4096;
/// Characters of a Chinese keyword that may be typed already.
const TYPED: usize = 6;
/// Words that are put behind one another where each has but one successor.
const CHAINED: usize = 8;

/// What could be written next, given all that stands before. Nothing inside of quotes and regexes.
pub fn expected(before: &str, writing: Writing, names: &Names) -> Expected {
    let outside = Outside::of(before);
    let quoted = outside.unclosed.is_some_and(|it| !matches!(it.due, ')' | '）'));
    if before.len() > LONGEST || quoted {
        return Expected::default();
    }
    let voice = outside.voice().filter(|_| writing == Writing::Statement);
    let mut expected = Expected::default();
    for voice in [Voice::Zh, Voice::En].into_iter().filter(|it| voice.is_none_or(|voice| voice == *it)) {
        let asked = Asked { before, writing, voice, names, finite: finite(&outside, writing, voice) };
        match voice {
            Voice::Zh => asked.chinese(&mut expected),
            Voice::En => asked.english(&mut expected),
        }
    }
    expected
}

/// Whether a condition is being written, so that verbs stand in their finite form and facts may be named.
fn finite(outside: &Outside, writing: Writing, voice: Voice) -> bool {
    let behind = outside.modal(voice).map(|it| slice(&outside.text, Span::new(it.end, outside.text.len())));
    writing == Writing::Condition || behind.is_none_or(|it| it.contains("unless") || it.contains("除非"))
}

/// What is asked of the grammar.
struct Asked<'a> {
    before: &'a str,
    writing: Writing,
    voice: Voice,
    names: &'a Names,
    finite: bool,
}

impl Asked<'_> {
    /// Chinese keywords need no space: what is typed of one may begin at any of the last characters.
    fn chinese(&self, expected: &mut Expected) {
        self.take(self.before.len(), expected);
        let ends = |c: char| c.is_whitespace() || c.is_ascii_punctuation() || "，。；：、（）“”「」《》".contains(c);
        for (from, c) in self.before.char_indices().rev().take(TYPED) {
            if ends(c) {
                break;
            }
            self.take(from, expected);
        }
    }

    /// English keywords are words by themselves.
    fn english(&self, expected: &mut Expected) {
        let letter = |c: char| c.is_ascii_alphanumeric() || c == '-';
        self.take(self.before.trim_end_matches(letter).len(), expected);
    }

    /// Takes what may begin at a byte and agrees with what is typed behind it.
    fn take(&self, from: usize, expected: &mut Expected) {
        let (head, typed) = (slice(self.before, Span::new(0, from)), self.typed(from));
        let Some(answer) = self.ask(head) else { return };
        if typed.is_empty() || self.voice == Voice::En {
            expected.sets |= answer.sets;
            expected.quantities |= answer.quantities;
            expected.facts |= answer.facts;
        }
        for word in answer.words.into_iter().filter(|it| it.starts_with(&typed) && *it != typed) {
            if !expected.words.iter().any(|it| it.text == word && it.voice == self.voice) {
                let text = self.chain(head, word);
                expected.words.push(Word { from, text, voice: self.voice });
            }
        }
    }

    fn typed(&self, from: usize) -> String {
        slice(self.before, Span::new(from, self.before.len())).to_ascii_lowercase()
    }

    /// An English keyword with those behind it that must follow: `instead of`.
    fn chain(&self, head: &str, word: String) -> String {
        let mut chain = word;
        for _ in 0..CHAINED {
            if self.voice == Voice::Zh {
                break;
            }
            match self.ask(&format!("{head}{chain} ")) {
                Some(Answer { words, sets: false, quantities: false, facts: false, open: false }) => match &*words {
                    [only] => chain = format!("{chain} {only}"),
                    _ => break,
                },
                Some(_) | None => break,
            }
        }
        chain
    }

    fn ask(&self, head: &str) -> Option<Answer> {
        let rule = match (self.writing, self.voice) {
            (Writing::Statement, Voice::En) => Rule::en_statement,
            (Writing::Statement, Voice::Zh) => Rule::zh_statement,
            (Writing::Condition, Voice::En) => Rule::en_condition,
            (Writing::Condition, Voice::Zh) => Rule::zh_condition,
        };
        // Details are kept of all attempts in the program while they are asked for; one at a time does.
        static ASKING: Mutex<()> = Mutex::new(());
        let asking = ASKING.lock().unwrap_or_else(PoisonError::into_inner);
        set_error_detail(true);
        let error = cuts::stuck_at_end(head, STOP, self.names, self.voice, rule);
        set_error_detail(false);
        drop(asking);
        error.map(|it| self.answer(head, &it))
    }

    fn answer(&self, head: &str, error: &Error<Rule>) -> Answer {
        let Some(attempts) = error.parse_attempts() else { return Answer::default() };
        let tokens: BTreeSet<String> =
            attempts.expected_tokens().iter().map(|it| it.to_string().to_lowercase()).collect();
        let deepest: Vec<Rule> =
            attempts.call_stacks().iter().filter_map(|it| it.deepest.get_rule().copied()).collect();
        let has = |word: &str| tokens.contains(word);
        let claims = has("提及") || has("mention");
        let compares = self.after_name(head);
        let words =
            tokens.iter().filter(|it| is_word(it) && (compares || !is_comparison(it) || *it == "is" && has("be")));
        let words = words.filter(|it| it.is_ascii() == (self.voice == Voice::En) && *it != "which");
        let words = words.filter(|it| self.finite || !claims || !is_subject(it));
        let words: Vec<String> = words.filter(|it| !self.other_form(it, &tokens)).cloned().collect();
        Answer {
            words,
            sets: has("$"),
            quantities: deepest.iter().any(|it| matches!(it, Rule::decimal | Rule::operand | Rule::factor)) && !claims,
            facts: claims && self.finite,
            open: has("\"") || has("一") || has("0..9"),
        }
    }

    /// Whether a fact or a quantity stands at the end, which a comparison may follow.
    fn after_name(&self, head: &str) -> bool {
        let names = &self.names;
        let mut known = FACTS
            .into_iter()
            .chain([&names.vars, &names.params, &names.quantities].into_iter().flatten().map(|it| &**it));
        known.any(|name| head.trim_end().ends_with(name))
    }

    /// Whether a verb stands among the tokens in the form that is due here too.
    fn other_form(&self, word: &str, tokens: &BTreeSet<String>) -> bool {
        const FORMS: [(&str, &str); 5] =
            [("have", "has"), ("be", "is"), ("do", "does"), ("satisfy", "satisfies"), ("mix", "mixes")];
        let finite = |base: &str| {
            let irregular = FORMS.iter().find(|(it, _)| *it == base).map(|(_, finite)| (*finite).to_owned());
            irregular.unwrap_or_else(|| format!("{base}s"))
        };
        let is_verb = |base: &str| self.voice == Voice::En && !matches!(base, "heading" | "section" | "table" | "time");
        match self.finite {
            true => is_verb(word) && tokens.contains(&finite(word)),
            false => tokens.iter().any(|base| is_verb(base) && finite(base) == word),
        }
    }
}

/// What the grammar answers.
#[derive(Default)]
struct Answer {
    words: Vec<String>,
    sets: bool,
    quantities: bool,
    facts: bool,
    /// Whether something stands here that is no keyword: a phrase, a number.
    open: bool,
}

/// Whether a token is a keyword: no sign, no number, no kind of character.
fn is_word(token: &str) -> bool {
    let numeral = |c: char| "〇零一二两三四五六七八九十百千万".contains(c);
    let starts = token.chars().next().is_some_and(char::is_alphabetic);
    let range = token.contains("..") || token == "builtin_rule";
    starts && !range && !token.chars().all(numeral)
}

/// What stands before a verb in conditions alone.
fn is_subject(token: &str) -> bool {
    matches!(token, "it" | "the" | "report" | "do" | "does" | "其" | "它" | "报告" | "本报告" | "该报告")
}

fn is_comparison(token: &str) -> bool {
    matches!(token, "为" | "是" | "不为" | "不是" | "is" | "大于" | "小于" | "等于" | "不大于" | "不小于")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        let list = |words: &[&str]| words.iter().map(|it| (*it).to_owned()).collect();
        Names {
            sets: list(&["不足"]), quantities: list(&["审结"]), params: list(&["least"]), vars: list(&["level"])
        }
    }

    /// The words that may follow, as `typed|rest`, and what else may.
    fn at_end(before: &str, writing: Writing) -> (Vec<String>, String) {
        let it = expected(before, writing, &names());
        let words = it.words.iter().map(|word| {
            let typed = before.len() - word.from;
            format!("{}|{}", word.text.get(..typed).unwrap(), word.text.get(typed..).unwrap())
        });
        let flags = [(it.sets, "$"), (it.quantities, "quantity"), (it.facts, "fact")];
        (words.collect(), flags.iter().filter(|(on, _)| *on).map(|(_, it)| *it).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn keywords_stand_where_the_grammar_has_them() {
        for (before, there, not_there, others) in [
            ("", "|应当 |不得 |当 |must |when |each", "|提及 |mention", ""),
            ("应", "应|当", "|must", ""),
            ("应当", "|提及 |包含 |在 |署名", "|章节 |为 |must", ""),
            ("应当提", "提|及", "|包含", ""),
            ("应当提及", "|原文", "|为 |等于 |章节", "$"),
            ("应当提及 ", "|原文", "|为", "$"),
            ("应当提及 甲", "|至少 |在 |除非 |并且", "|章节", "$"),
            ("应当提及甲至", "至|少 至|多", "", "$"),
            ("应当提及“甲", "", "|至少 |在", ""),
            ("报告应当在", "|标题中 |前 |每个", "|为", "$"),
            ("应当在存在不足章节", "|中 |以外", "|提及", ""),
            ("应当包含 $不足 ", "|章节", "|提及", ""),
            ("应当包含$不足章节，", "|位于 |除非", "|提及", "$"),
            ("当 level ", "|为 |不为", "|提及", ""),
            ("当", "|提及 |包含", "|应当", "fact"),
            ("当提及甲", "|时", "|应当", ""),
            ("当提及甲时，", "|应当 |不得 |每个", "|提及", ""),
            ("应当提及甲，除非", "|提及 |包含", "|应当", "fact"),
            ("应当满足 ", "", "|提及 |为", "quantity"),
            ("应当满足 审结 = ", "", "|提及", "quantity"),
            ("必须提及甲 and ", "", "|mention", ""),
            (
                "must ",
                "|mention |include |be |state percentages that follow from its counts",
                "|mentions |提及 |is",
                "",
            ),
            ("must me", "me|ntion", "|include", ""),
            ("must mention", "", "|include", ""),
            ("must mention ", "|any of |all of |exactly", "|in", "$"),
            ("must mention 甲 ", "|in |at |once |before |or |except", "|mention", ""),
            ("must mention 甲 in ", "|the |own-line |every", "|mention", "$"),
            ("must write 甲 ", "|instead of", "|in", ""),
            ("must be ", "|signed |dated |written in one script", "|mention", ""),
            ("when it ", "|mentions |is |does not |has", "|mention |must |have", "fact"),
            ("must mention 甲 unless ", "|it |mentions", "|mention", "fact"),
            ("MUST MEN", "men|tion", "", ""),
        ] {
            let (words, flags) = at_end(before, Writing::Statement);
            for word in there.split(" |").map(|it| if it.contains('|') { it.to_owned() } else { format!("|{it}") }) {
                let parts = if word.matches('|').count() > 1 || word == "|" { Vec::new() } else { vec![word] };
                assert!(parts.iter().all(|it| words.contains(it)), "{before}: {parts:?} in {words:?}");
            }
            for word in not_there.split(" |").map(|it| it.trim_start_matches('|')).filter(|it| !it.is_empty()) {
                assert!(!words.contains(&format!("|{word}")), "{before}: {word} in {words:?}");
            }
            assert_eq!(flags, others, "{before}: {words:?}");
        }
    }

    #[test]
    fn conditions_have_no_modal() {
        let (words, flags) = at_end("", Writing::Condition);
        assert!(words.contains(&"|提及".to_owned()) && words.contains(&"|it".to_owned()), "{words:?}");
        assert!(!words.contains(&"|应当".to_owned()) && !words.contains(&"|must".to_owned()), "{words:?}");
        assert_eq!(flags, "fact");
        let (words, _) = at_end("it mentions 法治 in the ", Writing::Condition);
        assert!(words.contains(&"|title".to_owned()), "{words:?}");
    }

    #[test]
    fn any_text_ends() {
        for text in
            ["应当提及".repeat(2000), "（".repeat(500), "存在不足章节问题章节中".repeat(30), "]".into(), "$".into()]
        {
            let _ = expected(&text, Writing::Statement, &names());
        }
    }
}
