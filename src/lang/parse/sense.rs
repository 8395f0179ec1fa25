//! What parses and still makes no sense: a claim with the wrong modal, of the wrong subject, a fact that must hold.

use crate::lang::ast::{Claim, Modal, Statement, Subject, Unit, Voice};
use crate::lang::parse::build::Builder;
use crate::say;

/// Which modals a claim may stand under.
enum Modals {
    Positive,
    Negative,
    Both,
}

/// Checks a statement; what is wrong is told to the builder.
pub fn statement(builder: &mut Builder<'_>, statement: &Statement) {
    polarity(builder, statement);
    facts(builder, &statement.claim);
    if let Subject::Each { unit, .. } = statement.subject {
        units(builder, &statement.claim, unit);
    }
    if statement.except.is_some() && !takes_except(&statement.claim) {
        let span = builder.whole_span();
        let message = say!(builder.locale, "这项要求不能带“除外”", "this claim takes no `except`");
        builder.tell::<()>("lang::except", span, message, None);
    }
    for condition in [&statement.when, &statement.unless].into_iter().flatten() {
        self::condition(builder, condition);
    }
}

/// Checks a condition: facts may stand in it, and any claim.
pub fn condition(_builder: &mut Builder<'_>, _claim: &Claim) {}

fn modals(claim: &Claim) -> Modals {
    match claim {
        Claim::Misquote(_) | Claim::Mix { .. } | Claim::Break | Claim::Repeat(_) | Claim::Double(_) => Modals::Negative,
        Claim::Copied(_) => Modals::Negative,
        Claim::Wording { .. }
        | Claim::Numbering
        | Claim::Satisfy(_)
        | Claim::Percentages
        | Claim::Script
        | Claim::Pairs => Modals::Positive,
        Claim::Mention(_)
        | Claim::Section(_)
        | Claim::Amount { .. }
        | Claim::Edge { .. }
        | Claim::Signed
        | Claim::Dated { .. }
        | Claim::DatedAt { .. }
        | Claim::Fact(_)
        | Claim::Not(_)
        | Claim::And(_)
        | Claim::Or(_) => Modals::Both,
    }
}

/// The single claims of a joined one, each with whether a `not` turns it round.
fn singles(claim: &Claim, turned: bool) -> Vec<(&Claim, bool)> {
    match claim {
        Claim::Not(inner) => singles(inner, !turned),
        Claim::And(parts) | Claim::Or(parts) => parts.iter().flat_map(|part| singles(part, turned)).collect(),
        Claim::Mention(_)
        | Claim::Section(_)
        | Claim::Wording { .. }
        | Claim::Misquote(_)
        | Claim::Amount { .. }
        | Claim::Edge { .. }
        | Claim::Numbering
        | Claim::Mix { .. }
        | Claim::Script
        | Claim::Pairs
        | Claim::Break
        | Claim::Repeat(_)
        | Claim::Double(_)
        | Claim::Signed
        | Claim::Dated { .. }
        | Claim::DatedAt { .. }
        | Claim::Satisfy(_)
        | Claim::Percentages
        | Claim::Copied(_)
        | Claim::Fact(_) => vec![(claim, turned)],
    }
}

/// A claim under a modal it cannot stand under; told once, on the modal.
fn polarity(builder: &mut Builder<'_>, statement: &Statement) {
    let forbids = statement.modal.forbids();
    let wrong = singles(&statement.claim, forbids).into_iter().find_map(|(claim, forbidden)| {
        match (modals(claim), forbidden) {
            (Modals::Positive, true) | (Modals::Negative, false) => Some(!forbidden),
            (Modals::Both, _) | (Modals::Positive, false) | (Modals::Negative, true) => None,
        }
    });
    let Some(forbid) = wrong else { return };
    let (one, other) = match (statement.voice, forbid) {
        (Voice::Zh, false) => ("“应当”", "“宜”"),
        (Voice::Zh, true) => ("“不得”", "“不宜”"),
        (Voice::En, false) => ("must", "should"),
        (Voice::En, true) => ("must not", "should not"),
    };
    let message =
        say!(builder.locale, "这项要求只能与 {one} 或 {other} 连用", "this claim goes with {one} or {other} only");
    let weak = matches!(statement.modal, Modal::Should | Modal::ShouldNot);
    let due = if weak { other } else { one };
    builder.tell::<()>("lang::modal", builder.modal, message, Some(say!(builder.locale, "改用 {due}", "write {due}")));
}

/// A fact is known or not; nobody can be told to make it so.
fn facts(builder: &mut Builder<'_>, claim: &Claim) {
    for (single, _) in singles(claim, false) {
        if let Claim::Fact(test) = single {
            let message = say!(builder.locale, "事实只能写在条件里", "a fact can stand in a condition only");
            let help = say!(builder.locale, "写成“当 … 时，报告应当 …”", "write `when …, the report must …`");
            builder.tell::<()>("lang::fact", test.name.span, message, Some(help));
        }
    }
}

/// Claims that only a whole report can answer.
fn units(builder: &mut Builder<'_>, claim: &Claim, unit: Unit) {
    let sections = matches!(unit, Unit::Section | Unit::TopSection);
    let whole_only = |it: &Claim| {
        matches!(it, Claim::Numbering | Claim::Signed | Claim::Dated { .. } | Claim::DatedAt { .. })
            || matches!(it, Claim::Copied(_))
            || matches!(it, Claim::Section(_)) && !sections
    };
    if singles(claim, false).into_iter().any(|(it, _)| whole_only(it)) {
        let span = builder.whole_span();
        let message = say!(builder.locale, "这项要求只能对整篇报告提出", "this can be asked of the whole report only");
        let help = say!(builder.locale, "去掉“每个…”", "drop `each …`");
        builder.tell::<()>("lang::subject", span, message, Some(help));
    }
}

/// Claims whose findings are stretches of text, which an exception can overlap.
fn takes_except(claim: &Claim) -> bool {
    match claim {
        Claim::Mention(_)
        | Claim::Section(_)
        | Claim::Wording { .. }
        | Claim::Edge { .. }
        | Claim::Mix { .. }
        | Claim::Misquote(_)
        | Claim::Script
        | Claim::Pairs
        | Claim::Break
        | Claim::Repeat(_)
        | Claim::Double(_)
        | Claim::Numbering
        | Claim::Percentages
        | Claim::Satisfy(_)
        | Claim::Copied(_) => true,
        Claim::Not(inner) => takes_except(inner),
        Claim::And(parts) | Claim::Or(parts) => parts.iter().any(takes_except),
        Claim::Amount { .. } | Claim::Signed | Claim::Dated { .. } | Claim::DatedAt { .. } | Claim::Fact(_) => false,
    }
}
