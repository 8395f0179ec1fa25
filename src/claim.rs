//! Evaluates claims on a document: one exhaustive match, a file per family of claims.

use crate::document::Document;
use crate::index::{Domain, Hits, Index};
use jiff::civil::Date;

use crate::lang::ast::{Claim, DateExpr, Num, Phrase, PhrasePart};
use crate::lang::print;
use crate::locale::Locale;
use crate::neighbours::Neighbours;
use crate::plan::needle::Needle;
use crate::plan::values::{Unknown, Values};
use crate::plan::{Plan, Scope};
use crate::say;
use crate::span::Span;
use crate::verdict::{Beside, Evidence, Fix, Related};

pub mod amount;
pub mod copied;
mod cover;
pub mod dates;
pub mod due;
pub mod edge;
pub mod fact;
pub mod ground;
mod letters;
pub mod line_breaks;
pub mod mention;
pub mod misquote;
pub mod mix;
pub mod near;
pub mod numbering;
pub mod pairs;
mod pattern;
pub mod percentages;
pub mod place;
pub mod repetition;
pub mod satisfy;
pub mod script;
pub mod section;
pub mod seen;
#[cfg(test)]
mod testing;
pub mod wording;

use cover::Cover;
use ground::Ground;
use seen::Seen;

/// Characters that make a claim false (or, under `must not`, true), before a rule puts its own words to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The offending characters, or where something missing was due.
    pub span: Span,
    /// Whether something is missing rather than wrong.
    pub absent: bool,
    /// What the engine says of it: what was due, what was worked out. Stands right under the characters.
    pub label: String,
    /// What would have been right, in short: fills {expected}.
    pub expected: Option<String>,
    /// The nearest thing there is: fills {nearest}.
    pub nearest: Option<String>,
    /// Other places and facts that explain it.
    pub related: Vec<Related>,
    /// Places in other reports that are held against characters here.
    pub beside: Vec<Beside>,
    /// All places of the fault, where it is more than one: `span` first.
    pub places: Vec<Span>,
    /// How to mend it.
    pub fix: Option<Fix>,
}

impl Fault {
    /// Wrong characters.
    pub fn at(span: Span, label: impl Into<String>) -> Self {
        Fault {
            span,
            absent: false,
            label: label.into(),
            expected: None,
            nearest: None,
            related: Vec::new(),
            beside: Vec::new(),
            places: Vec::new(),
            fix: None,
        }
    }

    /// Something missing that was due at `span`.
    pub fn missing(span: Span, label: impl Into<String>) -> Self {
        Fault { absent: true, ..Fault::at(span, label) }
    }
}

/// What a claim that looks for faults found.
#[derive(Debug, Clone, Default)]
pub struct Detected {
    /// All faults, in reading order.
    pub faults: Vec<Fault>,
    /// Where it looked, or what it found right: the evidence for a pass.
    pub evidence: Vec<Evidence>,
    /// Why nothing can be said, where there is no fault.
    pub unknown: Option<String>,
}

/// Whether a claim holds. Unknown is not false.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Truth {
    /// It does.
    True,
    /// It does not.
    False,
    /// It cannot be told, and why.
    Unknown(String),
}

/// A claim's truth with its grounds. Both are kept whichever way it came out: `not` turns the truth round, and what is
/// shown for the one outcome is no part of the other.
#[derive(Debug, Clone)]
pub struct Judged {
    /// Whether it holds.
    pub truth: Truth,
    /// What is flagged where it should have come out the other way: hits where it holds under `must not`, what is
    /// missing where it does not hold under `must`.
    pub faults: Vec<Fault>,
    /// What is shown where it came out as it should; `None` where the places of `faults` are just that.
    pub shown: Option<Vec<Evidence>>,
}

impl Judged {
    /// It holds, and these are the characters that make it so.
    fn holds(proof: Vec<Fault>) -> Self {
        Judged { truth: Truth::True, faults: proof, shown: None }
    }

    /// It holds because nothing is there: what would be missing if something had to be, and where it looked.
    fn holds_by_absence(missing: Fault, searched: Vec<Evidence>) -> Self {
        Judged { truth: Truth::True, faults: vec![missing], shown: Some(searched) }
    }

    /// It does not hold: what is wrong, and where it looked in vain.
    fn fails(faults: Vec<Fault>, searched: Vec<Evidence>) -> Self {
        Judged { truth: Truth::False, faults, shown: Some(searched) }
    }

    fn unknown(reason: impl Into<String>) -> Self {
        Judged { truth: Truth::Unknown(reason.into()), faults: Vec::new(), shown: None }
    }

    /// A claim that there are no faults.
    fn faultless(detected: Detected) -> Self {
        match detected.unknown {
            _ if !detected.faults.is_empty() => Judged::fails(detected.faults, Vec::new()),
            Some(reason) => Judged::unknown(reason),
            None => Judged::holds(detected.evidence.into_iter().map(|it| Fault::at(it.span, it.note)).collect()),
        }
    }

    /// A claim that there is something that only `must not` asks of.
    fn faulty(detected: Detected) -> Self {
        match detected.unknown {
            _ if !detected.faults.is_empty() => Judged::holds(detected.faults),
            Some(reason) => Judged::unknown(reason),
            None => Judged::fails(Vec::new(), detected.evidence),
        }
    }

    /// `not` this.
    #[must_use]
    pub fn negate(mut self) -> Self {
        self.truth = match self.truth {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            unknown @ Truth::Unknown(_) => unknown,
        };
        self
    }

    /// What shows that it came out as it did.
    pub fn evidence(&self) -> Vec<Evidence> {
        let own = || self.faults.iter().map(|it| Evidence { span: it.span, note: it.label.clone() }).collect();
        self.shown.clone().unwrap_or_else(own)
    }

    /// Several that came out alike, as one.
    fn together(truth: Truth, parts: Vec<Judged>) -> Judged {
        let evidence = parts.iter().flat_map(Judged::evidence).collect();
        Judged { truth, faults: parts.into_iter().flat_map(|it| it.faults).collect(), shown: Some(evidence) }
    }
}

/// Everything a claim is asked with.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The document with its hits.
    pub index: &'a Index<'a>,
    /// The number of the pack the claim belongs to.
    pub scope: usize,
    /// Hits that overlap one of these do not count.
    pub except: Option<&'a Needle>,
    /// Whether proofs, nearest things and other explanations are wanted, or the faults alone.
    pub explain: bool,
    /// What claims found in the whole report, for its units.
    pub seen: &'a Seen,
    /// The reports this one is held against.
    pub neighbours: &'a Neighbours,
    /// The language people are spoken to in.
    pub locale: Locale,
}

impl<'a> Asking<'a> {
    fn document(&self) -> &'a Document {
        self.index.document
    }

    fn pack(&self) -> Option<&'a Scope> {
        self.plan.scopes.get(self.scope)
    }

    fn values(&self) -> Option<&'a Values> {
        self.pack().map(|it| &it.values)
    }

    fn number(&self, number: &Num) -> Result<u32, Unknown> {
        match self.values() {
            Some(values) => values.number(number, &self.document().facts),
            None => Err(Unknown(String::new())),
        }
    }

    /// The day a statement names; 29 February of a common year is its last day of February.
    fn date(&self, written: &DateExpr) -> Result<Date, Unknown> {
        let year = i16::try_from(self.number(&written.year)?).map_err(|_| Unknown("year".to_owned()))?;
        let (month, day) = (written.month.cast_signed(), written.day.cast_signed());
        Date::new(year, month, day)
            .or_else(|_| Date::new(year, month, 1).map(Date::last_of_month))
            .map_err(|_| Unknown("year".to_owned()))
    }

    /// The hits of any leaf of a needle that count: inside the ground, and not excepted.
    fn hits(&self, needle: &Needle, domain: Domain, ground: &Ground) -> Hits {
        self.hits_in(needle, domain, ground, ground.reach(self.document()))
    }

    /// Those of them that reach into some bytes.
    fn hits_in(&self, needle: &Needle, domain: Domain, ground: &Ground, reach: Span) -> Hits {
        // Of the units of a report each is asked for itself.
        let mut hits = match ground {
            Ground::Report => self.index.hits_there(needle, self.scope, domain, reach),
            Ground::Sentence(_) | Ground::Paragraph(_) | Ground::Section(_) | Ground::Heading(_) => {
                self.index.hits_in(needle, self.scope, domain, reach)
            }
        };
        hits.hits.retain(|hit| ground.holds(self.document(), hit));
        self.spare(&mut hits.hits, domain, |hit| hit.span);
        hits
    }

    /// Drops what overlaps something that is excepted.
    fn spare<T>(&self, found: &mut Vec<T>, domain: Domain, span: impl Fn(&T) -> Span) {
        let Some(except) = self.except else { return };
        let Some(reach) = found.iter().map(&span).reduce(Span::join) else { return };
        let excepted = Cover::of(&self.index.hits_in(except, self.scope, domain, reach).hits);
        found.retain(|it| !excepted.overlaps(span(it)));
    }

    /// What was found without the faults that are excepted.
    fn sift(&self, mut detected: Detected) -> Detected {
        self.spare(&mut detected.faults, Domain::Paragraphs, |fault| fault.span);
        detected
    }

    fn faultless(&self, detected: Detected) -> Judged {
        Judged::faultless(self.sift(detected))
    }

    fn faulty(&self, detected: Detected) -> Judged {
        Judged::faulty(self.sift(detected))
    }

    /// A pattern as people read it.
    fn name(&self, needle: &Needle) -> String {
        let list = |parts: &[Needle]| parts.iter().map(|part| self.name(part)).collect::<Vec<_>>().join("、");
        match needle {
            Needle::Leaf(leaf) => self.leaf_name(*leaf),
            Needle::Any(parts) => list(parts),
            Needle::All(parts) => {
                let list = list(parts);
                say!(self.locale, "{list}（全部）", "all of {list}")
            }
            Needle::AtLeast(least, parts) => {
                let list = list(parts);
                say!(self.locale, "{list}（至少 {least} 项）", "at least {least} of {list}")
            }
        }
    }

    /// A leaf's name with its years filled in: “2025年” says more than “{year+1}年”.
    fn leaf_name(&self, leaf: usize) -> String {
        let needles = self.index.needles();
        let mut name = needles.names.get(leaf).cloned().unwrap_or_default();
        let templates = needles.leaves.get(leaf).into_iter().flat_map(|it| &it.templates);
        for part in templates.filter_map(|at| needles.templates.get(*at)).flat_map(|it| &it.phrase.parts) {
            if let (PhrasePart::Hole(hole), Some(values)) = (part, self.values())
                && let Ok(texts) = values.texts(&Phrase { parts: vec![part.clone()] }, &self.document().facts)
                && let Some(text) = texts.first()
            {
                name = name.replace(&print::hole(&hole.node), text);
            }
        }
        name
    }

    fn unknown(&self, unknown: &Unknown) -> String {
        let name = &unknown.0;
        match fact::called(name, self.locale) {
            Some(fact) => say!(
                self.locale,
                "看不出{fact}（可用 --var {name}=… 告诉程序）",
                "{fact} is not known (--var {name}=… tells it)"
            ),
            None => say!(
                self.locale,
                "没有设定 {name}（可用 --var {name}=… 设定）",
                "{name} is not set (--var {name}=… sets it)"
            ),
        }
    }

    fn judge_unknown(&self, unknown: &Unknown) -> Judged {
        Judged::unknown(self.unknown(unknown))
    }

    /// Judges a claim. `forbidden` says that it stands under `must not` or `not`: an empty section counts there.
    pub fn judge(&self, claim: &Claim<Needle>, ground: &Ground, forbidden: bool) -> Judged {
        let document = self.document();
        let locale = self.locale;
        let detected = |finds: &dyn Fn() -> Detected| self.seen.detected(document, claim, ground, finds);
        match claim {
            Claim::Mention(mention) => mention::judge(self, mention, ground, forbidden),
            Claim::Section(section) => section::judge(self, section, ground, forbidden),
            Claim::Wording { right, wrong } => wording::judge(self, right, wrong, ground),
            Claim::Misquote(set) => match self.pack().and_then(|it| it.titles.get(&set.node)) {
                Some(titles) => {
                    self.faulty(detected(&|| misquote::detect(document, self.index.joined(), titles, locale)))
                }
                None => Judged::unknown(format!("${}", set.node)),
            },
            Claim::Amount { count, unit, places } => amount::judge(self, count, *unit, places, ground),
            Claim::Edge { edge, what } => edge::judge(self, *edge, what, ground),
            Claim::Numbering if document.lost.numbers => Judged::unknown(say!(
                locale,
                "这种格式不留自动编号，看不出标题的序号",
                "this format does not keep automatic numbers, so that the numbers of headings are not known"
            )),
            Claim::Numbering => self.faultless(numbering::detect(document, locale)),
            Claim::Mix { one, other, places } => mix::judge(self, one, other, places, ground),
            Claim::Script => self.faultless(detected(&|| script::detect(document, locale))),
            Claim::Pairs => self.faultless(detected(&|| pairs::detect(document, locale))),
            Claim::Break if document.lost.line_breaks => Judged::unknown(say!(
                locale,
                "这种格式的换行由版面决定，看不出是不是写的人断的行",
                "in this format lines break where the page says, so that no break can be told from a wrap"
            )),
            Claim::Break => self.faulty(detected(&|| line_breaks::detect(document, locale))),
            Claim::Repeat(least) => match self.number(least) {
                Ok(least) => self.faulty(detected(&|| {
                    repetition::clauses(document, self.index.joined(), self.index.sentences(), least as usize, locale)
                })),
                Err(unknown) => self.judge_unknown(&unknown),
            },
            Claim::Double(least) => match self.number(least) {
                Ok(least) => self.faulty(detected(&|| repetition::words(document, least as usize, locale))),
                Err(unknown) => self.judge_unknown(&unknown),
            },
            Claim::Signed => self.faultless(dates::signed(document, locale)),
            Claim::Dated { in_closing } => self.faultless(dates::dated(document, *in_closing, locale)),
            Claim::DatedAt { order, date } => match self.date(date) {
                Ok(date) => self.faultless(dates::dated_at(document, *order, date, locale)),
                Err(unknown) => self.judge_unknown(&unknown),
            },
            Claim::Satisfy(equation) => match self.values() {
                Some(values) => {
                    let fill = |part: &Phrase| values.texts(part, &document.facts).map_err(|it| self.unknown(&it));
                    let quantities = satisfy::Quantities { templates: &values.quantities, fill: &fill };
                    let folded = self.index.folded();
                    self.faultless(satisfy::detect(
                        document,
                        folded,
                        equation,
                        quantities,
                        ground.reach(document),
                        locale,
                    ))
                }
                None => Judged::unknown(String::new()),
            },
            Claim::Percentages => {
                let found = detected(&|| percentages::detect(self.index.joined(), self.index.sentences(), locale));
                self.faultless(percentages::or_nothing(found, locale))
            }
            Claim::Copied(copied) => copied::judge(self, copied),
            Claim::Fact(test) => fact::judge(self, test),
            Claim::Not(inner) => self.judge(inner, ground, !forbidden).negate(),
            Claim::And(parts) => conjunction(parts.iter().map(|part| self.judge(part, ground, forbidden)), locale),
            Claim::Or(parts) => disjunction(parts.iter().map(|part| self.judge(part, ground, forbidden)), locale),
        }
    }
}

/// All must hold: false where one is, unknown where one is and none is false.
pub fn conjunction(parts: impl Iterator<Item = Judged>, locale: Locale) -> Judged {
    // `A and B` is `not (not A or not B)`.
    disjunction(parts.map(Judged::negate), locale).negate()
}

/// One must hold. Where none does, that is one fault: any of them would do, so that what is missing is told only where
/// nothing is wrong.
fn disjunction(parts: impl Iterator<Item = Judged>, locale: Locale) -> Judged {
    at_least(1, parts, |_, not| {
        let mut whole = Judged::together(Truth::False, not);
        if whole.faults.iter().all(|fault| fault.absent) {
            whole.faults = one_of(whole.faults, locale).into_iter().collect();
        } else {
            whole.faults.retain(|fault| !fault.absent);
        }
        whole
    })
}

/// So many must hold: true where so many are, unknown where so many may be. Otherwise `too_few` makes one of those that
/// hold and those that do not.
fn at_least(
    least: usize,
    parts: impl Iterator<Item = Judged>,
    too_few: impl FnOnce(&[Judged], Vec<Judged>) -> Judged,
) -> Judged {
    let (mut there, mut open, mut not) = (Vec::new(), Vec::new(), Vec::new());
    for part in parts {
        match part.truth {
            Truth::True => there.push(part),
            Truth::Unknown(reason) => open.push(reason),
            Truth::False => not.push(part),
        }
    }
    if there.len() >= least {
        return Judged::together(Truth::True, there);
    }
    match open.first() {
        Some(reason) if there.len() + open.len() >= least => Judged::unknown(reason),
        _ => too_few(&there, not),
    }
}

fn one_of(faults: Vec<Fault>, locale: Locale) -> Option<Fault> {
    let many = faults.len() > 1;
    let mut labels: Vec<String> = faults.iter().map(|fault| fault.label.clone()).collect();
    labels.dedup();
    let labels = labels.join(match locale {
        Locale::Zh => "；",
        Locale::En => "; ",
    });
    let mut expected: Vec<String> = faults.iter().filter_map(|fault| fault.expected.clone()).collect();
    expected.dedup();
    let mut whole = faults.into_iter().reduce(|mut first, next| {
        first.related.extend(next.related);
        first.nearest = first.nearest.or(next.nearest);
        first
    })?;
    if many {
        whole.label = say!(locale, "{labels}（有一项即可）", "{labels} (one of these would do)");
        whole.expected = (!expected.is_empty()).then(|| expected.join("、"));
    }
    Some(whole)
}
