//! Paths to files, and files to bytes: what there is to read, in order, and what was left out.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::locale::Locale;
use crate::problem::Problem;
use crate::read::{Format, LIMIT, too_large};
use crate::say;

mod ignored;

use ignored::Ignored;

/// What paths led to.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The files, each once, in the order of their paths as bytes.
    pub files: Vec<PathBuf>,
    /// Paths that led nowhere.
    pub problems: Vec<Problem>,
    /// What folders hold besides.
    pub left_out: LeftOut,
}

/// How many entries of folders were left out, each with what lies below it counted once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Names that begin with a dot.
    pub hidden: usize,
    /// Named by a `.gitignore`.
    pub ignored: usize,
    /// `~$…`, which Office leaves behind.
    pub temporary: usize,
    /// Files whose ending stands for no format.
    pub unsupported: usize,
    /// Symbolic links, pipes, devices.
    pub special: usize,
}

impl LeftOut {
    /// All of them.
    pub const fn total(self) -> usize {
        self.hidden + self.ignored + self.temporary + self.unsupported + self.special
    }
}

/// Finds the files that `paths` name: a file as it is, whatever its name; of a folder the files of supported formats.
pub fn discover(paths: &[PathBuf], locale: Locale) -> Found {
    let mut found = Found::default();
    for path in paths {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => found.add_folder(path, locale),
            Ok(_) => found.files.push(path.clone()),
            Err(error) => found.problems.push(failed(path, &error, locale)),
        }
    }
    found.sort();
    found
}

impl Found {
    fn add_folder(&mut self, folder: &Path, locale: Locale) {
        let (files, problems) = (self.files.len(), self.problems.len());
        self.walk(folder, locale);
        // Walking `.` puts `./` before each path, which nobody wrote.
        if folder == Path::new(".") {
            let walked = self.files.iter_mut().skip(files);
            walked.for_each(|path| *path = path.strip_prefix(".").unwrap_or(path).to_path_buf());
        }
        if (files, problems) == (self.files.len(), self.problems.len()) {
            self.problems.push(nothing(folder, locale));
        }
    }

    fn walk(&mut self, folder: &Path, locale: Locale) {
        let mut ignored = Ignored::above(folder);
        let mut walk = WalkDir::new(folder).sort_by_file_name().into_iter();
        while let Some(entry) = walk.next() {
            match entry {
                Ok(entry) if entry.depth() == 0 => ignored.enter(entry.path(), 0),
                Ok(entry) => {
                    let kept = self.add_entry(&entry, &mut ignored);
                    if entry.file_type().is_dir() && !kept {
                        walk.skip_current_dir();
                    }
                }
                Err(error) => self.problems.push(walk_failed(folder, error, locale)),
            }
        }
    }

    /// Takes an entry of a folder or counts why not; a folder that is taken is walked.
    fn add_entry(&mut self, entry: &DirEntry, ignored: &mut Ignored) -> bool {
        let kind = entry.file_type();
        let name = entry.file_name().as_encoded_bytes();
        let reason = if name.starts_with(b".") {
            &mut self.left_out.hidden
        } else if name.starts_with(b"~$") {
            &mut self.left_out.temporary
        } else if ignored.holds(entry.path(), entry.depth(), kind.is_dir()) {
            &mut self.left_out.ignored
        } else if kind.is_dir() {
            ignored.enter(entry.path(), entry.depth());
            return true;
        } else if !kind.is_file() {
            &mut self.left_out.special
        } else if Format::by_name(entry.path()).is_none() {
            &mut self.left_out.unsupported
        } else {
            self.files.push(entry.path().to_path_buf());
            return true;
        };
        *reason += 1;
        false
    }

    /// Puts everything in order, and drops what was named twice, in whatever words.
    fn sort(&mut self) {
        let mut seen = HashSet::new();
        self.files.retain(|path| seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone())));
        self.files.sort_by(|one, other| bytes(one).cmp(bytes(other)));
        self.problems.sort_by(|one, other| one.path.cmp(&other.path));
        self.problems.dedup_by(|one, other| one.path == other.path && one.code == other.code);
    }
}

fn bytes(path: &Path) -> &[u8] {
    path.as_os_str().as_encoded_bytes()
}

/// Reads a file.
///
/// # Errors
/// What is no regular file (a pipe would wait for ever, a device never end), is larger than [`LIMIT`], or cannot be
/// opened.
pub fn read_bytes(path: &Path, locale: Locale) -> Result<Vec<u8>, Problem> {
    let fail = |error: io::Error| failed(path, &error, locale);
    let metadata = fs::metadata(path).map_err(fail)?;
    if metadata.is_dir() {
        return Err(failed(path, &ErrorKind::IsADirectory.into(), locale));
    }
    if !metadata.is_file() {
        return Err(special(path, locale));
    }
    read_limited(File::open(path).map_err(fail)?, &name(path), locale)
}

/// Reads all that `reader` gives, such as standard input; `name` stands for it in messages.
///
/// # Errors
/// More than [`LIMIT`], or a failure to read.
pub fn read_limited(reader: impl Read, name: &str, locale: Locale) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let most = LIMIT as u64 + 1;
    reader.take(most).read_to_end(&mut bytes).map_err(|error| failed(Path::new(name), &error, locale))?;
    if bytes.len() > LIMIT { Err(too_large(name, locale)) } else { Ok(bytes) }
}

fn name(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn failed(path: &Path, error: &io::Error, locale: Locale) -> Problem {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidInput => {
            let message = say!(locale, "没有这个文件或文件夹", "there is no such file or folder");
            let help =
                say!(locale, "请核对路径；名称中有空格时要加引号", "check the path; a name with spaces must be quoted");
            Problem::error("read::not-found", name(path), message).help(help)
        }
        ErrorKind::IsADirectory => {
            let message = say!(locale, "这是文件夹，这里要一份报告", "this is a folder, and one report is asked for");
            let help = say!(locale, "请写出其中一份报告的文件名", "name one report in it");
            Problem::error("read::failed", name(path), message).help(help)
        }
        ErrorKind::PermissionDenied => {
            let message = say!(locale, "没有读取权限", "reading it is not permitted");
            let help = say!(locale, "请取得读取权限后再检查", "get permission to read it, and check again");
            Problem::error("read::permission", name(path), message).help(help)
        }
        _ => {
            let message = say!(locale, "无法读取：{error}", "it cannot be read: {error}");
            let help = say!(locale, "请把文件复制到本机磁盘后再检查", "copy it to a local disk, and check that copy");
            Problem::error("read::failed", name(path), message).help(help)
        }
    }
}

fn walk_failed(folder: &Path, error: walkdir::Error, locale: Locale) -> Problem {
    let path = error.path().unwrap_or(folder).to_path_buf();
    let error = error.into_io_error().unwrap_or_else(|| ErrorKind::Other.into());
    failed(&path, &error, locale)
}

fn special(path: &Path, locale: Locale) -> Problem {
    let message = say!(locale, "这不是普通文件，而是管道或设备", "this is a pipe or a device, not a regular file");
    let help = say!(
        locale,
        "要检查另一个程序的输出，请用“-”从标准输入读取",
        "to check what another program writes, read standard input with '-'"
    );
    Problem::error("read::special", name(path), message).help(help)
}

fn nothing(folder: &Path, locale: Locale) -> Problem {
    let endings: Vec<String> =
        Format::ALL.iter().flat_map(|format| format.endings()).map(|ending| format!(".{ending}")).collect();
    let (zh, en) = (endings.join("、"), endings.join(", "));
    let message = say!(locale, "文件夹里没有可以检查的文件", "there is nothing to check in this folder");
    let help = say!(
        locale,
        "文件夹中只检查 {zh}；其他文件请先另存为 .docx 或纯文本，或直接写出文件名",
        "in folders only {en} are checked; save other files as .docx or plain text first, or name the file itself"
    );
    Problem::error("read::nothing", name(folder), message).help(help)
}

#[cfg(test)]
mod tests;
