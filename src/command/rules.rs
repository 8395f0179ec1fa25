//! `guiju rules`: the rules in use.

use crate::command::console::Console;
use crate::command::workspace::{Wanted, Workspace};
use crate::command::{BROKEN, Packs, prepare};
use crate::render::catalog;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    packs: Packs,
    /// 列表的形式：pretty（默认）或 json
    #[arg(id = "listing", long = "format", value_name = "FORMAT", value_parser = ["pretty", "json"], hide_possible_values = true)]
    format: Option<String>,
}

/// Prints the rules and gives the exit code.
pub fn run(args: &Args, console: &Console) -> u8 {
    let wanted = Wanted { packs: args.packs.clone(), rules_alone: true, ..Wanted::default() };
    let workspace = match Workspace::open(&wanted, console) {
        Ok(workspace) => workspace,
        Err(problems) => {
            problems.iter().for_each(|it| console.problem(it));
            return BROKEN;
        }
    };
    let rules = &workspace.rules;
    console.print(&match args.format.as_deref() {
        Some("json") => catalog::rules_json(rules, console.locale),
        _ => catalog::rules(rules, &console.style(false)),
    });
    workspace.problems.iter().for_each(|it| console.problem(it));
    prepare::exit_code(&workspace.problems)
}
