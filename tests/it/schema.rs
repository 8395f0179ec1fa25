//! The JSON Schemas: the committed files are current, and what is read and written fits them.

use std::fs;
use std::path::Path;
use std::process::Command;

use guiju::locale::Locale;
use guiju::pack::sites::Fields;
use guiju::schema::{Kind, description, schema};
use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn printed(kind: Kind) -> String {
    serde_json::to_string_pretty(&schema(kind, Locale::Zh)).unwrap() + "\n"
}

#[test]
fn the_committed_schemas_are_current() {
    let update = std::env::var("INSTA_UPDATE").is_ok_and(|it| it == "always");
    for kind in Kind::ALL {
        let path = root().join("editors/schema").join(format!("{}.json", kind.name()));
        if update {
            fs::write(&path, printed(kind)).unwrap();
        }
        let committed = fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == printed(kind), "{} is stale: INSTA_UPDATE=always cargo test schema", path.display());
    }
}

/// The names of a map's fields.
fn fields(schema: &Value, map: &str) -> Vec<String> {
    let map = if map == "Pack" { schema } else { &schema["definitions"][map] };
    let mut names: Vec<String> = map["properties"].as_object().unwrap().keys().cloned().collect();
    names.sort();
    names
}

#[test]
fn the_schema_of_packs_has_the_fields_that_are_read() {
    for locale in [Locale::Zh, Locale::En] {
        let schema = schema(Kind::Pack, locale);
        for (map, known) in [
            ("Pack", Fields::Pack),
            ("Rule", Fields::Rule),
            ("Tests", Fields::Tests),
            ("Basis", Fields::Basis),
            ("Silence", Fields::Silence),
        ] {
            let mut names: Vec<&str> = known.names().to_vec();
            names.sort_unstable();
            assert_eq!(fields(&schema, map), names);
            for name in names {
                let text = description(&schema, map, name).unwrap_or_else(|| panic!("{map}.{name} says nothing"));
                let chinese = text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count() * 2;
                let is_chinese = chinese > text.chars().count() - chinese / 2;
                assert_eq!(is_chinese, locale == Locale::Zh, "{map}.{name}: {text}");
            }
        }
    }
}

/// Runs check-jsonschema; `None` where it is not at hand.
fn fits(schema: &Path, files: &[&Path]) -> Option<(bool, String)> {
    let mut command = Command::new("check-jsonschema");
    let out = command.arg("--schemafile").arg(schema).args(files).output().ok()?;
    Some((out.status.success(), String::from_utf8_lossy(&out.stdout).into_owned()))
}

#[test]
fn what_is_read_and_written_fits_the_schemas() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for kind in Kind::ALL {
        fs::write(path(kind.name()), printed(kind)).unwrap();
    }
    let packs = fs::read_dir(root().join("rules")).unwrap().map(|it| it.unwrap().path());
    let packs: Vec<_> = packs.filter(|it| it.extension().is_some_and(|it| it == "yaml")).collect();
    assert!(packs.len() >= 3);
    let packs: Vec<&Path> = packs.iter().map(AsRef::as_ref).collect();
    let Some((fit, told)) = fits(&path("pack"), &packs) else {
        eprintln!(
            "skipped: no check-jsonschema here (pip install check-jsonschema), so nothing was held against the schemas"
        );
        return;
    };
    assert!(fit, "{told}");
    for (name, text) in [
        ("misspelt.yaml", "pack: a\nrules: [{id: A, check: 应当提及 甲, serverity: error}]\n"),
        ("grave.yaml", "pack: a\nrules: [{id: A, check: 应当提及 甲, severity: fatal}]\n"),
        ("nameless.yaml", "rules: []\n"),
        ("empty-id.yaml", "pack: a\nrules: [{id: '', check: 应当提及 甲}]\n"),
        ("null.yaml", "pack: a\ntitle:\nrules: [{id: A, check: 应当提及 甲}]\n"),
        ("float.yaml", "pack: a\nversion: 1.0\n"),
    ] {
        fs::write(path(name), text).unwrap();
        let (fit, _) = fits(&path("pack"), &[&path(name)]).unwrap();
        assert!(!fit, "{name} should not fit");
    }
    // A report that cannot be read, one that fails, evidence: everything the output can hold.
    fs::write(path("bad.txt"), b"\x89PNG\r\n\x1a\n").unwrap();
    let out = Command::new(env!("CARGO_BIN_EXE_guiju"))
        .args(["check", "--format", "json", "--evidence"])
        .arg(root().join("fixtures/reports"))
        .arg(path("bad.txt"))
        .output()
        .unwrap();
    fs::write(path("out.json"), out.stdout).unwrap();
    let (fit, told) = fits(&path("report"), &[&path("out.json")]).unwrap();
    assert!(fit, "{told}");
    let whole: Value = serde_json::from_str(&fs::read_to_string(path("out.json")).unwrap()).unwrap();
    let mut wrong = whole;
    wrong["reports"][0]["verdicts"][0]["findings"] = Value::Null;
    fs::write(path("out.json"), wrong.to_string()).unwrap();
    assert!(!fits(&path("report"), &[&path("out.json")]).unwrap().0);
}
