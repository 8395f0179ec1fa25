//! The packs inside the program.

use crate::nearest::nearest;
use crate::pack::load::PackText;

/// Their names and their YAML, those that others extend first.
pub const BUILT_IN: [(&str, &str); 4] = [
    ("gongwen", include_str!("../../rules/gongwen.yaml")),
    ("tifa", include_str!("../../rules/tifa.yaml")),
    ("fazhi-annual-report", include_str!("../../rules/fazhi-annual-report.yaml")),
    ("duizhao", include_str!("../../rules/duizhao.yaml")),
];

/// What stands before the name of a built-in pack where a path would stand.
const PREFIX: &str = "built-in:";

/// A built-in pack by its name.
pub fn built_in(name: &str) -> Option<PackText> {
    let (name, text) = BUILT_IN.into_iter().find(|(it, _)| *it == name)?;
    Some(PackText { name: format!("{PREFIX}{name}"), text: text.to_owned() })
}

/// Whether the name of a text is that of a built-in pack.
pub fn is_built_in(text: &str) -> bool {
    text.starts_with(PREFIX)
}

/// The built-in pack whose name a word is most likely a slip for.
pub fn near(word: &str) -> Option<&'static str> {
    nearest(word, BUILT_IN.into_iter().map(|(name, _)| name))
}
