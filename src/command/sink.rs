//! Where results go: each form to its place, element by element.

use std::fs::File;
use std::io::{self, BufWriter, Write};

use crate::command::console::Console;
use crate::command::settings::Target;
use crate::locale::Locale;
use crate::problem::Problem;
use crate::render::{self, Output, Style};
use crate::say;

/// One form of results on its way to one place.
pub struct Sink {
    /// The form.
    pub output: Output,
    /// How it looks there.
    pub style: Style,
    to_file: bool,
    writer: BufWriter<Box<dyn Write>>,
    printed: usize,
}

impl Sink {
    /// Opens the place.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn open(target: &Target, console: &Console) -> Result<Sink, Problem> {
        let writer: Box<dyn Write> = match &target.file {
            None => Box::new(io::stdout()),
            Some(path) => Box::new(File::create(path).map_err(|why| {
                let name = path.to_string_lossy();
                let message = say!(console.locale, "结果无法写入", "the results cannot be written there");
                Problem::error("output", name, message).help(reason(&why, console.locale))
            })?),
        };
        let to_file = target.file.is_some();
        let style = console.style(to_file);
        Ok(Sink { output: target.output, style, to_file, writer: BufWriter::new(writer), printed: 0 })
    }

    /// Whether people may be looking at it.
    pub const fn on_standard_output(&self) -> bool {
        !self.to_file
    }

    /// Writes as it is.
    ///
    /// # Errors
    /// What writing gives.
    pub fn write(&mut self, text: &str) -> io::Result<()> {
        self.writer.write_all(text.as_bytes())
    }

    /// Writes one report.
    ///
    /// # Errors
    /// What writing gives.
    pub fn report(&mut self, text: &str) -> io::Result<()> {
        self.write(render::between(self.output, self.printed))?;
        self.printed += 1;
        self.write(text)
    }

    /// Hands on what is held back.
    ///
    /// # Errors
    /// What writing gives.
    pub fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Why a file cannot be written, and the way out.
fn reason(why: &io::Error, locale: Locale) -> String {
    match why.kind() {
        io::ErrorKind::NotFound => {
            say!(locale, "它所在的文件夹不存在，请先建好", "its folder does not exist: make it first")
        }
        io::ErrorKind::IsADirectory => say!(locale, "这是文件夹，请写出文件名", "this is a folder: name a file"),
        io::ErrorKind::PermissionDenied => {
            say!(locale, "没有写入权限，请换一个文件夹", "writing there is not permitted: take another folder")
        }
        _ => say!(locale, "原因：{why}", "the reason: {why}"),
    }
}

/// What to say when results could not be written; `None` where the reader went away, as `head` does.
pub fn broken(why: &io::Error, locale: Locale) -> Option<String> {
    (why.kind() != io::ErrorKind::BrokenPipe)
        .then(|| say!(locale, "结果没有写完：{why}", "the results could not be written in full: {why}"))
}
