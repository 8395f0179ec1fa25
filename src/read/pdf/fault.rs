//! What can be wrong with a PDF file, and the way out.

use crate::locale::Locale;
use crate::problem::Problem;
use crate::say;

/// Why a file cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It needs a password.
    Encrypted,
    /// It is encrypted in a way that is not known.
    Cipher,
    /// It is no PDF any more.
    Damaged,
    /// It has too many pages.
    Pages(usize),
    /// It says more than can be read in good time.
    Endless,
    /// Its pages are pictures.
    Scanned,
    /// Its pages are empty.
    Empty,
    /// Glyphs of its fonts stand for no known characters.
    Unmapped {
        /// So many glyphs.
        unknown: usize,
        /// Of so many.
        all: usize,
    },
    /// The library that reads it failed.
    Broken,
}

/// What people are told of a fault.
pub fn problem(name: &str, fault: Fault, locale: Locale) -> Problem {
    let (code, message) = message(fault, locale);
    Problem::error(code, name, message).help(help(fault, locale))
}

fn message(fault: Fault, locale: Locale) -> (&'static str, String) {
    match fault {
        Fault::Encrypted => ("read::encrypted", say!(locale, "PDF 有打开密码", "the PDF needs a password")),
        Fault::Cipher => {
            ("read::encrypted", say!(locale, "PDF 的加密方式无法识别", "the PDF is encrypted in an unknown way"))
        }
        Fault::Damaged => ("read::damaged", say!(locale, "PDF 已损坏或不完整", "the PDF is damaged or incomplete")),
        Fault::Pages(pages) => (
            "read::too-large",
            say!(
                locale,
                "PDF 有 {pages} 页，超过 {} 页的上限",
                "the PDF has {pages} pages, more than the limit of {}",
                super::MOST_PAGES
            ),
        ),
        Fault::Endless => (
            "read::too-large",
            say!(
                locale,
                "PDF 的页面内容超过上限（一页 {} 个字符，全文 {} 步绘图）",
                "the pages of the PDF hold more than the limits ({} characters a page, {} drawing steps)",
                super::glyphs::MOST_GLYPHS,
                super::glyphs::MOST_STEPS
            ),
        ),
        Fault::Scanned => {
            ("read::scanned", say!(locale, "PDF 里只有图片，没有文字（扫描件）", "the PDF holds pictures and no text"))
        }
        Fault::Empty => ("read::empty", say!(locale, "PDF 里没有文字", "there is no text in the PDF")),
        Fault::Unmapped { unknown, all } => (
            "read::font",
            say!(
                locale,
                "PDF 的字体没有文字对照表：{all} 个字中有 {unknown} 个认不出",
                "a font of the PDF does not say which characters it shows: {unknown} of {all} cannot be told"
            ),
        ),
        Fault::Broken => {
            ("read::damaged", say!(locale, "PDF 读不出来，文件可能已损坏", "the PDF cannot be read; it may be damaged"))
        }
    }
}

fn help(fault: Fault, locale: Locale) -> String {
    match fault {
        Fault::Encrypted | Fault::Cipher => say!(
            locale,
            "请取消密码后另存一份，或向起草人要 Word 原稿（.docx）",
            "save a copy without the password, or ask its author for the Word file (.docx)"
        ),
        Fault::Scanned | Fault::Empty => say!(
            locale,
            "请向起草人要 Word 原稿（.docx）；只有扫描件时，用文字识别（OCR）转成文字，核对后再检查",
            "ask its author for the Word file (.docx); where there are only pictures, turn them into text with OCR and proofread it"
        ),
        Fault::Unmapped { .. } => say!(
            locale,
            "请向起草人要 Word 原稿（.docx），或在原程序中重新导出 PDF（嵌入字体）",
            "ask its author for the Word file (.docx), or export the PDF anew with its fonts embedded"
        ),
        Fault::Damaged | Fault::Broken => say!(
            locale,
            "请重新下载或重新导出；仍读不出时，请用 Word 原稿（.docx）",
            "download or export it anew; if that does not help, use the Word file (.docx)"
        ),
        Fault::Pages(_) | Fault::Endless => say!(
            locale,
            "一份报告远没有这么长；请确认给的是不是一份报告",
            "no report is that long; make sure that this is one report"
        ),
    }
}
