//! The samples of the language reference, grammar/README.md: each line of a `guiju` block is a statement that is read;
//! behind a `# 错误` line stand those that are not.

use std::fs;
use std::path::Path;

use guiju::lang::parse;
use guiju::locale::Locale;

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
