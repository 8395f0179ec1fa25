//! The packs built into the program, and packs on disk.

use crate::locale::Locale;
use crate::pack::load::PackText;

/// Name and text of each built-in pack.
pub const BUILT_IN: &[(&str, &str)] = &[];

/// The pack that a name or path means.
///
/// # Errors
/// Why there is none.
pub fn find(_name: &str, _from: Option<&str>, _locale: Locale) -> Result<PackText, String> {
    Err(String::new())
}
