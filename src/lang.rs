//! The rule language: a sentence in either voice to an AST, and back.

pub mod ast;
pub mod parse;
pub mod print;
