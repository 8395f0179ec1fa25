//! `--format json` and `jsonl`, schema_version 1. The only serde types of results: mirrors of verdicts and problems.

use serde::Serialize;

use crate::pack::{Basis, Rule};
use crate::plan::PlannedRule;
use crate::problem::{Level, Problem};
use crate::render::Report;
use crate::render::location::{self, Locator};
use crate::render::summary::{FailOn, Summary};
use crate::verdict::{self, Elsewhere, Finding, Leave, Outcome, Verdict, Waived};

/// The version of the shape of everything below.
pub const SCHEMA_VERSION: u32 = 1;

/// The longest passage, in characters, that evidence quotes: that of a `must not` is the whole report.
const LONGEST_EVIDENCE: usize = 200;

#[derive(Serialize)]
struct ReportJson<'a> {
    path: &'a str,
    format: &'a str,
    encoding: Option<&'a str>,
    title: Option<&'a str>,
    year: Option<i16>,
    issuer: Option<&'a str>,
    date: Option<String>,
    status: &'a str,
    verdicts: Vec<VerdictJson<'a>>,
}

#[derive(Serialize)]
struct VerdictJson<'a> {
    rule: &'a str,
    pack: &'a str,
    title: &'a str,
    severity: &'a str,
    status: &'a str,
    message: Option<&'a str>,
    help: Option<&'a str>,
    basis: Option<String>,
    basis_items: Vec<BasisJson<'a>>,
    reason: Option<&'a str>,
    evidence: Vec<NoteJson<'a>>,
    findings: Vec<FindingJson<'a>>,
    /// Only there where something is waived.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    waived: Vec<WaivedJson<'a>>,
}

/// A finding that does not count: under a waiver, or in the baseline.
#[derive(Serialize)]
struct WaivedJson<'a> {
    kind: &'static str,
    by: Option<&'a str>,
    reason: Option<&'a str>,
    until: Option<String>,
    finding: FindingJson<'a>,
}

/// An authority; also in `guiju rules --format json`.
#[derive(Serialize)]
pub struct BasisJson<'a> {
    law: &'a str,
    article: Option<&'a str>,
    from: Option<String>,
    until: Option<String>,
}

#[derive(Serialize)]
struct FindingJson<'a> {
    message: &'a str,
    count: usize,
    places: Vec<LocationJson>,
    fingerprint: &'a str,
    location: LocationJson,
    related: Vec<NoteJson<'a>>,
    fix: Option<FixJson<'a>>,
}

#[derive(Serialize)]
struct FixJson<'a> {
    replacement: &'a str,
    safe: bool,
}

#[derive(Serialize)]
struct NoteJson<'a> {
    message: &'a str,
    location: LocationJson,
}

#[derive(Serialize)]
struct LocationJson {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    byte_start: usize,
    byte_end: usize,
    text: String,
    page: Option<usize>,
    /// The file, where it is another one than the report's.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    paragraph: Option<usize>,
    section: Vec<String>,
}

#[derive(Serialize)]
struct ErrorJson<'a> {
    path: &'a str,
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    location: Option<LocationJson>,
    related: Vec<NoteJson<'a>>,
}

#[derive(Serialize)]
struct SummaryJson {
    reports: usize,
    passed: usize,
    failed: usize,
    errors: usize,
    findings: FindingsJson,
    #[serde(skip_serializing_if = "is_zero")]
    waived: usize,
    #[serde(skip_serializing_if = "is_zero")]
    known: usize,
    #[serde(skip_serializing_if = "is_zero")]
    fixed: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_zero(count: &usize) -> bool {
    *count == 0
}

#[derive(Serialize)]
struct FindingsJson {
    error: usize,
    warning: usize,
    advice: usize,
}

#[derive(Serialize)]
struct ToolJson {
    name: &'static str,
    version: &'static str,
}

/// Everything before the first report.
pub fn head() -> String {
    let tool = ToolJson { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };
    format!("{{\"schema_version\":{SCHEMA_VERSION},\"tool\":{},\"reports\":[", text(&tool))
}

/// Everything after the last report.
pub fn tail(problems: &[Problem], summary: &Summary) -> String {
    let errors: Vec<_> = problems.iter().map(|it| format!("\n{}", text(&error(it)))).collect();
    let [error, warning, advice] = summary.findings;
    let summary = SummaryJson {
        reports: summary.reports,
        passed: summary.passed,
        failed: summary.failed,
        errors: summary.errors,
        findings: FindingsJson { error, warning, advice },
        waived: summary.waived(),
        known: summary.known,
        fixed: summary.fixed,
    };
    format!("\n],\"errors\":[{}\n],\"summary\":{}}}\n", errors.join(","), text(&summary))
}

/// One element of `reports`, on one line.
pub fn report(report: &Report<'_>, fail_on: FailOn) -> String {
    let locator = Locator::of_document(report.document);
    let facts = &report.document.facts;
    text(&ReportJson {
        path: report.document.source.name(),
        format: report.document.format.name(),
        encoding: report.document.encoding,
        title: facts.title.as_ref().map(|it| it.value.as_str()),
        year: facts.year.as_ref().map(|it| it.value),
        issuer: facts.issuer.as_ref().map(|it| it.value.as_str()),
        date: facts.date.as_ref().map(|it| it.value.to_string()),
        status: if fail_on.passes(report.rules, report.checked) { "pass" } else { "fail" },
        verdicts: report.whole().map(|it| verdict(it, &locator)).collect(),
    })
}

/// An authority in one line, and in parts where it has any.
pub fn basis(rule: &Rule) -> (Option<String>, Vec<BasisJson<'_>>) {
    let lines: Vec<_> = rule.basis.iter().map(basis_line).collect();
    let plain = |it: &Basis| it.article.is_none() && it.from.is_none() && it.until.is_none();
    let items = match rule.basis.as_slice() {
        [only] if plain(only) => Vec::new(),
        items => items.iter().map(basis_item).collect(),
    };
    ((!lines.is_empty()).then(|| lines.join("；")), items)
}

/// An authority in words.
pub fn basis_line(basis: &Basis) -> String {
    format!("{}{}", basis.law, basis.article.as_deref().unwrap_or_default())
}

fn basis_item(basis: &Basis) -> BasisJson<'_> {
    BasisJson {
        law: &basis.law,
        article: basis.article.as_deref(),
        from: basis.from.map(|it| it.to_string()),
        until: basis.until.map(|it| it.to_string()),
    }
}

fn verdict<'a>((planned, verdict): (&'a PlannedRule, &'a Verdict), locator: &Locator<'_>) -> VerdictJson<'a> {
    let outcome = &verdict.outcome;
    let rule = &planned.rule;
    let (basis, basis_items) = basis(rule);
    let empty = VerdictJson {
        rule: &rule.id.node,
        pack: &planned.pack,
        title: &rule.title,
        severity: planned.severity.name(),
        status: status(outcome),
        message: None,
        help: rule.help.as_deref(),
        basis,
        basis_items,
        reason: None,
        evidence: Vec::new(),
        findings: Vec::new(),
        waived: verdict.waived.iter().map(|it| waived(it, locator)).collect(),
    };
    match outcome {
        Outcome::Pass(evidence) => {
            VerdictJson { evidence: evidence.iter().map(|it| proof(it, locator)).collect(), ..empty }
        }
        Outcome::NotApplicable(reason) | Outcome::Waived(reason) => VerdictJson { reason: Some(reason), ..empty },
        Outcome::Fail(findings) => {
            let message = findings.first().map(|it| it.message.as_str());
            VerdictJson { message, findings: findings.iter().map(|it| finding(it, locator)).collect(), ..empty }
        }
    }
}

fn waived<'a>(it: &'a Waived, locator: &Locator<'_>) -> WaivedJson<'a> {
    let finding = finding(&it.finding, locator);
    match &it.leave {
        Leave::Waiver { by, reason, until } => {
            let until = Some(until.to_string());
            WaivedJson { kind: "waiver", by: Some(by), reason: Some(reason), until, finding }
        }
        Leave::Baseline => WaivedJson { kind: "baseline", by: None, reason: None, until: None, finding },
    }
}

/// The word for an outcome.
pub const fn status(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Pass(_) => "pass",
        Outcome::Fail(_) => "fail",
        Outcome::NotApplicable(_) => "not-applicable",
        Outcome::Waived(_) => "waived",
    }
}

fn finding<'a>(it: &'a Finding, locator: &Locator<'_>) -> FindingJson<'a> {
    let place = |span| location(locator, span);
    let mut related: Vec<NoteJson<'a>> = Vec::new();
    // What was worked out is said in `related` too, for programs have no label.
    if !it.label.is_empty() && it.label != it.message && !it.related.iter().any(|other| other.message == it.label) {
        related.push(NoteJson { message: &it.label, location: place(it.span) });
    }
    related.extend(it.related.iter().map(|it| NoteJson { message: &it.message, location: place(it.span) }));
    related.extend(it.beside.iter().map(|it| NoteJson { message: &it.message, location: elsewhere(&it.there) }));
    let places = if it.places.is_empty() { std::slice::from_ref(&it.span) } else { &it.places };
    FindingJson {
        message: &it.message,
        count: places.len(),
        places: places.iter().map(|it| place(*it)).collect(),
        fingerprint: &it.fingerprint,
        location: place(it.span),
        related,
        fix: it.fix.as_ref().map(|it| FixJson { replacement: &it.replacement, safe: it.safe }),
    }
}

fn proof<'a>(it: &'a verdict::Evidence, locator: &Locator<'_>) -> NoteJson<'a> {
    let mut location = location(locator, it.span);
    if let Some((at, _)) = location.text.char_indices().nth(LONGEST_EVIDENCE) {
        location.text.truncate(at);
        location.text.push('…');
    }
    NoteJson { message: &it.note, location }
}

fn error(problem: &Problem) -> ErrorJson<'_> {
    let place = problem.place.as_ref();
    let locator = place.map(|it| Locator::of_source(&it.source));
    let at = |span| locator.as_ref().map(|it| location(it, span));
    let related = place.map(|it| it.related.as_slice()).unwrap_or_default();
    ErrorJson {
        path: &problem.path,
        code: problem.code,
        severity: match problem.level {
            Level::Error => "error",
            Level::Warning => "warning",
        },
        message: &problem.message,
        help: problem.help.as_deref(),
        location: place.and_then(|it| at(it.span)),
        related: related
            .iter()
            .filter_map(|(span, message)| Some(NoteJson { message, location: at(*span)? }))
            .collect(),
    }
}

fn location(locator: &Locator<'_>, span: crate::span::Span) -> LocationJson {
    let location::Location { line, column, end_line, end_column, span, page, paragraph, section } =
        locator.locate(span);
    let text = locator.source().slice(span).to_owned();
    let (byte_start, byte_end) = (span.start, span.end);
    LocationJson {
        line,
        column,
        end_line,
        end_column,
        byte_start,
        byte_end,
        text,
        page,
        path: None,
        paragraph,
        section,
    }
}

fn elsewhere(it: &Elsewhere) -> LocationJson {
    LocationJson {
        line: it.line,
        column: it.column,
        end_line: it.end_line,
        end_column: it.end_column,
        byte_start: it.span.start,
        byte_end: it.span.end,
        text: it.text.clone(),
        page: None,
        path: Some(it.path.clone()),
        paragraph: None,
        section: Vec::new(),
    }
}

/// JSON on one line. Nothing here can fail to be written: no maps with odd keys, no foreign numbers.
pub fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::fingerprint::Fingerprints;
    use crate::pack::Severity;
    use crate::render::sample::{self, golden};
    use crate::render::summary::Tally;
    use crate::render::{Output, between};

    fn whole() -> Value {
        let (document, rules, checked) = sample::everything();
        let it = Report { rules: &rules, document: &document, checked: &checked };
        let fail_on = FailOn(Some(Severity::Error));
        let mut summary = Summary::default();
        let problem = Problem::error("read::encoding", "坏.txt", "无法识别编码");
        summary.add_problem(&problem);
        let mut out = head();
        for printed in 0..2 {
            out += &(between(Output::Json, printed).to_owned() + &report(&it, fail_on));
            summary.add(
                &rules,
                Tally::of(&rules, &checked, &Locator::of_document(&document), fail_on, crate::locale::Locale::Zh),
            );
        }
        serde_json::from_str(&(out + &tail(&[problem], &summary))).unwrap()
    }

    #[test]
    fn the_whole_object() {
        let mut whole = whole();
        assert_eq!(whole["reports"][0], whole["reports"][1]);
        assert_eq!(whole["summary"]["findings"]["error"], 4);
        whole["tool"]["version"] = "…".into();
        whole["reports"].as_array_mut().unwrap().pop();
        whole["reports"][0]["verdicts"].as_array_mut().unwrap().truncate(2);
        golden("json", &serde_json::to_string_pretty(&whole).unwrap());
        let empty: Value = serde_json::from_str(&(head() + &tail(&[], &Summary::default()))).unwrap();
        assert_eq!(empty["reports"], Value::Array(Vec::new()));
    }

    /// The bytes of each location are its text; lines and columns lead to the same characters.
    #[test]
    fn places_agree_with_the_text() {
        let (document, ..) = sample::everything();
        let mut open = vec![whole()["reports"][0].clone()];
        let mut seen = 0;
        while let Some(value) = open.pop() {
            if let (Some(start), Some(end)) = (value["byte_start"].as_u64(), value["byte_end"].as_u64()) {
                let text = document.source.text().get(start as usize..end as usize).unwrap();
                assert_eq!(value["text"], text);
                let line = document.source.text().lines().nth(value["line"].as_u64().unwrap() as usize - 1).unwrap();
                let rest: String = line.chars().skip(value["column"].as_u64().unwrap() as usize - 1).collect();
                assert!(rest.starts_with(text.lines().next().unwrap()), "{value}");
                seen += 1;
            }
            open.extend(value.as_array().cloned().unwrap_or_default());
            open.extend(value.as_object().into_iter().flat_map(|it| it.values().cloned()));
        }
        assert!(seen >= 8);
    }

    #[test]
    fn fingerprints_outlive_edits_above_and_tell_equal_findings_apart() {
        let prints = |marked: &str| {
            let (text, at) = sample::unmark(marked);
            let document = sample::document("./a.txt", &text);
            let mut names = Fingerprints::of("./a.txt");
            at.iter().map(|it| names.name("TF002", &document, *it)).collect::<Vec<_>>()
        };
        let before = prints("题\n一、成效\n优化⟦法制化⟧环境，⟦法制化⟧轨道");
        assert_ne!(before[0], before[1]);
        assert_eq!(before[0].len(), 64);
        assert_eq!(before, prints("题\n新的一段\n一、新的一章\n又一段\n二、成效\n优化⟦法制化⟧环境，⟦法制化⟧轨道"));
        assert_ne!(before, prints("题\n一、不足\n优化⟦法制化⟧环境，⟦法制化⟧轨道"));
    }

    #[test]
    fn a_report_fails_as_fail_on_says() {
        let (document, rules, checked) = sample::everything();
        let mut checked = checked;
        checked.verdicts.retain(|it| it.rule == 3);
        let it = Report { rules: &rules, document: &document, checked: &checked };
        for (least, status) in [(None, "pass"), (Some(Severity::Warning), "pass"), (Some(Severity::Advice), "fail")] {
            let value: Value = serde_json::from_str(&report(&it, FailOn(least))).unwrap();
            assert_eq!(value["status"], status);
            assert_eq!(value["verdicts"][0]["status"], "fail");
        }
    }
}
