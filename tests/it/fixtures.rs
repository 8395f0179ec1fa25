//! The verdicts on whole reports are those of a careful reader: fixtures/reports, and five real reports where they are
//! at hand.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use guiju::check::{Want, check};
use guiju::facts::Given;
use guiju::locale::Locale;
use guiju::packs;
use guiju::plan::{Plan, Settings, compile};
use guiju::read::read;
use guiju::verdict::Outcome;

/// The table beside the reports: a line a rule, a column a report, in a cell what was judged by reading.
const TABLE: &str = "expected.tsv";

#[test]
fn the_verdicts_on_the_fictional_reports_are_a_careful_readers() {
    assert_agrees(&root().join("fixtures/reports"), 24);
}

#[test]
fn the_verdicts_on_the_real_reports_are_a_careful_readers() {
    let folders = root().ancestors().map(|it| it.join("shared/reports")).collect::<Vec<_>>();
    match folders.iter().find(|it| it.join(TABLE).is_file()) {
        Some(folder) => assert_agrees(folder, 5),
        None => eprintln!("skipped: the real reports are not here (../shared/reports)"),
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every cell of the table is what the program says; `ok` is pass or n/a, `-` is open.
fn assert_agrees(folder: &Path, reports: usize) {
    let table = fs::read_to_string(folder.join(TABLE)).unwrap();
    let mut rows = table.lines().filter(|it| !it.is_empty() && !it.starts_with('#')).map(|it| it.split('\t'));
    let names: Vec<&str> = rows.next().unwrap().skip(1).collect();
    assert_eq!(names.len(), reports, "columns of {TABLE}");
    let plan = plan();
    let seen: Vec<BTreeMap<String, String>> = names.iter().map(|it| verdicts(&plan, folder, it)).collect();
    let mut wrong = Vec::new();
    for mut row in rows {
        let rule = row.next().unwrap();
        for ((name, seen), due) in names.iter().zip(&seen).zip(row) {
            let said = seen.get(rule).map_or("no such rule", String::as_str);
            let (word, _) = said.split_once(' ').unwrap_or((said, ""));
            if due != "-" && due != word && !(due == "ok" && word != "fail") {
                wrong.push(format!("{rule} on {name}: {due} is due, not {said}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn plan() -> Plan {
    let loaded = packs::find(&["fazhi-annual-report".to_owned()], Locale::Zh);
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    compile(&loaded.packs, &Settings::default(), Locale::Zh).0
}

/// For each rule `pass`, `n/a` or `fail` with what was found.
fn verdicts(plan: &Plan, folder: &Path, name: &str) -> BTreeMap<String, String> {
    let path = report(folder, name);
    let bytes = fs::read(&path).unwrap();
    let document = read(&path.display().to_string(), &bytes, &Given::default(), Locale::Zh).unwrap();
    let checked = check(plan, &document, Want::Findings, Locale::Zh);
    let word = |outcome: &Outcome| match outcome {
        Outcome::Pass(_) => "pass".to_owned(),
        Outcome::NotApplicable(reason) => format!("n/a {reason}"),
        Outcome::Waived(reason) => format!("waived {reason}"),
        Outcome::Fail(found) => {
            let found: Vec<&str> = found.iter().map(|it| it.message.as_str()).collect();
            format!("fail {}", found.join("; "))
        }
    };
    let id = |rule: usize| plan.rules[rule].rule.id.node.clone();
    checked.verdicts.iter().map(|it| (id(it.rule), word(&it.outcome))).collect()
}

fn report(folder: &Path, name: &str) -> PathBuf {
    let files = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let named = |path: &PathBuf| path.file_stem().is_some_and(|it| it == name);
    files.into_iter().find(named).unwrap_or_else(|| panic!("no report {name} in {}", folder.display()))
}

/// The regexes of built-in packs are compiled when they are first searched, so that a bad one would never be told.
#[test]
fn every_regex_of_the_built_in_packs_compiles() {
    let loaded = guiju::packs::find(&["fazhi-annual-report".to_owned()], guiju::locale::Locale::Zh);
    let (plan, problems) =
        guiju::plan::compile(&loaded.packs, &guiju::plan::Settings::default(), guiju::locale::Locale::Zh);
    assert!(problems.is_empty(), "{problems:?}");
    assert!(plan.needles.regexes.len() > 10, "the packs have regexes");
    assert!(plan.needles.regexes.iter().all(|it| it.regex().is_some()));
}
