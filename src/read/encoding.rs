//! Bytes to text: the encoding is the one in which the most characters are common Chinese ones.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

include!(concat!(env!("OUT_DIR"), "/common.rs"));

/// How much of a file is looked at to tell its encoding, in bytes.
const SAMPLE: usize = 1 << 16;

/// From this share of common Chinese characters on, bytes are taken for Chinese; texts have 0.6 and more, bytes read
/// in a wrong encoding seldom 0.2.
const PLAUSIBLE: f64 = 0.4;

/// From this share on, text that was turned back into bytes is taken for Chinese in another encoding.
const GARBLED: f64 = 0.7;

/// So many question marks, and a third of the text, stand for characters that were lost.
const MANY_LOST: usize = 20;

/// A text and the name of the encoding it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The name of the encoding.
    pub encoding: &'static str,
}

/// Decodes a file; `None` where no encoding gives a text.
pub fn decode(bytes: &[u8]) -> Option<Decoded> {
    let mark = Encoding::for_bom(bytes);
    let rest = bytes.get(mark.map_or(0, |(_, length)| length)..).unwrap_or_default();
    match mark {
        Some((encoding, _)) if encoding != UTF_8 => decode_marked(encoding, rest),
        // UTF-8 is told without its mark.
        _ => decode_unmarked(rest),
    }
}

/// Decodes a page in the encoding it names; `None` where there is no such encoding, a byte order mark says another, or
/// what it gives is much less Chinese than what the bytes themselves tell.
pub fn decode_labelled(bytes: &[u8], label: &str) -> Option<Decoded> {
    let encoding = Encoding::for_label(label.as_bytes())?;
    // What calls itself GB2312 or GBK may hold characters of GB18030, of which both are parts.
    let encoding = if encoding == encoding_rs::GBK { GB18030 } else { encoding };
    let told = most_chinese(sample(bytes)).map_or(0.0, |it| share(it, sample(bytes)));
    let fits = Encoding::for_bom(bytes).is_none() && share(encoding, sample(bytes)) >= told - 0.1;
    fits.then(|| decode_as(encoding, bytes)).flatten()
}

/// A byte order mark is believed, unless what follows gives more Chinese in an encoding it does not name.
fn decode_marked(encoding: &'static Encoding, rest: &[u8]) -> Option<Decoded> {
    let other = most_chinese(sample(rest)).filter(|it| share(encoding, sample(rest)) < share(it, sample(rest)));
    decode_as(other.unwrap_or(encoding), rest)
}

fn decode_unmarked(bytes: &[u8]) -> Option<Decoded> {
    let sample = sample(bytes);
    let utf8 = std::str::from_utf8(bytes);
    if let Ok(text) = utf8
        && (text.is_ascii() && !sample.contains(&0) || share_of(start(text, sample)) >= PLAUSIBLE)
    {
        return is_text(text).then(|| Decoded { text: text.to_owned(), encoding: UTF_8.name() });
    }
    let utf8 = utf8.is_ok();
    let best = ascii_in_pairs(sample).or_else(|| most_chinese(sample));
    decode_as(best.or_else(|| (utf8 && !is_garbled(sample)).then_some(UTF_8))?, bytes)
}

/// Whether UTF-8 holds Chinese that was read in a wrong encoding and saved so: 娉曟不鏀垮簻, ·¨ÖÎÕþ¸®.
fn is_garbled(sample: &[u8]) -> bool {
    let text = String::from_utf8_lossy(sample);
    [(GB18030, UTF_8), (WINDOWS_1252, GB18030), (WINDOWS_1252, UTF_8)]
        .iter()
        .any(|(wrong, right)| share(right, &wrong.encode(&text).0) > GARBLED)
}

/// The bytes from the first one on that can tell: text that is all ASCII at first says nothing.
fn sample(bytes: &[u8]) -> &[u8] {
    let first = bytes.iter().position(|byte| *byte == 0 || !byte.is_ascii()).unwrap_or_default() & !1;
    let end = bytes.len().min(first + SAMPLE);
    bytes.get(first..end).unwrap_or_default()
}

/// The characters of a text that its sample holds.
fn start<'t>(text: &'t str, sample: &[u8]) -> &'t str {
    let first = text.as_bytes().iter().position(|byte| *byte == 0 || !byte.is_ascii()).unwrap_or_default() & !1;
    text.get(first..text.floor_char_boundary(first + sample.len())).unwrap_or_default()
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Option<Decoded> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    is_text(&text).then(|| Decoded { text: text.into_owned(), encoding: name(encoding) })
}

/// The encoding with the highest share; the first one on a tie.
fn most_chinese(sample: &[u8]) -> Option<&'static Encoding> {
    let mut best = (None, PLAUSIBLE);
    for encoding in [UTF_8, GB18030, BIG5, UTF_16LE, UTF_16BE] {
        let share = share(encoding, sample);
        if share > best.1 {
            best = (Some(encoding), share);
        }
    }
    best.0
}

/// UTF-16 that is mostly ASCII: every second byte is zero.
fn ascii_in_pairs(sample: &[u8]) -> Option<&'static Encoding> {
    let (pairs, _) = sample.as_chunks::<2>();
    let is_ascii = |high: u8, low: u8| high == 0 && (low.is_ascii_graphic() || low.is_ascii_whitespace());
    let little = pairs.iter().filter(|[low, high]| is_ascii(*high, *low)).count();
    let big = pairs.iter().filter(|[high, low]| is_ascii(*high, *low)).count();
    let most = |count: usize| count > 0 && count * 10 >= pairs.len() * 9;
    if most(little) {
        return Some(UTF_16LE);
    }
    most(big).then_some(UTF_16BE)
}

/// The share of common Chinese characters and marks among what is not ASCII. What no text holds counts against it
/// three times over, so that zero bytes outweigh the characters that random bytes happen to give; one is added, so
/// that of two readings of a few bytes the one with more Chinese in it wins.
fn share(encoding: &'static Encoding, sample: &[u8]) -> f64 {
    let mut text = String::with_capacity(sample.len() * 3 + 16);
    let _ = encoding.new_decoder_without_bom_handling().decode_to_string(sample, &mut text, false);
    share_of(&text)
}

fn share_of(text: &str) -> f64 {
    let (mut common, mut all) = (0_u32, 0_u32);
    for c in text.chars() {
        if is_han(c) || !c.is_ascii() && !c.is_whitespace() || is_control(c) {
            common += u32::from(is_common(c));
            all += if is_control(c) { 3 } else { 1 };
        }
    }
    f64::from(common) / f64::from(all + 1)
}

/// Whether a character is one of those that nearly all of a Chinese text are.
fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

fn is_common(c: char) -> bool {
    let code = c as usize;
    COMMON.get(code / 64).is_some_and(|word| word >> (code % 64) & 1 == 1)
}

/// What no text holds: controls other than line ends and tabs, and the mark of a byte that could not be decoded.
fn is_control(c: char) -> bool {
    !is_han(c)
        && (c == '\u{FFFD}'
            || c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{1A}' | '\u{85}'))
}

/// A byte or two may be damaged, or a file cut off inside a character; more than that is no text. Nor is what a
/// program made of Chinese that its encoding has no room for: question marks.
fn is_text(text: &str) -> bool {
    let strange = if may_hold_controls(text) { text.chars().filter(|c| is_control(*c)).count() } else { 0 };
    let lost = text.bytes().filter(|byte| *byte == b'?').count();
    if strange == 0 && lost < MANY_LOST {
        return true;
    }
    let visible = text.chars().filter(|c| !c.is_whitespace()).count();
    strange <= 1 + text.len() / 1500 && strange * 2 <= visible && (lost < MANY_LOST || lost * 3 < visible)
}

/// Whether a text has to be looked at for controls: the bytes they are written with are rare.
fn may_hold_controls(text: &str) -> bool {
    let bytes = text.as_bytes();
    let rare = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r') || byte == 0x7F;
    // Without a way out of the loop many bytes are compared at once.
    bytes.iter().fold(false, |found, byte| found | rare(*byte))
        || memchr::memchr(0xC2, bytes).is_some()
        || text.contains('\u{FFFD}')
}

fn name(encoding: &'static Encoding) -> &'static str {
    if encoding == GB18030 { "GB18030" } else { encoding.name() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of our own, of the kind that is to be read.
    const SIMPLIFIED: &str = "某某区2023年度法治政府建设情况\n\n　　一、主要做法。依法办理行政复议案件12件，\
        “谁执法谁普法”落实到位；……开展《宪法》宣传（共３场）。\nABC";
    const TRADITIONAL: &str = "某某區2023年度法治政府建設情況\n\n　　一、主要做法。依法辦理行政復議案件12件，\
        「誰執法誰普法」落實到位；……開展《憲法》宣傳（共３場）。\nABC";

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[track_caller]
    fn reads(bytes: &[u8], encoding: &str, text: &str) {
        let decoded = decode(bytes).unwrap_or_else(|| panic!("{encoding}: {text}"));
        assert_eq!((decoded.encoding, decoded.text.as_str()), (encoding, text));
    }

    #[test]
    fn each_encoding_is_told_by_what_the_text_becomes() {
        for text in
            [SIMPLIFIED, TRADITIONAL, "报告", "法治", "依法行政", "ascii first, then 法治政府建设", "存在的不足"]
        {
            reads(text.as_bytes(), "UTF-8", text);
            reads(format!("\u{FEFF}{text}").as_bytes(), "UTF-8", text);
            reads(&GB18030.encode(text).0, "GB18030", text);
            for (encoding, bytes) in
                [("UTF-16LE", u16::to_le_bytes as fn(u16) -> [u8; 2]), ("UTF-16BE", u16::to_be_bytes)]
            {
                reads(&utf16(&format!("\u{FEFF}{text}"), bytes), encoding, text);
                reads(&utf16(text, bytes), encoding, text);
            }
        }
        for text in [TRADITIONAL, "報告", "依法行政", "存在的不足", "法治政府建設年度報告"] {
            reads(&BIG5.encode(text).0, "Big5", text);
        }
        reads(&utf16("plain text\n", u16::to_le_bytes), "UTF-16LE", "plain text\n");
        reads(&utf16("plain text\n", u16::to_be_bytes), "UTF-16BE", "plain text\n");
        for text in ["plain text", "café naïve", "Отчёт", "보고서", "甲", "龘靐齉"] {
            reads(text.as_bytes(), "UTF-8", text);
        }
    }

    #[test]
    fn a_long_ascii_head_does_not_hide_the_text() {
        let text = format!("{}{SIMPLIFIED}", "x".repeat(200_001));
        reads(&GB18030.encode(&text).0, "GB18030", &text);
        reads(&utf16(&text, u16::to_le_bytes), "UTF-16LE", &text);
    }

    #[test]
    fn a_text_cut_off_inside_a_character_is_read() {
        for encoding in [UTF_8, GB18030, BIG5] {
            let bytes = encoding.encode(TRADITIONAL).0;
            for end in (bytes.len() / 2..bytes.len()).filter(|end| *end > 60) {
                let decoded = decode(&bytes[..end]).unwrap();
                assert_eq!(decoded.encoding, name(encoding));
                assert!(TRADITIONAL.starts_with(decoded.text.trim_end_matches('\u{FFFD}')) || encoding == GB18030);
            }
        }
    }

    #[test]
    fn a_wrong_byte_order_mark_is_not_believed() {
        for mark in [&b"\xFF\xFE"[..], b"\xFE\xFF", b"\xEF\xBB\xBF"] {
            let marked = |bytes: &[u8]| [mark, bytes].concat();
            reads(&marked(SIMPLIFIED.as_bytes()), "UTF-8", SIMPLIFIED);
            reads(&marked(&GB18030.encode(SIMPLIFIED).0), "GB18030", SIMPLIFIED);
            reads(&marked(&utf16(SIMPLIFIED, u16::to_be_bytes)), "UTF-16BE", SIMPLIFIED);
        }
        reads(&utf16("\u{FEFF}Отчёт о работе", u16::to_le_bytes), "UTF-16LE", "Отчёт о работе");
        reads("\u{FEFF}Отчёт о работе".as_bytes(), "UTF-8", "Отчёт о работе");
    }

    #[test]
    fn what_fits_no_encoding_is_refused() {
        let mut damaged = SIMPLIFIED.as_bytes().to_vec();
        damaged.iter_mut().step_by(9).for_each(|byte| *byte = 0xFF);
        let noise: Vec<u8> = (0..4000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let zeros = [0_u8; 500];
        let kana = encoding_rs::SHIFT_JIS.encode("これはテストのぶんしょうです。ひらがなとカタカナ").0.into_owned();
        let hangul = encoding_rs::EUC_KR.encode("이것은 시험을 위한 문서입니다. 한국어로 썼습니다").0.into_owned();
        let latin = b"caf\xE9 na\xEFve r\xE9sum\xE9".to_vec();
        let garbled = [
            GB18030.decode_without_bom_handling(SIMPLIFIED.as_bytes()).0.into_owned().into_bytes(),
            WINDOWS_1252.decode_without_bom_handling(&GB18030.encode(SIMPLIFIED).0).0.into_owned().into_bytes(),
            WINDOWS_1252.decode_without_bom_handling(SIMPLIFIED.as_bytes()).0.into_owned().into_bytes(),
        ];
        let lost = SIMPLIFIED.replace(|c: char| !c.is_ascii(), "?").into_bytes();
        let few: [&[u8]; 4] = [b"\0\xFF\0\xD8\x01", b"\0\xDC", b"\x01", b"\x01\x02"];
        let all = [&damaged[..], &noise, &zeros, &kana, &hangul, &latin, &garbled[0], &garbled[1], &garbled[2], &lost];
        for bytes in all.into_iter().chain(few) {
            assert_eq!(decode(bytes), None);
            assert_eq!(decode(&[b"\xEF\xBB\xBF", bytes].concat()), None);
        }
    }

    #[test]
    fn any_bytes_end() {
        for length in 0..64 {
            for byte in [0_u8, 0x1A, 0x41, 0x81, 0xFE, 0xFF] {
                let _ = decode(&vec![byte; length]);
            }
        }
    }
}
