//! Files written whole or not at all: what stood there before stays until the new text is complete.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

/// A file on its way. Dropped before [`Whole::keep`], it leaves no trace.
#[derive(Debug)]
pub struct Whole {
    writer: BufWriter<Inner>,
}

#[derive(Debug)]
enum Inner {
    /// A new file in the same folder, which takes the place of the old one at the end.
    Beside(NamedTempFile, PathBuf),
    /// What cannot be replaced is written as it stands: a device, a pipe, a file in a folder that takes no new ones.
    Direct(File),
}

impl Whole {
    /// Begins a file. A link is followed: what it points to is replaced, the link stays.
    ///
    /// # Errors
    /// Nothing can be written there.
    pub fn create(path: &Path) -> io::Result<Whole> {
        let real = fs::canonicalize(path);
        let inner = match &real {
            Ok(real) => over(real)?,
            Err(_) => Inner::Beside(beside(path, None)?, path.to_path_buf()),
        };
        Ok(Whole { writer: BufWriter::new(inner) })
    }

    /// Puts the file where it belongs.
    ///
    /// # Errors
    /// What was written cannot be stored, or cannot take that place.
    pub fn keep(self) -> io::Result<()> {
        match self.writer.into_inner().map_err(io::IntoInnerError::into_error)? {
            Inner::Direct(mut file) => file.flush(),
            Inner::Beside(file, path) => {
                file.as_file().sync_all()?;
                file.persist(path).map(drop).map_err(|it| it.error)
            }
        }
    }
}

impl Write for Whole {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

impl Write for Inner {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Inner::Beside(file, _) => file.write(bytes),
            Inner::Direct(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Inner::Beside(file, _) => file.flush(),
            Inner::Direct(file) => file.flush(),
        }
    }
}

/// In the place of something that is there.
fn over(real: &Path) -> io::Result<Inner> {
    let there = fs::metadata(real)?;
    // What may not be written may not be replaced either, though the folder would allow it.
    let file = OpenOptions::new().write(true).open(real)?;
    if !there.is_file() {
        return Ok(Inner::Direct(file));
    }
    match beside(real, Some(there.permissions())) {
        Ok(new) => Ok(Inner::Beside(new, real.to_path_buf())),
        Err(why) if why.kind() == io::ErrorKind::PermissionDenied => {
            file.set_len(0)?;
            Ok(Inner::Direct(file))
        }
        Err(why) => Err(why),
    }
}

/// A new file in the folder of `path`, hidden, so that a run over that folder leaves it out.
fn beside(path: &Path, permissions: Option<Permissions>) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = Builder::new();
    builder.prefix(".guiju-").suffix(".tmp");
    #[cfg(unix)]
    let usual = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    #[cfg(unix)]
    builder.permissions(usual);
    let new = builder.tempfile_in(folder)?;
    if let Some(same) = permissions {
        fs::set_permissions(new.path(), same)?;
    }
    Ok(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn the_old_text_stays_until_the_new_is_complete() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("结 果.txt");
        for text in ["旧", "新的文字"] {
            let before = fs::read_to_string(&path).ok();
            let mut file = Whole::create(&path).unwrap();
            file.write_all(text.as_bytes()).unwrap();
            file.flush().unwrap();
            assert_eq!(fs::read_to_string(&path).ok(), before);
            file.keep().unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        let mut given_up = Whole::create(&path).unwrap();
        given_up.write_all("半".as_bytes()).unwrap();
        drop(given_up);
        assert_eq!(fs::read_to_string(&path).unwrap(), "新的文字");
        assert_eq!(names(folder.path()), ["结 果.txt"]);
    }

    #[test]
    fn folders_and_missing_folders_are_errors() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Whole::create(folder.path()).unwrap_err().kind(), io::ErrorKind::IsADirectory);
        let missing = folder.path().join("没有/a.txt");
        assert_eq!(Whole::create(&missing).unwrap_err().kind(), io::ErrorKind::NotFound);
    }

    #[cfg(unix)]
    #[test]
    fn links_stay_links_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&path, "旧").unwrap();
        fs::set_permissions(&path, PermissionsExt::from_mode(0o640)).unwrap();
        symlink(&path, &link).unwrap();
        let mut file = Whole::create(&link).unwrap();
        file.write_all("新".as_bytes()).unwrap();
        file.keep().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "新");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        let mut device = Whole::create(Path::new("/dev/null")).unwrap();
        device.write_all(b"x").unwrap();
        device.keep().unwrap();
    }
}
