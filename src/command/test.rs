//! `guiju test`: the rules' own tests.

use crate::command::console::Console;
use crate::command::{CLEAN, FINDINGS, prepare};
use crate::pack::Loaded;
use crate::render::tests;
use crate::ruletest;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 规则包：内置的名称，或 YAML 文件；默认为全部内置的
    #[arg(value_name = "PACK")]
    pack_paths: Vec<String>,
}

/// Runs them, prints those that did not come out as expected, and gives the exit code.
pub fn run(args: &Args, console: &Console) -> u8 {
    let built_in = prepare::built_in();
    let names = if args.pack_paths.is_empty() { &built_in } else { &args.pack_paths };
    let loaded = prepare::load_packs(names, console.locale);
    let doubts = prepare::doubts(names, &loaded, console.locale);
    let Loaded { packs, mut problems } = loaded;
    let (tested, wrong) = ruletest::run(&packs, console.locale);
    problems.extend(wrong);
    problems.extend(doubts);
    problems.iter().for_each(|it| console.problem(it));
    let style = console.style(false);
    let failed: Vec<_> = tested.iter().filter(|it| !it.result.passed()).collect();
    failed.iter().for_each(|it| console.print(&tests::failed(it, &style)));
    console.print(&tests::summary(&tested, console.locale));
    let code = if failed.is_empty() { CLEAN } else { FINDINGS };
    code.max(prepare::exit_code(&problems))
}
