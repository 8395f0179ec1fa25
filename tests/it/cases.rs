//! What statements say of texts: the tables of `tests/cases/eval`, in the format of `tests/README.md`.

use std::collections::BTreeMap;
use std::fmt::Write;

use guiju::check::{Want, check_rule};
use guiju::document::Document;
use guiju::facts::Given;
use guiju::lang::ast::Statement;
use guiju::locale::Locale;
use guiju::pack::Pack;
use guiju::pack::load::{PackText, load};
use guiju::plan::{Plan, Settings, compile};
use guiju::read::read;
use guiju::span::Span;
use guiju::verdict::{Finding, Outcome};

/// What a text must come out as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    Pass,
    Fail,
    NotApplicable,
}

/// A text, and what must be said of it.
#[derive(Debug)]
struct Text {
    line: usize,
    expected: Expected,
    marked: String,
    /// The text after its fixes, and whether all of them are safe.
    fixed: Option<(String, bool)>,
    /// Facts and variables set from outside.
    set: BTreeMap<String, String>,
}

/// A rule in several wordings, and texts.
#[derive(Debug, Default)]
struct Case {
    line: usize,
    /// Each statement of the rule, in wordings that mean the same.
    statements: Vec<Vec<String>>,
    /// Statements that mean something else and say the same of the texts.
    like: Vec<String>,
    texts: Vec<Text>,
}

/// Reads the cases behind the head of a file.
fn cases(body: &str, first_line: usize) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut set = BTreeMap::new();
    let mut blanks = 0;
    for (at, line) in body.lines().enumerate() {
        let number = first_line + at;
        if line.trim().is_empty() {
            blanks += 1;
            continue;
        }
        if let Some(more) = line.strip_prefix("  ") {
            let text = cases.last_mut().and_then(|it| it.texts.last_mut()).unwrap_or_else(|| panic!("line {number}"));
            let whole = text.fixed.as_mut().map_or(&mut text.marked, |it| &mut it.0);
            whole.push_str(&"\n".repeat(blanks + 1));
            whole.push_str(&unescape(more));
            blanks = 0;
            continue;
        }
        blanks = 0;
        let (sign, rest) = line.split_once(' ').unwrap_or((line, ""));
        let expected = match sign {
            "#" => continue,
            "with" => {
                set = rest
                    .split(',')
                    .filter_map(|it| it.split_once('='))
                    .map(|(k, v)| (k.trim().to_owned(), v.trim().to_owned()))
                    .collect();
                continue;
            }
            "=" | "=?" => {
                let text =
                    cases.last_mut().and_then(|it| it.texts.last_mut()).unwrap_or_else(|| panic!("line {number}"));
                text.fixed = Some((unescape(rest), sign == "="));
                continue;
            }
            "+" => Expected::Pass,
            "-" => Expected::Fail,
            "?" => Expected::NotApplicable,
            _ => {
                if cases.last().is_none_or(|it| !it.texts.is_empty()) {
                    cases.push(Case { line: number, ..Case::default() });
                    set.clear();
                }
                let case = cases.last_mut().expect("one was pushed");
                if let Some(like) = line.strip_prefix("~ ") {
                    case.like.push(like.to_owned());
                    continue;
                }
                let (another, statement) = line.strip_prefix("& ").map_or((false, line), |rest| (true, rest));
                if another || case.statements.is_empty() {
                    case.statements.push(Vec::new());
                }
                case.statements.last_mut().expect("one was pushed").push(statement.to_owned());
                continue;
            }
        };
        let case = cases.last_mut().unwrap_or_else(|| panic!("a text without a statement in line {number}"));
        case.texts.push(Text { line: number, expected, marked: unescape(rest), fixed: None, set: set.clone() });
    }
    cases
}

/// `\u{200b}` stands for a character that cannot be seen, `\t` for a tab.
fn unescape(text: &str) -> String {
    let mut whole = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\\u{") {
        let (code, behind) = after.split_once('}').expect("a } behind \\u{");
        whole.push_str(before);
        whole.extend(u32::from_str_radix(code, 16).ok().and_then(char::from_u32));
        rest = behind;
    }
    (whole + rest).replace("\\t", "\t").replace("\\r", "\r")
}

/// A text without its ⟦…⟧, and where those stood.
fn unmark(marked: &str) -> (String, Vec<Span>) {
    let (mut text, mut marks) = (String::new(), Vec::<Span>::new());
    for c in marked.chars() {
        match c {
            '⟦' => marks.push(Span::new(text.len(), text.len())),
            '⟧' => marks.last_mut().expect("⟦ before ⟧").end = text.len(),
            _ => text.push(c),
        }
    }
    (text, marks)
}

/// A text with ⟦…⟧ round some spans, which may overlap; round what is missing ⟦?…⟧.
fn mark(text: &str, findings: &[Finding]) -> String {
    let mut marks: Vec<(usize, bool, &str)> = Vec::new();
    for finding in findings {
        for span in &finding.places {
            marks.push((span.start, true, if finding.absent { "⟦?" } else { "⟦" }));
            marks.push((span.end, false, "⟧"));
        }
    }
    marks.sort();
    let mut marked = text.to_owned();
    for (at, _, sign) in marks.into_iter().rev() {
        marked.insert_str(at, sign);
    }
    marked
}

/// The pack of one case: the head of the file and a rule for each wording. Each wording of a statement must mean
/// what the first means.
fn pack(head: &str, case: &Case) -> Result<Pack, String> {
    let rule = |id: usize, checks: Vec<&String>| {
        format!("  - id: R{id}\n    check: {}\n", serde_json::to_string(&checks).expect("texts"))
    };
    let wordings = case.statements.iter().map(Vec::len).max().unwrap_or(0);
    let rules: String = (0..wordings)
        .map(|at| rule(at, case.statements.iter().filter_map(|it| it.get(at).or(it.last())).collect()))
        .collect();
    let like: String = case.like.iter().enumerate().map(|(at, it)| rule(wordings + at, vec![it])).collect();
    let text = format!("pack: cases\nversion: '1'\n{head}\nrules:\n{rules}{like}");
    let loaded = load(&[PackText { name: "cases.yaml".into(), text }], &|_, word| Err(word.to_owned()), Locale::En);
    let problems: Vec<String> =
        loaded.problems.iter().filter(|it| it.level == guiju::problem::Level::Error).map(told).collect();
    if !problems.is_empty() {
        return Err(problems.join("\n"));
    }
    let mut pack = loaded.packs.into_iter().next().ok_or("no pack")?;
    let meanings = |at: usize| -> Vec<&Statement> { pack.rules[at].checks.iter().map(|it| &it.statement).collect() };
    for at in 1..wordings {
        if meanings(at) != meanings(0) {
            return Err(format!("wording {} means something else:\n{:?}\n{:?}", at + 1, meanings(0), meanings(at)));
        }
    }
    pack.rules.drain(1..wordings);
    Ok(pack)
}

fn told(problem: &guiju::problem::Problem) -> String {
    let place = problem.place.as_ref().map_or("", |it| it.source.slice(it.span));
    format!("{} ⟦{place}⟧ {}", problem.message, problem.place.as_ref().map_or("", |it| &it.label))
}

/// What is set from outside, apart: facts, the name of the file, and variables.
fn settings(set: &BTreeMap<String, String>) -> (Given, String, Settings) {
    let mut given = Given::default();
    let mut settings = Settings::default();
    let mut file = "report.txt".to_owned();
    for (name, value) in set {
        match name.as_str() {
            "file" => value.clone_into(&mut file),
            "year" => given.year = value.parse().ok(),
            "title" => given.title = Some(value.clone()),
            "issuer" => given.issuer = Some(value.clone()),
            "date" => given.date = value.parse().ok(),
            _ => {
                settings.vars.insert(name.clone(), value.clone());
            }
        }
    }
    (given, file, settings)
}

/// What is wrong with one text, if anything.
fn judge(pack: &Pack, text: &Text) -> Result<(), String> {
    let (plain, marks) = unmark(&text.marked);
    let (given, file, settings) = settings(&text.set);
    let (plan, problems) = compile(std::slice::from_ref(pack), &settings, Locale::En);
    if !problems.is_empty() {
        return Err(problems.iter().map(told).collect());
    }
    let document = read(&file, plain.as_bytes(), &given, Locale::En).map_err(|it| it.message)?;
    (0..plan.rules.len()).try_for_each(|rule| judge_rule(&plan, rule, &document, text, &marks))
}

fn judge_rule(plan: &Plan, rule: usize, document: &Document, text: &Text, marks: &[Span]) -> Result<(), String> {
    let plain = document.source.text();
    let outcome = check_rule(plan, rule, document, Want::Evidence, Locale::En).outcome;
    sound(plan, rule, document, &outcome)?;
    match (text.expected, &outcome) {
        (Expected::Pass, Outcome::Pass(_)) | (Expected::NotApplicable, Outcome::NotApplicable(_)) => Ok(()),
        (Expected::Fail, Outcome::Fail(findings)) => {
            let mut spans: Vec<Span> = findings.iter().flat_map(|it| it.places.iter().copied()).collect();
            spans.sort();
            let right = if marks.is_empty() { findings.iter().all(|it| it.absent) } else { spans == marks };
            if !right {
                return Err(shown(plain, &outcome));
            }
            fixes(plain, findings, text.fixed.as_ref())
        }
        _ => Err(shown(plain, &outcome)),
    }
}

/// What came out, as one would write it into a case.
fn shown(text: &str, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Pass(evidence) => format!("passes: {:?}", evidence.iter().map(|it| &it.note).collect::<Vec<_>>()),
        Outcome::NotApplicable(reason) => format!("not applicable: {reason}"),
        Outcome::Waived(reason) => format!("waived: {reason}"),
        Outcome::Fail(findings) => {
            format!("fails: {}\n{:?}", mark(text, findings), findings.iter().map(|it| &it.label).collect::<Vec<_>>())
        }
    }
}

fn fixes(text: &str, findings: &[Finding], expected: Option<&(String, bool)>) -> Result<(), String> {
    let Some((expected, safe)) = expected else { return Ok(()) };
    let mut fixed = text.to_owned();
    for (finding, fix) in findings.iter().rev().filter_map(|it| Some((it, it.fix.as_ref()?))) {
        fixed.replace_range(finding.span.range(), &fix.replacement);
        if fix.safe != *safe {
            return Err(format!("the fix “{}” is safe: {}", fix.replacement, fix.safe));
        }
    }
    if fixed == *expected { Ok(()) } else { Err(format!("is mended to: {fixed}")) }
}

/// What must hold for every verdict: a reason, evidence, places inside the text, and the same places whatever the
/// caller is going to show.
fn sound(plan: &Plan, rule: usize, document: &Document, outcome: &Outcome) -> Result<(), String> {
    let text = document.source.text();
    let inside = |span: Span| text.get(span.range()).is_some_and(|it| !it.trim().is_empty());
    let places = |outcome: &Outcome| match outcome {
        Outcome::Pass(_) => vec![],
        Outcome::NotApplicable(_) | Outcome::Waived(_) => vec![Span::new(0, 0)],
        Outcome::Fail(findings) => findings.iter().map(|it| it.span).collect(),
    };
    let right = match outcome {
        Outcome::Pass(evidence) => {
            !evidence.is_empty() && evidence.iter().all(|it| inside(it.span) && !it.note.is_empty())
        }
        Outcome::NotApplicable(reason) => !reason.is_empty(),
        Outcome::Waived(_) => false,
        Outcome::Fail(findings) => {
            !findings.is_empty()
                && findings.iter().all(|it| inside(it.span) && !it.message.is_empty() && !it.label.is_empty())
                && findings.iter().flat_map(|it| &it.related).all(|it| inside(it.span))
        }
    };
    if !right {
        return Err(format!("evidence is missing or stands nowhere: {outcome:?}"));
    }
    let short = check_rule(plan, rule, document, Want::Findings, Locale::Zh).outcome;
    if places(&short) != places(outcome) {
        return Err(format!("without evidence it {}\nwith it it {}", shown(text, &short), shown(text, outcome)));
    }
    Ok(())
}

#[test]
fn statements_say_of_texts_what_the_manual_says() {
    let mut wrong = String::new();
    let (mut statements, mut texts) = (0, 0);
    let mut files: Vec<_> = std::fs::read_dir("tests/cases/eval").unwrap().map(|it| it.unwrap().path()).collect();
    files.sort();
    let only = std::env::var("CASES").unwrap_or_default();
    for path in files.iter().filter(|it| it.to_string_lossy().contains(&only)) {
        let text = std::fs::read_to_string(path).unwrap();
        let (head, body) = text.split_once("\n---\n").unwrap_or_else(|| panic!("{path:?} has no head"));
        for case in cases(body, head.lines().count() + 2) {
            statements += case.statements.iter().map(Vec::len).sum::<usize>();
            let pack = match pack(head, &case) {
                Ok(pack) => pack,
                Err(why) => {
                    writeln!(wrong, "{}:{}: {}\n{why}\n", path.display(), case.line, case.statements[0][0]).unwrap();
                    continue;
                }
            };
            for text in &case.texts {
                texts += 1;
                if let Err(why) = judge(&pack, text) {
                    let (path, line) = (path.display(), text.line);
                    writeln!(
                        wrong,
                        "{path}:{line}: {}\n{:?} {}\n{why}\n",
                        case.statements[0][0], text.expected, text.marked
                    )
                    .unwrap();
                }
            }
        }
    }
    let count = wrong.matches("tests/cases/eval").count();
    assert!(wrong.is_empty(), "{count} of {texts} texts of {statements} statements:\n{wrong}");
}
