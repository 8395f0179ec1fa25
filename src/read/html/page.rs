//! A page as a flat list of blocks, each with the element it stands in. Only what a reader sees is kept.
//!
//! The tokens are a library's, the tree is our own: that of a browser builds formatting elements anew in every
//! paragraph, so that a small page can be made to fill the memory. This one is linear.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::list::Numbered;
use super::tag::{self, Tag};

/// Elements nested deeper than this count as part of the one they stand in.
const DEPTH: usize = 256;

/// A page.
#[derive(Debug, Default)]
pub struct Page {
    /// Its elements; the first one is the root.
    elements: Vec<Element>,
    /// Its blocks in reading order.
    pub blocks: Vec<Block>,
    /// What it says it is called, in the order of how far that is to be trusted.
    pub titles: Vec<String>,
}

#[derive(Debug, Default)]
struct Element {
    parent: usize,
    tag: Tag,
    name: Vec<u8>,
    /// Navigation, header, footer and the like, or inside of one.
    site: bool,
    hidden: bool,
    cell: Option<usize>,
    has_table: bool,
    list: Option<Numbered>,
}

/// A stretch of text that stands on lines of its own.
#[derive(Debug, Default)]
pub struct Block {
    /// The element it stands in.
    pub within: usize,
    /// The innermost cell of a table it stands in.
    pub cell: Option<usize>,
    /// Whether the page itself says that it is no part of the article.
    pub site: bool,
    /// Its lines, broken by `<br>`; none is empty.
    pub lines: Vec<Line>,
    /// How many characters it has that are no white space.
    pub chars: usize,
    /// How many of them are links.
    pub linked: usize,
    tag: Tag,
}

/// A line of a block.
#[derive(Debug, Default)]
pub struct Line {
    /// What it says.
    pub text: String,
    /// How many empty lines stand before it.
    pub blank_before: usize,
}

impl Block {
    /// What its lines say.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(|it| it.text.as_str())
    }

    /// What it says, without white space.
    pub fn core(&self) -> String {
        self.texts().flat_map(str::chars).filter(|c| !c.is_whitespace()).collect()
    }

    /// The level of a heading. What ends as a sentence does, or is as long as one, is none, whatever its tag.
    pub fn heading_level(&self) -> Option<u8> {
        let Tag::Heading(level) = self.tag else { return None };
        let last = self.lines.last()?.text.trim_end();
        let sentence = self.chars > 80 || last.ends_with(['。', '；', '，', ';']);
        (!sentence).then_some(level)
    }
}

impl Page {
    /// The element around another; that of the root is itself.
    pub fn parent_of(&self, element: usize) -> usize {
        self.elements.get(element).map_or(0, |it| it.parent)
    }

    /// The elements from one outwards to the root.
    pub fn ancestry(&self, element: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(element), |it| (*it != 0).then(|| self.parent_of(*it)))
    }

    /// Whether an element is a paragraph or heading, which holds lines and no blocks.
    pub fn is_leaf(&self, element: usize) -> bool {
        self.elements.get(element).is_some_and(|it| matches!(it.tag, Tag::Paragraph | Tag::Heading(_)))
    }

    /// The table that a cell belongs to.
    pub fn table_of(&self, cell: usize) -> Option<usize> {
        self.ancestry(cell).find(|it| self.tag(*it) == Tag::Table)
    }

    /// Whether a table stands inside of another.
    pub fn has_table_inside(&self, table: usize) -> bool {
        self.elements.get(table).is_some_and(|it| it.has_table)
    }

    fn tag(&self, element: usize) -> Tag {
        self.elements.get(element).map_or(Tag::Other, |it| it.tag)
    }
}

/// Reads a decoded page.
pub fn parse(html: &str) -> Page {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut parser = Parser::new();
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        parser.token(token);
    }
    parser.finish()
}

struct Parser {
    page: Page,
    /// The open elements, the root first.
    open: Vec<usize>,
    /// How many are open that are not kept: they stand too deep.
    overflow: usize,
    block: Block,
    line: Line,
    /// White space was read that is not written yet; whether a line end was in it.
    space: Option<bool>,
    /// How many elements were open where the link began that is open.
    link: Option<usize>,
    /// The number that a browser puts before the text that comes next.
    number: Option<String>,
    /// The element whose text is no text of the page: `<title>`, or a script.
    aside: Option<(Tag, Vec<u8>)>,
}

impl Parser {
    fn new() -> Parser {
        Parser {
            page: Page { elements: vec![Element::default()], ..Page::default() },
            open: vec![0],
            overflow: 0,
            block: Block::default(),
            line: Line::default(),
            space: None,
            link: None,
            number: None,
            aside: None,
        }
    }

    fn finish(mut self) -> Page {
        self.flush();
        self.page
    }

    fn token(&mut self, token: Token) {
        match token {
            Token::StartTag(tag) => self.start(&tag),
            Token::EndTag(tag) => self.end(&tag.name),
            Token::String(text) => self.text(&String::from_utf8_lossy(&text)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }

    fn top(&self) -> usize {
        self.open.last().copied().unwrap_or_default()
    }

    fn start(&mut self, start: &StartTag<()>) {
        let tag = Tag::of(&start.name);
        match tag {
            _ if self.aside.is_some() => {}
            Tag::Title | Tag::Unseen => self.aside = Some((tag, start.name.to_vec())),
            Tag::Meta => self.meta(start),
            Tag::Break => self.break_line(),
            Tag::Rule => self.flush(),
            Tag::Link => self.link = attribute(start, b"href").map(|_| self.open.len()),
            Tag::Inline if !hides(start) && !self.is_hidden() => {}
            _ => self.open(tag, start),
        }
    }

    /// Opens an element, after closing those that it ends.
    fn open(&mut self, tag: Tag, start: &StartTag<()>) {
        if tag != Tag::Inline {
            self.flush();
            self.close(|it| it == Tag::Paragraph, tag::bounds_paragraph);
            let ends = tag.ends();
            if !ends.is_empty() {
                self.close(|it| ends.contains(&it), |it| it == Tag::Table || (it == Tag::List && tag == Tag::Item));
            }
        }
        if self.open.len() >= DEPTH {
            self.overflow += usize::from(tag != Tag::Inline);
            return;
        }
        let element = self.element(tag, start);
        self.open.push(self.page.elements.len());
        self.page.elements.push(element);
        if tag == Tag::Item {
            self.number(start);
        }
    }

    fn element(&mut self, tag: Tag, start: &StartTag<()>) -> Element {
        let at = self.top();
        if tag == Tag::Table {
            let outer = self.page.ancestry(at).find(|it| self.page.tag(*it) == Tag::Table);
            if let Some(outer) = outer.and_then(|it| self.page.elements.get_mut(it)) {
                outer.has_table = true;
            }
        }
        let own = self.page.elements.len();
        let in_article = || self.page.ancestry(at).any(|it| self.page.tag(it) == Tag::Article);
        let parent = self.page.elements.get(at);
        let site = tag == Tag::Site || tag == Tag::Header && !in_article();
        let list = (tag == Tag::List && *start.name == *b"ol").then(|| {
            let value = |name: &[u8]| attribute(start, name);
            Numbered::new(value(b"type").as_deref(), value(b"start").as_deref(), &style(start))
        });
        Element {
            parent: at,
            tag,
            name: start.name.to_vec(),
            site: site || parent.is_some_and(|it| it.site),
            hidden: hides(start) || parent.is_some_and(|it| it.hidden),
            cell: if tag == Tag::Cell { Some(own) } else { parent.and_then(|it| it.cell) },
            has_table: false,
            list: list.flatten(),
        }
    }

    /// Writes the number that a browser shows before an item.
    fn number(&mut self, start: &StartTag<()>) {
        let list = self.page.ancestry(self.top()).find(|it| self.page.tag(*it) == Tag::List);
        let list = list.and_then(|it| self.page.elements.get_mut(it)).and_then(|it| it.list.as_mut());
        self.number = list.map(|it| it.take(attribute(start, b"value").as_deref()));
    }

    fn end(&mut self, name: &[u8]) {
        let tag = Tag::of(name);
        if let Some((_, open)) = &self.aside {
            if open == name {
                self.aside = None;
            }
            return;
        }
        match tag {
            Tag::Link => self.link = None,
            Tag::Break => self.break_line(),
            Tag::Title | Tag::Unseen | Tag::Meta | Tag::Rule => {}
            Tag::Inline => self.close_named(tag, name),
            _ if self.overflow > 0 => {
                self.flush();
                self.overflow -= 1;
            }
            _ => {
                self.flush();
                self.close_named(tag, name);
            }
        }
    }

    fn close_named(&mut self, tag: Tag, name: &[u8]) {
        let at = (1..self.open.len()).rev().find(|at| {
            let element = self.open.get(*at).and_then(|it| self.page.elements.get(*it));
            element.is_none_or(|it| it.name == name || tag::bounds_end(tag, it.tag))
        });
        let named = |at: &usize| self.open.get(*at).and_then(|it| self.page.elements.get(*it));
        if let Some(at) = at.filter(|it| named(it).is_some_and(|it| it.name == name)) {
            self.truncate(at);
        }
    }

    /// Closes elements until so many are open; a link that was opened inside of them ends too.
    fn truncate(&mut self, open: usize) {
        self.open.truncate(open);
        self.link = self.link.filter(|it| *it <= open);
    }

    fn is_hidden(&self) -> bool {
        self.page.elements.get(self.top()).is_some_and(|it| it.hidden)
    }

    /// Closes the innermost open element that is meant, unless one stands in between that bounds the search.
    fn close(&mut self, meant: impl Fn(Tag) -> bool, bounds: impl Fn(Tag) -> bool) {
        for at in (1..self.open.len()).rev() {
            let tag = self.page.tag(self.open[at]);
            if meant(tag) {
                return self.truncate(at);
            }
            if bounds(tag) {
                return;
            }
        }
    }

    fn meta(&mut self, start: &StartTag<()>) {
        let name = attribute(start, b"name").or_else(|| attribute(start, b"property")).unwrap_or_default();
        let titles = ["articletitle", "og:title", "title", "contenttitle"];
        if let Some(content) = attribute(start, b"content").filter(|_| titles.contains(&name.to_lowercase().as_str())) {
            self.page.titles.insert(0, content);
        }
    }

    fn text(&mut self, text: &str) {
        match self.aside {
            Some((Tag::Title, _)) => return self.page.titles.push(text.trim().to_owned()),
            Some(_) => return,
            None if self.is_hidden() => return,
            None => {}
        }
        let verbatim = self.open.iter().any(|it| self.page.tag(*it) == Tag::Verbatim);
        for c in text.chars() {
            match c {
                '\n' if verbatim => self.break_line(),
                ' ' | '\t' | '\n' | '\r' | '\u{C}' => self.space = Some(self.space == Some(true) || c == '\n'),
                c => self.push(c),
            }
        }
    }

    /// A line end in the source is a space between words, and nothing between Chinese characters.
    fn push(&mut self, c: char) {
        if let Some(broken) = self.space.take()
            && let Some(last) = self.line.text.chars().next_back()
            && !(broken && is_wide(last) && is_wide(c))
        {
            self.line.text.push(' ');
        }
        if let Some(number) = self.number.take() {
            self.line.text += &number;
        }
        self.line.text.push(c);
        let seen = usize::from(!c.is_whitespace());
        self.block.chars += seen;
        self.block.linked += if self.link.is_some() { seen } else { 0 };
    }

    fn break_line(&mut self) {
        self.space = None;
        let line = std::mem::take(&mut self.line);
        if line.text.trim().is_empty() {
            self.line.blank_before = line.blank_before + usize::from(!self.block.lines.is_empty());
        } else {
            self.block.lines.push(line);
        }
    }

    fn flush(&mut self) {
        self.break_line();
        self.line = Line::default();
        let mut block = std::mem::take(&mut self.block);
        let at = self.top();
        if let Some(element) = self.page.elements.get(at).filter(|_| !block.lines.is_empty()) {
            (block.within, block.cell, block.site, block.tag) = (at, element.cell, element.site, element.tag);
            self.page.blocks.push(block);
        }
    }
}

fn is_wide(c: char) -> bool {
    c as u32 >= 0x2E80
}

fn attribute(start: &StartTag<()>, name: &[u8]) -> Option<String> {
    start.attributes.get(name).map(|it| String::from_utf8_lossy(it).into_owned())
}

fn style(start: &StartTag<()>) -> String {
    let style = attribute(start, b"style").unwrap_or_default();
    style.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

fn hides(start: &StartTag<()>) -> bool {
    let style = style(start);
    start.attributes.contains_key(b"hidden".as_slice())
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}
