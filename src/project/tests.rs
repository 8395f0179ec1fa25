use super::load::load;
use super::*;
use crate::problem::Level;

/// Takes the marks ⟦ ⟧ out of a text; gives what stood between them.
fn unmark(text: &str) -> (String, Vec<String>) {
    let marked = text.split('⟦').skip(1).filter_map(|it| it.split_once('⟧')).map(|it| it.0.to_owned());
    (text.replace(['⟦', '⟧'], ""), marked.collect())
}

fn project(text: &str) -> Project {
    let (project, problems) = load("guiju.yaml", text, Locale::Zh);
    assert!(problems.is_empty(), "{problems:?}");
    project.unwrap()
}

#[test]
fn every_fault_is_underlined_on_its_very_characters() {
    for (code, text) in [
        ("project::unknown-field", "⟦report⟧:\n  - paths: [a]\n"),
        ("project::unknown-field", "reports:\n  - paths: [a]\n    ⟦exlude⟧: [b]\n"),
        ("project::unknown-field", "waivers:\n  - {rule: A1, ⟦resaon⟧: x, by: y, until: 2027-01-01}\n"),
        ("project::missing-field", "reports:\n  - ⟦packs: [gongwen]⟧\n"),
        ("project::missing-field", "waivers:\n  - ⟦rule: A1⟧\n    by: 甲\n    until: 2027-01-01\n"),
        ("project::missing-field", "waivers:\n  - ⟦rule: A1⟧\n    reason: 甲\n    until: 2027-01-01\n"),
        ("project::missing-field", "waivers:\n  - ⟦rule: A1⟧\n    reason: 甲\n    by: 乙\n"),
        ("project::missing-field", "waivers: [{rule: A1, reason: ⟦' '⟧, by: 乙, until: 2027-01-01}]\n"),
        ("project::waiver", "waivers:\n  - ⟦reason: 甲⟧\n    by: 乙\n    until: 2027-01-01\n"),
        ("project::date", "waivers: [{rule: A1, reason: 甲, by: 乙, until: ⟦2027-02-30⟧}]\n"),
        ("project::date", "waivers: [{rule: A1, reason: 甲, by: 乙, until: ⟦明年3月⟧}]\n"),
        ("project::fingerprint", "waivers: [{fingerprint: ⟦abc⟧, reason: 甲, by: 乙, until: 2027-01-01}]\n"),
        (
            "project::fingerprint",
            "waivers: [{fingerprint: '⟦zzzzzzzzzzzzzzzz⟧', reason: 甲, by: 乙, until: 2027-01-01}]\n",
        ),
        ("project::severity", "severity: { GW012: ⟦of⟧ }\n"),
        ("project::severity", "severity: { GW012: ⟦警告⟧ }\n"),
        ("project::wrong-type", "severity: { GW012: ⟦1⟧ }\n"),
        ("project::wrong-type", "severity: ⟦[GW012]⟧\n"),
        ("project::wrong-type", "reports: ⟦报告/**⟧\n"),
        ("project::wrong-type", "reports:\n  - paths: [a]\n    vars: { level: ⟦[a]⟧ }\n"),
        ("project::wrong-type", "⟦reports⟧:\n"),
        ("project::no-reports", "⟦reports⟧: []\n"),
        ("project::duplicate-key", "reports: [{paths: [a]}]\n⟦reports⟧: [{paths: [b]}]\n"),
        ("project::full-width-colon", "reports:\n  - paths⟦：⟧ [a]\n"),
        ("project::glob", "reports: [{paths: ['报告/*.⟦{⟧docx,txt']}]\n"),
        ("project::glob", "reports: [{paths: ['报告/*.docx⟦}⟧']}]\n"),
        ("project::glob", "reports: [{paths: ['报告/⟦[⟧甲.txt']}]\n"),
        ("project::glob", "reports: [{paths: ['报告/[⟦z-a⟧].txt']}]\n"),
        ("project::glob", "reports: [{paths: ['报告/*.{docx⟦，⟧txt}']}]\n"),
        ("project::glob", "reports: [{paths: ['报告⟦＊⟧/*.txt']}]\n"),
        ("project::glob", "reports: [{paths: ['报告⟦\\⟧*.txt']}]\n"),
        ("project::glob", "reports: [{paths: ['⟦../别处/**⟧']}]\n"),
        ("project::glob", "reports: [{paths: ['⟦/home/甲⟧']}]\n"),
        ("project::glob", "reports: [{paths: ['⟦C:/报告⟧']}]\n"),
        ("project::glob", "reports: [{paths: ⟦['']⟧}]\n"),
        ("project::glob", "reports: [{paths: ⟦[]⟧}]\n"),
        ("project::pack", "reports: [{paths: [a], packs: [⟦''⟧]}]\n"),
        ("project::missing-field", "baseline: ⟦''⟧\n"),
        ("project::documents", "severity: {}\n⟦---⟧\nseverity: {}\n"),
    ] {
        let (plain, marked) = unmark(text);
        let (_, problems) = load("guiju.yaml", &plain, Locale::Zh);
        let told: Vec<_> = problems
            .iter()
            .map(|it| (it.code, it.place.as_ref().map_or("", |at| at.source.slice(at.span)).to_owned()))
            .collect();
        let expected = vec![(code, marked[0].clone())];
        // A blank path is told at its quotes, for there is no character inside.
        let at_quotes = told.len() == 1 && told[0].0 == code && expected[0].1.contains(&told[0].1);
        assert!(told == expected || at_quotes, "{text}: {told:?}");
        assert!(problems.iter().all(|it| it.level == Level::Error), "{text}");
    }
}

#[test]
fn an_empty_file_says_nothing() {
    for text in ["", "# 只有注释\n", "\u{feff}"] {
        let project = project(text);
        assert!(!project.lists_reports && project.entries.is_empty() && project.waivers.is_empty());
        assert_eq!(project.place("a.txt"), Placed { entries: vec![], is_report: true });
    }
}

#[test]
fn patterns_hold_for_files_and_for_folders() {
    for (glob, path, holds) in [
        ("报告/**/*.{docx,txt}", "报告/a.txt", true),
        ("报告/**/*.{docx,txt}", "报告/2024/区/a.DOCX", true),
        ("报告/**/*.{docx,txt}", "报告/a.pdf", false),
        ("报告/**/*.{docx,txt}", "别处/报告/a.txt", false),
        ("报告/*.txt", "报告/2024/a.txt", false),
        ("*.txt", "报告/a.txt", false),
        ("**/草稿/**", "报告/草稿/a.txt", true),
        ("**/草稿", "报告/草稿/深/a.txt", true),
        ("报告", "报告/a.txt", true),
        ("./报告/", "报告/a.txt", true),
        ("报告", "报告书/a.txt", false),
        ("报告/20[12]?/*", "报告/2023/a.txt", true),
        ("a{,b}.txt", "a.txt", true),
        ("区，县/*.txt", "区，县/a.txt", true),
    ] {
        let project = project(&format!("reports: [{{paths: ['{glob}']}}]"));
        assert_eq!(project.place(path).is_report, holds, "{glob} {path}");
    }
    let (name, path) = ("[甲]{乙}*", "[甲]{乙}*/a.txt");
    let project = project(&format!("reports: [{{paths: ['{}/**']}}]", literal(name)));
    assert!(project.place(path).is_report);
}

#[test]
fn several_entries_add_up_and_the_later_wins() {
    let project = project(
        "reports:
  - paths: ['报告/**']
    exclude: ['**/草稿/**']
    packs: [fazhi-annual-report, ./本区.yaml]
    vars: { level: 部门, 地区: 清河 }
  - paths: ['报告/街道/**']
    packs: [./街道.yaml, fazhi-annual-report]
    vars: { level: 街道 }
    params: { least: 150 }
",
    );
    let placed = |path: &str| {
        let Placed { entries, is_report } = project.place(path);
        (entries, is_report)
    };
    assert_eq!(placed("报告/a.txt"), (vec![0], true));
    assert_eq!(placed("报告/街道/a.txt"), (vec![0, 1], true));
    assert_eq!(placed("报告/街道/草稿/a.txt"), (vec![1], true));
    assert_eq!(placed("报告/草稿/a.txt"), (vec![0], false));
    assert_eq!(placed("a.txt"), (vec![], false));
    let chosen = project.choose(&[0, 1]);
    let packs: Vec<&str> = chosen.packs.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(packs, ["fazhi-annual-report", "./本区.yaml", "./街道.yaml"]);
    assert_eq!((chosen.vars["level"].text.as_str(), chosen.vars["地区"].text.as_str()), ("街道", "清河"));
    assert_eq!(chosen.params["least"].text, "150");
}

#[test]
fn severities_and_waivers_are_read() {
    let project = project(
        "severity: { GW012: off, FZ007: error }
waivers:
  - rule: [FZ004, FZ005]
    paths: ['报告/2023/**']
    reason: 机构改革当年，无上年数据
    by: 区司法局
    until: 2027-03-01
",
    );
    assert_eq!(project.off().collect::<Vec<_>>(), ["GW012"]);
    assert_eq!(project.severities()["FZ007"], Severity::Error);
    let waiver = &project.waivers[0];
    let day = |text: &str| text.parse().unwrap();
    assert!(waiver.holds("报告/2023/a.txt", day("2027-03-01")));
    assert!(!waiver.holds("报告/2023/a.txt", day("2027-03-02")));
    assert!(!waiver.holds("报告/2024/a.txt", day("2027-03-01")));
    assert_eq!(waiver.head().text, "FZ004");
}
