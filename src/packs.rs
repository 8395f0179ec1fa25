//! Finds packs for the command line: built-in names, YAML files and folders of them, and what those extend. One of
//! the few places that read files.

use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use walkdir::WalkDir;

use crate::locale::Locale;
use crate::nearest::nearest;
use crate::pack::Loaded;
use crate::pack::builtin::{self, BUILT_IN, built_in};
use crate::pack::load::{MAX_BYTES, PackText, load};
use crate::problem::Problem;
// The file that makes a folder a project: packs in it may extend each other across its folders.
use crate::project::NAME as PROJECT;
use crate::say;

/// How deep a folder of packs is searched.
const MAX_FOLDERS: usize = 16;

/// Loads packs by what the user wrote: the name of a built-in pack, else a path to a YAML file or a folder of them.
/// What cannot be had is among the problems, and the others load.
pub fn find(wanted: &[String], locale: Locale) -> Loaded {
    let mut texts = Vec::new();
    let mut problems = Vec::new();
    for word in wanted {
        for found in texts_of(word, locale) {
            match found {
                Ok(text) => texts.push(text),
                Err(problem) => problems.push(problem),
            }
        }
    }
    let mut loaded = load(&texts, &|from, word| resolve(from, word, locale), locale);
    problems.append(&mut loaded.problems);
    Loaded { packs: loaded.packs, problems }
}

/// Finds what a pack extends: a built-in pack by its name, else a file by its path relative to the pack that names
/// it, which may leave neither the project nor, without one, the pack's own folder.
///
/// # Errors
/// Why it cannot be had, for people.
pub fn resolve(from: &str, word: &str, locale: Locale) -> Result<PackText, String> {
    if let Some(text) = built_in(word) {
        return Ok(text);
    }
    if builtin::is_built_in(from) || !is_path(word) {
        return Err(unknown(word, locale));
    }
    if Path::new(word).is_absolute() || word.contains('\\') {
        return Err(say!(
            locale,
            "`{word}` 不是以 / 分隔的相对路径",
            "`{word}` is no relative path with / between its parts"
        ));
    }
    let folder = Path::new(from).parent().unwrap_or(Path::new(""));
    let path = tidy(&folder.join(word));
    let real = fs::canonicalize(shown(&path)).map_err(|_| say!(locale, "找不到 {word}", "{word} is not there"))?;
    let inside = home(folder).is_some_and(|home| real.starts_with(home));
    if !inside {
        return Err(say!(
            locale,
            "`{word}` 在项目文件夹（没有 {PROJECT} 时为规则包自己的文件夹）之外",
            "`{word}` lies outside the project (without a {PROJECT}: outside the pack's own folder)"
        ));
    }
    read(&path.to_string_lossy(), locale).map_err(|problem| problem.message)
}

/// Where a pack may look for others: its project's folder, else its own.
fn home(folder: &Path) -> Option<PathBuf> {
    let own = fs::canonicalize(shown(folder)).ok()?;
    let project = own.ancestors().find(|it| it.join(PROJECT).is_file()).map(Path::to_path_buf);
    Some(project.unwrap_or(own))
}

/// An empty path is the folder one is in.
pub fn shown(path: &Path) -> &Path {
    if path.as_os_str().is_empty() { Path::new(".") } else { path }
}

/// A path without `.` and without `x/..`, so that one file has one name.
pub fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(tidy.components().next_back(), Some(Component::Normal(_))) => {
                tidy.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::ParentDir | Component::Normal(_) => tidy.push(part),
        }
    }
    tidy
}

/// Whether a word means a file rather than a name.
fn is_path(word: &str) -> bool {
    word.contains(['/', '\\']) || is_yaml(Path::new(word)) || Path::new(word).exists()
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|it| it == "yaml" || it == "yml")
}

fn unknown(word: &str, locale: Locale) -> String {
    let all = BUILT_IN.map(|(name, _)| name).join(", ");
    match builtin::near(word) {
        Some(near) => say!(
            locale,
            "没有规则包 `{word}`，是否想写 `{near}`？",
            "there is no pack `{word}`; did you mean `{near}`?"
        ),
        None => say!(
            locale,
            "没有规则包 `{word}`：内置的有 {all}，自己的写路径，如 ./本区.yaml",
            "there is no pack `{word}`: {all} are built in, others go by a path such as ./mine.yaml"
        ),
    }
}

/// The texts that a word of the command line stands for, or why there are none.
fn texts_of(word: &str, locale: Locale) -> Vec<Result<PackText, Problem>> {
    if let Some(text) = built_in(word) {
        return vec![Ok(text)];
    }
    let path = Path::new(word);
    if path.is_dir() {
        return folder(word, locale);
    }
    if !path.exists() && !is_path(word) {
        return vec![Err(Problem::error("pack::not-found", word, unknown(word, locale)))];
    }
    vec![read(word, locale)]
}

/// The packs of a folder.
fn folder(word: &str, locale: Locale) -> Vec<Result<PackText, Problem>> {
    let texts: Vec<_> = below(Path::new(word)).iter().map(|it| read(it, locale)).collect();
    if !texts.is_empty() {
        return texts;
    }
    let message = say!(locale, "文件夹里没有规则包（.yaml 文件）", "the folder holds no pack (no .yaml file)");
    vec![Err(Problem::error("pack::not-found", word, message))]
}

/// The paths of the YAML files of a folder, in the order of their names; hidden ones, links and the project file left
/// out.
pub fn below(folder: &Path) -> Vec<String> {
    let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    let walk = WalkDir::new(folder).max_depth(MAX_FOLDERS).sort_by_file_name().into_iter();
    let files = walk
        .filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name()))
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file() && is_yaml(entry.path()) && entry.file_name() != PROJECT);
    files.map(|entry| entry.path().to_string_lossy().into_owned()).collect()
}

/// Reads a file, never more of it than a pack may have.
fn read(path: &str, locale: Locale) -> Result<PackText, Problem> {
    let refuse = |code, message: String| Problem::error(code, path, message);
    let about = match fs::metadata(path) {
        Ok(about) => about,
        Err(_) => {
            let problem = refuse("pack::not-found", say!(locale, "找不到规则包 {path}", "there is no pack {path}"));
            return Err(match near_file(path) {
                Some(near) => problem.help(say!(locale, "是否想写 {near}？", "did you mean {near}?")),
                None => problem,
            });
        }
    };
    if !about.is_file() {
        return Err(refuse("pack::unreadable", say!(locale, "{path} 不是普通文件", "{path} is no regular file")));
    }
    let limit = MAX_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    let done = fs::File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes));
    if let Err(error) = done {
        return Err(refuse(
            "pack::unreadable",
            say!(locale, "读不了 {path}：{error}", "{path} cannot be read: {error}"),
        ));
    }
    // One byte too many is enough for the loader to refuse it; that byte may cut a character.
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if error.as_bytes().len() > MAX_BYTES => String::from_utf8_lossy(error.as_bytes()).into_owned(),
        Err(error) => return Err(not_utf8(path, error.as_bytes(), locale)),
    };
    Ok(PackText { name: path.to_owned(), text })
}

/// What a file is that holds no UTF-8, as far as its first bytes tell.
fn not_utf8(path: &str, bytes: &[u8], locale: Locale) -> Problem {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        let message = say!(locale, "这是 Word、Excel 一类的文件，不是规则包", "this is an office document, no pack");
        let help = say!(locale, "规则包是纯文本，用记事本一类的编辑器写", "a pack is plain text");
        return Problem::error("pack::encoding", path, message).help(help);
    }
    let message = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
            say!(locale, "文件是 UTF-16 编码，规则包要用 UTF-8", "the file is UTF-16; a pack is UTF-8")
        }
        _ => say!(
            locale,
            "文件不是 UTF-8 编码（多半是 GBK，即记事本里的 ANSI）",
            "the file is not encoded in UTF-8 (most likely in GBK)"
        ),
    };
    let help = say!(
        locale,
        "在记事本里“另存为”，编码选 UTF-8，再检查一次",
        "save it as UTF-8 in your editor, then check it again"
    );
    Problem::error("pack::encoding", path, message).help(help)
}

/// A file beside the one that is not there, of nearly the same name.
fn near_file(path: &str) -> Option<String> {
    let path = Path::new(path);
    let folder = path.parent()?;
    let name = path.file_name()?.to_str()?;
    let names: Vec<String> = fs::read_dir(shown(folder))
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| is_yaml(Path::new(name)))
        .collect();
    let near = nearest(name, names.iter().map(String::as_str))?;
    Some(folder.join(near).to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACK: &str = "rules: [{id: ID, check: 应当提及 法治}]\n";

    fn write(root: &Path, name: &str, head: &str) -> String {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, format!("{head}\n{}", PACK.replace("ID", &name.replace(['/', '.'], "-")))).unwrap();
        path.to_string_lossy().into_owned()
    }

    fn codes(loaded: &Loaded) -> Vec<&str> {
        loaded.problems.iter().map(|it| it.code).collect()
    }

    #[test]
    fn finds_names_files_and_folders() {
        let root = tempfile::tempdir().unwrap();
        let a = write(root.path(), "a.yaml", "pack: a");
        write(root.path(), "sub/b.yml", "pack: b");
        write(root.path(), ".hidden/c.yaml", "pack: c");
        write(root.path(), "guiju.yaml", "reports: []");
        let all = root.path().to_string_lossy().into_owned();
        let names = |wanted: &[&str]| {
            let wanted: Vec<String> = wanted.iter().map(|it| it.to_string()).collect();
            let loaded = find(&wanted, Locale::Zh);
            (loaded.packs.iter().map(|it| it.name.clone()).collect::<Vec<_>>(), codes(&loaded).join(" "))
        };
        assert_eq!(names(&[&a]), (vec!["a".into()], String::new()));
        assert_eq!(names(&[&all]), (vec!["a".into(), "b".into()], String::new()));
        assert_eq!(names(&["gongwen"]).0, ["gongwen"]);
        assert_eq!(names(&["gongwan", &a]), (vec!["a".into()], "pack::not-found".into()));
        assert_eq!(names(&[&format!("{all}/aa.yaml")]), (vec![], "pack::not-found".into()));
        fs::write(root.path().join("a.yaml"), b"pack: \xb9\xe6\xd4\xf2").unwrap();
        assert_eq!(names(&[&a]), (vec![], "pack::encoding".into()));
    }

    #[test]
    fn extends_inside_its_own_folder_or_project() {
        let root = tempfile::tempdir().unwrap();
        let base = root.path().join("base");
        write(&base, "up.yaml", "pack: up");
        let child = write(&base, "in/child.yaml", "pack: child\nextends: [../up.yaml]");
        let refused = find(std::slice::from_ref(&child), Locale::Zh);
        assert_eq!(codes(&refused), ["pack::extends"], "{:?}", refused.problems);
        fs::write(base.join(PROJECT), "").unwrap();
        let loaded = find(std::slice::from_ref(&child), Locale::Zh);
        assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
        assert_eq!(loaded.packs.len(), 2);
        for word in ["../../out.yaml", "/etc/passwd", "missing.yaml", "C:\\x.yaml", "gongwan"] {
            write(root.path(), "out.yaml", "pack: out");
            let child = write(&base, "in/child.yaml", &format!("pack: child\nextends: ['{word}']"));
            assert_eq!(codes(&find(&[child], Locale::Zh)), ["pack::extends"], "{word}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn follows_no_link_out_and_reads_no_device() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), "out.yaml", "pack: out");
        let base = root.path().join("base");
        let child = write(&base, "child.yaml", "pack: child\nextends: [link.yaml]");
        std::os::unix::fs::symlink(root.path().join("out.yaml"), base.join("link.yaml")).unwrap();
        assert_eq!(codes(&find(&[child], Locale::Zh)), ["pack::extends"]);
        assert_eq!(codes(&find(&["/dev/zero".to_owned()], Locale::Zh)), ["pack::unreadable"]);
    }
}
