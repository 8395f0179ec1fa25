//! The one integration binary.

mod cases;
mod commands;
mod directions;
