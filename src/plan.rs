//! Packs to one compiled plan: what is asked of every report.

use std::collections::BTreeMap;

use daachorse::CharwiseDoubleArrayAhoCorasick;
use jiff::civil::Date;

use crate::lang::ast::{Claim, Statement};
use crate::locale::Locale;
use crate::pack::{Pack, Rule, Severity};
use crate::problem::Problem;
use crate::say;

mod lower;
pub mod needle;
mod required;
pub mod values;

use crate::claim::misquote::Titles;
use lower::Lowering;
use needle::{Needle, Needles};
use values::Values;

/// What the user set beside the packs.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// `--var level=部门`: facts of the project, by name.
    pub vars: BTreeMap<String, String>,
    /// `--param min_deficiency_chars=150`: wins over the packs' own.
    pub params: BTreeMap<String, String>,
    /// Only these rules; empty is all.
    pub select: Vec<String>,
    /// Not these rules.
    pub ignore: Vec<String>,
    /// How grave the findings of these rules are here, by id.
    pub severities: BTreeMap<String, Severity>,
    /// Packs named by hand: what they are `for` is not asked.
    pub named: Vec<String>,
    /// Legal bases are held against this day instead of 31 December of the report's year.
    pub as_of: Option<Date>,
}

impl Settings {
    /// How grave the findings of a rule are: as the user says, else as its pack does.
    fn severity(&self, rule: &Rule) -> Severity {
        let set = self.severities.iter().find(|(id, _)| id.eq_ignore_ascii_case(&rule.id.node));
        set.map_or(rule.severity, |(_, severity)| *severity)
    }
}

/// A rule in use.
#[derive(Debug, Clone)]
pub struct PlannedRule {
    /// The pack it belongs to.
    pub pack: String,
    /// The rule as written.
    pub rule: Rule,
    /// How grave a finding is.
    pub severity: Severity,
    /// Its statements over needles, in the order of `rule.checks`.
    pub statements: Vec<Statement<Needle>>,
    /// The number of its pack in `Plan::packs`.
    pub scope: usize,
}

/// What the rules of one pack see.
#[derive(Debug)]
pub struct Scope {
    /// The pack's name.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// Where false of a report, none of its rules apply; `None` where it is always in use.
    pub applies: Option<Claim<Needle>>,
    /// Parameters, variables, quantities.
    pub values: Values,
    /// The sets that `misquote` asks for, made ready.
    pub titles: BTreeMap<String, Titles>,
}

/// Everything that is asked of a report, compiled once.
pub struct Plan {
    /// The rules in use, in the order of their packs.
    pub rules: Vec<PlannedRule>,
    /// The packs they come from.
    pub scopes: Vec<Scope>,
    /// All that is searched.
    pub needles: Needles,
    /// All folded phrases at once.
    pub folded: Option<Automaton>,
    /// All phrases that are searched as written at once.
    pub exact: Option<Automaton>,
    /// The day legal bases are held against, where the user set one.
    pub as_of: Option<Date>,
}

/// Many phrases searched in one pass.
pub type Automaton = CharwiseDoubleArrayAhoCorasick<u32>;

impl Plan {
    /// The index of the rule with that id, in any case.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.rules.iter().position(|it| it.rule.id.node.eq_ignore_ascii_case(id))
    }
}

/// Compiles the rules in use. Rules that cannot be compiled are told and left out.
pub fn compile(packs: &[Pack], settings: &Settings, locale: Locale) -> (Plan, Vec<Problem>) {
    let mut needles = Needles::default();
    let (mut rules, mut scopes, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    for pack in packs {
        let heirs = heirs(pack, packs);
        let mut lowering = Lowering::new(pack, &heirs, settings, &mut needles, locale);
        let applies = match &pack.applies {
            Some(claim) if !settings.named.contains(&pack.name) => lowering.claim(claim),
            _ => None,
        };
        for rule in pack.rules.iter().filter(|rule| in_use(rule, settings)) {
            let Some(statements) = lowering.rule(rule) else { continue };
            rules.push(PlannedRule {
                pack: pack.name.clone(),
                severity: settings.severity(rule),
                rule: rule.clone(),
                statements,
                scope: scopes.len(),
            });
        }
        let (values, titles, faults) = lowering.finish();
        problems.extend(faults);
        scopes.push(Scope { name: pack.name.clone(), title: pack.title.clone(), applies, values, titles });
    }
    let (folded, exact) = (automaton(&needles.folded), automaton(&needles.exact));
    for wrong in [&folded, &exact].into_iter().filter_map(|it| it.as_ref().err()) {
        let message = say!(locale, "词语太多，无法编译：{wrong}", "too many phrases to compile: {wrong}");
        problems.push(Problem::error("plan::too-large", "", message));
    }
    let plan = Plan {
        rules,
        scopes,
        folded: folded.ok().flatten(),
        exact: exact.ok().flatten(),
        needles,
        as_of: settings.as_of,
    };
    (plan, problems)
}

fn in_use(rule: &Rule, settings: &Settings) -> bool {
    let named = |ids: &[String]| ids.iter().any(|id| id.eq_ignore_ascii_case(&rule.id.node));
    (settings.select.is_empty() || named(&settings.select)) && !named(&settings.ignore)
}

/// The packs that build on `pack`, near or far: what they add to its sets and set for its parameters holds for its
/// own rules too.
fn heirs<'a>(pack: &Pack, packs: &'a [Pack]) -> Vec<&'a Pack> {
    let mut names = vec![pack.name.as_str()];
    let mut heirs: Vec<&Pack> = Vec::new();
    loop {
        let next = packs.iter().find(|it| {
            !names.contains(&it.name.as_str()) && it.extends.iter().any(|parent| names.contains(&parent.as_str()))
        });
        let Some(next) = next else { return heirs };
        names.push(&next.name);
        heirs.push(next);
    }
}

fn automaton(phrases: &[String]) -> Result<Option<Automaton>, String> {
    let entries: Vec<(&str, u32)> = phrases
        .iter()
        .enumerate()
        .filter(|(_, text)| !text.is_empty())
        .filter_map(|(at, text)| Some((text.as_str(), u32::try_from(at).ok()?)))
        .collect();
    if entries.is_empty() {
        return Ok(None);
    }
    CharwiseDoubleArrayAhoCorasick::with_values(entries).map(Some).map_err(|why| why.to_string())
}
