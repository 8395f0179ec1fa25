//! PDF: glyphs with their places out of the page descriptions, text by the layout of pages.
//!
//! A page that shows nothing but pictures, a file under a password and a font whose glyphs stand for no known
//! characters are faults: none of them is an empty report.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use crate::document::Lost;
use crate::extracted::Extracted;
use crate::read::pages::{self, Fault, MOST_PAGES};

mod glyphs;
mod maps;

/// Reads a file. A library that fails on it fails on this file alone.
///
/// # Errors
/// Why it cannot be read.
pub fn read(bytes: &[u8]) -> Result<Extracted, Fault> {
    catch_unwind(AssertUnwindSafe(|| extract(bytes))).unwrap_or_else(|payload| match payload.downcast::<Fault>() {
        Ok(fault) => Err(*fault),
        Err(_) => Err(Fault::Broken),
    })
}

/// How far from the end of a file its last mark may stand, in bytes.
const TAIL: usize = 4096;

/// Whether a file reaches to its end. The library makes do with what there is of one cut short, and half a report would
/// be blamed for what the other half says.
fn is_whole(bytes: &[u8]) -> bool {
    let tail = bytes.get(bytes.len().saturating_sub(TAIL)..).unwrap_or_default();
    memchr::memmem::rfind(tail, b"%%EOF").is_some()
}

fn extract(bytes: &[u8]) -> Result<Extracted, Fault> {
    if !is_whole(bytes) {
        return Err(Fault::Damaged);
    }
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Fault::Encrypted,
        LoadPdfError::Decryption(_) => Fault::Cipher,
        LoadPdfError::Invalid => Fault::Damaged,
    })?;
    if pdf.pages().len() > MOST_PAGES {
        return Err(Fault::Pages(pdf.pages().len()));
    }
    let read = glyphs::read(&pdf);
    read.counts.judge()?;
    Ok(pages::compose(read.pages, Lost { line_breaks: true, ..Lost::default() }))
}
