//! The cache from outside: the same bytes warm and cold, and never those of something else.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use assert_cmd::cargo::CommandCargoExt;
use tempfile::TempDir;

const TITLE: &str = "清河区2024年法治政府建设年度报告\n\n一、主要举措和成效\n";

/// A project of some reports; the user's own folder lies beside it.
struct Place {
    root: TempDir,
}

impl Place {
    fn new() -> Place {
        let place = Place { root: tempfile::tempdir().unwrap() };
        fs::create_dir_all(place.project().join("报告")).unwrap();
        place.write("guiju.yaml", "reports: [{paths: ['报告/**'], vars: {level: 部门}}]\n");
        for at in 0..12 {
            let wrong = if at % 2 == 0 { "法制化" } else { "法治化" };
            place.write(&format!("报告/{at:02}.txt"), &format!("{TITLE}优化{wrong}营商环境。\n"));
        }
        place
    }

    fn project(&self) -> PathBuf {
        self.root.path().join("p")
    }

    fn cache(&self) -> PathBuf {
        self.project().join(".guiju_cache")
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.project().join(name), text).unwrap();
    }

    fn command(&self, arguments: &str) -> Command {
        let mut command = Command::cargo_bin("guiju").unwrap();
        command.current_dir(self.project()).args(arguments.split_whitespace()).stdin(Stdio::null());
        command.env_remove("GITHUB_STEP_SUMMARY").env("XDG_CACHE_HOME", self.root.path().join("home"));
        command
    }

    /// Exit code and everything printed.
    fn check(&self, arguments: &str) -> (i32, String, String) {
        let out = self.command(&format!("check {arguments}")).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (out.status.code().unwrap(), text(out.stdout), text(out.stderr))
    }

    fn entries(&self) -> Vec<PathBuf> {
        let mut open = vec![self.cache()];
        let mut found = Vec::new();
        while let Some(path) = open.pop() {
            if path.is_dir() {
                open.extend(fs::read_dir(path).unwrap().map(|it| it.unwrap().path()));
            } else if path.parent() != Some(&self.cache()) {
                found.push(path);
            }
        }
        found.sort();
        found
    }
}

#[test]
fn warm_and_cold_and_without_print_the_same_bytes() {
    let place = Place::new();
    for format in ["pretty", "concise", "json", "jsonl", "sarif", "junit", "gitlab", "csv", "json --evidence", "github"]
    {
        let without = place.check(&format!("--format {format} --no-cache"));
        assert_eq!(place.check(&format!("--format {format}")), without, "cold {format}");
        assert_eq!(place.check(&format!("--format {format}")), without, "warm {format}");
    }
    let found = place.entries();
    assert!(found.len() >= 12 * 9, "{}", found.len());
    place.check("--format json");
    assert_eq!(place.entries(), found, "a warm run keeps nothing new");
    assert_eq!(fs::read_to_string(place.cache().join(".gitignore")).unwrap(), "*\n");
}

#[test]
fn whatever_the_results_follow_from_makes_them_anew() {
    let place = Place::new();
    let same = |arguments: &str| {
        let fresh = place.check(&format!("{arguments} --format json --no-cache"));
        assert_eq!(place.check(&format!("{arguments} --format json")), fresh, "{arguments}");
        fresh.1
    };
    let mut seen = vec![same("")];
    let mut new = |text: String| {
        assert!(!seen.contains(&text), "{text}");
        seen.push(text);
    };
    // The same length and the same date: only the contents tell.
    let path = place.project().join("报告/00.txt");
    let date = fs::metadata(&path).unwrap().modified().unwrap();
    place.write("报告/00.txt", &format!("{TITLE}优化法治化营商环境。\n"));
    fs::File::options().write(true).open(&path).unwrap().set_modified(date).unwrap();
    new(same(""));
    new(same("--lang en"));
    new(same("--fail-on never"));
    new(same("--select TF002"));
    new(same("--var year=2023"));
    same("--param min_deficiency_chars=1");
    new(same("--pack tifa"));
    place.write("guiju.yaml", "reports: [{paths: ['报告/**'], vars: {level: 省}}]\nseverity: {TF002: advice}\n");
    new(same(""));
    place.write("mine.yaml", "pack: m\nrules: [{id: M1, check: 应当提及 亮点}]\n");
    new(same("--pack mine.yaml"));
    place.write("mine.yaml", "pack: m\nrules: [{id: M1, check: 应当提及 难点}]\n");
    new(same("--pack mine.yaml"));
    place.write("guiju.yaml", "waivers: [{rule: TF002, reason: a, by: b, until: 2027-03-01}]\n");
    new(same("报告 --as-of 2027-03-01"));
    new(same("报告 --as-of 2027-03-02"));
    assert_eq!(place.command("baseline 报告 --output b.jsonl").status().unwrap().code(), Some(0));
    new(same("报告 --baseline b.jsonl --as-of 2027-03-02"));
    // From elsewhere the same reports have other names.
    let below = |flag: &str| {
        let mut command = place.command(&format!("check 00.txt --format json {flag}"));
        let out = command.current_dir(place.project().join("报告")).output().unwrap();
        String::from_utf8(out.stdout).unwrap()
    };
    assert_eq!(below(""), below("--no-cache"));
}

#[test]
fn broken_and_forged_entries_are_done_without() {
    let place = Place::new();
    let right = place.check("--format concise");
    let found = place.entries();
    // Each entry in the place of another, and all kinds of rubbish.
    let texts: Vec<Vec<u8>> = found.iter().map(|it| fs::read(it).unwrap()).collect();
    for (at, path) in found.iter().enumerate() {
        match at % 4 {
            0 => fs::write(path, &texts[(at + 1) % texts.len()]).unwrap(),
            1 => fs::write(path, &texts[at][..texts[at].len() / 2]).unwrap(),
            2 => fs::write(path, "").unwrap(),
            _ => {
                fs::remove_file(path).unwrap();
                fs::create_dir(path).unwrap();
            }
        }
    }
    assert_eq!(place.check("--format concise"), right);
    // A cache that came with the repository was sealed by nobody we know.
    place.check("--format concise");
    fs::remove_dir_all(place.root.path().join("home")).unwrap();
    place.write("报告/01.txt", &format!("{TITLE}优化法制化营商环境。\n"));
    assert_eq!(place.check("--format concise"), place.check("--format concise --no-cache"));
}

#[test]
fn where_nothing_can_be_kept_the_results_are_the_same() {
    let place = Place::new();
    let right = place.check("--no-cache");
    fs::write(place.cache(), "a file").unwrap();
    assert_eq!(place.check(""), right);
    assert_eq!(place.command("cache clean").status().unwrap().code(), Some(2));
    fs::remove_file(place.cache()).unwrap();
    #[cfg(unix)]
    {
        let elsewhere = place.root.path().join("elsewhere");
        fs::create_dir(&elsewhere).unwrap();
        std::os::unix::fs::symlink(&elsewhere, place.cache()).unwrap();
        assert_eq!(place.check(""), right);
        assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0, "a link leads out of the project");
        fs::remove_file(place.cache()).unwrap();
        // No home at all, and a disk that takes no more than one kilobyte a file.
        let homeless = place.command("check").env_remove("XDG_CACHE_HOME").env_remove("HOME").output().unwrap();
        assert_eq!(String::from_utf8(homeless.stdout).unwrap(), right.1);
        assert!(!place.cache().exists());
        let program = place.command("").get_program().to_owned();
        let mut full = Command::new("bash");
        full.args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" check"]).arg(program).current_dir(place.project());
        let out = full.env("XDG_CACHE_HOME", place.root.path().join("home")).output().unwrap();
        assert_eq!((out.status.code(), String::from_utf8(out.stdout).unwrap()), (Some(right.0), right.1.clone()));
        assert!(leftovers(&place.cache()).is_empty(), "half an entry stays");
    }
    assert_eq!(place.check(""), right);
}

/// Files on their way that stayed behind.
fn leftovers(folder: &Path) -> Vec<PathBuf> {
    let below = fs::read_dir(folder).into_iter().flatten().flatten().map(|it| it.path());
    below
        .flat_map(|it| if it.is_dir() { leftovers(&it) } else { vec![it] })
        .filter(|it| it.to_string_lossy().contains(".tmp-"))
        .collect()
}

#[test]
fn runs_at_once_do_not_disturb_each_other() {
    let place = Place::new();
    let right = place.check("--no-cache --format json").1;
    let runs: Vec<_> = (0..6)
        .map(|_| place.command("check --format json").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap())
        .collect();
    for run in runs {
        assert_eq!(String::from_utf8(run.wait_with_output().unwrap().stdout).unwrap(), right);
    }
    assert_eq!(place.entries().len(), 12);
}

#[test]
fn without_a_project_nothing_is_kept_unless_a_folder_is_named() {
    let place = Place::new();
    fs::remove_file(place.project().join("guiju.yaml")).unwrap();
    let right = place.check("报告");
    assert!(!place.cache().exists());
    assert!(!place.root.path().join("home").exists(), "not even a key");
    assert_eq!(place.check("报告 --cache-dir .guiju_cache"), right);
    assert_eq!(place.entries().len(), 12);
    assert_eq!(place.check("报告 --cache-dir .guiju_cache"), right);
    assert_eq!(place.command("cache clean").status().unwrap().code(), Some(0));
    assert!(!place.cache().exists());
    assert_eq!(place.command("cache clean").status().unwrap().code(), Some(0));
    // A folder of somebody else's is not deleted.
    assert_eq!(place.command("cache clean --cache-dir 报告").status().unwrap().code(), Some(2));
    assert!(place.project().join("报告/00.txt").exists());
}
