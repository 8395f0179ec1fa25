//! What keeps a file from being read, and the way out, in words.

use crate::locale::Locale;
use crate::problem::Problem;
use crate::read::Format;
use crate::read::archive::{LARGEST_ALL, LARGEST_MEMBER, MOST_MEMBERS, STEEPEST};
use crate::read::xml::DEEPEST;
use crate::say;

/// What is wrong with a file that is more than text. Parts are named as the file names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// The container cannot be opened, or ends too early.
    Container,
    /// It asks for a password.
    Encrypted,
    /// It holds that many parts.
    ManyMembers(usize),
    /// A part is packed by a method nobody uses for documents.
    Method(String),
    /// Two parts have one name.
    Twice,
    /// A part that must be there is not.
    Missing(&'static str),
    /// A part is larger than the limit, unpacked.
    Large(String),
    /// A part unpacks to far more than it is packed.
    Steep(String),
    /// All parts together are larger than the limit.
    LargeAll,
    /// The bytes of a part do not agree with its checksum, or cannot be unpacked.
    Broken(String),
    /// A part is no well-formed XML: it ends too early, or its tags do not match.
    Malformed(String),
    /// Elements of a part are nested too deep.
    Deep(String),
    /// A part declares entities of its own.
    Entities(String),
    /// The text stands in another file that this one only embeds.
    Embedded,
}

impl Damage {
    /// The problem to be shown for a file of that format.
    pub fn problem(&self, name: &str, format: Format, locale: Locale) -> Problem {
        let message = format!("{}{}", self.kind(format, locale), self.cause(locale));
        Problem::error(self.code(), name, message).help(self.way_out(format, locale))
    }

    const fn code(&self) -> &'static str {
        match self {
            Damage::Encrypted => "read::encrypted",
            Damage::ManyMembers(_) | Damage::Large(_) | Damage::Steep(_) | Damage::LargeAll | Damage::Deep(_) => {
                "read::limit"
            }
            Damage::Embedded => "read::embedded",
            Damage::Container
            | Damage::Method(_)
            | Damage::Twice
            | Damage::Missing(_)
            | Damage::Broken(_)
            | Damage::Malformed(_)
            | Damage::Entities(_) => "read::damaged",
        }
    }

    fn kind(&self, format: Format, locale: Locale) -> String {
        let ending = format.name();
        say!(locale, "这份 .{ending} 文件", "this .{ending} file ")
    }

    fn cause(&self, locale: Locale) -> String {
        let (member_mb, all_mb) = (LARGEST_MEMBER >> 20, LARGEST_ALL >> 20);
        match self {
            Damage::Container => {
                say!(locale, "打不开：内容不完整或已损坏", "cannot be opened: it is cut short or damaged")
            }
            Damage::Encrypted => say!(locale, "设了密码，读不出来", "has a password and cannot be read"),
            Damage::ManyMembers(count) => say!(
                locale,
                "里有 {count} 个部件，超过 {MOST_MEMBERS} 个的上限",
                "holds {count} parts, more than the limit of {MOST_MEMBERS}"
            ),
            Damage::Method(part) => {
                say!(locale, "的部件 {part} 用了不认识的压缩方法", "packs its part {part} by an unknown method")
            }
            Damage::Twice => say!(
                locale,
                "里有两个部件同名，不知道哪一个是正文",
                "has two parts of one name, and which one is the text cannot be told"
            ),
            Damage::Missing(part) => say!(locale, "里没有 {part}，缺了正文", "lacks {part}, and so the text"),
            Damage::Large(part) => say!(
                locale,
                "的部件 {part} 解压后超过 {member_mb} MB 的上限",
                "has a part, {part}, that unpacks to more than the limit of {member_mb} MB"
            ),
            Damage::Steep(part) => say!(
                locale,
                "的部件 {part} 解压后超过原来的 {STEEPEST} 倍，像是压缩炸弹",
                "has a part, {part}, that unpacks to more than {STEEPEST} times its size, as zip bombs do"
            ),
            Damage::LargeAll => say!(
                locale,
                "解压后一共超过 {all_mb} MB 的上限",
                "unpacks to more than the limit of {all_mb} MB in all"
            ),
            Damage::Broken(part) => {
                say!(locale, "的部件 {part} 解压不出来，已损坏", "has a damaged part, {part}, that cannot be unpacked")
            }
            Damage::Malformed(part) => {
                say!(locale, "的部件 {part} 不完整或已损坏", "has a part, {part}, that is cut short or damaged")
            }
            Damage::Deep(part) => say!(
                locale,
                "的部件 {part} 嵌套超过 {DEEPEST} 层",
                "has a part, {part}, with elements nested more than {DEEPEST} deep"
            ),
            Damage::Entities(part) => say!(
                locale,
                "的部件 {part} 自己定义了实体，正常的文档不会这样",
                "has a part, {part}, that declares entities, which no sound document does"
            ),
            Damage::Embedded => say!(
                locale,
                "嵌入了另一份文档，正文没有存在本文件里",
                "embeds another document, so that not all of its text is in this file"
            ),
        }
    }

    fn way_out(&self, format: Format, locale: Locale) -> String {
        let ending = format.name();
        match self {
            Damage::Encrypted => say!(
                locale,
                "打开它，去掉密码后另存一份，再检查那一份",
                "open it, save a copy without the password, and check that copy"
            ),
            _ => say!(
                locale,
                "用写它的程序打开，另存为新的 .{ending} 文件，再检查新存的文件；打不开就请对方重发",
                "open it in the program that wrote it, save it as a new .{ending} file, and check that; if it does not \
                 open, have it sent again"
            ),
        }
    }
}
