//! The command line: what may be typed, and which exit code comes of it. A file a subcommand: glue, no logic.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::locale::Locale;

mod apart;
mod baseline;
mod check;
mod completions;
mod console;
mod convert;
mod english;
mod explain;
mod gather;
mod init;
mod input;
mod known;
mod left;
mod names;
mod one;
mod outline;
mod pack_check;
mod packs;
mod packs_of;
mod prepare;
mod process;
mod rules;
mod run;
mod settings;
mod sink;
mod test;
mod try_;
mod usage;
mod workspace;

use console::Console;
use input::Reading;

/// Everything passed.
const CLEAN: u8 = 0;
/// There are findings that make the check fail.
const FINDINGS: u8 = 1;
/// The command could not be carried out in full.
const BROKEN: u8 = 2;

/// 规矩：按规则检查法治政府建设年度报告
#[derive(Debug, Parser)]
#[command(
    name = "guiju",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true
)]
#[command(arg_required_else_help = true, subcommand_required = true, max_term_width = 100)]
#[command(after_help = "\
常用的例子：
  guiju check 报告.txt            检查一份报告
  guiju check 报告文件夹          检查文件夹里的全部报告
  guiju explain FZ005 报告.txt    规则是什么意思，报告为什么没有通过
  guiju outline 报告.txt          报告读成了什么样：标题、年度、各级标题

guiju 命令 --help 显示一条命令的全部用法。")]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// 说明和结果所用的语言：zh（默认）或 en
    #[arg(long, global = true, value_name = "LANG", value_parser = ["zh", "en"], hide_possible_values = true)]
    lang: Option<String>,
    /// 是否用颜色：auto（默认）、always 或 never；也认环境变量 NO_COLOR
    #[arg(long, global = true, value_name = "WHEN", value_parser = ["auto", "always", "never"], hide_possible_values = true)]
    color: Option<String>,
    /// 只印结果，不印小结和提示
    #[arg(short, long, global = true)]
    quiet: bool,
    /// 多印一些经过：略过了哪些文件，用了哪些规则包
    #[arg(short, long, global = true, action = ArgAction::Count)]
    verbose: u8,
    /// 显示帮助
    #[arg(short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    /// 显示版本
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 检查文件和文件夹
    Check(check::Args),
    /// 在当前文件夹写一份带注释的项目文件 guiju.yaml
    Init(init::Args),
    /// 把现有的问题记入基线文件，以后只报告新的问题
    Baseline(baseline::Args),
    /// 直接用一句话检查，不必先写规则包
    Try(try_::Args),
    /// 显示一份报告是怎样读的：标题、年度、各级标题和行号
    Outline(outline::Args),
    /// 解释一条规则；再给一份报告，就解释它为什么通过或不通过
    Explain(explain::Args),
    /// 列出规则
    Rules(rules::Args),
    /// 列出规则包
    Packs(packs::Args),
    /// 运行规则自带的测试
    Test(test::Args),
    /// 规则包的工具
    #[command(subcommand)]
    Pack(PackCommand),
    /// 输出命令行补全脚本
    Completions(completions::Args),
    /// 在单独的进程里读一份报告，由程序自己调用
    #[command(hide = true)]
    ReadApart(apart::Args),
}

#[derive(Debug, Subcommand)]
enum PackCommand {
    /// 检查规则包本身写得对不对
    Check(pack_check::Args),
}

/// Runs a command line and gives the exit code.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let locale = settings::locale(&arguments);
    let parsed = command(locale).try_get_matches_from(&arguments).and_then(|it| Cli::from_arg_matches(&it));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return usage::print(&error, locale),
    };
    let console = Console::new(locale, cli.color.as_deref(), cli.quiet, cli.verbose > 0);
    let code = match cli.command {
        Command::Check(args) => check::run(&args, &console),
        Command::Init(args) => init::run(&args, &console),
        Command::Baseline(args) => baseline::run(&args, &console),
        Command::Try(args) => try_::run(&args, &console),
        Command::Outline(args) => outline::run(&args, &console),
        Command::Explain(args) => explain::run(&args, &console),
        Command::Rules(args) => rules::run(&args, &console),
        Command::Packs(args) => packs::run(&args, &console),
        Command::Test(args) => test::run(&args, &console),
        Command::Pack(PackCommand::Check(args)) => pack_check::run(&args, &console),
        Command::Completions(args) => completions::run(&args, &console),
        Command::ReadApart(args) => return apart::run(&args, locale),
    };
    console.exit_code(code)
}

/// The command line as clap knows it, its help in one language throughout.
fn command(locale: Locale) -> clap::Command {
    match locale {
        Locale::Zh => usage::in_chinese(Cli::command()),
        Locale::En => english::in_english(Cli::command()),
    }
}

/// The packs and facts that rules are taken from; shared by the commands that use rules.
#[derive(Debug, Clone, Default, clap::Args)]
struct Packs {
    /// 用这个规则包（名称或 YAML 文件），可给多个；默认用内置的 fazhi-annual-report
    #[arg(long = "pack", value_name = "NAME|PATH")]
    packs: Vec<String>,
    /// 设定变量，如 level=部门；year、title、issuer、date 是报告本身的年度、标题、署名、日期
    #[arg(long = "var", value_name = "NAME=VALUE")]
    vars: Vec<String>,
    /// 设定规则包的参数，如 min_deficiency_chars=150
    #[arg(long = "param", value_name = "NAME=VALUE")]
    params: Vec<String>,
    /// 以这一天为准，如 2025-01-14：依据、豁免当天是否有效；默认依据看报告年度的12月31日，豁免看今天
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
}

/// Which results are printed where; shared by the commands that check reports.
#[derive(Debug, Clone, Default, clap::Args)]
struct Results {
    /// 结果的形式：pretty（默认）、concise、json、jsonl、sarif、junit、github、gitlab、csv、html；写 json=结果.json 则存入文件，可给多个
    #[arg(long, value_name = "FORMAT[=FILE]")]
    format: Vec<String>,
    /// 结果存入文件，不印在屏幕上
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// 从哪一级起算不通过：error（默认）、warning、advice 或 never
    #[arg(long, value_name = "LEVEL", value_parser = ["error", "warning", "advice", "never"], hide_possible_values = true)]
    fail_on: Option<String>,
    /// 也列出通过的规则及其依据的文字，和不适用的原因
    #[arg(long)]
    evidence: bool,
    /// 同时检查几份，默认按处理器的数目
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// 进度条：auto（默认）或 never
    #[arg(long, value_name = "WHEN", value_parser = ["auto", "never"], hide_possible_values = true)]
    progress: Option<String>,
    #[command(flatten)]
    reading: Reading,
}
