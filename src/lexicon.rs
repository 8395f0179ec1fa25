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

    /// Every place of every word, overlapping ones too, in the order of their ends.
    pub fn places(&self, text: &str) -> impl Iterator<Item = (usize, Range<usize>)> {
        let found = self.0.as_ref().map(|words| words.find_overlapping_iter(text));
        found.into_iter().flatten().map(|it| (it.value() as usize, it.start()..it.end()))
    }
}
