//! `guiju check`: files and folders against packs.

use std::path::PathBuf;

use crate::command::cached::Keep;
use crate::command::console::Console;
use crate::command::fix::{self, Fixing};
use crate::command::known::Known;
use crate::command::watch::Change;
use crate::command::workspace::{Wanted, Workspace};
use crate::command::{BROKEN, CLEAN, Packs, Results, run, settings, watch};
use crate::fix::How;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 文件和文件夹；- 为标准输入；默认为 guiju.yaml 所列的报告，没有该文件时为当前文件夹
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    packs: Packs,
    /// 只查这些规则，编号之间用逗号
    #[arg(long, value_name = "ID,…")]
    select: Vec<String>,
    /// 不查这些规则，编号之间用逗号
    #[arg(long, value_name = "ID,…")]
    ignore: Vec<String>,
    /// 先像 guiju fix 那样改正，再检查剩下的
    #[arg(long)]
    fix: bool,
    #[command(flatten)]
    fixing: Fixing,
    /// 只报告这个基线文件以外的问题；基线由 guiju baseline 写成
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// 只查自 git 的这个版本以来改动过的报告，如 origin/main
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    /// 逐个写出的文件也按项目文件的 exclude 略过，供 pre-commit 一类的工具使用
    #[arg(long)]
    force_exclude: bool,
    /// 一直等着，报告或规则改动后再查改动的；按 Ctrl-C 结束
    #[arg(long)]
    watch: bool,
    /// 不用也不存未改动报告的结果
    #[arg(long)]
    no_cache: bool,
    /// 结果缓存的文件夹；默认为项目的 .guiju_cache，没有 guiju.yaml 时不存
    #[arg(long, value_name = "DIR")]
    cache_dir: Option<PathBuf>,
    #[command(flatten)]
    results: Results,
}

/// Checks, prints, and gives the exit code.
pub fn run(args: &Args, console: &Console) -> u8 {
    let code = once(args, &args.paths, args.force_exclude, console);
    if !args.watch {
        return code;
    }
    let results: Vec<PathBuf> = settings::targets(&args.results.format, args.results.output.as_ref(), console.locale)
        .map_or_else(|_| Vec::new(), |it| it.into_iter().filter_map(|it| it.file).collect());
    watch::watch(&args.paths, &results, console, |change| match change {
        Change::Rules => {
            once(args, &args.paths, args.force_exclude, console);
        }
        // What the project leaves out stays out, though it is named here.
        Change::Reports(paths) => {
            once(args, &paths, true, console);
        }
    })
}

/// One run over some reports.
fn once(args: &Args, paths: &[PathBuf], force_exclude: bool, console: &Console) -> u8 {
    let wanted = Wanted {
        paths,
        packs: args.packs.clone(),
        select: &args.select,
        ignore: &args.ignore,
        reading: args.results.reading.clone(),
        force_exclude,
        baseline: args.baseline.clone().map_or(Known::Project, Known::File),
        since: args.since.as_deref(),
        rules_alone: false,
    };
    let workspace = match Workspace::open(&wanted, console) {
        Ok(workspace) => workspace,
        Err(problems) => {
            problems.iter().for_each(|it| console.problem(it));
            return BROKEN;
        }
    };
    let how = How { unsafe_too: args.fixing.unsafe_fixes, tracked: false };
    let mended = if args.fix { fix::all(&workspace, paths, how, false, console) } else { CLEAN };
    let keep = match &args.cache_dir {
        _ if args.no_cache => Keep::Nothing,
        Some(folder) => Keep::In(folder.clone()),
        None => Keep::InProjects,
    };
    run::run(&workspace, &args.results, &keep, console).max(mended)
}
