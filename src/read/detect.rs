//! What a file is, told by its content: what cannot be read is named, with the way out.

use memchr::memmem;

use crate::locale::Locale;
use crate::problem::Problem;
use crate::read::Format;
use crate::read::archive::Archive;
use crate::say;
use crate::source::slice;
use crate::span::Span;

/// What a file holds, as its first bytes tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Text, marked up or not.
    Text,
    /// Parts that can be read.
    Parts(Container),
    /// What cannot be read.
    Foreign(Foreign),
}

/// A kind of file that is more than text and can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    Docx,
    Doc,
    Pdf,
    Ofd,
}

/// A kind of file that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Foreign {
    Xlsx,
    Pptx,
    Odt,
    Rtf,
    Xml,
    Mhtml,
    Image,
    Archive,
}

/// First bytes that tell a kind of file, and the kind.
const SIGNATURES: [(&[u8], Content); 13] = [
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Content::Parts(Container::Doc)),
    (b"%PDF-", Content::Parts(Container::Pdf)),
    (b"{\\rtf", Content::Foreign(Foreign::Rtf)),
    (b"MIME-Version:", Content::Foreign(Foreign::Mhtml)),
    (b"\x89PNG\r\n", Content::Foreign(Foreign::Image)),
    (b"\xFF\xD8\xFF", Content::Foreign(Foreign::Image)),
    (b"GIF8", Content::Foreign(Foreign::Image)),
    (b"II*\0", Content::Foreign(Foreign::Image)),
    (b"MM\0*", Content::Foreign(Foreign::Image)),
    (b"\x1F\x8B", Content::Foreign(Foreign::Archive)),
    (b"7z\xBC\xAF\x27\x1C", Content::Foreign(Foreign::Archive)),
    (b"Rar!\x1A", Content::Foreign(Foreign::Archive)),
    (b"PK\x05\x06", Content::Foreign(Foreign::Archive)),
];

/// How the names of members begin that tell what a zip archive holds.
const MEMBERS: [(&str, Content); 4] = [
    ("word/document", Content::Parts(Container::Docx)),
    ("xl/workbook", Content::Foreign(Foreign::Xlsx)),
    ("ppt/presentation", Content::Foreign(Foreign::Pptx)),
    ("OFD.xml", Content::Parts(Container::Ofd)),
];

/// The first member of an OpenDocument text, its name and what it says.
const ODT: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument.text";

/// How far into a file that is looked for.
const HEAD: usize = 256;

/// How a text is marked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Markup {
    Plain,
    Markdown,
    Html,
}

/// The problem with a file that cannot be read.
pub(super) fn refuse(name: &str, foreign: Foreign, locale: Locale) -> Problem {
    let kind = foreign.name(locale);
    let message = say!(locale, "这是{kind}，不能直接读", "this is {kind}, which cannot be read as it is");
    Problem::error("read::format", name, message).help(foreign.way_out(locale))
}

/// What a file holds.
pub(super) fn content(bytes: &[u8]) -> Content {
    if bytes.starts_with(b"PK\x03\x04") {
        return packed(bytes);
    }
    let signature = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature));
    signature.map_or(Content::Text, |(_, content)| *content)
}

/// What a zip archive holds, by the names of its members. One whose list of members is lost still has each name in
/// front of each member.
fn packed(bytes: &[u8]) -> Content {
    if memmem::find(bytes.get(..HEAD).unwrap_or(bytes), ODT).is_some() {
        return Content::Foreign(Foreign::Odt);
    }
    let archive = Archive::open(bytes);
    let has = |wanted: &str| match &archive {
        Ok(archive) => archive.names().any(|name| name.starts_with(wanted)),
        Err(_) => memmem::find(bytes, wanted.as_bytes()).is_some(),
    };
    let member = MEMBERS.iter().find(|(name, _)| has(name));
    member.map_or(Content::Foreign(Foreign::Archive), |(_, content)| *content)
}

impl Container {
    /// The format it is.
    pub(super) const fn format(self) -> Format {
        match self {
            Container::Docx => Format::Docx,
            Container::Doc => Format::Doc,
            Container::Pdf => Format::Pdf,
            Container::Ofd => Format::Ofd,
        }
    }
}

impl Foreign {
    fn name(self, locale: Locale) -> String {
        match self {
            Foreign::Xlsx => say!(locale, "电子表格（.xlsx）", "a spreadsheet (.xlsx)"),
            Foreign::Pptx => say!(locale, "演示文稿（.pptx）", "a presentation (.pptx)"),
            Foreign::Odt => say!(locale, " OpenDocument 文档（.odt）", "an OpenDocument text (.odt)"),
            Foreign::Rtf => say!(locale, " RTF 文档", "an RTF document"),
            Foreign::Xml => say!(locale, " XML 文件", "an XML file"),
            Foreign::Mhtml => say!(locale, "单个文件的网页（.mht）或邮件", "a web archive (.mht) or a mail"),
            Foreign::Image => say!(locale, "图片", "a picture"),
            Foreign::Archive => say!(locale, "压缩包", "an archive"),
        }
    }

    fn way_out(self, locale: Locale) -> String {
        match self {
            Foreign::Odt | Foreign::Rtf => say!(
                locale,
                "在 Word 或 WPS 中打开，另存为 .docx，再检查存出的文件",
                "open it in Word or WPS, save it as .docx, and check that file"
            ),
            Foreign::Mhtml => say!(
                locale,
                "在浏览器中打开，另存为“网页，仅 HTML”（.html），再检查存出的文件",
                "open it in a browser, save it as a web page, HTML only (.html), and check that file"
            ),
            Foreign::Xml | Foreign::Xlsx | Foreign::Pptx => say!(
                locale,
                "打开它，把正文复制到一个 .txt 文件里，再检查那个文件",
                "open it, copy the text into a .txt file, and check that file"
            ),
            Foreign::Image => say!(
                locale,
                "先用文字识别（OCR）转成文字，核对后存为 .txt，再检查那个文件",
                "turn it into text with OCR, proofread it, save it as .txt, and check that file"
            ),
            Foreign::Archive => say!(locale, "先解压，再检查其中的报告", "unpack it, and check the reports in it"),
        }
    }
}

/// How a text is marked up: HTML by its content, Markdown by its name's ending or its content.
///
/// # Errors
/// Markup that cannot be read.
pub(super) fn markup(name: &str, text: &str) -> Result<Markup, Foreign> {
    let by_name = Format::by_name(name);
    if is_html(text, by_name == Some(Format::Html)) {
        return Ok(Markup::Html);
    }
    if begins_with(text, &["<?xml"]) {
        return Err(Foreign::Xml);
    }
    Ok(if by_name == Some(Format::Markdown) || has_headings(text) { Markup::Markdown } else { Markup::Plain })
}

/// Tags that a page begins with, whatever its name.
const FIRST_TAGS: [&str; 7] = ["<!doctype html", "<html", "<head>", "<meta ", "<body", "<title>", "<!--[if"];
/// Tags of which one at least stands in a file named as a page, if it is one.
const TAGS: [&str; 9] = ["<p", "<div", "<br", "<table", "<body", "<html", "<span", "<h1", "<font"];

/// Whether a whole file is HTML; a tag in the midst of a text does not make it so.
fn is_html(text: &str, named: bool) -> bool {
    if begins_with(text, &FIRST_TAGS) {
        return true;
    }
    let xhtml = || {
        begins_with(text, &["<?xml", "<!--"]) && contains(slice(text, Span::new(0, 4096)), &["<html", "<!doctype html"])
    };
    xhtml() || named && contains(text, &TAGS)
}

fn begins_with(text: &str, tags: &[&str]) -> bool {
    let start = text.trim_start().as_bytes();
    tags.iter().any(|tag| start.get(..tag.len()).is_some_and(|it| it.eq_ignore_ascii_case(tag.as_bytes())))
}

fn contains(text: &str, tags: &[&str]) -> bool {
    let behind = text.match_indices('<').map(|(at, _)| slice(text, Span::new(at, text.len())));
    behind.into_iter().any(|it| begins_with(it, tags))
}

/// Whether a text has Markdown headings: two `# …` lines, or one as its first line. Plain texts have none;
/// leftovers such as `##paidend##` have no space behind the marks.
fn has_headings(text: &str) -> bool {
    let is_heading = |line: &str| {
        let words = line.trim_start_matches('#');
        (1..=6).contains(&(line.len() - words.len())) && words.starts_with(' ') && !words.trim().is_empty()
    };
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.next().is_some_and(is_heading) || lines.filter(|line| is_heading(line)).nth(1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_named_with_the_way_out() {
        for (bytes, kind, help) in [
            (&b"PK\x03\x04\x14\0....xl/workbook.xml"[..], "电子表格", "复制到一个 .txt"),
            (b"PK\x03\x04\x14\0....a.txt", "压缩包", "解压"),
            (b"{\\rtf1\\ansi", "RTF", "另存为 .docx"),
            (b"\x89PNG\r\n\x1A\n", "图片", "OCR"),
            (b"MIME-Version: 1.0\n", ".mht", "仅 HTML"),
        ] {
            let Content::Foreign(foreign) = content(bytes) else { panic!("{kind}") };
            let problem = refuse("甲.txt", foreign, Locale::Zh);
            assert_eq!((problem.code, problem.path.as_str()), ("read::format", "甲.txt"));
            assert!(problem.message.contains(kind), "{}", problem.message);
            assert!(problem.help.unwrap().contains(help));
        }
        for text in ["报告 %PDF-1.4", "<某某>", "< html", "PK", ""] {
            assert_eq!(content(text.as_bytes()), Content::Text, "{text}");
        }
        assert_eq!(
            content(b"PK\x03\x04\x14\0....[Content_Types].xml....word/document.xml"),
            Content::Parts(Container::Docx)
        );
    }

    #[test]
    fn markup_is_told_by_content_and_ending() {
        for (name, text, markup) in [
            ("甲.md", "标题", Ok(Markup::Markdown)),
            ("甲.MarkDown", "标题", Ok(Markup::Markdown)),
            ("甲.txt", "标题\n一、", Ok(Markup::Plain)),
            ("甲.txt", "\n# 标题\n", Ok(Markup::Markdown)),
            ("甲.txt", "##paidend##\n一、\n##paidend##", Ok(Markup::Plain)),
            ("甲", "前言\n## 一\n正文\n## 二\n", Ok(Markup::Markdown)),
            ("甲.txt", "前言\n# 备注\n正文", Ok(Markup::Plain)),
            ("-", "标题", Ok(Markup::Plain)),
            ("甲.docx", "标题", Ok(Markup::Plain)),
            ("甲", "\n<!DOCTYPE HTML><html>", Ok(Markup::Html)),
            ("甲.txt", "<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC ''>", Ok(Markup::Html)),
            ("甲.txt", "<div>甲</div>", Ok(Markup::Plain)),
            ("甲.html", "前言<BR>正文", Ok(Markup::Html)),
            ("甲.htm", "前言\n正文 <某某>", Ok(Markup::Plain)),
            ("甲.txt", "报告<html>", Ok(Markup::Plain)),
            ("甲", "<?xml version='1.0'?><w:document/>", Err(Foreign::Xml)),
        ] {
            assert_eq!(super::markup(name, text), markup, "{name} {text}");
        }
    }
}
