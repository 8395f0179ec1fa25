//! Folding and conversion of single characters, by the tables that `build.rs` made.

include!(concat!(env!("OUT_DIR"), "/fold.rs"));

/// Folds one character; `None` where it is ignored.
pub fn fold_char(c: char) -> Option<char> {
    if !is_special(c) {
        return Some(c);
    }
    let code = c as usize;
    let folded = match PAGE_INDEX.get(code / 256) {
        Some(page) => PAGES[usize::from(*page)][code % 256],
        None => lookup(&ASTRAL, c),
    };
    (folded != IGNORED).then_some(folded)
}

/// Whether folding has to stop at a character: it changes, is ignored, or may end a gloss.
pub(super) fn is_special(c: char) -> bool {
    has(&SPECIAL, c) || c > '\u{FFFF}'
}

/// The simplified character that can stand in the place of another one: of one of another length there is none.
pub(super) fn simpler(c: char) -> Option<char> {
    if !has(&SIMPLER, c) && c <= '\u{FFFF}' {
        return None;
    }
    fold_char(c).filter(|it| *it != c && *it > '\u{2E80}' && it.len_utf8() == c.len_utf8())
}

/// Whether only the traditional script uses a character. Those that both use (后, 里, 云, 乾) are not.
pub fn is_traditional_only(c: char) -> bool {
    has(&TRADITIONAL_ONLY, c)
}

/// Whether only the simplified script uses a character. Those that both use (后, 里, 云, 干) are not.
pub fn is_simplified_only(c: char) -> bool {
    has(&SIMPLIFIED_ONLY, c)
}

/// Each traditional character in its simplified form.
pub fn to_simplified(text: &str) -> String {
    text.chars().map(|c| lookup(&TO_SIMPLIFIED, c)).collect()
}

/// Each simplified character in its usual traditional form. Where one has several (发: 發, 髮) a person has to look:
/// such a fix is never safe.
pub fn to_traditional(text: &str) -> String {
    text.chars().map(|c| lookup(&TO_TRADITIONAL, c)).collect()
}

/// The bit of a character in a set; only the first plane has any.
fn has(set: &[u64; 1024], c: char) -> bool {
    let code = c as usize;
    set.get(code / 64).is_some_and(|word| word >> (code % 64) & 1 == 1)
}

fn lookup(table: &[(char, char)], c: char) -> char {
    table.binary_search_by_key(&c, |(from, _)| *from).map_or(c, |at| table[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        text.chars().filter_map(fold_char).collect()
    }

    #[test]
    fn each_traditional_character_folds_to_its_simplified_one() {
        for (traditional, simplified) in [
            ("舉後裏裡爲為係復複規髮發", "举后里里为为系复复规发发"),
            ("關於法治政府建設與責任落實督察工作規定", "关于法治政府建设与责任落实督察工作规定"),
            ("羣衆 眾峯說説啓啟瞭解憑藉", "群众众峰说说启启了解凭借"),
        ] {
            assert_eq!(folded(traditional), simplified, "{traditional}");
            assert_eq!(folded(simplified), simplified);
        }
    }

    #[test]
    fn simplified_characters_stay_as_they_are() {
        for c in "后里云干于复系发面台只征余准丑斗谷几范郁著着覆秘群核".chars() {
            assert_eq!(fold_char(c), Some(c), "{c}");
        }
    }

    #[test]
    fn width_radicals_quotes_and_case_fold() {
        for (from, to) in [
            ("ＡＢｃ１２％，；：（）！？．＇～￥", "abc12%,;:()!?.'~¥"),
            ("“”＂", "\"\"\""),
            ("⼯⾏⽬⺠⻓⻔⾧⾨⻰⿓", "工行目民长门长门龙龙"),
            ("\u{F9E1}\u{F967}ＲＵＬＥ ÀÉ ｡ﾊ", "李不ruleàé。ハ"),
            (" \u{3000}\t\n\u{A0}\u{200B}\u{FEFF}\u{AD}\u{200D}\u{2060}\u{FE0F}\u{E0100}", ""),
        ] {
            assert_eq!(folded(from), to, "{from}");
        }
    }

    #[test]
    fn what_language_md_leaves_out_is_not_folded() {
        for c in "〇零二2两。、—－–-‘’「」『』《》〈〉【】〔〕①⑴Ⅳ²㎡℃…·".chars().filter(|c| *c != '－')
        {
            assert_eq!(fold_char(c), Some(c), "{c}");
        }
    }

    #[test]
    fn the_scripts_are_told_apart() {
        let only = |is: fn(char) -> bool, text: &str| text.chars().filter(|c| is(*c)).collect::<String>();
        let both = "后里云干于台准才只合回面谷斗丑系征余乾徵著覆群秘户温税法治政府。，A1";
        assert_eq!((only(is_traditional_only, both), only(is_simplified_only, both)), (String::new(), String::new()));
        let (simplified, traditional) =
            ("举实设规为说发对业务广厂个体党万", "舉實設規為說發對業務廣廠個體黨萬於後裡裏");
        assert_eq!(only(is_simplified_only, simplified), simplified);
        assert_eq!(only(is_traditional_only, traditional), traditional);
        assert_eq!(only(is_traditional_only, simplified), "");
        assert_eq!(only(is_simplified_only, traditional), "");
        assert_eq!(to_simplified("法治建設規定（髮）"), "法治建设规定（发）");
        assert_eq!(to_traditional("法治建设规定，督察"), "法治建設規定，督察");
    }

    #[test]
    fn folding_twice_changes_nothing_more() {
        for c in '\0'..=char::MAX {
            if let Some(folded) = fold_char(c) {
                assert_eq!(fold_char(folded), Some(folded), "{c} {folded}");
            }
        }
    }
}
