//! Titles that are nearly, but not quite, one of a set: 《…督查工作规定》 for 《…督察工作规定》.

mod quotes;

use crate::claim::letters::proper;
use crate::claim::script::is_traditional;
use crate::claim::{Detected, Fault};
use crate::document::Document;
use crate::fold::{View, to_traditional};
use crate::locale::Locale;
use crate::plan::titles::{Near, Reading, Titles};
use crate::say;
use crate::source::slice;
use crate::span::Span;
use crate::verdict::{Evidence, Fix, Related};

use quotes::{Quote, quotes};

/// Titles at least so long are told from each other by a letter without doubt: their fix is safe.
const MIN_SAFE_CHARS: usize = 8;

/// Quoted titles one or two edits away from a title of the set and equal to none.
pub fn detect(document: &Document, joined: &View, titles: &Titles, locale: Locale) -> Detected {
    let mut found = Detected::default();
    let mut traditional = None;
    for paragraph in proper(document) {
        let range = joined.paragraph(paragraph);
        let text = slice(joined.text(), Span::from(range.clone()));
        let mut flagged = None;
        for quote in quotes(text) {
            let span = joined.source(range.start + quote.span.start..range.start + quote.span.end);
            // The inner title of 《关于贯彻〈…〉的通知》 comes first, and one fault is said once. Each quotation ends
            // after those before it, so that the last one tells.
            if span.is_empty() || flagged.is_some_and(|it: Span| it.overlaps(span)) {
                continue;
            }
            let written = slice(text, quote.span);
            match titles.read(written) {
                Reading::Equal(title) => {
                    let note = say!(locale, "“{title}”写法一致", "“{title}” is quoted right");
                    found.evidence.push(Evidence { span, note });
                }
                Reading::Near(near) if is_fault(&quote, &near) => {
                    let traditional = *traditional.get_or_insert_with(|| is_traditional(document));
                    found.faults.push(fault(span, &near, traditional, locale));
                    flagged = Some(span);
                }
                Reading::Near(_) | Reading::Unknown => {}
            }
        }
    }
    found.faults.sort_by_key(|it| it.span);
    if found.evidence.is_empty() {
        found.evidence.extend(searched(document, locale));
    }
    found
}

fn searched(document: &Document, locale: Locale) -> Vec<Evidence> {
    let note = say!(locale, "书名号中没有写错的名称", "no title is misquoted");
    crate::claim::letters::searched(document, note)
}

/// “…” is for slogans more than for titles, so there a near title must be long and end as the title does.
fn is_fault(quote: &Quote, near: &Near) -> bool {
    const MIN_IN_QUOTATION: usize = 6;
    quote.titled || near.length >= MIN_IN_QUOTATION && near.same_ending
}

fn fault(span: Span, near: &Near, traditional: bool, locale: Locale) -> Fault {
    let script = |text: &str| if traditional { to_traditional(text) } else { text.to_owned() };
    let right = script(&near.right);
    let label = say!(locale, "应为“{right}”", "“{right}” is due");
    let safe = !traditional && near.others.is_empty() && near.length >= MIN_SAFE_CHARS;
    let also = near.others.iter().map(|other| {
        let other = script(other);
        Related { message: say!(locale, "也可能是“{other}”", "or “{other}”"), span }
    });
    Fault {
        expected: Some(right.clone()),
        nearest: Some(right.clone()),
        related: also.collect(),
        fix: Some(Fix { replacement: right, safe }),
        ..Fault::at(span, label)
    }
}

#[cfg(test)]
mod tests;
