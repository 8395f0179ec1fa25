//! A zip container and its members, unpacked within limits: the only user of zip.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::io::{Cursor, Read, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::read::damage::Damage;

/// The largest member, unpacked, in bytes.
pub const LARGEST_MEMBER: u64 = 64 << 20;
/// The most that is unpacked of one file in all, in bytes.
pub const LARGEST_ALL: u64 = 256 << 20;
/// How many times its packed size a member may have, past [`ALWAYS`].
pub const STEEPEST: u64 = 100;
/// Up to this size a member may be packed however well.
const ALWAYS: u64 = 100 << 10;
/// How many members a container may have.
pub const MOST_MEMBERS: usize = 10_000;

/// An open container.
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    unpacked: u64,
}

impl<'a> Archive<'a> {
    /// Opens a container and looks through its list of members.
    ///
    /// # Errors
    /// What is no zip file, has too many members, or two of one name.
    pub fn open(bytes: &'a [u8]) -> Result<Archive<'a>, Damage> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Damage::Container)?;
        if zip.len() > MOST_MEMBERS {
            return Err(Damage::ManyMembers(zip.len()));
        }
        let mut seen = HashSet::new();
        // Names that differ in case or slashes alone are one name to the programs that write such files.
        let all_new = zip.file_names_raw().all(|name| seen.insert(plain(&String::from_utf8_lossy(name))));
        if zip.has_duplicate_names() || !all_new {
            return Err(Damage::Twice);
        }
        Ok(Archive { zip, unpacked: 0 })
    }

    /// The names of the members, in the order of the container.
    pub fn names(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.zip.file_names_raw().map(String::from_utf8_lossy)
    }

    /// Whether there is a member of that name, in whatever case.
    pub fn has(&self, name: &str) -> bool {
        self.index(name).is_some()
    }

    fn index(&self, name: &str) -> Option<usize> {
        let exact = self.zip.index_for_name(name);
        exact.or_else(|| self.names().position(|it| plain(&it) == plain(name)))
    }

    /// The bytes of a member; `None` where there is none of that name.
    ///
    /// # Errors
    /// A member that is past a limit, damaged, or behind a password.
    pub fn member(&mut self, name: &str) -> Result<Option<Vec<u8>>, Damage> {
        let Some(index) = self.index(name) else { return Ok(None) };
        let file = self.zip.by_index(index).map_err(|error| damage(&error, name))?;
        let steep = file.compressed_size().saturating_mul(STEEPEST).max(ALWAYS);
        let most = steep.min(LARGEST_MEMBER);
        let mut bytes = Vec::with_capacity(usize::try_from(file.size().min(most)).unwrap_or_default());
        let read = file.take(most + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > most {
            let name = name.to_owned();
            return Err(if most < LARGEST_MEMBER { Damage::Steep(name) } else { Damage::Large(name) });
        }
        read.map_err(|_| Damage::Broken(name.to_owned()))?;
        self.unpacked += bytes.len() as u64;
        if self.unpacked > LARGEST_ALL { Err(Damage::LargeAll) } else { Ok(Some(bytes)) }
    }

    /// A member that is text, decoded; `None` where there is none of that name. XML is UTF-8 unless its first bytes
    /// say UTF-16.
    ///
    /// # Errors
    /// As [`Archive::member`]; and what is neither encoding.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, Damage> {
        let Some(bytes) = self.member(name)? else { return Ok(None) };
        decode(bytes).map(Some).ok_or_else(|| Damage::Malformed(name.to_owned()))
    }

    /// The container with some members written anew and others added; all the rest is copied as it is packed.
    ///
    /// # Errors
    /// A member that cannot be copied.
    pub fn rewritten(&mut self, members: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, Damage> {
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        out.set_raw_comment(self.zip.comment().into()).map_err(|_| Damage::Container)?;
        let mut left: BTreeMap<&String, &Vec<u8>> = members.iter().collect();
        for index in 0..self.zip.len() {
            let file = self.zip.by_index_raw(index).map_err(|error| damage(&error, "zip"))?;
            let name = String::from_utf8_lossy(file.name_raw()).into_owned();
            let mended = left.keys().find(|it| plain(it) == plain(&name)).copied();
            match mended.and_then(|it| left.remove(it)) {
                None => out.raw_copy_file(file).map_err(|error| damage(&error, &name))?,
                Some(bytes) => {
                    let time = file.last_modified().unwrap_or_default();
                    drop(file);
                    write(&mut out, &name, bytes, time)?;
                }
            }
        }
        for (name, bytes) in left {
            write(&mut out, name, bytes, zip::DateTime::default())?;
        }
        Ok(out.finish().map_err(|_| Damage::Container)?.into_inner())
    }
}

/// Adds one member.
fn write(out: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, bytes: &[u8], time: zip::DateTime) -> Result<(), Damage> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(time);
    let fail = |_| Damage::Broken(name.to_owned());
    out.start_file(name, options).map_err(|error| damage(&error, name))?;
    out.write_all(bytes).map_err(fail)
}

fn damage(error: &ZipError, name: &str) -> Damage {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => Damage::Encrypted,
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => Damage::Method(name.to_owned()),
        // The library's own enum may grow.
        _ => Damage::Broken(name.to_owned()),
    }
}

/// A name as names are compared: no case, one kind of slash, none in front.
fn plain(name: &str) -> String {
    name.trim_start_matches(['/', '\\']).replace('\\', "/").to_lowercase()
}

/// The text of an XML part without its byte order mark.
fn decode(bytes: Vec<u8>) -> Option<String> {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let units = pairs.iter().map(|pair| unit(*pair));
        rest.is_empty().then(|| char::decode_utf16(units).collect::<Result<String, _>>().ok()).flatten()
    };
    match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => std::str::from_utf8(rest).ok().map(str::to_owned),
        _ => String::from_utf8(bytes).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A container of members, packed.
    fn packed(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in members {
            write(&mut out, name, bytes, zip::DateTime::default()).unwrap();
        }
        out.finish().unwrap().into_inner()
    }

    #[test]
    fn members_are_found_in_any_case_and_kept_as_they_were_packed() {
        let bytes =
            packed(&[("a.xml", b"<a/>"), ("Word/Document.xml", "\u{FEFF}甲".as_bytes()), ("图.png", &[0, 255])]);
        let mut archive = Archive::open(&bytes).unwrap();
        assert_eq!(archive.text("word/document.xml"), Ok(Some("甲".to_owned())));
        assert_eq!(archive.member("/图.png"), Ok(Some(vec![0, 255])));
        assert_eq!(archive.member("b"), Ok(None));
        assert_eq!(archive.text("图.png"), Err(Damage::Malformed("图.png".to_owned())));
        let members = BTreeMap::from([("word/document.xml".to_owned(), vec![b'x']), ("new".to_owned(), vec![b'y'])]);
        let again = archive.rewritten(&members).unwrap();
        let mut archive = Archive::open(&again).unwrap();
        assert_eq!(archive.names().collect::<Vec<_>>(), ["a.xml", "Word/Document.xml", "图.png", "new"]);
        assert_eq!(archive.member("Word/Document.xml"), Ok(Some(vec![b'x'])));
        assert_eq!(archive.member("图.png"), Ok(Some(vec![0, 255])));
    }

    #[test]
    fn limits_hold() {
        let open = |members: &[(&str, &[u8])]| Archive::open(&packed(members)).err();
        assert_eq!(open(&[("a", b""), ("A", b"")]), Some(Damage::Twice));
        let many: Vec<String> = (0..=MOST_MEMBERS).map(|it| it.to_string()).collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|it| (it.as_str(), &b""[..])).collect();
        assert_eq!(open(&many), Some(Damage::ManyMembers(MOST_MEMBERS + 1)));
        assert_eq!(Archive::open(b"PK\x03\x04 and nothing").err(), Some(Damage::Container));
        let read = |bytes: &[u8]| {
            let packed = packed(&[("a", bytes)]);
            Archive::open(&packed).unwrap().member("a").map(|it| it.unwrap().len())
        };
        assert_eq!(read(&vec![b' '; ALWAYS as usize]), Ok(ALWAYS as usize));
        assert_eq!(read(&vec![b' '; 1 << 20]), Err(Damage::Steep("a".to_owned())));
    }

    #[test]
    fn bytes_that_were_altered_are_told_by_their_checksum() {
        let text: Vec<u8> = (0..2000_u32).flat_map(|it| it.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        let whole = packed(&[("a", &text)]);
        for at in (40..whole.len() - 200).step_by(97) {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x5A;
            let read = Archive::open(&bytes).and_then(|mut it| it.member("a"));
            assert_eq!(read, Err(Damage::Broken("a".to_owned())), "{at}");
        }
    }

    #[test]
    fn text_is_utf_8_or_utf_16() {
        let utf16 = |mark: u16, bytes: fn(u16) -> [u8; 2]| {
            std::iter::once(mark).chain("甲b".encode_utf16()).flat_map(bytes).collect::<Vec<u8>>()
        };
        assert_eq!(decode(utf16(0xFEFF, u16::to_le_bytes)).as_deref(), Some("甲b"));
        assert_eq!(decode(utf16(0xFEFF, u16::to_be_bytes)).as_deref(), Some("甲b"));
        assert_eq!(decode(vec![0xFF, 0xFE, 0x32]), None);
        assert_eq!(decode(vec![0xB7, 0xA8]), None);
    }
}
