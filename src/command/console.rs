//! Standard output and standard error: results alone go to the one, everything else to the other.

use std::cell::Cell;
use std::io::{self, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};

use crate::command::BROKEN;
use crate::command::sink::broken;
use crate::locale::Locale;
use crate::pack::Severity;
use crate::problem::Problem;
use crate::render::summary::FailOn;
use crate::render::visible::visible;
use crate::render::{Style, pretty};

/// The columns there are where nobody can tell.
const WIDTH: usize = 80;
/// Longer lines are hard to read, however wide the terminal.
const WIDEST: usize = 120;
/// Narrower ones cannot hold a label.
const NARROWEST: usize = 40;

/// Where and how people are spoken to.
#[derive(Debug)]
pub struct Console {
    /// The language.
    pub locale: Locale,
    /// Whether only results are wanted.
    pub quiet: bool,
    /// Whether more is wanted.
    pub verbose: bool,
    color: ColorChoice,
    /// Whether something could not be printed.
    failed: Cell<bool>,
}

impl Console {
    /// `color` is what was typed after `--color`.
    pub fn new(locale: Locale, color: Option<&str>, quiet: bool, verbose: bool) -> Self {
        let color = match color {
            Some("always") => ColorChoice::Always,
            Some("never") => ColorChoice::Never,
            _ => ColorChoice::Auto,
        };
        Console { locale, quiet, verbose, color, failed: Cell::new(false) }
    }

    /// How results look on standard output, or in a file.
    pub fn style(&self, to_file: bool) -> Style {
        let color = match self.color {
            ColorChoice::Auto => !to_file && colored(&io::stdout()),
            chosen => chosen != ColorChoice::Never,
        };
        let width = if to_file { WIDTH } else { columns() };
        let fail_on = FailOn(Some(Severity::Error));
        Style { locale: self.locale, color, width, evidence: false, quiet: self.quiet, fail_on }
    }

    /// Prints results. A reader that has gone away wants no more: that is no error; a full disk is one.
    pub fn print(&self, text: &str) {
        let mut out = io::stdout().lock();
        let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        let told = written.err().and_then(|why| broken(&why, self.locale));
        if let Some(text) = told
            && !self.failed.replace(true)
        {
            self.tell(&text);
        }
    }

    /// The exit code of a command that came to `code`: what it printed may not have arrived.
    pub fn exit_code(&self, code: u8) -> u8 {
        if self.failed.get() { BROKEN } else { code }
    }

    /// Says something beside the results.
    pub fn tell(&self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "{}", visible(text));
    }

    /// Draws a problem beside the results.
    pub fn problem(&self, problem: &Problem) {
        let color = match self.color {
            ColorChoice::Auto => colored(&io::stderr()),
            chosen => chosen != ColorChoice::Never,
        };
        let style = Style { color, ..self.style(false) };
        let _ = io::stderr().lock().write_all(pretty::problem(problem, &style).as_bytes());
    }
}

/// Whether a stream shows colours: a terminal that can, and no NO_COLOR.
fn colored(stream: &impl anstream::stream::RawStream) -> bool {
    AutoStream::choice(stream) != ColorChoice::Never
}

fn columns() -> usize {
    let size = terminal_size::terminal_size().filter(|_| io::stdout().is_terminal());
    size.map_or(WIDTH, |(width, _)| usize::from(width.0).clamp(NARROWEST, WIDEST))
}
