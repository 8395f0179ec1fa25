//! The engine, with its one automaton and its index, says of every report what a reader says who looks at each
//! character for itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use guiju::check::{Want, check_rule};
use guiju::document::Document;
use guiju::facts::Given;
use guiju::lang::ast::{Statement, Voice};
use guiju::lang::print;
use guiju::locale::Locale;
use guiju::pack::{Check, Pack, Rule, Severity};
use guiju::plan::{Plan, Settings, compile};
use guiju::read::read;
use guiju::source::Source;
use guiju::span::{Span, Spanned};
use guiju::verdict::Outcome;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

mod judge;
mod reader;
mod sample;

use judge::{Judge, Said};
use reader::Reader;

/// A pack of the sets of the sample, with one rule.
fn pack(statement: &Statement) -> Pack {
    let check = Check { text: String::new(), statement: statement.clone(), span: Span::default() };
    let rule = Rule {
        id: Spanned::new("R".to_owned(), Span::default()),
        title: String::new(),
        checks: vec![check],
        severity: Severity::Error,
        message: None,
        help: None,
        basis: vec![],
        tags: vec![],
        once: false,
        tests: vec![],
    };
    Pack {
        name: "sample".to_owned(),
        version: "1".to_owned(),
        title: String::new(),
        about: String::new(),
        applies: None,
        extends: vec![],
        params: BTreeMap::new(),
        vars: vec!["level".to_owned(), "地区".to_owned()],
        terms: sample::terms(),
        quantities: BTreeMap::new(),
        rules: vec![rule],
        silences: vec![],
        source: Arc::new(Source::default()),
    }
}

fn vars() -> BTreeMap<String, String> {
    BTreeMap::from([("level".to_owned(), "部门".to_owned())])
}

fn engine(plan: &Plan, document: &Document) -> Said {
    match check_rule(plan, 0, document, Want::Findings, Locale::Zh).outcome {
        Outcome::Pass(_) => Said::Pass,
        Outcome::NotApplicable(_) | Outcome::Waived(_) => Said::NotApplicable,
        Outcome::Fail(findings) => {
            let (missing, wrong): (Vec<_>, Vec<_>) = findings.iter().partition(|it| it.absent);
            let mut wrong: Vec<Span> = wrong.iter().map(|it| it.span).collect();
            wrong.dedup();
            Said::Fail(wrong, !missing.is_empty())
        }
    }
}

/// A verdict as one reads it: the text with ⟦…⟧ round what is flagged.
fn shown(text: &str, said: &Said) -> String {
    let Said::Fail(wrong, missing) = said else { return format!("{said:?}") };
    let mut marks: Vec<(usize, char)> = wrong.iter().flat_map(|it| [(it.start, '⟦'), (it.end, '⟧')]).collect();
    marks.sort();
    let mut marked = text.to_owned();
    for (at, mark) in marks.into_iter().rev() {
        marked.insert(at, mark);
    }
    format!("{}{marked}", if *missing { "(something is missing) " } else { "" })
}

/// A statement that shows itself as a sentence.
#[derive(Clone)]
struct Shown(Statement);

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", print::statement(&self.0, Voice::En))
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("NAIVE_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(150),
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(std::env::var("NAIVE_SEED").ok().and_then(|it| it.parse().ok()).unwrap_or(9)),
        max_shrink_iters: 2000,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_engine_agrees_with_a_naive_reader(text in sample::report(), statements in proptest::collection::vec(sample::statement().prop_map(Shown), 4)) {
        let document = read("report.txt", text.as_bytes(), &Given::default(), Locale::Zh).map_err(|it| TestCaseError::fail(it.message))?;
        let (terms, vars) = (sample::terms(), vars());
        let reader = Reader { document: &document, terms: &terms };
        for Shown(statement) in &statements {
            let settings = Settings { vars: vars.clone(), ..Settings::default() };
            let (plan, problems) = compile(&[pack(statement)], &settings, Locale::Zh);
            prop_assert!(problems.is_empty(), "{problems:?}");
            let naive = Judge { reader: &reader, vars: &vars, statement }.judge();
            let engine = engine(&plan, &document);
            prop_assert!(
                alike(statement, &naive, &engine),
                "{}\nnaive:  {}\nengine: {}",
                print::statement(statement, Voice::En),
                shown(&text, &naive),
                shown(&text, &engine)
            );
        }
    }
}

/// Statements of folded phrases alone.
fn of_phrases() -> impl Strategy<Value = Shown> {
    let folded = |it: &Statement| {
        let shown = format!("{it:?}");
        !["Regex", "Exactly", "\"法\""].iter().any(|other| shown.contains(other))
    };
    sample::statement().prop_filter("looks for folded phrases", folded).prop_map(Shown)
}

/// What comes out, with the flagged characters as the engine compares them.
fn outcome(statement: &Statement, text: &str) -> (Said, Vec<String>) {
    let document = read("report.txt", text.as_bytes(), &Given::default(), Locale::Zh).expect("a text");
    let settings = Settings { vars: vars(), ..Settings::default() };
    let (plan, _) = compile(&[pack(statement)], &settings, Locale::Zh);
    let said = engine(&plan, &document);
    match said {
        Said::Fail(wrong, missing) => {
            let read = wrong.iter().map(|it| guiju::fold::fold(document.source.slice(*it))).collect();
            (Said::Fail(vec![], missing), read)
        }
        said => (said, vec![]),
    }
}

fn full_width(text: &str) -> String {
    let wide = |c: char| char::from_u32(c as u32 + 0xFEE0).filter(|_| c.is_ascii_alphanumeric()).unwrap_or(c);
    text.chars().map(wide).collect()
}

/// A text in lines of so many characters; a line that would end like a paragraph gets one more.
fn wrapped(text: &str, width: usize) -> String {
    let mut wrapped = String::new();
    let mut column = 0;
    for c in text.chars() {
        if column >= width && c != '\n' && !wrapped.ends_with(['。', '；', '：', '！', '？']) {
            wrapped.push('\n');
            column = 0;
        }
        wrapped.push(c);
        column = if c == '\n' { 0 } else { column + 1 };
    }
    wrapped
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("NAIVE_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(100),
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(std::env::var("NAIVE_SEED").ok().and_then(|it| it.parse().ok()).unwrap_or(9)),
        max_shrink_iters: 2000,
        ..ProptestConfig::default()
    })]

    #[test]
    fn neither_script_nor_width_changes_what_is_said_of_phrases(text in sample::report(), Shown(it) in of_phrases()) {
        let (said, flagged) = outcome(&it, &text);
        for other in [guiju::fold::to_traditional(&text), full_width(&text)] {
            let (other_said, other_flagged) = outcome(&it, &other);
            prop_assert_eq!((&said, &flagged), (&other_said, &other_flagged), "{:?}\n{}\n{}", Shown(it.clone()), text, other);
        }
    }

    #[test]
    fn no_wrap_changes_what_is_said_of_phrases(text in sample::long_report(), Shown(it) in of_phrases(), width in 28..40usize) {
        let other = wrapped(&text, width);
        let (said, flagged) = outcome(&it, &text);
        let (other_said, other_flagged) = outcome(&it, &other);
        prop_assert_eq!((&said, &flagged), (&other_said, &other_flagged), "{:?}\n{}\n{}", Shown(it.clone()), text, other);
    }
}

/// Where an amount is flagged the naive reader does not say; nor does one place matter to it that another flags too.
fn alike(statement: &Statement, naive: &Said, engine: &Said) -> bool {
    let amounts = format!("{:?}", statement.claim).contains("Amount");
    match (naive, engine) {
        (Said::Fail(..), Said::Fail(..)) if amounts => true,
        _ => naive == engine,
    }
}
