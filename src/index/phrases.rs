//! Where the phrases of a plan stand in a view of a document.

use crate::fold::View;
use crate::lexicon::Lexicon;

/// Where each phrase of a lexicon stands, sorted by phrase, then place.
#[derive(Debug, Default)]
pub(super) struct PhraseHits {
    /// Where the places of each phrase begin; one more entry for the end.
    starts: Vec<u32>,
    places: Vec<Place>,
}

/// A place of a view.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) paragraph: u32,
}

impl PhraseHits {
    /// One pass over the view.
    pub(super) fn find(lexicon: &Lexicon, phrases: usize, view: &View) -> PhraseHits {
        let mut paragraph = 0;
        let mut found: Vec<(usize, Place)> = Vec::new();
        let mut starts = vec![0u32; phrases + 1];
        lexicon.visit(view.text(), |phrase, range| {
            paragraph = view.paragraph_from(paragraph, range.start);
            let place = Place { start: narrow(range.start), end: narrow(range.end), paragraph: narrow(paragraph) };
            if let Some(count) = starts.get_mut(phrase) {
                *count += 1;
                found.push((phrase, place));
            }
        });
        // They come in the order of their ends, and so do those of one phrase when each is put where it belongs.
        let mut sum = 0;
        for start in &mut starts {
            sum += std::mem::replace(start, sum);
        }
        let mut places = vec![Place::default(); found.len()];
        let mut next = starts.clone();
        for (phrase, place) in found {
            let Some(at) = next.get_mut(phrase) else { continue };
            if let Some(slot) = places.get_mut(*at as usize) {
                *slot = place;
            }
            *at += 1;
        }
        PhraseHits { starts, places }
    }

    /// Where one phrase stands, in reading order.
    pub(super) fn of(&self, phrase: usize) -> &[Place] {
        let Some([from, to]) = self.starts.get(phrase..phrase + 2) else { return &[] };
        self.places.get(*from as usize..*to as usize).unwrap_or_default()
    }

    /// The phrases that stand somewhere, in order.
    pub(super) fn there(&self) -> impl Iterator<Item = usize> {
        self.starts.windows(2).enumerate().filter(|(_, it)| it[0] < it[1]).map(|(phrase, _)| phrase)
    }

    /// Whether none of these phrases stands anywhere.
    pub(super) fn lack(&self, phrases: &[usize]) -> bool {
        phrases.iter().all(|phrase| self.of(*phrase).is_empty())
    }
}

/// Reports are at most 64 MB, so that four bytes hold any offset.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
