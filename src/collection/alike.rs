//! Which texts of many may hold part of another: the hashes of their sketches, and behind each the texts that have it.

use std::collections::HashMap;

use crate::overlap::{SKETCH, Sketch};

/// The sketches of different texts, turned round. Eight bytes a hash.
#[derive(Debug, Default)]
pub struct Alike {
    /// Each hash with a text that has it, in order.
    hashes: Vec<(u32, u32)>,
    /// Up to which hash the sketch of each text knows of every shingle.
    reach: Vec<u32>,
}

/// A hash that more texts have is a set phrase; of these texts the first are looked at. So the work is near-linear in
/// the number of texts, and of a thousand texts that are nearly the same each still finds its like.
const TEXTS: usize = 64;
/// Less than the share that is looked for is enough to compare letter for letter: of a passage of 13 letters no more
/// than 6 shingles of 8 letters are left, and a sketch is a sample.
const MARGIN: f64 = 4.0;
/// A single hash in common tells nothing.
const FEWEST: usize = 2;

impl Alike {
    /// Turns sketches round.
    pub fn new(sketches: Vec<Sketch>) -> Alike {
        let reach = sketches.iter().map(Sketch::reach).collect();
        let mut hashes = Vec::with_capacity(sketches.iter().map(|it| it.hashes.len()).sum());
        for (text, sketch) in sketches.into_iter().enumerate() {
            let text = u32::try_from(text).unwrap_or(u32::MAX);
            hashes.extend(sketch.hashes.into_iter().map(|hash| (hash, text)));
        }
        hashes.sort_unstable();
        Alike { hashes, reach }
    }

    /// The texts that may hold so many percent of a sketched report, those that hold most first.
    pub fn texts(&self, sketch: &Sketch, percent: u32) -> Vec<usize> {
        let mut counts: HashMap<u32, usize> = HashMap::new();
        for hash in sketch.hashes.iter().take(SKETCH) {
            let from = self.hashes.partition_point(|(it, _)| it < hash);
            let behind = self.hashes.get(from..).unwrap_or_default();
            for (_, text) in behind.iter().take_while(|(it, _)| it == hash).take(TEXTS) {
                *counts.entry(*text).or_default() += 1;
            }
        }
        let least = f64::from(percent) / 100.0 / MARGIN;
        let share = |text: u32, count: usize| {
            let reach = self.reach.get(text as usize).copied().unwrap_or(u32::MAX).min(sketch.reach());
            count as f64 / sketch.hashes.partition_point(|hash| *hash <= reach).max(1) as f64
        };
        let counted = counts.into_iter().filter(|(_, count)| *count >= FEWEST);
        let mut found: Vec<(f64, u32)> = counted.map(|(text, count)| (share(text, count), text)).collect();
        found.retain(|(share, _)| *share >= least);
        found.sort_by(|(one, a), (other, b)| other.total_cmp(one).then(a.cmp(b)));
        found.into_iter().map(|(_, text)| text as usize).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_phrase_of_thousands_is_no_work_and_no_kinship() {
        let phrase: String = ('一'..'丐').collect();
        let own = |at: u32| -> String {
            (0..300).filter_map(|i| char::from_u32(0x4E00 + (at.wrapping_mul(7_919) ^ (i * 104_729)) % 9_973)).collect()
        };
        let sketch = |text: String| Sketch::of(&text.chars().collect::<Vec<_>>());
        let sketches: Vec<Sketch> = (0..3_000).map(|at| sketch(own(at) + &phrase)).collect();
        let alike = Alike::new(sketches.clone());
        let copy = sketch(own(2_900) + &own(90_000));
        assert_eq!(alike.texts(&copy, 30), [2_900]);
        assert_eq!(alike.texts(&sketches[7], 30), [7]);
        assert!(alike.texts(&sketch(phrase), 30).len() <= TEXTS);
    }
}
