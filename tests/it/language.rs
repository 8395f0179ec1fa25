//! The language: what is printed reads back, both voices mean the same, and mistakes are told where they are.

use std::fs;
use std::path::{Path, PathBuf};

use guiju::lang::ast::{Claim, Pattern, Phrase, Statement, Voice};
use guiju::lang::parse::{self, Fault, Names};
use guiju::lang::print;
use guiju::locale::Locale;
use proptest::prelude::*;

use crate::generate;

/// A statement that shows itself as a sentence, so that a failure can be read.
struct Shown(Statement);

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let voices = [Voice::En, Voice::Zh].map(|voice| print::statement(&self.0, voice));
        write!(f, "{}", voices.join("\n"))
    }
}

/// A condition that shows itself as a sentence.
struct ShownClaim(Claim);

impl std::fmt::Debug for ShownClaim {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let voices = [Voice::En, Voice::Zh].map(|voice| print::claim(&self.0, voice));
        write!(f, "{}", voices.join("\n"))
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_shrink_iters: 1000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_reads_back_in_both_voices(Shown(it) in generate::statement().prop_map(Shown)) {
        for voice in [Voice::En, Voice::Zh] {
            let printed = print::statement(&it, voice);
            let read = parse::statement(&printed, &generate::names(), Locale::Zh)
                .map_err(|faults| TestCaseError::fail(said(&faults, &printed)))?;
            prop_assert!(read == it, "{} was read as {}", printed, print::statement(&read, voice));
            prop_assert_eq!(print::statement(&read, voice), printed);
        }
    }

    #[test]
    fn what_is_printed_of_a_condition_reads_back(ShownClaim(it) in generate::condition().prop_map(ShownClaim)) {
        for voice in [Voice::En, Voice::Zh] {
            let printed = print::claim(&it, voice);
            let read = parse::condition(&printed, &generate::names(), Locale::En)
                .map_err(|faults| TestCaseError::fail(said(&faults, &printed)))?;
            prop_assert!(read == it, "{} was read as {}", printed, print::claim(&read, voice));
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,60}|[应当提及在章节中时不（）“”$/{}甲乙 ,;0-9a-z]{0,40}") {
        for locale in [Locale::Zh, Locale::En] {
            check_faults(&text, parse::statement(&text, &generate::names(), locale).err());
            check_faults(&text, parse::condition(&text, &generate::names(), locale).err());
            check_faults(&text, parse::member(&text, &generate::names(), locale).err());
            check_faults(&text, parse::quantity(&text, &generate::names(), locale).err());
        }
    }
}

/// Who cannot read a text says so, in words, at characters of it.
fn check_faults(text: &str, faults: Option<Vec<Fault>>) {
    let Some(faults) = faults else { return };
    assert!(!faults.is_empty(), "no fault told for {text:?}");
    for fault in faults {
        assert!(!fault.message.is_empty() && text.get(fault.span.range()).is_some(), "{text:?}: {fault:?}");
    }
}

/// What a line of a case file was read as; the file says which.
#[derive(Debug, PartialEq)]
enum Read {
    Statement(Box<Statement>),
    Condition(Claim),
    Member(Pattern),
    Quantity(Phrase),
}

fn read(file: &Path, text: &str) -> Result<Read, Vec<Fault>> {
    let names: Names = generate::names();
    let stem = file.file_stem().and_then(|it| it.to_str()).unwrap_or_default();
    match stem.split('-').next() {
        Some("condition") => parse::condition(text, &names, Locale::Zh).map(Read::Condition),
        Some("member") => parse::member(text, &names, Locale::Zh).map(Read::Member),
        Some("quantity") => parse::quantity(text, &names, Locale::Zh).map(Read::Quantity),
        _ => parse::statement(text, &names, Locale::Zh).map(|it| Read::Statement(Box::new(it))),
    }
}

/// The case files, and the blocks of each: lines up to a blank one, comments left out.
fn blocks() -> Vec<(PathBuf, Vec<Vec<String>>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/lang");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    files.sort();
    files.into_iter().map(|file| (file.clone(), split(&fs::read_to_string(file).unwrap()))).collect()
}

fn split(text: &str) -> Vec<Vec<String>> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    let blocks = lines.split(|line| line.trim().is_empty());
    blocks.filter(|it| !it.is_empty()).map(|it| it.iter().map(|line| (*line).to_owned()).collect()).collect()
}

/// Runs `check` on every block and tells of all that fail.
fn each_block(check: impl Fn(&Path, &[String]) -> Result<(), String>) {
    let told: Vec<String> = blocks()
        .iter()
        .flat_map(|(file, blocks)| blocks.iter().map(move |block| (file, block)))
        .filter_map(|(file, block)| {
            let name = file.file_name()?.to_string_lossy();
            check(file, block).err().map(|why| format!("{name}: {why}"))
        })
        .collect();
    assert!(told.is_empty(), "{} of the cases fail:\n\n{}", told.len(), told.join("\n\n"));
}

fn is_mistake(block: &[String]) -> bool {
    block.iter().any(|line| line.starts_with('!'))
}

fn said(faults: &[Fault], text: &str) -> String {
    let told = faults.iter().map(|it| {
        let at = text.get(it.span.range()).unwrap_or("(off the text)");
        format!("  ⟦{at}⟧ {}: {} | {} | {}", it.code, it.message, it.label, it.help.as_deref().unwrap_or("-"))
    });
    told.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_lines_of_a_block_mean_the_same_and_print_back() {
    each_block(|file, block| if is_mistake(block) { Ok(()) } else { same(file, block) });
}

fn same(file: &Path, block: &[String]) -> Result<(), String> {
    let mut first: Option<Read> = None;
    for line in block {
        let meant = read(file, line).map_err(|faults| format!("{line}\n{}", said(&faults, line)))?;
        for printed in both(&meant) {
            let again =
                read(file, &printed).map_err(|it| format!("{line}\nprinted {printed}\n{}", said(&it, &printed)))?;
            if again != meant {
                return Err(format!("{line}\nprinted {printed}\n{meant:?}\n{again:?}"));
            }
        }
        match &first {
            Some(first) if *first != meant => return Err(format!("{}\n{line}\n{first:?}\n{meant:?}", block[0])),
            Some(_) => {}
            None => first = Some(meant),
        }
    }
    Ok(())
}

/// In both voices, where there is a printer for it.
fn both(meant: &Read) -> Vec<String> {
    let voices = [Voice::En, Voice::Zh];
    match meant {
        Read::Statement(it) => voices.iter().map(|voice| print::statement(it, *voice)).collect(),
        Read::Condition(it) => voices.iter().map(|voice| print::claim(it, *voice)).collect(),
        Read::Member(_) | Read::Quantity(_) => Vec::new(),
    }
}

#[test]
fn mistakes_are_told_at_their_characters() {
    each_block(|file, block| if is_mistake(block) { mistake(file, block) } else { Ok(()) });
}

/// `⟦…⟧` stands round what must be underlined; `!` before the words that the fault must say, apart by `|`.
fn mistake(file: &Path, block: &[String]) -> Result<(), String> {
    let [marked, wanted] = block else { return Err(format!("two lines make a mistake: {block:?}")) };
    let text = marked.replace(['⟦', '⟧'], "");
    let start = marked.find('⟦').ok_or_else(|| format!("no ⟦ in {marked}"))?;
    let end = marked.find('⟧').ok_or_else(|| format!("no ⟧ in {marked}"))? - '⟦'.len_utf8();
    let faults = match read(file, &text) {
        Ok(meant) => return Err(format!("{text}\n  was read as {meant:?}")),
        Err(faults) => faults,
    };
    let there = faults.iter().filter(|it| it.span.range() == (start..end));
    let words: Vec<&str> = wanted.trim_start_matches('!').split('|').map(str::trim).collect();
    let says = |it: &&Fault| {
        let all = format!("{} {} {} {}", it.code, it.message, it.label, it.help.as_deref().unwrap_or_default());
        words.iter().all(|word| all.contains(word))
    };
    let right = there.clone().any(|it| says(&it));
    if right { Ok(()) } else { Err(format!("{marked}\n  wanted {words:?}, told\n{}", said(&faults, &text))) }
}

#[test]
fn long_and_deep_statements_end_soon() {
    let names = generate::names();
    let deep = format!("must {}mention 甲{}", "(".repeat(5000), ")".repeat(5000));
    let lists = format!("must mention {}甲{}", "any of (".repeat(5000), ")".repeat(5000));
    let cuts = format!("应当提及{}至少2次", "章节中的句子时，".repeat(2000));
    let run = format!("应当包含{}章节", "存在章节问题".repeat(2000));
    let many = format!("应当提及 甲{}", " 并且 提及存在章节问题章节".repeat(500));
    let nots = format!("must {}mention 甲", "not ".repeat(20_000));
    let sum = format!("must satisfy 总量 = {}许可{}", "(".repeat(10_000), ")".repeat(10_000));
    let open = "应当提及 “".repeat(3000);
    let conditions = format!("{}应当提及 甲", "当提及 甲 时，".repeat(1000));
    for text in [deep, lists, cuts, run, many, nots, sum, open, conditions] {
        check_faults(&text, parse::statement(&text, &names, Locale::Zh).err());
    }
}
