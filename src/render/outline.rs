//! `guiju outline`: how a report was read, for people and for programs.

use std::fmt::Write;

use serde::Serialize;

use crate::document::Document;
use crate::locale::Locale;
use crate::render::json::text;
use crate::render::location::Locator;
use crate::render::visible::{one_line, visible, wrap};
use crate::say;

#[derive(Serialize)]
struct OutlineJson<'a> {
    path: &'a str,
    format: &'a str,
    encoding: Option<&'a str>,
    pages: Option<usize>,
    title: Option<&'a str>,
    year: Option<i16>,
    issuer: Option<&'a str>,
    date: Option<String>,
    sections: Vec<SectionJson>,
}

#[derive(Serialize)]
struct SectionJson {
    level: u32,
    number: Option<String>,
    heading: String,
    line: usize,
    end_line: usize,
    run_in: bool,
    sections: Vec<SectionJson>,
}

/// The outline as JSON.
pub fn json(document: &Document) -> String {
    let facts = &document.facts;
    let locator = Locator::of_document(document);
    text(&OutlineJson {
        path: document.source.name(),
        format: document.format.name(),
        encoding: document.encoding,
        pages: pages(document),
        title: facts.title.as_ref().map(|it| it.value.as_str()),
        year: facts.year.as_ref().map(|it| it.value),
        issuer: facts.issuer.as_ref().map(|it| it.value.as_str()),
        date: facts.date.as_ref().map(|it| it.value.to_string()),
        sections: nested(document, &locator),
    }) + "\n"
}

/// The sections as a tree. They stand in reading order, a parent before its children, so going through them backwards
/// each one is complete when it is handed to its parent: no recursion, however deep.
fn nested(document: &Document, locator: &Locator<'_>) -> Vec<SectionJson> {
    let mut children: Vec<Vec<SectionJson>> = document.sections.iter().map(|_| Vec::new()).collect();
    let mut roots = Vec::new();
    for at in (0..document.sections.len()).rev() {
        let mut sections = children.get_mut(at).map(std::mem::take).unwrap_or_default();
        sections.reverse();
        let section = section(document, locator, at, sections);
        match document.sections[at].parent.and_then(|parent| children.get_mut(parent)) {
            Some(siblings) => siblings.push(section),
            None => roots.push(section),
        }
    }
    roots.reverse();
    roots
}

fn section(document: &Document, locator: &Locator<'_>, at: usize, sections: Vec<SectionJson>) -> SectionJson {
    let it = &document.sections[at];
    let (line, end_line) = lines(document, locator, at);
    SectionJson {
        level: it.level,
        number: it.heading.number.map(|number| document.text(it.heading.paragraph, number.span).into_owned()),
        heading: document.heading_words(at).into_owned(),
        line,
        end_line,
        run_in: it.heading.run_in,
        sections,
    }
}

/// The first and last line of a section, nested ones included.
fn lines(document: &Document, locator: &Locator<'_>, section: usize) -> (usize, usize) {
    let it = &document.sections[section];
    let last = it.paragraphs.clone().next_back().and_then(|at| document.paragraphs.get(at));
    let end = last.map_or(it.heading.span.end, |last| last.span().end);
    (locator.line_column(it.heading.span.start).0, locator.line_column(end).0)
}

/// The outline for people: the facts, then the tree with line numbers.
pub fn pretty(document: &Document, locale: Locale, columns: usize) -> String {
    let locator = Locator::of_document(document);
    let mut out = facts(document, locale, columns);
    let width = document.source.lines().to_string().len().max(4);
    if document.sections.is_empty() {
        let _ = writeln!(out, "{}", say!(locale, "没有找到标题。", "no headings found"));
    }
    for (at, section) in document.sections.iter().enumerate() {
        let line = lines(document, &locator, at).0;
        let indent = "  ".repeat(section.level.saturating_sub(1).min(16) as usize);
        let run_in =
            if section.heading.run_in { say!(locale, "（段首标题）", " (run-in)") } else { String::new() };
        let room = columns.saturating_sub(width + 2 + indent.len() + 12).max(20);
        let heading = one_line(&document.heading_text(at), room);
        let _ = writeln!(out, "{line:>width$}  {indent}{heading}{run_in}");
    }
    out
}

/// How many pages there are, in a format that has them.
fn pages(document: &Document) -> Option<usize> {
    Some(document.pages.len()).filter(|it| *it > 0)
}

/// Format, encoding and pages, as far as there are any.
fn form(document: &Document, locale: Locale) -> String {
    let mut form = document.format.name().to_owned();
    if let Some(encoding) = document.encoding {
        form += &say!(locale, "，编码 {encoding}", ", encoding {encoding}");
    }
    if let Some(pages) = pages(document) {
        form += &say!(locale, "，共 {pages} 页", ", pages: {pages}");
    }
    form
}

fn facts(document: &Document, locale: Locale, columns: usize) -> String {
    let facts = &document.facts;
    let unknown = || say!(locale, "未找到", "not found");
    let rows = [
        (say!(locale, "文件：", "path: "), visible(document.source.name()).into_owned()),
        (say!(locale, "格式：", "format: "), form(document, locale)),
        (say!(locale, "标题：", "title: "), facts.title.as_ref().map_or_else(unknown, |it| it.value.clone())),
        (say!(locale, "年度：", "year: "), facts.year.as_ref().map_or_else(unknown, |it| it.value.to_string())),
        (say!(locale, "署名：", "issuer: "), facts.issuer.as_ref().map_or_else(unknown, |it| it.value.clone())),
        (say!(locale, "日期：", "date: "), facts.date.as_ref().map_or_else(unknown, |it| it.value.to_string())),
    ];
    let lines = rows.iter().map(|(name, value)| wrap(name, value, columns) + "\n");
    lines.collect::<String>() + "\n"
}
