//! Equations over quantities that the report states: 审结率 = 审结 / 受理.

mod arithmetic;
mod stated;

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::claim::{Detected, Fault, fact};
use crate::document::Document;
use crate::fold::View;
use crate::lang::ast::{Equation, Expr, Phrase, Relation};
use crate::locale::Locale;
use crate::say;
use crate::span::Span;
use crate::verdict::{Evidence, Related};

use arithmetic::{Holds, Value, Why, holds, shown, side, terms};
use stated::{Stated, stated};

/// The quantities of a pack, and how the holes of their templates other than `{n}` are filled.
#[derive(Clone, Copy)]
pub struct Quantities<'a> {
    /// Templates with `{n}` by the name of their quantity.
    pub templates: &'a BTreeMap<String, Vec<Phrase>>,
    /// The texts that a part of a template stands for, else the reason why nobody knows.
    pub fill: &'a dyn Fn(&Phrase) -> Result<Vec<String>, String>,
}

/// So many combinations of values are tried in one place; what is said more often than that is not asked.
const MAX_COMBINATIONS: usize = 4096;

/// Whether an equation holds wherever its quantities are stated together: in a sentence, else in a paragraph, else in
/// the report: of it, the bytes within `reach` alone. `folded` is the folded view of the document.
pub fn detect(
    document: &Document,
    folded: &View,
    equation: &Equation,
    quantities: Quantities,
    reach: Span,
    locale: Locale,
) -> Detected {
    let said = match stated(document, folded, equation, quantities, reach, locale) {
        Ok(said) => said,
        Err(unknown) => return Detected { unknown: Some(unknown), ..Detected::default() },
    };
    let mut found = Detected::default();
    for place in places(&said) {
        match judge(equation, &place) {
            Verdict::Right(values) => found.evidence.push(evidence(equation, &values)),
            Verdict::Wrong(values) => found.faults.push(fault(document, equation, &values, locale)),
            Verdict::Unknown(why) => found.unknown = found.unknown.or(Some(why.told(locale))),
        }
    }
    if !found.faults.is_empty() || !found.evidence.is_empty() {
        found.unknown = None;
    }
    found.faults.sort_by_key(|it| it.span);
    found
}

/// For each name the values that go together in one place.
type Choices<'a> = Vec<(&'a str, &'a [Stated])>;

/// A place where all quantities are stated together.
struct Place<'a> {
    near: Choices<'a>,
    /// For a sentence, the choices of the whole paragraph.
    wide: Option<Choices<'a>>,
}

/// The places where all quantities are stated together; the values of each name stand in reading order.
fn places(said: &BTreeMap<String, Vec<Stated>>) -> Vec<Place<'_>> {
    let whole = |place: &Choices| place.iter().all(|(_, it)| !it.is_empty());
    let mut spots: Vec<(usize, usize)> =
        said.values().flatten().filter(|it| !it.everywhere).map(Stated::spot).collect();
    spots.sort_unstable();
    spots.dedup();
    let mut places = Vec::new();
    for paragraph in spots.chunk_by(|a, b| a.0 == b.0) {
        let Some((at, _)) = paragraph.first().copied() else { continue };
        let wide = choices(said, (at, 0), (at, usize::MAX));
        if !whole(&wide) {
            continue;
        }
        let near: Vec<Choices> = paragraph.iter().map(|spot| choices(said, *spot, *spot)).filter(whole).collect();
        if near.is_empty() {
            places.push(Place { near: wide, wide: None });
        } else {
            places.extend(near.into_iter().map(|near| Place { near, wide: Some(wide.clone()) }));
        }
    }
    if places.is_empty() {
        places.push(Place { near: choices(said, (0, 0), (usize::MAX, usize::MAX)), wide: None });
    }
    places
}

/// The values said from one sentence to another, both included.
fn choices(said: &BTreeMap<String, Vec<Stated>>, from: (usize, usize), to: (usize, usize)) -> Choices<'_> {
    let cut = |all: &'_ [Stated]| {
        if all.first().is_some_and(|it| it.everywhere) {
            return 0..all.len();
        }
        let start = all.partition_point(|it| it.spot() < from);
        start..all.partition_point(|it| it.spot() <= to).max(start)
    };
    said.iter().map(|(name, all)| (name.as_str(), all.get(cut(all)).unwrap_or_default())).collect()
}

type Values<'a> = BTreeMap<&'a str, &'a Stated>;

enum Verdict<'a> {
    Right(Values<'a>),
    /// The values that come nearest.
    Wrong(Values<'a>),
    Unknown(Why),
}

fn judge<'a>(equation: &Equation, place: &Place<'a>) -> Verdict<'a> {
    let near = among(equation, &place.near);
    // Any combination in the paragraph will do, as long as the left side is the one of this sentence.
    let left = names(&equation.left);
    let mixed = place.wide.as_ref().map(|wide| {
        let pairs = place.near.iter().zip(wide);
        pairs.map(|(near, wide)| if left.contains(&near.0) { *near } else { *wide }).collect::<Choices>()
    });
    match (near, mixed) {
        (Verdict::Wrong(values), Some(mixed)) => match among(equation, &mixed) {
            Verdict::Right(values) => Verdict::Right(values),
            Verdict::Wrong(_) => Verdict::Wrong(values),
            Verdict::Unknown(why) => Verdict::Unknown(why),
        },
        (verdict, _) => verdict,
    }
}

/// Tries every combination of the values said in one place.
fn among<'a>(equation: &Equation, said: &[(&'a str, &'a [Stated])]) -> Verdict<'a> {
    let count = said.iter().try_fold(1usize, |count, (_, it)| count.checked_mul(it.len()));
    let Some(count) = count.filter(|it| *it <= MAX_COMBINATIONS) else { return Verdict::Unknown(Why::TooMany) };
    let mut nearest: Option<(Decimal, Values)> = None;
    let mut unknown = None;
    for index in 0..count {
        let values = combination(said, index);
        match holds(equation, &|name| values.get(name).map(|it| it.value)) {
            Ok(Holds { holds: true, .. }) => return Verdict::Right(values),
            Ok(Holds { off, .. }) => {
                if nearest.as_ref().is_none_or(|(least, _)| off < *least) {
                    nearest = Some((off, values));
                }
            }
            Err(why) => unknown = Some(why),
        }
    }
    match (unknown, nearest) {
        (None, Some((_, values))) => Verdict::Wrong(values),
        (why, _) => Verdict::Unknown(why.unwrap_or(Why::TooMany)),
    }
}

fn combination<'a>(said: &[(&'a str, &'a [Stated])], index: usize) -> Values<'a> {
    let mut rest = index;
    let mut values = Values::new();
    for (name, choices) in said {
        values.extend(choices.get(rest % choices.len().max(1)).map(|it| (*name, it)));
        rest /= choices.len().max(1);
    }
    values
}

/// The names in an expression, in order.
fn names(expr: &Expr) -> Vec<&str> {
    match expr {
        Expr::Name(name) => vec![name.node.as_str()],
        Expr::Number(_) => Vec::new(),
        Expr::Binary(left, _, right) => names(left).into_iter().chain(names(right)).collect(),
    }
}

/// Where the left side is said, else the right one.
fn place_of(equation: &Equation, values: &Values) -> Option<Span> {
    let names = names(&equation.left).into_iter().chain(names(&equation.right));
    names.filter_map(|it| values.get(it)).find_map(|it| it.span)
}

fn evidence(equation: &Equation, values: &Values) -> Evidence {
    let value = |name: &str| values.get(name).map(|it| it.value);
    let note =
        format!("{} {} {}", terms(&equation.left, &value), sign(equation.relation), terms(&equation.right, &value));
    Evidence { span: place_of(equation, values).unwrap_or_default(), note }
}

const fn sign(relation: Relation) -> &'static str {
    match relation {
        Relation::Eq => "=",
        Relation::Le => "≤",
        Relation::Ge => "≥",
        Relation::Lt => "<",
        Relation::Gt => ">",
    }
}

fn fault(document: &Document, equation: &Equation, values: &Values, locale: Locale) -> Fault {
    let value = |name: &str| values.get(name).map(|it| it.value);
    let percent = side(&equation.left, &value).is_ok_and(|it| it.percent);
    let right = side(&equation.right, &value).map_or(Decimal::ZERO, |it| it.number);
    let due = figure(right, percent);
    let (left, formula, sum) =
        (shown(&equation.left, locale), shown(&equation.right, locale), terms(&equation.right, &value));
    let due = match equation.relation {
        Relation::Eq => due,
        Relation::Le => say!(locale, "不大于{due}", "at most {due}"),
        Relation::Ge => say!(locale, "不小于{due}", "at least {due}"),
        Relation::Lt => say!(locale, "小于{due}", "less than {due}"),
        Relation::Gt => say!(locale, "大于{due}", "more than {due}"),
    };
    let label = match equation.right {
        Expr::Name(_) => say!(locale, "{left}应为{due}，即{formula}", "{left} is due to be {due}, {formula}"),
        Expr::Number(_) | Expr::Binary(..) => {
            say!(locale, "{left}应为{due}（{formula}，即 {sum}）", "{left} is due to be {due} ({formula}: {sum})")
        }
    };
    let span = place_of(equation, values).unwrap_or_default();
    let related = names(&equation.left).into_iter().chain(names(&equation.right)).filter_map(|name| {
        let at = values.get(name)?.span.filter(|it| *it != span)?;
        let (name, said) = (called(name, locale), document.source.slice(at));
        Some(Related { message: say!(locale, "{name}：{said}", "{name}: {said}"), span: at })
    });
    let related = related.collect();
    Fault { expected: Some(due), related, ..Fault::at(span, label) }
}

/// What people call a value of an equation.
fn called(name: &str, locale: Locale) -> String {
    fact::called(name, locale).unwrap_or_else(|| name.to_owned())
}

/// Why an equation cannot be asked.
fn unstated(name: &str, locale: Locale) -> String {
    match fact::called(name, locale) {
        Some(name) => say!(locale, "没有写明{name}", "{name} is not stated"),
        None => say!(locale, "没有写明“{name}”", "“{name}” is not stated"),
    }
}

/// A value as a report would write it.
fn figure(value: Decimal, percent: bool) -> String {
    let round = |value: Decimal, places| {
        value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero).normalize().to_string()
    };
    match value.checked_mul(Decimal::ONE_HUNDRED).filter(|_| percent) {
        Some(hundred) => format!("{}%", round(hundred, 2)),
        None => round(value, 4),
    }
}

impl Why {
    fn told(&self, locale: Locale) -> String {
        match self {
            Why::Doubtful => say!(locale, "所列数字带有“约”“余”等，不能核对", "the figures are approximate (约, 余)"),
            Why::Zero => say!(locale, "除数为零", "division by zero"),
            Why::TooLarge => say!(locale, "数字太大，不能计算", "the figures are too large"),
            Why::TooMany => {
                say!(locale, "同一数量说了太多次，不能核对", "the quantities are stated too often in one place")
            }
            Why::Unstated(name) => unstated(name, locale),
        }
    }
}

#[cfg(test)]
mod tests;
