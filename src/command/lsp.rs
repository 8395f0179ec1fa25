//! `guiju lsp`: the server for editors, over standard input and output.

use std::io::{self, BufReader};
use std::sync::Arc;

use crate::command::console::Console;
use crate::command::{BROKEN, CLEAN, FINDINGS, Packs, prepare};
use crate::lsp::{self, Setup};
use crate::problem::Problem;
use crate::say;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    packs: Packs,
    /// 许多编辑器会加上它；本来就只用标准输入和输出
    #[arg(long)]
    stdio: bool,
}

/// Serves until the editor leaves, and gives the exit code that the protocol wants.
pub fn run(args: &Args, console: &Console) -> u8 {
    let prepare = || setup(args, console);
    let output = io::stdout().lock();
    match lsp::serve(BufReader::new(io::stdin()), output, &|_| prepare(), console.locale) {
        Ok(true) => CLEAN,
        Ok(false) => FINDINGS,
        Err(why) => {
            console.tell(&say!(console.locale, "与编辑器的连接断了：{why}", "the editor cannot be reached: {why}"));
            BROKEN
        }
    }
}

fn setup(args: &Args, console: &Console) -> Result<Arc<Setup>, Vec<Problem>> {
    let prepared = prepare::prepare(&args.packs, &[], &[], console.locale)?;
    let prepare::Prepared { packs, plan, given, problems } = prepared;
    let chosen = !args.packs.packs.is_empty();
    Ok(Arc::new(Setup { packs, plan, given, problems, chosen }))
}
