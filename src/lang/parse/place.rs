//! Parsed pairs to places, of both voices.

use pest::iterators::Pair;

use crate::lang::ast::Place;
use crate::lang::parse::build::{Builder, has, inner};
use crate::lang::parse::grammar::Rule;

impl Builder<'_> {
    /// A place in English.
    pub fn english_place(&mut self, pair: Pair<'_, Rule>) -> Option<Place> {
        let pairs = pair.clone().into_inner();
        let there = |rule| has(&pairs, rule);
        let one_level = there(Rule::k_level);
        if there(Rule::en_same) {
            let unit = inner(pair.clone(), &[Rule::en_same])?.into_inner().next()?.as_rule();
            let what = self.only_pattern(pair)?;
            return Some(match unit {
                Rule::u_sentence => Place::SameSentence(what),
                Rule::u_paragraph => Place::SameParagraph(what),
                _ => Place::SameSection(what),
            });
        }
        if let Some(number) = pairs.clone().find(|it| it.as_rule() == Rule::number) {
            let number = self.number(number)?;
            return Some(if there(Rule::k_first) {
                Place::First(number)
            } else {
                Place::Within(number, self.only_pattern(pair)?)
            });
        }
        let plain = [
            (Rule::k_title, Place::Title),
            (Rule::k_opening, Place::Opening),
            (Rule::k_closing, Place::Closing),
            (Rule::k_text, Place::Text),
            (Rule::k_table, Place::Table),
        ];
        if let Some((_, place)) = plain.into_iter().find(|(rule, _)| there(*rule)) {
            return Some(place);
        }
        if there(Rule::u_heading) {
            return Some(match (one_level, there(Rule::k_own_line)) {
                (true, true) => Place::OwnLineHeadingsOfOneLevel,
                (true, false) => Place::HeadingsOfOneLevel,
                (false, _) => Place::Heading,
            });
        }
        let what = self.only_pattern(pair)?;
        Some(if there(Rule::k_every) {
            Place::EverySection(what)
        } else if there(Rule::k_outside) {
            Place::Outside(what)
        } else if there(Rule::k_before) {
            Place::Before(what)
        } else if there(Rule::k_after) {
            Place::After(what)
        } else {
            Place::Section(what)
        })
    }

    /// A place in Chinese.
    pub fn chinese_place(&mut self, pair: Pair<'_, Rule>) -> Option<Place> {
        let pairs = pair.clone().into_inner();
        let there = |rule| has(&pairs, rule);
        let plain = [
            (Rule::z_own_line_headings_in, Place::OwnLineHeadingsOfOneLevel),
            (Rule::z_level_headings_in, Place::HeadingsOfOneLevel),
            (Rule::z_headings_in, Place::Heading),
            (Rule::z_title_in, Place::Title),
            (Rule::z_opening_in, Place::Opening),
            (Rule::z_closing_in, Place::Closing),
            (Rule::z_text_in, Place::Text),
            (Rule::z_table_in, Place::Table),
        ];
        if let Some((_, place)) = plain.into_iter().find(|(rule, _)| there(*rule)) {
            return Some(place);
        }
        let number = match pairs.clone().find(|it| it.as_rule() == Rule::number) {
            Some(number) => Some(self.number(number)?),
            None => None,
        };
        if let (Some(number), true) = (&number, there(Rule::z_first)) {
            return Some(Place::First(number.clone()));
        }
        let unit = pairs.clone().find(|it| it.as_rule() == Rule::z_same_unit).map(|it| it.as_str().to_owned());
        let what = self.only_pattern(pair.clone())?;
        if let Some(number) = number {
            return Some(Place::Within(number, what));
        }
        Some(match unit.as_deref() {
            Some("同一句" | "同一句子") => Place::SameSentence(what),
            Some("同一段" | "同一段落") => Place::SameParagraph(what),
            Some(_) => Place::SameSection(what),
            None if there(Rule::z_each) => Place::EverySection(what),
            None if there(Rule::z_outside) => Place::Outside(what),
            None if there(Rule::z_before) => Place::Before(what),
            None if there(Rule::z_after) => Place::After(what),
            None => Place::Section(what),
        })
    }
}
