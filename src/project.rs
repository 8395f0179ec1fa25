//! The project file, `guiju.yaml`: which reports there are, what holds for which, and what is waived.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::locale::Locale;
use crate::pack::Severity;
use crate::problem::Problem;
use crate::say;
use crate::source::Source;
use crate::yaml::Scalar;
use crate::yaml::sheet::Sheet;

mod glob;
pub mod load;
mod mirror;
mod waiver;

pub use glob::{Globs, literal};
pub use waiver::Waiver;

/// The name of the file that makes a folder a project.
pub const NAME: &str = "guiju.yaml";

/// A project file as it was written, checked: what could be made of it.
#[derive(Debug)]
pub struct Project {
    /// Its text, to point into.
    sheet: Sheet,
    /// Whether it says which reports there are; else all are meant.
    pub lists_reports: bool,
    /// The items under `reports`.
    pub entries: Vec<Entry>,
    /// What is said of rules under `severity`.
    pub severities: Vec<(Scalar, Level)>,
    /// The items under `waivers`.
    pub waivers: Vec<Waiver>,
    /// The file of findings that were there before.
    pub baseline: Option<Scalar>,
}

/// Reports, and what holds for them.
#[derive(Debug)]
pub struct Entry {
    /// Which reports.
    pub paths: Globs,
    /// Which of them are not meant.
    pub exclude: Globs,
    /// Built-in packs by name, others by their path from the project's folder.
    pub packs: Vec<Scalar>,
    /// Variables and facts: name and value.
    pub vars: Vec<(Scalar, Scalar)>,
    /// Parameters of packs: name and value.
    pub params: Vec<(Scalar, Scalar)>,
}

/// How grave a rule's findings are in this project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The rule is not asked.
    Off,
    /// Its findings are that grave.
    On(Severity),
}

/// What the project says of one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The entries that hold for it, in the order written.
    pub entries: Vec<usize>,
    /// Whether it is one of the project's reports.
    pub is_report: bool,
}

/// What several entries come to.
#[derive(Debug, Default)]
pub struct Chosen<'a> {
    /// The packs of all, in the order written, each once.
    pub packs: Vec<&'a Scalar>,
    /// The variables; a later entry's win.
    pub vars: BTreeMap<&'a str, &'a Scalar>,
    /// The parameters; a later entry's win.
    pub params: BTreeMap<&'a str, &'a Scalar>,
}

impl Project {
    /// The text the file holds.
    pub fn source(&self) -> &Arc<Source> {
        &self.sheet.yaml.source
    }

    /// An error about something the file says.
    pub fn error(&self, code: &'static str, scalar: &Scalar, message: String, label: String) -> Problem {
        self.at(Problem::error(code, self.source().name(), message), scalar, label)
    }

    /// A doubt about something the file says.
    pub fn warning(&self, code: &'static str, scalar: &Scalar, message: String, label: String) -> Problem {
        self.at(Problem::warning(code, self.source().name(), message), scalar, label)
    }

    fn at(&self, problem: Problem, scalar: &Scalar, label: String) -> Problem {
        problem.at(self.source(), self.sheet.characters(scalar), label)
    }

    /// What holds for a report, by its path from the project's folder. Where every entry that names it also excludes
    /// it, it is no report of the project; who names it all the same means those entries.
    pub fn place(&self, path: &str) -> Placed {
        let named: Vec<usize> = self.numbered().filter(|(_, it)| it.paths.hold(path)).map(|(at, _)| at).collect();
        let kept: Vec<usize> =
            self.numbered().filter(|(at, it)| named.contains(at) && !it.exclude.hold(path)).map(|(at, _)| at).collect();
        let is_report = !self.lists_reports || !kept.is_empty();
        Placed { entries: if kept.is_empty() { named } else { kept }, is_report }
    }

    /// The patterns of `paths` that hold for a report, each by the number of its entry and its own.
    pub fn patterns_for(&self, path: &str) -> Vec<(usize, usize)> {
        self.numbered().flat_map(|(at, it)| it.paths.which(path).into_iter().map(move |glob| (at, glob))).collect()
    }

    /// A warning for each pattern of `paths` that is not among those `used`: a slip in it would leave reports out.
    pub fn idle_patterns(&self, used: &HashSet<(usize, usize)>, locale: Locale) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (at, entry) in self.numbered() {
            let idle = entry.paths.words.iter().enumerate().filter(|(number, _)| !used.contains(&(at, *number)));
            for (_, word) in idle {
                let message = say!(locale, "没有文件符合这个路径", "no file is at this path");
                let help = say!(
                    locale,
                    "核对文件夹和后缀；路径从 {NAME} 所在的文件夹写起",
                    "look at its folders and endings; paths begin at the folder of {NAME}"
                );
                problems.push(self.warning("project::idle-path", word, message, String::new()).help(help));
            }
        }
        problems
    }

    fn numbered(&self) -> impl Iterator<Item = (usize, &Entry)> {
        self.entries.iter().enumerate()
    }

    /// What some of its entries come to, taken together.
    pub fn choose(&self, entries: &[usize]) -> Chosen<'_> {
        let mut chosen = Chosen::default();
        for entry in entries.iter().filter_map(|at| self.entries.get(*at)) {
            for pack in &entry.packs {
                if !chosen.packs.iter().any(|it| it.text == pack.text) {
                    chosen.packs.push(pack);
                }
            }
            chosen.vars.extend(entry.vars.iter().map(|(name, value)| (name.text.as_str(), value)));
            chosen.params.extend(entry.params.iter().map(|(name, value)| (name.text.as_str(), value)));
        }
        chosen
    }

    /// The rules it turns off.
    pub fn off(&self) -> impl Iterator<Item = &str> {
        self.severities.iter().filter(|(_, level)| *level == Level::Off).map(|(id, _)| id.text.as_str())
    }

    /// The severities it sets.
    pub fn severities(&self) -> BTreeMap<String, Severity> {
        let mut set = BTreeMap::new();
        for (id, level) in &self.severities {
            if let Level::On(severity) = level {
                set.insert(id.text.clone(), *severity);
            }
        }
        set
    }
}

#[cfg(test)]
mod tests;
