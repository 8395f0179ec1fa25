//! The rule language: a sentence in either voice to an AST, and back.

pub mod ast;
mod map;
pub mod mutate;
pub mod parse;
pub mod print;
