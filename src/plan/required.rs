//! Literals without which a regex cannot match, so that a paragraph that lacks them is passed over.

use regex_syntax::hir::{Class, Hir, HirKind};

/// More alternatives than this are no help.
const MOST: usize = 24;

/// So many sets tell enough.
const SETS: usize = 3;

/// What stands in nearly every paragraph tells nothing.
const COMMON: &str = "，。、；：的一0123456789";

/// Sets of texts: each match holds at least one text of every set, those that tell most first. None at all where
/// nothing short and telling is known.
pub fn literals(hir: &Hir) -> Vec<Vec<String>> {
    let mut sets = sets(hir);
    sets.sort_by_key(|texts| std::cmp::Reverse(worth(texts)));
    sets.dedup();
    sets.truncate(SETS);
    sets
}

fn sets(hir: &Hir) -> Vec<Vec<String>> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Vec::new(),
        HirKind::Literal(literal) => one(String::from_utf8(literal.0.to_vec()).ok().map(|text| vec![text])),
        HirKind::Class(class) => one(characters(class)),
        HirKind::Repetition(repetition) if repetition.min > 0 => sets(&repetition.sub),
        HirKind::Repetition(_) => Vec::new(),
        HirKind::Capture(capture) => sets(&capture.sub),
        HirKind::Concat(parts) => parts.iter().flat_map(sets).collect(),
        HirKind::Alternation(parts) => one(either(parts)),
    }
}

/// The set that tells most of each part, all in one.
fn either(parts: &[Hir]) -> Option<Vec<String>> {
    let best = |part| sets(part).into_iter().max_by_key(|texts| worth(texts));
    let mut all = parts.iter().map(best).collect::<Option<Vec<_>>>()?.concat();
    all.sort_unstable();
    all.dedup();
    Some(all)
}

fn one(texts: Option<Vec<String>>) -> Vec<Vec<String>> {
    texts.filter(|texts| tells(texts)).into_iter().collect()
}

fn tells(texts: &[String]) -> bool {
    texts.len() <= MOST && !texts.iter().any(|text| COMMON.contains(text.as_str()))
}

/// Long literals are rare in a text, and few are cheap.
fn worth(texts: &[String]) -> (usize, usize) {
    (texts.iter().map(|text| text.chars().count()).min().unwrap_or(0), MOST.saturating_sub(texts.len()))
}

fn characters(class: &Class) -> Option<Vec<String>> {
    let Class::Unicode(class) = class else { return None };
    let count: usize = class.iter().map(regex_syntax::hir::ClassUnicodeRange::len).sum();
    if count > MOST {
        return None;
    }
    Some(class.iter().flat_map(|range| range.start()..=range.end()).map(String::from).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_match_cannot_do_without() {
        let cases: &[(&str, &[&[&str]])] = &[
            ("督[查察]组", &[&["督"], &["组"], &["察", "查"]]),
            ("(?:^|[^学])([习習]书[记記])", &[&["书"], &["习", "習"], &["記", "记"]]),
            ("浏览(?:次数|量)?", &[&["浏览"]]),
            ("甲乙|丙丁+", &[&["丁", "甲乙"]]),
            ("甲?乙*(?:丙{2,})", &[&["丙"]]),
            ("(?i)ab", &[&["A", "a"], &["B", "b"]]),
            ("[，。][0-9]{2}年", &[&["年"]]),
            ("的|甲", &[]),
            (r"\p{Han}.\d", &[]),
            ("", &[]),
        ];
        for (regex, wanted) in cases {
            assert_eq!(literals(&regex_syntax::parse(regex).unwrap()), *wanted, "{regex}");
        }
    }
}
