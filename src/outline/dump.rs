//! A document as a few lines of text, for tests to compare and for people to read.

use std::fmt::Write;

use crate::document::{Document, Kind, Part};

/// One line for each paragraph: its part, its level if it is a heading, its text with the heading in ⟦⟧.
pub fn dump(document: &Document) -> String {
    let mut out = String::new();
    for (at, paragraph) in document.paragraphs.iter().enumerate() {
        let text = document.paragraph_text(at);
        let _ = match (paragraph.part, paragraph.kind) {
            (Part::Margin, _) => writeln!(out, "margin: {text}"),
            (Part::Title, _) => writeln!(out, "title: {text}"),
            (Part::Closing, _) => writeln!(out, "closing: {text}"),
            (_, Kind::Heading(section) | Kind::RunIn(section)) => {
                let level = document.sections[section].level as usize;
                writeln!(out, "{} {}", "#".repeat(level), marked(document, section, &text))
            }
            (_, Kind::Cell) => writeln!(out, "cell: {text}"),
            (Part::Opening, Kind::Text) => writeln!(out, "opening: {text}"),
            (Part::Body, Kind::Text) => writeln!(out, "- {text}"),
        };
    }
    out
}

fn marked(document: &Document, section: usize, text: &str) -> String {
    let heading = document.heading_text(section);
    text.replacen(heading.as_ref(), &format!("⟦{heading}⟧"), 1)
}

/// The facts, one line.
pub fn facts(document: &Document) -> String {
    let facts = &document.facts;
    let year = |it: &Option<crate::facts::Fact<i16>>| it.as_ref().map_or("?".to_owned(), |it| it.value.to_string());
    format!(
        "year {} title {} opening {} issuer {} date {}",
        year(&facts.year),
        year(&facts.title_year),
        year(&facts.opening_year),
        facts.issuer.as_ref().map_or("?", |it| it.value.as_str()),
        facts.date.as_ref().map_or("?".to_owned(), |it| it.value.to_string()),
    )
}
