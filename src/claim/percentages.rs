//! Percentages held against the counts stated for them: 审结率85.29% beside 受理337件，审结283件.

mod counts;
mod given;
mod kind;

use crate::claim::{Detected, Fault};
use crate::fold::View;
use crate::locale::Locale;
use crate::numbers::numerals::Numeral;
use crate::say;
use crate::sentence::Sentence;
use crate::source::slice;
use crate::span::Span;
use crate::verdict::{Evidence, Related};

use counts::{Count, Said};
use given::Pair;
use kind::Kind;

/// Percentages that do not follow from the counts of their sentence or the one before.
pub fn detect(joined: &View, sentences: &[Sentence], locale: Locale) -> Detected {
    let mut found = Detected::default();
    for sentences in sentences.chunk_by(|a, b| a.paragraph == b.paragraph) {
        let range = joined.paragraph(sentences.first().map_or(0, |it| it.paragraph));
        let text = slice(joined.text(), Span::from(range.clone()));
        // Most paragraphs have none.
        if !text.contains(['%', '％', '﹪']) && !text.contains("百分之") {
            continue;
        }
        let sentences = sentences.iter().map(|it| joined.view(it.span));
        let sentences = sentences.map(|it| it.start.saturating_sub(range.start)..it.end.saturating_sub(range.start));
        for checked in in_paragraph(text, sentences.collect()) {
            let place = |at: &std::ops::Range<usize>| joined.source(range.start + at.start..range.start + at.end);
            checked.tell(&mut found, place, locale);
        }
    }
    or_nothing(found, locale)
}

/// Where there was nothing to check, nothing can be said.
pub fn or_nothing(mut found: Detected, locale: Locale) -> Detected {
    if found.faults.is_empty() && found.evidence.is_empty() {
        found.unknown = Some(say!(locale, "没有可以与数字核对的百分比", "no percentage is stated with its counts"));
    }
    found
}

/// A percentage that could be held against counts, and the pair it follows from or comes nearest to.
struct Checked<'a> {
    text: &'a str,
    percent: Numeral,
    pair: Pair,
    right: bool,
}

impl Checked<'_> {
    fn tell(&self, found: &mut Detected, place: impl Fn(&std::ops::Range<usize>) -> Span, locale: Locale) {
        let span = place(&self.percent.range);
        let sum = self.pair.shown(self.percent.places);
        if self.right {
            found.evidence.push(Evidence { span, note: sum });
            return;
        }
        let stated = slice(self.text, Span::from(self.percent.range.clone()));
        let label = say!(
            locale,
            "所列数字算不出{stated}，最接近的是{sum}",
            "{stated} does not follow from the counts; the nearest is {sum}"
        );
        let message = say!(locale, "所用数字", "a count of that pair");
        let related = self.pair.places.iter().map(|it| Related { message: message.clone(), span: place(it) }).collect();
        let worth = Some(self.pair.percent(self.percent.places));
        found.faults.push(Fault { expected: worth, nearest: Some(sum), related, ..Fault::at(span, label) });
    }
}

fn in_paragraph(text: &str, sentences: Vec<std::ops::Range<usize>>) -> Vec<Checked<'_>> {
    let said: Vec<Said> = counts::said(text, sentences);
    let mut found = Vec::new();
    for (index, sentence) in said.iter().enumerate() {
        // Of an only count nothing follows.
        if sentence.counts.len() < 2 {
            continue;
        }
        let before = index.checked_sub(1).and_then(|it| said.get(it));
        let earlier = || said.iter().take(index).flat_map(|it| it.counts.iter());
        for at in 0..sentence.percents.len() {
            found.extend(check(text, sentence, before, earlier, at));
        }
    }
    found
}

fn check<'a, 'c, I: Iterator<Item = &'c Count<'a>>>(
    text: &'a str,
    sentence: &'c Said<'a>,
    before: Option<&'c Said<'a>>,
    earlier: impl Fn() -> I,
    at: usize,
) -> Option<Checked<'a>>
where
    'a: 'c,
{
    let percent = sentence.percents.get(at)?.clone();
    let kind = kind::kind(text, sentence, before, at)?;
    let pool = given::Pool::new(sentence, before, &percent);
    let right = match &kind {
        Kind::Rate(parts) | Kind::Share(parts) => {
            let tied = |pair: &Pair| parts.iter().any(|it| pair.places.contains(&it.numeral.range));
            // The whole that a part belongs to may have been named earlier in the paragraph.
            let far = || given::over_any(&percent, parts, earlier());
            pool.shares_for(&percent).find(tied).or_else(far)
        }
        Kind::Of { part, whole } => given::over_any(&percent, std::slice::from_ref(part), std::iter::once(whole)),
        Kind::Growth { .. } => pool.growth_for(&percent),
        Kind::Step { step, to, fell } => to
            .iter()
            .filter_map(|it| Pair::step(step, it, *fell))
            .find(|it| given::is_stated(it.value, &percent))
            .or_else(|| pool.growth_for(&percent)),
    };
    if let Some(pair) = right {
        return Some(Checked { text, percent, pair, right: true });
    }
    let pair = match &kind {
        Kind::Rate(parts) => given::nearest(&percent, parts, true, &pool)?,
        Kind::Share(parts) => given::nearest(&percent, parts, false, &pool)?,
        Kind::Of { part, whole } => Pair::share(part, whole)?,
        Kind::Growth { from, to } => Pair::growth(from, to)?,
        Kind::Step { step, to, fell } => to.iter().find_map(|it| Pair::step(step, it, *fell))?,
    };
    let read = matches!(kind, Kind::Rate(_) | Kind::Share(_));
    // Some other counts give it, or part of the whole is not told: what the rate is of may have been read wrong.
    if read && (pool.shares_for(&percent).next().is_some() || sentence.has_untold_rest(text)) {
        return None;
    }
    if (percent.vague || pair.vague) && given::is_about(&percent, &pair) {
        return Some(Checked { text, percent, pair, right: true });
    }
    // 100% is said of many things that were never counted.
    let all = percent.value == rust_decimal::Decimal::ONE;
    (!all).then_some(Checked { text, percent, pair, right: false })
}

#[cfg(test)]
mod tests;
