//! Reads on where a text breaks the syntax of YAML: the entry round the break is blanked out, so that what is wrong
//! with the others is told in the same run.

use crate::source::Source;
use crate::span::Span;
use crate::yaml::Schema;
use crate::yaml::places::{Places, Refusal};
use crate::yaml::slips::{self, Slip};

/// After so many breaks nothing more is read.
const MOST_BREAKS: usize = 20;
/// So many bytes at most are read again and again.
const MOST_BYTES: usize = 32 << 20;

/// A text that can be read, as far as it can be.
#[derive(Debug)]
pub struct Recovered {
    /// The text, what could not be read blanked out. Places are those of the text as written.
    pub text: String,
    /// Its nodes; `None` where nothing could be read.
    pub places: Option<Places>,
    /// What broke it.
    pub breaks: Vec<Break>,
}

/// A break in the syntax.
#[derive(Debug)]
pub struct Break {
    /// What it is.
    pub refusal: Refusal,
    /// The slips round it, which are to blame.
    pub slips: Vec<Slip>,
    /// What was blanked for it; nothing where mending the slips was enough.
    pub gap: Option<Span>,
}

/// Finds the nodes of a text and of what is left of it.
pub fn recover(schema: &Schema, source: &Source) -> Recovered {
    let mut text = source.text().to_owned();
    let mut breaks = Vec::new();
    let rounds = MOST_BREAKS.min(MOST_BYTES / text.len().max(1)).max(1);
    for _ in 0..rounds {
        let refusal = match Places::find(&text) {
            Ok(places) => return Recovered { text, places: Some(places), breaks },
            Err(refusal) => refusal,
        };
        let entry = entry(source, &text, &refusal);
        let told = |it: &Slip| breaks.iter().any(|before: &Break| before.slips.contains(it));
        let mut slips = match refusal {
            Refusal::Syntax(at, ..) => slips_round(schema, source, entry, at),
            Refusal::TooDeep(_) | Refusal::SecondDocument(_) => Vec::new(),
        };
        slips.retain(|it| !told(it));
        let mended = slips::mend(&text, &slips);
        let entry = with_slips(source, entry, &slips);
        let gap = mended.is_none().then_some(entry);
        let rest = mended.or_else(|| blanked(&text, entry));
        breaks.push(Break { refusal, slips, gap });
        match rest {
            Some(rest) => text = rest,
            None => break,
        }
    }
    Recovered { text, places: None, breaks }
}

/// An entry with the lines of its slips: a slip in the indent puts a line outside it.
fn with_slips(source: &Source, entry: Span, slips: &[Slip]) -> Span {
    let lines = slips.iter().map(|it| source.line_span(source.line_index(it.span.start)));
    lines.fold(entry, |all, line| Span::new(all.start.min(line.start), all.end.max(line.end)))
}

/// The slips in an entry and the lines beside it; else a full-width colon in the very line of the break.
fn slips_round(schema: &Schema, source: &Source, entry: Span, at: Span) -> Vec<Slip> {
    let (first, last) = (source.line_index(entry.start).saturating_sub(1), source.line_index(entry.end) + 1);
    let last = source.line_span(last.min(source.lines().saturating_sub(1)));
    let around = Span::new(source.line_span(first).start, last.end.max(entry.end));
    let found = slips::find(source, around, &schema.fields.concat());
    if found.is_empty() { slips::colon(source, at).into_iter().collect() } else { found }
}

/// The text with spaces in place of an entry; `None` where the entry was blank already.
fn blanked(text: &str, entry: Span) -> Option<String> {
    let (before, rest) = text.split_at_checked(entry.start)?;
    let (inside, after) = rest.split_at_checked(entry.len())?;
    if inside.trim().is_empty() {
        return None;
    }
    let blank = |byte: u8| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' };
    Some(format!("{before}{}{after}", inside.bytes().map(blank).collect::<String>()))
}

/// What to leave out: the item of the outermost list that holds the break, else the entry of its table, else the
/// field of the pack.
fn entry(source: &Source, text: &str, refusal: &Refusal) -> Span {
    let last = source.lines().saturating_sub(1);
    let line = |at: usize| crate::source::slice(text, source.line_span(at));
    let filled = |at: &usize| !line(*at).trim().is_empty() && !line(*at).trim_start().starts_with('#');
    let to = |end: usize| source.line_span(end.min(last)).end;
    let mut at = source.line_index(refusal.span().start.min(text.len())).min(last);
    if let Refusal::SecondDocument(span) = refusal {
        return Span::new(span.start, text.len());
    }
    // The parser stops where it notices, often behind the last line with text.
    at = (0..=at).rev().find(filled).unwrap_or(at);
    let first = first(at, &line, &filled);
    let indent = indent(line(first));
    // The items of a list may stand right below the name of their field.
    let ends =
        |it: &str| self::indent(it) < indent || self::indent(it) == indent && (is_item(line(first)) || !is_item(it));
    let stops = |it: &usize| filled(it) && ends(line(*it));
    let end = (at + 1..=last).find(stops).map_or(last, |it| it - 1);
    Span::new(source.line_span(first).start, to(end).max(source.line_span(first).start))
}

/// The line in which the entry round a line begins.
fn first<'a>(at: usize, line: &impl Fn(usize) -> &'a str, filled: &impl Fn(&usize) -> bool) -> usize {
    let is_top = |it: usize| indent(line(it)) == 0 && !is_item(line(it));
    if is_top(at) {
        return at;
    }
    let above = || (0..=at).rev().filter(|it| filled(it)).take_while(|it| !is_top(*it));
    let outermost = |items: bool| {
        let fitting = above().filter(|it| !items || is_item(line(*it)));
        fitting.min_by_key(|it| (indent(line(*it)), std::cmp::Reverse(*it)))
    };
    outermost(true).or_else(|| outermost(false)).unwrap_or(at)
}

fn is_item(line: &str) -> bool {
    line.trim_start().starts_with(['-', '－'])
}

fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).count()
}
