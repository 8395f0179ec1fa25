//! Claims with a change.

use crate::lang::ast::{
    AmountUnit, Claim, Copied, Count, DateExpr, DateOrder, Edge, Mention, Order, Pattern, Place, SectionClaim,
};
use crate::lang::mutate::number::{count, double, equation, fact, number, step};
use crate::lang::mutate::pattern::{pattern, places};
use crate::lang::mutate::{Change, Changed, Part, inside, option, without};

/// A claim with each change.
pub fn claim(of: &Claim) -> Changed<Claim> {
    match of {
        Claim::Mention(it) => mention(it).into_iter().map(|(change, it)| (change, Claim::Mention(it))).collect(),
        Claim::Section(it) => section(it).into_iter().map(|(change, it)| (change, Claim::Section(it))).collect(),
        Claim::Wording { right, wrong } => pattern(wrong)
            .into_iter()
            .map(|(change, wrong)| (change, Claim::Wording { right: right.clone(), wrong }))
            .collect(),
        Claim::Amount { count: many, unit, places } => amount(many, *unit, places),
        Claim::Edge { edge, what } => {
            let other = match edge {
                Edge::Begin => Edge::End,
                Edge::End => Edge::Begin,
            };
            let mut all = vec![(Change::Turned(Part::Edge), Claim::Edge { edge: other, what: what.clone() })];
            all.extend(pattern(what).into_iter().map(|(change, what)| (change, Claim::Edge { edge: *edge, what })));
            all
        }
        Claim::Mix { one, other, places } => {
            let mix = |one: &Pattern, other: &Pattern, places: Vec<Place>| Claim::Mix {
                one: one.clone(),
                other: other.clone(),
                places,
            };
            let mut all: Changed<Claim> =
                pattern(one).into_iter().map(|(change, one)| (change, mix(&one, other, places.clone()))).collect();
            all.extend(pattern(other).into_iter().map(|(change, other)| (change, mix(one, &other, places.clone()))));
            all.extend(self::places(places).into_iter().map(|(change, places)| (change, mix(one, other, places))));
            all
        }
        Claim::Repeat(n) => number(n, step).into_iter().map(|(change, n)| (change, Claim::Repeat(n))).collect(),
        Claim::Double(n) => number(n, step).into_iter().map(|(change, n)| (change, Claim::Double(n))).collect(),
        Claim::Dated { in_closing: true } => vec![(Change::Dropped(Part::Place), Claim::Dated { in_closing: false })],
        Claim::DatedAt { order, date } => dated(*order, date),
        Claim::Satisfy(it) => equation(it).into_iter().map(|(change, it)| (change, Claim::Satisfy(it))).collect(),
        Claim::Fact(it) => fact(it).into_iter().map(|(change, it)| (change, Claim::Fact(it))).collect(),
        Claim::Not(inner) => {
            let mut all = vec![(Change::Dropped(Part::Not), (**inner).clone())];
            all.extend(claim(inner).into_iter().map(|(change, it)| (change, Claim::Not(Box::new(it)))));
            all
        }
        Claim::And(parts) => joined(parts, Claim::And, Claim::Or),
        Claim::Or(parts) => joined(parts, Claim::Or, Claim::And),
        Claim::Copied(it) => {
            let most = number(&it.most, double).into_iter();
            let mut all: Changed<Claim> =
                most.map(|(change, most)| (change, Claim::Copied(Copied { most, ..it.clone() }))).collect();
            let least = number(&it.least, double).into_iter();
            all.extend(least.map(|(change, least)| (change, Claim::Copied(Copied { least, ..it.clone() }))));
            all
        }
        Claim::Misquote(_)
        | Claim::Numbering
        | Claim::Script
        | Claim::Pairs
        | Claim::Break
        | Claim::Signed
        | Claim::Dated { in_closing: false }
        | Claim::Percentages => Vec::new(),
    }
}

fn joined(parts: &[Claim], same: fn(Vec<Claim>) -> Claim, other: fn(Vec<Claim>) -> Claim) -> Changed<Claim> {
    let join = |mut parts: Vec<Claim>| match parts.len() {
        1 => parts.remove(0),
        _ => same(parts),
    };
    let mut all = vec![(Change::Turned(Part::Join), other(parts.to_vec()))];
    all.extend(
        without(parts, |_| Change::Dropped(Part::Claim)).into_iter().map(|(change, parts)| (change, join(parts))),
    );
    all.extend(inside(parts, claim).into_iter().map(|(change, parts)| (change, same(parts))));
    all
}

fn mention(of: &Mention) -> Changed<Mention> {
    let base = || of.clone();
    let mut all: Changed<Mention> =
        pattern(&of.what).into_iter().map(|(change, what)| (change, Mention { what, ..base() })).collect();
    all.extend(
        option(&of.count, Part::Count, |it| count(it, step))
            .into_iter()
            .map(|(change, count)| (change, Mention { count, ..base() })),
    );
    all.extend(places(&of.places).into_iter().map(|(change, places)| (change, Mention { places, ..base() })));
    all
}

fn section(of: &SectionClaim) -> Changed<SectionClaim> {
    let base = || of.clone();
    let mut all: Changed<SectionClaim> =
        pattern(&of.name).into_iter().map(|(change, name)| (change, SectionClaim { name, ..base() })).collect();
    if of.top_level {
        all.push((Change::Dropped(Part::TopLevel), SectionClaim { top_level: false, ..base() }));
    }
    if of.or_item {
        all.push((Change::Dropped(Part::OrItem), SectionClaim { or_item: false, ..base() }));
    }
    if let Some((order, name)) = &of.order {
        let other = match order {
            Order::Before => Order::After,
            Order::After => Order::Before,
        };
        all.push((Change::Dropped(Part::Order), SectionClaim { order: None, ..base() }));
        all.push((Change::Turned(Part::Order), SectionClaim { order: Some((other, name.clone())), ..base() }));
        let named = pattern(name).into_iter();
        all.extend(named.map(|(change, name)| (change, SectionClaim { order: Some((*order, name)), ..base() })));
    }
    all.extend(
        option(&of.inside, Part::Inside, pattern)
            .into_iter()
            .map(|(change, inside)| (change, SectionClaim { inside, ..base() })),
    );
    all
}

fn amount(many: &Count, unit: AmountUnit, places: &[Place]) -> Changed<Claim> {
    let of = |count: Count, places: Vec<Place>| Claim::Amount { count, unit, places };
    let few =
        matches!(unit, AmountUnit::Sections | AmountUnit::Headings | AmountUnit::Paragraphs | AmountUnit::Sentences);
    let mut all: Changed<Claim> = count(many, if few { step } else { double })
        .into_iter()
        .map(|(change, count)| (change, of(count, places.to_vec())))
        .collect();
    all.extend(self::places(places).into_iter().map(|(change, places)| (change, of(many.clone(), places))));
    all
}

fn dated(order: DateOrder, date: &DateExpr) -> Changed<Claim> {
    let (strict, reverse) = match order {
        DateOrder::Before => (DateOrder::NoLaterThan, DateOrder::After),
        DateOrder::After => (DateOrder::NoEarlierThan, DateOrder::Before),
        DateOrder::NoLaterThan => (DateOrder::Before, DateOrder::NoEarlierThan),
        DateOrder::NoEarlierThan => (DateOrder::After, DateOrder::NoLaterThan),
    };
    let other = |order| (Change::Turned(Part::Date), Claim::DatedAt { order, date: date.clone() });
    vec![other(strict), other(reverse)]
}
