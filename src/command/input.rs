//! The reports a command line names: files, folders, standard input.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::command::console::Console;
use crate::command::{apart, convert};
use crate::discover::{self, Found, discover};
use crate::document::Document;
use crate::facts::Given;
use crate::locale::Locale;
use crate::problem::Problem;
use crate::read::{Format, Options, is_risky, old_form, take, understand};
use crate::render;
use crate::say;

/// How reports are read; shared by the commands that read any.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Reading {
    /// 从标准输入（-）读取时，报告叫什么名字
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<String>,
    /// 网页不只取正文，整页都读
    #[arg(long)]
    raw: bool,
    /// .rtf、.doc、.wps 先用这个程序转换成 .docx 再读：libreoffice
    #[arg(long, value_name = "PROGRAM", value_parser = ["libreoffice"], hide_possible_values = true)]
    convert: Option<String>,
}

impl Reading {
    /// Reads a report.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn document(&self, input: &Input, given: &Given, locale: Locale) -> Result<Document, Problem> {
        let (name, bytes) = (input.name(), input.bytes(locale)?);
        let converted = match old_form(&bytes).filter(|_| self.convert.is_some()) {
            Some(ending) => Some(convert::to_docx(&name, &bytes, ending, locale)?),
            None => None,
        };
        let bytes = converted.unwrap_or(bytes);
        let apart = if is_risky(&bytes) { apart::take_apart(&name, &bytes, locale) } else { None };
        let taken = match apart {
            Some(taken) => taken?,
            None => take(&name, &bytes, Options { raw: self.raw }, locale)?,
        };
        Ok(understand(&name, taken, given))
    }
}

/// How many bytes of a page are looked at for the mark of results.
const MARKED: u64 = 1024;

/// A report still to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// Standard input, under this name.
    Standard(String),
}

impl Input {
    /// The name it is reported under.
    pub fn name(&self) -> String {
        match self {
            Input::File(path) => path.to_string_lossy().into_owned(),
            Input::Standard(name) => name.clone(),
        }
    }

    /// The file it is read from; standard input is none.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Input::File(path) => Some(path),
            Input::Standard(_) => None,
        }
    }

    /// Its bytes.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn bytes(&self, locale: Locale) -> Result<Vec<u8>, Problem> {
        match self {
            Input::File(path) => discover::read_bytes(path, locale),
            Input::Standard(name) => discover::read_limited(io::stdin().lock(), name, locale),
        }
    }
}

/// The reports that paths mean, in order, and what is wrong with the paths.
pub fn all(paths: &[PathBuf], reading: &Reading, console: &Console) -> (Vec<Input>, Vec<Problem>) {
    let (standard, paths): (Vec<PathBuf>, Vec<PathBuf>) = paths.iter().cloned().partition(|it| is_standard(it));
    let found = if paths.is_empty() { Found::default() } else { discover(&paths, console.locale) };
    let reports = found.files.into_iter().filter(|it| paths.contains(it) || !is_results(it));
    let mut inputs: Vec<Input> = reports.map(Input::File).collect();
    if !standard.is_empty() {
        inputs.push(standard_input(reading, console.locale));
        inputs.sort_by_key(Input::name);
    }
    if console.verbose {
        let (reports, left_out) = (inputs.len(), found.left_out.total());
        console.tell(&say!(
            console.locale,
            "共 {reports} 份报告；文件夹中略过 {left_out} 项（隐藏、临时、被忽略或格式不支持）",
            "reports: {reports}; left out in folders (hidden, temporary, ignored or not supported): {left_out}"
        ));
    }
    (inputs, found.problems)
}

/// The one report that a path means: `outline` and `explain` take no folders.
pub fn one(path: &Path, reading: &Reading, locale: Locale) -> Input {
    if is_standard(path) { standard_input(reading, locale) } else { Input::File(path.to_path_buf()) }
}

/// Whether a file is a page of results that an earlier run left in the folder: it quotes reports, and is none.
fn is_results(path: &Path) -> bool {
    let begins = || {
        let mut begin = Vec::new();
        File::open(path).ok()?.take(MARKED).read_to_end(&mut begin).ok()?;
        Some(memchr::memmem::find(&begin, render::html::MARK.as_bytes()).is_some())
    };
    Format::by_name(path) == Some(Format::Html) && begins().unwrap_or_default()
}

fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn standard_input(reading: &Reading, locale: Locale) -> Input {
    let name = reading.stdin_filename.as_deref();
    Input::Standard(name.map_or_else(|| say!(locale, "标准输入", "standard input"), str::to_owned))
}
