//! `guiju explain`: what a rule asks, and why a report passes or fails it.

use std::path::{Path, PathBuf};

use crate::check::{Want, check};
use crate::command::console::Console;
use crate::command::prepare::{self, Prepared};
use crate::command::workspace::{Wanted, Workspace};
use crate::command::{BROKEN, Packs, Reading, input};
use crate::locale::Locale;
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
    let paths: Vec<PathBuf> = args.path.iter().cloned().collect();
    // Selected, so that it is explained though the project turns it off.
    let rule = [args.rule.clone()];
    let wanted = Wanted {
        paths: &paths,
        packs: args.packs.clone(),
        select: &rule,
        reading: args.reading.clone(),
        rules_alone: paths.is_empty(),
        ..Wanted::default()
    };
    let Workspace { asked, problems, jobs, .. } = Workspace::open(&wanted, console).map_err(unknown)?;
    let number = jobs.first().map_or(0, |it| it.asked);
    let planned = asked.get(number).and_then(|it| Some((it, it.plan.rules.first()?)));
    let (Some((prepared, planned)), true) = (planned, jobs.len() == paths.len()) else { return Err(problems) };
    problems.iter().for_each(|it| console.problem(it));
    let mut out = catalog::rule(planned, &prepared.packs, args.path.is_none(), &console.style(false));
    if let Some(path) = &args.path {
        out.push_str(&traced(args, prepared, path, locale, console)?);
    }
    Ok((out, prepare::exit_code(&problems)))
}

/// A rule that no pack has: what is wrong is no `--select`, which nobody typed.
fn unknown(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.iter_mut().filter(|it| it.path == "--select").for_each(|it| it.path = "explain".to_owned());
    problems
}

fn traced(
    args: &Args,
    prepared: &Prepared,
    path: &Path,
    locale: Locale,
    console: &Console,
) -> Result<String, Vec<Problem>> {
    let one = |problem| vec![problem];
    let input = input::one(path, &args.reading, locale);
    let document = args.reading.document(&input, &prepared.given, locale).map_err(one)?;
    let checked = check(&prepared.plan, &document, Want::Evidence, locale);
    let traces = crate::check::explain(&prepared.plan, 0, &document, locale);
    let locator = Locator::of_document(&document);
    let style = console.style(false);
    let report = Report { rules: &prepared.plan.rules, document: &document, checked: &checked };
    Ok(trace::verdict(&report, &traces, &locator, &style))
}
