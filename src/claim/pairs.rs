//! Brackets and quotation marks that are not closed, or closed without being opened, inside their paragraph.

use crate::claim::letters::{Letter, is_han, letters, proper, searched};
use crate::claim::{Detected, Fault};
use crate::document::Document;
use crate::locale::Locale;
use crate::say;

/// How far a list's label such as `12）` reaches back from its bracket.
const MAX_LABEL_CHARS: usize = 3;

/// What a character is to the pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
    /// The straight quotation mark, which does both.
    Either,
}

/// A mark that found no partner.
#[derive(Debug, Clone, Copy)]
struct Lone {
    letter: Letter,
    kind: usize,
    side: Side,
    /// It should have been the other mark of its pair: “甲“.
    turned: bool,
}

/// The pairs, right for right: both widths of a bracket are one kind, so `（一)` is closed.
const KINDS: [(&str, &str); 10] = [
    ("“\"＂", "”\"＂"),
    ("‘", "’"),
    ("（(", "）)"),
    ("《", "》"),
    ("〈", "〉"),
    ("【〖", "】〗"),
    ("〔", "〕"),
    ("［[", "］]"),
    ("「", "」"),
    ("『", "』"),
];

/// Marks without a partner in their paragraph, in reading order.
pub fn detect(document: &Document, locale: Locale) -> Detected {
    let paragraphs: Vec<Matched> = proper(document).map(|it| Matched::new(letters(document, it))).collect();
    let pairs: usize = paragraphs.iter().map(|it| it.pairs).sum();
    let mut faults: Vec<Fault> = Vec::new();
    for (index, it) in paragraphs.iter().enumerate() {
        let goes_on = |lone: &Lone| paragraphs.get(index + 1).is_some_and(|next| next.continues(lone));
        faults.extend(it.lone.iter().filter(|lone| !goes_on(lone)).map(|lone| fault(lone, locale)));
    }
    let note =
        say!(locale, "括号和引号都成对，共 {pairs} 对", "all {pairs} pairs of brackets and quotation marks are closed");
    Detected { faults, evidence: searched(document, note), unknown: None }
}

fn fault(lone: &Lone, locale: Locale) -> Fault {
    let mark = lone.letter.c;
    let (opens, closes) = KINDS[lone.kind];
    let other = if lone.side == Side::Close { opens } else { closes };
    let same_width = other.chars().nth(KINDS[lone.kind].0.chars().position(|it| it == mark).unwrap_or(0));
    let other = same_width.or_else(|| other.chars().next()).unwrap_or(mark);
    let label = match (lone.turned, lone.side) {
        (true, _) => say!(locale, "方向反了，此处应为 {other}", "turned the wrong way: {other} is due here"),
        (false, Side::Close) => {
            say!(locale, "本段内前面没有与它配对的 {other}", "no {other} before it in this paragraph")
        }
        (false, Side::Open | Side::Either) => {
            say!(locale, "本段内后面没有与它配对的 {other}", "no {other} after it in this paragraph")
        }
    };
    Fault { expected: Some(other.to_string()), ..Fault::at(lone.letter.span(), label) }
}

/// A paragraph with its marks matched, each kind for itself: crossed pairs are closed pairs.
struct Matched {
    lone: Vec<Lone>,
    pairs: usize,
    /// The first character, where it opens something.
    first: Option<Letter>,
    /// Whether that is closed again before the paragraph ends.
    first_is_a_name: bool,
}

impl Matched {
    fn new(letters: Vec<Letter>) -> Self {
        let first = letters.iter().find(|it| !it.c.is_whitespace()).copied();
        let last = letters.iter().rposition(|it| !it.c.is_whitespace() && !"。！？!?.…".contains(it.c));
        let mut open: [Vec<Letter>; KINDS.len()] = Default::default();
        let mut found = Matched { lone: Vec::new(), pairs: 0, first, first_is_a_name: false };
        for (index, letter) in letters.iter().enumerate() {
            let Some((kind, side)) = kind_of(letter.c) else { continue };
            if is_apostrophe(&letters, index) {
                continue;
            }
            let closes = side == Side::Close || side == Side::Either && !open[kind].is_empty();
            match (closes, open[kind].pop()) {
                (true, Some(partner)) => {
                    found.pairs += 1;
                    found.first_is_a_name |= Some(partner) == first && Some(index) != last;
                }
                (true, None) if is_label(&letters, index) => {}
                (true, None) => found.lone.push(Lone { letter: *letter, kind, side: Side::Close, turned: false }),
                (false, before) => open[kind].extend(before.into_iter().chain([*letter])),
            }
        }
        let left = open.iter().enumerate().flat_map(|(kind, it)| it.iter().map(move |letter| (kind, *letter)));
        found.lone.extend(left.map(|(kind, letter)| Lone { letter, kind, side: Side::Open, turned: false }));
        found.lone.sort_by_key(|it| it.letter.at);
        found.join_turned();
        found
    }

    /// “甲“ and ”甲” are each one fault: a quotation mark turned the wrong way.
    fn join_turned(&mut self) {
        let mut joined: Vec<Lone> = Vec::new();
        for lone in std::mem::take(&mut self.lone) {
            let quotes = lone.kind < 2 && !matches!(lone.letter.c, '"' | '＂');
            match joined.last_mut() {
                Some(last) if quotes && !last.turned && last.kind == lone.kind && last.side == lone.side => {
                    let turned = if lone.side == Side::Open { lone } else { *last };
                    *last = Lone { turned: true, ..turned };
                }
                _ => joined.push(lone),
            }
        }
        self.lone = joined;
    }

    /// Whether a quotation left open before this paragraph is opened anew here, as each paragraph of a long one is.
    fn continues(&self, lone: &Lone) -> bool {
        let quotes = matches!(lone.letter.c, '“' | '‘' | '「' | '『');
        quotes && !lone.turned && self.first.is_some_and(|it| it.c == lone.letter.c) && !self.first_is_a_name
    }
}

fn kind_of(c: char) -> Option<(usize, Side)> {
    // Nearly every character is one of these, and none of them is a mark.
    if is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '，' | '。' | '、' | '；' | '：') {
        return None;
    }
    KINDS.iter().enumerate().find_map(|(kind, (opens, closes))| match (opens.contains(c), closes.contains(c)) {
        (true, true) => Some((kind, Side::Either)),
        (true, false) => Some((kind, Side::Open)),
        (false, true) => Some((kind, Side::Close)),
        (false, false) => None,
    })
}

/// The ’ of people’s, and the " of 5".
fn is_apostrophe(letters: &[Letter], index: usize) -> bool {
    let before = index.checked_sub(1).and_then(|at| letters.get(at)).map(|it| it.c);
    match letters.get(index).map(|it| it.c) {
        Some('’' | '‘') => before.is_some_and(|c| c.is_ascii_alphabetic()),
        Some('"') => before.is_some_and(|c| c.is_ascii_digit()) && !letters.iter().take(index).any(|it| it.c == '"'),
        _ => false,
    }
}

/// `1）` and `a)`: a list's label, at the start of the paragraph or of a clause.
fn is_label(letters: &[Letter], index: usize) -> bool {
    let ordinal =
        |c: char| c.is_alphanumeric() && (c.is_ascii() || c.is_numeric() || "一二三四五六七八九十".contains(c));
    let before = letters.get(..index).unwrap_or_default();
    let length = before.iter().rev().take_while(|it| ordinal(it.c)).count();
    let boundary =
        before.iter().rev().nth(length).is_none_or(|it| it.c.is_whitespace() || "，。；：、,;:！？".contains(it.c));
    matches!(letters.get(index).map(|it| it.c), Some('）' | ')')) && (1..=MAX_LABEL_CHARS).contains(&length) && boundary
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::testing::{assert_marked, assert_silent};

    fn find(document: &Document) -> Detected {
        detect(document, Locale::Zh)
    }

    #[test]
    fn lone_marks() {
        assert_marked(
            &[
                "落实⟦“⟧三项制度，推进依法行政。",
                "落实三项制度⟦”⟧，推进依法行政。",
                "印发⟦《⟧行政执法监督办法，明确责任。",
                "推进综合执法⟦（⟧含乡镇、街道，实现全覆盖。",
                "推进综合执法含乡镇⟦）⟧，实现全覆盖。",
                "落实“一网通办⟦“⟧改革，推进依法行政。",
                "落实⟦”⟧一网通办”改革，推进依法行政。",
                "厅字⟦〔⟧2019号文件。",
                "打造⟦【⟧法治体检品牌。",
                "落实⟦“⟧三项制度，落实“谁执法谁普法”责任制。",
                "落实⟦\"⟧三项制度，推进依法行政。",
                "落实⟦“⟧三项制度。\n推进依法行政⟦”⟧。",
                "落实“甲”“乙⟦“⟧“丙”。",
                "⟦“⟧一网通办改革落地。\n“放管服”改革见效。",
                "= 关于2024年⟦（⟧法治政府建设情况的报告",
                "一、落实⟦《⟧条例",
            ],
            find,
        );
    }

    #[test]
    fn closed_marks() {
        assert_silent(
            &[
                "落实“三项制度”，印发《关于贯彻〈条例〉的通知》（试行）。",
                "1）加强领导。\n2)压实责任。\na)细化任务；b）明确分工。",
                "主要做法：1）加强领导；2）压实责任。",
                "一）加强领导。",
                "会议指出：“法治是根本。\n“要坚持依法行政。\n“要落实责任。”",
                "“法治是根本。\n“要坚持依法行政。”",
                "（一)深入学习。",
                "落实“一网通办\"改革。",
                "the people’s court与5\"屏幕。",
                "开展“学‘法’用‘法’”活动。",
                "跨越（两行\n的括号）也成对。",
                "出台“（甲”）方案。",
                "没有括号。",
                "厅字〔2019〕28号，[2024]12号。",
                "",
            ],
            find,
        );
    }

    #[test]
    fn says_what_is_due() {
        let document = crate::claim::testing::document("落实“三项制度，推进(依法行政。");
        let due: Vec<_> = find(&document).faults.into_iter().filter_map(|it| it.expected).collect();
        assert_eq!(due, ["”", ")"]);
    }
}
