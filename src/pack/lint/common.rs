//! Bare common words: what nearly every report says is found in nearly every report.

use crate::fold::fold;
use crate::lang::ast::{Claim, Members, Mention, Pattern, PhrasePart, Quantifier, Statement, Subject};
use crate::locale::Locale;
use crate::pack::lint::{Doubt, Lint};
use crate::pack::{Pack, Rule};
use crate::say;

/// Words that stand in nearly every report, and mean little by themselves.
const WORDS: &str = include_str!("common.txt");

/// The bare common words that a rule demands or forbids anywhere in the report.
pub fn of_rule(rule: &Rule, pack: &Pack, locale: Locale) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    for check in &rule.checks {
        let Some((pattern, forbids)) = bare(&check.statement) else { continue };
        let mut words = Vec::new();
        flatten(pattern, pack, 0, &mut words);
        words.retain(|it| is_common(it));
        words.dedup();
        for word in words {
            let message = match forbids {
                true => say!(
                    locale,
                    "“{word}”太常见，几乎每份报告都会误报",
                    "“{word}” is too common: nearly every report has it"
                ),
                false => say!(
                    locale,
                    "“{word}”太常见，几乎每份报告都会通过",
                    "“{word}” is too common: nearly every report passes"
                ),
            };
            let help = say!(
                locale,
                "写得具体些，限定位置（如“在标题中”），或用“……除外”",
                "be more specific, name a place such as `in the title`, or use `except`"
            );
            doubts.push(Doubt::new(Lint::CommonWord, &rule.id.node, check.span, message).help(help));
        }
    }
    doubts
}

/// What a statement looks for anywhere, without condition or exception, and whether it must not be there.
fn bare(statement: &Statement) -> Option<(&Pattern, bool)> {
    let Statement { when: None, subject: Subject::Report, except: None, unless: None, .. } = statement else {
        return None;
    };
    match &statement.claim {
        Claim::Mention(Mention { what, count: None, places }) if places.is_empty() => {
            Some((what, statement.modal.forbids()))
        }
        Claim::Wording { right: _, wrong } => Some((wrong, true)),
        _ => None,
    }
}

/// The phrases of which one will do.
fn flatten(pattern: &Pattern, pack: &Pack, depth: usize, words: &mut Vec<String>) {
    let set = |name: &str, words: &mut Vec<String>| {
        if depth < 8 {
            pack.terms.get(name).into_iter().flatten().for_each(|it| flatten(it, pack, depth + 1, words));
        }
    };
    match pattern {
        Pattern::Phrase(phrase) => {
            if let [PhrasePart::Text(text)] = phrase.parts.as_slice() {
                words.push(text.clone());
            }
        }
        Pattern::Exactly(inner) => flatten(inner, pack, depth, words),
        Pattern::Set(name) => set(&name.node, words),
        Pattern::Of { quantifier: Quantifier::Any, members } => match members {
            Members::Set(name) => set(&name.node, words),
            Members::List(list) => list.iter().for_each(|it| flatten(it, pack, depth, words)),
        },
        Pattern::Regex(_) | Pattern::Of { quantifier: Quantifier::All | Quantifier::AtLeast(_), .. } => {}
    }
}

fn is_common(word: &str) -> bool {
    let folded = fold(word).to_string();
    let one_character = folded.chars().count() == 1 && folded.chars().all(char::is_alphabetic);
    one_character || WORDS.split_whitespace().any(|it| it == folded)
}
