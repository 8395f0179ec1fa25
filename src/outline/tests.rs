//! Reports of many layouts and what the outline makes of them. All of them are made up.

use proptest::prelude::*;

use super::dump::{dump, facts};
use crate::document::{Document, Piece};
use crate::extracted::{Block, Extracted, Layout};
use crate::facts::Given;
use crate::read::Format;
use crate::source;
use crate::span::Span;

/// Blocks as a reader of plain text makes them: a block a line.
fn extract(text: &str) -> Extracted {
    let (mut at, mut blank, mut blocks) = (0, 0, Vec::new());
    for row in text.split_inclusive('\n') {
        let words = row.trim();
        if words.is_empty() {
            blank += 1;
        } else {
            let front = row.len() - row.trim_start().len();
            let indent = source::leading_space(row).1;
            let pieces = vec![Piece { span: Span::new(at + front, at + front + words.len()), wrapped: false }];
            blocks.push(Block { pieces, layout: Layout::Line, blank_before: blank, indent });
            blank = 0;
        }
        at += row.len();
    }
    Extracted { text: text.to_owned(), blocks, ..Extracted::default() }
}

/// As `extract`, with `#` lines as headings and `|` lines as cells, and other lines as paragraphs.
fn extract_marked(text: &str) -> Extracted {
    let mut extracted = extract(text);
    for block in &mut extracted.blocks {
        let piece = &mut block.pieces[0];
        let words = source::slice(text, piece.span);
        let level = words.bytes().take_while(|b| *b == b'#').count();
        block.layout = match (level, words.starts_with('|')) {
            (0, false) => Layout::Paragraph,
            (0, true) => Layout::Cell,
            _ => Layout::Heading(level as u8),
        };
        piece.span.start += words.len() - words.trim_start_matches(['#', '|', ' ']).len();
    }
    extracted
}

fn outline(extracted: Extracted) -> Document {
    super::document("报告.txt", Format::Text, Some("UTF-8"), extracted, &Given::default())
}

/// Reads a file of cases: `=== name`, the report, `---`, the dump with the facts as its first line if it gives them.
fn check(cases: &str, extract: fn(&str) -> Extracted) {
    let mut wrong = String::new();
    for case in cases.split("=== ").skip(1) {
        let (name, rest) = case.split_once('\n').unwrap();
        let (text, expected) = rest.split_once("\n---\n").unwrap_or_else(|| panic!("{name}"));
        let document = outline(extract(text));
        let found = match expected.starts_with("year ") {
            true => format!("{}\n{}", facts(&document), dump(&document)),
            false => dump(&document),
        };
        if found.trim() != expected.trim() {
            wrong += &format!("=== {name}\n{text}\n---\n{}\n{}\n", facts(&document), found);
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn layouts_of_plain_text() {
    check(include_str!("layouts.txt"), extract);
}

#[test]
fn layouts_with_marks() {
    check(include_str!("marked.txt"), extract_marked);
}

/// Lays paragraphs out anew: `column` characters a line at most (0: no limit), an indent before each, `blank` lines
/// between them.
fn lay_out(paragraphs: &[String], column: usize, indent: &str, blank: usize) -> String {
    let mut out = String::new();
    for paragraph in paragraphs {
        let chars: Vec<char> = paragraph.chars().collect();
        out += indent;
        let mut room = if column == 0 { usize::MAX } else { column - indent.chars().count() };
        let mut rest = chars.as_slice();
        while rest.len() > room {
            let word = |at: &usize| rest[*at - 1].is_ascii_alphanumeric() && rest[*at].is_ascii_alphanumeric();
            let cut = (1..=room).rev().find(|at| !word(at)).unwrap_or(room);
            let (now, later) = rest.split_at(cut);
            out.extend(now);
            out.push('\n');
            (rest, room) = (later, column);
        }
        out.extend(rest);
        out += &"\n".repeat(blank + 1);
    }
    out
}

fn paragraphs(document: &Document) -> Vec<String> {
    (0..document.paragraphs.len()).map(|at| document.paragraph_text(at).into_owned()).collect()
}

fn diff(a: &str, b: &str) -> Vec<String> {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.lines().collect(), b.lines().collect());
    let cut = |s: &str| s.chars().take(60).collect::<String>();
    let mut out: Vec<String> = a.iter().filter(|it| !b.contains(it)).map(|it| format!("< {}", cut(it))).collect();
    out.extend(b.iter().filter(|it| !a.contains(it)).map(|it| format!("> {}", cut(it))));
    out
}

const LAYOUTS: [(usize, &str, usize); 14] = [
    (0, "　　", 0),
    (0, "", 1),
    (0, "  ", 2),
    (28, "　　", 0),
    (28, "　　", 1),
    (28, "", 1),
    (31, "　　", 0),
    (36, "    ", 0),
    (40, "　　", 0),
    (40, "", 1),
    (45, "\t", 0),
    (22, "　　", 0),
    (60, "　　", 0),
    (78, "", 2),
];

#[test]
fn wrapping_a_report_changes_nothing() {
    let whole = outline(extract(include_str!("sample.txt")));
    for (column, indent, blank) in LAYOUTS {
        let again = outline(extract(&lay_out(&paragraphs(&whole), column, indent, blank)));
        let changed = diff(&dump(&whole), &dump(&again)).join("\n");
        assert!(changed.is_empty(), "{column} {indent:?} {blank}\n{changed}");
        assert_eq!(facts(&whole), facts(&again), "{column} {indent:?} {blank}");
    }
    let levels: Vec<u32> = whole.sections.iter().map(|it| it.level).collect();
    assert_eq!(levels, [1, 2, 2, 3, 3, 3, 2, 1, 1, 1, 2, 2, 2]);
    assert_eq!(whole.closing.len(), 2);
}

/// With GUIJU_REPORTS set to a folder of texts: prints what the outline makes of each, and what wrapping changes.
#[test]
fn reports_of_a_folder_can_be_read_by_eye() {
    let Some(folder) = std::env::var_os("GUIJU_REPORTS") else { return };
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|it| it == "txt") {
            let text = std::fs::read_to_string(&path).unwrap();
            let document = outline(extract(&text));
            assert_sound(&extract(&text), &document);
            for (column, indent, blank) in LAYOUTS {
                let again = outline(extract(&lay_out(&paragraphs(&document), column, indent, blank)));
                let changed = diff(&dump(&document), &dump(&again)).join("\n");
                println!("--- {column} {indent:?} {blank}\n{changed}");
            }
            println!("=== {}\n{}\n{}", path.display(), facts(&document), dump(&document));
        }
    }
}

/// What every document must be, whatever the text was.
fn assert_sound(extracted: &Extracted, document: &Document) {
    let words = |pieces: &mut dyn Iterator<Item = &Piece>| -> Vec<(usize, char)> {
        let text = |it: &Piece| {
            source::slice(&extracted.text, it.span).char_indices().map(move |(at, c)| (it.span.start + at, c)).collect()
        };
        pieces.flat_map(|it| -> Vec<(usize, char)> { text(it) }).filter(|(_, c)| !c.is_whitespace()).collect()
    };
    let given = words(&mut extracted.blocks.iter().flat_map(|it| &it.pieces));
    let kept = words(&mut document.paragraphs.iter().flat_map(|it| &it.pieces));
    assert_eq!(given, kept, "every character lands in one paragraph, in order");
    assert!(document.paragraphs.iter().all(|it| !it.pieces.is_empty() && !it.pieces[0].wrapped));
    for (at, section) in document.sections.iter().enumerate() {
        let heading = &section.heading;
        let span = document.paragraphs[heading.paragraph].span();
        assert!(span.contains(heading.span) && heading.span.contains(heading.words), "{section:?} in {span:?}");
        assert!(heading.number.is_none_or(|it| heading.span.contains(it.span) && it.span.end <= heading.words.start));
        assert_eq!(section.paragraphs.start, heading.paragraph);
        assert!(section.paragraphs.end > heading.paragraph && section.paragraphs.end <= document.paragraphs.len());
        assert_eq!(section.level as usize, document.ancestry(at).len());
        assert!(
            section.parent.is_none_or(|it| it < at && document.sections[it].paragraphs.end >= section.paragraphs.end)
        );
        assert_eq!(document.paragraphs[heading.paragraph].section, Some(at));
    }
    for (at, paragraph) in document.paragraphs.iter().enumerate() {
        use crate::document::Part::*;
        assert_eq!(paragraph.part == Closing, document.closing.contains(&at));
        assert_eq!(paragraph.part == Title, document.title == Some(at));
        assert_eq!(paragraph.part == Body, paragraph.section.is_some());
        assert!(paragraph.section.is_none_or(|it| document.sections[it].paragraphs.contains(&at)));
    }
}

/// Lines that mean something to the outline, and some that do not.
fn any_line() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "2024年法治政府建设年度报告",
        "清河区司法局",
        "2025年1月5日",
        "一、主要举措",
        "二、",
        "（一）加强学习。一是抓好培训。",
        "1.强化监督",
        "存在不足",
        "全区依法行政水平不断提升。",
        "首页 > 公开",
        "　　本年度，全区上下深入推进，",
        "附件：1.清单",
        "2.名单",
        "",
        "  ",
        "第一章 总则",
        "# 一、甲",
        "## 乙",
        "| 单元格",
        "“",
        "【打印】",
        "##paidend##",
        "[bookmark: _GoBack]（三）服务",
        "关于",
        "——在会上的报告",
        "①甲",
        "\u{FEFF}",
        "区人大：",
        "的报告",
        "１．全面",
        "……",
        "（2024年）",
        "报告单位：清河局 2025-01-05",
    ]);
    prop_oneof![4 => known.prop_map(str::to_owned), 1 => "\\PC{0,40}", 1 => "[一二（）()1-9．.、。，年月日 　]{0,12}"]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_lands_in_paragraphs_once(lines in prop::collection::vec(any_line(), 0..30), marked: bool) {
        let text = lines.join("\n");
        let extracted = if marked { extract_marked(&text) } else { extract(&text) };
        assert_sound(&extracted, &outline(extracted.clone()));
    }

    #[test]
    fn pieces_of_any_kind_do_no_harm(cuts in prop::collection::vec((0_usize..9, any::<bool>()), 0..40)) {
        let text = "2024年法治政府建设报告一、主要举措（一）强化学习。一是抓好培训。二、存在不足 清河区司法局2025年1月5日";
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let (mut at, mut blocks) = (0, Vec::<Block>::new());
        for (length, flag) in cuts {
            let end = (at + length).min(starts.len() - 1);
            let piece = Piece { span: Span::new(starts[at], starts[end]), wrapped: flag };
            match blocks.last_mut() {
                Some(block) if length % 3 > 0 => block.pieces.push(piece),
                _ => blocks.push(Block { pieces: vec![piece], layout: Layout::Paragraph, blank_before: length, indent: length }),
            }
            at = end;
        }
        let extracted = Extracted { text: text.to_owned(), blocks, ..Extracted::default() };
        assert_sound(&extracted, &outline(extracted.clone()));
    }
}

#[test]
fn long_texts_take_linear_time() {
    for line in [
        "2025年1月5日\n",
        "清河区司法局\n",
        "一、甲\n",
        "2024年法治政府建设年度报告\n",
        "存在不足\n甲\n",
        "附件：1.甲\n",
        "一、《（\n",
        "甲",
    ] {
        let text = line.repeat(400_000 / line.len());
        let start = std::time::Instant::now();
        let document = outline(extract(&text));
        assert!(!document.paragraphs.is_empty());
        assert!(start.elapsed().as_secs() < 20, "{line:?} took {:?}", start.elapsed());
    }
}
