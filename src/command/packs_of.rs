//! The packs that hold for some reports: those typed, else those of the project file, else the default one; each list
//! of them loaded once.

use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;

use crate::command::prepare::load_packs;
use crate::locale::Locale;
use crate::pack::builtin::built_in;
use crate::pack::{Loaded, Pack};
use crate::problem::Problem;
use crate::projects::Found;
use crate::yaml::Scalar;

/// What was loaded so far.
pub struct PacksOf<'a> {
    typed: &'a [String],
    by_words: HashMap<Vec<String>, Rc<Loaded>>,
    in_order: Vec<Rc<Loaded>>,
    problems: Vec<Problem>,
    locale: Locale,
}

impl<'a> PacksOf<'a> {
    /// `typed` packs take the place of any project's.
    pub fn new(typed: &'a [String], locale: Locale) -> Self {
        PacksOf { typed, by_words: HashMap::new(), in_order: Vec::new(), problems: Vec::new(), locale }
    }

    /// What the packs for some entries of a project are called: names, and paths as seen from here.
    pub fn words(&self, found: Option<&Found>, entries: &[usize]) -> Vec<String> {
        if !self.typed.is_empty() {
            return self.typed.to_vec();
        }
        found.map_or_else(Vec::new, |it| {
            it.project.choose(entries).packs.into_iter().map(|scalar| word(it, scalar)).collect()
        })
    }

    /// The packs for some entries of a project.
    pub fn load(&mut self, found: Option<&Found>, entries: &[usize]) -> Rc<Loaded> {
        let words = self.words(found, entries);
        self.get(words, found)
    }

    /// All packs that a project names anywhere, and all that are built in.
    pub fn every(&mut self, found: &Found) -> Vec<Rc<Loaded>> {
        let entries: Vec<usize> = (0..found.project.entries.len()).collect();
        let own = found.project.choose(&entries).packs.into_iter().map(|scalar| word(found, scalar)).collect();
        vec![self.get(own, Some(found)), self.get(crate::command::prepare::built_in(), None)]
    }

    /// All packs loaded so far, each once.
    pub fn union(&self) -> Vec<Pack> {
        let mut union: Vec<Pack> = Vec::new();
        for pack in self.in_order.iter().flat_map(|it| &it.packs) {
            if !union.iter().any(|it| it.name == pack.name) {
                union.push(pack.clone());
            }
        }
        union
    }

    /// All that is wrong with the packs loaded so far.
    pub fn problems(&mut self) -> Vec<Problem> {
        std::mem::take(&mut self.problems)
    }

    fn get(&mut self, words: Vec<String>, found: Option<&Found>) -> Rc<Loaded> {
        if let Some(loaded) = self.by_words.get(&words) {
            return Rc::clone(loaded);
        }
        let mut loaded = load_packs(&words, self.locale);
        let problems = std::mem::take(&mut loaded.problems);
        self.problems.extend(problems.into_iter().map(|it| match found {
            Some(found) if self.typed.is_empty() => in_project(it, found),
            _ => it,
        }));
        let loaded = Rc::new(loaded);
        self.in_order.push(Rc::clone(&loaded));
        self.by_words.insert(words, Rc::clone(&loaded));
        loaded
    }
}

/// A pack as the project file names it, seen from here.
fn word(found: &Found, scalar: &Scalar) -> String {
    let text = scalar.text.trim();
    if built_in(text).is_some() || !is_path(found, text) {
        return text.to_owned();
    }
    found.path(text).to_string_lossy().into_owned()
}

fn is_path(found: &Found, text: &str) -> bool {
    text.contains('/') || text.ends_with(".yaml") || text.ends_with(".yml") || found.folder.join(text).exists()
}

/// A pack that cannot be had is wrong where the project file names it.
fn in_project(problem: Problem, found: &Found) -> Problem {
    let project = &found.project;
    let named = |it: &&Scalar| Path::new(&word(found, it)) == Path::new(&problem.path);
    let scalar = project.entries.iter().flat_map(|it| &it.packs).find(named);
    match (scalar, &problem.place) {
        (Some(scalar), None) => {
            let told = project.error(problem.code, scalar, problem.message.clone(), String::new());
            Problem { help: problem.help, ..told }
        }
        _ => problem,
    }
}
