//! A YAML text as values that know where they stand. The only user of `serde_yaml`. Nothing is thrown away: keys
//! keep their order, and a key written twice is there twice.

use std::fmt;
use std::sync::Arc;

use serde::de::{DeserializeSeed, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor};

use crate::locale::Locale;
use crate::problem::Problem;
use crate::source::Source;
use crate::span::Span;

mod field;
pub mod kind;
mod places;
mod recover;
pub mod sheet;
mod slips;
mod syntax;

pub use places::NodeId;
use places::Places;
use recover::{Recovered, recover};

/// Whose YAML a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// A rule pack.
    Pack,
    /// `guiju.yaml`.
    Project,
}

/// What a YAML text is to be: whose it is, and the fields there are.
#[derive(Debug)]
pub struct Schema {
    /// Whose it is.
    pub family: Family,
    /// The fields of each kind of map in it.
    pub fields: &'static [&'static [&'static str]],
}

/// What can be wrong with the shape of any YAML text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No YAML.
    Yaml,
    /// Lists and maps nest too deeply.
    Nesting,
    /// A second document.
    Documents,
    /// `pack：x`
    FullWidthColon,
    /// An indent that is none.
    FullWidthSpace,
    /// `－ x`
    FullWidthDash,
    /// A tab in an indent.
    Tab,
    /// `pack:x`, `-id: x`
    NoSpace,
    /// A field that is not aligned with the others.
    Indent,
    /// A field that must be there.
    MissingField,
    /// A field there is none of.
    UnknownField,
    /// A key written twice.
    DuplicateKey,
    /// Another kind of value than is due.
    WrongType,
}

/// The code of each fault for each family.
macro_rules! codes {
    ($family:expr, $fault:expr, $($name:ident $word:literal),*) => {
        match ($family, $fault) {
            $(
                (Family::Pack, Fault::$name) => concat!("pack::", $word),
                (Family::Project, Fault::$name) => concat!("project::", $word),
            )*
        }
    };
}

impl Schema {
    /// The stable name of a fault.
    pub const fn code(&self, fault: Fault) -> &'static str {
        codes!(
            self.family, fault, Yaml "yaml", Nesting "nesting", Documents "documents",
            FullWidthColon "full-width-colon", FullWidthSpace "full-width-space",
            FullWidthDash "full-width-dash", Tab "tab", NoSpace "no-space", Indent "indent", MissingField "missing-field",
            UnknownField "unknown-field", DuplicateKey "duplicate-key", WrongType "wrong-type"
        )
    }
}

/// A text and where it was written.
#[derive(Debug, Clone)]
pub struct Scalar {
    /// Its value.
    pub text: String,
    /// Its node.
    pub place: NodeId,
}

/// A value and the node it was written as.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where it stands.
    pub place: NodeId,
    /// What it is.
    pub value: Value,
}

impl Node {
    /// All texts in it, in order; what is no text by its kind.
    pub fn texts(&self) -> Vec<String> {
        let mut texts = Vec::new();
        let mut open = vec![self];
        while let Some(node) = open.pop() {
            match &node.value {
                Value::Text(text) => texts.push(text.clone()),
                Value::List(items) => {
                    texts.push(format!("[{}]", items.len()));
                    open.extend(items.iter().rev());
                }
                Value::Map(entries) => {
                    texts.push(format!("{{{}}}", entries.len()));
                    open.extend(entries.iter().rev().flat_map(|(key, value)| [value, key]));
                }
                other @ (Value::Null | Value::Bool(_) | Value::Number | Value::Tagged) => {
                    texts.push(format!("{other:?}"))
                }
            }
        }
        texts
    }
}

/// Whether a scalar as written, behind a key, reads as this text.
pub fn reads_as(written: &str, text: &str) -> bool {
    let read: Result<std::collections::BTreeMap<String, String>, _> = serde_yaml::from_str(&format!("k: {written}\n"));
    read.is_ok_and(|it| it.get("k").is_some_and(|it| it == text))
}

/// A YAML value. Of a number only the place is kept: what was written there is its text.
#[derive(Debug, Clone)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number or a float.
    Number,
    /// Text in any style.
    Text(String),
    /// `- …` or `[…]`
    List(Vec<Node>),
    /// `key: value` or `{…}`
    Map(Vec<(Node, Node)>),
    /// Something under a tag of its own, `!x`.
    Tagged,
}

/// A YAML text with the places of its nodes.
#[derive(Debug, Clone)]
pub struct Yaml {
    /// What it is to be.
    pub schema: &'static Schema,
    /// The text, without its byte order mark.
    pub source: Arc<Source>,
    places: Places,
    /// Entries that could not be read.
    gaps: Vec<Span>,
}

impl Yaml {
    /// Reads a text; an empty one is `Null`.
    ///
    /// # Errors
    /// What breaks the syntax, one problem at least.
    pub fn read(schema: &'static Schema, name: &str, text: &str, locale: Locale) -> Result<(Yaml, Node), Vec<Problem>> {
        match Yaml::recover(schema, name, text, locale) {
            (Some(read), problems) if problems.is_empty() => Ok(read),
            (_, problems) => Err(problems),
        }
    }

    /// Reads a text as far as it can be read, and tells what breaks its syntax. Nothing comes of a text of which
    /// nothing can be read.
    pub fn recover(
        schema: &'static Schema,
        name: &str,
        text: &str,
        locale: Locale,
    ) -> (Option<(Yaml, Node)>, Vec<Problem>) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let source = Arc::new(Source::new(name, text));
        let Recovered { text, places, breaks } = recover(schema, &source);
        let explained = breaks.iter().flat_map(|it| syntax::explain(schema, &source, it, locale));
        let mut problems: Vec<Problem> = explained.collect();
        let Some(places) = places else { return (None, problems) };
        let yaml = Yaml { schema, source, places, gaps: breaks.iter().filter_map(|it| it.gap).collect() };
        let Some(root) = yaml.places.root() else {
            return (Some((yaml, Node { place: 0, value: Value::Null })), problems);
        };
        let read = Seed { places: &yaml.places, place: root }.deserialize(serde_yaml::Deserializer::from_str(&text));
        match read {
            Ok(node) => (Some((yaml, node)), problems),
            Err(error) => {
                let at = error.location().map_or(0, |it| it.index());
                problems.push(syntax::unread(schema, &yaml.source, Span::new(at, at), &error.to_string(), locale));
                (None, problems)
            }
        }
    }

    /// Whether something that could not be read stood inside a node, or right behind it.
    pub fn has_gap(&self, span: Span) -> bool {
        self.gaps.iter().any(|gap| {
            let between = Span::new(span.end.min(gap.start), gap.start);
            gap.end >= span.start && self.source.slice(between).trim_matches([' ', ':', '\r', '\n']).is_empty()
        })
    }

    /// Whether all that could not be read stood under that one field of the root.
    pub fn has_gaps_under(&self, field: &str) -> bool {
        let top = |line: usize| {
            let text = self.source.slice(self.source.line_span(line));
            (!text.starts_with([' ', '-', '#', '\t']) && !text.trim().is_empty()).then_some(text)
        };
        let under = |gap: &Span| {
            let line = self.source.line_index(gap.start);
            top(line).is_none() && (0..line).rev().find_map(top).is_some_and(|it| it.starts_with(field))
        };
        self.gaps.iter().all(under)
    }

    /// Whether all of the text could be read.
    pub fn is_whole(&self) -> bool {
        self.gaps.is_empty()
    }

    /// Where a node stands.
    pub fn span(&self, node: NodeId) -> Span {
        self.places.span(node)
    }

    /// A node as written.
    pub fn written(&self, node: NodeId) -> &str {
        self.source.slice(self.span(node))
    }

    /// The texts that go over several lines.
    pub fn long_scalars(&self) -> Vec<Span> {
        self.places.scalars().filter(|it| self.source.slice(*it).trim_end().contains('\n')).collect()
    }

    /// Where a part of a scalar's value stands.
    pub fn inner(&self, node: NodeId, value: &str, inner: Span) -> Span {
        self.places.inner(self.source.text(), node, value, inner)
    }

    /// The byte of a scalar's value that stands at a byte of the text.
    pub fn value_at(&self, node: NodeId, value: &str, at: usize) -> Option<usize> {
        self.places.value_at(self.source.text(), node, value, at)
    }
}

/// Reads one node, knowing where it stands.
#[derive(Clone, Copy)]
struct Seed<'a> {
    places: &'a Places,
    place: NodeId,
}

impl Seed<'_> {
    fn node(self, value: Value) -> Node {
        Node { place: self.place, value }
    }

    fn child(self, number: usize) -> Self {
        Seed { places: self.places, place: self.places.child(self.place, number) }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("YAML")
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(self.node(Value::Null))
    }

    fn visit_none<E: Error>(self) -> Result<Node, E> {
        self.visit_unit()
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Node, E> {
        Ok(self.node(Value::Bool(value)))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Node, E> {
        Ok(self.node(Value::Number))
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Node, E> {
        Ok(self.node(Value::Number))
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<Node, E> {
        Ok(self.node(Value::Number))
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<Node, E> {
        Ok(self.node(Value::Number))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Node, E> {
        Ok(self.node(Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Node, E> {
        Ok(self.node(Value::Text(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self.child(list.len()))? {
            list.push(item);
        }
        Ok(self.node(Value::List(list)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let mut map = Vec::new();
        while let Some(key) = entries.next_key_seed(self.child(2 * map.len()))? {
            let value = entries.next_value_seed(self.child(2 * map.len() + 1))?;
            map.push((key, value));
        }
        Ok(self.node(Value::Map(map)))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Node, A::Error> {
        let (_tag, content) = tagged.variant::<serde::de::IgnoredAny>()?;
        content.newtype_variant::<serde::de::IgnoredAny>()?;
        Ok(self.node(Value::Tagged))
    }
}
