//! Phrases: bare where they read back, else quoted.

use crate::lang::ast::{Phrase, PhrasePart, Voice};
use crate::lang::print::hole;

/// Words that end a bare phrase, or could be thought to: a phrase that holds one is quoted. Those that are written
/// otherwise in traditional characters stand in both scripts.
const ENDS: [&str; 39] = [
    "章节",
    "章節",
    "标题",
    "標題",
    "条目",
    "條目",
    "句子",
    "段落",
    "之前",
    "之后",
    "之後",
    "以外",
    "以内",
    "以內",
    "同一",
    "次",
    "时",
    "時",
    "除外",
    "除非",
    "并且",
    "並且",
    "或者",
    "而非",
    "写作",
    "寫作",
    "开头",
    "開頭",
    "结尾",
    "結尾",
    "之一",
    "全部",
    "中至少",
    "至少",
    "至多",
    "恰好",
    "应当",
    "應當",
    "以上的",
];

/// Words that could be taken for a keyword where a phrase is due: a phrase that begins with one is quoted.
const STARTS: [&str; 33] = [
    "原文", "在", "与", "與", "距", "前", "每个", "每個", "一级", "一級", "小标", "同级", "同級", "落款", "正文",
    "表格", "必须", "必須", "不", "禁止", "宜", "建议", "建議", "非", "未", "为", "為", "提及", "包含", "报告", "報告",
    "当", "當",
];

/// The phrase as it stands, where a reader cannot mistake it.
pub(super) fn bare(phrase: &Phrase) -> Option<String> {
    let [PhrasePart::Text(text)] = phrase.parts.as_slice() else { return None };
    let first = text.chars().next()?;
    let plain = is_ideograph(first) && text.chars().all(|c| is_ideograph(c) || c.is_ascii_digit());
    let mistaken = ENDS.iter().any(|word| text.contains(word)) || STARTS.iter().any(|word| text.starts_with(word));
    (plain && !mistaken).then(|| text.clone())
}

const fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}')
}

/// The phrase in the quote marks of the voice.
pub(super) fn quoted(phrase: &Phrase, voice: Voice) -> String {
    let (open, close) = match voice {
        Voice::En => ('"', '"'),
        Voice::Zh => ('“', '”'),
    };
    let mut out = String::from(open);
    for part in &phrase.parts {
        match part {
            PhrasePart::Text(text) => text.chars().for_each(|c| escape(&mut out, c, [open, close])),
            PhrasePart::Hole(it) => out.push_str(&hole(&it.node)),
        }
    }
    out.push(close);
    out
}

fn escape(out: &mut String, c: char, marks: [char; 2]) {
    match c {
        '\n' => out.push_str("\\n"),
        '\\' | '{' | '}' => out.extend(['\\', c]),
        mark if marks.contains(&mark) => out.extend(['\\', mark]),
        other => out.push(other),
    }
}
