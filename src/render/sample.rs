//! Reports and verdicts made by hand, for the tests of the renderers: places are marked in the text.

use jiff::civil::Date;

use crate::check::Checked;
use crate::document::{Document, Heading, Kind, Lost, Number, NumberStyle, Paragraph, Part, Piece, Section};
use crate::facts::{Fact, Facts};
use crate::fingerprint::stamp;
use crate::locale::Locale;
use crate::pack::{Basis, Rule, Severity};
use crate::plan::PlannedRule;
use crate::read::Format;
use crate::render::Style;
use crate::render::summary::FailOn;
use crate::source::Source;
use crate::span::{Span, Spanned};
use crate::verdict::{Evidence, Finding, Fix, Outcome, Related, Verdict};

/// Takes the marks ⟦ ⟧ out of a text and says where they stood.
pub fn unmark(marked: &str) -> (String, Vec<Span>) {
    let (mut text, mut spans, mut start) = (String::new(), Vec::new(), 0);
    for c in marked.chars() {
        match c {
            '⟦' => start = text.len(),
            '⟧' => spans.push(Span::new(start, text.len())),
            _ => text.push(c),
        }
    }
    (text, spans)
}

/// A report each line of which is a paragraph, the first its title; a line with `一、` begins a section.
pub fn document(name: &str, text: &str) -> Document {
    let source = Source::new(name, text);
    let (mut paragraphs, mut sections) = (Vec::new(), Vec::<Section>::new());
    for at in 0..source.lines() {
        let span = source.line_span(at);
        if source.slice(span).trim().is_empty() {
            continue;
        }
        let index = paragraphs.len();
        let heads = source.slice(span).starts_with(['一', '二', '三']);
        if heads {
            let number_end = span.start + "一、".len();
            let number = Number { span: Span::new(span.start, number_end), style: NumberStyle::Chinese, value: 1 };
            let words = Span::new(number_end, span.end);
            let heading = Heading { paragraph: index, span, words, number: Some(number), run_in: false };
            sections.push(Section { heading, level: 1, parent: None, paragraphs: index..index });
        }
        let section = sections.len().checked_sub(1);
        let kind = if heads { Kind::Heading(sections.len() - 1) } else { Kind::Text };
        let part = if index == 0 { Part::Title } else { Part::Body };
        paragraphs.push(Paragraph { pieces: vec![Piece { span, wrapped: false }], part, kind, section });
        if let Some(last) = sections.last_mut() {
            last.paragraphs.end = index + 1;
        }
    }
    let title = paragraphs.first().map(|it: &Paragraph| source.slice(it.span()).to_owned());
    let facts = Facts {
        year: Some(Fact { value: 2024, span: None }),
        title: title.map(|value| Fact { value, span: None }),
        date: Date::new(2025, 1, 14).ok().map(|value| Fact { value, span: None }),
        ..Facts::default()
    };
    let closing = paragraphs.len()..paragraphs.len();
    Document {
        source,
        format: Format::Text,
        encoding: Some("UTF-8"),
        paragraphs,
        sections,
        title: Some(0),
        closing,
        facts,
        pages: Vec::new(),
        lost: Lost::default(),
    }
}

/// A rule with help and basis.
pub fn rule(id: &str, title: &str, severity: Severity) -> PlannedRule {
    let basis = Basis {
        law: "《法治政府建设与责任落实督察工作规定》".into(),
        article: Some("第十七条".into()),
        from: None,
        until: None,
        span: Span::default(),
    };
    let rule = Rule {
        id: Spanned::new(id.into(), Span::default()),
        title: title.into(),
        checks: Vec::new(),
        severity,
        message: None,
        help: Some("照法规公布的全称引用。".into()),
        basis: vec![basis],
        tags: Vec::new(),
        once: false,
        tests: Vec::new(),
    };
    PlannedRule { pack: "tifa".into(), rule, severity, statements: Vec::new(), scope: 0 }
}

/// A finding with nothing beside it.
pub fn finding(span: Span, message: &str, label: &str) -> Finding {
    Finding {
        span,
        places: vec![span],
        absent: false,
        message: message.into(),
        label: label.into(),
        related: Vec::new(),
        beside: Vec::new(),
        fix: None,
        fingerprint: String::new(),
    }
}

/// Rules and what came out for each.
pub fn checked(rules: Vec<(PlannedRule, Outcome)>) -> (Vec<PlannedRule>, Checked) {
    let (rules, outcomes): (Vec<_>, Vec<_>) = rules.into_iter().unzip();
    let verdicts =
        outcomes.into_iter().enumerate().map(|(rule, outcome)| Verdict { rule, outcome, waived: Vec::new() }).collect();
    (rules, Checked { verdicts, notices: Vec::new() })
}

/// A pass that says where.
pub fn pass(span: Span, note: &str) -> Outcome {
    Outcome::Pass(vec![Evidence { span, note: note.into() }])
}

/// 80 columns, no colour.
pub fn style(locale: Locale) -> Style {
    Style { locale, color: false, width: 80, evidence: false, quiet: false, fail_on: FailOn(Some(Severity::Error)) }
}

/// Holds a text against fixtures/golden; `INSTA_UPDATE=always cargo test` writes it anew.
pub fn golden(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../fixtures/golden");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// A report with one of everything: a fix, an absence with its neighbour, a wrapped finding, one of two places, a pass,
/// a rule that does not apply, a notice.
pub fn everything() -> (Document, Vec<PlannedRule>, Checked) {
    let (text, at) = unmark(
        "⟦某区2024年⟧法治政府建设年度报告\n\
        一、主要举措和成效\n\
        我区深入学习贯彻习近平法治思想，认真落实《法治政府建设与责任落实⟦督查⟧工作规定》，把法治政府建设纳入全区\
        经济社会发展总体规划，与经济社会发展同部署、同推进、同督促、同考核、同奖惩，全年专题研究12次,听取汇报24次。\n\
        二、⟦下一步打算⟧\n\
        持续优化⟦法制化\n  营商环境⟧，做到⟦审结率98.5%⟧。\n",
    );
    let mut title = finding(at[1], "法规名称有误：督查工作规定", "应为“督察”");
    title.fix = Some(Fix { replacement: "督察".into(), safe: true });
    let due = "这一章节没有提到 2025 年；最接近的是“2024年”，请在标题或正文中写明所安排的是哪一年的工作";
    let mut absence = finding(at[2], "没有写明下一年度", due);
    absence.absent = true;
    absence.related.push(Related { message: "报告年度在这里".into(), span: at[0] });
    let wrapped = finding(at[3], "“法制化”应为“法治化”", "应为“法治化营商环境”");
    let mut rate = finding(at[4], "百分比与所列数字不符", "按 283/300 应为 94.3%");
    rate.places.push(at[1]);
    rate.related.push(Related { message: "按 300 件计".into(), span: at[4] });
    let (rules, mut checked) = checked(vec![
        (rule("TF001", "法规名称", Severity::Error), Outcome::Fail(vec![title])),
        (rule("FZ009", "写明下一年度", Severity::Warning), Outcome::Fail(vec![absence])),
        (rule("TF002", "法治化", Severity::Error), Outcome::Fail(vec![wrapped])),
        (rule("FZ013", "百分比", Severity::Advice), Outcome::Fail(vec![rate])),
        (rule("FZ001", "标题", Severity::Error), pass(at[0], "标题写明年度")),
        (rule("FZ012", "报告时限", Severity::Warning), Outcome::NotApplicable("报告没有注明日期".into())),
    ]);
    checked.notices.push("规则包 demo 不适用于本文件".into());
    let document = document("报告/某区.txt", &text);
    stamp(&mut checked.verdicts, document.source.name(), &document, |rule| &rules[rule].rule.id.node);
    (document, rules, checked)
}
