//! Another program, with limits of time and of what it may print.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How a program ended.
#[derive(Debug)]
pub enum Ended {
    /// By itself, with what it printed.
    Itself(Vec<u8>),
    /// It ran too long and was stopped.
    Late,
}

/// Runs a program on `input`, no longer than `time`, and keeps no more than `most` bytes of what it prints.
///
/// # Errors
/// One that cannot be started.
pub fn run(command: &mut Command, input: Vec<u8>, most: u64, time: Duration) -> std::io::Result<Ended> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    // It may end before it has read everything: what it says then counts, and not the broken pipe.
    thread::spawn(move || stdin.map(|mut it| it.write_all(&input)));
    let printed = thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = stdout.map(|it| it.take(most).read_to_end(&mut bytes));
        read.is_some_and(|it| it.is_ok()).then_some(bytes)
    });
    match wait(&mut child, time)? {
        false => Ok(Ended::Late),
        true => Ok(Ended::Itself(printed.join().ok().flatten().unwrap_or_default())),
    }
}

/// Waits for a program to end by itself, and stops it when the time is over.
fn wait(child: &mut Child, time: Duration) -> std::io::Result<bool> {
    let start = Instant::now();
    let mut pause = Duration::from_millis(1);
    loop {
        if child.try_wait()?.is_some() {
            return Ok(true);
        }
        if start.elapsed() > time {
            child.kill()?;
            child.wait()?;
            return Ok(false);
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}
