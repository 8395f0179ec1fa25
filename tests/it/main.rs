//! The one integration binary.

#![allow(clippy::unwrap_used, clippy::string_slice, reason = "a test that cannot go on is to fail")]

mod authors;
mod broken;
mod cases;
mod commands;
mod docx;
mod directions;
mod fixtures;
mod generate;
mod language;
mod manual;
mod manual_of_rules;
mod naive;
mod office;
mod outputs;
mod paper;
mod parity;
mod program;
mod project;
mod read;
mod robust;
mod several;
