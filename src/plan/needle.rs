//! Patterns made ready to search: phrases and regexes get numbers, so that each is searched once for all rules.

use std::collections::HashMap;
use std::sync::OnceLock;

use regex::Regex;

use crate::fold;
use crate::lang::ast::Phrase;
use crate::plan::required;

/// A pattern over leaves.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Needle {
    /// One leaf: a hit of it is a hit.
    Leaf(usize),
    /// One of them.
    Any(Vec<Needle>),
    /// Each of them.
    All(Vec<Needle>),
    /// So many different ones.
    AtLeast(u32, Vec<Needle>),
}

impl Needle {
    /// Visits its leaves in order.
    pub fn leaves(&self, visit: &mut impl FnMut(usize)) {
        match self {
            Needle::Leaf(leaf) => visit(*leaf),
            Needle::Any(parts) | Needle::All(parts) | Needle::AtLeast(_, parts) => {
                parts.iter().for_each(|part| part.leaves(visit));
            }
        }
    }
}

/// A set of phrases and regexes that is searched as one: leftmost, longest, one hit a place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Leaf {
    /// Folded phrases, as numbers of `Needles::folded`.
    pub folded: Vec<usize>,
    /// Phrases as written, as numbers of `Needles::exact`.
    pub exact: Vec<usize>,
    /// Regexes, as numbers of `Needles::regexes`.
    pub regexes: Vec<usize>,
    /// Phrases with holes that only a report fills, as numbers of `Needles::templates`.
    pub templates: Vec<usize>,
}

/// A phrase with a hole that only a report fills.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// The phrase; holes that the plan knows are filled.
    pub phrase: Phrase,
    /// Whether it is looked for as written.
    pub exact: bool,
}

/// A regex and the phrases it cannot match without.
#[derive(Debug)]
pub struct Pattern {
    text: String,
    compiled: OnceLock<Option<Regex>>,
    /// Sets of numbers of `Needles::exact`: a paragraph without one phrase of every set has no match.
    pub required: Vec<Vec<usize>>,
}

/// A set that a regex requires a phrase of.
#[derive(Debug, Clone, Copy)]
pub struct Required {
    /// The number of the regex.
    pub regex: usize,
    /// The number of the set among those of the regex.
    pub set: usize,
}

impl Pattern {
    fn compile(&self) -> Result<Regex, regex::Error> {
        regex::RegexBuilder::new(&self.text).size_limit(REGEX_LIMIT).build()
    }

    /// The regex, searched in one paragraph at a time; `None` where it cannot be compiled, which is told when the plan
    /// is made.
    pub fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| self.compile().ok()).as_ref()
    }
}

/// Everything there is to search.
#[derive(Debug, Default)]
pub struct Needles {
    /// Distinct folded phrases.
    pub folded: Vec<String>,
    /// Those of them that hold a 的, which a heading may leave out.
    pub with_de: Vec<usize>,
    /// Distinct phrases to be found as written.
    pub exact: Vec<String>,
    /// Distinct regexes.
    pub regexes: Vec<Pattern>,
    /// Which regexes ask for each exact phrase.
    pub required: Vec<Vec<Required>>,
    /// Distinct templates.
    pub templates: Vec<Template>,
    /// Distinct leaves.
    pub leaves: Vec<Leaf>,
    /// How a leaf is called where people read of it.
    pub names: Vec<String>,
    seen: Seen,
}

#[derive(Debug, Default)]
struct Seen {
    folded: HashMap<String, usize>,
    exact: HashMap<String, usize>,
    regexes: HashMap<String, usize>,
    leaves: HashMap<Leaf, usize>,
}

impl Needles {
    /// The number of a phrase that is folded before it is searched.
    pub fn folded(&mut self, text: &str) -> usize {
        let known = self.folded.len();
        let at = intern(&mut self.folded, &mut self.seen.folded, fold::fold(text));
        if at == known && self.folded.get(at).is_some_and(|it| it.contains('的')) {
            self.with_de.push(at);
        }
        at
    }

    /// The number of a phrase that is searched as written.
    pub fn exact(&mut self, text: &str) -> usize {
        intern(&mut self.exact, &mut self.seen.exact, text.to_owned())
    }

    /// The number of a template.
    pub fn template(&mut self, template: Template) -> usize {
        if let Some(at) = self.templates.iter().position(|it| *it == template) {
            return at;
        }
        self.templates.push(template);
        self.templates.len() - 1
    }

    /// The number of a regex. A `proven` one (of a built-in pack, which the tests compile) is compiled when it is first
    /// searched: at the start of the program that is most of the work.
    ///
    /// # Errors
    /// Why it is none that can be used, in the regex library's words.
    pub fn regex(&mut self, text: &str, proven: bool) -> Result<usize, RegexFault> {
        if let Some(at) = self.seen.regexes.get(text) {
            return Ok(*at);
        }
        let hir = regex_syntax::parse(text).map_err(|why| RegexFault::Syntax(why.to_string()))?;
        if hir.properties().minimum_len().is_none_or(|least| least == 0) {
            return Err(RegexFault::Empty);
        }
        let pattern = Pattern { text: text.to_owned(), compiled: OnceLock::new(), required: Vec::new() };
        if !proven {
            pattern.compile().map_err(|why| RegexFault::Syntax(why.to_string()))?;
        }
        let required = required::literals(&hir);
        let required: Vec<Vec<usize>> =
            required.iter().map(|set| set.iter().map(|text| self.exact(text)).collect()).collect();
        self.required.resize(self.exact.len(), Vec::new());
        for (set, phrases) in required.iter().enumerate() {
            let it = Required { regex: self.regexes.len(), set };
            phrases.iter().for_each(|phrase| self.required.get_mut(*phrase).into_iter().for_each(|all| all.push(it)));
        }
        self.regexes.push(Pattern { required, ..pattern });
        self.seen.regexes.insert(text.to_owned(), self.regexes.len() - 1);
        Ok(self.regexes.len() - 1)
    }

    /// The number of a leaf; `name` is what people call it.
    pub fn leaf(&mut self, mut leaf: Leaf, name: String) -> usize {
        for ids in [&mut leaf.folded, &mut leaf.exact, &mut leaf.regexes, &mut leaf.templates] {
            ids.sort_unstable();
            ids.dedup();
        }
        if let Some(at) = self.seen.leaves.get(&leaf) {
            return *at;
        }
        self.seen.leaves.insert(leaf.clone(), self.leaves.len());
        self.leaves.push(leaf);
        self.names.push(name);
        self.leaves.len() - 1
    }
}

/// The compiled size of a regex in bytes, at most.
pub const REGEX_LIMIT: usize = 1 << 20;

/// Why a regex cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegexFault {
    /// It is not a regex, or too large a one.
    Syntax(String),
    /// It may match the empty string.
    Empty,
}

fn intern(all: &mut Vec<String>, seen: &mut HashMap<String, usize>, text: String) -> usize {
    if let Some(at) = seen.get(&text) {
        return *at;
    }
    all.push(text.clone());
    seen.insert(text, all.len() - 1);
    all.len() - 1
}
