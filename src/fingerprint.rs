//! What makes a finding the same one in the next run, though lines above it came or went.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::document::Document;
use crate::fold::fold;
use crate::span::Span;
use crate::verdict::{Outcome, Verdict};

/// Names all findings of a report. `path` is what it goes by wherever the program is run from; `rule` gives the id of a
/// rule by its number.
pub fn stamp<'a>(verdicts: &mut [Verdict], path: &str, document: &Document, rule: impl Fn(usize) -> &'a str) {
    let mut fingerprints = Fingerprints::of(path);
    for verdict in verdicts {
        match &mut verdict.outcome {
            Outcome::Fail(findings) => {
                for finding in findings {
                    finding.fingerprint = fingerprints.name(rule(verdict.rule), document, finding.span);
                }
            }
            Outcome::Pass(_) | Outcome::NotApplicable(_) | Outcome::Waived(_) => {}
        }
    }
}

/// Names the findings of one report. Equal ones are told apart by their order, so each is to be named once, in order.
#[derive(Debug)]
pub struct Fingerprints {
    path: String,
    seen: HashMap<[u8; 32], u32>,
}

impl Fingerprints {
    /// None named yet, of the report that goes by this path.
    pub fn of(path: &str) -> Self {
        Fingerprints { path: portable(path), seen: HashMap::new() }
    }

    /// SHA-256, in hexadecimal, over rule, path, folded text, headings (without their numbers, which change when a
    /// section is put in above) and ordinal. Never the line.
    pub fn name(&mut self, rule: &str, document: &Document, span: Span) -> String {
        let mut hash = Sha256::new();
        add(&mut hash, rule);
        add(&mut hash, &self.path);
        add(&mut hash, &fold(document.source.slice(span)));
        let section = document.paragraph_at(span.start).and_then(|at| document.paragraphs.get(at)?.section);
        for at in section.map(|at| document.ancestry(at)).unwrap_or_default() {
            add(&mut hash, &fold(&document.heading_words(at)));
        }
        let ordinal = self.seen.entry(hash.clone().finalize().into()).or_default();
        *ordinal += 1;
        add(&mut hash, &ordinal.to_string());
        hex(&hash.finalize())
    }
}

/// Parts are kept apart by their lengths, so that no two lists of parts give the same bytes.
fn add(hash: &mut Sha256, part: &str) {
    hash.update((part.len() as u64).to_le_bytes());
    hash.update(part);
}

/// The same path for `./a.txt`, `a.txt` and Windows' back slashes; elsewhere a back slash is a character of the name.
pub fn portable(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    path.strip_prefix("./").unwrap_or(&path).to_owned()
}

/// The name of something that is made of these parts alone.
pub fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    parts.iter().for_each(|it| add(&mut hash, it));
    hex(&hash.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
