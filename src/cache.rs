//! Results of reports that have not changed, kept between runs: one small file each, named by everything the result
//! follows from and sealed with this user's own key. What is broken, forged or of another run is no entry; what cannot
//! be written is done without.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use blake3::Hash;
use tempfile::{Builder, NamedTempFile};

/// The folder of a project's cache.
pub const FOLDER: &str = ".guiju_cache";
/// The variable that moves the user's own folder of caches, as everywhere.
const XDG: &str = "XDG_CACHE_HOME";
/// The file of the key in the user's own folder.
const KEY: &str = "key";
/// The length of keys and seals, in bytes.
const SEAL: usize = 32;
/// A larger entry is none, in bytes.
const LARGEST: u64 = 256 << 20;
/// An entry that nobody asked for so long goes.
const OLDEST: Duration = Duration::from_secs(30 * 24 * 3600);
/// How often the date of an entry in use is set anew, and how often old ones are looked for.
const DAY: Duration = Duration::from_secs(24 * 3600);
/// The file whose date says when old entries were last looked for.
const SWEPT: &str = "swept";

/// What marks the folder for git, and for programs that make backups.
const MARKS: [(&str, &str); 2] = [
    (".gitignore", "*\n"),
    (
        "CACHEDIR.TAG",
        "Signature: 8a477f597d28d172789f06886806bc55\n# guiju: results of unchanged reports; may be deleted\n",
    ),
];

/// A cache that can be used.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    key: [u8; SEAL],
    /// Whether something could not be written: then nothing more is tried.
    full: AtomicBool,
}

/// What an entry goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name(Hash);

impl Cache {
    /// Opens the cache in a folder, and makes it where there is none. `None` where it cannot be made, or is not ours: a
    /// link could lead anywhere.
    pub fn open(folder: &Path) -> Option<Cache> {
        if fs::symlink_metadata(folder).is_ok_and(|it| !it.is_dir()) {
            return None;
        }
        let key = key(&home()?)?;
        let cache = Cache { folder: folder.to_path_buf(), key, full: AtomicBool::new(false) };
        cache.prepare().ok()?;
        cache.sweep();
        Some(cache)
    }

    /// Names an entry by all that its contents follow from, part by part.
    pub fn name<'a>(&self, parts: impl IntoIterator<Item = &'a [u8]>) -> Name {
        let mut hasher = blake3::Hasher::new_keyed(&self.key);
        for part in parts {
            // Lengths keep the parts apart.
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Name(hasher.finalize())
    }

    /// The contents of an entry, where it is there and whole.
    pub fn get(&self, name: &Name) -> Option<Vec<u8>> {
        let file = File::open(self.path(name)).ok()?;
        let about = file.metadata().ok()?;
        if !about.is_file() || about.len() > LARGEST {
            return None;
        }
        let mut bytes = Vec::with_capacity(usize::try_from(about.len()).ok()?);
        (&file).take(LARGEST).read_to_end(&mut bytes).ok()?;
        let body = bytes.get(SEAL..)?;
        let seal: [u8; SEAL] = bytes.get(..SEAL)?.try_into().ok()?;
        if Hash::from_bytes(seal) != self.seal(name, body) {
            return None;
        }
        if about.modified().ok().and_then(|it| it.elapsed().ok()).is_some_and(|age| age > DAY) {
            // That it could not be dated costs no more than the entry itself, one day.
            let _ = File::options().write(true).open(self.path(name)).and_then(|it| it.set_modified(SystemTime::now()));
        }
        bytes.drain(..SEAL);
        Some(bytes)
    }

    /// Keeps an entry. Others see it whole or not at all.
    pub fn put(&self, name: &Name, body: &[u8]) {
        if !self.full.load(Ordering::Relaxed) && self.write(name, body).is_err() {
            self.full.store(true, Ordering::Relaxed);
        }
    }

    /// Whether something could not be written.
    pub fn is_full(&self) -> bool {
        self.full.load(Ordering::Relaxed)
    }

    fn write(&self, name: &Name, body: &[u8]) -> io::Result<()> {
        let path = self.path(name);
        let folder = path.parent().unwrap_or(&self.folder);
        let mut file = match temporary(folder) {
            Err(why) if why.kind() == ErrorKind::NotFound => {
                fs::create_dir_all(folder)?;
                temporary(folder)?
            }
            made => made?,
        };
        file.write_all(self.seal(name, body).as_bytes())?;
        file.write_all(body)?;
        file.persist(&path).map(drop).map_err(|it| it.error)
    }

    fn seal(&self, name: &Name, body: &[u8]) -> Hash {
        let mut hasher = blake3::Hasher::new_keyed(&self.key);
        hasher.update(b"seal").update(name.0.as_bytes()).update(body);
        hasher.finalize()
    }

    /// `ab/cdef…`: folders of a few hundred entries each.
    fn path(&self, name: &Name) -> PathBuf {
        let hex = name.0.to_hex();
        let (first, rest) = hex.split_at(2);
        self.folder.join(first).join(rest)
    }

    /// Makes the folder, for this user alone where the system knows users.
    fn prepare(&self) -> io::Result<()> {
        if self.folder.is_dir() {
            return Ok(());
        }
        private(&self.folder)?;
        for (name, text) in MARKS {
            fs::write(self.folder.join(name), text)?;
        }
        Ok(())
    }

    /// Deletes entries that nobody has asked for in a long time, once a day.
    fn sweep(&self) {
        let marker = self.folder.join(SWEPT);
        let age = |path: &Path| fs::metadata(path).ok()?.modified().ok()?.elapsed().ok();
        if age(&marker).is_some_and(|it| it < DAY) || fs::write(&marker, "").is_err() {
            return;
        }
        let folders = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        for entry in folders.filter_map(|it| fs::read_dir(it.path()).ok()).flatten().flatten() {
            if age(&entry.path()).is_some_and(|it| it > OLDEST) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// Deletes a cache; whether there was one.
///
/// # Errors
/// It cannot be deleted, or is none of ours.
pub fn clean(folder: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(folder) {
        Err(why) if why.kind() == ErrorKind::NotFound => Ok(false),
        Err(why) => Err(why),
        Ok(about) if !about.is_dir() || !folder.join("CACHEDIR.TAG").is_file() => Err(ErrorKind::InvalidInput.into()),
        Ok(_) => fs::remove_dir_all(folder).map(|()| true),
    }
}

/// The user's own folder of caches.
fn home() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|it| !it.is_empty()).map(PathBuf::from);
    let usual = || {
        if cfg!(windows) {
            return set("LOCALAPPDATA");
        }
        set("HOME").map(|it| it.join(if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" }))
    };
    set(XDG).filter(|it| it.is_absolute()).or_else(usual).map(|it| it.join("guiju"))
}

/// This user's key, made by the first run. Entries that somebody else brought along, in a repository say, do not fit it.
fn key(home: &Path) -> Option<[u8; SEAL]> {
    let path = home.join(KEY);
    let known = || fs::read(&path).ok()?.try_into().ok();
    known().or_else(|| {
        let mut key = [0; SEAL];
        getrandom::fill(&mut key).ok()?;
        private(home).ok()?;
        let mut file = temporary(home).ok()?;
        file.write_all(&key).ok()?;
        // Of two first runs one is first; the other takes its key. What is there and no key is not touched.
        match file.persist_noclobber(&path) {
            Ok(_) => Some(key),
            Err(_) => known(),
        }
    })
}

fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    Builder::new().prefix(".tmp-").tempfile_in(folder)
}

#[cfg(unix)]
fn private(folder: &Path) -> io::Result<()> {
    std::os::unix::fs::DirBuilderExt::mode(fs::DirBuilder::new().recursive(true), 0o700).create(folder)
}

#[cfg(not(unix))]
fn private(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache(folder: &Path) -> Cache {
        let cache = Cache { folder: folder.join("c"), key: [7; SEAL], full: AtomicBool::new(false) };
        cache.prepare().unwrap();
        cache
    }

    fn files(folder: &Path) -> Vec<PathBuf> {
        let below = |it: fs::DirEntry| fs::read_dir(it.path()).into_iter().flatten().flatten().map(|it| it.path());
        fs::read_dir(folder).unwrap().flatten().flat_map(below).collect()
    }

    #[test]
    fn what_is_put_is_got_and_nothing_else() {
        let root = tempfile::tempdir().unwrap();
        let cache = cache(root.path());
        let name = |parts: &[&str]| cache.name(parts.iter().map(|it| it.as_bytes()));
        let (one, other) = (name(&["ab", "c"]), name(&["a", "bc"]));
        assert_ne!(one, other);
        assert_eq!(cache.get(&one), None);
        cache.put(&one, b"body");
        assert_eq!((cache.get(&one).as_deref(), cache.get(&other)), (Some(&b"body"[..]), None));
        assert_eq!(fs::read_to_string(root.path().join("c/.gitignore")).unwrap(), "*\n");
        // Another user's key opens nothing.
        let stranger = Cache { folder: cache.folder.clone(), key: [8; SEAL], full: AtomicBool::new(false) };
        assert_eq!(stranger.get(&one), None);
    }

    #[test]
    fn broken_and_forged_entries_are_none() {
        let root = tempfile::tempdir().unwrap();
        let cache = cache(root.path());
        let (one, other) = (cache.name([&b"1"[..]]), cache.name([&b"2"[..]]));
        cache.put(&one, b"first");
        cache.put(&other, b"other");
        let (path, whole) = (cache.path(&one), fs::read(cache.path(&one)).unwrap());
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            fs::write(&path, &changed).unwrap();
            assert_eq!(cache.get(&one), None, "byte {at}");
            fs::write(&path, &whole[..at]).unwrap();
            assert_eq!(cache.get(&one), None, "cut at {at}");
        }
        // A whole entry under another one's name.
        fs::copy(cache.path(&other), &path).unwrap();
        assert_eq!(cache.get(&one), None);
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        assert_eq!(cache.get(&one), None);
        cache.put(&one, b"x");
        assert!(cache.is_full());
    }

    #[test]
    fn what_cannot_be_written_is_done_without() {
        let root = tempfile::tempdir().unwrap();
        let cache = cache(root.path());
        fs::remove_dir_all(&cache.folder).unwrap();
        fs::write(&cache.folder, "a file").unwrap();
        let name = cache.name([&b"1"[..]]);
        cache.put(&name, b"x");
        assert!(cache.is_full() && cache.get(&name).is_none());
        assert_eq!(clean(&cache.folder).unwrap_err().kind(), ErrorKind::InvalidInput);
        assert!(!clean(&root.path().join("none")).unwrap());
    }

    #[test]
    fn old_entries_go_and_no_half_ones_stay() {
        let root = tempfile::tempdir().unwrap();
        let cache = cache(root.path());
        let (old, new) = (cache.name([&b"1"[..]]), cache.name([&b"2"[..]]));
        cache.put(&old, b"x");
        cache.put(&new, b"y");
        let past = SystemTime::now() - OLDEST - DAY;
        File::options().write(true).open(cache.path(&old)).unwrap().set_modified(past).unwrap();
        cache.sweep();
        assert_eq!(files(&cache.folder), [cache.path(&new)]);
        // One that is in use is dated anew.
        File::options().write(true).open(cache.path(&new)).unwrap().set_modified(past).unwrap();
        assert!(cache.get(&new).is_some());
        fs::remove_file(cache.folder.join(SWEPT)).unwrap();
        cache.sweep();
        assert!(cache.get(&new).is_some());
        assert!(clean(&cache.folder).unwrap() && !cache.folder.exists());
    }

    #[test]
    fn all_first_runs_have_one_key() {
        let root = tempfile::tempdir().unwrap();
        let keys: Vec<_> = std::thread::scope(|scope| {
            let runs: Vec<_> = (0..8).map(|_| scope.spawn(|| key(root.path()))).collect();
            runs.into_iter().map(|it| it.join().unwrap()).collect()
        });
        assert!(keys[0].is_some() && keys.iter().all(|it| *it == keys[0]));
        fs::write(root.path().join(KEY), "short").unwrap();
        assert_eq!(key(root.path()), None);
    }
}
