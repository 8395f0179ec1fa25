//! The run over all reports: read, checked and printed side by side, written in order, nothing kept.

use std::collections::HashSet;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

use crate::check::Want;
use crate::command::console::Console;
use crate::command::gather::Gathered;
use crate::command::left::{self, Left};
use crate::command::one::{Done, Run};
use crate::command::settings::Target;
use crate::command::sink::{Sink, broken};
use crate::command::workspace::{Job, Workspace};
use crate::command::{BROKEN, CLEAN, FINDINGS, Results, settings};
use crate::locale::Locale;
use crate::problem::Problem;
use crate::render::summary::Summary;
use crate::render::{self, Output, Whole};
use crate::say;

/// How many reports a thread has on hand: enough to keep it busy, few enough to keep memory small.
const ON_HAND: usize = 16;
/// Fewer reports are done before a progress bar could be read.
const LONG: usize = 200;

/// Checks all reports of a workspace and gives the exit code.
pub fn run(workspace: &Workspace, results: &Results, console: &Console) -> u8 {
    match open(workspace, results, console) {
        Ok(sinks) => Session::new(workspace, sinks, results, console).finish(),
        Err(problem) => {
            console.problem(&problem);
            BROKEN
        }
    }
}

fn open(workspace: &Workspace, results: &Results, console: &Console) -> Result<Vec<Sink>, Problem> {
    let targets = settings::targets(&results.format, results.output.as_ref(), console.locale)?;
    spare(&targets, workspace.files(), console.locale)?;
    let mut sinks = Vec::new();
    for target in &targets {
        let mut sink = Sink::open(target, console)?;
        // A page shows the ground of every pass as long as it stays fit to be read.
        let page = target.output == Output::Html && workspace.files().count() <= render::html::DETAILED;
        sink.style.evidence = results.evidence || page;
        sink.style.fail_on = settings::fail_on(results.fail_on.as_deref());
        sinks.push(sink);
    }
    Ok(sinks)
}

/// Results never take the place of what is read.
fn spare<'a>(targets: &[Target], read: impl Iterator<Item = &'a Path>, locale: Locale) -> Result<(), Problem> {
    let files = targets.iter().filter_map(|it| it.file.as_deref());
    let full: Vec<(&Path, PathBuf)> = files.filter_map(|it| Some((it, fs::canonicalize(it).ok()?))).collect();
    if full.is_empty() {
        return Ok(());
    }
    let read: HashSet<PathBuf> = read.filter_map(|it| fs::canonicalize(it).ok()).collect();
    let Some((file, _)) = full.iter().find(|(_, full)| read.contains(full)) else { return Ok(()) };
    let message = say!(
        locale,
        "结果会覆盖要读的这个文件，没有检查",
        "the results would replace this file, which is to be read; nothing was checked"
    );
    let help = say!(
        locale,
        "换一个结果文件；如果它是上次的结果，请删去，或存到要检查的文件夹以外",
        "name another file for the results; if it holds older results, delete it or keep it outside the folder"
    );
    Err(Problem::error("output", file.to_string_lossy(), message).help(help))
}

/// A run as it goes on.
struct Session<'a> {
    run: Run<'a>,
    sinks: Vec<Sink>,
    problems: Vec<Problem>,
    summary: Summary,
    left: Left,
    jobs: usize,
    progress: bool,
    /// Whether results could not be written in full.
    lost: bool,
    console: &'a Console,
}

impl<'a> Session<'a> {
    fn new(workspace: &'a Workspace, sinks: Vec<Sink>, results: &'a Results, console: &'a Console) -> Self {
        let all = sinks.iter().any(|it| it.output.explains() || it.style.evidence);
        let run = Run {
            workspace,
            sinks: sinks.iter().map(|it| (it.output, it.style)).collect(),
            want: if all { Want::Evidence } else { Want::Findings },
            fail_on: settings::fail_on(results.fail_on.as_deref()),
            reading: &results.reading,
            gathered: Gathered::default(),
            locale: console.locale,
        };
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let jobs = results.jobs.unwrap_or(cores).clamp(1, 256);
        let progress = results.progress.as_deref() != Some("never") && !console.quiet;
        Session {
            run,
            sinks,
            problems: Vec::new(),
            summary: Summary::default(),
            left: Left::default(),
            jobs,
            progress,
            lost: false,
            console,
        }
    }

    /// Prints everything; a reader of the results that goes away is let go, quietly.
    fn finish(mut self) -> u8 {
        self.print();
        self.close();
        match (self.lost, self.summary.errors, self.summary.failed) {
            (false, 0, 0) => CLEAN,
            (false, 0, _) => FINDINGS,
            _ => BROKEN,
        }
    }

    /// Writes to each place that still takes something. One that fails does not stop the others.
    fn each(&mut self, write: impl Fn(&mut Sink, usize) -> io::Result<()>) {
        for (at, sink) in self.sinks.iter_mut().enumerate() {
            let failed = write(sink, at).err().and_then(|why| broken(&why, self.console.locale));
            if let Some(text) = failed {
                self.console.tell(&text);
                self.lost = true;
            }
        }
    }

    fn print(&mut self) {
        let Workspace { jobs, problems, rules, .. } = self.run.workspace;
        self.each(|sink, _| sink.write(&render::head(sink.output, rules, &sink.style)));
        for problem in problems {
            self.problem(problem.clone());
        }
        let pool = ThreadPoolBuilder::new().num_threads(self.jobs.min(jobs.len().max(1))).build();
        self.run.gather(pool.as_ref().ok());
        let bar = self.bar(jobs.len());
        for chunk in jobs.chunks(self.jobs * ON_HAND) {
            let run = &self.run;
            let done: Vec<_> = match &pool {
                Ok(pool) if chunk.len() > 1 => pool.install(|| chunk.par_iter().map(|it| run.one(it)).collect()),
                _ => chunk.iter().map(|it| run.one(it)).collect(),
            };
            for (job, one) in chunk.iter().zip(done) {
                self.take(job, one);
                bar.inc(1);
            }
            if self.sinks.iter().all(Sink::closed) {
                break;
            }
        }
        bar.finish_and_clear();
        self.left();
    }

    /// Tells what was not needed: waivers, and findings of a baseline that are gone.
    fn left(&mut self) {
        let left = std::mem::take(&mut self.left);
        for problem in left.unused(self.run.workspace, self.console.locale) {
            self.problem(problem);
        }
        let fixed = left.fixed(self.run.workspace);
        self.summary.fixed = fixed.len();
        if !self.console.quiet {
            left::tell(&fixed, self.console);
        }
    }

    fn take(&mut self, job: &Job, done: Result<Done, Problem>) {
        let done = match done {
            Ok(done) => done,
            Err(problem) => return self.problem(problem),
        };
        self.left.take(job, &done.met);
        self.summary.add(&self.run.workspace.rules, done.tally);
        self.each(|sink, at| done.printed.get(at).map_or(Ok(()), |it| sink.element(&it.text)));
        for (sink, it) in self.sinks.iter_mut().zip(done.printed) {
            sink.keep(it.part);
        }
        if !self.console.quiet && !self.sinks.iter().any(|it| it.output == Output::Pretty) {
            done.notices.iter().for_each(|it| self.console.tell(it));
        }
    }

    /// Prints a problem where the form has room for it, and on standard error where nothing else shows it there.
    fn problem(&mut self, problem: Problem) {
        self.summary.add_problem(&problem);
        let shown: Vec<_> = self.sinks.iter().map(|it| render::problem(it.output, &problem, &it.style)).collect();
        let seen = self.sinks.iter().zip(&shown).any(|(sink, text)| sink.on_standard_output() && text.is_some());
        self.each(|sink, at| shown.get(at).and_then(Option::as_ref).map_or(Ok(()), |text| sink.element(text)));
        if !seen {
            self.console.problem(&problem);
        }
        self.problems.push(problem);
    }

    fn close(&mut self) {
        let tails: Vec<String> = self.sinks.iter().map(|it| self.tail(it)).collect();
        self.each(|sink, at| sink.write(tails.get(at).map_or("", String::as_str)).and_then(|()| sink.close()));
        if !self.console.quiet && self.sinks.iter().any(|it| it.output == Output::Concise && it.on_standard_output()) {
            self.console.tell(&render::closing::one_line_summary(&self.summary, self.console.locale));
        }
    }

    fn tail(&self, sink: &Sink) -> String {
        let rules = &self.run.workspace.rules;
        let whole = Whole { rules, problems: &self.problems, summary: &self.summary, kept: sink.kept() };
        render::tail(sink.output, &whole, &sink.style)
    }

    /// A progress bar on standard error, where the work is long, a person is looking, and no results scroll by.
    fn bar(&self, reports: usize) -> ProgressBar {
        let scrolls = io::stdout().is_terminal() && self.sinks.iter().any(Sink::on_standard_output);
        if !self.progress || reports < LONG || scrolls || !io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let form = say!(
            self.console.locale,
            "已检查 {{pos}}/{{len}} 份 {{bar:30}} 还需 {{eta}}",
            "{{pos}}/{{len}} checked {{bar:30}} {{eta}} left"
        );
        let bar = ProgressBar::new(reports as u64);
        match ProgressStyle::with_template(&form) {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        }
    }
}
