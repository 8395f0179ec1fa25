//! The tutorial is true: its files are written, its commands run in order, and what they print is what it shows.
//! `INSTA_UPDATE=always cargo test` writes what they print anew. And the pack of the tutorial ships, with its reports.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use guiju::locale::Locale;
use guiju::packs;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn the_tutorial_shows_what_is_printed() {
    let path = Path::new(ROOT).join("grammar/TUTORIAL.md");
    let stands = fs::read_to_string(&path).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (mut due, mut block) = (String::new(), None::<(String, String)>);
    let mut commands = 0;
    for line in stands.split_inclusive('\n') {
        match (&mut block, line.strip_prefix("```")) {
            (None, Some(info)) => {
                due.push_str(line);
                block = Some((info.trim().to_owned(), String::new()));
            }
            (Some((info, text)), Some(_)) => {
                if info == "console" {
                    for command in text.lines().filter_map(|it| it.strip_prefix("$ ")) {
                        commands += 1;
                        due.push_str(&format!("$ {command}\n{}", run(folder.path(), command)));
                    }
                } else {
                    let name = info.split_once(' ').map(|(_, name)| name).unwrap();
                    fs::write(folder.path().join(name), &text).unwrap();
                    due.push_str(text);
                }
                due.push_str(line);
                block = None;
            }
            (Some((_, text)), None) => text.push_str(line),
            (None, None) => due.push_str(line),
        }
    }
    assert!(commands > 8, "only {commands} commands found");
    if std::env::var("INSTA_UPDATE").is_ok_and(|it| it == "always") {
        fs::write(&path, &due).unwrap();
    } else {
        let differs = due.lines().zip(stands.lines().chain(std::iter::repeat(""))).find(|(due, stands)| due != stands);
        assert!(due == stands, "the tutorial shows other than what is printed, first at {differs:?}");
    }
}

/// What a command prints, on either stream, and its exit code where that is not 0.
fn run(folder: &Path, command: &str) -> String {
    if let Some((from, to)) = command.strip_prefix("sed s/").and_then(|it| it.split_once(" > ")) {
        let (change, from) = from.split_once(' ').unwrap();
        let (old, new) = change.trim_end_matches('/').split_once('/').unwrap();
        let text = fs::read_to_string(folder.join(from)).unwrap().replace(old, new);
        fs::write(folder.join(to), text).unwrap();
        return String::new();
    }
    let arguments = command.strip_prefix("guiju ").unwrap_or_else(|| panic!("what is {command}?"));
    let mut program = Command::cargo_bin("guiju").unwrap();
    let out = program.current_dir(folder).args(arguments.split_whitespace()).output().unwrap();
    let mut shown = String::from_utf8(out.stdout).unwrap() + &String::from_utf8(out.stderr).unwrap();
    match out.status.code() {
        Some(0) => {}
        code => shown.push_str(&format!("（退出码 {}）\n", code.unwrap())),
    }
    // Blank lines at the end of what one command prints say nothing.
    format!("{}\n", shown.trim_end())
}

#[test]
fn the_rules_of_the_tutorial_are_those_of_the_pack_that_ships() {
    let loaded = packs::find(&["xinxi-gongkai".to_owned()], Locale::Zh);
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    let ships: Vec<&str> =
        loaded.packs.iter().flat_map(|it| &it.rules).flat_map(|it| &it.checks).map(|it| it.text.as_str()).collect();
    for check in ["应当包含 $申请 章节", "应当在 $问题 章节中在正文中提及 $改进"] {
        assert!(ships.iter().any(|it| it.ends_with(check)), "{check}");
        assert!(fs::read_to_string(Path::new(ROOT).join("grammar/TUTORIAL.md")).unwrap().contains(check));
    }
}

/// Reports of another kind: what a reader would say of them.
#[test]
fn the_pack_judges_its_reports() {
    for (name, failing) in
        [("songhe-traffic-2024.txt", ""), ("linshui-gov-2024.txt", "XG003 XG005 XG006 XG007 XG008 XG009")]
    {
        let mut program = Command::cargo_bin("guiju").unwrap();
        let path = format!("fixtures/gongkai/{name}");
        let out =
            program.current_dir(ROOT).args(["check", &path, "--pack", "xinxi-gongkai", "--format", "json"]).output();
        let all: serde_json::Value = serde_json::from_slice(&out.unwrap().stdout).unwrap();
        let verdicts = all["reports"][0]["verdicts"].as_array().unwrap();
        let failed: Vec<&str> =
            verdicts.iter().filter(|it| it["status"] == "fail").filter_map(|it| it["rule"].as_str()).collect();
        assert_eq!(failed.join(" "), failing, "{name}");
        assert_eq!(verdicts.len(), 9);
    }
}
