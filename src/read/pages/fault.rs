//! What can be wrong with a file of pages, and the way out.

use crate::locale::Locale;
use crate::problem::Problem;
use crate::read::Format;
use crate::read::damage::Damage;
use crate::say;

/// More pages than this are no report.
pub const MOST_PAGES: usize = 10_000;
/// More characters than this are no page.
pub const MOST_GLYPHS: usize = 200_000;
/// So many drawing steps are made in all: forms that draw each other grow without end.
pub const MOST_STEPS: usize = 20_000_000;

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It needs a password.
    Encrypted,
    /// It is encrypted in a way that is not known.
    Cipher,
    /// It is damaged, or no such file at all.
    Damaged,
    /// A part of its container is damaged or past a limit.
    Part(Damage),
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

impl Fault {
    /// What people are told of it.
    pub fn problem(&self, name: &str, format: Format, locale: Locale) -> Problem {
        if let Fault::Part(damage) = self {
            return damage.problem(name, format, locale);
        }
        Problem::error(self.code(), name, self.message(&format.name().to_uppercase(), locale)).help(self.help(locale))
    }

    const fn code(&self) -> &'static str {
        match self {
            Fault::Encrypted | Fault::Cipher => "read::encrypted",
            Fault::Damaged | Fault::Broken | Fault::Part(_) => "read::damaged",
            Fault::Pages(_) | Fault::Endless => "read::limit",
            Fault::Scanned => "read::scanned",
            Fault::Empty => "read::empty",
            Fault::Unmapped { .. } => "read::font",
        }
    }

    fn message(&self, kind: &str, locale: Locale) -> String {
        match self {
            Fault::Encrypted => say!(locale, "{kind} 有打开密码", "the {kind} needs a password"),
            Fault::Cipher => say!(locale, "{kind} 的加密方式无法识别", "the {kind} is encrypted in an unknown way"),
            Fault::Damaged => say!(locale, "{kind} 已损坏或不完整", "the {kind} is damaged or incomplete"),
            Fault::Pages(pages) => say!(
                locale,
                "{kind} 有 {pages} 页，超过 {MOST_PAGES} 页的上限",
                "the {kind} has {pages} pages, more than the limit of {MOST_PAGES}"
            ),
            Fault::Endless => say!(
                locale,
                "{kind} 的页面内容超过上限（一页 {MOST_GLYPHS} 个字符，全文 {MOST_STEPS} 步绘图）",
                "the pages of the {kind} hold more than the limits ({MOST_GLYPHS} characters a page, {MOST_STEPS} drawing steps)"
            ),
            Fault::Scanned => {
                say!(locale, "{kind} 里只有图片，没有文字（扫描件）", "the {kind} holds pictures and no text")
            }
            Fault::Empty => say!(locale, "{kind} 里没有文字", "there is no text in the {kind}"),
            Fault::Unmapped { unknown, all } => say!(
                locale,
                "{kind} 的字体没有文字对照表：{all} 个字中有 {unknown} 个认不出",
                "a font of the {kind} does not say which characters it shows: {unknown} of {all} cannot be told"
            ),
            Fault::Broken | Fault::Part(_) => {
                say!(locale, "{kind} 读不出来，文件可能已损坏", "the {kind} cannot be read; it may be damaged")
            }
        }
    }

    fn help(&self, locale: Locale) -> String {
        match self {
            Fault::Encrypted | Fault::Cipher => say!(
                locale,
                "请取消密码后另存一份，或向起草人要 Word 原稿（.docx）",
                "save a copy without the password, or ask its author for the Word file (.docx)"
            ),
            Fault::Scanned | Fault::Empty => say!(
                locale,
                "请向起草人要 Word 原稿（.docx）；只有扫描件时，用文字识别（OCR）转成文字，核对后再检查",
                "ask its author for the Word file (.docx); where there are only pictures, turn them into text with OCR \
                 and proofread it"
            ),
            Fault::Unmapped { .. } => say!(
                locale,
                "请向起草人要 Word 原稿（.docx），或在原程序中重新导出（嵌入字体）",
                "ask its author for the Word file (.docx), or export it anew with its fonts embedded"
            ),
            Fault::Damaged | Fault::Broken | Fault::Part(_) => say!(
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
}

/// What was counted on all pages.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// Pages.
    pub pages: usize,
    /// Glyphs that stand for known characters.
    pub known: usize,
    /// Glyphs that do not.
    pub unknown: usize,
    /// Pictures.
    pub images: usize,
}

impl Counts {
    /// Whether what was read is a text: glyphs there are, and all but a few of them stand for known characters.
    ///
    /// # Errors
    /// Why it is none.
    pub fn judge(self) -> Result<(), Fault> {
        let Counts { pages, known, unknown, images } = self;
        let all = known + unknown;
        // A page number or a stamp set over scanned pages is no text of a report.
        let scanned = images >= pages && known < 40 * pages;
        if all == 0 {
            return Err(if images > 0 { Fault::Scanned } else { Fault::Empty });
        }
        if unknown > 10 && unknown * 100 > all {
            return Err(Fault::Unmapped { unknown, all });
        }
        if scanned { Err(Fault::Scanned) } else { Ok(()) }
    }
}
