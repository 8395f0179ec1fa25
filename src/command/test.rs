//! `guiju test`: the rules' own tests, what they exercise, and what they would not notice.

use rayon::prelude::*;

use crate::command::console::Console;
use crate::command::{CLEAN, FINDINGS, prepare};
use crate::pack::{Loaded, Pack};
use crate::render::{Style, coverage, tests, tests_json};
use crate::ruletest;
use crate::ruletest::coverage::Coverage;
use crate::ruletest::mutants::Mutated;
use crate::say;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 规则包：内置的名称，或 YAML 文件；默认为全部内置的
    #[arg(value_name = "PACK")]
    pack_paths: Vec<String>,
    /// 列出没有测试用到的列举、词语、例外和条件
    #[arg(long)]
    coverage: bool,
    /// 覆盖率低于这个百分数（0 至 100）时退出码为 1；同时列出覆盖率
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    coverage_min: Option<u8>,
    /// 逐处改动规则，列出没有测试发现的改动；不影响退出码
    #[arg(long)]
    mutate: bool,
    /// 列表的形式：pretty（默认）或 json
    #[arg(id = "listing", long = "format", value_name = "FORMAT", value_parser = ["pretty", "json"], hide_possible_values = true)]
    format: Option<String>,
}

/// Runs them, prints those that did not come out as expected, and gives the exit code.
pub fn run(args: &Args, console: &Console) -> u8 {
    let built_in = prepare::built_in();
    let names = if args.pack_paths.is_empty() { &built_in } else { &args.pack_paths };
    let loaded = prepare::load_packs(names, console.locale);
    let doubts = prepare::doubts(names, &loaded, console.locale);
    let wanted = prepare::named(names, &loaded.packs);
    let Loaded { packs, mut problems } = loaded;
    let (tested, wrong) = ruletest::run(&packs, console.locale);
    problems.extend(wrong);
    problems.extend(doubts);
    problems.iter().for_each(|it| console.problem(it));
    let covered = (args.coverage || args.coverage_min.is_some())
        .then(|| ruletest::coverage::coverage(&packs, &wanted, console.locale));
    let mutated = args.mutate.then(|| mutated(&packs, &wanted, console));
    let failed = tested.iter().filter(|it| !it.result.passed()).count();
    if args.format.as_deref() == Some("json") {
        console.print(&tests_json::tests(&tested, covered.as_ref(), mutated.as_deref(), console.locale));
    } else {
        let style = console.style(false);
        tested.iter().filter(|it| !it.result.passed()).for_each(|it| console.print(&tests::failed(it, &style)));
        console.print(&more(covered.as_ref(), mutated.as_deref(), &packs, &style));
        console.print(&tests::summary(&tested, console.locale));
    }
    let short = covered.zip(args.coverage_min).filter(|(it, least)| it.percent() < usize::from(*least));
    if let Some((covered, least)) = &short {
        let percent = covered.percent();
        console.tell(&say!(
            console.locale,
            "覆盖率 {percent}% 低于要求的 {least}%\n",
            "coverage {percent}% is below {least}%\n"
        ));
    }
    let code = if failed == 0 && short.is_none() { CLEAN } else { FINDINGS };
    code.max(prepare::exit_code(&problems))
}

fn more(covered: Option<&Coverage>, mutated: Option<&[Mutated]>, packs: &[Pack], style: &Style) -> String {
    let covered = covered.map(|it| coverage::coverage(it, style)).unwrap_or_default();
    let mutated = mutated.map(|it| coverage::mutants(it, packs, style)).unwrap_or_default();
    format!("{covered}{mutated}")
}

/// The changes to each rule of the packs wanted, several rules at a time, in the order written.
fn mutated(packs: &[Pack], wanted: &[String], console: &Console) -> Vec<Mutated> {
    let wanted: Vec<&Pack> = packs.iter().filter(|it| wanted.is_empty() || wanted.contains(&it.name)).collect();
    let rules: Vec<_> = wanted.iter().flat_map(|pack| pack.rules.iter().map(move |rule| (*pack, rule))).collect();
    let locale = console.locale;
    rules.par_iter().map(|(pack, rule)| ruletest::mutants::mutate(packs, pack, rule, locale)).collect()
}
