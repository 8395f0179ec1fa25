//! Line breaks in the middle of a sentence; a text wrapped as a whole is a layout.

use crate::claim::letters::{Letter, letters, searched, span_of};
use crate::claim::{Detected, Fault};
use crate::document::{Document, Part};
use crate::locale::Locale;
use crate::say;
use crate::sentence::is_prose;
use crate::span::Span;
use crate::verdict::Fix;

/// So many breaks at least make a layout; fewer may each be a slip.
const MIN_LAYOUT_BREAKS: usize = 3;

/// Breaks inside a sentence: from the last clause before one to the first after it.
pub fn detect(document: &Document, locale: Locale) -> Detected {
    if let Some((wrapped, all)) = layout(document) {
        let note = say!(
            locale,
            "全文按行宽硬换行（{all} 段中有 {wrapped} 段），视为排版，不算断行",
            "the text is wrapped as a whole ({wrapped} of {all} paragraphs): a layout, no fault"
        );
        return Detected { evidence: searched(document, note), ..Detected::default() };
    }
    let prose = (0..document.paragraphs.len()).filter(|it| is_prose(document, *it));
    let faults = prose.flat_map(|it| of_paragraph(document, it, locale)).collect();
    let note = say!(locale, "没有句中断行", "no line break inside a sentence");
    Detected { faults, evidence: searched(document, note), unknown: None }
}

/// How many paragraphs are wrapped, of how many, where these are so many that the breaks are a layout.
fn layout(document: &Document) -> Option<(usize, usize)> {
    let breaks =
        |it: usize| document.paragraphs.get(it).map_or(0, |it| it.pieces.iter().filter(|it| it.wrapped).count());
    let prose: Vec<usize> = (0..document.paragraphs.len()).filter(|it| is_prose(document, *it)).map(breaks).collect();
    let lines = document.paragraphs.iter().filter(|it| it.part != Part::Margin).count();
    let wrapped = prose.iter().filter(|it| **it > 0).count();
    let many = wrapped * 2 > prose.len() && prose.iter().sum::<usize>() >= MIN_LAYOUT_BREAKS;
    // Where there are too few breaks to tell, headings and the other lines must be outnumbered too.
    (many || wrapped * 2 > lines).then_some((wrapped, prose.len()))
}

fn of_paragraph(document: &Document, paragraph: usize, locale: Locale) -> Vec<Fault> {
    let Some(it) = document.paragraphs.get(paragraph) else { return Vec::new() };
    if !it.pieces.iter().any(|it| it.wrapped) {
        return Vec::new();
    }
    let letters = letters(document, paragraph);
    let breaks =
        it.pieces.iter().filter(|it| it.wrapped).map(|it| letters.partition_point(|letter| letter.at < it.span.start));
    let marks: Vec<usize> =
        (0..letters.len()).filter(|at| letters.get(*at).is_some_and(|it| ends_clause(it.c))).collect();
    let mut spans: Vec<(Span, bool)> = Vec::new();
    for at in breaks {
        let (span, open) = around(&letters, &marks, at);
        match spans.last_mut() {
            // Two breaks in one clause are one fault.
            Some((last, all)) if span.start < last.end => (*last, *all) = (last.join(span), *all && open),
            _ => spans.push((span, open)),
        }
    }
    spans.into_iter().map(|(span, open)| fault(document, paragraph, span, open, locale)).collect()
}

fn fault(document: &Document, paragraph: usize, span: Span, open: bool, locale: Locale) -> Fault {
    let joined = document.text(paragraph, span).into_owned();
    let label = say!(locale, "句子在这里断成了两行", "the sentence is broken over two lines here");
    let fix = Fix { replacement: joined.clone(), safe: open };
    Fault { expected: Some(joined), fix: Some(fix), ..Fault::at(span, label) }
}

/// The clauses on either side of the break before letter `at`, and whether the first one plainly goes on. `marks` are
/// the letters that end clauses.
fn around(letters: &[Letter], marks: &[usize], at: usize) -> (Span, bool) {
    let (before, after) = letters.split_at(at.min(letters.len()));
    let last = before.iter().rposition(|it| !it.c.is_whitespace());
    // The mark right before the break belongs to the clause before it.
    let ended = marks.partition_point(|it| *it < last.unwrap_or(0));
    let start = ended.checked_sub(1).and_then(|it| marks.get(it)).map_or(0, |it| it + 1);
    // The clause after it has a character before its mark.
    let end = marks.get(marks.partition_point(|it| *it <= at)).map_or(after.len(), |it| it - at);
    let open = last.and_then(|it| before.get(it)).is_some_and(|it| matches!(it.c, '，' | '、' | '（' | '《' | '“'));
    let span = span_of(before.get(start..).unwrap_or_default());
    (span.join(span_of(after.get(..end).unwrap_or_default())), open)
}

/// The marks a clause ends at.
pub(super) const fn ends_clause(c: char) -> bool {
    matches!(c, '，' | '；' | '：' | '。' | '！' | '？' | ',' | ';' | '!' | '?' | '｡')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::testing::{assert_marked, assert_silent, document};

    fn find(document: &Document) -> Detected {
        detect(document, Locale::Zh)
    }

    const REST: &str = "\n二、不足\n还有差距。\n三、计划\n继续努力。";

    #[test]
    fn breaks() {
        let texts = [
            "一、举措\n坚持党的领导，⟦各级党组织跟进学，\n常态化学习⟧，形成合力。",
            "一、举措\n⟦推进依法\n行政⟧，效果显著。",
            "一、举措\n抓落实，⟦全面推进\n依法\n行政⟧。",
            "一、举措\n⟦推进依法\n行政⟧，效果显著，⟦不断\n提升⟧。",
            "一、举措\n办结率达到；⟦受理案件\n120件⟧。",
        ]
        .map(|text| format!("{text}{REST}"));
        assert_marked(&texts.each_ref().map(String::as_str), find);
    }

    #[test]
    fn layouts_and_whole_lines() {
        let wrapped = "坚持党的领导，推进依法行政，\n落实责任，取得明显\n成效。\n\n".repeat(4);
        assert_silent(
            &[
                &format!("一、举措\n{wrapped}二、不足\n{wrapped}"),
                &format!("一、举措\n坚持党的领导。\n推进依法行政；\n落实责任。{REST}"),
                "= 关于2024年\n= 法治政府建设情况的报告\n一、举措\n坚持党的领导。",
                "",
            ],
            find,
        );
        let text = document(&format!("一、举措\n{wrapped}"));
        assert!(find(&text).evidence[0].note.contains("硬换行"));
    }

    #[test]
    fn the_fix_joins_and_is_safe_after_a_comma() {
        let fix = |text: &str| find(&document(&format!("{text}{REST}"))).faults.remove(0).fix.unwrap();
        assert_eq!(
            fix("一、举措\n抓落实，跟进学，\n  常态化。"),
            Fix { replacement: "跟进学，常态化".into(), safe: true }
        );
        assert_eq!(fix("一、举措\n推进依法\n行政。"), Fix { replacement: "推进依法行政".into(), safe: false });
    }
}
