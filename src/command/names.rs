//! The names that project files use, held against what the packs declare.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::command::packs_of::PacksOf;
use crate::command::settings;
use crate::locale::Locale;
use crate::nearest::nearest;
use crate::pack::{Loaded, Pack};
use crate::problem::Problem;
use crate::project::Entry;
use crate::projects::Found;
use crate::say;
use crate::yaml::Scalar;

/// All names that no pack declares, and values that are none, each at its characters in the project file.
pub fn hold(projects: &[Found], packs: &mut PacksOf<'_>, locale: Locale) -> Vec<Problem> {
    let mut problems = Vec::new();
    for found in projects {
        let own = told(found, &packs.union(), locale);
        if own.is_empty() {
            continue;
        }
        // A rule may be none of the packs in use today and yet be one of the project's.
        let known: Vec<Rc<Loaded>> = packs.every(found);
        let every: Vec<Pack> = packs.union().into_iter().chain(known.iter().flat_map(|it| it.packs.clone())).collect();
        problems.extend(told(found, &every, locale));
    }
    problems
}

fn told(found: &Found, packs: &[Pack], locale: Locale) -> Vec<Problem> {
    let rules: Vec<&str> = packs.iter().flat_map(|it| &it.rules).map(|it| it.id.node.as_str()).collect();
    let project = &found.project;
    let used = project.severities.iter().map(|(id, _)| id).chain(project.waivers.iter().flat_map(|it| &it.rules));
    let mut problems: Vec<Problem> = used.filter_map(|id| unknown(found, id, &rules, Name::Rule, locale)).collect();
    for entry in &project.entries {
        problems.extend(vars(found, entry, packs, locale));
        problems.extend(params(found, entry, packs, locale));
    }
    problems
}

fn vars(found: &Found, entry: &Entry, packs: &[Pack], locale: Locale) -> Vec<Problem> {
    let declared = packs.iter().flat_map(|it| it.vars.iter().map(String::as_str));
    let known: Vec<&str> = declared.chain(settings::FACTS).collect();
    let told = entry.vars.iter().filter_map(|(name, value)| {
        let mut one = BTreeMap::from([(name.text.clone(), value.text.clone())]);
        let wrong = settings::given(&mut one, locale).err().map(|it| misread(found, value, it));
        unknown(found, name, &known, Name::Var, locale).or(wrong)
    });
    told.collect()
}

fn params(found: &Found, entry: &Entry, packs: &[Pack], locale: Locale) -> Vec<Problem> {
    let known: Vec<&str> = packs.iter().flat_map(|it| it.params.keys().map(String::as_str)).collect();
    let told = entry.params.iter().filter_map(|(name, value)| {
        let one = BTreeMap::from([(name.text.clone(), value.text.clone())]);
        let wrong = settings::numbers(&one, packs, locale).err().map(|it| misread(found, value, it));
        unknown(found, name, &known, Name::Param, locale).or(wrong)
    });
    told.collect()
}

fn misread(found: &Found, value: &Scalar, told: Problem) -> Problem {
    let problem = found.project.error("project::value", value, told.message, String::new());
    Problem { help: told.help, ..problem }
}

/// What a name stands for.
#[derive(Clone, Copy)]
enum Name {
    Rule,
    Var,
    Param,
}

fn unknown(found: &Found, name: &Scalar, known: &[&str], kind: Name, locale: Locale) -> Option<Problem> {
    let word = name.text.trim();
    let same = |it: &&str| match kind {
        Name::Rule => it.eq_ignore_ascii_case(word),
        Name::Var | Name::Param => *it == word,
    };
    if known.iter().any(|it| same(&it)) {
        return None;
    }
    let (code, message) = match kind {
        Name::Rule => ("project::unknown-rule", say!(locale, "没有规则 `{word}`", "there is no rule `{word}`")),
        Name::Var => {
            ("project::unknown-var", say!(locale, "没有变量 `{word}`", "no pack declares the variable `{word}`"))
        }
        Name::Param => {
            ("project::unknown-param", say!(locale, "没有参数 `{word}`", "no pack declares the parameter `{word}`"))
        }
    };
    let near = nearest(word, known.iter().copied());
    let label = near.map(|it| say!(locale, "是否想写 `{it}`？", "did you mean `{it}`?")).unwrap_or_default();
    let help = match kind {
        Name::Rule => say!(locale, "guiju rules 列出全部规则", "guiju rules lists all rules"),
        Name::Var | Name::Param => {
            let mut all: Vec<&str> = known.to_vec();
            all.sort_unstable();
            all.dedup();
            let list = all.join(if locale == Locale::Zh { "、" } else { ", " });
            say!(locale, "可用的有：{list}", "there are: {list}")
        }
    };
    Some(found.project.error(code, name, message, label).help(help))
}
