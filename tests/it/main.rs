//! The one integration binary.

mod commands;
mod directions;
mod generate;
mod language;
mod manual;
mod program;
