//! What a file is, told by its content: what cannot be read is named, with the way out.

use memchr::memmem;

use crate::locale::Locale;
use crate::problem::Problem;
use crate::read::Format;
use crate::read::archive::Archive;
use crate::say;

/// A kind of file that is no text, as its first bytes tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Foreign {
    Doc,
    Xlsx,
    Pptx,
    Odt,
    Ofd,
    Pdf,
    Rtf,
    Html,
    Image,
    Archive,
}

/// First bytes that tell a kind of file, and the kind.
const SIGNATURES: [(&[u8], Foreign); 12] = [
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Foreign::Doc),
    (b"%PDF-", Foreign::Pdf),
    (b"{\\rtf", Foreign::Rtf),
    (b"\x89PNG\r\n", Foreign::Image),
    (b"\xFF\xD8\xFF", Foreign::Image),
    (b"GIF8", Foreign::Image),
    (b"II*\0", Foreign::Image),
    (b"MM\0*", Foreign::Image),
    (b"\x1F\x8B", Foreign::Archive),
    (b"7z\xBC\xAF\x27\x1C", Foreign::Archive),
    (b"Rar!\x1A", Foreign::Archive),
    (b"PK\x05\x06", Foreign::Archive),
];

/// What a zip archive holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    Format(Format),
    Foreign(Foreign),
}

/// How names of members begin that tell what a zip archive holds.
const MEMBERS: [(&str, Held); 4] = [
    ("word/document", Held::Format(Format::Docx)),
    ("xl/workbook", Held::Foreign(Foreign::Xlsx)),
    ("ppt/presentation", Held::Foreign(Foreign::Pptx)),
    ("OFD.xml", Held::Foreign(Foreign::Ofd)),
];

/// What the first member of an OpenDocument text says, unpacked, right behind its name.
const ODT: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument.text";

/// How far into a file that is looked for.
const HEAD: usize = 256;

/// The format of a file that is more than text and can be read, told by its content.
pub(super) fn container(bytes: &[u8]) -> Option<Format> {
    match held(bytes)? {
        Held::Format(format) => Some(format),
        Held::Foreign(_) => None,
    }
}

/// What a zip archive holds, by the names of its members. One whose list of members is lost still has each name in
/// front of each member.
fn held(bytes: &[u8]) -> Option<Held> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return None;
    }
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    if memmem::find(head, ODT).is_some() {
        return Some(Held::Foreign(Foreign::Odt));
    }
    let by_names = |archive: Archive<'_>| {
        let among = |wanted: &str| archive.names().any(|name| name.starts_with(wanted));
        MEMBERS.iter().find(|(name, _)| among(name)).map(|(_, held)| *held)
    };
    let found = match Archive::open(bytes) {
        Ok(archive) => by_names(archive),
        Err(_) => {
            MEMBERS.iter().find(|(name, _)| memmem::find(bytes, name.as_bytes()).is_some()).map(|(_, held)| *held)
        }
    };
    Some(found.unwrap_or(Held::Foreign(Foreign::Archive)))
}

/// The problem with a file that is plainly no text.
pub(super) fn refuse(name: &str, bytes: &[u8], locale: Locale) -> Option<Problem> {
    let foreign = foreign(bytes)?;
    let kind = foreign.name(locale);
    let message = say!(
        locale,
        "这是{kind}，这一版只能读 Word 文档（.docx）、纯文本（.txt）和 Markdown（.md）",
        "this is {kind}, and this version reads Word documents (.docx), plain text (.txt) and Markdown (.md) only"
    );
    Some(Problem::error("read::format", name, message).help(foreign.way_out(locale)))
}

fn foreign(bytes: &[u8]) -> Option<Foreign> {
    match held(bytes) {
        Some(Held::Foreign(foreign)) => return Some(foreign),
        Some(Held::Format(_)) => return None,
        None => {}
    }
    let signature = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature));
    signature.map(|(_, foreign)| *foreign).or_else(|| is_markup(bytes).then_some(Foreign::Html))
}

/// Whether a whole file is HTML or XML; a tag in the midst of a text does not make it so.
fn is_markup(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    ["<!doctype html", "<html", "<?xml"]
        .iter()
        .any(|tag| start.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes())))
}

impl Foreign {
    fn name(self, locale: Locale) -> String {
        match self {
            Foreign::Doc => {
                say!(locale, "旧版 Office 或 WPS 文档（.doc、.wps）", "an old Office or WPS document (.doc, .wps)")
            }
            Foreign::Xlsx => say!(locale, "电子表格（.xlsx）", "a spreadsheet (.xlsx)"),
            Foreign::Pptx => say!(locale, "演示文稿（.pptx）", "a presentation (.pptx)"),
            Foreign::Odt => say!(locale, " OpenDocument 文档（.odt）", "an OpenDocument text (.odt)"),
            Foreign::Ofd => say!(locale, " OFD 版式文件（.ofd）", "an OFD file (.ofd)"),
            Foreign::Pdf => say!(locale, " PDF 文件", "a PDF file"),
            Foreign::Rtf => say!(locale, " RTF 文档", "an RTF document"),
            Foreign::Html => say!(locale, "网页或 XML 文件", "a web page or XML file"),
            Foreign::Image => say!(locale, "图片", "a picture"),
            Foreign::Archive => say!(locale, "压缩包", "an archive"),
        }
    }

    fn way_out(self, locale: Locale) -> String {
        match self {
            Foreign::Doc | Foreign::Odt | Foreign::Rtf => say!(
                locale,
                "在 Word 或 WPS 中打开，另存为 .docx，再检查存出的文件",
                "open it in Word or WPS, save it as .docx, and check that file"
            ),
            Foreign::Pdf | Foreign::Ofd | Foreign::Html | Foreign::Xlsx | Foreign::Pptx => say!(
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

/// The format of a text: by its name's ending where that says Markdown, else by its content.
pub(super) fn format(name: &str, text: &str) -> Format {
    match Format::by_name(name) {
        Some(Format::Markdown) => Format::Markdown,
        Some(Format::Text | Format::Docx) | None if has_headings(text) => Format::Markdown,
        Some(Format::Text | Format::Docx) | None => Format::Text,
    }
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
    fn what_is_no_text_is_named_with_the_way_out() {
        for (bytes, kind, help) in [
            (&b"PK\x03\x04\x14\0....xl/workbook.xml"[..], "电子表格", "复制到一个 .txt"),
            (b"PK\x03\x04\x14\0....a.txt", "压缩包", "解压"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0", ".doc", "另存为 .docx"),
            (b"%PDF-1.7\n%\xE2\xE3", "PDF", "复制到一个 .txt"),
            (b"{\\rtf1\\ansi", "RTF", "另存为 .docx"),
            (b"\x89PNG\r\n\x1A\n", "图片", "OCR"),
            (b"\xEF\xBB\xBF\n<!DOCTYPE HTML><html>", "网页", "复制到一个 .txt"),
        ] {
            let problem = refuse("甲.txt", bytes, Locale::Zh).unwrap();
            assert_eq!((problem.code, problem.path.as_str()), ("read::format", "甲.txt"));
            assert!(problem.message.contains(kind), "{}", problem.message);
            assert!(problem.help.unwrap().contains(help));
        }
        for text in ["报告 %PDF-1.4", "<某某>", "< html", "PK", ""] {
            assert!(refuse("甲", text.as_bytes(), Locale::En).is_none(), "{text}");
        }
    }

    #[test]
    fn the_format_is_told_by_ending_and_content() {
        for (name, text, format) in [
            ("甲.md", "标题", Format::Markdown),
            ("甲.MarkDown", "标题", Format::Markdown),
            ("甲.txt", "标题\n一、", Format::Text),
            ("甲.txt", "\n# 标题\n", Format::Markdown),
            ("甲.txt", "##paidend##\n一、\n##paidend##", Format::Text),
            ("甲", "前言\n## 一\n正文\n## 二\n", Format::Markdown),
            ("甲.txt", "前言\n# 备注\n正文", Format::Text),
            ("-", "标题", Format::Text),
            ("甲.docx", "标题", Format::Text),
        ] {
            assert_eq!(super::format(name, text), format, "{name} {text}");
        }
    }
}
