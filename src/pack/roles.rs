//! The patterns of a statement, and what each of them is for.

use crate::lang::ast::{Claim, Members, Pattern, Place, Quantifier, Statement, Subject};

/// What a pattern is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It is asked whether one of its members is there, no matter which and where exactly.
    Presence,
    /// Which member it is, or where exactly, matters too.
    Exact,
}

/// Hands every pattern of a statement to `take`, with what it is for.
pub fn of_statement<'a>(statement: &'a Statement, take: &mut impl FnMut(&'a Pattern, Role)) {
    let forbids = statement.modal.forbids();
    statement.when.iter().chain(&statement.unless).for_each(|it| of_claim(it, false, take));
    of_claim(&statement.claim, forbids, take);
    statement.except.iter().for_each(|it| of_pattern(it, Role::Exact, take));
    match &statement.subject {
        Subject::Report => {}
        Subject::Each { unit: _, mentions } => mentions.iter().for_each(|it| of_pattern(it, Role::Presence, take)),
    }
}

/// Hands every pattern of a claim to `take`; what is flagged where it must not stand is flagged as a whole.
pub fn of_claim<'a>(claim: &'a Claim, forbids: bool, take: &mut impl FnMut(&'a Pattern, Role)) {
    let flagged = if forbids { Role::Exact } else { Role::Presence };
    match claim {
        Claim::Mention(mention) => {
            of_pattern(&mention.what, flagged, take);
            of_places(&mention.places, take);
        }
        Claim::Section(section) => {
            of_pattern(&section.name, Role::Presence, take);
            section.order.iter().for_each(|(_, it)| of_pattern(it, Role::Presence, take));
            section.inside.iter().for_each(|it| of_pattern(it, Role::Presence, take));
        }
        Claim::Wording { right: _, wrong } => of_pattern(wrong, Role::Exact, take),
        Claim::Amount { places, .. } => of_places(places, take),
        Claim::Edge { edge: _, what } => of_pattern(what, Role::Exact, take),
        Claim::Mix { one, other, places } => {
            of_pattern(one, Role::Exact, take);
            of_pattern(other, Role::Exact, take);
            of_places(places, take);
        }
        Claim::Not(inner) => of_claim(inner, !forbids, take),
        Claim::And(parts) | Claim::Or(parts) => parts.iter().for_each(|it| of_claim(it, forbids, take)),
        Claim::Misquote(_)
        | Claim::Numbering
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
        | Claim::Fact(_) => {}
    }
}

fn of_places<'a>(places: &'a [Place], take: &mut impl FnMut(&'a Pattern, Role)) {
    for place in places {
        match place {
            Place::Section(it)
            | Place::EverySection(it)
            | Place::Outside(it)
            | Place::SameSentence(it)
            | Place::SameParagraph(it)
            | Place::SameSection(it) => of_pattern(it, Role::Presence, take),
            Place::Within(_, it) | Place::Before(it) | Place::After(it) => of_pattern(it, Role::Exact, take),
            Place::Title
            | Place::Opening
            | Place::Closing
            | Place::Heading
            | Place::HeadingsOfOneLevel
            | Place::OwnLineHeadingsOfOneLevel
            | Place::Text
            | Place::Table
            | Place::First(_) => {}
        }
    }
}

fn of_pattern<'a>(pattern: &'a Pattern, role: Role, take: &mut impl FnMut(&'a Pattern, Role)) {
    let role = match pattern {
        Pattern::Of { quantifier: Quantifier::All | Quantifier::AtLeast(_), .. } => Role::Exact,
        Pattern::Of { quantifier: Quantifier::Any, .. }
        | Pattern::Phrase(_)
        | Pattern::Exactly(_)
        | Pattern::Regex(_)
        | Pattern::Set(_) => role,
    };
    take(pattern, role);
    match pattern {
        Pattern::Exactly(inner) => of_pattern(inner, role, take),
        Pattern::Of { members: Members::List(members), .. } => {
            members.iter().for_each(|it| of_pattern(it, role, take));
        }
        Pattern::Phrase(_) | Pattern::Regex(_) | Pattern::Set(_) | Pattern::Of { members: Members::Set(_), .. } => {}
    }
}

/// The set that a pattern names itself.
pub fn set_of(pattern: &Pattern) -> Option<&str> {
    match pattern {
        Pattern::Set(name) | Pattern::Of { members: Members::Set(name), .. } => Some(&name.node),
        Pattern::Phrase(_)
        | Pattern::Exactly(_)
        | Pattern::Regex(_)
        | Pattern::Of { members: Members::List(_), .. } => None,
    }
}
