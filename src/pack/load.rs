//! YAML to packs and problems. The only user of YAML.

use crate::locale::Locale;
use crate::pack::Loaded;

/// A pack's text under the name it is reported by.
#[derive(Debug, Clone)]
pub struct PackText {
    /// The path as the user wrote it, or `built-in:gongwen`.
    pub name: String,
    /// Its YAML.
    pub text: String,
}

/// Loads the packs `wanted` (and those they extend, found through `resolve`, which is handed the name of the
/// extending text and the word after `extends`), and tells everything that is wrong with them.
pub fn load(
    _wanted: &[PackText],
    _resolve: &dyn Fn(&str, &str) -> Result<PackText, String>,
    _locale: Locale,
) -> Loaded {
    Loaded::default()
}
