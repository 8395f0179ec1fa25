//! `mention P [COUNT] [PLACE …]`.

use crate::claim::ground::Ground;
use crate::claim::place::{self, Spot};
use crate::claim::{Asking, Fault, Judged, at_least, conjunction, due};
use crate::index::{Domain, Hit, Hits};
use crate::lang::ast::{Count, Mention};
use crate::plan::needle::Needle;
use crate::plan::values::Unknown;
use crate::say;
use crate::span::Span;
use crate::verdict::{Evidence, Related};

/// How many hits are asked for; both bounds included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// At least so many.
    pub least: u32,
    /// At most so many.
    pub most: u32,
}

impl Bounds {
    /// At least one.
    pub const SOME: Bounds = Bounds { least: 1, most: u32::MAX };

    /// The bounds of a count.
    ///
    /// # Errors
    /// The name of a number nobody knows.
    pub fn of(asking: &Asking<'_>, count: &Count) -> Result<Bounds, Unknown> {
        Ok(match count {
            Count::Exactly(number) => {
                let exactly = asking.number(number)?;
                Bounds { least: exactly, most: exactly }
            }
            Count::AtLeast(number) => Bounds { least: asking.number(number)?, most: u32::MAX },
            Count::AtMost(number) => Bounds { least: 0, most: asking.number(number)? },
            Count::Between(least, most) => Bounds { least: asking.number(least)?, most: asking.number(most)? },
        })
    }

    /// In words: 至少 2, 恰好 1.
    pub fn words(self, asking: &Asking<'_>) -> String {
        let Bounds { least, most } = self;
        match (least, most) {
            _ if least == most => say!(asking.locale, "恰好 {least}", "exactly {least}"),
            (_, u32::MAX) => say!(asking.locale, "至少 {least}", "at least {least}"),
            (0, _) => say!(asking.locale, "至多 {most}", "at most {most}"),
            _ => say!(asking.locale, "{least} 至 {most}", "between {least} and {most}"),
        }
    }

    /// Whether a number lies inside.
    pub const fn hold(self, number: usize) -> bool {
        number >= self.least as usize && number <= self.most as usize
    }
}

/// No longer hit is quoted in the evidence for it.
const LONGEST_QUOTE: usize = 20;

/// Judges it.
pub fn judge(asking: &Asking<'_>, mention: &Mention<Needle>, ground: &Ground, forbidden: bool) -> Judged {
    let bounds = match mention.count.as_ref().map_or(Ok(Bounds::SOME), |count| Bounds::of(asking, count)) {
        Ok(bounds) => bounds,
        Err(unknown) => return asking.judge_unknown(&unknown),
    };
    let found = match place::find(asking, &mention.places, ground) {
        Ok(found) => found,
        Err(reason) => return Judged::unknown(reason),
    };
    let row =
        |spots: &Vec<Spot>| Row { asking, ground, spots, bounds, domain: found.domain, forbidden }.judge(&mention.what);
    match found.rows.as_slice() {
        [only] => row(only),
        rows => conjunction(rows.iter().map(row), asking.locale),
    }
}

/// One row of places in which a needle is counted.
struct Row<'a> {
    asking: &'a Asking<'a>,
    ground: &'a Ground,
    spots: &'a [Spot],
    bounds: Bounds,
    domain: Domain,
    /// Whether a hit is a fault.
    forbidden: bool,
}

impl Row<'_> {
    fn judge(&self, needle: &Needle) -> Judged {
        match needle {
            Needle::Leaf(_) => {
                let hits = self.hits(needle);
                self.counted(hits.hits, hits.unknown, needle)
            }
            Needle::Any(parts) => {
                let hits = self.hits(needle);
                if parts.iter().all(|part| matches!(part, Needle::Leaf(_))) {
                    return self.counted(hits.hits, hits.unknown, needle);
                }
                self.several(needle, parts, 1)
            }
            Needle::All(parts) => conjunction(parts.iter().map(|part| self.judge(part)), self.asking.locale),
            Needle::AtLeast(least, parts) => self.several(needle, parts, *least as usize),
        }
    }

    fn hits(&self, needle: &Needle) -> Hits {
        self.asking.hits_in(needle, self.domain, self.ground, self.reach())
    }

    /// The bytes that whatever counts lies in.
    fn reach(&self) -> Span {
        place::reach(self.asking.document(), self.spots, self.ground)
    }

    /// So many different members must be there.
    fn several(&self, whole: &Needle, parts: &[Needle], least: usize) -> Judged {
        at_least(least, parts.iter().map(|part| self.judge(part)), |there, not| {
            let (name, count) = (self.asking.name(whole), there.len());
            let label = say!(
                self.asking.locale,
                "应当提及{name}，这里只有 {count} 项",
                "{name} must be mentioned, only {count} are"
            );
            let mut fault = self.missing(whole, label, true);
            let found = there.iter().flat_map(|it| &it.faults);
            fault.related.extend(found.map(|it| Related { message: it.label.clone(), span: it.span }));
            Judged::fails(vec![fault], not.iter().flat_map(Judged::evidence).collect())
        })
    }

    fn counted(&self, mut hits: Vec<Hit>, unknown: Option<Unknown>, needle: &Needle) -> Judged {
        let document = self.asking.document();
        if !self.spots.is_empty() {
            hits.retain(|hit| place::holds(document, self.spots, hit));
        }
        let count = hits.len();
        // Hits that nobody can look for may only be added.
        if let Some(unknown) = unknown
            && (count < self.bounds.least as usize || self.bounds.most != u32::MAX)
            && count <= self.bounds.most as usize
        {
            return self.asking.judge_unknown(&unknown);
        }
        if self.bounds.hold(count) {
            return self.enough(&hits, needle);
        }
        if count < self.bounds.least as usize {
            return self.too_few(&hits, needle);
        }
        let name = self.asking.name(needle);
        let due = self.bounds.words(self.asking);
        let surplus = hits.iter().skip(self.bounds.most as usize).map(|hit| {
            let label = say!(
                self.asking.locale,
                "{name}出现 {count} 次，应当{due} 次",
                "{name} stands {count} times, {due} times is right"
            );
            Fault::at(hit.span, label)
        });
        Judged::fails(surplus.collect(), Vec::new())
    }

    fn enough(&self, hits: &[Hit], needle: &Needle) -> Judged {
        if hits.is_empty() {
            return Judged::holds_by_absence(self.not_mentioned(needle), self.nothing(needle));
        }
        Judged::holds(hits.iter().map(|hit| Fault::at(hit.span, self.stands(hit))).collect())
    }

    /// What a hit proves; under `must not` it speaks for itself.
    fn stands(&self, hit: &Hit) -> String {
        if self.forbidden || !self.asking.explain {
            return String::new();
        }
        let text = self.asking.document().source.slice(hit.span);
        if text.chars().count() > LONGEST_QUOTE || text.contains(['\n', '\r']) {
            return say!(self.asking.locale, "写在这里", "it stands here");
        }
        say!(self.asking.locale, "这里写有“{text}”", "“{text}” stands here")
    }

    fn too_few(&self, hits: &[Hit], needle: &Needle) -> Judged {
        if hits.is_empty() {
            return Judged::fails(vec![self.not_mentioned(needle)], self.nothing(needle));
        }
        let locale = self.asking.locale;
        let (name, count, due) = (self.asking.name(needle), hits.len(), self.bounds.words(self.asking));
        let label = say!(
            locale,
            "{name}只出现 {count} 次，应当{due} 次",
            "{name} stands {count} times only, {due} times is right"
        );
        let mut fault = self.missing(needle, label, false);
        if self.asking.explain {
            fault.related.extend(
                hits.iter()
                    .map(|hit| Related { message: say!(locale, "这里有一处", "one stands here"), span: hit.span }),
            );
        }
        Judged::fails(vec![fault], self.nothing(needle))
    }

    fn not_mentioned(&self, needle: &Needle) -> Fault {
        let name = self.asking.name(needle);
        self.missing(needle, say!(self.asking.locale, "没有提及{name}", "{name} is not mentioned"), true)
    }

    /// Something missing, flagged where it was due, with the nearest wording where there is nothing better to show.
    fn missing(&self, needle: &Needle, label: String, nearest: bool) -> Fault {
        let document = self.asking.document();
        let mut fault = Fault::missing(place::span(document, self.spots, self.ground), label);
        fault.expected = Some(self.asking.name(needle));
        let within = |hit: &Hit| self.ground.holds(document, hit) && place::holds(document, self.spots, hit);
        // Nobody misses what must not be there, and to look for the nearest is dear.
        if nearest
            && self.asking.explain
            && !self.forbidden
            && let Some(near) = due::nearest_phrase(self.asking, needle, self.reach(), &within)
        {
            fault.nearest = Some(document.source.slice(near.span).to_owned());
            fault.related.push(near);
        }
        fault
    }

    /// Evidence that a place was searched in vain.
    fn nothing(&self, needle: &Needle) -> Vec<Evidence> {
        if !self.asking.explain {
            return Vec::new();
        }
        let name = self.asking.name(needle);
        let document = self.asking.document();
        let note = if self.spots.is_empty() && *self.ground == Ground::Report {
            say!(self.asking.locale, "全文没有{name}", "{name} stands nowhere in the report")
        } else {
            say!(self.asking.locale, "此处没有{name}", "{name} does not stand here")
        };
        vec![Evidence { span: place::span(document, self.spots, self.ground), note }]
    }
}
