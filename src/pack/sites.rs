//! What stands where in a pack's YAML, for those who look at it from a cursor: editors. Nothing is judged here, and a pack
//! with faults has its sites too, as long as it is YAML.

use std::sync::Arc;

use crate::lang::parse::{self, Names};
use crate::locale::Locale;
use crate::pack::mirror::{BASIS, PACK, PACK_YAML, RULE, SILENCE, TESTS};
pub use crate::pack::scope::Kind;
use crate::pack::uses::{Use, Uses};
use crate::source::Source;
use crate::span::{Span, Spanned};
use crate::yaml::{Node, Scalar, Value, Yaml};

/// The kinds of maps in a pack whose fields are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fields {
    /// The pack itself.
    Pack,
    /// A rule.
    Rule,
    /// A rule's tests.
    Tests,
    /// An authority.
    Basis,
    /// A silenced warning.
    Silence,
}

impl Fields {
    /// The names there are.
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Fields::Pack => PACK,
            Fields::Rule => RULE,
            Fields::Tests => TESTS,
            Fields::Basis => BASIS,
            Fields::Silence => SILENCE,
        }
    }
}

/// What a piece of text is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The name of a field.
    Field(Fields),
    /// A name where it is declared.
    Name(Kind),
    /// The name of an inherited set that members are added to.
    Extended,
    /// A rule or a name that a silenced warning is about.
    Silenced,
    /// A pack that is extended.
    Parent,
    /// The id of a rule.
    Id,
    /// A rule's title.
    Title,
    /// A statement.
    Statement,
    /// What the pack is for.
    Condition,
    /// A member of a set.
    Member,
    /// A template of a quantity.
    Template,
    /// Any other value.
    Other,
}

/// A piece of text.
#[derive(Debug, Clone)]
pub struct Site {
    /// Its characters as written, quotes left out.
    pub span: Span,
    /// What it is there for.
    pub what: What,
    /// Its value.
    pub scalar: Scalar,
}

/// A rule as a stretch of the text.
#[derive(Debug, Clone)]
pub struct RuleSite {
    /// All of it.
    pub span: Span,
    /// Its id.
    pub id: Option<Spanned<String>>,
    /// Its title.
    pub title: Option<String>,
}

/// The sites of a pack, in the order of the text.
#[derive(Debug)]
pub struct Sites {
    yaml: Yaml,
    /// All pieces of text.
    pub all: Vec<Site>,
    /// The rules.
    pub rules: Vec<RuleSite>,
    /// Whether some of the text could not be read, so that there may be more.
    pub broken: bool,
}

impl Sites {
    /// Finds the sites of a text as far as it can be read; `None` where nothing can.
    pub fn read(name: &str, text: &str) -> Option<Sites> {
        let (read, problems) = Yaml::recover(&PACK_YAML, name, text, Locale::default());
        let (yaml, root) = read?;
        let mut sites = Sites { yaml, all: Vec::new(), rules: Vec::new(), broken: !problems.is_empty() };
        sites.pack(root);
        sites.all.sort_by_key(|it| (it.span.start, it.span.end));
        // An alias brings a text in a second time.
        sites.all.dedup_by_key(|it| it.span);
        Some(sites)
    }

    /// The text they stand in, without its byte order mark.
    pub fn source(&self) -> &Arc<Source> {
        &self.yaml.source
    }

    /// The innermost piece that holds a byte; its end belongs to it.
    pub fn at(&self, offset: usize) -> Option<&Site> {
        let first = self.all.partition_point(|it| it.span.start <= offset);
        self.all.get(..first)?.iter().rev().find(|it| offset <= it.span.end)
    }

    /// Where a part of a piece's value stands.
    pub fn place(&self, site: &Site, inner: Span) -> Span {
        self.yaml.inner(site.scalar.place, &site.scalar.text, inner)
    }

    /// The byte of a piece's value that stands at a byte of the text.
    pub fn value_at(&self, site: &Site, offset: usize) -> Option<usize> {
        self.yaml.value_at(site.scalar.place, &site.scalar.text, offset)
    }

    /// The names that a piece uses, placed in the text. `None` where it cannot be understood.
    pub fn uses(&self, site: &Site, names: &Names) -> Option<Vec<Use>> {
        let uses = uses(site, names)?;
        let placed = |it: Use| Use { name: Spanned::new(it.name.node, self.place(site, it.name.span)), ..it };
        Some(uses.places.into_iter().map(placed).collect())
    }

    fn pack(&mut self, root: Node) {
        for (key, node) in self.fields(root, Fields::Pack) {
            match key.as_str() {
                "for" => self.texts(node, What::Condition),
                "extends" => self.texts(node, What::Parent),
                "vars" => self.texts(node, What::Name(Kind::Var)),
                "params" => self.table(node, What::Name(Kind::Param), What::Other),
                "terms" => self.table(node, What::Name(Kind::Set), What::Member),
                "extend" => self.table(node, What::Extended, What::Member),
                "quantities" => self.table(node, What::Name(Kind::Quantity), What::Template),
                "rules" => items(node).into_iter().for_each(|it| self.rule(it)),
                "silence" => items(node).into_iter().for_each(|it| self.silence(it)),
                _ => self.texts(node, What::Other),
            }
        }
    }

    fn rule(&mut self, node: Node) {
        let mut rule = RuleSite { span: self.yaml.span(node.place), id: None, title: None };
        for (key, node) in self.fields(node, Fields::Rule) {
            match key.as_str() {
                "id" => {
                    rule.id = self.text(node, What::Id).map(|it| Spanned::new(it.scalar.text.clone(), it.span));
                }
                "title" => rule.title = self.text(node, What::Title).map(|it| it.scalar.text.clone()),
                "check" => self.texts(node, What::Statement),
                "tests" => self.map(node, Fields::Tests),
                "basis" => items(node).into_iter().for_each(|it| self.map(it, Fields::Basis)),
                _ => self.texts(node, What::Other),
            }
        }
        self.rules.push(rule);
    }

    fn silence(&mut self, node: Node) {
        for (key, node) in self.fields(node, Fields::Silence) {
            self.texts(node, if key == "of" { What::Silenced } else { What::Other });
        }
    }

    fn map(&mut self, node: Node, fields: Fields) {
        match node.value {
            Value::Map(_) => {
                for (_, node) in self.fields(node, fields) {
                    self.texts(node, What::Other);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number | Value::Text(_) | Value::List(_) | Value::Tagged => {
                self.texts(node, What::Other);
            }
        }
    }

    /// Notes the names of a map's fields, and gives each with its value.
    fn fields(&mut self, node: Node, fields: Fields) -> Vec<(String, Node)> {
        let mut known = Vec::new();
        for (key, value) in entries(node) {
            if let Some(site) = self.text(key, What::Field(fields)) {
                known.push((site.scalar.text.clone(), value));
            }
        }
        known
    }

    fn table(&mut self, node: Node, key: What, value: What) {
        for (name, node) in entries(node) {
            self.text(name, key);
            self.texts(node, value);
        }
    }

    fn texts(&mut self, node: Node, what: What) {
        for item in items(node) {
            self.text(item, what);
        }
    }

    fn text(&mut self, node: Node, what: What) -> Option<&Site> {
        let Value::Text(text) = node.value else { return None };
        let span = self.yaml.inner(node.place, &text, Span::new(0, text.len()));
        self.all.push(Site { span, what, scalar: Scalar { text, place: node.place } });
        self.all.last()
    }
}

/// The names of a text, as bytes of its value.
fn uses(site: &Site, names: &Names) -> Option<Uses> {
    let mut uses = Uses::default();
    let (text, locale) = (&site.scalar.text, Locale::default());
    match site.what {
        What::Statement => uses.statement(&parse::statement(text, names, locale).ok()?),
        What::Condition => uses.claim(&parse::condition(text, names, locale).ok()?),
        What::Member => uses.pattern(&parse::member(text, names, locale).ok()?),
        What::Template => uses.phrase(&parse::quantity(text, names, locale).ok()?),
        What::Field(_)
        | What::Name(_)
        | What::Extended
        | What::Silenced
        | What::Parent
        | What::Id
        | What::Title
        | What::Other => {}
    }
    Some(uses)
}

fn entries(node: Node) -> Vec<(Node, Node)> {
    match node.value {
        Value::Map(entries) => entries,
        Value::Null | Value::Bool(_) | Value::Number | Value::Text(_) | Value::List(_) | Value::Tagged => Vec::new(),
    }
}

/// The items of a list; anything else is its own only item.
fn items(node: Node) -> Vec<Node> {
    match node.value {
        Value::List(items) => items,
        Value::Null | Value::Bool(_) | Value::Number | Value::Text(_) | Value::Map(_) | Value::Tagged => vec![node],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACK_TEXT: &str = "pack: '甲'
for: 提及 {least} in
extends: [gongwen, 上.yaml]
params: {least: 2}
vars: [level]
terms:
  不足: [存在不足, $里, '/{$里}甲/']
  里: \"{least}件\"
quantities: {审结: '审结{n}件'}
rules:
  - id: A
    title: 一
    check:
      - 当 level 为 部门 时，报告应当包含 $不足 章节
      - >
        应当满足
        审结 = 审结
    basis: {law: 某法}
    tests: {fail: [x]}
  - check: 坏
";

    #[test]
    fn every_piece_knows_what_it_is_there_for() {
        let sites = Sites::read("t", PACK_TEXT).unwrap();
        let told: Vec<String> = sites
            .all
            .iter()
            .filter(|it| it.what != What::Other && !matches!(it.what, What::Field(_)))
            .map(|it| format!("{:?} {}", it.what, sites.source().slice(it.span)))
            .collect();
        assert_eq!(
            told,
            [
                "Condition 提及 {least} in",
                "Parent gongwen",
                "Parent 上.yaml",
                "Name(Param) least",
                "Name(Var) level",
                "Name(Set) 不足",
                "Member 存在不足",
                "Member $里",
                "Member /{$里}甲/",
                "Name(Set) 里",
                "Member {least}件",
                "Name(Quantity) 审结",
                "Template 审结{n}件",
                "Id A",
                "Title 一",
                "Statement 当 level 为 部门 时，报告应当包含 $不足 章节",
                "Statement 应当满足\n        审结 = 审结\n",
                "Statement 坏"
            ]
        );
        let fields = sites.all.iter().filter(|it| it.what == What::Field(Fields::Basis));
        assert_eq!(fields.map(|it| it.scalar.text.as_str()).collect::<Vec<_>>(), ["law"]);
        assert_eq!(sites.rules.len(), 2);
        assert!(sites.source().slice(sites.rules[0].span).starts_with("id: A"));
    }

    #[test]
    fn uses_stand_on_their_characters() {
        let list = |words: &[&str]| words.iter().map(|it| (*it).to_owned()).collect();
        let names = Names {
            sets: list(&["不足", "里"]),
            quantities: list(&["审结"]),
            params: list(&["least"]),
            vars: list(&["level"]),
        };
        let sites = Sites::read("t", PACK_TEXT).unwrap();
        let mut used = Vec::new();
        let mut unread = Vec::new();
        for site in &sites.all {
            match sites.uses(site, &names) {
                Some(uses) => used.extend(uses.iter().map(|it| sites.source().slice(it.name.span))),
                None => unread.push(sites.source().slice(site.span)),
            }
        }
        assert_eq!(used, ["$里", "$里", "{least}", "{n}", "level", "$不足", "审结", "审结"]);
        assert_eq!(unread, ["提及 {least} in", "坏"]);
    }

    #[test]
    fn cursors_are_taken_back_to_the_value() {
        let text = "rules:\n  - check: >\n      应当\n      提及 甲\n  - check: \"应当\\u63D0及\"\n";
        let sites = Sites::read("t", text).unwrap();
        for (written, value) in [("提及 甲", "应当 "), ("及\"", "应当提"), ("应当\n", ""), ("甲", "应当 提及 ")]
        {
            let at = text.find(written).unwrap();
            let site = sites.at(at).unwrap();
            let found = sites.value_at(site, at).unwrap();
            assert_eq!(site.scalar.text.get(..found).unwrap(), value, "{written}");
        }
    }
}
