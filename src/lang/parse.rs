//! Sentences to statements. The only user of pest.

use crate::lang::ast::{Claim, Pattern, Phrase, Statement, Voice};
use crate::locale::Locale;
use crate::span::Span;

mod build;
mod claim;
mod cuts;
pub mod expect;
mod grammar;
mod keywords;
mod limits;
mod message;
mod outside;
mod pattern;
mod place;
mod sense;
mod slips;

/// The names a statement may use, as plain values: `lang` knows no pack.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Declared sets, without `$`.
    pub sets: Vec<String>,
    /// Declared quantities.
    pub quantities: Vec<String>,
    /// Declared parameters.
    pub params: Vec<String>,
    /// Declared variables; the facts of a report need no declaration.
    pub vars: Vec<String>,
}

/// The facts of a report that every statement may use.
pub const FACTS: [&str; 6] = ["year", "title_year", "opening_year", "title", "issuer", "date"];

/// What is wrong with a statement, on its very characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// A stable name such as `lang::unknown-set`.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What is said under the characters.
    pub label: String,
    /// The characters, as bytes of the statement.
    pub span: Span,
    /// What to write instead.
    pub help: Option<String>,
}

/// Reads a statement. All faults that can be told are told at once.
///
/// # Errors
/// The faults, one at least.
pub fn statement(text: &str, names: &Names, locale: Locale) -> Result<Statement, Vec<Fault>> {
    limits::check(text, locale)?;
    let outside = outside::Outside::of(text);
    let voice = outside.voice().ok_or_else(|| vec![message::no_modal(text, &outside, locale)])?;
    let rule = match voice {
        Voice::En => grammar::Rule::en_statement,
        Voice::Zh => grammar::Rule::zh_statement,
    };
    cuts::read(text, names, locale, voice, rule, &|builder, pair| {
        let statement = builder.statement(pair, voice);
        if let Some(statement) = &statement {
            sense::statement(builder, statement);
        }
        statement
    })
}

/// Reads a condition such as `it mentions 法治 in the title`.
///
/// # Errors
/// The faults, one at least.
pub fn condition(text: &str, names: &Names, locale: Locale) -> Result<Claim, Vec<Fault>> {
    limits::check(text, locale)?;
    let read = |voice, rule| {
        cuts::read(text, names, locale, voice, rule, &|builder, pair| {
            let claim = pair.into_inner().next().and_then(|pair| builder.or(pair));
            if let Some(claim) = &claim {
                sense::condition(builder, claim);
            }
            claim
        })
    };
    let english = || read(Voice::En, grammar::Rule::en_condition);
    let chinese = || read(Voice::Zh, grammar::Rule::zh_condition);
    let furthest = |faults: &[Fault]| faults.iter().map(|fault| fault.span.start).max();
    match (english(), chinese()) {
        (Ok(claim), _) | (Err(_), Ok(claim)) => Ok(claim),
        (Err(english), Err(chinese)) if furthest(&english) > furthest(&chinese) => Err(english),
        (Err(_), Err(chinese)) => Err(chinese),
    }
}

/// Reads a member of a set: `$set`, `/regex/`, `exactly "…"`, else a phrase as a whole.
///
/// # Errors
/// The faults, one at least.
pub fn member(text: &str, names: &Names, locale: Locale) -> Result<Pattern, Vec<Fault>> {
    limits::check(text, locale)?;
    let mut builder = build::Builder::whole(text, names, locale);
    let pattern = builder.member(text);
    builder.finish(pattern)
}

/// Reads the template of a quantity: a phrase with one `{n}`.
///
/// # Errors
/// The faults, one at least.
pub fn quantity(text: &str, names: &Names, locale: Locale) -> Result<Phrase, Vec<Fault>> {
    limits::check(text, locale)?;
    let mut builder = build::Builder::whole(text, names, locale);
    let phrase = builder.quantity(text);
    builder.finish(phrase)
}
