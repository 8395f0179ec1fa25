//! Patterns and places with a change.

use crate::lang::ast::{Members, Pattern, Place, Quantifier, Voice};
use crate::lang::mutate::number::{double, number, step};
use crate::lang::mutate::{Change, Changed, Part, inside, without};
use crate::lang::print;

/// A pattern with each change.
pub fn pattern(of: &Pattern) -> Changed<Pattern> {
    match of {
        Pattern::Exactly(inner) => vec![(Change::Dropped(Part::Exactly), (**inner).clone())],
        Pattern::Of { quantifier, members } => {
            let with = |quantifier, members: Members| Pattern::Of { quantifier, members };
            let mut all: Changed<Pattern> = quantifiers(*quantifier, members)
                .into_iter()
                .map(|(change, quantifier)| (change, with(quantifier, members.clone())))
                .collect();
            let Members::List(list) = members else { return all };
            if list.len() > 1 {
                let dropped = without(list, |it| Change::Member(print::pattern(it, Voice::Zh)));
                all.extend(dropped.into_iter().map(|(change, list)| (change, with(*quantifier, Members::List(list)))));
            }
            all.extend(
                inside(list, pattern)
                    .into_iter()
                    .map(|(change, list)| (change, with(*quantifier, Members::List(list)))),
            );
            all
        }
        Pattern::Phrase(_) | Pattern::Regex(_) | Pattern::Set(_) => Vec::new(),
    }
}

fn quantifiers(of: Quantifier, members: &Members) -> Changed<Quantifier> {
    let turned = |it| (Change::Turned(Part::Quantifier), it);
    match of {
        Quantifier::Any => vec![turned(Quantifier::All)],
        Quantifier::All => vec![turned(Quantifier::Any)],
        Quantifier::AtLeast(n) => {
            let most = match members {
                Members::List(list) => u32::try_from(list.len()).unwrap_or(u32::MAX),
                Members::Set(_) => u32::MAX,
            };
            let other = step(n).into_iter().filter(|it| (1..=most).contains(it));
            other.map(|it| (Change::Number(n, it), Quantifier::AtLeast(it))).collect()
        }
    }
}

/// Places, without each and with each change.
pub fn places(of: &[Place]) -> Changed<Vec<Place>> {
    let mut all = without(of, |_| Change::Dropped(Part::Place));
    all.extend(inside(of, place));
    all
}

fn place(of: &Place) -> Changed<Place> {
    let named = |name: &Pattern, make: fn(Pattern) -> Place| -> Changed<Place> {
        pattern(name).into_iter().map(|(change, name)| (change, make(name))).collect()
    };
    match of {
        Place::Section(it) => named(it, Place::Section),
        Place::EverySection(it) => {
            let mut all = vec![(Change::Turned(Part::Every), Place::Section(it.clone()))];
            all.extend(named(it, Place::EverySection));
            all
        }
        Place::Outside(it) => {
            let mut all = vec![(Change::Turned(Part::Place), Place::Section(it.clone()))];
            all.extend(named(it, Place::Outside));
            all
        }
        Place::First(n) => number(n, double).into_iter().map(|(change, n)| (change, Place::First(n))).collect(),
        Place::Within(n, it) => {
            let mut all: Changed<Place> =
                number(n, double).into_iter().map(|(change, n)| (change, Place::Within(n, it.clone()))).collect();
            all.extend(pattern(it).into_iter().map(|(change, it)| (change, Place::Within(n.clone(), it))));
            all
        }
        Place::SameSentence(it) => {
            let mut all = vec![(Change::Turned(Part::Place), Place::SameParagraph(it.clone()))];
            all.extend(named(it, Place::SameSentence));
            all
        }
        Place::SameParagraph(it) => {
            let mut all = vec![(Change::Turned(Part::Place), Place::SameSentence(it.clone()))];
            all.extend(named(it, Place::SameParagraph));
            all
        }
        Place::SameSection(it) => {
            let mut all = vec![(Change::Turned(Part::Place), Place::SameParagraph(it.clone()))];
            all.extend(named(it, Place::SameSection));
            all
        }
        Place::Before(it) => {
            let mut all = vec![(Change::Turned(Part::Order), Place::After(it.clone()))];
            all.extend(named(it, Place::Before));
            all
        }
        Place::After(it) => {
            let mut all = vec![(Change::Turned(Part::Order), Place::Before(it.clone()))];
            all.extend(named(it, Place::After));
            all
        }
        Place::Title
        | Place::Opening
        | Place::Closing
        | Place::Heading
        | Place::HeadingsOfOneLevel
        | Place::OwnLineHeadingsOfOneLevel
        | Place::Text
        | Place::Table => Vec::new(),
    }
}
