//! `guiju try`: one statement straight from the shell, as a pack of one rule.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::command::console::Console;
use crate::command::prepare::{self, Prepared};
use crate::command::workspace::Workspace;
use crate::command::{BROKEN, Packs, Results, input, run};
use crate::lang::parse::{Fault, Names, statement};
use crate::locale::Locale;
use crate::pack::{Pack, Rule};
use crate::plan::compile;
use crate::problem::Problem;
use crate::say;
use crate::source::Source;
use crate::span::Span;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 一句规则，如 '应当提及 第一责任人'
    #[arg(value_name = "STATEMENT")]
    statement: String,
    /// 文件和文件夹；- 为标准输入；默认为当前文件夹
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    packs: Packs,
    #[command(flatten)]
    results: Results,
}

/// The id of the one rule.
const ID: &str = "try";

/// Checks the reports with the one statement, and gives the exit code.
pub fn run(args: &Args, console: &Console) -> u8 {
    let prepared = match prepared(args, console.locale) {
        Ok(prepared) => prepared,
        Err(problems) => {
            problems.iter().for_each(|it| console.problem(it));
            return BROKEN;
        }
    };
    let here = [PathBuf::from(".")];
    let paths = if args.paths.is_empty() { &here[..] } else { &args.paths };
    let (inputs, problems) = input::all(paths, &args.results.reading, console);
    let problems = prepared.problems.iter().cloned().chain(problems).collect();
    let workspace = Workspace { problems, ..Workspace::of(prepared, inputs) };
    let results = Results { evidence: true, ..args.results.clone() };
    run::run(&workspace, &results, console)
}

fn prepared(args: &Args, locale: Locale) -> Result<Prepared, Vec<Problem>> {
    let mut loaded = prepare::load_packs(&args.packs.packs, locale);
    let mut problems = std::mem::take(&mut loaded.problems);
    let (settings, given) = prepare::settings_for(&args.packs, &[], &[], &loaded, locale).map_err(|it| vec![it])?;
    let pack = pack(&args.statement, &loaded.packs, locale)?;
    let packs = vec![pack];
    let (plan, wrong) = compile(&packs, &settings, locale);
    problems.extend(wrong);
    Ok(Prepared { packs, plan, given, problems })
}

/// A pack of the one rule, with all that the other packs declare.
fn pack(text: &str, packs: &[Pack], locale: Locale) -> Result<Pack, Vec<Problem>> {
    let source = Arc::new(Source::new(say!(locale, "语句", "statement"), text));
    let mut pack = lent(packs, &source);
    let names = Names {
        sets: pack.terms.keys().cloned().collect(),
        quantities: pack.quantities.keys().cloned().collect(),
        params: pack.params.keys().cloned().collect(),
        vars: pack.vars.clone(),
    };
    let statement = statement(text, &names, locale).map_err(|faults| {
        let problem = |it: Fault| {
            let problem = Problem::error(it.code, source.name(), it.message).at(&source, it.span, it.label);
            Problem { help: it.help, ..problem }
        };
        faults.into_iter().map(problem).collect::<Vec<_>>()
    })?;
    pack.rules.push(Rule::of(ID, text, statement, Span::new(0, text.len())));
    Ok(pack)
}

fn lent(packs: &[Pack], source: &Arc<Source>) -> Pack {
    let mut pack = Pack {
        name: ID.to_owned(),
        version: String::new(),
        title: String::new(),
        about: String::new(),
        applies: None,
        extends: Vec::new(),
        params: BTreeMap::new(),
        vars: Vec::new(),
        terms: BTreeMap::new(),
        quantities: BTreeMap::new(),
        rules: Vec::new(),
        silences: Vec::new(),
        source: Arc::clone(source),
    };
    for it in packs {
        pack.params.extend(it.params.clone());
        pack.vars.extend(it.vars.iter().cloned());
        pack.terms.extend(it.terms.clone());
        pack.quantities.extend(it.quantities.clone());
    }
    pack
}
