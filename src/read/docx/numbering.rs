//! Automatic numbers: the lists of a document, and which number is due where.

use std::collections::{HashMap, HashSet};

use super::numerals::numeral;
use super::properties::{ParagraphProperties, each, word};
use super::styles::Styles;
use crate::read::damage::Damage;
use crate::read::xml::{Tag, Token, Xml};

/// How many levels a list has.
const LEVELS: usize = 9;
/// How many characters of a level's pattern are kept: `第%1章` has four.
const LONGEST_PATTERN: usize = 100;

/// How one level of a list is numbered.
#[derive(Debug, Clone)]
struct Level {
    start: u32,
    format: String,
    /// `（%2）`: each `%n` is the number of level n.
    pattern: String,
    /// The style whose paragraphs stand on this level.
    style: Option<String>,
    /// Behind which level it begins anew: 0 never does; by default any above it.
    restart: Option<usize>,
    /// Whether the numbers of the levels above are written in digits.
    digits: bool,
}

impl Default for Level {
    fn default() -> Self {
        let format = "decimal".to_owned();
        Level { start: 1, format, pattern: String::new(), style: None, restart: None, digits: false }
    }
}

/// The levels of a list that it says something of.
type Levels = HashMap<usize, Level>;

/// A list in use.
#[derive(Debug, Clone, Default)]
struct List {
    /// Lists of one kind count on from each other.
    kind: String,
    levels: Levels,
    /// The levels that begin anew where this list is first used.
    anew: HashMap<usize, u32>,
}

/// The lists of a document.
#[derive(Debug, Clone, Default)]
pub struct Numbering {
    lists: HashMap<String, List>,
}

/// What a kind of list says: its levels, and the style for lists that says them in its place.
#[derive(Default)]
struct Kind {
    levels: Levels,
    link: Option<String>,
}

impl Numbering {
    /// Reads the part that holds them.
    pub fn parse(part: &str, text: &str, styles: &Styles) -> Result<Numbering, Damage> {
        let mut xml = Xml::new(part, text);
        let (mut kinds, mut lists) = (HashMap::<String, Kind>::new(), HashMap::<String, List>::new());
        while let Some(token) = xml.read()? {
            let Token::Open(tag) = token else { continue };
            match word(&tag) {
                "abstractNum" => {
                    kinds.insert(tag.get("abstractNumId").unwrap_or_default(), kind(&mut xml)?);
                }
                "num" => {
                    lists.insert(tag.get("numId").unwrap_or_default(), list(&mut xml)?);
                }
                _ => {}
            }
        }
        // A kind that a style for lists stands for is that of the style's own list.
        let linked = |link: &str| styles.list(link).and_then(|it| lists.get(it)).map(|it| it.kind.clone());
        let links: HashMap<String, String> =
            kinds.iter().filter_map(|(id, kind)| Some((id.clone(), linked(kind.link.as_deref()?)?))).collect();
        for list in lists.values_mut() {
            if let Some(kind) = links.get(&list.kind) {
                list.kind.clone_from(kind);
            }
            let said = kinds.get(&list.kind).map(|it| &it.levels);
            for (at, level) in said.into_iter().flatten() {
                list.levels.entry(*at).or_insert_with(|| level.clone());
            }
        }
        Ok(Numbering { lists })
    }
}

fn kind(xml: &mut Xml<'_>) -> Result<Kind, Damage> {
    let mut found = Kind::default();
    each(xml, &mut |xml, tag: &Tag<'_>| {
        match word(tag) {
            "lvl" => {
                let at = index(tag);
                found.levels.insert(at, level(xml)?);
                return Ok(());
            }
            "numStyleLink" => found.link = tag.get("val"),
            _ => {}
        }
        xml.skip()
    })?;
    Ok(found)
}

fn list(xml: &mut Xml<'_>) -> Result<List, Damage> {
    let mut found = List::default();
    each(xml, &mut |xml, tag: &Tag<'_>| {
        match word(tag) {
            "abstractNumId" => found.kind = tag.get("val").unwrap_or_default(),
            "lvlOverride" => {
                let at = index(tag);
                return each(xml, &mut |xml, tag: &Tag<'_>| {
                    match word(tag) {
                        "startOverride" => {
                            found.anew.insert(at, number(tag).unwrap_or(1));
                        }
                        "lvl" => {
                            found.levels.insert(at, level(xml)?);
                            return Ok(());
                        }
                        _ => {}
                    }
                    xml.skip()
                });
            }
            _ => {}
        }
        xml.skip()
    })?;
    Ok(found)
}

fn level(xml: &mut Xml<'_>) -> Result<Level, Damage> {
    let mut found = Level::default();
    each(xml, &mut |xml, tag: &Tag<'_>| {
        match word(tag) {
            "start" => found.start = number(tag).unwrap_or(1),
            "numFmt" => found.format = tag.get("val").unwrap_or_default(),
            "lvlText" => found.pattern = tag.get("val").unwrap_or_default().chars().take(LONGEST_PATTERN).collect(),
            "pStyle" => found.style = tag.get("val"),
            "lvlRestart" => found.restart = number(tag).and_then(|it| usize::try_from(it).ok()),
            "isLgl" => found.digits = tag.get("val").is_none_or(|it| it != "0" && it != "false"),
            _ => {}
        }
        xml.skip()
    })?;
    Ok(found)
}

fn index(tag: &Tag<'_>) -> usize {
    tag.get("ilvl").and_then(|it| it.parse().ok()).unwrap_or_default()
}

fn number(tag: &Tag<'_>) -> Option<u32> {
    tag.get("val").and_then(|it| it.parse().ok())
}

/// The counting of a document from its first paragraph on.
#[derive(Debug)]
pub struct Counter<'n> {
    numbering: &'n Numbering,
    /// The last number of each level, by kind of list.
    last: HashMap<&'n str, [Option<u32>; LEVELS]>,
    /// The lists seen so far.
    seen: HashSet<&'n str>,
}

impl<'n> Counter<'n> {
    /// Nothing counted yet.
    pub fn new(numbering: &'n Numbering) -> Counter<'n> {
        Counter { numbering, last: HashMap::new(), seen: HashSet::new() }
    }

    /// The number that Word shows in front of the next paragraph; empty for none.
    pub fn next(&mut self, paragraph: &ParagraphProperties, styles: &Styles) -> String {
        let Some((id, list)) = paragraph.list.as_deref().and_then(|it| self.numbering.lists.get_key_value(it)) else {
            return String::new();
        };
        let at = paragraph.level.unwrap_or_else(|| list.level_of(paragraph, styles));
        let Some(level) = list.levels.get(&at).filter(|_| at < LEVELS) else { return String::new() };
        let last = self.last.entry(&list.kind).or_default();
        if self.seen.insert(id) {
            for (level, _) in list.anew.iter().filter(|(level, _)| **level < LEVELS) {
                last[*level] = None;
            }
        }
        last[at] = Some(last[at].map_or_else(|| list.start(at), |it| it.saturating_add(1)));
        for (below, number) in last.iter_mut().enumerate().skip(at + 1) {
            let restart = list.levels.get(&below).and_then(|it| it.restart);
            if restart.is_none_or(|it| it > 0 && at < it) {
                *number = None;
            }
        }
        // A level above that was not used yet counts as begun.
        for (above, number) in last.iter_mut().enumerate().take(at) {
            *number = number.or_else(|| list.levels.get(&above).map(|_| list.start(above)));
        }
        list.written(level, at, last)
    }
}

impl List {
    fn start(&self, at: usize) -> u32 {
        self.anew.get(&at).copied().or_else(|| self.levels.get(&at).map(|it| it.start)).unwrap_or(1)
    }

    /// The level of a paragraph that names none: the one tied to its style.
    fn level_of(&self, paragraph: &ParagraphProperties, styles: &Styles) -> usize {
        let tied = |id: &str| self.levels.iter().find(|(_, level)| level.style.as_deref() == Some(id));
        styles.ids(paragraph.style.as_deref()).find_map(tied).map_or(0, |(at, _)| *at)
    }

    /// The number of level `at`, where the last numbers are those.
    fn written(&self, level: &Level, at: usize, last: &[Option<u32>; LEVELS]) -> String {
        if level.format == "bullet" {
            return String::new();
        }
        let mut text = String::new();
        let mut pattern = level.pattern.chars().peekable();
        while let Some(c) = pattern.next() {
            let named = if c == '%' { pattern.peek().and_then(|it| it.to_digit(10)) } else { None };
            let Some(other) = named.and_then(|it| usize::try_from(it).ok()?.checked_sub(1)).filter(|it| *it < LEVELS)
            else {
                text.push(c);
                continue;
            };
            pattern.next();
            let format = match self.levels.get(&other) {
                Some(it) if !level.digits || other == at => it.format.as_str(),
                _ => "decimal",
            };
            text.push_str(&numeral(format, last.get(other).copied().flatten().unwrap_or(0)));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    /// A level as `format pattern`, with more elements behind it.
    fn level(at: usize, format: &str, pattern: &str, more: &str) -> String {
        format!(
            "<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='{format}'/><w:lvlText w:val='{pattern}'/>{more}</w:lvl>"
        )
    }

    fn numbering(inner: &str, styles: &Styles) -> Numbering {
        let text = format!("<w:numbering xmlns:w='{SPACE}'>{inner}</w:numbering>");
        Numbering::parse("numbering.xml", &text, styles).unwrap()
    }

    /// The numbers of paragraphs given as `list.level`.
    fn counted(numbering: &Numbering, paragraphs: &str) -> String {
        let mut counter = Counter::new(numbering);
        let next = |it: &str| {
            let (list, level) = it.split_once('.').unwrap();
            let own =
                ParagraphProperties { list: Some(list.to_owned()), level: level.parse().ok(), ..Default::default() };
            counter.next(&own, &Styles::default())
        };
        paragraphs.split(' ').map(next).collect::<Vec<_>>().join(" ")
    }

    fn usual() -> String {
        level(0, "chineseCountingThousand", "%1、", "")
            + &level(1, "chineseCountingThousand", "（%2）", "")
            + &level(2, "decimal", "%3.", "")
            + &level(3, "decimal", "%1.%4", "<w:isLgl/>")
    }

    #[test]
    fn lower_levels_begin_anew_under_higher_ones() {
        let numbering = numbering(
            &format!(
                "<w:abstractNum w:abstractNumId='7'>{}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>",
                usual()
            ),
            &Styles::default(),
        );
        assert_eq!(counted(&numbering, "1.0 1.1 1.1 1.2 1.0 1.1 1.2 1.2"), "一、 （一） （二） 1. 二、 （一） 1. 2.");
        assert_eq!(counted(&numbering, "1.1 1.0 1.3 1.3"), "（一） 二、 2.1 2.2");
        assert_eq!(counted(&numbering, "9.0 1.8"), " ");
    }

    #[test]
    fn lists_of_one_kind_count_on_unless_they_begin_anew() {
        let num = |id: usize, more: &str| format!("<w:num w:numId='{id}'><w:abstractNumId w:val='7'/>{more}</w:num>");
        let anew = "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride>";
        let own = format!("<w:lvlOverride w:ilvl='0'>{}</w:lvlOverride>", level(0, "upperRoman", "%1)", ""));
        let lists = num(1, "") + &num(2, "") + &num(3, anew) + &num(4, &own);
        let numbering = numbering(
            &format!("<w:abstractNum w:abstractNumId='7'>{}</w:abstractNum>{lists}", usual()),
            &Styles::default(),
        );
        assert_eq!(counted(&numbering, "1.0 1.0 2.0 3.0 3.0 1.0 4.0"), "一、 二、 三、 一、 二、 三、 IV)");
    }

    #[test]
    fn a_level_may_count_through() {
        let through = level(0, "decimal", "%1.", "") + &level(1, "decimal", "（%2）", "<w:lvlRestart w:val='0'/>");
        let numbering = numbering(
            &format!(
                "<w:abstractNum w:abstractNumId='7'>{through}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>"
            ),
            &Styles::default(),
        );
        assert_eq!(counted(&numbering, "1.0 1.1 1.0 1.1"), "1. （1） 2. （2）");
    }

    #[test]
    fn styles_tie_paragraphs_and_lists_to_levels() {
        let styles = format!(
            "<w:styles xmlns:w='{SPACE}'><w:style w:type='paragraph' w:styleId='h2'><w:name w:val='heading 2'/><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>\
             <w:style w:type='paragraph' w:styleId='own'><w:basedOn w:val='h2'/></w:style>\
             <w:style w:type='numbering' w:styleId='list'><w:pPr><w:numPr><w:numId w:val='2'/></w:numPr></w:pPr></w:style></w:styles>"
        );
        let styles = Styles::parse("styles.xml", &styles).unwrap();
        let tied = level(0, "decimal", "%1.", "") + &level(1, "chineseCounting", "（%2）", "<w:pStyle w:val='h2'/>");
        let numbering = numbering(
            &format!(
                "<w:abstractNum w:abstractNumId='3'><w:numStyleLink w:val='list'/></w:abstractNum>\
                 <w:abstractNum w:abstractNumId='4'>{tied}<w:styleLink w:val='list'/></w:abstractNum>\
                 <w:num w:numId='1'><w:abstractNumId w:val='3'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='4'/></w:num>"
            ),
            &styles,
        );
        let mut counter = Counter::new(&numbering);
        let own = styles.complete(ParagraphProperties { style: Some("own".to_owned()), ..Default::default() });
        assert_eq!((own.outline, counter.next(&own, &styles).as_str()), (Some(1), "（一）"));
        let none = styles.complete(ParagraphProperties { list: Some("0".to_owned()), ..own });
        assert_eq!(counter.next(&none, &styles), "");
    }
}
