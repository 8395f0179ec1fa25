//! Where everything stands in a YAML text. The only user of `granit_parser`, which gives what the reader of values
//! does not: the bytes of every node, in whatever style it is written.

use std::collections::HashMap;

use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, ScanError};

use crate::source::slice;
use crate::span::Span;

/// How deep lists and maps may nest.
pub const MAX_DEPTH: usize = 64;

/// A node by its number, in the order the text opens them.
pub type NodeId = usize;

/// The nodes of a YAML text.
#[derive(Debug, Clone, Default)]
pub struct Places {
    nodes: Vec<Place>,
}

#[derive(Debug, Clone)]
struct Place {
    span: Span,
    /// Scalars only: how it is written, and the column its text begins in.
    scalar: Option<(ScalarStyle, usize)>,
    /// The items of a list; of a map key, value, key, value …
    children: Vec<NodeId>,
}

/// Why a text is no YAML that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Lists and maps nest too deeply.
    TooDeep(Span),
    /// A second document begins here.
    SecondDocument(Span),
    /// It breaks the syntax here, in the way named; the bracket or quotation mark that was open there, where that is
    /// to blame.
    Syntax(Span, ErrorKind, Option<Span>),
}

impl Refusal {
    /// Where what is to blame stands.
    pub fn span(&self) -> Span {
        match self {
            Refusal::TooDeep(span) | Refusal::SecondDocument(span) | Refusal::Syntax(span, _, None) => *span,
            Refusal::Syntax(_, _, Some(open)) => *open,
        }
    }
}

impl Places {
    /// Finds the nodes of `text`. The first node is the root; an empty text has none.
    ///
    /// # Errors
    /// Where the text cannot be read, and how.
    pub fn find(text: &str) -> Result<Places, Refusal> {
        let mut options = Options::default();
        options.set_emit_comments(false);
        // A level more than allowed, so that the refusal is ours and not the parser's.
        options.flow_nesting_limit = MAX_DEPTH + 1;
        options.block_nesting_limit = MAX_DEPTH + 1;
        let mut walk = Walk::default();
        for event in Parser::new_from_str_with_options(text, options) {
            let (event, span) = event.map_err(|error| refusal(text, &error, &walk))?;
            walk.take(&event, span.byte_range().unwrap_or_default().into(), span.start.col())?;
        }
        Ok(walk.places)
    }

    /// The root, unless the text is empty.
    pub fn root(&self) -> Option<NodeId> {
        (!self.nodes.is_empty()).then_some(0)
    }

    /// The child with that number. Where the two readers of YAML disagree the parent stands in for it.
    pub fn child(&self, parent: NodeId, number: usize) -> NodeId {
        self.nodes.get(parent).and_then(|it| it.children.get(number)).copied().unwrap_or(parent)
    }

    /// Where the scalars stand, in order.
    pub fn scalars(&self) -> impl Iterator<Item = Span> {
        self.nodes.iter().filter(|it| it.scalar.is_some()).map(|it| it.span)
    }

    /// Where a node stands, its quotes included.
    pub fn span(&self, node: NodeId) -> Span {
        self.nodes.get(node).map_or(Span::default(), |it| it.span)
    }

    /// Where the bytes `inner` of a scalar's value stand in the text: the very characters, or the whole scalar
    /// where value and text cannot be laid side by side.
    pub fn inner(&self, text: &str, node: NodeId, value: &str, inner: Span) -> Span {
        let whole = self.span(node);
        let Some((style, indent)) = self.nodes.get(node).and_then(|it| it.scalar) else { return whole };
        let pairs = align(slice(text, whole), whole.start, style, value, indent);
        let Some(pairs) = pairs else { return whole };
        let pair_at =
            |at: usize| pairs.partition_point(|(from, _)| *from <= at).checked_sub(1).and_then(|it| pairs.get(it));
        if inner.start >= value.len() {
            let end = pairs.last().map_or(whole.start, |(_, place)| place.end);
            return Span::new(end, end);
        }
        let start = pair_at(inner.start).map_or(whole.start, |(_, place)| place.start);
        if inner.is_empty() {
            return Span::new(start, start);
        }
        let end = pair_at(inner.end.min(value.len()) - 1).map_or(start, |(_, place)| place.end);
        Span::new(start, end.max(start))
    }
}

impl Places {
    /// The byte of a scalar's value that stands at a byte of the text; `None` where the two cannot be laid side by side.
    pub fn value_at(&self, text: &str, node: NodeId, value: &str, at: usize) -> Option<usize> {
        let whole = self.span(node);
        let (style, indent) = self.nodes.get(node).and_then(|it| it.scalar)?;
        let pairs = align(slice(text, whole), whole.start, style, value, indent)?;
        let behind = pairs.partition_point(|(_, place)| place.end <= at);
        Some(pairs.get(behind).map_or(value.len(), |(from, _)| *from))
    }
}

fn refusal(text: &str, error: &ScanError, walk: &Walk) -> Refusal {
    let at = error.marker().byte_offset().unwrap_or(text.len());
    let rest = slice(text, Span::new(at, text.len()));
    let width = rest.chars().next().filter(|c| !c.is_control()).map_or(0, char::len_utf8);
    let span = Span::new(at, at + width);
    match error.kind() {
        ErrorKind::RecursionLimitExceeded => Refusal::TooDeep(span),
        kind => Refusal::Syntax(span, kind.clone(), open(text, kind, at, walk)),
    }
}

/// The quotation mark of a text that is never closed, or the bracket of an earlier line that still was open: what is
/// noticed lines later is wrong there.
fn open(text: &str, kind: &ErrorKind, at: usize, walk: &Walk) -> Option<Span> {
    let one = |at: usize| Span::new(at, at + 1);
    if matches!(kind, ErrorKind::UnclosedQuotedScalar | ErrorKind::InvalidQuotedScalarIndent) {
        let rest = slice(text, Span::new(walk.end.min(at), at));
        let begins = |before: Option<char>| before.is_none_or(|c| c.is_whitespace() || matches!(c, '[' | '{' | ','));
        let quotes = rest.char_indices().filter(|(_, c)| matches!(c, '"' | '\''));
        let first = quotes.map(|(at, _)| at).find(|at| begins(slice(rest, Span::new(0, *at)).chars().next_back()));
        return first.map(|first| one(walk.end.min(at) + first));
    }
    let bracket = walk.places.span(*walk.open.last()?).start;
    let between = slice(text, Span::new(bracket, at.max(bracket)));
    (between.starts_with(['[', '{']) && between.contains('\n')).then(|| one(bracket))
}

/// The nodes found so far, and those still open.
#[derive(Default)]
struct Walk {
    places: Places,
    open: Vec<NodeId>,
    anchors: HashMap<usize, NodeId>,
    documents: usize,
    /// Where the last thing read ends.
    end: usize,
}

impl Walk {
    fn take(&mut self, event: &Event<'_>, span: Span, column: usize) -> Result<(), Refusal> {
        self.end = self.end.max(span.end);
        match event {
            Event::DocumentStart(..) if self.documents > 0 => return Err(Refusal::SecondDocument(span)),
            Event::DocumentStart(..) => self.documents += 1,
            Event::Scalar(_, style, ..) => {
                self.add(event, Place { span, scalar: Some((*style, column)), children: Vec::new() });
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                let node = self.add(event, Place { span, scalar: None, children: Vec::new() });
                self.open.push(node);
                if self.open.len() > MAX_DEPTH {
                    return Err(Refusal::TooDeep(span));
                }
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(anchor) => {
                let target = self.anchors.get(anchor).copied();
                if let (Some(parent), Some(target)) = (self.parent(), target) {
                    parent.children.push(target);
                }
            }
            // What else the parser tells (stream, comments, directives) is no node.
            _ => {}
        }
        Ok(())
    }

    fn add(&mut self, event: &Event<'_>, place: Place) -> NodeId {
        let node = self.places.nodes.len();
        if let Some(parent) = self.parent() {
            parent.children.push(node);
        }
        if let Some(anchor) = event.anchor_id() {
            self.anchors.insert(anchor, node);
        }
        self.places.nodes.push(place);
        node
    }

    fn parent(&mut self) -> Option<&mut Place> {
        let open = *self.open.last()?;
        self.places.nodes.get_mut(open)
    }

    /// A block ends where its last child does: the parser itself says so only at the next token.
    fn close(&mut self, span: Span) {
        let Some(node) = self.open.pop() else { return };
        let last = self.places.nodes.get(node).and_then(|it| it.children.last().copied());
        let last = last.map_or(0, |it| self.places.span(it).end);
        let Some(place) = self.places.nodes.get_mut(node) else { return };
        let end = if span.is_empty() { last } else { span.end };
        place.span.end = end.max(place.span.start);
    }
}

/// Walks what is written and what is read side by side: each character of `value` with the bytes it came from.
/// `None` where they do not fit.
fn align(raw: &str, base: usize, style: ScalarStyle, value: &str, indent: usize) -> Option<Vec<(usize, Span)>> {
    let quoted = matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
    let block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
    let mut at = usize::from(quoted);
    let mut pairs = Vec::with_capacity(value.len() / 3);
    for (from, c) in value.char_indices() {
        let width = written(raw, &mut at, style, c)?;
        pairs.push((from, Span::new(base + at, base + at + width)));
        at += width;
        if block && c == '\n' && width > 0 {
            let rest = slice(raw, Span::new(at, raw.len()));
            at += rest.bytes().take(indent).take_while(|byte| *byte == b' ').count();
        }
    }
    Some(pairs)
}

/// How many bytes the character `c` takes at `at`, which first moves over what the reader folded away. White space
/// that the reader made up takes none.
fn written(raw: &str, at: &mut usize, style: ScalarStyle, c: char) -> Option<usize> {
    loop {
        let rest = slice(raw, Span::new(*at, raw.len()));
        let Some(next) = rest.chars().next() else { return c.is_whitespace().then_some(0) };
        if style == ScalarStyle::DoubleQuoted && next == '\\' {
            match rest.as_bytes().get(1) {
                Some(b'\n' | b'\r') => {
                    let spaces = rest.trim_start_matches('\\');
                    *at += 1 + spaces.len() - spaces.trim_start().len();
                    continue;
                }
                Some(b'x') => return Some(4),
                Some(b'u') => return Some(6),
                Some(b'U') => return Some(10),
                _ => return Some(1 + rest.chars().nth(1).map_or(0, char::len_utf8)),
            }
        }
        if style == ScalarStyle::SingleQuoted && rest.starts_with("''") {
            return Some(2);
        }
        if next == c {
            return Some(next.len_utf8());
        }
        if c.is_whitespace() {
            return Some(0);
        }
        if !next.is_whitespace() {
            return None;
        }
        *at += next.len_utf8();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The written characters of `part` of the only value of `text`.
    fn underlined<'a>(text: &'a str, part: &str) -> &'a str {
        let value: std::collections::BTreeMap<String, String> = serde_yaml::from_str(text).unwrap();
        let value = &value["k"];
        let places = Places::find(text).unwrap();
        let start = value.find(part).unwrap_or_else(|| panic!("{part} in {value:?}"));
        let node = places.child(0, 1);
        slice(text, places.inner(text, node, value, Span::new(start, start + part.len())))
    }

    #[test]
    fn finds_characters_in_every_style() {
        for text in [
            "k: 甲 丙丁\n",
            "k: 甲 丙丁 # 注\n",
            "k: '甲''s 丙丁'\n",
            "k: \"甲\\n\\u4E00\\\\ 丙丁\"\n",
            "k: \"甲 \\\n   乙\n\n   丙丁\"\n",
            "k: |\n  甲\n    乙\n  丙丁\n",
            "k: |2\n    甲\n  丙丁\n",
            "k: |\n\n  甲\n  丙丁\n",
            "k: |-\r\n  甲\r\n  丙丁\r\n",
            "k: >+\n  甲\n  乙\n\n\n  丙丁\n\n",
            "k: >\n  甲\n   缩进\n  丙丁\n",
            "k: 甲\n  乙\n\n  丙丁 # 注\n",
            "k: !!str 丙丁\n",
            "k: &a 丙丁\n",
            "? k\n: 丙丁\n",
            "# 注\n---\nk: 丙丁\n",
            "{k: 甲 丙丁}",
        ] {
            assert_eq!(underlined(text, "丙丁"), "丙丁", "{text:?}");
        }
        assert_eq!(underlined("k: \"\\u7AE0\\u8282 中\"\n", "章节"), "\\u7AE0\\u8282");
        assert_eq!(underlined("k: 'a''b'\n", "'"), "''");
    }

    #[test]
    fn refuses_what_cannot_be_read() {
        assert!(matches!(Places::find(&"[".repeat(100_000)), Err(Refusal::TooDeep(_))));
        assert!(matches!(Places::find(&"{a: ".repeat(100_000)), Err(Refusal::TooDeep(_))));
        assert!(matches!(Places::find(&"- ".repeat(100_000)), Err(Refusal::TooDeep(_))));
        assert!(matches!(Places::find("a: 1\n---\nb: 2\n"), Err(Refusal::SecondDocument(_))));
        assert!(matches!(Places::find("a: 'x\n"), Err(Refusal::Syntax(..))));
        assert!(Places::find("").unwrap().root().is_none());
        let deep = format!("{}{}", "[".repeat(MAX_DEPTH), "]".repeat(MAX_DEPTH));
        assert!(Places::find(&deep).is_ok());
    }

    #[test]
    fn many_comments_are_no_fault() {
        assert!(Places::find(&format!("a:\n{}  - 1\n", "  # 注\n".repeat(500))).is_ok());
    }

    /// Random scalars in every style: what is underlined is what was asked for.
    #[test]
    fn agrees_with_the_reader_on_random_scalars() {
        let tokens = [
            "甲", "乙", "丙", " ", "  ", "\n", "\n\n", "\t", "\"", "'", "\\", "#", ": ", "- ", "🙂", "a", "|", ">",
            "\u{3000}", "é", "，", "%", "&", "*", "!", "{", "]", "?", "~", "1.5",
        ];
        let mut state = 88_172_645_463_325_252_u64;
        let mut next = |n: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state % n as u64).unwrap()
        };
        let (mut read, mut whole) = (0, 0);
        for _ in 0..3000 {
            let value: String = (0..=next(8)).map(|_| tokens[next(tokens.len())]).collect();
            for text in [
                serde_yaml::to_string(&std::collections::BTreeMap::from([("k", &value)])).unwrap(),
                format!("k: |-\n{}\n", value.lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")),
                format!("k: >\n{}\n", value.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")),
                format!("k: {}\n", value.replace('\n', "\n  ")),
                format!("k: '{}'\n", value.replace('\'', "''").replace('\n', "\n  ")),
            ] {
                let Ok(values) = serde_yaml::from_str::<std::collections::BTreeMap<String, String>>(&text) else {
                    continue;
                };
                let (Some(value), Ok(places)) = (values.get("k"), Places::find(&text)) else { continue };
                for (at, c) in value.char_indices().filter(|(_, c)| !c.is_whitespace() && !c.is_control()) {
                    read += 1;
                    let node = places.child(0, 1);
                    let span = places.inner(&text, node, value, Span::new(at, at + c.len_utf8()));
                    let found = slice(&text, span);
                    whole += usize::from(span == places.span(node) && value.chars().count() > 1);
                    assert!(found.contains(c) || found.starts_with('\\'), "{text:?} {c:?} -> {found:?}");
                }
            }
        }
        assert!(read > 10_000 && whole * 100 < read, "{whole} of {read} are underlined as a whole");
    }
}
