//! What fills the holes of a pack's statements: parameters, variables, and the facts of a report.

use std::collections::BTreeMap;

use crate::facts::Facts;
use crate::lang::ast::{Hole, Num, Phrase, PhrasePart};

/// The values a pack's statements see.
#[derive(Debug, Clone, Default)]
pub struct Values {
    /// Parameters, overrides applied.
    pub params: BTreeMap<String, String>,
    /// Variables the project set; a declared one that is not set is missing here.
    pub vars: BTreeMap<String, String>,
    /// Templates with `{n}`.
    pub quantities: BTreeMap<String, Vec<Phrase>>,
}

/// The name of a fact that is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown(pub String);

/// What a hole stands for: a number, or text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A year, found in figures and in Chinese numerals.
    Year(i64),
    /// Anything else.
    Text(String),
}

impl Values {
    /// The value of a parameter or variable, `None` where only a report can know it or nobody does.
    pub fn constant(&self, hole: &Hole) -> Option<String> {
        let text = self.params.get(&hole.name).or_else(|| self.vars.get(&hole.name))?;
        if hole.offset == 0 {
            return Some(text.clone());
        }
        let number: i64 = text.trim().parse().ok()?;
        Some(number.saturating_add(i64::from(hole.offset)).to_string())
    }

    /// The value of a fact, parameter or variable for one report.
    ///
    /// # Errors
    /// The name, where nobody knows it.
    pub fn value(&self, name: &str, facts: &Facts) -> Result<Value, Unknown> {
        let year = |fact: &Option<crate::facts::Fact<i16>>| fact.as_ref().map(|it| Value::Year(i64::from(it.value)));
        let text = |fact: &Option<crate::facts::Fact<String>>| fact.as_ref().map(|it| Value::Text(it.value.clone()));
        let found = match name {
            "year" => year(&facts.year),
            "title_year" => year(&facts.title_year),
            "opening_year" => year(&facts.opening_year),
            "title" => text(&facts.title),
            "issuer" => text(&facts.issuer),
            "date" => facts.date.as_ref().map(|it| Value::Text(it.value.to_string())),
            _ => self.params.get(name).or_else(|| self.vars.get(name)).cloned().map(Value::Text),
        };
        found.ok_or_else(|| Unknown(name.to_owned()))
    }

    /// A hole's number.
    ///
    /// # Errors
    /// The name, where nobody knows it or it is no number.
    pub fn number(&self, number: &Num, facts: &Facts) -> Result<u32, Unknown> {
        match number {
            Num::Lit(value) => Ok(*value),
            Num::Hole(hole) => {
                let unknown = || Unknown(hole.node.name.clone());
                let value = match self.value(&hole.node.name, facts)? {
                    Value::Year(year) => year,
                    Value::Text(text) => text.trim().parse().map_err(|_| unknown())?,
                };
                u32::try_from(value.saturating_add(i64::from(hole.node.offset))).map_err(|_| unknown())
            }
        }
    }

    /// A phrase with the holes filled that parameters and variables fill.
    pub fn fill_constants(&self, phrase: &Phrase) -> Phrase {
        let mut parts: Vec<PhrasePart> = Vec::new();
        for part in &phrase.parts {
            let part = match part {
                PhrasePart::Hole(hole) => self.constant(&hole.node).map_or_else(|| part.clone(), PhrasePart::Text),
                PhrasePart::Text(_) => part.clone(),
            };
            match (parts.last_mut(), part) {
                (Some(PhrasePart::Text(text)), PhrasePart::Text(more)) => text.push_str(&more),
                (_, part) => parts.push(part),
            }
        }
        Phrase { parts }
    }

    /// Every text a phrase stands for in one report: more than one where a year may be written in figures or in
    /// Chinese numerals.
    ///
    /// # Errors
    /// The first name nobody knows.
    pub fn texts(&self, phrase: &Phrase, facts: &Facts) -> Result<Vec<String>, Unknown> {
        let mut choices = Vec::with_capacity(phrase.parts.len());
        for part in &phrase.parts {
            choices.push(match part {
                PhrasePart::Text(text) => vec![text.clone()],
                PhrasePart::Hole(hole) => self.writings(&hole.node, facts)?,
            });
        }
        let many = choices.iter().fold(1_usize, |many, it| many.saturating_mul(it.len()));
        Ok((0..many.min(MOST_TEXTS)).map(|number| text(&choices, number)).collect())
    }

    fn writings(&self, hole: &Hole, facts: &Facts) -> Result<Vec<String>, Unknown> {
        let value = match self.value(&hole.name, facts)? {
            Value::Text(text) if hole.offset == 0 => return Ok(vec![text]),
            Value::Text(text) => text.trim().parse().map_err(|_| Unknown(hole.name.clone()))?,
            Value::Year(year) => year,
        };
        Ok(year_writings(value.saturating_add(i64::from(hole.offset))))
    }
}

/// A phrase with many years in it would stand for too many texts.
const MOST_TEXTS: usize = 256;

/// The text of that number among all that can be made by one choice for each part; the first part changes first.
fn text(choices: &[Vec<String>], mut number: usize) -> String {
    let mut text = String::new();
    for choice in choices.iter().filter(|it| !it.is_empty()) {
        text.extend(choice.get(number % choice.len()).map(String::as_str));
        number /= choice.len();
    }
    text
}

/// A year in figures of either width and in Chinese numerals.
pub fn year_writings(year: i64) -> Vec<String> {
    let figures = year.to_string();
    let spell = |digits: &str| -> String {
        let digits: Vec<char> = digits.chars().collect();
        figures.chars().filter_map(|c| c.to_digit(10).and_then(|d| digits.get(d as usize))).collect()
    };
    let mut writings = vec![
        figures.clone(),
        spell("０１２３４５６７８９"),
        spell("〇一二三四五六七八九"),
        spell("零一二三四五六七八九"),
        spell("○一二三四五六七八九"),
    ];
    writings.dedup();
    writings
}
