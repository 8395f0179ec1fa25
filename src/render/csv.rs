//! `--format csv`: one row a finding, for spreadsheets; with `--evidence` one for each other verdict too.

use csv::{Terminator, WriterBuilder};

use crate::locale::Locale;
use crate::plan::PlannedRule;
use crate::problem::{Level, Problem};
use crate::render::location::Locator;
use crate::render::visible::joined;
use crate::render::words::{authority, cut, leave, passage, told, trouble};
use crate::render::{Report, Style, found, severity_word};
use crate::say;
use crate::span::Span;
use crate::verdict::{Outcome, Verdict};

/// A spreadsheet takes 32,767 characters in a cell; a passage is quoted to be recognised.
const PASSAGE: usize = 500;
/// By this mark a spreadsheet knows that the file is UTF-8: without it Chinese is shown as garbage.
const BOM: &str = "\u{feff}";

/// One row.
#[derive(Debug, Clone, Default)]
struct Row {
    report: String,
    title: String,
    issuer: String,
    year: String,
    result: String,
    severity: String,
    rule: String,
    rule_title: String,
    message: String,
    text: String,
    line: String,
    column: String,
    section: String,
    help: String,
    basis: String,
    pack: String,
    fingerprint: String,
}

impl Row {
    fn cells(self) -> [String; 17] {
        [
            self.report,
            self.title,
            self.issuer,
            self.year,
            self.result,
            self.severity,
            self.rule,
            self.rule_title,
            self.message,
            self.text,
            self.line,
            self.column,
            self.section,
            self.help,
            self.basis,
            self.pack,
            self.fingerprint,
        ]
    }
}

/// The names of the columns.
pub fn head(locale: Locale) -> String {
    let names = match locale {
        Locale::Zh => "报告 标题 单位 年度 结果 级别 规则 规则名称 说明 原文 行 列 章节 改法 依据 规则包 指纹",
        Locale::En => {
            "report title issuer year result severity rule rule_title message text line column section help basis pack \
             fingerprint"
        }
    };
    BOM.to_owned() + &written(names.split(' ').map(str::to_owned))
}

/// The rows of one report. One in which nothing was found has a row that says so.
pub fn report(report: &Report<'_>, style: &Style) -> String {
    let locale = style.locale;
    let locator = Locator::of_document(report.document);
    let base = of_report(report);
    let mut rows: Vec<Row> = Vec::new();
    for (planned, finding) in found(report) {
        rows.push(Row {
            result: say!(locale, "不通过", "fail"),
            message: told(finding, locale),
            fingerprint: finding.fingerprint.clone(),
            ..placed(of_rule(&base, planned, locale), &locator, finding.span)
        });
    }
    if rows.is_empty() {
        rows.push(Row { result: say!(locale, "没有发现问题", "no findings"), ..base.clone() });
    }
    if style.evidence {
        rows.extend(report.whole().flat_map(|(planned, verdict)| grounds(&base, planned, verdict, &locator, locale)));
    }
    rows.into_iter().map(|it| written(it.cells())).collect()
}

/// What could not be checked, so that no report is missing from the table.
pub fn problem(problem: &Problem, locale: Locale) -> String {
    let place = problem.place.as_ref().map(|it| it.source.line_column(it.span.start));
    let row = Row {
        report: problem.path.clone(),
        result: match problem.level {
            Level::Error => say!(locale, "未能检查", "not checked"),
            Level::Warning => say!(locale, "提示", "note"),
        },
        rule: problem.code.to_owned(),
        message: trouble(problem, locale),
        line: place.map(|it| it.line.to_string()).unwrap_or_default(),
        column: place.map(|it| it.column.to_string()).unwrap_or_default(),
        ..Row::default()
    };
    written(row.cells())
}

fn of_report(report: &Report<'_>) -> Row {
    let facts = &report.document.facts;
    Row {
        report: report.document.source.name().to_owned(),
        title: facts.title.as_ref().map(|it| it.value.clone()).unwrap_or_default(),
        issuer: facts.issuer.as_ref().map(|it| it.value.clone()).unwrap_or_default(),
        year: facts.year.as_ref().map(|it| it.value.to_string()).unwrap_or_default(),
        ..Row::default()
    }
}

fn of_rule(base: &Row, planned: &PlannedRule, locale: Locale) -> Row {
    Row {
        severity: severity_word(planned.severity, locale).to_owned(),
        rule: planned.rule.id.node.clone(),
        rule_title: planned.rule.title.clone(),
        help: planned.rule.help.clone().unwrap_or_default(),
        basis: authority(planned).unwrap_or_default(),
        pack: planned.pack.clone(),
        ..base.clone()
    }
}

fn placed(row: Row, locator: &Locator<'_>, span: Span) -> Row {
    let at = locator.locate(span);
    Row {
        text: passage(locator, span, PASSAGE),
        line: at.line.to_string(),
        column: at.column.to_string(),
        section: at.section.join(" / "),
        ..row
    }
}

/// A row for each thing that shows why a rule passed, or why it was not asked.
fn grounds(base: &Row, planned: &PlannedRule, verdict: &Verdict, locator: &Locator<'_>, locale: Locale) -> Vec<Row> {
    let waived = verdict.waived.iter().map(|it| Row {
        result: say!(locale, "已豁免", "waived"),
        message: format!("{}（{}）", told(&it.finding, locale), leave(&it.leave, locale)),
        fingerprint: it.finding.fingerprint.clone(),
        ..placed(of_rule(base, planned, locale), locator, it.finding.span)
    });
    let mut rows: Vec<Row> = waived.collect();
    rows.extend(match &verdict.outcome {
        Outcome::Fail(_) | Outcome::Waived(_) => Vec::new(),
        Outcome::NotApplicable(reason) => {
            let result = say!(locale, "不适用", "not applicable");
            vec![Row { result, message: reason.clone(), ..of_rule(base, planned, locale) }]
        }
        Outcome::Pass(evidence) => evidence
            .iter()
            .map(|it| Row {
                result: say!(locale, "通过", "pass"),
                message: it.note.clone(),
                ..placed(of_rule(base, planned, locale), locator, it.span)
            })
            .collect(),
    });
    rows
}

fn written(cells: impl IntoIterator<Item = String>) -> String {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory fails for rows of unequal lengths alone, and this is one row.
    let _ = writer.write_record(cells.into_iter().map(|it| harmless(&cut(&joined(&it), PASSAGE))));
    writer.into_inner().ok().and_then(|it| String::from_utf8(it).ok()).unwrap_or_default()
}

/// A cell that a spreadsheet would take for a formula begins with an apostrophe, which it does not show.
fn harmless(cell: &str) -> String {
    let formula = cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '|']);
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample::{self, golden};

    #[test]
    fn a_row_a_finding() {
        let (document, rules, checked) = sample::everything();
        let it = Report { rules: &rules, document: &document, checked: &checked };
        let style = Style { evidence: true, ..sample::style(Locale::Zh) };
        let broken = Problem::error("read::encoding", "坏,\"1\".txt", "无法识别\n编码").help("另存为 UTF-8");
        let clean = crate::check::Checked::default();
        let clean = Report { checked: &clean, ..it };
        let whole = head(Locale::Zh) + &report(&it, &style) + &report(&clean, &style) + &problem(&broken, Locale::Zh);
        assert!(whole.starts_with(BOM) && whole.ends_with("\r\n"));
        golden("csv", &whole.replace(BOM, "<BOM>").replace("\r\n", "\n"));
        assert_eq!(head(Locale::En).split(',').count(), head(Locale::Zh).split(',').count());
    }

    #[test]
    fn formulas_stay_text() {
        for cell in ["=cmd|' /C calc'!A0", "+1", "-2+3", "@SUM(A1)", " =1", "\t=1", "＝1", "\u{200b}=1"] {
            let shown = written([cell.to_owned()]);
            assert!(shown.trim_start_matches('"').starts_with(['\'', '<']), "{shown:?}");
        }
        for cell in ["法治", "一、", "12", "“=”"] {
            assert_eq!(written([cell.to_owned()]), format!("{cell}\r\n"));
        }
    }
}
