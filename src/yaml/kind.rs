//! The kinds of values in the words of a pack's author: what is due, what is there, what to do about the difference.

use crate::locale::Locale;
use crate::say;
use crate::yaml::Value;

/// What a field should hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Text.
    Text,
    /// Text or a number.
    TextOrNumber,
    /// Text or a list of texts.
    Texts,
    /// `true` or `false`.
    Flag,
    /// A list.
    List,
    /// A map.
    Fields,
}

impl Due {
    /// In words.
    pub fn words(self, locale: Locale) -> String {
        match self {
            Due::Text => say!(locale, "文字", "text"),
            Due::TextOrNumber => say!(locale, "文字或数字", "text or a number"),
            Due::Texts => say!(locale, "文字或文字的列表", "text or a list of texts"),
            Due::Flag => say!(locale, " `true` 或 `false`", "`true` or `false`"),
            Due::List => say!(locale, "列表", "a list"),
            Due::Fields => say!(locale, "“字段: 值”的形式", "`field: value` lines"),
        }
    }

    /// What to do where `value`, written as `written`, stands instead.
    pub fn help(self, value: &Value, written: &str, locale: Locale) -> Option<String> {
        let wants_text = matches!(self, Due::Text | Due::TextOrNumber | Due::Texts);
        match value {
            Value::Null | Value::Bool(_) | Value::Number if wants_text && !written.is_empty() => {
                Some(say!(locale, "加上引号：\"{written}\"", "quote it: \"{written}\""))
            }
            Value::Text(_) | Value::Map(_) if self == Due::List => {
                Some(say!(locale, "每项另起一行，以“- ”开头", "begin each item with `- ` on a line of its own"))
            }
            Value::List(_) | Value::Map(_) if self == Due::Text => Some(say!(
                locale,
                "只写一段文字；以 [ 或 {{ 开头的文字要加引号",
                "write one text; quote a text that begins with [ or {{"
            )),
            Value::List(_) if self == Due::Fields => Some(say!(
                locale,
                "写成一行一个“字段: 值”，不以“- ”开头",
                "write one `field: value` a line, without `- `"
            )),
            Value::Map(_) if wants_text => Some(say!(
                locale,
                "文字里有“: ”时，给整段文字加上引号",
                "put text that holds `: ` in quotes as a whole"
            )),
            Value::Tagged if wants_text => {
                Some(say!(locale, "以 ! 开头的文字要加引号", "put text that begins with ! in quotes"))
            }
            Value::Null
            | Value::Bool(_)
            | Value::Number
            | Value::Text(_)
            | Value::List(_)
            | Value::Map(_)
            | Value::Tagged => None,
        }
    }
}

/// What a value is, in words.
pub fn words(value: &Value, locale: Locale) -> String {
    match value {
        Value::Null => say!(locale, "空值", "nothing"),
        Value::Bool(_) => say!(locale, "真假值", "true or false"),
        Value::Number => say!(locale, "数字", "a number"),
        Value::Text(_) => say!(locale, "文字", "text"),
        Value::List(_) => say!(locale, "列表", "a list"),
        Value::Map(_) => say!(locale, "“字段: 值”的形式", "`field: value` lines"),
        Value::Tagged => say!(locale, "带标签的值", "a tagged value"),
    }
}
