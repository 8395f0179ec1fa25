//! Packs, variables and parameters as typed, to the plan that every report is held against.

use std::collections::BTreeMap;
use std::path::Path;

use crate::command::{BROKEN, CLEAN, Packs, settings};
use crate::facts::Given;
use crate::locale::Locale;
use crate::pack::builtin::BUILT_IN;
use crate::pack::lint;
use crate::pack::{Loaded, Pack};
use crate::packs;
use crate::plan::{Plan, Settings, compile};
use crate::problem::{Level, Problem};

/// The pack that is used where none is named.
pub const DEFAULT_PACK: &str = "fazhi-annual-report";

/// Everything that is asked of the reports.
pub struct Prepared {
    /// The packs the rules come from.
    pub packs: Vec<Pack>,
    /// The rules in use.
    pub plan: Plan,
    /// All that its verdicts follow from, in one name; empty where nothing may be kept.
    pub key: String,
    /// Facts set by hand.
    pub given: Given,
    /// All that is wrong with packs and rules.
    pub problems: Vec<Problem>,
}

/// Loads the packs and compiles the rules in use.
///
/// # Errors
/// A mistake on the command line, behind all that is wrong with the packs: then nothing is checked.
pub fn prepare(packs: &Packs, locale: Locale) -> Result<Prepared, Vec<Problem>> {
    let mut loaded = load_packs(&packs.packs, locale);
    let mut problems = std::mem::take(&mut loaded.problems);
    let (settings, given) = match settings_for(packs, &[], &[], &loaded, locale) {
        Ok(settings) => settings,
        Err(problem) => {
            problems.push(problem);
            return Err(problems);
        }
    };
    let (plan, wrong) = compile(&loaded.packs, &settings, locale);
    problems.extend(wrong);
    Ok(Prepared { packs: loaded.packs, plan, key: String::new(), given, problems })
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
    lint::doubts(loaded, &named(words, &loaded.packs), locale)
}

/// The exit code of a command that does nothing but look at packs.
pub fn exit_code(problems: &[Problem]) -> u8 {
    if problems.iter().any(|it| it.level == Level::Error) { BROKEN } else { CLEAN }
}
