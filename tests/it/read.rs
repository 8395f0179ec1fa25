//! Files as bureaux have them: what is read out of each, and what is said where nothing can be.

use std::fs;
use std::path::Path;

use guiju::document::Document;
use guiju::facts::Given;
use guiju::locale::Locale;
use guiju::problem::Problem;
use guiju::read::{Options, read, read_as};

use crate::paper;

fn folder(format: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/read").join(format)
}

/// The lines of a document's paragraphs, wraps as line ends.
fn lines(document: &Document) -> Vec<String> {
    let pieces = document.paragraphs.iter().flat_map(|it| &it.pieces);
    pieces.map(|it| document.source.slice(it.span).to_owned()).collect()
}

fn parse(name: &str, bytes: &[u8]) -> Result<Document, Problem> {
    read(name, bytes, &Given::default(), Locale::Zh)
}

/// Each page of fixtures/read/html that has a .txt beside it, with the name of either.
fn pages() -> Vec<(String, String, Vec<String>)> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder("html")).unwrap() {
        let path = entry.unwrap().path();
        let expected = path.with_extension("txt");
        if path.extension().is_some_and(|it| it != "txt") && expected.is_file() {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let expected = fs::read_to_string(expected).unwrap().lines().map(str::to_owned).collect();
            pages.push((name, fs::read_to_string(path).unwrap(), expected));
        }
    }
    assert!(pages.len() >= 8, "{}", pages.len());
    pages
}

#[test]
fn of_a_page_the_article_is_read() {
    for (name, html, expected) in pages() {
        assert_eq!(lines(&parse(&name, html.as_bytes()).unwrap()), expected, "{name}");
    }
}

#[test]
fn a_page_is_read_in_the_encoding_it_is_in_whatever_it_says() {
    for (name, html, expected) in pages() {
        for (label, encoding, shown) in [
            ("gb2312", encoding_rs::GB18030, "GB18030"),
            ("gbk", encoding_rs::UTF_8, "UTF-8"),
            ("utf-8", encoding_rs::GB18030, "GB18030"),
            ("x-unknown", encoding_rs::GB18030, "GB18030"),
        ] {
            let html = html.replace("utf-8", label).replace("UTF-8", label).replace("gb2312", label);
            let bytes = encoding.encode(&html).0;
            let document = parse(&name, &bytes).unwrap();
            assert_eq!((document.encoding, document.format.name()), (Some(shown), "html"), "{name} {label}");
            assert_eq!(lines(&document), expected, "{name} {label} in {shown}");
        }
    }
}

#[test]
fn a_page_without_an_article_is_an_error_and_raw_reads_it() {
    let html = fs::read(folder("html").join("index.html")).unwrap();
    let problem = parse("index.html", &html).unwrap_err();
    assert_eq!(problem.code, "read::no-article");
    assert!(problem.help.unwrap().contains("--raw"));
    let raw = Options { raw: true };
    let document = read_as("index.html", &html, raw, &Given::default(), Locale::Zh).unwrap();
    assert!(lines(&document).iter().any(|it| it == "清河区教育局2024年法治政府建设年度报告2025-01-19"));
}

#[test]
fn the_parts_of_a_report_are_found_in_a_page() {
    let html = fs::read(folder("html").join("sidebar.html")).unwrap();
    let document = parse("sidebar.html", &html).unwrap();
    assert_eq!(document.facts.title.as_ref().unwrap().value, "安陵市统计局2020年法治政府建设年度报告");
    assert_eq!(document.facts.date.as_ref().unwrap().value.to_string(), "2021-02-26");
    assert_eq!(document.paragraphs.iter().filter(|it| it.kind == guiju::document::Kind::Cell).count(), 9);
    let headings: Vec<_> = (0..document.sections.len()).map(|it| document.heading_text(it).into_owned()).collect();
    assert_eq!(headings[..2], ["一、主要举措", "1.健全制度"]);
}

/// A page cut off anywhere, and pages made to nest or repeat without end, are read or refused in good time.
#[test]
fn hostile_pages_end_soon() {
    for (name, html, _) in pages() {
        for end in (0..html.len()).step_by(293) {
            let _ = parse(&name, &html.as_bytes()[..end]);
        }
    }
    for part in [
        "<div>",
        "<b id=1><p>",
        "<table><tr><td>",
        "<a href=1>",
        "<li>",
        "<ol><li>",
        "<!--",
        "<![",
        "&",
        "<p>甲，",
        "</p>",
        "<script>",
        "<select>",
        "<td>",
        "<br>",
        "<span hidden>",
    ] {
        let html = format!("<html><body>{}", part.repeat(60_000 / part.len()));
        let _ = parse("甲.html", html.as_bytes());
    }
}

fn code(name: &str, bytes: &[u8]) -> &'static str {
    parse(name, bytes).map_or_else(|it| it.code, |_| "")
}

/// A report of two pages and its paragraphs.
fn sample() -> (Vec<paper::Part>, Vec<String>) {
    let long = "全年办理行政复议案件128件，审结120件，综合纠错率12.5%，推动行政争议实质化解，".repeat(9);
    let paragraphs = ["2024年，清河区水务局依法行政。", &long, "一、主要举措", &long, "ABC and Latin words, 2024."];
    let mut parts = vec![paper::Part::Title("清河区水务局2024年法治政府建设年度报告".to_owned())];
    parts.extend(paragraphs.iter().map(|it| paper::Part::Paragraph((*it).to_owned())));
    parts.push(paper::Part::Cells(["事项", "件数", "许可", "12"].map(str::to_owned).to_vec()));
    parts.push(paper::Part::Right("清河区水务局".to_owned()));
    parts.push(paper::Part::Right("2025年1月9日".to_owned()));
    let mut expected = vec!["清河区水务局2024年法治政府建设年度报告".to_owned()];
    expected.extend(paragraphs.iter().map(|it| (*it).to_owned()));
    expected.extend(["事项", "件数", "许可", "12", "清河区水务局", "2025年1月9日"].map(str::to_owned));
    (parts, expected)
}

fn printed(font: paper::Font) -> (Vec<u8>, Vec<String>) {
    let (parts, expected) = sample();
    (paper::pdf(&parts, font), expected)
}

#[test]
fn of_printed_pages_paragraphs_are_read_without_page_numbers() {
    for font in [paper::Font::Ucs2, paper::Font::Gbk, paper::Font::Mapped] {
        let (pdf, expected) = printed(font);
        let document = parse("甲.pdf", &pdf).unwrap();
        assert_eq!(lines(&document), expected, "{font:?}");
        assert_eq!((document.pages.len(), document.encoding), (2, None));
        let page = |text: &str| document.page_at(document.source.text().find(text).unwrap());
        assert_eq!((page("一、主要举措"), page("ABC"), page("2025年1月9日")), (Some(1), Some(2), Some(2)));
        assert!(document.lost.line_breaks);
    }
}

#[test]
fn what_holds_no_text_is_no_empty_report() {
    let (pdf, _) = printed(paper::Font::Unmapped);
    assert_eq!(code("甲.pdf", &pdf), "read::font");
    assert_eq!(code("甲.pdf", &paper::scanned(3)), "read::scanned");
    assert_eq!(code("甲.pdf", &paper::raw(&[String::new()])), "read::empty");
    assert_eq!(code("甲.txt", b"%PDF-1.7\n%%EOF"), "read::damaged");
    let encrypted = fs::read(folder("pdf").join("encrypted.pdf")).unwrap();
    assert_eq!(code("甲.pdf", &encrypted), "read::encrypted");
}

/// A file cut off at each kilobyte, and files that draw without end, are errors or read in good time.
#[test]
fn broken_and_hostile_pdf_files_end_soon() {
    let (pdf, _) = printed(paper::Font::Ucs2);
    for end in (0..pdf.len()).step_by(1024) {
        assert!(matches!(code("甲.pdf", &pdf[..end]), "read::damaged" | "read::empty"), "{end}");
    }
    let start = std::time::Instant::now();
    let loops = String::from_utf8_lossy(&pdf).replace("/Kids [8 0 R 10 0 R ]", "/Kids [2 0 R 8 0 R 2 0 R]");
    let _ = parse("甲.pdf", loops.as_bytes());
    let deep = paper::raw(&["[".repeat(100_000), "q ".repeat(100_000), "<<".repeat(100_000), "BT ".repeat(100_000)]);
    let _ = parse("甲.pdf", &deep);
    assert_eq!(code("甲.pdf", &paper::raw(&["BT /F 9 Tf <4E004E00> Tj ET\n".repeat(150_000)])), "read::limit");
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn old_containers_without_a_document_are_errors() {
    let mut ole = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    ole.resize(4096, 0);
    assert_eq!(code("甲.doc", &ole), "read::damaged");
}

#[test]
fn of_ofd_pages_the_text_is_read_without_template_annotation_and_signature() {
    let (parts, expected) = sample();
    let ofd = paper::ofd(&parts);
    for name in ["甲.ofd", "甲.docx", "甲"] {
        let document = parse(name, &ofd).unwrap();
        assert_eq!((lines(&document), document.format.name()), (expected.clone(), "ofd"));
        assert_eq!((document.pages.len(), document.lost.line_breaks), (2, true));
    }
    for end in (0..ofd.len()).step_by(1024) {
        assert!(parse("甲.ofd", &ofd[..end]).is_err(), "{end}");
    }
}

/// What the program says: exit code, results, and what stands beside them.
fn guiju(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let program = assert_cmd::cargo::cargo_bin("guiju");
    let out = std::process::Command::new(program).current_dir(folder).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (out.status.code(), text(out.stdout), text(out.stderr))
}

/// The program reads such files in a process of its own: what comes back is the same.
#[test]
fn printed_reports_are_checked_with_their_pages_and_the_unread_ones_are_errors() {
    let folder = tempfile::tempdir().unwrap();
    let (pdf, _) = printed(paper::Font::Ucs2);
    fs::write(folder.path().join("甲.pdf"), &pdf).unwrap();
    fs::write(folder.path().join("乙.pdf"), paper::scanned(2)).unwrap();
    fs::write(folder.path().join("丙.txt"), &pdf[..pdf.len() / 3]).unwrap();
    let (code, json, _) = guiju(folder.path(), &["check", ".", "--format", "json", "--evidence"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(code, Some(2));
    let codes: Vec<&str> = json["errors"].as_array().unwrap().iter().map(|it| it["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"read::scanned"), "{codes:?}");
    let report = json["reports"].as_array().unwrap().iter().find(|it| it["path"] == "甲.pdf").unwrap();
    assert_eq!((&report["format"], &report["encoding"]), (&"pdf".into(), &serde_json::Value::Null));
    let verdict = report["verdicts"].as_array().unwrap().iter().find(|it| it["rule"] == "GW008").unwrap();
    assert_eq!(verdict["status"], "not-applicable");
    assert!(verdict["reason"].as_str().unwrap().contains("换行"));
    let mut open = vec![report.clone()];
    let mut pages = std::collections::BTreeSet::new();
    while let Some(value) = open.pop() {
        pages.extend(value["page"].as_u64());
        open.extend(value.as_array().cloned().unwrap_or_default());
        open.extend(value.as_object().into_iter().flat_map(|it| it.values().cloned()));
    }
    assert!(pages.iter().all(|it| (1..=2).contains(it)) && !pages.is_empty(), "{pages:?}");
    let (_, pretty, _) = guiju(folder.path(), &["check", "甲.pdf"]);
    assert!(pretty.contains("─[甲.pdf#page=1:") || pretty.contains("─[甲.pdf#page=2:"), "{pretty}");
    let (_, outline, _) = guiju(folder.path(), &["outline", "甲.pdf"]);
    assert!(outline.contains("格式：pdf，共 2 页"), "{outline}");
}

const RTF: &str = "{\\rtf1\\ansi\\uc1 \\u28165?\\u27827?\\u21306?2024\\u24180?\\u27861?\\u27835?\\u25253?\\u21578?\\par 2024\\u24180?\\u12290?\\par}";

#[test]
fn old_forms_are_converted_when_asked_and_named_when_not() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("甲.rtf"), RTF.replace("\\\\", "\\")).unwrap();
    let (code, _, said) = guiju(folder.path(), &["outline", "甲.rtf"]);
    assert!(code == Some(2) && said.contains(".docx"), "{said}");
    let (code, outline, said) = guiju(folder.path(), &["outline", "甲.rtf", "--convert", "libreoffice"]);
    match said.contains("没有 LibreOffice") {
        true => eprintln!("skipped: LibreOffice is not installed"),
        false => assert!(code == Some(0) && outline.contains("清河区2024年法治报告"), "{outline}{said}"),
    }
}
