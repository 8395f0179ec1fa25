//! Stub.
#![allow(missing_docs)]
use crate::lang::ast::*;
pub fn statement(_: &Statement, _: Voice) -> String {
    String::new()
}
pub fn claim(_: &Claim, _: Voice) -> String {
    String::new()
}
pub fn pattern(_: &Pattern, _: Voice) -> String {
    String::new()
}
pub fn hole(h: &Hole) -> String {
    h.name.clone()
}
