//! The program on real files: formats agree with each other, exit codes with the verdicts, and a bad file with nobody.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

use crate::outputs::FORMATS;

const GOOD: &str = "清河区2024年法治政府建设年度报告\n\n一、主要举措和成效\n优化法治化营商环境，开展法治督察。\n\n\
    二、存在的不足\n力量不足，主要原因是编制少。\n\n清河区人民政府\n2025年1月14日\n";
const BAD: &str = "清河区2024年法治政府建设年度报告\n\n一、主要举措和成效\n优化法制化营商环境，开展法制化培训。\n\n\
    清河区人民政府\n2025年1月14日\n";
const PACK: &str = "pack: mine
version: '1'
title: 本区的规则
vars: [level]
params: { least: 2 }
terms: { 不足: [存在的不足, 存在问题] }
rules:
  - id: A1
    title: 不足
    check: 报告应当包含 $不足 章节
    message: 没有写存在的不足
    help: 单列一节。
    basis: 本区规定
    tests: { pass: [\"一、存在的不足\\n有。\"], fail: [\"一、成效\\n有。\"] }
  - id: A2
    title: 法治化
    check: 应当写 法治化 而非 法制化
    severity: warning
    tests: { pass: [法治化环境], fail: ['[[法制化]]环境'] }
  - id: A3
    title: 部门
    check: 当 level 为 部门 时，报告宜提及 第一责任人
    severity: advice
    tests: { not-applicable: [没有设定] }
";

/// A folder with two reports and a pack.
pub fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("报告/a.txt", GOOD), ("报告/b.txt", BAD), ("mine.yaml", PACK)] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// Exit code, standard output, standard error.
pub fn guiju(folder: &Path, arguments: &str) -> (i32, String, String) {
    let mut command = Command::cargo_bin("guiju").unwrap();
    let out = command.current_dir(folder).args(arguments.split_whitespace()).write_stdin(BAD).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (out.status.code().unwrap(), text(out.stdout), text(out.stderr))
}

pub fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|why| panic!("{why}: {text}"))
}

#[test]
fn the_exit_code_follows_the_verdicts_and_never_the_format() {
    let folder = folder();
    for (arguments, code) in [
        ("报告/a.txt", 0),
        ("报告/b.txt", 1),
        ("报告", 1),
        ("报告/b.txt --fail-on never", 0),
        ("报告/b.txt --ignore A1", 0),
        ("报告/b.txt --ignore A1 --fail-on warning", 1),
        ("报告/a.txt --fail-on advice", 0),
        ("报告/a.txt --var level=部门 --fail-on advice", 1),
        ("报告/b.txt --select A2", 0),
        ("报告/b.txt --select a2,A3 --fail-on warning", 1),
        ("报告/a.txt 报告/none.txt", 2),
        ("报告/b.txt 报告/none.txt", 2),
        ("报告/a.txt --pack none.yaml", 2),
        ("报告/a.txt --select A9", 2),
        ("报告/a.txt --param most=3", 2),
        ("报告/a.txt --param least=3", 0),
        ("-", 1),
    ] {
        for format in FORMATS {
            let (found, _, err) =
                guiju(folder.path(), &format!("check --pack mine.yaml {arguments} --format {format}"));
            assert_eq!(found, code, "{arguments} {format}: {err}");
        }
    }
}

#[test]
fn formats_say_the_same() {
    let folder = folder();
    let run = |format: &str| guiju(folder.path(), &format!("check 报告 --pack mine.yaml --format {format}")).1;
    let whole = json(&run("json"));
    let lines: Vec<Value> = run("jsonl").lines().map(json).collect();
    assert_eq!(whole["reports"], Value::Array(lines));
    assert_eq!(whole["schema_version"], 1);
    assert_eq!(whole["summary"]["findings"], json(r#"{"error": 1, "warning": 2, "advice": 0}"#));
    let paths: Vec<_> = whole["reports"].as_array().unwrap().iter().map(|it| it["path"].clone()).collect();
    assert_eq!(paths, ["报告/a.txt", "报告/b.txt"]);
    let concise = run("concise");
    let pretty = run("pretty");
    for verdict in whole["reports"][1]["verdicts"].as_array().unwrap() {
        for finding in verdict["findings"].as_array().unwrap() {
            let (at, rule) = (&finding["location"], verdict["rule"].as_str().unwrap());
            let start = format!("报告/b.txt:{}:{}", at["line"], at["column"]);
            assert!(concise.lines().any(|line| line.starts_with(&start) && line.contains(rule)), "{start} {concise}");
            assert!(pretty.contains(&start), "{start} {pretty}");
            let bytes = at["byte_start"].as_u64().unwrap() as usize..at["byte_end"].as_u64().unwrap() as usize;
            assert_eq!(at["text"], BAD.get(bytes).unwrap());
        }
    }
    let statuses = |at: usize| -> Vec<String> {
        let verdicts = whole["reports"][at]["verdicts"].as_array().unwrap();
        verdicts.iter().map(|it| it["status"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(statuses(0), ["pass", "pass", "not-applicable"]);
    assert_eq!(statuses(1), ["fail", "fail", "not-applicable"]);
    for verdict in whole["reports"][0]["verdicts"].as_array().unwrap() {
        let grounded = !verdict["evidence"].as_array().unwrap().is_empty() || verdict["reason"].is_string();
        assert!(grounded, "{verdict}");
    }
}

#[test]
fn the_bytes_do_not_depend_on_threads_or_neighbours() {
    let folder = folder();
    for at in 0..60 {
        let text = if at % 3 == 0 { BAD } else { GOOD };
        fs::write(folder.path().join(format!("报告/n{at:02}.txt")), text).unwrap();
    }
    fs::write(folder.path().join("报告/n07.txt"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\x01").unwrap();
    for format in FORMATS {
        let run = |jobs| guiju(folder.path(), &format!("check 报告 --pack mine.yaml --format {format} --jobs {jobs}"));
        assert_eq!(run(1), run(4), "{format}");
    }
    let whole = json(&guiju(folder.path(), "check 报告 --pack mine.yaml --format json").1);
    assert_eq!(whole["errors"][0]["path"], "报告/n07.txt");
    assert_eq!(whole["summary"]["errors"], 1);
    assert_eq!(whole["summary"]["reports"], 61);
    let alone = json(&guiju(folder.path(), "check 报告/n30.txt --pack mine.yaml --format json").1);
    let beside = whole["reports"].as_array().unwrap().iter().find(|it| it["path"] == "报告/n30.txt").unwrap();
    assert_eq!(&alone["reports"][0], beside);
}

#[test]
fn results_go_where_they_are_sent() {
    let folder = folder();
    let (code, out, _) = guiju(folder.path(), "check 报告 --pack mine.yaml --format concise --format json=out.json");
    assert_eq!(code, 1);
    assert!(out.starts_with("报告/b.txt:"), "{out}");
    let written = fs::read_to_string(folder.path().join("out.json")).unwrap();
    assert_eq!(written, guiju(folder.path(), "check 报告 --pack mine.yaml --format json").1);
    let (_, out, _) = guiju(folder.path(), "check 报告 --pack mine.yaml --format jsonl --output out.jsonl");
    assert_eq!(out, "");
    assert_eq!(fs::read_to_string(folder.path().join("out.jsonl")).unwrap().lines().count(), 2);
    let (code, _, err) = guiju(folder.path(), "check 报告 --pack mine.yaml --output none/out.txt");
    assert_eq!(code, 2);
    assert!(err.contains("无法写入"), "{err}");
    let (_, out, _) = guiju(folder.path(), "check - --pack mine.yaml --format concise --stdin-filename 草稿.txt");
    assert!(out.lines().all(|line| line.starts_with("草稿.txt:")) && !out.is_empty(), "{out}");
}

#[test]
fn the_summary_speaks_to_a_clerk() {
    let folder = folder();
    let (_, out, _) = guiju(folder.path(), "check 报告 --pack mine.yaml");
    for told in [
        "检查了 2 份报告：1 份通过，1 份未通过",
        "必须改（错误）：1 处",
        "建议改（警告）：2 处",
        "改法：单列一节。",
        "依据：本区规定",
    ] {
        assert!(out.contains(told), "{told} in {out}");
    }
    let (_, out, _) = guiju(folder.path(), "check 报告/a.txt --pack mine.yaml");
    assert!(out.contains("没有发现问题"), "{out}");
    let (_, out, _) = guiju(folder.path(), "check 报告/a.txt --pack mine.yaml --quiet");
    assert_eq!(out, "");
    let (_, out, _) = guiju(folder.path(), "check 报告/a.txt --pack mine.yaml --evidence");
    assert!(out.contains("✓ A1") && out.contains("– A3"), "{out}");
}

#[test]
fn the_other_commands() {
    let folder = folder();
    for (arguments, code, told) in [
        ("try 应当提及法治化 报告/a.txt", 0, "✓ try"),
        ("try 应当提及第一责任人 报告/a.txt", 1, "try 应当提及第一责任人"),
        ("try 应当包含$不足章节 报告/a.txt --pack mine.yaml", 0, "✓ try"),
        ("outline 报告/a.txt", 0, "   3  一、主要举措和成效"),
        ("explain A1 --pack mine.yaml", 0, "$不足"),
        ("explain A1 报告/b.txt --pack mine.yaml", 0, "✗"),
        ("rules --pack mine.yaml", 0, "A2"),
        ("packs --pack mine.yaml", 0, "本区的规则"),
        ("test mine.yaml", 0, "全部通过"),
        ("pack check mine.yaml", 0, "0 个错误"),
    ] {
        let (found, out, err) = guiju(folder.path(), arguments);
        assert_eq!(found, code, "{arguments}: {out}{err}");
        assert!(out.contains(told), "{arguments}: {out}{err}");
    }
    let outline = json(&guiju(folder.path(), "outline 报告/a.txt --format json").1);
    assert_eq!((&outline["year"], &outline["date"]), (&2024.into(), &"2025-01-14".into()));
    assert_eq!(outline["sections"][1]["heading"], "存在的不足");
}

#[test]
fn faults_of_packs_are_underlined_and_sound_rules_run() {
    let folder = folder();
    let broken = PACK.replace("包含 $不足", "包含 $不组").replace("severity: warning", "severity: wanring");
    fs::write(folder.path().join("broken.yaml"), broken).unwrap();
    let (code, out, _) = guiju(folder.path(), "pack check broken.yaml");
    assert_eq!(code, 2);
    assert!(out.contains("broken.yaml:10:") && out.contains("broken.yaml:18:"), "{out}");
    let (code, out, _) = guiju(folder.path(), "check 报告/b.txt --pack broken.yaml --format json");
    assert_eq!(code, 2);
    let whole = json(&out);
    let texts: Vec<_> = whole["errors"].as_array().unwrap().iter().map(|it| it["location"]["text"].clone()).collect();
    assert_eq!(texts, ["$不组", "wanring"]);
    assert!(!whole["reports"][0]["verdicts"].as_array().unwrap().is_empty());
    let (code, _, err) = guiju(folder.path(), "try 应当包含$不组章节 报告/a.txt --pack mine.yaml");
    assert_eq!(code, 2);
    assert!(err.contains("不组") && err.contains("不足"), "{err}");
}
