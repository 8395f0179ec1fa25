//! The names that statements use: sets, quantities, and what fills their holes.

use std::collections::BTreeSet;

use crate::lang::ast::{
    Claim, Count, Expr, Hole, Members, Num, Pattern, Phrase, PhrasePart, Place, Quantifier, Statement, Subject, Test,
};
use crate::span::Spanned;

/// Names used.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Uses {
    /// Sets, `$` left out.
    pub sets: BTreeSet<String>,
    /// Quantities, and the years that stand beside them.
    pub quantities: BTreeSet<String>,
    /// Facts, parameters and variables.
    pub facts: BTreeSet<String>,
    /// `at least k of $set`.
    pub quotas: Vec<(u32, Spanned<String>)>,
}

impl Uses {
    /// The names of a statement.
    pub fn statement(&mut self, statement: &Statement) {
        let Statement { voice: _, when, subject, modal: _, claim, except, unless } = statement;
        self.claims(when.iter().chain(unless));
        self.claim(claim);
        self.patterns(except);
        match subject {
            Subject::Report => {}
            Subject::Each { unit: _, mentions } => self.patterns(mentions),
        }
    }

    fn claims<'a>(&mut self, claims: impl IntoIterator<Item = &'a Claim>) {
        claims.into_iter().for_each(|it| self.claim(it));
    }

    /// The names of a claim or condition.
    pub fn claim(&mut self, claim: &Claim) {
        match claim {
            Claim::Mention(mention) => {
                self.pattern(&mention.what);
                self.counts(&mention.count);
                self.places(&mention.places);
            }
            Claim::Section(section) => {
                self.pattern(&section.name);
                self.patterns(section.order.iter().map(|(_, it)| it).chain(&section.inside));
            }
            Claim::Wording { right, wrong } => {
                self.phrase(right);
                self.pattern(wrong);
            }
            Claim::Misquote(set) => self.set(&set.node),
            Claim::Amount { count, unit: _, places } => {
                self.counts([count]);
                self.places(places);
            }
            Claim::Edge { edge: _, what } => self.pattern(what),
            Claim::Mix { one, other, places } => {
                self.patterns([one, other]);
                self.places(places);
            }
            Claim::Repeat(number) | Claim::Double(number) => self.number(number),
            Claim::DatedAt { order: _, date } => self.number(&date.year),
            Claim::Satisfy(equation) => {
                self.expression(&equation.left);
                self.expression(&equation.right);
            }
            Claim::Fact(fact) => {
                self.facts.insert(fact.name.node.clone());
                match &fact.test {
                    Test::Is(phrases) | Test::IsNot(phrases) => phrases.iter().for_each(|it| self.phrase(it)),
                    Test::Compare(_, number) => self.number(number),
                }
            }
            Claim::Not(claim) => self.claim(claim),
            Claim::And(claims) | Claim::Or(claims) => self.claims(claims),
            Claim::Copied(it) => {
                self.number(&it.most);
                self.number(&it.least);
            }
            Claim::Numbering
            | Claim::Script
            | Claim::Pairs
            | Claim::Break
            | Claim::Signed
            | Claim::Dated { in_closing: _ }
            | Claim::Percentages => {}
        }
    }

    fn patterns<'a>(&mut self, patterns: impl IntoIterator<Item = &'a Pattern>) {
        patterns.into_iter().for_each(|it| self.pattern(it));
    }

    /// The names of a pattern.
    pub fn pattern(&mut self, pattern: &Pattern) {
        match pattern {
            Pattern::Phrase(phrase) => self.phrase(phrase),
            Pattern::Exactly(pattern) => self.pattern(pattern),
            Pattern::Regex(regex) => self.sets.extend(regex_sets(&regex.node)),
            Pattern::Set(set) => self.set(&set.node),
            Pattern::Of { quantifier, members } => match members {
                Members::Set(set) => {
                    self.set(&set.node);
                    if let Quantifier::AtLeast(least) = quantifier {
                        self.quotas.push((*least, set.clone()));
                    }
                }
                Members::List(patterns) => self.patterns(patterns),
            },
        }
    }

    fn set(&mut self, name: &str) {
        self.sets.insert(name.to_owned());
    }

    /// The names of a phrase's holes.
    pub fn phrase(&mut self, phrase: &Phrase) {
        for part in &phrase.parts {
            match part {
                PhrasePart::Text(_) => {}
                PhrasePart::Hole(hole) => self.hole(&hole.node),
            }
        }
    }

    fn hole(&mut self, hole: &Hole) {
        self.facts.insert(hole.name.clone());
    }

    fn number(&mut self, number: &Num) {
        match number {
            Num::Lit(_) => {}
            Num::Hole(hole) => self.hole(&hole.node),
        }
    }

    fn counts<'a>(&mut self, counts: impl IntoIterator<Item = &'a Count>) {
        for count in counts {
            match count {
                Count::Exactly(number) | Count::AtLeast(number) | Count::AtMost(number) => self.number(number),
                Count::Between(from, to) => {
                    self.number(from);
                    self.number(to);
                }
            }
        }
    }

    fn places(&mut self, places: &[Place]) {
        for place in places {
            match place {
                Place::First(number) => self.number(number),
                Place::Within(number, pattern) => {
                    self.number(number);
                    self.pattern(pattern);
                }
                Place::Section(pattern)
                | Place::EverySection(pattern)
                | Place::Outside(pattern)
                | Place::SameSentence(pattern)
                | Place::SameParagraph(pattern)
                | Place::SameSection(pattern)
                | Place::Before(pattern)
                | Place::After(pattern) => self.pattern(pattern),
                Place::Title
                | Place::Opening
                | Place::Closing
                | Place::Heading
                | Place::HeadingsOfOneLevel
                | Place::OwnLineHeadingsOfOneLevel
                | Place::Text
                | Place::Table => {}
            }
        }
    }

    fn expression(&mut self, expression: &Expr) {
        match expression {
            Expr::Name(name) => {
                self.quantities.insert(name.node.clone());
            }
            Expr::Number(_) => {}
            Expr::Binary(left, _, right) => {
                self.expression(left);
                self.expression(right);
            }
        }
    }
}

/// The sets that stand in a regex as `{$set}`.
fn regex_sets(regex: &str) -> impl Iterator<Item = String> {
    regex.split("{$").skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name.to_owned()))
}
