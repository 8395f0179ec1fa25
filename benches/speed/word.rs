//! Word documents: checked by guiju, beside python-docx that only takes their text out.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::corpus;
use crate::measure::least;
use crate::office::Docx;

/// How many documents are read.
const COUNT: u64 = 500;

/// Takes the text out of each document of a folder: what guiju reads, and no rules.
const PYTHON: &str = "import sys, glob, docx
for path in sorted(glob.glob(sys.argv[1] + '/*.docx')):
    print(len('\\n'.join(p.text for p in docx.Document(path).paragraphs)))";

/// Prints how many documents a second either takes.
pub fn bench(root: &Path) -> io::Result<()> {
    let folder = root.join("word");
    fs::create_dir_all(&folder)?;
    for number in 0..COUNT {
        fs::write(folder.join(format!("{number:05}.docx")), Docx::numbered(&corpus::report(number)).bytes())?;
    }
    let folder = folder.to_string_lossy().into_owned();
    let command = |words: &[&str]| words.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    let cost = least(3, &command(&[env!("CARGO_BIN_EXE_guiju"), "check", "--format", "concise", &folder]))?;
    let rate = COUNT as f64 / cost.cpu;
    println!("\nWord documents           a second of CPU   memory");
    println!("guiju, read and checked  {rate:>10.0}        {:>5.1} MB", cost.memory);
    let quiet = |arguments: &[&str]| {
        let mut python = Command::new("python3");
        python.args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|it| it.success())
    };
    if !quiet(&["-c", "import docx"]) {
        println!("python-docx is not installed: its figures are left out");
        return Ok(());
    }
    let other = least(1, &command(&["python3", "-c", PYTHON, &folder]))?;
    let slow = COUNT as f64 / other.cpu;
    println!(
        "python-docx, read only   {slow:>10.0}        {:>5.1} MB   guiju takes {:.0} times as many (goal >= 20)",
        other.memory,
        rate / slow
    );
    Ok(())
}
