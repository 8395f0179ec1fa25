//! `guiju pack diff`: what a new version of a pack changes on given reports.

use std::path::PathBuf;

use rayon::prelude::*;

use crate::check::{Want, check};
use crate::command::console::Console;
use crate::command::input::Input;
use crate::command::prepare::{self, Prepared};
use crate::command::{BROKEN, CLEAN, FINDINGS, Packs, Reading, input};
use crate::compare::{Change, compare};
use crate::locale::Locale;
use crate::problem::Problem;
use crate::render::compare as render;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 旧的规则包：内置的名称，或 YAML 文件
    #[arg(value_name = "OLD")]
    old: String,
    /// 新的规则包
    #[arg(value_name = "NEW")]
    new: String,
    /// 文件和文件夹；- 为标准输入；默认为当前文件夹
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// 设定变量，如 level=部门；year、title、issuer、date 是报告本身的年度、标题、署名、日期
    #[arg(long = "var", value_name = "NAME=VALUE")]
    vars: Vec<String>,
    /// 列表的形式：pretty（默认）或 json
    #[arg(id = "listing", long = "format", value_name = "FORMAT", value_parser = ["pretty", "json"], hide_possible_values = true)]
    format: Option<String>,
    #[command(flatten)]
    reading: Reading,
}

/// Prints the verdicts that change, and gives the exit code: 1 where any does.
pub fn run(args: &Args, console: &Console) -> u8 {
    let (old, new) = match (prepared(&args.old, args, console), prepared(&args.new, args, console)) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => {
            let problems = [old.err(), new.err()].into_iter().flatten().flatten();
            problems.for_each(|it| console.problem(&it));
            return BROKEN;
        }
    };
    let mut code = prepare::exit_code(&old.problems).max(prepare::exit_code(&new.problems));
    old.problems.iter().chain(&new.problems).for_each(|it| console.problem(it));
    let (inputs, problems) = input::all(&args.paths, &args.reading, console);
    let locale = console.locale;
    let compared: Vec<_> = inputs.par_iter().map(|it| compared(it, &old, &new, &args.reading, locale)).collect();
    let mut reports = Vec::new();
    for (input, changes) in inputs.iter().zip(compared) {
        match changes {
            Ok(changes) => reports.push((input.name(), changes)),
            Err(problem) => {
                console.problem(&problem);
                code = BROKEN;
            }
        }
    }
    if !problems.is_empty() {
        problems.iter().for_each(|it| console.problem(it));
        code = BROKEN;
    }
    console.print(&match args.format.as_deref() {
        Some("json") => render::json(&reports),
        _ => render::changes(&reports, &console.style(false)),
    });
    let changed = reports.iter().any(|(_, it)| !it.is_empty());
    code.max(if changed { FINDINGS } else { CLEAN })
}

fn prepared(pack: &str, args: &Args, console: &Console) -> Result<Prepared, Vec<Problem>> {
    let packs = Packs { packs: vec![pack.to_owned()], vars: args.vars.clone(), ..Packs::default() };
    prepare::prepare(&packs, console.locale)
}

fn compared(
    input: &Input,
    old: &Prepared,
    new: &Prepared,
    reading: &Reading,
    locale: Locale,
) -> Result<Vec<Change>, Problem> {
    let document = reading.document(input, &new.given, locale)?;
    let judge = |of: &Prepared| check(&of.plan, &document, Want::Findings, locale).verdicts;
    Ok(compare(&document, (&old.plan, &judge(old)), (&new.plan, &judge(new))))
}
