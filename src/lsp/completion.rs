//! What can be written at the cursor of a pack: fields of the map it stands in, words and names of the statement.

use gen_lsp_types::{CompletionItem, CompletionItemKind, CompletionList, TextEdit};

use crate::lang::ast::Voice;
use crate::lang::parse::FACTS;
use crate::lang::parse::expect::{Expected, Writing, expected};
use crate::locale::Locale;
use crate::lsp::fields::{Spot, spot};
use crate::lsp::hover::map;
use crate::lsp::open::Open;
use crate::lsp::pack_file::PackFile;
use crate::pack::builtin::BUILT_IN;
use crate::pack::sites::{Fields, What};
use crate::pack::{Pack, Severity};
use crate::render::{catalog, severity_word};
use crate::say;
use crate::schema;
use crate::source::slice;
use crate::span::Span;

/// Fields whose value goes on in lines of its own.
const OPEN_FIELDS: [&str; 7] = ["rules", "terms", "extend", "quantities", "params", "tests", "basis"];

/// What is being completed.
struct Place<'a> {
    open: &'a Open,
    pack: &'a PackFile,
    at: usize,
    locale: Locale,
    items: Vec<CompletionItem>,
}

/// What can be written at a byte.
pub fn at(open: &Open, pack: &PackFile, at: usize, locale: Locale) -> CompletionList {
    let mut place = Place { open, pack, at, locale, items: Vec::new() };
    let text = open.body();
    match place.statement() {
        Some((writing, before)) => place.words(writing, &before),
        None => match spot(slice(text, Span::new(0, at))) {
            Spot::Key(fields, typed) => place.fields(fields, &typed),
            Spot::Own(field, typed) => place.own(&field, &typed),
            Spot::Value(keys, typed) => place.value(&keys, &typed),
            Spot::None => {}
        },
    }
    CompletionList { is_incomplete: true, items: place.items, ..CompletionList::default() }
}

impl Place<'_> {
    /// The statement that the cursor stands in, up to it, where the YAML can be read so far.
    fn statement(&self) -> Option<(Writing, String)> {
        let sites = self.pack.sites.as_ref()?;
        let site = sites.at(self.at)?;
        let writing = match site.what {
            What::Statement => Writing::Statement,
            What::Condition => Writing::Condition,
            What::Field(_)
            | What::Name(_)
            | What::Extended
            | What::Silenced
            | What::Parent
            | What::Id
            | What::Title
            | What::Member
            | What::Template
            | What::Other => return None,
        };
        let value = sites.value_at(site, self.at)?;
        Some((writing, slice(&site.scalar.text, Span::new(0, value)).to_owned()))
    }

    fn fields(&mut self, fields: Fields, typed: &str) {
        let schema = schema::schema(schema::Kind::Pack, self.locale);
        let line = slice(self.open.body(), Span::new(self.at, self.open.body().len()));
        let has_colon = line.lines().next().is_some_and(|it| it.starts_with(':'));
        for name in fields.names() {
            let opens = OPEN_FIELDS.contains(name);
            let new = match (has_colon, opens) {
                (true, _) => (*name).to_owned(),
                (false, true) => format!("{name}:"),
                (false, false) => format!("{name}: "),
            };
            let detail = schema::description(&schema, map(fields), name);
            self.offer(name, &new, typed.len(), CompletionItemKind::Field, detail, 1);
        }
    }

    /// Names of the author's own are not ours to offer, but those of inherited things are.
    fn own(&mut self, field: &str, typed: &str) {
        let parents = self.pack.packs.iter().filter(|it| it.source.name() != self.pack.name);
        let names: Vec<String> = match field {
            "extend" => parents.flat_map(|it| it.terms.keys().cloned()).collect(),
            "params" => parents.flat_map(|it| it.params.keys().cloned()).collect(),
            _ => Vec::new(),
        };
        for name in names {
            let detail = self.set_detail(&name);
            self.offer(&name, &format!("{name}: "), typed.len(), CompletionItemKind::Enum, detail, 1);
        }
    }

    fn value(&mut self, keys: &[String], typed: &str) {
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        match keys.as_slice() {
            ["rules", "check"] => self.words(Writing::Statement, typed),
            ["for"] => self.words(Writing::Condition, typed),
            ["rules", "severity"] => {
                for it in Severity::ALL {
                    let word = severity_word(it, self.locale).to_owned();
                    self.offer(it.name(), it.name(), typed.len(), CompletionItemKind::EnumMember, Some(word), 1);
                }
                let off = say!(self.locale, "不用这条规则", "the rule is not in use");
                self.offer("off", "off", typed.len(), CompletionItemKind::EnumMember, Some(off), 2);
            }
            ["rules", "once"] => {
                for word in ["true", "false"] {
                    self.offer(word, word, typed.len(), CompletionItemKind::EnumMember, None, 1);
                }
            }
            ["extends"] => {
                for (name, _) in BUILT_IN {
                    let about = say!(self.locale, "内置规则包", "built in");
                    self.offer(name, name, typed.len(), CompletionItemKind::Module, Some(about), 1);
                }
            }
            ["terms" | "extend", _] if !self.holes(typed) => {
                self.sets(typed.rfind('$').map_or(0, |it| typed.len() - it))
            }
            ["quantities", _] if !self.holes(typed) => {
                let about = say!(self.locale, "数字的位置", "where the number stands");
                self.offer("{n}", "{n}", 0, CompletionItemKind::Snippet, Some(about), 1);
            }
            ["rules", "message"] => self.holes_of(typed, &["found", "expected", "nearest"]),
            _ => {}
        }
    }

    /// What may follow in a statement.
    fn words(&mut self, writing: Writing, before: &str) {
        if self.holes(before) {
            return;
        }
        let name = before.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
        if let Some(dollar) = name.rfind('$').filter(|it| !name.get(*it..).is_some_and(|it| it.contains(ends_name))) {
            return self.sets(name.len() - dollar);
        }
        let Expected { words, sets, quantities, facts } = expected(before, writing, &self.pack.names);
        for word in words {
            let voice = match word.voice {
                Voice::En => "English",
                Voice::Zh => "中文",
            };
            // The reader's own language first, where both may begin.
            let own = (word.voice == Voice::Zh) == (self.locale == Locale::Zh);
            let rank = if own { 2 } else { 3 };
            let typed = before.len() - word.from;
            self.offer(&word.text, &word.text, typed, CompletionItemKind::Keyword, Some(voice.to_owned()), rank);
        }
        let typed = before.len() - before.trim_end_matches(|c: char| c.is_alphanumeric() || c == '_').len();
        if sets {
            self.sets(0);
        }
        if quantities {
            let about = say!(self.locale, "数量", "quantity");
            for name in self.pack.names.quantities.clone() {
                self.offer(&name, &name, typed, CompletionItemKind::Variable, Some(about.clone()), 1);
            }
        }
        if facts {
            self.facts(typed);
        }
    }

    fn facts(&mut self, typed: usize) {
        let fact = say!(self.locale, "事实", "fact");
        let var = say!(self.locale, "变量", "variable");
        for name in FACTS {
            self.offer(name, name, typed, CompletionItemKind::Variable, Some(fact.clone()), 4);
        }
        for name in self.pack.names.vars.clone() {
            self.offer(&name, &name, typed, CompletionItemKind::Variable, Some(var.clone()), 1);
        }
    }

    fn sets(&mut self, typed: usize) {
        for name in self.pack.names.sets.clone() {
            let detail = self.set_detail(&name);
            let word = format!("${name}");
            self.offer(&word, &word, typed, CompletionItemKind::Enum, detail, 1);
        }
    }

    fn set_detail(&self, name: &str) -> Option<String> {
        let members = self.pack.own().and_then(|it: &Pack| it.terms.get(name))?;
        Some(catalog::set(name, members, self.locale))
    }

    /// `{…}`: whether one is open at the end of `before`, and then what it can hold.
    fn holes(&mut self, before: &str) -> bool {
        let names = &self.pack.names;
        let known = FACTS.into_iter().chain(names.params.iter().chain(&names.vars).map(String::as_str));
        let known: Vec<String> = known.map(str::to_owned).collect();
        let open = open_brace(before).is_some();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        self.holes_of(before, &known);
        open
    }

    fn holes_of(&mut self, before: &str, known: &[&str]) {
        let Some(typed) = open_brace(before) else { return };
        let closed = slice(self.open.body(), Span::new(self.at, self.at + 1)) == "}";
        for name in known {
            let new = if closed { (*name).to_owned() } else { format!("{name}}}") };
            self.offer(name, &new, typed, CompletionItemKind::Variable, None, 1);
        }
    }

    /// Offers a text in place of the last `typed` bytes before the cursor. Its rank tells what stands above what.
    fn offer(
        &mut self,
        label: &str,
        new: &str,
        typed: usize,
        kind: CompletionItemKind,
        detail: Option<String>,
        rank: usize,
    ) {
        let range = self.open.range(Span::new(self.at.saturating_sub(typed), self.at));
        let number = self.items.len();
        let edit = TextEdit { range, new_text: new.to_owned() };
        self.items.push(CompletionItem {
            label: label.to_owned(),
            kind: Some(kind),
            detail,
            sort_text: Some(format!("{rank}{number:03}")),
            filter_text: Some(label.to_owned()),
            text_edit: Some(edit.into()),
            ..CompletionItem::default()
        });
    }
}

/// How many bytes stand behind a `{` that is still open.
fn open_brace(before: &str) -> Option<usize> {
    let at = before.rfind('{')?;
    let behind = before.get(at + 1..)?;
    (!behind.contains(['}', '\n']) && !before.get(..at)?.ends_with('\\')).then_some(behind.len())
}

fn ends_name(c: char) -> bool {
    !(c.is_alphanumeric() || c == '_' || c == '-' || c == '$')
}
