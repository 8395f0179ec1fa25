//! Makes the character tables at build time: folding, conversion between the scripts, common characters.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

use hanconv::RawDictionary::{HKVariants, STCharacters, TSCharacters};
use unicode_normalization::UnicodeNormalization;

/// Stands in the tables for "this character is ignored"; no text holds it, for it is no character.
const IGNORED: char = '\u{10FFFF}';

/// The radicals U+2E80-2EFF, each before its character, as Unicode's EquivalentUnifiedIdeograph has them: NFKC knows
/// only two of them.
const RADICALS: &str = "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺋㔾⺌小⺍尐⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄\
⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爬⺦丬⺧牛⺨犭⺩王⺫目⺬示\
⺭礻⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺶羊⺹耂⺺肀⺻聿⺼肉⺾艹⺿艺⻀艻⻁虎⻂衤⻃覀⻄西⻅见\
⻆角⻈讠⻉贝⻋车⻌辶⻍辷⻎辸⻏邑⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞\
⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟";

/// Where the dictionary keeps a character for the sake of a rare word (瞭望, 狼藉), although in traditional texts it
/// mostly stands for another (瞭解, 憑藉).
const MOSTLY: &str = "瞭了藉借牴抵祇只衹只";

/// Characters with a simplified counterpart that the simplified standard keeps for some words or names: 乾隆, 毕昇.
/// They are never stray.
const KEPT: &str = "乾夥徵藉覆瞭麽薹彷阪麴甯摺吒昇祇氾陞谿堃喆澂祕龢鉅";

/// Characters of simplified look that traditional texts have too: 海淀, 厘清, surnames.
const SHARED: &str = "亘厘淀涂熏璇膻蚝蝎跖";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/read/common.txt");
    let scripts = Scripts::load();
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("fold.rs"), fold_tables(&scripts)?)?;
    fs::write(Path::new(&out).join("common.rs"), common_table(&scripts, &fs::read_to_string("src/read/common.txt")?)?)?;
    Ok(())
}

/// The tables of single characters from one script to the other.
struct Scripts {
    simplified: BTreeMap<char, char>,
    traditional: BTreeMap<char, char>,
}

impl Scripts {
    fn load() -> Scripts {
        let mut simplified: BTreeMap<char, char> = TSCharacters.iter().filter_map(single).collect();
        simplified.extend(pairs(MOSTLY));
        // 薴 leads to 苧, which leads to 苎: folding goes the whole way, so that it changes nothing when done again.
        let once = simplified.clone();
        simplified.values_mut().for_each(|to| *to = once.get(to).copied().unwrap_or(*to));
        simplified.retain(|from, to| from != to);
        let mut traditional: BTreeMap<char, char> = STCharacters.iter().filter_map(single).collect();
        traditional.retain(|from, to| from != to);
        Scripts { simplified, traditional }
    }

    fn to_simplified(&self, c: char) -> char {
        self.simplified.get(&c).copied().unwrap_or(c)
    }

    fn traditional_only(&self) -> BTreeSet<char> {
        self.simplified.keys().copied().filter(|c| !KEPT.contains(*c)).collect()
    }

    /// Big5's first level holds the characters that traditional texts use; what lies outside it and has a
    /// traditional counterpart is simplified. The forms that Hong Kong prefers (户, 税) are used there too.
    fn simplified_only(&self) -> BTreeSet<char> {
        let hong_kong: BTreeSet<char> = HKVariants.var_iter().flat_map(|(_, forms)| forms).filter_map(only).collect();
        self.traditional
            .keys()
            .copied()
            .filter(|c| !in_big5_level_1(*c) && !hong_kong.contains(c) && !SHARED.contains(*c))
            .collect()
    }
}

fn single((from, to): (&str, &str)) -> Option<(char, char)> {
    Some((only(from)?, only(to)?))
}

fn only(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

fn pairs(text: &str) -> impl Iterator<Item = (char, char)> {
    text.chars().step_by(2).zip(text.chars().skip(1).step_by(2))
}

fn in_big5_level_1(c: char) -> bool {
    let text = c.to_string();
    let (bytes, _, failed) = encoding_rs::BIG5.encode(&text);
    !failed && matches!(bytes[..], [0xA4..=0xC5, _] | [0xC6, ..=0x7E])
}

/// The folded form of one character: what `language.md` lists, and nothing else.
fn fold(c: char, scripts: &Scripts, radicals: &BTreeMap<char, char>) -> Option<char> {
    let c = compatible(c, radicals);
    match c {
        _ if is_ignored(c) => None,
        '“' | '”' => Some('"'),
        _ => Some(lower(scripts.to_simplified(c))),
    }
}

/// Full width to half width, radicals and compatibility ideographs to their characters, where one gives one.
fn compatible(c: char, radicals: &BTreeMap<char, char>) -> char {
    match c {
        '\u{2E80}'..='\u{2EFF}' => radicals.get(&c).copied().unwrap_or(c),
        '\u{2F00}'..='\u{2FDF}'
        | '\u{3000}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FF00}'..='\u{FFEF}'
        | '\u{2F800}'..='\u{2FA1F}' => {
            let mut forms = std::iter::once(c).nfkc();
            forms.next().filter(|_| forms.next().is_none()).unwrap_or(c)
        }
        _ => c,
    }
}

/// White space, soft hyphens and what has no width: joiners, direction marks, byte order marks, variation selectors.
fn is_ignored(c: char) -> bool {
    c.is_whitespace()
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180B}'..='\u{180E}' | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0100}'..='\u{E01EF}')
}

fn lower(c: char) -> char {
    let latin = matches!(c, 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}');
    let mut forms = c.to_lowercase();
    if latin && forms.len() == 1 { forms.next().unwrap_or(c) } else { c }
}

fn fold_tables(scripts: &Scripts) -> Result<String, Box<dyn Error>> {
    let radicals: BTreeMap<char, char> = pairs(RADICALS).collect();
    let folded: BTreeMap<char, char> = ('\0'..=char::MAX)
        .filter(|c| *c != IGNORED)
        .map(|c| (c, fold(c, scripts, &radicals).unwrap_or(IGNORED)))
        .filter(|(from, to)| from != to)
        .collect();
    let mut out = pages(&folded)?;
    // The closing bracket folds to itself, but a gloss may end there, so the fast path has to stop at it.
    let special: BTreeSet<char> = folded.keys().copied().chain([')']).collect();
    writeln!(out, "const IGNORED: char = {IGNORED:?};")?;
    out += &bits("SPECIAL", &special)?;
    out += &bits("SIMPLER", &simpler(&folded))?;
    out += &bits("TRADITIONAL_ONLY", &scripts.traditional_only())?;
    out += &bits("SIMPLIFIED_ONLY", &scripts.simplified_only())?;
    let astral = folded.iter().filter(|(from, _)| **from > '\u{FFFF}');
    out += &table("ASTRAL", astral)?;
    out += &table("TO_SIMPLIFIED", scripts.simplified.iter())?;
    out += &table("TO_TRADITIONAL", scripts.traditional.iter())?;
    Ok(out)
}

/// What has a simplified character of the same length to stand in its place.
fn simpler(folded: &BTreeMap<char, char>) -> BTreeSet<char> {
    let in_place = |from: char, to: char| to != IGNORED && to > '\u{2E80}' && from.len_utf8() == to.len_utf8();
    folded.iter().filter(|(from, to)| in_place(**from, **to)).map(|(from, _)| *from).collect()
}

/// The first plane in pages of 256 characters; pages on which nothing changes are not stored (page 0 stands for
/// them), for which `SPECIAL` is asked first.
fn pages(folded: &BTreeMap<char, char>) -> Result<String, Box<dyn Error>> {
    let mut pages = Vec::new();
    let mut index = Vec::new();
    for page in 0..256_u32 {
        let chars: Vec<char> = (page * 256..(page + 1) * 256)
            .map(|code| char::from_u32(code).unwrap_or('\0'))
            .map(|c| folded.get(&c).copied().unwrap_or(c))
            .collect();
        let changed = (page * 256..).zip(&chars).any(|(code, c)| *c != '\0' && code != u32::from(*c));
        index.push(if changed || page == 0 { pages.len() } else { 0 });
        if changed || page == 0 {
            pages.push(chars);
        }
    }
    let mut out = String::new();
    writeln!(out, "static PAGE_INDEX: [u8; 256] = {index:?};")?;
    writeln!(out, "static PAGES: [[char; 256]; {}] = {pages:?};", pages.len())?;
    Ok(out)
}

/// One bit for each character of the first plane.
fn bits(name: &str, chars: &BTreeSet<char>) -> Result<String, Box<dyn Error>> {
    let mut words = [0_u64; 1024];
    for code in chars.iter().map(|c| u32::from(*c) as usize).filter(|code| *code < 0x10000) {
        words[code / 64] |= 1 << (code % 64);
    }
    let mut out = String::new();
    writeln!(out, "static {name}: [u64; 1024] = {words:?};")?;
    Ok(out)
}

/// Pairs in order, for binary search.
fn table<'a>(name: &str, pairs: impl Iterator<Item = (&'a char, &'a char)>) -> Result<String, Box<dyn Error>> {
    let pairs: Vec<_> = pairs.collect();
    let mut out = String::new();
    writeln!(out, "static {name}: [(char, char); {}] = {pairs:?};", pairs.len())?;
    Ok(out)
}

/// The common characters of official Chinese in both scripts: each with every traditional form it has.
fn common_table(scripts: &Scripts, list: &str) -> Result<String, Box<dyn Error>> {
    let simplified: BTreeSet<char> = list.chars().filter(|c| !c.is_whitespace() && !c.is_ascii()).collect();
    let mut common = simplified.clone();
    common.extend(scripts.simplified.iter().filter(|(_, to)| simplified.contains(to)).map(|(from, _)| *from));
    bits("COMMON", &common)
}
