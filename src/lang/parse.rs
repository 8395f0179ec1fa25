//! Sentences to statements. The only user of pest.

use crate::lang::ast::{Claim, Pattern, Phrase, Statement};
use crate::locale::Locale;
use crate::span::Span;

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
pub fn statement(_text: &str, _names: &Names, _locale: Locale) -> Result<Statement, Vec<Fault>> {
    Err(Vec::new())
}

/// Reads a condition such as `it mentions 法治 in the title`.
///
/// # Errors
/// The faults, one at least.
pub fn condition(_text: &str, _names: &Names, _locale: Locale) -> Result<Claim, Vec<Fault>> {
    Err(Vec::new())
}

/// Reads a member of a set: `$set`, `/regex/`, `exactly "…"`, else a phrase as a whole.
///
/// # Errors
/// The faults, one at least.
pub fn member(_text: &str, _names: &Names, _locale: Locale) -> Result<Pattern, Vec<Fault>> {
    Err(Vec::new())
}

/// Reads the template of a quantity: a phrase with one `{n}`.
///
/// # Errors
/// The faults, one at least.
pub fn quantity(_text: &str, _names: &Names, _locale: Locale) -> Result<Phrase, Vec<Fault>> {
    Err(Vec::new())
}
