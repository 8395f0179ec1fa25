//! Problems of packs and findings in reports as the diagnostics of an editor.

use gen_lsp_types::{Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, Range};

use crate::locale::Locale;
use crate::lsp::client::Client;
use crate::lsp::open::Open;
use crate::lsp::pack_file::PackFile;
use crate::lsp::report_file::ReportFile;
use crate::lsp::text::Text;
use crate::lsp::uri;
use crate::pack::Severity;
use crate::pack::sites::What;
use crate::plan::PlannedRule;
use crate::problem::{Level, Place, Problem};
use crate::say;
use crate::span::Span;
use crate::verdict::Finding;

/// More are cut off: nobody reads them, and editors slow down.
const MOST: usize = 1000;
/// Other places shown with one diagnostic.
const MOST_RELATED: usize = 20;
/// Who says so.
const SOURCE: &str = "guiju";

/// Everything wrong with a pack.
pub fn of_pack(open: &Open, pack: &PackFile, client: &Client, locale: Locale) -> Vec<Diagnostic> {
    let (own, others): (Vec<_>, Vec<_>) = pack.problems.iter().partition(|it| it.path == pack.name);
    let mut all: Vec<Diagnostic> = own.iter().map(|it| of_problem(open, it, client, locale)).collect();
    if !others.is_empty() {
        all.insert(0, of_parents(open, pack, &others, client, locale));
    }
    all.truncate(MOST);
    all
}

/// What is wrong with the packs that a pack builds on is told where it names them.
fn of_parents(open: &Open, pack: &PackFile, problems: &[&Problem], client: &Client, locale: Locale) -> Diagnostic {
    let site = pack.sites.iter().flat_map(|it| &it.all).find(|it| it.what == What::Parent);
    let level = problems.iter().map(|it| it.level).min().unwrap_or(Level::Warning);
    let (count, first) = (problems.len(), problems.first());
    let message = first.map(|it| it.message.as_str()).unwrap_or_default();
    let message = say!(
        locale,
        "所继承的规则包有 {count} 处问题：{message}",
        "the packs extended have {count} problems: {message}"
    );
    let units = open.text.units();
    let related = problems.iter().filter_map(|it| {
        let place = it.place.as_ref()?;
        let text = Text::new("", place.source.text(), units);
        Some((uri::of(it.path.as_ref())?, text.range(place.span), it.message.clone()))
    });
    Diagnostic {
        range: site.map_or_else(|| first_line(open), |it| open.range(it.span)),
        severity: Some(of_level(level)),
        code: Some("pack::extends".to_owned().into()),
        source: Some(SOURCE.to_owned()),
        message: message.into(),
        related_information: relate(related.collect(), client),
        ..Diagnostic::default()
    }
}

fn of_problem(open: &Open, problem: &Problem, client: &Client, locale: Locale) -> Diagnostic {
    let place = problem.place.as_ref();
    let label = place.map(|it| it.label.as_str()).unwrap_or_default();
    Diagnostic {
        range: place.map_or_else(|| first_line(open), |it| open.visible(it.span)),
        severity: Some(of_level(problem.level)),
        code: Some(problem.code.to_owned().into()),
        source: Some(SOURCE.to_owned()),
        message: text(&problem.message, label, problem.help.as_deref(), locale).into(),
        related_information: place.and_then(|it| relate(related_places(open, it), client)),
        ..Diagnostic::default()
    }
}

fn related_places(open: &Open, place: &Place) -> Vec<(String, Range, String)> {
    place.related.iter().map(|(span, label)| (open.uri.clone(), open.range(*span), label.clone())).collect()
}

/// All findings in a report, and what kept it from being checked.
pub fn of_report(open: &Open, report: &ReportFile, client: &Client, locale: Locale) -> Vec<Diagnostic> {
    let problems = report.problems.iter().map(|it| whole(open, it, locale));
    let found = report.found();
    let left = found.len().saturating_sub(MOST);
    let findings = found.iter().take(MOST).map(|(rule, it)| of_finding(open, rule, it, client, locale));
    let more = (left > 0).then(|| more(open, left, locale));
    problems.chain(findings).chain(more).collect()
}

fn of_finding(open: &Open, rule: &PlannedRule, finding: &Finding, client: &Client, locale: Locale) -> Diagnostic {
    let others = finding.places.iter().skip(1).map(|it| (*it, say!(locale, "同样的问题", "the same here")));
    let related = finding.related.iter().map(|it| (it.span, it.message.clone()));
    let related = related.chain(others).map(|(span, message)| (open.uri.clone(), open.range(span), message));
    Diagnostic {
        range: open.visible(finding.span),
        severity: Some(of_severity(rule.severity)),
        code: Some(rule.rule.id.node.clone().into()),
        source: Some(SOURCE.to_owned()),
        message: text(&finding.message, &finding.label, rule.rule.help.as_deref(), locale).into(),
        related_information: relate(related.collect(), client),
        ..Diagnostic::default()
    }
}

/// A problem with a report as a whole, or with the packs it is held against.
fn whole(open: &Open, problem: &Problem, locale: Locale) -> Diagnostic {
    let own = problem.path == open.name();
    let path = if own || problem.path.is_empty() { String::new() } else { format!("{}: ", problem.path) };
    Diagnostic {
        range: first_line(open),
        severity: Some(of_level(problem.level)),
        code: Some(problem.code.to_owned().into()),
        source: Some(SOURCE.to_owned()),
        message: text(&format!("{path}{}", problem.message), "", problem.help.as_deref(), locale).into(),
        ..Diagnostic::default()
    }
}

fn more(open: &Open, left: usize, locale: Locale) -> Diagnostic {
    let message = say!(
        locale,
        "还有 {left} 处问题没有列出，用 guiju check 可以全部看到",
        "{left} more findings are not listed; guiju check shows them all"
    );
    Diagnostic {
        range: first_line(open),
        severity: Some(DiagnosticSeverity::Information),
        source: Some(SOURCE.to_owned()),
        message: message.into(),
        ..Diagnostic::default()
    }
}

/// What is wrong, what stands there, what to do about it: a line each.
fn text(message: &str, label: &str, help: Option<&str>, locale: Locale) -> String {
    let mut lines = vec![message.to_owned()];
    lines.extend((!label.is_empty() && label != message).then(|| label.to_owned()));
    lines.extend(help.map(|help| say!(locale, "改法：{help}", "help: {help}")));
    lines.join("\n")
}

fn relate(places: Vec<(String, Range, String)>, client: &Client) -> Option<Vec<DiagnosticRelatedInformation>> {
    if !client.related || places.is_empty() {
        return None;
    }
    let one = |(uri, range, message): (String, Range, String)| DiagnosticRelatedInformation {
        location: Location { uri: uri.into(), range },
        message,
    };
    Some(places.into_iter().take(MOST_RELATED).map(one).collect())
}

fn first_line(open: &Open) -> Range {
    open.visible(Span::default())
}

const fn of_level(level: Level) -> DiagnosticSeverity {
    match level {
        Level::Error => DiagnosticSeverity::Error,
        Level::Warning => DiagnosticSeverity::Warning,
    }
}

const fn of_severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Advice => DiagnosticSeverity::Information,
    }
}
