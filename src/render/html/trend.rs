//! How it goes from year to year: reports that pass, rules that are kept, the same body over the years.

use maud::{Markup, html};

use crate::locale::Locale;
use crate::render::html::groups::Column;
use crate::render::html::lead::percent;
use crate::render::html::overview::{Handed, Overview, Year};
use crate::render::visible::joined;
use crate::say;

/// How many bodies are followed on the page.
const BODIES: usize = 200;
/// The drawing, in its own units.
const WIDTH: usize = 640;
const HEIGHT: usize = 170;
const LEFT: usize = 44;
const RIGHT: usize = 24;
const TOP: usize = 26;
const BOTTOM: usize = 30;

/// Everything about years; nothing where there is one year only.
pub fn section(overview: &Overview, columns: &[Column<'_>], locale: Locale) -> Markup {
    let years: Vec<(i16, &Year)> = overview.years.iter().filter_map(|(year, it)| Some(((*year)?, it))).collect();
    html! {
        @if years.len() > 1 {
            section.trend aria-labelledby="trend" {
                h2 #trend { (say!(locale, "历年情况", "Over the years")) }
                div.chart { (line(&years, locale)) }
                (by_year(&years, overview, locale))
                (by_rule(&years, columns, locale))
                (by_body(&years, overview, locale))
            }
        }
    }
}

fn by_year(years: &[(i16, &Year)], overview: &Overview, locale: Locale) -> Markup {
    let unknown = overview.years.get(&None).map_or(0, |it| it.reports);
    html! {
        div.scroll tabindex="0" role="region" aria-label=(say!(locale, "各年度通过情况", "Reports by year")) {
            table.years {
                caption { (say!(locale, "各年度通过情况", "Reports by year")) }
                thead { tr { td {} @for (year, _) in years { th scope="col" { (year) } } } }
                tbody {
                    tr { th scope="row" { (say!(locale, "报告（份）", "reports")) } @for (_, it) in years { td { (it.reports) } } }
                    tr { th scope="row" { (say!(locale, "通过（份）", "passed")) } @for (_, it) in years { td { (it.passed) } } }
                    tr { th scope="row" { (say!(locale, "通过率", "share")) } @for (_, it) in years { td { b { (percent(it.passed, it.reports)) "%" } } } }
                }
            }
        }
        @if unknown > 0 { p.note { (say!(locale, "另有 {unknown} 份报告没有写明年度，未列入。", "{unknown} reports do not tell their year and are left out.")) } }
    }
}

/// The share of reports that pass, as a line. The table beside it says the same.
fn line(years: &[(i16, &Year)], locale: Locale) -> Markup {
    let steps = years.len().saturating_sub(1).max(1);
    let x = |at: usize| LEFT + (WIDTH - LEFT - RIGHT) * at / steps;
    let y = |share: usize| TOP + (HEIGHT - TOP - BOTTOM) * (100 - share) / 100;
    let shares: Vec<usize> = years.iter().map(|(_, it)| percent(it.passed, it.reports)).collect();
    let points: Vec<String> = shares.iter().enumerate().map(|(at, share)| format!("{},{}", x(at), y(*share))).collect();
    let told: Vec<String> = years.iter().zip(&shares).map(|((year, _), share)| format!("{year}: {share}%")).collect();
    // With many years every label would cover the next.
    let every = years.len().div_ceil(12);
    html! {
        svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img"
            aria-label={ (say!(locale, "各年度通过率", "Share of reports that pass")) " " (told.join(", ")) } {
            @for share in [0, 50, 100] {
                line.grid x1=(LEFT) x2=(WIDTH - RIGHT) y1=(y(share)) y2=(y(share)) {}
                text.axis x=(LEFT - 8) y=(y(share) + 4) text-anchor="end" { (share) "%" }
            }
            polyline points=(points.join(" ")) {}
            @for (at, ((year, _), share)) in years.iter().zip(&shares).enumerate() {
                circle cx=(x(at)) cy=(y(*share)) r="3.5" {}
                @if at % every == 0 {
                    text.value x=(x(at)) y=(y(*share) - 9) text-anchor="middle" { (share) "%" }
                    text.axis x=(x(at)) y=(HEIGHT - 8) text-anchor="middle" { (year) }
                }
            }
        }
    }
}

/// For each rule, of the reports it was asked of, how many keep it.
fn by_rule(years: &[(i16, &Year)], columns: &[Column<'_>], locale: Locale) -> Markup {
    let title = say!(locale, "各条规则历年符合率", "Share of reports that keep each rule, by year");
    html! {
        details.table {
            summary { (title) }
            div.scroll tabindex="0" role="region" aria-label=(title) {
                table.shares {
                    thead { tr { th scope="col" { (say!(locale, "规则", "rule")) } @for (year, _) in years { th scope="col" { (year) } } } }
                    tbody {
                        @for it in columns {
                            tr {
                                th scope="row" { (joined(&it.planned.rule.title)) }
                                @for (_, year) in years { (share(year.rules.get(it.index).copied().unwrap_or_default(), locale)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn share((held, asked): (usize, usize), locale: Locale) -> Markup {
    let share = percent(held, asked);
    let class = match (asked, share) {
        (0, _) => "none",
        (_, 100) => "all",
        (_, 80..) => "most",
        (_, 50..) => "half",
        _ => "few",
    };
    html! {
        td class=(class) title=(say!(locale, "{held}／{asked} 份", "{held} of {asked}")) {
            @if asked == 0 { "–" } @else { (share) "%" }
        }
    }
}

/// Bodies with more than one year: what each handed in.
fn by_body(years: &[(i16, &Year)], overview: &Overview, locale: Locale) -> Markup {
    let followed: Vec<_> = overview.bodies.iter().filter(|(_, handed)| handed.len() > 1).collect();
    let title = say!(locale, "同一单位历年问题数", "The same body over the years");
    html! {
        @if !followed.is_empty() {
            details.table open[followed.len() <= 12] {
                summary { (title) (say!(locale, "（{} 个单位）", " ({})", followed.len())) }
                div.scroll tabindex="0" role="region" aria-label=(title) {
                    table.bodies {
                        thead { tr { th scope="col" { (say!(locale, "单位", "body")) } @for (year, _) in years { th scope="col" { (year) } } } }
                        tbody {
                            @for (body, handed) in followed.iter().take(BODIES) {
                                tr { th scope="row" { (body) } @for (year, _) in years { (handed_in(handed.get(year), locale)) } }
                            }
                        }
                    }
                }
                @if followed.len() > BODIES {
                    p.note { (say!(locale, "只列前 {BODIES} 个单位。", "Only the first {BODIES} are listed.")) }
                }
                p.note { (say!(locale, "✓ 通过；✗ 未通过，后面是必须改的处数；括号内是全部问题的处数。", "✓ passes; ✗ fails, with what must be mended; in brackets all findings.")) }
            }
        }
    }
}

fn handed_in(handed: Option<&Handed>, locale: Locale) -> Markup {
    html! {
        @match handed {
            None => td.none { span.unseen { (say!(locale, "无报告", "no report")) } },
            Some(it) if it.failed => td.error { "✗ " (it.errors) " (" (it.findings) ")" },
            Some(it) => td.pass { "✓ (" (it.findings) ")" },
        }
    }
}
