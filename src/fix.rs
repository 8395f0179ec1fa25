//! Fixes applied: in the file's own encoding and dress, round by round, until none is left to apply.

use std::collections::HashSet;

use crate::check::Checked;
use crate::document::Document;
use crate::joined::Joined;
use crate::locale::Locale;
use crate::problem::Problem;
use crate::read::{self, Format};
use crate::say;
use crate::span::Span;
use crate::verdict::{Finding, Fix, Outcome};
use crate::word::{self, Change, Failure, Manner};

/// One fix may make room for another; more rounds than this are a circle.
const MOST_ROUNDS: usize = 20;

/// The code of the problem with a file that is only read.
pub const READ_ONLY: &str = "fix::format";

/// How fixes are applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct How {
    /// Those too that should be read first.
    pub unsafe_too: bool,
    /// In a Word document, as changes to be accepted or rejected.
    pub tracked: bool,
}

/// A report with its fixes applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The file.
    pub bytes: Vec<u8>,
    /// What it said before, and what it says now.
    pub texts: [String; 2],
    /// How many fixes were applied.
    pub made: usize,
    /// How many are left: not safe, or where the file cannot be changed.
    pub left: usize,
}

/// Applies what `check` says of a report, and checks again, until nothing more is to be done. A round after which there
/// is more to find, or which says again what was said before, is not taken.
///
/// # Errors
/// A file that cannot be read or written back.
pub fn fixed(
    bytes: &[u8],
    how: How,
    read: &dyn Fn(&[u8]) -> Result<Document, Problem>,
    check: &dyn Fn(&Document) -> Checked,
    locale: Locale,
) -> Result<Fixed, Problem> {
    let mut document = read(bytes)?;
    writable(&document, locale)?;
    let mut checked = check(&document);
    let before = document.source.text().to_owned();
    let mut seen = HashSet::from([before.clone()]);
    let mut fixed = Fixed { bytes: bytes.to_vec(), texts: [before.clone(), before], made: 0, left: 0 };
    for _ in 0..MOST_ROUNDS {
        let changes = chosen(&document, &checked, how.unsafe_too);
        let (bytes, made) = applied(&fixed.bytes, &document, &changes, how, locale)?;
        if made == 0 {
            break;
        }
        let next = read(&bytes)?;
        let again = check(&next);
        if count(&again) > count(&checked) || !seen.insert(next.source.text().to_owned()) {
            break;
        }
        fixed.texts[1] = next.source.text().to_owned();
        (fixed.bytes, document, checked) = (bytes, next, again);
        fixed.made += made;
    }
    fixed.left = findings(&checked).filter(|it| it.fix.is_some()).count();
    Ok(fixed)
}

/// What a fix comes to, in words.
pub fn suggestion(fix: &Fix, locale: Locale) -> String {
    let right = &fix.replacement;
    if right.is_empty() {
        return say!(locale, "建议删去", "suggestion: leave it out");
    }
    say!(locale, "建议改为：{right}", "suggestion: {right}")
}

fn findings(checked: &Checked) -> impl Iterator<Item = &Finding> {
    checked.verdicts.iter().flat_map(|it| match &it.outcome {
        Outcome::Fail(findings) => findings.as_slice(),
        Outcome::Pass(_) | Outcome::NotApplicable(_) | Outcome::Waived(_) => &[],
    })
}

fn count(checked: &Checked) -> usize {
    findings(checked).map(|it| it.places.len().max(1)).sum()
}

/// The changes to make in one round, in order, none over another; safe ones go first where two meet.
fn chosen(document: &Document, checked: &Checked, unsafe_too: bool) -> Vec<Change> {
    let mut wanted: Vec<(bool, Span, &Fix)> = findings(checked)
        .filter_map(|it| Some((it.span, it.fix.as_ref()?)))
        .filter(|(_, fix)| fix.safe || unsafe_too)
        .map(|(span, fix)| (!fix.safe, span, fix))
        .collect();
    wanted.sort_by_key(|(doubtful, span, _)| (*doubtful, span.start, usize::MAX - span.end));
    let mut taken: Vec<Span> = Vec::new();
    let mut changes = Vec::new();
    for (_, span, fix) in wanted {
        let at = taken.partition_point(|it| it.start < span.start);
        let free = |it: Option<&Span>| it.is_none_or(|it| it.end <= span.start || span.end <= it.start);
        if free(taken.get(at)) && free(at.checked_sub(1).and_then(|it| taken.get(it))) {
            taken.insert(at, span);
            changes.extend(changes_of(document, span, &fix.replacement));
        }
    }
    changes.sort_by_key(|it| it.span);
    changes
}

/// The characters that a fix changes. What lies between the pieces of a paragraph, line breaks and Markdown marks, stays
/// as it is, unless the fix is to take it out.
fn changes_of(document: &Document, span: Span, replacement: &str) -> Vec<Change> {
    let source = document.source.slice(span);
    let whole = || vec![Change { span, replacement: replacement.to_owned() }];
    let Some(paragraph) = document.paragraph_at(span.start).and_then(|at| document.paragraphs.get(at)) else {
        return Vec::new();
    };
    let cut = |start: usize, end: usize| Span::new(start.max(span.start), end.min(span.end));
    let mut pieces = paragraph.pieces.clone();
    pieces.retain_mut(|it| {
        it.span = cut(it.span.start, it.span.end);
        !it.span.is_empty()
    });
    if let [only] = pieces.as_slice() {
        return if only.span == span { whole() } else { Vec::new() };
    }
    let joined = Joined::new(document.source.text(), pieces);
    if joined.text == replacement {
        // The fix is to take out what lies between: white space only.
        let gaps = joined.pieces.windows(2).map(|pair| Span::new(pair[0].span.end, pair[1].span.start));
        let blank = gaps.clone().all(|it| document.source.slice(it).trim().is_empty());
        let out = |span| Change { span, replacement: String::new() };
        return if blank && source.len() > replacement.len() { gaps.map(out).collect() } else { Vec::new() };
    }
    let parts = word::differences(&joined.text, replacement);
    let mut changes = Vec::new();
    for (range, with) in parts {
        let span = joined.span(range.start, range.end);
        if span.len() != range.len() {
            return Vec::new();
        }
        changes.push(Change { span, replacement: with });
    }
    changes
}

/// Only texts and Word documents are written back.
fn writable(document: &Document, locale: Locale) -> Result<(), Problem> {
    match document.format {
        Format::Text | Format::Markdown | Format::Docx => Ok(()),
        format @ (Format::Html | Format::Odt | Format::Pdf | Format::Doc | Format::Ofd) => {
            let ending = format.name();
            let message = say!(locale, ".{ending} 文件只读，不能改写", "a .{ending} file is only read, never written");
            let help = say!(
                locale,
                "在 .docx、.txt 或 .md 原稿上改",
                "mend the .docx, .txt or .md file that it was made from"
            );
            Err(Problem::error(READ_ONLY, document.source.name(), message).help(help))
        }
    }
}

fn applied(
    bytes: &[u8],
    document: &Document,
    changes: &[Change],
    how: How,
    locale: Locale,
) -> Result<(Vec<u8>, usize), Problem> {
    if changes.is_empty() {
        return Ok((bytes.to_vec(), 0));
    }
    let name = document.source.name();
    if document.format == Format::Docx {
        let manner = if how.tracked { Manner::Tracked } else { Manner::Plain };
        return word::changed(bytes, changes, manner).map_err(|it| failed(&it, name, locale));
    }
    let edits: Vec<(Span, &str)> = changes.iter().map(|it| (it.span, it.replacement.as_str())).collect();
    let encoding = document.encoding.unwrap_or("UTF-8");
    let expected = word::spliced(document.source.text(), edits.iter().copied());
    let new = read::encoding::replaced(bytes, encoding, &edits);
    let same =
        |it: &Vec<u8>| read::encoding::decode(it).is_some_and(|it| it.text == expected && it.encoding == encoding);
    match new.filter(same) {
        Some(bytes) => Ok((bytes, changes.len())),
        None => Err(differs(name, locale)),
    }
}

/// Why a Word document is not written back.
pub fn failed(failure: &Failure, name: &str, locale: Locale) -> Problem {
    match failure {
        Failure::Damage(damage) => damage.problem(name, Format::Docx, locale),
        Failure::Differs => differs(name, locale),
    }
}

fn differs(name: &str, locale: Locale) -> Problem {
    let message = say!(
        locale,
        "写回后读出来会不一样，没有改动这个文件",
        "written back, the file would not read as it should; it was left as it is"
    );
    let help = say!(locale, "请照检查结果用手改", "mend it by hand, as the results of the check say");
    Problem::error("fix::differs", name, message).help(help)
}
