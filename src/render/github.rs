//! `--format github`: workflow commands. A step shows only a few annotations, so the worst come first and the rest is
//! counted.

use std::fmt::Write;

use crate::fingerprint::portable;
use crate::locale::Locale;
use crate::pack::Severity;
use crate::problem::{Level, Problem};
use crate::render::closing::one_line_summary;
use crate::render::location::Locator;
use crate::render::summary::Summary;
use crate::render::words::{in_the_file, named, remedy, told, trouble};
use crate::render::{Report, found};
use crate::say;

/// How many annotations of a kind are shown of one step.
const SHOWN: usize = 10;

/// One annotation.
#[derive(Debug, Clone)]
pub struct Command {
    severity: Severity,
    line: String,
}

/// The annotations that will be shown, of all reports so far.
#[derive(Debug, Default)]
pub struct Worst {
    commands: Vec<Command>,
    /// How many there would be.
    all: usize,
}

impl Worst {
    /// Takes those of the next report.
    pub fn add(&mut self, commands: Vec<Command>, all: usize) {
        self.all += all;
        self.commands.extend(commands);
        self.commands = worst(std::mem::take(&mut self.commands));
    }
}

/// The first ten of each severity, the gravest first.
fn worst(mut commands: Vec<Command>) -> Vec<Command> {
    commands.sort_by_key(|it| std::cmp::Reverse(it.severity));
    let mut kept: Vec<Command> = Vec::new();
    for it in commands {
        if kept.iter().filter(|other| other.severity == it.severity).count() < most(it.severity) {
            kept.push(it);
        }
    }
    kept
}

/// One notice is kept for the total.
const fn most(severity: Severity) -> usize {
    match severity {
        Severity::Error | Severity::Warning => SHOWN,
        Severity::Advice => SHOWN - 1,
    }
}

/// The worst of one report, and how many findings it has in all.
pub fn commands(report: &Report<'_>, locale: Locale) -> (Vec<Command>, usize) {
    let locator = Locator::of_document(report.document);
    let path = portable(report.document.source.name());
    let found = found(report);
    let all = found.len();
    let commands = Severity::ALL.iter().flat_map(|severity| {
        found.iter().filter(|(planned, _)| planned.severity == *severity).take(SHOWN).map(|(planned, finding)| {
            let message = [told(finding, locale)].into_iter().chain(remedy(planned, locale));
            let place = in_the_file(report.document).then(|| locator.locate(finding.span));
            let mut properties = vec![("title", named(planned)), ("file", path.clone())];
            if let Some(at) = place {
                properties.extend([("line", at.line.to_string()), ("endLine", at.end_line.to_string())]);
                if at.line == at.end_line {
                    properties.extend([("col", at.column.to_string()), ("endColumn", at.end_column.to_string())]);
                }
            }
            Command { severity: *severity, line: line(*severity, &properties, &message.collect::<Vec<_>>().join("\n")) }
        })
    });
    (commands.collect(), all)
}

/// Everything that is shown, and one notice with the total.
pub fn tail(kept: &Worst, problems: &[Problem], summary: &Summary, locale: Locale) -> String {
    let troubles = problems.iter().map(|it| of_problem(it, locale));
    let shown = worst(troubles.chain(kept.commands.iter().cloned()).collect());
    let mut out = String::new();
    for it in &shown {
        out.push_str(&it.line);
    }
    let total = one_line_summary(summary, locale);
    let left = (kept.all + problems.len()).saturating_sub(shown.len());
    let more = match left {
        0 => String::new(),
        _ => say!(locale, "。另有 {left} 处没有在这里列出", "; not listed here: {left}"),
    };
    let title = say!(locale, "规矩 guiju", "guiju");
    out + &line(Severity::Advice, &[("title", title)], &format!("{total}{more}"))
}

fn of_problem(problem: &Problem, locale: Locale) -> Command {
    let severity = match problem.level {
        Level::Error => Severity::Error,
        Level::Warning => Severity::Warning,
    };
    let mut properties = vec![("title", problem.code.to_owned()), ("file", portable(&problem.path))];
    if let Some(it) = &problem.place {
        let at = it.source.line_column(it.span.start);
        properties.extend([("line", at.line.to_string()), ("col", at.column.to_string())]);
    }
    properties.retain(|(_, value)| !value.is_empty());
    Command { severity, line: line(severity, &properties, &trouble(problem, locale)) }
}

fn line(severity: Severity, properties: &[(&str, String)], message: &str) -> String {
    let name = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "notice",
    };
    let mut out = format!("::{name} ");
    for (at, (key, value)) in properties.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        let _ = write!(out, "{comma}{key}={}", escaped(value).replace(':', "%3A").replace(',', "%2C"));
    }
    let _ = writeln!(out, "::{}", escaped(message));
    out
}

/// The percent sign first, or it would be escaped twice.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample::{self, golden};
    use crate::render::summary::Tally;
    use crate::verdict::Outcome;

    #[test]
    fn one_line_a_finding_and_the_total() {
        let (document, rules, checked) = sample::everything();
        let it = Report { rules: &rules, document: &document, checked: &checked };
        let mut worst = Worst::default();
        let (found, all) = commands(&it, Locale::Zh);
        worst.add(found, all);
        let style = sample::style(Locale::Zh);
        let mut summary = Summary::default();
        summary.add(&rules, Tally::of(&rules, &checked, &Locator::of_document(&document), style.fail_on, style.locale));
        let problem = Problem::error("read::encoding", "坏, 100%:1.txt", "无法识别\n编码").help("另存为 UTF-8");
        golden("github", &tail(&worst, &[problem], &summary, Locale::Zh));
    }

    #[test]
    fn only_what_will_be_shown_is_kept_and_the_rest_counted() {
        let (text, at) = sample::unmark(&"⟦法制化⟧轨道，".repeat(25));
        let document = sample::document("./a.txt", &text);
        let found = |_: Severity| Outcome::Fail(at.iter().map(|it| sample::finding(*it, "甲", "")).collect());
        let rules = Severity::ALL.map(|it| (sample::rule(it.name(), "乙", it), found(it)));
        let (rules, checked) = sample::checked(rules.into_iter().collect());
        let it = Report { rules: &rules, document: &document, checked: &checked };
        let mut worst = Worst::default();
        for _ in 0..3 {
            let (found, all) = commands(&it, Locale::En);
            worst.add(found, all);
        }
        let out = tail(&worst, &[], &Summary::default(), Locale::En);
        let count = |name: &str| out.lines().filter(|line| line.starts_with(&format!("::{name} "))).count();
        assert_eq!((count("error"), count("warning"), count("notice")), (10, 10, 10));
        assert!(out.ends_with("not listed here: 196\n"), "{out}");
        assert!(out.starts_with("::error title=error 乙,file=a.txt,line=1,"), "{out}");
    }
}
