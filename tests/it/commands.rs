//! The program from outside: what is typed, what comes back, which exit code.

use assert_cmd::Command;

/// Runs the program in an empty folder: exit code, standard output, standard error.
fn guiju(arguments: &[&str]) -> (i32, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let out = Command::cargo_bin("guiju").unwrap().current_dir(folder.path()).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (out.status.code().unwrap(), text(out.stdout), text(out.stderr))
}

#[test]
fn mistakes_on_the_command_line_are_told_and_end_with_2() {
    for (arguments, told) in [
        (&["chek"][..], "是不是“check”"),
        (&["check", "--formt", "json"], "是不是“--format”"),
        (&["check", "--format", "jsn"], "是不是“json”"),
        (&["check", "--format", "json", "--format", "pretty"], "不能都写到标准输出"),
        (&["check", "--fail-on", "bad"], "error、warning、advice、never"),
        (&["check", "--jobs", "many"], "“many”不对"),
        (&["check", "--as-of", "2025-02-30"], "2025-01-14"),
        (&["check", "--var", "yaer=2024"], "是不是“year”"),
        (&["check", "--var", "year=24"], "应写成 2024"),
        (&["check", "--var", "year"], "名称=值"),
        (&["explain"], "缺少 <编号>"),
        (&["check", "--lang", "en", "--format", "jsn"], "did you mean `json`?"),
    ] {
        let (code, out, err) = guiju(arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.contains(told), "{arguments:?}: {err}");
    }
}

#[test]
fn help_is_chinese_unless_english_is_asked_for() {
    for command in ["check", "try", "outline", "explain", "rules", "packs", "test", "completions"] {
        let (code, out, _) = guiju(&[command, "--help"]);
        assert_eq!(code, 0);
        assert!(out.contains("用法：guiju") && out.contains("显示帮助"), "{out}");
        let (_, out, _) = guiju(&[command, "--lang", "en", "--help"]);
        assert!(out.contains("Usage: guiju") && out.contains("Print help"), "{out}");
    }
    assert_eq!(guiju(&["--version"]).1, format!("guiju {}\n", env!("CARGO_PKG_VERSION")));
}
