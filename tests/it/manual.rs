//! The manuals are true: in grammar/README.md each line of a `guiju` block is a statement that is read, behind a `# 错误`
//! line stand those that are not, and a `yaml` block is a pack whose tests pass; the READMEs show what the program prints.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use guiju::lang::parse;
use guiju::locale::Locale;
use guiju::pack::lint::{Lint, lint};
use guiju::{packs, ruletest};

use crate::generate;

#[test]
fn the_samples_of_the_language_reference_are_right() {
    let manual = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("grammar/README.md")).unwrap();
    let (mut inside, mut wrong, mut lines, mut told) = (false, false, 0, Vec::new());
    for line in manual.lines() {
        if line.starts_with("```") {
            (inside, wrong) = (line == "```guiju", false);
        } else if inside && line.starts_with('#') {
            wrong = line.starts_with("# 错误");
        } else if inside && !line.trim().is_empty() {
            lines += 1;
            let read = parse::statement(line, &generate::names(), Locale::Zh);
            match (wrong, read) {
                (false, Err(faults)) => told.push(format!("{line}\n  {faults:?}")),
                (true, Ok(meant)) => told.push(format!("{line}\n  was read as {meant:?}")),
                (false, Ok(_)) | (true, Err(_)) => {}
            }
        }
    }
    assert!(lines > 100, "only {lines} samples found");
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn the_packs_of_the_manuals_pass_their_own_tests() {
    for name in ["grammar/README.md", "README.md", "README.en.md"] {
        let mut blocks = blocks(name, "```yaml\n");
        // Others are pipelines and project files.
        blocks.retain(|it| it.starts_with("pack:"));
        assert_eq!(blocks.len(), 1, "{name}");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pack.yaml");
        fs::write(&path, &blocks[0]).unwrap();
        let loaded = packs::find(&[path.to_string_lossy().into_owned()], Locale::Zh);
        assert!(loaded.problems.is_empty(), "{name}: {:?}", loaded.problems);
        let own: Vec<_> = loaded.packs.last().map(|it| it.name.clone()).into_iter().collect();
        let doubts = lint(&loaded.packs, &own, Locale::Zh);
        assert!(doubts.is_empty(), "{name}: {doubts:?}");
        let (tested, _) = ruletest::run(&loaded.packs, Locale::Zh);
        let wrong: Vec<_> = tested.iter().filter(|it| own.contains(&it.pack) && !it.result.passed()).collect();
        assert!(wrong.is_empty(), "{name}: {wrong:#?}");
    }
}

/// The table of warnings has every kind, in both languages.
#[test]
fn the_language_reference_lists_every_warning() {
    let manual = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("grammar/README.md")).unwrap();
    let rows: Vec<&str> = manual.lines().filter(|it| it.starts_with("| PK")).collect();
    let due: Vec<String> = Lint::ALL
        .into_iter()
        .map(|it| format!("| {} | {} · {} |", it.id(), it.title(Locale::Zh), it.title(Locale::En)))
        .collect();
    assert_eq!(rows.len(), due.len());
    rows.iter().zip(&due).for_each(|(row, due)| assert!(row.starts_with(due.as_str()), "{row}\nis not\n{due}"));
}

#[test]
fn the_project_files_of_the_readmes_are_right() {
    for name in ["README.md", "README.en.md"] {
        let mut blocks = blocks(name, "```yaml\n");
        blocks.retain(|it| it.starts_with("reports:"));
        assert_eq!(blocks.len(), 1, "{name}");
        let (project, problems) = guiju::project::load::load(name, &blocks[0], Locale::Zh);
        assert!(problems.is_empty() && project.is_some_and(|it| it.waivers.len() == 1), "{name}: {problems:?}");
    }
}

#[test]
fn the_readmes_show_what_the_program_prints() {
    let mut command = Command::cargo_bin("guiju").unwrap();
    let arguments = ["check", "fixtures/reports/qinghe-health-2024.txt"];
    let out = command.current_dir(env!("CARGO_MANIFEST_DIR")).env("COLUMNS", "80").args(arguments).output().unwrap();
    let printed = String::from_utf8(out.stdout).unwrap();
    for name in ["README.md", "README.en.md"] {
        let shown = blocks(name, "```\n").remove(0);
        for part in shown.split("……\n").map(str::trim) {
            assert!(printed.contains(part), "{name} shows what is not printed:\n{part}\n\nbut\n{printed}");
        }
    }
}

/// The fenced blocks of a manual that open like that.
fn blocks(name: &str, fence: &str) -> Vec<String> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    let (mut blocks, mut open) = (Vec::new(), None::<(bool, String)>);
    for line in text.split_inclusive('\n') {
        match (&mut open, line.starts_with("```")) {
            (None, true) => open = Some((line == fence, String::new())),
            (Some(_), true) => blocks.extend(open.take().filter(|(wanted, _)| *wanted).map(|(_, text)| text)),
            (Some((_, text)), false) => text.push_str(line),
            (None, false) => {}
        }
    }
    blocks
}
