//! Regular expressions written in the claims themselves.

use regex::Regex;

/// Compiles a pattern of this program; the tests of each file compile all of theirs.
pub(super) fn constant(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a constant pattern compiles")
}
