//! Finds project files: each path belongs to the nearest folder above it that holds one. One of the few places that
//! read files.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use crate::locale::Locale;
use crate::pack::load::MAX_BYTES;
use crate::packs::tidy;
use crate::problem::{Level, Problem};
use crate::project::load::load;
use crate::project::{NAME, Project};
use crate::say;

/// A project and where it stands.
#[derive(Debug)]
pub struct Found {
    /// Its folder in full.
    pub folder: PathBuf,
    /// Its folder as seen from where the program runs.
    pub shown: PathBuf,
    /// What its file says.
    pub project: Project,
}

impl Found {
    /// A path that its file names, as seen from where the program runs.
    pub fn path(&self, word: &str) -> PathBuf {
        tidy(&self.shown.join(word))
    }
}

/// The projects met so far.
#[derive(Debug)]
pub struct Projects {
    /// Each once.
    pub found: Vec<Found>,
    /// What is wrong with their files.
    pub problems: Vec<Problem>,
    by_folder: HashMap<PathBuf, Option<usize>>,
    here: PathBuf,
    locale: Locale,
}

impl Projects {
    /// None met yet.
    pub fn new(locale: Locale) -> Self {
        let here = std::env::current_dir().unwrap_or_default();
        Projects { found: Vec::new(), problems: Vec::new(), by_folder: HashMap::new(), here, locale }
    }

    /// A path in full, without `.` and `..`; links are not followed.
    pub fn full(&self, path: &Path) -> PathBuf {
        tidy(&self.here.join(path))
    }

    /// The project that a folder belongs to.
    pub fn of_folder(&mut self, folder: &Path) -> Option<usize> {
        let full = self.full(folder);
        let mut below: Vec<PathBuf> = Vec::new();
        let mut known = None;
        for above in full.ancestors() {
            if let Some(it) = self.by_folder.get(above) {
                known = *it;
                break;
            }
            below.push(above.to_path_buf());
            if above.join(NAME).is_file() {
                known = self.add(above);
                break;
            }
        }
        self.by_folder.extend(below.into_iter().map(|it| (it, known)));
        known
    }

    /// The project that a file belongs to, and its path from that project's folder, with `/` between its parts.
    pub fn of_file(&mut self, file: &Path) -> Option<(usize, String)> {
        let full = self.full(file);
        let at = self.of_folder(full.parent()?)?;
        let below = full.strip_prefix(&self.found.get(at)?.folder).ok()?;
        Some((at, portable(below)))
    }

    /// Whether a project file could not be read as it was meant: then nothing should be checked by it.
    pub fn broken(&self) -> bool {
        self.problems.iter().any(|it| it.level == Level::Error)
    }

    fn add(&mut self, folder: &Path) -> Option<usize> {
        let shown = self.shown(folder);
        let name = shown.join(NAME);
        let name = name.strip_prefix(".").unwrap_or(&name).to_string_lossy().into_owned();
        let text = match read(&folder.join(NAME)) {
            Ok(text) => text,
            Err(why) => {
                self.problems.push(unreadable(&name, &why, self.locale));
                return None;
            }
        };
        let (project, problems) = load(&name, &text, self.locale);
        self.problems.extend(problems);
        self.found.push(Found { folder: folder.to_path_buf(), shown, project: project? });
        Some(self.found.len() - 1)
    }

    /// A folder as people would write it here: below this folder, or above it with `..`, else in full.
    fn shown(&self, folder: &Path) -> PathBuf {
        if folder == self.here {
            return PathBuf::from(".");
        }
        if let Ok(below) = folder.strip_prefix(&self.here) {
            return below.to_path_buf();
        }
        match self.here.strip_prefix(folder) {
            Ok(down) => down.components().map(|_| Component::ParentDir).collect(),
            Err(_) => folder.to_path_buf(),
        }
    }
}

/// A path with `/` between its parts, whatever the system.
fn portable(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|it| it.as_os_str().to_string_lossy().into_owned()).collect();
    parts.join("/")
}

fn read(path: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    // One byte too many is enough to refuse it; that byte may cut a character.
    if bytes.len() > MAX_BYTES {
        return Ok(String::from_utf8_lossy(&bytes).into_owned());
    }
    String::from_utf8(bytes).map_err(|_| io::ErrorKind::InvalidData.into())
}

fn unreadable(name: &str, why: &io::Error, locale: Locale) -> Problem {
    if why.kind() == io::ErrorKind::InvalidData {
        let message = say!(locale, "项目文件不是 UTF-8 编码", "the project file is not encoded in UTF-8");
        let help = say!(locale, "用编辑器另存为 UTF-8", "save it as UTF-8 in your editor");
        return Problem::error("project::encoding", name, message).help(help);
    }
    let message = say!(locale, "项目文件读不了：{why}", "the project file cannot be read: {why}");
    Problem::error("project::unreadable", name, message)
}
