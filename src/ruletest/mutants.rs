//! Changes rules a little, and says which changes their tests do not notice.

use crate::check::{Want, check_rule_among};
use crate::document::Document;
use crate::lang::ast::Statement;
use crate::lang::ast::Voice;
use crate::lang::mutate::{self, Change};
use crate::lang::print;
use crate::locale::Locale;
use crate::neighbours::Neighbours;
use crate::pack::uses::Uses;
use crate::pack::{Check, Pack, Rule, Test};
use crate::plan::compile;
use crate::read::read;
use crate::ruletest::{coverage, judge, lone, named, neighbours};
use crate::span::Span;

/// Of a rule no more changes are tried.
pub const MOST_MUTANTS: usize = 300;
/// Of a set only so many members are left out in turn, and none of a list of names.
pub const MOST_MEMBERS: usize = 40;

/// What became of the changes to one rule.
#[derive(Debug, Clone)]
pub struct Mutated {
    /// The pack it stands in.
    pub pack: String,
    /// Its id.
    pub rule: String,
    /// What it is called.
    pub title: String,
    /// How many changes were tried.
    pub tried: usize,
    /// How many were left out, there being too many.
    pub left_out: usize,
    /// Those that no test notices.
    pub survivors: Vec<Survivor>,
    /// Why none was tried.
    pub skipped: Option<Skipped>,
}

/// Why no change to a rule was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skipped {
    /// It has no tests.
    NoTests,
    /// Its tests do not pass as it is.
    Failing,
}

/// A change that no test notices.
#[derive(Debug, Clone)]
pub struct Survivor {
    /// What was changed.
    pub change: Change,
    /// The statement as changed; `None` where a set was.
    pub statement: Option<Statement>,
    /// The statement as written.
    pub span: Span,
}

/// A rule or set with a change.
enum Mutant {
    Statement(usize, Change, Box<Statement>),
    /// Without that member of that set.
    Set(Change, String, usize),
}

/// Tries the changes to one rule.
pub fn mutate(packs: &[Pack], pack: &Pack, rule: &Rule, locale: Locale) -> Mutated {
    let mut mutated = Mutated {
        pack: pack.name.clone(),
        rule: rule.id.node.clone(),
        title: rule.title.clone(),
        tried: 0,
        left_out: 0,
        survivors: Vec::new(),
        skipped: None,
    };
    let read = |it: &Test| {
        let document = read(&rule.id.node, it.text.as_bytes(), &Default::default(), locale).ok()?;
        Some((document, neighbours(&rule.id.node, it, locale).ok()?))
    };
    let documents: Vec<(&Test, Option<(Document, Neighbours)>)> = rule.tests.iter().map(|it| (it, read(it))).collect();
    let mut bench = Bench { packs: lone(packs, &pack.name, vec![rule.clone()]), pack: &pack.name, documents, locale };
    if rule.tests.is_empty() {
        mutated.skipped = Some(Skipped::NoTests);
        return mutated;
    }
    if !bench.passes() {
        mutated.skipped = Some(Skipped::Failing);
        return mutated;
    }
    let mutants = mutants(pack, rule);
    mutated.left_out = mutants.len().saturating_sub(MOST_MUTANTS);
    for mutant in mutants.into_iter().take(MOST_MUTANTS) {
        mutated.tried += 1;
        mutated.survivors.extend(bench.survivor(mutant, rule));
    }
    mutated
}

fn mutants(pack: &Pack, rule: &Rule) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    let mut uses = Uses::default();
    for (at, check) in rule.checks.iter().enumerate() {
        let changed = mutate::statement(&check.statement).into_iter();
        mutants.extend(changed.map(|(change, statement)| Mutant::Statement(at, change, Box::new(statement))));
        if rule.checks.len() > 1 {
            // Without a whole statement of several: one that repeats another says nothing of its own.
            let other = rule.checks.get((at + 1) % rule.checks.len()).map(|it| it.statement.clone());
            mutants.extend(other.map(|it| Mutant::Statement(at, Change::Statement(at + 1), Box::new(it))));
        }
        uses.statement(&check.statement);
    }
    for set in uses.sets {
        let members = pack.terms.get(&set).map_or(&[][..], Vec::as_slice);
        let most = if (2..=coverage::MOST_MEMBERS).contains(&members.len()) { MOST_MEMBERS } else { 0 };
        let all = members.iter().enumerate().take(most);
        mutants.extend(all.map(|(at, member)| {
            let name = print::pattern(member, Voice::Zh);
            Mutant::Set(Change::SetMember(set.clone(), name), set.clone(), at)
        }));
    }
    mutants
}

/// The one rule with its tests' texts, read once.
struct Bench<'a> {
    packs: Vec<Pack>,
    pack: &'a str,
    documents: Vec<(&'a Test, Option<(Document, Neighbours)>)>,
    locale: Locale,
}

impl Bench<'_> {
    /// Whether all tests come out as expected. What cannot be compiled is noticed.
    fn passes(&self) -> bool {
        let (plan, problems) = compile(&self.packs, &named(&self.packs), self.locale);
        problems.is_empty()
            && plan.rules.len() == 1
            && self.documents.iter().all(|(test, read)| {
                let check = |(document, among)| {
                    check_rule_among(&plan, 0, document, among, Want::Findings, self.locale).outcome
                };
                let outcome = read.as_ref().map(|(document, among)| check((document, among)));
                outcome.is_some_and(|it| judge(test, it).passed())
            })
    }

    fn survivor(&mut self, mutant: Mutant, rule: &Rule) -> Option<Survivor> {
        match mutant {
            Mutant::Statement(at, change, statement) => {
                let statement = *statement;
                let own = |packs: &mut Vec<Pack>, statement: Statement, name: &str| {
                    let rules = packs.iter_mut().filter(|it| it.name == name).flat_map(|it| &mut it.rules);
                    rules.filter_map(|it| it.checks.get_mut(at)).for_each(|it| it.statement = statement.clone());
                };
                own(&mut self.packs, statement.clone(), self.pack);
                let survives = self.passes();
                let Check { statement: written, span, .. } = rule.checks.get(at)?;
                own(&mut self.packs, written.clone(), self.pack);
                survives.then_some(Survivor { change, statement: Some(statement), span: *span })
            }
            Mutant::Set(change, set, at) => {
                let before: Vec<_> = self.packs.iter().map(|it| it.terms.get(&set).cloned()).collect();
                let member = before.iter().flatten().find_map(|it| it.get(at)).cloned()?;
                for terms in self.packs.iter_mut().filter_map(|it| it.terms.get_mut(&set)) {
                    terms.retain(|it| *it != member);
                }
                let survives = self.passes();
                for (pack, before) in self.packs.iter_mut().zip(before) {
                    before.into_iter().for_each(|it| drop(pack.terms.insert(set.clone(), it)));
                }
                survives.then_some(Survivor { change, statement: None, span: rule.checks.first()?.span })
            }
        }
    }
}
