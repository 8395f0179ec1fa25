//! What was found in a whole report, kept while its units are asked one by one.

use std::cell::RefCell;
use std::rc::Rc;

use crate::claim::ground::{Ground, within};
use crate::claim::{Detected, Fault};
use crate::document::Document;
use crate::index::Hit;
use crate::lang::ast::Claim;
use crate::plan::needle::Needle;
use crate::span::Span;
use crate::verdict::Evidence;

/// What the claims of one rule found in one report.
#[derive(Debug, Default)]
pub struct Seen {
    found: RefCell<Vec<(Claim<Needle>, Rc<Detected>)>>,
}

impl Seen {
    /// What a claim found in the ground: of a unit, that part of what it `finds` in the whole report.
    pub(super) fn detected(
        &self,
        document: &Document,
        claim: &Claim<Needle>,
        ground: &Ground,
        finds: impl FnOnce() -> Detected,
    ) -> Detected {
        if *ground == Ground::Report {
            return finds();
        }
        let known = self.found.borrow().iter().find(|(it, _)| it == claim).map(|(_, found)| Rc::clone(found));
        let whole = known.unwrap_or_else(|| {
            let mut found = finds();
            found.faults.sort_by_key(|it| it.span);
            found.evidence.sort_by_key(|it| it.span);
            let found = Rc::new(found);
            self.found.borrow_mut().push((claim.clone(), Rc::clone(&found)));
            found
        });
        part(document, &whole, ground)
    }
}

/// What of it lies in one unit. What is said of the whole report is said of each unit.
fn part(document: &Document, whole: &Detected, ground: &Ground) -> Detected {
    let reach = ground.reach(document);
    let holds = |span: Span| {
        let paragraph = document.paragraph_at(span.start);
        paragraph.is_some_and(|paragraph| ground.holds(document, &Hit { span, paragraph }))
    };
    let faults = whole.faults.get(within(&whole.faults, reach, |it: &Fault| it.span)).unwrap_or_default();
    let evidence = match whole.evidence.as_slice() {
        [only] if only.span.contains(reach) => std::slice::from_ref(only),
        all => all.get(within(all, reach, |it: &Evidence| it.span)).unwrap_or_default(),
    };
    Detected {
        faults: faults.iter().filter(|it| holds(it.span)).cloned().collect(),
        evidence: evidence.iter().filter(|it| it.span.contains(reach) || holds(it.span)).cloned().collect(),
        unknown: whole.unknown.clone(),
    }
}
