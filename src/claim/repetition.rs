//! The same clause twice in a sentence, and words written twice in a row. Rhetoric is none of it.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use crate::claim::letters::{Letter, is_han, letters, proper, searched, span_of};
use crate::claim::line_breaks::ends_clause;
use crate::claim::{Detected, Fault};
use crate::document::{Document, Kind};
use crate::fold::View;
use crate::locale::Locale;
use crate::numbers::numerals;
use crate::say;
use crate::sentence::Sentence;
use crate::source::slice;
use crate::span::Span;
use crate::verdict::{Fix, Related};

/// The longest word looked for when it is doubled: longer runs are clauses.
const MAX_WORD_CHARS: usize = 20;

/// Clauses of at least `min` characters that stand twice in one of the sentences; the later ones are flagged.
pub fn clauses(document: &Document, joined: &View, sentences: &[Sentence], min: usize, locale: Locale) -> Detected {
    let mut faults = Vec::new();
    let mut sums = Vec::new();
    for sentences in sentences.chunk_by(|a, b| a.paragraph == b.paragraph) {
        let paragraph = sentences.first().map_or(0, |it| it.paragraph);
        let words = words_start(document, paragraph);
        let said = sentences.iter().map(|it| Span::new(it.span.start.max(words).min(it.span.end), it.span.end));
        let text = |said: Span| slice(joined.text(), Span::from(joined.view(said)));
        let doubtful: Vec<Span> = said.filter(|it| says_twice(text(*it), &mut sums)).collect();
        let letters = if doubtful.is_empty() { Vec::new() } else { letters(document, paragraph) };
        for said in doubtful {
            let from = letters.partition_point(|it| it.at < said.start);
            let to = letters.partition_point(|it| it.at < said.end);
            faults.extend(in_sentence(letters.get(from..to).unwrap_or_default(), min, locale));
        }
    }
    let note = say!(locale, "同一句中没有重复的分句", "no clause stands twice in a sentence");
    Detected { faults, evidence: searched(document, note), unknown: None }
}

/// Where a paragraph's words begin: behind the number of a run-in heading.
fn words_start(document: &Document, paragraph: usize) -> usize {
    let kind = document.paragraphs.get(paragraph).map(|it| it.kind);
    let section = if let Some(Kind::RunIn(section)) = kind { document.sections.get(section) } else { None };
    section.map_or(0, |it| it.heading.words.start)
}

/// A clause: its letters without white space, quotes and brackets at its ends, and the mark behind it.
struct Clause<'a> {
    letters: &'a [Letter],
    mark: Option<char>,
}

/// Letters compared by what they say, wherever they stand.
#[derive(Clone, Copy)]
struct Words<'a>(&'a [Letter]);

impl PartialEq for Words<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.0.iter().zip(other.0).all(|(one, other)| one.c == other.c)
    }
}

impl Eq for Words<'_> {}

impl Hash for Words<'_> {
    /// One number for all characters, because the maps' own hasher is slow on many small ones.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.iter().fold(NOTHING, |sum, it| mixed(sum, it.c)).hash(state);
    }
}

/// The sum of no characters, and that of one more (FNV-1a).
const NOTHING: u64 = 0xCBF2_9CE4_8422_2325;

fn mixed(sum: u64, c: char) -> u64 {
    (sum ^ u64::from(c)).wrapping_mul(0x0100_0000_01B3)
}

fn in_sentence(letters: &[Letter], min: usize, locale: Locale) -> Vec<Fault> {
    let text = Text::split(letters);
    let clauses: Vec<Clause<'_>> = text.clauses().collect();
    let mut labels: HashMap<Words<'_>, usize> = HashMap::new();
    for label in clauses.iter().filter(|it| it.is_label()) {
        *labels.entry(label.words()).or_default() += 1;
    }
    let mut first: HashMap<Words<'_>, &Clause<'_>> = HashMap::new();
    let mut faults = Vec::new();
    let mut before: Option<&Clause<'_>> = None;
    for clause in &clauses {
        // 责任单位：某局；责任单位：某局 is a table in words.
        let in_table = before.is_some_and(|it| labels.get(&it.words()).is_some_and(|count| *count > 1));
        before = Some(clause);
        if clause.letters.len() < min || clause.is_label() || in_table {
            continue;
        }
        match first.get(&clause.words()) {
            Some(_) if clause.is_figure() => {}
            Some(earlier) => faults.push(repeated(clause, earlier, locale)),
            None => drop(first.insert(clause.words(), clause)),
        }
    }
    faults
}

/// Whether two clauses of a sentence may be the same: the quick look after which most sentences need no other. It cuts
/// where a clause may end and leaves out what may be no part of one, so that what is the same stays the same. `sums` is
/// room to work in.
fn says_twice(sentence: &str, sums: &mut Vec<u64>) -> bool {
    sums.clear();
    let mut sum = NOTHING;
    for c in sentence.chars() {
        if ends_clause(c) || c == ':' {
            sums.push(std::mem::replace(&mut sum, NOTHING));
        } else if matches!(c, '\u{4E00}'..='\u{9FFF}') || c.is_alphanumeric() {
            sum = mixed(sum, c);
        }
    }
    sums.push(sum);
    sums.sort_unstable();
    sums.windows(2).any(|pair| pair[0] == pair[1] && pair[0] != NOTHING)
}

fn repeated(clause: &Clause<'_>, earlier: &Clause<'_>, locale: Locale) -> Fault {
    let label = say!(locale, "本句前面已有同样的分句", "the same clause stands before in this sentence");
    let related = Related { message: say!(locale, "第一次出现", "first here"), span: span_of(earlier.letters) };
    Fault { related: vec![related], ..Fault::at(span_of(clause.letters), label) }
}

impl<'a> Clause<'a> {
    fn words(&self) -> Words<'a> {
        Words(self.letters)
    }

    fn is_label(&self) -> bool {
        matches!(self.mark, Some('：' | ':'))
    }

    /// `占比50%`, `办结120件`, `2024`: a figure may well come out twice.
    fn is_figure(&self) -> bool {
        let digit = |it: &Letter| it.c.is_ascii_digit() || matches!(it.c, '０'..='９');
        if !self.letters.iter().any(|it| is_han(it.c)) {
            return true;
        }
        if self.letters.iter().rev().take(4).any(|it| digit(it) || matches!(it.c, '%' | '％')) {
            return true;
        }
        let text: String = self.letters.iter().map(|it| it.c).collect();
        numerals::numerals(&text).last().is_some_and(|it| text.len() - it.range.end <= 6)
    }
}

/// A sentence cut at ，；：。！？; not at quotes, brackets and 、, nor inside 1,234 and 10:30.
#[derive(Default)]
struct Text {
    /// Its letters without white space and the marks it was cut at.
    letters: Vec<Letter>,
    /// Where among them each clause ends, and the mark behind it.
    ends: Vec<(usize, Option<char>)>,
}

impl Text {
    fn split(letters: &[Letter]) -> Text {
        let mut text = Text { letters: Vec::with_capacity(letters.len()), ends: Vec::new() };
        for (index, letter) in letters.iter().enumerate() {
            let digit = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|it| it.c.is_ascii_digit());
            let mark = ends_clause(letter.c) || letter.c == ':';
            let inside_number =
                || digit(index.checked_sub(1)) && digit(Some(index + 1)) && matches!(letter.c, ',' | ':');
            if mark && !inside_number() {
                text.ends.push((text.letters.len(), Some(letter.c)));
            } else if !letter.c.is_whitespace() {
                text.letters.push(*letter);
            }
        }
        text.ends.push((text.letters.len(), None));
        text
    }

    fn clauses(&self) -> impl Iterator<Item = Clause<'_>> {
        let starts = std::iter::once(0).chain(self.ends.iter().map(|(end, _)| *end));
        starts.zip(&self.ends).map(|(start, (end, mark))| Clause {
            letters: whole(self.letters.get(start..*end).unwrap_or_default()),
            mark: *mark,
        })
    }
}

/// A quotation that goes on over several clauses is cut off, one inside the clause is part of it.
fn whole(mut letters: &[Letter]) -> &[Letter] {
    const PAIRS: [(&str, &str); 5] = [("“", "”"), ("‘", "’"), ("「", "」"), ("（(", "）)"), ("【", "】")];
    let holds = |letters: &[Letter], of: &str| letters.iter().any(|it| of.contains(it.c));
    if [letters.first(), letters.last()].iter().flatten().all(|it| is_han(it.c)) {
        return letters;
    }
    for (opens, closes) in PAIRS {
        if let Some((last, rest)) = letters.split_last()
            && closes.contains(last.c)
            && !holds(letters, opens)
        {
            letters = rest;
        }
        if let Some((first, rest)) = letters.split_first()
            && opens.contains(first.c)
            && !holds(letters, closes)
        {
            letters = rest;
        }
    }
    letters
}

/// Words of at least `min` characters written twice in a row: 配合配合; the second is flagged.
pub fn words(document: &Document, min: usize, locale: Locale) -> Detected {
    let min = min.clamp(1, usize::MAX / 4);
    let mut faults = Vec::new();
    for paragraph in proper(document) {
        let letters = letters(document, paragraph);
        for run in letters.chunk_by(|a, b| in_word(a.c) && in_word(b.c)).filter(|run| run.len() >= 2 * min) {
            let rest = letters.get(letters.partition_point(|it| it.at < run[0].at)..).unwrap_or_default();
            faults.extend(in_run(run.len(), rest, min, locale));
        }
    }
    let note = say!(locale, "没有叠用的词语", "no word is doubled");
    Detected { faults, evidence: searched(document, note), unknown: None }
}

const fn in_word(c: char) -> bool {
    is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '０'..='９')
}

/// Doubled words among the first `length` letters.
fn in_run(length: usize, letters: &[Letter], min: usize, locale: Locale) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut at = 0;
    let again = again(letters.get(..length).unwrap_or_default());
    while at + 2 * min <= length {
        let longest = MAX_WORD_CHARS.max(min).min((length - at) / 2);
        // Seldom does the first character come again so soon, and then there is nothing to compare.
        let soon = again.get(at).is_some_and(|distance| *distance <= longest);
        let size = (min..=longest).find(|size| soon && same(letters, at, at + size, *size));
        let Some(size) = size else {
            at += 1;
            continue;
        };
        let mut end = at + 2 * size;
        while end + size <= length && same(letters, at, end, size) {
            end += size;
        }
        let behind: String = letters.iter().skip(end).take(2).map(|it| it.c).collect();
        let word: String = letters.iter().skip(at).take(size).map(|it| it.c).collect();
        if is_fault(&word, &behind) {
            faults.extend(letters.get(at..end).map(|it| doubled(it, size, &word, locale)));
            at = end;
        } else {
            // What begins within ×××××× is ×××××× again.
            while end < length && same(letters, end - size, end, 1) {
                end += 1;
            }
            at = end - 2 * size + 1;
        }
    }
    faults
}

/// How far behind each letter the same one stands again, or seldom another one before it.
fn again(letters: &[Letter]) -> Vec<usize> {
    let mut next = [usize::MAX; 256];
    let mut distances = vec![usize::MAX; letters.len()];
    for (at, (letter, distance)) in letters.iter().zip(&mut distances).enumerate().rev() {
        let next = &mut next[letter.c as usize % 256];
        *distance = next.saturating_sub(at);
        *next = at;
    }
    distances
}

fn same(letters: &[Letter], one: usize, other: usize, size: usize) -> bool {
    let at = |from: usize| letters.get(from..from + size).map(Words);
    at(one) == at(other)
}

fn doubled(letters: &[Letter], size: usize, word: &str, locale: Locale) -> Fault {
    let (first, second) = letters.split_at(size.min(letters.len()));
    let label = say!(locale, "“{word}”写了不止一遍", "“{word}” is written more than once");
    let related = Related { message: say!(locale, "第一次出现", "first here"), span: span_of(first) };
    let fix = Fix { replacement: String::new(), safe: false };
    Fault {
        related: vec![related],
        expected: Some(word.to_owned()),
        fix: Some(fix),
        ..Fault::at(span_of(second), label)
    }
}

/// Words that are doubled on purpose.
const SET: [&str; 14] =
    ["非常", "特别", "很多", "许多", "好多", "永远", "多少", "如何", "怎样", "什么", "哪里", "许久", "很久", "某某"];

/// What stands behind a doubled word where the second is the beginning of a longer one: 建设建设性意见,
/// 发展发展中国家, 服务服务业, 学习学习强国.
const LONGER: [&str; 25] = [
    "性", "业", "员", "者", "局", "厅", "站", "区", "所", "书", "法", "率", "权", "费", "师", "对象", "人员", "相对",
    "中国", "强国", "机构", "专班", "家", "团", "长",
];

fn is_fault(word: &str, behind: &str) -> bool {
    let mut chars = word.chars();
    let first = chars.next().unwrap_or_default();
    let counted = "一二三四五六七八九十两几".contains(first) && word.chars().count() == 2;
    // ×× and 某某某某 are one character over and over.
    let single = chars.all(|c| c == first);
    let named = word.chars().any(|c| is_han(c) && c != '〇');
    let longer = word.chars().count() == 2 && LONGER.iter().any(|it| behind.starts_with(it));
    let figure = (first.is_ascii_digit() || matches!(first, '０'..='９')) && !word.ends_with(['年', '度', '月', '日']);
    let organ = word == "中央"
        && behind.starts_with(['军', '政', '纪', '组', '宣', '统', '依', '全', '网', '财', '深', '国', '外']);
    // 落实落实再落实
    let stressed = behind.starts_with('再');
    named && !stressed && !single && !counted && !longer && !figure && !organ && !SET.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::testing::{assert_marked, assert_silent, document};

    fn repeats(document: &Document) -> Detected {
        let joined = View::joined(document.source.text(), document.pieces());
        clauses(document, &joined, &crate::sentence::sentences(document), 4, Locale::Zh)
    }

    fn doubles(document: &Document) -> Detected {
        words(document, 2, Locale::Zh)
    }

    #[test]
    fn clauses_twice() {
        assert_marked(
            &[
                "破除部门壁垒，加强沟通协作，⟦破除部门壁垒⟧，实现资源共享。",
                "强化责任落实；完善工作机制；⟦强化责任落实⟧。",
                "落实“三项制度”，规范执法，⟦落实“三项制度”⟧。",
                "“破除壁垒，加强协作，⟦破除壁垒⟧”，成为共识。",
                "加强学习，提高认识，⟦加强学习⟧，再接再厉，⟦加强学习⟧。",
                "推进政务公开，\n规范执法，⟦推进政务\n公开⟧。",
                "（一）强化责任落实，完善机制，⟦强化责任落实⟧。取得实效。",
                "坚持依法、科学、民主决策，规范程序，⟦坚持依法、科学、民主决策⟧。",
            ],
            repeats,
        );
    }

    #[test]
    fn clauses_that_may_return() {
        assert_silent(
            &[
                "一是强化责任落实，二是强化责任担当，三是强化责任追究。",
                "破除部门壁垒。加强沟通协作。破除部门壁垒。",
                "受理120件，占比50%，办结120件，占比50%。",
                "行政处罚类100件，办结100件，行政复议类100件，办结100件。",
                "责任单位：区司法局；完成时限：年底；责任单位：区司法局；完成时限：年底。",
                "有案必立，有诉必理，有诉必理的范围不断扩大。",
                "该免责，该追责，该免责的坚决免责。",
                "编号为20240001，20240001，备案。",
                "于10:30开始，10:30结束，共计1,234人，1,234人签到。",
                "不忘初心，牢记使命，不忘本来。",
                "",
            ],
            repeats,
        );
    }

    #[test]
    fn words_twice() {
        assert_marked(
            &[
                "各部门积极配合⟦配合⟧，形成合力。",
                "= 关于2024年法治政府建设⟦建设⟧情况的报告",
                "坚持依法⟦依法⟧行政。",
                "推进法治⟦法治⟧政府建设。",
                "推进法治政府⟦法治政府⟧建设。",
                "荣华区人民⟦人民⟧政府办公室。",
                "2024年⟦2024年⟧度工作。",
                "习近平⟦习近平⟧法治思想。",
                "全面提升⟦提升提升⟧能力。",
                "一、主要举措⟦举措⟧和成效",
                "推进依法\n⟦依法⟧治区。",
                "优化营商环境⟦营商环境⟧。",
            ],
            doubles,
        );
    }

    #[test]
    fn rhetoric_and_chance() {
        assert_silent(
            &[
                "认认真真、实实在在、方方面面、扎扎实实、时时刻刻、点点滴滴。",
                "带头尊法学法守法用法，推动知法懂法守法。",
                "一是抓学习，二是抓落实，一件一件办，一个一个改，一步一步走。",
                "做到应调尽调、应诉尽诉，边学边改边查边改，能调则调当判则判。",
                "企业企业家座谈，设立分局分局长岗位，落实落实再落实。",
                "提出建设建设性意见，支持发展发展中国家，大力发展服务服务业。",
                "落实×××××，某某某某局，……——",
                "服务服务对象，管理管理相对人，通过学习学习强国平台。",
                "立法执法司法守法，谁执法谁普法。",
                "投入10万10万元，电话12341234，代码ABAB。",
                "贯彻依法治国、依法行政、依法执政，高质量发展高水平治理。",
                "非常非常重要，层层层层压实，人人人人有责。",
                "党中央中央军委决定。",
                "配合 配合单位，配合、配合单位。",
                "提高高质量发展水平。",
                "",
            ],
            doubles,
        );
    }

    #[test]
    fn the_first_is_related() {
        let document = document("破除壁垒，加强协作，破除壁垒。");
        let fault = repeats(&document).faults.remove(0);
        assert_eq!(document.source.slice(fault.related[0].span), "破除壁垒");
        assert!(fault.related[0].span.start < fault.span.start);
    }

    #[test]
    fn long_runs_end() {
        let _ = doubles(&document(&"依法".repeat(20_000)));
        let _ = doubles(&document(&"甲乙丙丁戊己庚辛".repeat(5_000)));
        let _ = repeats(&document(&"加强学习，".repeat(5_000)));
    }
}
