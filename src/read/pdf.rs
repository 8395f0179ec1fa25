//! PDF: glyphs with their places out of the page descriptions, text by the layout of pages.
//!
//! A page that shows nothing but pictures, a file under a password and a font whose glyphs stand for no known
//! characters are faults: none of them is an empty report.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use crate::document::Lost;
use crate::extracted::Extracted;
use crate::read::pages;

mod fault;
mod glyphs;
mod maps;

pub(super) use fault::{Fault, problem};

/// More pages than this are no report.
const MOST_PAGES: usize = 10_000;

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

fn extract(bytes: &[u8]) -> Result<Extracted, Fault> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Fault::Encrypted,
        LoadPdfError::Decryption(_) => Fault::Cipher,
        LoadPdfError::Invalid => Fault::Damaged,
    })?;
    if pdf.pages().len() > MOST_PAGES {
        return Err(Fault::Pages(pdf.pages().len()));
    }
    let read = glyphs::read(&pdf);
    judge(&read)?;
    Ok(pages::compose(read.pages, Lost { line_breaks: true, ..Lost::default() }))
}

/// Whether what was read is a text: glyphs there are, and all but a few of them stand for known characters.
fn judge(read: &glyphs::Read) -> Result<(), Fault> {
    let seen = read.known;
    if seen + read.unknown == 0 {
        return Err(if read.images > 0 { Fault::Scanned } else { Fault::Empty });
    }
    if read.unknown > 10 && read.unknown * 100 > seen + read.unknown {
        return Err(Fault::Unmapped { unknown: read.unknown, all: seen + read.unknown });
    }
    // A page number or a stamp set over scanned pages is no text of a report.
    let scanned = read.images >= read.pages.len() && seen < 40 * read.pages.len();
    if scanned { Err(Fault::Scanned) } else { Ok(()) }
}
