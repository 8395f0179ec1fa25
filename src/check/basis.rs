//! A rule whose legal basis is not in force asks nothing.

use jiff::civil::{Date, date};

use crate::document::Document;
use crate::locale::Locale;
use crate::pack::{Basis, Rule};
use crate::plan::Plan;
use crate::say;

/// Why a rule does not apply: none of its bases is in force on 31 December of the report's year, or on the day the
/// user set. A rule whose bases have no dates, or of a report whose year is unknown, always applies.
pub fn out_of_force(plan: &Plan, rule: &Rule, document: &Document, locale: Locale) -> Option<String> {
    if rule.basis.iter().all(|it| it.from.is_none() && it.until.is_none()) {
        return None;
    }
    let year = document.facts.year.as_ref().map(|it| date(it.value, 12, 31));
    let day = plan.as_of.or(year)?;
    if rule.basis.iter().any(|it| in_force(it, day)) {
        return None;
    }
    let law = rule.basis.first().map_or("", |it| it.law.as_str());
    Some(say!(locale, "依据 {law} 在 {day} 不施行", "its basis {law} is not in force on {day}"))
}

fn in_force(basis: &Basis, day: Date) -> bool {
    basis.from.is_none_or(|from| from <= day) && basis.until.is_none_or(|until| day <= until)
}
