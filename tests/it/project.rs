//! The project file from outside: what holds for which report, waivers, the baseline, `--since` and `init`.

use std::fs;
use std::path::Path;
use std::process;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

const TITLE: &str = "清河区2024年法治政府建设年度报告\n\n一、主要举措和成效\n";
const PACK: &str = "pack: mine
title: 本区的规则
vars: [level]
params: { least: 2 }
rules:
  - id: A1
    title: 法治化
    check: 应当写 法治化 而非 法制化
  - id: A2
    title: 亮点
    check: 报告应当提及 亮点
    severity: warning
  - id: A3
    title: 部门
    check: 当 level 为 部门 时，报告应当提及 第一责任人
  - id: A4
    title: 次数
    check: 报告应当提及 法治 至少{least}次
";
const FILE: &str = "reports:
  - paths: ['报告/**/*.txt']
    exclude: ['**/草稿/**']
    packs: [./rules/mine.yaml]
  - paths: ['报告/部门/**']
    vars: { level: 部门 }
    params: { least: 1 }
severity: { A2: off }
";

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        write(folder.path(), name, text);
    }
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn usual() -> TempDir {
    let bad = format!("{TITLE}优化法制化营商环境，推进法治。\n");
    let good = format!("{TITLE}优化法治化营商环境。\n");
    folder(&[
        ("guiju.yaml", FILE),
        ("rules/mine.yaml", PACK),
        ("报告/a.txt", &bad),
        ("报告/部门/b.txt", &good),
        ("报告/草稿/c.txt", &bad),
        ("别处/d.txt", &bad),
    ])
}

/// Exit code, standard output, standard error.
fn guiju(folder: &Path, arguments: &str) -> (i32, String, String) {
    let arguments: Vec<&str> = arguments.split_whitespace().collect();
    let mut command = Command::cargo_bin("guiju").unwrap();
    command.env_remove("GITHUB_STEP_SUMMARY").env("XDG_CACHE_HOME", folder.join(".cache-home"));
    let out = command.current_dir(folder).args(&arguments).write_stdin(TITLE).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (out.status.code().unwrap(), text(out.stdout), text(out.stderr))
}

fn json(folder: &Path, arguments: &str) -> Value {
    let (_, out, err) = guiju(folder, &format!("check --format json {arguments}"));
    serde_json::from_str(&out).unwrap_or_else(|why| panic!("{why}: {out}{err}"))
}

/// `path rule status` of each verdict, and `code` of each problem.
fn said(value: &Value) -> Vec<String> {
    let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
    let mut said = Vec::new();
    for report in value["reports"].as_array().unwrap() {
        for verdict in report["verdicts"].as_array().unwrap() {
            said.push(format!("{} {} {}", text(&report["path"]), text(&verdict["rule"]), text(&verdict["status"])));
        }
    }
    said.extend(value["errors"].as_array().unwrap().iter().map(|it| text(&it["code"])));
    said
}

#[test]
fn packs_variables_parameters_and_severities_hold_by_path() {
    let folder = usual();
    let whole = json(folder.path(), "");
    let b = "报告/部门/b.txt";
    assert_eq!(
        said(&whole),
        [
            "报告/a.txt A1 fail",
            "报告/a.txt A3 not-applicable",
            "报告/a.txt A4 pass",
            &format!("{b} A1 pass"),
            &format!("{b} A3 fail"),
            &format!("{b} A4 pass"),
        ]
    );
    // The same from below and from outside; what the reports go by does not depend on where one stands.
    let print = |value: &Value| value["reports"][0]["verdicts"][0]["findings"][0]["fingerprint"].clone();
    let below = json(&folder.path().join("报告/部门"), "");
    assert_eq!(said(&below)[0], "../../报告/a.txt A1 fail");
    assert_eq!(print(&below), print(&whole));
    let outside = folder.path().join("..");
    let name = folder.path().file_name().unwrap().to_str().unwrap().to_owned();
    let outside = json(&outside, &format!("{name}/报告"));
    assert_eq!(said(&outside)[0], format!("{name}/报告/a.txt A1 fail"));
    assert_eq!(print(&outside), print(&whole));
    // A folder is taken as the project has it; a file that is named is checked all the same.
    assert_eq!(guiju(folder.path(), "check 报告/草稿").0, 2);
    assert_eq!(said(&json(folder.path(), "报告/草稿")), ["project::nothing"]);
    assert_eq!(said(&json(folder.path(), "报告/草稿/c.txt"))[0], "报告/草稿/c.txt A1 fail");
    assert_eq!(guiju(folder.path(), "check --force-exclude 报告/草稿/c.txt").0, 0);
    assert!(said(&json(folder.path(), "别处/d.txt")).iter().any(|it| it == "别处/d.txt FZ001 pass"));
    // What is typed wins.
    assert!(said(&json(folder.path(), "--var level=部门")).contains(&"报告/a.txt A3 fail".to_owned()));
    assert!(said(&json(folder.path(), "--param least=9")).contains(&format!("{b} A4 fail")));
    assert_eq!(said(&json(folder.path(), "--select A2 报告/a.txt")), ["报告/a.txt A2 fail"]);
}

#[test]
fn typed_packs_take_the_place_of_the_projects() {
    let folder = usual();
    let whole = json(folder.path(), "--pack tifa --select TF002");
    assert_eq!(said(&whole), ["报告/a.txt TF002 fail", "报告/部门/b.txt TF002 pass"]);
    let rules = guiju(folder.path(), "rules").1;
    assert!(rules.contains("A1") && rules.contains("A3"), "{rules}");
    let (code, out, _) = guiju(folder.path(), "explain A4 报告/部门/b.txt");
    assert!(code == 0 && out.contains("通过"), "{out}");
    assert_eq!(guiju(folder.path(), "explain A2").0, 0);
}

#[test]
fn the_nearest_project_file_holds() {
    let folder = usual();
    write(folder.path(), "报告/部门/guiju.yaml", "reports: [{paths: ['*.txt'], packs: [../../rules/mine.yaml]}]\n");
    let whole = json(folder.path(), "");
    let b: Vec<String> = said(&whole).into_iter().filter(|it| it.contains("b.txt")).collect();
    let expected = ["A1 pass", "A2 fail", "A3 not-applicable", "A4 pass"].map(|it| format!("报告/部门/b.txt {it}"));
    assert_eq!(b, expected);
}

#[test]
fn names_that_no_pack_declares_are_underlined_in_the_project_file() {
    for (wrong, code, underlined) in [
        ("severity: { A9: off }", "project::unknown-rule", "A9"),
        ("waivers: [{rule: FZ0O4, reason: a, by: b, until: 2099-01-01}]", "project::unknown-rule", "FZ0O4"),
        ("reports: [{paths: ['报告/**'], vars: {levle: 部门}}]", "project::unknown-var", "levle"),
        ("reports: [{paths: ['报告/**'], vars: {year: 24}}]", "project::value", "24"),
        ("reports: [{paths: ['报告/**'], vars: {date: 明天}}]", "project::value", "明天"),
        ("reports: [{paths: ['报告/**'], params: {most: 1}}]", "project::unknown-param", "most"),
        ("reports: [{paths: ['报告/**'], params: {min_deficiency_chars: 多}}]", "project::value", "多"),
        ("reports: [{paths: ['报告/**'], packs: [gongwan]}]", "pack::not-found", "gongwan"),
        ("reports: [{paths: ['报告/**'], packs: [./mine.yaml]}]", "pack::not-found", "./mine.yaml"),
        ("reports: [{pathes: ['报告/**']}]", "project::unknown-field", "pathes"),
        ("baseline: 没有.jsonl", "baseline::unreadable", "没有.jsonl"),
    ] {
        let folder = usual();
        write(folder.path(), "guiju.yaml", &format!("# 注\n{wrong}\n"));
        let value = json(folder.path(), "");
        let errors = value["errors"].as_array().unwrap();
        let told: Vec<_> = errors.iter().map(|it| (it["code"].as_str(), it["location"]["text"].as_str())).collect();
        assert_eq!(told.first(), Some(&(Some(code), Some(underlined))), "{wrong}: {errors:?}");
        assert_eq!(errors[0]["path"], "guiju.yaml");
        assert_eq!(guiju(folder.path(), "check").0, 2, "{wrong}");
        // Nothing is checked by a file that is not understood.
        assert!(code == "pack::not-found" || value["reports"].as_array().unwrap().is_empty(), "{wrong}");
    }
    let folder = usual();
    write(
        folder.path(),
        "guiju.yaml",
        "reports: [{paths: ['报告/**'], packs: [./rules/mine.yaml]}, {paths: [报靠/**]}]",
    );
    assert!(said(&json(folder.path(), "")).contains(&"project::idle-path".to_owned()));
    fs::write(folder.path().join("guiju.yaml"), b"reports: \xb9\xe6").unwrap();
    assert_eq!(said(&json(folder.path(), "")), ["project::encoding"]);
}

const WAIVER: &str = "waivers:
  - rule: A1
    paths: ['报告/*.txt']
    reason: 机构改革当年
    by: 区司法局
    until: 2027-03-01
";

#[test]
fn a_waiver_says_by_whom_why_and_until_when_and_it_ends() {
    let folder = usual();
    write(folder.path(), "guiju.yaml", &format!("{FILE}{WAIVER}"));
    let whole = json(folder.path(), "--as-of 2027-03-01");
    let verdict = &whole["reports"][0]["verdicts"][0];
    assert_eq!((&verdict["status"], whole["reports"][0]["status"].as_str()), (&"waived".into(), Some("pass")));
    assert_eq!(verdict["reason"], "区司法局同意，至 2027-03-01：机构改革当年");
    assert_eq!(verdict["findings"], Value::Array(vec![]));
    let waived = &verdict["waived"][0];
    assert_eq!((&waived["by"], &waived["until"]), (&"区司法局".into(), &"2027-03-01".into()));
    assert_eq!(waived["finding"]["location"]["text"], "法制化");
    assert_eq!(whole["summary"]["waived"], 1);
    let pretty = guiju(folder.path(), "check --as-of 2027-03-01").1;
    assert!(
        pretty.contains("已豁免，不计：1 处") && pretty.contains("区司法局同意，至 2027-03-01：机构改革"),
        "{pretty}"
    );
    let concise = guiju(folder.path(), "check --as-of 2027-03-01 --format concise --evidence").1;
    assert!(concise.contains("报告/a.txt:1:1: 已豁免 A1 区司法局同意"), "{concise}");
    // Past its day it is an error of its own, and what it waived counts.
    let over = json(folder.path(), "--as-of 2027-03-02");
    assert!(said(&over).starts_with(&["报告/a.txt A1 fail".to_owned()]));
    assert_eq!(over["errors"][0]["code"], "project::waiver-expired");
    assert_eq!(over["errors"][0]["location"]["text"], "2027-03-01");
    assert_eq!(guiju(folder.path(), "check --as-of 2027-03-02").0, 2);
}

#[test]
fn a_waiver_that_nothing_needs_is_told_where_all_was_checked() {
    let folder = usual();
    let idle = WAIVER.replace("rule: A1", "rule: A4");
    write(folder.path(), "guiju.yaml", &format!("{FILE}{idle}"));
    assert_eq!(said(&json(folder.path(), "--as-of 2026-01-01")).last().unwrap(), "project::waiver-unused");
    for partial in ["报告/a.txt", "--select A1", "--ignore A3", "--pack tifa"] {
        let told = said(&json(folder.path(), &format!("--as-of 2026-01-01 {partial}")));
        assert!(!told.contains(&"project::waiver-unused".to_owned()), "{partial}: {told:?}");
    }
}

#[test]
fn a_waiver_may_name_one_finding_of_several() {
    let folder = usual();
    write(folder.path(), "报告/a.txt", &format!("{TITLE}法制化环境，法治；法制化轨道。\n"));
    let findings = json(folder.path(), "报告/a.txt")["reports"][0]["verdicts"][0]["findings"].clone();
    let print = |at: usize| findings[at]["fingerprint"].as_str().unwrap().to_owned();
    let first = print(0);
    let waiver = format!("waivers: [{{fingerprint: '{}', reason: 引文, by: 甲, until: 2099-01-01}}]\n", &first[..16]);
    write(folder.path(), "guiju.yaml", &format!("{FILE}{waiver}"));
    let verdict = json(folder.path(), "报告/a.txt")["reports"][0]["verdicts"][0].clone();
    assert_eq!(verdict["status"], "fail");
    assert_eq!(verdict["findings"].as_array().unwrap().len(), 1);
    // The other one still goes by the same name.
    assert_eq!(verdict["findings"][0]["fingerprint"], print(1).as_str());
    assert_eq!(verdict["waived"][0]["finding"]["fingerprint"], first.as_str());
}

#[test]
fn only_what_is_not_in_the_baseline_fails() {
    let folder = usual();
    let (code, out, err) = guiju(folder.path(), "baseline");
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    assert!(
        err.contains("guiju-baseline.jsonl：共 2 处，新增 2 处") && err.contains("baseline: guiju-baseline.jsonl"),
        "{err}"
    );
    let text = fs::read_to_string(folder.path().join("guiju-baseline.jsonl")).unwrap();
    assert_eq!(text.lines().count(), 3);
    assert!(text.contains(r#"{"path":"报告/a.txt","rule":"A1","#), "{text}");
    assert_eq!(guiju(folder.path(), "check").0, 1);
    assert_eq!(guiju(folder.path(), "check --baseline guiju-baseline.jsonl").0, 0);
    write(folder.path(), "guiju.yaml", &format!("{FILE}baseline: guiju-baseline.jsonl\n"));
    assert_eq!(guiju(folder.path(), "check").0, 0);
    assert_eq!(guiju(&folder.path().join("报告"), "check").0, 0);
    let whole = json(folder.path(), "");
    assert_eq!(whole["reports"][0]["verdicts"][0]["status"], "waived");
    assert_eq!(whole["summary"]["known"], 2);
    // Lines above an old finding do not make it new; another one is.
    let edited = format!("{TITLE}新的一段。\n又一段。\n优化法制化营商环境，推进法治。\n");
    write(folder.path(), "报告/a.txt", &edited);
    assert_eq!(guiju(folder.path(), "check").0, 0);
    write(folder.path(), "报告/a.txt", &(edited + "完善法制化轨道。\n"));
    let whole = json(folder.path(), "");
    assert_eq!(guiju(folder.path(), "check").0, 1);
    assert_eq!(whole["reports"][0]["verdicts"][0]["findings"].as_array().unwrap().len(), 1);
    // What is mended is said, and drops out when the file is written anew.
    write(folder.path(), "报告/a.txt", &format!("{TITLE}优化法治化营商环境。\n"));
    let (code, out, err) = guiju(folder.path(), "check");
    assert!(code == 0 && out.contains("基线中的 1 处已经改好") && err.contains("报告/a.txt  A1  法制化"), "{out}{err}");
    assert_eq!(json(folder.path(), "")["summary"]["fixed"], 1);
    assert_eq!(json(folder.path(), "--ignore A1")["summary"]["fixed"], Value::Null);
    // Other reports stay as they are.
    let before = fs::read_to_string(folder.path().join("guiju-baseline.jsonl")).unwrap();
    assert_eq!(guiju(folder.path(), "baseline 报告/部门").0, 0);
    assert_eq!(fs::read_to_string(folder.path().join("guiju-baseline.jsonl")).unwrap(), before);
    let (_, _, err) = guiju(folder.path(), "baseline");
    assert!(err.contains("共 1 处，新增 0 处，去掉 1 处"), "{err}");
    fs::remove_file(folder.path().join("报告/部门/b.txt")).unwrap();
    assert!(guiju(folder.path(), "baseline").2.contains("共 0 处"), "a report that is gone leaves the baseline");
}

/// Runs git, quietly.
fn git(folder: &Path, arguments: &[&str]) {
    let fixed =
        ["-c", "user.name=t", "-c", "user.email=t@t", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main"];
    let out = process::Command::new("git").current_dir(folder).args(fixed).args(arguments).output().unwrap();
    assert!(out.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&out.stderr));
}

#[test]
fn since_takes_what_git_says_has_changed() {
    let folder = usual();
    let (code, _, err) = guiju(folder.path(), "check --since HEAD");
    assert!(code == 2 && err.contains("不在 git 仓库里"), "{err}");
    git(folder.path(), &["init", "-q"]);
    assert!(guiju(folder.path(), "check --since HEAD").2.contains("没有版本 HEAD"));
    for name in ["报告/带 空格.txt", "报告/“引号” \"q\"'s.txt", "报告/-n.txt", "报告/换\n行.txt"] {
        write(folder.path(), name, TITLE);
    }
    git(folder.path(), &["add", "-A"]);
    git(folder.path(), &["commit", "-qm", "1"]);
    let paths = |arguments: &str| -> Vec<String> {
        let value = json(folder.path(), arguments);
        value["reports"].as_array().unwrap().iter().map(|it| it["path"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(paths("--since HEAD"), Vec::<String>::new());
    assert_eq!(guiju(folder.path(), "check --since HEAD").0, 0);
    for name in ["报告/带 空格.txt", "报告/“引号” \"q\"'s.txt", "报告/-n.txt", "报告/换\n行.txt", "报告/新的.txt"]
    {
        write(folder.path(), name, &format!("{TITLE}法治。\n"));
    }
    fs::remove_file(folder.path().join("报告/部门/b.txt")).unwrap();
    let changed = ["报告/-n.txt", "报告/“引号” \"q\"'s.txt", "报告/带 空格.txt", "报告/换\n行.txt", "报告/新的.txt"];
    let mut sorted = paths("--since HEAD");
    sorted.sort();
    let mut expected = changed.map(str::to_owned).to_vec();
    expected.sort();
    assert_eq!(sorted, expected);
    // On a branch: what it has changed, not what others have since.
    git(folder.path(), &["add", "-A"]);
    git(folder.path(), &["commit", "-qm", "2"]);
    git(folder.path(), &["checkout", "-qb", "分支", "HEAD~1"]);
    write(folder.path(), "报告/a.txt", &format!("{TITLE}法治，法治。\n"));
    write(folder.path(), "guiju.yaml", &format!("{FILE}# 改\n"));
    assert_eq!(paths("--since main"), ["报告/a.txt"]);
    assert!(guiju(folder.path(), "check --since main").2.contains("改动了规则或项目文件"));
    for bad in ["没有", "--all", "HEAD~99"] {
        let (code, _, err) = guiju(folder.path(), &format!("check --since={bad}"));
        assert!(code == 2 && err.contains("没有版本"), "{bad}: {err}");
    }
    let no_git = Command::cargo_bin("guiju")
        .unwrap()
        .current_dir(folder.path())
        .env("PATH", "/nowhere")
        .args(["check", "--since", "HEAD"])
        .output()
        .unwrap();
    assert_eq!(no_git.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&no_git.stderr).contains("没有 git 程序"));
}

#[test]
fn init_writes_a_file_that_passes_and_never_twice() {
    let folder = usual();
    fs::remove_file(folder.path().join("guiju.yaml")).unwrap();
    write(folder.path(), "[甲]/b.MD", &format!("{TITLE}法治。\n"));
    write(folder.path(), "README.md", "# 说明\n");
    write(folder.path(), "根.md", &format!("{TITLE}法治。\n"));
    for lang in ["zh", "en"] {
        let (code, out, err) = guiju(folder.path(), &format!("init --lang {lang}"));
        assert_eq!((code, out.as_str()), (0, ""), "{err}");
        let text = fs::read_to_string(folder.path().join("guiju.yaml")).unwrap();
        for part in ["报告/**/*.txt", "别处/**/*.txt", "[[]甲[]]/**/*.md", "*.md", "./rules/mine.yaml"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        let value = json(folder.path(), "");
        assert_eq!(value["errors"], Value::Array(vec![]), "{lang}");
        let paths: Vec<_> = value["reports"].as_array().unwrap().iter().map(|it| it["path"].clone()).collect();
        assert_eq!(paths, ["[甲]/b.MD", "别处/d.txt", "报告/a.txt", "报告/草稿/c.txt", "报告/部门/b.txt", "根.md"]);
        assert_eq!(guiju(folder.path(), "init").0, 2);
        assert_eq!(fs::read_to_string(folder.path().join("guiju.yaml")).unwrap(), text);
        fs::remove_file(folder.path().join("guiju.yaml")).unwrap();
    }
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(guiju(empty.path(), "init").0, 0);
    write(empty.path(), "深/a.txt", &format!("{TITLE}法治。\n"));
    assert_eq!(json(empty.path(), "")["summary"]["reports"], 1);
}
