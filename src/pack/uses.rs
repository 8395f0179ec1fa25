//! The names that statements use: sets, quantities, and what fills their holes.

use std::collections::BTreeSet;

use crate::lang::ast::{
    Claim, Count, Expr, Hole, Members, Num, Pattern, Phrase, PhrasePart, Place, Quantifier, Statement, Subject, Test,
};
use crate::span::{Span, Spanned};

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
    /// Each use of a name where it stands in its text, in no order.
    pub places: Vec<Use>,
}

/// A name where it is used; a set's with its `$`, a hole's with its braces.
#[derive(Debug, Clone, PartialEq)]
pub struct Use {
    /// What it names.
    pub kind: Used,
    /// The name as declared, and where it is written.
    pub name: Spanned<String>,
}

/// What a name in a statement can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Used {
    /// A set.
    Set,
    /// A quantity, or a year beside one.
    Quantity,
    /// A fact, parameter or variable.
    Fact,
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
            Claim::Misquote(set) => self.set(set),
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
                self.note(Used::Fact, &fact.name);
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
            Pattern::Regex(regex) => regex_sets(regex).for_each(|it| self.set(&it)),
            Pattern::Set(set) => self.set(set),
            Pattern::Of { quantifier, members } => match members {
                Members::Set(set) => {
                    self.set(set);
                    if let Quantifier::AtLeast(least) = quantifier {
                        self.quotas.push((*least, set.clone()));
                    }
                }
                Members::List(patterns) => self.patterns(patterns),
            },
        }
    }

    fn set(&mut self, name: &Spanned<String>) {
        self.note(Used::Set, name);
        self.sets.insert(name.node.clone());
    }

    fn note(&mut self, kind: Used, name: &Spanned<String>) {
        self.places.push(Use { kind, name: name.clone() });
    }

    /// The names of a phrase's holes.
    pub fn phrase(&mut self, phrase: &Phrase) {
        for part in &phrase.parts {
            match part {
                PhrasePart::Text(_) => {}
                PhrasePart::Hole(hole) => self.hole(hole),
            }
        }
    }

    fn hole(&mut self, hole: &Spanned<Hole>) {
        self.note(Used::Fact, &Spanned::new(hole.node.name.clone(), hole.span));
        self.facts.insert(hole.node.name.clone());
    }

    fn number(&mut self, number: &Num) {
        match number {
            Num::Lit(_) => {}
            Num::Hole(hole) => self.hole(hole),
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
                self.note(Used::Quantity, name);
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
fn regex_sets(regex: &Spanned<String>) -> impl Iterator<Item = Spanned<String>> {
    regex.node.match_indices("{$").filter_map(|(at, mark)| {
        let (name, _) = regex.node.get(at + mark.len()..)?.split_once('}')?;
        let start = regex.span.start + at + 1;
        Some(Spanned::new(name.to_owned(), Span::new(start, start + 1 + name.len())))
    })
}
