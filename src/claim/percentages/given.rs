//! Which pairs of counts give a percentage: a/b, a over a sum, a sum over b, and (a−b)/b.

use std::ops::Range;

use rust_decimal::{Decimal, RoundingStrategy};

use super::counts::{Count, Said};
use crate::numbers::numerals::Numeral;

/// How many counts of the sentence, and of the one before, are tried: those nearest to the percentage.
const MAX_NEAR: usize = 16;
const MAX_BEFORE: usize = 8;

/// How many earlier counts of the paragraph a part is held against.
const MAX_FAR: usize = 64;

/// A quotient worked out from counts.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    /// Its terms as shown: `283÷337`.
    terms: String,
    pub value: Decimal,
    /// Where its counts stand.
    pub places: Vec<Range<usize>>,
    /// Whether one of them is 约 or 余.
    pub vague: bool,
}

impl Pair {
    fn of(part: &Sum, whole: &Sum, form: Form) -> Option<Pair> {
        let value = form.value(part.value, whole.value)?;
        let (a, b) = (part.shown(), whole.shown());
        let terms = match form {
            Form::Share => format!("{a}÷{b}"),
            Form::Change => format!("({a}－{b})÷{b}"),
            Form::Rest => format!("({b}－{a})÷{b}"),
        };
        let places = part.places.iter().chain(&whole.places).cloned().collect();
        Some(Pair { terms, value, places, vague: part.vague || whole.vague })
    }

    /// How much `to` is more or less than `from`.
    pub(super) fn growth(from: &Count, to: &Count) -> Option<Pair> {
        let (from, to) = (Sum::of(from), Sum::of(to));
        let form = if to.value < from.value { Form::Rest } else { Form::Change };
        Pair::of(&to, &from, form)
    }

    /// One count as the share of another.
    pub(super) fn share(part: &Count, whole: &Count) -> Option<Pair> {
        Pair::of(&Sum::of(part), &Sum::of(whole), Form::Share)
    }

    /// How much more or less `to` is by having grown or fallen that far: 30÷(150－30).
    pub(super) fn step(step: &Count, to: &Count, fell: bool) -> Option<Pair> {
        let (step, to) = (Sum::of(step), Sum::of(to));
        let base = if fell { to.value.checked_add(step.value) } else { to.value.checked_sub(step.value) };
        let value = base.filter(|it| *it > Decimal::ZERO).and_then(|base| step.value.checked_div(base))?;
        let (by, shown, sign) = (step.shown(), to.shown(), if fell { '+' } else { '－' });
        let terms = format!("{by}÷({shown}{sign}{by})");
        let vague = step.vague || to.vague;
        Some(Pair { terms, value, places: [step.places, to.places].concat(), vague })
    }

    /// `283÷337=83.98%`.
    pub(super) fn shown(&self, places: u32) -> String {
        format!("{}={}", self.terms, self.percent(places))
    }

    /// Its value in per cent, with two digits at least: the more the nearer.
    pub(super) fn percent(&self, places: u32) -> String {
        let hundred = self.value.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(self.value);
        let places = places.clamp(2, 6);
        format!("{}%", hundred.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero).normalize())
    }
}

/// How two counts make a percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// a/b
    Share,
    /// (a−b)/b, a the greater
    Change,
    /// (b−a)/b, b the greater
    Rest,
}

impl Form {
    fn value(self, a: Decimal, b: Decimal) -> Option<Decimal> {
        let share = a.checked_div(b)?;
        match self {
            Form::Share => Some(share),
            Form::Change => share.checked_sub(Decimal::ONE),
            Form::Rest => Decimal::ONE.checked_sub(share),
        }
    }
}

/// A count, or several neighbouring ones added up.
#[derive(Debug, Clone)]
struct Sum {
    value: Decimal,
    /// The same for a first, quick look.
    about: f64,
    places: Vec<Range<usize>>,
    terms: Vec<Decimal>,
    vague: bool,
}

impl Sum {
    fn of(count: &Count) -> Sum {
        let value = count.numeral.value;
        let places = vec![count.numeral.range.clone()];
        Sum { value, about: about(value), places, terms: vec![value], vague: count.numeral.vague }
    }

    fn plus(&self, count: &Count) -> Option<Sum> {
        let mut sum = self.clone();
        sum.value = sum.value.checked_add(count.numeral.value)?;
        sum.about = about(sum.value);
        sum.places.push(count.numeral.range.clone());
        sum.terms.push(count.numeral.value);
        sum.vague |= count.numeral.vague;
        Some(sum)
    }

    fn shown(&self) -> String {
        let terms: Vec<String> = self.terms.iter().map(|it| it.normalize().to_string()).collect();
        if terms.len() == 1 { terms.concat() } else { format!("({})", terms.join("+")) }
    }
}

fn about(value: Decimal) -> f64 {
    f64::try_from(value).unwrap_or(f64::NAN)
}

/// The counts a percentage may follow from, and the sums of neighbouring ones of its sentence.
pub(super) struct Pool {
    singles: Vec<Sum>,
    sums: Vec<Sum>,
    units: Vec<String>,
}

impl Pool {
    pub(super) fn new(sentence: &Said, before: Option<&Said>, percent: &Numeral) -> Pool {
        let next = sentence.counts.partition_point(|it| it.numeral.range.start < percent.range.start);
        let from = next.saturating_sub(MAX_NEAR * 3 / 4);
        let near: Vec<&Count> = sentence.counts.iter().skip(from).take(MAX_NEAR).collect();
        let before = before.map_or(&[][..], |it| it.counts.as_slice());
        let ahead = before.iter().skip(before.len().saturating_sub(MAX_BEFORE));
        let mut sums = Vec::new();
        for (start, first) in near.iter().enumerate() {
            let mut sum = Sum::of(first);
            // What follows 其中 is a part of the one before it, not to be added to it.
            let apart = |it: &&&Count| it.unit == first.unit && !it.before.contains("其中");
            for count in near.iter().skip(start + 1).take_while(apart) {
                let Some(more) = sum.plus(count) else { break };
                sums.push(more.clone());
                sum = more;
            }
        }
        let singles: Vec<&Count> = near.into_iter().chain(ahead).collect();
        Pool {
            units: singles.iter().map(|it| it.unit.to_owned()).collect(),
            singles: singles.into_iter().map(Sum::of).collect(),
            sums,
        }
    }

    /// Two counts the one of which is so much more or less than the other.
    pub(super) fn growth_for(&self, percent: &Numeral) -> Option<Pair> {
        let pairs = self.singles.iter().flat_map(|a| self.singles.iter().map(move |b| (a, b)));
        pairs.filter(|(a, b)| a.places != b.places).find_map(|(a, b)| exact(a, b, percent, [Form::Change, Form::Rest]))
    }

    /// Pairs of counts the one of which is that share of the other, or leaves it over.
    pub(super) fn shares_for(&self, percent: &Numeral) -> impl Iterator<Item = Pair> {
        let all = || self.singles.iter().chain(&self.sums);
        let pairs = self.singles.iter().flat_map(move |a| all().map(move |b| (a, b)));
        let pairs = pairs.chain(self.sums.iter().flat_map(|a| self.singles.iter().map(move |b| (a, b))));
        pairs.filter(|(a, b)| a.places != b.places).filter_map(|(a, b)| exact(a, b, percent, SHARES))
    }
}

/// The forms of a rate or share.
const SHARES: [Form; 2] = [Form::Share, Form::Rest];

/// The pair of these counts that gives the percentage as stated, in one of some forms.
fn exact(a: &Sum, b: &Sum, percent: &Numeral, forms: [Form; 2]) -> Option<Pair> {
    let stated = about(percent.value);
    forms.into_iter().find_map(|form| {
        let share = a.about / b.about;
        let quick = match form {
            Form::Share => share,
            Form::Change => share - 1.0,
            Form::Rest => 1.0 - share,
        };
        // A quick look in floating point spares the exact division of what is far off.
        let near = (quick - stated).abs() <= 0.011;
        near.then(|| form.value(a.value, b.value)).flatten().filter(|it| is_stated(*it, percent))?;
        Pair::of(a, b, form)
    })
}

/// Whether a value, rounded or cut off at the digits stated, is the percentage.
pub(super) fn is_stated(value: Decimal, percent: &Numeral) -> bool {
    let hundred = |value: Decimal| value.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(value);
    let (value, stated) = (hundred(value), hundred(percent.value));
    [RoundingStrategy::MidpointAwayFromZero, RoundingStrategy::ToZero, RoundingStrategy::MidpointNearestEven]
        .into_iter()
        .any(|strategy| value.round_dp_with_strategy(percent.places, strategy) == stated)
}

/// The pair of a part and a whole that comes nearest; none where no whole is stated. What was 审结 elsewhere is no
/// whole for a 审结率: `apart` keeps the parts from being each other's.
pub(super) fn nearest(percent: &Numeral, parts: &[Count], apart: bool, pool: &Pool) -> Option<Pair> {
    let stated = about(percent.value);
    let mut best: Option<(f64, Pair)> = None;
    for part in parts {
        let one = Sum::of(part);
        let form = if is_negated(part) { Form::Rest } else { Form::Share };
        for (whole, _) in pool.singles.iter().zip(&pool.units).filter(|(_, unit)| *unit == part.unit) {
            let other = apart && parts.iter().any(|it| whole.places.contains(&it.numeral.range));
            if whole.value <= one.value || other {
                continue;
            }
            let Some(pair) = Pair::of(&one, whole, form) else { continue };
            let off = (about(pair.value) - stated).abs();
            if best.as_ref().is_none_or(|(least, _)| off < *least) {
                best = Some((off, pair));
            }
        }
    }
    best.map(|(_, pair)| pair)
}

/// 不合格5批次 is what a 合格率 leaves out.
fn is_negated(count: &Count) -> bool {
    count.before.contains(['不', '未', '无'])
}

/// A pair of a part and any earlier count that gives the percentage.
pub(super) fn over_any<'a, 'c>(
    percent: &Numeral,
    parts: &[Count],
    wholes: impl Iterator<Item = &'c Count<'a>>,
) -> Option<Pair>
where
    'a: 'c,
{
    let wholes: Vec<Sum> = wholes.take(MAX_FAR).map(Sum::of).collect();
    parts.iter().map(Sum::of).find_map(|part| wholes.iter().find_map(|whole| exact(&part, whole, percent, SHARES)))
}

/// Whether a percentage that is only about so much fits: 近, 约 within five points, 超过 and 以上 from below.
pub(super) fn is_about(percent: &Numeral, pair: &Pair) -> bool {
    let off = about(pair.value) - about(percent.value);
    off >= -0.05
}
