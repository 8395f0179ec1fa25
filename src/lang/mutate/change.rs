//! What is changed of a statement, in words.

use crate::locale::Locale;
use crate::say;

/// What was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A member of a list was left out.
    Member(String),
    /// A member of a set was left out: the set, and the member.
    SetMember(String, String),
    /// A whole statement of several was left out: its number.
    Statement(usize),
    /// A part was left out.
    Dropped(Part),
    /// A part was turned into its opposite.
    Turned(Part),
    /// A number was changed.
    Number(u32, u32),
}

/// A part of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// 应当 or 不得
    Modal,
    /// 除外
    Except,
    /// 当 … 时
    When,
    /// 除非
    Unless,
    /// 提及 … 的
    Mentions,
    /// One of the joined claims.
    Claim,
    /// 并且 or 或者
    Join,
    /// 非
    Not,
    /// Where.
    Place,
    /// 之前 or 之后
    Order,
    /// 位于 … 章节中
    Inside,
    /// 一级
    TopLevel,
    /// 或条目
    OrItem,
    /// 原文
    Exactly,
    /// 每个 … 章节
    Every,
    /// 之一 or 全部
    Quantifier,
    /// 至少 or 至多
    Count,
    /// 开头 or 结尾
    Edge,
    /// 早于 or 晚于
    Date,
    /// = < >
    Relation,
    /// + - * /
    Operator,
    /// 误差
    Tolerance,
    /// 为 or 不为
    Fact,
}

impl Change {
    /// In words.
    pub fn words(&self, locale: Locale) -> String {
        match self {
            Change::Member(name) => say!(locale, "去掉 {name}", "without {name}"),
            Change::SetMember(set, name) => say!(locale, "从 ${set} 里去掉 {name}", "without {name} in ${set}"),
            Change::Statement(number) => say!(locale, "去掉第 {number} 句", "without statement {number}"),
            Change::Dropped(part) => say!(locale, "去掉{}", "without {}", part.words(locale)),
            Change::Turned(part) => say!(locale, "换掉{}", "with another {}", part.words(locale)),
            Change::Number(from, to) => say!(locale, "把 {from} 改成 {to}", "with {to} for {from}"),
        }
    }
}

impl Part {
    fn words(self, locale: Locale) -> String {
        match self {
            Part::Modal => say!(locale, "情态词", "modal"),
            Part::Except => say!(locale, "“除外”", "exception"),
            Part::When => say!(locale, "“当……时”", "`when`"),
            Part::Unless => say!(locale, "“除非”", "`unless`"),
            Part::Mentions => say!(locale, "“提及……的”", "`that mentions`"),
            Part::Claim => say!(locale, "其中一项要求", "one of the claims"),
            Part::Join => say!(locale, "“并且、或者”", "`and` or `or`"),
            Part::Not => say!(locale, "“非”", "`not`"),
            Part::Place => say!(locale, "一处位置", "place"),
            Part::Order => say!(locale, "“之前、之后”", "`before` or `after`"),
            Part::Inside => say!(locale, "“位于……章节中”", "`in the … section`"),
            Part::TopLevel => say!(locale, "“一级”", "`top-level`"),
            Part::OrItem => say!(locale, "“或条目”", "`or item`"),
            Part::Exactly => say!(locale, "“原文”", "`exactly`"),
            Part::Every => say!(locale, "“每个……章节”", "`every … section`"),
            Part::Quantifier => say!(locale, "“之一、全部”", "`any of` or `all of`"),
            Part::Count => say!(locale, "次数", "count"),
            Part::Edge => say!(locale, "“开头、结尾”", "`begin` or `end`"),
            Part::Date => say!(locale, "“早于、晚于”", "`before` or `after` of the date"),
            Part::Relation => say!(locale, "比较号", "comparison"),
            Part::Operator => say!(locale, "运算号", "operator"),
            Part::Tolerance => say!(locale, "误差", "tolerance"),
            Part::Fact => say!(locale, "“为、不为”", "`is` or `is not`"),
        }
    }
}
