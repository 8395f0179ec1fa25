//! YAML to packs and problems: read, declare names, fill them, understand rules.

use std::collections::{BTreeMap, HashSet};

use crate::lang::ast::{Claim, Pattern, Phrase};
use crate::lang::parse;
use crate::locale::Locale;
use crate::pack::family::{Draft, Family};
pub use crate::pack::family::{MAX_BYTES, MAX_EXTENDS};
use crate::pack::members::tell;
use crate::pack::rules::{Ids, rules};
use crate::pack::scope::{Decl, Kind, Scopes};
use crate::pack::uses::Uses;
use crate::pack::{Loaded, Pack, Rule, cycles, silences};
use crate::problem::Problem;
use crate::say;

/// A pack's text under the name it is reported by.
#[derive(Debug, Clone)]
pub struct PackText {
    /// The path as the user wrote it, or `built-in:gongwen`.
    pub name: String,
    /// Its YAML.
    pub text: String,
}

/// Loads the packs `wanted` (and those they extend, found through `resolve`, which is handed the name of the
/// extending text and the word after `extends`), and tells everything that is wrong with them.
pub fn load(wanted: &[PackText], resolve: &dyn Fn(&str, &str) -> Result<PackText, String>, locale: Locale) -> Loaded {
    let Family { mut drafts, problems, .. } = Family::read(wanted, resolve, locale);
    let names: Vec<_> = drafts.iter().map(silences::names).collect();
    let mut scopes = Scopes::declare(&mut drafts);
    scopes.fill(&mut drafts);
    cycles::break_cycles(&mut scopes, &mut drafts);
    let mut ids = Ids::new();
    let mut packs = Vec::new();
    for at in 0..drafts.len() {
        if drafts[at].clashes {
            continue;
        }
        let rules = rules(at, &mut drafts, &scopes, &mut ids);
        let applies = condition(&mut drafts[at], &scopes, at);
        let silences = names.get(at).map_or_else(Vec::new, |it| silences::silences(&mut drafts[at], it));
        packs.push(Pack { silences, ..pack(at, &mut drafts, &scopes, applies, rules) });
    }
    Loaded { packs, problems: in_order(problems, drafts) }
}

/// What the pack is `for`.
fn condition(draft: &mut Draft, scopes: &Scopes, at: usize) -> Option<Claim> {
    let text = draft.mirror.applies.take()?;
    let names = scopes.scopes.get(at).map(|it| it.for_parser()).unwrap_or_default();
    match parse::condition(&text.text, &names, draft.sheet.locale) {
        Ok(claim) => Some(claim),
        Err(faults) => {
            tell(draft, &text, faults);
            None
        }
    }
}

fn pack(at: usize, drafts: &mut [Draft], scopes: &Scopes, applies: Option<Claim>, rules: Vec<Rule>) -> Pack {
    let terms = terms(at, drafts, scopes);
    let parents = drafts[at].parents.iter().filter_map(|it| drafts.get(*it)).map(|it| it.name().to_owned()).collect();
    let decls = |kind| decls(at, scopes, kind);
    let draft = &drafts[at];
    let text = |it: &Option<crate::yaml::Scalar>| it.as_ref().map(|it| it.text.clone()).unwrap_or_default();
    Pack {
        name: draft.name().to_owned(),
        version: text(&draft.mirror.version),
        title: text(&draft.mirror.title),
        about: text(&draft.mirror.about),
        applies,
        extends: parents,
        params: decls(Kind::Param).map(|(name, it)| (name.to_owned(), it.value.clone())).collect(),
        vars: decls(Kind::Var).map(|(name, _)| name.to_owned()).collect(),
        quantities: decls(Kind::Quantity).map(templates).collect(),
        terms,
        rules,
        silences: Vec::new(),
        source: std::sync::Arc::clone(&draft.sheet.yaml.source),
    }
}

fn decls(at: usize, scopes: &Scopes, kind: Kind) -> impl Iterator<Item = (&str, &Decl)> {
    let scope = scopes.scopes.get(at).into_iter();
    scope.flat_map(move |it| it.all(kind)).filter_map(|(name, id)| Some((name, scopes.decls.get(id)?)))
}

fn templates((name, decl): (&str, &Decl)) -> (String, Vec<Phrase>) {
    (name.to_owned(), decl.templates.clone())
}

/// The sets a pack sees, and those that they name though the pack itself does not see them: a child may add a set of
/// its own to one it inherits, and the parent's rules then need it.
fn terms(at: usize, drafts: &mut [Draft], scopes: &Scopes) -> BTreeMap<String, Vec<Pattern>> {
    let mut by_name: BTreeMap<String, usize> = scopes
        .scopes
        .get(at)
        .into_iter()
        .flat_map(|it| it.all(Kind::Set))
        .map(|(name, id)| (name.to_owned(), id))
        .collect();
    let mut todo: Vec<usize> = by_name.values().copied().collect();
    while let Some(decl) = todo.pop().and_then(|id| scopes.decls.get(id)) {
        for member in decl.members.iter().filter(|it| it.from != decl.owner) {
            let mut uses = Uses::default();
            uses.pattern(&member.pattern);
            for name in &uses.sets {
                let Some(id) = scopes.scopes.get(member.from).and_then(|it| it.get(Kind::Set, name)) else { continue };
                match by_name.get(name) {
                    None => {
                        by_name.insert(name.clone(), id);
                        todo.push(id);
                    }
                    Some(known) if *known == id => {}
                    Some(_) => two_meanings(drafts.get_mut(member.from), member, name),
                }
            }
        }
    }
    let members = |id: usize| scopes.decls.get(id).into_iter().flat_map(|it| &it.members);
    by_name.into_iter().map(|(name, id)| (name, members(id).map(|it| it.pattern.clone()).collect())).collect()
}

fn two_meanings(draft: Option<&mut Draft>, member: &crate::pack::scope::Member, name: &str) {
    let Some(draft) = draft else { return };
    let locale = draft.sheet.locale;
    let span = draft.sheet.span(member.scalar.place);
    let message = say!(
        locale,
        "`${name}` 在被增补的规则包里另有所指",
        "`${name}` means another set in the pack that is added to"
    );
    let help = say!(locale, "给自己的词语集换一个名字", "give your own set another name");
    draft.sheet.error("pack::redefined-name", span, message, String::new(), Some(help));
}

/// All problems, those of a text together and in the order of its lines.
fn in_order(mut problems: Vec<Problem>, drafts: Vec<Draft>) -> Vec<Problem> {
    for draft in drafts {
        let mut own = draft.sheet.problems;
        own.sort_by_key(|it| it.place.as_ref().map_or(0, |place| place.span.start));
        // An alias in the YAML reads one text several times.
        let mut told = HashSet::new();
        own.retain(|it| told.insert((it.code, it.message.clone(), it.place.as_ref().map(|place| place.span))));
        problems.extend(own);
    }
    problems
}

#[cfg(test)]
mod tests;
