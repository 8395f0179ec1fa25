//! rules/README.md is what `guiju pack doc` makes of the built-in packs. `INSTA_UPDATE=always cargo test` writes it anew.

use std::fs;
use std::path::Path;

use guiju::locale::Locale;
use guiju::pack::builtin::BUILT_IN;
use guiju::packs;
use guiju::render::doc;

#[test]
fn the_manual_of_the_rules_is_that_of_the_packs() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/README.md");
    let names: Vec<String> = BUILT_IN.iter().map(|(name, _)| (*name).to_owned()).collect();
    let loaded = packs::find(&names, Locale::Zh);
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    let due = doc::markdown(&loaded.packs, Locale::Zh);
    if std::env::var("INSTA_UPDATE").is_ok_and(|it| it == "always") {
        fs::write(&path, &due).unwrap();
    }
    let stands = fs::read_to_string(&path).unwrap_or_default();
    let stale = due.lines().zip(stands.lines().chain(std::iter::repeat(""))).find(|(due, stands)| due != stands);
    assert!(due == stands, "rules/README.md is stale, first at {stale:?}; `INSTA_UPDATE=always cargo test` writes it");
}
