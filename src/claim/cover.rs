//! The stretches of text that hits cover, to ask quickly whether another overlaps one or lies in one.

use crate::index::Hit;
use crate::span::Span;

/// Stretches of text.
pub(super) struct Cover {
    /// Where each begins, in order.
    starts: Vec<usize>,
    /// The furthest end of those up to each.
    ends: Vec<usize>,
}

impl Cover {
    /// What hits in reading order cover.
    pub(super) fn of(hits: &[Hit]) -> Cover {
        let furthest = hits.iter().scan(0, |end, hit| {
            *end = hit.span.end.max(*end);
            Some(*end)
        });
        Cover { starts: hits.iter().map(|hit| hit.span.start).collect(), ends: furthest.collect() }
    }

    /// The furthest end of those that begin before `offset`.
    fn furthest(&self, offset: usize) -> usize {
        let before = self.starts.partition_point(|start| *start < offset);
        before.checked_sub(1).and_then(|last| self.ends.get(last)).copied().unwrap_or_default()
    }

    /// Whether a span shares a byte with one of them.
    pub(super) fn overlaps(&self, span: Span) -> bool {
        self.furthest(span.end) > span.start
    }

    /// Whether a span lies in one of them.
    pub(super) fn contains(&self, span: Span) -> bool {
        self.furthest(span.start + 1) >= span.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_asking_each_would_tell() {
        let spans = [(2, 9), (3, 4), (3, 5), (10, 11), (14, 20), (15, 30), (31, 32)].map(|(a, b)| Span::new(a, b));
        let cover = Cover::of(&spans.map(|span| Hit { span, paragraph: 0 }));
        for start in 0..34 {
            for end in start + 1..35 {
                let span = Span::new(start, end);
                assert_eq!(cover.overlaps(span), spans.iter().any(|it| it.overlaps(span)), "{span:?}");
                assert_eq!(cover.contains(span), spans.iter().any(|it| it.contains(span)), "{span:?}");
            }
        }
        assert!(!Cover::of(&[]).overlaps(Span::new(0, 1)));
    }
}
