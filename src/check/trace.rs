//! Says step by step how a verdict came about.

use crate::check::{bar, basis};
use crate::claim::ground::Ground;
use crate::claim::seen::Seen;
use crate::claim::{Asking, Judged, Truth};
use crate::document::Document;
use crate::index::{Domain, Index};
use crate::lang::ast::{Claim, Statement, Subject, Voice};
use crate::lang::print;
use crate::locale::Locale;
use crate::neighbours::Neighbours;
use crate::plan::Plan;
use crate::plan::needle::Needle;
use crate::say;
use crate::span::Span;

/// So many places of one kind are named.
const PLACES: usize = 5;

/// How a verdict came about: each part of a statement, what was searched where, what was found.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    /// The part in words: `提及 第一责任人`.
    pub what: String,
    /// `Some(true)` holds, `Some(false)` does not, `None` cannot be told.
    pub holds: Option<bool>,
    /// What was found or searched, each with its place where it has one.
    pub notes: Vec<(String, Option<Span>)>,
    /// Its parts.
    pub parts: Vec<Trace>,
}

/// Says step by step why the rule with that index passed, failed or did not apply: one trace a statement.
pub fn explain(plan: &Plan, rule: usize, document: &Document, locale: Locale) -> Vec<Trace> {
    explain_among(plan, rule, document, &Neighbours::default(), locale)
}

/// The same for a report held against others.
pub fn explain_among(
    plan: &Plan,
    rule: usize,
    document: &Document,
    neighbours: &Neighbours,
    locale: Locale,
) -> Vec<Trace> {
    let Some(planned) = plan.rules.get(rule) else { return Vec::new() };
    let index = Index::build(plan, document);
    let barred =
        bar(plan, &index, planned.scope, locale).or_else(|| basis::out_of_force(plan, &planned.rule, document, locale));
    if let Some(reason) = barred {
        return vec![Trace { what: planned.rule.title.clone(), notes: vec![(reason, None)], ..Trace::default() }];
    }
    let (index, scope, seen) = (&index, planned.scope, &Seen::default());
    let asking = Asking { plan, index, scope, except: None, explain: true, seen, neighbours, locale };
    let written = planned.rule.checks.iter().map(|check| &check.statement);
    written.zip(&planned.statements).map(|(written, statement)| of_statement(&asking, written, statement)).collect()
}

fn voice(locale: Locale) -> Voice {
    match locale {
        Locale::Zh => Voice::Zh,
        Locale::En => Voice::En,
    }
}

fn of_statement(asking: &Asking<'_>, written: &Statement, statement: &Statement<Needle>) -> Trace {
    let voice = voice(asking.locale);
    let mut trace = Trace { what: print::statement(written, voice), ..Trace::default() };
    let conditions = [(&written.when, &statement.when, true), (&written.unless, &statement.unless, false)];
    for (written, condition, is_when) in conditions {
        if let (Some(written), Some(condition)) = (written, condition) {
            let mut part = of_claim(asking, written, condition, &Ground::Report, false);
            part.what = if is_when {
                say!(asking.locale, "条件：{}", "when {}", part.what)
            } else {
                say!(asking.locale, "除非：{}", "unless {}", part.what)
            };
            trace.parts.push(part);
        }
    }
    let stated = super::judge_statement(asking, statement);
    if let super::Stated::Barred(reason) = stated {
        trace.notes.push((say!(asking.locale, "不适用：{reason}", "not applicable: {reason}"), None));
        return trace;
    }
    let asking = Asking { except: statement.except.as_ref(), ..*asking };
    let forbids = statement.modal.forbids();
    match &statement.subject {
        Subject::Report => {
            trace.parts.push(of_claim(&asking, &written.claim, &statement.claim, &Ground::Report, forbids));
        }
        Subject::Each { unit, .. } => {
            let units = Ground::all(asking.index, *unit);
            let count = units.len();
            trace.notes.push((say!(asking.locale, "逐一查了 {count} 处", "places asked one by one: {count}"), None));
        }
    }
    match stated {
        super::Stated::Holds(_) => trace.holds = Some(true),
        super::Stated::Silent(reason) | super::Stated::Barred(reason) => {
            trace.notes.push((say!(asking.locale, "不适用：{reason}", "not applicable: {reason}"), None));
        }
        super::Stated::Fails(faults) => {
            trace.holds = Some(false);
            // What its claim found is told with the claim.
            if matches!(statement.subject, Subject::Each { .. }) {
                let lines = faults.iter().take(PLACES);
                trace.notes.extend(lines.map(|it| (told(asking.index.document, &it.label, it.span), Some(it.span))));
            }
        }
    }
    trace
}

fn of_claim(asking: &Asking<'_>, written: &Claim, claim: &Claim<Needle>, ground: &Ground, forbidden: bool) -> Trace {
    let judged = asking.judge(claim, ground, forbidden);
    let mut trace = Trace { what: print::claim(written, voice(asking.locale)), ..Trace::default() };
    trace.holds = match &judged.truth {
        Truth::True => Some(true),
        Truth::False => Some(false),
        Truth::Unknown(reason) => {
            trace.notes.push((say!(asking.locale, "无从判断：{reason}", "cannot be told: {reason}"), None));
            None
        }
    };
    match (written, claim) {
        (Claim::Not(written), Claim::Not(inner)) => {
            trace.parts.push(of_claim(asking, written, inner, ground, !forbidden));
        }
        (Claim::And(written), Claim::And(parts)) | (Claim::Or(written), Claim::Or(parts)) => {
            let parts = written.iter().zip(parts);
            trace.parts.extend(parts.map(|(written, part)| of_claim(asking, written, part, ground, forbidden)));
        }
        _ => {
            trace.notes.extend(notes(&judged, asking.index.document, asking.locale));
            trace.parts.extend(tried(asking, claim));
        }
    }
    trace
}

/// What a claim found, the first places of it.
fn notes(judged: &Judged, document: &Document, locale: Locale) -> Vec<(String, Option<Span>)> {
    let wrong = judged.faults.iter().filter(|_| judged.truth != Truth::True);
    let mut all: Vec<(String, Span)> = wrong.map(|it| (told(document, &it.label, it.span), it.span)).collect();
    if all.is_empty() {
        all.extend(judged.evidence().into_iter().map(|it| (told(document, &it.note, it.span), it.span)));
    }
    let more = all.len().saturating_sub(PLACES);
    let mut notes: Vec<_> = all.into_iter().take(PLACES).map(|(note, span)| (note, Some(span))).collect();
    if more > 0 {
        notes.push((say!(locale, "另有 {more} 处", "{more} places more"), None));
    }
    notes
}

/// What is said of a place, else the characters that stand there.
fn told(document: &Document, label: &str, span: Span) -> String {
    if label.is_empty() { format!("“{}”", document.source.slice(span)) } else { label.to_owned() }
}

/// Each phrase and regex of a claim's patterns, and how often it stands in the report.
fn tried(asking: &Asking<'_>, claim: &Claim<Needle>) -> Vec<Trace> {
    let needle = match claim {
        Claim::Mention(it) => &it.what,
        Claim::Section(it) => return tried_names(asking, &it.name),
        Claim::Wording { wrong, .. } => wrong,
        Claim::Mix { one, other, .. } => {
            return [one, other].into_iter().flat_map(|it| alternatives(asking, it)).collect();
        }
        _ => return Vec::new(),
    };
    alternatives(asking, needle)
}

fn alternatives(asking: &Asking<'_>, needle: &Needle) -> Vec<Trace> {
    let hits = asking.index.all_hits(needle, asking.scope, Domain::Paragraphs).hits;
    let mut texts: Vec<(String, usize, Option<Span>)> = Vec::new();
    for text in phrases(asking, needle) {
        let folded = crate::fold::fold(&text);
        let same: Vec<Span> = hits
            .iter()
            .map(|hit| hit.span)
            .filter(|span| crate::fold::fold(asking.index.document.source.slice(*span)) == folded)
            .collect();
        texts.push((text, same.len(), same.first().copied()));
    }
    texts
        .into_iter()
        .map(|(text, count, span)| Trace {
            what: match count {
                0 => format!("“{text}”"),
                _ => say!(asking.locale, "“{text}”：{count} 处", "“{text}”: {count} places"),
            },
            holds: Some(count > 0),
            notes: span.into_iter().map(|span| (say!(asking.locale, "第一处", "the first"), Some(span))).collect(),
            parts: Vec::new(),
        })
        .collect()
}

fn tried_names(asking: &Asking<'_>, name: &Needle) -> Vec<Trace> {
    let found = crate::index::names::sections(asking.index, name, asking.scope).unwrap_or_default();
    let document = asking.index.document;
    (0..document.sections.len())
        .map(|section| {
            let heading = document.heading_text(section);
            Trace {
                what: say!(asking.locale, "标题“{heading}”", "heading “{heading}”"),
                holds: Some(found.iter().any(|(at, _)| *at == section)),
                notes: document
                    .sections
                    .get(section)
                    .into_iter()
                    .map(|it| (String::new(), Some(it.heading.span)))
                    .collect(),
                parts: Vec::new(),
            }
        })
        .collect()
}

fn phrases(asking: &Asking<'_>, needle: &Needle) -> Vec<String> {
    let needles = asking.index.needles();
    match needle {
        Needle::Leaf(leaf) => needles.leaves.get(*leaf).map_or(Vec::new(), |leaf| {
            let folded = leaf.folded.iter().filter_map(|at| needles.folded.get(*at));
            folded.chain(leaf.exact.iter().filter_map(|at| needles.exact.get(*at))).cloned().collect()
        }),
        Needle::Any(parts) | Needle::All(parts) | Needle::AtLeast(_, parts) => {
            parts.iter().flat_map(|part| phrases(asking, part)).collect()
        }
    }
}
