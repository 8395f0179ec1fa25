//! The kinds of warnings about packs, each with an id that never changes.

use crate::locale::Locale;
use crate::say;

/// A kind of warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lint {
    /// A set, quantity, parameter or variable that nothing uses.
    Unused,
    /// A rule without tests.
    NoTests,
    /// A rule no test of which fails.
    NoFailTest,
    /// A statement that can never fail.
    NeverFails,
    /// A statement that can never apply.
    NeverApplies,
    /// A statement that another rule has too.
    Duplicate,
    /// A statement that demands what another rule forbids.
    Contradiction,
    /// A phrase that another member of its set already covers.
    Covered,
    /// A bare common word, which stands in nearly every report.
    CommonWord,
    /// A legal basis without its article.
    NoArticle,
    /// A member of a set that looks like several.
    SeveralInOne,
    /// A member of a set that looks like half a regex.
    HalfRegex,
    /// A silence that silences nothing.
    UnusedSilence,
}

impl Lint {
    /// All of them, in the order of their ids.
    pub const ALL: [Lint; 13] = [
        Lint::Unused,
        Lint::NoTests,
        Lint::NoFailTest,
        Lint::NeverFails,
        Lint::NeverApplies,
        Lint::Duplicate,
        Lint::Contradiction,
        Lint::Covered,
        Lint::CommonWord,
        Lint::NoArticle,
        Lint::SeveralInOne,
        Lint::HalfRegex,
        Lint::UnusedSilence,
    ];

    /// Its id, as `silence` names it.
    pub const fn id(self) -> &'static str {
        match self {
            Lint::Unused => "PK001",
            Lint::NoTests => "PK002",
            Lint::NoFailTest => "PK003",
            Lint::NeverFails => "PK004",
            Lint::NeverApplies => "PK005",
            Lint::Duplicate => "PK006",
            Lint::Contradiction => "PK007",
            Lint::Covered => "PK008",
            Lint::CommonWord => "PK009",
            Lint::NoArticle => "PK010",
            Lint::SeveralInOne => "PK011",
            Lint::HalfRegex => "PK012",
            Lint::UnusedSilence => "PK013",
        }
    }

    /// What it is about, as the manual lists it.
    pub fn title(self, locale: Locale) -> String {
        match self {
            Lint::Unused => say!(locale, "声明了却没有用到的名字", "a name that nothing uses"),
            Lint::NoTests => say!(locale, "规则没有测试", "a rule without tests"),
            Lint::NoFailTest => say!(locale, "没有一个测试不通过", "no test of a rule fails"),
            Lint::NeverFails => say!(locale, "永远不会不通过", "a statement that can never fail"),
            Lint::NeverApplies => say!(locale, "永远不适用", "a statement that can never apply"),
            Lint::Duplicate => say!(locale, "与另一条规则重复", "a statement that another rule has too"),
            Lint::Contradiction => say!(locale, "与另一条规则矛盾", "a statement that contradicts another rule"),
            Lint::Covered => say!(locale, "同组别的词语已经涵盖", "a phrase that its set covers without it"),
            Lint::CommonWord => say!(locale, "单独一个常见词，容易误报", "a bare common word, likely to misfire"),
            Lint::NoArticle => say!(locale, "依据没有写条款", "a legal basis without its article"),
            Lint::SeveralInOne => say!(locale, "几个词语写成了一项", "several phrases written as one member"),
            Lint::HalfRegex => say!(locale, "正则只有一边有 /", "a regex with one of its slashes"),
            Lint::UnusedSilence => say!(locale, "`silence` 里没有用到的一项", "a silence that silences nothing"),
        }
    }

    /// The lint with that id.
    pub fn by_id(id: &str) -> Option<Lint> {
        Lint::ALL.into_iter().find(|it| it.id().eq_ignore_ascii_case(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_in_order_and_read_back() {
        for (at, lint) in Lint::ALL.into_iter().enumerate() {
            assert_eq!(lint.id(), format!("PK{:03}", at + 1));
            assert_eq!(Lint::by_id(&lint.id().to_lowercase()), Some(lint));
        }
        assert_eq!(Lint::by_id("PK999"), None);
    }
}
