//! Which two values a growth or a fall is between.

use super::Kind;
use crate::claim::percentages::counts::{Count, Said, is_mark};
use crate::source::slice;
use crate::span::Span;

const COMMAS: [char; 5] = ['，', '；', '：', ',', ';'];

/// What may stand between a value and 增长; 年均增长 is another sum, and 服务面积增长 another thing.
const TIES: [&str; 13] = [
    "",
    "同比",
    "累计",
    "总体",
    "共",
    "较上年",
    "比上年",
    "较上年同期",
    "比上年同期",
    "较去年",
    "比去年",
    "较去年同期",
    "比去年同期",
];

/// Words that say by how much something changed, and whether it fell.
const STEPS: [(&str, bool); 10] = [
    ("增加", false),
    ("增长", false),
    ("上升", false),
    ("增", false),
    ("多", false),
    ("减少", true),
    ("下降", true),
    ("降低", true),
    ("减", true),
    ("少", true),
];

/// The growth that stands at `at`; `None` where its two values are not both stated.
pub(super) fn growth<'a>(text: &'a str, sentence: &Said<'a>, at: usize) -> Option<Kind<'a>> {
    let ahead: Vec<&Count> = sentence.near(at).iter().filter(|it| it.end() <= at).collect();
    let (last, rest) = ahead.split_last()?;
    let one = rest.iter().rev().find(|it| it.unit == last.unit)?;
    let clause = |count: &Count| {
        let before = slice(text, Span::new(sentence.range.start, count.numeral.range.start));
        before.rsplit(COMMAS).next().unwrap_or_default()
    };
    let gap = slice(text, Span::new(last.end(), at));
    let words: String = gap.chars().filter(|c| !is_mark(*c) && !c.is_whitespace()).collect();
    if !TIES.contains(&words.as_str()) {
        return None;
    }
    let between = slice(text, Span::new(one.end(), last.numeral.range.start));
    let moved = ["到", "至", "为", "增", "升", "降", "减"].iter().any(|it| between.contains(it));
    let grown = |from: &Count<'a>, to: &Count<'a>| Some(Kind::Growth { from: from.clone(), to: to.clone() });
    if moved && clause(one).contains(['从', '由', '自']) && !between.contains(COMMAS) {
        return grown(one, last);
    }
    // 比上年100件增长 names its base, 比上年增加20件 does not.
    let named = clause(last).rsplit_once(['比', '较']).map(|(_, named)| named);
    let step = named.and_then(|named| STEPS.iter().find(|(word, _)| named.ends_with(word)));
    if let Some((_, fell)) = step {
        let to: Vec<Count> = rest.iter().rev().filter(|it| it.unit == last.unit).copied().cloned().collect();
        return Some(Kind::Step { step: (*last).clone(), to, fell: *fell });
    }
    let stepped = ["增", "减", "多", "少", "升", "降"].iter().any(|it| named.is_some_and(|named| named.contains(it)));
    if named.is_some() && !stepped && gap.is_empty() {
        return grown(last, one);
    }
    match (year(clause(one))?, year(clause(last))?) {
        (Year::Last, Year::This) => grown(one, last),
        (Year::This, Year::Last) => grown(last, one),
        (Year::Of(first), Year::Of(then)) if first.abs_diff(then) == 1 => {
            if first < then {
                grown(one, last)
            } else {
                grown(last, one)
            }
        }
        (Year::Of(_), Year::Last) => grown(last, one),
        _ => None,
    }
}

/// Which year a value is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Year {
    Last,
    This,
    Of(u32),
}

fn year(clause: &str) -> Option<Year> {
    let has = |words: &[&str]| words.iter().any(|it| clause.contains(it));
    if has(&["去年", "上年", "上一年", "前一年"]) {
        return Some(Year::Last);
    }
    if has(&["今年", "本年", "全年"]) {
        return Some(Year::This);
    }
    let figures: Vec<char> = clause.get(..clause.rfind('年')?)?.chars().rev().take(4).collect();
    figures.into_iter().rev().collect::<String>().parse().ok().filter(|it| *it >= 1900).map(Year::Of)
}
