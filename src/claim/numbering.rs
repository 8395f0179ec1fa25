//! Headings numbered in order: no gap, no repeat, from 1, anew under each parent.

use std::collections::BTreeMap;

use chinese_number::{ChineseCase, ChineseCountMethod, ChineseVariant, NumberToChinese};

use crate::claim::letters::searched;
use crate::claim::{Detected, Fault};
use crate::document::{Document, Number, NumberStyle, Section};
use crate::locale::Locale;
use crate::say;
use crate::span::Span;
use crate::verdict::{Evidence, Related};

/// Faults of the headings' numbers, each on the number as written.
pub fn detect(document: &Document, locale: Locale) -> Detected {
    let mut levels: BTreeMap<Option<usize>, Vec<&Section>> = BTreeMap::new();
    for section in &document.sections {
        levels.entry(section.parent).or_default().push(section);
    }
    let running = running(document);
    let mut faults: Vec<Fault> = levels.values().flat_map(|it| among(document, it, &running, locale)).collect();
    faults.sort_by_key(|it| it.span);
    Detected { faults, evidence: evidence(document, locale), unknown: None }
}

fn evidence(document: &Document, locale: Locale) -> Vec<Evidence> {
    let numbered: Vec<&Section> = document.sections.iter().filter(|it| it.heading.number.is_some()).collect();
    let (Some(first), count) = (numbered.first(), numbered.len()) else {
        return searched(document, say!(locale, "没有带序号的标题", "no numbered headings"));
    };
    let note = say!(locale, "{count} 个标题的序号连续", "{count} numbered headings in order");
    vec![Evidence { span: first.heading.span, note }]
}

/// For each number that may run on over the levels above it, the value before it in the report: 条 and 1. may, and
/// any that stand under headings without a number.
fn running(document: &Document) -> BTreeMap<Span, u32> {
    let mut last: BTreeMap<NumberStyle, u32> = BTreeMap::new();
    let mut found = BTreeMap::new();
    for section in &document.sections {
        let Some(number) = section.heading.number else { continue };
        let parent = section.parent.and_then(|it| document.sections.get(it));
        let bare = parent.is_some_and(|it| it.heading.number.is_none());
        let before = last.insert(number.style, number.value);
        if bare || matches!(number.style, NumberStyle::Article | NumberStyle::Arabic) {
            found.extend(before.map(|before| (number.span, before)));
        }
    }
    found
}

/// What has been seen of one style among the headings of one level.
struct Seen<'a> {
    number: Number,
    /// What was due there, when it was not what stood there.
    due: u32,
    /// How many unnumbered headings have come since.
    bare: Vec<&'a Section>,
    /// Whether a heading of another kind has come since.
    parted: bool,
}

/// The faults among the headings under one parent.
fn among(document: &Document, level: &[&Section], running: &BTreeMap<Span, u32>, locale: Locale) -> Vec<Fault> {
    let mut seen: BTreeMap<NumberStyle, Seen> = BTreeMap::new();
    let mut bare: Vec<&Section> = Vec::new();
    let mut faults = Vec::new();
    for section in level {
        let Some(number) = section.heading.number else {
            bare.push(section);
            for it in seen.values_mut() {
                it.bare.push(section);
                it.parted = true;
            }
            continue;
        };
        for (_, it) in seen.iter_mut().filter(|(style, _)| **style != number.style) {
            it.parted = true;
        }
        let due = match seen.get(&number.style) {
            Some(it) => next(it, number),
            None if running.get(&number.span).is_some_and(|before| before + 1 == number.value) => number.value,
            None => 1,
        };
        if due != number.value {
            let before = seen.get(&number.style);
            let lost = before.map_or(bare.as_slice(), |it| it.bare.as_slice());
            faults.push(fault(document, number, due, before.map(|it| it.number), lost, locale));
        }
        seen.insert(number.style, Seen { number, due, bare: Vec::new(), parted: false });
    }
    faults
}

/// What is due after what has been seen; the number itself where it can follow.
fn next(seen: &Seen, number: Number) -> u32 {
    let after_due = seen.due.saturating_add(1);
    let after_written = seen.number.value.saturating_add(1);
    // Behind a heading of another kind the count may begin anew.
    let anew = seen.parted && number.value == 1;
    if anew || number.value == after_written || number.value == after_due {
        number.value
    } else {
        after_written.min(after_due)
    }
}

fn fault(
    document: &Document,
    number: Number,
    due: u32,
    before: Option<Number>,
    bare: &[&Section],
    locale: Locale,
) -> Fault {
    let missing = number.value.saturating_sub(due);
    let lost = missing > 0 && usize::try_from(missing).is_ok_and(|it| it == bare.len());
    let right = written(document, number, due);
    let form = |value| written(document, number, value);
    let label = if lost {
        let (first, last) = (form(due), form(number.value - 1));
        let range = match missing {
            1 => say!(locale, "“{first}”", "“{first}”"),
            _ => say!(locale, "“{first}”至“{last}”", "“{first}” to “{last}”"),
        };
        say!(
            locale,
            "前面 {missing} 个同级标题丢失了序号（应为{range}）",
            "the {missing} headings before it have lost their numbers ({range})"
        )
    } else {
        match before.map(|it| (document.source.slice(it.span).trim().to_owned(), it.value)) {
            None if bare.is_empty() => {
                say!(locale, "同级第一个序号应为“{right}”", "the first number of its level is due to be “{right}”")
            }
            None => say!(
                locale,
                "前面的同级标题没有序号，这里应为“{right}”",
                "the headings before it have no numbers: “{right}” is due here"
            ),
            Some((last, value)) if value == number.value => {
                say!(locale, "序号重复，“{last}”之后应为“{right}”", "repeated: “{right}” is due after “{last}”")
            }
            Some((last, _)) => say!(locale, "“{last}”之后应为“{right}”", "“{right}” is due after “{last}”"),
        }
    };
    let mut related: Vec<Related> = Vec::new();
    related.extend(
        before.map(|it| Related {
            message: say!(locale, "同级的前一个序号", "the number before it"), span: it.span
        }),
    );
    if lost || before.is_none() {
        let message = say!(locale, "缺序号", "without its number");
        related.extend(bare.iter().take(SHOWN).map(|it| Related { message: message.clone(), span: it.heading.span }));
    }
    let span = trimmed(document, number.span);
    Fault { expected: Some(right), related, ..Fault::at(span, label) }
}

/// So many headings without their numbers are pointed at.
const SHOWN: usize = 5;

fn trimmed(document: &Document, span: Span) -> Span {
    Span::new(span.start, span.start + document.source.slice(span).trim_end().len())
}

/// `value` in the form of `number`: （二） for （一）, ２． for １．.
fn written(document: &Document, number: Number, value: u32) -> String {
    let text = document.source.slice(number.span).trim().to_owned();
    if number.style == NumberStyle::Circled {
        return circled(&text, number.value, value).unwrap_or_else(|| value.to_string());
    }
    let is_figure =
        |c: char| c.is_ascii_digit() || matches!(c, '０'..='９') || "〇零一二三四五六七八九十百千两廿卅".contains(c);
    let head: String = text.chars().take_while(|c| !is_figure(*c)).collect();
    let tail: String = text.chars().skip_while(|c| !is_figure(*c)).skip_while(|c| is_figure(*c)).collect();
    format!("{head}{}{tail}", figure(&text, value))
}

fn figure(like: &str, value: u32) -> String {
    if like.contains(|c: char| matches!(c, '０'..='９')) {
        return value.to_string().chars().map(|c| char::from_u32(c as u32 + 0xFEE0).unwrap_or(c)).collect();
    }
    if like.contains(|c: char| c.is_ascii_digit()) {
        return value.to_string();
    }
    let spelled = value.to_chinese(ChineseVariant::Simple, ChineseCase::Lower, ChineseCountMethod::TenThousand);
    let spelled = spelled.unwrap_or_else(|_| value.to_string());
    match spelled.strip_prefix("一十") {
        Some(rest) => format!("十{rest}"),
        None => spelled,
    }
}

/// ① and its like stand one behind the other in Unicode, up to twenty of them.
fn circled(text: &str, value: u32, due: u32) -> Option<String> {
    const MOST: u32 = 20;
    let first = (text.chars().next()? as u32).checked_sub(value)?;
    let due = (1..=MOST).contains(&due).then(|| char::from_u32(first + due)).flatten()?;
    Some(due.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::testing::{assert_marked, assert_silent, document};

    fn find(document: &Document) -> Detected {
        detect(document, Locale::Zh)
    }

    #[test]
    fn out_of_order() {
        assert_marked(
            &[
                "一、甲\n二、乙\n⟦四、⟧丙\n五、丁",
                "一、甲\n二、乙\n⟦二、⟧丙\n三、丁",
                "一、甲\n二、乙\n⟦二、⟧丙\n四、丁",
                "⟦二、⟧甲\n三、乙",
                "# 甲\n# 乙\n# 丙\n⟦四、⟧丁",
                "# 甲\n⟦四、⟧丁\n五、戊",
                "一、甲\n# 乙\n⟦三、⟧丙",
                "一、甲\n（一）子\n（二）丑\n二、乙\n⟦（三）⟧寅",
                "一、甲\n（一）子\n1.第一\n2.第二\n⟦4.⟧第四",
                "一、甲\n（一）子\n1.第一\n2.第二\n（二）丑\n⟦4.⟧第四",
                "一、甲\n（一）子。内容内容。\n⟦（三）⟧丑。内容内容。",
                "第一条 甲\n第二条 乙\n⟦第四条⟧ 丙",
                "一、甲\n①子\n⟦③⟧丑",
                "九、甲\n十、乙\n⟦十二、⟧丙".replace("九、", "⟦九、⟧").as_str(),
                "一、甲\n⟦一、⟧乙\n二、丙\n⟦二、⟧丁",
            ],
            find,
        );
    }

    #[test]
    fn in_order() {
        assert_silent(
            &[
                "一、甲\n（一）子\n（二）丑\n二、乙\n（一）寅\n(二)卯\n（三）辰",
                "一、甲\n（一）子\n1.第一\n2.第二\n（二）丑\n3.第三\n4.第四\n二、乙\n（一）寅\n1.第一",
                "第一章 总则\n第一条 甲\n第二条 乙\n第二章 分则\n第三条 丙\n第四条 丁",
                "一、甲\n1.子\n2.丑\n二、乙\n1.寅",
                "# 甲\n# 乙\n# 丙",
                "# 甲\n一、子\n二、丑\n# 乙\n一、寅\n二、卯",
                "一、甲\n1.子\n2.丑\n（一）寅\n（二）卯",
                "一、甲\n二、乙\n三、丙\n四、丁\n五、戊\n六、己\n七、庚\n八、辛\n九、壬\n十、癸\n十一、子",
                "没有标题。",
                "",
            ],
            find,
        );
    }

    #[test]
    fn says_what_was_due() {
        let said = |text: &str| find(&document(text)).faults.remove(0);
        assert_eq!(said("一、甲\n三、乙").expected.as_deref(), Some("二、"));
        assert_eq!(said("一、甲\n（一）子\n(３)丑".replace('３', "三").as_str()).expected.as_deref(), Some("(二)"));
        assert_eq!(said("１．甲\n３．乙").expected.as_deref(), Some("２．"));
        assert_eq!(said("①甲\n④乙").expected.as_deref(), Some("②"));
        assert!(said("# 甲\n# 乙\n# 丙\n四、丁").label.contains("前面 3 个同级标题丢失了序号"));
        assert!(said("# 甲\n四、丁").label.contains("前面的同级标题没有序号，这里应为“一、”"));
        assert!(said("四、丁").label.contains("同级第一个序号应为“一、”"));
        assert!(said("一、甲\n一、乙").label.contains("重复"));
        let tens = "一、甲\n二、甲\n三、甲\n四、甲\n五、甲\n六、甲\n七、甲\n八、甲\n九、甲\n十三、乙";
        assert_eq!(said(tens).expected.as_deref(), Some("十、"));
    }
}
