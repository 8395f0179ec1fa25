//! XML as a stream of tags and text, within limits: all that is read of it, in every format.

use std::borrow::Cow;

use quick_xml::NsReader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

use crate::read::damage::Damage;
use crate::span::Span;

/// How deep elements may be nested.
pub const DEEPEST: usize = 256;

/// The vocabularies that tell elements of one name apart. Strict Office files use other addresses for the same ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Space {
    /// Word: `w:p`.
    Word,
    /// Formulas: `m:r`.
    Math,
    /// Alternatives for older programs: `mc:Choice`.
    Compatibility,
    /// OpenDocument: `office:body`.
    Office,
    /// OpenDocument: `text:p`.
    Text,
    /// OpenDocument: `table:table`.
    Table,
    /// OpenDocument: `style:style`.
    Style,
    /// Any other, or none.
    Other,
}

impl Space {
    fn of(address: &str) -> Space {
        match address {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Space::Word,
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math" => Space::Math,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Space::Compatibility,
            "urn:oasis:names:tc:opendocument:xmlns:office:1.0" => Space::Office,
            "urn:oasis:names:tc:opendocument:xmlns:text:1.0" => Space::Text,
            "urn:oasis:names:tc:opendocument:xmlns:table:1.0" => Space::Table,
            "urn:oasis:names:tc:opendocument:xmlns:style:1.0" => Space::Style,
            _ => Space::Other,
        }
    }
}

/// A piece of an XML text.
#[derive(Debug)]
pub enum Token<'a> {
    /// An element begins; an empty one ends at once, with a [`Token::Close`] of its own.
    Open(Tag<'a>),
    /// The innermost element ends.
    Close,
    /// Characters; references to characters come apart from those around them.
    Text(Cow<'a, str>),
}

/// The tag that an element begins with.
#[derive(Debug)]
pub struct Tag<'a> {
    /// Its vocabulary.
    pub space: Space,
    start: BytesStart<'a>,
}

impl Tag<'_> {
    /// The name without its prefix.
    pub fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// The value of an attribute, by its name without prefix; references in it are resolved.
    pub fn get(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        let found = attributes.with_checks(false).flatten().find(|it| it.key.local_name().into_inner() == name)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }
}

/// A reader of one XML text.
pub struct Xml<'a> {
    part: &'a str,
    reader: NsReader<&'a [u8]>,
    depth: usize,
    /// Whether an element was seen at all.
    rooted: bool,
    from: usize,
}

impl<'a> Xml<'a> {
    /// Reads `text`, which is called `part` in messages.
    pub fn new(part: &'a str, text: &'a str) -> Xml<'a> {
        let mut reader = NsReader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Xml { part, reader, depth: 0, rooted: false, from: 0 }
    }

    /// The next piece; `None` at the end of a text that was read to its end.
    ///
    /// # Errors
    /// What is not well-formed, ends while elements are open, is nested too deep, or declares entities.
    pub fn read(&mut self) -> Result<Option<Token<'a>>, Damage> {
        loop {
            self.from = self.position();
            let event = self.reader.read_event().map_err(|_| self.malformed())?;
            match event {
                Event::Start(start) => return self.open(start).map(Some),
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(Token::Close));
                }
                Event::Text(text) if self.depth > 0 => return Ok(Some(Token::Text(text.into_inner()))),
                Event::CData(text) if self.depth > 0 => return Ok(Some(Token::Text(text.into_inner()))),
                Event::GeneralRef(reference) => {
                    let c = resolve(&reference).ok_or_else(|| self.malformed())?;
                    return Ok(Some(Token::Text(Cow::Owned(c.to_string()))));
                }
                Event::DocType(_) => return Err(Damage::Entities(self.part.to_owned())),
                Event::Eof if self.depth > 0 || !self.rooted => return Err(self.malformed()),
                Event::Eof => return Ok(None),
                // Text outside of all elements; an empty element never comes as such.
                Event::Text(text) if !text.trim().is_empty() => return Err(self.malformed()),
                Event::CData(_) => return Err(self.malformed()),
                Event::Text(_) | Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    /// The bytes of the XML that the last piece was read from.
    pub fn span(&self) -> Span {
        Span::new(self.from, self.position())
    }

    /// Leaves out what is left of the innermost open element: right behind its tag, all of it.
    ///
    /// # Errors
    /// As [`Xml::read`].
    pub fn skip(&mut self) -> Result<(), Damage> {
        let outer = self.depth.saturating_sub(1);
        while self.depth > outer {
            self.read()?;
        }
        Ok(())
    }

    fn open(&mut self, start: BytesStart<'a>) -> Result<Token<'a>, Damage> {
        if self.depth == 0 && self.rooted {
            return Err(self.malformed());
        }
        self.rooted = true;
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Damage::Deep(self.part.to_owned()));
        }
        let space = match self.reader.resolver().resolve_element(start.name()).0 {
            ResolveResult::Bound(address) => Space::of(address.into_inner()),
            ResolveResult::Unbound | ResolveResult::Unknown(_) => Space::Other,
        };
        Ok(Token::Open(Tag { space, start }))
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn malformed(&self) -> Damage {
        Damage::Malformed(self.part.to_owned())
    }
}

/// The character of `&#x4E00;`, or of one of the five names every XML text knows.
fn resolve(reference: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    if reference.is_char_ref() {
        return reference.resolve_char_ref().ok().flatten();
    }
    match &**reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

/// A text as XML writes it, in elements and attributes alike; what XML cannot hold is left out.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(c),
            '\u{0}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {}
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Result<String, Damage> {
        let mut xml = Xml::new("a.xml", text);
        let mut out = String::new();
        while let Some(token) = xml.read()? {
            match token {
                Token::Open(tag) => out += &format!("<{:?} {} {:?}>", tag.space, tag.name(), tag.get("val")),
                Token::Close => out += "</>",
                Token::Text(text) => out += &text,
            }
        }
        Ok(out)
    }

    #[test]
    fn names_are_known_by_their_vocabulary_whatever_the_prefix() {
        let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        let strict = "http://purl.oclc.org/ooxml/wordprocessingml/main";
        for (address, prefix) in [(word, "w"), (strict, "ns0")] {
            let text = format!("<?xml version='1.0'?><{prefix}:p xmlns:{prefix}='{address}' {prefix}:val='&lt;1'/>\n");
            assert_eq!(shown(&text).unwrap(), "<Word p Some(\"<1\")></>");
        }
        assert_eq!(
            shown("<a>甲&amp;&#x4E59;<![CDATA[<]]><b/></a>").unwrap(),
            "<Other a None>甲&乙<<Other b None></></>"
        );
    }

    #[test]
    fn what_is_not_whole_is_an_error() {
        let malformed = Err(Damage::Malformed("a.xml".to_owned()));
        for text in [
            "",
            " ",
            "<a>",
            "<a",
            "<a></b>",
            "<a/><b/>",
            "<a/>甲",
            "甲<a/>",
            "<a>&x;</a>",
            "<a>&#0;</a>",
            "<a></a></a>",
            "<a b='",
        ] {
            assert_eq!(shown(text), malformed, "{text}");
        }
        let entities = "<!DOCTYPE a [<!ENTITY x \"xxxxxxxxxx\"><!ENTITY y \"&x;&x;&x;\">]><a>&y;</a>";
        assert_eq!(shown(entities), Err(Damage::Entities("a.xml".to_owned())));
        let nested = |depth: usize| shown(&("<a>".repeat(depth) + &"</a>".repeat(depth))).map(|_| ());
        assert_eq!(nested(DEEPEST), Ok(()));
        assert_eq!(nested(DEEPEST + 1), Err(Damage::Deep("a.xml".to_owned())));
    }

    #[test]
    fn elements_can_be_left_out_and_pieces_are_placed() {
        let text = "<a><b><c/>丙</b>丁</a>";
        let mut xml = Xml::new("a.xml", text);
        let mut seen = Vec::new();
        while let Some(token) = xml.read().unwrap() {
            seen.push(crate::source::slice(text, xml.span()));
            if matches!(&token, Token::Open(tag) if tag.name() == "b") {
                xml.skip().unwrap();
            }
        }
        assert_eq!(seen, ["<a>", "<b>", "丁", "</a>"]);
        assert_eq!(escaped("甲<\"&\u{1}>"), "甲&lt;&quot;&amp;&gt;");
    }
}
