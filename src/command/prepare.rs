//! Packs, variables and parameters as typed, to the plan that every report is held against.

use std::collections::BTreeMap;
use std::path::Path;

use crate::command::{BROKEN, CLEAN, Packs, settings};
use crate::facts::Given;
use crate::locale::Locale;
use crate::pack::builtin::BUILT_IN;
use crate::pack::lint::{Lint, lint};
use crate::pack::{Loaded, Pack};
use crate::packs;
use crate::plan::{Plan, Settings};
use crate::problem::{Level, Problem};

/// The pack that is used where none is named.
pub const DEFAULT_PACK: &str = "fazhi-annual-report";

/// Everything that is asked of the reports.
pub struct Prepared {
    /// The packs the rules come from.
    pub packs: Vec<Pack>,
    /// The rules in use.
    pub plan: Plan,
    /// Facts set by hand.
    pub given: Given,
    /// All that is wrong with packs and rules.
    pub problems: Vec<Problem>,
}

/// Loads packs by name or path, the default one where none is named.
pub fn load_packs(names: &[String], locale: Locale) -> Loaded {
    let default = [DEFAULT_PACK.to_owned()];
    packs::find(if names.is_empty() { &default } else { names }, locale)
}

/// The names of all built-in packs.
pub fn built_in() -> Vec<String> {
    BUILT_IN.iter().map(|(name, _)| (*name).to_owned()).collect()
}

/// Holds names of variables, parameters and rules against what the packs declare.
///
/// # Errors
/// A name that none declares, or a value that cannot be read.
pub fn settings_for(
    packs: &Packs,
    select: &[String],
    ignore: &[String],
    loaded: &Loaded,
    locale: Locale,
) -> Result<(Settings, Given), Problem> {
    let declared = loaded.packs.iter().flat_map(|it| it.vars.iter().map(String::as_str));
    let names: Vec<&str> = declared.chain(settings::FACTS).collect();
    let params: Vec<&str> = loaded.packs.iter().flat_map(|it| it.params.keys().map(String::as_str)).collect();
    let mut vars = settings::assignments("--var", &packs.vars, &names, locale)?;
    let given = settings::given(&mut vars, locale)?;
    let as_of = packs.as_of.as_deref().map(|it| settings::date("--as-of", it, locale)).transpose()?;
    let params = settings::assignments("--param", &packs.params, &params, locale)?;
    settings::numbers(&params, &loaded.packs, locale)?;
    let settings = Settings {
        vars,
        params,
        select: settings::ids("--select", select, &loaded.packs, locale)?,
        ignore: settings::ids("--ignore", ignore, &loaded.packs, locale)?,
        named: named(&packs.packs, &loaded.packs),
        as_of,
        severities: BTreeMap::new(),
    };
    Ok((settings, given))
}

/// The packs named by hand: by name, as the file they were read from, or as a folder that holds it.
pub fn named(words: &[String], packs: &[Pack]) -> Vec<String> {
    let by_hand =
        |it: &&Pack| words.iter().any(|word| *word == it.name || Path::new(it.source.name()).starts_with(word));
    packs.iter().filter(by_hand).map(|it| it.name.clone()).collect()
}

/// What is doubtful about the packs named by hand. What a rule with an error would have used cannot be told.
pub fn doubts(words: &[String], loaded: &Loaded, locale: Locale) -> Vec<Problem> {
    match named(words, &loaded.packs) {
        named if named.is_empty() => Vec::new(),
        named => {
            let broken = |path: &str| loaded.problems.iter().any(|it| it.level == Level::Error && it.path == path);
            let mut doubts = lint(&loaded.packs, &named, locale);
            doubts.retain(|it| it.code != Lint::Unused.id() || !broken(&it.path));
            doubts
        }
    }
}

/// The exit code of a command that does nothing but look at packs.
pub fn exit_code(problems: &[Problem]) -> u8 {
    if problems.iter().any(|it| it.level == Level::Error) { BROKEN } else { CLEAN }
}
