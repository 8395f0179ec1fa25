//! Warnings about packs that load: names nobody uses, rules without tests, rules that can never say anything, rules
//! that clash. Each has an id, and can be silenced in the pack with a reason.

use crate::locale::Locale;
use crate::pack::mirror::{PACK_YAML, PackMirror};
use crate::pack::{Loaded, Pack};
use crate::problem::{Level, Problem};
use crate::span::Span;
use crate::yaml::Yaml;
use crate::yaml::sheet::Sheet;

mod clash;
mod common;
mod kind;
mod members;
mod rules;
mod silence;
mod unused;

pub use kind::Lint;
pub use silence::Silence;

/// What is doubtful about the packs `named`, given all that were loaded; none named is all of them.
pub fn lint(packs: &[Pack], named: &[String], locale: Locale) -> Vec<Problem> {
    let wanted = packs.iter().filter(|it| named.is_empty() || named.contains(&it.name));
    wanted.flat_map(|pack| of_pack(pack, packs, locale)).collect()
}

/// The same for the packs `named` (none is none of them), where some did not load in full: what a rule with an error
/// would have used cannot be told.
pub fn doubts(loaded: &Loaded, named: &[String], locale: Locale) -> Vec<Problem> {
    if named.is_empty() {
        return Vec::new();
    }
    let broken = |path: &str| loaded.problems.iter().any(|it| it.level == Level::Error && it.path == path);
    let mut doubts = lint(&loaded.packs, named, locale);
    doubts.retain(|it| it.code != Lint::Unused.id() || !broken(&it.path));
    doubts
}

/// A warning on its way to the reader: about a rule, a set or another name, which a silence can name.
#[derive(Debug, Clone)]
struct Doubt {
    lint: Lint,
    of: String,
    span: Span,
    message: String,
    label: String,
    help: String,
}

impl Doubt {
    fn new(lint: Lint, of: &str, span: Span, message: String) -> Self {
        Doubt { lint, of: of.to_owned(), span, message, label: String::new(), help: String::new() }
    }

    fn help(self, help: String) -> Self {
        Doubt { help, ..self }
    }

    fn label(self, label: String) -> Self {
        Doubt { label, ..self }
    }

    fn problem(self, pack: &Pack) -> Problem {
        let problem = Problem::warning(self.lint.id(), pack.source.name(), self.message);
        problem.at(&pack.source, self.span, self.label).help(self.help)
    }
}

/// A pack with its YAML, which is read again for the places of names.
struct Desk<'a> {
    pack: &'a Pack,
    packs: &'a [Pack],
    sheet: &'a Sheet,
    mirror: &'a PackMirror,
}

fn of_pack(pack: &Pack, packs: &[Pack], locale: Locale) -> Vec<Problem> {
    let (Some((yaml, root)), _) = Yaml::recover(&PACK_YAML, pack.source.name(), pack.source.text(), locale) else {
        return Vec::new();
    };
    let mut sheet = Sheet::new(yaml, locale);
    let mirror = PackMirror::read(&mut sheet, root);
    let desk = Desk { pack, packs, sheet: &sheet, mirror: &mirror };
    let mut doubts = unused::unused(&desk, locale);
    for rule in &pack.rules {
        doubts.extend(rules::of_rule(rule, locale));
        doubts.extend(members::of_lists(rule, locale));
        doubts.extend(common::of_rule(rule, pack, locale));
    }
    doubts.extend(members::of_sets(&desk, locale));
    doubts.extend(clash::clashes(pack, packs, locale));
    let mut doubts = silence::apply(pack, doubts, locale);
    doubts.sort_by_key(|it| (it.span.start, it.lint));
    doubts.into_iter().map(|it| it.problem(pack)).collect()
}

#[cfg(test)]
mod tests;
