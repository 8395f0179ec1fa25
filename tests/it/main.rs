//! The one integration binary.

mod commands;
mod directions;
mod program;
