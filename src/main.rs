//! The program: hands the command line to the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(guiju::command::main(std::env::args_os()))
}
