//! `guiju packs`: the built-in packs and those named.

use crate::command::console::Console;
use crate::command::prepare;
use crate::pack::Loaded;
use crate::render::catalog;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 用这个规则包（名称或 YAML 文件），可给多个；默认用内置的 fazhi-annual-report
    #[arg(long = "pack", value_name = "NAME|PATH")]
    packs: Vec<String>,
    /// 列表的形式：pretty（默认）或 json
    #[arg(id = "listing", long = "format", value_name = "FORMAT", value_parser = ["pretty", "json"], hide_possible_values = true)]
    format: Option<String>,
}

/// Prints the packs and gives the exit code.
pub fn run(args: &Args, console: &Console) -> u8 {
    let names = [prepare::built_in(), args.packs.clone()].concat();
    let Loaded { packs, problems } = prepare::load_packs(&names, console.locale);
    console.print(&match args.format.as_deref() {
        Some("json") => catalog::packs_json(&packs),
        _ => catalog::packs(&packs, &console.style(false)),
    });
    problems.iter().for_each(|it| console.problem(it));
    prepare::exit_code(&problems)
}
