//! `guiju pack doc`: the manual page of packs, as Markdown, and as one HTML file made of it.

use std::fmt::Write;

use crate::lang::print;
use crate::locale::Locale;
use crate::pack::{Expected, Pack, Rule, Test};
use crate::render::catalog::{set, sets, voice};
use crate::render::json::basis_line;
use crate::render::visible::visible;
use crate::render::{readable, severity_word};
use crate::say;

/// The manual of packs.
pub fn markdown(packs: &[Pack], locale: Locale) -> String {
    let mut out = format!("# {}\n\n", title(packs, locale));
    let intro = say!(
        locale,
        "本页由 `guiju pack doc` 从规则包生成，不要手工修改。`guiju explain 编号` 显示同样的内容和更多例子。\n\n\
        **错误**必须改，**警告**建议改，**建议**供参考。例子是虚构的；“不通过”的例子里，⟦⟧之间是指出的文字，没有⟦⟧的是缺了内容。\n",
        "Made by `guiju pack doc` from the packs: do not edit. `guiju explain ID` shows the same with more examples.\n\n\
        An **error** must be mended, a **warning** should be, **advice** is for consideration. The examples are invented; in those that fail, \
        ⟦⟧ stand round what is flagged; without ⟦⟧ something is missing.\n"
    );
    out.push_str(&(intro + "\n"));
    for pack in packs {
        let (name, title, count) = (&pack.name, called(pack), pack.rules.len());
        let line = say!(
            locale,
            "- [{title}](#{title})：{count} 条，`{name}`",
            "- [{title}](#{title}): {count} rules, `{name}`"
        );
        out.push_str(&(line + "\n"));
    }
    packs.iter().for_each(|it| out.push_str(&of_pack(it, locale)));
    out
}

fn title(packs: &[Pack], locale: Locale) -> String {
    match packs {
        [only] => called(only).to_owned(),
        _ => say!(locale, "规则手册", "Manual of rules"),
    }
}

fn called(pack: &Pack) -> &str {
    if pack.title.is_empty() { &pack.name } else { &pack.title }
}

fn of_pack(pack: &Pack, locale: Locale) -> String {
    let mut out = format!("\n## {}\n\n`{}` {}\n", called(pack), pack.name, pack.version);
    if !pack.about.is_empty() {
        let _ = write!(out, "\n{}\n", pack.about);
    }
    if !pack.extends.is_empty() {
        let parents = pack.extends.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(" ");
        out.push_str(&say!(locale, "\n沿用 {parents}。\n", "\nExtends {parents}.\n"));
    }
    if let Some(applies) = &pack.applies {
        let claim = readable::statement(&print::claim(applies, voice(locale)));
        out.push_str(&say!(
            locale,
            "\n只用于这样的报告：`{claim}`\n",
            "\nFor reports of which this holds: `{claim}`\n"
        ));
    }
    let head = say!(locale, "| 编号 | 规则 | 级别 |", "| id | rule | severity |");
    let _ = write!(out, "\n{head}\n| --- | --- | --- |\n");
    for it in &pack.rules {
        let _ = writeln!(out, "| {} | {} | {} |", it.id.node, it.title, severity_word(it.severity, locale));
    }
    pack.rules.iter().for_each(|it| out.push_str(&of_rule(it, pack, locale)));
    out
}

fn of_rule(rule: &Rule, pack: &Pack, locale: Locale) -> String {
    let mut out = format!("\n### {} {}\n\n", rule.id.node, rule.title);
    let mut row = |zh: &str, en: &str, text: &str| {
        let _ = match locale {
            Locale::Zh => writeln!(out, "- {zh}：{text}"),
            Locale::En => writeln!(out, "- {en}: {text}"),
        };
    };
    for check in &rule.checks {
        row("要求", "asks", &format!("`{}`", readable::statement(&print::statement(&check.statement, voice(locale)))));
    }
    for name in sets(rule) {
        if let Some(members) = pack.terms.get(&name) {
            row("其中", "where", &set(&name, members, locale));
        }
    }
    row("级别", "severity", severity_word(rule.severity, locale));
    if let Some(message) = &rule.message {
        let filled =
            ["{found}", "{expected}", "{nearest}"].iter().fold(message.clone(), |it, hole| it.replace(hole, "……"));
        row("说明", "message", &filled);
    }
    rule.help.iter().for_each(|it| row("改法", "help", it));
    let basis: Vec<String> = rule.basis.iter().map(basis_line).collect();
    if !basis.is_empty() {
        row("依据", "basis", &basis.join("；"));
    }
    for (expected, head) in
        [(Expected::Pass, say!(locale, "通过：", "passes:")), (Expected::Fail, say!(locale, "不通过：", "fails:"))]
    {
        if let Some(test) = rule.tests.iter().find(|it| it.expected == expected) {
            let _ = write!(out, "\n{head}\n\n```text\n{}\n```\n", marked(test, locale));
        }
    }
    out
}

/// The text of a test with its marks; a fence inside it would end the example.
fn marked(test: &Test, locale: Locale) -> String {
    let mut text = test.text.clone();
    for mark in test.marks.iter().rev() {
        text.insert(mark.end, '⟧');
        text.insert(mark.start, '⟦');
    }
    let mut text = text.trim_end().to_owned();
    let last_year = test.among.last_year.iter().map(|it| (say!(locale, "上年的报告", "last year's report"), it));
    let others = test.among.others.iter().map(|it| (say!(locale, "其他单位的报告", "another body's report"), it));
    for (name, other) in last_year.chain(others) {
        let _ = write!(text, "\n\n〔{name}〕\n{}", other.trim_end());
    }
    visible(&text).replace("```", "` ` `")
}

/// The manual as one HTML file.
pub fn html(packs: &[Pack], locale: Locale) -> String {
    let markdown = markdown(packs, locale);
    let mut body = String::new();
    pulldown_cmark::html::push_html(&mut body, events(&markdown).into_iter());
    let lang = match locale {
        Locale::Zh => "zh-CN",
        Locale::En => "en",
    };
    let title = escaped(&title(packs, locale));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
        <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
        <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )
}

/// The events of a text; headings get their words as anchors, and HTML of the packs' own is text.
fn events(markdown: &str) -> Vec<pulldown_cmark::Event<'_>> {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let mut events: Vec<Event<'_>> = Parser::new_ext(markdown, Options::ENABLE_TABLES)
        .map(|event| match event {
            Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
            other => other,
        })
        .collect();
    for at in 0..events.len() {
        let words = match events.get(at + 1) {
            Some(Event::Text(words)) => words.clone(),
            _ => continue,
        };
        if let Some(Event::Start(Tag::Heading { id, .. })) = events.get_mut(at) {
            *id = Some(words);
        }
    }
    events
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

const STYLE: &str = "\
body { margin: 0; background: #f6f6f4; color: #222; font: 16px/1.75 \"Noto Serif CJK SC\", \"Source Han Serif SC\", SimSun, serif; }
main { max-width: 46em; margin: 0 auto; padding: 2em 1.5em 4em; background: #fff; }
h1, h2, h3 { font-family: \"Noto Sans CJK SC\", \"Source Han Sans SC\", \"Microsoft YaHei\", sans-serif; line-height: 1.4; }
h2 { margin-top: 2.5em; border-bottom: 2px solid #a33; padding-bottom: .2em; }
h3 { margin-top: 2em; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #ccc; padding: .3em .7em; text-align: left; }
code { background: #f2efe6; padding: .1em .3em; border-radius: 3px; font-size: .92em; }
pre { background: #f2efe6; padding: .8em 1em; overflow-x: auto; white-space: pre-wrap; }
pre code { padding: 0; background: none; }
@media print { body, main { background: #fff; } h3, pre { break-inside: avoid; } }
";
