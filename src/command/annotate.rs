//! `guiju annotate`: a Word document with its findings as comments.

use std::path::{Path, PathBuf};

use crate::annotate::notes;
use crate::check::{Checked, Want};
use crate::command::console::Console;
use crate::command::fix::{not_written, write};
use crate::command::prepare::exit_code;
use crate::command::workspace::{Job, Wanted, Workspace};
use crate::command::{BROKEN, CLEAN, FINDINGS, Packs, settings};
use crate::fix::failed;
use crate::locale::Locale;
use crate::problem::Problem;
use crate::read::{Format, read};
use crate::say;
use crate::word::annotated;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 一份 Word 文档（.docx）
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// 批注后存成的文件；默认在原文件旁边，如 报告.批注.docx
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    packs: Packs,
    /// 只查这些规则，编号之间用逗号
    #[arg(long, value_name = "ID,…")]
    select: Vec<String>,
    /// 不查这些规则，编号之间用逗号
    #[arg(long, value_name = "ID,…")]
    ignore: Vec<String>,
    /// 从哪一级起算不通过：error（默认）、warning、advice 或 never
    #[arg(long, value_name = "LEVEL", value_parser = ["error", "warning", "advice", "never"], hide_possible_values = true)]
    fail_on: Option<String>,
}

/// Writes the document and gives the exit code: that of a check.
pub fn run(args: &Args, console: &Console) -> u8 {
    let paths = [args.path.clone()];
    let wanted = Wanted {
        paths: &paths,
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
    let [job] = workspace.jobs.as_slice() else {
        if workspace.problems.is_empty() {
            console.problem(&several(&args.path, console.locale));
        }
        return BROKEN;
    };
    match annotate(args, &workspace, job, console) {
        Ok(_) if exit_code(&workspace.problems) != CLEAN => BROKEN,
        Ok(checked) if settings::fail_on(args.fail_on.as_deref()).passes(&workspace.rules, &checked) => CLEAN,
        Ok(_) => FINDINGS,
        Err(problem) => {
            console.problem(&problem);
            BROKEN
        }
    }
}

fn annotate(args: &Args, workspace: &Workspace, job: &Job, console: &Console) -> Result<Checked, Problem> {
    let locale = console.locale;
    let name = job.input.name();
    let output = args.output.clone().unwrap_or_else(|| beside(&args.path, locale));
    if same(&output, &args.path) {
        return Err(itself(&name, locale));
    }
    let bytes = job.input.bytes(locale)?;
    let given = workspace.asked.get(job.asked).map(|it| it.given.clone()).unwrap_or_default();
    let document = read(&name, &bytes, &given, locale)?;
    if document.format != Format::Docx {
        return Err(no_word(&name, document.format, locale));
    }
    let checked = workspace.judge(job, &document, Want::Findings, locale);
    let notes = notes(&workspace.rules, &document, &checked, locale);
    let bytes = annotated(&bytes, &notes).map_err(|it| failed(&it, &name, locale))?;
    let to = output.to_string_lossy();
    write(&output, &bytes).map_err(|why| not_written(&to, &why, locale))?;
    if !console.quiet {
        let count = notes.len() - 1;
        console.tell(&say!(
            locale,
            "写好了 {to}：{count} 处批注，标题上有小结",
            "{to} has {count} comments, and a summary at the title"
        ));
    }
    Ok(checked)
}

fn several(path: &Path, locale: Locale) -> Problem {
    let message = say!(locale, "一次批注一份文件", "one document is annotated at a time");
    let help = say!(locale, "请写出文件名", "name a file");
    Problem::error("annotate::several", path.to_string_lossy(), message).help(help)
}

/// 报告.批注.docx beside 报告.docx.
fn beside(path: &Path, locale: Locale) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let word = say!(locale, "批注", "annotated");
    path.with_file_name(format!("{stem}.{word}.docx"))
}

fn same(one: &Path, other: &Path) -> bool {
    let full = |it: &Path| std::fs::canonicalize(it).unwrap_or_else(|_| it.to_path_buf());
    full(one) == full(other)
}

fn itself(name: &str, locale: Locale) -> Problem {
    let message = say!(locale, "批注不能存回原文件", "comments are not put into the file itself");
    let help = say!(locale, "用 -o 写出另一个文件名", "name another file with -o");
    Problem::error("annotate::itself", name, message).help(help)
}

fn no_word(name: &str, format: Format, locale: Locale) -> Problem {
    let ending = format.name();
    let message = say!(
        locale,
        "只能在 Word 文档（.docx）里批注，这是 .{ending}",
        "comments are put into Word documents (.docx) only, and this is .{ending}"
    );
    let help = say!(
        locale,
        "在 Word 或 WPS 中另存为 .docx；只看结果用 guiju check",
        "save it as .docx in Word or WPS; `guiju check` shows the results"
    );
    Problem::error("annotate::format", name, message).help(help)
}
