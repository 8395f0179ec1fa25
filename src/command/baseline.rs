//! `guiju baseline`: writes down what there is to find today, so that from now on only new findings count.

use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::atomic::Whole;
use crate::baseline::{self, Baseline, Entry};
use crate::check::Want;
use crate::command::console::Console;
use crate::command::gather::Gathered;
use crate::command::known::{self, Known};
use crate::command::one::{Judged, Run, id};
use crate::command::workspace::{Wanted, Workspace};
use crate::command::{BROKEN, CLEAN, Packs, Reading, settings};
use crate::problem::{Level, Problem};
use crate::say;
use crate::verdict::Outcome;

/// Where it is written if nobody says otherwise.
const FILE: &str = "guiju-baseline.jsonl";

/// What may be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 文件和文件夹；默认为 guiju.yaml 所列的报告，没有该文件时为当前文件夹
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    packs: Packs,
    #[command(flatten)]
    reading: Reading,
    /// 基线文件；默认为 guiju.yaml 中 baseline 一项所写的文件，没有写时为 guiju-baseline.jsonl
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Checks, writes the file, and gives the exit code.
pub fn run(args: &Args, console: &Console) -> u8 {
    match written(args, console) {
        Ok(broken) if broken => BROKEN,
        Ok(_) => CLEAN,
        Err(problems) => {
            problems.iter().for_each(|it| console.problem(it));
            BROKEN
        }
    }
}

fn written(args: &Args, console: &Console) -> Result<bool, Vec<Problem>> {
    let wanted = Wanted {
        paths: &args.paths,
        packs: args.packs.clone(),
        reading: args.reading.clone(),
        baseline: Known::Nowhere,
        ..Wanted::default()
    };
    let workspace = Workspace::open(&wanted, console)?;
    workspace.problems.iter().for_each(|it| console.problem(it));
    let broken = workspace.problems.iter().any(|it| it.level == Level::Error);
    if workspace.jobs.is_empty() {
        return Ok(true);
    }
    let path = file(args, &workspace);
    let before = if path.exists() {
        known::baseline(&path, console.locale).map_err(|it| vec![it])?
    } else {
        Baseline::default()
    };
    let (found, unread) = entries(&workspace, &args.reading, console);
    let checked: HashSet<&str> = found.iter().map(|(path, _)| path.as_str()).collect();
    let listed: HashSet<&str> = workspace.jobs.iter().map(|it| it.path.as_str()).collect();
    // What was not looked at stays: reports that were not asked for, and those that could not be read.
    let stays = |it: &&Entry| {
        let gone = workspace.whole && !listed.contains(it.path.as_str());
        !gone && !checked.contains(it.path.as_str())
    };
    let kept: Vec<Entry> = before.entries.iter().filter(stays).cloned().collect();
    let new: Vec<Entry> = found.iter().flat_map(|(_, entries)| entries.iter().cloned()).collect();
    let text = baseline::write(kept.into_iter().chain(new));
    save(&path, &text).map_err(|why| {
        let message = say!(console.locale, "基线文件无法写入：{why}", "the baseline cannot be written: {why}");
        vec![Problem::error("baseline::unwritable", path.to_string_lossy(), message)]
    })?;
    tell(&path, &before, &text, &workspace, console);
    Ok(broken || unread)
}

/// Where the file goes.
fn file(args: &Args, workspace: &Workspace) -> PathBuf {
    let found = workspace.projects.first();
    let named = found.and_then(|it| Some(it.path(&it.project.baseline.as_ref()?.text)));
    let usual = || found.map_or_else(|| PathBuf::from(FILE), |it| it.path(FILE));
    args.output.clone().or(named).unwrap_or_else(usual)
}

/// The findings of each report that could be read, in order, and whether one could not.
fn entries(workspace: &Workspace, reading: &Reading, console: &Console) -> (Vec<(String, Vec<Entry>)>, bool) {
    let fail_on = settings::fail_on(None);
    let (want, locale) = (Want::Findings, console.locale);
    let gathered = Gathered::default();
    let mut run = Run { workspace, sinks: Vec::new(), want, fail_on, reading, gathered, locale };
    run.gather(None);
    let judged: Vec<Result<Vec<Entry>, Problem>> =
        workspace.jobs.par_iter().map(|job| Ok(of_report(workspace, &job.path, &run.verdicts(job)?))).collect();
    let (mut found, mut unread) = (Vec::new(), false);
    for (job, entries) in workspace.jobs.iter().zip(judged) {
        match entries {
            Ok(entries) => found.push((job.path.clone(), entries)),
            Err(problem) => {
                console.problem(&problem);
                unread = true;
            }
        }
    }
    (found, unread)
}

fn of_report(workspace: &Workspace, path: &str, judged: &Judged) -> Vec<Entry> {
    let mut entries = Vec::new();
    for verdict in &judged.checked.verdicts {
        let Outcome::Fail(findings) = &verdict.outcome else { continue };
        for finding in findings {
            let text = judged.document.source.slice(finding.span);
            entries.push(Entry::new(path, id(&workspace.rules, verdict.rule), &finding.fingerprint, text));
        }
    }
    entries
}

fn save(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = Whole::create(path)?;
    file.write_all(text.as_bytes())?;
    file.keep()
}

fn tell(path: &Path, before: &Baseline, text: &str, workspace: &Workspace, console: &Console) {
    if console.quiet {
        return;
    }
    let prints = |it: &Entry| it.fingerprint.clone();
    let old: HashSet<String> = before.entries.iter().map(prints).collect();
    let now = Baseline::read("", text, console.locale).unwrap_or_default();
    let new: HashSet<String> = now.entries.iter().map(prints).collect();
    let (all, added, gone) = (now.entries.len(), new.difference(&old).count(), old.difference(&new).count());
    let name = path.to_string_lossy();
    console.tell(&say!(
        console.locale,
        "{name}：共 {all} 处，新增 {added} 处，去掉 {gone} 处",
        "{name}: {all} in all, {added} added, {gone} gone"
    ));
    let named = workspace.projects.first().is_some_and(|it| it.project.baseline.is_some());
    if !named {
        console.tell(&say!(
            console.locale,
            "检查时加 --baseline {name}，或在 guiju.yaml 中写一行 baseline: {}",
            "check with --baseline {name}, or put a line baseline: {} into guiju.yaml",
            path.file_name().unwrap_or_default().to_string_lossy()
        ));
    }
}
