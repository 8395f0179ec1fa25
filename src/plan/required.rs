//! Literals without which a regex cannot match, so that a paragraph that lacks them is passed over.

use regex_syntax::hir::{Class, Hir, HirKind, Repetition};

/// More characters of a class, or alternatives, than this are no help.
const MOST: usize = 24;

/// Sets one behind the other make one of longer texts, so many of them at most: 主要 and 是|在于 make 主要是 and 主要在于.
const MOST_JOINED: usize = 32;

/// Nor are they made longer than so many bytes, however often a part is to come again.
const LONGEST: usize = 48;

/// What must come more often is written out only once.
const MOST_TIMES: u32 = 8;

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
    if let Some(texts) = all(hir) {
        return one(texts).into_iter().collect();
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) | HirKind::Literal(_) | HirKind::Class(_) => Vec::new(),
        HirKind::Repetition(repetition) if repetition.min > 0 => match repeated(repetition) {
            Some(texts) => one(texts).into_iter().collect(),
            None => sets(&repetition.sub),
        },
        HirKind::Repetition(_) => Vec::new(),
        HirKind::Capture(capture) => sets(&capture.sub),
        HirKind::Concat(parts) => in_turn(parts),
        HirKind::Alternation(parts) => either(parts).and_then(one).into_iter().collect(),
    }
}

/// The sets of parts that stand one behind the other: what can be written out is joined as far as it stays short.
fn in_turn(parts: &[Hir]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut run = nothing();
    for part in parts {
        let Some(texts) = all(part) else {
            let before = std::mem::replace(&mut run, nothing());
            match begins(part).and_then(|texts| joined(&before, &texts)) {
                Some(texts) => found.extend(one(texts)),
                None => {
                    found.extend(one(before));
                    found.extend(sets(part));
                }
            }
            continue;
        };
        run = joined(&run, &texts).unwrap_or_else(|| {
            found.extend(one(std::mem::take(&mut run)));
            texts
        });
    }
    found.extend(one(run));
    found
}

/// The texts that a part which comes once or more begins with.
fn begins(part: &Hir) -> Option<Vec<String>> {
    match part.kind() {
        HirKind::Repetition(repetition) if repetition.min > 0 => repeated(repetition),
        _ => None,
    }
}

/// Every text that a part matches, where these are few.
fn all(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Some(nothing()),
        HirKind::Literal(literal) => Some(vec![String::from_utf8(literal.0.to_vec()).ok()?]),
        HirKind::Class(class) => characters(class),
        HirKind::Repetition(repetition) if repetition.max == Some(1) => {
            let texts = all(&repetition.sub)?;
            Some(if repetition.min == 0 { [nothing(), texts].concat() } else { texts })
        }
        HirKind::Repetition(repetition) if repetition.max == Some(repetition.min) => repeated(repetition),
        HirKind::Repetition(_) => None,
        HirKind::Capture(capture) => all(&capture.sub),
        HirKind::Concat(parts) => parts.iter().try_fold(nothing(), |run, part| joined(&run, &all(part)?)),
        HirKind::Alternation(parts) => {
            let texts = parts.iter().map(all).collect::<Option<Vec<_>>>()?.concat();
            (texts.len() <= MOST).then_some(texts)
        }
    }
}

/// Every text that the times a part must come make.
fn repeated(repetition: &Repetition) -> Option<Vec<String>> {
    let texts = all(&repetition.sub).filter(|_| repetition.min <= MOST_TIMES)?;
    (0..repetition.min).try_fold(nothing(), |run, _| joined(&run, &texts))
}

fn nothing() -> Vec<String> {
    vec![String::new()]
}

/// Each of the first texts with each of the second behind it, where these are not too many.
fn joined(first: &[String], second: &[String]) -> Option<Vec<String>> {
    let longest = |texts: &[String]| texts.iter().map(String::len).max().unwrap_or(0);
    let few = first.len() * second.len() <= MOST_JOINED && longest(first) + longest(second) <= LONGEST;
    few.then(|| first.iter().flat_map(|one| second.iter().map(move |other| format!("{one}{other}"))).collect())
}

/// The set that tells most of each part, all in one.
fn either(parts: &[Hir]) -> Option<Vec<String>> {
    let best = |part| sets(part).into_iter().max_by_key(|texts| worth(texts));
    let all = parts.iter().map(best).collect::<Option<Vec<_>>>()?.concat();
    (all.len() <= MOST_JOINED).then_some(all)
}

/// A set, where it tells anything. Of two texts that begin alike the shorter is enough.
fn one(mut texts: Vec<String>) -> Option<Vec<String>> {
    texts.sort_unstable();
    texts.dedup_by(|next, kept| next.starts_with(kept.as_str()));
    let tells = texts.len() <= MOST_JOINED && !texts.iter().any(|text| is_common(text));
    tells.then_some(texts)
}

fn is_common(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next();
    first.is_none_or(|c| COMMON.contains(c)) && chars.all(|c| c.is_ascii_digit())
}

/// Long literals are rare in a text, and few are cheap.
fn worth(texts: &[String]) -> (usize, usize) {
    (texts.iter().map(|text| text.chars().count()).min().unwrap_or(0), MOST_JOINED.saturating_sub(texts.len()))
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
            ("督[查察]组", &[&["督察组", "督查组"]]),
            ("(?:^|[^学])([习習]书[记記])", &[&["习书記", "习书记", "習书記", "習书记"]]),
            ("浏览(?:次数|量)?", &[&["浏览"]]),
            ("甲乙|丙丁+", &[&["丙丁", "甲乙"]]),
            ("甲?乙*(?:丙{2,})", &[&["丙丙"]]),
            ("甲{3}|乙", &[&["乙", "甲甲甲"]]),
            ("(?i)ab", &[&["AB", "Ab", "aB", "ab"]]),
            ("[，。][0-9]{2}年", &[&["年"]]),
            ("主要(?:是|在[于於])[^：]", &[&["主要在于", "主要在於", "主要是"]]),
            ("不[^。]{0,9}主要", &[&["主要"], &["不"]]),
            ("(?:甲|乙)(?:的|性)?原因", &[&["乙原因", "乙性原因", "乙的原因", "甲原因", "甲性原因", "甲的原因"]]),
            ("[，。]{2,}", &[&["。。", "。，", "，。", "，，"]]),
            ("[0-9][0-9]", &[]),
            ("的|甲", &[]),
            (r"\p{Han}.\d", &[]),
            ("", &[]),
        ];
        for (regex, wanted) in cases {
            assert_eq!(literals(&regex_syntax::parse(regex).unwrap()), *wanted, "{regex}");
        }
    }
}
