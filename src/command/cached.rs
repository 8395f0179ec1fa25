//! What is kept of a report between runs, and what it follows from: if any of that changes, it is another entry.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::cache::{Cache, FOLDER, Name};
use crate::command::one::{Done, Run};
use crate::command::workspace::{Job, Workspace};
use crate::facts::Given;
use crate::pack::Pack;
use crate::plan::{Needs, Settings};
use crate::render::kept::{Part, Printed};
use crate::render::summary::Tally;
use crate::waive::Met;

/// What is kept between runs, and where.
#[derive(Debug, Clone)]
pub enum Keep {
    /// Nothing.
    Nothing,
    /// The results of a project's reports, in its folder.
    InProjects,
    /// The results of all reports, in this folder.
    In(PathBuf),
}

/// The caches of a run, by project; the last is for reports of no project.
#[derive(Debug, Default)]
pub struct Caches {
    all: Vec<Option<Cache>>,
    /// What all entries of this run follow from.
    run: Vec<u8>,
}

impl Caches {
    /// Opens the caches of the projects of a run. Without a project nothing is kept, unless a folder is named for it:
    /// a draft checked somewhere leaves no trace.
    pub fn open(run: &Run<'_>, keep: &Keep) -> Caches {
        let workspace = run.workspace;
        let of = |own: Option<&Path>| match keep {
            Keep::Nothing => None,
            Keep::In(folder) => Cache::open(folder),
            Keep::InProjects => Cache::open(&own?.join(FOLDER)),
        };
        let mut all: Vec<Option<Cache>> = Vec::new();
        for (at, found) in workspace.projects.iter().enumerate() {
            let used = workspace.jobs.iter().any(|it| it.project == Some(at));
            all.push(if used { of(Some(&found.folder)) } else { None });
        }
        let apart = workspace.jobs.iter().any(|it| it.project.is_none());
        all.push(if apart { of(None) } else { None });
        Caches { all, run: followed(run).into_bytes() }
    }

    /// The cache that a report belongs to.
    pub fn of(&self, job: &Job, workspace: &Workspace) -> Option<&Cache> {
        // Standard input has no past.
        job.input.path()?;
        self.all.get(job.project.unwrap_or(workspace.projects.len()))?.as_ref()
    }

    /// What the entry of a report goes by.
    pub fn name(&self, cache: &Cache, run: &Run<'_>, job: &Job, bytes: &[u8]) -> Option<Name> {
        let ground = run.workspace.ground(job);
        let waivers: Vec<usize> = ground.waivers().map(|(at, _)| at).collect();
        let asked = run.workspace.asked.get(job.asked).filter(|it| !it.key.is_empty())?;
        // What is held against other reports follows from those too, and what another program converts from that one.
        if asked.plan.needs() != Needs::default() || run.reading.converts() {
            return None;
        }
        let own = format!("{:?}", (&job.path, job.input.name(), job.project, waivers));
        Some(cache.name([self.run.as_slice(), asked.key.as_bytes(), own.as_bytes(), bytes]))
    }

    /// Whether some cache could not be written.
    pub fn full(&self) -> bool {
        self.all.iter().flatten().any(Cache::is_full)
    }
}

/// What all results of a run follow from, beside the rules and the report: the program itself, the forms of results,
/// the numbers that rules go by, the project files and the baselines.
fn followed(run: &Run<'_>) -> String {
    let workspace = run.workspace;
    let rules: Vec<_> = workspace.rules.iter().map(|it| (&it.rule.id.node, &it.pack, it.severity)).collect();
    let projects: Vec<&str> = workspace.projects.iter().map(|it| it.project.source().text()).collect();
    let baselines: Vec<_> = workspace.baselines().map(|(at, it)| (at, &it.entries)).collect();
    let program = (env!("CARGO_PKG_VERSION"), env!("GUIJU_SOURCES"));
    let how = (&run.sinks, run.step, run.want, run.fail_on, run.reading, run.locale);
    format!("{:?}", (program, how, rules, projects, baselines))
}

/// What the verdicts of some reports follow from: their packs to the letter, and all settings.
pub fn key(packs: &[Pack], settings: &Settings, given: &Given) -> String {
    let packs: Vec<_> = packs.iter().map(|it| (it.source.name(), it.source.text())).collect();
    blake3::hash(format!("{:?}", (packs, settings, given)).as_bytes()).to_hex().to_string()
}

/// The part of an entry that is no text of results; those stand behind it.
#[derive(Serialize, Deserialize)]
struct EntryJson {
    /// The lengths of the texts, in bytes; the last is that of the rows for GitHub.
    printed: Vec<usize>,
    notices: Vec<String>,
    passes: bool,
    passed: usize,
    failed: Vec<(usize, usize, Vec<usize>)>,
    not_applicable: Vec<(usize, String)>,
    waived: BTreeMap<String, usize>,
    known: usize,
    met: (Vec<usize>, Vec<usize>),
}

/// A report's results as an entry. Forms that keep more than text of a report are made anew each time.
pub fn pack(done: &Done) -> Option<Vec<u8>> {
    let Done { printed, rows, notices, tally, met: Met { waivers, known: entries } } = done;
    let plain = |it: &Printed| matches!(it.part, Part::Nothing);
    let texts: Vec<&str> = printed.iter().map(|it| it.text.as_str()).chain([rows.as_str()]).collect();
    if !printed.iter().all(plain) {
        return None;
    }
    let Tally { passes, passed, failed, not_applicable, waived, known } = tally.clone();
    let head = EntryJson {
        printed: texts.iter().map(|it| it.len()).collect(),
        notices: notices.clone(),
        passes,
        passed,
        failed,
        not_applicable,
        waived,
        known,
        met: (waivers.clone(), entries.clone()),
    };
    let mut bytes = serde_json::to_vec(&head).ok()?;
    bytes.push(b'\n');
    texts.iter().for_each(|text| bytes.extend_from_slice(text.as_bytes()));
    Some(bytes)
}

/// The results that an entry holds.
pub fn unpack(bytes: &[u8]) -> Option<Done> {
    let end = memchr::memchr(b'\n', bytes)?;
    let EntryJson { printed: lengths, notices, passes, passed, failed, not_applicable, waived, known, met } =
        serde_json::from_slice(bytes.get(..end)?).ok()?;
    let mut rest = std::str::from_utf8(bytes.get(end + 1..)?).ok()?;
    let mut texts = Vec::with_capacity(lengths.len());
    for length in lengths {
        let (text, more) = rest.split_at_checked(length)?;
        texts.push(text.to_owned());
        rest = more;
    }
    let rows = texts.pop()?;
    let printed = texts.into_iter().map(|text| Printed { text, part: Part::Nothing }).collect();
    let tally = Tally { passes, passed, failed, not_applicable, waived, known };
    rest.is_empty().then_some(Done { printed, rows, notices, tally, met: Met { waivers: met.0, known: met.1 } })
}
