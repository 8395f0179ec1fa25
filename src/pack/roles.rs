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

/// Where a pattern is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// In the text.
    Text,
    /// In headings, as the name of a section.
    Heading,
    /// Round a hit, which then does not count.
    Except,
}

/// What a pattern is for, and where it is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// What for.
    pub role: Role,
    /// Where.
    pub used: Use,
}

impl Part {
    const fn text(role: Role) -> Part {
        Part { role, used: Use::Text }
    }

    const HEADING: Part = Part { role: Role::Presence, used: Use::Heading };
    const EXCEPT: Part = Part { role: Role::Exact, used: Use::Except };
}

/// Hands every pattern of a statement to `take`, with what it is for.
pub fn of_statement<'a>(statement: &'a Statement, take: &mut impl FnMut(&'a Pattern, Part)) {
    let forbids = statement.modal.forbids();
    statement.when.iter().chain(&statement.unless).for_each(|it| of_claim(it, false, take));
    of_claim(&statement.claim, forbids, take);
    statement.except.iter().for_each(|it| of_pattern(it, Part::EXCEPT, take));
    match &statement.subject {
        Subject::Report => {}
        Subject::Each { unit: _, mentions } => {
            mentions.iter().for_each(|it| of_pattern(it, Part::text(Role::Presence), take))
        }
    }
}

/// Hands every pattern of a claim to `take`; what is flagged where it must not stand is flagged as a whole.
pub fn of_claim<'a>(claim: &'a Claim, forbids: bool, take: &mut impl FnMut(&'a Pattern, Part)) {
    let flagged = Part::text(if forbids { Role::Exact } else { Role::Presence });
    match claim {
        Claim::Mention(mention) => {
            of_pattern(&mention.what, flagged, take);
            of_places(&mention.places, take);
        }
        Claim::Section(section) => {
            of_pattern(&section.name, Part::HEADING, take);
            section.order.iter().for_each(|(_, it)| of_pattern(it, Part::HEADING, take));
            section.inside.iter().for_each(|it| of_pattern(it, Part::HEADING, take));
        }
        Claim::Wording { right: _, wrong } => of_pattern(wrong, Part::text(Role::Exact), take),
        Claim::Amount { places, .. } => of_places(places, take),
        Claim::Edge { edge: _, what } => of_pattern(what, Part::text(Role::Exact), take),
        Claim::Mix { one, other, places } => {
            of_pattern(one, Part::text(Role::Exact), take);
            of_pattern(other, Part::text(Role::Exact), take);
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
        | Claim::Copied(_)
        | Claim::Fact(_) => {}
    }
}

fn of_places<'a>(places: &'a [Place], take: &mut impl FnMut(&'a Pattern, Part)) {
    for place in places {
        match place {
            Place::Section(it) | Place::EverySection(it) | Place::Outside(it) => of_pattern(it, Part::HEADING, take),
            Place::SameSentence(it) | Place::SameParagraph(it) | Place::SameSection(it) => {
                of_pattern(it, Part::text(Role::Presence), take);
            }
            Place::Within(_, it) | Place::Before(it) | Place::After(it) => {
                of_pattern(it, Part::text(Role::Exact), take)
            }
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

fn of_pattern<'a>(pattern: &'a Pattern, part: Part, take: &mut impl FnMut(&'a Pattern, Part)) {
    let part = match pattern {
        Pattern::Of { quantifier: Quantifier::All | Quantifier::AtLeast(_), .. } => Part { role: Role::Exact, ..part },
        Pattern::Of { quantifier: Quantifier::Any, .. }
        | Pattern::Phrase(_)
        | Pattern::Exactly(_)
        | Pattern::Regex(_)
        | Pattern::Set(_) => part,
    };
    take(pattern, part);
    match pattern {
        Pattern::Exactly(inner) => of_pattern(inner, part, take),
        Pattern::Of { members: Members::List(members), .. } => {
            members.iter().for_each(|it| of_pattern(it, part, take));
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
