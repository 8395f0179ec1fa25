//! An open pack: what it says, and everything that is wrong with it, as `pack check` would tell.

use std::path::Path;

use crate::lang::parse::Names;
use crate::locale::Locale;
use crate::pack::lint;
use crate::pack::load::{PackText, load};
use crate::pack::sites::{Kind, Sites, What};
use crate::pack::{Loaded, Pack, Rule};
use crate::packs;
use crate::plan::{Settings, compile};
use crate::problem::Problem;

/// A pack as it is being written.
pub struct PackFile {
    /// Itself and the packs it builds on.
    pub packs: Vec<Pack>,
    /// All that is wrong with them.
    pub problems: Vec<Problem>,
    /// What stands where in it; `None` where nothing of it can be read.
    pub sites: Option<Sites>,
    /// The names its statements may use.
    pub names: Names,
    /// The text's name.
    pub name: String,
}

impl PackFile {
    /// Reads a pack. `open` knows the texts that are edited and not saved.
    pub fn load(name: &str, text: &str, open: &dyn Fn(&Path) -> Option<String>, locale: Locale) -> PackFile {
        let resolve = |from: &str, word: &str| {
            let found = packs::resolve(from, word, locale)?;
            let text = open(Path::new(&found.name)).unwrap_or(found.text);
            Ok(PackText { name: found.name, text })
        };
        let own = PackText { name: name.to_owned(), text: text.to_owned() };
        let loaded = load(&[own], &resolve, locale);
        let named: Vec<String> =
            loaded.packs.iter().filter(|it| it.source.name() == name).map(|it| it.name.clone()).collect();
        let mut problems = lint::doubts(&loaded, &named, locale);
        let Loaded { packs, problems: mut errors } = loaded;
        errors.extend(compile(&packs, &Settings::default(), locale).1);
        errors.append(&mut problems);
        let sites = Sites::read(name, text);
        let names = packs.iter().find(|it| it.source.name() == name).map(names);
        let names = names.unwrap_or_else(|| sites.as_ref().map(declared).unwrap_or_default());
        PackFile { packs, problems: errors, sites, names, name: name.to_owned() }
    }

    /// The pack itself, without those it builds on; `None` where nothing could be made of it.
    pub fn own(&self) -> Option<&Pack> {
        self.packs.iter().find(|it| it.source.name() == self.name)
    }

    /// A sound rule by its id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.own()?.rules.iter().find(|it| it.id.node == id)
    }
}

/// The names that are in force in a pack.
fn names(pack: &Pack) -> Names {
    Names {
        sets: pack.terms.keys().cloned().collect(),
        quantities: pack.quantities.keys().cloned().collect(),
        params: pack.params.keys().cloned().collect(),
        vars: pack.vars.clone(),
    }
}

/// The names that a text declares itself.
fn declared(sites: &Sites) -> Names {
    let of = |kind| {
        let own = sites.all.iter().filter(|it| it.what == What::Name(kind));
        own.map(|it| it.scalar.text.clone()).collect()
    };
    Names { sets: of(Kind::Set), quantities: of(Kind::Quantity), params: of(Kind::Param), vars: of(Kind::Var) }
}
