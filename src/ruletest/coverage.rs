//! Which parts of the rules no test exercises: alternatives, set members, exceptions, conditions, joined claims.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::{Want, check};
use crate::lang::ast::{Claim, Members, Mention, Modal, Pattern, SectionClaim, Statement, Subject, Voice};
use crate::lang::print;
use crate::locale::Locale;
use crate::pack::roles::{self, Use};
use crate::pack::{Expected, Pack, Rule};
use crate::plan::compile;
use crate::read::read;
use crate::ruletest::{lone, named};
use crate::say;
use crate::span::Span;
use crate::verdict::Outcome;

/// A larger set is a list of names rather than of wordings: one of its members in a test is enough.
pub const MOST_MEMBERS: usize = 200;

/// What tests exercise of the packs.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    /// Rule by rule.
    pub rules: Vec<Covered>,
    /// Set by set: what `misquote` asks for is a list of names, not of wordings, and is left out.
    pub sets: Vec<Covered>,
}

/// The parts of a rule or set.
#[derive(Debug, Clone)]
pub struct Covered {
    /// The pack it stands in.
    pub pack: String,
    /// The id of the rule, or the name of the set.
    pub name: String,
    /// What the rule is called; empty for a set.
    pub title: String,
    /// Where it stands.
    pub span: Span,
    /// Its parts in words, and whether a test exercises them.
    pub parts: Vec<(String, bool)>,
}

impl Covered {
    /// How many of its parts tests exercise.
    pub fn exercised(&self) -> usize {
        self.parts.iter().filter(|(_, it)| *it).count()
    }

    /// The parts that no test exercises.
    pub fn missed(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter(|(_, it)| !it).map(|(what, _)| what.as_str())
    }
}

impl Coverage {
    /// Everything there is to exercise.
    pub fn all(&self) -> impl Iterator<Item = &Covered> {
        self.rules.iter().chain(&self.sets)
    }

    /// How many parts tests exercise, of how many.
    pub fn counts(&self) -> (usize, usize) {
        self.all().fold((0, 0), |(done, all), it| (done + it.exercised(), all + it.parts.len()))
    }

    /// In whole percent, rounded down: 100 only where nothing is left.
    pub fn percent(&self) -> usize {
        let (done, all) = self.counts();
        (done * 100).checked_div(all).unwrap_or(100)
    }
}

/// What the tests of the packs `wanted` exercise; none is all of them.
pub fn coverage(packs: &[Pack], wanted: &[String], locale: Locale) -> Coverage {
    let mut coverage = Coverage::default();
    for pack in packs.iter().filter(|it| wanted.is_empty() || wanted.contains(&it.name)) {
        let mut members: BTreeMap<String, BTreeMap<String, bool>> = BTreeMap::new();
        for rule in &pack.rules {
            coverage.rules.push(of_rule(packs, pack, rule, &mut members, locale));
        }
        coverage.sets.extend(members.into_iter().map(|(name, members)| Covered {
            pack: pack.name.clone(),
            name,
            title: String::new(),
            span: Span::default(),
            parts: parts(members, locale),
        }));
    }
    coverage
}

fn parts(members: BTreeMap<String, bool>, locale: Locale) -> Vec<(String, bool)> {
    if members.len() <= MOST_MEMBERS {
        return members.into_iter().collect();
    }
    let any = members.values().any(|it| *it);
    vec![(say!(locale, "名单里的任何一项（共 {} 项）", "any of the {} names", members.len()), any)]
}

/// A part that is asked for by itself in every test of its rule.
struct Probe {
    statement: Statement,
    /// The outcome that exercises it.
    wants: Wants,
    what: What,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wants {
    Pass,
    Fail,
    NoPass,
}

enum What {
    /// A part of the rule, in words.
    Part(String),
    /// A member of a set.
    Member { set: String, member: String },
}

fn of_rule(
    packs: &[Pack],
    pack: &Pack,
    rule: &Rule,
    members: &mut BTreeMap<String, BTreeMap<String, bool>>,
    locale: Locale,
) -> Covered {
    let mut parts = vec![
        (say!(locale, "通过的测试", "a test that passes"), rule.tests.iter().any(|it| it.expected == Expected::Pass)),
        (say!(locale, "不通过的测试", "a test that fails"), rule.tests.iter().any(|it| it.expected == Expected::Fail)),
    ];
    let probes = probes(pack, rule, locale);
    let seen = exercised(packs, pack, rule, &probes, locale);
    for (at, probe) in probes.into_iter().enumerate() {
        let done = seen.contains(&at);
        match probe.what {
            What::Part(what) => parts.push((what, done)),
            What::Member { set, member } => {
                *members.entry(set).or_default().entry(member).or_default() |= done;
            }
        }
    }
    Covered {
        pack: pack.name.clone(),
        name: rule.id.node.clone(),
        title: rule.title.clone(),
        span: rule.id.span,
        parts,
    }
}

/// The numbers of the probes that some test of the rule exercises.
fn exercised(packs: &[Pack], pack: &Pack, rule: &Rule, probes: &[Probe], locale: Locale) -> BTreeSet<usize> {
    let rules =
        probes.iter().enumerate().map(|(at, it)| Rule::of(&at.to_string(), "", it.statement.clone(), rule.id.span));
    let packs = lone(packs, &pack.name, rules.collect());
    let (plan, _) = compile(&packs, &named(&packs), locale);
    let mut seen = BTreeSet::new();
    for test in &rule.tests {
        let Ok(document) = read(&rule.id.node, test.text.as_bytes(), &Default::default(), locale) else { continue };
        for verdict in check(&plan, &document, Want::Findings, locale).verdicts {
            let at = plan.rules.get(verdict.rule).and_then(|it| it.rule.id.node.parse::<usize>().ok());
            let Some((at, probe)) = at.and_then(|at| Some((at, probes.get(at)?))) else { continue };
            let hit = matches!(
                (&verdict.outcome, probe.wants),
                (Outcome::Pass(_), Wants::Pass)
                    | (Outcome::Fail(_), Wants::Fail | Wants::NoPass)
                    | (Outcome::NotApplicable(_), Wants::NoPass)
            );
            if hit {
                seen.insert(at);
            }
        }
    }
    seen
}

/// The parts of a rule that can be asked for by themselves.
fn probes(pack: &Pack, rule: &Rule, locale: Locale) -> Vec<Probe> {
    let mut probes = Vec::new();
    for (at, check) in rule.checks.iter().enumerate() {
        let (statement, number) = (&check.statement, at + 1);
        if rule.checks.len() > 1 {
            let what = What::Part(say!(locale, "第 {number} 句不通过", "statement {number} failing"));
            probes.push(Probe { statement: statement.clone(), wants: Wants::Fail, what });
        }
        for (condition, zh, en) in [(&statement.when, "当", "when"), (&statement.unless, "除非", "unless")] {
            let Some(condition) = condition else { continue };
            let words = print::claim(condition, voice(locale));
            let of = |wants, what| Probe { statement: must(condition.clone()), wants, what: What::Part(what) };
            probes.push(of(Wants::Pass, say!(locale, "“{zh} {words}”成立", "`{en} {words}` holding")));
            probes.push(of(Wants::NoPass, say!(locale, "“{zh} {words}”不成立", "`{en} {words}` not holding")));
        }
        joined(&statement.claim, locale, &mut probes);
        patterns(pack, statement, locale, &mut probes);
    }
    probes
}

/// Each of claims joined by `or` must hold somewhere, each of those joined by `and` must not.
fn joined(claim: &Claim, locale: Locale, probes: &mut Vec<Probe>) {
    let mut of = |parts: &[Claim], wants: Wants| {
        for part in parts {
            let words = print::claim(part, voice(locale));
            let what = match wants {
                Wants::Pass => say!(locale, "“{words}”成立", "`{words}` holding"),
                Wants::Fail | Wants::NoPass => say!(locale, "“{words}”不成立", "`{words}` not holding"),
            };
            probes.push(Probe { statement: must(part.clone()), wants, what: What::Part(what) });
        }
    };
    match claim {
        Claim::Or(parts) => of(parts, Wants::Pass),
        Claim::And(parts) => of(parts, Wants::NoPass),
        Claim::Not(inner) => return joined(inner, locale, probes),
        _ => return,
    }
    if let Claim::Or(parts) | Claim::And(parts) = claim {
        parts.iter().for_each(|it| joined(it, locale, probes));
    }
}

/// Each member of each list, set and exception.
fn patterns(pack: &Pack, statement: &Statement, locale: Locale, probes: &mut Vec<Probe>) {
    let mut lists: Vec<(Pattern, Use)> = Vec::new();
    let mut sets: Vec<(String, Use)> = Vec::new();
    roles::of_statement(statement, &mut |pattern, part| {
        if let Pattern::Of { members: Members::List(list), .. } = pattern {
            lists.extend(list.iter().map(|it| (it.clone(), part.used)));
        }
        sets.extend(roles::set_of(pattern).map(|it| (it.to_owned(), part.used)));
    });
    if let Some(only @ Pattern::Phrase(_)) = &statement.except {
        lists.push((only.clone(), Use::Except));
    }
    for (pattern, used) in lists {
        if roles::set_of(&pattern).is_some() || matches!(pattern, Pattern::Of { .. }) {
            continue;
        }
        let word = print::pattern(&pattern, voice(locale));
        let what = match used {
            Use::Except => say!(locale, "除外的 {word}", "the exception {word}"),
            Use::Text | Use::Heading => say!(locale, "列举的 {word}", "the alternative {word}"),
        };
        probes.push(Probe { statement: present(pattern, used), wants: Wants::Pass, what: What::Part(what) });
    }
    let mut known = BTreeSet::new();
    while let Some((set, used)) = sets.pop() {
        if !known.insert(set.clone()) {
            continue;
        }
        for member in pack.terms.get(&set).into_iter().flatten() {
            if let Some(inner) = roles::set_of(member) {
                sets.push((inner.to_owned(), used));
                continue;
            }
            let what = What::Member { set: set.clone(), member: print::pattern(member, voice(locale)) };
            probes.push(Probe { statement: present(member.clone(), used), wants: Wants::Pass, what });
        }
    }
}

/// That a pattern is there, as a heading or anywhere.
fn present(pattern: Pattern, used: Use) -> Statement {
    must(match used {
        Use::Heading => {
            Claim::Section(SectionClaim { name: pattern, top_level: false, or_item: true, order: None, inside: None })
        }
        Use::Text | Use::Except => Claim::Mention(Mention { what: pattern, count: None, places: Vec::new() }),
    })
}

fn must(claim: Claim) -> Statement {
    let (when, except, unless) = (None, None, None);
    Statement { voice: Voice::Zh, when, subject: Subject::Report, modal: Modal::Must, claim, except, unless }
}

const fn voice(locale: Locale) -> Voice {
    match locale {
        Locale::Zh => Voice::Zh,
        Locale::En => Voice::En,
    }
}
