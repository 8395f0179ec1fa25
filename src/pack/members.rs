//! What stands under the names: members of sets and templates of quantities, and what packs add to inherited sets.

use crate::fold::fold;
use crate::lang::ast::{Pattern, Phrase, PhrasePart};
use crate::lang::parse::{self, Fault, Names};
use crate::nearest::nearest;
use crate::pack::family::Draft;
use crate::pack::mirror::Entry;
use crate::pack::scope::{Kind, Member, Scopes};
use crate::say;
use crate::span::Span;
use crate::yaml::Scalar;

impl Scopes {
    /// Reads the members and templates of all packs. Names must have been declared.
    pub fn fill(&mut self, drafts: &mut [Draft]) {
        for (at, draft) in drafts.iter_mut().enumerate() {
            let Some(names) = self.scopes.get(at).map(|it| it.for_parser()) else { continue };
            for entry in std::mem::take(&mut draft.mirror.terms) {
                if let Some(id) = self.own(at, Kind::Set, &entry.name) {
                    self.add_members(at, draft, id, &entry, &names);
                }
            }
            for entry in std::mem::take(&mut draft.mirror.quantities) {
                self.add_templates(at, draft, &entry, &names);
            }
            for entry in std::mem::take(&mut draft.mirror.extend) {
                match self.extended(at, draft, &entry.name) {
                    Some(id) => self.add_members(at, draft, id, &entry, &names),
                    None => self.dry_run(at, draft, &entry, &names),
                }
            }
        }
    }

    /// The declaration that this very entry made; a redefinition made none.
    fn own(&self, at: usize, kind: Kind, name: &Scalar) -> Option<usize> {
        let id = self.scopes.get(at)?.get(kind, &name.text)?;
        let decl = self.decls.get(id)?;
        (decl.owner == at && decl.name.place == name.place).then_some(id)
    }

    fn add_members(&mut self, at: usize, draft: &mut Draft, id: usize, entry: &Entry, names: &Names) {
        let (members, sound) = members(at, draft, entry, names);
        if let Some(decl) = self.decls.get_mut(id) {
            decl.members.extend(members);
            decl.sound &= sound && entry.sound;
        }
    }

    /// Members of a set that is not there are still looked at: what is wrong with them is told in the same run.
    fn dry_run(&self, at: usize, draft: &mut Draft, entry: &Entry, names: &Names) {
        let _ = members(at, draft, entry, names);
    }

    fn add_templates(&mut self, at: usize, draft: &mut Draft, entry: &Entry, names: &Names) {
        let before = draft.sheet.errors;
        let locale = draft.sheet.locale;
        let mut templates = Vec::new();
        for value in &entry.values {
            match parse::quantity(&value.text, names, locale) {
                Ok(template) => templates.push(template),
                Err(faults) => tell(draft, value, faults),
            }
        }
        let Some(id) = self.own(at, Kind::Quantity, &entry.name) else { return };
        if let Some(decl) = self.decls.get_mut(id) {
            decl.templates = templates;
            decl.sound &= entry.sound && draft.sheet.errors == before;
        }
    }

    /// The inherited set that an entry of `extend:` adds to.
    fn extended(&self, at: usize, draft: &mut Draft, name: &Scalar) -> Option<usize> {
        let scope = self.scopes.get(at)?;
        let id = scope.get(Kind::Set, &name.text);
        let owner = id.and_then(|id| self.decls.get(id)).map(|it| it.owner);
        if owner.is_some_and(|it| it != at) {
            return id;
        }
        let (locale, word, span) = (draft.sheet.locale, &name.text, draft.sheet.characters(name));
        if owner.is_some() {
            let message = say!(locale, "`{word}` 是本规则包自己的词语集", "`{word}` is a set of this very pack");
            let help = say!(locale, "把词语写在 `terms:` 下", "write its members under `terms:`");
            draft.sheet.error("pack::extend-unknown", span, message, String::new(), Some(help));
        } else if draft.whole {
            let message = say!(locale, "没有继承到词语集 `{word}`", "no set `{word}` is inherited");
            let inherited = scope.all(Kind::Set).map(|(name, _)| name);
            let label =
                nearest(word, inherited).map(|near| say!(locale, "是否想写 `{near}`？", "did you mean `{near}`?"));
            let help = say!(
                locale,
                "`extend:` 只能给 `extends:` 所列规则包的词语集增加词语；新的词语集写在 `terms:` 下",
                "`extend:` adds to sets of the packs under `extends:`; a new set stands under `terms:`"
            );
            draft.sheet.error("pack::extend-unknown", span, message, label.unwrap_or_default(), Some(help));
        }
        None
    }
}

/// The members of an entry, and whether all could be understood.
fn members(at: usize, draft: &mut Draft, entry: &Entry, names: &Names) -> (Vec<Member>, bool) {
    let before = draft.sheet.errors;
    let locale = draft.sheet.locale;
    let mut members = Vec::with_capacity(entry.values.len());
    for value in &entry.values {
        if fold(&value.text).is_empty() {
            empty_phrase(draft, value);
            continue;
        }
        match parse::member(&value.text, names, locale) {
            Ok(pattern) if finds_nothing(&pattern) => empty_phrase(draft, value),
            Ok(pattern) => members.push(Member { pattern, from: at, scalar: value.clone() }),
            Err(faults) => tell(draft, value, faults),
        }
    }
    (members, draft.sheet.errors == before)
}

/// Whether nothing is left of a phrase when it is folded: it would be found everywhere.
fn finds_nothing(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Phrase(phrase) => folds_to_nothing(phrase),
        Pattern::Exactly(pattern) => finds_nothing(pattern),
        Pattern::Regex(_) | Pattern::Set(_) | Pattern::Of { .. } => false,
    }
}

fn folds_to_nothing(phrase: &Phrase) -> bool {
    phrase.parts.iter().all(|part| match part {
        PhrasePart::Text(text) => fold(text).is_empty(),
        PhrasePart::Hole(_) => false,
    })
}

fn empty_phrase(draft: &mut Draft, value: &Scalar) {
    let locale = draft.sheet.locale;
    let message = say!(locale, "词语里没有可以查找的字", "the phrase holds no character to look for");
    let label = say!(locale, "空白和零宽字符不算", "white space and zero-width characters do not count");
    let help = say!(locale, "写上词语，或删去这一项", "write a phrase, or delete the item");
    draft.sheet.error("pack::empty-phrase", draft.sheet.span(value.place), message, label, Some(help));
}

/// Tells the faults of a statement, each on its very characters in the YAML. A name that is missing only because a
/// parent could not be read is no fault of this pack.
pub fn tell(draft: &mut Draft, scalar: &Scalar, faults: Vec<Fault>) {
    let locale = draft.sheet.locale;
    if faults.is_empty() {
        let message = say!(locale, "语句读不懂", "the statement cannot be understood");
        draft.sheet.error("lang::statement", draft.sheet.characters(scalar), message, String::new(), None);
    }
    for fault in faults {
        if draft.whole || !fault.code.contains("unknown") {
            let span = draft.sheet.yaml.inner(scalar.place, &scalar.text, fault.span);
            let help = comment_behind(draft, scalar, fault.span).or(fault.help);
            draft.sheet.error(fault.code, span, fault.message, fault.label, help);
        } else {
            draft.sheet.errors += 1;
        }
    }
}

/// A `#` that YAML took for a comment, where a statement ends too early.
fn comment_behind(draft: &Draft, scalar: &Scalar, fault: Span) -> Option<String> {
    let (locale, source) = (draft.sheet.locale, &draft.sheet.yaml.source);
    let place = draft.sheet.span(scalar.place);
    let line = source.line_span(source.line_index(place.end)).end;
    let behind = source.slice(Span::new(place.end, line.max(place.end)));
    let cut = fault.end >= scalar.text.trim_end().len() && behind.trim_start().starts_with('#');
    (cut && !source.slice(place).starts_with(['"', '\''])).then(|| {
        say!(
            locale,
            "` #` 之后是注释，不算在内；要找的文字里有 #，就给整句加上引号",
            "behind ` #` stands a comment, which is left out; put a statement that holds # in quotes"
        )
    })
}
