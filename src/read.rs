//! Bytes to a document: the format told by content, the encoding by what the text becomes.

use std::path::Path;

use crate::document::Document;
use crate::extracted::Extracted;
use crate::facts::Given;
use crate::locale::Locale;
use crate::outline;
use crate::problem::Problem;
use crate::say;

use detect::{Container, Content, Foreign, Markup};
use encoding::Decoded;

pub mod archive;
mod composed;
pub mod damage;
mod detect;
mod doc;
pub mod docx;
mod encoding;
mod html;
mod markdown;
mod ofd;
pub mod package;
mod pages;
mod pdf;
mod text;
pub mod xml;

/// The largest report that is read, in bytes.
pub const LIMIT: usize = 64 << 20;

/// A kind of file that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// A web page.
    Html,
    /// Word.
    Docx,
    /// PDF.
    Pdf,
    /// An old Word or WPS document.
    Doc,
    /// OFD.
    Ofd,
}

impl Format {
    /// All of them.
    pub const ALL: [Format; 7] =
        [Format::Text, Format::Markdown, Format::Html, Format::Docx, Format::Pdf, Format::Doc, Format::Ofd];

    /// The name in JSON and messages.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Text => "txt",
            Format::Markdown => "md",
            Format::Html => "html",
            Format::Docx => "docx",
            Format::Pdf => "pdf",
            Format::Doc => "doc",
            Format::Ofd => "ofd",
        }
    }

    /// The endings of file names that stand for it, in lower case.
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Format::Text => &["txt", "text"],
            Format::Markdown => &["md", "markdown", "mdown", "mkd"],
            Format::Html => &["html", "htm", "shtml", "xhtml"],
            Format::Docx => &["docx", "docm"],
            Format::Pdf => &["pdf"],
            Format::Doc => &["doc", "wps", "dot", "wpt"],
            Format::Ofd => &["ofd"],
        }
    }

    /// The format that the ending of a file name stands for.
    pub fn by_name(name: impl AsRef<Path>) -> Option<Format> {
        let ending = name.as_ref().extension()?.to_str()?.to_ascii_lowercase();
        Format::ALL.into_iter().find(|format| format.endings().contains(&ending.as_str()))
    }
}

/// How a file is read where it does not say that itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Of a web page everything, and not its article alone.
    pub raw: bool,
}

/// What a file gave, not yet understood.
#[derive(Debug)]
pub struct Taken {
    /// What kind of file it is.
    pub format: Format,
    /// The name of the encoding it came in, where it has one.
    pub encoding: Option<&'static str>,
    /// Its text.
    pub extracted: Extracted,
}

/// Reads a report in the usual way. `name` is the path as the user wrote it.
///
/// # Errors
/// A problem that names the file, the cause and the way out: nothing about it is a verdict.
pub fn read(name: &str, bytes: &[u8], given: &Given, locale: Locale) -> Result<Document, Problem> {
    read_as(name, bytes, Options::default(), given, locale)
}

/// Reads a report as the options say.
///
/// # Errors
/// As [`read`].
pub fn read_as(name: &str, bytes: &[u8], options: Options, given: &Given, locale: Locale) -> Result<Document, Problem> {
    Ok(understand(name, take(name, bytes, options, locale)?, given))
}

/// The report in what a file gave.
pub fn understand(name: &str, taken: Taken, given: &Given) -> Document {
    outline::document(name, taken.format, taken.encoding, taken.extracted, given)
}

/// Whether a file is read by libraries that one made for it may bring to fail, hang or fill the memory: then it is best
/// taken in a process of its own.
pub fn is_risky(bytes: &[u8]) -> bool {
    matches!(detect::content(bytes), Content::Parts(Container::Pdf | Container::Doc))
}

/// The ending of an old form of document that another program may convert.
pub fn old_form(bytes: &[u8]) -> Option<&'static str> {
    match detect::content(bytes) {
        Content::Foreign(Foreign::Rtf) => Some("rtf"),
        Content::Parts(Container::Doc) => Some("doc"),
        Content::Text | Content::Parts(_) | Content::Foreign(_) => None,
    }
}

/// Takes the text out of a file.
///
/// # Errors
/// As [`read`].
pub fn take(name: &str, bytes: &[u8], options: Options, locale: Locale) -> Result<Taken, Problem> {
    if bytes.len() > LIMIT {
        return Err(too_large(name, locale));
    }
    let taken = extract(name, bytes, options, locale)?;
    if taken.extracted.blocks.is_empty() { Err(empty(name, bytes, locale)) } else { Ok(taken) }
}

fn extract(name: &str, bytes: &[u8], options: Options, locale: Locale) -> Result<Taken, Problem> {
    match detect::content(bytes) {
        Content::Text => take_text(name, bytes, options, locale),
        Content::Parts(container) => {
            let extracted = take_parts(container, name, bytes, locale)?;
            Ok(Taken { format: container.format(), encoding: None, extracted })
        }
        Content::Foreign(foreign) => Err(detect::refuse(name, foreign, locale)),
    }
}

/// Takes a file that is more than text.
fn take_parts(container: Container, name: &str, bytes: &[u8], locale: Locale) -> Result<Extracted, Problem> {
    let format = container.format();
    match container {
        Container::Docx => docx::read(bytes).map(|it| it.extracted).map_err(|it| it.problem(name, format, locale)),
        Container::Pdf => pdf::read(bytes).map_err(|it| it.problem(name, format, locale)),
        Container::Ofd => ofd::read(bytes).map_err(|it| it.problem(name, format, locale)),
        Container::Doc => doc::read(bytes).map_err(|it| doc::problem(name, it, locale)),
    }
}

/// Takes a file that is text, marked up or not.
fn take_text(name: &str, bytes: &[u8], options: Options, locale: Locale) -> Result<Taken, Problem> {
    let decoded = encoding::decode(bytes).ok_or_else(|| unreadable(name, bytes, locale))?;
    let markup = detect::markup(name, &decoded.text).map_err(|it| detect::refuse(name, it, locale))?;
    let decoded = match markup {
        Markup::Html => relabelled(bytes, decoded),
        Markup::Plain | Markup::Markdown => decoded,
    };
    let encoding = Some(decoded.encoding);
    Ok(match markup {
        Markup::Plain => Taken { format: Format::Text, encoding, extracted: text::read(decoded.text) },
        Markup::Markdown => Taken { format: Format::Markdown, encoding, extracted: markdown::read(decoded.text) },
        Markup::Html => {
            let article = html::read(&decoded.text, options.raw);
            Taken { format: Format::Html, encoding, extracted: article.ok_or_else(|| no_article(name, locale))? }
        }
    })
}

/// A page in the encoding it names, where that gives Chinese.
fn relabelled(bytes: &[u8], decoded: Decoded) -> Decoded {
    html::label(&decoded.text).and_then(|it| encoding::decode_labelled(bytes, &it)).unwrap_or(decoded)
}

fn no_article(name: &str, locale: Locale) -> Problem {
    let message = say!(locale, "网页里没有找到正文", "there is no article in this page");
    let help = say!(
        locale,
        "正文可能是附件或图片：请下载附件再检查；确要检查整个网页，加 --raw",
        "it may be an attachment or a picture: download that and check it; --raw reads the whole page"
    );
    Problem::error("read::no-article", name, message).help(help)
}

/// The problem with a file past the limit.
pub fn too_large(name: &str, locale: Locale) -> Problem {
    let limit = LIMIT >> 20;
    let message = say!(locale, "文件超过 {limit} MB 的上限", "the file is larger than the limit of {limit} MB");
    let help = say!(
        locale,
        "一份报告远没有这么大；请确认给的是不是报告",
        "no report is that large; make sure that this is a report"
    );
    Problem::error("read::too-large", name, message).help(help)
}

fn empty(name: &str, bytes: &[u8], locale: Locale) -> Problem {
    let message = if bytes.is_empty() {
        say!(locale, "文件是空的", "the file is empty")
    } else {
        say!(locale, "文件里没有文字", "there is no text in the file")
    };
    let help = say!(locale, "请确认报告已经保存到这个文件", "make sure that the report was saved to this file");
    Problem::error("read::empty", name, message).help(help)
}

fn unreadable(name: &str, bytes: &[u8], locale: Locale) -> Problem {
    let save = say!(
        locale,
        "在写它的程序中另存为纯文本（.txt，编码选 UTF-8），再检查存出的文件",
        "save it as plain text (.txt, encoding UTF-8) in the program that wrote it, and check that file"
    );
    if bytes.contains(&0) {
        let message = say!(locale, "这不是文本文件", "this is not a text file");
        return Problem::error("read::binary", name, message).help(save);
    }
    let message = say!(
        locale,
        "认不出文字编码：按 UTF-8、GB18030、Big5、UTF-16 都读不成文章，文件可能已损坏",
        "the encoding cannot be told: as UTF-8, GB18030, Big5 or UTF-16 the file does not give a text; it may be damaged"
    );
    Problem::error("read::encoding", name, message).help(save)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::Piece;

    fn code(bytes: &[u8]) -> &'static str {
        read("甲.md", bytes, &Given::default(), Locale::Zh).map_or_else(|problem| problem.code, |_| "")
    }

    #[test]
    fn what_cannot_be_read_is_a_problem_and_never_a_document() {
        assert_eq!(code(b""), "read::empty");
        assert_eq!(code(" \n\u{3000}\r\n".as_bytes()), "read::empty");
        assert_eq!(code("\u{FEFF}".as_bytes()), "read::empty");
        assert_eq!(code("# \n\n<!-- 批注 -->\n## \n".as_bytes()), "read::empty");
        assert_eq!(code(&[0, 1, 2, 3, 250, 251, 252, 253]), "read::binary");
        assert_eq!(code(b"\xE9\xE8\xA0 caf\xE9 \xFF\xFE\xFD"), "read::encoding");
        assert_eq!(code(b"%PDF-1.7"), "read::damaged");
        assert_eq!(code(&vec![b'a'; LIMIT + 1]), "read::too-large");
        assert_eq!(code("法治政府建设年度报告".as_bytes()), "");
    }

    /// Whatever the bytes: pieces hold something, stand in order and on boundaries, and do not overlap.
    fn well_formed(extracted: &Extracted) -> Result<(), TestCaseError> {
        let mut last = 0;
        for block in &extracted.blocks {
            prop_assert!(!block.pieces.is_empty());
            for Piece { span, .. } in &block.pieces {
                prop_assert!(last <= span.start && span.start < span.end, "{:?}", extracted);
                prop_assert!(extracted.text.get(span.range()).is_some(), "{:?}", extracted);
                last = span.end;
            }
            let all = block.pieces[0].span.join(block.pieces[block.pieces.len() - 1].span);
            prop_assert_eq!(text::trim(&extracted.text, all), all, "{:?}", extracted);
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn blocks_are_well_formed(text in "([法治，。 　#*_`~>|\\-<!a/\\[\\]():&;=\\t\\\\1.+\\n\r\u{2028}\u{200B}é]|\n\n|1\\. |<!--|-->|\\|-\\|-\\|\n|<br>|</p>|    ){0,60}") {
            for extracted in [Some(text::read(text.clone())), Some(markdown::read(text.clone())), html::read(&text, true), html::read(&text, false)] {
                well_formed(&extracted.unwrap_or_default())?;
            }
        }

        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read("甲.md", &bytes, &Given::default(), Locale::En);
            let _ = read("甲.txt", &bytes, &Given::default(), Locale::Zh);
        }
    }

    #[test]
    fn endings_are_told_in_either_case() {
        for (name, format) in [
            ("报告.TXT", Some(Format::Text)),
            ("a.b.md", Some(Format::Markdown)),
            ("报告", None),
            (".md", None),
            ("报告.Docx", Some(Format::Docx)),
            ("报告.xlsx", None),
        ] {
            assert_eq!(Format::by_name(name), format, "{name}");
        }
    }
}
