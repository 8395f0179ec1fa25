//! Paths to files.

use std::path::PathBuf;

use crate::locale::Locale;
use crate::problem::Problem;

/// What paths gave.
#[derive(Debug, Clone, Default)]
pub struct Discovered {
    /// The files, in order of their paths.
    pub files: Vec<PathBuf>,
    /// Paths that are no files to check.
    pub problems: Vec<Problem>,
    /// How many files of folders were left out.
    pub skipped: usize,
}

/// The files that paths mean.
pub fn files(_paths: &[PathBuf], _locale: Locale) -> Discovered {
    Discovered::default()
}
