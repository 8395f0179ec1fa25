//! What people write in place of the fields there are.

use crate::locale::Locale;
use crate::nearest::nearest;
use crate::say;
use crate::yaml::{Family, Schema};

/// Other names that people give the fields of a pack.
const OF_A_PACK: &[(&str, &[&str])] = &[
    ("pack", &["规则包", "名称", "包名"]),
    ("version", &["版本"]),
    ("title", &["标题", "名称"]),
    ("about", &["简介", "关于", "说明"]),
    ("for", &["适用", "适用于"]),
    ("extends", &["沿用", "继承", "引用"]),
    ("params", &["参数"]),
    ("extend", &["增补", "补充"]),
    ("vars", &["变量"]),
    ("terms", &["词语", "词语集", "词组", "术语"]),
    ("quantities", &["数量", "量"]),
    ("rules", &["规则"]),
    ("silence", &["消声", "忽略", "ignore"]),
    ("lint", &["提醒", "规则", "id"]),
    ("reason", &["理由", "原因"]),
    ("id", &["编号"]),
    ("check", &["检查", "要求", "规则", "语句"]),
    ("severity", &["级别", "严重程度"]),
    ("message", &["说明", "提示", "信息", "消息"]),
    ("help", &["改法", "建议", "帮助"]),
    ("basis", &["依据", "法律依据"]),
    ("tags", &["标签"]),
    ("once", &["一次"]),
    ("tests", &["测试", "test"]),
    ("pass", &["通过", "passes"]),
    ("fail", &["不通过", "失败", "fails"]),
    ("not-applicable", &["不适用", "not_applicable"]),
    ("law", &["法律", "法规", "名称"]),
    ("article", &["条", "条款", "条文"]),
    ("from", &["自", "起", "施行"]),
    ("until", &["至", "止", "废止"]),
];

impl Schema {
    /// The field of `known` that a word most likely stands for.
    pub fn meant<'a>(&self, word: &str, known: &[&'a str]) -> Option<&'a str> {
        let other: &[(&str, &[&str])] = match self.family {
            Family::Pack => OF_A_PACK,
            Family::Project => &[],
        };
        let named = |field: &&&str| other.iter().any(|(name, words)| name == *field && words.contains(&word));
        nearest(word, known.iter().copied()).or_else(|| known.iter().find(named).copied())
    }

    /// Where a field stands that was written among the fields `known`.
    pub fn home(&self, word: &str, known: &[&str], locale: Locale) -> Option<String> {
        let at = self.fields.iter().position(|it| it.contains(&word) && *it != known)?;
        match self.family {
            Family::Pack => Some(home_in_a_pack(word, at, locale)),
            Family::Project => None,
        }
    }
}

/// The maps of a pack in the order of its schema: the pack, a rule, its tests, its basis, a silence.
fn home_in_a_pack(word: &str, map: usize, locale: Locale) -> String {
    match map {
        0 => say!(
            locale,
            "`{word}` 是整个规则包的字段：写在最左边，不缩进",
            "`{word}` is a field of the pack: write it at the left margin"
        ),
        1 => say!(
            locale,
            "`{word}` 是一条规则的字段：写在 `rules:` 下面，每条规则以“- ”开头，各字段缩进对齐",
            "`{word}` is a field of a rule: write it under `rules:`, each rule begun with `- ` and its fields aligned"
        ),
        2 => say!(
            locale,
            "`{word}` 是测试的字段：写在 `tests:` 下面，多缩进两格",
            "`{word}` is a field of tests: write it under `tests:`, two columns further in"
        ),
        4 => say!(
            locale,
            "`{word}` 是 `silence` 的字段：写在 `silence:` 下面，每项以“- ”开头",
            "`{word}` is a field of `silence`: write it under `silence:`, each item begun with `- `"
        ),
        _ => say!(
            locale,
            "`{word}` 是依据的字段：写在 `basis:` 下面，多缩进两格",
            "`{word}` is a field of a basis: write it under `basis:`, two columns further in"
        ),
    }
}
