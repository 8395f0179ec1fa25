//! A text that the client has open, and what was made of it, once for each of its versions.

use std::cell::OnceCell;
use std::path::PathBuf;
use std::rc::Rc;

use gen_lsp_types::{Position, Range};

use crate::lsp::pack_file::PackFile;
use crate::lsp::report_file::ReportFile;
use crate::lsp::text::{Text, Units};
use crate::lsp::uri;
use crate::read::Format;
use crate::span::Span;

/// What an editor may begin a text with, which is none of it.
const BYTE_ORDER_MARK: char = '\u{feff}';
/// The file that names the reports of a project: no pack.
const PROJECT: &str = "guiju.yaml";

/// What a text is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// A rule pack.
    Pack,
    /// YAML that could become a pack: nothing but comments so far.
    Empty,
    /// A text that may be a report.
    Report,
    /// None of our business.
    Other,
}

/// An open text.
pub struct Open {
    /// The client's name for it.
    pub uri: String,
    /// Its version.
    pub version: i32,
    /// What it says.
    pub text: Text,
    /// What it is taken for.
    pub face: Face,
    /// What was made of it as a pack.
    pub pack: OnceCell<Rc<PackFile>>,
    /// What was made of it as a report.
    pub report: OnceCell<Rc<ReportFile>>,
    /// Whether it was edited since it was last looked at.
    pub edited: bool,
    /// Whether anything is shown for it.
    pub shown: bool,
    language: String,
}

impl Open {
    /// A text as it was opened.
    pub fn new(uri: &str, language: &str, version: i32, text: &str, units: Units) -> Open {
        let name = name(uri);
        let face = face(&name, language, text);
        Open {
            uri: uri.to_owned(),
            version,
            text: Text::new(&name, text, units),
            face,
            pack: OnceCell::new(),
            report: OnceCell::new(),
            edited: true,
            shown: false,
            language: language.to_owned(),
        }
    }

    /// The text after an edit.
    pub fn edit(&mut self, text: Text) {
        self.text = text;
        self.face = face(self.name(), &self.language, self.text.text());
        self.forget();
    }

    /// Forgets what was made of it: it, or what it rests on, has changed.
    pub fn forget(&mut self) {
        self.pack = OnceCell::new();
        self.report = OnceCell::new();
        self.edited = true;
    }

    /// The path, or what stands for one.
    pub fn name(&self) -> &str {
        self.text.source().name()
    }

    /// The file it was opened from.
    pub fn path(&self) -> Option<PathBuf> {
        uri::path(&self.uri)
    }

    /// How many bytes stand before the text as readers see it.
    fn front(&self) -> usize {
        if self.text.text().starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 }
    }

    /// The text as readers see it.
    pub fn body(&self) -> &str {
        self.text.text().trim_start_matches(BYTE_ORDER_MARK)
    }

    /// The range of a span of the body.
    pub fn range(&self, span: Span) -> Range {
        self.text.range(span.shift(self.front()))
    }

    /// The range of characters that an editor can underline: for an empty span, the line it stands in.
    pub fn visible(&self, span: Span) -> Range {
        if !span.is_empty() {
            return self.range(span);
        }
        let source = self.text.source();
        self.text.range(source.line_span(source.line_index(span.start + self.front())))
    }

    /// A span of the whole text as one of the body.
    pub fn body_span(&self, span: Span) -> Span {
        Span::new(span.start.saturating_sub(self.front()), span.end.saturating_sub(self.front()))
    }

    /// The byte of the body at a place.
    pub fn offset(&self, position: Position) -> usize {
        self.text.offset(position).saturating_sub(self.front())
    }
}

fn name(uri: &str) -> String {
    uri::path(uri).map_or_else(|| uri.to_owned(), |it| it.to_string_lossy().into_owned())
}

fn face(name: &str, language: &str, text: &str) -> Face {
    let ends = |endings: &[&str]| endings.iter().any(|it| name.to_ascii_lowercase().ends_with(it));
    if language == "yaml" || ends(&[".yaml", ".yml"]) {
        return if ends(&[PROJECT]) { Face::Other } else { of_yaml(text) };
    }
    let text_format = Format::by_name(name).is_some_and(|it| matches!(it, Format::Text | Format::Markdown));
    // A buffer without a name is told by its language alone.
    let nameless = uri::path(name).is_none() && matches!(language, "plaintext" | "text" | "markdown");
    let named = name.rsplit(['/', '\\']).next().is_some_and(|it| it.contains('.'));
    if text_format || nameless && !named { Face::Report } else { Face::Other }
}

/// A pack says so, or has rules with statements; other YAML is left alone.
fn of_yaml(text: &str) -> Face {
    let text = text.trim_start_matches(BYTE_ORDER_MARK);
    let top = |field: &str| {
        text.lines().any(|line| {
            let line = line.trim_start_matches(['{', '\'', '"']);
            line.strip_prefix(field).is_some_and(|it| it.trim_start_matches(['\'', '"', ' ']).starts_with([':', '：']))
        })
    };
    let says_nothing = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#') || line == "---";
    if top("pack") || top("rules") && text.contains("check:") {
        Face::Pack
    } else if text.lines().all(says_nothing) {
        Face::Empty
    } else {
        Face::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_none_of_our_business_is_left_alone() {
        for (uri, language, text, expected) in [
            ("file:///a.yaml", "yaml", "pack: a\n", Face::Pack),
            ("file:///a.yml", "yaml.docker", "# 注\npack：a\n", Face::Pack),
            ("file:///a.yaml", "yaml", "rules:\n  - id: A\n    check: 应当提及 甲\n", Face::Pack),
            ("file:///a.yaml", "yaml", "{pack: a}", Face::Pack),
            ("file:///a.yaml", "yaml", "apiVersion: v1\nrules:\n  - apiGroups: []\n", Face::Other),
            ("file:///a.yaml", "yaml", "services:\n  pack: x\n", Face::Other),
            ("file:///a.yaml", "yaml", "# 注\n\n", Face::Empty),
            ("file:///guiju.yaml", "yaml", "reports: []\n", Face::Other),
            ("untitled:Untitled-1", "yaml", "pack: a\n", Face::Pack),
            ("untitled:Untitled-2", "plaintext", "报告", Face::Report),
            ("file:///%E6%8A%A5%E5%91%8A.TXT", "text", "", Face::Report),
            ("file:///a.md", "markdown", "", Face::Report),
            ("file:///a.rs", "rust", "", Face::Other),
            ("file:///a.log", "plaintext", "", Face::Other),
        ] {
            let open = Open::new(uri, language, 1, text, Units::Utf16);
            assert_eq!(open.face, expected, "{uri} {text:?}");
        }
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        let open = Open::new("file:///a.txt", "text", 1, "\u{feff}甲乙", Units::Utf16);
        assert_eq!(open.body(), "甲乙");
        let range = open.range(Span::new(3, 6));
        assert_eq!((range.start.character, range.end.character), (2, 3));
        assert_eq!(open.offset(range.start), 3);
        assert_eq!(open.offset(Position { line: 0, character: 0 }), 0);
    }
}
