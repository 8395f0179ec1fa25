//! `--format jsonl`: one report a line, nothing else.

use crate::render::Report;
use crate::render::json;
use crate::render::summary::FailOn;

/// One report with its line break.
pub fn report(report: &Report<'_>, fail_on: FailOn) -> String {
    json::report(report, fail_on) + "\n"
}
