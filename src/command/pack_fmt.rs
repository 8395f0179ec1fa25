//! `guiju pack fmt`: packs tidied, in place.

use std::io::Write;

use crate::atomic::Whole;
use crate::command::console::Console;
use crate::command::{BROKEN, CLEAN, FINDINGS, prepare};
use crate::pack::builtin::is_built_in;
use crate::pack::{Pack, fmt};
use crate::problem::{Level, Problem};
use crate::say;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 规则包的 YAML 文件
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
    /// 不改文件，只列出需要整理的；有则退出码为 1
    #[arg(long)]
    check: bool,
}

/// Tidies the files, those with errors left alone, and gives the exit code.
pub fn run(args: &Args, console: &Console) -> u8 {
    let loaded = prepare::load_packs(&args.files, console.locale);
    let named = prepare::named(&args.files, &loaded.packs);
    let errors: Vec<&Problem> = loaded.problems.iter().filter(|it| it.level == Level::Error).collect();
    errors.iter().for_each(|it| console.problem(it));
    let mut code = if errors.is_empty() { CLEAN } else { BROKEN };
    for pack in loaded.packs.iter().filter(|it| named.contains(&it.name)) {
        let path = pack.source.name();
        if is_built_in(path) || errors.iter().any(|it| it.path == path) {
            continue;
        }
        code = code.max(one(pack, args.check, console));
    }
    code
}

fn one(pack: &Pack, check: bool, console: &Console) -> u8 {
    let (path, locale) = (pack.source.name(), console.locale);
    let Some(tidied) = fmt::tidy(pack) else {
        let message = say!(locale, "不能保证意思不变，没有改动", "left alone: it could come to mean something else");
        console.problem(&Problem::warning("pack::fmt", path, message));
        return CLEAN;
    };
    if tidied == pack.source.text() {
        return CLEAN;
    }
    if check {
        console.print(&say!(locale, "需要整理：{path}\n", "would change: {path}\n"));
        return FINDINGS;
    }
    // The byte order mark is no part of the text that was read, and is left out.
    match Whole::create(path.as_ref()).and_then(|mut it| it.write_all(tidied.as_bytes()).and_then(|()| it.keep())) {
        Ok(()) => {
            console.print(&say!(locale, "已整理：{path}\n", "changed: {path}\n"));
            CLEAN
        }
        Err(why) => {
            let message = say!(locale, "写不了：{why}", "cannot be written: {why}");
            console.problem(&Problem::error("pack::write", path, message));
            BROKEN
        }
    }
}
