//! A YAML text as values that know where they stand. The only user of `serde_yaml`. Nothing is thrown away: keys
//! keep their order, and a key written twice is there twice.

use std::fmt;
use std::sync::Arc;

use serde::de::{DeserializeSeed, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor};

use crate::locale::Locale;
use crate::pack::places::{NodeId, Places};
use crate::pack::recover::{Recovered, recover};
use crate::pack::syntax;
use crate::problem::Problem;
use crate::source::Source;
use crate::span::Span;

/// A value and the node it was written as.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where it stands.
    pub place: NodeId,
    /// What it is.
    pub value: Value,
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
    /// The text, without its byte order mark.
    pub source: Arc<Source>,
    places: Places,
    /// Entries that could not be read.
    gaps: Vec<Span>,
}

impl Yaml {
    /// Reads a text as far as it can be read, and tells what breaks its syntax; an empty one is `Null`. Nothing comes
    /// of a text of which nothing can be read.
    pub fn read(name: &str, text: &str, locale: Locale) -> (Option<(Yaml, Node)>, Vec<Problem>) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let source = Arc::new(Source::new(name, text));
        let Recovered { text, places, breaks } = recover(&source);
        let explained = breaks.iter().flat_map(|it| syntax::explain(&source, &it.refusal, &it.slips, locale));
        let mut problems: Vec<Problem> = explained.collect();
        let Some(places) = places else { return (None, problems) };
        let yaml = Yaml { source, places, gaps: breaks.iter().filter_map(|it| it.gap).collect() };
        let Some(root) = yaml.places.root() else {
            return (Some((yaml, Node { place: 0, value: Value::Null })), problems);
        };
        let read = Seed { places: &yaml.places, place: root }.deserialize(serde_yaml::Deserializer::from_str(&text));
        match read {
            Ok(node) => (Some((yaml, node)), problems),
            Err(error) => {
                let at = error.location().map_or(0, |it| it.index());
                problems.push(syntax::unread(&yaml.source, Span::new(at, at), &error.to_string(), locale));
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

    /// Where a part of a scalar's value stands.
    pub fn inner(&self, node: NodeId, value: &str, inner: Span) -> Span {
        self.places.inner(self.source.text(), node, value, inner)
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
