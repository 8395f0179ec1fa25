//! What clap says by itself, in Chinese: the layout of help, and mistakes on the command line.

use std::io::Write;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::command::sink::broken;
use crate::locale::Locale;
use crate::render::visible::{lines, visible};

/// The columns left for a help text beside the flags of `check`.
const HELP: usize = 48;

const TEMPLATE: &str = "{before-help}{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// What stands for the value of an argument in help.
const VALUES: &[(&str, &str)] = &[
    ("PATH", "路径"),
    ("RULE", "编号"),
    ("STATEMENT", "句子"),
    ("PACK", "规则包"),
    ("NAME|PATH", "名称|路径"),
    ("NAME=VALUE", "名称=值"),
    ("NAME", "名称"),
    ("DATE", "日期"),
    ("ID,…", "编号,…"),
    ("FORMAT[=FILE]", "形式[=文件]"),
    ("FORMAT", "形式"),
    ("FILE", "文件"),
    ("LEVEL", "级别"),
    ("WHEN", "何时"),
    ("LANG", "语言"),
    ("N", "个数"),
];

/// Puts the layout of help into Chinese, for a command and all below it.
pub fn in_chinese(command: clap::Command) -> clap::Command {
    below(command, "")
}

fn below(command: clap::Command, parents: &str) -> clap::Command {
    let path = format!("{parents} {}", command.get_name()).trim().to_owned();
    let command = command.help_template(TEMPLATE).subcommand_help_heading("命令").subcommand_value_name("命令");
    let command = command.mut_args(|argument| {
        let heading = if argument.is_positional() { "参数" } else { "选项" };
        // clap breaks lines at spaces alone, and Chinese has none.
        let help = argument.get_help().map(|it| lines(&it.to_string(), HELP, usize::MAX).join("\n"));
        let value = argument.get_value_names().and_then(|it| it.first()).map(|it| it.as_str());
        let value = VALUES.iter().find(|(name, _)| Some(*name) == value).map(|(_, value)| *value);
        let argument = argument.help_heading(heading).help(help.unwrap_or_default());
        match value {
            Some(value) => argument.value_name(value),
            None => argument,
        }
    });
    let command = command.mut_subcommands(|sub| below(sub, &path));
    // Asking for the usage makes a command ready, which is for clap to do with the whole of them.
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace("[OPTIONS]", "[选项]");
    // clap knows only the last word of the path here.
    let usage = usage.replacen(command.get_name(), &path, 1);
    command.override_usage(usage)
}

/// Prints help where it was asked for, else what is wrong, and gives the exit code.
pub fn print(error: &clap::Error, locale: Locale) -> u8 {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        let printed = error.print().and_then(|()| std::io::stdout().flush());
        let told = printed.err().and_then(|why| broken(&why, locale));
        return told.map_or(super::CLEAN, |text| {
            let _ = writeln!(std::io::stderr().lock(), "{text}");
            super::BROKEN
        });
    }
    let told = match locale {
        Locale::En => None,
        Locale::Zh => message(error),
    };
    match told {
        Some(text) => {
            let _ = writeln!(std::io::stderr().lock(), "{text}");
        }
        // What was typed, such as the name of a file, may hold what a terminal obeys.
        None if error.to_string().contains(|c: char| c.is_control() && c != '\n') => {
            let lines: Vec<String> = error.to_string().lines().map(|it| visible(it).into_owned()).collect();
            let _ = writeln!(std::io::stderr().lock(), "{}", lines.join("\n"));
        }
        None => {
            let _ = error.print();
        }
    }
    super::BROKEN
}

/// A mistake in Chinese; `None` where clap's own words must do.
fn message(error: &clap::Error) -> Option<String> {
    let word = |kind| error.get(kind).map(words).unwrap_or_default();
    let argument = word(ContextKind::InvalidArg);
    let what = match error.kind() {
        ErrorKind::UnknownArgument => format!("不认识“{argument}”"),
        ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令", word(ContextKind::InvalidSubcommand)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            match (word(ContextKind::InvalidValue).as_str(), word(ContextKind::ValidValue).as_str()) {
                ("", _) => format!("{argument} 后面缺值"),
                (value, "") => format!("{argument} 的值“{value}”不对"),
                (value, valid) => format!("{argument} 的值“{value}”不对，可用的有：{valid}"),
            }
        }
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::ArgumentConflict => format!("{argument} 不能给两次，或不能与 {} 同用", word(ContextKind::PriorArg)),
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            format!("{argument} 的值的个数不对")
        }
        _ => return None,
    };
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let near = near.into_iter().map(word).find(|it| !it.is_empty());
    // Of several the likeliest comes last.
    let near = near.as_deref().and_then(|it| it.rsplit('、').next());
    let near = near.map(|it| format!("\n改法：是不是“{it}”？")).unwrap_or_default();
    let usage = word(ContextKind::Usage);
    let usage = usage.trim().trim_start_matches("Usage: ");
    let usage = if usage.is_empty() { String::new() } else { format!("用法：{usage}\n") };
    Some(format!("错误：{what}{near}\n{usage}加上 --help 可查看全部用法。"))
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => visible(text).into_owned(),
        ContextValue::Strings(list) => list.join("、"),
        // The only value that is styled.
        ContextValue::StyledStr(text) => text.to_string(),
        other => other.to_string(),
    }
}
