//! Parsed pairs to the AST: statements and their booleans. Names that are not declared are told on the way.

use pest::iterators::{Pair, Pairs};

use crate::lang::ast::{Claim, Modal, Pattern, Phrase, PhrasePart, Statement, Subject, Unit, Voice};
use crate::lang::parse::cuts::Marked;
use crate::lang::parse::grammar::Rule;
use crate::lang::parse::{Fault, Names, limits};
use crate::locale::Locale;
use crate::say;
use crate::source::slice;
use crate::span::{Span, Spanned};

/// Builds values from pairs and gathers what is wrong with them.
pub struct Builder<'a> {
    text: &'a str,
    marked: Option<&'a Marked>,
    /// The declared names.
    pub names: &'a Names,
    /// The language people are spoken to in.
    pub locale: Locale,
    /// Where the modal of the statement stands.
    pub modal: Span,
    faults: Vec<Fault>,
}

impl<'a> Builder<'a> {
    /// For a statement that was read with marks.
    pub fn new(text: &'a str, marked: &'a Marked, names: &'a Names, locale: Locale) -> Self {
        Builder { text, marked: Some(marked), names, locale, modal: Span::default(), faults: Vec::new() }
    }

    /// For a text that is one phrase.
    pub fn whole(text: &'a str, names: &'a Names, locale: Locale) -> Self {
        Builder { text, marked: None, names, locale, modal: Span::default(), faults: Vec::new() }
    }

    /// The value, or everything that was told.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, Vec<Fault>> {
        match value {
            Some(value) if self.faults.is_empty() => Ok(value),
            _ => Err(self.faults),
        }
    }

    /// Tells a fault. The answer is `None`, so that it can end a function.
    pub fn tell<T>(&mut self, code: &'static str, span: Span, message: String, help: Option<String>) -> Option<T> {
        // The white space that the grammar lets pass behind a word belongs to no fault.
        let span = Span::new(span.start, span.start + self.slice(span).trim_end().len());
        self.faults.push(Fault { code, message, label: String::new(), span, help });
        None
    }

    /// Where a pair stands in the statement.
    pub fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        let span = pair.as_span();
        self.marked.map_or(Span::new(span.start(), span.end()), |it| it.span(span.start(), span.end()))
    }

    /// A pair's characters as written.
    pub fn written(&self, pair: &Pair<'_, Rule>) -> &'a str {
        slice(self.text, self.span(pair))
    }

    /// A stretch of the statement.
    pub fn slice(&self, span: Span) -> &'a str {
        slice(self.text, span)
    }

    /// The whole statement.
    pub const fn whole_span(&self) -> Span {
        Span::new(0, self.text.len())
    }

    /// A statement of either voice.
    pub fn statement(&mut self, pair: Pair<'_, Rule>, voice: Voice) -> Option<Statement> {
        let mut statement = Statement {
            voice,
            when: None,
            subject: Subject::Report,
            modal: Modal::Must,
            claim: Claim::And(Vec::new()),
            except: None,
            unless: None,
        };
        let whole = self.span(&pair);
        let mut complete = true;
        for part in pair.into_inner() {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::en_when | Rule::zh_when => complete &= self.condition_into(part, &mut statement.when),
                Rule::en_unless | Rule::zh_unless => {
                    if statement.unless.is_some() {
                        let message = say!(self.locale, "只能有一个“除非”", "only one `unless` is allowed");
                        let help = say!(self.locale, "用“或者”把条件合在一起", "join the conditions with `or`");
                        return self.tell("lang::twice", span, message, Some(help));
                    }
                    complete &= self.condition_into(part, &mut statement.unless);
                }
                Rule::en_except | Rule::zh_except => match self.only_pattern(part) {
                    Some(except) => statement.except = Some(except),
                    None => complete = false,
                },
                Rule::en_subject | Rule::zh_subject => match self.subject(part) {
                    Some(subject) => statement.subject = subject,
                    None => complete = false,
                },
                Rule::en_modal | Rule::zh_modal => (statement.modal, self.modal) = (modal(&part), span),
                Rule::en_or | Rule::zh_or => match self.or(part) {
                    Some(claim) => statement.claim = claim,
                    None => complete = false,
                },
                Rule::zh_fixed => match self.fixed(part) {
                    Some((modal, claim)) => (statement.modal, statement.claim) = (modal, claim),
                    None => complete = false,
                },
                _ => {}
            }
        }
        let empty = statement.claim == Claim::And(Vec::new());
        if complete && empty {
            let message = say!(self.locale, "语句里没有要求", "the statement claims nothing");
            return self.tell("lang::no-claim", whole, message, None);
        }
        (complete && !empty).then_some(statement)
    }

    fn condition_into(&mut self, pair: Pair<'_, Rule>, place: &mut Option<Claim>) -> bool {
        *place = inner(pair, &[Rule::en_or, Rule::zh_or]).and_then(|it| self.or(it));
        place.is_some()
    }

    fn subject(&mut self, pair: Pair<'_, Rule>) -> Option<Subject> {
        let Some(each) = inner(pair, &[Rule::en_each, Rule::zh_each]) else { return Some(Subject::Report) };
        let (mut unit, mut mentions) = (Unit::Sentence, None);
        for part in each.into_inner() {
            match part.as_rule() {
                Rule::en_unit => unit = english_unit(&part),
                Rule::z_unit => unit = chinese_unit(part.as_str()),
                Rule::en_pattern | Rule::zh_pattern => mentions = Some(self.pattern(part)?),
                _ => {}
            }
        }
        Some(Subject::Each { unit, mentions })
    }

    /// `A or B`
    pub fn or(&mut self, pair: Pair<'_, Rule>) -> Option<Claim> {
        let parts = self.parts(pair, &[Rule::en_and, Rule::zh_and], Self::and)?;
        joined(parts, Claim::Or)
    }

    fn and(&mut self, pair: Pair<'_, Rule>) -> Option<Claim> {
        let parts = self.parts(pair, &[Rule::en_not, Rule::zh_not], Self::not)?;
        joined(parts, Claim::And)
    }

    fn parts(
        &mut self,
        pair: Pair<'_, Rule>,
        rules: &[Rule],
        make: fn(&mut Self, Pair<'_, Rule>) -> Option<Claim>,
    ) -> Option<Vec<Claim>> {
        let made: Vec<Option<Claim>> =
            pair.into_inner().filter(|it| rules.contains(&it.as_rule())).map(|it| make(self, it)).collect();
        made.into_iter().collect()
    }

    fn not(&mut self, pair: Pair<'_, Rule>) -> Option<Claim> {
        let span = self.span(&pair);
        let (mut nots, mut claim) = (0, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::k_not | Rule::z_not => nots += 1,
                Rule::k_does | Rule::k_the | Rule::k_it | Rule::k_report | Rule::z_it | Rule::z_report => {}
                Rule::en_or | Rule::zh_or => claim = Some(self.or(part)?),
                _ => claim = Some(self.claim(part)?),
            }
        }
        if nots > limits::DEPTH {
            let message = say!(self.locale, "“非”太多", "too many `not`");
            return self.tell("lang::too-deep", span, message, None);
        }
        let claim = claim?;
        Some((0..nots).fold(claim, |claim, _| Claim::Not(Box::new(claim))))
    }

    fn fixed(&mut self, pair: Pair<'_, Rule>) -> Option<(Modal, Claim)> {
        let mut how = Modal::Must;
        let mut claim = None;
        let mut order = None;
        for part in pair.into_inner() {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::zh_modal => (how, self.modal) = (modal(&part), span),
                Rule::z_modal_not => {
                    self.modal = span;
                    how = if part.as_str() == "不宜" { Modal::Should } else { Modal::Must };
                    claim = Some(Claim::Script);
                }
                Rule::z_numbering => claim = Some(Claim::Numbering),
                Rule::z_percentages => claim = Some(Claim::Percentages),
                Rule::z_brackets => claim = Some(Claim::Pairs),
                Rule::z_date_order => order = super::claim::date_order(part.as_str()),
                Rule::date => claim = Some(Claim::DatedAt { order: order?, date: self.date(part)? }),
                _ => {}
            }
        }
        Some((how, claim?))
    }

    /// A member of a set.
    pub fn member(&mut self, text: &str) -> Option<Pattern> {
        let trimmed = text.trim();
        let start = text.len() - text.trim_start().len();
        let span = Span::new(start, start + trimmed.len());
        if let Some(name) = trimmed.strip_prefix('$') {
            return self.set(Spanned::new(name.to_owned(), span)).map(Pattern::Set);
        }
        if trimmed.len() > 2 && trimmed.starts_with('/') && trimmed.ends_with('/') {
            let inner = Span::new(span.start + 1, span.end - 1);
            return self.regex_at(inner).map(Pattern::Regex);
        }
        for prefix in ["exactly ", "原文"] {
            let quoted = trimmed.strip_prefix(prefix).map(str::trim_start).filter(|it| unquote(it).is_some());
            if let Some((quoted, inner)) = quoted.and_then(|it| Some((it, unquote(it)?))) {
                let quote = quoted.chars().next().map_or(0, char::len_utf8);
                let start = span.end - quoted.len() + quote;
                let phrase = self.phrase_at(Span::new(start, start + inner.len()), true)?;
                return Some(Pattern::Exactly(Box::new(Pattern::Phrase(phrase))));
            }
        }
        self.phrase_at(span, false).map(Pattern::Phrase)
    }

    /// A quantity's template.
    pub fn quantity(&mut self, text: &str) -> Option<Phrase> {
        // What a hole may name; a pack has as many templates as quantities, so that those are not copied.
        let vars = [self.names.vars.as_slice(), &["n".to_owned()]].concat();
        let known = Names { vars, params: self.names.params.clone(), ..Names::default() };
        let mut inner = Builder::whole(self.text, &known, self.locale);
        let phrase = inner.phrase_at(Span::new(0, text.len()), false);
        let faults = std::mem::take(&mut inner.faults);
        self.faults.extend(faults);
        let phrase = phrase?;
        let holes = phrase.parts.iter().filter(|it| matches!(it, PhrasePart::Hole(hole) if hole.node.name == "n"));
        if holes.count() != 1 {
            let message = say!(self.locale, "数量的模板应当有一个 {{n}}", "the template of a quantity needs one {{n}}");
            let help = say!(
                self.locale,
                "在数字的位置写 {{n}}，例如 审结{{n}}件",
                "write {{n}} where the number stands, as in 审结{{n}}件"
            );
            return self.tell("lang::quantity", self.whole_span(), message, Some(help));
        }
        if phrase.parts.len() == 1 {
            let message = say!(self.locale, "模板里除了 {{n}} 还要有文字", "the template needs text besides {{n}}");
            return self.tell("lang::quantity", self.whole_span(), message, None);
        }
        Some(phrase)
    }
}

/// The text between quotation marks of either voice.
fn unquote(text: &str) -> Option<&str> {
    let pairs = [('"', '"'), ('“', '”'), ('「', '」'), ('『', '』'), ('＂', '＂')];
    pairs.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close))
}

/// The first inner pair of one of these rules.
pub fn inner<'p>(pair: Pair<'p, Rule>, rules: &[Rule]) -> Option<Pair<'p, Rule>> {
    pair.into_inner().find(|it| rules.contains(&it.as_rule()))
}

/// Whether one of the pairs is of that rule.
pub fn has(pairs: &Pairs<'_, Rule>, rule: Rule) -> bool {
    pairs.clone().any(|it| it.as_rule() == rule)
}

fn joined(mut parts: Vec<Claim>, join: fn(Vec<Claim>) -> Claim) -> Option<Claim> {
    if parts.len() == 1 { parts.pop() } else { Some(join(parts)) }
}

fn modal(pair: &Pair<'_, Rule>) -> Modal {
    if pair.as_rule() == Rule::zh_modal {
        return match pair.as_str().trim_matches(|c: char| c.is_whitespace() || c == super::cuts::MARK) {
            "不得" | "禁止" => Modal::MustNot,
            "宜" | "建议" => Modal::Should,
            "不宜" => Modal::ShouldNot,
            _ => Modal::Must,
        };
    }
    let pairs = pair.clone().into_inner();
    match (has(&pairs, Rule::k_must), has(&pairs, Rule::k_not)) {
        (true, false) => Modal::Must,
        (true, true) => Modal::MustNot,
        (false, false) => Modal::Should,
        (false, true) => Modal::ShouldNot,
    }
}

fn english_unit(pair: &Pair<'_, Rule>) -> Unit {
    match pair.clone().into_inner().next().map(|it| it.as_rule()) {
        Some(Rule::u_top_section) => Unit::TopSection,
        Some(Rule::u_paragraph) => Unit::Paragraph,
        Some(Rule::u_section) => Unit::Section,
        Some(Rule::u_heading) => Unit::Heading,
        _ => Unit::Sentence,
    }
}

fn chinese_unit(text: &str) -> Unit {
    match text {
        "段落" | "段" => Unit::Paragraph,
        "章节" => Unit::Section,
        text if text.starts_with("一级") => Unit::TopSection,
        "标题" => Unit::Heading,
        _ => Unit::Sentence,
    }
}
