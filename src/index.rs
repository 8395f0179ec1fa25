//! One pass over a document for all phrases of a plan; what each rule asks is answered from here.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use crate::document::{Document, Part};
use crate::fold::View;
use crate::plan::Plan;
use crate::plan::needle::{Leaf, Needle, Needles, Pattern};
use crate::plan::values::{Unknown, Values};
use crate::sentence::{self, Sentence};
use crate::span::Span;

pub mod names;
mod phrases;

use phrases::{PhraseHits, Place};

/// A place where a pattern stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// Its characters in the source.
    pub span: Span,
    /// The paragraph they stand in.
    pub paragraph: usize,
}

/// The hits of a leaf, in reading order, none overlapping another.
#[derive(Debug, Clone, Default)]
pub struct Hits {
    /// Where it stands.
    pub hits: Vec<Hit>,
    /// A fact that some of its phrases need and nobody knows: there may be more hits.
    pub unknown: Option<Unknown>,
}

impl Hits {
    /// The hits of one leaf that reach into some bytes.
    pub fn reaching(&self, reach: Span) -> &[Hit] {
        let from = self.hits.partition_point(|it| it.span.end <= reach.start);
        let to = self.hits.partition_point(|it| it.span.start < reach.end);
        self.hits.get(from..to).unwrap_or_default()
    }
}

/// What a regex sees as one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Domain {
    /// Paragraphs.
    Paragraphs,
    /// Headings with their numbers.
    Headings,
}

/// A leaf, the pack whose parameters fill its holes, what its regexes see as one text, and the paragraphs they are
/// searched in.
type LeafIn = (usize, usize, Domain, Range<usize>);

/// The sections that each leaf names, by leaf and pack.
type NamedBy = HashMap<(usize, usize), Rc<[names::Named]>>;

/// A document with everything a plan looks for found in it.
pub struct Index<'a> {
    /// The document.
    pub document: &'a Document,
    plan: &'a Plan,
    folded: View,
    joined: OnceCell<View>,
    folded_hits: PhraseHits,
    exact_hits: OnceCell<PhraseHits>,
    may_match: OnceCell<Vec<bool>>,
    leaves: RefCell<HashMap<LeafIn, Rc<Hits>>>,
    names: RefCell<NamedBy>,
    sections: RefCell<HashMap<(Needle, usize), Result<names::Sections, Unknown>>>,
    first_characters: RefCell<HashMap<u32, Span>>,
    headings: OnceCell<Vec<names::Heading>>,
    sentences: OnceCell<Vec<Sentence>>,
}

impl<'a> Index<'a> {
    /// Folds the document and finds every phrase of the plan in it.
    pub fn build(plan: &'a Plan, document: &'a Document) -> Index<'a> {
        let folded = View::folded(document.source.text(), document.pieces());
        let folded_hits = PhraseHits::find(&plan.folded, plan.needles.folded.len(), &folded);
        Index {
            document,
            plan,
            folded,
            joined: OnceCell::new(),
            folded_hits,
            exact_hits: OnceCell::new(),
            may_match: OnceCell::new(),
            leaves: RefCell::default(),
            names: RefCell::default(),
            sections: RefCell::default(),
            first_characters: RefCell::default(),
            headings: OnceCell::new(),
            sentences: OnceCell::new(),
        }
    }

    /// The folded view of the whole document.
    pub fn folded(&self) -> &View {
        &self.folded
    }

    /// All that is searched.
    pub fn needles(&self) -> &'a Needles {
        &self.plan.needles
    }

    /// The view of the whole document that is not folded.
    pub fn joined(&self) -> &View {
        self.joined.get_or_init(|| View::joined(self.document.source.text(), self.document.pieces()))
    }

    fn exact_hits(&self) -> &PhraseHits {
        self.exact_hits.get_or_init(|| PhraseHits::find(&self.plan.exact, self.plan.needles.exact.len(), self.joined()))
    }

    /// Every sentence of opening and sections.
    pub fn sentences(&self) -> &[Sentence] {
        self.sentences.get_or_init(|| sentence::sentences(self.document))
    }

    /// The bytes of the first characters, counted from the title.
    pub fn first_characters(&self, most: u32) -> Span {
        let mut known = self.first_characters.borrow_mut();
        *known.entry(most).or_insert_with(|| first_characters(self.document, most))
    }

    /// The headings as section names are compared with them.
    pub fn headings(&self) -> &[names::Heading] {
        self.headings.get_or_init(|| names::headings(self))
    }

    /// The hits of a leaf, those of its regexes in some paragraphs alone. `scope` is the number of the pack, whose
    /// parameters fill its holes.
    fn hits(&self, leaf: usize, scope: usize, domain: Domain, paragraphs: Range<usize>) -> Rc<Hits> {
        thread_local! { static NONE: Rc<Hits> = Rc::default(); }
        let Some(what) = self.needles().leaves.get(leaf) else { return NONE.with(Rc::clone) };
        if self.cannot_hit(what) {
            return NONE.with(Rc::clone);
        }
        let scope_of_holes = if what.templates.is_empty() { 0 } else { scope };
        let paragraphs = if what.regexes.is_empty() { self.everywhere() } else { paragraphs };
        let key = (leaf, scope_of_holes, domain, paragraphs.clone());
        if let Some(hits) = self.leaves.borrow().get(&key) {
            return Rc::clone(hits);
        }
        let hits = Rc::new(self.search(what, scope, domain, paragraphs));
        self.leaves.borrow_mut().insert(key, Rc::clone(&hits));
        hits
    }

    /// Whether a needle is known to stand nowhere without a search.
    pub fn lacks(&self, needle: &Needle) -> bool {
        match needle {
            Needle::Leaf(leaf) => self.needles().leaves.get(*leaf).is_some_and(|leaf| self.cannot_hit(leaf)),
            Needle::Any(parts) => parts.iter().all(|part| self.lacks(part)),
            Needle::All(_) | Needle::AtLeast(..) => false,
        }
    }

    /// The quick answer for most leaves on most reports: none of their phrases is there, nor any without which their
    /// regexes do not match.
    fn cannot_hit(&self, leaf: &Leaf) -> bool {
        leaf.templates.is_empty()
            && self.folded_hits.lack(&leaf.folded)
            && (leaf.exact.is_empty() || self.exact_hits().lack(&leaf.exact))
            && !leaf.regexes.iter().any(|it| self.may_match(*it))
    }

    /// Whether a phrase of every set that a regex requires stands somewhere.
    fn may_match(&self, regex: usize) -> bool {
        let all = self.may_match.get_or_init(|| {
            let needles = self.needles();
            // One bit for each set: there are few.
            let mut met = vec![0_u8; needles.regexes.len()];
            for it in self.exact_hits().there().filter_map(|phrase| needles.required.get(phrase)).flatten() {
                if let Some(met) = met.get_mut(it.regex) {
                    *met |= 1 << it.set;
                }
            }
            needles.regexes.iter().zip(met).map(|(it, met)| met.count_ones() as usize == it.required.len()).collect()
        });
        all.get(regex).copied().unwrap_or_default()
    }

    fn search(&self, leaf: &Leaf, scope: usize, domain: Domain, paragraphs: Range<usize>) -> Hits {
        let mut found: Vec<Hit> = Vec::new();
        for phrase in &leaf.folded {
            found.extend(self.folded_hits.of(*phrase).iter().map(|place| hit(&self.folded, *place)));
        }
        for phrase in &leaf.exact {
            found.extend(self.exact_hits().of(*phrase).iter().map(|place| hit(self.joined(), *place)));
        }
        let mut unknown = None;
        for template in &leaf.templates {
            match self.template(*template, scope) {
                Ok(hits) => found.extend(hits),
                Err(name) => unknown = Some(name),
            }
        }
        for regex in &leaf.regexes {
            match domain {
                Domain::Paragraphs => self.regex_in_paragraphs(*regex, paragraphs.clone(), &mut found),
                Domain::Headings => self.regex_in_headings(*regex, paragraphs.clone(), &mut found),
            }
        }
        Hits { hits: leftmost_longest(found), unknown }
    }

    fn template(&self, template: usize, scope: usize) -> Result<Vec<Hit>, Unknown> {
        let (Some(template), Some(scope)) = (self.needles().templates.get(template), self.plan.scopes.get(scope))
        else {
            return Ok(Vec::new());
        };
        let texts = scope.values.texts(&template.phrase, &self.document.facts)?;
        let mut found = Vec::new();
        for text in texts {
            let view = if template.exact { self.joined() } else { &self.folded };
            let text = if template.exact { text } else { crate::fold::fold(&text) };
            if text.is_empty() {
                continue;
            }
            let finder = memchr::memmem::Finder::new(text.as_bytes());
            let places = finder.find_iter(view.text().as_bytes());
            found.extend(
                places.map(|at| Hit { span: view.source(at..at + text.len()), paragraph: view.paragraph_at(at) }),
            );
        }
        Ok(found)
    }

    fn regex_in_paragraphs(&self, regex: usize, paragraphs: Range<usize>, found: &mut Vec<Hit>) {
        let Some(pattern) = self.needles().regexes.get(regex) else { return };
        let view = self.joined();
        let search = |paragraph: usize| {
            let range = view.paragraph(paragraph);
            let text = view.text().get(range.clone()).unwrap_or_default();
            found.extend(
                matches(pattern, text)
                    .map(|at| Hit { span: view.source(at.start + range.start..at.end + range.start), paragraph }),
            );
        };
        self.possible(regex, paragraphs).into_iter().for_each(search);
    }

    /// Those of some paragraphs in which a regex may match, in order: the ones with a phrase of every set it requires.
    fn possible(&self, regex: usize, paragraphs: Range<usize>) -> Vec<usize> {
        let Some(pattern) = self.needles().regexes.get(regex).filter(|_| self.may_match(regex)) else {
            return Vec::new();
        };
        let mut sets_met = vec![0_u8; paragraphs.len()];
        for (set, number) in pattern.required.iter().zip(0..) {
            for place in set.iter().flat_map(|phrase| self.exact_hits().of(*phrase)) {
                let at = (place.paragraph as usize).checked_sub(paragraphs.start);
                if let Some(met) = at.and_then(|at| sets_met.get_mut(at)).filter(|met| **met == number) {
                    *met += 1;
                }
            }
        }
        let all = |met: u8| usize::from(met) == pattern.required.len();
        paragraphs.zip(sets_met).filter(|(_, met)| all(*met)).map(|(paragraph, _)| paragraph).collect()
    }

    fn regex_in_headings(&self, regex: usize, paragraphs: Range<usize>, found: &mut Vec<Hit>) {
        let Some(pattern) = self.needles().regexes.get(regex) else { return };
        let possible = self.possible(regex, paragraphs);
        for section in &self.document.sections {
            let paragraph = section.heading.paragraph;
            if possible.binary_search(&paragraph).is_err() {
                continue;
            }
            let range = self.joined().view(section.heading.span);
            let text = self.joined().text().get(range.clone()).unwrap_or_default();
            found.extend(
                matches(pattern, text).map(|at| Hit {
                    span: self.joined().source(at.start + range.start..at.end + range.start),
                    paragraph,
                }),
            );
        }
    }

    /// Every hit of every leaf of a needle, in reading order.
    pub fn all_hits(&self, needle: &Needle, scope: usize, domain: Domain) -> Hits {
        self.hits_in(needle, scope, domain, Span::new(0, usize::MAX))
    }

    /// Those of them that reach into some bytes: for those who ask of many places.
    pub fn hits_in(&self, needle: &Needle, scope: usize, domain: Domain, reach: Span) -> Hits {
        self.gathered(needle, scope, domain, reach, self.everywhere())
    }

    /// The same for those who ask of few places, so that the rest is not searched.
    pub fn hits_there(&self, needle: &Needle, scope: usize, domain: Domain, reach: Span) -> Hits {
        let all = &self.document.paragraphs;
        let from = all.partition_point(|it| it.span().end <= reach.start);
        let to = all.partition_point(|it| it.span().start < reach.end);
        self.gathered(needle, scope, domain, reach, from..to.max(from))
    }

    /// All paragraphs.
    fn everywhere(&self) -> Range<usize> {
        0..self.document.paragraphs.len()
    }

    fn gathered(&self, needle: &Needle, scope: usize, domain: Domain, reach: Span, paragraphs: Range<usize>) -> Hits {
        let mut all = Hits::default();
        needle.leaves(&mut |leaf| {
            let hits = self.hits(leaf, scope, domain, paragraphs.clone());
            all.hits.extend_from_slice(hits.reaching(reach));
            if let Some(unknown) = &hits.unknown {
                all.unknown = Some(unknown.clone());
            }
        });
        all.hits.sort_unstable();
        all.hits.dedup();
        all
    }

    /// Where the leaf's patterns stand at the begin or end of a text of the document.
    pub fn at_edge(
        &self,
        leaf: usize,
        scope: usize,
        paragraph: usize,
        span: Span,
        end: bool,
    ) -> Result<Option<Span>, Unknown> {
        let Some(what) = self.needles().leaves.get(leaf) else { return Ok(None) };
        let folded = self.folded.view(span);
        let exact = self.joined().view(span);
        let mut best: Option<Span> = None;
        let mut take = |span: Span| {
            if best.is_none_or(|it| it.len() < span.len()) {
                best = Some(span);
            }
        };
        for phrase in what.folded.iter().filter_map(|at| self.needles().folded.get(*at)) {
            edge(&self.folded, folded.clone(), phrase, end).into_iter().for_each(&mut take);
        }
        for phrase in what.exact.iter().filter_map(|at| self.needles().exact.get(*at)) {
            edge(self.joined(), exact.clone(), phrase, end).into_iter().for_each(&mut take);
        }
        let scope_values = self.plan.scopes.get(scope).map(|it| &it.values);
        for template in what.templates.iter().filter_map(|at| self.needles().templates.get(*at)) {
            for text in
                scope_values.map_or(Ok(Vec::new()), |it: &Values| it.texts(&template.phrase, &self.document.facts))?
            {
                edge(&self.folded, folded.clone(), &crate::fold::fold(&text), end).into_iter().for_each(&mut take);
            }
        }
        let text = self.document.text(paragraph, span);
        for regex in what.regexes.iter().filter_map(|at| self.needles().regexes.get(*at)) {
            let wanted = matches(regex, &text).find(|at| if end { at.end == text.len() } else { at.start == 0 });
            if let Some(at) = wanted {
                take(self.joined().source(at.start + exact.start..at.end + exact.start));
            }
        }
        Ok(best)
    }
}

fn first_characters(document: &Document, most: u32) -> Span {
    let begin = document.paragraphs.iter().position(|it| it.part != Part::Margin).unwrap_or(0);
    let proper = document.paragraphs.get(begin..).unwrap_or_default();
    let start = proper.first().map_or(0, |it| it.span().start);
    let mut letters = proper.iter().flat_map(|it| &it.pieces).flat_map(|piece| {
        let text = document.source.slice(piece.span);
        text.char_indices().filter(|(_, c)| !c.is_whitespace()).map(|(at, _)| piece.span.start + at)
    });
    let end = letters.nth(most as usize);
    Span::new(start, end.unwrap_or(document.source.text().len()))
}

fn hit(view: &View, place: Place) -> Hit {
    Hit { span: view.source(place.start as usize..place.end as usize), paragraph: place.paragraph as usize }
}

fn edge(view: &View, range: Range<usize>, phrase: &str, end: bool) -> Option<Span> {
    let text = view.text().get(range.clone())?;
    if phrase.is_empty() {
        return None;
    }
    if end {
        text.ends_with(phrase).then(|| view.source(range.end - phrase.len()..range.end))
    } else {
        text.starts_with(phrase).then(|| view.source(range.start..range.start + phrase.len()))
    }
}

/// The matches of a regex: where it has a capture group, the group's characters.
pub fn matches<'t>(pattern: &'t Pattern, text: &'t str) -> Box<dyn Iterator<Item = Range<usize>> + 't> {
    let Some(regex) = pattern.regex() else { return Box::new(std::iter::empty()) };
    if regex.captures_len() == 1 {
        return Box::new(regex.find_iter(text).map(|it| it.range()));
    }
    Box::new(regex.captures_iter(text).filter_map(|found| {
        let group = (1..found.len()).find_map(|at| found.get(at)).or_else(|| found.get(0));
        group.map(|it| it.range()).filter(|range| !range.is_empty())
    }))
}

/// Of hits that overlap, the one that begins first, and of those the longest.
pub fn leftmost_longest(mut found: Vec<Hit>) -> Vec<Hit> {
    found.sort_unstable_by_key(|hit| (hit.span.start, std::cmp::Reverse(hit.span.end)));
    let mut end = 0;
    found.retain(|hit| {
        let free = hit.span.start >= end;
        if free {
            end = hit.span.end;
        }
        free
    });
    found
}
