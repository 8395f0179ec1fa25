//! Reads the number at the front of a heading, past what other programs left there.

use crate::document::NumberStyle;
use crate::numbers::numerals;
use crate::source::leading_space;

/// A number at the front of a line, in bytes of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marker {
    /// Where it begins: behind the leftovers.
    pub start: usize,
    /// Where it ends: behind its mark.
    pub end: usize,
    /// Where the words begin: behind the white space.
    pub words: usize,
    /// How it is written.
    pub style: NumberStyle,
    /// Which number it is.
    pub value: u32,
}

/// Literal leftovers of Word.
const LEFTOVERS: [&str; 4] = ["错误！未找到引用源。", "错误!未找到引用源。", "错误！未定义书签。", "错误!未定义书签。"];
/// How many styles there are.
pub const STYLES: usize = NumberStyle::Circled as usize + 1;
const OPEN: [char; 5] = ['（', '(', '〔', '﹙', '【'];
const CLOSE: [char; 5] = ['）', ')', '〕', '﹚', '】'];

/// Reads the number at the front of a line.
pub fn read(text: &str) -> Option<Marker> {
    let start = leftover(text);
    let rest = text.get(start..)?;
    let (style, value, length) = bracketed(rest)
        .or_else(|| decimal(rest))
        .or_else(|| bare(rest))
        .or_else(|| division(rest))
        .or_else(|| single(rest))?;
    let behind = rest.get(length..)?;
    let words = start + length + (behind.len() - trim(behind).len());
    Some(Marker { start, end: start + length, words, style, value })
}

/// The bytes that leftovers of other programs fill at the front of a line: `[bookmark: _GoBack]`, `##paidbegin##`,
/// `&nbsp;`, bullets and marks.
pub fn leftover(text: &str) -> usize {
    let mut rest = trim(text);
    while let Some(shorter) = strip_leftover(rest) {
        rest = trim(shorter);
    }
    text.len() - rest.len()
}

fn strip_leftover(text: &str) -> Option<&str> {
    LEFTOVERS
        .iter()
        .find_map(|it| text.strip_prefix(it))
        .or_else(|| enclosed(text, "[", "]"))
        .or_else(|| enclosed(text, "##", "##"))
        .or_else(|| enclosed(text, "<", ">"))
        .or_else(|| text.strip_prefix(is_mark))
}

/// Marks that stand in front of headings and say nothing.
const fn is_mark(c: char) -> bool {
    matches!(
        c,
        '#' | '*'
            | '_'
            | '>'
            | '?'
            | '\u{FFFD}'
            | '•'
            | '·'
            | '●'
            | '■'
            | '□'
            | '◆'
            | '◇'
            | '▲'
            | '★'
            | '☆'
            | '○'
            | '※'
            | '➤'
            | '▶'
    )
}

/// `text` without an ASCII name between two marks; a name of figures alone is a number, not a leftover.
fn enclosed<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let inner = text.strip_prefix(open)?;
    let length = inner.bytes().take(60).position(|b| close.as_bytes().first() == Some(&b))?;
    let name = inner.get(..length)?;
    let plain =
        name.bytes().all(|b| b.is_ascii_graphic() || b == b' ') && name.bytes().any(|b| b.is_ascii_alphabetic());
    if plain { inner.get(length..)?.strip_prefix(close) } else { None }
}

fn trim(text: &str) -> &str {
    text.get(leading_space(text).0..).unwrap_or_default()
}

type Read = (NumberStyle, u32, usize);

/// （一） (1) 1） 一）
fn bracketed(text: &str) -> Option<Read> {
    let inner = text.strip_prefix(OPEN);
    let (value, chinese, rest) = numeral(trim(inner.unwrap_or(text)))?;
    let rest = trim(rest).strip_prefix(CLOSE)?;
    let rest = rest.strip_prefix(['、', '．', '.', '，']).unwrap_or(rest);
    let style = match (chinese, inner.is_some()) {
        (true, _) => NumberStyle::ChineseBracket,
        (false, true) => NumberStyle::ArabicBracket,
        (false, false) => NumberStyle::ArabicHalfBracket,
    };
    Some((style, value, text.len() - rest.len()))
}

/// 一、 一. 一， 一： 1. 1．1、
fn bare(text: &str) -> Option<Read> {
    let (value, chinese, rest) = numeral(text)?;
    let marks: &[char] = if chinese {
        &['、', '.', '．', '，', ',', '﹑', '､', '：', ':']
    } else {
        &['.', '．', '、', '﹒', '﹑']
    };
    let rest = trim(rest).strip_prefix(marks)?;
    if chinese && enumerates(trim(rest), value) || !chinese && goes_on(trim(rest)) {
        return None;
    }
    let style = if chinese { NumberStyle::Chinese } else { NumberStyle::Arabic };
    Some((style, value, text.len() - rest.len()))
}

/// 1.1
fn decimal(text: &str) -> Option<Read> {
    let (_, chinese, rest) = numeral(text)?;
    let behind = rest.strip_prefix(['.', '．']).filter(|it| !it.starts_with(['0', '０']))?;
    let (value, _, rest) = numeral(behind).filter(|(_, chinese, _)| !chinese)?;
    let words = rest.trim_start();
    let counts = words.starts_with(['%', '％', '万', '亿', '个', '倍', '元', '件', '次']);
    let named = words.len() < rest.len() && !words.starts_with(is_figure) && !words.is_empty() && !counts;
    (named && !chinese).then_some((NumberStyle::Decimal, value, text.len() - rest.len()))
}

/// Whether an enumeration goes on behind 一、: 一、二、三产业, 一、二号文件. 二、三年来的工作 and 一、二十大精神 go on too,
/// and are headings.
fn enumerates(rest: &str, value: u32) -> bool {
    let tail = rest.trim_start_matches(is_numeral);
    let listed =
        tail.len() < rest.len() && tail.starts_with(['、', '，', ',', '和', '与', '及', '至', '或', '级', '类', '线']);
    let next = numeral(rest).is_some_and(|(next, chinese, _)| chinese && next == value + 1);
    listed || next && !rest.starts_with('两') && !tail.starts_with(['年', '个', '大', '项', '届', '位', '次'])
}

/// Whether figures go on behind 1. in one number or list: 1.5万, 2024.1.5, 1、2、3号; a year does not (1.2024年).
fn goes_on(rest: &str) -> bool {
    let figures = rest.chars().take_while(|c| is_figure(*c)).count();
    let tail = rest.trim_start_matches(is_figure);
    figures > 0
        && !(figures == 4 && tail.trim_start().starts_with('年'))
        && (figures <= 4 || tail.starts_with(['.', '．']))
}

/// 第一部分 第一章 第一节 第一条
fn division(text: &str) -> Option<Read> {
    const UNITS: [(&str, NumberStyle); 6] = [
        ("部分", NumberStyle::Division),
        ("编", NumberStyle::Division),
        ("篇", NumberStyle::Division),
        ("章", NumberStyle::Chapter),
        ("节", NumberStyle::Subchapter),
        ("条", NumberStyle::Article),
    ];
    let (value, _, rest) = numeral(trim(text.strip_prefix('第')?))?;
    let rest = trim(rest);
    let (unit, style) = UNITS.into_iter().find(|(unit, _)| rest.starts_with(unit))?;
    let rest = rest.strip_prefix(unit)?;
    let marked = rest.strip_prefix(['：', ':', '、', '.', '．']).unwrap_or(rest);
    let spaced = rest.is_empty() || marked.len() < rest.len() || rest.starts_with(char::is_whitespace);
    let spoken = ["是", "为", "的", "中", "规定", "款", "之", "至", "和", "，", "第", "》", "）"];
    if spoken.iter().any(|it| marked.starts_with(it)) || style == NumberStyle::Article && !spaced {
        return None;
    }
    Some((style, value, text.len() - marked.len()))
}

/// ① ⑴ ⒈ ㈠: the number in one character.
fn single(text: &str) -> Option<Read> {
    const RUNS: [(char, char, NumberStyle); 6] = [
        ('①', '⑳', NumberStyle::Circled),
        ('⑴', '⒇', NumberStyle::Circled),
        ('⒈', '⒛', NumberStyle::Circled),
        ('❶', '❿', NumberStyle::Circled),
        ('➀', '➉', NumberStyle::Circled),
        ('㈠', '㈩', NumberStyle::ChineseBracket),
    ];
    let c = text.chars().next()?;
    let (first, _, style) = RUNS.into_iter().find(|(first, last, _)| (*first..=*last).contains(&c))?;
    let rest = text.strip_prefix(c)?;
    let rest = rest.strip_prefix(['、', '．', '.']).unwrap_or(rest);
    Some((style, c as u32 - first as u32 + 1, text.len() - rest.len()))
}

/// A numeral from 1 to 199 at the front, whether it is Chinese, and what follows it.
fn numeral(text: &str) -> Option<(u32, bool, &str)> {
    let chinese = text.starts_with(is_numeral);
    let rest = if chinese { text.trim_start_matches(is_numeral) } else { text.trim_start_matches(is_figure) };
    let length = text.len() - rest.len();
    let written = text.get(..length).filter(|it| (1..=15).contains(&it.len()))?;
    let value = u32::try_from(numerals::integer(written)?).ok()?;
    (1..200).contains(&value).then_some((value, chinese, rest))
}

/// Whether the number of a heading may begin with a character: 一 or （.
pub fn opens(c: char) -> bool {
    is_numeral(c) || OPEN.contains(&c)
}

/// Whether a character is part of a Chinese number.
pub const fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '一' | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '〇'
            | '零'
            | '廿'
            | '卅'
            | '两'
    )
}

const fn is_figure(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

#[cfg(test)]
mod tests {
    use super::*;
    use NumberStyle::*;

    #[test]
    fn numbers_of_every_style_are_read() {
        let cases: &[(&str, NumberStyle, u32, &str)] = &[
            ("⟦一、⟧主要举措", Chinese, 1, "主要举措"),
            ("⟦十二、⟧主要举措", Chinese, 12, "主要举措"),
            ("⟦一.⟧主要举措", Chinese, 1, "主要举措"),
            ("⟦一，⟧主要举措", Chinese, 1, "主要举措"),
            ("⟦一：⟧主要举措", Chinese, 1, "主要举措"),
            ("⟦【二】⟧强化学习", ChineseBracket, 2, "强化学习"),
            ("⟦1.2⟧ 强化学习", Decimal, 2, "强化学习"),
            ("⟦３．１⟧　强化学习", Decimal, 1, "强化学习"),
            ("⟦三 、⟧ 主要举措", Chinese, 3, "主要举措"),
            ("⟦二、⟧一年来的工作", Chinese, 2, "一年来的工作"),
            ("⟦二、⟧三年来的工作", Chinese, 2, "三年来的工作"),
            ("⟦一、⟧两手抓", Chinese, 1, "两手抓"),
            ("⟦一、⟧二十大精神", Chinese, 1, "二十大精神"),
            ("⟦二、⟧2025年工作打算", Chinese, 2, "2025年工作打算"),
            ("⟦（一）⟧强化学习", ChineseBracket, 1, "强化学习"),
            ("⟦(二)⟧强化学习", ChineseBracket, 2, "强化学习"),
            ("⟦（ 三 )⟧强化学习", ChineseBracket, 3, "强化学习"),
            ("⟦（一）、⟧强化学习", ChineseBracket, 1, "强化学习"),
            ("⟦四）⟧强化学习", ChineseBracket, 4, "强化学习"),
            ("⟦㈤⟧强化学习", ChineseBracket, 5, "强化学习"),
            ("⟦1.⟧强化学习", Arabic, 1, "强化学习"),
            ("⟦１．⟧强化学习", Arabic, 1, "强化学习"),
            ("⟦12、⟧强化学习", Arabic, 12, "强化学习"),
            ("⟦1.⟧ 2024年工作", Arabic, 1, "2024年工作"),
            ("⟦2.⟧12345热线办理", Arabic, 2, "12345热线办理"),
            ("⟦（3）⟧强化学习", ArabicBracket, 3, "强化学习"),
            ("⟦(3)⟧强化学习", ArabicBracket, 3, "强化学习"),
            ("⟦3）⟧强化学习", ArabicHalfBracket, 3, "强化学习"),
            ("⟦②⟧强化学习", Circled, 2, "强化学习"),
            ("⟦⑵⟧强化学习", Circled, 2, "强化学习"),
            ("⟦⒉⟧强化学习", Circled, 2, "强化学习"),
            ("⟦第一部分⟧ 主要举措", Division, 1, "主要举措"),
            ("⟦第一部分：⟧主要举措", Division, 1, "主要举措"),
            ("⟦第二章⟧总则", Chapter, 2, "总则"),
            ("⟦第 三 章⟧　总则", Chapter, 3, "总则"),
            ("⟦第十二条⟧ 为了规范", Article, 12, "为了规范"),
            ("⟦第2节⟧ 机构", Subchapter, 2, "机构"),
            ("[bookmark: _GoBack]⟦（三）⟧服务", ChineseBracket, 3, "服务"),
            ("##paidbegin## ⟦一、⟧服务", Chinese, 1, "服务"),
            ("&nbsp;&nbsp;⟦1.⟧服务", Arabic, 1, "服务"),
            ("**⟦一、⟧服务**", Chinese, 1, "服务**"),
            ("错误！未找到引用源。⟦二、⟧服务", Chinese, 2, "服务"),
            ("\u{FEFF}　⟦一、⟧服务", Chinese, 1, "服务"),
            ("⟦一、⟧", Chinese, 1, ""),
        ];
        for (marked, style, value, words) in cases {
            let text = marked.replace(['⟦', '⟧'], "");
            let start = marked.find('⟦').unwrap();
            let end = marked.find('⟧').unwrap() - '⟦'.len_utf8();
            let found = read(&text).unwrap_or_else(|| panic!("{marked}"));
            assert_eq!((found.start, found.end, found.style, found.value), (start, end, *style, *value), "{marked}");
            assert_eq!(text.get(found.words..), Some(*words), "{marked}");
        }
    }

    #[test]
    fn what_only_looks_like_a_number_is_none() {
        let cases = [
            "",
            "主要举措",
            "一是加强学习",
            "第一责任人职责",
            "第一书记",
            "第一，加强学习",
            "第一时间处置",
            "第一条款所称",
            "第三条规定的",
            "一、二、三产业融合发展",
            "一、二级医院",
            "一、二号文件",
            "二、三把手",
            "2024.1.5",
            "2024年，我局",
            "2024、2025年",
            "1.5万件",
            "3.5%",
            "3.5 %",
            "1.1.1 甲",
            "1.05 倍",
            "2024.1 全会",
            "１．５万件",
            "1、2、3号楼",
            "0.5个百分点",
            "12.4宪法日活动",
            "一方面",
            "十八大以来",
            "三十年来",
            "1000余场次",
            "（2024年度）",
            "（试行）",
            "(https://a.b)",
            "[1]",
            "第五部门",
            "1 2 3",
            "百、千、万",
            "第",
            "（",
            "（一",
            "一",
            "1",
            "九九九九九九、甲",
        ];
        for text in cases {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
