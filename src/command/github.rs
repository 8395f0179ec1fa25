//! What GitHub hands to the commands of a step.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The file that GitHub shows on the page of the step.
pub fn step() -> Option<PathBuf> {
    std::env::var_os("GITHUB_STEP_SUMMARY").filter(|it| !it.is_empty()).map(PathBuf::from)
}

/// Writes behind what other commands of the step have written.
///
/// # Errors
/// The file cannot be written.
pub fn append(path: &Path, text: &str) -> io::Result<()> {
    OpenOptions::new().append(true).create(true).open(path)?.write_all(text.as_bytes())
}
