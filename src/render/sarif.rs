//! `--format sarif`: SARIF 2.1.0, the rules first, then the results report by report.

use serde::Serialize;

use crate::locale::Locale;
use crate::pack::Severity;
use crate::plan::PlannedRule;
use crate::problem::{Level, Problem};
use crate::render::json::text;
use crate::render::location::Locator;
use crate::render::summary::Summary;
use crate::render::words::{authority, cut, in_the_file, leave, told, trouble};
use crate::render::{Report, Style, visible};
use crate::say;
use crate::span::Span;
use crate::verdict::{Evidence, Finding, Leave, Outcome, Waived};

mod place;
mod rules;

use place::{Artifact, PhysicalLocation, Place, Region};

/// How many places of a verdict are told: reviewers look at the first few.
const PLACES: usize = 20;
/// The longest text that is quoted, in characters.
const SNIPPET: usize = 400;

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResultObject<'a> {
    rule_id: &'a str,
    rule_index: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    level: &'static str,
    message: Text,
    locations: Vec<Place>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Place>,
    #[serde(skip_serializing_if = "Option::is_none")]
    partial_fingerprints: Option<PartialFingerprints<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline_state: Option<&'static str>,
    /// On all results or on none: without them nobody can tell whether anything was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressions: Option<Vec<Suppression>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PartialFingerprints<'a> {
    primary_location_line_hash: &'a str,
}

#[derive(Serialize)]
struct Suppression {
    kind: &'static str,
    status: &'static str,
    justification: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix {
    description: Text,
    artifact_changes: Vec<ArtifactChange>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange {
    artifact_location: Artifact,
    replacements: Vec<Replacement>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Text,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    descriptor: Descriptor,
    level: &'static str,
    message: Text,
    locations: Vec<Place>,
}

#[derive(Serialize)]
struct Descriptor {
    id: &'static str,
}

/// Everything before the first result: the tool with its rules. A rule's index is that of the plan.
pub fn head(rules: &[PlannedRule], locale: Locale) -> String {
    let language = match locale {
        Locale::Zh => "zh-CN",
        Locale::En => "en",
    };
    let driver = text(&rules::driver(rules, locale));
    format!(
        "{{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{{\
         \"tool\":{{\"driver\":{driver}}},\"language\":\"{language}\",\"columnKind\":\"unicodeCodePoints\",\
         \"originalUriBaseIds\":{},\"results\":[",
        place::bases(locale)
    )
}

/// Everything after the last result: what could not be carried out.
pub fn tail(problems: &[Problem], summary: &Summary, locale: Locale) -> String {
    let notifications = problems.iter().map(|it| notification(it, locale)).collect();
    let invocation =
        Invocation { execution_successful: summary.errors == 0, tool_execution_notifications: notifications };
    format!("\n],\"invocations\":[{}]}}]}}\n", text(&invocation))
}

fn notification(problem: &Problem, locale: Locale) -> Notification {
    let region = problem.place.as_ref().map(|it| Region::of(&Locator::of_source(&it.source), it.span));
    let artifact = (!problem.path.is_empty()).then(|| Artifact::of(&problem.path));
    let place = artifact.map(|it| Place::new(PhysicalLocation::new(it, region)));
    Notification {
        descriptor: Descriptor { id: problem.code },
        level: match problem.level {
            Level::Error => "error",
            Level::Warning => "warning",
        },
        message: Text { text: trouble(problem, locale) },
        locations: place.into_iter().collect(),
    }
}

/// The results of one report, one a line; passes and what does not apply only where they are asked for.
pub fn report(report: &Report<'_>, style: &Style) -> String {
    let one = Reported {
        locator: Locator::of_document(report.document),
        artifact: Artifact::of(report.document.source.name()),
        report: *report,
        locale: style.locale,
    };
    let mut results: Vec<String> = Vec::new();
    for verdict in &report.checked.verdicts {
        let Some(planned) = report.rules.get(verdict.rule) else { continue };
        let base = Base { rule_id: &planned.rule.id.node, rule_index: verdict.rule, evidence: style.evidence };
        if style.evidence {
            results.extend(verdict.waived.iter().map(|it| text(&one.waived(&base, planned, it))));
        }
        match &verdict.outcome {
            Outcome::Fail(findings) => {
                results.extend(findings.iter().map(|it| text(&one.finding(&base, planned, it))));
            }
            Outcome::Pass(evidence) if style.evidence => results.push(text(&one.pass(&base, evidence))),
            Outcome::NotApplicable(reason) if style.evidence => {
                results.push(text(&one.not_applicable(&base, reason)));
            }
            Outcome::Pass(_) | Outcome::NotApplicable(_) | Outcome::Waived(_) => {}
        }
    }
    results.join(",\n")
}

/// A report whose results are being made.
struct Reported<'a> {
    report: Report<'a>,
    locator: Locator<'a>,
    artifact: Artifact,
    locale: Locale,
}

/// What all results of a rule begin with.
struct Base<'a> {
    rule_id: &'a str,
    rule_index: usize,
    evidence: bool,
}

impl<'a> Base<'a> {
    fn result(&self, level: &'static str, message: String) -> ResultObject<'a> {
        ResultObject {
            rule_id: self.rule_id,
            rule_index: self.rule_index,
            kind: None,
            level,
            message: Text { text: message },
            locations: Vec::new(),
            related_locations: Vec::new(),
            partial_fingerprints: None,
            baseline_state: None,
            suppressions: self.evidence.then(Vec::new),
            fixes: Vec::new(),
        }
    }
}

impl Reported<'_> {
    fn finding<'b>(&self, base: &Base<'b>, planned: &PlannedRule, it: &'b Finding) -> ResultObject<'b> {
        ResultObject {
            locations: vec![self.place(it.span)],
            related_locations: self.related(it),
            partial_fingerprints: Some(PartialFingerprints { primary_location_line_hash: &it.fingerprint }),
            fixes: self.fix(planned, it).into_iter().collect(),
            ..base.result(level(planned.severity), self.message(planned, it))
        }
    }

    fn waived<'b>(&self, base: &Base<'b>, planned: &PlannedRule, it: &'b Waived) -> ResultObject<'b> {
        let suppression =
            Suppression { kind: "external", status: "accepted", justification: leave(&it.leave, self.locale) };
        ResultObject {
            baseline_state: match it.leave {
                Leave::Waiver { .. } => None,
                Leave::Baseline => Some("unchanged"),
            },
            suppressions: Some(vec![suppression]),
            ..self.finding(base, planned, &it.finding)
        }
    }

    /// Viewers that show nothing but the message still say what to do.
    fn message(&self, planned: &PlannedRule, it: &Finding) -> String {
        let told = told(it, self.locale);
        let help = planned.rule.help.as_deref().map(visible::joined);
        let help = help.map(|it| say!(self.locale, "。{it}", ". {it}")).unwrap_or_default();
        let basis = authority(planned).map(|it| say!(self.locale, "（{it}）", " ({it})"));
        format!("{told}{help}{}", basis.unwrap_or_default())
    }

    /// The other places of the same cause, then what explains it.
    fn related(&self, it: &Finding) -> Vec<Place> {
        let same = say!(self.locale, "同一问题的另一处", "the same at another place");
        let others = it.places.iter().filter(|place| **place != it.span).map(|place| (*place, same.clone()));
        let notes = it.related.iter().map(|note| (note.span, visible::joined(&note.message).into_owned()));
        let all = others.chain(notes).take(PLACES).enumerate();
        all.map(|(at, (span, message))| self.place(span).said(at, message)).collect()
    }

    /// Only where the lines are those of the file: nobody can replace columns in a word processor's archive.
    fn fix(&self, planned: &PlannedRule, it: &Finding) -> Option<Fix> {
        let fix = it.fix.as_ref().filter(|_| in_the_file(self.report.document))?;
        let replacement = Replacement {
            deleted_region: Region::of(&self.locator, it.span).bare(),
            inserted_content: Text { text: fix.replacement.clone() },
        };
        let words = &fix.replacement;
        let described = match fix.safe {
            true => say!(self.locale, "改为“{words}”", "replace with `{words}`"),
            false => say!(self.locale, "改为“{words}”（须先看过）", "replace with `{words}` (look at it first)"),
        };
        let description = Text { text: format!("{}：{described}", planned.rule.id.node) };
        let change = ArtifactChange { artifact_location: self.artifact.clone(), replacements: vec![replacement] };
        Some(Fix { description, artifact_changes: vec![change] })
    }

    fn pass<'b>(&self, base: &Base<'b>, evidence: &[Evidence]) -> ResultObject<'b> {
        let notes: Vec<_> = evidence.iter().take(PLACES).map(|it| visible::joined(&it.note)).collect();
        let notes = match notes.is_empty() {
            true => say!(self.locale, "通过", "pass"),
            false => notes.join(if self.locale == Locale::Zh { "；" } else { "; " }),
        };
        let places = evidence.iter().take(PLACES).map(|it| self.place(it.span)).collect();
        ResultObject { kind: Some("pass"), locations: places, ..base.result("none", notes) }
    }

    fn not_applicable<'b>(&self, base: &Base<'b>, reason: &str) -> ResultObject<'b> {
        let place = Place::new(PhysicalLocation::new(self.artifact.clone(), None));
        let reason = visible::joined(reason).into_owned();
        ResultObject { kind: Some("notApplicable"), locations: vec![place], ..base.result("none", reason) }
    }

    fn place(&self, span: Span) -> Place {
        let region = Region::of(&self.locator, span);
        let place = Place::new(PhysicalLocation::new(self.artifact.clone(), Some(region)));
        place.under(&self.locator.locate(span).section)
    }
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

fn snippet(locator: &Locator<'_>, span: Span) -> String {
    cut(locator.source().slice(span), SNIPPET)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::render::sample::{self, golden};

    fn whole(evidence: bool) -> Value {
        let (document, rules, checked) = sample::everything();
        let it = Report { rules: &rules, document: &document, checked: &checked };
        let style = Style { evidence, ..sample::style(Locale::Zh) };
        let broken = Problem::error("read::encoding", "坏 #1%.txt", "无法识别编码").help("另存为 UTF-8");
        let mut summary = Summary::default();
        summary.add_problem(&broken);
        let whole = head(&rules, Locale::Zh) + &report(&it, &style) + &tail(&[broken], &summary, Locale::Zh);
        serde_json::from_str(&whole).unwrap_or_else(|why| panic!("{why}: {whole}"))
    }

    #[test]
    fn the_whole_log() {
        let mut shown = whole(true);
        shown["runs"][0]["tool"]["driver"]["version"] = "…".into();
        shown["runs"][0]["tool"]["driver"]["semanticVersion"] = "…".into();
        golden("sarif", &serde_json::to_string_pretty(&shown).unwrap());
        let kinds = |it: &Value| {
            it["runs"][0]["results"].as_array().unwrap().iter().filter(|it| it["kind"].is_string()).count()
        };
        assert_eq!((kinds(&shown), kinds(&whole(false))), (2, 0));
    }

    #[test]
    fn rule_indices_lead_to_the_rule() {
        let whole = whole(true);
        for result in whole["runs"][0]["results"].as_array().unwrap() {
            let at = result["ruleIndex"].as_u64().unwrap() as usize;
            assert_eq!(whole["runs"][0]["tool"]["driver"]["rules"][at]["id"], result["ruleId"]);
        }
    }
}
