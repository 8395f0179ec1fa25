//! rules/README.md says of every built-in rule what the packs say. `INSTA_UPDATE=always cargo test` writes it anew.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use guiju::lang::ast::Voice;
use guiju::lang::print;
use guiju::locale::Locale;
use guiju::pack::builtin::BUILT_IN;
use guiju::pack::{Basis, Expected, Pack, Rule, Severity, Test};
use guiju::packs;

#[test]
fn the_manual_of_the_rules_is_that_of_the_packs() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/README.md");
    let due = manual(&built_in());
    if std::env::var("INSTA_UPDATE").is_ok_and(|it| it == "always") {
        fs::write(&path, &due).unwrap();
    }
    let stands = fs::read_to_string(&path).unwrap_or_default();
    let stale = due.lines().zip(stands.lines().chain(std::iter::repeat(""))).find(|(due, stands)| due != stands);
    assert!(due == stands, "rules/README.md is stale, first at {stale:?}; `INSTA_UPDATE=always cargo test` writes it");
}

fn built_in() -> Vec<Pack> {
    let names: Vec<String> = BUILT_IN.iter().map(|(name, _)| (*name).to_owned()).collect();
    let loaded = packs::find(&names, Locale::Zh);
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    loaded.packs
}

fn manual(packs: &[Pack]) -> String {
    let mut out = String::from(
        "# 内置规则\n\n\
        本页由规则包生成（`INSTA_UPDATE=always cargo test` 重新写成），不要手工修改。`guiju explain 编号` 显示同样的内容和更多例子。\n\n\
        **错误**必须改，**警告**建议改，**建议**供参考。例子是虚构的；“不通过”的例子里，⟦⟧之间是指出的文字，没有⟦⟧的是缺了内容。\n\n",
    );
    for pack in packs {
        let _ = writeln!(out, "- [{}](#{})：{} 条，`{}`", pack.title, pack.title, pack.rules.len(), pack.name);
    }
    for pack in packs {
        let _ = write!(out, "\n## {}\n\n`{}` {}。{}\n", pack.title, pack.name, pack.version, pack.about);
        out.push_str("\n| 编号 | 规则 | 级别 |\n| --- | --- | --- |\n");
        for it in &pack.rules {
            let _ = writeln!(out, "| {} | {} | {} |", it.id.node, it.title, severity(it.severity));
        }
        pack.rules.iter().for_each(|it| out.push_str(&rule(it)));
    }
    out
}

fn rule(rule: &Rule) -> String {
    let mut out = format!("\n### {} {}\n\n", rule.id.node, rule.title);
    for check in &rule.checks {
        let _ = writeln!(out, "- 要求：`{}`", print::statement(&check.statement, Voice::Zh));
    }
    let _ = writeln!(out, "- 级别：{}", severity(rule.severity));
    if let Some(message) = &rule.message {
        let _ = writeln!(out, "- 说明：{}", message.replace("{found}", "……").replace("{expected}", "……"));
    }
    if let Some(help) = &rule.help {
        let _ = writeln!(out, "- 改法：{help}");
    }
    let basis: Vec<String> = rule.basis.iter().map(authority).collect();
    if !basis.is_empty() {
        let _ = writeln!(out, "- 依据：{}", basis.join("；"));
    }
    for (expected, head) in [(Expected::Pass, "通过"), (Expected::Fail, "不通过")] {
        if let Some(test) = rule.tests.iter().find(|it| it.expected == expected) {
            let _ = write!(out, "\n{head}：\n\n```text\n{}\n```\n", marked(test));
        }
    }
    out
}

fn authority(basis: &Basis) -> String {
    format!("{}{}", basis.law, basis.article.as_deref().unwrap_or_default())
}

/// The text of a test with its marks.
fn marked(test: &Test) -> String {
    let mut text = test.text.clone();
    for mark in test.marks.iter().rev() {
        text.insert(mark.end, '⟧');
        text.insert(mark.start, '⟦');
    }
    let mut text = text.trim_end().to_owned();
    let others = test.among.others.iter().map(|it| ("其他单位的报告", it));
    let last_year = test.among.last_year.iter().map(|it| ("上年的报告", it));
    for (name, other) in last_year.chain(others) {
        let _ = write!(text, "\n\n〔{name}〕\n{}", other.trim_end());
    }
    text
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "错误",
        Severity::Warning => "警告",
        Severity::Advice => "建议",
    }
}
