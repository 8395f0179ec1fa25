//! The first pass over all reports, made where rules hold a report against others: a sketch of each is kept, and the
//! few that one is held against are read again when it is its turn.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::ThreadPool;
use rayon::prelude::*;

use crate::collection::{Collection, Likely, Member};
use crate::command::input::Input;
use crate::command::workspace::Job;
use crate::document::Document;
use crate::neighbours::{Known, Near, Neighbour, Neighbours, Others};
use crate::overlap::{Sketch, Stream};
use crate::plan::Needs;

/// Reads a report; `None` where it cannot be read, which is told when it is its turn to be checked.
pub type Reads<'a> = &'a (dyn Fn(&Job) -> Option<Document> + Sync);

/// What is known of all reports of a run.
#[derive(Debug, Default)]
pub struct Gathered {
    set: Option<Collection>,
}

impl Gathered {
    /// Looks at every report once, if any rule needs it. Standard input can be read once only, and is left out.
    pub fn of(jobs: &[Job], needs: Needs, pool: Option<&ThreadPool>, reads: Reads<'_>) -> Self {
        let one = |job: &Job| match job.input {
            Input::File(_) => catch_unwind(AssertUnwindSafe(|| reads(job).map(|it| member(&it)))).ok().flatten(),
            Input::Standard(_) => None,
        };
        let all = || match pool {
            Some(pool) => pool.install(|| jobs.par_iter().map(one).collect()),
            None => jobs.iter().map(one).collect(),
        };
        let members = |all: Vec<Option<Member>>| all.into_iter().map(Option::unwrap_or_default).collect();
        Gathered { set: needs.any().then(|| Collection::new(members(all()), &[])) }
    }

    /// The reports that a report is held against, read again.
    pub fn neighbours(&self, jobs: &[Job], document: &Document, needs: Needs, reads: Reads<'_>) -> Neighbours {
        let Some(set) = self.set.as_ref().filter(|_| needs.any()) else { return Neighbours::default() };
        let Some(body) = document.facts.issuer.as_ref().map(|it| it.value.as_str()) else {
            return Neighbours { last_year: Known::NoBody, others: Known::NoBody };
        };
        let year = document.facts.year.as_ref().map(|it| it.value);
        let report = |at: usize| jobs.get(at).and_then(reads).map(Neighbour::new);
        let mut found = Neighbours::default();
        if needs.last_year {
            found.last_year = match year {
                Some(year) => last_year(set, body, year, &report),
                None => Known::NoYear,
            };
        }
        if let Some(percent) = needs.others {
            let (compared, bodiless) = set.others(body, year);
            let sketch = || Sketch::of(&Stream::of(document).letters);
            let near = |it: Likely| Some(Near { report: report(it.report)?, alike: it.alike });
            found.others = match compared {
                0 => Known::None,
                _ => {
                    let likely = set.likely(body, year, &sketch(), percent);
                    Known::There(Others { near: likely.into_iter().filter_map(near).collect(), compared, bodiless })
                }
            };
        }
        found
    }
}

fn last_year(
    set: &Collection,
    body: &str,
    year: i16,
    report: &dyn Fn(usize) -> Option<Neighbour>,
) -> Known<Vec<Neighbour>> {
    let found: Vec<Neighbour> = set.last_year(body, year).into_iter().filter_map(report).collect();
    if found.is_empty() { Known::None } else { Known::There(found) }
}

/// What is kept of a report.
fn member(document: &Document) -> Member {
    Member {
        body: document.facts.issuer.as_ref().map(|it| it.value.clone()),
        year: document.facts.year.as_ref().map(|it| it.value),
        sketch: Sketch::of(&Stream::of(document).letters),
    }
}
