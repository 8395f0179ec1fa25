//! Reports of many layouts and what the outline makes of them. All of them are made up.

use proptest::prelude::*;

use super::dump::{dump, facts};
use crate::document::{Document, Piece};
use crate::extracted::{Block, Extracted, Layout};
use crate::facts::Given;
use crate::read::Format;
use crate::span::Span;

/// Blocks as a reader of plain text makes them: a block a line.
fn extract(text: &str) -> Extracted {
    let (mut at, mut blank, mut blocks) = (0, 0, Vec::new());
    for row in text.split_inclusive('\n') {
        let words = row.trim();
        if words.is_empty() {
            blank += 1;
        } else {
            let start = at + (row.len() - row.trim_start().len());
            let indent = row.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else if c == '　' { 2 } else { 1 }).sum();
            let pieces = vec![Piece { span: Span::new(start, start + words.len()), wrapped: false }];
            blocks.push(Block { pieces, layout: Layout::Line, blank_before: blank, indent });
            blank = 0;
        }
        at += row.len();
    }
    Extracted { text: text.to_owned(), blocks }
}

/// As `extract`, with `#` lines as headings and `|` lines as cells.
fn extract_marked(text: &str) -> Extracted {
    let mut extracted = extract(text);
    for block in &mut extracted.blocks {
        let piece = &mut block.pieces[0];
        let words = &text[piece.span.range()];
        let level = words.bytes().take_while(|b| *b == b'#').count();
        block.layout = match (level, words.starts_with('|')) {
            (0, false) => Layout::Line,
            (0, true) => Layout::Cell,
            _ => Layout::Heading(level as u8),
        };
        piece.span.start += words.len() - words.trim_start_matches(['#', '|', ' ']).len();
    }
    extracted
}

fn outline(extracted: Extracted) -> Document {
    super::document("报告.txt", Format::Text, "UTF-8", extracted, &Given::default())
}

#[test]
fn real_reports_can_be_read_by_eye() {
    let Some(folder) = std::env::var_os("GUIJU_REPORTS") else { return };
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|it| it == "txt") {
            let document = outline(extract(&std::fs::read_to_string(&path).unwrap()));
            println!("=== {}\n{}\n{}", path.display(), facts(&document), dump(&document));
        }
    }
}

proptest! {
    #[test]
    fn any_text_lands_in_paragraphs_once(text in "\\PC{0,200}") {
        let _ = text;
    }
}
