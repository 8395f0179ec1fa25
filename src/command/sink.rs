//! Where results go: each form to its place, element by element.

use std::io::{self, BufWriter, Stdout, Write};

use crate::atomic::Whole;
use crate::command::console::Console;
use crate::command::settings::Target;
use crate::locale::Locale;
use crate::problem::Problem;
use crate::render::kept::{Kept, Part};
use crate::render::{self, Output, Style};
use crate::say;

/// One form of results on its way to one place.
pub struct Sink {
    /// The form.
    pub output: Output,
    /// How it looks there.
    pub style: Style,
    standard: bool,
    place: Place,
    printed: usize,
    kept: Kept,
}

/// Where it goes.
enum Place {
    Standard(BufWriter<Stdout>),
    File(Whole),
    /// Nothing more goes there: its reader went away, or it is full.
    Closed,
}

impl Sink {
    /// Opens the place.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn open(target: &Target, console: &Console) -> Result<Sink, Problem> {
        let place = match &target.file {
            None => Place::Standard(BufWriter::new(io::stdout())),
            Some(path) => Place::File(Whole::create(path).map_err(|why| {
                let name = path.to_string_lossy();
                let message = say!(console.locale, "结果无法写入", "the results cannot be written there");
                Problem::error("output", name, message).help(reason(&why, console.locale))
            })?),
        };
        let style = console.style(target.file.is_some());
        Ok(Sink {
            output: target.output,
            style,
            standard: target.file.is_none(),
            place,
            printed: 0,
            kept: Kept::default(),
        })
    }

    /// Whether people may be looking at it.
    pub const fn on_standard_output(&self) -> bool {
        self.standard
    }

    /// Whether nothing more goes there.
    pub const fn closed(&self) -> bool {
        matches!(self.place, Place::Closed)
    }

    /// Writes as it is. The first time that fails, the place is given up, and an unfinished file with it.
    ///
    /// # Errors
    /// What writing gives; never the second time.
    pub fn write(&mut self, text: &str) -> io::Result<()> {
        let written = match &mut self.place {
            Place::Standard(out) => out.write_all(text.as_bytes()),
            Place::File(file) => file.write_all(text.as_bytes()),
            Place::Closed => Ok(()),
        };
        if written.is_err() {
            self.place = Place::Closed;
        }
        written
    }

    /// Writes one report or problem.
    ///
    /// # Errors
    /// What writing gives.
    pub fn element(&mut self, text: &str) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        self.write(render::between(self.output, self.printed))?;
        self.printed += 1;
        self.write(text)
    }

    /// Keeps what the end of the results wants of a report.
    pub fn keep(&mut self, part: Part) {
        self.kept.add(part);
    }

    /// What was kept.
    pub const fn kept(&self) -> &Kept {
        &self.kept
    }

    /// Hands on what is held back and puts a file in its place.
    ///
    /// # Errors
    /// What writing gives.
    pub fn close(&mut self) -> io::Result<()> {
        match std::mem::replace(&mut self.place, Place::Closed) {
            Place::Standard(mut out) => out.flush(),
            Place::File(file) => file.keep(),
            Place::Closed => Ok(()),
        }
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
