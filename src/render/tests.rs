//! `guiju test`: which of the rules' own tests did not come out as expected, and how.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::locale::Locale;
use crate::pack::{Expected, marks};
use crate::render::excerpt::Mark;
use crate::render::visible::wrap;
use crate::render::{Style, pretty};
use crate::ruletest::{Flagged, TestResult, Tested};
use crate::say;
use crate::source::Source;
use crate::span::Span;
use crate::verdict::Finding;

/// More lines of a text are not shown twice.
const MOST_LINES: usize = 5;

/// A test that did not come out as expected, drawn in its own text.
pub fn failed(it: &Tested, style: &Style) -> String {
    let locale = style.locale;
    let (word, number) = (kind(it.test.expected, locale), it.number);
    let at = it.source.line_column(it.test.span.start);
    let name = format!("{} {word} {number}", it.rule);
    let code = format!("{name} · {}", called(&it.result, locale));
    let place = format!("{}:{}:{}", it.source.name(), at.line, at.column);
    let text = Source::new(name, it.test.text.clone());
    let message = format!("{}{}", message(&it.result, locale), say!(locale, "（{place}）", " ({place})"));
    let drawn = pretty::test(code, message, &text, &drawn_marks(it, locale), style);
    format!("{}{}", drawn, diff(it, style))
}

/// The lines that are marked or flagged, first as the test marks them, then as the rule flags them.
fn diff(it: &Tested, style: &Style) -> String {
    let TestResult::Differs { noisy, missing } = &it.result else { return String::new() };
    let mut found: Vec<Span> = it.test.marks.iter().filter(|mark| !missing.contains(mark)).copied().collect();
    found.extend(noisy.iter().map(|it| it.span));
    found.sort();
    found.dedup();
    // A mark inside another cannot be written.
    found.dedup_by(|next, kept| next.start < kept.end);
    let source = Source::new("", it.test.text.clone());
    let lines: BTreeSet<usize> = it.test.marks.iter().chain(&found).map(|it| source.line_index(it.start)).collect();
    let mut out = String::new();
    for line in lines.into_iter().take(MOST_LINES) {
        let span = source.line_span(line);
        let inside = |marks: &[Span]| {
            let of = |it: &&Span| span.start <= it.start && it.end <= span.end;
            let own = marks.iter().filter(of).map(|it| Span::new(it.start - span.start, it.end - span.start));
            marks::mark(source.slice(span), &own.collect::<Vec<_>>())
        };
        let (due, is) = (inside(&it.test.marks), inside(&found));
        out.push_str(&(wrap(&say!(style.locale, "  标记：", "  marked: "), due.trim(), style.width) + "\n"));
        out.push_str(&(wrap(&say!(style.locale, "  报告：", "  reported: "), is.trim(), style.width) + "\n"));
    }
    out + "\n"
}

/// The word for what came out.
fn called(result: &TestResult, locale: Locale) -> String {
    let name = result.name();
    match result {
        TestResult::Passed => say!(locale, "符合", "{name}"),
        TestResult::Reported(_) => say!(locale, "误报", "{name}"),
        TestResult::Differs { noisy, .. } if !noisy.is_empty() => say!(locale, "多报", "{name}"),
        TestResult::Differs { .. } | TestResult::Missing(_) => say!(locale, "漏报", "{name}"),
        TestResult::Applies | TestResult::NotApplicable(_) => say!(locale, "适用不对", "{name}"),
        TestResult::Unread(_) => say!(locale, "读不出", "{name}"),
    }
}

fn kind(expected: Expected, locale: Locale) -> String {
    match expected {
        Expected::Pass => say!(locale, "通过例", "pass"),
        Expected::Fail => say!(locale, "不通过例", "fail"),
        Expected::NotApplicable => say!(locale, "不适用例", "not-applicable"),
    }
}

fn message(result: &TestResult, locale: Locale) -> String {
    match result {
        TestResult::Passed => say!(locale, "符合预期", "as expected"),
        TestResult::Reported(found) => {
            let count = found.len();
            say!(locale, "不该报告，却报告了 {count} 处", "nothing should be reported; reported: {count}")
        }
        TestResult::Differs { noisy, missing } => {
            let (more, fewer) = (noisy.len(), missing.len());
            say!(
                locale,
                "与标记不符：多报 {more} 处，漏报 {fewer} 处",
                "differs from the marks: too many {more}, missing {fewer}"
            )
        }
        TestResult::Missing(None) => say!(locale, "应当不通过，却通过了", "should fail, and passes"),
        TestResult::Missing(Some(why)) => {
            say!(locale, "应当不通过，却不适用：{why}", "should fail, and does not apply: {why}")
        }
        TestResult::Applies => say!(locale, "应当不适用，却通过了", "should not apply, and passes"),
        TestResult::NotApplicable(why) => {
            say!(locale, "应当通过，却不适用：{why}", "should pass, and does not apply: {why}")
        }
        TestResult::Unread(problem) => problem.message.clone(),
    }
}

fn drawn_marks(it: &Tested, locale: Locale) -> Vec<Mark> {
    let reported = |it: &Finding| Mark { span: it.span, label: it.label.clone() };
    let noisy = |it: &Flagged| {
        let label = match it.label.as_str() {
            "" => say!(locale, "多报", "reported"),
            label => say!(locale, "多报：{label}", "reported: {label}"),
        };
        Mark { span: it.span, label }
    };
    let missing = |it: &Span| Mark { span: *it, label: say!(locale, "漏报", "missing") };
    match &it.result {
        TestResult::Reported(found) => found.iter().map(reported).collect(),
        TestResult::Differs { noisy: more, missing: fewer } => {
            more.iter().map(noisy).chain(fewer.iter().map(missing)).collect()
        }
        TestResult::Missing(_) => it.test.marks.iter().map(missing).collect(),
        TestResult::Passed | TestResult::Applies | TestResult::NotApplicable(_) | TestResult::Unread(_) => Vec::new(),
    }
}

/// How many tests came out how.
pub fn summary(tested: &[Tested], locale: Locale) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for it in tested.iter().filter(|it| !it.result.passed()) {
        *counts.entry(called(&it.result, locale)).or_default() += 1;
    }
    let rules = tested.iter().map(|it| &it.rule).collect::<std::collections::BTreeSet<_>>().len();
    let (all, failed) = (tested.len(), counts.values().sum::<usize>());
    let passed = all - failed;
    let mut out = match failed {
        0 => say!(locale, "{rules} 条规则的 {all} 个测试全部通过。", "all {all} tests of {rules} rules passed"),
        _ => say!(
            locale,
            "{rules} 条规则的 {all} 个测试：{passed} 个通过，{failed} 个未通过",
            "{all} tests of {rules} rules: {passed} passed, {failed} failed"
        ),
    };
    for (name, count) in counts {
        let _ = write!(out, "{}", say!(locale, "；{name} {count} 个", "; {name} {count}"));
    }
    out + "\n"
}
