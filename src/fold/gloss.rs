//! Pinyin glosses: `第一責(zé)任人` is 第一责任人 with a gloss behind its third character.

/// A syllable has six letters at most, and each may carry marks of its own.
const LONGEST: usize = 12;

const INITIALS: [&str; 24] = [
    "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s", "y",
    "w", "",
];

const FINALS: [&str; 41] = [
    "a", "o", "e", "ai", "ei", "ao", "ou", "an", "en", "ang", "eng", "ong", "er", "i", "ia", "ie", "iao", "iu", "ian",
    "in", "iang", "ing", "iong", "u", "ua", "uo", "uai", "ui", "uan", "un", "uang", "ue", "ü", "üe", "üan", "ün", "v",
    "ve", "van", "vn", "ueng",
];

/// The length in bytes of the gloss that `folded` ends with, its brackets included.
pub(super) fn ending(folded: &str) -> Option<usize> {
    let inner = folded.strip_suffix(')')?;
    let (open, _) = inner.char_indices().rev().take(LONGEST).find(|(_, c)| *c == '(')?;
    let (before, syllable) = (inner.get(..open)?, inner.get(open + 1..)?);
    (before.chars().next_back().is_some_and(is_han) && is_toned(syllable)).then_some(folded.len() - open)
}

/// Whether a character is a Chinese one.
fn is_han(c: char) -> bool {
    matches!(c, '〇' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Whether it is one syllable with one tone. By number only from two letters on: `(a1)` is rather a label.
fn is_toned(text: &str) -> bool {
    let digit = text.strip_suffix(|c| matches!(c, '1'..='5'));
    let (mut letters, mut marks) = (String::new(), 0);
    for c in digit.unwrap_or(text).chars() {
        let (letter, marked) = strip_tone(c);
        letters.extend(letter);
        marks += usize::from(marked);
    }
    let one_tone = if digit.is_some() { marks == 0 && letters.len() > 1 } else { marks == 1 };
    one_tone && is_syllable(&letters)
}

/// A letter without its tone mark, and whether it had one; a mark that follows its letter is no letter itself.
fn strip_tone(c: char) -> (Option<char>, bool) {
    match c {
        'ā' | 'á' | 'ǎ' | 'ă' | 'à' => (Some('a'), true),
        'ē' | 'é' | 'ě' | 'ĕ' | 'è' => (Some('e'), true),
        'ī' | 'í' | 'ǐ' | 'ĭ' | 'ì' => (Some('i'), true),
        'ō' | 'ó' | 'ǒ' | 'ŏ' | 'ò' => (Some('o'), true),
        'ū' | 'ú' | 'ǔ' | 'ŭ' | 'ù' => (Some('u'), true),
        'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => (Some('ü'), true),
        '\u{300}' | '\u{301}' | '\u{304}' | '\u{306}' | '\u{30C}' => (None, true),
        '\u{308}' => (None, false),
        'ɑ' => (Some('a'), false),
        'ɡ' => (Some('g'), false),
        _ => (Some(c), false),
    }
}

fn is_syllable(letters: &str) -> bool {
    INITIALS.iter().any(|initial| {
        letters.strip_prefix(initial).is_some_and(|last| {
            FINALS.contains(&last) && (last != "o" || matches!(*initial, "b" | "p" | "m" | "f" | "w" | "y" | "l" | ""))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_toned_syllable_behind_a_chinese_character_is_a_gloss() {
        for gloss in ["(zé)", "(ze2)", "(xí)", "(zhuàng)", "(lü4)", "(lv4)", "(nǚ)", "(é)", "(ze\u{301})", "(ɡuó)"]
        {
            assert_eq!(ending(&format!("第一责{gloss}")), Some(gloss.len()), "{gloss}");
        }
        for other in [
            "一责(ze)",
            "一责()",
            "一责)",
            "(zé)",
            "a(zé)",
            "面积(m2)",
            "附件(a1)",
            "浓度(co2)",
            "平(xíjìn)",
            "责(zé2)",
            "责(2)",
            "责(一)",
            "责(zé",
            "责(zé任)",
            "责((zé)",
            "责(ze6)",
            "责(café)",
            "责(版本zé)",
            "责(v2)",
        ] {
            let expected = (other == "责((zé)").then_some(0);
            assert_eq!(ending(other), expected.filter(|length| *length > 0), "{other}");
        }
    }
}
