//! `guiju pack doc`: the manual page of packs.

use std::io::Write;
use std::path::PathBuf;

use crate::atomic::Whole;
use crate::command::console::Console;
use crate::command::{BROKEN, prepare};
use crate::pack::Pack;
use crate::problem::{Level, Problem};
use crate::render::doc;
use crate::say;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 规则包：内置的名称，或 YAML 文件；默认为全部内置的
    #[arg(value_name = "PACK")]
    pack_paths: Vec<String>,
    /// 手册的形式：markdown（默认）或 html（单个文件）
    #[arg(id = "page", long = "format", value_name = "FORMAT", value_parser = ["markdown", "html"], hide_possible_values = true)]
    format: Option<String>,
    /// 存入文件，不印在屏幕上
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Prints the manual of the packs named, those they extend left out, and gives the exit code.
pub fn run(args: &Args, console: &Console) -> u8 {
    let built_in = prepare::built_in();
    let names = if args.pack_paths.is_empty() { &built_in } else { &args.pack_paths };
    let loaded = prepare::load_packs(names, console.locale);
    loaded.problems.iter().for_each(|it| console.problem(it));
    if loaded.problems.iter().any(|it| it.level == Level::Error) {
        return BROKEN;
    }
    let named = prepare::named(names, &loaded.packs);
    let packs: Vec<Pack> = loaded.packs.into_iter().filter(|it| named.contains(&it.name)).collect();
    let text = match args.format.as_deref() {
        Some("html") => doc::html(&packs, console.locale),
        _ => doc::markdown(&packs, console.locale),
    };
    let Some(path) = &args.output else {
        console.print(&text);
        return prepare::exit_code(&loaded.problems);
    };
    let written = Whole::create(path).and_then(|mut it| it.write_all(text.as_bytes()).and_then(|()| it.keep()));
    if let Err(why) = written {
        let message = say!(console.locale, "写不了：{why}", "cannot be written: {why}");
        console.problem(&Problem::error("pack::write", path.to_string_lossy(), message));
        return BROKEN;
    }
    prepare::exit_code(&loaded.problems)
}
