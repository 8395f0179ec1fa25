//! The particulars of one report: what must be mended, each in its sentence; then why the other rules passed.

use maud::{Markup, html};

use crate::locale::Locale;
use crate::plan::PlannedRule;
use crate::render::html::quote::{path, quote};
use crate::render::location::Locator;
use crate::render::visible::joined;
use crate::render::words::{in_the_file, leave, told};
use crate::render::{Report, Style, severity_word};
use crate::say;
use crate::span::Span;
use crate::verdict::{Evidence, Finding, Outcome, Verdict, Waived};

/// How many findings of a rule are shown.
const FINDINGS: usize = 20;
/// How many places of evidence are shown for a pass.
const EVIDENCE: usize = 3;

/// Everything below a report's name.
pub fn of(report: &Report<'_>, id: &str, style: &Style) -> String {
    let it = Detail { report, id, style, locator: Locator::of_document(report.document) };
    it.markup().into_string()
}

struct Detail<'a> {
    report: &'a Report<'a>,
    id: &'a str,
    style: &'a Style,
    locator: Locator<'a>,
}

/// The verdicts of one kind, each with its rule.
type Verdicts<'a> = Vec<(&'a PlannedRule, &'a Verdict)>;

impl Detail<'_> {
    fn markup(&self) -> Markup {
        let of = |kind: fn(&Outcome) -> bool| -> Verdicts<'_> {
            self.report.whole().filter(|(_, verdict)| kind(&verdict.outcome)).collect()
        };
        let mut failed = of(|it| matches!(it, Outcome::Fail(_)));
        failed.sort_by_key(|(planned, _)| std::cmp::Reverse(planned.severity));
        let passed = of(|it| matches!(it, Outcome::Pass(_)));
        let other = of(|it| matches!(it, Outcome::NotApplicable(_) | Outcome::Waived(_)));
        let locale = self.style.locale;
        html! {
            @for notice in &self.report.checked.notices { p.note { (joined(notice)) } }
            @for (planned, verdict) in &failed { (self.verdict(planned, verdict)) }
            @if failed.is_empty() { p.none { (say!(locale, "没有发现问题。", "Nothing found.")) } }
            @if !other.is_empty() {
                details.more {
                    summary { (say!(locale, "不适用或已豁免 {} 项", "not applicable or waived: {}", other.len())) }
                    @for (planned, verdict) in &other { (self.verdict(planned, verdict)) }
                }
            }
            @if !passed.is_empty() {
                details.more {
                    summary { (say!(locale, "通过 {} 项", "passed: {}", passed.len())) }
                    @if self.style.evidence {
                        @for (planned, verdict) in &passed { (self.verdict(planned, verdict)) }
                    } @else {
                        ul.names { @for (planned, _) in &passed { li { (joined(&planned.rule.id.node)) " " (joined(&planned.rule.title)) } } }
                    }
                }
            }
        }
    }

    fn verdict(&self, planned: &PlannedRule, verdict: &Verdict) -> Markup {
        let locale = self.style.locale;
        let index = self.report.rules.iter().position(|it| std::ptr::eq(it, planned)).unwrap_or_default();
        let (class, word) = match &verdict.outcome {
            Outcome::Pass(_) => ("pass", say!(locale, "✓ 通过", "✓ pass")),
            Outcome::NotApplicable(_) => ("na", say!(locale, "– 不适用", "– not applicable")),
            Outcome::Waived(_) => ("na", say!(locale, "○ 已豁免", "○ waived")),
            Outcome::Fail(_) => (planned.severity.name(), format!("✗ {}", severity_word(planned.severity, locale))),
        };
        html! {
            article class=(class) id={ (self.id) "-" (index) } tabindex="-1" {
                h4 { span.tag { (word) } " " (joined(&planned.rule.title)) " " a.id href={ "#rule-" (index) } { (joined(&planned.rule.id.node)) } }
                @match &verdict.outcome {
                    Outcome::Pass(evidence) => (self.proof(evidence)),
                    Outcome::NotApplicable(reason) | Outcome::Waived(reason) => p { (joined(reason)) },
                    Outcome::Fail(findings) => (self.findings(planned, findings)),
                }
                @for it in verdict.waived.iter().take(FINDINGS) { (self.waived(it)) }
            }
        }
    }

    fn findings(&self, planned: &PlannedRule, findings: &[Finding]) -> Markup {
        let locale = self.style.locale;
        let left = findings.len().saturating_sub(FINDINGS);
        html! {
            @for it in findings.iter().take(FINDINGS) { (self.finding(it)) }
            @if left > 0 { p.note { (say!(locale, "另有 {left} 处未列出。", "{left} more are not listed.")) } }
            @if let Some(help) = &planned.rule.help {
                p.help { b { (say!(locale, "改法", "How to mend it")) } " " (joined(help)) }
            }
        }
    }

    fn finding(&self, it: &Finding) -> Markup {
        let locale = self.style.locale;
        let others = it.places.len().saturating_sub(1);
        let told = told(it, locale);
        html! {
            div.finding {
                p.told { (told) }
                (quote(self.report.document, it.span))
                p.place {
                    (self.place(it.span))
                    @if others > 0 { (say!(locale, "；同类还有 {others} 处", "; the same at other places: {others}")) }
                    @if it.absent { (say!(locale, "（应在此处写明）", " (due here)")) }
                }
                @for note in it.related.iter().filter(|note| !told.contains(joined(&note.message).as_ref())).take(EVIDENCE) {
                    p.related { (joined(&note.message)) @if note.span != it.span { " " span.place { "（" (self.place(note.span)) "）" } } }
                }
                @if let Some(fix) = &it.fix { p.fix { (say!(locale, "应改为", "Replace with")) " " ins { (joined(&fix.replacement)) } } }
            }
        }
    }

    fn waived(&self, it: &Waived) -> Markup {
        let locale = self.style.locale;
        html! {
            (self.finding(&it.finding))
            p.note { (say!(locale, "不计：{}", "not counted: {}", leave(&it.leave, locale))) }
        }
    }

    fn proof(&self, evidence: &[Evidence]) -> Markup {
        let locale = self.style.locale;
        let left = evidence.len().saturating_sub(EVIDENCE);
        html! {
            @for it in evidence.iter().take(EVIDENCE) {
                div.proof {
                    p.told { (joined(&it.note)) }
                    // What holds for a long stretch is not shown by its first sentence.
                    @if it.span.len() <= 600 {
                        (quote(self.report.document, it.span))
                        p.place { (self.place(it.span)) }
                    }
                }
            }
            @if left > 0 { p.note { (say!(locale, "另有 {left} 处未列出。", "{left} more are not listed.")) } }
        }
    }

    /// Line and headings; the paragraph where lines are not those of the file.
    fn place(&self, span: Span) -> String {
        let at = self.locator.locate(span);
        let locale = self.style.locale;
        let number = match (in_the_file(self.report.document), at.page, at.paragraph) {
            (false, Some(page), _) => say!(locale, "第 {page} 页", "page {page}"),
            (false, None, Some(paragraph)) => say!(locale, "第 {paragraph} 段", "paragraph {paragraph}"),
            (true, _, _) | (false, None, None) => say!(locale, "第 {} 行", "line {}", at.line),
        };
        match path(&at.section) {
            section if section.is_empty() => number,
            section => match locale {
                Locale::Zh => format!("{number}，{section}"),
                Locale::En => format!("{number}, {section}"),
            },
        }
    }
}
