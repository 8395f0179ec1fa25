//! Bad input: nothing panics, nothing takes long, nothing is lost, and nothing that acts on a terminal comes through.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use guiju::check::{Want, check};
use guiju::facts::Given;
use guiju::lang::parse;
use guiju::locale::Locale;
use guiju::pack::builtin::BUILT_IN;
use guiju::pack::load::{PackText, load};
use guiju::packs;
use guiju::plan::{Plan, Settings, compile};
use guiju::read::read;
use guiju::render::summary::FailOn;
use guiju::render::{self, Output, Report, Style};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};

use crate::generate::names;

/// Words of the language, and what does not belong into it.
const WORDS: &[&str] = &[
    "应当",
    "不得",
    "宜",
    "报告",
    "每个",
    "提及",
    "包含",
    "章节",
    "章节中",
    "以外",
    "标题中",
    "的句子",
    "当",
    "时，",
    "除非",
    "至少2次",
    "一次",
    "在",
    "之前",
    "之后",
    "距",
    "5字以内",
    "与",
    "同一句",
    "并且",
    "或者",
    "不",
    "非",
    "（",
    "）",
    "之一",
    "全部",
    "、",
    "，",
    "；",
    "。",
    "“",
    "”",
    "\"",
    "$不足",
    "$没有",
    "/[一二]季度/",
    "/(/",
    "{year+1}",
    "{",
    "法治",
    "第一责任人",
    "must",
    "must not",
    "mention",
    "the report",
    "each sentence",
    "any of (",
    ")",
    "in the title",
    "at least 3 times",
    "when it mentions",
    "unless",
    "not",
    "and",
    "or",
    "within 2%",
    "=",
    "+",
    "审结",
    "\\",
    "\n",
    " ",
    "　",
    "\u{202e}",
    "\u{1b}[31m",
    "\0",
    "\u{e000}",
    "\u{e001}",
    "😀",
    "9999999999",
    "3月32日",
];

/// Lines and pieces of lines that reports are made of, and some that they are not.
const PIECES: &[&str] = &[
    "某区2024年法治政府建设年度报告",
    "区人大：",
    "一、",
    "（一）",
    "1．",
    "①",
    "第一章 ",
    "## ",
    "| 甲 | 乙 |",
    "存在的不足",
    "主要举措和成效",
    "推进依法行政",
    "审结案件120件，",
    "受理150件，",
    "审结率80%。",
    "《行政诉讼法》",
    "《",
    "》",
    "“",
    "”",
    "（",
    "）",
    "2025年1月14日",
    "二〇二五年一月",
    "某区人民政府",
    "督查",
    "法制化",
    "責任",
    "任(rén)",
    "，",
    "；",
    "。",
    "！",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "　　",
    " ",
    "\u{200b}",
    "\u{202e}",
    "\u{1b}]0;x\u{7}",
    "\u{2028}",
    "\u{feff}",
    "a",
    "。。",
    "……",
    "×",
    "😀",
    "𠀀",
    "e\u{301}",
    "*",
    "`",
    "<br>",
    "<!--",
    "\u{fffd}",
];

fn text(words: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
    vec(select(words), 0..most).prop_map(|it| it.concat())
}

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() })
}

#[test]
fn any_words_give_a_statement_or_faults_inside_the_text() {
    let inside = |text: &str, faults: Vec<parse::Fault>| {
        assert!(!faults.is_empty());
        for fault in faults {
            assert!(text.get(fault.span.range()).is_some(), "{text:?}: {fault:?}");
        }
    };
    let read = |text: String| {
        let names = names();
        for locale in [Locale::Zh, Locale::En] {
            let _ = parse::statement(&text, &names, locale).map_err(|it| inside(&text, it));
        }
        let _ = parse::condition(&text, &names, Locale::Zh).map_err(|it| inside(&text, it));
        let _ = parse::member(&text, &names, Locale::Zh).map_err(|it| inside(&text, it));
        let _ = parse::quantity(&text, &names, Locale::Zh).map_err(|it| inside(&text, it));
        Ok(())
    };
    runner(150).run(&text(WORDS, 30), read).unwrap();
}

#[test]
fn statements_out_of_all_proportion_end_soon() {
    let many = 3000;
    let hostile = [
        format!("应当{}提及 甲", "不".repeat(many)),
        format!("must {}mention x", "not ".repeat(many)),
        format!("应当{}提及 甲{}", "（".repeat(60), "）".repeat(60)),
        format!("应当{}", "(".repeat(many)),
        format!("应当提及{}", "章节".repeat(many)),
        format!("应当提及甲{}", "至少2次".repeat(many)),
        format!("应当提及 甲{}", " 或者提及 乙".repeat(400)),
        format!("当提及 甲{}时，应当提及 乙", " 并且提及 丙".repeat(400)),
        format!("应当提及 （{}）之一", "甲、".repeat(many)),
        format!("应当满足 1{} = 2", " + 1".repeat(many)),
        format!("应当提及 /{}/", "(a+)+".repeat(400)),
        format!("应当提及 \"{}\"", "{year}".repeat(many)),
        "应当提及 ".to_owned() + &"“".repeat(many),
        "法".repeat(70_000),
    ];
    for text in hostile {
        let _ = parse::statement(&text, &names(), Locale::Zh);
    }
}

/// Changes to a text: at a place of it, so many characters give way to others.
fn edits() -> impl Strategy<Value = Vec<(usize, usize, String)>> {
    let with =
        prop_oneof![text(WORDS, 3), "[ -~\n]{0,4}".prop_map(|it| it), Just("\t- [}{: &a *a | > !x\n".to_owned())];
    vec((any::<usize>(), 0_usize..40, with), 1..6)
}

fn edited(text: &str, edits: &[(usize, usize, String)]) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for (at, length, with) in edits {
        let at = at % (chars.len() + 1);
        let end = (at + length).min(chars.len());
        chars.splice(at..end, with.chars());
    }
    chars.into_iter().collect()
}

#[test]
fn packs_with_slips_load_with_problems_at_their_places() {
    let resolve = |_: &str, word: &str| Err(word.to_owned());
    let loads = |text: String| {
        let wanted = [PackText { name: "甲.yaml".to_owned(), text }];
        for problem in load(&wanted, &resolve, Locale::Zh).problems {
            if let Some(place) = &problem.place {
                assert!(place.source.text().get(place.span.range()).is_some(), "{problem:?}");
            }
            let style = style(true);
            assert_visible(&render::problem(Output::Pretty, &problem, &style).unwrap());
        }
    };
    let small = "pack: 甲\nversion: \"1\"\nfor: it mentions 法治 in the title\nparams: { 最少: 100 }\nvars: [level]\n\
        terms:\n  不足: [存在不足, '/短板.{0,2}/']\n  全部: [$不足, 问题]\nquantities:\n  审结: 审结{n}件\nrules:\n\
        - id: A1\n    title: 甲\n    check: 应当在 $不足 章节有至少{最少}字\n    severity: warning\n    basis: 甲\n\
        tests:\n      pass: ['一、存在不足\\n有。']\n      fail: [\"[[甲]]\"]\n  - id: A2\n    check: [must mention 甲, 应当提及乙]\n";
    runner(60)
        .run(&edits(), |it| {
            loads(edited(small, &it));
            Ok(())
        })
        .unwrap();
    let (_, built_in) = BUILT_IN[0];
    runner(6)
        .run(&edits(), |it| {
            loads(edited(built_in, &it));
            Ok(())
        })
        .unwrap();
}

fn style(color: bool) -> Style {
    Style { locale: Locale::Zh, color, width: 80, evidence: true, quiet: false, fail_on: FailOn(None) }
}

/// Nothing a terminal would obey but colours of our own.
#[track_caller]
fn assert_visible(shown: &str) {
    let is_color = |part: &str| {
        let end = part.find('m');
        end.is_some_and(|end| part[..end].bytes().all(|it| it.is_ascii_digit() || it == b';'))
    };
    for (at, part) in shown.split("\u{1b}[").enumerate() {
        let obeyed =
            |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let wrong = part.lines().find(|line| line.contains(obeyed));
        assert!(wrong.is_none() && (at == 0 || is_color(part)), "{:?}", wrong.unwrap_or(part));
    }
}

fn built_in() -> Plan {
    let names: Vec<String> = BUILT_IN.iter().map(|(name, _)| (*name).to_owned()).collect();
    let loaded = packs::find(&names, Locale::Zh);
    let settings = Settings { named: names, ..Settings::default() };
    compile(&loaded.packs, &settings, Locale::Zh).0
}

/// Checks a report in every form of results there is.
fn checked(plan: &Plan, name: &str, bytes: &[u8]) {
    let Ok(document) = read(name, bytes, &Given::default(), Locale::Zh) else { return };
    let checked = check(plan, &document, Want::Evidence, Locale::Zh);
    let report = Report { rules: &plan.rules, document: &document, checked: &checked };
    for output in Output::ALL {
        let shown = render::report(output, &report, &style(false));
        if matches!(output, Output::Pretty | Output::Concise) {
            assert_visible(&shown.text);
        }
    }
    assert_visible(&render::outline::pretty(&document, Locale::Zh, 80));
}

#[test]
fn any_report_is_checked_against_the_built_in_packs() {
    let plan = built_in();
    let reports = (text(PIECES, 120), select(&["甲\u{1b}[2J.txt", "乙\u{202e}.md"][..]));
    runner(40)
        .run(&reports, |(text, name)| {
            checked(&plan, name, text.as_bytes());
            Ok(())
        })
        .unwrap();
}

#[test]
fn any_bytes_are_read_or_refused() {
    let whole = fs::read_to_string("fixtures/reports/qinghe-justice-2024.txt").unwrap();
    let text: String = whole.chars().take(300).collect();
    let utf16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let gb = encoding_rs::GB18030.encode(&text).0.into_owned();
    let texts = [text.clone().into_bytes(), gb, utf16(u16::to_le_bytes), utf16(u16::to_be_bytes)];
    let marks: [&[u8]; 4] = [b"", b"\xFF\xFE", b"\xFE\xFF", b"\xEF\xBB\xBF"];
    let changed = (0_usize..4, 0_usize..4, any::<usize>(), any::<usize>(), vec((any::<usize>(), any::<u8>()), 0..30));
    let reads = |(text, mark, from, to, edits): (usize, usize, usize, usize, Vec<(usize, u8)>)| {
        let mut bytes = texts[text].clone();
        for (at, byte) in edits {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        let from = from % 8;
        let to = from + to % (bytes.len() - from + 1);
        let bytes = [marks[mark], &bytes[from..to]].concat();
        if let Err(problem) = read("甲.txt", &bytes, &Given::default(), Locale::Zh) {
            assert!(problem.help.is_some() && problem.path == "甲.txt");
        }
        Ok(())
    };
    runner(300).run(&changed, reads).unwrap();
}

/// Statements of every kind, those that go from unit to unit and from hit to hit first.
const STATEMENTS: &[&str] = &[
    "不得提及 $多 与 丁 同一句",
    "不得提及 $多 与 甲 同一段",
    "不得提及 $多 与 丙 同一章节",
    "不得提及 $多 距 丁 5字以内",
    "应当提及 $多 在 法 之前",
    "不得提及 $多，（法治政府、建设）除外",
    "应当在每个 甲 章节中提及 丁",
    "应当写 依法治国 而非 $多",
    "不得在 甲 章节以外提及 $多",
    "每个句子应当提及 丁戊己庚",
    "每个段落应当提及 丁",
    "每个章节应当提及 丁",
    "每个章节应当有至少200字",
    "每个章节应当包含 丁 章节",
    "每个句子不得叠用2字以上的词语",
    "each section must close every bracket and quotation mark",
    "each sentence must state percentages that follow from its counts",
    "每个句子应当满足 审结 <= 受理",
    "每个标题不得以“。”结尾",
    "当报告提及 法 时，不得提及 甲",
    "每个句子应当在前100字中提及 丁",
    "每个提及 法 的句子应当在 甲 章节中提及 丁",
    "应当包含 甲 章节或条目",
    "不得在同级标题中混用 甲 与 乙",
    "标题序号应当连续",
    "不得误引 $法规",
    "简体与繁体不得混用",
    "括号和引号应当成对",
    "不得在句中断行",
    "不得在一句中重复4字以上的分句",
    "不得叠用2字以上的词语",
    "百分比应当与所列数字相符",
    "应当满足 审结率 = 审结 / 受理，误差不超过0.01%",
    "应当提及 /法.{0,5}治/",
];

#[test]
fn reports_out_of_all_proportion_are_checked_to_their_end() {
    let rules = STATEMENTS.iter().enumerate().map(|(at, text)| format!("  - id: R{at}\n    check: '{text}'\n"));
    let text = "pack: 甲\nterms:\n  多: [督查, 建设, 法治, 甲乙]\n  法规: [行政复议法, 法治政府建设实施纲要]\n\
        quantities: { 审结: '审结{n}件', 受理: '受理{n}件', 审结率: '审结率{n}' }\nrules:\n"
        .to_owned()
        + &rules.collect::<String>();
    let wanted = [PackText { name: "甲.yaml".to_owned(), text }];
    let loaded = load(&wanted, &|_: &str, word: &str| Err(word.to_owned()), Locale::Zh);
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    let plan = compile(&loaded.packs, &Settings::default(), Locale::Zh).0;
    let around =
        |middle: String| format!("某区2024年报告\n\n一、甲\n{middle}\n二、存在不足\n有。\n\n某局\n2025年1月14日\n");
    // Growth is measured in benches/speed; here it matters that nothing breaks.
    let many = 300;
    let hostile: Vec<String> = [
        "督查法甲",
        "《法治政府建没实施纲要》",
        "“甲”",
        "（",
        "》",
        "2025年1月14日，",
        "审结283件，受理300件，审结率94.3%。",
        "80%",
        "一",
        "9",
        "法",
        "建设，推进",
        "責",
        " ",
        "\u{200b}",
        "督查甲法。",
        "督查，甲\n",
        "甲\n",
        "法督查甲。\n",
        "一、甲\n督查。\n",
        "（一）甲。督查法。乙丙\n",
        "（一）甲\n法\n1．乙\n法\n",
        "| 甲 | 12 |\n",
        "推进法治\n",
    ]
    .iter()
    .map(|unit| around(unit.repeat(many)))
    .chain(["督查".repeat(many) + &"丁甲".repeat(many), "# 甲\n\n督查\n\n###### 乙\n\n".repeat(many)].map(around))
    .collect();
    for text in hostile {
        checked(&plan, "甲.txt", text.as_bytes());
    }
}

/// Exit code, standard output, standard error.
fn guiju(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let out =
        Command::cargo_bin("guiju").unwrap().current_dir(folder).args(arguments).write_stdin("").output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (out.status.code().unwrap(), text(out.stdout), text(out.stderr))
}

const GOOD: &str = "清河区2024年法治政府建设年度报告\n\n一、主要举措和成效\n开展法制督查。\n";

#[test]
fn one_bad_report_changes_nothing_about_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("b.txt"), GOOD).unwrap();
    let statement = "不得提及 督查";
    let alone = guiju(at, &["try", statement, "b.txt", "--format", "jsonl", "-q"]);
    assert_eq!(alone.0, 1);
    let bad: [(&str, &[u8]); 5] = [
        ("a.txt", b""),
        ("c.txt", b"\0\xFF\0\xD8\x01"),
        ("d.md", b"PK\x03\x04"),
        ("e.txt", b" \n"),
        ("f.txt", b"\xFF\xFE\0"),
    ];
    for (name, bytes) in bad {
        fs::write(at.join(name), bytes).unwrap();
    }
    let report = |out: &str| out.lines().find(|it| it.contains("b.txt")).unwrap().to_owned();
    for format in ["pretty", "concise", "json", "jsonl"] {
        let among = guiju(at, &["try", statement, ".", "gone.txt", "--format", format, "-q"]);
        assert_eq!(among.0, 2, "{format}");
        if format == "jsonl" {
            assert_eq!(report(&among.1), report(&alone.1));
        }
        for (name, _) in bad {
            assert!((among.1.clone() + &among.2).contains(name), "{format} {name}");
        }
    }
}

#[test]
fn results_never_replace_what_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("a.txt"), GOOD).unwrap();
    fs::write(at.join("p.yaml"), "pack: p\nrules: [{id: A, check: 应当提及 甲}]\n").unwrap();
    for arguments in [
        &["check", "a.txt", "-o", "a.txt"][..],
        &["check", ".", "--format", "json=./a.txt"],
        &["check", "a.txt", "--pack", "p.yaml", "-o", "p.yaml"],
    ] {
        assert_eq!(guiju(at, arguments).0, 2, "{arguments:?}");
    }
    assert_eq!(fs::read_to_string(at.join("a.txt")).unwrap(), GOOD);
    assert!(fs::read_to_string(at.join("p.yaml")).unwrap().starts_with("pack"));
}

#[test]
fn hostile_names_and_words_are_shown_and_not_obeyed() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let name = "甲\u{1b}]0;x\u{7}\n\u{202e}.txt";
    fs::write(at.join(name), "题\u{1b}\n一、标\u{202e}题\n甲\u{9b}31m\n".repeat(3)).unwrap();
    fs::write(at.join("空\u{1b}[2J.txt"), "").unwrap();
    fs::write(at.join("p.yaml"), "pack: \"p\\e[31m\"\ntitle: \"\\e]0;x\\a\"\nfor: 提及 丁\nrules:\n\
        - {id: \"A\\u202E\", title: \"\\e[1m\", check: 不得提及 甲, message: \"\\e[1m{found}\", help: \"\\e[2J\", basis: \"\\u202E\"}\n").unwrap();
    for arguments in [
        &["check", ".", "--pack", "p.yaml"][..],
        &["check", ".", "--pack", "p.yaml", "--format", "concise", "--evidence"],
        &["check", ".", "--format", "concise"],
        &["try", "不得提及 \u{1b}[31m甲", "."],
        &["outline", name],
        &["rules", "--pack", "p.yaml"],
        &["packs", "--pack", "p.yaml"],
        &["explain", "A\u{202e}", name, "--pack", "p.yaml"],
        &["pack", "check", "p.yaml"],
        &["test", "p.yaml"],
        &["check", "--\u{1b}[31m"],
        &["check", "--lang", "en", "--\u{1b}[31m"],
        &["check", "--select", "\u{1b}[31m"],
        &["check", "\u{1b}[31m", "--format", "concise"],
    ] {
        let (_, out, err) = guiju(at, arguments);
        assert_visible(&(out + &err));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_a_reader_that_goes_away_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("a.txt"), GOOD).unwrap();
    for arguments in [
        &["check", "a.txt"][..],
        &["check", "a.txt", "--format", "json"],
        &["outline", "a.txt"],
        &["rules"],
        &["packs"],
        &["--help"],
        &["completions", "bash"],
    ] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let program = assert_cmd::cargo::cargo_bin("guiju");
        let out = std::process::Command::new(program).current_dir(at).args(arguments).stdout(full).output().unwrap();
        assert_eq!(out.status.code(), Some(2), "{arguments:?}");
        assert!(String::from_utf8(out.stderr).unwrap().contains("结果没有写完"), "{arguments:?}");
    }
    assert_eq!(guiju(at, &["check", "a.txt", "-o", "/dev/full"]).0, 2);
    for special in ["/dev/zero", "/dev/full", "/dev/null"] {
        assert_eq!(guiju(at, &["check", special]).0, 2, "{special}");
    }
}
