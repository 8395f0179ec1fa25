//! Claims that hold of every report, or of none, as far as can be told from the words alone.

use crate::lang::ast::{Claim, Count, Expr, FactTest, Modal, Num, Phrase, Relation, Statement, Test};

/// What can be told of a statement without a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constant {
    /// It passes whenever it applies.
    NeverFails,
    /// Its conditions can never be met.
    NeverApplies,
}

/// Whether a statement can never fail or never apply; `None` where a report must be seen.
pub fn of(statement: &Statement) -> Option<Constant> {
    let when = statement.when.as_ref();
    let unless = statement.unless.as_ref();
    let never = when.and_then(value) == Some(false) || unless.and_then(value) == Some(true);
    if never || when.is_some() && when == unless {
        return Some(Constant::NeverApplies);
    }
    let forbids = matches!(statement.modal, Modal::MustNot | Modal::ShouldNot);
    let asked_before = !forbids && when == Some(&statement.claim);
    let lifted = unless.is_some_and(|it| if forbids { *it == statement.claim } else { is_not(it, &statement.claim) });
    if asked_before || lifted || value(&statement.claim) == Some(!forbids) || excepts_all(statement, forbids) {
        return Some(Constant::NeverFails);
    }
    None
}

/// `must not mention X except X`
fn excepts_all(statement: &Statement, forbids: bool) -> bool {
    let Claim::Mention(mention) = &statement.claim else { return false };
    forbids && statement.except.as_ref() == Some(&mention.what)
}

fn is_not(one: &Claim, other: &Claim) -> bool {
    matches!(one, Claim::Not(it) if **it == *other) || matches!(other, Claim::Not(it) if **it == *one)
}

/// The value of a claim where no report can change it.
fn value(claim: &Claim) -> Option<bool> {
    match claim {
        Claim::Mention(mention) => mention.count.as_ref().filter(|it| asks_nothing(it)).map(|_| true),
        Claim::Amount { count, .. } => asks_nothing(count).then_some(true),
        Claim::Satisfy(equation) => {
            let same = equation.left == equation.right && matches!(equation.left, Expr::Name(_) | Expr::Number(_));
            same.then_some(matches!(equation.relation, Relation::Eq | Relation::Le | Relation::Ge))
        }
        Claim::Not(claim) => value(claim).map(|it| !it),
        Claim::And(claims) => {
            if claims.iter().any(|it| value(it) == Some(false)) || contradict(claims) {
                return Some(false);
            }
            claims.iter().all(|it| value(it) == Some(true)).then_some(true)
        }
        Claim::Or(claims) => {
            if claims.iter().any(|it| value(it) == Some(true)) || opposed(claims) {
                return Some(true);
            }
            claims.iter().all(|it| value(it) == Some(false)).then_some(false)
        }
        Claim::Section(_)
        | Claim::Wording { .. }
        | Claim::Misquote(_)
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
        | Claim::Percentages
        | Claim::Copied(_)
        | Claim::Fact(_) => None,
    }
}

const fn asks_nothing(count: &Count) -> bool {
    matches!(count, Count::AtLeast(Num::Lit(0)))
}

/// More parts are not held against each other: nobody writes them, and each pair costs.
const MOST_PARTS: usize = 100;

fn pairs(claims: &[Claim]) -> impl Iterator<Item = (&Claim, &Claim)> {
    let claims = claims.get(..MOST_PARTS).unwrap_or(claims);
    claims.iter().enumerate().flat_map(|(at, one)| claims.iter().skip(at + 1).map(move |other| (one, other)))
}

fn opposed(claims: &[Claim]) -> bool {
    pairs(claims).any(|(one, other)| is_not(one, other))
}

/// Whether two of the claims cannot both hold: a claim and its opposite, or two values of one fact.
fn contradict(claims: &[Claim]) -> bool {
    let exclude = |one: &Claim, other: &Claim| match (one, other) {
        (Claim::Fact(one), Claim::Fact(other)) => one.name == other.name && facts_exclude(one, other),
        _ => false,
    };
    opposed(claims) || pairs(claims).any(|(one, other)| exclude(one, other))
}

fn facts_exclude(one: &FactTest, other: &FactTest) -> bool {
    match (&one.test, &other.test) {
        (Test::Is(one), Test::Is(other)) => literal(one) && literal(other) && !one.iter().any(|it| other.contains(it)),
        (Test::Is(is), Test::IsNot(not)) | (Test::IsNot(not), Test::Is(is)) => is.iter().all(|it| not.contains(it)),
        (Test::Compare(one, a), Test::Compare(other, b)) => match (range(*one, a), range(*other, b)) {
            (Some(one), Some(other)) => one.0.max(other.0) > one.1.min(other.1),
            (Some(_) | None, None) | (None, Some(_)) => false,
        },
        (Test::Is(_) | Test::IsNot(_), Test::Compare(..))
        | (Test::Compare(..), Test::Is(_) | Test::IsNot(_))
        | (Test::IsNot(_), Test::IsNot(_)) => false,
    }
}

fn literal(phrases: &[Phrase]) -> bool {
    use crate::lang::ast::PhrasePart;
    phrases.iter().flat_map(|it| &it.parts).all(|part| matches!(part, PhrasePart::Text(_)))
}

/// The whole numbers that a comparison lets through, both ends included.
fn range(relation: Relation, number: &Num) -> Option<(i64, i64)> {
    let Num::Lit(number) = number else { return None };
    let number = i64::from(*number);
    Some(match relation {
        Relation::Eq => (number, number),
        Relation::Le => (i64::MIN, number),
        Relation::Lt => (i64::MIN, number - 1),
        Relation::Ge => (number, i64::MAX),
        Relation::Gt => (number + 1, i64::MAX),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::ast::{Mention, Pattern, PhrasePart, Subject, Voice};
    use crate::span::{Span, Spanned};

    fn phrase(text: &str) -> Phrase {
        Phrase { parts: vec![PhrasePart::Text(text.into())] }
    }

    fn mentions(text: &str) -> Claim {
        Claim::Mention(Mention { what: Pattern::Phrase(phrase(text)), count: None, places: vec![] })
    }

    fn fact(name: &str, test: Test) -> Claim {
        Claim::Fact(FactTest { name: Spanned::new(name.into(), Span::default()), test })
    }

    fn year(relation: Relation, number: u32) -> Claim {
        fact("year", Test::Compare(relation, Num::Lit(number)))
    }

    fn must(claim: Claim) -> Statement {
        let (when, except, unless) = (None, None, None);
        Statement { voice: Voice::En, when, subject: Subject::Report, modal: Modal::Must, claim, except, unless }
    }

    fn not(claim: Claim) -> Claim {
        Claim::Not(Box::new(claim))
    }

    #[test]
    fn tells_what_no_report_can_change() {
        let none = |text: &str| {
            let Claim::Mention(it) = mentions(text) else { unreachable!() };
            Claim::Mention(Mention { count: Some(Count::AtLeast(Num::Lit(0))), ..it })
        };
        let a = || mentions("甲");
        let when = |when: Claim| Statement { when: Some(when), ..must(mentions("乙")) };
        for (statement, expected) in [
            (must(a()), None),
            (must(none("甲")), Some(Constant::NeverFails)),
            (must(Claim::Or(vec![a(), not(a())])), Some(Constant::NeverFails)),
            (Statement { when: Some(a()), ..must(a()) }, Some(Constant::NeverFails)),
            (Statement { modal: Modal::MustNot, unless: Some(a()), ..must(a()) }, Some(Constant::NeverFails)),
            (
                Statement { modal: Modal::MustNot, except: Some(Pattern::Phrase(phrase("甲"))), ..must(a()) },
                Some(Constant::NeverFails),
            ),
            (Statement { unless: Some(a()), ..when(a()) }, Some(Constant::NeverApplies)),
            (when(Claim::And(vec![a(), not(a())])), Some(Constant::NeverApplies)),
            (when(Claim::And(vec![year(Relation::Ge, 2025), year(Relation::Lt, 2025)])), Some(Constant::NeverApplies)),
            (when(Claim::And(vec![year(Relation::Ge, 2020), year(Relation::Le, 2020)])), None),
            (
                when(Claim::And(vec![
                    fact("level", Test::Is(vec![phrase("省")])),
                    fact("level", Test::Is(vec![phrase("市"), phrase("县")])),
                ])),
                Some(Constant::NeverApplies),
            ),
            (when(Claim::And(vec![fact("level", Test::Is(vec![phrase("省")])), year(Relation::Ge, 2020)])), None),
        ] {
            assert_eq!(of(&statement), expected, "{statement:?}");
        }
    }
}
