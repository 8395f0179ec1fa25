//! How much of a report stands, word for word, in another one: last year's, or another body's.

use crate::claim::ground::{Ground, front};
use crate::claim::{Asking, Fault, Judged};
use crate::index::Domain;
use crate::lang::ast::{Copied, Whose};
use crate::neighbours::{Known, Neighbour, Others};
use crate::overlap::{Shared, Stream, passages};
use crate::plan::values::Unknown;
use crate::say;
use crate::span::Span;
use crate::verdict::{Beside, Elsewhere, Evidence};

/// What two reports have in common.
struct Overlap {
    /// The passages that count, the longest first.
    passages: Vec<Shared>,
    /// Their letters that are the report's own words.
    shared: usize,
    /// All letters of the report that are its own words.
    all: usize,
}

impl Overlap {
    /// A passage counts if it has so many letters that are the report's own words: what is excepted, and what stands
    /// in 《…》, is as if it were not there.
    fn of(this: &Stream, other: &Stream, least: usize) -> Overlap {
        let mut found = passages(&this.letters, &other.letters, least);
        found.retain(|it| this.own(it.this.clone()) >= least.max(1));
        found.sort_by_key(|it| (std::cmp::Reverse(it.this.len()), it.this.start));
        let shared = found.iter().map(|it| this.own(it.this.clone())).sum();
        Overlap { passages: found, shared, all: this.own(0..this.letters.len()) }
    }

    fn exceeds(&self, most: u32) -> bool {
        self.shared as u64 * 100 > self.all as u64 * u64::from(most)
    }

    /// In tenths of a percent, rounded down; what exceeds by less is said to exceed.
    fn share(&self) -> String {
        let tenths = self.shared as u64 * 1000 / (self.all as u64).max(1);
        format!("{}.{}%", tenths / 10, tenths % 10)
    }
}

/// Judges `repeat more than N% of …`.
pub fn judge(asking: &Asking<'_>, claim: &Copied) -> Judged {
    let (most, least) = match (asking.number(&claim.most), asking.number(&claim.least)) {
        (Ok(most), Ok(least)) => (most, least as usize),
        (Err(unknown), _) | (_, Err(unknown)) => return asking.judge_unknown(&unknown),
    };
    let limits = Limits { most, least };
    match claim.whose {
        Whose::LastYear => match known(asking, &asking.neighbours.last_year, Whose::LastYear) {
            Ok(reports) => last_year(asking, limits, reports),
            Err(reason) => Judged::unknown(reason),
        },
        Whose::OtherBody => match known(asking, &asking.neighbours.others, Whose::OtherBody) {
            Ok(others) => other_bodies(asking, limits, others),
            Err(reason) => Judged::unknown(reason),
        },
    }
}

/// How much may be shared, and from how many letters on a passage counts.
#[derive(Clone, Copy)]
struct Limits {
    most: u32,
    least: usize,
}

/// The neighbours, or why there are none.
pub(super) fn known<'a, T>(asking: &Asking<'_>, known: &'a Known<T>, whose: Whose) -> Result<&'a T, String> {
    let locale = asking.locale;
    let year =
        asking.document().facts.year.as_ref().map_or_else(String::new, |it| it.value.saturating_sub(1).to_string());
    match (known, whose) {
        (Known::There(there), _) => Ok(there),
        (Known::NoBody, _) => Err(asking.unknown(&Unknown("issuer".to_owned()))),
        (Known::NoYear, _) => Err(asking.unknown(&Unknown("year".to_owned()))),
        (Known::Unasked, _) => {
            Err(say!(locale, "没有与其他报告一起检查，无从比较", "it was not checked together with other reports"))
        }
        (Known::None, Whose::LastYear) => Err(say!(
            locale,
            "一起检查的报告中没有本单位{year}年度的报告",
            "no report of this body for {year} was checked with it"
        )),
        (Known::None, Whose::OtherBody) => {
            Err(say!(locale, "一起检查的报告中没有其他单位的报告", "no report of another body was checked with it"))
        }
    }
}

/// This report's letters, without those that the statement excepts.
fn own(asking: &Asking<'_>) -> Stream {
    let mut stream = Stream::of(asking.document());
    if let Some(except) = asking.except {
        let plain = Asking { except: None, ..*asking };
        let hits = plain.hits(except, Domain::Paragraphs, &Ground::Report).hits;
        stream.discount(hits.iter().map(|it| it.span));
    }
    stream
}

/// Last year's report; where it is there in several texts, the one that shares most.
fn last_year(asking: &Asking<'_>, limits: Limits, reports: &[Neighbour]) -> Judged {
    let own = own(asking);
    let compared = reports.iter().map(|it| (it, Overlap::of(&own, it.stream(), limits.least)));
    let Some((report, overlap)) = compared.max_by_key(|(_, it)| it.shared) else { return Judged::unknown("") };
    if overlap.exceeds(limits.most) {
        return Judged::holds(vec![fault(asking, limits, &own, report, &overlap, 0)]);
    }
    let (path, share) = (report.document.source.name(), overlap.share());
    let note = say!(
        asking.locale,
        "与上年报告 {path} 比较，相同的占本报告 {share}",
        "compared with last year's report {path}: {share} of this report is the same"
    );
    Judged::fails(Vec::new(), vec![Evidence { span: front(asking.document()), note }])
}

fn other_bodies(asking: &Asking<'_>, limits: Limits, others: &Others) -> Judged {
    let own = own(asking);
    let mut faults = Vec::new();
    let mut nearest: Option<(&str, Overlap)> = None;
    for near in &others.near {
        let overlap = Overlap::of(&own, near.report.stream(), limits.least);
        if overlap.exceeds(limits.most) {
            faults.push(fault(asking, limits, &own, &near.report, &overlap, near.alike));
        } else if nearest.as_ref().is_none_or(|(_, it)| it.shared < overlap.shared) {
            nearest = Some((near.report.document.source.name(), overlap));
        }
    }
    if !faults.is_empty() {
        return Judged::holds(faults);
    }
    let note = compared(asking, others, nearest.as_ref().map(|(path, it)| (*path, it.share())));
    Judged::fails(Vec::new(), vec![Evidence { span: front(asking.document()), note }])
}

/// With how many reports it was compared, and which came nearest.
fn compared(asking: &Asking<'_>, others: &Others, nearest: Option<(&str, String)>) -> String {
    let (locale, count) = (asking.locale, others.compared);
    let found = match nearest {
        Some((path, share)) => say!(
            locale,
            "最接近的是 {path}，相同的占本报告 {share}",
            "the nearest is {path}: {share} of this report is the same"
        ),
        None => say!(locale, "没有相近的", "none comes near"),
    };
    let left = match others.bodiless {
        0 => String::new(),
        left => {
            say!(locale, "；另有 {left} 份看不出是哪个单位的，没有比较", "; {left} that name no body were not compared")
        }
    };
    say!(
        locale,
        "与其他单位的 {count} 份报告比较，{found}{left}",
        "compared with {count} reports of other bodies; {found}{left}"
    )
}

fn fault(
    asking: &Asking<'_>,
    limits: Limits,
    own: &Stream,
    report: &Neighbour,
    overlap: &Overlap,
    alike: usize,
) -> Fault {
    let locale = asking.locale;
    let (path, share, most) = (report.document.source.name(), overlap.share(), limits.most);
    let (count, letters) = (overlap.passages.len(), overlap.shared);
    let more = match alike {
        0 => String::new(),
        more => say!(
            locale,
            "；另有 {more} 个单位的报告与它完全相同",
            "; the reports of {more} more bodies say the same as it"
        ),
    };
    let label = say!(
        locale,
        "有 {count} 段、{letters} 字与 {path} 相同，占本报告 {share}，超过 {most}%{more}",
        "{count} passages of {letters} characters are the same as in {path}: {share} of this report, more than {most}%{more}"
    );
    let places: Vec<Span> = overlap.passages.iter().map(|it| own.span(it.this.clone())).collect();
    let beside = overlap.passages.iter().zip(&places).map(|(it, here)| {
        let there = report.stream().span(it.other.clone());
        let letters = it.this.len();
        let message = say!(locale, "相同的 {letters} 字", "the same {letters} characters");
        Beside { message, here: *here, there: Elsewhere::of(&report.document.source, there) }
    });
    let span = places.first().copied().unwrap_or_else(|| front(asking.document()));
    let expected = Some(say!(locale, "不超过 {most}%", "at most {most}%"));
    Fault { expected, nearest: Some(path.to_owned()), beside: beside.collect(), places, ..Fault::at(span, label) }
}
