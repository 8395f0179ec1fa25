//! The same report gives the same verdicts in every format, but for what a format does not keep.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use guiju::check::{Want, check};
use guiju::document::{Document, Kind, Part};
use guiju::facts::Given;
use guiju::locale::Locale;
use guiju::packs;
use guiju::plan::{Plan, Settings, compile};
use guiju::read::{Options, read, read_as};
use guiju::verdict::Outcome;

use crate::paper::{self, Font};

/// Every fixture report, as it is read from its text.
pub fn reports() -> Vec<(String, Document)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/reports");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    paths.retain(|it| it.extension().is_some_and(|it| it != "tsv"));
    paths.sort();
    assert_eq!(paths.len(), 24);
    let name = |path: &Path| path.file_stem().unwrap().to_string_lossy().into_owned();
    let parse =
        |path: &Path| read(&path.to_string_lossy(), &fs::read(path).unwrap(), &Given::default(), Locale::Zh).unwrap();
    paths.iter().map(|it| (name(it), parse(it))).collect()
}

pub fn plan() -> Plan {
    let loaded = packs::find(&["fazhi-annual-report".to_owned()], Locale::Zh);
    compile(&loaded.packs, &Settings::default(), Locale::Zh).0
}

/// For each rule its status, and the words it points at.
pub fn verdicts(plan: &Plan, document: &Document) -> BTreeMap<String, String> {
    let checked = check(plan, document, Want::Findings, Locale::Zh);
    let word = |outcome: &Outcome| match outcome {
        Outcome::Pass(_) => "pass",
        Outcome::NotApplicable(_) => "n/a",
        Outcome::Fail(_) => "fail",
        Outcome::Waived(_) => "waived",
    };
    checked.verdicts.iter().map(|it| (plan.rules[it.rule].rule.id.node.clone(), word(&it.outcome).to_owned())).collect()
}

/// What differs between two readings of a report, the rules left out that the format cannot judge.
pub fn differences(plan: &Plan, name: &str, text: &Document, other: &Document, lost: &[&str]) -> Vec<String> {
    let (due, said) = (verdicts(plan, text), verdicts(plan, other));
    let format = other.format.name();
    let mut wrong = Vec::new();
    for (rule, due) in due {
        let said = &said[&rule];
        if lost.contains(&rule.as_str()) {
            if said != "n/a" {
                wrong.push(format!("{name}.{format}: {rule} cannot be judged, yet is {said}"));
            }
        } else if *said != due {
            wrong.push(format!("{name}.{format}: {rule} is {said}, and {due} in the text"));
        }
    }
    wrong
}

/// The report as a page: a paragraph each, cells in a table.
fn html(document: &Document) -> String {
    let mut html = String::from("<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>\n");
    let mut open = false;
    for (at, paragraph) in document.paragraphs.iter().enumerate() {
        let text = document.paragraph_text(at).replace('&', "&amp;").replace('<', "&lt;");
        let cell = paragraph.kind == Kind::Cell;
        if cell != open {
            html += if cell { "<table><tr>" } else { "</tr></table>" };
            open = cell;
        }
        html += &if cell { format!("<td>{text}</td>") } else { format!("<p>　　{text}</p>\n") };
    }
    html + "</body></html>"
}

fn parts(document: &Document) -> Vec<paper::Part> {
    let mut parts: Vec<paper::Part> = Vec::new();
    for (at, paragraph) in document.paragraphs.iter().enumerate() {
        let text = document.paragraph_text(at).replace("&nbsp;", " ");
        let short = text.chars().count() <= 18;
        match (paragraph.kind, paragraph.part, parts.last_mut()) {
            (Kind::Cell, _, Some(paper::Part::Cells(cells))) => cells.push(text),
            (Kind::Cell, ..) => parts.push(paper::Part::Cells(vec![text])),
            (_, Part::Title, _) => parts.extend(broken(&text).into_iter().map(paper::Part::Title)),
            (_, Part::Closing, _) if short => parts.push(paper::Part::Right(text)),
            _ => parts.push(paper::Part::Paragraph(text)),
        }
    }
    parts
}

/// A title in lines of at most twenty characters.
fn broken(title: &str) -> Vec<String> {
    let chars: Vec<char> = title.chars().collect();
    chars.chunks(20).map(|it| it.iter().collect()).collect()
}

#[test]
fn pages_have_the_verdicts_of_the_text() {
    let plan = plan();
    let mut wrong = Vec::new();
    for (name, text) in reports() {
        let page = html(&text);
        let read = |raw| read_as("甲.html", page.as_bytes(), Options { raw }, &Given::default(), Locale::Zh).unwrap();
        wrong.extend(differences(&plan, &name, &text, &read(true), &[]));
        // What a site put round the article is read with --raw alone.
        let mut article = differences(&plan, &name, &text, &read(false), &[]);
        article.retain(|it| !it.contains("GW001"));
        wrong.extend(article);
    }
    // The page was made of whole paragraphs, which have no breaks inside.
    wrong.retain(|it| !it.contains("GW008"));
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn printed_reports_have_the_verdicts_of_the_text() {
    let plan = plan();
    let mut wrong = Vec::new();
    for (name, text) in reports() {
        for font in [Font::Ucs2, Font::Gbk, Font::Mapped] {
            let pdf = paper::pdf(&parts(&text), font);
            let printed = read("甲.pdf", &pdf, &Given::default(), Locale::Zh)
                .unwrap_or_else(|it| panic!("{name} {font:?} {it:?}"));
            wrong.extend(
                differences(&plan, &name, &text, &printed, &["GW008"]).into_iter().map(|it| format!("{font:?} {it}")),
            );
        }
        let ofd = paper::ofd(&parts(&text));
        let sealed = read("甲.ofd", &ofd, &Given::default(), Locale::Zh).unwrap_or_else(|it| panic!("{name} {it:?}"));
        wrong.extend(differences(&plan, &name, &text, &sealed, &["GW008"]));
    }
    assert_eq!(wrong, Vec::<String>::new());
}
