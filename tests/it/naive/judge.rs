//! What the manual says a statement says of a report, rule by rule of it.

use std::collections::BTreeMap;

use guiju::document::{Kind, Part};
use guiju::fold::fold;
use guiju::lang::ast::*;
use guiju::span::Span;
use regex::Regex;

use super::reader::{Atom, Hit, Reader, places};

/// What comes out for a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    Pass,
    /// The characters flagged, and whether something is missing.
    Fail(Vec<Span>, bool),
    NotApplicable,
}

/// Whether a claim holds (`None`: nobody knows), and what is flagged where it should have come out the other way.
#[derive(Debug, Clone)]
struct Truth {
    holds: Option<bool>,
    wrong: Vec<Span>,
    missing: bool,
}

impl Truth {
    const UNKNOWN: Truth = Truth { holds: None, wrong: Vec::new(), missing: false };

    /// It holds by these characters, or by nothing being there.
    fn yes(wrong: Vec<Span>) -> Truth {
        Truth { holds: Some(true), missing: wrong.is_empty(), wrong }
    }

    fn no(wrong: Vec<Span>) -> Truth {
        Truth { holds: Some(false), missing: wrong.is_empty(), wrong }
    }

    fn not(self) -> Truth {
        Truth { holds: self.holds.map(|it| !it), ..self }
    }
}

/// So many must hold.
fn at_least(least: usize, parts: Vec<Truth>) -> Truth {
    let count = |wanted| parts.iter().filter(|it| it.holds == wanted).count();
    let holds = match (count(Some(true)), count(None)) {
        (there, _) if there >= least => Some(true),
        (there, open) if there + open >= least => None,
        _ => Some(false),
    };
    let of: Vec<&Truth> = parts.iter().filter(|it| it.holds == holds).collect();
    Truth { holds, wrong: of.iter().flat_map(|it| it.wrong.clone()).collect(), missing: of.iter().any(|it| it.missing) }
}

/// One must hold; where none does, any would do: what is missing counts only where nothing is wrong.
fn any(parts: Vec<Truth>) -> Truth {
    let whole = at_least(1, parts);
    let excused = whole.holds == Some(false) && !whole.wrong.is_empty();
    Truth { missing: whole.missing && !excused, ..whole }
}

fn all(parts: Vec<Truth>) -> Truth {
    any(parts.into_iter().map(Truth::not).collect()).not()
}

/// What a claim is asked of.
#[derive(Debug, Clone, Copy)]
enum Ground {
    Report,
    Sentence(usize, Span),
    Paragraph(usize),
    Section(usize),
    Heading(usize),
}

/// One statement on one report.
pub struct Judge<'a> {
    pub reader: &'a Reader<'a>,
    pub vars: &'a BTreeMap<String, String>,
    pub statement: &'a Statement,
}

impl Judge<'_> {
    pub fn judge(&self) -> Said {
        let bare = Statement { except: None, ..self.statement.clone() };
        let conditions = Judge { statement: &bare, ..*self };
        let when = |it: &Claim| conditions.claim(it, Ground::Report, false).holds;
        if self.statement.when.as_ref().is_some_and(|it| when(it) != Some(true)) {
            return Said::NotApplicable;
        }
        if self.statement.unless.as_ref().is_some_and(|it| when(it) == Some(true)) {
            return Said::NotApplicable;
        }
        let forbids = self.statement.modal.forbids();
        let ask = |ground| {
            let truth = self.claim(&self.statement.claim, ground, forbids);
            if forbids { truth.not() } else { truth }
        };
        let whole = match &self.statement.subject {
            Subject::Report => ask(Ground::Report),
            Subject::Each { unit, mentions } => {
                let mentioned = |ground: &Ground| mentions.as_ref().is_none_or(|it| conditions.mentions(it, *ground));
                let units: Vec<Ground> = self.units(*unit).into_iter().filter(mentioned).collect();
                let told: Vec<(Ground, Truth)> = units.into_iter().map(|it| (it, ask(it))).collect();
                let bad: Vec<&(Ground, Truth)> = told.iter().filter(|it| it.1.holds == Some(false)).collect();
                let missing = forbids && bad.iter().any(|it| it.1.missing);
                let wrong =
                    bad.iter().flat_map(|(unit, it)| if forbids { it.wrong.clone() } else { vec![self.span(*unit)] });
                let wrong: Vec<Span> = wrong.collect();
                let holds = if !bad.is_empty() { Some(false) } else { told.iter().find_map(|it| it.1.holds) };
                Truth { holds, wrong, missing }
            }
        };
        match whole.holds {
            Some(true) => Said::Pass,
            None => Said::NotApplicable,
            Some(false) => {
                let mut wrong = whole.wrong;
                wrong.sort();
                wrong.dedup();
                Said::Fail(wrong, whole.missing)
            }
        }
    }

    fn units(&self, unit: Unit) -> Vec<Ground> {
        let sections = &self.reader.document.sections;
        let prose = self.reader.paragraphs().filter(|it| self.reader.is_prose(*it));
        match unit {
            Unit::Sentence => prose.flat_map(|at| self.sentences(at)).collect(),
            Unit::Paragraph => prose.map(Ground::Paragraph).collect(),
            Unit::Section => (0..sections.len()).map(Ground::Section).collect(),
            Unit::TopSection => {
                (0..sections.len()).filter(|it| sections[*it].level == 1).map(Ground::Section).collect()
            }
            Unit::Heading => (0..sections.len()).map(Ground::Heading).collect(),
        }
    }

    fn sentences(&self, paragraph: usize) -> Vec<Ground> {
        self.reader.sentences(paragraph).into_iter().map(|it| Ground::Sentence(paragraph, it)).collect()
    }

    /// The characters that stand for a unit.
    fn span(&self, ground: Ground) -> Span {
        match ground {
            Ground::Report => Span::default(),
            Ground::Sentence(_, span) => span,
            Ground::Paragraph(at) => self.reader.sentences(at)[0],
            Ground::Section(at) | Ground::Heading(at) => self.reader.document.sections[at].heading.span,
        }
    }

    fn contains(&self, ground: Ground, (paragraph, span): Hit) -> bool {
        let sections = &self.reader.document.sections;
        match ground {
            Ground::Report => true,
            Ground::Sentence(at, sentence) => at == paragraph && sentence.contains(span),
            Ground::Paragraph(at) => at == paragraph,
            Ground::Section(at) => sections[at].paragraphs.contains(&paragraph),
            Ground::Heading(at) => {
                sections[at].heading.paragraph == paragraph && sections[at].heading.span.contains(span)
            }
        }
    }

    fn claim(&self, claim: &Claim, ground: Ground, forbidden: bool) -> Truth {
        match claim {
            Claim::Mention(it) => self.mention(it, ground),
            Claim::Section(it) => self.section(it, ground, forbidden),
            Claim::Wording { right, wrong } => self.wording(right, wrong, ground),
            Claim::Amount { count, unit, places } => self.amount(count, *unit, places, ground),
            Claim::Edge { edge, what } => self.edge(*edge, what, ground),
            Claim::Mix { one, other, places } => self.mix(one, other, places, ground),
            Claim::Fact(it) => self.fact(it),
            Claim::Not(it) => self.claim(it, ground, !forbidden).not(),
            Claim::And(parts) => all(parts.iter().map(|it| self.claim(it, ground, forbidden)).collect()),
            Claim::Or(parts) => any(parts.iter().map(|it| self.claim(it, ground, forbidden)).collect()),
            _ => unreachable!("no such claim is generated"),
        }
    }

    fn fact(&self, test: &FactTest) -> Truth {
        let Some(value) = self.vars.get(&test.name.node) else { return Truth::UNKNOWN };
        let text = |it: &Phrase| it.parts == [PhrasePart::Text(value.clone())];
        let holds = match &test.test {
            Test::Is(all) => all.iter().any(text),
            Test::IsNot(all) => !all.iter().any(text),
            Test::Compare(..) => unreachable!("no such test is generated"),
        };
        Truth { holds: Some(holds), wrong: Vec::new(), missing: false }
    }

    /// The hits that count: inside the ground, and over none of the excepted ones.
    fn hits(&self, atoms: &[Atom], ground: Ground, headings: bool) -> Vec<Hit> {
        let headings = headings || matches!(ground, Ground::Heading(_));
        let mut hits = self.reader.hits(atoms, headings);
        hits.retain(|it| self.contains(ground, *it));
        let excepted = self.excepted(headings);
        hits.retain(|it| !excepted.iter().any(|other| other.1.overlaps(it.1)));
        hits
    }

    fn excepted(&self, headings: bool) -> Vec<Hit> {
        let except = self.statement.except.as_ref();
        except.map_or(Vec::new(), |it| self.reader.hits(&self.reader.choice(it).expect("a choice"), headings))
    }

    fn mentions(&self, pattern: &Pattern, ground: Ground) -> bool {
        let mention = Mention { what: pattern.clone(), count: None, places: Vec::new() };
        self.mention(&mention, ground).holds == Some(true)
    }

    fn mention(&self, mention: &Mention, ground: Ground) -> Truth {
        let Some(rows) = self.rows(&mention.places, ground) else { return Truth::UNKNOWN };
        let (least, most) = mention.count.as_ref().map_or((1, usize::MAX), bounds);
        let row = |row: &Vec<Place>| {
            self.pattern(&mention.what, &Truth::no(Vec::new()), &mut |atoms| {
                let mut hits = self.hits(atoms, ground, in_headings(&mention.places));
                hits.retain(|it| self.stands(row, *it, ground));
                let spans: Vec<Span> = hits.iter().map(|it| it.1).collect();
                match hits.len() {
                    few if few < least => Truth::no(Vec::new()),
                    many if many > most => Truth::no(spans[most..].to_vec()),
                    _ => Truth::yes(spans),
                }
            })
        };
        match rows.as_slice() {
            [only] => row(only),
            rows => all(rows.iter().map(row).collect()),
        }
    }

    /// Asks `leaf` of each choice in a pattern and joins the answers; where too few hold, it is `none`.
    fn pattern(&self, pattern: &Pattern, none: &Truth, leaf: &mut dyn FnMut(&[Atom]) -> Truth) -> Truth {
        if let Some(atoms) = self.reader.choice(pattern) {
            return leaf(&atoms);
        }
        let Pattern::Of { quantifier, members } = pattern else { unreachable!("all else is a choice") };
        let members = self.reader.different(self.reader.members(members));
        let several = |truth: Truth| match truth.holds {
            Some(false) => none.clone(),
            _ => truth,
        };
        match quantifier {
            Quantifier::Any => {
                let (plain, joined): (Vec<_>, Vec<_>) =
                    members.into_iter().partition(|it| self.reader.choice(it).is_some());
                let atoms: Vec<Atom> = plain.iter().filter_map(|it| self.reader.choice(it)).flatten().collect();
                let mut parts: Vec<Truth> = joined.iter().map(|it| self.pattern(it, none, leaf)).collect();
                if !atoms.is_empty() {
                    parts.push(leaf(&atoms));
                }
                several(at_least(1, parts))
            }
            Quantifier::All => all(members.iter().map(|it| self.pattern(it, none, leaf)).collect()),
            Quantifier::AtLeast(least) => {
                several(at_least(*least as usize, members.iter().map(|it| self.pattern(it, none, leaf)).collect()))
            }
        }
    }

    /// The places, one row for each section of `every`; `None` where one is not there to be asked.
    fn rows(&self, places: &[Place], ground: Ground) -> Option<Vec<Vec<Place>>> {
        let mut every: Option<Vec<usize>> = None;
        let mut row = Vec::new();
        for place in places {
            match place {
                Place::Section(name) | Place::Outside(name) if self.reader.named(name).is_empty() => return None,
                Place::EverySection(name) => {
                    let named = self.reader.named(name);
                    if named.is_empty() {
                        return None;
                    }
                    every = Some(
                        every.map_or(named.clone(), |it| it.into_iter().filter(|at| named.contains(at)).collect()),
                    );
                }
                Place::Before(other) | Place::After(other) if self.others(other, ground).is_empty() => return None,
                _ => row.push(place.clone()),
            }
        }
        if every.as_ref().is_some_and(Vec::is_empty) {
            return None;
        }
        let name = |at: usize| {
            let mut row = row.clone();
            // A section named by its number stands for itself.
            row.push(Place::First(Num::Lit(u32::MAX - u32::try_from(at).expect("few sections"))));
            row
        };
        Some(every.map_or_else(|| vec![row.clone()], |sections| sections.into_iter().map(name).collect()))
    }

    /// The hits of the other phrase of a nearness, which no exception touches.
    fn others(&self, other: &Pattern, ground: Ground) -> Vec<Hit> {
        let bare = Statement { except: None, ..self.statement.clone() };
        let atoms = self.reader.choice(other).expect("a choice");
        Judge { statement: &bare, ..*self }.hits(&atoms, ground, false)
    }

    /// Whether a hit stands in all places of a row.
    fn stands(&self, row: &[Place], hit: Hit, ground: Ground) -> bool {
        row.iter().all(|place| match nearness(place) {
            None => self.stands_in(place, hit),
            // All that is said of one phrase must hold for one hit of it.
            Some(other) => {
                let tests: Vec<&Place> = row.iter().filter(|it| nearness(it) == Some(other)).collect();
                let mut others = self.others(other, ground);
                if tests.iter().all(|it| matches!(it, Place::Before(_) | Place::After(_))) {
                    others.truncate(1);
                }
                others.iter().any(|other| tests.iter().all(|it| self.is_near(it, hit, *other)))
            }
        })
    }

    fn stands_in(&self, place: &Place, (paragraph, span): Hit) -> bool {
        let document = self.reader.document;
        let part = document.paragraphs[paragraph].part;
        let heading = self.reader.headed(paragraph).map(|at| &document.sections[at].heading);
        let heading = heading.filter(|it| it.span.contains(span));
        let inside = |at: usize| document.sections[at].paragraphs.contains(&paragraph);
        match place {
            Place::Title => part == Part::Title,
            Place::Opening => part == Part::Opening,
            Place::Closing => part == Part::Closing,
            Place::Heading | Place::HeadingsOfOneLevel => heading.is_some(),
            Place::OwnLineHeadingsOfOneLevel => heading.is_some_and(|it| !it.run_in),
            Place::Text => matches!(part, Part::Opening | Part::Body) && heading.is_none(),
            Place::Table => document.paragraphs[paragraph].kind == Kind::Cell,
            Place::Section(name) => self.reader.named(name).into_iter().any(inside),
            Place::Outside(name) => !self.reader.named(name).into_iter().any(inside),
            Place::First(Num::Lit(at)) if *at > u32::MAX / 2 => inside((u32::MAX - at) as usize),
            Place::First(count) => {
                let chars = self.reader.paragraphs().filter(|at| document.paragraphs[*at].part != Part::Margin);
                let chars = chars.flat_map(|at| self.reader.chars(at)).filter(|it| !it.0.is_whitespace());
                let last = chars.take(number(count)).last();
                let first = document.paragraphs.iter().find(|it| it.part != Part::Margin);
                last.is_some_and(|it| span.end <= it.1.end) && first.is_some_and(|it| it.span().start <= span.start)
            }
            _ => unreachable!("a nearness, or already a row"),
        }
    }

    fn is_near(&self, test: &Place, hit: Hit, other: Hit) -> bool {
        let together = hit.0 == other.0;
        let document = self.reader.document;
        match test {
            Place::Within(most, _) => {
                let between = Span::new(hit.1.end.min(other.1.end), hit.1.start.max(other.1.start));
                let chars = self.reader.chars(hit.0);
                let count = chars.iter().filter(|it| between.contains(it.1) && !it.0.is_whitespace()).count();
                together && (hit.1.overlaps(other.1) || count <= number(most))
            }
            Place::SameSentence(_) => {
                let both = |it: &Span| it.contains(hit.1) && it.contains(other.1);
                together && self.reader.sentences(hit.0).iter().any(both)
            }
            Place::SameParagraph(_) => together,
            Place::SameSection(_) => match document.paragraphs[other.0].section {
                Some(section) => document.sections[section].paragraphs.contains(&hit.0),
                None => [hit.0, other.0].iter().all(|at| document.paragraphs[*at].part == Part::Opening),
            },
            Place::Before(_) => hit.1.end <= other.1.start,
            Place::After(_) => hit.1.start >= other.1.end,
            _ => unreachable!("no nearness"),
        }
    }

    fn section(&self, claim: &SectionClaim, ground: Ground, forbidden: bool) -> Truth {
        let sections = &self.reader.document.sections;
        let own = self.reader.named(&claim.name);
        let begins = |at: &usize| sections[*at].heading.paragraph;
        let mut bounds = (None, None);
        if let Some((order, other)) = &claim.order {
            let others = self.reader.named(other).into_iter().filter(|it| !own.contains(it));
            let edge = match order {
                Order::Before => others.map(|it| begins(&it)).min(),
                Order::After => others.map(|it| begins(&it)).max(),
            };
            let Some(edge) = edge else { return Truth::UNKNOWN };
            bounds = if *order == Order::Before { (Some(edge), None) } else { (None, Some(edge)) };
        }
        let inside = claim.inside.as_ref().map(|it| self.reader.named(it));
        if inside.as_ref().is_some_and(Vec::is_empty) {
            return Truth::UNKNOWN;
        }
        let fits = |paragraph: usize, section: Option<usize>| {
            let nested = |at: &usize| section != Some(*at) && sections[*at].paragraphs.contains(&paragraph);
            bounds.0.is_none_or(|it| paragraph < it)
                && bounds.1.is_none_or(|it| paragraph > it)
                && inside.as_ref().is_none_or(|it| it.iter().any(nested))
                && match ground {
                    Ground::Section(at) => nested(&at),
                    _ => true,
                }
        };
        let mut there: Vec<Span> = Vec::new();
        let named = own.iter().filter(|it| !claim.top_level || sections[**it].level == 1);
        for at in named.filter(|it| fits(begins(it), Some(**it))) {
            let empty = !sections[*at].heading.run_in && sections[*at].paragraphs.len() == 1;
            if !empty || forbidden {
                there.push(sections[*at].heading.span);
            }
        }
        if claim.or_item {
            there.extend(self.items(&claim.name).into_iter().filter(|it| fits(it.0, None)).map(|it| it.1));
        }
        let excepted = self.excepted(false);
        there.retain(|it| !excepted.iter().any(|other| other.1.overlaps(*it)));
        if there.is_empty() { Truth::no(Vec::new()) } else { Truth::yes(there) }
    }

    /// The first sentences of items that name a pattern.
    fn items(&self, name: &Pattern) -> Vec<Hit> {
        let item = Regex::new(
            r"^(?:[一二三四五六七八九十]+[是要]|第[一二三四五六七八九十]+[，,、]|\d+[.．、）)](?:\D|$)|[（(](?:\d+|[一二三四五六七八九十]+)[）)])",
        );
        let item = item.expect("a regex");
        let prose = self
            .reader
            .paragraphs()
            .filter(|it| self.reader.is_prose(*it) && self.reader.document.paragraphs[*it].kind == Kind::Text);
        prose
            .filter_map(|at| {
                let chars = self.reader.chars(at);
                let text: String = chars.iter().map(|it| it.0).collect();
                let first = *self.reader.sentences(at).first()?;
                let atoms = self.reader.choice(name).expect("a choice");
                let named = atoms.iter().flat_map(|it| places(&chars, it)).any(|it| first.contains(it));
                (item.is_match(&text) && named).then_some((at, first))
            })
            .collect()
    }

    fn wording(&self, right: &Phrase, wrong: &Pattern, ground: Ground) -> Truth {
        let right = self.reader.choice(&Pattern::Phrase(right.clone())).expect("a phrase");
        let good: Vec<Span> =
            self.reader.paragraphs().flat_map(|it| places(&self.reader.chars(it), &right[0])).collect();
        let wrong = self.reader.choice(wrong).expect("a choice");
        let bad = self.hits(&wrong, ground, false).into_iter().map(|it| it.1);
        let bad: Vec<Span> = bad.filter(|it| !good.iter().any(|right| right.contains(*it))).collect();
        if bad.is_empty() { Truth { holds: Some(true), wrong: bad, missing: false } } else { Truth::no(bad) }
    }

    fn mix(&self, one: &Pattern, other: &Pattern, places: &[Place], ground: Ground) -> Truth {
        let Some(rows) = self.rows(places, ground) else { return Truth::UNKNOWN };
        let by_level =
            places.iter().any(|it| matches!(it, Place::HeadingsOfOneLevel | Place::OwnLineHeadingsOfOneLevel));
        let hits = |pattern: &Pattern, row: &[Place]| {
            let mut hits = self.hits(&self.reader.choice(pattern).expect("a choice"), ground, in_headings(places));
            hits.retain(|it| self.stands(row, *it, ground));
            hits
        };
        let level = |hit: &Hit| {
            if by_level { self.reader.headed(hit.0).map(|it| self.reader.document.sections[it].level) } else { None }
        };
        let mut wrong = Vec::new();
        for row in &rows {
            let (ones, others) = (hits(one, row), hits(other, row));
            let mut levels: Vec<_> = ones.iter().map(level).collect();
            levels.sort();
            levels.dedup();
            for at in levels {
                let of = |all: &[Hit]| all.iter().filter(|it| level(it) == at).map(|it| it.1).collect::<Vec<Span>>();
                let (ones, others) = (of(&ones), of(&others));
                if others.is_empty() {
                    continue;
                }
                let one_is_rare = (ones.len(), others[0]) <= (others.len(), ones[0]);
                wrong.extend(if one_is_rare { ones } else { others });
            }
        }
        if wrong.is_empty() { Truth { holds: Some(false), wrong, missing: false } } else { Truth::yes(wrong) }
    }

    fn edge(&self, edge: Edge, what: &Pattern, ground: Ground) -> Truth {
        let document = self.reader.document;
        let inside = self.reader.paragraphs().filter(|at| document.paragraphs[*at].part != Part::Margin);
        let whole = |at: usize| (at, document.paragraphs[at].span());
        let words = |at: usize| (document.sections[at].heading.paragraph, document.sections[at].heading.words);
        let (paragraph, span) = match (ground, edge) {
            (Ground::Report, Edge::Begin) => whole(inside.min().expect("text")),
            (Ground::Report, Edge::End) => whole(inside.max().expect("text")),
            (Ground::Sentence(at, span), _) => (at, span),
            (Ground::Paragraph(at), _) => whole(at),
            (Ground::Heading(at), _) | (Ground::Section(at), Edge::Begin) => words(at),
            (Ground::Section(at), Edge::End) => whole(document.sections[at].paragraphs.end - 1),
        };
        let text = self.reader.stretch(paragraph, span);
        let read = |span: Span| fold(&text.iter().filter(|it| span.contains(it.1)).map(|it| it.0).collect::<String>());
        let excepted = self.excepted(matches!(ground, Ground::Heading(_)));
        let none = Truth::no(vec![if let Ground::Report = ground { span } else { self.span(ground) }]);
        self.pattern(what, &none, &mut |atoms| {
            let at_edge = |it: &Span| match edge {
                // What folding leaves out, such as a gloss, may stand beyond it.
                Edge::Begin => read(Span::new(span.start, it.end)) == read(*it),
                Edge::End => read(Span::new(it.start, span.end)) == read(*it),
            };
            let found = atoms.iter().flat_map(|it| places(&text, it)).filter(at_edge).max_by_key(|it| it.len());
            match found.filter(|it| !excepted.iter().any(|other| other.1.overlaps(*it))) {
                Some(span) => Truth::yes(vec![span]),
                None => none.clone(),
            }
        })
    }

    fn amount(&self, count: &Count, unit: AmountUnit, places: &[Place], ground: Ground) -> Truth {
        let Some(rows) = self.rows(places, ground) else { return Truth::UNKNOWN };
        let (least, most) = bounds(count);
        let row = |row: &Vec<Place>| {
            let number = self.number_of(unit, row, ground);
            // Where the place is flagged is no business of this test: that something is, is.
            let holds = (least..=most).contains(&number);
            let missing = if holds { least == 0 } else { number < least };
            Truth { holds: Some(holds), wrong: if missing { vec![] } else { vec![Span::default()] }, missing }
        };
        match rows.as_slice() {
            [only] => row(only),
            rows => all(rows.iter().map(row).collect()),
        }
    }

    /// The sections that are the place itself: their own headings do not count.
    fn place_itself(&self, row: &[Place], ground: Ground) -> Vec<usize> {
        let named = row.iter().flat_map(|it| match it {
            Place::Section(name) => self.reader.named(name),
            Place::First(Num::Lit(at)) if *at > u32::MAX / 2 => vec![(u32::MAX - at) as usize],
            _ => Vec::new(),
        });
        let own = if let Ground::Section(at) = ground { Some(at) } else { None };
        named.chain(own).collect()
    }

    fn number_of(&self, unit: AmountUnit, row: &[Place], ground: Ground) -> usize {
        let document = self.reader.document;
        let own = self.place_itself(row, ground);
        let counts = |hit: Hit| self.contains(ground, hit) && self.stands(row, hit, ground);
        let in_own_heading = |paragraph: usize, span: Span| {
            let heading = self.reader.headed(paragraph).filter(|it| own.contains(it));
            heading.is_some_and(|at| span.start < document.sections[at].heading.span.end)
        };
        match unit {
            AmountUnit::Sections | AmountUnit::Headings => {
                let heads = (0..document.sections.len())
                    .filter(|at| !own.contains(at))
                    .map(|at| &document.sections[at].heading);
                heads.filter(|it| counts((it.paragraph, it.span))).count()
            }
            AmountUnit::Sentences => {
                let prose = self.reader.paragraphs().filter(|it| self.reader.is_prose(*it));
                let all = prose.flat_map(|at| self.reader.sentences(at).into_iter().map(move |it| (at, it)));
                all.filter(|it| counts(*it) && !in_own_heading(it.0, it.1)).count()
            }
            AmountUnit::Paragraphs => {
                let prose = self.reader.paragraphs().filter(|it| self.reader.is_prose(*it));
                prose.filter(|at| counts((*at, self.behind_heading(*at)))).count()
            }
            AmountUnit::Characters => {
                let everywhere = row.is_empty() && matches!(ground, Ground::Report);
                let mut sum = 0;
                for at in self.reader.paragraphs() {
                    let part = document.paragraphs[at].part;
                    let rest = self.behind_heading(at);
                    let run_in = matches!(document.paragraphs[at].kind, Kind::RunIn(_));
                    let heading = self.reader.headed(at).map(|it| document.sections[it].heading.span);
                    for (c, span) in self.reader.chars(at) {
                        // The 。 behind a run-in heading belongs to neither.
                        let between =
                            run_in && heading.is_some_and(|it| it.end <= span.start) && span.start < rest.start;
                        let counted = !everywhere || matches!(part, Part::Opening | Part::Body);
                        if !c.is_whitespace() && counted && !between && counts((at, span)) && !in_own_heading(at, span)
                        {
                            sum += 1;
                        }
                    }
                }
                sum
            }
        }
    }

    /// A paragraph without the heading that runs into it, and the 。 behind that.
    fn behind_heading(&self, paragraph: usize) -> Span {
        let document = self.reader.document;
        let whole = document.paragraphs[paragraph].span();
        let Kind::RunIn(section) = document.paragraphs[paragraph].kind else { return whole };
        let end = document.sections[section].heading.span.end;
        let mut rest = self.reader.chars(paragraph).into_iter().skip_while(|it| it.1.start < end);
        let first = rest.find(|it| it.0 != '。' && !it.0.is_whitespace());
        first.map_or(Span::new(whole.end, whole.end), |it| Span::new(it.1.start, whole.end))
    }
}

/// Whether regexes see headings by themselves.
fn in_headings(places: &[Place]) -> bool {
    places.iter().any(|it| matches!(it, Place::Heading | Place::HeadingsOfOneLevel | Place::OwnLineHeadingsOfOneLevel))
}

/// The other phrase of a nearness.
fn nearness(place: &Place) -> Option<&Pattern> {
    match place {
        Place::Within(_, other)
        | Place::SameSentence(other)
        | Place::SameParagraph(other)
        | Place::SameSection(other)
        | Place::Before(other)
        | Place::After(other) => Some(other),
        _ => None,
    }
}

fn number(number: &Num) -> usize {
    match number {
        Num::Lit(number) => *number as usize,
        Num::Hole(_) => unreachable!("no holes here"),
    }
}

fn bounds(count: &Count) -> (usize, usize) {
    match count {
        Count::Exactly(it) => (number(it), number(it)),
        Count::AtLeast(it) => (number(it), usize::MAX),
        Count::AtMost(it) => (0, number(it)),
        Count::Between(from, to) => (number(from), number(to)),
    }
}
