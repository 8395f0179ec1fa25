//! Packs to one compiled plan: what is asked of every report.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::facts::Facts;
use crate::lang::ast::{Claim, Copied, Statement, Whose};
use crate::lexicon::Lexicon;
use crate::locale::Locale;
use crate::pack::{Pack, Rule, Severity};
use crate::problem::Problem;
use crate::say;

mod lower;
pub mod needle;
mod required;
pub mod titles;
pub mod values;

use lower::Lowering;
use needle::{Needle, Needles};
use titles::Titles;
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

/// Which other reports the rules of a plan hold a report against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Needs {
    /// Last year's report of the same body.
    pub last_year: bool,
    /// Reports of other bodies that share so many percent of its text: the least that a rule lets pass.
    pub others: Option<u32>,
}

impl Needs {
    /// What either needs.
    #[must_use]
    pub fn or(self, other: Needs) -> Needs {
        let others = self.others.into_iter().chain(other.others).min();
        Needs { last_year: self.last_year || other.last_year, others }
    }

    /// Whether reports must be known before the first is checked.
    pub const fn any(self) -> bool {
        self.last_year || self.others.is_some()
    }
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
    pub folded: Lexicon,
    /// All phrases that are searched as written at once.
    pub exact: Lexicon,
    /// The day legal bases are held against, where the user set one.
    pub as_of: Option<Date>,
}

impl Plan {
    /// Which other reports its rules ask for.
    pub fn needs(&self) -> Needs {
        let mut needs = Needs::default();
        for rule in &self.rules {
            let values = self.scopes.get(rule.scope).map(|it| &it.values);
            for it in &rule.statements {
                for claim in [Some(&it.claim), it.when.as_ref(), it.unless.as_ref()].into_iter().flatten() {
                    need(claim, values, &mut needs);
                }
            }
        }
        needs
    }

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
    let mut lexicon = |words: &[String]| {
        Lexicon::new(words).unwrap_or_else(|wrong| {
            let message = say!(locale, "词语太多，无法编译：{wrong}", "too many phrases to compile: {wrong}");
            problems.push(Problem::error("plan::too-large", "", message));
            Lexicon::default()
        })
    };
    let (folded, exact) = (lexicon(&needles.folded), lexicon(&needles.exact));
    (Plan { rules, scopes, folded, exact, needles, as_of: settings.as_of }, problems)
}

/// Adds what a claim asks for.
fn need(claim: &Claim<Needle>, values: Option<&Values>, needs: &mut Needs) {
    match claim {
        Claim::Copied(Copied { whose: Whose::LastYear, .. }) => needs.last_year = true,
        Claim::Copied(Copied { whose: Whose::OtherBody, most, .. }) => {
            // A share that only a report tells may be any.
            let most = values.and_then(|it| it.number(most, &Facts::default()).ok()).unwrap_or(1);
            needs.others = Some(needs.others.map_or(most, |it| it.min(most)));
        }
        Claim::Not(inner) => need(inner, values, needs),
        Claim::And(parts) | Claim::Or(parts) => parts.iter().for_each(|part| need(part, values, needs)),
        Claim::Mention(_)
        | Claim::Section(_)
        | Claim::Wording { .. }
        | Claim::Misquote(_)
        | Claim::Amount { .. }
        | Claim::Edge { .. }
        | Claim::Numbering
        | Claim::Mix { .. }
        | Claim::Script
        | Claim::Pairs
        | Claim::Break
        | Claim::Repeat(_)
        | Claim::Double(_)
        | Claim::Signed
        | Claim::Dated { .. }
        | Claim::DatedAt { .. }
        | Claim::Satisfy(_)
        | Claim::Percentages
        | Claim::Fact(_) => {}
    }
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
