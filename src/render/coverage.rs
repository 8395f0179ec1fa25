//! `guiju test --coverage` and `--mutate`: what no test exercises, and which changes no test notices.

use std::fmt::Write;

use crate::lang::ast::Voice;
use crate::lang::print;
use crate::locale::Locale;
use crate::pack::Pack;
use crate::render::Style;
use crate::render::visible::{visible, wrap};
use crate::ruletest::coverage::{Coverage, Covered};
use crate::ruletest::mutants::{Mutated, Skipped, Survivor};
use crate::say;

/// So many parts of one rule or set are named.
const SHOWN: usize = 20;

/// What no test exercises, rule by rule and set by set, then the sum.
pub fn coverage(coverage: &Coverage, style: &Style) -> String {
    let locale = style.locale;
    let mut out = String::new();
    let lacking = |it: &&Covered| it.exercised() < it.parts.len();
    let rules: Vec<&Covered> = coverage.rules.iter().filter(lacking).collect();
    let sets: Vec<&Covered> = coverage.sets.iter().filter(lacking).collect();
    if !rules.is_empty() || !sets.is_empty() {
        let _ = writeln!(out, "{}\n", say!(locale, "没有测试用到的：", "what no test exercises:"));
    }
    for it in rules {
        out.push_str(&missed(it, &format!("{} {}", it.name, it.title), style));
    }
    for it in sets {
        let name = say!(locale, "词语集 ${}（{}）", "the set ${} ({})", it.name, it.pack);
        out.push_str(&missed(it, &name, style));
    }
    let ((done, all), percent) = (coverage.counts(), coverage.percent());
    let sum = say!(
        locale,
        "覆盖率 {percent}%：{all} 项中有 {done} 项被测试用到。",
        "coverage {percent}%: tests exercise {done} of {all} parts"
    );
    let _ = writeln!(out, "{sum}");
    out
}

fn missed(it: &Covered, name: &str, style: &Style) -> String {
    let (done, all) = (it.exercised(), it.parts.len());
    let head = format!("  {}　{done}/{all}", visible(name));
    let mut words: Vec<&str> = it.missed().take(SHOWN).collect();
    let more = say!(style.locale, "等 {} 项", "and so on, {} in all", all - done);
    if all - done > SHOWN {
        words.push(&more);
    }
    let join = match style.locale {
        Locale::Zh => "；",
        Locale::En => "; ",
    };
    format!("{head}\n{}\n\n", wrap("    ", &words.join(join), style.width))
}

/// The changes that no test notices, rule by rule, then the sum.
pub fn mutants(mutated: &[Mutated], packs: &[Pack], style: &Style) -> String {
    let locale = style.locale;
    let mut out = String::new();
    for it in mutated.iter().filter(|it| !it.survivors.is_empty()) {
        let (survived, tried) = (it.survivors.len(), it.tried);
        let head = say!(
            locale,
            "{} {}　改动 {tried} 处，{survived} 处没有测试发现",
            "{} {}  {tried} changes, {survived} unnoticed",
            it.rule,
            visible(&it.title)
        );
        let _ = writeln!(out, "{head}");
        let pack = packs.iter().find(|pack| pack.name == it.pack);
        for survivor in &it.survivors {
            let _ = writeln!(out, "{}", wrap("  ", &words(survivor, pack, locale), style.width));
        }
        out.push('\n');
    }
    for (why, zh, en) in [
        (Skipped::NoTests, "没有测试", "without tests"),
        (Skipped::Failing, "测试本来就没有全部通过", "with tests that fail as it is"),
    ] {
        let ids: Vec<&str> = mutated.iter().filter(|it| it.skipped == Some(why)).map(|it| it.rule.as_str()).collect();
        if !ids.is_empty() {
            let line = say!(locale, "没有试的规则（{zh}）：{}", "rules not tried, {en}: {}", ids.join(" "));
            let _ = writeln!(out, "{}", wrap("", &line, style.width));
        }
    }
    let sum = |of: fn(&Mutated) -> usize| mutated.iter().map(of).sum::<usize>();
    let (tried, survived, left) = (sum(|it| it.tried), sum(|it| it.survivors.len()), sum(|it| it.left_out));
    let _ = writeln!(
        out,
        "{}",
        say!(
            locale,
            "试了 {tried} 处改动，{survived} 处没有测试发现。",
            "{tried} changes tried, {survived} of them unnoticed by any test"
        )
    );
    if left > 0 {
        let _ = writeln!(
            out,
            "{}",
            say!(
                locale,
                "另有 {left} 处改动没有试：一条规则最多试 300 处。",
                "{left} more were not tried: at most 300 a rule"
            )
        );
    }
    out
}

/// `12:5 去掉 甲：报告应当提及 乙`
fn words(it: &Survivor, pack: Option<&Pack>, locale: Locale) -> String {
    let voice = match locale {
        Locale::Zh => Voice::Zh,
        Locale::En => Voice::En,
    };
    let place = pack.map(|pack| pack.source.line_column(it.span.start));
    let place = place.map(|at| say!(locale, "第 {} 行　", "line {}: ", at.line)).unwrap_or_default();
    let change = it.change.words(locale);
    match &it.statement {
        Some(statement) => {
            let sentence = print::statement(statement, voice);
            say!(locale, "{place}{change}：{sentence}", "{place}{change}: {sentence}")
        }
        None => format!("{place}{change}"),
    }
}
