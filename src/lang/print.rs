//! Statements back to sentences, in either voice.

use crate::lang::ast::{Statement, Voice};

/// The statement as a sentence.
pub fn statement(_statement: &Statement, _voice: Voice) -> String {
    String::new()
}
