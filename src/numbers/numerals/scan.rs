//! Finds numerals by their characters alone; what stands round them is for `context` to judge.

use std::ops::Range;
use std::str::FromStr;

use rust_decimal::Decimal;

use super::context::Context;
use super::{Numeral, integer};

/// A numeral, not yet judged.
#[derive(Debug, Clone)]
pub(super) struct Raw {
    pub range: Range<usize>,
    pub value: Decimal,
    pub percent: bool,
    pub places: u32,
    /// Written in Chinese numerals.
    pub spelled: bool,
}

impl Raw {
    pub(super) fn into_numeral(self, context: &Context) -> Numeral {
        let vague = context.vague(&self);
        Numeral { range: self.range, value: self.value, percent: self.percent, places: self.places, vague }
    }
}

/// More digits than any count has; longer runs are no numbers, and would not fit.
const MAX_DIGITS: usize = 18;

/// All numerals of `text` in order; runs that only look like one (1.1.2, 三五) are stepped over whole.
pub(super) fn scan(text: &str) -> Vec<Raw> {
    let scanner = Scanner { chars: text.char_indices().collect(), length: text.len() };
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = scanner.char(at) {
        // Nearly every character is none that a numeral begins with.
        if !is_digit(c) && !is_spelled(c) {
            at += 1;
            continue;
        }
        let (end, figure) = scanner.numeral(at);
        found.extend(figure.map(|it| it.into_raw(scanner.offset(at)..scanner.offset(end))));
        at = end.max(at + 1);
    }
    found
}

struct Scanner {
    chars: Vec<(usize, char)>,
    length: usize,
}

#[derive(Debug, Clone, Copy)]
struct Figure {
    value: Decimal,
    percent: bool,
    places: u32,
    spelled: bool,
}

impl Figure {
    fn into_raw(self, range: Range<usize>) -> Raw {
        let Figure { value, percent, places, spelled } = self;
        Raw { range, value, percent, places, spelled }
    }
}

impl Scanner {
    fn char(&self, at: usize) -> Option<char> {
        self.chars.get(at).map(|(_, c)| *c)
    }

    fn offset(&self, at: usize) -> usize {
        self.chars.get(at).map_or(self.length, |(offset, _)| *offset)
    }

    fn says(&self, at: usize, words: &str) -> bool {
        words.chars().enumerate().all(|(index, c)| self.char(at + index) == Some(c))
    }

    /// What stands at `at`: where it ends, and its value where it is a numeral.
    fn numeral(&self, at: usize) -> (usize, Option<Figure>) {
        if self.says(at, "百分之") {
            let (end, figure) = self.plain(at + 3);
            return match figure {
                Some(figure) if !figure.percent => (end, percentage(figure)),
                Some(_) | None => (end.max(at + 3), None),
            };
        }
        let (end, figure) = self.plain(at);
        let sign = (end..self.chars.len()).find(|at| self.char(*at) != Some(' ')).unwrap_or(end);
        match self.char(sign) {
            Some('%' | '％' | '﹪') => (sign + 1, figure.and_then(percentage)),
            Some('‰') => (sign + 1, None),
            // 三分之二 is a fraction: neither of its halves is a count.
            _ if figure.is_some() && self.says(end, "分之") => (self.plain(end + 2).0, None),
            _ => (end, figure),
        }
    }

    /// A numeral of either kind without sign: `1亿2000万` is one.
    fn plain(&self, at: usize) -> (usize, Option<Figure>) {
        let (mut end, Some(mut figure)) = self.part(at) else { return (self.part(at).0, None) };
        if figure.spelled {
            return (end, Some(figure));
        }
        let mut above = self.multiplied(&mut end, &mut figure);
        while let Some(over) = above.filter(|_| self.char(end).is_some_and(is_digit)) {
            let (mut next_end, Some(mut next)) = self.part(end) else { break };
            let Some(under) = self.multiplied(&mut next_end, &mut next).filter(|under| *under < over) else { break };
            let Some(sum) = figure.value.checked_add(next.value) else { break };
            figure.value = sum;
            (end, above) = (next_end, Some(under));
        }
        (end, Some(figure))
    }

    /// Takes 万, 亿, 百万 … behind a figure, and returns what it was multiplied by.
    fn multiplied(&self, end: &mut usize, figure: &mut Figure) -> Option<Decimal> {
        let mut times = None;
        while let Some(by) = self.multiplier(*end) {
            let (Some(value), Some(total)) =
                (figure.value.checked_mul(by), times.unwrap_or(Decimal::ONE).checked_mul(by))
            else {
                break;
            };
            figure.value = value;
            times = Some(total);
            *end += 1;
        }
        times
    }

    fn multiplier(&self, at: usize) -> Option<Decimal> {
        let next = self.char(at + 1);
        let (by, not_before) = match self.char(at)? {
            '百' => (100, "分姓强货"),
            '千' => (1_000, "克米瓦赫伏帕焦卡字"),
            '万' | '萬' => (10_000, "州宁"),
            '亿' | '億' => (100_000_000, ""),
            _ => return None,
        };
        (!next.is_some_and(|c| not_before.contains(c))).then(|| Decimal::from(by))
    }

    fn part(&self, at: usize) -> (usize, Option<Figure>) {
        match self.char(at) {
            Some(c) if is_digit(c) => self.arabic(at),
            Some(c) if is_spelled(c) => self.spelled(at),
            _ => (at, None),
        }
    }

    fn arabic(&self, at: usize) -> (usize, Option<Figure>) {
        let mut end = self.digits(at);
        if end - at <= 3 && self.char(at).and_then(digit) != Some(0) {
            while matches!(self.char(end), Some(',' | '，')) && self.digits(end + 1) == end + 4 {
                end += 4;
            }
        }
        let mut places = 0;
        if self.point(end) {
            let fraction = self.digits(end + 1);
            places = fraction - end - 1;
            end = fraction;
        }
        let mut dotted = false;
        while self.point(end) || self.joined(end) {
            end = self.digits(end + 1);
            dotted = true;
        }
        let value = (!dotted && end - at <= MAX_DIGITS + 6).then(|| self.decimal(at, end)).flatten();
        let places = u32::try_from(places).unwrap_or(u32::MAX);
        (end, value.map(|value| Figure { value, percent: false, places, spelled: false }))
    }

    fn digits(&self, at: usize) -> usize {
        (at..self.chars.len()).find(|at| !self.char(*at).is_some_and(is_digit)).unwrap_or(self.chars.len()).max(at)
    }

    /// A decimal point: a dot with a digit behind it.
    fn point(&self, at: usize) -> bool {
        matches!(self.char(at), Some('.' | '．')) && self.char(at + 1).is_some_and(is_digit)
    }

    /// 12·4 names a day.
    fn joined(&self, at: usize) -> bool {
        matches!(self.char(at), Some('·' | '•' | '・')) && self.char(at + 1).is_some_and(is_digit)
    }

    fn decimal(&self, at: usize, end: usize) -> Option<Decimal> {
        let digits: String = self.chars.get(at..end)?.iter().filter_map(|(_, c)| narrow(*c)).collect();
        Decimal::from_str(&digits).ok()
    }

    fn spelled(&self, at: usize) -> (usize, Option<Figure>) {
        let run = |at: usize, of: fn(char) -> bool| {
            (at..self.chars.len()).find(|at| !self.char(*at).is_some_and(of)).unwrap_or(self.chars.len())
        };
        let whole = run(at, is_spelled);
        let Some(value) = self.chars.get(at..whole).and_then(spelled_value) else { return (whole, None) };
        let mut figure = Figure { value, percent: false, places: 0, spelled: true };
        let fraction = run(whole + 1, |c| digit(c).is_some() && is_spelled(c));
        let is_point = matches!(self.char(whole), Some('点' | '點')) && fraction > whole + 1;
        // 十点三十分 is a time of day.
        if !is_point || self.char(fraction) == Some('十') || fraction - whole > MAX_DIGITS {
            return (whole, Some(figure));
        }
        let digits: String = self
            .chars
            .iter()
            .take(fraction)
            .skip(whole + 1)
            .filter_map(|(_, c)| digit(*c))
            .map(|d| d.to_string())
            .collect();
        let Some(tail) = Decimal::from_str(&format!("0.{digits}")).ok() else { return (whole, Some(figure)) };
        figure.value += tail;
        figure.places = u32::try_from(fraction - whole - 1).unwrap_or(u32::MAX);
        let mut end = fraction;
        self.multiplied(&mut end, &mut figure);
        (end, Some(figure))
    }
}

fn percentage(figure: Figure) -> Option<Figure> {
    let value = figure.value.checked_div(Decimal::ONE_HUNDRED)?;
    Some(Figure { value, percent: true, ..figure })
}

/// The value of a run of Chinese numerals: 一百二十, 二〇二四; none for 三五 and 十五六 (about so many), 千万, 百.
fn spelled_value(run: &[(usize, char)]) -> Option<Decimal> {
    if run.len() > MAX_DIGITS {
        return None;
    }
    let text: String = run.iter().map(|(_, c)| if *c == '兩' { '两' } else { *c }).collect();
    let units = |c: char| digit(c).is_none();
    let zero = |c: char| matches!(c, '〇' | '零');
    if !text.chars().any(units) {
        let digits: String = text.chars().filter_map(digit).map(|d| d.to_string()).collect();
        let exact = run.len() != 2 || text.chars().any(zero);
        return exact.then(|| Decimal::from_str(&digits).ok()).flatten();
    }
    let starts = text.chars().next().is_some_and(|c| !units(c) || matches!(c, '十' | '廿' | '卅'));
    let pairs = text.chars().zip(text.chars().skip(1));
    let crowded = pairs.into_iter().any(|(a, b)| !units(a) && !units(b) && !zero(a) && !zero(b));
    let plain = text.replace('萬', "万").replace('億', "亿").replace('〇', "零");
    (starts && !crowded).then(|| integer(&plain)).flatten().map(Decimal::from)
}

pub(super) const fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

const fn is_spelled(c: char) -> bool {
    matches!(
        c,
        '〇' | '零'
            | '一'
            | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '万'
            | '亿'
            | '两'
            | '廿'
            | '卅'
            | '萬'
            | '億'
            | '兩'
    )
}

/// A digit of a decimal figure in half width; none for the commas between groups.
fn narrow(c: char) -> Option<char> {
    match c {
        '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10),
        '.' | '．' => Some('.'),
        '0'..='9' => Some(c),
        _ => None,
    }
}

fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        '〇' | '零' => Some(0),
        '两' | '兩' => Some(2),
        _ => "一二三四五六七八九".chars().zip(1..).find_map(|(it, value)| (it == c).then_some(value)),
    }
}
