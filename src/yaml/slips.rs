//! What people slip on who write YAML for the first time: colons, dashes and spaces in full width or left out, and tabs.

use std::sync::Arc;

use crate::locale::Locale;
use crate::problem::Problem;
use crate::say;
use crate::source::{Source, slice};
use crate::span::Span;
use crate::yaml::{Family, Fault, Schema};

/// A slip, and the characters it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slip {
    kind: Kind,
    /// Where.
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `pack：x`
    WideColon,
    /// `pack:x`
    TightColon,
    /// `－ id: x`
    WideDash,
    /// `-id: x`
    TightDash,
    /// A tab before a field.
    Tab,
    /// A full-width space before a field.
    WideSpace,
}

/// What stands where `- ` is due, though it is none.
const DASHES: [char; 6] = ['－', '—', '–', '−', '·', '•'];

/// The slips in `span`, at the beginnings of lines that name one of `fields`.
pub fn find(source: &Source, span: Span, fields: &[&str]) -> Vec<Slip> {
    let mut at = span.start;
    let mut found = Vec::new();
    for line in source.slice(span).split_inclusive('\n') {
        found.extend(of_line(line, fields).into_iter().map(|slip| Slip { span: shifted(slip.span, at), ..slip }));
        at += line.len();
    }
    found
}

/// The full-width colon behind a name of the author's own, in a line without any other.
pub fn colon(source: &Source, at: Span) -> Option<Slip> {
    let line = source.line_span(source.line_index(at.start));
    let text = source.slice(line);
    let (name, _) = text.split_once('：').filter(|_| !text.contains(':'))?;
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
    let start = line.start + name.len();
    name.chars().all(is_name).then(|| Slip { kind: Kind::WideColon, span: Span::new(start, start + '：'.len_utf8()) })
}

/// The text with ordinary colons in place of full-width ones; `None` where there are none left. No byte moves.
pub fn mend(text: &str, slips: &[Slip]) -> Option<String> {
    let mut mended = text.to_owned();
    for slip in slips.iter().filter(|it| it.kind == Kind::WideColon) {
        let range = slip.span.start..slip.span.end;
        if mended.get(range.clone()) == Some("：") {
            mended.replace_range(range, ":  ");
        }
    }
    (mended != text).then_some(mended)
}

fn shifted(span: Span, by: usize) -> Span {
    Span::new(span.start + by, span.end + by)
}

fn of_line(line: &str, fields: &[&str]) -> Vec<Slip> {
    let text = line.trim_start_matches([' ', '\t', '\u{3000}', '\u{a0}']);
    let indent = line.len() - text.len();
    let word = text.trim_start_matches(['-', ' ', '\t', '\u{3000}', '{', '\'', '"']).trim_start_matches(DASHES);
    let word = word.trim_start_matches([' ', '\u{3000}']);
    let Some((field, behind)) = word.split_once([':', '：']) else { return Vec::new() };
    if !fields.contains(&field.trim_matches([' ', '\u{3000}', '\'', '"'])) {
        return Vec::new();
    }
    let colon = line.len() - word.len() + field.len();
    let mut found = before(line, indent, line.len() - word.len());
    if slice(line, Span::new(colon, line.len())).starts_with('：') {
        found.push(Slip { kind: Kind::WideColon, span: Span::new(colon, colon + '：'.len_utf8()) });
    } else if !behind.is_empty() && !behind.starts_with([' ', '\t', '\r', '\n']) {
        found.push(Slip { kind: Kind::TightColon, span: Span::new(colon, colon + 1) });
    }
    found
}

/// Slips before the name of a field: in the indent, and in the dash.
fn before(line: &str, indent: usize, word: usize) -> Vec<Slip> {
    let mut found = Vec::new();
    let space = slice(line, Span::new(0, indent));
    if let Some(tab) = space.find('\t') {
        found.push(Slip { kind: Kind::Tab, span: Span::new(tab, tab + 1) });
    } else if space.contains(['\u{3000}', '\u{a0}']) {
        found.push(Slip { kind: Kind::WideSpace, span: Span::new(0, indent) });
    }
    let dash = slice(line, Span::new(indent, word));
    match dash.chars().next() {
        Some(c) if DASHES.contains(&c) => {
            found.push(Slip { kind: Kind::WideDash, span: Span::new(indent, indent + c.len_utf8()) });
        }
        Some('-') if !dash.contains(' ') => {
            found.push(Slip { kind: Kind::TightDash, span: Span::new(indent, indent + 1) });
        }
        _ => {}
    }
    found
}

impl Slip {
    /// What is wrong, and what to write.
    pub fn problem(&self, schema: &Schema, source: &Arc<Source>, locale: Locale) -> Problem {
        let sample = match schema.family {
            Family::Pack => "id: FZ001",
            Family::Project => "by: 区司法局",
        };
        let (fault, message, label, help) = match self.kind {
            Kind::WideColon => (
                Fault::FullWidthColon,
                say!(locale, "字段名后面用了全角冒号", "a full-width colon stands behind the name of a field"),
                say!(locale, "应为半角冒号和空格", "should be `: `"),
                say!(
                    locale,
                    "改为半角冒号加一个空格，例如 `{sample}`",
                    "write a half-width colon and a space, as in `{sample}`"
                ),
            ),
            Kind::TightColon => (
                Fault::NoSpace,
                say!(locale, "字段名的冒号后面缺空格", "a space is due behind the colon of a field"),
                say!(locale, "后面加一个空格", "add a space behind it"),
                say!(locale, "例如 `{sample}`", "as in `{sample}`"),
            ),
            Kind::WideDash => (
                Fault::FullWidthDash,
                say!(locale, "列表项的短横不是半角", "the dash of a list item is not half-width"),
                say!(locale, "应为半角短横和空格", "should be `- `"),
                say!(locale, "例如 `- {sample}`", "as in `- {sample}`"),
            ),
            Kind::TightDash => (
                Fault::NoSpace,
                say!(locale, "列表项的短横后面缺空格", "a space is due behind the dash of a list item"),
                say!(locale, "后面加一个空格", "add a space behind it"),
                say!(locale, "例如 `- {sample}`", "as in `- {sample}`"),
            ),
            Kind::Tab => (
                Fault::Tab,
                say!(locale, "缩进用了制表符（Tab）", "a line is indented with a tab"),
                say!(locale, "制表符", "a tab"),
                say!(locale, "缩进只用半角空格", "indent with ordinary spaces"),
            ),
            Kind::WideSpace => return wide(schema, source, self.span, locale),
        };
        Problem::error(schema.code(fault), source.name(), message).at(source, self.span, label).help(help)
    }
}

/// The full-width white space before the text of the line that holds `span`: to YAML it is no indent.
pub fn wide_indent(schema: &Schema, source: &Arc<Source>, span: Span, locale: Locale) -> Option<Problem> {
    let line = source.line_span(source.line_index(span.start));
    let text = source.slice(line);
    let indent = Span::new(line.start, line.start + text.len() - text.trim_start().len());
    source.slice(indent).contains(['\u{3000}', '\u{a0}']).then(|| wide(schema, source, indent, locale))
}

fn wide(schema: &Schema, source: &Arc<Source>, indent: Span, locale: Locale) -> Problem {
    let message = say!(locale, "缩进用了全角空格", "a line is indented with a full-width space");
    Problem::error(schema.code(Fault::FullWidthSpace), source.name(), message)
        .at(source, indent, say!(locale, "全角空格", "full-width space"))
        .help(say!(locale, "缩进只用半角空格", "indent with ordinary spaces"))
}
