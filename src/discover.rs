//! Paths to files, and files to bytes.

use std::io::Read;
use std::path::{Path, PathBuf};

use crate::locale::Locale;
use crate::problem::Problem;

/// What paths led to.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The files.
    pub files: Vec<PathBuf>,
    /// Paths that led nowhere.
    pub problems: Vec<Problem>,
    /// What folders hold besides.
    pub left_out: LeftOut,
}

/// How many entries of folders were left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {}

impl LeftOut {
    /// All of them.
    pub const fn total(self) -> usize {
        0
    }
}

/// Finds the files that `paths` name.
pub fn discover(_paths: &[PathBuf], _locale: Locale) -> Found {
    Found::default()
}

/// Reads a file.
///
/// # Errors
/// Why not.
pub fn read_bytes(path: &Path, _locale: Locale) -> Result<Vec<u8>, Problem> {
    Err(Problem::error("read::todo", path.to_string_lossy(), ""))
}

/// Reads all that `reader` gives.
///
/// # Errors
/// Why not.
pub fn read_limited(_reader: impl Read, name: &str, _locale: Locale) -> Result<Vec<u8>, Problem> {
    Err(Problem::error("read::todo", name, ""))
}
