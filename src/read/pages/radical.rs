//! Radicals put back to characters: fonts often map 一, 工, 民 to the radicals of the same shape, which nobody wrote.

use unicode_normalization::char::decompose_compatible;

use super::{Item, Laid, Line};
use crate::fold::fold_char;

/// Puts characters for radicals, in a traditional text the traditional ones.
pub fn replace(pages: &mut [Laid]) {
    let traditional = is_traditional(pages);
    for line in pages.iter_mut().flat_map(|it| &mut it.items).flat_map(lines) {
        if line.text.chars().any(is_radical) {
            line.text = line.text.chars().map(|c| if is_radical(c) { character(c, traditional) } else { c }).collect();
        }
    }
}

fn lines(item: &mut Item) -> &mut [Line] {
    match item {
        Item::Line(line) => std::slice::from_mut(line),
        Item::Cell(lines) => lines,
    }
}

const fn is_radical(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FDF}')
}

/// One font maps both 户 and 戶 to ⼾, so that the text round it must say which was meant.
fn character(radical: char, traditional: bool) -> char {
    let simplified = fold_char(radical).unwrap_or(radical);
    let mut found = simplified;
    match radical {
        '\u{2ED1}' if traditional => found = '長',
        '\u{2F00}'.. if traditional => decompose_compatible(radical, |c| found = c),
        _ => {}
    }
    found
}

/// Whether more than a few characters in a hundred are traditional ones.
fn is_traditional(pages: &[Laid]) -> bool {
    let (mut all, mut traditional) = (0, 0);
    for c in pages.iter().flat_map(Laid::lines).flat_map(|it| it.text.chars()) {
        if matches!(c, '\u{4E00}'..='\u{9FFF}') {
            all += 1;
            traditional += usize::from(fold_char(c) != Some(c));
        }
    }
    traditional * 20 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_radical_is_the_character_that_the_text_is_written_in() {
        for (radical, simplified, traditional) in [
            ('⼀', '一', '一'),
            ('⼾', '户', '戶'),
            ('⾞', '车', '車'),
            ('⻓', '长', '长'),
            ('⻑', '长', '長'),
            ('⺠', '民', '民'),
        ] {
            assert_eq!((character(radical, false), character(radical, true)), (simplified, traditional));
        }
    }
}
