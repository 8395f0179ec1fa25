//! Runs the rules' own tests: passed, reported, noisy, missing.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::check::{Want, check_rule_among};
use crate::facts::Given;
use crate::locale::Locale;
use crate::neighbours::{Known, Near, Neighbour, Neighbours, Others};
use crate::pack::{Expected, Pack, Rule, Test};
use crate::plan::{Plan, Settings, compile};
use crate::problem::Problem;
use crate::read::read;
use crate::source::Source;
use crate::span::Span;
use crate::verdict::{Finding, Outcome};

pub mod coverage;
pub mod mutants;

/// One test of a rule, and what came out.
#[derive(Debug, Clone)]
pub struct Tested {
    /// The pack the rule belongs to.
    pub pack: String,
    /// The rule's id.
    pub rule: String,
    /// Which of the rule's tests of that kind it is, from 1.
    pub number: usize,
    /// The test as written.
    pub test: Test,
    /// The YAML it stands in.
    pub source: Arc<Source>,
    /// What came out.
    pub result: TestResult,
}

/// What came out of a test.
#[derive(Debug, Clone)]
pub enum TestResult {
    /// As expected.
    Passed,
    /// The rule reports something on a text that it must not report on.
    Reported(Vec<Finding>),
    /// The rule reports, but not just what is marked; one of the two holds something.
    Differs {
        /// Characters flagged that no mark stands round.
        noisy: Vec<Flagged>,
        /// Marks whose characters are not flagged.
        missing: Vec<Span>,
    },
    /// The rule reports nothing on a text that must fail: why it does not apply, if so.
    Missing(Option<String>),
    /// The rule applies where it must not.
    Applies,
    /// The rule does not apply where it must, and why.
    NotApplicable(String),
    /// The text could not be read as a report.
    Unread(Problem),
}

/// Characters that a finding flags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flagged {
    /// Which.
    pub span: Span,
    /// What is said of them.
    pub label: String,
    /// Whether something is missing there rather than wrong.
    pub absent: bool,
}

impl TestResult {
    /// The word for it, as in a summary.
    pub fn name(&self) -> &'static str {
        match self {
            TestResult::Passed => "passed",
            TestResult::Reported(_) => "reported",
            TestResult::Differs { noisy, .. } if !noisy.is_empty() => "noisy",
            TestResult::Differs { .. } | TestResult::Missing(_) => "missing",
            TestResult::Applies | TestResult::NotApplicable(_) => "applicability",
            TestResult::Unread(_) => "unread",
        }
    }

    /// Whether the test came out as expected.
    pub const fn passed(&self) -> bool {
        matches!(self, TestResult::Passed)
    }
}

/// Compiles the packs for their own tests: what each is `for` is not asked, for a test is seldom a whole report.
pub fn plan(packs: &[Pack], locale: Locale) -> (Plan, Vec<Problem>) {
    compile(packs, &named(packs), locale)
}

/// The packs as if each was named by hand.
fn named(packs: &[Pack]) -> Settings {
    Settings { named: packs.iter().map(|it| it.name.clone()).collect(), ..Settings::default() }
}

/// The packs with other rules in one of them and none in the others: what they declare is still there.
fn lone(packs: &[Pack], name: &str, rules: Vec<Rule>) -> Vec<Pack> {
    let mut rules = Some(rules);
    let of = |pack: &Pack| Pack {
        rules: if pack.name == name { rules.take().unwrap_or_default() } else { Vec::new() },
        name: pack.name.clone(),
        version: String::new(),
        title: String::new(),
        about: String::new(),
        applies: None,
        extends: pack.extends.clone(),
        params: pack.params.clone(),
        vars: pack.vars.clone(),
        terms: pack.terms.clone(),
        quantities: pack.quantities.clone(),
        silences: Vec::new(),
        source: Arc::clone(&pack.source),
    };
    packs.iter().map(of).collect()
}

/// Runs all tests of all packs, in the order written, and tells what could not be compiled.
pub fn run(packs: &[Pack], locale: Locale) -> (Vec<Tested>, Vec<Problem>) {
    let (plan, problems) = plan(packs, locale);
    let tested = (0..plan.rules.len()).flat_map(|rule| run_rule(&plan, rule, packs, locale)).collect();
    (tested, problems)
}

/// Runs the tests of one rule of a plan made by [`plan`].
pub fn run_rule(plan: &Plan, rule: usize, packs: &[Pack], locale: Locale) -> Vec<Tested> {
    let Some(planned) = plan.rules.get(rule) else { return Vec::new() };
    let Some(pack) = packs.iter().find(|it| it.name == planned.pack) else { return Vec::new() };
    let mut tested: Vec<Tested> = Vec::new();
    let mut numbers: HashMap<Expected, usize> = HashMap::new();
    for test in &planned.rule.tests {
        let number = *numbers.entry(test.expected).and_modify(|it| *it += 1).or_insert(1);
        tested.push(Tested {
            pack: pack.name.clone(),
            rule: planned.rule.id.node.clone(),
            number,
            test: test.clone(),
            source: Arc::clone(&pack.source),
            result: run_test(plan, rule, test, &planned.rule.id.node, locale),
        });
    }
    tested
}

fn run_test(plan: &Plan, rule: usize, test: &Test, id: &str, locale: Locale) -> TestResult {
    match read(id, test.text.as_bytes(), &Given::default(), locale) {
        Ok(document) => match neighbours(id, test, locale) {
            Ok(among) => judge(test, check_rule_among(plan, rule, &document, &among, Want::Findings, locale).outcome),
            Err(problem) => TestResult::Unread(problem),
        },
        Err(problem) => TestResult::Unread(problem),
    }
}

/// The reports that a test gives beside its own, whatever bodies and years they name.
fn neighbours(id: &str, test: &Test, locale: Locale) -> Result<Neighbours, Problem> {
    let one = |text: &String| read(id, text.as_bytes(), &Given::default(), locale).map(Neighbour::new);
    let mut among = Neighbours::default();
    if let Some(text) = &test.among.last_year {
        among.last_year = Known::There(vec![one(text)?]);
    }
    if !test.among.others.is_empty() {
        let others = test.among.others.iter().map(|text| one(text).map(|report| Near { report, alike: 0 }));
        let near = others.collect::<Result<Vec<_>, _>>()?;
        among.others = Known::There(Others { compared: near.len(), near, bodiless: 0 });
    }
    Ok(among)
}

/// Holds what came out against what a test expects.
pub fn judge(test: &Test, outcome: Outcome) -> TestResult {
    match (test.expected, outcome) {
        (Expected::Pass, Outcome::Pass(_)) | (Expected::NotApplicable, Outcome::NotApplicable(_)) => TestResult::Passed,
        (Expected::Pass | Expected::NotApplicable, Outcome::Fail(findings)) => TestResult::Reported(findings),
        (Expected::Pass, Outcome::NotApplicable(why)) => TestResult::NotApplicable(why),
        (Expected::NotApplicable, Outcome::Pass(_)) => TestResult::Applies,
        (Expected::Fail, Outcome::Pass(_)) => TestResult::Missing(None),
        (Expected::Fail, Outcome::NotApplicable(why)) => TestResult::Missing(Some(why)),
        (Expected::Fail, Outcome::Fail(findings)) => compare(&test.marks, &findings),
        // Nothing is waived where rules are tested.
        (_, Outcome::Waived(why)) => TestResult::Missing(Some(why)),
    }
}

/// Holds marks against findings. Without a mark an absence is expected, wherever it is reported.
fn compare(marks: &[Span], findings: &[Finding]) -> TestResult {
    let flagged: Vec<Flagged> = findings.iter().flat_map(flagged).collect();
    let marked: HashSet<Span> = marks.iter().copied().collect();
    let found: HashSet<Span> = flagged.iter().map(|it| it.span).collect();
    let expected = |it: &Flagged| if marks.is_empty() { it.absent } else { marked.contains(&it.span) };
    let missing: Vec<Span> = marks.iter().filter(|it| !found.contains(it)).copied().collect();
    let noisy: Vec<Flagged> = flagged.into_iter().filter(|it| !expected(it)).collect();
    if noisy.is_empty() && missing.is_empty() { TestResult::Passed } else { TestResult::Differs { noisy, missing } }
}

/// The characters of a finding: all places of one cause, where there are several.
fn flagged(finding: &Finding) -> Vec<Flagged> {
    let of = |span: &Span| Flagged { span: *span, label: finding.label.clone(), absent: finding.absent };
    if finding.places.is_empty() { vec![of(&finding.span)] } else { finding.places.iter().map(of).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Among;
    use crate::pack::marks::unmark;

    /// A finding on each mark of `flagged`, the first `absent` where asked.
    fn findings(flagged: &str, absent: bool) -> Outcome {
        let spans = unmark(flagged).unwrap().1;
        let finding = |span| Finding {
            span,
            places: vec![],
            absent,
            message: String::new(),
            label: String::new(),
            related: vec![],
            beside: vec![],
            fix: None,
            fingerprint: String::new(),
        };
        Outcome::Fail(spans.into_iter().map(finding).collect())
    }

    fn judged(expected: Expected, marked: &str, outcome: Outcome) -> &'static str {
        let (text, marks) = unmark(marked).unwrap();
        judge(&Test { expected, text, marks, span: Span::default(), among: Among::default() }, outcome).name()
    }

    #[test]
    fn names_what_came_out() {
        let not = || Outcome::NotApplicable("无".into());
        let good = || Outcome::Pass(vec![]);
        for (expected, marked, outcome, name) in [
            (Expected::Pass, "甲", good(), "passed"),
            (Expected::Pass, "甲", findings("[[甲]]", false), "reported"),
            (Expected::Pass, "甲", not(), "applicability"),
            (Expected::NotApplicable, "甲", not(), "passed"),
            (Expected::NotApplicable, "甲", good(), "applicability"),
            (Expected::NotApplicable, "甲", findings("[[甲]]", true), "reported"),
            (Expected::Fail, "甲", good(), "missing"),
            (Expected::Fail, "甲", not(), "missing"),
            (Expected::Fail, "[[甲]]乙", findings("[[甲]]乙", false), "passed"),
            (Expected::Fail, "[[甲]]乙", findings("[[甲乙]]", false), "noisy"),
            (Expected::Fail, "[[甲]]乙", findings("[[甲]][[乙]]", false), "noisy"),
            (Expected::Fail, "[[甲]][[乙]]", findings("[[甲]]乙", false), "missing"),
            (Expected::Fail, "甲乙", findings("[[甲]]乙", true), "passed"),
            (Expected::Fail, "甲乙", findings("[[甲]]乙", false), "noisy"),
        ] {
            assert_eq!(judged(expected, marked, outcome.clone()), name, "{marked} {outcome:?}");
        }
    }

    #[test]
    fn all_places_of_one_cause_count() {
        let Outcome::Fail(mut all) = findings("[[甲]]乙[[丙]]", false) else { panic!() };
        let last = all.pop().unwrap();
        all[0].places = vec![all[0].span, last.span];
        assert_eq!(judged(Expected::Fail, "[[甲]]乙[[丙]]", Outcome::Fail(all)), "passed");
    }

    /// From the YAML to the result, through reader, plan and check.
    #[test]
    fn runs_a_pack() {
        use crate::pack::load::{PackText, load};
        let text = "pack: 甲
for: it mentions 法治 in the title
rules:
  - id: A
    check: 应当提及 第一责任人
    tests:
      pass: [某区履行第一责任人职责。, 某区依法行政。]
      fail: [某区依法行政。, 某区履行第一责任人职责。]
  - id: B
    check: 不得提及 督查
    tests:
      pass: [某区依法行政。]
      fail: ['某区开展[[督查]]。', '某区开展[[督]]查。', '[[督查]]与督查并行。', '某区[[依法]]行政。']
";
        let wanted = PackText { name: "甲.yaml".into(), text: text.into() };
        let loaded = load(&[wanted], &|_, word| Err(word.to_owned()), Locale::Zh);
        assert!(loaded.problems.is_empty(), "{:#?}", loaded.problems);
        let (tested, problems) = run(&loaded.packs, Locale::Zh);
        assert!(problems.is_empty(), "{problems:#?}");
        let results: Vec<_> = tested.iter().map(|it| (it.rule.as_str(), it.number, it.result.name())).collect();
        assert_eq!(
            results,
            [
                ("A", 1, "passed"),
                ("A", 2, "reported"),
                ("A", 1, "passed"),
                ("A", 2, "missing"),
                ("B", 1, "passed"),
                ("B", 1, "passed"),
                ("B", 2, "noisy"),
                ("B", 3, "noisy"),
                ("B", 4, "missing"),
            ]
        );
    }
}
