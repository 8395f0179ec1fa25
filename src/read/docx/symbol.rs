//! Characters that Word writes as elements.

use crate::read::xml::Tag;

/// The characters of symbol fonts that reports have: ticks, boxes and dots.
const SYMBOLS: [(u32, char); 12] = [
    (0xF0FC, '✓'),
    (0xF0FB, '✗'),
    (0xF0FE, '☑'),
    (0xF0FD, '☒'),
    (0xF0A8, '□'),
    (0xF06F, '□'),
    (0xF0A3, '□'),
    (0xF06C, '●'),
    (0xF06E, '■'),
    (0xF075, '◆'),
    (0xF0D8, '➢'),
    (0xF0B7, '•'),
];

/// What `w:sym` shows. A sign of a font that is not known is shown as a box.
pub fn symbol(tag: &Tag<'_>) -> Option<char> {
    let code = u32::from_str_radix(&tag.get("char")?, 16).ok()?;
    let known = SYMBOLS.iter().find(|(from, _)| *from == code).map(|(_, to)| *to);
    let private = (0xE000..0xF900).contains(&code);
    known.or_else(|| if private { Some('□') } else { char::from_u32(code).filter(|c| !c.is_control()) })
}
