//! A plan on a document: one verdict a rule.

use crate::claim::ground::{Ground, front};
use crate::claim::seen::Seen;
use crate::claim::{Asking, Fault, Judged, Truth};
use crate::document::Document;
use crate::fingerprint::stamp;
use crate::index::Index;
use crate::lang::ast::{Claim, Mention, Statement, Subject};
use crate::locale::Locale;
use crate::neighbours::Neighbours;
use crate::plan::needle::Needle;
use crate::plan::{Plan, PlannedRule, Scope};
use crate::say;
use crate::verdict::{Evidence, Outcome, Related, Verdict};

mod basis;
mod finding;
mod trace;

pub use trace::{Trace, explain, explain_among};

/// What the caller is going to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// Findings alone: a pass carries no evidence, a finding no nearest thing.
    Findings,
    /// Evidence for every pass too.
    Evidence,
}

/// What came out for one report.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// One verdict for each rule of the plan, in its order.
    pub verdicts: Vec<Verdict>,
    /// What the reader should know of the whole: a pack that is not for this report.
    pub notices: Vec<String>,
}

/// Checks one report by itself: rules that hold it against others do not apply.
pub fn check(plan: &Plan, document: &Document, want: Want, locale: Locale) -> Checked {
    check_among(plan, document, &Neighbours::default(), want, locale)
}

/// Checks one report, held against others.
pub fn check_among(plan: &Plan, document: &Document, neighbours: &Neighbours, want: Want, locale: Locale) -> Checked {
    let index = Index::build(plan, document);
    let mut notices = Vec::new();
    let barred: Vec<Option<String>> = (0..plan.scopes.len()).map(|scope| bar(plan, &index, scope, locale)).collect();
    for (scope, reason) in plan.scopes.iter().zip(&barred) {
        if reason.is_some() {
            notices.push(notice(scope, locale));
        }
    }
    let mut verdicts: Vec<Verdict> = plan
        .rules
        .iter()
        .enumerate()
        .map(|(at, rule)| {
            let outcome = match barred.get(rule.scope).and_then(Option::as_ref) {
                Some(reason) => Outcome::NotApplicable(reason.clone()),
                None => judge_rule(plan, &index, rule, neighbours, want, locale),
            };
            Verdict { rule: at, outcome, waived: Vec::new() }
        })
        .collect();
    stamp(&mut verdicts, document.source.name(), document, |at| id(plan, at));
    Checked { verdicts, notices }
}

/// Checks one report against one rule.
pub fn check_rule(plan: &Plan, rule: usize, document: &Document, want: Want, locale: Locale) -> Verdict {
    check_rule_among(plan, rule, document, &Neighbours::default(), want, locale)
}

/// Checks one report, held against others, against one rule.
pub fn check_rule_among(
    plan: &Plan,
    rule: usize,
    document: &Document,
    neighbours: &Neighbours,
    want: Want,
    locale: Locale,
) -> Verdict {
    let index = Index::build(plan, document);
    let outcome = plan.rules.get(rule).map_or(Outcome::NotApplicable(String::new()), |it| {
        match bar(plan, &index, it.scope, locale) {
            Some(reason) => Outcome::NotApplicable(reason),
            None => judge_rule(plan, &index, it, neighbours, want, locale),
        }
    });
    let mut verdicts = [Verdict { rule, outcome, waived: Vec::new() }];
    stamp(&mut verdicts, document.source.name(), document, |at| id(plan, at));
    let [verdict] = verdicts;
    verdict
}

fn id(plan: &Plan, rule: usize) -> &str {
    plan.rules.get(rule).map_or("", |it| it.rule.id.node.as_str())
}

fn notice(scope: &Scope, locale: Locale) -> String {
    let (name, title) = (&scope.name, &scope.title);
    say!(
        locale,
        "规则包 {name}（{title}）不适用于本文件；若确要检查，请用 --pack {name} 指定",
        "the pack {name} ({title}) is not for this file; name it with --pack {name} to check it all the same"
    )
}

/// Why the rules of a pack do not apply to a report, if they do not.
fn bar(plan: &Plan, index: &Index<'_>, scope: usize, locale: Locale) -> Option<String> {
    let it = plan.scopes.get(scope)?;
    let claim = it.applies.as_ref()?;
    let (seen, neighbours) = (&Seen::default(), &Neighbours::default());
    let asking = Asking { plan, index, scope, except: None, explain: false, seen, neighbours, locale };
    let name = &it.name;
    (asking.judge(claim, &Ground::Report, false).truth == Truth::False)
        .then(|| say!(locale, "规则包 {name} 不适用于本文件", "the pack {name} is not for this file"))
}

/// A rule fails if one of its statements fails, else passes if one passes, else does not apply.
fn judge_rule(
    plan: &Plan,
    index: &Index<'_>,
    rule: &PlannedRule,
    neighbours: &Neighbours,
    want: Want,
    locale: Locale,
) -> Outcome {
    if let Some(reason) = basis::out_of_force(plan, &rule.rule, index.document, locale) {
        return Outcome::NotApplicable(reason);
    }
    let explain = want == Want::Evidence || finding::asks_for_nearest(&rule.rule);
    let (scope, seen) = (rule.scope, &Seen::default());
    let asking = Asking { plan, index, scope, except: None, explain, seen, neighbours, locale };
    let (mut faults, mut evidence, mut passed) = (Vec::new(), Vec::new(), false);
    let (mut silent, mut barred) = (Vec::new(), Vec::new());
    for statement in &rule.statements {
        match judge_statement(&asking, statement) {
            Stated::Fails(found) => faults.extend(found),
            Stated::Holds(found) => {
                passed = true;
                evidence.extend(found);
            }
            Stated::Silent(reason) => silent.push(reason),
            Stated::Barred(reason) => barred.push(reason),
        }
    }
    if !faults.is_empty() {
        return Outcome::Fail(finding::findings(index.document, &rule.rule, faults, locale));
    }
    if passed {
        if want == Want::Evidence && evidence.is_empty() {
            let note = say!(locale, "全文符合", "the whole report complies");
            evidence.push(Evidence { span: front(index.document), note });
        }
        return Outcome::Pass(evidence);
    }
    // Why a statement could not be told says more than why another was not asked.
    let mut reasons = if silent.is_empty() { barred } else { silent };
    reasons.dedup();
    Outcome::NotApplicable(reasons.join("；"))
}

/// What came of one statement.
enum Stated {
    Holds(Vec<Evidence>),
    Fails(Vec<Fault>),
    /// It was asked, and cannot be told.
    Silent(String),
    /// A condition kept it from being asked.
    Barred(String),
}

fn judge_statement(asking: &Asking<'_>, statement: &Statement<Needle>) -> Stated {
    let mut related = Vec::new();
    if let Some(when) = &statement.when {
        let condition = asking.judge(when, &Ground::Report, false);
        match condition.truth {
            Truth::Unknown(reason) => return Stated::Barred(reason),
            Truth::False => {
                return Stated::Barred(say!(
                    asking.locale,
                    "没有本规则所说的情形",
                    "the rule's condition does not hold"
                ));
            }
            Truth::True => {
                // What is said of the whole report is that something is not there: nothing to point at.
                let whole = front(asking.index.document);
                related = condition.evidence();
                related.retain(|it| it.span != whole);
            }
        }
    }
    if let Some(unless) = &statement.unless
        && asking.judge(unless, &Ground::Report, false).truth == Truth::True
    {
        return Stated::Barred(say!(asking.locale, "属于本规则除外的情形", "the rule's `unless` condition holds"));
    }
    let asking = Asking { except: statement.except.as_ref(), ..*asking };
    let judged = match &statement.subject {
        Subject::Report if avoids(&asking, statement) => return Stated::Holds(Vec::new()),
        Subject::Report => {
            let judged = asking.judge(&statement.claim, &Ground::Report, statement.modal.forbids());
            if statement.modal.forbids() { judged.negate() } else { judged }
        }
        Subject::Each { unit, mentions } => {
            let units = Ground::all(asking.index, *unit);
            each(&asking, statement, &units, mentions.as_ref())
        }
    };
    match judged.truth {
        Truth::True => Stated::Holds(judged.evidence()),
        Truth::Unknown(reason) => Stated::Silent(reason),
        Truth::False => {
            let mut faults = judged.faults;
            if faults.is_empty() {
                faults.push(Fault::at(front(asking.index.document), does_not_comply(&asking)));
            }
            finding::relate(&mut faults, &related, asking.locale);
            Stated::Fails(faults)
        }
    }
}

/// Whether a statement plainly says not to mention what the report nowhere does. So say most rules of large packs, of
/// most reports, and where nobody wants evidence there is no more to ask.
fn avoids(asking: &Asking<'_>, statement: &Statement<Needle>) -> bool {
    let Claim::Mention(Mention { what, count: None, places }) = &statement.claim else { return false };
    statement.modal.forbids() && !asking.explain && places.is_empty() && asking.index.lacks(what)
}

/// Asks the claim of each unit: `must not` flags the offending characters, `must` the unit.
fn each(asking: &Asking<'_>, statement: &Statement<Needle>, units: &[Ground], mentions: Option<&Needle>) -> Judged {
    let forbids = statement.modal.forbids();
    let plain = Asking { except: None, ..*asking };
    if mentions.is_none() && !units.is_empty() && avoids(asking, statement) {
        return Judged { truth: Truth::True, faults: Vec::new(), shown: Some(Vec::new()) };
    }
    let (mut faults, mut right, mut reason) = (Vec::new(), Vec::new(), None);
    for unit in units.iter().filter(|unit| mentions.is_none_or(|what| mentions_it(&plain, what, unit))) {
        let judged = asking.judge(&statement.claim, unit, forbids);
        let judged = if forbids { judged.negate() } else { judged };
        match judged.truth {
            Truth::True => right.push(*unit),
            Truth::Unknown(why) => reason = Some(why),
            Truth::False if forbids => faults.extend(judged.faults),
            Truth::False => faults.push(unit_fault(asking, judged, unit)),
        }
    }
    let none = || say!(asking.locale, "报告里没有本规则要查的内容", "the report has nothing of the kind to ask");
    let truth = match (faults.is_empty(), right.is_empty()) {
        (false, _) => Truth::False,
        (true, false) => Truth::True,
        (true, true) => Truth::Unknown(reason.unwrap_or_else(none)),
    };
    let comply = |unit: &Ground| Evidence {
        span: unit.span(asking.index.document),
        note: say!(asking.locale, "此处符合", "complies"),
    };
    let shown = if asking.explain { right.iter().map(comply).collect() } else { Vec::new() };
    Judged { truth, faults, shown: Some(shown) }
}

fn mentions_it(asking: &Asking<'_>, what: &Needle, unit: &Ground) -> bool {
    let mention = Mention { what: what.clone(), count: None, places: Vec::new() };
    asking.judge(&Claim::Mention(mention), unit, false).truth == Truth::True
}

/// The unit as one fault; what was flagged inside it is related.
fn unit_fault(asking: &Asking<'_>, judged: Judged, unit: &Ground) -> Fault {
    let span = unit.span(asking.index.document);
    let first = judged.faults.into_iter().reduce(|mut first, next| {
        first.related.extend(next.related);
        first
    });
    let mut first = first.unwrap_or_else(|| Fault::at(span, does_not_comply(asking)));
    if !first.absent && first.span != span {
        if first.label.is_empty() {
            first.label = say!(asking.locale, "不应出现", "must not stand here");
        }
        first.related.insert(0, Related { message: first.label.clone(), span: first.span });
        first.fix = None;
    }
    first.span = span;
    first.absent = false;
    first
}

fn does_not_comply(asking: &Asking<'_>) -> String {
    say!(asking.locale, "不符合要求", "does not comply")
}
