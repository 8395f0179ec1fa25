//! What a paragraph, a run or a row says of itself.

use crate::read::damage::Damage;
use crate::read::xml::{Space, Tag, Token, Xml};
use crate::span::Span;

/// What a paragraph, or a style for paragraphs, says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParagraphProperties {
    /// Its style.
    pub style: Option<String>,
    /// Its outline level from 0; 9 is that of text.
    pub outline: Option<u8>,
    /// The list it is numbered in; `0` is none.
    pub list: Option<String>,
    /// The level in that list, from 0.
    pub level: Option<usize>,
    /// Whether it is set to the right, or to the middle.
    pub aside: Option<bool>,
    /// Whether its end was deleted under change tracking, so that the next paragraph goes on in it.
    pub joined: bool,
}

/// What a run, or a style for runs, says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunProperties {
    /// Its style.
    pub style: Option<String>,
    /// Whether it is hidden.
    pub hidden: Option<bool>,
}

/// Reads a `w:pPr` whose tag was read last.
pub fn paragraph(xml: &mut Xml<'_>) -> Result<ParagraphProperties, Damage> {
    let mut found = ParagraphProperties::default();
    each(xml, &mut |xml, tag| {
        match word(tag) {
            "pStyle" => found.style = tag.get("val"),
            "outlineLvl" => found.outline = tag.get("val").and_then(|it| it.parse().ok()),
            "jc" => found.aside = tag.get("val").map(|it| matches!(it.as_str(), "right" | "end" | "center")),
            "numPr" => {
                return each(xml, &mut |xml, tag| {
                    match word(tag) {
                        "numId" => found.list = tag.get("val"),
                        "ilvl" => found.level = tag.get("val").and_then(|it| it.parse().ok()),
                        _ => {}
                    }
                    xml.skip()
                });
            }
            "rPr" => {
                return each(xml, &mut |xml, tag| {
                    found.joined |= matches!(word(tag), "del" | "moveFrom");
                    xml.skip()
                });
            }
            _ => {}
        }
        xml.skip()
    })?;
    Ok(found)
}

/// Reads a `w:rPr` whose tag was read last; with its place in the XML.
pub fn run(xml: &mut Xml<'_>) -> Result<(RunProperties, Span), Damage> {
    let mut found = RunProperties::default();
    let start = xml.span().start;
    each(xml, &mut |xml, tag| {
        match word(tag) {
            "rStyle" => found.style = tag.get("val"),
            "vanish" => found.hidden = Some(is_on(tag)),
            _ => {}
        }
        xml.skip()
    })?;
    Ok((found, Span::new(start, xml.span().end)))
}

/// Reads a `w:trPr` or `w:tcPr` whose tag was read last: whether what it belongs to was deleted under change tracking.
pub fn is_deleted(xml: &mut Xml<'_>) -> Result<bool, Damage> {
    let mut deleted = false;
    each(xml, &mut |xml, tag| {
        deleted |= matches!(word(tag), "del" | "cellDel");
        xml.skip()
    })?;
    Ok(deleted)
}

/// Hands each child of the element whose tag was read last to `act`, which must read it to its end.
pub fn each<'a>(
    xml: &mut Xml<'a>,
    act: &mut dyn FnMut(&mut Xml<'a>, &Tag<'a>) -> Result<(), Damage>,
) -> Result<(), Damage> {
    while let Some(token) = xml.read()? {
        match token {
            Token::Open(tag) => act(xml, &tag)?,
            Token::Close => return Ok(()),
            Token::Text(_) => {}
        }
    }
    Ok(())
}

/// The name of an element of Word's own; empty for others.
pub fn word<'t>(tag: &'t Tag<'_>) -> &'t str {
    if tag.space == Space::Word { tag.name() } else { "" }
}

/// Whether a switch is on: it is unless it says otherwise.
fn is_on(tag: &Tag<'_>) -> bool {
    tag.get("val").is_none_or(|it| !matches!(it.as_str(), "0" | "false" | "off"))
}
