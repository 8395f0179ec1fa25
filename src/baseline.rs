//! Findings that were there before: a file of one line each, sorted, so that git shows what came and what went.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::locale::Locale;
use crate::problem::Problem;
use crate::say;
use crate::source::Source;
use crate::span::Span;

/// The version of the file's shape.
const VERSION: u32 = 1;
/// A larger file is refused, in bytes.
pub const MAX_BYTES: usize = 64 << 20;
/// How many characters of a finding are kept, for people who read the file.
const TEXT: usize = 40;

/// The first line.
#[derive(Serialize, Deserialize)]
struct Head {
    guiju_baseline: u32,
}

/// A finding as the file has it. The order of its fields is the order of the lines.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Entry {
    /// The report, from the project's folder.
    pub path: String,
    /// The rule.
    pub rule: String,
    /// What the finding goes by.
    pub fingerprint: String,
    /// What stands there, cut short.
    pub text: String,
}

impl Entry {
    /// A finding on its way into the file.
    pub fn new(path: &str, rule: &str, fingerprint: &str, text: &str) -> Entry {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut short: String = line.chars().take(TEXT).collect();
        if short.len() < line.len() {
            short.push('…');
        }
        Entry { path: path.to_owned(), rule: rule.to_owned(), fingerprint: fingerprint.to_owned(), text: short }
    }
}

/// All of them.
#[derive(Debug, Clone, Default)]
pub struct Baseline {
    /// In the order of the file.
    pub entries: Vec<Entry>,
    numbers: HashMap<String, usize>,
}

impl Baseline {
    /// The number of the entry for a finding.
    pub fn find(&self, fingerprint: &str) -> Option<usize> {
        self.numbers.get(fingerprint).copied()
    }

    /// Reads the file.
    ///
    /// # Errors
    /// A line that is none of it.
    pub fn read(name: &str, text: &str, locale: Locale) -> Result<Baseline, Problem> {
        let source = Arc::new(Source::new(name, text.strip_prefix('\u{feff}').unwrap_or(text)));
        let mut lines = (0..source.lines()).map(|at| source.line_span(at));
        let head = lines.next().map(|it| source.slice(it)).unwrap_or_default();
        match serde_json::from_str::<Head>(head) {
            Ok(Head { guiju_baseline: VERSION }) => {}
            Ok(Head { guiju_baseline: other }) => {
                let message = say!(
                    locale,
                    "基线文件的版本是 {other}，本程序只认 {VERSION}",
                    "the baseline has version {other}, and this program knows {VERSION}"
                );
                let help = say!(locale, "用 guiju baseline 重新写一份", "write it anew with guiju baseline");
                return Err(Problem::error("baseline::version", name, message).help(help));
            }
            Err(_) => return Err(foreign(&source, source.line_span(0), locale)),
        }
        let mut baseline = Baseline::default();
        for line in lines.filter(|it| !source.slice(*it).trim().is_empty()) {
            let entry: Entry = serde_json::from_str(source.slice(line)).map_err(|_| foreign(&source, line, locale))?;
            baseline.numbers.insert(entry.fingerprint.clone(), baseline.entries.len());
            baseline.entries.push(entry);
        }
        Ok(baseline)
    }
}

/// The text of a file of these entries: sorted, each once.
pub fn write(entries: impl IntoIterator<Item = Entry>) -> String {
    let sorted: BTreeSet<Entry> = entries.into_iter().collect();
    let mut out = json(&Head { guiju_baseline: VERSION });
    out.push('\n');
    for entry in sorted {
        out.push_str(&json(&entry));
        out.push('\n');
    }
    out
}

/// Nothing here can fail to be written: plain text and numbers.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn foreign(source: &Arc<Source>, line: Span, locale: Locale) -> Problem {
    let message = say!(locale, "这一行不是基线文件的内容", "this line is none of a baseline");
    let help = if ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|it| source.slice(line).starts_with(it)) {
        say!(
            locale,
            "这是 git 合并冲突的标记：删去这些标记行，两边的行都留下，再运行 guiju baseline",
            "it marks a conflict of git: delete these marks, keep the lines of both sides, and run guiju baseline"
        )
    } else {
        say!(
            locale,
            "基线文件由 guiju baseline 写成，请重新写一份",
            "a baseline is written by guiju baseline: write it anew"
        )
    };
    Problem::error("baseline::foreign", source.name(), message).at(source, line, String::new()).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str, rule: &str, print: &str) -> Entry {
        Entry::new(path, rule, print, "优化法制化\n  营商环境")
    }

    #[test]
    fn what_is_written_is_sorted_and_read_again() {
        let one = [entry("乙.txt", "A", "3"), entry("甲 \"引号\"\t.txt", "B", "2"), entry("乙.txt", "A", "1")];
        let text = write(one.clone());
        assert_eq!(text, write(one.iter().rev().cloned().chain(one.clone())));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], r#"{"guiju_baseline":1}"#);
        assert_eq!(lines[1], r#"{"path":"乙.txt","rule":"A","fingerprint":"1","text":"优化法制化 营商环境"}"#);
        assert_eq!(lines.len(), 4);
        let read = Baseline::read("b", &text.replace('\n', "\r\n"), Locale::Zh).unwrap();
        assert_eq!((read.entries.len(), read.find("2"), read.find("9")), (3, Some(2), None));
        assert_eq!(write(read.entries), text);
        assert_eq!(Entry::new("a", "b", "c", &"长".repeat(50)).text.chars().count(), TEXT + 1);
    }

    #[test]
    fn foreign_lines_are_told_where_they_stand() {
        for (text, code, line) in [
            ("", "baseline::foreign", 1),
            ("reports: []\n", "baseline::foreign", 1),
            ("{\"guiju_baseline\":2}\n", "baseline::version", 0),
            ("{\"guiju_baseline\":1}\n\n<<<<<<< HEAD\n", "baseline::foreign", 3),
            ("{\"guiju_baseline\":1}\n{\"path\":\"a\"}\n", "baseline::foreign", 2),
        ] {
            let problem = Baseline::read("b", text, Locale::Zh).unwrap_err();
            let at = problem.place.as_ref().map_or(0, |it| it.source.line_column(it.span.start).line);
            assert_eq!((problem.code, at), (code, line), "{text:?}");
            assert!(problem.help.is_some());
        }
    }
}
