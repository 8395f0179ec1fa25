//! What parses and still makes no sense: a claim with the wrong modal, of the wrong subject, a fact that must hold.

use crate::lang::ast::{Claim, Modal, Statement, Subject, Unit};
use crate::lang::parse::build::Builder;
use crate::lang::parse::message;
use crate::say;

/// Which modals a claim may stand under.
enum Modals {
    Positive,
    Negative,
    Both,
}

/// Checks a statement; what is wrong is told to the builder.
pub fn statement(builder: &mut Builder<'_>, statement: &Statement) {
    polarity(builder, &statement.claim, statement.modal.forbids(), statement.modal);
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

fn polarity(builder: &mut Builder<'_>, claim: &Claim, forbidden: bool, modal: Modal) {
    match claim {
        Claim::Not(inner) => return polarity(builder, inner, !forbidden, modal),
        Claim::And(parts) | Claim::Or(parts) => {
            return parts.iter().for_each(|part| polarity(builder, part, forbidden, modal));
        }
        _ => {}
    }
    let span = message::modal_span(builder.slice(builder.whole_span())).unwrap_or(builder.whole_span());
    match (modals(claim), forbidden) {
        (Modals::Positive, true) => {
            let message =
                say!(builder.locale, "这项要求只能与“应当”或“宜”连用", "this claim goes with `must` or `should` only");
            builder.tell::<()>("lang::modal", span, message, Some(say!(builder.locale, "改用“应当”", "write `must`")));
        }
        (Modals::Negative, false) => {
            let message = say!(
                builder.locale,
                "这项要求只能与“不得”或“不宜”连用",
                "this claim goes with `must not` or `should not` only"
            );
            let help = say!(builder.locale, "改用“不得”", "write `must not`");
            builder.tell::<()>("lang::modal", span, message, Some(help));
        }
        (Modals::Both, _) | (Modals::Positive, false) | (Modals::Negative, true) => {}
    }
}

/// A fact is known or not; nobody can be told to make it so.
fn facts(builder: &mut Builder<'_>, claim: &Claim) {
    match claim {
        Claim::Not(inner) => facts(builder, inner),
        Claim::And(parts) | Claim::Or(parts) => parts.iter().for_each(|part| facts(builder, part)),
        Claim::Fact(test) => {
            let message = say!(builder.locale, "事实只能写在条件里", "a fact can stand in a condition only");
            let help = say!(builder.locale, "写成“当 … 时，报告应当 …”", "write `when …, the report must …`");
            builder.tell::<()>("lang::fact", test.name.span, message, Some(help));
        }
        _ => {}
    }
}

/// Claims that only a whole report can answer.
fn units(builder: &mut Builder<'_>, claim: &Claim, unit: Unit) {
    let whole_only = match claim {
        Claim::Not(inner) => return units(builder, inner, unit),
        Claim::And(parts) | Claim::Or(parts) => return parts.iter().for_each(|part| units(builder, part, unit)),
        Claim::Section(_) => !matches!(unit, Unit::Section | Unit::TopSection),
        Claim::Numbering | Claim::Signed | Claim::Dated { .. } | Claim::DatedAt { .. } => true,
        _ => false,
    };
    if whole_only {
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
        | Claim::Satisfy(_) => true,
        Claim::Not(inner) => takes_except(inner),
        Claim::And(parts) | Claim::Or(parts) => parts.iter().any(takes_except),
        Claim::Amount { .. } | Claim::Signed | Claim::Dated { .. } | Claim::DatedAt { .. } | Claim::Fact(_) => false,
    }
}
