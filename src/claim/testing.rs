//! Texts to documents and marks to spans, for the tests of claims.

use crate::document::{Document, Heading, Kind, Lost, Number, NumberStyle, Paragraph, Part, Piece, Section};
use crate::facts::Facts;
use crate::numbers::numerals::integer;
use crate::read::Format;
use crate::source::Source;
use crate::span::Span;

use super::Detected;

/// A text without its ⟦…⟧, and where those stood.
pub(super) fn unmark(text: &str) -> (String, Vec<Span>) {
    let (mut plain, mut spans) = (String::new(), Vec::new());
    for c in text.chars() {
        match c {
            '⟦' => spans.push(Span::new(plain.len(), plain.len())),
            '⟧' => spans.last_mut().unwrap().end = plain.len(),
            _ => plain.push(c),
        }
    }
    (plain, spans)
}

/// Each text's faults must be exactly the characters between its marks.
pub(super) fn assert_marked(texts: &[&str], detect: impl Fn(&Document) -> Detected) {
    for text in texts {
        let (plain, expected) = unmark(text);
        let document = document(&plain);
        let found: Vec<_> = detect(&document).faults.into_iter().map(|it| (it.span, it.label)).collect();
        let shown: Vec<_> = found.iter().map(|(span, label)| (document.source.slice(*span), label)).collect();
        let spans: Vec<Span> = found.iter().map(|(span, _)| *span).collect();
        assert_eq!(spans, expected, "{text}\nfound: {shown:?}");
    }
}

/// No text may have a fault.
pub(super) fn assert_silent(texts: &[&str], detect: impl Fn(&Document) -> Detected) {
    assert!(texts.iter().all(|it| !it.contains('⟦')));
    assert_marked(texts, detect);
}

/// A document made of a text by simple means: a paragraph a line (a line that does not end a sentence goes on in the
/// next), `# ` an unnumbered heading, `= ` the title, `- ` a line of the closing, `| ` a table cell.
pub(super) fn document(text: &str) -> Document {
    let source = Source::new("report.txt", text);
    let mut document = Document {
        source,
        format: Format::Text,
        encoding: Some("UTF-8"),
        paragraphs: Vec::new(),
        sections: Vec::new(),
        title: None,
        closing: 0..0,
        facts: Facts::default(),
        pages: Vec::new(),
        lost: Lost::default(),
    };
    let mut open = false;
    for index in 0..document.source.lines() {
        let line = document.source.line_span(index);
        let text = document.source.slice(line);
        let trimmed = text.trim();
        let start = line.start + (text.len() - text.trim_start().len());
        let span = Span::new(start, start + trimmed.len());
        let (text, span) = (trimmed.to_owned(), span);
        if text.is_empty() {
            open = false;
            continue;
        }
        open = add_line(&mut document, &text, span, open);
    }
    for index in (0..document.sections.len()).rev() {
        let level = document.sections[index].level;
        let end = document.sections[index + 1..].iter().find(|it| it.level <= level).map(|it| it.heading.paragraph);
        let end =
            end.unwrap_or(if document.closing.is_empty() { document.paragraphs.len() } else { document.closing.start });
        document.sections[index].paragraphs.end = end;
    }
    document
}

fn add_line(document: &mut Document, text: &str, span: Span, open: bool) -> bool {
    let index = document.paragraphs.len();
    let part = if document.sections.is_empty() { Part::Opening } else { Part::Body };
    let mut paragraph = Paragraph {
        pieces: vec![Piece { span, wrapped: false }],
        part,
        kind: Kind::Text,
        section: document.sections.len().checked_sub(1),
    };
    let cut = |by: usize| vec![Piece { span: Span::new(span.start + by, span.end), wrapped: false }];
    if text.starts_with("= ") {
        (paragraph.pieces, paragraph.part, paragraph.section) = (cut(2), Part::Title, None);
        document.title = Some(index);
    } else if text.starts_with("- ") {
        (paragraph.pieces, paragraph.part, paragraph.section) = (cut(2), Part::Closing, None);
        let start = if document.closing.is_empty() { index } else { document.closing.start };
        document.closing = start..index + 1;
    } else if text.starts_with("| ") {
        (paragraph.pieces, paragraph.kind) = (cut(2), Kind::Cell);
    } else if let Some((style, value, length)) = heading(text) {
        let words = Span::new(span.start + length, span.end);
        let number = style.map(|style| Number { span: Span::new(span.start, words.start), style, value });
        let run_in = text.find('。').is_some_and(|at| at + 3 < text.len());
        let end = if run_in { span.start + text.find('。').unwrap() } else { span.end };
        let level = style.map_or(1, rank);
        let parent = document.sections.iter().rposition(|it| it.level < level);
        let section = document.sections.len();
        let from = if number.is_some() { span.start } else { words.start };
        if number.is_none() {
            paragraph.pieces = cut(length);
        }
        let heading = Heading {
            paragraph: index,
            span: Span::new(from, end),
            words: Span::new(words.start, end),
            number,
            run_in,
        };
        document.sections.push(Section { heading, level, parent, paragraphs: index..index + 1 });
        (paragraph.part, paragraph.kind, paragraph.section) =
            (Part::Body, if run_in { Kind::RunIn(section) } else { Kind::Heading(section) }, Some(section));
        document.paragraphs.push(paragraph);
        return false;
    } else if open {
        document.paragraphs.last_mut().unwrap().pieces.push(Piece { span, wrapped: true });
        return !ends(text);
    }
    let goes_on =
        paragraph.part != Part::Title && paragraph.part != Part::Closing && paragraph.kind == Kind::Text && !ends(text);
    document.paragraphs.push(paragraph);
    goes_on
}

fn ends(text: &str) -> bool {
    text.trim_end_matches(['”', '）', '》']).ends_with(['。', '！', '？', '；', '：'])
}

fn rank(style: NumberStyle) -> u32 {
    match style {
        NumberStyle::Division | NumberStyle::Chapter | NumberStyle::Chinese => 1,
        NumberStyle::Subchapter | NumberStyle::ChineseBracket => 2,
        NumberStyle::Article | NumberStyle::Arabic | NumberStyle::Decimal => 3,
        NumberStyle::ArabicBracket | NumberStyle::ArabicHalfBracket => 4,
        NumberStyle::Circled => 5,
    }
}

/// Style, value, and bytes of the number in front of a line.
fn heading(text: &str) -> Option<(Option<NumberStyle>, u32, usize)> {
    const FORMS: [(&str, NumberStyle); 9] = [
        ("^第([一二三四五六七八九十]+)部分 ?", NumberStyle::Division),
        ("^第([一二三四五六七八九十]+)章 ?", NumberStyle::Chapter),
        ("^第([一二三四五六七八九十]+)条 ?", NumberStyle::Article),
        ("^([一二三四五六七八九十]+)、", NumberStyle::Chinese),
        ("^[（(]([一二三四五六七八九十]+)[）)]", NumberStyle::ChineseBracket),
        ("^([0-9０-９]+)[.．、]", NumberStyle::Arabic),
        ("^[（(]([0-9]+)[）)]", NumberStyle::ArabicBracket),
        ("^([0-9]+)[）)]", NumberStyle::ArabicHalfBracket),
        ("^([①②③④⑤⑥⑦⑧⑨])", NumberStyle::Circled),
    ];
    if text.starts_with("# ") {
        return Some((None, 0, 2));
    }
    FORMS.iter().find_map(|(form, style)| {
        let found = regex::Regex::new(form).unwrap().captures(text)?;
        let value =
            integer(&found[1]).or_else(|| found[1].chars().next().map(|c| u64::from(c as u32 - '①' as u32) + 1));
        Some((Some(*style), u32::try_from(value?).unwrap(), found[0].len()))
    })
}
