//! Literals of which every match of a regex holds at least one, so that a paragraph without any is passed over.

use regex_syntax::hir::{Class, Hir, HirKind};

/// More alternatives than this are no help.
const MOST: usize = 24;

/// Texts of which each match holds at least one; `None` where there is no such short list.
pub fn literals(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => None,
        HirKind::Literal(literal) => String::from_utf8(literal.0.to_vec()).ok().map(|text| vec![text]),
        HirKind::Class(class) => characters(class),
        HirKind::Repetition(repetition) if repetition.min > 0 => literals(&repetition.sub),
        HirKind::Repetition(_) => None,
        HirKind::Capture(capture) => literals(&capture.sub),
        HirKind::Concat(parts) => parts.iter().filter_map(literals).max_by_key(|texts| worth(texts)),
        HirKind::Alternation(parts) => {
            let all = parts.iter().map(literals).collect::<Option<Vec<_>>>()?.concat();
            (all.len() <= MOST).then_some(all)
        }
    }
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
