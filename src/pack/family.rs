//! The packs in use and those they extend, each read once, parents first.

use std::collections::{BTreeSet, HashMap};

use crate::locale::Locale;
use crate::pack::load::PackText;
use crate::pack::mirror::{PACK_YAML, PackMirror};
use crate::problem::Problem;
use crate::say;
use crate::yaml::sheet::Sheet;
use crate::yaml::{Scalar, Yaml};

/// A longer chain of `extends` is refused.
pub const MAX_EXTENDS: usize = 16;

/// A larger pack is refused.
pub const MAX_BYTES: usize = 16 << 20;

/// Finds the text that a pack extends: handed the name of the extending text and the word after `extends`.
pub type Resolve<'a> = &'a dyn Fn(&str, &str) -> Result<PackText, String>;

/// A pack that was read, on its way to being understood.
#[derive(Debug)]
pub struct Draft {
    /// Its text and what is wrong with it.
    pub sheet: Sheet,
    /// Its fields.
    pub mirror: PackMirror,
    /// The packs it names under `extends`.
    pub parents: Vec<usize>,
    /// All packs it builds on, as indices, which are smaller than its own.
    pub ancestors: BTreeSet<usize>,
    /// Whether all of it and every pack it builds on was found and read: else names may be missing for no fault of its own.
    pub whole: bool,
    /// Whether another pack in use bears its name: then it is not used.
    pub clashes: bool,
}

impl Draft {
    /// The name it goes by; that of its text where it has none.
    pub fn name(&self) -> &str {
        self.mirror.name.as_ref().map_or(self.sheet.yaml.source.name(), |it| it.text.as_str())
    }
}

/// Everything read so far.
#[derive(Default)]
pub struct Family {
    /// Parents before children.
    pub drafts: Vec<Draft>,
    /// What is wrong with texts that could not be read at all.
    pub problems: Vec<Problem>,
    /// What became of a text, by its name; `None` where it could not be read.
    known: HashMap<String, Option<usize>>,
    /// The texts being read, outermost first.
    open: Vec<String>,
}

/// Why a pack cannot be had from its child's point of view.
enum Miss {
    /// Told already, where it is wrong.
    Told,
    /// It extends, in the end, itself.
    Cycle(String),
    /// The chain is too long.
    Deep,
}

impl Family {
    /// Reads the packs `wanted` and all they extend.
    pub fn read(wanted: &[PackText], resolve: Resolve<'_>, locale: Locale) -> Family {
        let mut family = Family::default();
        for text in wanted {
            // What cannot be had was told where it is wrong; nothing extends a pack that is asked for by name.
            let _ = family.visit(text, resolve, locale);
        }
        family
    }

    fn visit(&mut self, text: &PackText, resolve: Resolve<'_>, locale: Locale) -> Result<usize, Miss> {
        if let Some(at) = self.open.iter().position(|it| *it == text.name) {
            let chain = self.open.iter().skip(at).chain([&text.name]);
            return Err(Miss::Cycle(chain.map(String::as_str).collect::<Vec<_>>().join(" → ")));
        }
        if let Some(known) = self.known.get(&text.name) {
            return known.ok_or(Miss::Told);
        }
        if self.open.len() > MAX_EXTENDS {
            return Err(Miss::Deep);
        }
        self.open.push(text.name.clone());
        let read = self.enter(text, resolve, locale);
        self.open.pop();
        self.known.insert(text.name.clone(), read);
        read.ok_or(Miss::Told)
    }

    fn enter(&mut self, text: &PackText, resolve: Resolve<'_>, locale: Locale) -> Option<usize> {
        if text.text.len() > MAX_BYTES {
            self.problems.push(too_large(&text.name, text.text.len(), locale));
            return None;
        }
        let (read, broken) = Yaml::recover(&PACK_YAML, &text.name, &text.text, locale);
        let Some((yaml, root)) = read else {
            self.problems.extend(broken);
            return None;
        };
        let whole = yaml.has_gaps_under("rules");
        let mut sheet = Sheet::new(yaml, locale);
        broken.into_iter().for_each(|it| sheet.push(it));
        let mirror = PackMirror::read(&mut sheet, root);
        let parents = BTreeSet::new();
        let mut draft = Draft { sheet, mirror, parents: Vec::new(), ancestors: parents, whole, clashes: false };
        self.extend(&mut draft, resolve);
        self.adopt(draft)
    }

    /// Reads what a pack extends.
    fn extend(&mut self, draft: &mut Draft, resolve: Resolve<'_>) {
        for word in draft.mirror.extends.clone() {
            let parent = match resolve(draft.sheet.yaml.source.name(), &word.text) {
                Ok(text) => self.visit(&text, resolve, draft.sheet.locale),
                Err(why) => {
                    refuse(&mut draft.sheet, &word, "pack::extends", why, None);
                    Err(Miss::Told)
                }
            };
            match parent {
                Ok(parent) => self.inherit(draft, parent),
                Err(miss) => {
                    draft.whole = false;
                    tell(&mut draft.sheet, &word, miss);
                }
            }
        }
    }

    fn inherit(&self, draft: &mut Draft, parent: usize) {
        if !draft.parents.contains(&parent) {
            draft.parents.push(parent);
        }
        draft.ancestors.insert(parent);
        if let Some(it) = self.drafts.get(parent) {
            draft.ancestors.extend(&it.ancestors);
            draft.whole &= it.whole && !it.clashes;
        }
    }

    /// Takes a pack in, unless it is one already taken in under another path.
    fn adopt(&mut self, mut draft: Draft) -> Option<usize> {
        let name = draft.mirror.name.clone();
        let twin = name.as_ref().and_then(|name| self.drafts.iter().position(|it| it.name() == name.text));
        if let (Some(name), Some(twin)) = (name, twin) {
            let other = &self.drafts[twin].sheet.yaml.source;
            if other.text() == draft.sheet.yaml.source.text() {
                return Some(twin);
            }
            let (word, path) = (&name.text, other.name().to_owned());
            let locale = draft.sheet.locale;
            let message = say!(locale, "规则包名 `{word}` 已被 {path} 使用", "the name `{word}` is taken by {path}");
            let help = say!(locale, "给这个规则包另取一个名字", "give this pack a name of its own");
            refuse(&mut draft.sheet, &name, "pack::duplicate-pack", message, Some(help));
            draft.clashes = true;
        }
        self.drafts.push(draft);
        Some(self.drafts.len() - 1)
    }
}

fn too_large(name: &str, bytes: usize, locale: Locale) -> Problem {
    let (limit, found) = (MAX_BYTES >> 20, bytes.div_ceil(1 << 20));
    Problem::error(
        "pack::too-large",
        name,
        say!(
            locale,
            "规则包太大：{found} MB，最多 {limit} MB",
            "the pack is too large: {found} MB, at most {limit} MB"
        ),
    )
    .help(say!(locale, "拆成几个规则包", "split it into several packs"))
}

fn tell(sheet: &mut Sheet, word: &Scalar, miss: Miss) {
    let locale = sheet.locale;
    match miss {
        Miss::Told => {}
        Miss::Cycle(chain) => {
            let message = say!(locale, "规则包循环继承：{chain}", "packs extend each other in a circle: {chain}");
            let help = say!(locale, "从圈中去掉一处 `extends`", "take one `extends` out of the circle");
            refuse(sheet, word, "pack::cycle", message, Some(help));
        }
        Miss::Deep => {
            let message = say!(
                locale,
                "`extends` 套得太深，最多 {MAX_EXTENDS} 层",
                "`extends` goes too deep: at most {MAX_EXTENDS} levels"
            );
            refuse(sheet, word, "pack::extends-depth", message, None);
        }
    }
}

fn refuse(sheet: &mut Sheet, word: &Scalar, code: &'static str, message: String, help: Option<String>) {
    let span = sheet.characters(word);
    sheet.error(code, span, message, String::new(), help);
}
