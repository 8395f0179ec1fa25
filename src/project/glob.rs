//! Patterns of paths: `报告/**/*.{docx,txt}`. The only user of globset.

use globset::{ErrorKind, Glob, GlobBuilder, GlobSet, GlobSetBuilder};

use crate::locale::Locale;
use crate::say;
use crate::span::Span;
use crate::yaml::Scalar;
use crate::yaml::sheet::Sheet;

/// Patterns, any of which may hold. One that names a folder holds for all below it. Letters of either case are the
/// same, for Windows writes `.DOCX`.
#[derive(Debug, Clone, Default)]
pub struct Globs {
    set: GlobSet,
    /// The patterns as written.
    pub words: Vec<Scalar>,
}

impl Globs {
    /// Reads patterns, and tells those that are none.
    pub fn read(sheet: &mut Sheet, words: Vec<Scalar>) -> Globs {
        let mut builder = GlobSetBuilder::new();
        let mut sound = Vec::new();
        for word in words {
            match glob(&word.text, sheet.locale) {
                Ok(glob) => {
                    builder.add(glob);
                    sound.push(word);
                }
                Err(fault) => {
                    let span = sheet.yaml.inner(word.place, &word.text, fault.span);
                    sheet.error("project::glob", span, fault.message, String::new(), Some(fault.help));
                }
            }
        }
        // Each of them was compiled on its own; only their number could make them fail together.
        Globs { set: builder.build().unwrap_or_default(), words: sound }
    }

    /// Whether one holds for a path, written with `/` from the project's folder.
    pub fn hold(&self, path: &str) -> bool {
        !self.words.is_empty() && upwards(path).any(|it| self.set.is_match(it))
    }

    /// Which ones hold for a path, by their number.
    pub fn which(&self, path: &str) -> Vec<usize> {
        upwards(path).flat_map(|it| self.set.matches(it)).collect()
    }
}

/// A path, and the folders above it.
fn upwards(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |it| it.rsplit_once('/').map(|(above, _)| above))
}

/// A name as a pattern that holds for it alone.
pub fn literal(name: &str) -> String {
    globset::escape(name)
}

/// What is wrong with a pattern, on which of its bytes.
struct Fault {
    span: Span,
    message: String,
    help: String,
}

fn glob(text: &str, locale: Locale) -> Result<Glob, Fault> {
    slip(text, locale).map_or(Ok(()), Err)?;
    let tidy = text.strip_prefix("./").unwrap_or(text).trim_end_matches('/');
    let built = GlobBuilder::new(tidy).literal_separator(true).empty_alternates(true).case_insensitive(true).build();
    built.map_err(|error| broken(text, error.kind(), locale))
}

/// What is a pattern, but none that could hold for a report of the project.
fn slip(text: &str, locale: Locale) -> Option<Fault> {
    let whole = Span::new(0, text.len());
    let fault = |span, message, help| Some(Fault { span, message, help });
    if text.trim().is_empty() {
        let message = say!(locale, "路径是空的", "the path is empty");
        return fault(whole, message, say!(locale, "写上路径，如 \"报告/**\"", "write a path, as in \"reports/**\""));
    }
    if let Some(at) = text.find('\\') {
        let message = say!(locale, "路径里用了反斜杠", "a backslash in a path");
        return fault(Span::new(at, at + 1), message, say!(locale, "用 / 分隔各层文件夹", "put / between folders"));
    }
    let drive = text.as_bytes().get(1) == Some(&b':');
    let up = text == ".." || text.starts_with("../") || text.contains("/../") || text.ends_with("/..");
    if text.starts_with('/') || drive || up {
        let message = say!(locale, "路径在项目文件夹之外", "the path leads out of the project's folder");
        let help = say!(
            locale,
            "从 guiju.yaml 所在的文件夹写起，如 \"报告/**\"",
            "begin at the folder of guiju.yaml, as in \"reports/**\""
        );
        return fault(whole, message, help);
    }
    let wide = text.char_indices().find(|(_, c)| matches!(c, '，' | '｛' | '｝' | '＊' | '／' | '？'));
    let in_braces = |at: usize| text.char_indices().any(|(open, c)| c == '{' && open < at);
    if let Some((at, c)) = wide
        && (c != '，' || in_braces(at))
    {
        let half = match c {
            '，' => ",",
            '｛' => "{",
            '｝' => "}",
            '＊' => "*",
            '／' => "/",
            _ => "?",
        };
        let message = say!(locale, "路径里用了全角的 {c}", "a full-width {c} in a path");
        return fault(Span::new(at, at + c.len_utf8()), message, say!(locale, "改为半角的 {half}", "write {half}"));
    }
    None
}

/// The characters that break a pattern.
fn broken(text: &str, kind: &ErrorKind, locale: Locale) -> Fault {
    let one = |at: Option<usize>| at.map_or(Span::new(0, text.len()), |at| Span::new(at, at + 1));
    let close = |mark: &str| say!(locale, "补上 {mark}", "close it with {mark}");
    let (span, message, help) = match kind {
        ErrorKind::UnclosedClass => (one(text.rfind('[')), say!(locale, "[ 没有闭合", "[ is not closed"), close("]")),
        ErrorKind::UnclosedAlternates => {
            (one(text.rfind('{')), say!(locale, "{{ 没有闭合", "{{ is not closed"), close("}"))
        }
        ErrorKind::UnopenedAlternates => (
            one(text.rfind('}')),
            say!(locale, "}} 前面没有 {{", "}} closes nothing"),
            say!(locale, "删去它", "delete it"),
        ),
        ErrorKind::InvalidRange(from, to) => {
            let range = format!("{from}-{to}");
            let at = text.find(&range).map_or(Span::new(0, text.len()), |at| Span::new(at, at + range.len()));
            let help = say!(locale, "小的写在前面", "write the smaller one first");
            (at, say!(locale, "{range} 前后颠倒", "{range} is the wrong way round"), help)
        }
        other => (
            one(None),
            say!(locale, "路径写得不对", "this is no pattern of paths"),
            say!(locale, "解析器的说法：{other}", "the parser says: {other}"),
        ),
    };
    Fault { span, message, help }
}
