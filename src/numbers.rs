//! Numerals and dates as reports write them.

pub mod dates;
pub mod numerals;
