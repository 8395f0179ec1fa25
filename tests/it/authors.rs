//! What the author of a pack sees: the commands for packs, their output whole, and their exit codes.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// A pack with something to say for each command.
const PACK: &str = "pack: benqu
title: 本区的规则
terms:
  亮点: [亮点, 特色做法, 典型经验]
rules:
  - id: BQ001
    title: 亮点
    check: 当 year 不小于 2022 时，应当包含 $亮点 章节，位于 不足 章节之前
    help: 单列一节，写明当年的亮点。
    tests:
      pass: [\"某区2024年法治政府建设年度报告\\n一、亮点\\n全年。\\n二、不足\\n有。\"]
      fail: [\"某区2024年法治政府建设年度报告\\n一、基本情况\\n全年。\\n二、不足\\n有。\"]
  - id: BQ002
    title: 督查
    check: 不得提及（督查、督办）之一，（督查激励、督查室）除外
    tests:
      pass: [督查激励。, 督办单。]
      fail: [\"开展[[督查]]。\", \"督查室[[督]]办。\", \"[[无]]。\"]
";

/// A folder with files of those names.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// Exit code, standard output, standard error of a command line.
pub fn guiju(folder: &Path, arguments: &str) -> (i32, String, String) {
    let mut command = Command::cargo_bin("guiju").unwrap();
    let out = command.current_dir(folder).args(arguments.split_whitespace()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (out.status.code().unwrap(), text(out.stdout), text(out.stderr))
}

/// Holds what is seen against fixtures/golden; `INSTA_UPDATE=always cargo test` writes it anew.
fn golden(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../fixtures/golden");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// What a command line shows, as one text.
fn seen(folder: &Path, arguments: &str) -> String {
    let (code, out, told) = guiju(folder, arguments);
    format!("$ guiju {arguments}\n{out}{told}[{code}]\n")
}

#[test]
fn tests_with_coverage_and_changes() {
    let folder = folder(&[("benqu.yaml", PACK)]);
    golden("test-authors", &seen(folder.path(), "test benqu.yaml --coverage --mutate"));
    golden("test-authors-en", &seen(folder.path(), "test benqu.yaml --coverage --mutate --lang en"));
    let (code, out, _) = guiju(folder.path(), "test benqu.yaml --mutate --coverage --format json");
    let all: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(code, 1);
    assert_eq!(all["summary"], serde_json::json!({"tests": 7, "passed": 4, "failed": 3}));
    let results: Vec<&str> = all["tests"].as_array().unwrap().iter().map(|it| it["result"].as_str().unwrap()).collect();
    assert_eq!(results, ["passed", "passed", "passed", "reported", "passed", "noisy", "missing"]);
    assert_eq!(all["coverage"]["sets"][0]["missed"], serde_json::json!(["典型经验", "特色做法"]));
    assert_eq!(all["mutants"][1]["skipped"], "failing");
    assert!(all["mutants"][0]["tried"].as_u64().unwrap() > 8);
}

#[test]
fn coverage_has_a_threshold() {
    let pack = PACK.replace(", 督办单。", "").replace(", \"督查室[[督]]办。\", \"[[无]]。\"", "");
    let folder = folder(&[("benqu.yaml", &pack)]);
    for (arguments, code) in [
        ("test benqu.yaml", 0),
        ("test benqu.yaml --coverage", 0),
        ("test benqu.yaml --coverage-min 0", 0),
        ("test benqu.yaml --coverage-min 100", 1),
        ("test benqu.yaml --coverage-min 101", 2),
        ("test benqu.yaml --coverage-min x", 2),
        ("test none.yaml --coverage-min 1", 2),
    ] {
        assert_eq!(guiju(folder.path(), arguments).0, code, "{arguments}");
    }
    let told = guiju(folder.path(), "test benqu.yaml --coverage-min 100").2;
    assert!(told.contains("低于要求的 100%"), "{told}");
    // What the tests exercise, they notice; twice the same run says twice the same.
    let once = guiju(folder.path(), "test benqu.yaml --mutate").1;
    assert_eq!(guiju(folder.path(), "test benqu.yaml --mutate").1, once);
}

/// A rule whose tests look at each of its parts has no change unnoticed.
#[test]
fn good_tests_notice_every_change() {
    let pack = "pack: benqu
rules:
  - id: A
    title: 甲
    check: 不得在标题中提及（甲乙、丙丁）之一，甲乙戊 除外
    tests:
      pass: [\"某区关于甲乙戊的报告\\n一、情况\\n有甲乙和丙丁。\"]
      fail: [\"某区关于[[甲乙]]的报告\\n一、情况\\n有。\", \"某区关于[[丙丁]]的报告\\n一、情况\\n有。\"]
";
    let folder = folder(&[("benqu.yaml", pack)]);
    let (code, out, _) = guiju(folder.path(), "test benqu.yaml --mutate --coverage-min 100");
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("试了 6 处改动，0 处没有测试发现") && out.contains("覆盖率 100%"), "{out}");
}
