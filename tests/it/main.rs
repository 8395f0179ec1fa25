//! The one integration binary.

#![allow(clippy::unwrap_used, clippy::string_slice, reason = "a test that cannot go on is to fail")]
#![allow(clippy::print_stderr, reason = "a test that is skipped says so aloud")]

mod annotate;
mod authors;
mod cache;
mod broken;
mod cases;
mod commands;
mod docx;
mod directions;
mod fix;
mod fixtures;
mod generate;
mod language;
mod lsp;
mod manual;
mod manual_of_rules;
mod naive;
mod odt;
mod office;
mod outputs;
mod pipelines;
mod paper;
mod parity;
mod program;
mod project;
mod read;
mod robust;
mod watch;
mod whole;
mod several;
mod tutorial;
mod schema;
