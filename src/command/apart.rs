//! `guiju read-apart`: reads one file in a process of its own, so that a file which makes a library fail, hang or fill
//! the memory is an error of that file alone. People never type it.

use std::env;
use std::io::{self, Write};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::command::process::{self, Ended};
use crate::command::{BROKEN, CLEAN};
use crate::discover;
use crate::document::{Lost, Piece};
use crate::extracted::{Block, Extracted, Layout};
use crate::locale::Locale;
use crate::problem::Problem;
use crate::read::{Format, Options, Taken, take};
use crate::say;
use crate::span::Span;

/// How long one file may take.
const TIME: Duration = Duration::from_secs(30);
/// How much memory reading one file may take, in bytes.
const MEMORY: u64 = 2 << 30;
/// How much may be said about one file, in bytes.
const MOST: u64 = 1 << 30;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 一份报告的名称；内容从标准输入读
    #[arg(value_name = "NAME")]
    apart: String,
}

/// A block: its layout, the blank lines before it, its indent, and its pieces.
type Written = (u8, usize, usize, Vec<(usize, usize, bool)>);

/// What the process says of the file.
#[derive(Serialize, Deserialize)]
enum Said {
    Taken { format: usize, text: String, blocks: Vec<Written>, pages: Vec<usize>, lost: (bool, bool) },
    Problem { code: String, message: String, help: Option<String> },
}

/// Reads standard input, and prints what it gives for the process that asked.
pub fn run(args: &Args, locale: Locale) -> u8 {
    limit();
    let said = discover::read_limited(io::stdin().lock(), &args.apart, locale)
        .and_then(|bytes| take(&args.apart, &bytes, Options::default(), locale));
    let said = match said {
        Ok(taken) => Said::of(&taken),
        Err(problem) => Said::Problem { code: problem.code.to_owned(), message: problem.message, help: problem.help },
    };
    let written = serde_json::to_vec(&said).map_err(io::Error::from).and_then(|it| io::stdout().write_all(&it));
    if written.is_ok() { CLEAN } else { BROKEN }
}

/// A process that takes more memory is ended by the system.
#[cfg(unix)]
fn limit() {
    use nix::sys::resource::{Resource, setrlimit};
    let _ = setrlimit(Resource::RLIMIT_AS, MEMORY, MEMORY);
    let _ = setrlimit(Resource::RLIMIT_CPU, TIME.as_secs() * 2, TIME.as_secs() * 2);
}

#[cfg(not(unix))]
const fn limit() {}

/// Takes a file in a process of its own; `None` where none can be started.
pub fn take_apart(name: &str, bytes: &[u8], locale: Locale) -> Option<Result<Taken, Problem>> {
    let program = env::current_exe().ok()?;
    let lang = if locale == Locale::En { "en" } else { "zh" };
    let mut command = Command::new(program);
    command.args(["read-apart", "--lang", lang, "--"]).arg(Path::new(name));
    match process::run(&mut command, bytes.to_vec(), MOST, TIME).ok()? {
        Ended::Late => Some(Err(late(name, locale))),
        Ended::Itself(printed) => match serde_json::from_slice::<Said>(&printed) {
            Ok(said) => Some(said.result(name)),
            Err(_) => Some(Err(failed(name, locale))),
        },
    }
}

fn late(name: &str, locale: Locale) -> Problem {
    let seconds = TIME.as_secs();
    let message = say!(
        locale,
        "读了 {seconds} 秒还没有读完，已停止",
        "reading it took more than {seconds} seconds and was stopped"
    );
    Problem::error("read::limit", name, message).help(way_out(locale))
}

fn failed(name: &str, locale: Locale) -> Problem {
    let gigabytes = MEMORY >> 30;
    let message = say!(
        locale,
        "读不出来：文件已损坏，或要用的内存超过 {gigabytes} GB",
        "it cannot be read: it is damaged, or needs more than {gigabytes} GB of memory"
    );
    Problem::error("read::limit", name, message).help(way_out(locale))
}

fn way_out(locale: Locale) -> String {
    say!(
        locale,
        "请重新下载或重新导出；仍读不出时，请用 Word 原稿（.docx）",
        "download or export it anew; if that does not help, use the Word file (.docx)"
    )
}

impl Said {
    fn of(taken: &Taken) -> Said {
        let Extracted { text, blocks, pages, lost } = &taken.extracted;
        let pieces = |block: &Block| block.pieces.iter().map(|it| (it.span.start, it.span.end, it.wrapped)).collect();
        let block = |it: &Block| (code(it.layout), it.blank_before, it.indent, pieces(it));
        Said::Taken {
            format: Format::ALL.iter().position(|it| *it == taken.format).unwrap_or_default(),
            text: text.clone(),
            blocks: blocks.iter().map(block).collect(),
            pages: pages.clone(),
            lost: (lost.line_breaks, lost.numbers),
        }
    }

    fn result(self, name: &str) -> Result<Taken, Problem> {
        match self {
            Said::Taken { format, text, blocks, pages, lost: (line_breaks, numbers) } => {
                let piece = |(start, end, wrapped)| Piece { span: Span::new(start, end), wrapped };
                let blocks = blocks.into_iter().map(|(layout, blank_before, indent, pieces)| Block {
                    pieces: pieces.into_iter().map(piece).collect(),
                    layout: decode(layout),
                    blank_before,
                    indent,
                });
                let blocks = blocks.collect();
                let extracted = Extracted { text, blocks, pages, lost: Lost { line_breaks, numbers } };
                let format = Format::ALL.get(format).copied().unwrap_or(Format::Text);
                Ok(Taken { format, encoding: None, extracted })
            }
            Said::Problem { code, message, help } => {
                let code = CODES.iter().find(|it| **it == code).copied().unwrap_or("read::damaged");
                let problem = Problem::error(code, name, message);
                Err(match help {
                    Some(help) => problem.help(help),
                    None => problem,
                })
            }
        }
    }
}

/// The codes of what may be wrong with a file that is read apart.
const CODES: [&str; 7] =
    ["read::damaged", "read::empty", "read::encrypted", "read::font", "read::format", "read::limit", "read::scanned"];

/// 0 a line, 1 a paragraph, 2 a cell, from 3 on headings.
const fn code(layout: Layout) -> u8 {
    match layout {
        Layout::Line => 0,
        Layout::Paragraph => 1,
        Layout::Cell => 2,
        Layout::Heading(level) => level.saturating_add(2),
    }
}

const fn decode(code: u8) -> Layout {
    match code {
        0 => Layout::Line,
        1 => Layout::Paragraph,
        2 => Layout::Cell,
        level => Layout::Heading(level - 2),
    }
}
