//! `guiju check`: files and folders against packs.

use std::path::{Path, PathBuf};

use crate::command::console::Console;
use crate::command::input::Input;
use crate::command::{BROKEN, Packs, Results, prepare, run};
use crate::discover;
use crate::locale::Locale;
use crate::problem::Problem;
use crate::say;

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
    #[command(flatten)]
    results: Results,
}

/// Checks, prints, and gives the exit code.
pub fn run(args: &Args, console: &Console) -> u8 {
    let prepared = match prepare::prepare(&args.packs, &args.select, &args.ignore, console.locale) {
        Ok(prepared) => prepared,
        Err(problem) => {
            console.problem(&problem);
            return BROKEN;
        }
    };
    let (inputs, mut problems) = inputs(&args.paths, &args.results, console);
    problems.splice(0..0, prepared.problems.iter().cloned());
    run::run(&prepared, &inputs, problems, &args.results, console)
}

/// The reports that paths mean, in order, and what is wrong with the paths.
pub fn inputs(paths: &[PathBuf], results: &Results, console: &Console) -> (Vec<Input>, Vec<Problem>) {
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here } else { paths };
    let (standard, paths): (Vec<PathBuf>, Vec<PathBuf>) = paths.iter().cloned().partition(|it| it.as_os_str() == "-");
    let found = match paths.as_slice() {
        [] => discover::Discovered::default(),
        paths => discover::files(paths, console.locale),
    };
    let mut inputs: Vec<Input> = found.files.into_iter().map(Input::File).collect();
    if !standard.is_empty() {
        inputs.push(standard_input(results.stdin_filename.as_deref(), console.locale));
    }
    inputs.sort_by_key(Input::name);
    if console.verbose {
        let (reports, skipped) = (inputs.len(), found.skipped);
        console.tell(&say!(
            console.locale,
            "共 {reports} 份报告；文件夹中略过 {skipped} 个不支持、隐藏或被忽略的文件",
            "reports: {reports}; left out in folders (not supported, hidden or ignored): {skipped}"
        ));
    }
    (inputs, found.problems)
}

/// The one report that a path means: `outline` and `explain` take no folders.
///
/// # Errors
/// Why it is none.
pub fn input(path: &Path, stdin_filename: Option<&str>, locale: Locale) -> Result<Input, Vec<Problem>> {
    if path.as_os_str() == "-" {
        return Ok(standard_input(stdin_filename, locale));
    }
    if path.is_dir() {
        let problem = Problem::error("usage", path.to_string_lossy(), say!(locale, "这是文件夹", "this is a folder"));
        return Err(vec![problem.help(say!(locale, "请写一份报告的路径", "name a report"))]);
    }
    let found = discover::files(&[path.to_path_buf()], locale);
    found.files.into_iter().next().map(Input::File).ok_or(found.problems)
}

fn standard_input(name: Option<&str>, locale: Locale) -> Input {
    Input::Standard(name.map_or_else(|| say!(locale, "标准输入", "standard input"), str::to_owned))
}
