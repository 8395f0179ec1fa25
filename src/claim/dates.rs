//! Stub.
#![allow(missing_docs, unused_imports)]
use crate::claim::Detected;
use crate::document::Document;
use crate::locale::Locale;
use crate::span::Span;
pub fn signed(_: &Document, _: Locale) -> Detected { Detected::default() }
pub fn dated(_: &Document, _: bool, _: Locale) -> Detected { Detected::default() }
pub fn dated_at(_: &Document, _: crate::lang::ast::DateOrder, _: u32, _: u8, _: u8, _: Locale) -> Detected { Detected::default() }
