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
use crate::render::visible::{one_line, visible, wrap};
use crate::render::{Report, Style, closing, found, level_word, severity_word};
use crate::say;
use crate::source::Source;
use crate::verdict::{Evidence, Finding, Outcome};

/// How many findings of one rule are drawn in a report, and how many places of one finding are named.
const SHOWN: usize = 20;
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
    let (marks, remarks) = marks(it);
    let drawn = Drawn {
        code: format!(
            "{} {} · {}",
            planned.rule.id.node,
            visible(&planned.rule.title),
            severity_word(planned.severity, style.locale)
        ),
        message: visible(&it.message).into_owned(),
        severity: severity(planned.severity),
        excerpt: Some(Excerpt::new(locator, &marks, style.width)),
    };
    let mut out = drawn.draw(style);
    let mut note = |zh: &str, en: &str, text: &str| out.push_str(&note(zh, en, text, style));
    remarks.into_iter().for_each(|text| note("  说明：", "  note: ", text));
    if it.places.len() > 1 {
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
    out.push('\n');
    out
}

/// The characters to underline, and the remarks that have no characters of their own.
fn marks(it: &Finding) -> (Vec<Mark>, Vec<&str>) {
    let mut marks = vec![Mark { span: it.span, label: it.label.clone() }];
    let mut remarks = Vec::new();
    for related in &it.related {
        if related.span == it.span || related.span.is_empty() {
            remarks.push(related.message.as_str());
        } else {
            marks.push(Mark { span: related.span, label: related.message.clone() });
        }
    }
    remarks.retain(|text| *text != it.label && !text.is_empty());
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
        Some(_) => visible(&problem.message).into_owned(),
        None => format!("{}{}{}", visible(&problem.path), say!(style.locale, "：", ": "), visible(&problem.message)),
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
            Outcome::Fail(_) => continue,
        };
        let _ = writeln!(out, "{}", wrap(&format!("{mark} "), &format!("{name}  {text}"), style.width));
    }
    out + "\n"
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
    use super::*;
    use crate::render::sample;
    use crate::render::summary::{Summary, Tally};
    use crate::render::{Output, tail};
    use crate::span::Span;
    use crate::verdict::{Fix, Related};

    const TEXT: &str = "某区2024年法治政府建设年度报告\n\
        一、主要举措和成效\n\
        我区深入学习贯彻习近平法治思想，认真落实《法治政府建设与责任落实⟦督查⟧工作规定》，把法治政府建设纳入全区经济社会发展总体规划，与经济社会发展同部署、同推进、同督促、同考核、同奖惩，全年召开常务会议专题研究12次,听取汇报24次。\n\
        二、⟦下一步打算⟧\n\
        持续优化⟦法制化\n  营商环境⟧，做到⟦审结率98.5%⟧。\n";

    fn whole(locale: Locale) -> String {
        let (text, at) = sample::unmark(TEXT);
        let document = sample::document("报告/某区.txt", &text);
        let mut first = sample::finding(at[0], "法规名称有误：督查工作规定", "应为“督察”");
        first.fix = Some(Fix { replacement: "督察".into(), safe: true });
        let mut missing = sample::finding(
            at[1],
            "没有写明下一年度",
            "这一章节没有提到 2025 年，最接近的是“2024年”，请在标题或正文中写明所安排的是哪一年的工作",
        );
        missing.related.push(Related { message: "报告年度在这里".into(), span: Span::new(6, 13) });
        let wrapped = sample::finding(at[2], "“法制化”应为“法治化”", "应为“法治化营商环境”");
        let mut rate = sample::finding(at[3], "百分比与所列数字不符", "按 283/300 应为 94.3%");
        rate.places = vec![at[3], at[0]];
        let (rules, checked) = sample::checked(vec![
            (sample::rule("TF001", "法规名称", Severity::Error), Outcome::Fail(vec![first])),
            (sample::rule("FZ009", "写明下一年度", Severity::Warning), Outcome::Fail(vec![missing])),
            (sample::rule("TF002", "法治化", Severity::Error), Outcome::Fail(vec![wrapped])),
            (sample::rule("FZ013", "百分比", Severity::Advice), Outcome::Fail(vec![rate])),
            (sample::rule("FZ001", "标题", Severity::Error), sample::pass(Span::new(0, 12), "标题写明年度")),
            (sample::rule("FZ012", "报告时限", Severity::Warning), Outcome::NotApplicable("报告没有注明日期".into())),
        ]);
        let style = Style { evidence: true, ..sample::style(locale) };
        let it = Report { rules: &rules, document: &document, checked: &checked };
        let mut summary = Summary::default();
        summary.add(&rules, Tally::of(&rules, &checked, &Locator::of_document(&document), style.fail_on));
        report(&it, &style) + &tail(Output::Pretty, &rules, &[], &summary, &style)
    }

    #[test]
    fn a_report() {
        println!("{}", whole(Locale::Zh));
        println!("{}", whole(Locale::En));
    }
}
