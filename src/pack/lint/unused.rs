//! Names that a pack declares and neither it nor a pack that builds on it uses.

use std::collections::BTreeSet;

use crate::locale::Locale;
use crate::pack::Pack;
use crate::pack::lint::{Desk, Doubt, Lint};
use crate::pack::mirror::PackMirror;
use crate::pack::scope::Kind;
use crate::pack::uses::Uses;
use crate::say;
use crate::yaml::Scalar;

/// One doubt a name.
pub fn unused(desk: &Desk<'_>, locale: Locale) -> Vec<Doubt> {
    let Desk { pack, packs, sheet, mirror } = desk;
    let parents: Vec<&Pack> = packs.iter().filter(|it| pack.extends.contains(&it.name)).collect();
    let uses: Vec<Uses> = packs.iter().filter(|it| builds_on(it, pack, packs)).map(used).collect();
    let unread = unread_statements(pack, mirror);
    let in_text = |mark: String| unread.iter().any(|it| it.contains(&mark));
    let warn = |kind: Kind, name: &Scalar| {
        let (word, what) = (&name.text, kind.words(locale));
        let message = say!(locale, "{what} `{word}` 没有用到", "the {what} `{word}` is not used");
        let help = say!(locale, "删去它，或在规则里用上", "delete it, or use it in a rule");
        Doubt::new(Lint::Unused, word, sheet.characters(name), message).help(help)
    };
    let mut doubts = Vec::new();
    for name in mirror.terms.iter().map(|it| &it.name) {
        if !uses.iter().any(|it| it.sets.contains(&name.text)) && !in_text(format!("${}", name.text)) {
            doubts.push(warn(Kind::Set, name));
        }
    }
    for name in mirror.quantities.iter().map(|it| &it.name) {
        if !uses.iter().any(|it| it.quantities.contains(&name.text)) && !in_text(name.text.clone()) {
            doubts.push(warn(Kind::Quantity, name));
        }
    }
    let params = mirror.params.iter().map(|it| (Kind::Param, &it.name));
    for (kind, name) in params.chain(mirror.vars.iter().map(|it| (Kind::Var, it))) {
        let inherited = parents.iter().any(|it| it.params.contains_key(&name.text) || it.vars.contains(&name.text));
        if !inherited && !uses.iter().any(|it| it.facts.contains(&name.text)) && !in_text(name.text.clone()) {
            doubts.push(warn(kind, name));
        }
    }
    doubts
}

/// Whether `pack` is `base`, or extends it in the end.
pub fn builds_on(pack: &Pack, base: &Pack, packs: &[Pack]) -> bool {
    let mut todo = vec![pack];
    let mut seen = BTreeSet::new();
    while let Some(it) = todo.pop() {
        if it.name == base.name {
            return true;
        }
        if seen.insert(&it.name) {
            todo.extend(packs.iter().filter(|other| it.extends.contains(&other.name)));
        }
    }
    false
}

/// The names that the rules of a pack use, those inside the sets they use included.
fn used(pack: &Pack) -> Uses {
    let mut uses = Uses::default();
    pack.rules.iter().flat_map(|it| &it.checks).for_each(|it| uses.statement(&it.statement));
    pack.applies.iter().for_each(|it| uses.claim(it));
    for name in uses.quantities.clone() {
        pack.quantities.get(&name).into_iter().flatten().for_each(|it| uses.phrase(it));
    }
    let mut todo: Vec<String> = uses.sets.iter().cloned().collect();
    while let Some(name) = todo.pop() {
        let mut inner = Uses::default();
        pack.terms.get(&name).into_iter().flatten().for_each(|it| inner.pattern(it));
        uses.facts.append(&mut inner.facts);
        todo.extend(inner.sets.into_iter().filter(|it| uses.sets.insert(it.clone())));
    }
    uses
}

/// Statements that gave no rule, for a fault or for `severity: off`: what they name is not unused.
fn unread_statements<'a>(pack: &Pack, mirror: &'a PackMirror) -> Vec<&'a str> {
    let sound: BTreeSet<&str> = pack.rules.iter().map(|it| it.id.node.as_str()).collect();
    let unread = mirror.rules.iter().filter(|it| !sound.contains(it.id.text.as_str()));
    let applies = mirror.applies.iter().filter(|_| pack.applies.is_none());
    unread.flat_map(|it| &it.checks).chain(applies).map(|it| it.text.as_str()).collect()
}
