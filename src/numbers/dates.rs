//! Years and dates in the text of a report.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Match, Regex};

use super::numerals;

/// Something that looks like a date, in bytes of the text searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateMention {
    /// Its characters.
    pub range: Range<usize>,
    /// The day it names; `None` where the day is missing (2022年1月) or there is none such (2月30日).
    pub date: Option<Date>,
    /// Whether it is written as a closing asks: 2022年1月14日, arabic half-width figures, no leading zero, no spaces.
    pub proper: bool,
}

/// A year as written, `年` or `年度` included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearMention {
    /// Its characters.
    pub range: Range<usize>,
    /// Which year.
    pub year: i16,
}

/// A year in figures: four of them, arabic of either width or Chinese.
const YEAR: &str = r"[12１２][0-9０-９]{3}|[一二][一二三四五六七八九〇零○◯ＯOo0０]{3}";
/// A month or day in figures.
const SMALL: &str = r"[0-9０-９]{1,2}|[一二三四五六七八九十廿卅〇元]{1,4}";
/// What stands between the ends of a range of years.
const DASH: &str = r"(?:[-－—–―─~～至到]{1,2})";

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    constant(&format!(
        r"(?P<y>{YEAR})\s*年\s*(?:(?P<m>{SMALL})?\s*月(?:\s*(?P<d>{SMALL})?\s*[日号號]|\s*[0-9０-９]{{1,2}})?)|(?P<y2>[12１２][0-9０-９]{{3}})(?:{})",
        ["-", "－", r"\.", "．", "/", "／"]
            .map(|mark| format!(r"{mark}(?:[0-9０-９]{{1,2}}){mark}[0-9０-９]{{1,2}}"))
            .join("|")
    ))
});
static PROPER: LazyLock<Regex> = LazyLock::new(|| constant(r"^[12][0-9]{3}年[1-9][0-9]?月[1-9][0-9]?日$"));
static YEARS: LazyLock<Regex> = LazyLock::new(|| constant(&format!(r"(?P<y>{YEAR})\s*年度?")));
static RANGE: LazyLock<Regex> =
    LazyLock::new(|| constant(&format!(r"(?:{YEAR})\s*年?度?\s*{DASH}\s*(?:{YEAR})\s*(?:学年|年)度?")));

/// Compiles a pattern of this file.
fn constant(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a constant pattern compiles")
}

/// Every date of `text`, in order.
pub fn dates(text: &str) -> Vec<DateMention> {
    if !text.contains(['月', '-', '－', '.', '．', '/', '／']) {
        return Vec::new();
    }
    DATE.captures_iter(text).filter(|found| is_apart(text, &whole(found))).map(|found| mention(text, &found)).collect()
}

/// Every year of `text` (2024年, ２０２４年度, 二〇二四年), in order; those of a range (2021-2025年) left out.
pub fn years(text: &str) -> Vec<YearMention> {
    if !text.contains('年') {
        return Vec::new();
    }
    let ranges = ranges(text);
    let mut next = ranges.iter().peekable();
    let mut found = Vec::new();
    for captures in YEARS.captures_iter(text) {
        let range = whole(&captures);
        while next.next_if(|it| it.end <= range.start).is_some() {}
        let in_range = next.peek().is_some_and(|it| it.start < range.end);
        if let Some(year) = captures.name("y").and_then(positional)
            && !in_range
            && is_apart(text, &range)
        {
            found.push(YearMention { range, year });
        }
    }
    found
}

/// Every range of years (2021-2025年, 2021年至2025年), in order.
pub fn ranges(text: &str) -> Vec<Range<usize>> {
    if !text.contains('年') {
        return Vec::new();
    }
    RANGE.find_iter(text).map(|it| it.range()).filter(|it| is_apart(text, it)).collect()
}

/// Whether no further figure stands right in front: the 2024 of 12024年 is no year.
fn is_apart(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).and_then(|it| it.chars().next_back());
    !before.is_some_and(|c| c.is_ascii_digit() || ('０'..='９').contains(&c) || "一二三四五六七八九〇零○".contains(c))
}

fn whole(found: &Captures) -> Range<usize> {
    found.get(0).map_or(0..0, |it| it.range())
}

fn mention(text: &str, found: &Captures) -> DateMention {
    let range = whole(found);
    let written = text.get(range.clone()).unwrap_or_default();
    let date = match (found.name("y2"), found.name("y"), found.name("m"), found.name("d")) {
        (Some(_), _, _, _) => numeric(written),
        (_, Some(year), Some(month), Some(day)) => {
            date_of(positional(year), small(month.as_str()), small(day.as_str()))
        }
        _ => None,
    };
    let proper = date.is_some() && PROPER.is_match(written);
    DateMention { range, date, proper }
}

/// The date of 2025-01-14, 2025.1.14, 2025/1/14.
fn numeric(written: &str) -> Option<Date> {
    let mut parts = written.split(['-', '－', '.', '．', '/', '／']);
    let year = parts.next().and_then(numerals::integer).and_then(|it| i16::try_from(it).ok());
    date_of(year, parts.next().and_then(small), parts.next().and_then(small))
}

fn date_of(year: Option<i16>, month: Option<i8>, day: Option<i8>) -> Option<Date> {
    Date::new(year?, month?, day?).ok()
}

fn small(text: &str) -> Option<i8> {
    let text = if text == "元" { "一" } else { text };
    numerals::integer(text).and_then(|it| i8::try_from(it).ok())
}

/// The value of four figures, each for itself: 二〇二四, ２０２４.
fn positional(found: Match) -> Option<i16> {
    found.as_str().chars().try_fold(0_i16, |sum, c| sum.checked_mul(10)?.checked_add(figure(c)?))
}

fn figure(c: char) -> Option<i16> {
    let digit = match c {
        '0'..='9' => c as u32 - '0' as u32,
        '０'..='９' => c as u32 - '０' as u32,
        '〇' | '零' | '○' | '◯' | 'Ｏ' | 'O' | 'o' => 0,
        _ => u32::try_from("一二三四五六七八九".chars().position(|it| it == c)?).ok()? + 1,
    };
    i16::try_from(digit).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The dates of a text as `written=2025-01-14`, `!` behind a proper one, `?` where there is no such day.
    fn shown(text: &str) -> Vec<String> {
        let show = |it: DateMention| {
            let date = it.date.map_or("?".to_owned(), |date| date.to_string());
            format!("{}={date}{}", text.get(it.range.clone()).unwrap(), if it.proper { "!" } else { "" })
        };
        dates(text).into_iter().map(show).collect()
    }

    #[test]
    fn dates_of_every_form_are_read() {
        let cases: &[(&str, &[&str])] = &[
            ("2025年1月14日", &["2025年1月14日=2025-01-14!"]),
            ("于2025年01月14日印发", &["2025年01月14日=2025-01-14"]),
            ("２０２５年１月１４日", &["２０２５年１月１４日=2025-01-14"]),
            ("2025 年 1 月 14 日", &["2025 年 1 月 14 日=2025-01-14"]),
            ("2025年1月14号", &["2025年1月14号=2025-01-14"]),
            ("二〇二五年一月十四日", &["二〇二五年一月十四日=2025-01-14"]),
            ("二○二五年十二月三十一日", &["二○二五年十二月三十一日=2025-12-31"]),
            ("二〇二五年元月五日", &["二〇二五年元月五日=2025-01-05"]),
            ("2025年元月5日", &["2025年元月5日=2025-01-05"]),
            ("2025-01-14 09:18", &["2025-01-14=2025-01-14"]),
            ("2025.1.14", &["2025.1.14=2025-01-14"]),
            ("2025/1/14", &["2025/1/14=2025-01-14"]),
            ("二0二五年一月六日", &["二0二五年一月六日=2025-01-06"]),
            ("2025年1月", &["2025年1月=?"]),
            ("2025年1月14", &["2025年1月14=?"]),
            ("2025年  月  日", &["2025年  月  日=?"]),
            ("2025年2月30日", &["2025年2月30日=?"]),
            ("2025年13月1日", &["2025年13月1日=?"]),
            ("2024年", &[]),
            ("2025-1.14", &[]),
            ("12345-1-2", &[]),
            ("2025年1月1日至2025年12月31日", &["2025年1月1日=2025-01-01!", "2025年12月31日=2025-12-31!"]),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text), *expected, "{text}");
        }
    }

    #[test]
    fn years_are_read_and_ranges_are_not() {
        let cases: &[(&str, &[i16])] = &[
            ("2024年法治政府建设年度报告", &[2024]),
            ("２０２４年度", &[2024]),
            ("2024 年", &[2024]),
            ("二〇二四年", &[2024]),
            ("二零二四年度", &[2024]),
            ("二○二一年", &[2021]),
            ("2021-2025年", &[]),
            ("2021－2025年", &[]),
            ("2021—2025年", &[]),
            ("2021——2025年", &[]),
            ("2023-2024学年度", &[]),
            ("2021年至2025年", &[]),
            ("2021年—2025年", &[]),
            ("《纲要（2021－2025年）》，2024年", &[2024]),
            ("二〇二一至二〇二五年", &[]),
            ("（20212025年）", &[]),
            ("2024年12月", &[2024]),
            ("2023年、2024年", &[2023, 2024]),
            ("五年来", &[]),
            ("24年", &[]),
            ("3024年", &[]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            let found: Vec<i16> = years(text).into_iter().map(|it| it.year).collect();
            assert_eq!(found, *expected, "{text}");
        }
        assert_eq!("在2024年度内".get(years("在2024年度内")[0].range.clone()), Some("2024年度"));
    }
}
