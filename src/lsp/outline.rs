//! The rules of a pack and the headings of a report as symbols, and what can be folded.

use gen_lsp_types::{BaseSymbolInformation, DocumentSymbol, FoldingRange, Location, SymbolInformation, SymbolKind};
use serde_json::Value;

use crate::document::Document;
use crate::locale::Locale;
use crate::lsp::client::Client;
use crate::lsp::open::Open;
use crate::lsp::pack_file::PackFile;
use crate::lsp::report_file::ReportFile;
use crate::pack::sites::{Kind, What};
use crate::say;
use crate::source::Source;
use crate::span::Span;

/// A symbol still without its children.
struct Symbol {
    name: String,
    detail: Option<String>,
    kind: SymbolKind,
    whole: Span,
    name_span: Span,
    parent: Option<usize>,
}

/// The sets, quantities and rules of a pack.
pub fn of_pack(open: &Open, pack: &PackFile, client: &Client, locale: Locale) -> Value {
    let Some(sites) = &pack.sites else { return Value::Null };
    let mut symbols = Vec::new();
    for site in &sites.all {
        let (kind, name) = match site.what {
            What::Name(Kind::Set) => (SymbolKind::Enum, format!("${}", site.scalar.text)),
            What::Name(Kind::Quantity) => (SymbolKind::Number, site.scalar.text.clone()),
            What::Name(Kind::Param | Kind::Var) => (SymbolKind::Variable, format!("{{{}}}", site.scalar.text)),
            What::Field(_)
            | What::Extended
            | What::Silenced
            | What::Parent
            | What::Id
            | What::Title
            | What::Statement
            | What::Condition
            | What::Member
            | What::Template
            | What::Other => continue,
        };
        symbols.push(Symbol { name, detail: None, kind, whole: site.span, name_span: site.span, parent: None });
    }
    for rule in &sites.rules {
        let unnamed = || say!(locale, "（没有编号）", "(no id)");
        let name = rule.id.as_ref().map_or_else(unnamed, |it| it.node.clone());
        let name_span = rule.id.as_ref().map_or(Span::new(rule.span.start, rule.span.start), |it| it.span);
        let whole = rule.span.join(name_span);
        symbols.push(Symbol {
            name,
            detail: rule.title.clone(),
            kind: SymbolKind::Function,
            whole,
            name_span,
            parent: None,
        });
    }
    symbols.sort_by_key(|it| it.whole);
    nested(open, symbols, client)
}

/// The headings of a report.
pub fn of_report(open: &Open, report: &ReportFile, client: &Client) -> Value {
    let Some(document) = &report.document else { return Value::Null };
    let symbols = document.sections.iter().enumerate().map(|(at, section)| Symbol {
        name: filled(&document.heading_text(at)),
        detail: None,
        kind: SymbolKind::String,
        whole: section_span(document, at),
        name_span: section.heading.span,
        parent: section.parent,
    });
    nested(open, symbols.collect(), client)
}

/// An editor refuses a symbol without a name.
fn filled(name: &str) -> String {
    if name.trim().is_empty() { "…".to_owned() } else { name.to_owned() }
}

/// From a heading to the end of what stands under it.
fn section_span(document: &Document, section: usize) -> Span {
    let Some(it) = document.sections.get(section) else { return Span::default() };
    let last = it.paragraphs.clone().next_back().and_then(|at| document.paragraphs.get(at));
    let end = last.map_or(it.heading.span.end, |last| last.span().end);
    Span::new(it.heading.span.start, end.max(it.heading.span.end))
}

/// The symbols as the client takes them. They stand in order, a parent before its children: going through them
/// backwards each is complete when it is handed to its parent.
fn nested(open: &Open, symbols: Vec<Symbol>, client: &Client) -> Value {
    if !client.nested {
        return flat(open, &symbols);
    }
    let mut children: Vec<Vec<DocumentSymbol>> = symbols.iter().map(|_| Vec::new()).collect();
    let mut roots = Vec::new();
    for (at, it) in symbols.into_iter().enumerate().rev() {
        let mut own = children.get_mut(at).map(std::mem::take).unwrap_or_default();
        own.reverse();
        let (whole, name_range) = (open.range(it.whole), open.range(it.name_span));
        let own = (!own.is_empty()).then_some(own);
        let symbol = DocumentSymbol::new(it.name, it.detail, it.kind, None, None, whole, name_range, own);
        match it.parent.and_then(|parent| children.get_mut(parent)) {
            Some(siblings) => siblings.push(symbol),
            None => roots.push(symbol),
        }
    }
    roots.reverse();
    serde_json::to_value(roots).unwrap_or_default()
}

fn flat(open: &Open, symbols: &[Symbol]) -> Value {
    let one = |it: &Symbol| {
        let container = it.parent.and_then(|at| symbols.get(at)).map(|it| it.name.clone());
        let location = Location { uri: open.uri.clone().into(), range: open.range(it.whole) };
        let base =
            BaseSymbolInformation { name: it.name.clone(), kind: it.kind, tags: None, container_name: container };
        SymbolInformation::new(None, location, base)
    };
    serde_json::to_value(symbols.iter().map(one).collect::<Vec<_>>()).unwrap_or_default()
}

/// Each rule can be folded.
pub fn folds_of_pack(open: &Open, pack: &PackFile) -> Value {
    folds(open, pack.sites.iter().flat_map(|it| &it.rules).map(|it| it.span))
}

/// Each section can be folded.
pub fn folds_of_report(open: &Open, report: &ReportFile) -> Value {
    let document = report.document.iter();
    folds(open, document.flat_map(|it| (0..it.sections.len()).map(|at| section_span(it, at))))
}

/// The spans of two lines or more, as whole lines.
fn folds(open: &Open, spans: impl Iterator<Item = Span>) -> Value {
    let source: &Source = open.text.source();
    let lines = spans.map(|it| (open.range(it).start.line, open.range(it).end.line));
    let ranges = lines.filter(|(first, last)| first < last && (*last as usize) < source.lines());
    let fold = |(start_line, end_line)| FoldingRange { start_line, end_line, ..FoldingRange::default() };
    serde_json::to_value(ranges.map(fold).collect::<Vec<_>>()).unwrap_or_default()
}
