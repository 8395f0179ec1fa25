//! Rules over several reports: what copies are found, whatever was done to hide them, and what is none.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::Value;

const SUBJECTS: [&str; 8] =
    ["区司法局", "综合执法队", "审批科室", "各镇街", "法律顾问团", "行业协会", "调解委员会", "督察专班"];
const DEEDS: [&str; 10] = ["修订", "清查", "公布", "评查", "约谈", "培训", "移送", "回访", "抽查", "通报"];
const THINGS: [&str; 12] = [
    "餐饮油烟案件",
    "工程款拖欠线索",
    "养老机构合同",
    "校外培训收费",
    "渣土运输车辆",
    "加油站计量器具",
    "农药经营台账",
    "商品房预售资金",
    "电梯维保记录",
    "排水许可证照",
    "宗教场所消防",
    "河道采砂计划",
];
const MANNERS: [&str; 8] = [
    "逐户登记并限期整改",
    "邀请人大代表全程监督",
    "结果在门户网站公开",
    "按季度形成分析材料",
    "同步录入监管平台",
    "由专人跟踪直至销号",
    "联合公安机关现场核验",
    "纳入年终绩效评价",
];

/// A sentence that has no run of thirteen letters in common with another: a letter of its own stands between its parts.
fn sentence(at: usize) -> String {
    let of = |list: &[&str], by: usize| list[(at / by + at * 7) % list.len()].to_owned();
    let own = char::from_u32(0x7532 + at as u32).unwrap();
    let (subject, deed, thing) = (of(&SUBJECTS, 3), of(&DEEDS, 5), of(&THINGS, 2));
    let (first, second, count) = (of(&MANNERS, 7), of(&MANNERS, 11), at * 13 + 5);
    format!("{own}组{subject}{deed}{own}组{thing}{count}处，{own}组{first}，{own}组{second}，{own}组存档。")
}

fn report(body: &str, year: i16, sentences: &[String]) -> String {
    let paragraphs = sentences.chunks(3).map(|it| format!("　　{}\n", it.concat())).collect::<String>();
    format!("{body}{year}年法治政府建设年度报告\n　　一、主要举措和成效\n{paragraphs}{body}\n{}年1月10日\n", year + 1)
}

/// Writes the reports, checks them with the pack `duizhao`, and gives the JSON.
fn checked(reports: &[(&str, String)], more: &[&str]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in reports {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let mut command = Command::cargo_bin("guiju").unwrap();
    let arguments = ["check", ".", "--pack", "duizhao", "--format", "json"];
    let out = command.current_dir(folder.path()).args(arguments).args(more).output().unwrap();
    assert!(out.stderr.is_empty(), "{}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).unwrap()
}

fn verdict<'a>(whole: &'a Value, path: &str, rule: &str) -> &'a Value {
    let report = whole["reports"].as_array().unwrap().iter().find(|it| it["path"].as_str().unwrap().ends_with(path));
    report.unwrap()["verdicts"].as_array().unwrap().iter().find(|it| it["rule"] == rule).unwrap()
}

fn status(whole: &Value, path: &str, rule: &str) -> String {
    verdict(whole, path, rule)["status"].as_str().unwrap().to_owned()
}

fn sentences(numbers: impl IntoIterator<Item = usize>) -> Vec<String> {
    numbers.into_iter().map(sentence).collect()
}

#[test]
fn shared_passages_stand_beside_each_other() {
    let last = report("清河区水务局", 2023, &sentences(0..9));
    let this = report("清河区水务局", 2024, &[sentences(20..24), sentences(3..9)].concat());
    let other = report("清河区教育局", 2024, &[sentences(20..24), sentences(40..50)].concat());
    let whole = checked(&[("a2023.txt", last.clone()), ("b2024.txt", this), ("c2024.txt", other)], &[]);
    assert_eq!(status(&whole, "a2023.txt", "DZ001"), "not-applicable");
    assert_eq!(verdict(&whole, "a2023.txt", "DZ001")["reason"], "一起检查的报告中没有本单位2022年度的报告");
    let finding = &verdict(&whole, "b2024.txt", "DZ001")["findings"][0];
    assert!(finding["message"].as_str().unwrap().contains("a2023.txt"), "{finding}");
    let there: Vec<&Value> =
        finding["related"].as_array().unwrap().iter().filter(|it| it["location"]["path"].is_string()).collect();
    assert_eq!(finding["places"].as_array().unwrap().len(), there.len());
    let span = |it: &Value| it["byte_start"].as_u64().unwrap() as usize..it["byte_end"].as_u64().unwrap() as usize;
    let letters = |text: &str| text.chars().filter(|it| it.is_alphabetic()).collect::<String>();
    for (here, there) in finding["places"].as_array().unwrap().iter().zip(&there) {
        assert_eq!(there["location"]["path"], "a2023.txt");
        assert_eq!(letters(here["text"].as_str().unwrap()), letters(&last[span(&there["location"])]));
        let line = there["location"]["line"].as_u64().unwrap() as usize;
        assert!(last.lines().nth(line - 1).unwrap().contains(&last[span(&there["location"])][..12]));
    }
    // What the other body copied is found for both, and last year's is not held against a later report.
    assert_eq!(
        ["b2024.txt", "c2024.txt", "a2023.txt"].map(|it| status(&whole, it, "DZ002")),
        ["fail", "pass", "not-applicable"]
    );
    let evidence = verdict(&whole, "c2024.txt", "DZ002")["evidence"][0]["message"].as_str().unwrap();
    assert!(evidence.starts_with("与其他单位的 2 份报告比较，最接近的是 b2024.txt，相同的占本报告 2"), "{evidence}");
}

#[test]
fn the_same_report_in_two_formats_is_not_anothers() {
    let text = report("清河区水务局", 2024, &sentences(0..9));
    let draft = text.replace("第一", "").replace("清河区水务局\n", "临江市清河区水务局\n");
    let whole = checked(&[("定稿.txt", text.clone()), ("草稿.md", draft), ("副本.txt", text)], &[]);
    for it in ["定稿.txt", "草稿.md", "副本.txt"] {
        assert_eq!(status(&whole, it, "DZ002"), "not-applicable", "{it}");
    }
}

#[test]
fn no_name_no_comparison() {
    let nameless = report("", 2024, &sentences(0..9)).replace("年法治政府", "年度法治政府");
    let whole = checked(&[("a.txt", nameless), ("b.txt", report("清河区教育局", 2024, &sentences(0..9)))], &[]);
    assert_eq!(verdict(&whole, "a.txt", "DZ002")["reason"], "看不出报告的署名（可用 --var issuer=… 告诉程序）");
    assert_eq!(status(&whole, "b.txt", "DZ002"), "not-applicable");
}

#[test]
fn a_crowd_of_copies_is_told_once_each_and_the_same_whatever_the_threads() {
    let bodies: Vec<String> = (0..40).map(|at| format!("清河区{}局", char::from_u32(0x8D22 + at).unwrap())).collect();
    let same = |body: &String| (format!("{body}.txt"), report(body, 2024, &sentences(0..12)));
    let reports: Vec<(String, String)> = bodies.iter().map(same).collect();
    let reports: Vec<(&str, String)> = reports.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    let whole = checked(&reports, &["--jobs", "1"]);
    for (name, _) in &reports {
        let findings = verdict(&whole, name, "DZ002")["findings"].as_array().unwrap();
        assert_eq!(findings.len(), 1, "{name}");
        assert!(findings[0]["message"].as_str().unwrap().contains("另有 38 个单位的报告与它完全相同"));
    }
    assert_eq!(whole, checked(&reports, &["--jobs", "8"]));
}

/// The reports written for this project are independent of each other.
#[test]
fn independent_reports_are_no_copies() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/reports");
    for limit in ["30", "15"] {
        let mut command = Command::cargo_bin("guiju").unwrap();
        let limit = format!("max_repeat_percent={limit}");
        let arguments = ["check", "--pack", "duizhao", "--format", "json", "--param", &limit];
        let out = command.args(arguments).arg(&folder).output().unwrap();
        let whole: Value = serde_json::from_slice(&out.stdout).unwrap();
        let verdicts = whole["reports"].as_array().unwrap().iter().flat_map(|it| it["verdicts"].as_array().unwrap());
        let failed: Vec<&Value> = verdicts.clone().filter(|it| it["status"] == "fail").collect();
        assert!(failed.is_empty(), "{failed:#?}");
        assert!(verdicts.filter(|it| it["rule"] == "DZ002" && it["status"] == "pass").count() >= 20);
    }
}

/// What a copyist does to a text.
#[derive(Debug, Clone, Copy)]
enum Disguise {
    Years,
    Figures,
    Traditional,
    Wraps,
    Punctuation,
    Spaces,
}

fn disguised(text: &str, how: Disguise) -> String {
    match how {
        Disguise::Years => text.replace("2024", "2021"),
        Disguise::Figures => text.replace('1', "7").replace('3', "8"),
        Disguise::Traditional => guiju::fold::to_traditional(text),
        Disguise::Wraps => {
            let mut out = String::new();
            for (at, c) in text.chars().enumerate() {
                out.push(c);
                if at % 31 == 30 && c.is_alphabetic() {
                    out.push('\n');
                }
            }
            out
        }
        Disguise::Punctuation => text.replace('，', "、").replace("。", "；"),
        Disguise::Spaces => text.replace("，", "， "),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// A copy is found however it is dressed up, in whatever order; and what is not copied is not.
    #[test]
    fn copies_are_found_in_disguise(
        copied in subsequence((0..40_usize).collect::<Vec<_>>(), 6..20).prop_shuffle(),
        own in 0..60_usize,
        how in select(vec![
            Disguise::Years, Disguise::Figures, Disguise::Traditional, Disguise::Wraps, Disguise::Punctuation, Disguise::Spaces,
        ]),
    ) {
        let other = report("清河区教育局", 2024, &sentences(0..40));
        let taken: String = copied.iter().map(|it| format!("　　{}\n", disguised(&sentence(*it), how))).collect();
        let mine: String = (100..100 + own).map(|it| format!("　　{}\n", sentence(it))).collect();
        let text = format!("清河区水务局2024年法治政府建设年度报告\n　　一、主要举措和成效\n{mine}{taken}清河区水务局\n2025年1月10日\n");
        let whole = checked(&[("a.txt", text), ("b.txt", other)], &[]);
        let share = copied.len() * 100 / (copied.len() + own);
        // Sentences differ in length: near the limit either is right.
        if share > 36 {
            prop_assert_eq!(status(&whole, "a.txt", "DZ002"), "fail", "{}% {:?}", share, how);
        } else if share < 24 {
            prop_assert_eq!(status(&whole, "a.txt", "DZ002"), "pass", "{}% {:?}", share, how);
        }
    }
}
