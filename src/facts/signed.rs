//! Reads lines that sign: a body, a date, or both, with the labels of a form and nothing else.

use std::ops::Range;

use super::body::body_name;
use crate::numbers::dates::{self, DateMention};
use crate::source;

/// What a line says that signs, in bytes of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The body.
    pub body: Option<Range<usize>>,
    /// The date.
    pub date: Option<DateMention>,
}

/// Reads a line that holds a body, a date, or both, in either order: `清河区司法局　　2025年1月14日`,
/// `单位：清河区司法局  日期：2025年1月14日`, `（2025年1月14日）`.
pub fn read(line: &str) -> Option<Signed> {
    let Some(date) = dates::dates(line).into_iter().next() else {
        return Some(Signed { body: Some(body(line, 0..line.len())?), date: None });
    };
    let before = without_label(line.get(..date.range.start)?);
    let behind = line.get(date.range.end..)?;
    let body =
        match (before.trim_matches(is_around).is_empty(), source::trim(behind).trim_matches(is_around).is_empty()) {
            (true, true) => None,
            (false, true) => Some(body(line, 0..before.len())?),
            (true, false) => Some(body(line, date.range.end..line.len())?),
            (false, false) => return None,
        };
    Some(Signed { body, date: Some(date) })
}

/// Whether a line is a date and nothing else; brackets round it and a label do not count.
pub fn is_date(line: &str) -> bool {
    read(line).is_some_and(|it| it.date.is_some() && it.body.is_none())
}

/// The body that a part of a line names.
fn body(line: &str, range: Range<usize>) -> Option<Range<usize>> {
    let part = line.get(range.clone())?;
    let core = source::trim(part);
    let bare = core.strip_prefix(['（', '(']).map(|it| it.trim_end_matches(['）', ')']));
    let name = body_name(bare.unwrap_or(core))?;
    let start = range.start + part.find(name)?;
    Some(start..start + name.len())
}

/// What stands in front of a date, without 日期： and the white space there.
fn without_label(text: &str) -> &str {
    let text = source::trim_end(source::trim_end(text).trim_end_matches(['（', '(']));
    let Some(label) = text.strip_suffix(['：', ':']) else { return text };
    let names = ["日期", "时间", "時間", "日 期", "时 间"];
    let Some(core) = names.iter().find_map(|it| label.trim_end().strip_suffix(it)) else { return text };
    let kinds = ["报告", "報告", "成文", "填报", "填報", "报送", "報送", "上报", "上報"];
    source::trim_end(kinds.iter().find_map(|it| core.strip_suffix(it)).unwrap_or(core))
}

fn is_around(c: char) -> bool {
    c.is_whitespace() || matches!(c, '（' | '）' | '(' | ')' | '。')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_and_dates_are_told_from_other_lines() {
        let cases = [
            ("清河区司法局", "清河区司法局|"),
            ("清河区司法局　　2025年1月14日", "清河区司法局|2025年1月14日"),
            ("2025年1月14日  清河区司法局", "清河区司法局|2025年1月14日"),
            ("单位：清河区司法局（盖章）  日期：2025年1月14日", "清河区司法局|2025年1月14日"),
            ("报告日期：2025年1月14日", "|2025年1月14日"),
            ("（2025年1月14日）", "|2025年1月14日"),
            ("（清河区司法局  2025年1月14日）", "清河区司法局|2025年1月14日"),
            ("&nbsp;清河区司法局&nbsp;2025年1月&nbsp;", "清河区司法局|2025年1月"),
            ("二〇二五年一月十四日。", "|二〇二五年一月十四日"),
            ("清河区司法局2025年1月14日印发", "-"),
            ("2025年1月14日召开会议", "-"),
            ("截至2025年1月14日", "-"),
            ("存在不足", "-"),
            ("", "-"),
        ];
        for (line, expected) in cases {
            let text = |range: Option<Range<usize>>| line.get(range.unwrap_or(0..0)).unwrap();
            let shown = |it: Signed| format!("{}|{}", text(it.body), text(it.date.map(|it| it.range)));
            assert_eq!(read(line).map_or("-".to_owned(), shown), expected, "{line}");
        }
    }
}
