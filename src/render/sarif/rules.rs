//! The tool and its rules, as SARIF wants them: each with a description, help and a default level.

use serde::Serialize;

use super::{Text, level};
use crate::lang::print;
use crate::locale::Locale;
use crate::pack::Severity;
use crate::plan::PlannedRule;
use crate::render::catalog::voice;
use crate::render::visible::joined;
use crate::render::words::{authority, cut, named, remedy};
use crate::say;

/// What GitHub shows of a description, in characters.
const DESCRIPTION: usize = 1024;

/// The program.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Driver<'a> {
    name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor<'a> {
    id: &'a str,
    short_description: Text,
    full_description: Text,
    help: Help,
    default_configuration: Configuration,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Properties<'a> {
    tags: Vec<&'a str>,
    precision: &'static str,
    #[serde(rename = "problem.severity")]
    severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<String>,
}

/// The program with its rules in the order of the plan.
pub fn driver(rules: &[PlannedRule], locale: Locale) -> Driver<'_> {
    let version = env!("CARGO_PKG_VERSION");
    let rules = rules.iter().map(|it| descriptor(it, locale)).collect();
    Driver { name: env!("CARGO_PKG_NAME"), version, semantic_version: version, rules }
}

fn descriptor(planned: &PlannedRule, locale: Locale) -> Descriptor<'_> {
    let rule = &planned.rule;
    let asks: Vec<_> = rule.checks.iter().map(|it| print::statement(&it.statement, voice(locale))).collect();
    let asks =
        if asks.is_empty() { named(planned) } else { asks.join(if locale == Locale::Zh { "；" } else { "; " }) };
    let mut help = remedy(planned, locale);
    if help.is_empty() {
        let id = &rule.id.node;
        help.push(say!(locale, "运行 guiju explain {id} 查看这条规则", "run guiju explain {id} to see this rule"));
    }
    Descriptor {
        id: &rule.id.node,
        short_description: Text { text: cut(&joined(&rule.title), DESCRIPTION - 1) },
        full_description: Text { text: cut(&joined(&asks), DESCRIPTION - 1) },
        help: Help {
            text: help.join("\n"),
            markdown: help.iter().map(|it| markdown(it)).collect::<Vec<_>>().join("\n\n"),
        },
        default_configuration: Configuration { level: level(planned.severity) },
        properties: Properties {
            tags: std::iter::once(planned.pack.as_str()).chain(rule.tags.iter().map(String::as_str)).collect(),
            precision: "high",
            severity: match planned.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Advice => "recommendation",
            },
            basis: authority(planned),
        },
    }
}

/// A pack's words are text, not markup.
fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '~' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
