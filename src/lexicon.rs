//! Many words looked for in one pass: the only user of the library that does so.

use std::ops::Range;

use daachorse::CharwiseDoubleArrayAhoCorasick;

/// Words made ready to be found in a text, each by its number in the list they were given in.
#[derive(Default)]
pub struct Lexicon(Option<CharwiseDoubleArrayAhoCorasick<u32>>);

impl Lexicon {
    /// Makes different words ready. Empty ones keep their number and are found nowhere.
    ///
    /// # Errors
    /// Why they are too many, in the library's words.
    pub fn new(words: &[impl AsRef<str>]) -> Result<Lexicon, String> {
        let numbered = words.iter().map(AsRef::as_ref).zip(0_u32..).filter(|(word, _)| !word.is_empty());
        let numbered: Vec<(&str, u32)> = numbered.collect();
        if numbered.is_empty() {
            return Ok(Lexicon(None));
        }
        CharwiseDoubleArrayAhoCorasick::with_values(numbered).map(|it| Lexicon(Some(it))).map_err(|why| why.to_string())
    }

    /// Whether one of the words stands in a text.
    pub fn is_in(&self, text: &str) -> bool {
        self.0.as_ref().is_some_and(|words| words.find_iter(text).next().is_some())
    }

    /// Visits every place of every word, overlapping ones too, in the order of their ends.
    pub fn visit(&self, text: &str, mut visit: impl FnMut(usize, Range<usize>)) {
        if let Some(words) = &self.0 {
            words.find_overlapping_iter(text).for_each(|it| visit(it.value() as usize, it.start()..it.end()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_their_numbers() {
        let words = Lexicon::new(&["法治", "", "治政", "法治政府"]).unwrap();
        let mut found = Vec::new();
        words.visit("建设法治政府", |word, range| found.push((word, range)));
        assert_eq!(found, [(0, 6..12), (2, 9..15), (3, 6..18)]);
        assert!(words.is_in("依法治国") && !words.is_in("依法行政"));
    }

    #[test]
    fn no_words_are_found_nowhere() {
        let none = Lexicon::new(&[""]).unwrap();
        none.visit("法治", |_, _| panic!());
        assert!(!none.is_in("法治") && !none.is_in(""));
    }
}
