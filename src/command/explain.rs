//! `guiju explain`: what a rule asks, and why a report passes or fails it.

use std::path::{Path, PathBuf};

use crate::check::{Want, check};
use crate::command::console::Console;
use crate::command::prepare::{self, Prepared};
use crate::command::{BROKEN, Packs, Reading, input, settings};
use crate::problem::Problem;
use crate::render::location::Locator;
use crate::render::{Report, catalog, trace};

/// What may be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 规则的编号
    #[arg(value_name = "RULE")]
    rule: String,
    /// 一份报告；- 为标准输入
    #[arg(value_name = "PATH")]
    path: Option<PathBuf>,
    #[command(flatten)]
    packs: Packs,
    #[command(flatten)]
    reading: Reading,
}

/// Prints the explanation and gives the exit code.
pub fn run(args: &Args, console: &Console) -> u8 {
    match text(args, console) {
        Ok((text, code)) => {
            console.print(&text);
            code
        }
        Err(problems) => {
            problems.iter().for_each(|it| console.problem(it));
            BROKEN
        }
    }
}

fn text(args: &Args, console: &Console) -> Result<(String, u8), Vec<Problem>> {
    let locale = console.locale;
    let prepared = prepare::prepare(&args.packs, &[], &[], locale)?;
    prepared.problems.iter().for_each(|it| console.problem(it));
    let ids: Vec<&str> = prepared.plan.rules.iter().map(|it| it.rule.id.node.as_str()).collect();
    let Some(at) = ids.iter().position(|id| id.eq_ignore_ascii_case(&args.rule)) else {
        return Err(vec![settings::unknown("explain", &args.rule, &ids, locale)]);
    };
    let mut out = catalog::rule(&prepared.plan.rules[at], &prepared.packs, args.path.is_none(), &console.style(false));
    if let Some(path) = &args.path {
        out.push_str(&traced(args, &prepared, at, path, console)?);
    }
    Ok((out, prepare::exit_code(&prepared.problems)))
}

fn traced(
    args: &Args,
    prepared: &Prepared,
    rule: usize,
    path: &Path,
    console: &Console,
) -> Result<String, Vec<Problem>> {
    let locale = console.locale;
    let one = |problem| vec![problem];
    let input = input::one(path, &args.reading, locale);
    let document = args.reading.document(&input, &prepared.given, locale).map_err(one)?;
    let mut checked = check(&prepared.plan, &document, Want::Evidence, locale);
    checked.verdicts.retain(|it| it.rule == rule);
    let traces = crate::check::explain(&prepared.plan, rule, &document, locale);
    let locator = Locator::of_document(&document);
    let style = console.style(false);
    let report = Report { rules: &prepared.plan.rules, document: &document, checked: &checked };
    Ok(trace::verdict(&report, &traces, &locator, &style))
}
