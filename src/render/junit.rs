//! `--format junit`: a test suite a report, a test case a rule. Suites are written as they come: a library that builds
//! the whole tree would hold hundreds of thousands of cases.

use std::io;

use quick_xml::Writer;
use quick_xml::events::BytesText;

use crate::fingerprint::portable;
use crate::plan::PlannedRule;
use crate::problem::{Level, Problem};
use crate::render::location::Locator;
use crate::render::visible::visible;
use crate::render::words::{cut, named, passage, remedy, told, trouble};
use crate::render::{Report, Style, severity_word};
use crate::say;
use crate::verdict::{Finding, Outcome};

/// How many findings of a rule stand in the body of its test case.
const SHOWN: usize = 20;
/// The longest passage that is quoted, in characters.
const PASSAGE: usize = 120;

/// Everything before the first report.
pub fn head() -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"guiju\">\n".to_owned()
}

/// Everything after the last one.
pub fn tail() -> String {
    "</testsuites>\n".to_owned()
}

/// How one test case came out.
enum Came {
    Passed,
    /// Findings below `--fail-on`, which GitLab and Jenkins show beside a test that passes.
    Remarked(String),
    Failed {
        message: String,
        kind: &'static str,
        body: String,
    },
    Broken {
        message: String,
        kind: &'static str,
    },
    Skipped(String),
}

struct Case {
    name: String,
    class: String,
    came: Came,
}

/// One report. Names are unique in the whole file: GitLab keeps only the first of equal ones.
pub fn report(report: &Report<'_>, style: &Style) -> String {
    let path = portable(report.document.source.name());
    let locator = Locator::of_document(report.document);
    let cases = report.verdicts().map(|(planned, outcome)| Case {
        name: format!("{path}: {}", named(planned)),
        class: format!("guiju.{}", planned.pack),
        came: came(planned, outcome, &locator, style),
    });
    suite(&path, &cases.collect::<Vec<_>>())
}

/// What could not be checked is a test that could not be run.
pub fn problem(problem: &Problem, style: &Style) -> String {
    let message = trouble(problem, style.locale);
    let path = if problem.path.is_empty() { "guiju".to_owned() } else { portable(&problem.path) };
    let line = problem.place.as_ref().map(|it| format!(":{}", it.source.line_column(it.span.start).line));
    let case = Case {
        name: format!("{path}{}: {}", line.unwrap_or_default(), problem.code),
        class: "guiju".to_owned(),
        came: match problem.level {
            Level::Error => Came::Broken { message, kind: problem.code },
            Level::Warning => Came::Remarked(message),
        },
    };
    suite(&path, &[case])
}

fn came(planned: &PlannedRule, outcome: &Outcome, locator: &Locator<'_>, style: &Style) -> Came {
    match outcome {
        Outcome::Pass(_) => Came::Passed,
        Outcome::Waived(reason) => Came::Skipped(say!(style.locale, "已豁免：{reason}", "waived: {reason}")),
        Outcome::NotApplicable(reason) => {
            Came::Skipped(say!(style.locale, "不适用：{reason}", "not applicable: {reason}"))
        }
        Outcome::Fail(findings) => {
            let body = body(planned, findings, locator, style);
            if !style.fail_on.fails(planned.severity) {
                return Came::Remarked(format!("{}\n{body}", severity_word(planned.severity, style.locale)));
            }
            let message = findings.first().map(|it| told(it, style.locale)).unwrap_or_default();
            Came::Failed { message: cut(&message, PASSAGE * 2), kind: planned.severity.name(), body }
        }
    }
}

/// Where, what, and what to do.
fn body(planned: &PlannedRule, findings: &[Finding], locator: &Locator<'_>, style: &Style) -> String {
    let path = portable(locator.source().name());
    let mut lines: Vec<String> = Vec::new();
    for it in findings.iter().take(SHOWN) {
        let (line, column) = locator.line_column(it.span.start);
        lines.push(format!("{path}:{line}:{column}: {}", told(it, style.locale)));
        let quoted = passage(locator, it.span, PASSAGE);
        if !quoted.trim().is_empty() {
            lines.push(format!("    {}", visible(&quoted.replace(['\r', '\n'], " "))));
        }
    }
    let left = findings.len().saturating_sub(SHOWN);
    if left > 0 {
        lines.push(say!(style.locale, "另有 {left} 处未列出", "not listed: {left}"));
    }
    lines.extend(remedy(planned, style.locale));
    lines.join("\n")
}

fn suite(name: &str, cases: &[Case]) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Writing to memory does not fail.
    let _ = write_suite(&mut writer, name, cases);
    String::from_utf8(writer.into_inner()).map(|it| it + "\n").unwrap_or_default()
}

fn write_suite(writer: &mut Writer<Vec<u8>>, name: &str, cases: &[Case]) -> io::Result<()> {
    let count = |of: fn(&Came) -> bool| cases.iter().filter(|it| of(&it.came)).count().to_string();
    let (failures, errors) =
        (count(|it| matches!(it, Came::Failed { .. })), count(|it| matches!(it, Came::Broken { .. })));
    let (tests, skipped) = (cases.len().to_string(), count(|it| matches!(it, Came::Skipped(_))));
    let name = lawful(name);
    writer
        .create_element("testsuite")
        .with_attributes([
            ("name", name.as_str()),
            ("tests", &tests),
            ("failures", &failures),
            ("errors", &errors),
            ("skipped", &skipped),
        ])
        .write_inner_content(|writer| cases.iter().try_for_each(|it| write_case(writer, &name, it)))?;
    Ok(())
}

fn write_case(writer: &mut Writer<Vec<u8>>, file: &str, case: &Case) -> io::Result<()> {
    let (name, class) = (lawful(&case.name), lawful(&case.class));
    let element = writer.create_element("testcase").with_attributes([
        ("name", name.as_str()),
        ("classname", &class),
        ("file", file),
    ]);
    match &case.came {
        Came::Passed => element.write_empty()?,
        Came::Remarked(text) => element.write_inner_content(|it| leaf(it, "system-out", &[], text))?,
        Came::Skipped(reason) => element.write_inner_content(|it| leaf(it, "skipped", &[], reason))?,
        Came::Failed { message, kind, body } => {
            element.write_inner_content(|it| leaf(it, "failure", &[("message", message), ("type", kind)], body))?
        }
        Came::Broken { message, kind } => {
            element.write_inner_content(|it| leaf(it, "error", &[("message", message), ("type", kind)], message))?
        }
    };
    Ok(())
}

fn leaf(writer: &mut Writer<Vec<u8>>, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
    let attributes: Vec<_> = attributes.iter().map(|(key, value)| (*key, lawful(value))).collect();
    let element =
        writer.create_element(name).with_attributes(attributes.iter().map(|(key, value)| (*key, value.as_str())));
    element.write_text_content(BytesText::new(&lawful(text)))?;
    Ok(())
}

/// Characters that XML 1.0 forbids are shown as ones that it allows.
fn lawful(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push(c),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => crate::render::visible::push(&mut out, c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Severity;
    use crate::render::sample::{self, golden};

    #[test]
    fn a_suite_a_report() {
        let (document, rules, checked) = sample::everything();
        let it = Report { rules: &rules, document: &document, checked: &checked };
        let style = sample::style(crate::locale::Locale::Zh);
        let broken = Problem::error("read::encoding", "./坏 \"1\"<&>.txt", "无法识别\n编码").help("另存为 UTF-8");
        golden("junit", &(head() + &report(&it, &style) + &problem(&broken, &style) + &tail()));
    }

    #[test]
    fn what_xml_forbids_is_shown() {
        let (text, at) = sample::unmark("⟦甲\u{0}\u{8}\u{1b}\u{ffff}]]>&amp;\"'\t乙⟧");
        let document = sample::document("\u{1}a\n.txt", &text);
        let found = Outcome::Fail(vec![sample::finding(at[0], "\u{fffe}<b>", "\u{c}")]);
        let (rules, checked) = sample::checked(vec![(sample::rule("A\u{2}", "\u{3}", Severity::Error), found)]);
        let it = Report { rules: &rules, document: &document, checked: &checked };
        let out = report(&it, &sample::style(crate::locale::Locale::Zh));
        let lawful = |c: char| matches!(c, '\t' | '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
        assert!(out.chars().all(lawful), "{out:?}");
        let mut reader = quick_xml::Reader::from_str(&out);
        while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
    }
}
