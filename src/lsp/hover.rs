//! What is told where the cursor rests: of a pack what a statement, a name or a field means, of a report what a finding
//! rests on.

use std::fmt::Write;

use gen_lsp_types::{Hover, MarkupContent, MarkupKind};

use crate::lang::ast::{Statement, Voice};
use crate::lang::parse;
use crate::lang::print;
use crate::locale::Locale;
use crate::lsp::client::Client;
use crate::lsp::meaning;
use crate::lsp::names::{self, Target};
use crate::lsp::open::Open;
use crate::lsp::pack_file::PackFile;
use crate::lsp::report_file::ReportFile;
use crate::pack::sites::{Fields, Kind, Site, What};
use crate::pack::uses::Uses;
use crate::pack::{Pack, Rule};
use crate::plan::PlannedRule;
use crate::render::{catalog, json::basis_line, severity_word};
use crate::say;
use crate::schema;
use crate::span::Span;
use crate::verdict::Finding;

/// A text in Markdown that loses nothing when read as plain text.
struct Page {
    text: String,
    markdown: bool,
}

impl Page {
    fn new(client: &Client) -> Page {
        Page { text: String::new(), markdown: client.markdown }
    }

    /// A paragraph of the report's or the author's words.
    fn plain(&mut self, text: &str) {
        let text = if self.markdown { escaped(text) } else { text.to_owned() };
        let _ = write!(self.text, "{text}\n\n");
    }

    fn head(&mut self, text: &str) {
        match self.markdown {
            true => drop(write!(self.text, "**{}**\n\n", escaped(text))),
            false => self.plain(text),
        }
    }

    /// A statement, as it would be written.
    fn code(&mut self, text: &str) {
        match self.markdown && !text.contains("```") {
            true => drop(write!(self.text, "```text\n{text}\n```\n\n")),
            false => self.plain(text),
        }
    }

    fn items(&mut self, lines: &[String]) {
        for line in lines {
            let line = if self.markdown { escaped(line) } else { line.clone() };
            let _ = writeln!(self.text, "- {line}");
        }
        self.text.push('\n');
    }

    fn hover(self, open: &Open, span: Span) -> Hover {
        let kind = if self.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
        let contents = MarkupContent { kind, value: self.text.trim_end().to_owned() };
        Hover { contents: contents.into(), range: Some(open.range(span)) }
    }
}

/// A text whose signs mean themselves in Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_{}[]<>#|~$&".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// What stands at a byte of a pack.
pub fn in_pack(open: &Open, pack: &PackFile, at: usize, client: &Client, locale: Locale) -> Option<Hover> {
    let site = pack.sites.as_ref()?.at(at)?;
    let mut page = Page::new(client);
    if let Some((target, span)) = names::target(pack, at) {
        name(&mut page, pack, &target, locale);
        return (!page.text.is_empty()).then(|| page.hover(open, span));
    }
    match site.what {
        What::Field(fields) => field(&mut page, fields, &site.scalar.text, locale)?,
        What::Statement => {
            let read = parse::statement(&site.scalar.text, &pack.names, locale).ok()?;
            statement(&mut page, pack, &read, locale);
        }
        What::Condition => {
            let read = parse::condition(&site.scalar.text, &pack.names, locale).ok()?;
            let mut lines = Vec::new();
            page.code(&print::claim(&read, other(site, locale)));
            meaning::claim(&read, locale, &mut lines);
            page.items(&lines);
        }
        What::Title => {
            let rule = pack.own()?.rules.iter().find(|it| it.title == site.scalar.text)?;
            of_rule(&mut page, rule, locale);
        }
        What::Name(_)
        | What::Extended
        | What::Silenced
        | What::Parent
        | What::Id
        | What::Member
        | What::Template
        | What::Other => {
            return None;
        }
    }
    Some(page.hover(open, site.span))
}

fn field(page: &mut Page, fields: Fields, name: &str, locale: Locale) -> Option<()> {
    let schema = schema::schema(schema::Kind::Pack, locale);
    let text = schema::description(&schema, map(fields), name)?;
    page.head(name);
    page.plain(&text);
    Some(())
}

/// The name of a map in the schema.
pub const fn map(fields: Fields) -> &'static str {
    match fields {
        Fields::Pack => "Pack",
        Fields::Rule => "Rule",
        Fields::Tests => "Tests",
        Fields::Basis => "Basis",
        Fields::Silence => "Silence",
    }
}

/// The voice that a text is not written in; where that cannot be told, the reader's own.
fn other(site: &Site, locale: Locale) -> Voice {
    match (site.scalar.text.starts_with(|c: char| c.is_ascii_alphabetic()), locale) {
        (true, _) => Voice::Zh,
        (false, Locale::Zh | Locale::En) => Voice::En,
    }
}

/// The other voice, what it means, and what its sets stand for.
fn statement(page: &mut Page, pack: &PackFile, it: &Statement, locale: Locale) {
    let (voice, name) = match it.voice {
        Voice::En => (Voice::Zh, say!(locale, "中文写法", "in Chinese")),
        Voice::Zh => (Voice::En, say!(locale, "英文写法", "in English")),
    };
    page.head(&name);
    page.code(&print::statement(it, voice));
    page.items(&meaning::statement(it, locale));
    let mut uses = Uses::default();
    uses.statement(it);
    let terms = pack.own().map(|it| &it.terms);
    for set in &uses.sets {
        if let Some(members) = terms.and_then(|it| it.get(set)) {
            page.plain(&catalog::set(set, members, locale));
        }
    }
}

fn name(page: &mut Page, pack: &PackFile, target: &Target, locale: Locale) {
    match target {
        Target::Rule(id) => {
            if let Some(rule) = pack.rule(id) {
                of_rule(page, rule, locale);
            }
        }
        Target::Parent(word) => {
            let found = crate::packs::resolve(&pack.name, word, locale).ok();
            if let Some(parent) = found.and_then(|it| pack.packs.iter().find(|pack| pack.source.name() == it.name)) {
                of_parent(page, parent, locale);
            }
        }
        Target::Other(name) => fact(page, name, locale),
        Target::Name(kind, name) => declared(page, pack, target, *kind, name, locale),
    }
}

fn declared(page: &mut Page, pack: &PackFile, target: &Target, kind: Kind, name: &str, locale: Locale) {
    let Some(own) = pack.own() else { return };
    page.head(&format!("{} {name}", kind.words(locale)));
    match kind {
        Kind::Set => {
            let Some(members) = own.terms.get(name) else { return };
            let shown = members.iter().take(MEMBERS).map(|it| print::pattern(it, voice(locale)));
            page.items(&shown.collect::<Vec<_>>());
            let left = members.len().saturating_sub(MEMBERS);
            if left > 0 {
                page.plain(&say!(locale, "……还有 {left} 个", "… and {left} more"));
            }
        }
        Kind::Quantity => {
            let templates = own.quantities.get(name).into_iter().flatten();
            page.items(&templates.map(|it| print::phrase(it, voice(locale))).collect::<Vec<_>>());
        }
        Kind::Param => {
            let value = own.params.get(name).map(String::as_str).unwrap_or_default();
            page.plain(&say!(
                locale,
                "值为 {value}；使用者可以用 --param {name}=… 另设",
                "is {value}; the user may set it with --param {name}=…"
            ));
        }
        Kind::Var => page.plain(&say!(
            locale,
            "由使用者设定：--var {name}=…；没有设定时说不清，相关规则不适用",
            "set by the user: --var {name}=…; unknown where nobody sets it"
        )),
    }
    let owner = names::elsewhere(pack, target).map_or(&own.name, |(it, _)| &it.name);
    let uses = names::places(pack, target).used.len();
    page.plain(&say!(
        locale,
        "声明在规则包 {owner}；本文件用到 {uses} 处",
        "declared by the pack {owner}; used {uses} times in this file"
    ));
}

/// Members of a set that are shown.
const MEMBERS: usize = 30;

const fn voice(locale: Locale) -> Voice {
    match locale {
        Locale::Zh => Voice::Zh,
        Locale::En => Voice::En,
    }
}

/// What every report has.
fn fact(page: &mut Page, name: &str, locale: Locale) {
    let text = match name {
        "year" => say!(
            locale,
            "报告年度：标题里的年份，没有时为开头所说的年度",
            "the year reported on: that of the title, else of the opening"
        ),
        "title_year" => say!(locale, "标题里的年份", "the year in the title"),
        "opening_year" => say!(locale, "开头所说的年度", "the year that the opening says it reports on"),
        "title" => say!(locale, "报告的标题", "the report's title"),
        "issuer" => say!(locale, "署名单位", "the body that issues the report"),
        "date" => say!(locale, "成文日期", "the date of the report"),
        "n" => say!(locale, "数字所在的位置", "where the number stands"),
        _ => return,
    };
    page.head(name);
    page.plain(&text);
}

fn of_rule(page: &mut Page, rule: &Rule, locale: Locale) {
    let word = severity_word(rule.severity, locale);
    page.head(&format!("{} {} · {word}", rule.id.node, rule.title));
    for check in &rule.checks {
        for voice in [Voice::Zh, Voice::En] {
            page.code(&print::statement(&check.statement, voice));
        }
    }
    let tests = rule.tests.len();
    page.plain(&say!(locale, "测试 {tests} 个", "{tests} tests"));
}

fn of_parent(page: &mut Page, parent: &Pack, locale: Locale) {
    let Pack { name, version, title, about, rules, .. } = parent;
    page.head(&format!("{name} {version} {title}"));
    page.plain(about);
    let count = rules.len();
    page.plain(&say!(locale, "{count} 条规则", "{count} rules"));
}

/// The findings at a byte of a report.
pub fn in_report(open: &Open, report: &ReportFile, at: usize, client: &Client, locale: Locale) -> Option<Hover> {
    let found = report.found();
    let holds = |span: &Span| span.start <= at && at <= span.end;
    let here: Vec<_> = found.iter().filter(|(_, it)| it.places.iter().chain([&it.span]).any(holds)).collect();
    let span = here.first().map(|(_, it)| it.span)?;
    let mut page = Page::new(client);
    here.iter().for_each(|(rule, it)| finding(&mut page, rule, it, locale));
    Some(page.hover(open, span))
}

fn finding(page: &mut Page, planned: &PlannedRule, finding: &Finding, locale: Locale) {
    let rule = &planned.rule;
    let word = severity_word(planned.severity, locale);
    page.head(&format!("{} {} · {word}", rule.id.node, rule.title));
    page.plain(&finding.message);
    if !finding.label.is_empty() && finding.label != finding.message {
        page.plain(&finding.label);
    }
    rule.help.iter().for_each(|it| page.plain(&say!(locale, "改法：{it}", "help: {it}")));
    rule.basis.iter().map(basis_line).for_each(|it| page.plain(&say!(locale, "依据：{it}", "basis: {it}")));
    for check in &rule.checks {
        page.code(&print::statement(&check.statement, voice(locale)));
    }
}
