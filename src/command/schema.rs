//! `guiju schema`: the JSON Schema of each kind of file that is read or written.

use crate::command::CLEAN;
use crate::command::console::Console;
use crate::schema::{Kind, schema};

/// What may be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// pack（规则包）或 report（check --format json 的结果）
    #[arg(value_name = "KIND", value_parser = Kind::ALL.map(Kind::name), hide_possible_values = true)]
    kind: String,
}

/// Prints the schema.
pub fn run(args: &Args, console: &Console) -> u8 {
    for kind in Kind::ALL.into_iter().filter(|it| it.name() == args.kind) {
        let text = serde_json::to_string_pretty(&schema(kind, console.locale)).unwrap_or_default();
        console.print(&(text + "\n"));
    }
    CLEAN
}
