//! Rules that say what another says, or forbid what another demands, in all the packs in use.

use std::collections::BTreeMap;

use crate::fold::fold;
use crate::lang::ast::{
    Claim, Count, Members, Modal, Num, Pattern, PhrasePart, Place, Quantifier, Statement, Subject, Voice,
};
use crate::lang::print;
use crate::locale::Locale;
use crate::pack::lint::{Doubt, Lint};
use crate::pack::{Check, Pack, Rule};
use crate::say;

/// So many rules that demand or forbid phrases are held against each other.
const MOST_RULES: usize = 2000;

/// A statement with the rule and pack it belongs to.
#[derive(Clone, Copy)]
struct Said<'a> {
    pack: &'a Pack,
    rule: &'a Rule,
    check: &'a Check,
}

/// The doubts about statements of `pack` that clash with one of an earlier rule, or with one of another pack.
pub fn clashes(pack: &Pack, packs: &[Pack], locale: Locale) -> Vec<Doubt> {
    let all: Vec<Said<'_>> = packs.iter().flat_map(statements).collect();
    let mut doubts = duplicates(pack, &all, locale);
    doubts.extend(opposites(pack, &all, locale));
    doubts
}

fn statements(pack: &Pack) -> impl Iterator<Item = Said<'_>> {
    pack.rules.iter().flat_map(move |rule| rule.checks.iter().map(move |check| Said { pack, rule, check }))
}

/// A statement without what its modal says of severity, in canonical words.
fn canonical(statement: &Statement, forbids: bool) -> String {
    let modal = if forbids { Modal::MustNot } else { Modal::Must };
    print::statement(&Statement { modal, ..statement.clone() }, Voice::En)
}

fn duplicates(pack: &Pack, all: &[Said<'_>], locale: Locale) -> Vec<Doubt> {
    let mut firsts: BTreeMap<String, Said<'_>> = BTreeMap::new();
    let mut doubts = Vec::new();
    for said in all {
        let key = canonical(&said.check.statement, said.check.statement.modal.forbids());
        let Some(first) = firsts.get(&key) else {
            firsts.insert(key, *said);
            continue;
        };
        // Two packs may call different sets by one name.
        if said.pack.name == pack.name && same_sets(first, said) {
            let other = called(first, said, locale);
            let message = say!(locale, "与{other}的要求相同", "says what {other} says");
            let help = say!(
                locale,
                "删去一处；只是级别不同的，留下要的那一条",
                "delete one; where they differ in severity alone, keep the one you want"
            );
            doubts.push(Doubt::new(Lint::Duplicate, &said.rule.id.node, said.check.span, message).help(help));
        }
    }
    doubts
}

fn same_sets(one: &Said<'_>, other: &Said<'_>) -> bool {
    let mut uses = crate::pack::uses::Uses::default();
    uses.statement(&one.check.statement);
    uses.sets.iter().all(|name| one.pack.terms.get(name) == other.pack.terms.get(name))
}

/// The other rule, as seen from one.
fn called(other: &Said<'_>, from: &Said<'_>, locale: Locale) -> String {
    let (id, pack) = (&other.rule.id.node, &other.pack.name);
    if other.rule.id.node == from.rule.id.node {
        say!(locale, "本规则的另一句", "another statement of this rule")
    } else if other.pack.name == from.pack.name {
        say!(locale, "规则 {id} ", "the rule {id}")
    } else {
        say!(locale, "规则包 {pack} 的规则 {id} ", "the rule {id} of the pack {pack}")
    }
}

fn opposites(pack: &Pack, all: &[Said<'_>], locale: Locale) -> Vec<Doubt> {
    let mut forbidden: BTreeMap<String, Said<'_>> = BTreeMap::new();
    for said in all.iter().filter(|it| it.check.statement.modal.forbids()) {
        forbidden.entry(canonical(&said.check.statement, false)).or_insert(*said);
    }
    let (mut bans, mut wishes, mut amounts) = (Vec::new(), Vec::new(), Vec::new());
    let mut doubts = Vec::new();
    for said in all {
        let statement = &said.check.statement;
        if bans.len() < MOST_RULES {
            bans.extend(Ban::of(said));
        }
        if statement.modal.forbids() {
            continue;
        }
        if let Some(other) = forbidden.get(&canonical(statement, false)).filter(|it| same_sets(it, said)) {
            doubts.extend(doubt(pack, said, other, &print::claim(&statement.claim, voice(locale)), locale));
        } else if wishes.len() < MOST_RULES {
            wishes.extend(wished(said).map(|it| (*said, it)));
        }
        amounts.extend(range(statement).map(|it| (*said, it)));
    }
    for (said, words) in &wishes {
        let by = bans.iter().find(|ban| words.iter().all(|word| ban.hits(word)));
        let word = words.first().map(String::as_str).unwrap_or_default();
        doubts.extend(by.and_then(|ban| doubt(pack, said, &ban.said, &format!("“{word}”"), locale)));
    }
    doubts.extend(disjoint(pack, &amounts, locale));
    doubts
}

/// Told where the pack's own rule stands; between two rules of one pack at the one that demands.
fn doubt(pack: &Pack, wish: &Said<'_>, ban: &Said<'_>, what: &str, locale: Locale) -> Option<Doubt> {
    let help = say!(
        locale,
        "两条不能同时满足：改掉一条，或给其中一条加上条件、例外",
        "both cannot be met: change one, or give one of them a condition or an exception"
    );
    let told = if wish.pack.name == pack.name {
        let other = called(ban, wish, locale);
        (wish, say!(locale, "要求{what}，{other}却不许", "demands {what}, which {other} forbids"))
    } else if ban.pack.name == pack.name {
        let other = called(wish, ban, locale);
        (ban, say!(locale, "不许{what}，{other}却要求", "forbids {what}, which {other} demands"))
    } else {
        return None;
    };
    let (said, message) = told;
    Some(Doubt::new(Lint::Contradiction, &said.rule.id.node, said.check.span, message).help(help))
}

const fn voice(locale: Locale) -> Voice {
    match locale {
        Locale::Zh => Voice::Zh,
        Locale::En => Voice::En,
    }
}

/// What a statement forbids anywhere in a report, without condition: phrases, save inside the right wording.
struct Ban<'a> {
    said: Said<'a>,
    words: Vec<String>,
    right: Option<String>,
}

impl<'a> Ban<'a> {
    fn of(said: &Said<'a>) -> Option<Ban<'a>> {
        let Statement { when: None, subject: Subject::Report, except: None, unless: None, claim, modal, .. } =
            &said.check.statement
        else {
            return None;
        };
        let (pattern, right) = match claim {
            Claim::Mention(it) if modal.forbids() && it.count.is_none() && it.places.is_empty() => (&it.what, None),
            Claim::Wording { right, wrong } if !modal.forbids() => match right.parts.as_slice() {
                [PhrasePart::Text(right)] => (wrong, Some(fold(right).to_string())),
                _ => return None,
            },
            _ => return None,
        };
        let words = alternatives(pattern, said.pack)?;
        Some(Ban { said: *said, words, right })
    }

    fn hits(&self, word: &str) -> bool {
        let rest = match &self.right {
            Some(right) if !right.is_empty() => word.replace(right.as_str(), "\n"),
            Some(_) | None => word.to_owned(),
        };
        self.words.iter().any(|it| rest.contains(it.as_str()))
    }
}

/// What a statement demands, one of the phrases, wherever it applies to the whole report.
fn wished(said: &Said<'_>) -> Option<Vec<String>> {
    let Statement { when: None, subject: Subject::Report, unless: None, claim: Claim::Mention(mention), modal, .. } =
        &said.check.statement
    else {
        return None;
    };
    let demands = match &mention.count {
        None | Some(Count::AtLeast(_) | Count::Exactly(_)) => !modal.forbids(),
        Some(Count::AtMost(_) | Count::Between(..)) => false,
    };
    alternatives(&mention.what, said.pack).filter(|_| demands)
}

/// The folded phrases of which one will do; `None` where there is anything else among them.
fn alternatives(pattern: &Pattern, pack: &Pack) -> Option<Vec<String>> {
    let of_set = |name: &str| -> Option<Vec<String>> {
        // A set in a set is left alone: it is its own rule's affair.
        pack.terms.get(name)?.iter().map(phrase).collect()
    };
    let words = match pattern {
        Pattern::Phrase(_) => vec![phrase(pattern)?],
        Pattern::Set(name) | Pattern::Of { quantifier: Quantifier::Any, members: Members::Set(name) } => {
            of_set(&name.node)?
        }
        Pattern::Of { quantifier: Quantifier::Any, members: Members::List(list) } => {
            list.iter().map(phrase).collect::<Option<Vec<_>>>()?
        }
        Pattern::Exactly(_) | Pattern::Regex(_) | Pattern::Of { .. } => return None,
    };
    (!words.is_empty() && words.len() <= 1000).then_some(words)
}

fn phrase(pattern: &Pattern) -> Option<String> {
    let Pattern::Phrase(phrase) = pattern else { return None };
    match phrase.parts.as_slice() {
        [PhrasePart::Text(text)] => Some(fold(text).to_string()),
        _ => None,
    }
}

/// How much of what is demanded where, as the least and the most.
type Range<'a> = ((crate::lang::ast::AmountUnit, &'a [Place]), (u32, u32));

fn range(statement: &Statement) -> Option<Range<'_>> {
    let Statement { when: None, subject: Subject::Report, unless: None, claim, modal, .. } = statement else {
        return None;
    };
    let Claim::Amount { count, unit, places } = claim else { return None };
    if modal.forbids() {
        return None;
    }
    let range = match count {
        Count::Exactly(Num::Lit(n)) => (*n, *n),
        Count::AtLeast(Num::Lit(n)) => (*n, u32::MAX),
        Count::AtMost(Num::Lit(n)) => (0, *n),
        Count::Between(Num::Lit(from), Num::Lit(to)) => (*from, *to),
        Count::Exactly(_) | Count::AtLeast(_) | Count::AtMost(_) | Count::Between(..) => return None,
    };
    Some(((*unit, places), range))
}

fn disjoint(pack: &Pack, amounts: &[(Said<'_>, Range<'_>)], locale: Locale) -> Vec<Doubt> {
    let amounts = amounts.get(..MOST_RULES).unwrap_or(amounts);
    let mut doubts = Vec::new();
    for (at, (said, (what, range))) in amounts.iter().enumerate() {
        let apart = |(_, (other, it)): &&(Said<'_>, Range<'_>)| other == what && it.0.max(range.0) > it.1.min(range.1);
        let Some((other, _)) = amounts.iter().take(at).find(apart) else { continue };
        let own = if said.pack.name == pack.name { (said, other) } else { (other, said) };
        if own.0.pack.name == pack.name {
            let other = called(own.1, own.0, locale);
            let message = say!(locale, "与{other}的篇幅不能同时满足", "asks for an amount that {other} rules out");
            let help = say!(locale, "核对两处的数目", "look at the numbers of both");
            doubts.push(Doubt::new(Lint::Contradiction, &own.0.rule.id.node, own.0.check.span, message).help(help));
        }
    }
    doubts
}
