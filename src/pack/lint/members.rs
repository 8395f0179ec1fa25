//! Warnings about the members of sets: covered by another, several written as one, half a regex.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use crate::fold::fold;
use crate::lang::ast::{Members, Pattern, PhrasePart, Quantifier};
use crate::locale::Locale;
use crate::pack::lint::{Desk, Doubt, Lint};
use crate::pack::mirror::Entry;
use crate::pack::roles::{self, Role};
use crate::pack::uses::Uses;
use crate::pack::{Pack, Rule};
use crate::say;
use crate::yaml::Scalar;

/// Larger sets are lists of names rather than of wordings, and are not compared member by member.
const MOST_MEMBERS: usize = 400;
/// A longer piece between two commas is no phrase by itself.
const LONGEST_PIECE: usize = 10;

/// What is doubtful about the members of a pack's own sets.
pub fn of_sets(desk: &Desk<'_>, locale: Locale) -> Vec<Doubt> {
    let asked = asked_for_presence(desk.packs);
    let mut doubts = Vec::new();
    for entry in &desk.mirror.terms {
        for value in &entry.values {
            doubts.extend(several(desk, entry, value, locale));
            doubts.extend(half_regex(desk, entry, value, locale));
        }
        if asked.contains(entry.name.text.as_str()) && entry.values.len() <= MOST_MEMBERS {
            doubts.extend(covered(desk, entry, locale));
        }
    }
    doubts
}

/// The phrases that lists inside a rule's statements name in vain.
pub fn of_lists(rule: &Rule, locale: Locale) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    for check in &rule.checks {
        roles::of_statement(&check.statement, &mut |pattern, part| {
            let Pattern::Of { quantifier: Quantifier::Any, members: Members::List(list) } = pattern else { return };
            if part.role == Role::Exact || list.len() > MOST_MEMBERS {
                return;
            }
            let texts: Vec<(usize, String)> =
                list.iter().enumerate().filter_map(|(at, it)| Some((at, plain(it)?))).collect();
            for (at, by) in covers(&texts) {
                let (Some(Some(word)), Some(Some(other))) = (list.get(at).map(plain), list.get(by).map(plain)) else {
                    continue;
                };
                doubts.push(
                    Doubt::new(Lint::Covered, &rule.id.node, check.span, in_vain(&word, &other, locale))
                        .help(drop_it(locale)),
                );
            }
        });
    }
    doubts
}

fn in_vain(word: &str, other: &str, locale: Locale) -> String {
    say!(
        locale,
        "“{word}”多余：有它的地方，“{other}”已经找到",
        "“{word}” is needless: wherever it stands, “{other}” is found already"
    )
}

fn drop_it(locale: Locale) -> String {
    say!(locale, "删去它，或者把短的那个写得更具体", "delete it, or make the shorter one more specific")
}

/// A phrase without holes.
fn plain(pattern: &Pattern) -> Option<String> {
    let Pattern::Phrase(phrase) = pattern else { return None };
    match phrase.parts.as_slice() {
        [PhrasePart::Text(text)] => Some(text.clone()),
        _ => None,
    }
}

/// For each phrase that holds another one, which: the numbers of both.
fn covers(texts: &[(usize, String)]) -> Vec<(usize, usize)> {
    let folded: Vec<(usize, String)> = texts.iter().map(|(at, it)| (*at, fold(it).to_string())).collect();
    let mut found = Vec::new();
    for (at, text) in &folded {
        let by = folded.iter().find(|(other, it)| {
            other != at && !it.is_empty() && text.contains(it.as_str()) && (text != it || other < at)
        });
        found.extend(by.map(|(by, _)| (*at, *by)));
    }
    found
}

fn covered(desk: &Desk<'_>, entry: &Entry, locale: Locale) -> Vec<Doubt> {
    let phrases = entry.values.iter().enumerate().filter(|(_, it)| is_phrase(&it.text));
    let texts: Vec<(usize, String)> = phrases.map(|(at, it)| (at, it.text.clone())).collect();
    let regexes: Vec<(usize, Regex)> =
        entry.values.iter().enumerate().filter_map(|(at, it)| Some((at, loose(&it.text)?))).collect();
    let by_phrase = covers(&texts);
    let matched = texts.iter().filter(|(at, _)| !by_phrase.iter().any(|(it, _)| it == at));
    let by_regex = matched
        .filter_map(|(at, text)| regexes.iter().find(|(_, regex)| regex.is_match(text)).map(|(by, _)| (*at, *by)));
    let all: Vec<(usize, usize)> = by_phrase.iter().copied().chain(by_regex).collect();
    all.into_iter()
        .filter_map(|(at, by)| Some((entry.values.get(at)?, entry.values.get(by)?)))
        .map(|(word, by)| {
            let message = in_vain(&word.text, &by.text, locale);
            Doubt::new(Lint::Covered, &entry.name.text, desk.sheet.characters(word), message).help(drop_it(locale))
        })
        .collect()
}

fn is_phrase(text: &str) -> bool {
    !text.starts_with(['/', '$', '＄'])
        && !text.contains(['{', '“', '"', '「'])
        && !text.starts_with("原文")
        && !text.starts_with("exactly")
}

/// A regex that asks nothing of what stands round its match.
fn loose(text: &str) -> Option<Regex> {
    let inner = text.strip_prefix('/')?.strip_suffix('/')?;
    if inner.contains(['^', '$']) || inner.contains("\\b") || inner.contains("\\B") || inner.len() > 1000 {
        return None;
    }
    Regex::new(inner).ok()
}

/// The sets of which statements ask no more than whether one of their members is there.
fn asked_for_presence(packs: &[Pack]) -> BTreeSet<String> {
    let mut roles: BTreeMap<String, bool> = BTreeMap::new();
    let mut note = |name: &str, role: Role| {
        *roles.entry(name.to_owned()).or_insert(true) &= role == Role::Presence;
    };
    for pack in packs {
        let mut exact = Uses::default();
        for check in pack.rules.iter().flat_map(|it| &it.checks) {
            roles::of_statement(&check.statement, &mut |pattern, part| match pattern {
                Pattern::Regex(_) => exact.pattern(pattern),
                _ => roles::set_of(pattern).into_iter().for_each(|name| note(name, part.role)),
            });
            if let crate::lang::ast::Claim::Misquote(set) = &check.statement.claim {
                exact.sets.insert(set.node.clone());
            }
        }
        pack.applies.iter().for_each(|it| {
            roles::of_claim(it, false, &mut |pattern, part| {
                roles::set_of(pattern).into_iter().for_each(|name| note(name, part.role));
            });
        });
        exact.sets.iter().for_each(|name| note(name, Role::Exact));
    }
    nested(packs, roles)
}

/// A set inside another is asked as that one is.
fn nested(packs: &[Pack], mut roles: BTreeMap<String, bool>) -> BTreeSet<String> {
    let mut todo: Vec<(String, bool)> = roles.iter().map(|(name, plain)| (name.clone(), *plain)).collect();
    while let Some((name, plain)) = todo.pop() {
        for (set, role) in packs.iter().filter_map(|it| it.terms.get(&name)).flatten().flat_map(inside) {
            let known = roles.get(&set).copied();
            let now = known.unwrap_or(true) && plain && role == Role::Presence;
            if known != Some(now) {
                roles.insert(set.clone(), now);
                todo.push((set, now));
            }
        }
    }
    roles.into_iter().filter(|(_, plain)| *plain).map(|(name, _)| name).collect()
}

/// The sets that a member names; inside a regex they are but a part of it.
fn inside(member: &Pattern) -> Vec<(String, Role)> {
    let mut uses = Uses::default();
    uses.pattern(member);
    let role = if matches!(member, Pattern::Regex(_)) { Role::Exact } else { Role::Presence };
    uses.sets.into_iter().map(|it| (it, role)).collect()
}

/// `存在不足，存在问题`: white space and commas inside a phrase are looked for as they stand, or not at all.
fn several(desk: &Desk<'_>, entry: &Entry, value: &Scalar, locale: Locale) -> Option<Doubt> {
    let marks = ['，', '、', '；', ',', ';', ' ', '\u{3000}'];
    let pieces: Vec<&str> = value.text.split(marks).map(str::trim).collect();
    let short = |it: &&str| (1..=LONGEST_PIECE).contains(&it.chars().count()) && !it.is_ascii();
    if !is_phrase(&value.text) || pieces.len() < 2 || !pieces.iter().all(short) {
        return None;
    }
    let (word, count, list) = (&value.text, pieces.len(), pieces.join(", "));
    let message =
        say!(locale, "“{word}”看起来是 {count} 个词语，写成了一项", "“{word}” looks like {count} phrases in one");
    let help = say!(
        locale,
        "一项一个词语：[{list}]；确是一个词语的，用 `silence` 说明",
        "one phrase an item: [{list}]; where it is one phrase, say so with `silence`"
    );
    Some(Doubt::new(Lint::SeveralInOne, &entry.name.text, desk.sheet.characters(value), message).help(help))
}

fn half_regex(desk: &Desk<'_>, entry: &Entry, value: &Scalar, locale: Locale) -> Option<Doubt> {
    let text = value.text.trim();
    if text.starts_with('/') == text.ends_with('/') && text != "/" {
        return None;
    }
    let message = say!(locale, "正则的两边都要有 /", "a regex stands between two slashes");
    let label = say!(locale, "现在当作短语来找", "looked for as a phrase as it is");
    let help = say!(
        locale,
        "写成 /…/；确要找 / 的，用 `silence` 说明",
        "write /…/; where the / is meant, say so with `silence`"
    );
    Some(Doubt::new(Lint::HalfRegex, &entry.name.text, desk.sheet.characters(value), message).label(label).help(help))
}
