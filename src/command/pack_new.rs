//! `guiju pack new`: a commented pack to begin with.

use std::fs::OpenOptions;
use std::io::Write;

use crate::command::console::Console;
use crate::command::{BROKEN, CLEAN};
use crate::pack::starter::starter;
use crate::problem::Problem;
use crate::say;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 规则包的名称，用汉字、字母、数字、-、_；写成“名称.yaml”
    #[arg(value_name = "NAME")]
    name: String,
}

/// Writes the file, never over another, and gives the exit code.
pub fn run(args: &Args, console: &Console) -> u8 {
    let (name, locale) = (&args.name, console.locale);
    let path = format!("{name}.yaml");
    let Some(text) = starter(name) else {
        let message = say!(locale, "`{name}` 不能作规则包的名称", "`{name}` cannot name a pack");
        let help = say!(
            locale,
            "只用汉字、字母、数字、- 和 _，例如 guiju pack new benqu",
            "use letters, digits, - and _, as in guiju pack new benqu"
        );
        console.problem(&Problem::error("pack::name", "pack new", message).help(help));
        return BROKEN;
    };
    let written =
        OpenOptions::new().write(true).create_new(true).open(&path).and_then(|mut it| it.write_all(text.as_bytes()));
    if let Err(why) = written {
        let message = match why.kind() {
            std::io::ErrorKind::AlreadyExists => {
                say!(locale, "文件已经在那里，没有改动它", "the file is there already, and was left alone")
            }
            _ => say!(locale, "写不了：{why}", "cannot be written: {why}"),
        };
        console.problem(&Problem::error("pack::write", path, message));
        return BROKEN;
    }
    console.print(&say!(
        locale,
        "写好了 {path}。改成自己的规则，然后：\n  guiju pack check {path}\n  guiju test {path}\n",
        "wrote {path}. Make its rules your own, then:\n  guiju pack check {path}\n  guiju test {path}\n"
    ));
    CLEAN
}
