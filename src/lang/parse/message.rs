//! What is said when a statement does not parse: what stands there, what was expected in the voice of the statement, and
//! the way out.

use pest::error::{Error, ErrorVariant};

use crate::lang::ast::Voice;
use crate::lang::parse::Fault;
use crate::lang::parse::grammar::Rule;
use crate::locale::Locale;
use crate::say;
use crate::source::slice;
use crate::span::Span;

const ENGLISH_MODALS: [&str; 2] = ["must", "should"];
const CHINESE_MODALS: [&str; 7] = ["应当", "必须", "不得", "禁止", "不宜", "建议", "宜"];

/// English keywords and what they are called in Chinese statements.
const PAIRS: [(&str, &str); 34] = [
    ("mention", "提及"),
    ("mentions", "提及"),
    ("include", "包含"),
    ("includes", "包含"),
    ("section", "章节"),
    ("sections", "章节"),
    ("must", "应当"),
    ("should", "宜"),
    ("not", "不得"),
    ("when", "当"),
    ("unless", "除非"),
    ("except", "除外"),
    ("each", "每个"),
    ("times", "次"),
    ("once", "一次"),
    ("in", "在"),
    ("before", "之前"),
    ("after", "之后"),
    ("title", "标题中"),
    ("opening", "开头"),
    ("closing", "落款中"),
    ("heading", "小标题中"),
    ("or", "或者"),
    ("and", "并且"),
    ("write", "写"),
    ("misquote", "误引"),
    ("mix", "混用"),
    ("have", "有"),
    ("signed", "署名"),
    ("dated", "注明日期"),
    ("satisfy", "满足"),
    ("within", "以内"),
    ("outside", "以外"),
    ("report", "报告"),
];

/// The voice of a statement: that of its first modal outside of quotes.
pub fn voice_of(text: &str) -> Option<Voice> {
    first_modal(text).map(|(voice, _)| voice)
}

/// Where the first modal stands.
pub fn modal_span(text: &str) -> Option<Span> {
    first_modal(text).map(|(_, span)| span)
}

fn first_modal(text: &str) -> Option<(Voice, Span)> {
    modals(text).into_iter().next()
}

/// Every modal outside of quotes, in order.
fn modals(text: &str) -> Vec<(Voice, Span)> {
    let simple: Vec<(usize, char)> = text.char_indices().map(|(at, c)| (at, super::cuts::simple(c))).collect();
    let mut found: Vec<(Voice, Span)> = Vec::new();
    let mut quote: Option<char> = None;
    let mut index = 0;
    while let Some((at, c)) = simple.get(index) {
        index += 1;
        match quote {
            Some(close) => {
                if *c == close {
                    quote = None;
                }
                // The character behind a backslash closes nothing.
                index += usize::from(*c == '\\');
                continue;
            }
            None => quote = closing(*c),
        }
        let here = |word: &str| {
            word.chars().enumerate().all(|(ahead, wanted)| {
                simple.get(index - 1 + ahead).is_some_and(|(_, c)| c.to_ascii_lowercase() == wanted)
            })
        };
        let before = index.checked_sub(2).and_then(|it| simple.get(it)).map(|(_, c)| *c);
        let behind = |length: usize| simple.get(index - 1 + length).map(|(_, c)| *c);
        let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        let english = ENGLISH_MODALS.iter().find(|it| here(it) && !word(before) && !word(behind(it.len())));
        let chinese = CHINESE_MODALS.iter().find(|it| here(it));
        let length = match (english, chinese) {
            (Some(modal), _) => modal.chars().count(),
            (None, Some(modal)) => modal.chars().count(),
            (None, None) => continue,
        };
        let end = simple.get(index - 1 + length).map_or(text.len(), |(at, _)| *at);
        found.push((if english.is_some() { Voice::En } else { Voice::Zh }, Span::new(*at, end)));
        index += length - 1;
    }
    found
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

/// A statement without a modal.
pub fn no_modal(text: &str, locale: Locale) -> Fault {
    Fault {
        code: "lang::no-modal",
        message: say!(locale, "语句里没有“应当”“不得”“宜”“不宜”", "the statement has no `must` or `should`"),
        label: String::new(),
        span: Span::new(0, text.len()),
        help: Some(say!(
            locale,
            "写成一句要求，例如：报告应当提及 第一责任人",
            "write a requirement, such as: the report must mention 第一责任人"
        )),
    }
}

/// A bare phrase that may end in more than one place.
pub fn ambiguous(text: &str, span: Span, locale: Locale) -> Fault {
    let start = text.get(..span.start).and_then(|it| it.char_indices().next_back()).map_or(0, |(at, _)| at);
    let end = span.start + text.get(span.start..).and_then(|it| it.chars().next()).map_or(0, char::len_utf8);
    Fault {
        code: "lang::ambiguous",
        message: say!(locale, "词语在哪里结束有两种读法", "the phrase may end in more than one place"),
        label: say!(locale, "在这里断开，还是在后面？", "here, or further on?"),
        span: Span::new(start, end),
        help: Some(say!(
            locale,
            "给词语加上引号，例如 “存在章节问题”",
            "put the phrase in quotes, as in “存在章节问题”"
        )),
    }
}

/// What is wrong at the place that the furthest attempt came to.
pub fn of_attempt(text: &str, voice: Voice, error: &Error<Rule>, reach: usize, locale: Locale) -> Fault {
    let at = reach + slice(text, Span::new(reach, text.len())).len()
        - slice(text, Span::new(reach, text.len())).trim_start().len();
    let word = word_at(text, at);
    let found = slice(text, word).to_owned();
    let expected = expected(error, voice, locale);
    let fault = |code, message: String, span, help: Option<String>| Fault {
        code,
        message,
        label: if expected.is_empty() {
            String::new()
        } else {
            say!(locale, "这里应当是{expected}", "expected {expected}")
        },
        span,
        help,
    };
    if let Some(open) = unclosed(text) {
        let c = slice(text, open).to_owned();
        let message = say!(locale, "{c} 没有闭合", "{c} is not closed");
        return Fault { label: String::new(), ..fault("lang::unclosed", message, open, None) };
    }
    let all = modals(text);
    if let Some((_, second)) = all
        .iter()
        .skip(1)
        .find(|(_, span)| span.start >= at.saturating_sub(1))
        .filter(|(_, span)| span.overlaps(word) || span.start == at)
    {
        let modal = slice(text, *second).to_owned();
        let message = say!(
            locale,
            "一条语句只能有一个情态词，这里又有“{modal}”",
            "one modal a statement: here is another, `{modal}`"
        );
        let help = say!(
            locale,
            "拆成两条语句；或者去掉后面的“{modal}”",
            "split it into two statements, or drop the second `{modal}`"
        );
        return fault("lang::two-modals", message, *second, Some(help));
    }
    if let Some(other) = foreign(&found, voice) {
        let message = match voice {
            Voice::Zh => say!(
                locale,
                "“{found}”是英文关键词，本句是中文",
                "`{found}` is an English keyword in a Chinese statement"
            ),
            Voice::En => say!(
                locale,
                "“{found}”是中文关键词，本句是英文",
                "`{found}` is a Chinese keyword in an English statement"
            ),
        };
        return fault("lang::foreign-keyword", message, word, Some(say!(locale, "写 {other}", "write {other}")));
    }
    if let Some((message, help, span)) = joined_phrases(text, at, word, voice, locale) {
        return fault("lang::joined", message, span, Some(help));
    }
    if at >= text.trim_end().len() {
        let message = say!(locale, "语句没有写完", "the statement breaks off");
        let last = text.trim_end().char_indices().next_back().map_or(0, |(at, _)| at);
        return fault("lang::incomplete", message, Span::new(last, text.trim_end().len()), None);
    }
    if let Some((span, quoted)) = bare_words(text, at, voice) {
        let message = say!(locale, "词语里有空格，要加引号", "a phrase of two words or more wants quotes");
        return fault("lang::two-words", message, span, Some(say!(locale, "写 {quoted}", "write {quoted}")));
    }
    if voice == Voice::En && is_english_keyword(&found) {
        let message = say!(locale, "“{found}”是关键词，不能直接作词语", "`{found}` is a keyword and no phrase here");
        return fault(
            "lang::keyword",
            message,
            word,
            Some(say!(locale, "要找这个词，写 \"{found}\"", "to look for it write \"{found}\"")),
        );
    }
    let message = say!(locale, "读不懂“{found}”", "`{found}` makes no sense here");
    let near =
        nearest(&found, &keywords(voice)).map(|near| say!(locale, "是不是想写 {near}？", "did you mean {near}?"));
    fault("lang::syntax", message, word, near)
}

/// The word or run that begins at a byte.
fn word_at(text: &str, at: usize) -> Span {
    let rest = slice(text, Span::new(at, text.len()));
    let ends = |c: char| c.is_whitespace() || "，,、；;。（）()“”\"「」".contains(c);
    let length = rest.find(ends).filter(|length| *length > 0);
    let length = length.unwrap_or_else(|| rest.chars().next().filter(|c| ends(*c)).map_or(rest.len(), char::len_utf8));
    Span::new(at, at + length)
}

/// The right keyword where one of the other voice stands.
fn foreign(word: &str, voice: Voice) -> Option<&'static str> {
    let lower = word.to_ascii_lowercase();
    match voice {
        Voice::Zh => PAIRS.iter().find(|(english, _)| *english == lower).map(|(_, chinese)| *chinese),
        Voice::En => PAIRS.iter().find(|(_, chinese)| word.starts_with(chinese)).map(|(english, _)| *english),
    }
}

fn keywords(voice: Voice) -> Vec<&'static str> {
    let modals: &[&'static str] = match voice {
        Voice::En => &ENGLISH_MODALS,
        Voice::Zh => &CHINESE_MODALS,
    };
    let words = PAIRS.iter().map(|(english, chinese)| match voice {
        Voice::En => *english,
        Voice::Zh => *chinese,
    });
    words.chain(modals.iter().copied()).collect()
}

fn is_english_keyword(word: &str) -> bool {
    PAIRS.iter().any(|(english, _)| english.eq_ignore_ascii_case(word))
}

/// `甲 or 乙`: claims are joined, not phrases.
fn joined_phrases(text: &str, at: usize, word: Span, voice: Voice, locale: Locale) -> Option<(String, String, Span)> {
    let joints: [(&str, bool); 2] = match voice {
        Voice::En => [("or", true), ("and", false)],
        Voice::Zh => [("或者", true), ("并且", false)],
    };
    let before = slice(text, Span::new(0, at)).trim_end();
    let (joint, any, head, right) = joints.iter().find_map(|(joint, any)| {
        if before.to_ascii_lowercase().ends_with(joint) {
            let head = slice(before, Span::new(0, before.len() - joint.len())).trim_end();
            return Some((*joint, *any, head, word));
        }
        let here = slice(text, word);
        if here.eq_ignore_ascii_case(joint) {
            let rest = slice(text, Span::new(word.end, text.len()));
            let next = word.end + rest.len() - rest.trim_start().len();
            return Some((*joint, *any, before, word_at(text, next)));
        }
        None
    })?;
    let left = head.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
    let right_text = slice(text, right);
    if left.is_empty() || right_text.is_empty() {
        return None;
    }
    let message = say!(
        locale,
        "“{joint}”连接的是要求，“{right_text}”前面没有动词",
        "`{joint}` joins claims, and {right_text} has no verb"
    );
    let help = match (voice, any) {
        (Voice::En, true) => format!("any of ({left}, {right_text})"),
        (Voice::En, false) => format!("all of ({left}, {right_text})"),
        (Voice::Zh, true) => format!("（{left}、{right_text}）之一"),
        (Voice::Zh, false) => format!("（{left}、{right_text}）全部"),
    };
    Some((message, say!(locale, "写 {help}", "write {help}"), right))
}

/// Bare words in a row, which were meant as one phrase.
fn bare_words(text: &str, at: usize, voice: Voice) -> Option<(Span, String)> {
    let before = slice(text, Span::new(0, at));
    let trimmed = before.trim_end();
    if trimmed.len() == before.len() {
        return None;
    }
    let mut words: Vec<Span> = Vec::new();
    let mut from = 0;
    for part in text.split_inclusive(char::is_whitespace) {
        let word = part.trim_end();
        if !word.is_empty() {
            words.push(Span::new(from, from + word.len()));
        }
        from += part.len();
    }
    let plain = |span: &Span| {
        let word = slice(text, *span);
        let known = match voice {
            Voice::En => word_is_grammar(word),
            Voice::Zh => keywords(Voice::Zh).iter().any(|keyword| word.ends_with(keyword)),
        };
        !known && word.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '\'')
    };
    let here = words.iter().position(|span| span.start == at)?;
    if !plain(words.get(here)?) {
        return None;
    }
    let first = (0..here).rev().take_while(|index| words.get(*index).is_some_and(plain)).last()?;
    let last = (here..words.len()).take_while(|index| words.get(*index).is_some_and(plain)).last()?;
    let span = words.get(first)?.join(*words.get(last)?);
    Some((
        span,
        match voice {
            Voice::En => format!("\"{}\"", slice(text, span)),
            Voice::Zh => format!("“{}”", slice(text, span)),
        },
    ))
}

/// Words that English statements are made of, beside the keywords that have a Chinese name.
fn word_is_grammar(word: &str) -> bool {
    let grammar = [
        "of", "a", "an", "the", "at", "least", "most", "exactly", "any", "all", "between", "that", "is", "it",
        "instead",
    ];
    is_english_keyword(word) || grammar.iter().any(|it| it.eq_ignore_ascii_case(word))
}

/// The first quote or bracket that is never closed.
fn unclosed(text: &str) -> Option<Span> {
    let mut open: Vec<(Span, char)> = Vec::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        let span = Span::new(at, at + c.len_utf8());
        if c == '\\' {
            chars.next();
        } else if open.last().is_some_and(|(_, close)| *close == c) {
            open.pop();
        } else if open.last().is_some_and(|(_, close)| matches!(close, '"' | '＂' | '”' | '」' | '』')) {
            // Inside a quotation nothing else opens.
        } else if let Some(close) = closing(c) {
            open.push((span, close));
        } else if matches!(c, '(' | '（') {
            open.push((span, ')'));
        } else if matches!(c, ')' | '）') && open.last().is_some_and(|(_, close)| *close == ')') {
            open.pop();
        }
    }
    open.first().map(|(span, _)| *span)
}

/// The name that may be meant: few edits away.
pub fn nearest<'n>(word: &str, known: &[&'n str]) -> Option<&'n str> {
    let length = word.chars().count();
    let allowed = (length / 2).clamp(1, 3);
    known
        .iter()
        .map(|name| (strsim::damerau_levenshtein(word, name), *name))
        .filter(|(edits, name)| *edits <= allowed && *edits < name.chars().count().max(2))
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, name)| name)
}

/// What could stand there, in the voice of the statement, named for people.
fn expected(error: &Error<Rule>, voice: Voice, locale: Locale) -> String {
    let ErrorVariant::ParsingError { positives, .. } = &error.variant else { return String::new() };
    let mut names: Vec<String> = Vec::new();
    for rule in positives {
        let name = friendly(*rule, voice, locale);
        if let Some(name) = name
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names.truncate(4);
    match locale {
        Locale::Zh => names.join("、"),
        Locale::En => names.join(", "),
    }
}

/// A rule of the grammar as people call it; `None` for what would only confuse.
fn friendly(rule: Rule, voice: Voice, locale: Locale) -> Option<String> {
    Some(match rule {
        Rule::en_modal | Rule::zh_modal | Rule::k_must | Rule::k_should | Rule::z_modal => match voice {
            Voice::En => "`must` / `should`".to_owned(),
            Voice::Zh => "“应当”“不得”“宜”“不宜”".to_owned(),
        },
        Rule::en_mention | Rule::en_include | Rule::k_mention | Rule::k_include | Rule::en_be | Rule::en_write => {
            say!(locale, "要求（mention、include、have…）", "a claim (mention, include, have …)")
        }
        Rule::zh_mention | Rule::zh_include | Rule::z_mention | Rule::z_include | Rule::zh_primary | Rule::zh_or => {
            say!(locale, "要求（提及、包含、有…）", "a claim (提及, 包含, 有 …)")
        }
        Rule::en_pattern
        | Rule::zh_pattern
        | Rule::en_bare
        | Rule::zh_bare
        | Rule::quoted
        | Rule::name
        | Rule::regex
        | Rule::phrase_en
        | Rule::phrase_zh
        | Rule::list_bare
        | Rule::member => {
            say!(locale, "词语、$集合或 /正则/", "a phrase, a $set or a /regex/")
        }
        Rule::number | Rule::digits | Rule::z_numeral | Rule::decimal => say!(locale, "一个数", "a number"),
        Rule::z_section_word => "“章节”".to_owned(),
        Rule::k_section => "`section`".to_owned(),
        Rule::en_count | Rule::z_count | Rule::en_bounds | Rule::z_bounds => say!(locale, "次数", "a count"),
        Rule::en_place | Rule::zh_place_word | Rule::zh_place_named => say!(locale, "位置", "a place"),
        Rule::k_times => "`times`".to_owned(),
        Rule::k_instead => "`instead of`".to_owned(),
        Rule::z_rather_than => "“而非”".to_owned(),
        Rule::z_then => "“时”".to_owned(),
        Rule::k_with => "`with`".to_owned(),
        Rule::z_and_q => "“与”".to_owned(),
        Rule::en_amount_unit | Rule::z_amount_unit => {
            say!(locale, "单位（字、句、段…）", "a unit (characters, sentences …)")
        }
        Rule::list => say!(locale, "括号里的列举", "a list in brackets"),
        Rule::date | Rule::month_day => say!(locale, "日期（3月1日…）", "a date"),
        Rule::equation | Rule::expression | Rule::operand | Rule::factor => say!(locale, "数量", "a quantity"),
        Rule::relation => say!(locale, "比较（= <= >=）", "a comparison (= <= >=)"),
        Rule::EOI => say!(locale, "语句结束", "the end of the statement"),
        _ => return None,
    })
}
