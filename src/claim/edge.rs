//! `begin with P`, `end with P`.

use crate::claim::ground::Ground;
use crate::claim::{Asking, Fault, Judged, at_least, conjunction};
use crate::document::Part;
use crate::lang::ast::Edge;
use crate::plan::needle::Needle;
use crate::plan::values::Unknown;
use crate::say;
use crate::span::Span;
use crate::verdict::Evidence;

/// Judges it on the text of the ground: a heading without its number.
pub fn judge(asking: &Asking<'_>, edge: Edge, what: &Needle, ground: &Ground) -> Judged {
    let Some((paragraph, text)) = text(asking, edge, ground) else {
        return Judged::unknown(say!(asking.locale, "没有可查的文字", "there is no text to look at"));
    };
    let asked = Asked { asking, edge, paragraph, text, ground };
    match asked.needle(what) {
        Ok(judged) => judged,
        Err(unknown) => asking.judge_unknown(&unknown),
    }
}

struct Asked<'a> {
    asking: &'a Asking<'a>,
    edge: Edge,
    paragraph: usize,
    text: Span,
    ground: &'a Ground,
}

impl Asked<'_> {
    fn needle(&self, what: &Needle) -> Result<Judged, Unknown> {
        match what {
            Needle::Leaf(leaf) => {
                let end = self.edge == Edge::End;
                let found = self.asking.index.at_edge(*leaf, self.asking.scope, self.paragraph, self.text, end)?;
                let found = found.filter(|span| !self.excepted(*span));
                Ok(match found {
                    Some(span) => Judged::holds(vec![Fault::at(span, self.label(what, true))]),
                    None => self.not_there(what),
                })
            }
            Needle::All(parts) => Ok(conjunction(self.each(parts)?.into_iter(), self.asking.locale)),
            Needle::Any(parts) => self.several(what, parts, 1),
            Needle::AtLeast(least, parts) => self.several(what, parts, *least as usize),
        }
    }

    fn each(&self, parts: &[Needle]) -> Result<Vec<Judged>, Unknown> {
        parts.iter().map(|part| self.needle(part)).collect()
    }

    fn several(&self, what: &Needle, parts: &[Needle], least: usize) -> Result<Judged, Unknown> {
        Ok(at_least(least, self.each(parts)?.into_iter(), |_, _| self.not_there(what)))
    }

    fn excepted(&self, span: Span) -> bool {
        self.asking.except.is_some_and(|except| {
            let domain = self.ground.domain();
            !self.asking.index.hits_in(except, self.asking.scope, domain, span).hits.is_empty()
        })
    }

    fn not_there(&self, what: &Needle) -> Judged {
        let label = self.label(what, false);
        let span = match self.ground {
            Ground::Report => self.text,
            Ground::Sentence(_) | Ground::Paragraph(_) | Ground::Section(_) | Ground::Heading(_) => {
                self.ground.span(self.asking.document())
            }
        };
        let mut fault = Fault::at(span, label.clone());
        fault.expected = Some(self.asking.name(what));
        Judged::fails(vec![fault], vec![Evidence { span, note: label }])
    }

    fn label(&self, what: &Needle, holds: bool) -> String {
        let name = self.asking.name(what);
        match (self.edge, holds) {
            (Edge::Begin, true) => say!(self.asking.locale, "以{name}开头", "begins with {name}"),
            (Edge::End, true) => say!(self.asking.locale, "以{name}结尾", "ends with {name}"),
            (Edge::Begin, false) => say!(self.asking.locale, "不以{name}开头", "does not begin with {name}"),
            (Edge::End, false) => say!(self.asking.locale, "不以{name}结尾", "does not end with {name}"),
        }
    }
}

/// The text that is looked at, and its paragraph.
fn text(asking: &Asking<'_>, edge: Edge, ground: &Ground) -> Option<(usize, Span)> {
    let document = asking.document();
    let whole = |at: usize| document.paragraphs.get(at).map(|it| (at, it.span()));
    match ground {
        Ground::Report => {
            let inside = |at: &usize| document.paragraphs.get(*at).is_some_and(|it| it.part != Part::Margin);
            let mut all = (0..document.paragraphs.len()).filter(inside);
            whole(match edge {
                Edge::Begin => all.next()?,
                Edge::End => all.next_back()?,
            })
        }
        Ground::Sentence(it) => Some((it.paragraph, it.span)),
        Ground::Paragraph(at) => whole(*at),
        Ground::Heading(at) => {
            let heading = &document.sections.get(*at)?.heading;
            Some((heading.paragraph, heading.words))
        }
        Ground::Section(at) => {
            let section = document.sections.get(*at)?;
            match edge {
                Edge::End => whole(section.paragraphs.end.checked_sub(1)?),
                Edge::Begin => Some((section.heading.paragraph, section.heading.words)),
            }
        }
    }
}
