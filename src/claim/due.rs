//! Where something missing was due, and what comes nearest to it.

use crate::claim::Asking;
use crate::claim::ground::{Ground, front, within};
use crate::index::{Hit, names};
use crate::lang::ast::{Claim, SectionClaim};
use crate::plan::needle::Needle;
use crate::say;
use crate::source::slice;
use crate::span::Span;
use crate::verdict::Related;

/// A heading must share so much of a name (or be so like it) to be called near.
const LIKE: f64 = 0.6;

/// Texts of a phrase longer than this are not compared window by window.
const LONGEST: usize = 24;
/// A phrase shorter than this is near only to texts of its own length.
const SHORT: usize = 6;
/// From more phrases than these the short ones are left out.
const MANY: usize = 8;

/// Where a section that is missing was due: by the order in which the rules of the pack name sections, behind the last
/// one before it that is there; else the title.
pub fn section(asking: &Asking<'_>, claim: &SectionClaim<Needle>) -> Span {
    let document = asking.document();
    let named = asking.plan.rules.iter().filter(|it| it.scope == asking.scope).flat_map(|it| &it.statements);
    let mut order = named.filter(|it| !it.modal.forbids()).filter_map(|it| match &it.claim {
        Claim::Section(other) => Some(other),
        _ => None,
    });
    let before: Vec<_> = order.by_ref().take_while(|it| *it != claim).collect();
    let found = before.iter().rev().find_map(|it| {
        let sections = names::sections(asking.index, &it.name, asking.scope).ok()?;
        sections
            .iter()
            .map(|(section, _)| *section)
            .rfind(|at| document.sections.get(*at).is_some_and(|section| section.level == 1))
    });
    let Some(neighbour) = found.and_then(|at| document.sections.get(at)) else { return front(document) };
    let next = document.sections.iter().find(|it| it.level == 1 && it.paragraphs.start >= neighbour.paragraphs.end);
    next.map_or(neighbour.heading.span, |it| it.heading.span)
}

/// The heading that comes nearest to a name, if one comes near.
pub fn nearest_heading(asking: &Asking<'_>, name: &Needle, ground: &Ground) -> Option<Related> {
    let document = asking.document();
    let wanted = texts(asking, name);
    let best = within(&document.sections, ground.reach(document), |it| it.heading.span)
        .filter_map(|at| {
            let words = crate::fold::fold(&document.heading_words(at));
            let likeness = wanted.iter().map(|text| share(text, &words)).fold(0.0, f64::max);
            (likeness >= LIKE).then_some((likeness, at))
        })
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
    let span = document.sections.get(best.1)?.heading.span;
    Some(Related {
        message: say!(asking.locale, "最接近的标题，是指它吗？", "the nearest heading: is this meant to be it?"),
        span,
    })
}

/// The share of a name's neighbouring pairs of characters that a heading has.
fn share(name: &str, heading: &str) -> f64 {
    let chars: Vec<char> = name.chars().filter(|c| *c != '的').collect();
    let pairs: Vec<String> = chars.windows(2).map(|pair| pair.iter().collect()).collect();
    if pairs.is_empty() {
        return 0.0;
    }
    let heading: String = heading.chars().filter(|c| *c != '的').collect();
    let found = pairs.iter().filter(|pair| heading.contains(pair.as_str())).count();
    #[expect(clippy::cast_precision_loss, reason = "a phrase has few characters")]
    let share = found as f64 / pairs.len() as f64;
    share
}

/// The characters within reach, and among those in the places asked for, that come nearest to a phrase: one edit away,
/// two for a long one.
pub fn nearest_phrase(
    asking: &Asking<'_>,
    needle: &Needle,
    reach: Span,
    within: &dyn Fn(&Hit) -> bool,
) -> Option<Related> {
    let view = asking.index.folded();
    let end = reach.end.min(asking.document().source.text().len());
    let part = view.view(Span::new(reach.start.min(end), end));
    let text_there = slice(view.text(), part.clone().into());
    let texts = texts(asking, needle);
    // Of many short phrases one is near to some word by chance.
    let shortest = if texts.len() > MANY { SHORT } else { 4 };
    for text in &texts {
        let chars: Vec<char> = text.chars().collect();
        if chars.len() < shortest || chars.len() > LONGEST {
            continue;
        }
        let allowed = if chars.len() >= 8 { 2 } else { 1 };
        for anchor in anchors(&chars, allowed) {
            for (at, _) in text_there.match_indices(anchor.text.as_str()) {
                if let Some(range) = window(view.text(), part.start + at, &anchor, &chars, allowed) {
                    let hit = Hit { span: view.source(range.clone()), paragraph: view.paragraph_at(range.start) };
                    if within(&hit) {
                        let message = say!(
                            asking.locale,
                            "最接近的说法，是指它吗？",
                            "the nearest wording: is this meant to be it?"
                        );
                        return Some(Related { message, span: hit.span });
                    }
                }
            }
        }
    }
    None
}

/// A part of a phrase that must stand as it is when so few edits are allowed.
struct Anchor {
    text: String,
    /// Characters before it in the phrase.
    before: usize,
}

fn anchors(chars: &[char], allowed: usize) -> Vec<Anchor> {
    let parts = allowed + 1;
    let size = chars.len() / parts;
    (0..parts)
        .map(|part| {
            let from = part * size;
            let to = if part + 1 == parts { chars.len() } else { from + size };
            Anchor { text: chars.get(from..to).unwrap_or_default().iter().collect(), before: from }
        })
        .collect()
}

/// The stretch of text round an anchor that is nearest to the phrase, if near enough.
fn window(text: &str, at: usize, anchor: &Anchor, phrase: &[char], allowed: usize) -> Option<std::ops::Range<usize>> {
    let before = text.get(..at)?;
    let wanted: String = phrase.iter().collect();
    let mut best: Option<(usize, std::ops::Range<usize>)> = None;
    for back in anchor.before.saturating_sub(1)..=anchor.before + 1 {
        let start = if back == 0 { at } else { before.char_indices().rev().nth(back - 1).map(|(at, _)| at)? };
        for length in phrase.len() - 1..=phrase.len() + 1 {
            let Some(rest) = text.get(start..) else { continue };
            let end = start + rest.chars().take(length).map(char::len_utf8).sum::<usize>();
            let here = text.get(start..end).unwrap_or_default();
            // A short phrase with a character more or less is another word.
            let other_word = phrase.len() < SHORT && length != phrase.len();
            if other_word || here.contains('\n') {
                continue;
            }
            let edits = strsim::levenshtein(here, &wanted);
            if edits <= allowed && best.as_ref().is_none_or(|(least, _)| edits < *least) {
                best = Some((edits, start..end));
            }
        }
    }
    best.map(|(_, range)| range)
}

/// The folded phrases of a needle.
fn texts(asking: &Asking<'_>, needle: &Needle) -> Vec<String> {
    let needles = asking.index.needles();
    match needle {
        Needle::Leaf(leaf) => needles
            .leaves
            .get(*leaf)
            .map_or(Vec::new(), |leaf| leaf.folded.iter().filter_map(|at| needles.folded.get(*at)).cloned().collect()),
        Needle::Any(parts) | Needle::All(parts) | Needle::AtLeast(_, parts) => {
            parts.iter().flat_map(|part| texts(asking, part)).collect()
        }
    }
}
