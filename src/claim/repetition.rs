//! Stub.
#![allow(missing_docs, unused_imports)]
use crate::claim::Detected;
use crate::document::Document;
use crate::locale::Locale;
use crate::span::Span;
pub fn repeated_clauses(_: &Document, _: u32, _: &dyn Fn(usize, Span) -> bool, _: Locale) -> Detected { Detected::default() }
pub fn doubled_words(_: &Document, _: u32, _: &dyn Fn(usize, Span) -> bool, _: Locale) -> Detected { Detected::default() }
