//! A command under the clock: the processor time and the memory that the system counts for it.

use std::io::{self, Read};
use std::process::{Command, Stdio};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

/// The first argument of a run that measures one command: a process of its own, so that what the system counts for its
/// children is that one command.
pub const MEASURE: &str = "--measure";

/// What a command took.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// Processor time in user and system mode, in seconds.
    pub cpu: f64,
    /// The most memory it held, in megabytes.
    pub memory: f64,
    /// The bytes it printed.
    pub printed: u64,
}

/// Runs a command several times and gives the least it took.
pub fn least(times: usize, command: &[String]) -> io::Result<Cost> {
    let mut best: Option<Cost> = None;
    for _ in 0..times {
        let cost = once(command)?;
        best = Some(match best {
            Some(best) => Cost { cpu: best.cpu.min(cost.cpu), memory: best.memory.min(cost.memory), ..cost },
            None => cost,
        });
    }
    best.ok_or_else(|| io::Error::other("nothing was measured"))
}

fn once(command: &[String]) -> io::Result<Cost> {
    let output = Command::new(std::env::current_exe()?).arg(MEASURE).args(command).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<f64> = text.split_whitespace().filter_map(|it| it.parse().ok()).collect();
    match numbers.as_slice() {
        [cpu, memory, printed] => Ok(Cost { cpu: *cpu, memory: *memory, printed: *printed as u64 }),
        _ => Err(io::Error::other(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)))),
    }
}

/// Runs the command, reads all it prints through a pipe, and gives one line: seconds, megabytes, bytes.
pub fn child(command: &[String]) -> io::Result<String> {
    let Some((program, arguments)) = command.split_first() else { return Err(io::Error::other("no command")) };
    let mut child = Command::new(program).args(arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let mut printed = 0;
    if let Some(mut pipe) = child.stdout.take() {
        let mut buffer = vec![0; 1 << 16];
        while let count @ 1.. = pipe.read(&mut buffer)? {
            printed += count;
        }
    }
    child.wait()?;
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let micros = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    // Linux counts kilobytes, macOS bytes.
    let unit = if cfg!(target_os = "macos") { 1_048_576.0 } else { 1_024.0 };
    Ok(format!("{} {} {printed}", micros as f64 / 1e6, usage.max_rss() as f64 / unit))
}
