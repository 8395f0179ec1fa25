//! What git knows: which files have changed since a revision. The only place that starts another program.

use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::locale::Locale;
use crate::problem::Problem;
use crate::say;

/// The files of the repositories of `folders` that differ from where the present branched off `revision`, and those
/// git does not know yet: full paths, links in the folders above them followed.
///
/// # Errors
/// There is no git, no repository, or no such revision.
pub fn changed_since(revision: &str, folders: &[PathBuf], locale: Locale) -> Result<HashSet<PathBuf>, Problem> {
    let mut changed = HashSet::new();
    let mut seen = HashSet::new();
    for folder in folders {
        let top = top(folder, locale)?;
        if seen.insert(top.clone()) {
            changed.extend(changed_in(&top, revision, locale)?);
        }
    }
    Ok(changed)
}

/// A file as it is named in the set of changed ones.
pub fn real(file: &Path) -> PathBuf {
    let folder = file.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (fs::canonicalize(folder), file.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => file.to_path_buf(),
    }
}

fn top(folder: &Path, locale: Locale) -> Result<PathBuf, Problem> {
    let out = git(folder, &["rev-parse", "--show-toplevel"], locale)?;
    if !out.status.success() {
        let path = folder.to_string_lossy();
        let message = say!(locale, "{path} 不在 git 仓库里", "{path} is in no git repository");
        return Err(failed(message, &out, locale));
    }
    let top = path(out.stdout.strip_suffix(b"\n").unwrap_or(&out.stdout));
    Ok(fs::canonicalize(&top).unwrap_or(top))
}

fn changed_in(top: &Path, revision: &str, locale: Locale) -> Result<Vec<PathBuf>, Problem> {
    let commit = format!("{revision}^{{commit}}");
    let found = git(top, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit], locale)?;
    if !found.status.success() {
        let message = say!(locale, "git 里没有版本 {revision}", "git knows no revision {revision}");
        let help = say!(
            locale,
            "写提交、分支或标签，如 HEAD~1、origin/main；浅克隆（CI 中常见）要先取全历史，如 fetch-depth: 0",
            "name a commit, branch or tag, as in HEAD~1 or origin/main; a shallow clone must be fetched in full first"
        );
        return Err(Problem::error("git::revision", "--since", message).help(help));
    }
    let commit = text(&found.stdout);
    // Where the two have no commit in common, the revision itself is what to compare with.
    let base = git(top, &["merge-base", &commit, "HEAD"], locale)?;
    let base = if base.status.success() { text(&base.stdout) } else { commit };
    let mut names =
        listed(top, &["diff", "--name-only", "-z", "--no-renames", "--diff-filter=d", &base, "--"], locale)?;
    names.extend(listed(top, &["ls-files", "-z", "--others", "--exclude-standard"], locale)?);
    Ok(names)
}

/// The paths that a command prints, each ended by a zero byte, so that no name needs quotes.
fn listed(top: &Path, arguments: &[&str], locale: Locale) -> Result<Vec<PathBuf>, Problem> {
    let out = git(top, arguments, locale)?;
    if !out.status.success() {
        let message = say!(locale, "git 列不出改动过的文件", "git could not list what has changed");
        return Err(failed(message, &out, locale));
    }
    Ok(out.stdout.split(|it| *it == 0).filter(|it| !it.is_empty()).map(|it| top.join(path(it))).collect())
}

fn git(folder: &Path, arguments: &[&str], locale: Locale) -> Result<Output, Problem> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments).stdin(Stdio::null()).env("GIT_OPTIONAL_LOCKS", "0");
    command.output().map_err(|why| unstarted(&why, locale))
}

fn unstarted(why: &io::Error, locale: Locale) -> Problem {
    let message = match why.kind() {
        ErrorKind::NotFound => say!(locale, "本机没有 git 程序", "there is no git on this machine"),
        _ => say!(locale, "git 无法运行：{why}", "git cannot be run: {why}"),
    };
    let help =
        say!(locale, "装好 git，或不用 --since 检查全部报告", "install git, or check all reports without --since");
    Problem::error("git::missing", "--since", message).help(help)
}

fn failed(message: String, out: &Output, locale: Locale) -> Problem {
    let words = text(&out.stderr);
    let first = words.lines().next().unwrap_or_default().trim();
    let help = say!(locale, "git 的说法：{first}", "git says: {first}");
    Problem::error("git::failed", "--since", message).help(help)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}

#[cfg(unix)]
fn path(bytes: &[u8]) -> PathBuf {
    let name: &OsStr = std::os::unix::ffi::OsStrExt::from_bytes(bytes);
    PathBuf::from(OsString::from(name))
}

#[cfg(not(unix))]
fn path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(OsString::from(OsStr::new(&*String::from_utf8_lossy(bytes))))
}
