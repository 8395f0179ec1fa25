//! The language that people are spoken to in. Not the language of rules: that is `lang`.

/// Chinese unless `--lang en` asks for English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Locale {
    /// 中文.
    #[default]
    Zh,
    /// English.
    En,
}

/// One sentence for people in both languages; only the one asked for is built: `say!(locale, "第{n}行", "line {n}")`.
#[macro_export]
macro_rules! say {
    ($locale:expr, $zh:literal, $en:literal $(, $arg:expr)* $(,)?) => {
        match $locale {
            $crate::locale::Locale::Zh => format!($zh $(, $arg)*),
            $crate::locale::Locale::En => format!($en $(, $arg)*),
        }
    };
}
