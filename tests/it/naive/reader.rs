//! A report read the slow way: character by character, every phrase tried at every place, nothing kept.

use std::collections::BTreeMap;

use guiju::document::{Document, Kind, Part};
use guiju::fold::fold;
use guiju::lang::ast::{Members, Pattern, PhrasePart, Quantifier};
use guiju::span::Span;
use regex::Regex;

/// A character and where it stands; the space that a wrap between two Latin letters leaves stands nowhere.
pub type Char = (char, Span);

/// A place where something stands: a paragraph, and characters of it.
pub type Hit = (usize, Span);

/// What is looked for at one place.
#[derive(Debug, Clone)]
pub enum Atom {
    Folded(String),
    Exact(String),
    Regex(String),
}

/// A report and the sets of a pack.
pub struct Reader<'a> {
    pub document: &'a Document,
    pub terms: &'a BTreeMap<String, Vec<Pattern>>,
}

impl Reader<'_> {
    /// The characters of a paragraph, wraps joined.
    pub fn chars(&self, paragraph: usize) -> Vec<Char> {
        let text = self.document.source.text();
        let mut chars: Vec<Char> = Vec::new();
        for piece in &self.document.paragraphs[paragraph].pieces {
            let here = text[piece.span.range()].chars();
            let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            if piece.wrapped && latin(chars.last().map(|it| it.0)) && latin(here.clone().next()) {
                chars.push((' ', Span::new(piece.span.start, piece.span.start)));
            }
            let mut at = piece.span.start;
            for c in here {
                chars.push((c, Span::new(at, at + c.len_utf8())));
                at += c.len_utf8();
            }
        }
        chars
    }

    /// The characters of a stretch of a paragraph.
    pub fn stretch(&self, paragraph: usize, span: Span) -> Vec<Char> {
        self.chars(paragraph).into_iter().filter(|it| span.contains(it.1)).collect()
    }

    pub fn paragraphs(&self) -> std::ops::Range<usize> {
        0..self.document.paragraphs.len()
    }

    /// A pattern as one choice of phrases and regexes; `None` where `all of` or `at least` stand in it.
    pub fn choice(&self, pattern: &Pattern) -> Option<Vec<Atom>> {
        let all = |list: &[Pattern]| Some(list.iter().map(|it| self.choice(it)).collect::<Option<Vec<_>>>()?.concat());
        match pattern {
            Pattern::Phrase(phrase) => match phrase.parts.as_slice() {
                [PhrasePart::Text(text)] => Some(vec![Atom::Folded(text.clone())]),
                _ => panic!("no holes here"),
            },
            Pattern::Exactly(inner) => {
                let exact = |atom| if let Atom::Folded(text) = atom { Atom::Exact(text) } else { atom };
                Some(self.choice(inner)?.into_iter().map(exact).collect())
            }
            Pattern::Regex(regex) => Some(vec![Atom::Regex(regex.node.clone())]),
            Pattern::Set(set) => all(&self.terms[&set.node]),
            Pattern::Of { quantifier: Quantifier::Any, members } => all(&self.members(members)),
            Pattern::Of { .. } => None,
        }
    }

    pub fn members(&self, members: &Members) -> Vec<Pattern> {
        match members {
            Members::Set(set) => self.terms[&set.node].clone(),
            Members::List(list) => list.clone(),
        }
    }

    /// The members that look for something of their own.
    pub fn different(&self, members: Vec<Pattern>) -> Vec<Pattern> {
        let mut seen = Vec::new();
        let key = |it: &Pattern| {
            let mut atoms: Vec<String> = self.choice(it)?.iter().map(|it| format!("{it:?}")).collect();
            atoms.sort();
            atoms.dedup();
            Some(atoms)
        };
        members
            .into_iter()
            .filter(|it| {
                key(it).is_none_or(|it| {
                    !seen.contains(&it) && {
                        seen.push(it);
                        true
                    }
                })
            })
            .collect()
    }

    /// Where one of the atoms stands: leftmost, longest, none over another. Regexes see a heading by itself where
    /// `headings`.
    pub fn hits(&self, atoms: &[Atom], headings: bool) -> Vec<Hit> {
        let mut all: Vec<Hit> = Vec::new();
        for paragraph in self.paragraphs() {
            let chars = self.chars(paragraph);
            for atom in atoms {
                let found = match atom {
                    Atom::Regex(_) if headings => Vec::new(),
                    _ => places(&chars, atom),
                };
                all.extend(found.into_iter().map(|span| (paragraph, span)));
            }
        }
        for section in self.document.sections.iter().filter(|_| headings) {
            let heading = self.stretch(section.heading.paragraph, section.heading.span);
            for atom in atoms.iter().filter(|it| matches!(it, Atom::Regex(_))) {
                all.extend(places(&heading, atom).into_iter().map(|span| (section.heading.paragraph, span)));
            }
        }
        all.sort_by_key(|(_, span)| (span.start, std::cmp::Reverse(span.end)));
        let mut free = 0;
        all.retain(|(_, span)| {
            span.start >= free && {
                free = span.end;
                true
            }
        });
        all
    }

    /// The sentences of a paragraph.
    pub fn sentences(&self, paragraph: usize) -> Vec<Span> {
        let mut sentences = Vec::new();
        let mut open: Option<Span> = None;
        let mut text = String::new();
        for (c, span) in self.chars(paragraph) {
            let over =
                text.trim_end_matches(is_closer).ends_with(is_stop) || text.trim_end_matches(is_closer).ends_with("……");
            if over && !is_closer(c) && !is_stop(c) && c != '…' && !c.is_whitespace() {
                sentences.extend(open.take());
                text.clear();
            }
            if !c.is_whitespace() {
                text.push(c);
                open = Some(open.map_or(span, |it| it.join(span)));
            }
        }
        sentences.extend(open);
        sentences
    }

    /// Whether a paragraph is running text of opening or sections.
    pub fn is_prose(&self, paragraph: usize) -> bool {
        let it = &self.document.paragraphs[paragraph];
        matches!(it.part, Part::Opening | Part::Body) && matches!(it.kind, Kind::Text | Kind::RunIn(_))
    }

    /// The section that a paragraph heads, if it does.
    pub fn headed(&self, paragraph: usize) -> Option<usize> {
        match self.document.paragraphs[paragraph].kind {
            Kind::Heading(section) | Kind::RunIn(section) => Some(section),
            Kind::Text | Kind::Cell => None,
        }
    }

    /// The sections whose heading names a pattern.
    pub fn named(&self, pattern: &Pattern) -> Vec<usize> {
        (0..self.document.sections.len()).filter(|at| self.names(*at, pattern)).collect()
    }

    fn names(&self, section: usize, pattern: &Pattern) -> bool {
        if let Some(atoms) = self.choice(pattern) {
            return atoms.iter().any(|atom| self.heading_has(section, atom));
        }
        let Pattern::Of { quantifier, members } = pattern else { unreachable!("all else is a choice") };
        let members = self.different(self.members(members));
        let there = members.iter().filter(|it| self.names(section, it)).count();
        match quantifier {
            Quantifier::Any => there > 0,
            Quantifier::All => there == members.len(),
            Quantifier::AtLeast(least) => there >= *least as usize,
        }
    }

    /// The heading contains the phrase; 的 inside may be missing or present, the report's own year may stand there.
    fn heading_has(&self, section: usize, atom: &Atom) -> bool {
        let heading = &self.document.sections[section].heading;
        let words = self.stretch(heading.paragraph, heading.words);
        let Atom::Folded(phrase) = atom else { return !places(&words, atom).is_empty() };
        let letters: Vec<char> = fold(phrase).chars().collect();
        let year = self.document.facts.year.as_ref().map_or(String::new(), |it| format!("|{}年度?", it.value));
        let mut pattern = String::new();
        for (at, c) in letters.iter().enumerate() {
            let inner = at > 0 && at + 1 < letters.len();
            let between = if at > 0 { format!("(?:的{year})*") } else { String::new() };
            let optional = if *c == '的' && inner { "?" } else { "" };
            pattern.push_str(&format!("{between}{}{optional}", regex::escape(&c.to_string())));
        }
        let folded = fold(&words.iter().map(|it| it.0).collect::<String>());
        Regex::new(&pattern).expect("a phrase").is_match(&folded)
    }
}

/// All places of an atom in a text.
pub fn places(chars: &[Char], atom: &Atom) -> Vec<Span> {
    match atom {
        Atom::Folded(phrase) => everywhere(chars, &fold(phrase), fold),
        Atom::Exact(phrase) => everywhere(chars, phrase, str::to_owned),
        Atom::Regex(regex) => {
            let text: String = chars.iter().map(|it| it.0).collect();
            let starts: Vec<usize> = text.char_indices().map(|it| it.0).collect();
            let found = Regex::new(regex).expect("a regex");
            let char_at = |byte: usize| starts.iter().position(|it| *it == byte).unwrap_or(starts.len());
            found.find_iter(&text).map(|it| chars[char_at(it.start())].1.join(chars[char_at(it.end()) - 1].1)).collect()
        }
    }
}

/// Every stretch that reads as `wanted`, begins and ends with a character that counts.
fn everywhere(chars: &[Char], wanted: &str, reads: impl Fn(&str) -> String) -> Vec<Span> {
    let length = wanted.chars().count();
    let mut found = Vec::new();
    for start in 0..chars.len() {
        let mut text = String::new();
        for (c, span) in &chars[start..] {
            if text.is_empty() && reads(&c.to_string()).is_empty() {
                break;
            }
            text.push(*c);
            let read = reads(&text);
            if read == wanted {
                found.push(chars[start].1.join(*span));
                break;
            }
            if read.chars().count() > length + 8 {
                break;
            }
        }
    }
    found
}

fn is_stop(c: char) -> bool {
    "。！？!?".contains(c)
}

fn is_closer(c: char) -> bool {
    "”’」』）)》〉】〕]\"".contains(c)
}
