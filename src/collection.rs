//! A set of reports by their sketches: which body reported for which year, and which reports may share much. A few
//! hundred bytes a report, so that thousands are known at once.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::overlap::Sketch;

mod alike;
mod bodies;

use alike::Alike;
use bodies::Bodies;

/// A report of the set.
#[derive(Debug, Clone, Default)]
pub struct Member {
    /// The body as the report names it.
    pub body: Option<String>,
    /// The year it reports on.
    pub year: Option<i16>,
    /// What its text is like.
    pub sketch: Sketch,
}

/// A set of reports; each is known by its number in the list it was made from.
#[derive(Debug, Default)]
pub struct Collection {
    bodies: Bodies,
    /// The body and year of each report.
    about: Vec<(Option<usize>, Option<i16>)>,
    /// The years of the reports of each body in order, unknown ones first; of those that name no body; of all others.
    years: HashMap<Option<usize>, Vec<Option<i16>>>,
    all_years: Vec<Option<i16>>,
    /// The text of each report: reports that say the same have the same.
    text_of: Vec<u32>,
    by_year: BTreeMap<(usize, i16), Vec<usize>>,
    /// The first report of each body with that text, by year.
    texts: Vec<Vec<usize>>,
    alike: Alike,
}

/// A report of another body that may share much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Likely {
    /// Its number.
    pub report: usize,
    /// How many bodies more have a report with the very same words.
    pub alike: usize,
}

/// So many reports of last year's are looked at, where one body has several.
const COPIES: usize = 4;
/// So many reports of other bodies are compared letter for letter.
const LIKELY: usize = 8;

impl Collection {
    /// Puts reports together. `known` are bodies and the other names they go by.
    pub fn new(members: Vec<Member>, known: &[(String, Vec<String>)]) -> Collection {
        let bodies = Bodies::new(members.iter().filter_map(|it| it.body.as_deref()), known);
        let mut set = Collection { bodies, ..Collection::default() };
        let mut numbers: HashMap<(u64, usize), u32> = HashMap::new();
        let mut sketches = Vec::new();
        for (at, member) in members.into_iter().enumerate() {
            let body = member.body.as_deref().and_then(|it| set.bodies.number(it));
            let next = u32::try_from(set.texts.len()).unwrap_or(u32::MAX);
            let text = *numbers.entry((member.sketch.whole, member.sketch.letters)).or_insert(next);
            if text == next {
                set.texts.push(Vec::new());
                sketches.push(member.sketch);
            }
            if let (Some(body), Some(year)) = (body, member.year) {
                set.by_year.entry((body, year)).or_default().push(at);
            }
            set.years.entry(body).or_default().push(member.year);
            set.about.push((body, member.year));
            set.text_of.push(text);
        }
        set.alike = Alike::new(sketches);
        set.gather_texts();
        set.years.values_mut().for_each(|it| it.sort_unstable());
        set.all_years = set.about.iter().filter(|(body, _)| body.is_some()).map(|(_, year)| *year).collect();
        set.all_years.sort_unstable();
        set
    }

    fn gather_texts(&mut self) {
        let mut by_year: Vec<usize> = (0..self.about.len()).collect();
        by_year.sort_by_key(|at| self.year(*at));
        let mut seen = HashSet::new();
        for at in by_year {
            let (Some(Some(body)), Some(text)) = (self.about.get(at).map(|it| it.0), self.text_of.get(at)) else {
                continue;
            };
            if seen.insert((*text, body))
                && let Some(firsts) = self.texts.get_mut(*text as usize)
            {
                firsts.push(at);
            }
        }
    }

    fn year(&self, report: usize) -> Option<i16> {
        self.about.get(report).and_then(|(_, year)| *year)
    }

    /// The number of a body, by any of its names.
    pub fn body(&self, name: &str) -> Option<usize> {
        self.bodies.number(name)
    }

    /// The reports of a body for a year.
    pub fn of(&self, body: &str, year: i16) -> &[usize] {
        let found = self.body(body).and_then(|body| self.by_year.get(&(body, year)));
        found.map(Vec::as_slice).unwrap_or_default()
    }

    /// The reports of a body for the year before, one of each text.
    pub fn last_year(&self, body: &str, year: i16) -> Vec<usize> {
        let mut texts = Vec::new();
        let mut found = Vec::new();
        for at in self.of(body, year.saturating_sub(1)) {
            let text = self.text_of.get(*at);
            if !texts.contains(&text) && found.len() < COPIES {
                texts.push(text);
                found.push(*at);
            }
        }
        found
    }

    /// The reports of other bodies that may hold so many percent of a report's letters, those that hold most first. A
    /// report for a later year was not there to copy from.
    pub fn likely(&self, body: &str, year: Option<i16>, sketch: &Sketch, percent: u32) -> Vec<Likely> {
        let own = self.body(body);
        let likely = self.alike.texts(sketch, percent).into_iter().filter_map(|text| {
            let firsts = self.texts.get(text)?;
            let firsts = firsts.get(..firsts.partition_point(|at| before(self.year(*at), year)))?;
            let mut others = firsts.iter().filter(|at| self.about.get(**at).is_some_and(|(body, _)| *body != own));
            let report = *others.next()?;
            Some(Likely { report, alike: others.count() })
        });
        likely.take(LIKELY).collect()
    }

    /// How many reports other bodies have for that year or before, and how many reports name no body.
    pub fn others(&self, body: &str, year: Option<i16>) -> (usize, usize) {
        let until = |years: &[Option<i16>]| years.partition_point(|it| before(*it, year));
        let mine = self.body(body).and_then(|own| self.years.get(&Some(own)));
        let bodiless = self.years.get(&None).map_or(0, Vec::len);
        (until(&self.all_years) - mine.map_or(0, |it| until(it)), bodiless)
    }
}

/// Whether a report can have been there when another was written, as far as can be told.
fn before(one: Option<i16>, other: Option<i16>) -> bool {
    other.is_none() || one <= other
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(body: &str, year: i16, text: &str) -> Member {
        let letters: Vec<char> = text.chars().collect();
        let body = (!body.is_empty()).then(|| body.to_owned());
        Member { body, year: Some(year), sketch: Sketch::of(&letters) }
    }

    /// Letters of no sense, another text for each seed.
    fn noise(seed: u32) -> String {
        let letter =
            |at: u32| char::from_u32(0x4E00 + (seed.wrapping_mul(31) ^ at).wrapping_mul(2_654_435_761) % 4_001);
        (0..400).filter_map(letter).collect()
    }

    #[test]
    fn last_year_is_the_same_body_a_year_before() {
        let members = vec![
            member("清河区司法局", 2023, &noise(1)),
            member("清河区司法局", 2023, &noise(1)),
            member("临江市清河区司法局", 2023, &noise(2)),
            member("清河区教育局", 2023, &noise(3)),
            member("", 2023, &noise(4)),
            member("清河区司法局", 2024, &noise(5)),
        ];
        let set = Collection::new(members, &[]);
        assert_eq!(set.last_year("清河區司法局", 2024), [0, 2]);
        assert_eq!(set.last_year("清河区司法局", 2023), Vec::<usize>::new());
        assert_eq!(set.last_year("清河区民政局", 2024), Vec::<usize>::new());
        assert_eq!(set.of("清河区教育局", 2023), [3]);
        assert_eq!(set.others("清河区司法局", Some(2024)), (1, 1));
        assert_eq!(set.others("清河区民政局", Some(2024)), (5, 1));
        assert_eq!(set.others("清河区民政局", Some(2023)), (4, 1));
        assert_eq!(set.others("清河区民政局", None), (5, 1));
    }

    #[test]
    fn copies_of_other_bodies_are_likely_and_own_ones_are_not() {
        let half = |a: u32, b: u32| noise(a) + &noise(b);
        let members = vec![
            member("甲区司法局", 2024, &half(1, 2)),
            member("甲区司法局", 2023, &half(1, 3)),
            member("乙区司法局", 2024, &half(4, 1)),
            member("丙区司法局", 2024, &half(4, 1)),
            member("丁区司法局", 2024, &half(5, 6)),
            member("", 2024, &half(1, 2)),
        ];
        let sketches = [members[0].sketch.clone(), members[2].sketch.clone()];
        let set = Collection::new(members, &[]);
        assert_eq!(set.likely("甲区司法局", Some(2024), &sketches[0], 30), [Likely { report: 2, alike: 1 }]);
        let mut likely: Vec<usize> =
            set.likely("乙区司法局", Some(2024), &sketches[1], 30).iter().map(|it| it.report).collect();
        assert_eq!(likely.first(), Some(&3));
        likely.sort_unstable();
        assert_eq!(likely, [0, 1, 3]);
        let early = set.likely("乙区司法局", Some(2023), &sketches[1], 30);
        assert_eq!(early, [Likely { report: 1, alike: 0 }]);
    }

    #[test]
    fn thousands_of_equal_reports_are_one_text() {
        let members = (0..2_000).map(|at| member(&format!("{at:04}号单位司法局"), 2024, &noise(1))).collect();
        let set = Collection::new(members, &[]);
        let sketch = Sketch::of(&noise(1).chars().collect::<Vec<_>>());
        for at in 0..2_000 {
            let likely = set.likely(&format!("{at:04}号单位司法局"), Some(2024), &sketch, 30);
            assert_eq!(likely, [Likely { report: usize::from(at == 0), alike: 1_998 }]);
        }
    }
}
