//! `guiju outline`: how a report was read.

use std::path::PathBuf;

use crate::command::console::Console;
use crate::command::{BROKEN, CLEAN, Reading, input, settings};
use crate::facts::Given;
use crate::problem::Problem;
use crate::render::outline;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 一份报告；- 为标准输入
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// 列表的形式：pretty（默认）或 json
    #[arg(id = "listing", long = "format", value_name = "FORMAT", value_parser = ["pretty", "json"], hide_possible_values = true)]
    format: Option<String>,
    /// 设定变量，如 level=部门；year、title、issuer、date 是报告本身的年度、标题、署名、日期
    #[arg(long = "var", value_name = "NAME=VALUE")]
    vars: Vec<String>,
    #[command(flatten)]
    reading: Reading,
}

/// Prints the outlines and gives the exit code.
pub fn run(args: &Args, console: &Console) -> u8 {
    match text(args, console) {
        Ok(text) => {
            console.print(&text);
            CLEAN
        }
        Err(problems) => {
            problems.iter().for_each(|it| console.problem(it));
            BROKEN
        }
    }
}

fn text(args: &Args, console: &Console) -> Result<String, Vec<Problem>> {
    let locale = console.locale;
    let one = |problem| vec![problem];
    let mut vars = settings::assignments("--var", &args.vars, &settings::FACTS, locale).map_err(one)?;
    let given: Given = settings::given(&mut vars, locale).map_err(one)?;
    let input = input::one(&args.path, &args.reading, locale);
    let document = args.reading.document(&input, &given, locale).map_err(one)?;
    Ok(match args.format.as_deref() {
        Some("json") => outline::json(&document),
        _ => outline::pretty(&document, locale, console.style(false).width),
    })
}
