//! `guiju pack check`: what is wrong with packs, all of it in one run.

use crate::command::console::Console;
use crate::command::prepare;
use crate::pack::Loaded;
use crate::plan::{Settings, compile};
use crate::problem::Level;
use crate::render::summary::Summary;
use crate::render::{json, pretty};
use crate::say;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 规则包：内置的名称，或 YAML 文件
    #[arg(value_name = "PACK", required = true)]
    pack_paths: Vec<String>,
    /// 列表的形式：pretty（默认）或 json
    #[arg(id = "listing", long = "format", value_name = "FORMAT", value_parser = ["pretty", "json"], hide_possible_values = true)]
    format: Option<String>,
}

/// Prints all problems, errors first met first, and gives the exit code.
pub fn run(args: &Args, console: &Console) -> u8 {
    let loaded = prepare::load_packs(&args.pack_paths, console.locale);
    let doubts = prepare::doubts(&args.pack_paths, &loaded, console.locale);
    let Loaded { packs, mut problems } = loaded;
    problems.extend(compile(&packs, &Settings::default(), console.locale).1);
    problems.extend(doubts);
    if args.format.as_deref() == Some("json") {
        let mut summary = Summary::default();
        problems.iter().for_each(|it| summary.add_problem(it));
        console.print(&(json::head() + &json::tail(&problems, &summary)));
        return prepare::exit_code(&problems);
    }
    let style = console.style(false);
    problems.iter().for_each(|it| console.print(&pretty::problem(it, &style)));
    let errors = problems.iter().filter(|it| it.level == Level::Error).count();
    let warnings = problems.len() - errors;
    let (rules, packs) = (packs.iter().map(|it| it.rules.len()).sum::<usize>(), packs.len());
    let line = say!(
        console.locale,
        "检查了 {packs} 个规则包、{rules} 条规则：{errors} 个错误，{warnings} 个警告。",
        "packs: {packs}, rules: {rules}; errors: {errors}, warnings: {warnings}"
    );
    if !console.quiet {
        console.print(&(line + "\n"));
    }
    prepare::exit_code(&problems)
}
