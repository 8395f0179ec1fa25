//! The bytes of reports: from files and from standard input, never more than the limit.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::locale::Locale;
use crate::problem::Problem;
use crate::say;

/// No report is larger.
pub const LARGEST: u64 = 64 << 20;

/// A report still to be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// A file.
    File(std::path::PathBuf),
    /// Standard input, under this name.
    Standard(String),
}

impl Input {
    /// The name it is reported under.
    pub fn name(&self) -> String {
        match self {
            Input::File(path) => path.to_string_lossy().into_owned(),
            Input::Standard(name) => name.clone(),
        }
    }

    /// Its bytes.
    ///
    /// # Errors
    /// Why it cannot be read: a special file would hang, a huge one fill the memory.
    pub fn bytes(&self, locale: Locale) -> Result<Vec<u8>, Problem> {
        let bytes = match self {
            Input::File(path) => of_file(path, locale),
            Input::Standard(_) => limited(io::stdin().lock()).map_err(|why| because(&why, locale)),
        };
        let fail = |message| Problem::error("read::input", self.name(), message);
        let bytes = bytes.map_err(fail)?;
        if bytes.len() as u64 > LARGEST {
            let limit = LARGEST >> 20;
            return Err(Problem::error(
                "read::too-large",
                self.name(),
                say!(locale, "文件超过 {limit} MB", "larger than {limit} MB"),
            )
            .help(say!(locale, "请拆成几份再检查", "split it")));
        }
        Ok(bytes)
    }
}

fn of_file(path: &Path, locale: Locale) -> Result<Vec<u8>, String> {
    let fail = |why: io::Error| because(&why, locale);
    if !path.metadata().map_err(fail)?.is_file() {
        return Err(say!(locale, "不是普通文件", "no regular file"));
    }
    limited(File::open(path).map_err(fail)?).map_err(fail)
}

fn limited(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn because(why: &io::Error, locale: Locale) -> String {
    match why.kind() {
        io::ErrorKind::NotFound => say!(locale, "没有这个文件", "no such file"),
        io::ErrorKind::PermissionDenied => say!(locale, "没有读取的权限", "no permission to read it"),
        _ => say!(locale, "读不出来：{why}", "cannot be read: {why}"),
    }
}
