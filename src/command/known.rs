//! Where findings stand that were there before: the baselines of a run.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use crate::baseline::{Baseline, MAX_BYTES};
use crate::locale::Locale;
use crate::problem::Problem;
use crate::projects::Found;
use crate::say;

/// Where to look for them.
#[derive(Debug, Clone, Default)]
pub enum Known {
    /// Where each project file says.
    #[default]
    Project,
    /// In this file.
    File(PathBuf),
    /// Nowhere: all findings count.
    Nowhere,
}

/// The baselines by project; the last is for reports of no project.
///
/// # Errors
/// One that cannot be read.
pub fn read(known: &Known, projects: &[Found], locale: Locale) -> Result<Vec<Option<Baseline>>, Problem> {
    match known {
        Known::Nowhere => Ok(vec![None; projects.len() + 1]),
        Known::File(path) => {
            let baseline = baseline(path, locale)?;
            Ok(vec![Some(baseline); projects.len() + 1])
        }
        Known::Project => {
            let mut all = Vec::new();
            for found in projects {
                all.push(of_project(found, locale)?);
            }
            all.push(None);
            Ok(all)
        }
    }
}

fn of_project(found: &Found, locale: Locale) -> Result<Option<Baseline>, Problem> {
    let Some(scalar) = &found.project.baseline else { return Ok(None) };
    baseline(&found.path(&scalar.text), locale).map(Some).map_err(|problem| match problem.place {
        Some(_) => problem,
        None => {
            let told = found.project.error(problem.code, scalar, problem.message, String::new());
            Problem { help: problem.help, ..told }
        }
    })
}

/// Reads one.
///
/// # Errors
/// Why it cannot be read.
pub fn baseline(path: &Path, locale: Locale) -> Result<Baseline, Problem> {
    let name = path.to_string_lossy();
    let text = text(path).map_err(|why| {
        let message = match why.kind() {
            ErrorKind::NotFound => say!(locale, "没有基线文件 {name}", "there is no baseline {name}"),
            _ => say!(locale, "基线文件 {name} 读不了：{why}", "the baseline {name} cannot be read: {why}"),
        };
        let help = say!(locale, "运行 guiju baseline 写一份", "guiju baseline writes one");
        Problem::error("baseline::unreadable", name.as_ref(), message).help(help)
    })?;
    Baseline::read(&name, &text, locale)
}

fn text(path: &Path) -> io::Result<String> {
    let file = File::open(path)?;
    if !file.metadata()?.is_file() {
        return Err(ErrorKind::InvalidInput.into());
    }
    let mut text = String::new();
    file.take(MAX_BYTES as u64 + 1).read_to_string(&mut text)?;
    if text.len() > MAX_BYTES { Err(ErrorKind::FileTooLarge.into()) } else { Ok(text) }
}
