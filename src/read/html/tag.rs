//! What tags mean for where text stands.

/// What a tag is, as far as that matters to the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tag {
    /// A box of any kind: `<div>`, `<form>`, `<center>`.
    #[default]
    Other,
    /// `<p>`
    Paragraph,
    /// `<h1>` to `<h6>`
    Heading(u8),
    /// `<article>`, `<main>`
    Article,
    /// `<nav>`, `<footer>`, `<aside>`
    Site,
    /// `<header>`: that of the article, or of the site.
    Header,
    /// `<ul>`, `<ol>`
    List,
    /// `<li>`
    Item,
    /// `<table>`
    Table,
    /// `<tr>`
    Row,
    /// `<td>`, `<th>`
    Cell,
    /// `<pre>`: its line ends count.
    Verbatim,
    /// `<br>`
    Break,
    /// `<hr>`
    Rule,
    /// `<a>`
    Link,
    /// `<meta>`
    Meta,
    /// `<title>`
    Title,
    /// What holds no text that is seen: scripts, styles, buttons, choices.
    Unseen,
    /// All that stand inside a line.
    Inline,
}

impl Tag {
    /// The tag of a name in lower case.
    pub fn of(name: &[u8]) -> Tag {
        match name {
            b"p" => Tag::Paragraph,
            [b'h', level @ b'1'..=b'6'] => Tag::Heading(level - b'0'),
            b"article" | b"main" => Tag::Article,
            b"nav" | b"footer" | b"aside" => Tag::Site,
            b"header" => Tag::Header,
            b"ul" | b"ol" | b"menu" | b"dir" => Tag::List,
            b"li" => Tag::Item,
            b"table" => Tag::Table,
            b"tr" => Tag::Row,
            b"td" | b"th" => Tag::Cell,
            b"pre" | b"listing" | b"xmp" | b"plaintext" => Tag::Verbatim,
            b"br" => Tag::Break,
            b"hr" => Tag::Rule,
            b"a" => Tag::Link,
            b"meta" => Tag::Meta,
            b"title" => Tag::Title,
            b"script" | b"style" | b"noscript" | b"template" | b"textarea" | b"select" | b"button" | b"iframe"
            | b"svg" | b"noframes" | b"noembed" => Tag::Unseen,
            b"html" | b"body" | b"div" | b"section" | b"form" | b"center" | b"blockquote" | b"fieldset" | b"figure"
            | b"figcaption" | b"dl" | b"dt" | b"dd" | b"address" | b"details" | b"summary" | b"tbody" | b"thead"
            | b"tfoot" | b"caption" | b"legend" | b"hgroup" | b"dialog" | b"marquee" | b"frameset" => Tag::Other,
            _ => Tag::Inline,
        }
    }

    /// The elements that its start ends, up to the table or list around.
    pub const fn ends(self) -> &'static [Tag] {
        match self {
            Tag::Item => &[Tag::Item],
            Tag::Cell => &[Tag::Cell],
            Tag::Row => &[Tag::Row],
            Tag::Other
            | Tag::Paragraph
            | Tag::Heading(_)
            | Tag::Article
            | Tag::Site
            | Tag::Header
            | Tag::List
            | Tag::Table
            | Tag::Verbatim
            | Tag::Break
            | Tag::Rule
            | Tag::Link
            | Tag::Meta
            | Tag::Title
            | Tag::Unseen
            | Tag::Inline => &[],
        }
    }
}

/// Elements that the end of `ended` does not reach beyond.
pub const fn bounds_end(ended: Tag, around: Tag) -> bool {
    match around {
        Tag::Cell => !matches!(ended, Tag::Row | Tag::Table),
        Tag::Table => !matches!(ended, Tag::Table),
        Tag::Other
        | Tag::Paragraph
        | Tag::Heading(_)
        | Tag::Article
        | Tag::Site
        | Tag::Header
        | Tag::List
        | Tag::Item
        | Tag::Row
        | Tag::Verbatim
        | Tag::Break
        | Tag::Rule
        | Tag::Link
        | Tag::Meta
        | Tag::Title
        | Tag::Unseen
        | Tag::Inline => false,
    }
}

/// Elements beyond which no paragraph is ended.
pub const fn bounds_paragraph(tag: Tag) -> bool {
    matches!(tag, Tag::Cell | Tag::Table | Tag::Item)
}
