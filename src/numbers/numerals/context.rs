//! Judges a numeral by what stands round it: whether it counts something, and whether it is exact.

use std::ops::Range;

use super::scan::{Raw, is_digit};
use crate::source::slice;
use crate::span::Span;

/// Words that stand between a number and what it counts.
const MEASURES: &str =
    "个件名人次场份家条户起例部篇本册期处支批宗所组位类种元亩间台辆张只项笔门座栋幅页卷封票天吨公里平方案桩轮对";

/// Quotations longer than this are speech, shorter ones names.
const MAX_NAME_CHARS: usize = 40;

/// The measure word behind a numeral that ends at `end`: `件`, `场次`; empty where none stands there.
pub fn unit(text: &str, end: usize) -> &str {
    let behind = slice(text, Span::new(end, text.len()));
    let behind = behind.trim_start_matches(['余', '多', '几']);
    let mut chars = behind.chars();
    let length = match (chars.next(), chars.next()) {
        (Some(first), Some('次')) if MEASURES.contains(first) => first.len_utf8() + '次'.len_utf8(),
        (Some(first), _) if MEASURES.contains(first) => first.len_utf8(),
        _ => 0,
    };
    slice(behind, Span::new(0, length))
}

/// A text, and the names in it.
pub(super) struct Context<'a> {
    text: &'a str,
    /// What stands in quotation or title marks, in order.
    names: Vec<Range<usize>>,
}

impl<'a> Context<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Context { text, names: names(text) }
    }

    /// Whether a numeral counts something or is a percentage.
    pub(super) fn counts(&self, numeral: &Raw) -> bool {
        let Range { start, end } = numeral.range;
        let before = self.before(start);
        if self.in_name(start) || before.ends_with('第') || self.behind(end).starts_with('成') {
            return false;
        }
        numeral.percent
            || if numeral.spelled { self.spelled_counts(start, end, before) } else { self.arabic_counts(end, before) }
    }

    fn spelled_counts(&self, start: usize, end: usize, before: &str) -> bool {
        let behind = self.behind(end);
        // 单一, 不一, 多证合一 count nothing.
        if slice(self.text, Span::new(start, end)) == "一"
            && before.ends_with(['单', '不', '合', '如', '归', '专', '划', '独', '其'])
        {
            return false;
        }
        if before.ends_with(['之', '每', '这', '那', '某', '统', '唯', '同', '逐']) || is_word(behind) {
            return false;
        }
        let open = behind.chars().next().is_none_or(|c| "，。；、：！？,.;:)）余多几".contains(c));
        open && !behind.starts_with('、') || !unit(self.text, end).is_empty()
    }

    fn arabic_counts(&self, end: usize, before: &str) -> bool {
        let behind = self.behind(end);
        let latin = |c: char| c.is_ascii_alphabetic() || matches!(c, '+' | '#' | '〔' | '[' | '_' | '@');
        let named =
            before.chars().next_back().is_some_and(latin) || behind.starts_with(latin) || behind.starts_with('〕');
        let chained = is_chain(before, behind);
        let dated = behind.starts_with(['年', '月', '日', '号', '时', '分', '秒', '届', '级', '版', '度'])
            || behind.starts_with("个月")
            || behind.starts_with("小时")
            || behind.starts_with("热线");
        !named && !chained && !dated
    }

    /// Whether 约, 近, 超过, 余, 多, 以上 or a range makes it less than exact.
    pub(super) fn vague(&self, numeral: &Raw) -> bool {
        let Range { start, end } = numeral.range;
        let before = self.before(start).trim_end();
        let behind = self.behind(end);
        let counted = behind.strip_prefix(unit(self.text, end)).unwrap_or(behind);
        // 数百件 is some hundreds, 人数320人 just 320.
        let some = before.ends_with(['数', '几']) && self.behind(start).starts_with(['十', '百', '千', '万', '亿']);
        some || is_about(before)
            || behind.starts_with(['余', '多', '几', '±'])
            || [behind, counted]
                .iter()
                .any(|it| ["以上", "以下", "左右", "上下", "以内"].iter().any(|w| it.starts_with(w)))
            || opens_range(behind)
            || ends_range(before)
    }

    fn before(&self, at: usize) -> &'a str {
        slice(self.text, Span::new(at.saturating_sub(24), at))
    }

    fn behind(&self, at: usize) -> &'a str {
        slice(self.text, Span::new(at, at + 24))
    }

    fn in_name(&self, at: usize) -> bool {
        let index = self.names.partition_point(|name| name.end <= at);
        self.names.get(index).is_some_and(|name| name.contains(&at))
    }
}

/// A measure word that is part of a longer word: 一次性, 一件事, 十分.
fn is_word(behind: &str) -> bool {
    ["次性", "件事", "条龙", "条例", "条心", "家亲", "张网", "张皮", "门式", "部分", "方面", "对一"]
        .iter()
        .any(|it| behind.starts_with(it))
}

/// 约 and its like in front; 节约, 签约, 最近 are other words.
fn is_about(before: &str) -> bool {
    let mut chars = before.chars().rev();
    match (chars.next(), chars.next()) {
        (Some('约'), Some(c)) => !"节签契合预公违条缔特续履".contains(c),
        (Some('近'), Some(c)) => !"最附临靠新远".contains(c),
        (Some('约' | '近' | '逾' | '超'), _) | (Some('过'), Some('超')) => true,
        (Some('于'), Some(c)) => "大多高低少小".contains(c),
        (Some('到'), Some('不')) | (Some('足'), Some('不')) | (Some('少'), Some('至')) => true,
        _ => false,
    }
}

/// `10-20件`, `63%~68%`, `10至20件`: this is the lower bound.
fn opens_range(behind: &str) -> bool {
    let rest = behind.strip_prefix(|c: char| "-–—－~～至".contains(c));
    rest.is_some_and(|rest| rest.trim_start_matches(['—', '-']).starts_with(is_digit))
}

/// The upper bound of one.
fn ends_range(before: &str) -> bool {
    let rest = before.strip_suffix(|c: char| "-–—－~～至".contains(c));
    rest.is_some_and(|rest| {
        rest.trim_end_matches(['—', '-']).ends_with(|c: char| is_digit(c) || matches!(c, '%' | '％'))
    })
}

/// 2025-01-14, 24/7, 10:30: figures of a date, a fraction, a time.
fn is_chain(before: &str, behind: &str) -> bool {
    let joins = |c: char| matches!(c, '/' | ':' | '-' | '－');
    let after = |text: &str| text.strip_prefix(joins).is_some_and(|rest| rest.starts_with(is_digit));
    let ahead = |text: &str| text.strip_suffix(joins).is_some_and(|rest| rest.ends_with(is_digit));
    let tight = |c: char| matches!(c, '/' | ':');
    if after(behind) && behind.starts_with(tight) || ahead(before) && before.ends_with(tight) {
        return true;
    }
    let far_behind = behind.trim_start_matches(joins).trim_start_matches(is_digit);
    let far_before = before.trim_end_matches(joins).trim_end_matches(is_digit);
    after(behind) && ahead(before)
        || after(behind) && (after(far_behind) || far_behind.starts_with(['年', '月', '日']))
        || ahead(before) && (ahead(far_before) || far_before.ends_with(['年', '月']) && before.ends_with('-'))
        || before.ends_with('-') && !ahead(before)
}

/// What stands in quotation or title marks and is short enough for a name.
fn names(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for (count, (at, c)) in text.char_indices().enumerate() {
        match c {
            '“' | '《' | '「' | '‘' | '〈' => open = open.or(Some((count, at))),
            '”' | '》' | '」' | '’' | '〉' => {
                let name = open.take().filter(|(from, _)| count - from <= MAX_NAME_CHARS);
                found.extend(name.map(|(_, start)| start..at));
            }
            '。' | '\n' => open = None,
            _ => {}
        }
    }
    found
}
