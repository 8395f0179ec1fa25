//! `--format pretty`: each finding drawn under its very characters. The only user of miette.

use std::collections::HashMap;
use std::fmt::{self, Display, Write};

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};

use crate::locale::Locale;
use crate::pack::Severity;
use crate::plan::PlannedRule;
use crate::problem::{Level, Problem};
use crate::render::excerpt::{Excerpt, Mark};
use crate::render::json::basis_line;
use crate::render::location::Locator;
use crate::render::visible::{joined, one_line, visible, wrap};
use crate::render::{Report, Style, beside, closing, found, level_word, severity_word};
use crate::say;
use crate::source::Source;
use crate::verdict::{Evidence, Finding, Outcome};

/// How many findings of one rule are drawn in a report, and how many places of one finding are named.
const SHOWN: usize = 20;
/// How many columns of a remark are shown.
const REMARK: usize = 300;
/// How many columns of a message are shown: what it quotes may be of any length.
const MESSAGE: usize = 600;
/// How many places of a pass are named.
const EVIDENCE: usize = 3;

/// A heading line, then all findings of a report in reading order. Nothing where there is nothing to say.
pub fn report(report: &Report<'_>, style: &Style) -> String {
    let findings = found(report);
    if findings.is_empty() && report.checked.notices.is_empty() && !style.evidence {
        return String::new();
    }
    let locator = Locator::of_document(report.document);
    let mut out = closing::heading(report, &findings, style);
    let mut drawn: HashMap<&str, usize> = HashMap::new();
    for (planned, it) in findings {
        let count = drawn.entry(&planned.rule.id.node).or_default();
        *count += 1;
        if *count <= SHOWN {
            out.push_str(&finding(planned, it, &locator, style));
        }
    }
    out.push_str(&left_out(report, &drawn, style.locale));
    if style.evidence {
        out.push_str(&evidence(report, &locator, style));
    }
    out
}

fn left_out(report: &Report<'_>, drawn: &HashMap<&str, usize>, locale: Locale) -> String {
    let mut out = String::new();
    for planned in report.rules {
        let id = planned.rule.id.node.as_str();
        if let Some(more) = drawn.get(id).and_then(|count| count.checked_sub(SHOWN)).filter(|more| *more > 0) {
            let line = say!(
                locale,
                "{id} 另有 {more} 处未列出；加 --format concise 可列出全部。",
                "{id}: {more} more not shown; --format concise lists all"
            );
            let _ = writeln!(out, "{line}\n");
        }
    }
    out
}

/// One finding: the rule, what is wrong, the characters, then what to do and on which authority.
fn finding(planned: &PlannedRule, it: &Finding, locator: &Locator<'_>, style: &Style) -> String {
    let (marks, remarks) = marks(it, style.locale);
    let drawn = Drawn {
        code: format!(
            "{} {} · {}",
            planned.rule.id.node,
            visible(&planned.rule.title),
            severity_word(planned.severity, style.locale)
        ),
        message: one_line(&joined(&it.message), MESSAGE),
        severity: severity(planned.severity),
        excerpt: Some(Excerpt::new(locator, &marks, style.width)),
    };
    let mut out = drawn.draw(style);
    let mut note = |zh: &str, en: &str, text: &str| out.push_str(&note(zh, en, text, style));
    remarks.into_iter().for_each(|text| note("  说明：", "  note: ", &one_line(text, REMARK)));
    if it.places.len() > 1 && it.beside.is_empty() {
        note("  各处：", "  places: ", &places(it, locator, style.locale));
    }
    if let Some(fix) = it.fix.as_ref().filter(|fix| !it.label.contains(&fix.replacement)) {
        note("  改为：", "  write: ", &one_line(&fix.replacement, 200));
    }
    if let Some(help) = &planned.rule.help {
        note("  改法：", "  help: ", help);
    }
    let basis: Vec<_> = planned.rule.basis.iter().map(basis_line).collect();
    if !basis.is_empty() {
        note("  依据：", "  basis: ", &basis.join("；"));
    }
    out.push_str(&beside::columns(&it.beside, locator, style));
    out.push('\n');
    out
}

/// The characters to underline, and the remarks that have no characters of their own.
fn marks(it: &Finding, locale: Locale) -> (Vec<Mark>, Vec<&str>) {
    // What the message says already needs no label.
    let label = if it.label == it.message { String::new() } else { it.label.clone() };
    let mut marks = vec![Mark { span: it.span, label }];
    let mut remarks = Vec::new();
    for related in &it.related {
        if related.span == it.span || related.span.is_empty() {
            remarks.push(related.message.as_str());
        } else {
            marks.push(Mark { span: related.span, label: related.message.clone() });
        }
    }
    // Beside others that say something it must say which it is.
    if let [first, _, ..] = marks.as_mut_slice()
        && first.label.is_empty()
    {
        first.label = say!(locale, "指的是这里", "this is meant");
    }
    remarks.retain(|text| *text != it.label && *text != it.message && !text.is_empty());
    (marks, remarks)
}

/// `12:3、12:18 等104处`
fn places(it: &Finding, locator: &Locator<'_>, locale: Locale) -> String {
    let shown: Vec<_> = it.places.iter().take(SHOWN).map(|span| locator.line_column(span.start)).collect();
    let shown: Vec<_> = shown.into_iter().map(|(line, column)| format!("{line}:{column}")).collect();
    let (list, count) = (shown.join(if locale == Locale::Zh { "、" } else { ", " }), it.places.len());
    if count > SHOWN {
        return say!(locale, "{list} 等，共 {count} 处（行:列）", "{list} and others, {count} in all");
    }
    say!(locale, "{list}，共 {count} 处（行:列）", "{list}; {count} in all")
}

/// A problem, drawn in the pack or statement it is about, else said of the file as a whole.
pub fn problem(problem: &Problem, style: &Style) -> String {
    let place = problem.place.as_ref();
    let excerpt = place.map(|it| {
        let first = Mark { span: it.span, label: it.label.clone() };
        let related = it.related.iter().map(|(span, label)| Mark { span: *span, label: label.clone() });
        let marks: Vec<_> = std::iter::once(first).chain(related).collect();
        Excerpt::new(&Locator::of_source(&it.source), &marks, style.width)
    });
    let message = match excerpt {
        Some(_) => one_line(&joined(&problem.message), MESSAGE),
        None => {
            let between = say!(style.locale, "：", ": ");
            format!("{}{between}{}", visible(&problem.path), one_line(&problem.message, MESSAGE))
        }
    };
    let code = format!("{} · {}", problem.code, level_word(problem.level, style.locale));
    let severity = match problem.level {
        Level::Error => miette::Severity::Error,
        Level::Warning => miette::Severity::Warning,
    };
    let mut out = Drawn { code, message, severity, excerpt }.draw(style);
    if let Some(help) = &problem.help {
        out.push_str(&note("  改法：", "  help: ", help, style));
    }
    out.push('\n');
    out
}

fn note(zh: &str, en: &str, text: &str, style: &Style) -> String {
    let first = match style.locale {
        Locale::Zh => zh,
        Locale::En => en,
    };
    wrap(first, text, style.width.saturating_sub(2)) + "\n"
}

/// Where rules passed, and why others did not apply.
fn evidence(report: &Report<'_>, locator: &Locator<'_>, style: &Style) -> String {
    let mut out = String::new();
    for (planned, outcome) in report.verdicts() {
        let name = format!("{} {}", planned.rule.id.node, visible(&planned.rule.title));
        let (mark, text) = match outcome {
            Outcome::Pass(evidence) => ("✓", proof(evidence, locator, style.locale)),
            Outcome::NotApplicable(reason) => ("–", say!(style.locale, "不适用：{reason}", "not applicable: {reason}")),
            Outcome::Waived(reason) => ("–", say!(style.locale, "已豁免：{reason}", "waived: {reason}")),
            Outcome::Fail(_) => continue,
        };
        let _ = writeln!(out, "{}", wrap(&format!("{mark} "), &format!("{name}  {text}"), style.width));
    }
    if out.is_empty() { out } else { out + "\n" }
}

fn proof(evidence: &[Evidence], locator: &Locator<'_>, locale: Locale) -> String {
    let shown = evidence.iter().take(EVIDENCE).map(|it| {
        let (line, column) = locator.line_column(it.span.start);
        format!("{line}:{column} {}", one_line(&it.note, 120))
    });
    let list = shown.collect::<Vec<_>>().join(if locale == Locale::Zh { "；" } else { "; " });
    match evidence.len() {
        count if count > EVIDENCE => say!(locale, "{list} 等，共 {count} 处", "{list} and others, {count} in all"),
        _ => list,
    }
}

const fn severity(severity: Severity) -> miette::Severity {
    match severity {
        Severity::Error => miette::Severity::Error,
        Severity::Warning => miette::Severity::Warning,
        Severity::Advice => miette::Severity::Advice,
    }
}

/// A test of a rule that did not come out as expected: its text, with what was flagged and what was not.
pub fn test(code: String, message: String, source: &Source, marks: &[Mark], style: &Style) -> String {
    let excerpt = (!marks.is_empty()).then(|| Excerpt::new(&Locator::of_source(source), marks, style.width));
    Drawn { code, message, severity: miette::Severity::Error, excerpt }.draw(style) + "\n"
}

/// What is handed to miette: everything in it is short and safe already.
#[derive(Debug)]
struct Drawn {
    code: String,
    message: String,
    severity: miette::Severity,
    excerpt: Option<Excerpt>,
}

impl Drawn {
    fn draw(&self, style: &Style) -> String {
        let theme = if style.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
        let handler = GraphicalReportHandler::new_themed(theme).with_width(style.width).with_links(false);
        let mut out = String::new();
        // Writing to a string fails only where the excerpt contradicts its labels; then the words must do.
        if handler.render_report(&mut out, self).is_err() {
            return format!("{}\n\n  {}\n", self.code, self.message);
        }
        out
    }
}

impl Display for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Drawn {}

impl Diagnostic for Drawn {
    fn code<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        Some(Box::new(&self.code))
    }
    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }
    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|it| it as &dyn SourceCode)
    }
    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.excerpt.as_ref().map(|it| Box::new(it.labels()) as Box<dyn Iterator<Item = LabeledSpan>>)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::render::kept::Kept;
    use crate::render::sample;
    use crate::render::sample::golden;
    use crate::render::summary::{Summary, Tally};
    use crate::render::{Output, Whole, tail};

    fn printed(locale: Locale, evidence: bool) -> String {
        let (document, rules, checked) = sample::everything();
        let style = Style { evidence, ..sample::style(locale) };
        let it = Report { rules: &rules, document: &document, checked: &checked };
        let mut summary = Summary::default();
        summary.add(&rules, Tally::of(&rules, &checked, &Locator::of_document(&document), style.fail_on, locale));
        let whole = Whole { rules: &rules, problems: &[], summary: &summary, kept: &Kept::default() };
        report(&it, &style) + &tail(Output::Pretty, &whole, &style)
    }

    #[test]
    fn a_report_in_both_languages() {
        golden("pretty-zh", &printed(Locale::Zh, true));
        golden("pretty-en", &printed(Locale::En, false));
        for line in printed(Locale::Zh, true).lines().chain(printed(Locale::En, true).lines()) {
            assert!(crate::render::visible::width(line) <= 80, "{line}");
        }
    }

    #[test]
    fn many_findings_of_a_rule_are_cut_short() {
        let (text, at) = sample::unmark(&"⟦法制化⟧轨道，".repeat(25));
        let document = sample::document("a.txt", &text);
        let found = at.iter().map(|it| sample::finding(*it, "“法制化”应为“法治化”", "")).collect();
        let (rules, checked) =
            sample::checked(vec![(sample::rule("TF002", "法治化", Severity::Error), Outcome::Fail(found))]);
        let it = Report { rules: &rules, document: &document, checked: &checked };
        let out = report(&it, &sample::style(Locale::Zh));
        assert_eq!(out.matches("a.txt:1:").count(), SHOWN);
        assert!(out.contains("TF002 另有 5 处未列出"), "{out}");
    }

    #[test]
    fn a_clean_report_says_nothing_itself() {
        let document = sample::document("a.txt", "标题\n");
        let it = Report { rules: &[], document: &document, checked: &crate::check::Checked::default() };
        assert_eq!(report(&it, &sample::style(Locale::Zh)), "");
    }

    #[test]
    fn problems_in_yaml_and_of_whole_files() {
        let (text, at) =
            sample::unmark("rules:\n  - id: A\n    check: 应当提及 ⟦$不组⟧\nterms:\n  ⟦不足⟧: [存在不足]\n");
        let source = Arc::new(Source::new("规则/本区.yaml", text));
        let drawn = Problem::error("lang::unknown-set", source.name(), "没有集合 $不组")
            .at(&source, at[0], "没有声明")
            .also(at[1], "最接近的是这个")
            .help("是不是“$不足”？");
        let whole =
            Problem::error("read::encoding", "报告/坏\u{1b}[2J.txt", "无法识别编码").help("用编辑器另存为 UTF-8");
        let style = sample::style(Locale::Zh);
        golden("problems", &(problem(&drawn, &style) + &problem(&whole, &style)));
    }
}
