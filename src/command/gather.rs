//! The first pass over all reports, made where rules hold a report against others: a sketch of each is kept, and the
//! few that one is held against are read again when it is its turn.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::ThreadPool;
use rayon::prelude::*;

use crate::collection::{Collection, Member};
use crate::command::input::Input;
use crate::document::Document;
use crate::neighbours::{Known, Near, Neighbour, Neighbours, Others};
use crate::overlap::{Sketch, Stream};
use crate::plan::Needs;

/// Reads a report; `None` where it cannot be read, which is told when it is its turn to be checked.
pub type Reads<'a> = &'a (dyn Fn(&Input) -> Option<Document> + Sync);

/// What is known of all reports of a run.
pub struct Gathered<'a> {
    inputs: &'a [Input],
    needs: Needs,
    set: Option<Collection>,
}

impl<'a> Gathered<'a> {
    /// Looks at every report once, if any rule needs it. Standard input can be read once only, and is left out.
    pub fn of(inputs: &'a [Input], needs: Needs, pool: Option<&ThreadPool>, reads: Reads<'_>) -> Self {
        let one = |input: &Input| match input {
            Input::File(_) => {
                catch_unwind(AssertUnwindSafe(|| reads(input).map(|it| member(&it, needs)))).ok().flatten()
            }
            Input::Standard(_) => None,
        };
        let all = || match pool {
            Some(pool) => pool.install(|| inputs.par_iter().map(one).collect()),
            None => inputs.iter().map(one).collect(),
        };
        let members = |all: Vec<Option<Member>>| all.into_iter().map(Option::unwrap_or_default).collect();
        let set = needs.any().then(|| Collection::new(members(all()), &[]));
        Gathered { inputs, needs, set }
    }

    /// The reports that a report is held against, read again.
    pub fn neighbours(&self, document: &Document, reads: Reads<'_>) -> Neighbours {
        let Some(set) = &self.set else { return Neighbours::default() };
        let Some(body) = document.facts.issuer.as_ref().map(|it| it.value.as_str()) else {
            return Neighbours { last_year: Known::NoBody, others: Known::NoBody };
        };
        let mut found = Neighbours::default();
        if self.needs.last_year {
            found.last_year = match document.facts.year.as_ref() {
                Some(year) => self.last_year(set, body, year.value, reads),
                None => Known::NoYear,
            };
        }
        if let Some(percent) = self.needs.others {
            found.others = self.others(set, document, body, percent, reads);
        }
        found
    }

    fn report(&self, at: usize, reads: Reads<'_>) -> Option<Neighbour> {
        self.inputs.get(at).and_then(reads).map(Neighbour::new)
    }

    fn last_year(&self, set: &Collection, body: &str, year: i16, reads: Reads<'_>) -> Known<Vec<Neighbour>> {
        let found: Vec<Neighbour> =
            set.last_year(body, year).into_iter().filter_map(|at| self.report(at, reads)).collect();
        if found.is_empty() { Known::None } else { Known::There(found) }
    }

    fn others(
        &self,
        set: &Collection,
        document: &Document,
        body: &str,
        percent: u32,
        reads: Reads<'_>,
    ) -> Known<Others> {
        let year = document.facts.year.as_ref().map(|it| it.value);
        let (compared, bodiless) = set.others(body, year);
        if compared == 0 {
            return Known::None;
        }
        let sketch = Sketch::of(&Stream::of(document).letters);
        let near = set.likely(body, year, &sketch, percent).into_iter();
        let near = near.filter_map(|it| Some(Near { report: self.report(it.report, reads)?, alike: it.alike }));
        Known::There(Others { near: near.collect(), compared, bodiless })
    }
}

/// What is kept of a report. Its text is sketched only where rules compare texts.
fn member(document: &Document, needs: Needs) -> Member {
    let compares = needs.last_year || needs.others.is_some();
    Member {
        body: document.facts.issuer.as_ref().map(|it| it.value.clone()),
        year: document.facts.year.as_ref().map(|it| it.value),
        sketch: if compares { Sketch::of(&Stream::of(document).letters) } else { Sketch::default() },
    }
}
