//! Finding files in folders made for the purpose.

use super::*;

/// A folder with these files; a name that ends in `/` is a folder.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = root.path().join(name);
        if name.ends_with('/') {
            fs::create_dir_all(path).unwrap();
        } else {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    root
}

/// What is found from `paths` below `root`, as paths below it.
fn found(root: &Path, paths: &[&str]) -> (Vec<String>, Found) {
    let found = discover(&paths.iter().map(|path| root.join(path)).collect::<Vec<_>>(), Locale::Zh);
    let below = |path: &PathBuf| path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
    (found.files.iter().map(below).collect(), found)
}

fn codes(found: &Found) -> Vec<&'static str> {
    found.problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn a_folder_gives_its_reports_in_order() {
    let root = folder(&[
        ("b/2.txt", ""),
        ("b/10.TXT", ""),
        ("甲/报告 一.md", ""),
        ("a.text", ""),
        ("~$a.txt", ""),
        (".hidden.txt", ""),
        (".hid/a.txt", ""),
        ("a.xlsx", ""),
        ("包.yaml", ""),
        ("无尾", ""),
        ("空/", ""),
    ]);
    let (files, all) = found(root.path(), &["."]);
    assert_eq!(files, ["a.text", "b/10.TXT", "b/2.txt", "甲/报告 一.md"]);
    assert_eq!(all.left_out, LeftOut { hidden: 2, temporary: 1, unsupported: 3, ..LeftOut::default() });
    assert_eq!(all.left_out.total(), 6);
    assert!(all.problems.is_empty());
}

#[test]
fn what_is_named_is_tried_and_comes_once() {
    let root = folder(&[("a.txt", ""), (".b.txt", ""), (".d/c.txt", ""), ("e/", "")]);
    let (files, all) = found(root.path(), &["a.txt", ".b.txt", "e/../a.txt", ".d", "."]);
    assert_eq!(files, [".b.txt", ".d/c.txt", "a.txt"]);
    assert!(all.problems.is_empty());
    let (files, all) = found(root.path(), &["没有.txt", "没有.txt", "a.txt/b", "e"]);
    assert!(files.is_empty());
    assert_eq!(codes(&all), ["read::not-found", "read::nothing", "read::not-found"]);
    assert!(all.problems.iter().all(|problem| problem.help.is_some()));
}

#[test]
fn git_decides_what_is_ignored() {
    let root = folder(&[
        (".git/info/exclude", "secret.txt\n"),
        (".gitignore", "# 注\n*.text\n/草稿/\n!留.text\nb/深.txt\n"),
        ("a.text", ""),
        ("留.text", ""),
        ("secret.txt", ""),
        ("草稿/a.txt", ""),
        ("b/草稿/a.txt", ""),
        ("b/深.txt", ""),
        ("b/.gitignore", "!a.text\n旧*.txt\n"),
        ("b/a.text", ""),
        ("b/旧一.txt", ""),
        ("c/旧一.txt", ""),
        ("c/a.text", ""),
    ]);
    let (files, all) = found(root.path(), &["."]);
    assert_eq!(files, ["b/a.text", "b/草稿/a.txt", "c/旧一.txt", "留.text"]);
    assert_eq!(all.left_out.ignored, 6);
    assert_eq!(found(root.path(), &["b"]).0, ["b/a.text", "b/草稿/a.txt"]);
    assert_eq!(found(root.path(), &["草稿", "a.text"]).0, ["a.text", "草稿/a.txt"]);
}

#[test]
fn outside_a_repository_the_patterns_above_do_not_hold() {
    let root = folder(&[(".gitignore", "*.txt\n"), ("a/.gitignore", "*.md\n"), ("a/b.txt", ""), ("a/b.md", "")]);
    assert_eq!(found(root.path(), &["a"]).0, ["a/b.txt"]);
}

#[test]
fn files_are_read_up_to_the_limit() {
    let root = folder(&[("a.txt", "甲")]);
    let path = root.path().join("a.txt");
    assert_eq!(read_bytes(&path, Locale::Zh).unwrap(), "甲".as_bytes());
    assert_eq!(read_bytes(&root.path().join("b"), Locale::Zh).unwrap_err().code, "read::not-found");
    assert_eq!(read_bytes(root.path(), Locale::Zh).unwrap_err().code, "read::failed");
    assert_eq!(read_limited(io::repeat(b'a'), "-", Locale::En).unwrap_err().code, "read::too-large");
    assert_eq!(read_limited(&b"abc"[..], "-", Locale::En).unwrap(), b"abc");
}

#[cfg(unix)]
#[test]
fn links_and_special_files_do_no_harm() {
    use std::os::unix::fs::symlink;

    let root = folder(&[("a.txt", "甲"), ("b/c.txt", "")]);
    symlink("..", root.path().join("b/loop")).unwrap();
    symlink("a.txt", root.path().join("link.txt")).unwrap();
    symlink("b", root.path().join("folder")).unwrap();
    symlink("nowhere", root.path().join("broken.txt")).unwrap();
    symlink("self.txt", root.path().join("self.txt")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(root.path().join("pipe.txt")).status();
    let pipes = usize::from(made.is_ok_and(|status| status.success()));
    let (files, all) = found(root.path(), &["."]);
    assert_eq!(files, ["a.txt", "b/c.txt"]);
    assert_eq!(all.left_out.special, 5 + pipes);
    assert_eq!(found(root.path(), &["link.txt"]).0, ["link.txt"]);
    assert_eq!(found(root.path(), &["folder"]).0, ["folder/c.txt"]);
    assert_eq!(found(root.path(), &["a.txt", "link.txt"]).0, ["a.txt"]);
    assert_eq!(codes(&found(root.path(), &["broken.txt", "self.txt"]).1), ["read::not-found", "read::failed"]);
    assert_eq!(read_bytes(Path::new("/dev/zero"), Locale::Zh).unwrap_err().code, "read::special");
    if pipes == 1 {
        assert_eq!(read_bytes(&root.path().join("pipe.txt"), Locale::Zh).unwrap_err().code, "read::special");
    }
}
