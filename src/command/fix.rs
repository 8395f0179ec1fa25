//! `guiju fix`: applies the fixes of findings to the files themselves.

use std::io::Write;
use std::path::{Path, PathBuf};

use similar::TextDiff;

use crate::atomic::Whole;
use crate::check::Want;
use crate::command::console::Console;
use crate::command::prepare::exit_code;
use crate::command::workspace::{Job, Wanted, Workspace};
use crate::command::{BROKEN, CLEAN, FINDINGS, Packs};
use crate::document::Document;
use crate::fix::{Fixed, How, READ_ONLY, fixed};
use crate::locale::Locale;
use crate::problem::{Level, Problem};
use crate::read::read;
use crate::say;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 文件和文件夹；默认为当前文件夹
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// 只显示要改的地方，不写文件；有要改的，退出码为 1
    #[arg(long)]
    diff: bool,
    #[command(flatten)]
    fixing: Fixing,
    /// 在 Word 文档里写成修订，由人接受或拒绝
    #[arg(long)]
    track: bool,
    #[command(flatten)]
    packs: Packs,
    /// 只查这些规则，编号之间用逗号
    #[arg(long, value_name = "ID,…")]
    select: Vec<String>,
    /// 不查这些规则，编号之间用逗号
    #[arg(long, value_name = "ID,…")]
    ignore: Vec<String>,
}

/// Which fixes are applied.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub struct Fixing {
    /// 拿不准的也改：改后请逐处核对
    #[arg(long)]
    pub unsafe_fixes: bool,
}

/// What came of all files.
#[derive(Debug, Clone, Copy, Default)]
struct Totals {
    files: usize,
    made: usize,
    left: usize,
    broken: bool,
}

/// Applies the fixes and gives the exit code.
pub fn run(args: &Args, console: &Console) -> u8 {
    let wanted = Wanted {
        paths: &args.paths,
        packs: args.packs.clone(),
        select: &args.select,
        ignore: &args.ignore,
        ..Wanted::default()
    };
    let workspace = match Workspace::open(&wanted, console) {
        Ok(workspace) => workspace,
        Err(problems) => {
            problems.iter().for_each(|it| console.problem(it));
            return BROKEN;
        }
    };
    workspace.problems.iter().for_each(|it| console.problem(it));
    let how = How { unsafe_too: args.fixing.unsafe_fixes, tracked: args.track };
    all(&workspace, &args.paths, how, args.diff, console).max(exit_code(&workspace.problems))
}

/// Applies the fixes to all reports. A pack or project with errors might know better, so then nothing is written.
///
/// A file that is only read, such as a PDF, is an error where it is among the `named` paths, and left out of folders.
pub fn all(workspace: &Workspace, named: &[PathBuf], how: How, diff: bool, console: &Console) -> u8 {
    let asked = workspace.asked.iter().flat_map(|it| &it.problems);
    let doubtful = |it: &Problem| it.level == Level::Error && !it.code.starts_with("read::");
    if workspace.problems.iter().chain(asked).any(doubtful) {
        console.tell(&say!(
            console.locale,
            "规则包或项目文件有错，没有改动任何文件",
            "a pack or the project file has errors; no file was changed"
        ));
        return BROKEN;
    }
    let mut totals = Totals::default();
    for job in &workspace.jobs {
        match one(workspace, job, how, diff, console) {
            Ok(fixed) => {
                totals.files += usize::from(fixed.made > 0);
                totals.made += fixed.made;
                totals.left += fixed.left;
            }
            Err(problem) if problem.code == READ_ONLY && !job.input.path().is_some_and(|it| is_named(it, named)) => {}
            Err(problem) => {
                console.problem(&problem);
                totals.broken = true;
            }
        }
    }
    if !console.quiet {
        console.tell(&totals.told(diff, how, console.locale));
    }
    match (totals.broken, diff && totals.made > 0) {
        (true, _) => BROKEN,
        (false, true) => FINDINGS,
        (false, false) => CLEAN,
    }
}

fn is_named(path: &Path, named: &[PathBuf]) -> bool {
    named.iter().any(|it| it == path)
}

fn one(workspace: &Workspace, job: &Job, how: How, diff: bool, console: &Console) -> Result<Fixed, Problem> {
    let locale = console.locale;
    let name = job.input.name();
    let Some(path) = job.input.path() else { return Err(not_a_file(&name, locale)) };
    let bytes = job.input.bytes(locale)?;
    let given = workspace.asked.get(job.asked).map(|it| it.given.clone()).unwrap_or_default();
    let read = |bytes: &[u8]| read(&name, bytes, &given, locale);
    let judge = |document: &Document| workspace.judge(job, document, Want::Findings, locale);
    let fixed = fixed(&bytes, how, &read, &judge, locale)?;
    let made = fixed.made;
    match (made > 0, diff) {
        (false, _) => {}
        (true, true) => console.print(&unified(&name, &fixed.texts)),
        (true, false) => {
            write(path, &fixed.bytes).map_err(|why| not_written(&name, &why, locale))?;
            console.print(&format!("{}\n", say!(locale, "{name}：改了 {made} 处", "{name}: {made} mended")));
        }
    }
    Ok(fixed)
}

/// Writes a file whole or not at all.
///
/// # Errors
/// It cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = Whole::create(path)?;
    file.write_all(bytes)?;
    file.keep()
}

/// The problem with a file that could not be written.
pub fn not_written(name: &str, why: &std::io::Error, locale: Locale) -> Problem {
    let message = say!(locale, "无法写入：{why}", "it cannot be written: {why}");
    let help = say!(
        locale,
        "文件可能正在 Word 中打开，或没有写入权限；关闭后再试",
        "it may be open in Word, or writing is not permitted; close it and try again"
    );
    Problem::error("write::failed", name, message).help(help)
}

fn not_a_file(name: &str, locale: Locale) -> Problem {
    let message = say!(locale, "标准输入不能改写", "standard input cannot be written back");
    Problem::error("fix::standard-input", name, message).help(say!(locale, "请写出文件名", "name a file"))
}

/// The lines that change, as `diff -u` shows them.
fn unified(name: &str, [old, new]: &[String; 2]) -> String {
    TextDiff::from_lines(old.as_str(), new.as_str()).unified_diff().context_radius(1).header(name, name).to_string()
}

impl Totals {
    fn told(self, diff: bool, how: How, locale: Locale) -> String {
        let Totals { files, made, left, .. } = self;
        let done = match (made, diff) {
            (0, _) => say!(locale, "没有可以直接改的地方", "nothing to mend"),
            (_, true) => say!(
                locale,
                "{files} 份报告有 {made} 处可以改，没有写入",
                "{made} to mend in {files} reports; nothing was written"
            ),
            (_, false) => say!(locale, "改了 {files} 份报告，共 {made} 处", "{made} mended in {files} reports"),
        };
        match (left, how.unsafe_too) {
            (0, _) => done,
            (_, false) => say!(
                locale,
                "{done}；另有 {left} 处要人看过再改，加 --unsafe-fixes 一并改",
                "{done}; {left} more want a reader, --unsafe-fixes mends them too"
            ),
            (_, true) => {
                say!(locale, "{done}；另有 {left} 处改不了，请用手改", "{done}; {left} more must be mended by hand")
            }
        }
    }
}
