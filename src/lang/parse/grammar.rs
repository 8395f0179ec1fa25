//! The parser that pest makes of grammar/statement.pest.
#![allow(missing_docs, reason = "the rules are documented in the grammar")]

/// One parser for both passes and both voices.
#[derive(pest_derive::Parser)]
#[grammar = "grammar/statement.pest"]
pub struct StatementParser;
