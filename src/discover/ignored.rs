//! What git leaves out: the `.gitignore` files of a folder, of those above it in the repository, and of those below.

use std::fs;
use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// The largest file of patterns that is read, in bytes.
const LIMIT: u64 = 1 << 20;

/// The patterns that hold at one place of a walk.
pub(super) struct Ignored {
    /// Innermost last, each with the depth of its folder; those above the walk have none.
    patterns: Vec<(Option<usize>, Gitignore)>,
    /// What a path of the walk begins with, and the same place in full, which the patterns speak of.
    start: PathBuf,
    full: PathBuf,
}

impl Ignored {
    /// The patterns from above the folder that is walked. Outside a repository there are none.
    pub(super) fn above(folder: &Path) -> Ignored {
        let full = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf());
        let mut patterns = Vec::new();
        let root = full.ancestors().find(|above| above.join(".git").exists()).map(Path::to_path_buf);
        if let Some(root) = root {
            patterns.extend(load(&root, &root.join(".git/info/exclude")).map(|it| (None, it)));
            let above: Vec<&Path> = full.ancestors().skip(1).take_while(|above| above.starts_with(&root)).collect();
            let files = above.iter().rev().filter_map(|above| load(above, &above.join(".gitignore")));
            patterns.extend(files.map(|it| (None, it)));
        }
        Ignored { patterns, start: folder.to_path_buf(), full }
    }

    /// Goes into a folder: its own patterns join, those of its neighbours go.
    pub(super) fn enter(&mut self, folder: &Path, depth: usize) {
        self.leave(depth);
        let folder = self.full_path(folder);
        self.patterns.extend(load(&folder, &folder.join(".gitignore")).map(|it| (Some(depth), it)));
    }

    /// Whether the patterns name a path at that depth; the innermost one that speaks of it decides.
    pub(super) fn holds(&mut self, path: &Path, depth: usize, is_folder: bool) -> bool {
        self.leave(depth);
        let path = self.full_path(path);
        for (_, patterns) in self.patterns.iter().rev() {
            match patterns.matched(&path, is_folder) {
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
                Match::None => {}
            }
        }
        false
    }

    /// Drops the patterns of folders that do not hold an entry at that depth.
    fn leave(&mut self, depth: usize) {
        while self.patterns.last().is_some_and(|(at, _)| at.is_some_and(|at| at >= depth)) {
            self.patterns.pop();
        }
    }

    fn full_path(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.start).map_or_else(|_| path.to_path_buf(), |below| self.full.join(below))
    }
}

/// The patterns of a file, if it is one; a line that is no pattern is passed over, as git does.
fn load(folder: &Path, file: &Path) -> Option<Gitignore> {
    fs::metadata(file).ok().filter(|it| it.is_file() && it.len() <= LIMIT)?;
    let mut builder = GitignoreBuilder::new(folder);
    let _ = builder.add(file);
    builder.build().ok()
}
