//! Who may use whom, and who alone touches the outer world: lower modules never use higher ones.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Each module and the modules it may use. `document` names two types of its neighbours (`facts::Facts`,
/// `read::Format`) that it carries and does not act on.
const DIRECTIONS: &[(&str, &str)] = &[
    // Ground: no text, no rule.
    ("span", ""),
    ("locale", ""),
    ("nearest", ""),
    ("lexicon", ""),
    ("source", "span"),
    ("problem", "span source"),
    // Texts: know no rules.
    ("document", "span source facts read"),
    ("extracted", "span document"),
    ("joined", "span source document"),
    ("sentence", "span document"),
    ("fold", "span source document"),
    ("numbers", "span source"),
    ("facts", "span source document fold joined numbers sentence"),
    ("outline", "span source locale lexicon document extracted facts fold joined numbers read sentence"),
    ("read", "span source locale problem document extracted facts fold joined outline"),
    ("overlap", "span source document fold sentence"),
    ("neighbours", "document overlap"),
    ("collection", "fold overlap"),
    // Rules: `lang` knows no pack and no document; `read` and `claim` never meet.
    ("lang", "span source locale nearest fold numbers"),
    ("yaml", "span source locale problem nearest"),
    ("pack", "span source locale problem nearest fold lang yaml"),
    ("verdict", "span source"),
    ("plan", "span source locale lexicon problem document facts fold numbers lang pack"),
    ("index", "span source lexicon document facts fold joined sentence numbers lang plan"),
    (
        "claim",
        "span source locale document facts fold joined numbers sentence lang plan index verdict neighbours overlap",
    ),
    ("fingerprint", "span document fold verdict"),
    ("check", "span source locale document facts fold lang fingerprint pack plan index claim verdict neighbours"),
    // The project: what its file says, what was there before, and what therefore does not count.
    ("project", "span source locale problem nearest pack verdict yaml"),
    ("baseline", "span source locale problem"),
    ("waive", "locale verdict project baseline"),
    // Faces: see verdicts, never evaluate.
    ("ruletest", "span source locale problem document facts fold read lang pack plan check verdict neighbours"),
    (
        "render",
        "span source locale problem document facts fold fingerprint read lang pack plan check verdict waive ruletest",
    ),
    // The outer world.
    ("atomic", ""),
    ("git", "locale problem"),
    ("packs", "locale problem nearest pack project"),
    ("projects", "locale problem pack packs project"),
    ("discover", "locale problem read"),
    (
        "command",
        "span source locale problem nearest document extracted facts read lang pack plan check verdict ruletest render packs discover atomic yaml fingerprint project baseline waive git projects overlap neighbours collection",
    ),
];

/// Modules that alone do input and output, environment, clock and threads.
const OUTER: &[&str] = &["atomic", "git", "packs", "projects", "discover", "command", "main"];

/// Libraries, and the files that alone may use them.
const USERS: &[(&str, &str)] = &[
    ("miette", "src/render/"),
    ("pest", "src/lang/parse"),
    ("serde_yaml", "src/yaml"),
    ("granit_parser", "src/yaml/"),
    ("globset", "src/project/glob.rs"),
    ("walkdir", "src/discover.rs src/packs.rs"),
    ("daachorse", "src/lexicon.rs"),
    ("encoding_rs", "src/read/"),
    ("html5gum", "src/read/html/page.rs"),
    ("chardetng", "src/read/"),
    ("hayro_interpret", "src/read/pdf"),
    ("hayro_syntax", "src/read/pdf"),
    ("skrifa", "src/read/pdf/maps.rs"),
    ("office_oxide", "src/read/doc.rs"),
    ("zip", "src/read/archive.rs"),
    ("quick_xml", "src/read/xml.rs src/render/junit.rs"),
    ("clap", "src/command"),
    ("rayon", "src/command/"),
    ("indicatif", "src/command/"),
    ("tempfile", "src/atomic.rs src/command/convert.rs"),
    ("csv", "src/render.rs src/render/csv.rs"),
    ("percent_encoding", "src/render/sarif/"),
    ("maud", "src/render/html"),
];

/// The program text of each file under src, without its tests and comments.
fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut open = vec![root.join("src")];
    let mut files = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|it| it.unwrap().path()));
        } else if path.extension().is_some_and(|it| it == "rs") && !is_test(&path) {
            let text = fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]\nmod tests").next().unwrap().to_owned();
            let code = text.lines().filter(|it| !it.trim_start().starts_with("//"));
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            files.push((name, code.collect::<Vec<_>>().join("\n")));
        }
    }
    files.sort();
    files
}

/// Files that only tests use: those that `#[cfg(test)] mod name;` declares.
fn is_test(path: &Path) -> bool {
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    let folder = path.parent().unwrap();
    let parents = [folder.with_extension("rs"), folder.join("mod.rs"), folder.join("lib.rs")];
    parents.iter().filter_map(|it| fs::read_to_string(it).ok()).any(|text| {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        lines.windows(2).any(|pair| pair[0] == "#[cfg(test)]" && pair[1].ends_with(&format!("mod {name};")))
    })
}

/// The module that a file belongs to: its first name under src.
fn module(file: &str) -> &str {
    file.trim_start_matches("src/").split('/').next().unwrap().trim_end_matches(".rs")
}

/// The modules that a text names after `crate::`, in lists too.
fn used(code: &str) -> BTreeSet<String> {
    let word = |text: &str| text.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect::<String>();
    let mut used = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            None => used.extend([word(rest)]),
            Some(list) => {
                // Names inside inner braces are items of a module already named.
                let mut depth = 0;
                let mut top = String::new();
                for c in list.chars() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        c if depth == 0 => top.push(c),
                        _ => {}
                    }
                }
                used.extend(top.split(',').map(|it| word(it.trim())));
            }
        }
    }
    used
}

#[test]
fn lower_modules_never_use_higher_ones() {
    let modules: Vec<&str> = DIRECTIONS.iter().map(|(name, _)| *name).collect();
    let mut wrong = Vec::new();
    for (file, code) in files() {
        let own = module(&file);
        if matches!(own, "lib" | "main") {
            continue;
        }
        let Some((_, allowed)) = DIRECTIONS.iter().find(|(name, _)| *name == own) else {
            wrong.push(format!("{file}: module `{own}` stands in no row of the table"));
            continue;
        };
        let allowed: Vec<&str> = allowed.split(' ').chain([own]).collect();
        for name in used(&code).iter().filter(|it| modules.contains(&it.as_str())) {
            if !allowed.contains(&name.as_str()) {
                wrong.push(format!("{file} uses crate::{name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "against the directions of ARCHITECTURE.md:\n{}", wrong.join("\n"));
}

#[test]
fn the_outer_world_is_touched_at_the_edge_alone() {
    let outer =
        ["std::fs", "std::env", "std::net", "std::process", "std::thread", "SystemTime", "Instant::now", "Zoned::now"];
    let mut wrong = Vec::new();
    for (file, code) in files() {
        if OUTER.contains(&module(&file)) {
            continue;
        }
        wrong.extend(outer.iter().filter(|it| code.contains(**it)).map(|it| format!("{file} uses {it}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_library_has_its_one_user() {
    let mut wrong = Vec::new();
    for (file, code) in files() {
        for (library, users) in USERS {
            let uses = code.contains(&format!("use {library}::")) || code.contains(&format!(" {library}::"));
            if uses && !users.split(' ').any(|user| file.starts_with(user)) {
                wrong.push(format!("{file} uses {library}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn lists_of_imports_are_understood() {
    let names = |code: &str| used(code).into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(names("use crate::span::Span;"), "span");
    assert_eq!(names("use crate::{span::Span, plan::{Plan, index}, say};"), "plan say span");
    assert_eq!(names("let x = crate::check::explain(crate::plan::y);"), "check plan");
}
