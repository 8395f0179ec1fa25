//! The keywords of both voices as messages need them: what a foreign one is called here, and what was expected where.

use pest::error::{Error, ErrorVariant};

use crate::lang::ast::Voice;
use crate::lang::parse::grammar::Rule;
use crate::locale::Locale;
use crate::nearest::nearest;
use crate::say;
use crate::source::slice;
use crate::span::Span;

/// English keywords and what they are called in Chinese statements. The first of a Chinese one is its English name.
const PAIRS: [(&str, &str); 51] = [
    ("mention", "提及"),
    ("mentions", "提及"),
    ("include", "包含"),
    ("includes", "包含"),
    ("write", "写"),
    ("misquote", "误引"),
    ("have", "有"),
    ("begin", "以…开头"),
    ("end", "以…结尾"),
    ("mix", "混用"),
    ("number", "序号"),
    ("close", "括号和引号成对"),
    ("break", "在句中断行"),
    ("repeat", "重复"),
    ("double", "叠用"),
    ("signed", "署名"),
    ("dated", "注明日期"),
    ("satisfy", "满足"),
    ("state", "百分比"),
    ("must", "应当"),
    ("must", "必须"),
    ("must not", "不得"),
    ("should", "宜"),
    ("should not", "不宜"),
    ("not", "非"),
    ("when", "当"),
    ("unless", "除非"),
    ("except", "除外"),
    ("each", "每个"),
    ("report", "报告"),
    ("or", "或者"),
    ("and", "并且"),
    ("section", "章节"),
    ("sections", "章节"),
    ("sentence", "句子"),
    ("paragraph", "段落"),
    ("times", "次"),
    ("once", "一次"),
    ("at least", "至少"),
    ("at most", "至多"),
    ("exactly", "恰好"),
    ("in", "在"),
    ("before", "之前"),
    ("after", "之后"),
    ("title", "标题中"),
    ("opening", "开头"),
    ("closing", "落款"),
    ("heading", "小标题中"),
    ("within", "以内"),
    ("outside", "以外"),
    ("instead of", "而非"),
];

/// What begins a claim in English.
const ENGLISH_VERBS: [&str; 16] = [
    "mention", "include", "write", "misquote", "have", "begin", "end", "number", "mix", "be", "close", "break",
    "repeat", "double", "satisfy", "state",
];
/// What begins a claim in Chinese, places and counts left out.
const CHINESE_VERBS: [&str; 17] = [
    "提及",
    "包含",
    "写",
    "将",
    "误引",
    "有",
    "以",
    "混用",
    "序号",
    "简体",
    "括号",
    "重复",
    "叠用",
    "署名",
    "注明",
    "满足",
    "百分比",
];

/// What people write for a verb of the language, and the verb.
const OTHER_VERBS: [(&str, &str); 12] = [
    ("contain", "include"),
    ("contains", "include"),
    ("cite", "mention"),
    ("use", "mention"),
    ("say", "mention"),
    ("start", "begin"),
    ("包括", "包含"),
    ("含有", "包含"),
    ("出现", "提及"),
    ("写明", "提及"),
    ("引用", "提及"),
    ("使用", "提及"),
];

/// What people write for a modal, and the modal; longer ones first.
const OTHER_MODALS: [(&str, &str); 19] = [
    ("shall not", "must not"),
    ("may not", "must not"),
    ("cannot", "must not"),
    ("shall", "must"),
    ("needs to", "must"),
    ("has to", "must"),
    ("不应", "不得"),
    ("不能", "不得"),
    ("不可", "不得"),
    ("严禁", "不得"),
    ("不要", "不得"),
    ("不准", "不得"),
    ("不许", "不得"),
    ("必需", "必须"),
    ("务必", "必须"),
    ("应该", "应当"),
    ("需要", "应当"),
    ("应", "应当"),
    ("须", "应当"),
];

/// The word of a statement without a modal that was meant as one, and the modal.
pub fn nearly_modal(outside: &str) -> Option<(Span, &'static str)> {
    let found = OTHER_MODALS.iter().find_map(|(other, modal)| outside.find(other).map(|at| (at, other, modal)));
    found.map(|(at, other, modal)| (Span::new(at, at + other.len()), *modal))
}

/// A bare Chinese run with a connective inside, which joins claims and no phrases: what stands before and behind it.
pub fn joined(run: &str) -> Option<(&str, &'static str, &str)> {
    ["或者", "并且"].into_iter().find_map(|joint| {
        let (left, right) = run.split_once(joint)?;
        (!left.is_empty() && !right.is_empty()).then_some((left, joint, right))
    })
}

/// What stands behind the modal that a run begins with.
pub fn behind_modal(run: &str) -> Option<&str> {
    ["应当", "必须", "不得", "禁止", "不宜"].into_iter().find_map(|modal| run.strip_prefix(modal))
}

/// Whether a word begins as people begin a claim, and the language does not.
pub fn is_other_verb(word: &str, voice: Voice) -> bool {
    OTHER_VERBS.iter().any(|(other, _)| match voice {
        Voice::En => other.eq_ignore_ascii_case(word),
        Voice::Zh => word.starts_with(other),
    })
}

/// Whether a word that stands where a claim is due can begin one.
pub fn begins_claim(word: &str, voice: Voice) -> bool {
    match voice {
        Voice::En => is_english(word),
        Voice::Zh => {
            let other = [
                "在",
                "非",
                "不",
                "未",
                "没有",
                "提到",
                "成文",
                "其",
                "报告",
                "标题",
                "至",
                "恰好",
                "原文",
                "早于",
                "晚于",
                "连续",
                "成对",
                "与所列",
                "一次",
                "两次",
            ];
            CHINESE_VERBS.iter().chain(&other).any(|it| word.starts_with(it))
                || word.starts_with(|c: char| !c.is_alphabetic())
        }
    }
}

/// The verb that a word is most likely a slip for.
pub fn nearest_verb(word: &str, voice: Voice) -> Option<&'static str> {
    let other = OTHER_VERBS.iter().find(|(other, _)| match voice {
        Voice::En => other.eq_ignore_ascii_case(word),
        Voice::Zh => word.starts_with(other),
    });
    if let Some((_, verb)) = other {
        return Some(verb);
    }
    match voice {
        Voice::En => nearest(word, ENGLISH_VERBS),
        // The phrase may follow without a space: 提几第一责任人.
        Voice::Zh => nearest(&word.chars().take(2).collect::<String>(), CHINESE_VERBS),
    }
}

/// The verbs, for one who wrote none of them.
pub fn verbs(voice: Voice) -> String {
    match voice {
        Voice::En => ENGLISH_VERBS.join(", "),
        Voice::Zh => {
            "提及、包含、写…而非…、误引、有、以…开头、以…结尾、序号连续、混用、署名、注明日期、满足…".to_owned()
        }
    }
}

/// The keyword that a word is most likely a slip for.
pub fn nearest_keyword(word: &str, voice: Voice) -> Option<&'static str> {
    let known = PAIRS.iter().map(|(english, chinese)| match voice {
        Voice::En => *english,
        Voice::Zh => *chinese,
    });
    let small: &[&str] =
        if voice == Voice::En { &["least", "most", "level", "script", "order", "text", "table"] } else { &[] };
    nearest(word, known.chain(small.iter().copied())).filter(|near| *near != word)
}

/// Whether a Chinese run ends with a keyword, so that no phrase goes on behind it.
pub fn ends_with_keyword(word: &str) -> bool {
    // 存在 is the commonest word of reports, and ends in 在 by chance.
    !word.ends_with("存在") && PAIRS.iter().any(|(_, chinese)| word.ends_with(chinese))
}

/// Whether a word is an English keyword.
pub fn is_english(word: &str) -> bool {
    let small = [
        "of", "a", "an", "the", "at", "least", "most", "any", "all", "between", "that", "is", "it", "instead", "be",
        "has",
    ];
    let pairs = PAIRS.iter().map(|(english, _)| *english);
    pairs.chain(small).chain(ENGLISH_VERBS).any(|it| it.eq_ignore_ascii_case(word))
}

/// The keyword of the other voice that a word is or begins with, and what it is called in this one.
pub fn foreign(word: &str, voice: Voice) -> Option<(&str, &'static str)> {
    match voice {
        Voice::Zh => {
            let length = word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len());
            let letters = slice(word, Span::new(0, length));
            let pair = PAIRS.iter().find(|(english, _)| english.eq_ignore_ascii_case(letters))?;
            Some((letters, pair.1))
        }
        Voice::En => {
            let begun = PAIRS.iter().filter(|(_, chinese)| word.starts_with(chinese));
            let (english, chinese) = begun.max_by_key(|(_, chinese)| chinese.len())?;
            let rest = slice(word, Span::new(chinese.len(), word.len()));
            let alone = rest.is_empty() || chinese.chars().nth(1).is_some();
            let followed = PAIRS.iter().any(|(_, next)| next.chars().nth(1).is_some() && rest.starts_with(next));
            (alone || followed).then(|| (slice(word, Span::new(0, chinese.len())), *english))
        }
    }
}

/// What could stand there, in the voice of the statement, named for people.
pub fn expected(error: &Error<Rule>, voice: Voice, locale: Locale) -> String {
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
