//! How a quotation differs from a title, and whether it is the title of another document.

/// What must be put out of a quotation, and what in, to make it a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edit {
    /// How many characters must be put in, out, or for another.
    pub count: usize,
    /// How many characters both begin with.
    before: usize,
    /// How many both end with.
    after: usize,
}

impl Edit {
    /// The edit from quotation to title; none where it takes more than `most`.
    pub fn between(quote: &[char], title: &[char], most: usize) -> Option<Edit> {
        let before = quote.iter().zip(title).take_while(|(a, b)| a == b).count();
        let (quote_rest, title_rest) = (quote.get(before..)?, title.get(before..)?);
        let after = quote_rest.iter().rev().zip(title_rest.iter().rev()).take_while(|(a, b)| a == b).count();
        let quote_middle = quote_rest.get(..quote_rest.len() - after)?;
        let title_middle = title_rest.get(..title_rest.len() - after)?;
        let count = strsim::generic_levenshtein(&Letters(quote_middle), &Letters(title_middle));
        (count <= most).then_some(Edit { count, before, after })
    }
}

/// A slice of letters as strsim wants it.
struct Letters<'a>(&'a [char]);

impl<'a> IntoIterator for &Letters<'a> {
    type Item = &'a char;
    type IntoIter = std::slice::Iter<'a, char>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// The kinds of documents, as their titles end.
const ENDINGS: [&str; 32] = [
    "条例", "办法", "规定", "细则", "规则", "意见", "方案", "纲要", "通知", "决定", "要点", "计划", "规划", "制度",
    "指引", "指南", "标准", "解释", "章程", "准则", "清单", "公约", "法典", "通报", "报告", "决议", "公告", "程序",
    "规范", "目录", "守则", "法",
];

/// The kind of document a title names.
pub fn ending(title: &[char]) -> Option<&'static str> {
    ENDINGS.into_iter().find(|it| {
        let length = it.chars().count();
        title.len() > length && title.iter().rev().copied().take(length).eq(it.chars().rev())
    })
}

/// From this length on two edits side by side are a slip rather than another word.
const LONG: usize = 8;

/// From these lengths on not even one word for another makes another document: 责任 for 职责, 监督 for 督察.
const VERY_LONG: usize = 12;
const LONGEST: usize = 16;

/// Titles so short are most of them one character from another.
const SHORT: usize = 3;

/// Whether a quotation that is nearly a title is rather the right title of another document, which the set does not
/// know: 《…实施办法》 beside 《…法》, a place's own 《市…条例》, 《…条例释义》, 《残疾人教育条例》 beside 《残疾人就业条例》.
pub fn is_other(quote: &[char], title: &[char], edit: &Edit) -> bool {
    let length = title.len();
    let cut = |letters: &'_ [char]| letters.len().saturating_sub(edit.after).max(edit.before);
    let out = quote.get(edit.before..cut(quote)).unwrap_or_default();
    let put = title.get(edit.before..cut(title)).unwrap_or_default();
    if length < VERY_LONG - 2 && ending(quote).is_some() && ending(title).is_some() && ending(quote) != ending(title) {
        return true;
    }
    // The courts' interpretations differ by a word: 适用《民法典》物权编, 继承编.
    let slip = edit.count == 1 || length >= LONG && !title.starts_with(&['最', '高', '人', '民']);
    match (out, put) {
        // 省…条例, 新…法 in front; …释义 behind, unless a character was typed twice.
        (more, []) if edit.before == 0 => more.len() <= 2,
        (more, []) if edit.after == 0 => more.last() != title.last(),
        (_, []) => !slip,
        // The name without its first word is a short name.
        ([], less) if edit.before == 0 => less.len() > 1 || length < 6,
        ([], _) => !slip,
        // Of three characters 国旗法 and 国徽法 share two; only the ending can be known to be wrong.
        ([_], [_]) if length <= SHORT => ending(quote).is_some(),
        ([a], [b]) => one_of(LEVELS, *a, *b) || one_of(FIGURES, *a, *b),
        // 督察 for 察督 is a slip in a title of any length.
        ([a, b], [c, d]) if a == d && b == c => false,
        ([a, b], [c, d]) => {
            let alike = a == d || b == c;
            !slip || names_place(quote, edit) || length < if alike { VERY_LONG } else { LONGEST }
        }
        (_, _) => !slip && out.len().max(put.len()) <= 2,
    }
}

const LEVELS: &str = "省市区县州盟旗乡镇村国";
const FIGURES: &str = "一二三四五六七八九十0123456789";

fn one_of(set: &str, a: char, b: char) -> bool {
    set.contains(a) && set.contains(b)
}

/// 天津市…条例 beside 重庆市…条例.
fn names_place(quote: &[char], edit: &Edit) -> bool {
    edit.before == 0 && quote.get(2).is_some_and(|c| LEVELS.contains(*c))
}
