//! Styles: what a paragraph or run takes from the style it has, through all the styles that one is based on.

use std::collections::HashMap;

use super::properties::{self, ParagraphProperties, RunProperties, each, word};
use crate::read::damage::Damage;
use crate::read::xml::{Tag, Token, Xml};

/// How long a chain of styles may be.
const LONGEST: usize = 64;

/// The styles of a document.
#[derive(Debug, Clone, Default)]
pub struct Styles {
    styles: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    usual: Option<String>,
}

/// A style by itself.
#[derive(Debug, Clone, Default)]
struct Style {
    /// Its name in lower case; Word writes those of its own styles in English in every language.
    name: String,
    based_on: Option<String>,
    paragraph: ParagraphProperties,
    run: RunProperties,
}

impl Styles {
    /// Reads the part that holds them.
    pub fn parse(part: &str, text: &str) -> Result<Styles, Damage> {
        let mut xml = Xml::new(part, text);
        let mut found = Styles::default();
        while let Some(token) = xml.read()? {
            if let Token::Open(tag) = token
                && word(&tag) == "style"
            {
                let id = tag.get("styleId").unwrap_or_default();
                let usual = tag.get("default").is_some_and(|it| matches!(it.as_str(), "1" | "true" | "on"));
                if usual && tag.get("type").as_deref() == Some("paragraph") {
                    found.usual = Some(id.clone());
                }
                found.styles.insert(id, style(&mut xml)?);
            }
        }
        Ok(found)
    }

    /// A style and those it is based on, the nearest first.
    fn chain(&self, style: Option<&str>) -> impl Iterator<Item = (&str, &Style)> {
        let at = |id: &str| self.styles.get_key_value(id).map(|(id, style)| (id.as_str(), style));
        let first = style.and_then(at);
        std::iter::successors(first, move |(_, style)| style.based_on.as_deref().and_then(at)).take(LONGEST)
    }

    /// What a paragraph says, with what it takes from its style.
    pub fn complete(&self, mut own: ParagraphProperties) -> ParagraphProperties {
        let id = own.style.clone().or_else(|| self.usual.clone());
        for (_, style) in self.chain(id.as_deref()) {
            let from = &style.paragraph;
            own.outline = own.outline.or(from.outline).or_else(|| heading(&style.name));
            own.aside = own.aside.or(from.aside);
            // The level a style gives belongs to the list it gives.
            if own.list.is_none() && from.list.is_some() {
                own.list.clone_from(&from.list);
                own.level = own.level.or(from.level);
            }
        }
        own
    }

    /// The styles a paragraph's numbering may be tied to, the nearest first.
    pub fn ids<'s>(&'s self, style: Option<&'s str>) -> impl Iterator<Item = &'s str> {
        self.chain(style.or(self.usual.as_deref())).map(|(id, _)| id)
    }

    /// Whether a paragraph has the style of titles.
    pub fn is_title(&self, style: Option<&str>) -> bool {
        self.chain(style).any(|(_, style)| style.name == "title")
    }

    /// Whether a run is hidden: it says so itself, or its style does, or that of its paragraph.
    pub fn is_hidden(&self, run: &RunProperties, paragraph: Option<&str>) -> bool {
        let said = |id: Option<&str>| self.chain(id).find_map(|(_, style)| style.run.hidden);
        let usual = || paragraph.or(self.usual.as_deref());
        run.hidden.or_else(|| said(run.style.as_deref())).or_else(|| said(usual())).unwrap_or(false)
    }

    /// The list that a style for lists stands for.
    pub fn list(&self, style: &str) -> Option<&str> {
        self.styles.get(style)?.paragraph.list.as_deref()
    }
}

fn style(xml: &mut Xml<'_>) -> Result<Style, Damage> {
    let mut found = Style::default();
    each(xml, &mut |xml, tag: &Tag<'_>| {
        match word(tag) {
            "name" => found.name = tag.get("val").unwrap_or_default().to_lowercase(),
            "basedOn" => found.based_on = tag.get("val"),
            "pPr" => {
                found.paragraph = properties::paragraph(xml)?;
                return Ok(());
            }
            "rPr" => {
                found.run = properties::run(xml)?.0;
                return Ok(());
            }
            _ => {}
        }
        xml.skip()
    })?;
    Ok(found)
}

/// The outline level, from 0, that the name of a style of Word's own stands for.
fn heading(name: &str) -> Option<u8> {
    let level: u8 = name.strip_prefix("heading ").or_else(|| name.strip_prefix("标题 "))?.trim().parse().ok()?;
    (1..=9).contains(&level).then(|| level - 1)
}
