//! Faults to findings: the rule puts its own words to them.

use crate::claim::Fault;
use crate::document::Document;
use crate::locale::Locale;
use crate::pack::Rule;
use crate::say;
use crate::span::Span;
use crate::verdict::{Evidence, Finding, Related};

/// The hits that made a condition hold are shown with a finding, so many at most.
const CONDITION_HITS: usize = 3;

/// Whether a rule's own words name the nearest thing, so that it must be looked for even where nobody asked for it.
pub fn asks_for_nearest(rule: &Rule) -> bool {
    rule.message.as_ref().is_some_and(|it| it.contains("{nearest}"))
}

/// Adds the hits that made a condition hold. One that stands at the very place of the fault says nothing of its own.
pub fn relate(faults: &mut [Fault], condition: &[Evidence], locale: Locale) {
    for fault in faults {
        for hit in condition.iter().take(CONDITION_HITS) {
            let label = &hit.note;
            let message = match (hit.span == fault.span, label.is_empty()) {
                (true, _) => fault.label.clone(),
                (false, true) => say!(locale, "本规则因此适用", "therefore the rule applies"),
                (false, false) => say!(locale, "{label}，本规则因此适用", "{label}: therefore the rule applies"),
            };
            fault.related.push(Related { message, span: hit.span });
        }
    }
}

/// The findings of a rule in reading order, each place once; all in one under `once`.
pub fn findings(document: &Document, rule: &Rule, mut faults: Vec<Fault>, locale: Locale) -> Vec<Finding> {
    faults.sort_by_key(|it| it.span);
    faults.dedup_by(|next, kept| next.span == kept.span && unite(next, kept, locale));
    let mut findings: Vec<Finding> = faults.into_iter().map(|it| finding(document, rule, it, locale)).collect();
    if !rule.once || findings.len() < 2 {
        return findings;
    }
    let places: Vec<Span> = findings.iter().flat_map(|it| it.places.clone()).collect();
    let beside = findings.iter_mut().flat_map(|it| std::mem::take(&mut it.beside)).collect();
    findings.truncate(1);
    if let Some(only) = findings.first_mut() {
        only.places = places;
        only.beside = beside;
        only.fix = None;
    }
    findings
}

/// Two things missing at one place are one finding; what is wrong twice at one place is told once.
fn unite(next: &mut Fault, kept: &mut Fault, locale: Locale) -> bool {
    if next.label == kept.label {
        return true;
    }
    if !(next.absent && kept.absent) {
        return false;
    }
    let (first, second) = (&kept.label, &next.label);
    kept.label = say!(locale, "{first}；{second}", "{first}; {second}");
    kept.related.append(&mut next.related);
    kept.beside.append(&mut next.beside);
    true
}

fn finding(document: &Document, rule: &Rule, fault: Fault, locale: Locale) -> Finding {
    let none = say!(locale, "无", "none");
    let found = if fault.absent { none.clone() } else { document.source.slice(fault.span).to_owned() };
    let message = match &rule.message {
        Some(message) => message
            .replace("{found}", &found)
            .replace("{expected}", fault.expected.as_deref().unwrap_or(&none))
            .replace("{nearest}", fault.nearest.as_deref().unwrap_or(&none)),
        None if fault.label.is_empty() => say!(locale, "不应出现“{found}”", "“{found}” must not stand here"),
        None => fault.label.clone(),
    };
    let label = if fault.label.is_empty() && rule.message.is_none() { message.clone() } else { fault.label.clone() };
    let mut related = fault.related;
    if !fault.label.is_empty() && fault.label != message && !related.iter().any(|it| it.message == fault.label) {
        related.insert(0, Related { message: fault.label.clone(), span: fault.span });
    }
    Finding {
        span: fault.span,
        places: if fault.places.is_empty() { vec![fault.span] } else { fault.places },
        beside: fault.beside,
        absent: fault.absent,
        message,
        label,
        related,
        fix: fault.fix,
        fingerprint: String::new(),
    }
}
