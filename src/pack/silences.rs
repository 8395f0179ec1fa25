//! Silenced warnings as written to silenced warnings as understood.

use std::collections::BTreeSet;

use crate::nearest::nearest;
use crate::pack::family::Draft;
use crate::pack::lint::{Lint, Silence};
use crate::pack::mirror::{RuleMirror, SilenceMirror};
use crate::say;
use crate::span::Span;
use crate::yaml::Scalar;

/// What a pack has to be silent about: the ids of its rules and the names of its own.
pub fn names(draft: &Draft) -> BTreeSet<String> {
    let mirror = &draft.mirror;
    let entries = mirror.terms.iter().chain(&mirror.quantities).chain(&mirror.params).map(|it| &it.name);
    let ids = mirror.rules.iter().map(|RuleMirror { id, .. }| id);
    entries.chain(&mirror.vars).chain(ids).map(|it| it.text.clone()).collect()
}

/// The silences of a pack; `names` are those taken before its rules were read.
pub fn silences(draft: &mut Draft, names: &BTreeSet<String>) -> Vec<Silence> {
    let written = std::mem::take(&mut draft.mirror.silences);
    written.into_iter().filter_map(|it| understand(draft, it, names)).collect()
}

fn understand(draft: &mut Draft, written: SilenceMirror, names: &BTreeSet<String>) -> Option<Silence> {
    let SilenceMirror { lint, of, reason } = written;
    let known = Lint::by_id(&lint.text).filter(|it| *it != Lint::UnusedSilence);
    if known.is_none() {
        unknown_lint(draft, &lint);
    }
    for name in of.iter().filter(|it| !names.contains(&it.text)) {
        unknown_name(draft, name, names);
    }
    let span = Span::new(draft.sheet.characters(&lint).start, draft.sheet.characters(&lint).end);
    Some(Silence { lint: known?, of: of.into_iter().map(|it| it.text).collect(), reason: reason.text, span })
}

fn unknown_lint(draft: &mut Draft, word: &Scalar) {
    let (locale, text) = (draft.sheet.locale, &word.text);
    let all = || Lint::ALL.into_iter().filter(|it| *it != Lint::UnusedSilence).map(Lint::id);
    let message = say!(locale, "没有 `{text}` 这种提醒", "there is no warning `{text}`");
    let near = nearest(&text.to_uppercase(), all());
    let label = near.map(|near| say!(locale, "应为 `{near}`？", "did you mean `{near}`?")).unwrap_or_default();
    let (first, last) = (Lint::Unused.id(), Lint::HalfRegex.id());
    let help = say!(
        locale,
        "可用：{first} 至 {last}，逐条见规则语言（grammar/README.md）第八节",
        "use one of {first} to {last}, listed in grammar/README.md"
    );
    let span = draft.sheet.characters(word);
    draft.sheet.error("pack::unknown-lint", span, message, label, Some(help));
}

fn unknown_name(draft: &mut Draft, word: &Scalar, names: &BTreeSet<String>) {
    let (locale, text) = (draft.sheet.locale, &word.text);
    let message = say!(locale, "本规则包没有叫 `{text}` 的规则或名字", "this pack has no rule or name `{text}`");
    let near = nearest(text, names.iter().map(String::as_str));
    let label = near.map(|near| say!(locale, "应为 `{near}`？", "did you mean `{near}`?")).unwrap_or_default();
    let help = say!(
        locale,
        "写规则的编号，或者词语集、数量、参数、变量的名字",
        "write the id of a rule, or the name of a set, quantity, parameter or variable"
    );
    let span = draft.sheet.characters(word);
    draft.sheet.error("pack::unknown-name", span, message, label, Some(help));
}
