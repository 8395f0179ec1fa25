//! An open report: how it is read, and what the rules say of it.

use std::rc::Rc;

use crate::check::{Checked, Want, check};
use crate::document::Document;
use crate::facts::Given;
use crate::locale::Locale;
use crate::lsp::Setup;
use crate::plan::PlannedRule;
use crate::problem::{Level, Problem};
use crate::read::read;
use crate::render::{Report, found};
use crate::say;
use crate::verdict::Finding;

/// A report as it is being written.
#[derive(Default)]
pub struct ReportFile {
    /// How it is read; `None` where it cannot be.
    pub document: Option<Document>,
    /// Why it cannot be read, or not be held against the rules.
    pub problems: Vec<Problem>,
    setup: Option<Rc<Setup>>,
    checked: Checked,
}

impl ReportFile {
    /// Reads a report and holds it against the rules.
    pub fn read(name: &str, text: &str, setup: &Result<Rc<Setup>, Vec<Problem>>, locale: Locale) -> ReportFile {
        // A report that is not begun yet is no fault.
        if text.trim().is_empty() {
            return ReportFile::default();
        }
        let given = setup.as_ref().map_or_else(|_| Given::default(), |it| it.given.clone());
        let document = match read(name, text.as_bytes(), &given, locale) {
            Ok(document) if document.source.text() == text => document,
            Ok(_) => return ReportFile { problems: vec![converted(name, locale)], ..ReportFile::default() },
            Err(problem) => return ReportFile { problems: vec![problem], ..ReportFile::default() },
        };
        let problems = match setup {
            Ok(setup) => setup.problems.iter().filter(|it| it.level == Level::Error).cloned().collect(),
            Err(problems) => problems.clone(),
        };
        let Ok(setup) = setup else {
            return ReportFile { document: Some(document), problems, ..ReportFile::default() };
        };
        let mut checked = check(&setup.plan, &document, Want::Evidence, locale);
        (setup.settle)(&setup.plan, &document, &mut checked);
        let other = !setup.asked || !setup.chosen && !checked.notices.is_empty();
        let checked = if other { Checked::default() } else { checked };
        let problems = if other { Vec::new() } else { problems };
        ReportFile { document: Some(document), problems, setup: Some(Rc::clone(setup)), checked }
    }

    /// All findings with their rules, in reading order.
    pub fn found(&self) -> Vec<(&PlannedRule, &Finding)> {
        let (Some(document), Some(setup)) = (&self.document, &self.setup) else { return Vec::new() };
        found(&Report { rules: &setup.plan.rules, document, checked: &self.checked })
    }
}

/// What a reader turned into another text has other places than the editor shows.
fn converted(name: &str, locale: Locale) -> Problem {
    let message = say!(
        locale,
        "这个文件不是纯文本，编辑器里指不出位置",
        "this file is no plain text: places in it cannot be shown in an editor"
    );
    let help = say!(locale, "用 guiju check 检查它", "check it with guiju check");
    Problem::warning("lsp::converted", name, message).help(help)
}
