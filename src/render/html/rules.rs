//! The rules themselves: what each asks, on which authority, how to mend what it finds.

use maud::{Markup, html};

use crate::lang::print;
use crate::locale::Locale;
use crate::render::catalog::voice;
use crate::render::html::groups::{Column, runs};
use crate::render::severity_word;
use crate::render::visible::joined;
use crate::render::words::{authority, cut};
use crate::say;

/// Statements with long lists are cut: `guiju explain` has all of them.
const ASKED: usize = 200;

/// All rules in the order of the columns.
pub fn section(columns: &[Column<'_>], locale: Locale) -> Markup {
    html! {
        section.rules aria-labelledby="rules" {
            h2 #rules { (say!(locale, "规则和依据", "The rules and what they rest on")) }
            @for (law, run) in runs(columns, |it| it.law.clone()) {
                h3 { (law) }
                dl { @for it in run { (rule(it, locale)) } }
            }
        }
    }
}

fn rule(column: &Column<'_>, locale: Locale) -> Markup {
    let (planned, rule) = (column.planned, &column.planned.rule);
    html! {
        div id={ "rule-" (column.index) } tabindex="-1" {
            dt {
                (joined(&rule.title)) " " span.a { (joined(&rule.id.node)) } " "
                span class={ "tag " (planned.severity.name()) } { (severity_word(planned.severity, locale)) }
            }
            @for it in &rule.checks { dd.asks { (cut(&joined(&print::statement(&it.statement, voice(locale))), ASKED)) } }
            @if let Some(basis) = authority(planned) { dd { (say!(locale, "依据：", "basis: ")) (basis) } }
            @if let Some(help) = &rule.help { dd { (say!(locale, "改法：", "help: ")) (joined(help)) } }
        }
    }
}
