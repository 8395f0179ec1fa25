//! What is said when a statement does not parse: what stands there, what was expected in the voice of the statement, and
//! the way out.

use pest::error::Error;

use crate::lang::ast::Voice;
use crate::lang::parse::grammar::Rule;
use crate::lang::parse::outside::Outside;
use crate::lang::parse::{Fault, keywords, slips};
use crate::locale::Locale;
use crate::say;
use crate::source::slice;
use crate::span::Span;

mod several;

/// A statement without a modal.
pub fn no_modal(text: &str, outside: &Outside, locale: Locale) -> Fault {
    let (span, help) = match keywords::nearly_modal(&outside.text) {
        Some((span, modal)) => (span, say!(locale, "写 {modal}", "write {modal}")),
        None => {
            let example = "报告应当提及 第一责任人";
            let in_english = "the report must mention 第一责任人";
            (
                Span::new(0, text.len()),
                say!(locale, "写成一句要求，例如：{example}", "write a requirement, such as: {in_english}"),
            )
        }
    };
    let message = say!(locale, "语句里没有情态词：应当、不得、宜、不宜", "the statement has no `must` or `should`");
    Fault { code: "lang::no-modal", message, label: String::new(), span, help: Some(help) }
}

/// A bare phrase that may end in more than one place.
pub fn ambiguous(text: &str, phrase: Span, locale: Locale) -> Fault {
    let words = slice(text, phrase);
    Fault {
        code: "lang::ambiguous",
        message: say!(locale, "词语在哪里结束有两种读法", "the phrase may end in more than one place"),
        label: say!(locale, "在这里断开，还是在后面？", "here, or further on?"),
        span: phrase,
        help: Some(say!(locale, "给词语加上引号，例如 “{words}”", "put the phrase in quotes, as in “{words}”")),
    }
}

/// What is wrong at the place that the furthest attempt came to.
pub fn of_attempt(text: &str, voice: Voice, error: &Error<Rule>, reach: usize, locale: Locale) -> Fault {
    let stuck = Stuck::new(text, voice, error, reach, locale);
    let told = stuck
        .unclosed()
        .or_else(|| stuck.second_modal())
        .or_else(|| stuck.foreign())
        .or_else(|| stuck.slip())
        .or_else(|| stuck.subject())
        .or_else(|| stuck.joined())
        .or_else(|| stuck.list())
        .or_else(|| stuck.no_verb())
        .or_else(|| stuck.two_words())
        .or_else(|| stuck.incomplete())
        .or_else(|| stuck.keyword());
    told.unwrap_or_else(|| stuck.syntax())
}

/// English keywords that may stand between the words of a phrase.
const BINDING: [&str; 4] = ["of", "the", "a", "an"];

/// A statement that no reading gets past some place.
struct Stuck<'a> {
    text: &'a str,
    outside: Outside,
    /// What lies between white space, commas and brackets.
    words: Vec<Span>,
    voice: Voice,
    locale: Locale,
    /// The word, or rest of a word, that could not be read; the last one where the statement breaks off.
    here: Span,
    /// Whether nothing stands there any more.
    at_end: bool,
    /// What could stand there.
    expected: String,
}

impl<'a> Stuck<'a> {
    fn new(text: &'a str, voice: Voice, error: &Error<Rule>, reach: usize, locale: Locale) -> Self {
        let words = words(text);
        let rest = slice(text, Span::new(reach, text.len()));
        let at = text.len() - rest.trim_start().len();
        let at_end = at >= text.len();
        let word = words.iter().find(|word| word.start <= at && at < word.end).map(|word| Span::new(at, word.end));
        let mark = || Span::new(at, at + text.get(at..).and_then(|it| it.chars().next()).map_or(0, char::len_utf8));
        let here = if at_end { words.last().copied().unwrap_or_default() } else { word.unwrap_or_else(mark) };
        let expected = keywords::expected(error, voice, locale);
        Stuck { text, outside: Outside::of(text), words, voice, locale, here, at_end, expected }
    }

    fn fault(&self, code: &'static str, span: Span, message: String, help: Option<String>) -> Fault {
        let expected = &self.expected;
        let label = if expected.is_empty() {
            String::new()
        } else {
            say!(self.locale, "这里应当是{expected}", "expected {expected}")
        };
        Fault { code, message, label, span, help }
    }

    /// A fault whose place is not where the reading got stuck: what was expected there says nothing.
    fn elsewhere(&self, code: &'static str, span: Span, message: String, help: String) -> Fault {
        Fault { label: String::new(), ..self.fault(code, span, message, Some(help)) }
    }

    fn slice(&self, span: Span) -> &'a str {
        slice(self.text, span)
    }

    /// What stands before a byte, quotes and regexes blotted out.
    fn before(&self, at: usize) -> &str {
        slice(&self.outside.text, Span::new(0, at)).trim_end()
    }

    /// The word before the one that begins at a byte, and the one behind it.
    fn previous(&self, at: usize) -> Option<Span> {
        self.words.iter().rfind(|word| word.end <= at).copied()
    }

    fn next(&self, at: usize) -> Option<Span> {
        self.words.iter().find(|word| word.start >= at).copied()
    }

    /// The word that could not be read and the one before it, which may have been taken for something else.
    fn suspects(&self) -> impl Iterator<Item = Span> {
        [Some(self.here), self.previous(self.here.start)].into_iter().flatten()
    }

    fn unclosed(&self) -> Option<Fault> {
        let slash = self.slice(self.here).starts_with('/').then(|| Span::new(self.here.start, self.here.start + 1));
        let (span, due) = match (self.outside.unclosed, slash) {
            (Some(open), _) => (open.span, open.due),
            (None, Some(slash)) => (slash, '/'),
            (None, None) => return None,
        };
        let mark = self.slice(span);
        let message = say!(self.locale, "{mark} 没有闭合", "{mark} is not closed");
        Some(self.elsewhere("lang::unclosed", span, message, say!(self.locale, "补上 {due}", "add {due}")))
    }

    fn second_modal(&self) -> Option<Fault> {
        let span = self.outside.second_modal(self.voice)?;
        let modal = self.slice(span);
        let message = say!(
            self.locale,
            "一条语句只能有一个情态词，这里又有“{modal}”",
            "one modal a statement: here is another, `{modal}`"
        );
        let help = say!(
            self.locale,
            "拆成两条语句；或者去掉后面的“{modal}”",
            "split it into two statements, or drop the second `{modal}`"
        );
        Some(self.elsewhere("lang::two-modals", span, message, help))
    }

    fn slip(&self) -> Option<Fault> {
        let modal = self.outside.modal(Voice::Zh).filter(|_| self.voice == Voice::Zh)?;
        slips::find(&self.outside, modal, self.locale)
    }

    fn foreign(&self) -> Option<Fault> {
        let (at, found, other) = self.suspects().find_map(|word| {
            let (found, other) = keywords::foreign(self.slice(word), self.voice)?;
            Some((word.start, found, other))
        })?;
        let message = match self.voice {
            Voice::Zh => say!(
                self.locale,
                "“{found}”是英文关键词，本句是中文",
                "`{found}` is an English keyword in a Chinese statement"
            ),
            Voice::En => say!(
                self.locale,
                "“{found}”是中文关键词，本句是英文",
                "`{found}` is a Chinese keyword in an English statement"
            ),
        };
        let help = say!(self.locale, "写 {other}", "write {other}");
        Some(self.elsewhere("lang::foreign-keyword", Span::new(at, at + found.len()), message, help))
    }

    /// What stands before the modal and is no subject: 标题应当提及 法治.
    fn subject(&self) -> Option<Fault> {
        let modal = self.outside.modal(self.voice)?;
        let begin = self
            .before(modal.start)
            .rfind([',', '，'])
            .map_or(0, |at| at + self.text.get(at..).and_then(|it| it.chars().next()).map_or(0, char::len_utf8));
        let written = self.slice(Span::new(begin, modal.start));
        let start = begin + written.len() - written.trim_start().len();
        let subject = Span::new(start, start + written.trim().len());
        if self.here.start >= modal.start || self.here.start < begin || subject.is_empty() || self.conditional(subject)
        {
            return None;
        }
        let found = self.slice(subject);
        let message = say!(self.locale, "“{found}”不能作主语", "`{found}` is no subject");
        let help = match self.voice {
            Voice::Zh => say!(
                self.locale,
                "主语是“报告”，或者“每个句子、段落、章节、一级章节、标题”；位置写在“应当”后面：报告应当在标题中提及 …",
                "the subject is 报告, or 每个 and 句子, 段落, 章节, 一级章节 or 标题; a place stands behind the modal"
            ),
            Voice::En => say!(
                self.locale,
                "主语是 the report，或者 each sentence / paragraph / section / heading；位置写在后面：must mention … in the title",
                "the subject is `the report` or `each` sentence, paragraph, section or heading; a place stands behind the claim"
            ),
        };
        Some(self.elsewhere("lang::subject", subject, message, help))
    }

    /// Whether a stretch begins a condition or has its own trouble.
    fn conditional(&self, span: Span) -> bool {
        let words = slice(&self.outside.text, span);
        ["when", "unless", "each", "当", "除非", "每"].iter().any(|it| words.starts_with(it))
    }

    /// A word where a verb is due: behind the modal, behind a connective.
    fn no_verb(&self) -> Option<Fault> {
        let word = self.suspects().find_map(|word| self.claim_part(word))?;
        let found = self.slice(word);
        let other = keywords::is_other_verb(found, self.voice);
        if found.is_empty() || !other && keywords::begins_claim(found, self.voice) {
            return None;
        }
        let near = keywords::nearest_verb(found, self.voice);
        let known = keywords::verbs(self.voice);
        let help = match near {
            Some(near) => say!(self.locale, "是不是想写 {near}？", "did you mean {near}?"),
            None => say!(self.locale, "要求用这些词开头：{known}", "a claim begins with one of {known}"),
        };
        let message = say!(self.locale, "“{found}”不是要求的动词", "`{found}` begins no claim");
        Some(self.elsewhere("lang::verb", word, message, help))
    }

    /// The part of a word that stands where a claim is due.
    fn claim_part(&self, word: Span) -> Option<Span> {
        let leads: &[&str] = match self.voice {
            Voice::En => &["must", "should", "not", "and", "or"],
            Voice::Zh => &["应当", "必须", "不得", "禁止", "不宜", "并且", "或者"],
        };
        let before = self.before(word.start);
        if leads.iter().any(|lead| before.ends_with(lead)) {
            return Some(word);
        }
        let inside = slice(&self.outside.text, word);
        let lead = leads.iter().filter_map(|lead| inside.rfind(lead).map(|at| at + lead.len())).max();
        lead.filter(|_| self.voice == Voice::Zh).map(|at| Span::new(word.start + at, word.end))
    }

    fn incomplete(&self) -> Option<Fault> {
        let message = say!(self.locale, "语句没有写完", "the statement breaks off");
        self.at_end.then(|| self.fault("lang::incomplete", self.here, message, self.year_of_date()))
    }

    /// The way out for a date without its year.
    fn year_of_date(&self) -> Option<String> {
        let word = self.slice(self.here);
        let date = word.contains('月') && word.ends_with('日') && !word.contains('年');
        date.then(|| match self.voice {
            Voice::En => say!(
                self.locale,
                "写明年份，例如 3月1日 of {{year+1}}",
                "say of which year, as in 3月1日 of {{year+1}}"
            ),
            Voice::Zh => {
                say!(self.locale, "写明年份，例如 {{year+1}}年3月1日", "say of which year, as in {{year+1}}年3月1日")
            }
        })
    }

    /// Bare words in a row, which were meant as one phrase.
    fn two_words(&self) -> Option<Fault> {
        let plain = |span: &Span| {
            let word = slice(&self.outside.text, *span);
            let known = match self.voice {
                Voice::En => keywords::is_english(word),
                Voice::Zh => keywords::ends_with_keyword(word),
            };
            !known && word.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '\'')
        };
        // rule of law: keywords that bind words are part of the phrase, though not its end.
        let binds = |span: &Span| self.voice == Voice::En && BINDING.contains(&slice(&self.outside.text, *span));
        let belongs = |at: &usize| self.words.get(*at).is_some_and(|it| plain(it) || binds(it));
        let ends = |at: &usize| self.words.get(*at).is_some_and(plain);
        let here = self.words.iter().position(|word| word.start == self.here.start)?;
        let first = (0..=here).rev().take_while(|at| belongs(at) && self.close(*at, here)).filter(ends).last()?;
        let last =
            (here..self.words.len()).take_while(|at| belongs(at) && self.close(here, *at)).filter(ends).last()?;
        let span = self.words.get(first)?.join(*self.words.get(last)?);
        if first == here || self.year_of_date().is_some() {
            return None;
        }
        let words = self.slice(span);
        let quoted = match self.voice {
            Voice::En => format!("\"{words}\""),
            Voice::Zh => format!("“{words}”"),
        };
        let message = say!(self.locale, "词语里有空格，要加引号", "a phrase of two words or more wants quotes");
        Some(self.fault("lang::two-words", span, message, Some(say!(self.locale, "写 {quoted}", "write {quoted}"))))
    }

    /// Whether nothing but white space stands between the words of a row.
    fn close(&self, first: usize, last: usize) -> bool {
        self.words.get(first..=last).unwrap_or_default().windows(2).all(|pair| match pair {
            [one, other] => self.slice(Span::new(one.end, other.start)).trim().is_empty(),
            _ => true,
        })
    }

    fn keyword(&self) -> Option<Fault> {
        let found = self.slice(self.here);
        let message =
            say!(self.locale, "“{found}”是关键词，不能直接作词语", "`{found}` is a keyword and no phrase here");
        let help = say!(self.locale, "要找这个词，写 \"{found}\"", "to look for it write \"{found}\"");
        let known = self.voice == Voice::En && keywords::is_english(found);
        known.then(|| self.fault("lang::keyword", self.here, message, Some(help)))
    }

    fn syntax(&self) -> Fault {
        let found = self.slice(self.here);
        let message = say!(self.locale, "读不懂“{found}”", "`{found}` makes no sense here");
        let near = keywords::nearest_keyword(found, self.voice);
        let help = near.map(|near| say!(self.locale, "是不是想写 {near}？", "did you mean {near}?"));
        let help = self.year_of_date().or(help);
        self.fault("lang::syntax", self.here, message, help)
    }
}

/// The words of a statement; quotes belong to the word they stand in.
fn words(text: &str) -> Vec<Span> {
    let (mut words, mut begun) = (Vec::new(), None);
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let ends = c.is_whitespace() || "，,、；;。（）()".contains(c);
        match (ends, begun) {
            (true, Some(start)) => {
                words.push(Span::new(start, at));
                begun = None;
            }
            (false, None) => begun = Some(at),
            (true, None) | (false, Some(_)) => {}
        }
    }
    words
}

/// What a Chinese word says behind its last verb: 甲 of 应当提及甲.
fn behind_verb(word: &str, voice: Voice) -> &str {
    let verbs = ["提及", "提到", "包含", "写"];
    let end = verbs.iter().filter_map(|verb| word.rfind(verb).map(|at| at + verb.len())).max();
    match voice {
        Voice::En => word,
        Voice::Zh => slice(word, Span::new(end.unwrap_or(0), word.len())),
    }
}
