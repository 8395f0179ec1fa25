//! Rule packs: a name, what it is for, its terms, and its rules with their tests.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::lang::ast::{Claim, Modal, Pattern, Phrase, Statement};
use crate::problem::Problem;
use crate::source::Source;
use crate::span::{Span, Spanned};

pub mod builtin;
mod constant;
mod cycles;
mod family;
pub mod lint;
pub mod load;
pub mod marks;
mod members;
mod mirror;
pub mod roles;
mod rules;
mod silences;
mod scope;
pub mod uses;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Only what a reviewer would remark.
    Advice,
    /// Should be mended.
    Warning,
    /// Must be mended.
    Error,
}

impl Severity {
    /// All, gravest first.
    pub const ALL: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Advice];

    /// That of a statement by its modal.
    pub const fn of(statement: &Statement) -> Severity {
        match statement.modal {
            Modal::Must | Modal::MustNot => Severity::Error,
            Modal::Should | Modal::ShouldNot => Severity::Warning,
        }
    }

    /// The word used in packs, JSON and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Advice => "advice",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A pack as it was written, checked: what could be made of it.
#[derive(Debug, Clone)]
pub struct Pack {
    /// Its unique name.
    pub name: String,
    /// Its version, a string.
    pub version: String,
    /// What it is called.
    pub title: String,
    /// What it is for, on which authority.
    pub about: String,
    /// Where false of a report, none of its rules apply.
    pub applies: Option<Claim>,
    /// The names of the packs it builds on, direct parents only.
    pub extends: Vec<String>,
    /// Parameters in force here, inherited ones included, own values winning.
    pub params: BTreeMap<String, String>,
    /// Project variables its conditions use, inherited ones included.
    pub vars: Vec<String>,
    /// Sets in force here, inherited and extended ones included.
    pub terms: BTreeMap<String, Vec<Pattern>>,
    /// Quantities in force here: templates with `{n}`.
    pub quantities: BTreeMap<String, Vec<Phrase>>,
    /// Its own rules, in the order written; those that are `off` left out.
    pub rules: Vec<Rule>,
    /// Warnings about it that are not to be told.
    pub silences: Vec<lint::Silence>,
    /// The YAML it was read from.
    pub source: Arc<Source>,
}

/// A rule of a pack.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Unique, stable for ever; `span` is where it stands in the YAML.
    pub id: Spanned<String>,
    /// What it is called.
    pub title: String,
    /// Its statements: it fails if one fails.
    pub checks: Vec<Check>,
    /// How grave a finding is.
    pub severity: Severity,
    /// What the reader of a finding is told; may hold {found}, {expected}, {nearest}.
    pub message: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// The authority.
    pub basis: Vec<Basis>,
    /// Free words to group rules by.
    pub tags: Vec<String>,
    /// Whether all places of one cause are one finding.
    pub once: bool,
    /// Its own tests.
    pub tests: Vec<Test>,
}

impl Rule {
    /// A rule of one statement and nothing else.
    pub fn of(id: &str, text: &str, statement: Statement, span: Span) -> Rule {
        Rule {
            id: Spanned::new(id.to_owned(), span),
            title: text.to_owned(),
            severity: Severity::of(&statement),
            checks: vec![Check { text: text.to_owned(), statement, span }],
            message: None,
            help: None,
            basis: Vec::new(),
            tags: Vec::new(),
            once: false,
            tests: Vec::new(),
        }
    }
}

/// One statement of a rule.
#[derive(Debug, Clone)]
pub struct Check {
    /// As written.
    pub text: String,
    /// As understood.
    pub statement: Statement,
    /// Where it stands in the YAML, the whole scalar.
    pub span: Span,
}

/// An authority a rule rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// The law, standard or rule; for a basis given as one text, that text.
    pub law: String,
    /// The article.
    pub article: Option<String>,
    /// In force from.
    pub from: Option<Date>,
    /// In force until.
    pub until: Option<Date>,
    /// Where its law stands in the YAML.
    pub span: Span,
}

/// A test of a rule: a whole report, and what the rule must say of it.
#[derive(Debug, Clone)]
pub struct Test {
    /// What must come out.
    pub expected: Expected,
    /// The report's text, the marks `[[` and `]]` taken out.
    pub text: String,
    /// The characters that must be flagged, as bytes of `text`; empty for an absence.
    pub marks: Vec<Span>,
    /// Where it stands in the YAML.
    pub span: Span,
    /// The other reports that it is held against.
    pub among: Among,
}

/// Reports beside the one of a test.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Among {
    /// The text of last year's report.
    pub last_year: Option<String>,
    /// The texts of other bodies' reports.
    pub others: Vec<String>,
}

/// What a test expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Expected {
    /// `pass`
    Pass,
    /// `fail`
    Fail,
    /// `not-applicable`
    NotApplicable,
}

/// What loading gave: the packs that were asked for and those they extend, parents first, and everything wrong.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// Sound packs and the sound rules of unsound ones.
    pub packs: Vec<Pack>,
    /// All that is wrong, in one run.
    pub problems: Vec<Problem>,
}
