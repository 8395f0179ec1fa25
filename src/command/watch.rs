//! `guiju check --watch`: checks again what has changed, until it is stopped.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::time::Duration;

use notify_debouncer_full::notify::event::ModifyKind;
use notify_debouncer_full::notify::{self, Config, EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, NoCache, new_debouncer_opt};

use crate::command::BROKEN;
use crate::command::console::Console;
use crate::problem::Problem;
use crate::projects::Projects;
use crate::read::Format;
use crate::say;

/// Changes that follow each other closer than this are one: an editor writes a file in several steps.
const QUIET: Duration = Duration::from_millis(200);

/// What has changed.
#[derive(Debug, PartialEq, Eq)]
pub enum Change {
    /// Rules or the project file: everything is to be checked again.
    Rules,
    /// These reports.
    Reports(Vec<PathBuf>),
}

/// Calls `check` for each change below `paths` (what the project lists, where there is none), for ever. What is written
/// to `results` is no change.
pub fn watch(paths: &[PathBuf], results: &[PathBuf], console: &Console, mut check: impl FnMut(Change)) -> u8 {
    let (send, receive) = channel();
    let mut projects = Projects::new(console.locale);
    let watched = watched(paths, &mut projects);
    let results: Vec<PathBuf> = results.iter().map(|it| projects.full(it)).collect();
    // Nothing is remembered between changes, so that a watch of weeks does not grow.
    let debouncer = new_debouncer_opt::<_, RecommendedWatcher, NoCache>(
        QUIET,
        None,
        move |events: DebounceEventResult| drop(send.send(events)),
        NoCache::new(),
        Config::default(),
    );
    let started = debouncer.and_then(|mut debouncer| {
        for (folder, mode) in &watched {
            debouncer.watch(folder, *mode)?;
        }
        Ok(debouncer)
    });
    let _debouncer = match started {
        Ok(debouncer) => debouncer,
        Err(why) => {
            console.problem(&refused(&why, console));
            return BROKEN;
        }
    };
    console.tell(&say!(console.locale, "正在等待改动，按 Ctrl-C 结束", "waiting for changes; Ctrl-C ends it"));
    for events in receive {
        let Ok(events) = events else { continue };
        let touched = events.into_iter().filter(|it| is_change(&it.event.kind)).flat_map(|it| it.event.paths);
        let touched: BTreeSet<PathBuf> = touched.filter(|it| !results.contains(it)).collect();
        let named: Vec<PathBuf> = paths.iter().map(|it| projects.full(it)).collect();
        let touched = touched.into_iter().filter(|it| !hidden(it, &watched)).collect();
        if let Some(change) = change(&touched, &named, &projects) {
            check(change);
        }
    }
    BROKEN
}

/// The folders to look at: those named, those of files that are named, and those of their projects.
fn watched(paths: &[PathBuf], projects: &mut Projects) -> Vec<(PathBuf, RecursiveMode)> {
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here[..] } else { paths };
    let mut watched: Vec<(PathBuf, RecursiveMode)> = Vec::new();
    for path in paths {
        let full = projects.full(path);
        let (folder, mode) = match full.is_dir() {
            true => (full, RecursiveMode::Recursive),
            false => (full.parent().map(Path::to_path_buf).unwrap_or(full), RecursiveMode::NonRecursive),
        };
        if let Some(at) = projects.of_folder(&folder) {
            watched.extend(projects.found.get(at).map(|it| (it.folder.clone(), RecursiveMode::Recursive)));
        }
        watched.push((folder, mode));
    }
    watched.sort_by(|one, other| one.0.cmp(&other.0));
    watched.dedup_by(|one, other| one.0 == other.0);
    watched
}

fn is_change(kind: &EventKind) -> bool {
    match kind {
        EventKind::Create(_) | EventKind::Remove(_) => true,
        EventKind::Modify(kind) => !matches!(kind, ModifyKind::Metadata(_)),
        EventKind::Any | EventKind::Access(_) | EventKind::Other => false,
    }
}

/// What to check again for the files that were touched; `None` where none of them matters.
fn change(touched: &BTreeSet<PathBuf>, named: &[PathBuf], projects: &Projects) -> Option<Change> {
    if touched.iter().any(|it| it.extension().is_some_and(|it| it == "yaml" || it == "yml")) {
        return Some(Change::Rules);
    }
    let wanted = |it: &&PathBuf| named.is_empty() || named.iter().any(|name| it.starts_with(name));
    let reports = touched.iter().filter(wanted);
    let reports = reports.filter(|it| Format::by_name(it).is_some() && it.is_file());
    let reports: Vec<PathBuf> = reports.map(|it| projects.short(it)).collect();
    (!reports.is_empty()).then_some(Change::Reports(reports))
}

/// What a run over a folder leaves out: `.git`, our own cache, what Office and editors leave for a moment.
fn hidden(path: &Path, watched: &[(PathBuf, RecursiveMode)]) -> bool {
    let below = watched.iter().filter_map(|(folder, _)| path.strip_prefix(folder).ok());
    let below = below.min_by_key(|it| it.components().count()).unwrap_or(path);
    below.components().any(|it| {
        let name = it.as_os_str().as_encoded_bytes();
        name.starts_with(b".") || name.starts_with(b"~$")
    })
}

fn refused(why: &notify::Error, console: &Console) -> Problem {
    let message = say!(console.locale, "无法等待改动：{why}", "changes cannot be waited for: {why}");
    Problem::error("watch", "--watch", message)
}
