//! Decides which paragraphs are headings, and where a heading ends that text follows.

use super::group::{self, Group};
use super::line::{count, is_terminated};
use super::numbering::{self, Marker};
use super::series;
use super::words;
use crate::document::NumberStyle;
use crate::extracted::Layout;
use crate::facts::body::body_name;
use crate::facts::signed;
use crate::source;

/// What a numbered paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A heading on lines of its own.
    Own,
    /// Text that begins with a heading, which ends at that byte.
    RunIn(usize),
    /// An entry of a list, or plain text.
    Text,
}

/// How a heading is written: what decides its level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The level the file gives it; 0 for none.
    pub given: u8,
    /// Its number's style.
    pub style: Option<NumberStyle>,
    /// Whether its words are those of a usual section.
    pub usual: bool,
}

/// A heading, in bytes of its paragraph's text.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    /// The paragraph.
    pub group: usize,
    /// Where it begins: at its number.
    pub start: usize,
    /// Where its words begin.
    pub words: usize,
    /// Where it ends.
    pub end: usize,
    /// Whether text follows.
    pub run_in: bool,
    /// Its number.
    pub marker: Option<Marker>,
    /// How it is written.
    pub key: Key,
}

/// The headings among the paragraphs of opening and sections.
pub fn find(groups: &[Group]) -> Vec<Found> {
    let plain = plain_headings(groups);
    let roles = series::roles(groups, roles(groups));
    let mut found = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        found.extend(match (group.layout, roles[at]) {
            (Layout::Heading(level), _) => Some(whole(at, group, level)),
            (_, Some(Role::Own)) => Some(whole(at, group, 0)),
            (_, Some(Role::RunIn(end))) => Some(Found { end, run_in: true, ..whole(at, group, 0) }),
            (_, None) if plain[at] => Some(whole(at, group, 0)),
            (_, Some(Role::Text) | None) => None,
        });
    }
    found
}

/// What each numbered paragraph is by itself; a list of attachments is none.
fn roles(groups: &[Group]) -> Vec<Option<Role>> {
    let mut attached = false;
    let mut found = Vec::with_capacity(groups.len());
    for (at, group) in groups.iter().enumerate() {
        let entry = group.marker.is_some_and(|it| it.style == NumberStyle::Arabic);
        attached = group.body.text.starts_with("附件") || attached && entry;
        let plain = !attached && !matches!(group.layout, Layout::Cell | Layout::Heading(_));
        let marker = group.marker.filter(|_| plain);
        found.push(marker.map(|it| role(&group.body.text, &it, is_bare(groups, at, &it))));
    }
    found
}

fn whole(at: usize, group: &Group, given: u8) -> Found {
    let marker = group.marker;
    let text = source::trim_end(&group.body.text);
    let text = if text.starts_with('*') { text.trim_end_matches('*') } else { text };
    let start = marker.map_or_else(|| numbering::leftover(text), |it| it.start).min(text.len());
    let start = if start == text.len() { 0 } else { start };
    let words = marker.map_or(start, |it| it.words.min(text.len()));
    let usual = words::is_section(text.get(words..).unwrap_or_default());
    let key = Key { given, style: marker.map(|it| it.style), usual };
    Found { group: at, start, words, end: text.len(), run_in: false, marker, key }
}

/// Whether nothing stands under a numbered line but the next one of its style or a higher one.
pub fn is_bare(groups: &[Group], at: usize, marker: &Marker) -> bool {
    let next = groups.get(at + 1);
    next.is_none_or(|it| it.marker.is_some_and(|next| group::is_as_high(next.style, marker.style)))
}

/// What a numbered text is. `bare` says that nothing stands under it.
pub fn role(text: &str, marker: &Marker, bare: bool) -> Role {
    let words = source::trim_end(text.get(marker.words..).unwrap_or_default());
    let stop = words.find(['。', '｡']);
    let first = stop.and_then(|at| words.get(..at)).unwrap_or(words);
    let rest = words.get(first.len()..).unwrap_or_default().trim_start_matches(['。', '｡']);
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || crate::sentence::closes(c));
    let fits = words::is_title_like(first, limit(marker.style));
    if words::is_contents(text) {
        return Role::Text;
    }
    let run_in = |it: &str| Role::RunIn(marker.words + it.len());
    match (stop.is_some(), rest.is_empty(), label(first)) {
        (false, ..) => unfinished(words, marker.style),
        (true, true, Some(label)) if bare || words::is_section(label) => run_in(label),
        (true, true, _) if fits && !(bare && is_entry(first, marker.style)) => Role::Own,
        (true, false, _) if fits => run_in(first),
        (true, _, Some(label)) => run_in(label),
        (true, ..) if spaced(first).is_some() => run_in(spaced(first).unwrap_or_default()),
        _ if marker.style == NumberStyle::Article => Role::RunIn(marker.end),
        _ => Role::Text,
    }
}

/// What a numbered text is that must be a heading, for those beside it are.
pub fn forced(text: &str, marker: &Marker) -> Role {
    let words = source::trim_end(text.get(marker.words..).unwrap_or_default());
    let (stop, rest) = words.split_once('。').map_or((words.len(), ""), |(first, rest)| (first.len(), rest));
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || crate::sentence::closes(c));
    if rest.is_empty() || words::is_contents(text) { Role::Own } else { Role::RunIn(marker.words + stop) }
}

/// What the only sentence of an entry is, where others beside it are headings that text follows: 3.经费保障不足。 says
/// what it has to say in its heading.
pub fn only_sentence(text: &str, marker: &Marker) -> Option<Role> {
    let words = source::trim_end(text.get(marker.words..).unwrap_or_default());
    let first = words.trim_end_matches(|c: char| c.is_whitespace() || crate::sentence::closes(c)).strip_suffix('。')?;
    (!first.is_empty() && !first.contains('。')).then(|| Role::RunIn(marker.words + first.len()))
}

/// The heading that only a space parts from its text: 一、加强组织领导，压实责任 今年以来，我乡……
fn spaced(sentence: &str) -> Option<&str> {
    let at = sentence.find(char::is_whitespace)?;
    let (head, rest) = (sentence.get(..at)?, sentence.get(at..)?.trim_start());
    let begins = rest.starts_with(|c: char| matches!(c, '\u{3400}'..='\u{9FFF}'))
        || rest.get(..4).is_some_and(|it| it.bytes().all(|b| b.is_ascii_digit()))
            && rest.get(4..).is_some_and(|it| it.trim_start().starts_with('年'));
    let ends = head.ends_with(|c: char| matches!(c, '\u{3400}'..='\u{9FFF}' | '”' | '》' | '）'));
    let fits = count(head) >= 6 && words::is_title_like(head, 40) && count(rest) >= 8;
    (begins && ends && fits).then_some(head)
}

/// The heading in front of a colon, where the sentence behind it is none: （一）强化学习：一是抓好培训。
fn label(sentence: &str) -> Option<&str> {
    let end = sentence.find(['：', ':'])?;
    let label = sentence.get(..end)?;
    let behind = sentence.get(end..)?.trim_start_matches(['：', ':']);
    (!behind.trim().is_empty() && words::is_title_like(label, 20) && !words::leads_in(label)).then_some(label)
}

/// How long a heading that ends in 。 may be.
const fn limit(style: NumberStyle) -> usize {
    match style {
        NumberStyle::Division | NumberStyle::Chapter | NumberStyle::Subchapter => 40,
        NumberStyle::Article => 24,
        NumberStyle::Chinese | NumberStyle::ChineseBracket => 40,
        NumberStyle::Arabic | NumberStyle::Decimal => 32,
        NumberStyle::ArabicBracket | NumberStyle::ArabicHalfBracket | NumberStyle::Circled => 26,
    }
}

/// Whether one sentence with nothing under it is rather the entry of a list than a heading.
fn is_entry(sentence: &str, style: NumberStyle) -> bool {
    match style {
        NumberStyle::Division | NumberStyle::Chapter | NumberStyle::Subchapter | NumberStyle::Article => false,
        NumberStyle::Chinese => false,
        NumberStyle::ChineseBracket => count(sentence) > 30,
        NumberStyle::Arabic | NumberStyle::Decimal => count(sentence) > 16,
        NumberStyle::ArabicBracket | NumberStyle::ArabicHalfBracket | NumberStyle::Circled => count(sentence) > 10,
    }
}

/// What a numbered text without a 。 is.
fn unfinished(words: &str, style: NumberStyle) -> Role {
    let chars = count(words);
    let high = style <= NumberStyle::ChineseBracket;
    let listed = words.ends_with(['；', ';', '，', ',', '、']);
    let labelled = words.ends_with(['：', ':']) && (chars > 40 || !high && words::leads_in(words));
    let long = chars > 60;
    let told = !high && !words::is_title_like(words, 60);
    let several = words.trim_end_matches('；').contains('；');
    if chars == 0 && style > NumberStyle::Article || listed || labelled || long || told || several {
        Role::Text
    } else {
        Role::Own
    }
}

/// Which paragraphs are headings without a number: short lines set off from the text under them.
fn plain_headings(groups: &[Group]) -> Vec<bool> {
    let candidates: Vec<bool> = (0..groups.len()).map(|at| may_be_plain(groups, at)).collect();
    let several = candidates.iter().filter(|it| **it).count() >= 2;
    let given = groups.iter().any(|it| matches!(it.layout, Layout::Heading(_)));
    let mut prose = false;
    let mut found = Vec::with_capacity(groups.len());
    for (at, group) in groups.iter().enumerate() {
        let usual = || words::is_section(plain_words(group));
        let apart = group.blank > 0 && prose && !given;
        found.push(candidates[at] && (several && !given || apart || usual()));
        prose |= is_terminated(&group.body.text);
    }
    found
}

fn plain_words<'g>(group: &'g Group) -> &'g str {
    let text = source::trim_end(&group.body.text);
    text.get(numbering::leftover(text)..).unwrap_or_default()
}

/// Whether a paragraph could be a heading by its form and by what follows it.
fn may_be_plain(groups: &[Group], at: usize) -> bool {
    let Some(group) = groups.get(at) else { return false };
    let free = group.marker.is_none() && !matches!(group.layout, Layout::Cell | Layout::Heading(_));
    let words = plain_words(group);
    if !free || !(2..=45).contains(&count(words)) {
        return false;
    }
    let mut below = groups.iter().skip(at + 1).take(3).filter(|it| !words::breaks(source::trim(&it.body.text)));
    let Some(next) = below.next() else { return false };
    let usual = words::is_section(words);
    let label = words.ends_with(['：', ':']) && usual && count(words) <= 15 && !words::leads_in(words);
    let limit = if usual && group.blank > 0 { 45 } else { 30 };
    let fits = words::is_title_like(words, limit) && (label || !is_terminated(words));
    let under = source::trim(&next.body.text);
    let listed = words::is_bullet(under) || words::is_item(under);
    let leads = || usual || is_terminated(under) || listed || next.marker.is_some() || count(under) >= 40;
    let entry = words::is_bullet(source::trim(&group.body.text)) && !usual;
    fits && leads() && !entry && !is_aside(words)
}

/// Whether a short line is something else than a heading: a date, a body, an attachment, a remark, a wrapped end.
fn is_aside(words: &str) -> bool {
    let marked =
        words.starts_with(['（', '(', '—', '-', '#', '“', '《', '【', '['].as_slice()) || words.starts_with("附");
    let starts = words::opens_sentence(words) || words::goes_on(words);
    let han = words.chars().filter(|c| matches!(c, '\u{3400}'..='\u{9FFF}')).count() >= 2;
    marked
        || starts
        || !han
        || words::is_unfinished(words)
        || words::breaks(words)
        || signed::is_date(words)
        || body_name(words).is_some()
}
