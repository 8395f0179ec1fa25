//! The one integration binary.

mod generate;
mod language;
mod manual;
