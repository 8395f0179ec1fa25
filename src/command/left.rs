//! What a run did not need: waivers that waived nothing, and findings of the baseline that are gone.

use std::collections::{HashMap, HashSet};

use crate::baseline::Entry;
use crate::command::console::Console;
use crate::command::one::id;
use crate::command::workspace::{Job, Workspace};
use crate::locale::Locale;
use crate::problem::Problem;
use crate::say;
use crate::waive::Met;

/// So many mended findings are named.
const NAMED: usize = 20;

/// What was needed so far.
#[derive(Debug, Default)]
pub struct Left {
    /// Waivers, by project and number.
    waivers: HashSet<(Option<usize>, usize)>,
    /// Entries of baselines, by project and number.
    known: HashSet<(Option<usize>, usize)>,
    /// The reports that were checked, by project and path, with what they were asked.
    checked: HashMap<(Option<usize>, String), usize>,
}

impl Left {
    /// Takes note of a report that was checked.
    pub fn take(&mut self, job: &Job, met: &Met) {
        self.waivers.extend(met.waivers.iter().map(|at| (job.project, *at)));
        self.known.extend(met.known.iter().map(|at| (job.project, *at)));
        self.checked.insert((job.project, job.path.clone()), job.asked);
    }

    /// A warning for each waiver that nothing needed, where every report was asked everything.
    pub fn unused(&self, workspace: &Workspace, locale: Locale) -> Vec<Problem> {
        let mut problems = Vec::new();
        if !workspace.whole {
            return problems;
        }
        for (at, found) in workspace.projects.iter().enumerate() {
            for (number, waiver) in found.project.waivers.iter().enumerate() {
                if waiver.until < workspace.today || self.waivers.contains(&(Some(at), number)) {
                    continue;
                }
                let message = say!(locale, "这项豁免没有用到", "this waiver is not needed");
                let label = say!(locale, "没有可豁免的问题", "nothing to waive");
                let help = say!(
                    locale,
                    "问题已经改好，或者 `paths`、`rule` 写得不对；用不着就删去这一项",
                    "the findings are mended, or `paths` or `rule` is wrong; delete it if it is of no use"
                );
                let problem = found.project.warning("project::waiver-unused", waiver.head(), message, label);
                problems.push(problem.help(help));
            }
        }
        problems
    }

    /// The entries of baselines whose findings are gone: their report was asked their rule, or is no more.
    pub fn fixed<'a>(&self, workspace: &'a Workspace) -> Vec<&'a Entry> {
        let mut fixed = Vec::new();
        for (project, baseline) in workspace.baselines() {
            for (number, entry) in baseline.entries.iter().enumerate() {
                if self.known.contains(&(project, number)) {
                    continue;
                }
                let gone = match self.checked.get(&(project, entry.path.clone())) {
                    Some(asked) => asks(workspace, *asked, &entry.rule),
                    None => workspace.whole && !workspace.jobs.iter().any(|it| it.path == entry.path),
                };
                if gone {
                    fixed.push(entry);
                }
            }
        }
        fixed
    }
}

/// Whether some reports are asked a rule.
fn asks(workspace: &Workspace, asked: usize, rule: &str) -> bool {
    workspace.numbers.get(asked).is_some_and(|it| it.iter().any(|at| id(&workspace.rules, *at) == rule))
}

/// Names what is mended.
pub fn tell(fixed: &[&Entry], console: &Console) {
    if fixed.is_empty() {
        return;
    }
    let count = fixed.len();
    console.tell(&say!(
        console.locale,
        "基线中的 {count} 处已经改好；运行 guiju baseline 把它们从基线中去掉：",
        "of the baseline, mended: {count}; guiju baseline takes them out of it:"
    ));
    for Entry { path, rule, text, .. } in fixed.iter().take(NAMED) {
        console.tell(&format!("  {path}  {rule}  {text}"));
    }
    if count > NAMED {
        console.tell("  …");
    }
}
