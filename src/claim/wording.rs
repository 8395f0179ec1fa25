//! `write A instead of P`.

use crate::claim::cover::Cover;
use crate::claim::ground::{Ground, within};
use crate::claim::{Asking, Fault, Judged};
use crate::document::Paragraph;
use crate::index::{Domain, Hit};
use crate::lang::ast::{Phrase, PhrasePart};
use crate::plan::needle::Needle;
use crate::say;
use crate::source::slice;
use crate::verdict::Fix;
use crate::{claim::script, fold};

/// Judges it: each hit of P that is no part of an A is a fault with its fix.
pub fn judge(asking: &Asking<'_>, right: &Phrase, wrong: &Needle, ground: &Ground) -> Judged {
    let document = asking.document();
    let Some(values) = asking.values() else { return Judged::unknown(String::new()) };
    if !asking.explain && is_known(right) && asking.index.lacks(wrong) {
        return Judged::holds(Vec::new());
    }
    let texts = match values.texts(right, &document.facts) {
        Ok(texts) => texts,
        Err(unknown) => return asking.judge_unknown(&unknown),
    };
    let Some(replacement) = texts.first() else { return Judged::unknown(String::new()) };
    let hits = asking.hits(wrong, Domain::Paragraphs, ground);
    if let (true, Some(unknown)) = (hits.hits.is_empty(), &hits.unknown) {
        return asking.judge_unknown(unknown);
    }
    if hits.hits.is_empty() && !asking.explain {
        return Judged::holds(Vec::new());
    }
    let good = right_places(asking, &texts, ground);
    let right = Cover::of(&good);
    let bad = hits.hits.iter().filter(|hit| !right.contains(hit.span));
    let traditional = script::is_traditional(document);
    let faults: Vec<Fault> = bad
        .map(|hit| {
            let (replacement, safe) =
                if traditional { (fold::to_traditional(replacement), false) } else { (replacement.clone(), true) };
            let mut fault =
                Fault::at(hit.span, say!(asking.locale, "应当写作“{replacement}”", "write “{replacement}”"));
            fault.expected = Some(replacement.clone());
            fault.fix = Some(Fix { replacement, safe });
            fault
        })
        .collect();
    if !faults.is_empty() {
        return Judged::fails(faults, Vec::new());
    }
    let note = |hit: &Hit| Fault::at(hit.span, say!(asking.locale, "写法正确", "written as it should be"));
    let mut proof: Vec<Fault> = good.iter().filter(|hit| ground.holds(document, hit)).map(note).collect();
    if proof.is_empty() {
        let name = asking.name(wrong);
        let label = say!(asking.locale, "全文没有{name}", "{name} stands nowhere in the report");
        proof.push(Fault::at(ground.span(document), label));
    }
    Judged::holds(proof)
}

/// Whether a phrase says the same in every report.
fn is_known(phrase: &Phrase) -> bool {
    phrase.parts.iter().all(|part| matches!(part, PhrasePart::Text(_)))
}

/// Where the right wording stands in the paragraphs of the ground.
fn right_places(asking: &Asking<'_>, texts: &[String], ground: &Ground) -> Vec<Hit> {
    let view = asking.index.folded();
    let document = asking.document();
    let paragraphs = within(&document.paragraphs, ground.reach(document), Paragraph::span);
    let part = view.paragraph(paragraphs.start).start..view.paragraph(paragraphs.end.saturating_sub(1)).end;
    let text_there = slice(view.text(), part.clone().into());
    let mut found: Vec<Hit> = Vec::new();
    for text in texts.iter().map(|text| fold::fold(text)).filter(|text| !text.is_empty()) {
        let places = memchr::memmem::find_iter(text_there.as_bytes(), text.as_bytes()).map(|at| part.start + at);
        found.extend(places.map(|at| Hit { span: view.source(at..at + text.len()), paragraph: view.paragraph_at(at) }));
    }
    found.sort_unstable();
    found
}
