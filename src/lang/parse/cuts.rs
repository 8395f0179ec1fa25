//! Reads a statement by trying where its bare Chinese phrases end: the first suffix keyword that lets the rest parse is
//! taken; where two do with different meaning, the statement must say it with quotes.

use std::num::NonZeroUsize;
use std::sync::Once;

use pest::Parser;
use pest::error::{Error, InputLocation};
use pest::iterators::{Pair, Pairs};

use crate::lang::ast::Voice;
use crate::lang::parse::build::Builder;
use crate::lang::parse::grammar::{Rule, StatementParser};
use crate::lang::parse::{Fault, Names, limits, message};
use crate::locale::Locale;
use crate::source::slice;
use crate::span::Span;

/// White space to the grammar, and in no text a person writes.
pub const MARK: char = '\u{E000}';
/// Places where one run may be cut, at most.
const CUTS: usize = 12;
/// Readings of a statement that are tried, at most; fewer of a long one.
const TRIES: usize = 400;
/// Bytes that are read of a statement in all its readings, about.
const READ: usize = 1 << 20;
/// Bytes of the longest keyword, about: pest says where one began that a mark broke.
const KEYWORD: usize = 24;
/// Bytes behind a run that a cut in it may depend on.
const BEHIND: usize = 12;

/// A place where a bare phrase may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cut {
    /// Byte of the statement.
    at: usize,
    /// Which run it belongs to.
    run: usize,
    /// The kind of keyword that begins there.
    kind: Rule,
}

/// A statement as the grammar reads it: Chinese characters outside of quotes in simplified script, marks at the cuts; and
/// the way back.
#[derive(Debug)]
pub struct Marked {
    /// What pest reads.
    pub text: String,
    /// Bytes of `text` and of the statement where each character begins, the ends last.
    places: Vec<(usize, usize)>,
}

impl Marked {
    fn new(text: &str, cuts: &[usize]) -> Marked {
        let mut marked = Marked { text: String::with_capacity(text.len() + 8), places: Vec::new() };
        let mut cuts = cuts.iter().peekable();
        for (at, c) in text.char_indices() {
            while cuts.next_if(|cut| **cut <= at).is_some() {
                marked.push(MARK, at);
            }
            marked.push(simple(c), at);
        }
        while cuts.next().is_some() {
            marked.push(MARK, text.len());
        }
        marked.places.push((marked.text.len(), text.len()));
        marked
    }

    fn push(&mut self, c: char, at: usize) {
        self.places.push((self.text.len(), at));
        self.text.push(c);
    }

    /// The byte of the statement that a byte of `text` came from.
    pub fn origin(&self, at: usize) -> usize {
        let index = self.places.partition_point(|(here, _)| *here <= at).saturating_sub(1);
        self.places.get(index).map_or(0, |(_, origin)| *origin)
    }

    /// The bytes of the statement that stand behind a stretch of `text`.
    pub fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.origin(start), self.origin(end))
    }
}

/// A Chinese character in simplified script; anything else as it is.
pub fn simple(c: char) -> char {
    let chinese = matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2FFFF}');
    if chinese { crate::fold::fold_char(c).unwrap_or(c) } else { c }
}

/// What turns a parsed pair into a value; `None` where a fault was told.
pub type Make<'m, T> = &'m dyn Fn(&mut Builder<'_>, Pair<'_, Rule>) -> Option<T>;

/// Reads a statement or condition of one voice.
pub fn read<T: PartialEq>(
    text: &str,
    names: &Names,
    locale: Locale,
    voice: Voice,
    rule: Rule,
    make: Make<'_, T>,
) -> Result<T, Vec<Fault>> {
    static LIMIT: Once = Once::new();
    LIMIT.call_once(|| pest::set_call_limit(NonZeroUsize::new(limits::CALLS)));
    let reader = Reader { text, names, locale, voice, rule, fixed: ends_of_names(text, names) };
    let first = reader.search(&reader.cuts(false), make);
    match first {
        Err(Failure::Grammar(failure)) if voice == Voice::Zh => match reader.search(&reader.cuts(true), make) {
            Ok(value) => Ok(value),
            Err(Failure::Told(faults)) => Err(faults),
            Err(Failure::Grammar(_)) => Err(reader.faults(&failure)),
        },
        Err(Failure::Grammar(failure)) => Err(reader.faults(&failure)),
        Err(Failure::Told(faults)) => Err(faults),
        Ok(value) => Ok(value),
    }
}

/// Why an unfinished text cannot be read past its end, which `stop` marks: the attempt that comes so far, if one does.
pub fn stuck_at_end(text: &str, stop: char, names: &Names, voice: Voice, rule: Rule) -> Option<Error<Rule>> {
    let end = text.len();
    let text = format!("{text}{stop}");
    let mut fixed = ends_of_names(&text, names);
    fixed.extend((voice == Voice::Zh).then_some(end));
    let reader = Reader { text: &text, names, locale: Locale::default(), voice, rule, fixed };
    [false, true].into_iter().find_map(|loose| reader.stuck_at(end, &reader.cuts(loose)))
}

/// Why no reading was found.
enum Failure {
    /// The attempt that came furthest.
    Grammar(Box<Attempt>),
    /// A reading was found, and it says what cannot be.
    Told(Vec<Fault>),
}

/// An attempt that did not parse.
struct Attempt {
    error: Error<Rule>,
    /// How far it came, in bytes of the statement.
    reach: usize,
}

struct Reader<'a> {
    text: &'a str,
    names: &'a Names,
    locale: Locale,
    voice: Voice,
    rule: Rule,
    /// Where declared names end: always cut.
    fixed: Vec<usize>,
}

impl Reader<'_> {
    /// Every place where a bare phrase may end. English phrases end at white space alone.
    fn cuts(&self, loose: bool) -> Vec<Cut> {
        if self.voice == Voice::En {
            return Vec::new();
        }
        let plain = Marked::new(self.text, &self.fixed);
        let Ok(pieces) = StatementParser::parse(Rule::pieces, &plain.text) else { return Vec::new() };
        let mut cuts = Vec::new();
        let runs = pieces.flatten().filter(|pair| pair.as_rule() == Rule::run);
        for (run, pair) in runs.enumerate() {
            let rule = if loose { Rule::loose_cuts } else { Rule::cuts };
            // The cut before 时 looks at the comma behind the run.
            let rest = slice(&plain.text, Span::new(pair.as_span().start(), pair.as_span().end() + BEHIND));
            let Ok(found) = StatementParser::parse(rule, rest) else { continue };
            let places = found.flat_map(Pair::into_inner).filter_map(|cut| {
                let at = pair.as_span().start() + cut.as_span().start();
                let inside = at > pair.as_span().start() && at < pair.as_span().end();
                inside.then(|| Cut { at: plain.origin(at), run, kind: cut.as_rule() })
            });
            cuts.extend(places.take(CUTS));
        }
        cuts
    }

    fn search<T: PartialEq>(&self, cuts: &[Cut], make: Make<'_, T>) -> Result<T, Failure> {
        let mut chosen = vec![true; cuts.len()];
        let mut best: Option<(Vec<bool>, T)> = None;
        let mut furthest: Option<Attempt> = None;
        for _ in 0..(READ / self.text.len().max(1)).clamp(8, TRIES) {
            let reach = match self.attempt(cuts, &chosen, make) {
                Ok(Ok(value)) => {
                    if let Some((first, known)) = &best {
                        let other = chosen.iter().zip(first).any(|(now, then)| *now && !*then);
                        if other && *known != value {
                            let at = cuts.iter().zip(&chosen).find(|(_, on)| **on).map_or(0, |(cut, _)| cut.at);
                            return Err(Failure::Told(vec![self.ambiguous(cuts, first, at)]));
                        }
                    } else {
                        if let Some(cut) = same_keyword_inside(cuts, &chosen) {
                            return Err(Failure::Told(vec![self.ambiguous(cuts, &chosen, cut.at)]));
                        }
                        if chosen.iter().all(|it| *it) {
                            return Ok(value);
                        }
                        best = Some((chosen.clone(), value));
                    }
                    self.text.len()
                }
                Ok(Err(faults)) => return Err(Failure::Told(faults)),
                Err(attempt) => {
                    let reach = attempt.reach;
                    if furthest.as_ref().is_none_or(|it| it.reach < reach) {
                        furthest = Some(attempt);
                    }
                    reach
                }
            };
            if !next(cuts, &mut chosen, reach) {
                break;
            }
        }
        match (best, furthest) {
            (Some((_, value)), _) => Ok(value),
            (None, Some(attempt)) => Err(Failure::Grammar(Box::new(attempt))),
            (None, None) => Err(Failure::Told(Vec::new())),
        }
    }

    /// The first attempt that comes as far as a byte and no further.
    fn stuck_at(&self, end: usize, cuts: &[Cut]) -> Option<Error<Rule>> {
        let mut chosen = vec![true; cuts.len()];
        for _ in 0..CUTS {
            let Err(attempt) = self.attempt(cuts, &chosen, &|_, _| None::<()>) else { return None };
            if attempt.reach >= end {
                return Some(attempt.error);
            }
            if !next(cuts, &mut chosen, attempt.reach) {
                return None;
            }
        }
        None
    }

    /// The statement with marks at the chosen cuts.
    fn marked(&self, cuts: &[Cut], chosen: &[bool]) -> Marked {
        let taken = cuts.iter().zip(chosen).filter(|(_, on)| **on).map(|(cut, _)| cut.at);
        let mut places: Vec<usize> = taken.chain(self.fixed.clone()).collect();
        places.sort_unstable();
        places.dedup();
        Marked::new(self.text, &places)
    }

    fn attempt<T>(&self, cuts: &[Cut], chosen: &[bool], make: Make<'_, T>) -> Result<Result<T, Vec<Fault>>, Attempt> {
        let marked = self.marked(cuts, chosen);
        match StatementParser::parse(self.rule, &marked.text).map(|mut pairs| pairs.next()) {
            Ok(Some(pair)) => {
                let mut builder = Builder::new(self.text, &marked, self.names, self.locale);
                let value = make(&mut builder, pair);
                Ok(builder.finish(value))
            }
            Ok(None) => Ok(Err(Vec::new())),
            Err(error) => {
                let at = match error.location {
                    InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
                };
                Err(Attempt { error, reach: marked.origin(at) })
            }
        }
    }

    fn faults(&self, attempt: &Attempt) -> Vec<Fault> {
        vec![message::of_attempt(self.text, self.voice, &attempt.error, attempt.reach, self.locale)]
    }

    /// The phrase of a reading that could end at a byte as well.
    fn ambiguous(&self, cuts: &[Cut], chosen: &[bool], at: usize) -> Fault {
        let marked = self.marked(cuts, chosen);
        let pairs = StatementParser::parse(self.rule, &marked.text).ok();
        let phrases = pairs.into_iter().flat_map(Pairs::flatten).filter(|pair| pair.as_rule() == Rule::zh_bare);
        let mut spans = phrases.map(|pair| marked.span(pair.as_span().start(), pair.as_span().end()));
        let phrase = spans.find(|span| span.start < at && at <= span.end);
        message::ambiguous(self.text, phrase.unwrap_or(Span::new(0, self.text.len())), self.locale)
    }
}

/// The next choice of cuts: the last one that the failed attempt can have stumbled over is dropped, those behind it come
/// back. `false` when all are tried.
fn next(cuts: &[Cut], chosen: &mut [bool], reach: usize) -> bool {
    let last = cuts.iter().zip(chosen.iter()).rposition(|(cut, on)| *on && cut.at <= reach + KEYWORD);
    let Some(last) = last else { return false };
    for (at, on) in chosen.iter_mut().enumerate().skip(last) {
        *on = at != last;
    }
    true
}

/// A cut not taken, behind which the same kind of keyword ends the phrase: 存在章节问题章节.
fn same_keyword_inside<'c>(cuts: &'c [Cut], chosen: &[bool]) -> Option<&'c Cut> {
    cuts.iter().zip(chosen).enumerate().filter(|(_, (_, on))| !**on).find_map(|(index, (cut, _))| {
        let behind = cuts.iter().zip(chosen).skip(index + 1).find(|(_, on)| **on).map(|(next, _)| next);
        behind.filter(|next| next.run == cut.run && next.kind == cut.kind && cut.kind != Rule::cut_loose).map(|_| cut)
    })
}

/// Where each `$name` ends: the longest declared name that stands there; for one that is not declared, its first suffix
/// keyword.
fn ends_of_names(text: &str, names: &Names) -> Vec<usize> {
    let mut ends = Vec::new();
    for (at, _) in text.match_indices('$') {
        let Some(rest) = text.get(at + 1..) else { continue };
        let stops =
            |c: char| c.is_whitespace() || c.is_ascii_punctuation() && c != '_' || "，、；：（）。“”「」".contains(c);
        let simple: String = rest.chars().take_while(|c| !stops(*c)).map(self::simple).collect();
        let declared = names.sets.iter().filter(|name| {
            rest.starts_with(name.as_str()) || simple.starts_with(&name.chars().map(self::simple).collect::<String>())
        });
        let longest = declared.map(|name| name.chars().count()).max();
        let length = longest.or_else(|| {
            let suffix = StatementParser::parse(Rule::cuts, &simple).ok()?.flat_map(Pair::into_inner).next()?;
            Some(slice(&simple, Span::new(0, suffix.as_span().start())).chars().count())
        });
        let bytes = length.map(|length| rest.chars().take(length).map(char::len_utf8).sum::<usize>());
        ends.extend(bytes.filter(|bytes| *bytes > 0).map(|bytes| at + 1 + bytes));
    }
    ends
}
