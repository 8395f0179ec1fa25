//! A district's repository from the first day on: 200 reports, the hook, the baseline, a waiver that ends, a second year.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use assert_cmd::cargo::CommandCargoExt;
use serde_json::Value;
use tempfile::TempDir;

use crate::pipelines::{configuration, git, hooks, pre_commit, run_hooks};

const REPORTS: usize = 200;

/// The project's own sample reports, over and over, under names that scripts stumble on.
fn fill(folder: &Path, year: &str) {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/reports");
    let mut texts: Vec<PathBuf> = fs::read_dir(samples).unwrap().map(|it| it.unwrap().path()).collect();
    texts.retain(|it| it.extension().is_some_and(|it| it == "txt" || it == "md"));
    texts.sort();
    let folder = folder.join("报告").join(year);
    fs::create_dir_all(&folder).unwrap();
    for at in 0..REPORTS {
        let from = &texts[at % texts.len()];
        let odd = ["", " 空格", "“引号”", " 'q'", "$x", "-a"][at % 6];
        let ending = from.extension().unwrap().to_str().unwrap();
        fs::copy(from, folder.join(format!("{odd}单位{at:03}.{ending}"))).unwrap();
    }
}

struct Place {
    root: TempDir,
}

impl Place {
    fn folder(&self) -> PathBuf {
        self.root.path().join("区")
    }

    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let mut command = Command::cargo_bin("guiju").unwrap();
        command.current_dir(self.folder()).args(arguments).stdin(Stdio::null()).env_remove("GITHUB_STEP_SUMMARY");
        let out = command.env("XDG_CACHE_HOME", self.root.path().join("home")).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (out.status.code().unwrap(), text(out.stdout), text(out.stderr))
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let out = self.run(&[&["check", "--format", "json"], arguments].concat());
        serde_json::from_str(&out.1).unwrap_or_else(|why| panic!("{why}: {}", out.2))
    }

    fn add(&self, name: &str, line: &str) {
        let path = self.folder().join(name);
        fs::write(&path, fs::read_to_string(&path).unwrap() + line).unwrap();
    }
}

#[test]
fn a_district_and_its_repository() {
    let place = Place { root: tempfile::tempdir().unwrap() };
    fill(&place.folder(), "2024");
    let day = ["--as-of", "2026-06-01"];

    // The project file, from what is there.
    assert_eq!(place.run(&["init"]).0, 0);
    git(&place.folder(), &["init", "-q"]);
    git(&place.folder(), &["add", "-A"]);
    git(&place.folder(), &["commit", "-qm", "第一年"]);

    // The check; warm and cold give the same bytes.
    let cold = place.run(&["check", "--format", "concise"]);
    assert_eq!(cold.0, 1, "{}", cold.2);
    assert_eq!(place.run(&["check", "--format", "concise"]), cold);
    assert_eq!(place.run(&["check", "--format", "concise", "--no-cache"]), cold);
    assert!(cold.2.contains(&format!("检查了 {REPORTS} 份报告")), "{}", cold.2);

    // The baseline: from now on only new findings count.
    assert_eq!(place.run(&["baseline"]).0, 0);
    place.add("guiju.yaml", "baseline: guiju-baseline.jsonl\n");
    let (code, out, err) = place.run(&["check"]);
    assert_eq!(code, 0, "{out}{err}");
    let whole = place.json(&[]);
    let known = whole["summary"]["known"].as_u64().unwrap();
    assert!(known > 100 && whole["summary"]["findings"]["error"] == 0 && whole["summary"]["failed"] == 0);
    git(&place.folder(), &["add", "-A"]);
    git(&place.folder(), &["commit", "-qm", "基线"]);

    // The hook, on the reports of a commit.
    let new = "报告/2024/新单位.txt";
    fs::write(place.folder().join(new), "清河区2024年法治政府建设年度报告\n\n优化法制化营商环境。\n").unwrap();
    if let Some(program) = pre_commit() {
        let source = place.root.path().join("hooks");
        fs::create_dir(&source).unwrap();
        hooks(&source);
        fs::write(place.folder().join(".pre-commit-config.yaml"), configuration(&source)).unwrap();
        git(&place.folder(), &["add", "-A"]);
        let (passed, said) = run_hooks(&program, &place.folder(), &place.root.path().join("home"));
        assert!(!passed && said.contains("新单位.txt") && !said.contains("单位001"), "{said}");
    }
    assert_eq!(place.run(&["check"]).0, 1);

    // A waiver, until it ends.
    place.add(
        "guiju.yaml",
        "waivers:\n  - paths: [报告/2024/新单位.txt]\n    reason: 新设单位\n    by: 区司法局\n    until: 2026-06-30\n",
    );
    let (code, out, _) = place.run(&[&["check"], &day[..]].concat());
    assert!(code == 0 && out.contains("区司法局同意，至 2026-06-30：新设单位"), "{out}");
    let over = place.json(&["--as-of", "2026-07-01"]);
    assert_eq!(over["errors"][0]["code"], "project::waiver-expired");
    assert_eq!((over["summary"]["failed"].as_u64(), over["summary"]["known"].as_u64()), (Some(1), Some(known)));
    git(&place.folder(), &["add", "-A"]);
    git(&place.folder(), &["commit", "-qm", "豁免"]);

    // The second year: only its reports since the last commit, and all their findings are new.
    fill(&place.folder(), "2025");
    let second = place.json(&[&["--since", "HEAD"], &day[..]].concat());
    assert_eq!(second["summary"]["reports"], REPORTS);
    let names = second["reports"].as_array().unwrap();
    assert!(names.iter().all(|it| it["path"].as_str().unwrap().starts_with("报告/2025/")));
    assert_eq!(second["summary"]["known"], Value::Null);
    assert_eq!(place.run(&[&["check", "--since", "HEAD"], &day[..]].concat()).0, 1);

    // A finding of the first year is mended; that is said, and it leaves the baseline.
    let mended = cold.1.lines().find(|it| it.contains("TF002")).unwrap().split(':').next().unwrap().to_owned();
    let text = fs::read_to_string(place.folder().join(&mended)).unwrap();
    fs::write(place.folder().join(&mended), text.replace("法制化", "法治化")).unwrap();
    let fixed = place.json(&day)["summary"]["fixed"].as_u64().unwrap();
    assert!(fixed > 0);
    let before = fs::read_to_string(place.folder().join("guiju-baseline.jsonl")).unwrap().lines().count();
    assert_eq!(place.run(&[&["baseline", "报告/2024"], &day[..]].concat()).0, 0);
    let after = fs::read_to_string(place.folder().join("guiju-baseline.jsonl")).unwrap().lines().count();
    assert_eq!(before - after, usize::try_from(fixed).unwrap());

    // Warm and cold, all formats, over both years.
    let arguments = |format: &'static str| [&["check", "--format", format], &day[..]].concat();
    for format in ["json", "pretty"] {
        let cold = place.run(&[&arguments(format)[..], &["--no-cache"]].concat());
        assert_eq!(place.run(&arguments(format)), cold, "{format}");
        assert_eq!(place.run(&arguments(format)), cold, "{format}");
    }
}
