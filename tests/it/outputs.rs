//! Where results go: several forms in one run, files that are whole or not there, readers that go away.

use std::fs;
use std::process::Command;

use crate::program::{folder, guiju, json};

/// All forms, as the program itself lists them.
pub const FORMATS: &[&str] =
    &["pretty", "concise", "json", "jsonl", "sarif", "junit", "github", "gitlab", "csv", "html"];

#[test]
fn several_forms_in_one_run_say_what_each_says_alone() {
    let folder = folder();
    let check = "check 报告 --pack mine.yaml";
    let files: Vec<_> = FORMATS.iter().map(|it| format!("--format {it}=out.{it}")).collect();
    let (code, out, _) = guiju(folder.path(), &format!("{check} --format concise {}", files.join(" ")));
    assert_eq!(code, 1);
    assert_eq!(out, guiju(folder.path(), &format!("{check} --format concise")).1);
    for format in FORMATS {
        let alone = guiju(folder.path(), &format!("{check} --format {format} --output -"));
        assert_eq!(alone.0, 1, "{format}");
        assert_eq!(fs::read_to_string(folder.path().join(format!("out.{format}"))).unwrap(), alone.1, "{format}");
    }
}

#[test]
fn two_forms_for_one_place_are_told_before_anything_is_written() {
    let folder = folder();
    for (formats, told) in [
        ("--format json --format jsonl", "json 和 jsonl 两种形式不能都写到标准输出"),
        ("--format json=a --format pretty=./a", "json 和 pretty 两种形式不能都写到文件 ./a"),
        ("--format json=报告/../a --format concise --output a", "两种形式不能都写到文件 a"),
        ("--format json=-  --format concise", "标准输出"),
    ] {
        let (code, out, err) = guiju(folder.path(), &format!("check 报告 --pack mine.yaml {formats}"));
        assert_eq!((code, out.as_str()), (2, ""), "{formats}");
        assert!(err.contains(told) && err.contains("各写一个文件"), "{formats}: {err}");
        assert!(!folder.path().join("a").exists());
    }
}

#[test]
fn a_page_of_results_is_no_report() {
    let folder = folder();
    let check = "check . --pack mine.yaml --format html=报告/结果.html";
    let page = || fs::read_to_string(folder.path().join("报告/结果.html")).unwrap();
    assert_eq!(guiju(folder.path(), check).0, 1);
    let first = page();
    assert_eq!(guiju(folder.path(), check).0, 1);
    assert_eq!(page(), first);
    // Who names it gets what was asked for, and never loses a file that is read.
    assert_eq!(guiju(folder.path(), "check 报告/结果.html --pack mine.yaml --format html=报告/结果.html").0, 2);
    assert_eq!(page(), first);
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_or_a_full_disk_does_not_spoil_the_other_results() {
    let folder = folder();
    let program = env!("CARGO_BIN_EXE_guiju");
    let run = |arguments: &str| {
        let line = format!("'{program}' check 报告 --pack mine.yaml {arguments}; echo code $?");
        let out = Command::new("bash").arg("-c").arg(line).current_dir(folder.path()).output().unwrap();
        String::from_utf8(out.stdout).unwrap() + &String::from_utf8(out.stderr).unwrap()
    };
    for arguments in
        ["--format json=out.json --format pretty > >(true)", "--format json=out.json --format pretty > /dev/full"]
    {
        let told = run(arguments);
        let whole = json(&fs::read_to_string(folder.path().join("out.json")).unwrap());
        assert_eq!(whole["summary"]["reports"], 2, "{told}");
        fs::remove_file(folder.path().join("out.json")).unwrap();
    }
    assert!(run("--format json=out.json --format pretty > /dev/full").contains("结果没有写完"));
    let told = run("--format concise=/dev/full --format pretty=/dev/null");
    assert!(told.contains("code 2") && told.contains("结果没有写完"), "{told}");
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert!(!left.iter().any(|it| it.to_string_lossy().starts_with(".guiju-")), "{left:?}");
}
