//! Office files that are broken, hostile or not whole: each is one problem that names file, cause and way out.

use guiju::facts::Given;
use guiju::locale::Locale;
use guiju::problem::Problem;
use guiju::read::archive::MOST_MEMBERS;
use guiju::read::read;
use guiju::read::xml::DEEPEST;

use crate::office::{Docx, paragraph, zip, zip_of};

const REPORT: &str =
    "清河区2024年法治政府建设年度报告\n一、主要做法\n全年办理行政复议案件12件。\n二、存在的不足\n（一）学法不够系统。";

/// Reads bytes, which must not be taken for a report.
#[track_caller]
fn refused(bytes: &[u8]) -> Problem {
    let problem = read("坏.docx", bytes, &Given::default(), Locale::Zh).expect_err("a broken file is no report");
    assert_eq!(problem.path, "坏.docx");
    assert!(!problem.message.is_empty() && problem.help.as_ref().is_some_and(|it| !it.is_empty()));
    problem
}

/// The document with one member written anew.
fn with(name: &str, bytes: impl Into<Vec<u8>>) -> Vec<u8> {
    let mut members = Docx::numbered(REPORT).members();
    members.iter_mut().find(|(it, _)| it == name).unwrap().1 = bytes.into();
    zip_of(&members)
}

#[test]
fn a_file_cut_off_anywhere_is_refused() {
    let whole = Docx::numbered(REPORT).bytes();
    assert!(read("甲.docx", &whole, &Given::default(), Locale::Zh).is_ok());
    for length in (4..whole.len()).step_by(7) {
        let problem = refused(&whole[..length]);
        assert!(["read::damaged", "read::format"].contains(&problem.code), "{length}: {}", problem.message);
    }
}

#[test]
fn xml_cut_off_anywhere_is_refused() {
    let xml = Docx::numbered(REPORT).document();
    let ends = xml.char_indices().map(|(at, _)| at).step_by(23).take_while(|at| *at < xml.trim_end().len());
    for end in ends {
        assert_eq!(refused(&with("word/document.xml", &xml[..end])).code, "read::damaged", "{end}");
    }
    for name in ["word/styles.xml", "word/numbering.xml", "word/_rels/document.xml.rels", "_rels/.rels"] {
        let problem = refused(&with(name, "<a><b></a>"));
        assert_eq!(problem.code, "read::damaged");
        assert!(problem.message.contains(name), "{}", problem.message);
    }
}

#[test]
fn limits_are_kept_and_named() {
    let bomb = |size: usize| Docx::of(&paragraph("", &" ".repeat(size))).bytes();
    let nested =
        |depth: usize| Docx::of(&("<w:sdt>".repeat(depth) + &paragraph("", "甲") + &"</w:sdt>".repeat(depth))).bytes();
    let many: Vec<(String, Vec<u8>)> =
        (0..=MOST_MEMBERS).map(|it| (format!("word/document{it}.xml"), Vec::new())).collect();
    for (bytes, code, said) in [
        (bomb(20 << 20), "read::limit", "压缩炸弹"),
        (nested(DEEPEST), "read::limit", "256 层"),
        (nested(5_000), "read::limit", "256 层"),
        (zip_of(&many), "read::limit", "10000 个"),
    ] {
        let problem = refused(&bytes);
        assert_eq!(problem.code, code);
        assert!(problem.message.contains(said), "{}", problem.message);
    }
    // A part past the limit that packs no better than text does.
    let mut noise = String::from("<a>");
    let mut state = 1_u64;
    while noise.len() < 64 << 20 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        noise += &format!("{state:016x}{:500}", "");
    }
    let large = zip(&[("word/document.xml", noise.as_bytes())]);
    let problem = refused(&large);
    assert!(problem.message.contains("64 MB"), "{}", problem.message);
}

#[test]
fn tricks_are_refused() {
    let document = Docx::numbered(REPORT).document();
    let entities = "<!DOCTYPE w [<!ENTITY a \"法治法治法治\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
    let bomb = document.replacen("<w:document", &format!("{entities}<w:document"), 1).replacen("主要做法", "&b;", 1);
    assert!(refused(&with("word/document.xml", bomb)).message.contains("实体"));
    // Two parts of one name: with the same name in another case, and twice in the list of members.
    let mut members = Docx::numbered(REPORT).members();
    members.push(("Word/Document.xml".to_owned(), b"<a/>".to_vec()));
    assert!(refused(&zip_of(&members)).message.contains("同名"));
    members.pop();
    members.push(("word/documenu.xml".to_owned(), b"<a/>".to_vec()));
    let mut twice = zip_of(&members);
    while let Some(at) = twice.windows(17).position(|it| it == b"word/documenu.xml") {
        twice[at + 12] = b't';
    }
    assert!(refused(&twice).message.contains("同名"));
    // No text at all; another file in place of the text.
    let lacking: Vec<_> =
        Docx::numbered(REPORT).members().into_iter().filter(|(name, _)| name != "word/document.xml").collect();
    let renamed: Vec<_> =
        lacking.iter().cloned().chain([("word/documents.xml".to_owned(), b"<a/>".to_vec())]).collect();
    assert_eq!(refused(&zip_of(&renamed)).code, "read::damaged");
    assert_eq!(refused(&Docx::of("<w:altChunk/>").bytes()).code, "read::embedded");
    assert_eq!(refused(&Docx::of(&paragraph("", "　")).bytes()).code, "read::empty");
    assert_eq!(refused(&zip(&[("a.txt", b"x")])).code, "read::format");
}
