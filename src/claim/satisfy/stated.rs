//! Where a report states the quantities of an equation, caught by their templates.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Quantities, Value, names};
use crate::claim::ground::within;
use crate::claim::letters::is_proper;
use crate::document::{Document, Paragraph};
use crate::facts::Fact;
use crate::fold::{View, fold};
use crate::lang::ast::{Equation, Phrase, PhrasePart};
use crate::locale::Locale;
use crate::numbers::numerals::{Numeral, all};
use crate::sentence::{Sentence, of_paragraph};
use crate::source::slice;
use crate::span::Span;

/// The hole that a quantity's number stands in.
const HOLE: &str = "n";

/// A quantity as said in one place.
#[derive(Debug, Clone)]
pub(super) struct Stated {
    pub paragraph: usize,
    pub sentence: usize,
    /// The characters its template caught; none for a year set from outside.
    pub span: Option<Span>,
    pub value: Value,
    /// A fact of the report, which goes with what is said anywhere.
    pub everywhere: bool,
}

impl Stated {
    /// Paragraph and sentence.
    pub(super) const fn spot(&self) -> (usize, usize) {
        (self.paragraph, self.sentence)
    }
}

/// What stands round the number of a quantity, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Template {
    before: String,
    after: String,
    /// Whether the template itself has the percent sign.
    percent: bool,
}

/// The values of every name in an equation, else why it cannot be asked.
pub(super) fn stated(
    document: &Document,
    folded: &View,
    equation: &Equation,
    quantities: Quantities,
    reach: Span,
    locale: Locale,
) -> Result<BTreeMap<String, Vec<Stated>>, String> {
    let mut found: BTreeMap<String, Vec<Stated>> = BTreeMap::new();
    let mut templates: Vec<(&str, Template)> = Vec::new();
    for name in names(&equation.left).into_iter().chain(names(&equation.right)) {
        if found.contains_key(name) {
            continue;
        }
        let phrases = quantities.templates.get(name);
        let values = if phrases.is_some() { Vec::new() } else { year(document, name).into_iter().collect() };
        found.insert(name.to_owned(), values);
        for phrase in phrases.into_iter().flatten() {
            templates.extend(made(phrase, quantities)?.into_iter().map(|it| (name, it)));
        }
    }
    let there = within(&document.paragraphs, reach, Paragraph::span);
    for paragraph in there.filter(|it| !templates.is_empty() && is_proper(document, *it)) {
        for (name, it) in in_paragraph(document, folded, (paragraph, reach), &templates) {
            found.entry(name).or_default().push(it);
        }
    }
    match found.iter().find(|(_, values)| values.is_empty()) {
        Some((name, _)) => Err(super::unstated(name, locale)),
        None => Ok(found),
    }
}

/// A year of the report as a value.
fn year(document: &Document, name: &str) -> Option<Stated> {
    let of = |fact: &Fact<i16>| Stated {
        paragraph: 0,
        sentence: 0,
        span: fact.span,
        value: Value { number: Some(Decimal::from(fact.value)), percent: false },
        everywhere: true,
    };
    let facts = &document.facts;
    match name {
        "year" => facts.year.as_ref().map(of),
        "title_year" => facts.title_year.as_ref().map(of),
        "opening_year" => facts.opening_year.as_ref().map(of),
        _ => None,
    }
}

/// The templates a phrase stands for: several where a year in it may be written in more than one way.
fn made(phrase: &Phrase, quantities: Quantities) -> Result<Vec<Template>, String> {
    let is_hole = |part: &PhrasePart| matches!(part, PhrasePart::Hole(hole) if hole.node.name == HOLE);
    let Some(at) = phrase.parts.iter().position(is_hole) else { return Ok(Vec::new()) };
    let (before, after) = phrase.parts.split_at(at);
    let texts = |parts: &[PhrasePart]| -> Result<Vec<String>, String> {
        let filled = (quantities.fill)(&Phrase { parts: parts.to_vec() })?;
        Ok(filled.iter().map(|it| fold(it)).collect())
    };
    let (befores, afters) = (texts(before)?, texts(after.get(1..).unwrap_or_default())?);
    let pairs = befores.iter().flat_map(|before| afters.iter().map(move |after| (before, after)));
    // A hole alone would catch every number there is.
    Ok(pairs
        .filter(|(before, after)| !before.is_empty() || !after.is_empty())
        .map(|(a, b)| Template::new(a, b))
        .collect())
}

impl Template {
    fn new(before: &str, after: &str) -> Template {
        let (spelled, signed) = (before.strip_suffix("百分之"), after.strip_prefix('%'));
        Template {
            before: spelled.unwrap_or(before).to_owned(),
            after: signed.unwrap_or(after).to_owned(),
            percent: spelled.is_some() || signed.is_some(),
        }
    }

    /// The characters it catches round a numeral of `text`, and the value.
    fn matches(&self, text: &str, numeral: &Numeral) -> Option<(Span, Value)> {
        let start = numeral.range.start.checked_sub(self.before.len())?;
        let ahead = text.get(start..numeral.range.start)? == self.before;
        if !ahead || self.percent && !numeral.percent {
            return None;
        }
        let (end, number) = self.ending(text, numeral)?;
        let value = Value { number: (!numeral.vague).then_some(number), percent: numeral.percent };
        Some((Span::new(start, end + self.after.len()), value))
    }

    /// Where the number ends so that the rest of the template follows: in `{n}万件` the 万 is the template's.
    fn ending(&self, text: &str, numeral: &Numeral) -> Option<(usize, Decimal)> {
        let end = numeral.range.end;
        let follows = |end: usize| text.get(end..).is_some_and(|it| it.starts_with(self.after.as_str()));
        if follows(end) {
            return Some((end, numeral.value));
        }
        let times = match self.after.chars().next()? {
            '百' => 100,
            '千' => 1_000,
            '万' => 10_000,
            '亿' => 100_000_000,
            // 100余件 is caught by {n}件, and doubtful.
            _ => return self.past_about(text, numeral).map(|end| (end, numeral.value)),
        };
        let end = end.checked_sub('万'.len_utf8()).filter(|end| follows(*end) && *end > numeral.range.start)?;
        Some((end, numeral.value.checked_div(Decimal::from(times))?))
    }

    fn past_about(&self, text: &str, numeral: &Numeral) -> Option<usize> {
        let rest = text.get(numeral.range.end..)?;
        let behind = rest.strip_prefix(['余', '多', '几'])?;
        behind.starts_with(self.after.as_str()).then(|| text.len() - behind.len())
    }
}

fn in_paragraph(
    document: &Document,
    folded: &View,
    (paragraph, reach): (usize, Span),
    templates: &[(&str, Template)],
) -> Vec<(String, Stated)> {
    let whole = document.paragraphs.get(paragraph).map_or(Span::default(), Paragraph::span);
    let range = folded.view(Span::new(whole.start.max(reach.start), whole.end.min(reach.end)));
    let text = slice(folded.text(), Span::from(range.clone()));
    let mut found = Vec::new();
    let mut sentences: Option<Vec<Sentence>> = None;
    for numeral in all(text) {
        let mut caught: Vec<(&str, Span, Value)> = Vec::new();
        for (name, template) in templates {
            let Some((span, value)) = template.matches(text, &numeral) else { continue };
            // Of several templates of one quantity the longest counts.
            match caught.iter_mut().find(|(other, ..)| other == name) {
                Some(other) if other.1.len() >= span.len() => {}
                Some(other) => *other = (name, span, value),
                None => caught.push((name, span, value)),
            }
        }
        for (name, span, value) in caught {
            let span = folded.source(range.start + span.start..range.start + span.end);
            // What is less than a paragraph is one sentence.
            let of_whole = || if reach.contains(whole) { of_paragraph(document, paragraph) } else { Vec::new() };
            let sentences = sentences.get_or_insert_with(of_whole);
            let sentence = sentences.partition_point(|it| it.span.end <= span.start);
            let it = Stated { paragraph, sentence, span: Some(span), value, everywhere: false };
            found.push((name.to_owned(), it));
        }
    }
    found
}
