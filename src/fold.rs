//! The search view of a text: script, width, case and spaces folded, with a map back to the source.

use std::borrow::Cow;
use std::ops::Range;

use crate::document::{Piece, needs_space};
use crate::source::slice;
use crate::span::Span;

mod gloss;
mod tables;

pub use tables::{fold_char, is_simplified_only, is_traditional_only, to_simplified, to_traditional};

/// A text made of the paragraphs of a source, each followed by a line feed, and the way back. In a folded view white
/// space, zero-width characters and pinyin glosses inside a paragraph are gone and characters are folded one by one;
/// in a joined view the characters stand as they are and only wraps are joined.
#[derive(Debug, Clone, Default)]
pub struct View {
    text: String,
    /// Where each paragraph begins in `text`; one more entry for the end.
    paragraphs: Vec<usize>,
    /// Where view and source stop running in step, in order; between two of them both count the same bytes, save
    /// that the last character before a joint may have another length in the source.
    joints: Vec<Joint>,
}

/// A place of the view, and what lies on either side of it in the source.
#[derive(Debug, Clone, Copy)]
struct Joint {
    view: usize,
    /// Where the character before it ends in the source.
    end: usize,
    /// Where the character after it begins in the source.
    start: usize,
}

impl View {
    /// Folds the paragraphs of `source`.
    pub fn folded<'a>(source: &str, paragraphs: impl Iterator<Item = &'a [Piece]>) -> View {
        View::build(source, paragraphs, |view, piece| view.push_folded(slice(source, piece.span), piece.span.start))
    }

    /// Joins the paragraphs of `source` without folding.
    pub fn joined<'a>(source: &str, paragraphs: impl Iterator<Item = &'a [Piece]>) -> View {
        View::build(source, paragraphs, |view, piece| view.push_joined(slice(source, piece.span), piece))
    }

    fn build<'a>(
        source: &str,
        paragraphs: impl Iterator<Item = &'a [Piece]>,
        mut push: impl FnMut(&mut View, &Piece),
    ) -> View {
        let mut view = View { text: String::with_capacity(source.len()), ..View::default() };
        for pieces in paragraphs {
            view.paragraphs.push(view.text.len());
            for piece in pieces {
                push(&mut view, piece);
            }
            view.end_paragraph();
        }
        view.paragraphs.push(view.text.len());
        view
    }

    /// Adds the line feed, which has no counterpart in the source.
    fn end_paragraph(&mut self) {
        let at = self.text.len();
        let (end, start) = (self.end_of(at), self.start_of(at));
        self.text.push('\n');
        self.joints.push(Joint { view: at + 1, end, start: start.max(end) });
    }

    fn push_folded(&mut self, text: &str, start: usize) {
        self.go_on_at(start);
        let mut run = 0;
        for (at, c) in text.char_indices().filter(|(_, c)| tables::is_special(*c)) {
            self.text.push_str(slice(text, Span::new(run, at)));
            run = at + c.len_utf8();
            self.push_special(c, start + run);
        }
        self.text.push_str(slice(text, Span::new(run, text.len())));
    }

    /// Folds one character, which ends at `end` in the source.
    fn push_special(&mut self, c: char, end: usize) {
        let Some(folded) = fold_char(c) else { return self.go_on_at(end) };
        self.text.push(folded);
        if folded.len_utf8() != c.len_utf8() {
            self.joints.push(Joint { view: self.text.len(), end, start: end });
        }
        if folded == ')' {
            self.drop_gloss(end);
        }
    }

    /// Takes back `(ze2)` behind its character, now that its bracket has been closed.
    fn drop_gloss(&mut self, end: usize) {
        let first = self.paragraphs.last().copied().unwrap_or_default();
        let Some(length) = gloss::ending(slice(&self.text, Span::new(first, self.text.len()))) else { return };
        let at = self.text.len() - length;
        let before = self.end_of(at);
        self.text.truncate(at);
        self.joints.truncate(self.joints.partition_point(|joint| joint.view < at));
        self.joints.push(Joint { view: at, end: before, start: end });
    }

    fn push_joined(&mut self, text: &str, piece: &Piece) {
        let first = self.paragraphs.last().copied().unwrap_or_default();
        if piece.wrapped && needs_space(slice(&self.text, Span::new(first, self.text.len())), text) {
            self.text.push(' ');
            self.joints.push(Joint { view: self.text.len(), end: piece.span.start, start: piece.span.start });
        }
        self.go_on_at(piece.span.start);
        // Readers end pieces at line breaks; should one slip through, it must not look like a paragraph's end.
        for (index, line) in text.split('\n').enumerate() {
            self.text.push_str(if index == 0 { "" } else { " " });
            self.text.push_str(line);
        }
    }

    /// What comes next comes from `start` on: what lies before it in the source is left out.
    fn go_on_at(&mut self, start: usize) {
        let view = self.text.len();
        let end = self.end_of(view);
        match self.joints.last_mut() {
            Some(last) if last.view == view => last.start = start,
            _ if end == start => {}
            _ => self.joints.push(Joint { view, end, start }),
        }
    }

    /// Where the character before a place of the view ends in the source.
    fn end_of(&self, view: usize) -> usize {
        match self.joint_at(view) {
            Some(joint) if joint.view == view => joint.end,
            Some(joint) => joint.start + (view - joint.view),
            None => view,
        }
    }

    /// Where the character after a place of the view begins in the source.
    fn start_of(&self, view: usize) -> usize {
        self.joint_at(view).map_or(view, |joint| joint.start + (view - joint.view))
    }

    /// The last joint at a place or before it.
    fn joint_at(&self, view: usize) -> Option<&Joint> {
        self.joints.get(self.joints.partition_point(|joint| joint.view <= view).checked_sub(1)?)
    }

    /// The text to search: paragraphs in order, each ended by `\n`, which stands nowhere else.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of one paragraph in `text`, its `\n` left out.
    pub fn paragraph(&self, index: usize) -> Range<usize> {
        match self.paragraphs.get(index..index.saturating_add(2)) {
            Some([start, next]) => *start..next - 1,
            _ => self.text.len()..self.text.len(),
        }
    }

    /// The paragraph that a byte of `text` belongs to.
    pub fn paragraph_at(&self, offset: usize) -> usize {
        self.paragraphs.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// The same for a byte near one that belongs to the paragraph `near`: quick where many are asked for in order.
    pub fn paragraph_from(&self, near: usize, offset: usize) -> usize {
        let begins = |at: usize| self.paragraphs.get(at).is_some_and(|start| *start <= offset);
        let mut at = near;
        while begins(at + 1) {
            at += 1;
        }
        while at > 0 && !begins(at) {
            at -= 1;
        }
        at
    }

    /// The source characters that a range of `text` (on character boundaries) came from: from the first byte of the
    /// first to the last byte of the last, so that an ignored character at either edge is left out.
    pub fn source(&self, range: Range<usize>) -> Span {
        let Range { start, end } = self.within(range);
        let first = self.start_of(start);
        Span::new(first, if start == end { first } else { self.end_of(end) })
    }

    /// The bytes of `text` that came from source characters inside `span`; may be empty.
    pub fn view(&self, span: Span) -> Range<usize> {
        self.within(self.first_from(span.start)..self.last_until(span.end))
    }

    /// The first place of the view whose character begins at `offset` of the source or after it.
    fn first_from(&self, offset: usize) -> usize {
        let next = self.joints.partition_point(|joint| joint.start <= offset);
        let linear = self.step(next, offset);
        let first = match self.joints.get(next) {
            Some(joint) if joint.end <= offset => joint.view,
            Some(joint) => linear.min(joint.view),
            None => linear.min(self.text.len()),
        };
        (first..=self.text.len()).find(|at| self.text.is_char_boundary(*at)).unwrap_or(self.text.len())
    }

    /// The last place of the view whose character ends at `offset` of the source or before it.
    fn last_until(&self, offset: usize) -> usize {
        let next = self.joints.partition_point(|joint| joint.end <= offset);
        let linear = self.step(next, offset);
        self.joints.get(next).map_or(linear, |joint| linear.min(joint.view - 1))
    }

    /// Where `offset` lies in the view if it is reached from the joint before `next` by equal steps.
    fn step(&self, next: usize, offset: usize) -> usize {
        let joint = next.checked_sub(1).and_then(|last| self.joints.get(last));
        joint.map_or(offset, |joint| joint.view + offset.saturating_sub(joint.start))
    }

    /// The range inside the text, on character boundaries, without the line feeds at its ends.
    fn within(&self, range: Range<usize>) -> Range<usize> {
        let text = slice(&self.text, Span::new(range.start, range.end));
        let end = slice(&self.text, Span::new(0, range.end)).len();
        let start = end - text.len();
        let kept = text.trim_end_matches('\n');
        let end = start + kept.len();
        end - kept.trim_start_matches('\n').len()..end
    }
}

/// Folds a phrase: what a hit of it looks like in a folded view. Empty where nothing but ignored characters is left.
pub fn fold(text: &str) -> String {
    let mut view = View::default();
    view.push_folded(text, 0);
    view.text
}

/// A text in simplified characters, each in the place of the one it stands for: one of another length stays as it is.
pub fn simplified_in_place(text: &str) -> Cow<'_, str> {
    let mut simpler = text.char_indices().filter_map(|(at, c)| Some((at, c, tables::simpler(c)?))).peekable();
    if simpler.peek().is_none() {
        return Cow::Borrowed(text);
    }
    let mut simplified = String::with_capacity(text.len());
    let mut run = 0;
    for (at, c, simpler) in simpler {
        simplified.push_str(slice(text, Span::new(run, at)));
        simplified.push(simpler);
        run = at + c.len_utf8();
    }
    simplified.push_str(slice(text, Span::new(run, text.len())));
    Cow::Owned(simplified)
}

#[cfg(test)]
mod tests;
