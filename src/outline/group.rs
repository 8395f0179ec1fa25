//! Joins lines into paragraphs: decides of each line break whether it is a wrap.

use std::borrow::Cow;
use std::ops::Range;

use super::heading::{self, Role};
use super::line::Line;
use super::numbering::{self, Marker, STYLES};
use super::shape::Shape;
use super::title;
use super::words;
use crate::document::NumberStyle;
use crate::extracted::Layout;
use crate::facts::body::body_name;
use crate::facts::signed;
use crate::joined::Joined;

/// Lines that a reader sees as one paragraph.
#[derive(Debug)]
pub struct Group<'a> {
    /// Their text.
    pub body: Joined<'a>,
    /// What the file says they are.
    pub layout: Layout,
    /// How many blank lines stand before them.
    pub blank: usize,
    /// The number at the front.
    pub marker: Option<Marker>,
}

/// Joins the lines of opening and sections.
pub fn groups<'a>(source: &'a str, lines: &[Line<'a>], shape: Shape) -> Vec<Group<'a>> {
    let parallel = (0..lines.len()).filter(|at| is_bare_heading(lines, *at, shape)).take(2).count() == 2;
    let mut grouper = Grouper { lines, shape, parallel, closed: false, running: false, last: [0; STYLES] };
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for at in 0..lines.len() {
        let begins = grouper.begins(at);
        match ranges.last_mut().filter(|_| !begins) {
            Some(range) => {
                range.end = at + 1;
                grouper.join(at);
            }
            None => {
                ranges.push(at..at + 1);
                grouper.open(at);
            }
        }
    }
    ranges.into_iter().filter_map(|range| group(source, lines.get(range)?)).collect()
}

/// A paragraph for each line: what margins and closings are made of.
pub fn single<'a>(source: &'a str, lines: &[Line<'a>]) -> Vec<Group<'a>> {
    lines.iter().filter_map(|line| group(source, std::slice::from_ref(line))).collect()
}

/// Makes a paragraph of lines that belong together.
pub fn group<'a>(source: &'a str, lines: &[Line<'a>]) -> Option<Group<'a>> {
    let first = lines.first()?;
    let mut pieces = Vec::with_capacity(lines.iter().map(|it| it.body.pieces.len()).sum());
    for (row, line) in lines.iter().enumerate() {
        let start = pieces.len();
        pieces.extend_from_slice(&line.body.pieces);
        if let Some(piece) = pieces.get_mut(start) {
            piece.wrapped = row > 0;
        }
    }
    if let [only] = lines {
        let body = Joined { pieces, text: only.body.text.clone() };
        return Some(Group { body, layout: first.layout, blank: first.blank, marker: first.marker });
    }
    // A number may itself be broken over two lines.
    let body = Joined::new(source, pieces);
    let marker = if first.layout == Layout::Cell { None } else { numbering::read(&body.text) };
    Some(Group { body, layout: first.layout, blank: first.blank, marker })
}

struct Grouper<'l, 'a> {
    lines: &'l [Line<'a>],
    shape: Shape,
    /// Whether short lines stand over long paragraphs more than once, so that they are headings without numbers.
    parallel: bool,
    /// Whether the paragraph at hand is a heading on a line of its own, or another line that stands alone.
    closed: bool,
    /// Whether it is numbered, fills its lines, and has had no 。 yet: a line that falls short ends it as a heading.
    running: bool,
    /// The last number of each style.
    last: [u32; STYLES],
}

impl Grouper<'_, '_> {
    /// Whether a line begins a paragraph.
    fn begins(&self, at: usize) -> bool {
        let (Some(line), Some(before)) = (self.lines.get(at), self.before(at)) else { return true };
        if is_number_alone(before) {
            return !may_be_words(line);
        }
        let addressed = at < 4 && title::is_addressee(line);
        let set_off = stands_alone(line) || words::breaks(before.text()) || addressed;
        let apart = set_off || !line.may_go_on(before, self.shape.base);
        if apart || (!line.soft && before.is_terminated() && !self.shape.ends_by_chance(before)) {
            return true;
        }
        let listed = words::is_item(line.text()) && !self.shape.may_wrap(before, line);
        if self.closed { !self.heading_goes_on(at, line, before) } else { listed || self.is_numbered(line, before) }
    }

    fn before(&self, at: usize) -> Option<&Line<'_>> {
        at.checked_sub(1).and_then(|it| self.lines.get(it))
    }

    /// Takes note of a line that begins a paragraph.
    fn open(&mut self, at: usize) {
        let Some(line) = self.lines.get(at) else { return };
        self.running = false;
        self.closed = match line.marker {
            Some(marker) => {
                self.last[marker.style as usize] = marker.value;
                let heading = heading::role(&self.whole(at), &marker, false) == Role::Own;
                self.running = heading && self.runs_over(at);
                heading && !self.running
            }
            None if stands_alone(line) || body_name(line.text()).is_some() => !self.shape.is_full(line),
            None if words::is_section(line.text()) => is_short_line(self.lines, at, self.shape),
            None => self.parallel && is_bare_heading(self.lines, at, self.shape),
        };
    }

    /// A numbered line, with the next one where it ends in ，: 二、强化责任担当，⏎确保工作落实.
    fn whole(&self, at: usize) -> Cow<'_, str> {
        let text = |at: usize| self.lines.get(at).map_or("", |it| it.body.text.as_ref());
        let halves = text(at).ends_with(['，', ',']) && text(at).len() + text(at + 1).len() <= 180;
        if halves { Cow::Owned(text(at).to_owned() + text(at + 1)) } else { Cow::Borrowed(text(at)) }
    }

    /// Takes note of a line joined to the one before: behind a number alone, it is the heading; where it falls short
    /// of the column, a heading that ran over ends.
    fn join(&mut self, at: usize) {
        let (Some(line), Some(before)) = (self.lines.get(at), self.before(at)) else { return };
        if is_number_alone(before) {
            self.closed = words::is_title_like(line.text(), 40) && !self.runs_over(at);
        }
        self.running &= !line.text().contains('。');
        self.closed |= self.running && !self.runs_over(at);
    }

    /// Whether a line fills the column and the next one may be its rest.
    fn runs_over(&self, at: usize) -> bool {
        let (Some(line), Some(next)) = (self.lines.get(at), self.lines.get(at + 1)) else { return false };
        let open = !line.is_terminated() || self.shape.ends_by_chance(line);
        open && self.shape.may_wrap(line, next) && next.may_go_on(line, self.shape.base) && next.marker.is_none()
    }

    /// Whether the number at the front of a line that may be a wrap is the number of a heading.
    fn is_numbered(&self, line: &Line, before: &Line) -> bool {
        let Some(marker) = line.marker else { return false };
        let text = before.text();
        if words::is_unfinished(text) || text.ends_with(['第', '条', '款', '项', '至', '到', '或', '约', '共'])
        {
            return false;
        }
        if self.shape.indented && self.shape.may_wrap(before, line) {
            return false;
        }
        let due = self.last[marker.style as usize] + 1;
        marker.value == 1 || marker.value == due || !self.shape.may_wrap(before, line)
    }

    /// Whether a heading that looks finished goes on in the next line: 一、2024年推进法治政府建设的主要⏎举措和成效.
    fn heading_goes_on(&self, at: usize, line: &Line, before: &Line) -> bool {
        if line.marker.is_some() || before.is_terminated() {
            return false;
        }
        let short = line.chars <= 40 && !line.is_terminated();
        let wrapped = self.shape.indented && before.indent > self.shape.base + 1 && short;
        let hanging = words::goes_on(line.text()) && line.chars <= 20;
        let open = words::is_unfinished(before.text()) && line.chars <= 40;
        wrapped || hanging || open || short && self.is_rest(at, line, before)
    }

    /// Whether a short line is more likely the rest of a long heading than a heading of its own.
    fn is_rest(&self, at: usize, line: &Line, before: &Line) -> bool {
        let sized = before.chars >= 14 && line.chars < before.chars && line.chars >= 2;
        let finished = words::is_section(before.words()) || words::is_section(line.text());
        let plain = words::is_title_like(line.text(), 30) && !words::opens_sentence(line.text());
        sized && before.marker.is_some() && !finished && plain && at + 1 < self.lines.len()
    }
}

/// Whether a line holds a number and no words.
fn is_number_alone(line: &Line) -> bool {
    line.marker.is_some_and(|it| it.style >= NumberStyle::Chinese) && line.words().is_empty()
}

/// Whether a line could be the words behind a number that stands alone.
fn may_be_words(line: &Line) -> bool {
    line.layout == Layout::Line && line.blank <= 1 && line.marker.is_none() && words::is_title_like(line.text(), 40)
}

/// Whether a line is no part of a longer paragraph whatever stands around it: a button, a page number, a date.
fn stands_alone(line: &Line) -> bool {
    words::breaks(line.text())
        || words::is_labelled(line.text())
        || words::is_final(line.text())
        || words::is_bullet(line.text())
        || line.text().starts_with('|')
        || line.chars <= 20 && signed::is_date(line.text())
}

/// Whether a line could be a heading without a number over the line that follows without a gap.
fn is_short_line(lines: &[Line], at: usize, shape: Shape) -> bool {
    let (Some(line), Some(next)) = (lines.get(at), lines.get(at + 1)) else { return false };
    let fits = (2..=25).contains(&line.chars) && !line.is_terminated() && words::is_title_like(line.text(), 25);
    let over = next.may_go_on(line, shape.base) && next.marker.is_none() && !words::goes_on(next.text());
    line.marker.is_none() && fits && over && !words::is_unfinished(line.text()) && !shape.is_full(line)
}

/// Whether a short line begins a paragraph over a long one, as headings without numbers do.
fn is_bare_heading(lines: &[Line], at: usize, shape: Shape) -> bool {
    let apart =
        at.checked_sub(1).and_then(|it| lines.get(it)).is_none_or(|it| it.is_terminated() || it.marker.is_some());
    let over = lines.get(at + 1).is_some_and(|it| it.is_prose() && it.chars >= 30);
    let said = || lines.get(at).is_some_and(|it| !words::opens_sentence(it.text()));
    apart && over && !shape.is_wrapped() && is_short_line(lines, at, shape) && said()
}

/// Whether two styles are the same or the second stands above the first.
pub const fn is_as_high(next: NumberStyle, style: NumberStyle) -> bool {
    next as u8 <= style as u8
}
