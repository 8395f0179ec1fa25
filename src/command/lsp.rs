//! `guiju lsp`: the server for editors, over standard input and output.

use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::check::Checked;
use crate::command::console::Console;
use crate::command::one::id;
use crate::command::workspace::{Wanted, Workspace};
use crate::command::{BROKEN, CLEAN, FINDINGS, Packs, prepare};
use crate::document::Document;
use crate::fingerprint::stamp;
use crate::lsp::{self, Prepared, Setup};
use crate::plan::Plan;
use crate::say;
use crate::waive::waive;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    packs: Packs,
    /// 许多编辑器会加上它；本来就只用标准输入和输出
    #[arg(long)]
    stdio: bool,
}

/// Serves until the editor leaves, and gives the exit code that the protocol wants.
pub fn run(args: &Args, console: &Console) -> u8 {
    let output = io::stdout().lock();
    match lsp::serve(BufReader::new(io::stdin()), output, &|path| setup(args, path, console), console.locale) {
        Ok(true) => CLEAN,
        Ok(false) => FINDINGS,
        Err(why) => {
            console.tell(&say!(console.locale, "与编辑器的连接断了：{why}", "the editor cannot be reached: {why}"));
            BROKEN
        }
    }
}

/// What a report at a path is held against: what its project says, else what was typed.
fn setup(args: &Args, path: Option<&Path>, console: &Console) -> Prepared {
    let locale = console.locale;
    let paths: Vec<PathBuf> = path.into_iter().map(Path::to_path_buf).collect();
    let there = paths.iter().all(|it| it.is_file()) && !paths.is_empty();
    let wanted = Wanted {
        paths: &paths,
        packs: args.packs.clone(),
        force_exclude: true,
        rules_alone: !there,
        ..Wanted::default()
    };
    let mut workspace = Workspace::open(&wanted, console)?;
    let problems = std::mem::take(&mut workspace.problems);
    let job = workspace.jobs.pop();
    let at = job.as_ref().map_or(0, |it| it.asked);
    if workspace.asked.get(at).is_none() {
        return Err(problems);
    }
    let prepare::Prepared { packs, plan, given, .. } = workspace.asked.swap_remove(at);
    let project = job.as_ref().and_then(|it| workspace.projects.get(it.project?));
    let listed = project.is_some_and(|it| it.project.lists_reports);
    let (asked, chosen) = (job.is_some() || !there, listed || !args.packs.packs.is_empty());
    let settle = move |plan: &Plan, document: &Document, checked: &mut Checked| {
        let Some(job) = &job else { return };
        let rule = |at| id(&plan.rules, at);
        stamp(&mut checked.verdicts, &job.path, document, rule);
        waive(&mut checked.verdicts, &workspace.ground(job), rule, locale);
    };
    Ok(Rc::new(Setup { packs, plan, given, problems, asked, settle: Box::new(settle), chosen }))
}
