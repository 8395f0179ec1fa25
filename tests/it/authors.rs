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

#[test]
fn a_new_pack_is_sound_and_its_tests_pass() {
    for name in ["benqu", "本区"] {
        let folder = folder(&[]);
        assert_eq!(guiju(folder.path(), &format!("pack new {name}")).0, 0);
        let file = format!("{name}.yaml");
        let (code, out, told) = guiju(folder.path(), &format!("pack check {file}"));
        assert_eq!((code, told.as_str()), (0, ""), "{out}");
        assert!(out.contains("0 个错误，0 个警告"), "{out}");
        let (code, out, told) = guiju(folder.path(), &format!("test {file} --coverage-min 100"));
        assert_eq!((code, told.as_str()), (0, ""), "{out}");
        assert_eq!(guiju(folder.path(), &format!("pack fmt {file} --check")).0, 0, "the starter is tidy");
        let before = fs::read(folder.path().join(&file)).unwrap();
        assert_eq!(guiju(folder.path(), &format!("pack new {name}")).0, 2, "nothing is written over");
        assert_eq!(fs::read(folder.path().join(&file)).unwrap(), before);
    }
    let folder = folder(&[]);
    for name in ["../x", "a/b", "甲.yaml", "-"] {
        assert_eq!(guiju(folder.path(), &format!("pack new -- {name}")).0, 2, "{name}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

const UNTIDY: &str = "# 头
pack: benqu   \r
title:   \"甲\"


# 注 # 又注  
rules: # 尾注
  - id: A
    check: 应当提及第一责任人。   # 甲
    help: |
      甲  


      乙
    tests: {pass: [第一责任人], fail: [无]}
  - id: B
    check: 'MUST mention \"法治 政府\"'
    tests: {pass: [法治政府], fail: [无]}
  - id: C
    check:
      - 应当提及
        依法行政";

#[test]
fn tidying_keeps_comments_and_meaning() {
    let folder = folder(&[("a.yaml", UNTIDY)]);
    let read = || fs::read_to_string(folder.path().join("a.yaml")).unwrap();
    assert_eq!(guiju(folder.path(), "pack fmt a.yaml --check"), (1, "需要整理：a.yaml\n".into(), String::new()));
    assert_eq!(read(), UNTIDY);
    assert_eq!(guiju(folder.path(), "pack fmt a.yaml").0, 0);
    let tidy = read();
    golden("tidied", &tidy);
    for comment in ["# 头", "# 注 # 又注", "# 尾注", "# 甲"] {
        assert!(tidy.contains(comment), "{comment}: {tidy}");
    }
    assert!(tidy.contains("甲  \n\n\n      乙"), "a text of several lines stays as it is: {tidy}");
    assert_eq!(guiju(folder.path(), "pack fmt a.yaml --check"), (0, String::new(), String::new()));
    assert_eq!(guiju(folder.path(), "pack fmt a.yaml").0, 0);
    assert_eq!(read(), tidy, "twice is once");
    // What has errors is left alone.
    let faulty = UNTIDY.replace("第一责任人。", "$没有。");
    fs::write(folder.path().join("a.yaml"), &faulty).unwrap();
    assert_eq!(guiju(folder.path(), "pack fmt a.yaml").0, 2);
    assert_eq!(read(), faulty);
    // The built-in packs are tidy.
    assert_eq!(guiju(Path::new(env!("CARGO_MANIFEST_DIR")), "pack fmt rules/xinxi-gongkai.yaml --check").0, 0);
}

#[test]
fn the_manual_of_a_pack() {
    let folder = folder(&[("benqu.yaml", PACK)]);
    golden("doc", &guiju(folder.path(), "pack doc benqu.yaml").1);
    let (code, html, _) = guiju(folder.path(), "pack doc benqu.yaml --format html");
    assert_eq!(code, 0);
    for part in ["<!DOCTYPE html>", "<h3 id=\"BQ001 亮点\">", "<table>", "⟦督查⟧", "</html>"] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(!html.contains("<script") && !html.contains("http"), "one file, nothing fetched");
    let hostile = PACK.replace("title: 亮点", "title: <script>alert(1)</script>");
    fs::write(folder.path().join("b.yaml"), hostile).unwrap();
    assert!(!guiju(folder.path(), "pack doc b.yaml --format html").1.contains("<script"));
    assert_eq!(guiju(folder.path(), "pack doc benqu.yaml --output 手册.md").0, 0);
    assert!(fs::read_to_string(folder.path().join("手册.md")).unwrap().starts_with("# 本区的规则"));
    assert_eq!(guiju(folder.path(), "pack doc none.yaml").0, 2);
}

#[test]
fn what_a_new_version_changes() {
    let new = PACK
        .replace("（督查、督办）之一", "督查")
        .replace("亮点, 特色做法", "特色做法")
        .replace("id: BQ002", "id: BQ003");
    let report = "某区2024年法治政府建设年度报告\n一、工作亮点\n全年督查和督办。\n二、不足\n有。\n";
    let folder = folder(&[("old.yaml", PACK), ("new.yaml", &new), ("a.txt", report), ("b.txt", "无\n")]);
    golden("pack-diff", &seen(folder.path(), "pack diff old.yaml new.yaml a.txt b.txt"));
    let (code, out, _) = guiju(folder.path(), "pack diff old.yaml new.yaml a.txt --format json");
    let all: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, all["changed"].as_u64()), (1, Some(1)));
    let change = &all["reports"][0]["changes"][0];
    assert_eq!(
        (change["rule"].as_str(), change["before"].as_str(), change["after"].as_str()),
        (Some("BQ001"), Some("pass"), Some("fail"))
    );
    for (arguments, code) in [
        ("pack diff old.yaml old.yaml a.txt", 0),
        ("pack diff old.yaml new.yaml b.txt", 0),
        ("pack diff old.yaml new.yaml none.txt", 2),
        ("pack diff old.yaml none.yaml a.txt", 2),
    ] {
        assert_eq!(guiju(folder.path(), arguments).0, code, "{arguments}");
    }
}
