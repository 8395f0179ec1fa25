//! `guiju check`: files and folders against packs.

use std::path::PathBuf;

use crate::command::console::Console;
use crate::command::known::Known;
use crate::command::workspace::{Wanted, Workspace};
use crate::command::{BROKEN, Packs, Results, run};

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
    /// 只报告这个基线文件以外的问题；基线由 guiju baseline 写成
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// 只查自 git 的这个版本以来改动过的报告，如 origin/main
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    /// 逐个写出的文件也按项目文件的 exclude 略过，供 pre-commit 一类的工具使用
    #[arg(long)]
    force_exclude: bool,
    #[command(flatten)]
    results: Results,
}

/// Checks, prints, and gives the exit code.
pub fn run(args: &Args, console: &Console) -> u8 {
    let wanted = Wanted {
        paths: &args.paths,
        packs: args.packs.clone(),
        select: &args.select,
        ignore: &args.ignore,
        reading: args.results.reading.clone(),
        force_exclude: args.force_exclude,
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
    run::run(&workspace, &args.results, console)
}
