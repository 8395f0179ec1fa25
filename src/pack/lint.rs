//! Warnings about packs that load: names nobody uses, rules without tests, rules that can never say anything.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::locale::Locale;
use crate::pack::constant::{self, Constant};
use crate::pack::mirror::{PACK_YAML, PackMirror};
use crate::pack::scope::Kind;
use crate::pack::uses::Uses;
use crate::pack::{Expected, Loaded, Pack, Rule};
use crate::problem::{Level, Problem};
use crate::say;
use crate::span::Span;
use crate::yaml::sheet::Sheet;
use crate::yaml::{Scalar, Yaml};

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
    doubts.retain(|it| it.code != "lint::unused" || !broken(&it.path));
    doubts
}

fn of_pack(pack: &Pack, packs: &[Pack], locale: Locale) -> Vec<Problem> {
    // Read again for the places of names, which only these warnings need.
    let (Some((yaml, root)), _) = Yaml::recover(&PACK_YAML, pack.source.name(), pack.source.text(), locale) else {
        return Vec::new();
    };
    let mut sheet = Sheet::new(yaml, locale);
    let mirror = PackMirror::read(&mut sheet, root);
    let mut problems = unused(pack, packs, &sheet, &mirror, locale);
    problems.extend(pack.rules.iter().flat_map(|rule| of_rule(pack, rule, locale)));
    problems.sort_by_key(|it| it.place.as_ref().map_or(0, |place| place.span.start));
    problems
}

fn of_rule(pack: &Pack, rule: &Rule, locale: Locale) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut warn = |code, span: Span, message: String, help: String| {
        problems.push(Problem::warning(code, pack.source.name(), message).at(&pack.source, span, "").help(help));
    };
    let id = &rule.id.node;
    if rule.tests.is_empty() {
        let help = say!(
            locale,
            "在 `tests:` 下写上应当通过（pass）和不应通过（fail）的文本",
            "write texts under `tests:` that must pass and that must fail"
        );
        warn("lint::no-tests", rule.id.span, say!(locale, "规则 {id} 没有测试", "the rule {id} has no tests"), help);
    } else if rule.tests.iter().all(|it| it.expected != Expected::Fail) {
        let help =
            say!(locale, "在 `fail:` 下写一段不符合规则的文本", "write a text that breaks the rule under `fail:`");
        let message = say!(locale, "规则 {id} 没有不通过（fail）的测试", "no test of the rule {id} fails");
        warn("lint::no-fail-test", rule.id.span, message, help);
    }
    for check in &rule.checks {
        match constant::of(&check.statement) {
            Some(Constant::NeverFails) => {
                let help = say!(locale, "核对次数、条件和例外", "look at counts, conditions and exceptions");
                warn(
                    "lint::never-fails",
                    check.span,
                    say!(locale, "这条语句永远不会不通过", "this statement can never fail"),
                    help,
                );
            }
            Some(Constant::NeverApplies) => {
                let help = say!(locale, "核对“当”和“除非”的条件", "look at the conditions of `when` and `unless`");
                warn(
                    "lint::never-applies",
                    check.span,
                    say!(locale, "这条语句永远不适用", "this statement can never apply"),
                    help,
                );
            }
            None => {}
        }
    }
    problems
}

/// Names that a pack declares and neither it nor a pack that builds on it uses.
fn unused(pack: &Pack, packs: &[Pack], sheet: &Sheet, mirror: &PackMirror, locale: Locale) -> Vec<Problem> {
    let parents: Vec<&Pack> = packs.iter().filter(|it| pack.extends.contains(&it.name)).collect();
    let uses: Vec<Uses> = packs.iter().filter(|it| builds_on(it, pack, packs)).map(used).collect();
    let unread = unread_statements(pack, mirror);
    let in_text = |mark: String| unread.iter().any(|it| it.contains(&mark));
    let source = Arc::clone(&pack.source);
    let warn = |kind: Kind, name: &Scalar| {
        let (word, what) = (&name.text, kind.words(locale));
        let message = say!(locale, "{what} `{word}` 没有用到", "the {what} `{word}` is not used");
        let help = say!(locale, "删去它，或在规则里用上", "delete it, or use it in a rule");
        Problem::warning("lint::unused", source.name(), message).at(&source, sheet.characters(name), "").help(help)
    };
    let mut problems = Vec::new();
    for name in mirror.terms.iter().map(|it| &it.name) {
        if !uses.iter().any(|it| it.sets.contains(&name.text)) && !in_text(format!("${}", name.text)) {
            problems.push(warn(Kind::Set, name));
        }
    }
    for name in mirror.quantities.iter().map(|it| &it.name) {
        if !uses.iter().any(|it| it.quantities.contains(&name.text)) && !in_text(name.text.clone()) {
            problems.push(warn(Kind::Quantity, name));
        }
    }
    let params = mirror.params.iter().map(|it| (Kind::Param, &it.name));
    for (kind, name) in params.chain(mirror.vars.iter().map(|it| (Kind::Var, it))) {
        let inherited = parents.iter().any(|it| it.params.contains_key(&name.text) || it.vars.contains(&name.text));
        if !inherited && !uses.iter().any(|it| it.facts.contains(&name.text)) && !in_text(name.text.clone()) {
            problems.push(warn(kind, name));
        }
    }
    problems
}

/// Whether `pack` is `base`, or extends it in the end.
fn builds_on(pack: &Pack, base: &Pack, packs: &[Pack]) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::load::{PackText, load};

    /// The warnings about packs that must load without a problem, as `code: underlined`.
    fn warnings(texts: &[&str]) -> Vec<String> {
        let texts: Vec<PackText> =
            texts.iter().enumerate().map(|(at, it)| PackText { name: at.to_string(), text: it.to_string() }).collect();
        let resolve = |_: &str, word: &str| texts.iter().find(|it| it.name == word).cloned().ok_or_else(String::new);
        let loaded = load(&texts, &resolve, Locale::Zh);
        assert!(loaded.problems.is_empty(), "{:#?}", loaded.problems);
        let found = lint(&loaded.packs, &[], Locale::Zh);
        let place = |it: &Problem| it.place.as_ref().map(|it| it.source.slice(it.span).to_owned()).unwrap_or_default();
        found.iter().map(|it| format!("{}: {}", it.code, place(it))).collect()
    }

    #[test]
    fn unused_names() {
        let text = "pack: 甲
params: {用: 1, 闲: 2}
vars: [level, 'kind']
terms: {用到: [法治, $里], 里: ['{用}件'], '没用': [$也没用], 也没用: [依法], 关: [法]}
rules:
  - {id: A, check: 应当提及 $用到, tests: {pass: [法治], fail: [无]}}
  - {id: B, check: 应当提及 $关, severity: off}
";
        assert_eq!(
            warnings(&[text]),
            [
                "lint::unused: 闲",
                "lint::unused: level",
                "lint::unused: kind",
                "lint::unused: 没用",
                "lint::unused: 也没用"
            ]
        );
    }

    #[test]
    fn a_child_uses_what_its_parent_declares() {
        let base = "pack: 上\nterms: {举措: [主要举措]}\nrules: [{id: A, check: 应当提及 法治, tests: {pass: [法治], fail: [无]}}]";
        let child =
            "pack: 下\nextends: ['0']\nrules: [{id: B, check: 应当提及 $举措, tests: {pass: [主要举措], fail: [无]}}]";
        assert_eq!(warnings(&[base]), ["lint::unused: 举措"]);
        assert!(warnings(&[base, child]).is_empty());
    }

    #[test]
    fn rules_without_tests() {
        let text = "pack: 甲
rules:
  - {id: A, check: 应当提及 法治}
  - {id: B, check: 应当提及 法治, tests: {pass: [法治]}}
  - {id: C, check: 应当提及 法治, tests: {pass: [法治], fail: [无]}}
";
        assert_eq!(warnings(&[text]), ["lint::no-tests: A", "lint::no-fail-test: B"]);
    }
}
