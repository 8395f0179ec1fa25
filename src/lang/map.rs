//! Turns a statement over one kind of pattern into the same statement over another.

use crate::lang::ast::{Claim, Mention, Place, SectionClaim, Statement, Subject};

/// What turns one pattern into another, or says why it cannot.
pub type Turn<'a, P, Q, E> = &'a mut dyn FnMut(&P) -> Result<Q, E>;

impl<P> Statement<P> {
    /// The same statement with every pattern turned.
    ///
    /// # Errors
    /// The first error of `turn`.
    pub fn map<Q, E>(&self, turn: Turn<'_, P, Q, E>) -> Result<Statement<Q>, E> {
        Ok(Statement {
            voice: self.voice,
            when: self.when.as_ref().map(|claim| claim.map(turn)).transpose()?,
            subject: self.subject.map(turn)?,
            modal: self.modal,
            claim: self.claim.map(turn)?,
            except: self.except.as_ref().map(&mut *turn).transpose()?,
            unless: self.unless.as_ref().map(|claim| claim.map(turn)).transpose()?,
        })
    }
}

impl<P> Subject<P> {
    fn map<Q, E>(&self, turn: Turn<'_, P, Q, E>) -> Result<Subject<Q>, E> {
        Ok(match self {
            Subject::Report => Subject::Report,
            Subject::Each { unit, mentions } => {
                Subject::Each { unit: *unit, mentions: mentions.as_ref().map(turn).transpose()? }
            }
        })
    }
}

impl<P> Claim<P> {
    /// The same claim with every pattern turned.
    ///
    /// # Errors
    /// The first error of `turn`.
    pub fn map<Q, E>(&self, turn: Turn<'_, P, Q, E>) -> Result<Claim<Q>, E> {
        Ok(match self {
            Claim::Mention(it) => Claim::Mention(Mention {
                what: turn(&it.what)?,
                count: it.count.clone(),
                places: places(&it.places, turn)?,
            }),
            Claim::Section(it) => Claim::Section(SectionClaim {
                name: turn(&it.name)?,
                top_level: it.top_level,
                or_item: it.or_item,
                order: it.order.as_ref().map(|(order, what)| turn(what).map(|what| (*order, what))).transpose()?,
                inside: it.inside.as_ref().map(turn).transpose()?,
            }),
            Claim::Wording { right, wrong } => Claim::Wording { right: right.clone(), wrong: turn(wrong)? },
            Claim::Misquote(set) => Claim::Misquote(set.clone()),
            Claim::Amount { count, unit, places: at } => {
                Claim::Amount { count: count.clone(), unit: *unit, places: places(at, turn)? }
            }
            Claim::Edge { edge, what } => Claim::Edge { edge: *edge, what: turn(what)? },
            Claim::Numbering => Claim::Numbering,
            Claim::Mix { one, other, places: at } => {
                Claim::Mix { one: turn(one)?, other: turn(other)?, places: places(at, turn)? }
            }
            Claim::Script => Claim::Script,
            Claim::Pairs => Claim::Pairs,
            Claim::Break => Claim::Break,
            Claim::Repeat(least) => Claim::Repeat(least.clone()),
            Claim::Double(least) => Claim::Double(least.clone()),
            Claim::Signed => Claim::Signed,
            Claim::Dated { in_closing } => Claim::Dated { in_closing: *in_closing },
            Claim::DatedAt { order, date } => Claim::DatedAt { order: *order, date: date.clone() },
            Claim::Satisfy(equation) => Claim::Satisfy(equation.clone()),
            Claim::Percentages => Claim::Percentages,
            Claim::Copied(it) => Claim::Copied(it.clone()),
            Claim::Fact(test) => Claim::Fact(test.clone()),
            Claim::Not(claim) => Claim::Not(Box::new(claim.map(turn)?)),
            Claim::And(claims) => Claim::And(claims.iter().map(|it| it.map(turn)).collect::<Result<_, E>>()?),
            Claim::Or(claims) => Claim::Or(claims.iter().map(|it| it.map(turn)).collect::<Result<_, E>>()?),
        })
    }
}

fn places<P, Q, E>(places: &[Place<P>], turn: Turn<'_, P, Q, E>) -> Result<Vec<Place<Q>>, E> {
    places.iter().map(|place| place.map(turn)).collect()
}

impl<P> Place<P> {
    fn map<Q, E>(&self, turn: Turn<'_, P, Q, E>) -> Result<Place<Q>, E> {
        Ok(match self {
            Place::Title => Place::Title,
            Place::Opening => Place::Opening,
            Place::Closing => Place::Closing,
            Place::Heading => Place::Heading,
            Place::HeadingsOfOneLevel => Place::HeadingsOfOneLevel,
            Place::OwnLineHeadingsOfOneLevel => Place::OwnLineHeadingsOfOneLevel,
            Place::Text => Place::Text,
            Place::Section(what) => Place::Section(turn(what)?),
            Place::EverySection(what) => Place::EverySection(turn(what)?),
            Place::Table => Place::Table,
            Place::First(count) => Place::First(count.clone()),
            Place::Outside(what) => Place::Outside(turn(what)?),
            Place::Within(count, what) => Place::Within(count.clone(), turn(what)?),
            Place::SameSentence(what) => Place::SameSentence(turn(what)?),
            Place::SameParagraph(what) => Place::SameParagraph(turn(what)?),
            Place::SameSection(what) => Place::SameSection(turn(what)?),
            Place::Before(what) => Place::Before(turn(what)?),
            Place::After(what) => Place::After(turn(what)?),
        })
    }
}
