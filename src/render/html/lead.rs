//! What a leader wants in ten seconds: how many reports, how many pass, what fails most.

use std::collections::BTreeSet;

use maud::{Markup, html};

use crate::locale::Locale;
use crate::pack::Severity;
use crate::problem::{Level, Problem};
use crate::render::html::overview::Overview;
use crate::render::visible::{joined, visible};
use crate::render::words::{authority, trouble};
use crate::render::{Style, Whole, severity_word};
use crate::say;

/// How many rules are named among those that fail most.
const TOP: usize = 8;

/// Whole per cent, never 100 where one is missing and never 0 where there is one.
pub fn percent(part: usize, whole: usize) -> usize {
    match (part, whole) {
        (0, _) | (_, 0) => 0,
        (part, whole) if part >= whole => 100,
        (part, whole) => (part * 200 + whole).div_euclid(whole * 2).clamp(1, 99),
    }
}

/// Of whom and when: the line under the title.
pub fn scope(whole: &Whole<'_>, locale: Locale) -> Markup {
    let overview = &whole.kept.overview;
    let packs: BTreeSet<&str> = whole.rules.iter().map(|it| it.pack.as_str()).collect();
    let (reports, bodies) = (overview.reports, overview.bodies.len());
    let more = if overview.more_bodies { say!(locale, "以上", " or more") } else { String::new() };
    let years = years(overview, locale);
    let packs = packs.into_iter().map(joined).collect::<Vec<_>>().join(if locale == Locale::Zh { "、" } else { ", " });
    html! {
        p.scope {
            (say!(locale, "{reports} 份报告，{bodies} 个单位{more}{years}", "{reports} reports of {bodies} bodies{more}{years}"))
            span.packs { (say!(locale, "规则 {} 条（{packs}）", "{} rules ({packs})", whole.rules.len())) }
        }
    }
}

fn years(overview: &Overview, locale: Locale) -> String {
    let years: Vec<i16> = overview.years.keys().copied().flatten().collect();
    match (years.first(), years.last()) {
        (Some(first), Some(last)) if first == last => say!(locale, "，{first} 年度", ", for {first}"),
        (Some(first), Some(last)) => say!(locale, "，{first}—{last} 年度", ", for {first} to {last}"),
        _ => String::new(),
    }
}

/// The figures, and the rules that most reports fail.
pub fn conclusion(whole: &Whole<'_>, style: &Style) -> Markup {
    let (summary, locale) = (whole.summary, style.locale);
    let share = percent(summary.passed, summary.reports);
    html! {
        section.lead aria-labelledby="lead" {
            h2 #lead { (say!(locale, "总的情况", "At a glance")) }
            (sentence(whole, locale))
            dl.figures {
                (figure(&say!(locale, "检查报告", "reports checked"), summary.reports, &say!(locale, "份", ""), ""))
                (figure(&say!(locale, "通过", "passed"), summary.passed, &say!(locale, "份 · {share}%", "· {share}%"), "pass"))
                (figure(&say!(locale, "未通过", "failed"), summary.failed, &say!(locale, "份", ""), if summary.failed > 0 { "error" } else { "" }))
                @if summary.errors > 0 {
                    (figure(&say!(locale, "未能检查", "not checked"), summary.errors, &say!(locale, "项", ""), "error"))
                }
            }
            p.counts {
                @for severity in Severity::ALL {
                    span class=(severity.name()) {
                        (say!(locale, "{} {} 处", "{}: {}", duty(severity, locale), summary.of(severity)))
                    }
                }
                @if summary.waived() > 0 { span { (say!(locale, "已豁免 {} 处（不计）", "waived, not counted: {}", summary.waived())) } }
                @if summary.known > 0 { span { (say!(locale, "基线中已有 {} 处（不计）", "in the baseline, not counted: {}", summary.known)) } }
            }
            (most_failed(whole, locale))
        }
    }
}

fn duty(severity: Severity, locale: Locale) -> String {
    let word = severity_word(severity, locale);
    match severity {
        Severity::Error => say!(locale, "必须改（{word}）", "{word}"),
        Severity::Warning => say!(locale, "建议改（{word}）", "{word}"),
        Severity::Advice => say!(locale, "供参考（{word}）", "{word}"),
    }
}

fn sentence(whole: &Whole<'_>, locale: Locale) -> Markup {
    let summary = whole.summary;
    let (reports, passed, failed) = (summary.reports, summary.passed, summary.failed);
    let share = percent(passed, reports);
    let worst: Vec<String> = ranking(whole)
        .into_iter()
        .take(3)
        .map(|(index, count)| {
            let title = whole.rules.get(index).map(|it| joined(&it.rule.title)).unwrap_or_default();
            say!(locale, "“{title}”（{count} 份）", "{title} ({count})")
        })
        .collect();
    let result = match (reports, failed) {
        (0, _) => say!(locale, "没有检查到报告。", "No report was checked."),
        (_, 0) => say!(locale, "检查了 {reports} 份报告，全部通过。", "All {reports} reports pass."),
        _ => say!(
            locale,
            "检查了 {reports} 份报告，{passed} 份通过，占 {share}%；{failed} 份有必须改正的问题。",
            "Of {reports} reports {passed} pass ({share}%); {failed} must be mended."
        ),
    };
    let most = match worst.is_empty() {
        true => String::new(),
        false => say!(
            locale,
            "出现问题最多的是{}。",
            " Most reports fail {}.",
            worst.join(if locale == Locale::Zh { "、" } else { ", " })
        ),
    };
    html! { p.sentence { (result) (most) } }
}

/// The rules that reports fail, those that most fail first; the graver first among equals.
fn ranking(whole: &Whole<'_>) -> Vec<(usize, usize)> {
    let severity = |index: usize| whole.rules.get(index).map(|it| it.severity);
    let failed = whole.kept.overview.failed.iter().copied().enumerate();
    let mut ranking: Vec<(usize, usize)> = failed.filter(|(_, count)| *count > 0).collect();
    ranking.sort_by_key(|(index, count)| (std::cmp::Reverse(*count), std::cmp::Reverse(severity(*index)), *index));
    ranking
}

fn most_failed(whole: &Whole<'_>, locale: Locale) -> Markup {
    let ranking = ranking(whole);
    let reports = whole.summary.reports;
    html! {
        @if !ranking.is_empty() {
            table.ranking {
                caption { (say!(locale, "问题集中在哪些规则", "The rules that most reports fail")) }
                thead { tr {
                    th scope="col" { (say!(locale, "规则", "rule")) }
                    th scope="col" { (say!(locale, "级别", "severity")) }
                    th scope="col" { (say!(locale, "依据", "basis")) }
                    th scope="col" { (say!(locale, "未通过报告", "reports that fail")) }
                } }
                tbody {
                    @for (index, count) in ranking.iter().take(TOP) {
                        @if let Some(planned) = whole.rules.get(*index) {
                            tr {
                                th scope="row" { a href={ "#rule-" (index) } { (joined(&planned.rule.title)) } }
                                td { span class={ "tag " (planned.severity.name()) } { (severity_word(planned.severity, locale)) } }
                                td.basis { (authority(planned).unwrap_or_default()) }
                                td.bar {
                                    (figures(*count, reports, locale))
                                    span.track aria-hidden="true" { span style={ "width:" (percent(*count, reports)) "%" } {} }
                                }
                            }
                        }
                    }
                }
            }
            @if ranking.len() > TOP {
                p.note { (say!(locale, "另有 {} 条规则有报告未通过，见总表。", "{} more rules are failed by some report: see the matrix.", ranking.len() - TOP)) }
            }
        }
    }
}

fn figures(count: usize, reports: usize, locale: Locale) -> String {
    let share = percent(count, reports);
    say!(locale, "{count} 份（{share}%）", "{count} ({share}%)")
}

fn figure(name: &str, count: usize, unit: &str, class: &str) -> Markup {
    html! { div class=(class) { dt { (name) } dd { b { (count) } " " span { (unit) } } } }
}

/// What could not be checked, so that nobody takes it for passed.
pub fn troubles(problems: &[Problem], locale: Locale) -> Markup {
    let title = say!(locale, "未能检查的文件和其他提示", "What could not be checked, and other remarks");
    html! {
        @if !problems.is_empty() {
            section.troubles aria-labelledby="troubles" {
                h2 #troubles { (title) }
                ul {
                    @for it in problems {
                        li {
                            @match it.level {
                                Level::Error => span.tag.error { (say!(locale, "未能检查", "not checked")) },
                                Level::Warning => span.tag.warning { (say!(locale, "提示", "note")) },
                            }
                            " " b { (visible(&it.path)) } " " (trouble(it, locale))
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_honest() {
        for (part, whole, share) in
            [(0, 9, 0), (9, 9, 100), (999, 1000, 99), (1, 1000, 1), (1, 3, 33), (2, 3, 67), (1, 2, 50), (0, 0, 0)]
        {
            assert_eq!(percent(part, whole), share, "{part}/{whole}");
        }
    }
}
