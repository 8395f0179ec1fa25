//! `guiju completions`: scripts that let a shell complete commands and flags.

use clap_complete::{Shell, generate};

use crate::command::console::Console;
use crate::command::{CLEAN, command};

/// What may be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// bash、zsh、fish、elvish 或 powershell
    #[arg(value_name = "SHELL", hide_possible_values = true)]
    shell: Shell,
}

/// Prints the script.
pub fn run(args: &Args, console: &Console) -> u8 {
    let mut script = Vec::new();
    generate(args.shell, &mut command(console.locale), "guiju", &mut script);
    console.print(&String::from_utf8_lossy(&script));
    CLEAN
}
