//! Files as bureaux have them: what is read out of each, and what is said where nothing can be.

use std::fs;
use std::path::Path;

use guiju::document::Document;
use guiju::facts::Given;
use guiju::locale::Locale;
use guiju::problem::Problem;
use guiju::read::{Options, read, read_as};

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
        let html = format!("<html><body>{}", part.repeat(400_000 / part.len()));
        let start = std::time::Instant::now();
        let _ = parse("甲.html", html.as_bytes());
        assert!(start.elapsed().as_secs() < 10, "{part} {:?}", start.elapsed());
    }
}
