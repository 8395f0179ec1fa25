//! Quick fixes of findings, the safe ones first, and all safe ones at once.

use gen_lsp_types::{CodeAction, CodeActionKind};

use crate::locale::Locale;
use crate::lsp::client::Client;
use crate::lsp::edits;
use crate::lsp::open::Open;
use crate::lsp::report_file::ReportFile;
use crate::plan::PlannedRule;
use crate::say;
use crate::span::Span;
use crate::verdict::{Finding, Fix};

/// The kind of action that mends all that can be mended safely.
pub const FIX_ALL: &str = "source.fixAll.guiju";
/// The kind of action that mends one finding.
const QUICK_FIX: &str = "quickfix";
/// Characters of a replacement shown in a title.
const SHOWN: usize = 40;

/// What can be done about the findings that touch a span. `only` are the kinds that are asked for.
pub fn at(
    open: &Open,
    report: &ReportFile,
    span: Span,
    only: Option<&[CodeActionKind]>,
    client: &Client,
    locale: Locale,
) -> Vec<CodeAction> {
    let span = open.body_span(span);
    let found = report.found();
    let fixable = found.iter().filter_map(|(rule, it)| Some((*rule, *it, it.fix.as_ref()?)));
    let touches = |it: &Span| it.start <= span.end && span.start <= it.end;
    let mut actions = Vec::new();
    if wanted(only, QUICK_FIX) {
        let mut here: Vec<_> = fixable.clone().filter(|(_, it, _)| touches(&it.span)).collect();
        here.sort_by_key(|(_, it, fix)| (!fix.safe, it.span));
        actions.extend(here.into_iter().map(|(rule, it, fix)| one(open, rule, it, fix, client, locale)));
    }
    let safe = apart(fixable.filter(|(_, _, fix)| fix.safe).map(|(_, it, fix)| (it.span, fix.replacement.clone())));
    if wanted(only, FIX_ALL) && !safe.is_empty() {
        let count = safe.len();
        actions.push(CodeAction {
            title: say!(locale, "改正全部可以放心改的 {count} 处", "fix all that is safe to fix ({count})"),
            kind: Some(CodeActionKind::Custom(FIX_ALL.into())),
            edit: Some(edits::of_text(open, safe, client)),
            ..CodeAction::default()
        });
    }
    actions
}

fn one(open: &Open, rule: &PlannedRule, finding: &Finding, fix: &Fix, client: &Client, locale: Locale) -> CodeAction {
    let id = &rule.rule.id.node;
    let new: String = fix.replacement.chars().take(SHOWN).collect();
    let what = match (new.is_empty(), fix.safe) {
        (true, true) => say!(locale, "删去（{id}）", "delete this ({id})"),
        (true, false) => say!(locale, "删去，须先核对（{id}）", "delete this, after a look at it ({id})"),
        (false, true) => say!(locale, "改为“{new}”（{id}）", "write “{new}” ({id})"),
        (false, false) => {
            say!(locale, "改为“{new}”，须先核对（{id}）", "write “{new}”, after a look at it ({id})")
        }
    };
    CodeAction {
        title: what,
        kind: Some(CodeActionKind::QuickFix),
        is_preferred: fix.safe.then_some(true),
        edit: Some(edits::of_text(open, vec![(finding.span, fix.replacement.clone())], client)),
        ..CodeAction::default()
    }
}

/// The edits that do not touch one another, the first of those that do.
fn apart(edits: impl Iterator<Item = (Span, String)>) -> Vec<(Span, String)> {
    let mut edits: Vec<_> = edits.collect();
    edits.sort_by_key(|(span, _)| *span);
    let mut kept: Vec<(Span, String)> = Vec::new();
    for edit in edits {
        if kept.last().is_none_or(|(last, _)| last.end <= edit.0.start && *last != edit.0) {
            kept.push(edit);
        }
    }
    kept
}

/// Whether a kind of action is asked for, by itself or as part of a wider kind.
fn wanted(only: Option<&[CodeActionKind]>, kind: &str) -> bool {
    let Some(only) = only else { return true };
    only.iter().any(|it| {
        let word = it.to_string();
        word.is_empty() || kind == word || kind.strip_prefix(&*word).is_some_and(|rest| rest.starts_with('.'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_that_touch_are_left_for_the_next_time() {
        let edit = |start, end| (Span::new(start, end), String::new());
        let kept = apart([edit(5, 9), edit(0, 3), edit(3, 5), edit(4, 6), edit(0, 3)].into_iter());
        assert_eq!(kept, [edit(0, 3), edit(3, 5), edit(5, 9)]);
    }

    #[test]
    fn kinds_are_asked_for_by_their_families() {
        let source = [CodeActionKind::Source];
        assert!(wanted(None, FIX_ALL) && wanted(Some(&source), FIX_ALL) && !wanted(Some(&source), QUICK_FIX));
        assert!(wanted(Some(&[CodeActionKind::SourceFixAll]), FIX_ALL));
        assert!(!wanted(Some(&[CodeActionKind::SourceOrganizeImports]), FIX_ALL) && !wanted(Some(&[]), QUICK_FIX));
        assert!(wanted(Some(&[CodeActionKind::QuickFix]), QUICK_FIX));
    }
}
