//! The heading line of a report and the closing summary, in the words of the person who has to mend it.

use std::fmt::Write;

use crate::locale::Locale;
use crate::pack::Severity;
use crate::plan::PlannedRule;
use crate::render::summary::{Fails, Summary};
use crate::render::visible::{one_line, pad, visible, width, wrap};
use crate::render::{Report, Style, severity_word};
use crate::say;
use crate::verdict::Finding;

/// How many reasons for not applying are told.
const REASONS: usize = 8;
/// How many rules are named beside a reason.
const RULES: usize = 12;

/// The line above a report's findings, its title, and how much there is to mend.
pub fn heading(report: &Report<'_>, findings: &[(&PlannedRule, &Finding)], style: &Style) -> String {
    let mut out = rule_off(&visible(report.document.source.name()), style);
    if let Some(title) = &report.document.facts.title {
        let _ = writeln!(out, "{}", one_line(&title.value, style.width.saturating_sub(2)));
    }
    let counts: Vec<_> = Severity::ALL
        .iter()
        .map(|it| (*it, findings.iter().filter(|(planned, _)| planned.severity == *it).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(severity, count)| say!(style.locale, "{} {count} 处", "{}: {count}", duty(severity, style.locale)))
        .collect();
    if !counts.is_empty() {
        let _ = writeln!(out, "{}", counts.join(if style.locale == Locale::Zh { "，" } else { ", " }));
    }
    for notice in &report.checked.notices {
        let _ = writeln!(out, "{}", wrap(&say!(style.locale, "注意：", "note: "), notice, style.width));
    }
    out + "\n"
}

/// What must be mended, what should be, what passed, what did not apply and why.
pub fn summary(rules: &[PlannedRule], summary: &Summary, style: &Style) -> String {
    let mut out = rule_off(&say!(style.locale, "小结", "Summary"), style);
    let _ = writeln!(out, "{}", reports(summary, rules.len(), style.locale));
    for severity in Severity::ALL {
        out.push_str(&to_mend(severity, rules, summary, style));
    }
    out.push_str(&set_aside(summary, style));
    out.push_str(&others(rules, summary, style));
    if summary.errors > 0 {
        let count = summary.errors;
        let line = say!(
            style.locale,
            "检查未能全部完成：有 {count} 个错误，见上文。",
            "the check could not be carried out in full: errors above: {count}"
        );
        let _ = writeln!(out, "{}", paint(&line, Severity::Error, style));
    }
    out
}

/// The run in one line, beside results that are one line a finding.
pub fn one_line_summary(summary: &Summary, locale: Locale) -> String {
    let [error, warning, advice] = summary.findings;
    let (reports, failed, errors) = (summary.reports, summary.failed, summary.errors);
    say!(
        locale,
        "检查了 {reports} 份报告，{failed} 份未通过：错误 {error} 处，警告 {warning} 处，建议 {advice} 处；未能完成 {errors} 项",
        "reports checked: {reports}, failed: {failed}; error: {error}, warning: {warning}, advice: {advice}; not carried out: {errors}"
    )
}

/// `━━ text ━━━━━━━━━━`
fn rule_off(text: &str, style: &Style) -> String {
    let rest = style.width.saturating_sub(width(text) + 5).max(2);
    let line = format!("━━ {text} {}", "━".repeat(rest));
    match style.color {
        true => format!("\u{1b}[1m{line}\u{1b}[0m\n"),
        false => line + "\n",
    }
}

fn reports(summary: &Summary, rules: usize, locale: Locale) -> String {
    let Summary { reports, passed, failed, .. } = summary;
    let found: usize = summary.findings.iter().sum();
    match (reports, failed) {
        (0, _) => say!(locale, "没有检查到任何报告。", "no report was checked"),
        _ if rules == 0 => say!(
            locale,
            "读了 {reports} 份报告，但是没有选用任何规则，什么也没有检查。",
            "reports read: {reports}; no rule is in use, nothing was checked"
        ),
        (_, 0) if found + summary.waived() + summary.known == 0 => {
            say!(locale, "检查了 {reports} 份报告，没有发现问题。", "reports checked: {reports}; nothing found")
        }
        (_, 0) if found == 0 => {
            say!(locale, "检查了 {reports} 份报告，没有新的问题。", "reports checked: {reports}; nothing new found")
        }
        (1, 0) => say!(locale, "检查了 1 份报告：通过，另有可改之处。", "reports checked: 1; it passes, with remarks"),
        (1, _) => say!(locale, "检查了 1 份报告：未通过。", "reports checked: 1; it fails"),
        _ => say!(
            locale,
            "检查了 {reports} 份报告：{passed} 份通过，{failed} 份未通过。",
            "reports checked: {reports}; passed: {passed}; failed: {failed}"
        ),
    }
}

/// A severity as a duty: 必须改, 建议改, 供参考.
fn duty(severity: Severity, locale: Locale) -> &'static str {
    match (severity, locale) {
        (Severity::Error, Locale::Zh) => "必须改",
        (Severity::Warning, Locale::Zh) => "建议改",
        (Severity::Advice, Locale::Zh) => "供参考",
        (Severity::Error, Locale::En) => "must be mended",
        (Severity::Warning, Locale::En) => "should be mended",
        (Severity::Advice, Locale::En) => "to consider",
    }
}

/// The findings of one severity, a line a rule.
fn to_mend(severity: Severity, rules: &[PlannedRule], summary: &Summary, style: &Style) -> String {
    let failed = summary.fails.iter().filter_map(|(at, fails)| Some((rules.get(*at)?, fails)));
    let mut rules: Vec<_> = failed.filter(|(planned, _)| planned.severity == severity).collect();
    if rules.is_empty() {
        return String::new();
    }
    rules.sort_by_key(|(_, fails)| std::cmp::Reverse(fails.findings));
    let (duty, count) = (duty(severity, style.locale), summary.of(severity));
    let word = severity_word(severity, style.locale);
    let head = say!(style.locale, "{duty}（{word}）：{count} 处", "{duty} ({word}): {count}");
    let mut out = paint(&head, severity, style) + "\n";
    let names: Vec<_> =
        rules.iter().map(|(it, _)| format!("{} {}", it.rule.id.node, visible(&it.rule.title))).collect();
    let column = names.iter().map(|it| width(it)).max().unwrap_or_default().min(style.width / 2);
    for (name, (_, fails)) in names.iter().zip(&rules) {
        let amount = amount(fails, summary.reports, style.locale);
        let _ = writeln!(out, "  {}  {amount}", pad(&one_line(name, column), column));
    }
    out
}

/// How often a rule failed: the lines in one report, else the number of reports.
fn amount(fails: &Fails, all: usize, locale: Locale) -> String {
    let Fails { findings, places, reports, lines } = fails;
    let alike = if places > findings {
        say!(locale, "（同类共 {places} 处）", " (like places: {places})")
    } else {
        String::new()
    };
    if all > 1 {
        return say!(locale, "{findings} 处{alike}，{reports} 份报告", "{findings}{alike} in {reports} report(s)");
    }
    let mut shown = lines.clone();
    shown.dedup();
    let cut = shown.len() > 8;
    shown.truncate(8);
    let list =
        shown.iter().map(ToString::to_string).collect::<Vec<_>>().join(if locale == Locale::Zh { "、" } else { ", " });
    let more = if cut { "…" } else { "" };
    say!(locale, "{findings} 处{alike}，第 {list}{more} 行", "{findings}{alike}, line {list}{more}")
}

/// What was found and does not count.
fn set_aside(summary: &Summary, style: &Style) -> String {
    let (waived, locale) = (summary.waived(), style.locale);
    let Summary { known, fixed, .. } = summary;
    let mut out = String::new();
    if waived > 0 {
        let _ = writeln!(out, "{}", say!(locale, "已豁免，不计：{waived} 处", "waived, not counted: {waived}"));
    }
    for (leave, count) in &summary.leaves {
        let line = say!(locale, "{leave}（{count} 处）", "{leave} ({count})");
        let _ = writeln!(out, "{}", wrap("  ", &line, style.width));
    }
    if *known > 0 {
        let line = say!(locale, "基线中已有，不计：{known} 处", "in the baseline, not counted: {known}");
        let _ = writeln!(out, "{line}");
    }
    if *fixed > 0 {
        let line = say!(
            locale,
            "基线中的 {fixed} 处已经改好；运行 guiju baseline 把它们从基线中去掉。",
            "of the baseline, mended: {fixed}; guiju baseline takes them out of it"
        );
        let _ = writeln!(out, "{}", wrap("", &line, style.width));
    }
    out
}

/// What passed, and what did not apply, by reason.
fn others(rules: &[PlannedRule], summary: &Summary, style: &Style) -> String {
    let (passes, none) = (summary.passes, summary.not_applicable);
    let mut out = match (passes, none) {
        (0, 0) => return String::new(),
        (_, 0) => say!(style.locale, "已通过：{passes} 项", "passed: {passes}"),
        _ => say!(
            style.locale,
            "已通过：{passes} 项；不适用：{none} 项，原因：",
            "passed: {passes}; not applicable: {none}, because"
        ),
    };
    out.push('\n');
    let mut reasons: Vec<_> = summary.reasons.iter().collect();
    reasons.sort_by_key(|(_, it)| std::cmp::Reverse(it.verdicts));
    for (text, reason) in reasons.iter().take(REASONS) {
        let ids = reason.rules.iter().filter_map(|at| rules.get(*at));
        let mut ids: Vec<_> = ids.map(|it| it.rule.id.node.as_str()).collect();
        let more = if ids.len() > RULES { say!(style.locale, " 等", " …") } else { String::new() };
        ids.truncate(RULES);
        let line = format!("{text}{}{}{more}", say!(style.locale, "：", ": "), ids.join(" "));
        let _ = writeln!(out, "{}", wrap("  ", &line, style.width));
    }
    let rest: usize = reasons.iter().skip(REASONS).map(|(_, it)| it.verdicts).sum();
    if rest > 0 {
        let line =
            say!(style.locale, "  另有 {rest} 项；加 --evidence 可逐项列出", "  others: {rest}; --evidence lists all");
        let _ = writeln!(out, "{line}");
    }
    out
}

/// A line in the colour of a severity.
fn paint(text: &str, severity: Severity, style: &Style) -> String {
    let code = match severity {
        Severity::Error => 31,
        Severity::Warning => 33,
        Severity::Advice => 36,
    };
    if style.color { format!("\u{1b}[1;{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}
