//! `mix P with Q [PLACE …]`: both stand there; the rarer form, on a tie the later, is flagged.

use std::collections::BTreeMap;

use crate::claim::ground::Ground;
use crate::claim::place;
use crate::claim::{Asking, Fault, Judged};
use crate::document::Kind;
use crate::index::Hit;
use crate::lang::ast::Place;
use crate::plan::needle::Needle;
use crate::say;
use crate::verdict::{Evidence, Related};

/// Judges it: true where both forms stand in the same place, each level of the outline for itself where asked.
pub fn judge(asking: &Asking<'_>, one: &Needle, other: &Needle, places: &[Place<Needle>], ground: &Ground) -> Judged {
    let document = asking.document();
    let found = match place::find(asking, places, ground) {
        Ok(found) => found,
        Err(reason) => return Judged::unknown(reason),
    };
    let by_level = places.iter().any(|it| matches!(it, Place::HeadingsOfOneLevel | Place::OwnLineHeadingsOfOneLevel));
    let (ones, others) = (asking.hits(one, found.domain, ground), asking.hits(other, found.domain, ground));
    let mut proof = Vec::new();
    for spots in &found.rows {
        let there = |hits: &[Hit]| -> Vec<Hit> {
            hits.iter().filter(|hit| place::holds(document, spots, hit)).copied().collect()
        };
        let groups = groups(asking, &there(&ones.hits), &there(&others.hits), by_level);
        proof.extend(groups.values().flat_map(|(first, second)| flagged(asking, (one, first), (other, second))));
    }
    if !proof.is_empty() {
        return Judged::holds(proof);
    }
    if let Some(unknown) = ones.unknown.or(others.unknown) {
        return asking.judge_unknown(&unknown);
    }
    let rows = &found.rows;
    let span = rows.first().map_or_else(|| ground.span(document), |spots| place::span(document, spots, ground));
    let note = say!(
        asking.locale,
        "两种写法没有混用：{} 处与 {} 处",
        "the two forms are not mixed: {} and {} places",
        ones.hits.len(),
        others.hits.len()
    );
    Judged::fails(Vec::new(), vec![Evidence { span, note }])
}

/// The hits of both forms by level of the outline; all in one group where levels are not asked for.
fn groups(asking: &Asking<'_>, ones: &[Hit], others: &[Hit], by_level: bool) -> BTreeMap<u32, (Vec<Hit>, Vec<Hit>)> {
    let document = asking.document();
    let level = |hit: &Hit| match document.paragraphs.get(hit.paragraph).map(|it| it.kind) {
        Some(Kind::Heading(section) | Kind::RunIn(section)) if by_level => {
            document.sections.get(section).map_or(0, |it| it.level)
        }
        _ => 0,
    };
    let mut groups: BTreeMap<u32, (Vec<Hit>, Vec<Hit>)> = BTreeMap::new();
    for hit in ones {
        groups.entry(level(hit)).or_default().0.push(*hit);
    }
    for hit in others {
        groups.entry(level(hit)).or_default().1.push(*hit);
    }
    groups
}

/// A form and where it stands.
type Form<'a> = (&'a Needle, &'a Vec<Hit>);

/// The rarer of two forms; where they are equally often, the one that came in later.
fn flagged(asking: &Asking<'_>, one: Form<'_>, other: Form<'_>) -> Vec<Fault> {
    let (Some(first), Some(second)) = (one.1.first(), other.1.first()) else { return Vec::new() };
    let one_is_usual = match one.1.len().cmp(&other.1.len()) {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => first.span < second.span,
    };
    let (usual, rare) = if one_is_usual { (one, other) } else { (other, one) };
    let usual_name = asking.name(usual.0);
    let Some(example) = usual.1.first().map(|hit| hit.span) else { return Vec::new() };
    let (many, few) = (usual.1.len(), rare.1.len());
    rare.1
        .iter()
        .map(|hit| {
            let label = say!(
                asking.locale,
                "这种写法 {few} 处，另一种 {many} 处",
                "this form stands {few} times, the other {many} times"
            );
            let mut fault = Fault::at(hit.span, label);
            fault.expected = Some(usual_name.clone());
            fault.related.push(Related {
                message: say!(asking.locale, "另一种写法在这里", "the other form stands here"),
                span: example,
            });
            fault
        })
        .collect()
}
