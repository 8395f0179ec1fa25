//! Reports and verdicts made by hand, for the tests of the renderers: places are marked in the text.

use jiff::civil::Date;

use crate::check::Checked;
use crate::document::{Document, Heading, Kind, Number, NumberStyle, Paragraph, Part, Piece, Section};
use crate::facts::{Fact, Facts};
use crate::locale::Locale;
use crate::pack::{Basis, Rule, Severity};
use crate::plan::PlannedRule;
use crate::read::Format;
use crate::render::Style;
use crate::render::summary::FailOn;
use crate::source::Source;
use crate::span::{Span, Spanned};
use crate::verdict::{Evidence, Finding, Outcome, Verdict};

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
    Document { source, format: Format::Text, encoding: "UTF-8", paragraphs, sections, title: Some(0), closing, facts }
}

/// A rule with help and basis.
pub fn rule(id: &str, title: &str, severity: Severity) -> PlannedRule {
    let basis = Basis {
        law: "《法治政府建设与责任落实督察工作规定》".into(),
        article: Some("第十七条".into()),
        from: None,
        until: None,
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
    PlannedRule { pack: "tifa".into(), rule, severity }
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
        fix: None,
    }
}

/// Rules and what came out for each.
pub fn checked(rules: Vec<(PlannedRule, Outcome)>) -> (Vec<PlannedRule>, Checked) {
    let (rules, outcomes): (Vec<_>, Vec<_>) = rules.into_iter().unzip();
    let verdicts = outcomes.into_iter().enumerate().map(|(rule, outcome)| Verdict { rule, outcome }).collect();
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
