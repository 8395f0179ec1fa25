//! Verdicts with what does not count taken out: findings that somebody answers for, and those that were there before.

use jiff::civil::Date;

use crate::baseline::Baseline;
use crate::locale::Locale;
use crate::project::Waiver;
use crate::say;
use crate::verdict::{Finding, Leave, Outcome, Verdict, Waived};

/// What may keep the findings of one report from counting.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The waivers of its project.
    pub waivers: &'a [Waiver],
    /// The findings that were there before.
    pub baseline: Option<&'a Baseline>,
    /// The path the report goes by in its project.
    pub path: &'a str,
    /// The day waivers are held against.
    pub today: Date,
}

/// What of it was needed, by number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Met {
    /// The waivers.
    pub waivers: Vec<usize>,
    /// The entries of the baseline.
    pub known: Vec<usize>,
}

impl Ground<'_> {
    /// The waivers that could hold for the report today, by number.
    pub fn waivers(&self) -> impl Iterator<Item = (usize, &Waiver)> {
        self.waivers.iter().enumerate().filter(|(_, it)| it.holds(self.path, self.today))
    }
}

/// Takes out the findings that do not count. A verdict none of whose findings counts is waived. `rule` gives the id of
/// a rule by its number.
pub fn waive<'a>(
    verdicts: &mut [Verdict],
    ground: &Ground<'_>,
    rule: impl Fn(usize) -> &'a str,
    locale: Locale,
) -> Met {
    let mut met = Met::default();
    let waivers: Vec<(usize, &Waiver)> = ground.waivers().collect();
    if waivers.is_empty() && ground.baseline.is_none() {
        return met;
    }
    for verdict in verdicts {
        let id = rule(verdict.rule);
        let Outcome::Fail(findings) = &mut verdict.outcome else { continue };
        let (mut counted, mut waived) = (Vec::new(), Vec::new());
        for finding in std::mem::take(findings) {
            match leave(id, &finding, &waivers, ground.baseline, &mut met) {
                Some(leave) => waived.push(Waived { finding, leave }),
                None => counted.push(finding),
            }
        }
        verdict.outcome =
            if counted.is_empty() { Outcome::Waived(reason(&waived, locale)) } else { Outcome::Fail(counted) };
        verdict.waived = waived;
    }
    met.waivers.sort_unstable();
    met.waivers.dedup();
    met
}

fn leave(
    rule: &str,
    finding: &Finding,
    waivers: &[(usize, &Waiver)],
    baseline: Option<&Baseline>,
    met: &mut Met,
) -> Option<Leave> {
    // It is known even where it is waived: else it would pass for mended.
    let known = baseline.and_then(|it| it.find(&finding.fingerprint));
    met.known.extend(known);
    if let Some((at, waiver)) = waivers.iter().find(|(_, it)| it.covers(rule, finding)) {
        met.waivers.push(*at);
        let (by, reason) = (waiver.by.text.clone(), waiver.reason.text.clone());
        return Some(Leave::Waiver { by, reason, until: waiver.until });
    }
    known.map(|_| Leave::Baseline)
}

/// By whose leave, each told once.
fn reason(waived: &[Waived], locale: Locale) -> String {
    let mut words: Vec<String> = Vec::new();
    for it in waived {
        let word = words_for(&it.leave, locale);
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.join(if locale == Locale::Zh { "；" } else { "; " })
}

/// By whose leave, until when and why.
pub fn words_for(leave: &Leave, locale: Locale) -> String {
    match leave {
        Leave::Waiver { by, reason, until } => {
            say!(locale, "{by}同意，至 {until}：{reason}", "approved by {by} until {until}: {reason}")
        }
        Leave::Baseline => say!(locale, "基线中已有，不是新问题", "in the baseline, not new"),
    }
}
