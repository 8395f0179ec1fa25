//! A few bytes of a report by which others that share much with it are found.

use crate::overlap::passages::hashes;

/// So many letters make a shingle: fewer than a passage has, so that short passages leave shingles too.
const SHINGLE: usize = 8;
/// So many hashes a sketch holds at most, of four bytes each.
pub const SKETCH: usize = 256;

/// The smallest hashes of a report's shingles (a bottom-k MinHash): the same report gives the same ones, and of those
/// two reports could have in common, the part that they have tells how much of the one stands in the other. Bands of
/// several hash functions would tell how alike the two are as a whole, and miss a short report copied from a long one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sketch {
    /// The hashes, smallest first.
    pub hashes: Vec<u32>,
    /// A hash of all letters: equal for reports that say the same.
    pub whole: u64,
    /// How many letters there are.
    pub letters: usize,
}

impl Sketch {
    /// Sketches a report by its letters.
    pub fn of(letters: &[char]) -> Sketch {
        let mut all: Vec<u32> = hashes(letters, SHINGLE).map(upper).collect();
        all.sort_unstable();
        all.dedup();
        all.truncate(SKETCH);
        all.shrink_to_fit();
        let whole = letters.iter().fold(0xCBF2_9CE4_8422_2325_u64, |sum, c| mix(sum ^ u64::from(*c)));
        Sketch { hashes: all, whole, letters: letters.len() }
    }

    /// Up to which hash the sketch knows of every shingle.
    pub fn reach(&self) -> u32 {
        match self.hashes.last() {
            Some(last) if self.hashes.len() >= SKETCH => *last,
            _ => u32::MAX,
        }
    }
}

/// The upper half of a hash, mixed once more: a sum of letters is no even spread.
fn upper(hash: u64) -> u32 {
    u32::try_from(mix(hash) >> 32).unwrap_or_default()
}

/// The finish of MurmurHash3: each bit of the input moves each bit of the output.
const fn mix(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    hash ^ (hash >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(letters: &str) -> Sketch {
        Sketch::of(&letters.chars().collect::<Vec<_>>())
    }

    /// Letters of no sense, another text for each seed.
    fn noise(seed: u64, length: usize) -> String {
        let letter = |at: usize| char::from_u32(0x4E00 + (mix(seed * 1_000_003 + at as u64) % 3_000) as u32).unwrap();
        (0..length).map(letter).collect()
    }

    #[test]
    fn sketches_are_small_sorted_and_tell_texts_apart() {
        let long = sketch(&noise(1, 20_000));
        assert_eq!(long.hashes.len(), SKETCH);
        assert!(long.hashes.is_sorted() && long.reach() < u32::MAX / 50);
        assert_eq!(sketch(&"甲".repeat(50_000)).hashes.len(), 1);
        assert_eq!((sketch("甲乙").hashes.len(), sketch("甲乙").reach()), (0, u32::MAX));
        assert_eq!(sketch(&noise(2, 500)), sketch(&noise(2, 500)));
        assert_ne!(sketch(&noise(2, 500)).whole, sketch(&noise(3, 500)).whole);
    }

    #[test]
    fn the_part_that_is_copied_shows() {
        let (own, copied) = (noise(4, 7_000), noise(5, 3_000));
        let [this, other] = [format!("{own}{copied}"), format!("{copied}{}", noise(6, 17_000))].map(|it| sketch(&it));
        let reach = this.reach().min(other.reach());
        let known: Vec<_> = this.hashes.iter().filter(|it| **it <= reach).collect();
        let alike = known.iter().filter(|it| other.hashes.contains(it)).count() as f64 / known.len() as f64;
        assert!((0.22..0.38).contains(&alike), "{alike}");
    }
}
