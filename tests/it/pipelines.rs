//! What pipelines run, run: the hooks by pre-commit itself, the steps of the action and of the GitLab template by bash.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use guiju::read::Format;
use serde_yaml::Value;

const GOOD: &str = "清河区2024年法治政府建设年度报告\n\n一、主要举措和成效\n优化法治化营商环境。\n";
const BAD: &str = "清河区2024年法治政府建设年度报告\n\n一、主要举措和成效\n优化法制化营商环境。\n";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn yaml(name: &str) -> Value {
    serde_yaml::from_str(&fs::read_to_string(root().join(name)).unwrap()).unwrap()
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A search path that begins with the program under test.
pub fn path() -> std::ffi::OsString {
    let program = assert_cmd::cargo::cargo_bin("guiju");
    let own = program.parent().unwrap().to_path_buf();
    let all = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(std::iter::once(own).chain(std::env::split_paths(&all))).unwrap()
}

pub fn git(folder: &Path, arguments: &[&str]) {
    let fixed =
        ["-c", "user.name=t", "-c", "user.email=t@t", "-c", "commit.gpgsign=false", "-c", "core.hooksPath=/dev/null"];
    let out = Command::new("git").current_dir(folder).args(fixed).args(arguments).output().unwrap();
    assert!(out.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&out.stderr));
}

/// pre-commit, where it is installed; says aloud where it is not.
pub fn pre_commit() -> Option<PathBuf> {
    let named = std::env::var_os("PRE_COMMIT").map(PathBuf::from);
    let known =
        std::env::split_paths(&std::env::var_os("PATH")?).map(|it| it.join("pre-commit")).find(|it| it.is_file());
    let found = named.or(known);
    if found.is_none() {
        eprintln!("SKIPPED: pre-commit is not installed (.ci/run installs it), so the hooks were not run");
    }
    found
}

/// A repository of the project's own hooks, which pre-commit clones. The program is the one under test, instead of one
/// that cargo would build in that clone.
pub fn hooks(folder: &Path) {
    let hooks = fs::read_to_string(root().join(".pre-commit-hooks.yaml")).unwrap();
    assert_eq!(hooks.matches("language: rust").count(), 2);
    write(folder, ".pre-commit-hooks.yaml", &hooks.replace("language: rust", "language: system"));
    git(folder, &["init", "-q"]);
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-qm", "1"]);
}

/// Runs pre-commit on what is staged: whether all hooks passed, and what they said.
pub fn run_hooks(program: &Path, folder: &Path, home: &Path) -> (bool, String) {
    let out = Command::new(program)
        .args(["run", "--color", "never"])
        .current_dir(folder)
        .env("PATH", path())
        .env("PRE_COMMIT_HOME", home)
        .env("XDG_CACHE_HOME", home)
        .output()
        .unwrap();
    (out.status.success(), String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr))
}

/// The configuration that takes both hooks from a repository.
pub fn configuration(hooks: &Path) -> String {
    let revision = Command::new("git").arg("-C").arg(hooks).args(["rev-parse", "HEAD"]).output().unwrap().stdout;
    let (hooks, revision) = (hooks.display(), String::from_utf8(revision).unwrap());
    format!(
        "repos:\n  - repo: {hooks}\n    rev: {}\n    hooks: [{{id: guiju-check}}, {{id: guiju-pack-test}}]\n",
        revision.trim()
    )
}

#[test]
fn the_hooks_are_run_by_pre_commit() {
    let Some(program) = pre_commit() else { return };
    let place = tempfile::tempdir().unwrap();
    let (source, folder, home) = (place.path().join("hooks"), place.path().join("p"), place.path().join("home"));
    fs::create_dir(&source).unwrap();
    hooks(&source);
    write(&folder, "guiju.yaml", "reports: [{paths: ['报告/**'], exclude: ['**/草稿/**'], packs: [tifa]}]\n");
    write(&folder, ".pre-commit-config.yaml", &configuration(&source));
    write(&folder, "报告/好 的.txt", GOOD);
    write(&folder, "报告/草稿/坏.txt", BAD);
    write(&folder, "README.md", "# 说明：法制化\n");
    git(&folder, &["init", "-q"]);
    git(&folder, &["add", "-A"]);
    let (passed, said) = run_hooks(&program, &folder, &home);
    assert!(passed && said.contains("规矩：检查报告"), "{said}");
    git(&folder, &["commit", "-qm", "1"]);
    write(&folder, "报告/“坏” 的.txt", BAD);
    git(&folder, &["add", "-A"]);
    let (passed, said) = run_hooks(&program, &folder, &home);
    assert!(!passed && said.contains("TF002") && said.contains("“坏” 的.txt"), "{said}");
    git(&folder, &["reset", "-q", "--hard"]);
    for (right, text) in [(true, "[[法制化]]环境"), (false, "法治[[环境]]")] {
        let pack = format!("pack: m\nrules: [{{id: M1, check: 不得提及 法制化, tests: {{fail: ['{text}']}}}}]\n");
        write(&folder, "rules/m.yaml", &pack);
        git(&folder, &["add", "-A"]);
        let (passed, said) = run_hooks(&program, &folder, &home);
        assert_eq!(passed, right, "{said}");
    }
}

#[test]
fn the_hook_takes_every_format_there_is() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let endings: Vec<&str> = Format::ALL.iter().flat_map(|it| it.endings()).copied().collect();
    assert_eq!(hooks[0]["files"], format!("(?i)\\.({})$", endings.join("|")).as_str());
}

/// Runs the scripts of some steps by bash, as a pipeline does.
fn bash(folder: &Path, script: &str, variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]).current_dir(folder).env("PATH", path());
    command.env("XDG_CACHE_HOME", folder.join(".home")).envs(variables.iter().copied()).output().unwrap()
}

#[test]
fn the_steps_of_the_action_check_what_they_are_told() {
    let action = yaml("action.yml");
    assert_eq!(action["runs"]["using"], "composite");
    let steps = action["runs"]["steps"].as_sequence().unwrap();
    let script = |at: usize| steps[at]["run"].as_str().unwrap().to_owned();
    assert!(steps.iter().all(|it| !it["run"].as_str().unwrap().contains("${{")), "inputs never become script");
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "报告/a b.txt", BAD);
    write(folder.path(), "好/“c”.txt", GOOD);
    write(folder.path(), "-d.txt", BAD);
    let out = bash(folder.path(), &script(0), &[("GUIJU_INSTALL", "auto"), ("GUIJU_SOURCE", "/nowhere")]);
    assert!(out.status.success() && String::from_utf8_lossy(&out.stdout).starts_with("guiju "));
    let summary = folder.path().join("summary.md");
    fs::write(&summary, "前一个命令写的\n").unwrap();
    for (paths, arguments, code, told) in [
        ("", "--pack=tifa", 1, "file=报告/a b.txt"),
        ("报告/a b.txt\n好\n", "--pack=tifa", 1, "file=报告/a b.txt"),
        ("好\n", "--pack=tifa\n--fail-on=warning", 0, ""),
        ("-d.txt", "--pack=tifa", 1, "file=-d.txt"),
        ("$(touch x)", "--pack=tifa", 2, "$(touch x)"),
    ] {
        let variables =
            [("GUIJU_PATHS", paths), ("GUIJU_ARGS", arguments), ("GITHUB_STEP_SUMMARY", summary.to_str().unwrap())];
        let out = bash(folder.path(), &script(1), &variables);
        let text = String::from_utf8_lossy(&out.stdout).into_owned();
        assert_eq!(out.status.code(), Some(code), "{paths}: {text}{}", String::from_utf8_lossy(&out.stderr));
        assert!(text.contains(told), "{paths}: {text}");
    }
    assert!(!folder.path().join("x").exists());
    let text = fs::read_to_string(&summary).unwrap();
    assert!(
        text.starts_with("前一个命令写的\n") && text.contains("| 错误 | 报告/a b.txt:4:3 | TF002 法治化 |"),
        "{text}"
    );
}

#[test]
fn the_gitlab_template_leaves_its_reports() {
    let job = &yaml(".ci/guiju.gitlab-ci.yml")["guiju"];
    let line = |name: &str| job[name][0].as_str().unwrap().to_owned();
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "报告/a b.txt", BAD);
    assert!(bash(folder.path(), &line("before_script"), &[("GUIJU_INSTALL", "")]).status.success());
    let out = bash(folder.path(), &line("script"), &[("GUIJU_ARGS", "--pack tifa --progress never")]);
    assert_eq!(out.status.code(), Some(1), "{}", String::from_utf8_lossy(&out.stderr));
    let reports = &job["artifacts"]["reports"];
    let text = |name: &str| fs::read_to_string(folder.path().join(reports[name].as_str().unwrap())).unwrap();
    assert!(text("codequality").contains("\"check_name\"") && text("junit").contains("<testsuite"));
}
