//! `guiju check`: files and folders against packs.

use std::path::PathBuf;

use crate::command::console::Console;
use crate::command::fix::{self, Fixing};
use crate::command::{BROKEN, CLEAN, Packs, Results, input, prepare, run};
use crate::fix::How;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 文件和文件夹；- 为标准输入；默认为当前文件夹
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
    #[command(flatten)]
    results: Results,
}

/// Checks, prints, and gives the exit code.
pub fn run(args: &Args, console: &Console) -> u8 {
    let prepared = match prepare::prepare(&args.packs, &args.select, &args.ignore, console.locale) {
        Ok(prepared) => prepared,
        Err(problems) => {
            problems.iter().for_each(|it| console.problem(it));
            return BROKEN;
        }
    };
    let (inputs, mut problems) = input::all(&args.paths, &args.results.reading, console);
    problems.splice(0..0, prepared.problems.iter().cloned());
    let how = How { unsafe_too: args.fixing.unsafe_fixes, tracked: false };
    let mended = if args.fix { fix::all(&prepared, &inputs, &args.paths, how, false, console) } else { CLEAN };
    run::run(&prepared, &inputs, problems, &args.results, console).max(mended)
}
