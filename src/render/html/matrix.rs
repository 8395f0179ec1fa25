//! The matrix: reports down, rules across by law and clause, each cell a mark that leads to its ground.

use maud::{Markup, html};

use crate::locale::Locale;
use crate::pack::Severity;
use crate::render::html::groups::{Column, runs};
use crate::render::html::overview::Overview;
use crate::render::html::row::{Mark, Row};
use crate::render::visible::{joined, visible};
use crate::render::{Style, severity_word};
use crate::say;

/// The most rules side by side: as many as a landscape page holds.
const ACROSS: usize = 44;
/// A law over fewer columns than this is written downwards.
const NARROW: usize = 4;

/// Filters, legend, and a table for each so many rules.
pub fn section(overview: &Overview, rows: &[&Row], columns: &[Column<'_>], style: &Style) -> Markup {
    let locale = style.locale;
    let bands: Vec<&[Column<'_>]> = columns.chunks(ACROSS).collect();
    html! {
        section.matrix aria-labelledby="matrix" {
            h2 #matrix { (say!(locale, "总表：报告与规则", "The matrix: reports and rules")) }
            (limits(overview, rows.len(), style))
            (filters(rows, columns, locale))
            (legend(locale))
            @for (at, band) in bands.iter().enumerate() { (table(overview, rows, band, (at + 1, bands.len()), style)) }
        }
    }
}

/// What the page leaves out is said.
fn limits(overview: &Overview, shown: usize, style: &Style) -> Markup {
    let (all, locale) = (overview.reports, style.locale);
    html! {
        @if shown < all {
            p.limit { (say!(
                locale,
                "共 {all} 份报告，总表和明细只列问题最重的 {shown} 份；上面的统计包括全部报告。要看全部，请按文件夹分开检查，或者用 --format csv。",
                "Of {all} reports the matrix and the particulars show the {shown} gravest; the figures above count all. To see all, check folder by folder or use --format csv."
            )) }
        }
        @if !style.evidence {
            p.limit { (say!(
                locale,
                "报告超过 {} 份，通过的规则没有附依据的文字；要附上，请加 --evidence。",
                "With more than {} reports the page does not quote what shows that a rule is kept; add --evidence to have it.",
                super::DETAILED
            )) }
        }
    }
}

fn filters(rows: &[&Row], columns: &[Column<'_>], locale: Locale) -> Markup {
    let mut bodies: Vec<&str> = rows.iter().filter_map(|it| it.issuer.as_deref()).collect();
    bodies.sort_unstable();
    bodies.dedup();
    let mut years: Vec<i16> = rows.iter().filter_map(|it| it.year).collect();
    years.sort_unstable();
    years.dedup();
    let any = say!(locale, "全部", "all");
    html! {
        form.filters hidden aria-label=(say!(locale, "筛选", "Filter")) {
            label { (say!(locale, "单位", "body")) " " input #f-body list="bodies" autocomplete="off" placeholder=(any); }
            datalist #bodies { @for it in &bodies { option value=(it) {} } }
            label { (say!(locale, "年度", "year")) " " select #f-year {
                option value="" { (any) }
                @for it in years.iter().rev() { option value=(it) { (it) } }
            } }
            label { (say!(locale, "规则", "rule")) " " select #f-rule {
                option value="" { (any) }
                @for it in columns { option value=(it.index) { (joined(&it.planned.rule.id.node)) " " (joined(&it.planned.rule.title)) } }
            } }
            label { (say!(locale, "级别", "severity")) " " select #f-severity {
                option value="" { (any) }
                @for it in Severity::ALL { option value=(it.name()) { (severity_word(it, locale)) } }
            } }
            label.check { input #f-failed type="checkbox"; " " (say!(locale, "只看未通过", "only failures")) }
            button type="reset" { (say!(locale, "清除筛选", "clear")) }
            output #f-count data-of=(say!(locale, "显示 {{n}} / {{all}} 份", "{{n}} of {{all}} shown")) aria-live="polite" {}
        }
    }
}

fn legend(locale: Locale) -> Markup {
    html! {
        ul.legend aria-label=(say!(locale, "图例", "Legend")) {
            li { span.m.pass { "✓" } " " (say!(locale, "符合", "kept")) }
            @for it in Severity::ALL { li { span class={ "m " (it.name()) } { "✗" } " " (say!(locale, "不符合（{}）", "not kept ({})", severity_word(it, locale))) } }
            li { span.m.na { "–" } " " (say!(locale, "不适用", "not applicable")) }
            li { span.m.na { "○" } " " (say!(locale, "已豁免", "waived")) }
            li.hint { (say!(locale, "点开任一格，可看原文和依据。", "Open a cell to see the words and the ground.")) }
        }
    }
}

fn table(overview: &Overview, rows: &[&Row], band: &[Column<'_>], (at, of): (usize, usize), style: &Style) -> Markup {
    let locale = style.locale;
    let name = match of {
        1 => say!(locale, "每份报告在每条规则上的结果", "How each report came out on each rule"),
        _ => {
            say!(locale, "每份报告在每条规则上的结果（{at}/{of}）", "How each report came out on each rule ({at}/{of})")
        }
    };
    html! {
        div.scroll.grid tabindex="0" role="region" aria-label=(name) {
            table.matrix {
                caption.unseen { (name) }
                (head(overview, band, locale))
                @for run in rows.chunk_by(|one, other| one.year == other.year) { (year(run, band, style.evidence, locale)) }
            }
        }
    }
}

fn head(overview: &Overview, band: &[Column<'_>], locale: Locale) -> Markup {
    let laws = runs(band, |it| it.law.clone());
    let clauses = runs(band, |it| format!("{}\n{}", it.law, it.clause));
    let across = |run: &[Column<'_>]| if run.len() < NARROW { "down" } else { "" };
    html! {
        thead {
            tr.laws {
                th.corner scope="col" rowspan="3" { (say!(locale, "报告", "report")) }
                th.result scope="col" rowspan="3" { (say!(locale, "结论", "result")) }
                @for (law, run) in &laws { th scope="colgroup" colspan=(run.len()) class=(across(run)) title=(law) { span { (law) } } }
            }
            tr.clauses {
                @for (_, run) in &clauses {
                    @let clause = run.first().map(|it| it.clause.as_str()).unwrap_or_default();
                    @if clause.is_empty() { td colspan=(run.len()) {} }
                    @else { th scope="colgroup" colspan=(run.len()) class=(across(run)) title=(clause) { span { (clause) } } }
                }
            }
            tr.rules {
                @for it in band {
                    @let rule = &it.planned.rule;
                    th scope="col" class=(it.planned.severity.name()) data-c=(it.index) {
                        a href={ "#rule-" (it.index) } title={ (joined(&rule.id.node)) " " (joined(&rule.title)) } { (joined(&rule.title)) }
                    }
                }
            }
            tr.totals {
                th scope="row" colspan="2" { (say!(locale, "未通过的报告（份）", "reports that fail")) }
                @for it in band {
                    @let failed = overview.failed.get(it.index).copied().unwrap_or_default();
                    td { @if failed > 0 { (failed) } @else { span.zero { "0" } } }
                }
            }
        }
    }
}

fn year(rows: &[&Row], band: &[Column<'_>], evidence: bool, locale: Locale) -> Markup {
    let year = rows.first().and_then(|it| it.year);
    let passed = rows.iter().filter(|it| it.passes).count();
    let count = rows.len();
    html! {
        tbody {
            tr.year {
                th scope="rowgroup" colspan=(band.len() + 2) {
                    span {
                        @match year {
                            Some(year) => (say!(locale, "{year} 年度", "{year}")),
                            None => (say!(locale, "未写明年度", "no year told")),
                        }
                        (say!(locale, "　{count} 份，通过 {passed} 份", " · {count} reports, {passed} pass"))
                    }
                }
            }
            @for it in rows { (row(it, band, evidence, locale)) }
        }
    }
}

fn row(row: &Row, band: &[Column<'_>], evidence: bool, locale: Locale) -> Markup {
    let [errors, warnings, advice] = row.findings;
    let year = row.year.map(|it| it.to_string()).unwrap_or_default();
    html! {
        tr data-r=(row.id) data-body=(row.issuer.as_deref().unwrap_or_default()) data-year=(year) data-failed[!row.passes] {
            th scope="row" {
                a href={ "#" (row.id) } title=(visible(&row.path)) { (row.issuer.as_deref().unwrap_or(&row.title)) }
            }
            td.result {
                @if row.passes { span.pass { (say!(locale, "通过", "pass")) } } @else { span.error { (say!(locale, "未通过", "fail")) } }
                @if errors + warnings + advice > 0 {
                    small title=(say!(locale, "错误、警告、建议的处数", "errors, warnings, advice")) { (errors) "·" (warnings) "·" (advice) }
                }
            }
            @for it in band { (cell(row, it, evidence, locale)) }
        }
    }
}

fn cell(row: &Row, column: &Column<'_>, evidence: bool, locale: Locale) -> Markup {
    let mark = row.marks.get(column.index).copied().unwrap_or(Mark::NotApplicable);
    let (class, sign, word) = match mark {
        Mark::Pass => ("pass", "✓", say!(locale, "符合", "kept")),
        Mark::NotApplicable => ("na", "–", say!(locale, "不适用", "not applicable")),
        Mark::Waived => ("na", "○", say!(locale, "已豁免", "waived")),
        Mark::Fail(count) => {
            (column.planned.severity.name(), "✗", say!(locale, "不符合 {count} 处", "not kept: {count}"))
        }
    };
    // Where the page has no ground for a pass, there is nothing to open.
    let opens = evidence || mark != Mark::Pass;
    html! {
        td class={ "m " (class) } {
            @if opens { a href={ "#" (row.id) "-" (column.index) } aria-label=(word) { (sign) } }
            @else { span role="img" aria-label=(word) { (sign) } }
        }
    }
}
