//! Each report with its particulars, folded up; what is open is printed.

use maud::{Markup, PreEscaped, html};

use crate::render::Style;
use crate::render::html::row::Row;
use crate::render::visible::visible;
use crate::say;

/// Up to so many reports, those with findings are open from the start.
const OPEN: usize = 10;

/// All reports of the page.
pub fn section(rows: &[&Row], all: usize, style: &Style) -> Markup {
    let locale = style.locale;
    html! {
        section.reports aria-labelledby="reports" {
            h2 #reports { (say!(locale, "各报告明细", "Report by report")) }
            p.tools hidden {
                button type="button" data-open="all" { (say!(locale, "全部展开", "open all")) }
                button type="button" data-open="failed" { (say!(locale, "展开未通过的", "open those that fail")) }
                button type="button" data-open="none" { (say!(locale, "全部收起", "close all")) }
                span.note { (say!(locale, "打印时，展开的明细一并打印。", "What is open is printed.")) }
            }
            @for it in rows { (one(it, all <= OPEN && it.findings.iter().any(|count| *count > 0), style)) }
        }
        dialog #panel aria-labelledby="panel-title" {
            header {
                h3 #panel-title {}
                button type="button" data-close { (say!(locale, "关闭", "close")) }
            }
            div.body {}
        }
    }
}

fn one(row: &Row, open: bool, style: &Style) -> Markup {
    let locale = style.locale;
    let [errors, warnings, advice] = row.findings;
    html! {
        details.report id=(row.id) open[open] data-failed[!row.passes] {
            summary {
                h3 { (row.title) }
                span.facts {
                    @if row.passes { span.tag.pass { (say!(locale, "✓ 通过", "✓ pass")) } }
                    @else { span.tag.error { (say!(locale, "✗ 未通过", "✗ fail")) } }
                    " "
                    @if let Some(issuer) = &row.issuer { (issuer) " · " }
                    @if let Some(year) = row.year { (say!(locale, "{year} 年度", "{year}")) " · " }
                    (say!(locale, "错误 {errors}，警告 {warnings}，建议 {advice}", "error {errors}, warning {warnings}, advice {advice}"))
                }
                span.path { (visible(&row.path)) }
            }
            (PreEscaped(&row.detail))
        }
    }
}
