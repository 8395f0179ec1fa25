//! The characters of a report that are compared with those of another.

use std::ops::Range;

use crate::document::{Document, Kind};
use crate::fold::View;
use crate::sentence::is_prose;
use crate::source::slice;
use crate::span::Span;

/// More characters of one report are not compared.
pub const MOST: usize = 1_000_000;

/// The letters of a report's sentences, folded and one after the other. Title, closing, own-line headings and table
/// cells are not among them, nor are figures and punctuation: a copy with other years and counts is a copy.
#[derive(Debug, Default)]
pub struct Stream {
    view: View,
    /// The letters.
    pub letters: Vec<char>,
    /// Where each stands in the view, in order.
    at: Vec<u32>,
    /// Whether each counts as the report's own words: letters inside 《…》 do not, for the name of a law can be said in
    /// one way only.
    own: Vec<bool>,
}

impl Stream {
    /// The letters of a document.
    pub fn of(document: &Document) -> Stream {
        let pieces = document.paragraphs.iter().map(|it| it.pieces.as_slice());
        let mut stream = Stream { view: View::folded(document.source.text(), pieces), ..Stream::default() };
        for paragraph in (0..document.paragraphs.len()).filter(|at| is_prose(document, *at)) {
            stream.add(document, paragraph);
        }
        stream
    }

    fn add(&mut self, document: &Document, paragraph: usize) {
        let mut range = self.view.paragraph(paragraph);
        if let Some(Kind::RunIn(section)) = document.paragraphs.get(paragraph).map(|it| it.kind)
            && let Some(number) = document.sections.get(section).and_then(|it| it.heading.number)
        {
            range.start = self.view.view(number.span).end.clamp(range.start, range.end);
        }
        let text = slice(self.view.text(), Span::from(range.clone()));
        let mut titles = titles(text).peekable();
        for (at, c) in text.char_indices().filter(|(_, c)| is_letter(*c)) {
            if self.letters.len() >= MOST {
                return;
            }
            while titles.next_if(|it| it.end <= at).is_some() {}
            self.letters.push(c);
            self.at.push(u32::try_from(range.start + at).unwrap_or(u32::MAX));
            self.own.push(!titles.peek().is_some_and(|it| it.contains(&at)));
        }
    }

    /// Letters that stand in one of these places of the source no longer count as own words.
    pub fn discount(&mut self, places: impl Iterator<Item = Span>) {
        for place in places {
            let range = self.within(place);
            self.own.get_mut(range).unwrap_or_default().fill(false);
        }
    }

    /// The letters that came from a stretch of the source.
    pub fn within(&self, span: Span) -> Range<usize> {
        let view = self.view.view(Span::new(span.start, span.end.min(usize::MAX / 2)));
        let from = self.at.partition_point(|at| (*at as usize) < view.start);
        from..self.at.partition_point(|at| (*at as usize) < view.end).max(from)
    }

    /// How many letters of a range are the report's own words.
    pub fn own(&self, range: Range<usize>) -> usize {
        self.own.get(range).unwrap_or_default().iter().filter(|it| **it).count()
    }

    /// Where a range of the letters stands in the source.
    pub fn span(&self, range: Range<usize>) -> Span {
        let place = |at: usize| {
            let start = self.at.get(at).copied().unwrap_or_default() as usize;
            let length = self.letters.get(at).map_or(0, |c| c.len_utf8());
            self.view.source(start..start + length)
        };
        if range.is_empty() {
            return Span::default();
        }
        place(range.start).join(place(range.end - 1))
    }
}

/// What is compared: characters and letters, no figures and no marks.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && c != '〇'
}

/// The names in 《…》, each to the first 》 behind it.
fn titles(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        let open = from + text.get(from..)?.find('《')?;
        let close = open + text.get(open..)?.find('》')?;
        from = close;
        Some(open..close)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Given;
    use crate::locale::Locale;

    fn document(text: &str) -> Document {
        crate::read::read("甲.txt", text.as_bytes(), &Given::default(), Locale::Zh).unwrap()
    }

    fn letters(text: &str) -> String {
        Stream::of(&document(text)).letters.iter().collect()
    }

    #[test]
    fn only_letters_of_sentences_are_compared() {
        let text = "清河区司法局2024年法治政府建设工作报告\n2024年，我局受理１２件。\n一、主要举措\n（一）強化學習。全年\n开会3次，ABC。\n清河区司法局\n2025年1月2日";
        assert_eq!(letters(text), "年我局受理件强化学习全年开会次abc");
        assert_eq!(letters("甲乙。"), "甲乙");
    }

    #[test]
    fn ranges_lead_back_to_the_source() {
        let text = "题目报告\n一、甲\n開展 法 治2024\n督察。学习《行政处罚法》和《民法典》，依法行政。";
        let document = document(text);
        let mut stream = Stream::of(&document);
        let whole: String = stream.letters.iter().collect();
        assert_eq!(whole, "开展法治督察学习行政处罚法和民法典依法行政");
        let shown = |from: usize, to: usize| document.source.slice(stream.span(from..to)).to_owned();
        assert_eq!(shown(0, 6), "開展 法 治2024\n督察");
        assert_eq!(shown(2, 4), "法 治");
        assert_eq!(shown(4, 6), "督察");
        assert_eq!((stream.own(0..whole.chars().count()), stream.own(8..13)), (13, 0));
        let at = text.find("依法").unwrap();
        assert_eq!(stream.within(Span::new(at, at + 12)), 17..21);
        stream.discount([Span::new(at, at + 6)].into_iter());
        assert_eq!(stream.own(17..21), 2);
        assert_eq!(stream.within(Span::new(0, usize::MAX)), 0..21);
    }
}
