//! Stray traditional characters in a simplified report, or the reverse.

use crate::claim::letters::{Letter, is_han, letters, proper, searched, span_of, texts};
use crate::claim::{Detected, Fault};
use crate::document::Document;
use crate::fold::{is_simplified_only, is_traditional_only, to_simplified, to_traditional};
use crate::locale::Locale;
use crate::say;
use crate::verdict::Fix;

/// So many characters of both scripts between two stray ones are still one run: 習近平講話.
const MAX_GAP: usize = 2;

/// Whether a report is written in traditional characters: it has more that are only traditional than only simplified.
pub fn is_traditional(document: &Document) -> bool {
    let (traditional, simplified) = counts(document);
    traditional > simplified
}

/// How many characters are only traditional, and how many only simplified.
fn counts(document: &Document) -> (usize, usize) {
    let (mut traditional, mut simplified) = (0, 0);
    for text in proper(document).flat_map(|it| texts(document, it)) {
        for c in text.chars() {
            traditional += usize::from(is_traditional_only(c));
            simplified += usize::from(is_simplified_only(c));
        }
    }
    (traditional, simplified)
}

/// Runs of characters in the other script.
pub fn detect(document: &Document, locale: Locale) -> Detected {
    let counts = counts(document);
    let traditional = counts.0 > counts.1;
    let mut faults = Vec::new();
    let (stray, all): (fn(char) -> bool, usize) =
        if traditional { (is_simplified_only, counts.1) } else { (is_traditional_only, counts.0) };
    let strays = |paragraph: &usize| all > 0 && texts(document, *paragraph).any(|text| text.contains(stray));
    for paragraph in proper(document).filter(strays) {
        let letters = letters(document, paragraph);
        let runs = runs(&letters, stray);
        let runs = runs.into_iter().filter(|(_, quoted)| !quoted).map(|(run, _)| run);
        faults.extend(runs.map(|run| fault(document, paragraph, run, traditional, locale)));
    }
    let note = if traditional {
        say!(locale, "全文使用繁体字", "written in traditional characters throughout")
    } else {
        say!(locale, "全文使用简体字", "written in simplified characters throughout")
    };
    Detected { faults, evidence: searched(document, note), unknown: None }
}

fn fault(document: &Document, paragraph: usize, run: &[Letter], traditional: bool, locale: Locale) -> Fault {
    let span = span_of(run);
    let text = document.text(paragraph, span);
    let right = if traditional { to_traditional(&text) } else { to_simplified(&text) };
    let label = if traditional {
        say!(
            locale,
            "繁体文本中夹有简体字，应为“{right}”",
            "simplified characters in a traditional text; “{right}” is due"
        )
    } else {
        say!(
            locale,
            "简体文本中夹有繁体字，应为“{right}”",
            "traditional characters in a simplified text; “{right}” is due"
        )
    };
    // One simplified character may stand for several traditional ones, so that way round wants a reader.
    let fix = Fix { replacement: right.clone(), safe: !traditional };
    Fault { expected: Some(right), fix: Some(fix), ..Fault::at(span, label) }
}

/// Runs of stray characters, and whether each belongs to a text quoted in its own script.
fn runs(letters: &[Letter], stray: fn(char) -> bool) -> Vec<(&[Letter], bool)> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for (index, _) in letters.iter().enumerate().filter(|(_, it)| stray(it.c)) {
        match spans.last_mut() {
            Some((_, end)) if index - *end <= MAX_GAP && letters.get(*end..index).is_some_and(all_han) => {
                *end = index + 1
            }
            _ => spans.push((index, index + 1)),
        }
    }
    spans.into_iter().filter_map(|(from, to)| Some((letters.get(from..to)?, is_quoted(letters, from)))).collect()
}

fn all_han(letters: &[Letter]) -> bool {
    letters.iter().all(|it| is_han(it.c))
}

/// Whether the character at `index` stands in the title of a text from where the other script is written: a name in
/// 《》 or “” with 香港, 澳门, 台湾 before it in the sentence or inside it.
fn is_quoted(letters: &[Letter], index: usize) -> bool {
    const MAX_BACK: usize = 60;
    let before = letters.get(index.saturating_sub(MAX_BACK)..index).unwrap_or_default();
    let mut depth = 0;
    let opened = before.iter().rposition(|it| {
        depth += i32::from(matches!(it.c, '》' | '”' | '」')) - i32::from(matches!(it.c, '《' | '“' | '「'));
        depth < 0
    });
    let Some(opened) = opened else { return false };
    let from = before.iter().take(opened).rposition(|it| matches!(it.c, '。' | '；')).map_or(0, |it| it + 1);
    let near: String = before
        .get(from..)
        .unwrap_or_default()
        .iter()
        .chain(letters.iter().skip(index).take(20))
        .map(|it| it.c)
        .collect();
    let near = to_simplified(&near);
    ["香港", "澳门", "台湾", "港澳", "繁体"].iter().any(|it| near.contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::testing::{assert_marked, assert_silent, document};

    fn find(document: &Document) -> Detected {
        detect(document, Locale::Zh)
    }

    #[test]
    fn stray_characters() {
        assert_marked(
            &[
                "引进辉煌星⟦電⟧子、新辉科技等企业。",
                "深入学习贯彻⟦習近平總書記重要講話⟧精神，推进依法行政各项工作落实见效。",
                "印发《法治政府建设实施⟦綱⟧要》，推进⟦執⟧法监督。",
                "深入學習貫徹法治思想，推進⟦执⟧法監督。",
                "= 关于法治政府建设情⟦況⟧的报告",
            ],
            find,
        );
    }

    #[test]
    fn one_script() {
        assert_silent(
            &[
                "深入学习贯彻习近平法治思想，里程、后来、云计算、制度、干部、才能、只有、面对、系统。",
                "深入學習貫徹習近平法治思想，以后里程、干部、只有、皇后、云云，依法行政。",
                "借鉴香港《個人資料（私隱）條例》的做法，完善制度，规范执法，强化监督，优化营商环境。",
                "",
                "ABC 123",
            ],
            find,
        );
    }

    #[test]
    fn fixes() {
        let fix = |text: &str| find(&document(text)).faults.remove(0).fix.unwrap();
        assert_eq!(fix("引进星電子企业，规范执法。"), Fix { replacement: "电".into(), safe: true });
        assert!(!fix("深入學習貫徹法治思想，推進执法監督。").safe);
    }
}
