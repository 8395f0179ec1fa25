//! Lowers the statements of one pack to needles.

use std::collections::BTreeMap;

use crate::lang::ast::{Claim, Members, Pattern, Phrase, PhrasePart, Quantifier, Statement};
use crate::locale::Locale;
use crate::pack::{Pack, Rule};
use crate::plan::Settings;
use crate::plan::needle::{Leaf, Needle, Needles, RegexFault, Template};
use crate::plan::titles::Titles;
use crate::plan::values::Values;
use crate::problem::Problem;
use crate::say;

/// Sets may be nested so deep; a loader that lets a cycle through must not hang us.
const SET_DEPTH: usize = 64;

/// Lowers one pack after the other into the same needles.
pub struct Lowering<'a> {
    pack: &'a Pack,
    terms: BTreeMap<String, Vec<Pattern>>,
    values: Values,
    titles: BTreeMap<String, Titles>,
    needles: &'a mut Needles,
    problems: Vec<Problem>,
    locale: Locale,
}

/// A pattern that cannot be lowered; the problem is already told.
struct Told;

impl<'a> Lowering<'a> {
    pub fn new(
        pack: &'a Pack,
        heirs: &[&Pack],
        settings: &Settings,
        needles: &'a mut Needles,
        locale: Locale,
    ) -> Lowering<'a> {
        let mut terms = pack.terms.clone();
        let mut params = pack.params.clone();
        for heir in heirs {
            for (name, members) in &mut terms {
                let added = heir.terms.get(name).into_iter().flatten().filter(|it| !members.contains(it));
                let added: Vec<Pattern> = added.cloned().collect();
                members.extend(added);
            }
            for (name, value) in &mut params {
                if let Some(over) = heir.params.get(name) {
                    value.clone_from(over);
                }
            }
        }
        for (name, value) in &mut params {
            if let Some(over) = settings.params.get(name) {
                value.clone_from(over);
            }
        }
        let values = Values { params, vars: settings.vars.clone(), quantities: pack.quantities.clone() };
        Lowering { pack, terms, values, titles: BTreeMap::new(), needles, problems: Vec::new(), locale }
    }

    pub fn finish(self) -> (Values, BTreeMap<String, Titles>, Vec<Problem>) {
        (self.values, self.titles, self.problems)
    }

    pub fn claim(&mut self, claim: &Claim) -> Option<Claim<Needle>> {
        self.prepare_titles(claim);
        claim.map(&mut |pattern: &Pattern| self.pattern(pattern)).ok()
    }

    /// The statements of a rule, `None` where one of them cannot be lowered.
    pub fn rule(&mut self, rule: &Rule) -> Option<Vec<Statement<Needle>>> {
        let before = self.problems.len();
        let statements: Vec<_> = rule.checks.iter().filter_map(|check| self.statement(&check.statement)).collect();
        for problem in self.problems.iter_mut().skip(before) {
            let id = &rule.id.node;
            problem.message = say!(self.locale, "规则 {id}：{}", "rule {id}: {}", problem.message);
        }
        (statements.len() == rule.checks.len()).then_some(statements)
    }

    fn statement(&mut self, statement: &Statement) -> Option<Statement<Needle>> {
        for claim in [Some(&statement.claim), statement.when.as_ref(), statement.unless.as_ref()].into_iter().flatten()
        {
            self.prepare_titles(claim);
        }
        statement.map(&mut |pattern: &Pattern| self.pattern(pattern)).ok()
    }

    fn prepare_titles(&mut self, claim: &Claim) {
        match claim {
            Claim::Misquote(set) => {
                if !self.titles.contains_key(&set.node) {
                    let texts: Vec<String> = self.members(&set.node, 0).iter().filter_map(plain_text).collect();
                    self.titles.insert(set.node.clone(), Titles::new(&texts));
                }
            }
            Claim::Not(inner) => self.prepare_titles(inner),
            Claim::And(parts) | Claim::Or(parts) => parts.iter().for_each(|part| self.prepare_titles(part)),
            Claim::Mention(_)
            | Claim::Section(_)
            | Claim::Wording { .. }
            | Claim::Amount { .. }
            | Claim::Edge { .. }
            | Claim::Numbering
            | Claim::Mix { .. }
            | Claim::Script
            | Claim::Pairs
            | Claim::Break
            | Claim::Repeat(_)
            | Claim::Double(_)
            | Claim::Signed
            | Claim::Dated { .. }
            | Claim::DatedAt { .. }
            | Claim::Satisfy(_)
            | Claim::Percentages
            | Claim::Copied(_)
            | Claim::Fact(_) => {}
        }
    }

    /// The members of a set with the sets among them resolved.
    fn members(&self, name: &str, depth: usize) -> Vec<Pattern> {
        let Some(members) = self.terms.get(name).filter(|_| depth < SET_DEPTH) else { return Vec::new() };
        let mut all = Vec::with_capacity(members.len());
        for member in members {
            match member {
                Pattern::Set(inner) => all.extend(self.members(&inner.node, depth + 1)),
                Pattern::Phrase(_) | Pattern::Exactly(_) | Pattern::Regex(_) | Pattern::Of { .. } => {
                    all.push(member.clone());
                }
            }
        }
        all
    }

    fn pattern(&mut self, pattern: &Pattern) -> Result<Needle, Told> {
        match pattern {
            Pattern::Of { quantifier, members } => {
                // A set among the members is one of them: any of its own members will do.
                let parts = match members {
                    Members::Set(set) => self.terms.get(&set.node).cloned().unwrap_or_default(),
                    Members::List(list) => list.clone(),
                };
                match quantifier {
                    Quantifier::Any => self.any(&parts, pattern),
                    Quantifier::All => Ok(Needle::All(self.each(&parts)?)),
                    Quantifier::AtLeast(least) => Ok(Needle::AtLeast(*least, self.each(&parts)?)),
                }
            }
            Pattern::Phrase(_) | Pattern::Exactly(_) | Pattern::Regex(_) | Pattern::Set(_) => {
                self.any(std::slice::from_ref(pattern), pattern)
            }
        }
    }

    /// The different ones of the parts.
    fn each(&mut self, parts: &[Pattern]) -> Result<Vec<Needle>, Told> {
        let mut needles = Vec::with_capacity(parts.len());
        for part in parts {
            let needle = self.pattern(part)?;
            if !needles.contains(&needle) {
                needles.push(needle);
            }
        }
        Ok(needles)
    }

    /// Any of the parts: one leaf, unless `all of` or `at least` stand among them.
    fn any(&mut self, parts: &[Pattern], whole: &Pattern) -> Result<Needle, Told> {
        let mut leaf = Leaf::default();
        let mut others = Vec::new();
        for part in parts {
            if !self.gather(part, &mut leaf, false, 0)? {
                others.push(self.pattern(part)?);
            }
        }
        let name = self.describe(whole);
        if others.is_empty() {
            return Ok(Needle::Leaf(self.needles.leaf(leaf, name)));
        }
        if leaf != Leaf::default() {
            others.push(Needle::Leaf(self.needles.leaf(leaf, name)));
        }
        Ok(Needle::Any(others))
    }

    /// Adds what a pattern looks for to `leaf`; `false` where it is more than a choice of phrases and regexes.
    fn gather(&mut self, pattern: &Pattern, leaf: &mut Leaf, exact: bool, depth: usize) -> Result<bool, Told> {
        match pattern {
            Pattern::Phrase(phrase) => self.phrase(phrase, leaf, exact),
            Pattern::Exactly(inner) => return self.gather(inner, leaf, true, depth),
            Pattern::Regex(regex) => leaf.regexes.push(self.regex(&regex.node)?),
            Pattern::Set(set) => {
                for member in self.members(&set.node, depth) {
                    if !self.gather(&member, leaf, exact, depth + 1)? {
                        return Ok(false);
                    }
                }
            }
            Pattern::Of { quantifier: Quantifier::Any, members: Members::List(list) } => {
                for member in list {
                    if !self.gather(member, leaf, exact, depth + 1)? {
                        return Ok(false);
                    }
                }
            }
            Pattern::Of { quantifier: Quantifier::Any, members: Members::Set(set) } => {
                return self.gather(&Pattern::Set(set.clone()), leaf, exact, depth + 1);
            }
            Pattern::Of { .. } => return Ok(false),
        }
        Ok(true)
    }

    /// A pattern as the reader of a finding wants it: the first phrases of a set, else its name. A regex is nothing to
    /// show to the author of a report.
    fn describe(&self, pattern: &Pattern) -> String {
        let mut names: Vec<String> = self.parts(pattern).iter().filter_map(quoted).collect();
        let more = self.parts(pattern).len() > SHOWN;
        names.truncate(SHOWN);
        let shown = names.join(say!(self.locale, "", ", ").as_str());
        match pattern {
            _ if shown.is_empty() => {
                called(pattern).unwrap_or_else(|| say!(self.locale, "规则所说的文字", "the wording the rule describes"))
            }
            _ if more => say!(self.locale, "{shown}等", "{shown} …"),
            _ => shown,
        }
    }

    /// What a pattern is a choice of.
    fn parts(&self, pattern: &Pattern) -> Vec<Pattern> {
        match pattern {
            Pattern::Set(set) | Pattern::Of { members: Members::Set(set), .. } => self.members(&set.node, 0),
            Pattern::Of { members: Members::List(list), .. } => list.iter().flat_map(|it| self.parts(it)).collect(),
            Pattern::Exactly(inner) => self.parts(inner),
            Pattern::Phrase(_) | Pattern::Regex(_) => vec![pattern.clone()],
        }
    }

    fn phrase(&mut self, phrase: &Phrase, leaf: &mut Leaf, exact: bool) {
        let filled = self.values.fill_constants(phrase);
        let Some(text) = only_text(&filled) else {
            leaf.templates.push(self.needles.template(Template { phrase: filled, exact }));
            return;
        };
        if exact {
            leaf.exact.push(self.needles.exact(text));
        } else {
            leaf.folded.push(self.needles.folded(text));
        }
    }

    fn regex(&mut self, text: &str) -> Result<usize, Told> {
        let filled = self.fill_sets(text);
        self.needles.regex(&filled, self.pack.source.name().starts_with("built-in:")).map_err(|fault| {
            let (message, help) = match fault {
                RegexFault::Empty => (
                    say!(self.locale, "正则 /{text}/ 可以匹配空串", "the regex /{text}/ may match the empty string"),
                    say!(
                        self.locale,
                        "至少要求一个字符，例如把 * 改为 +",
                        "ask for one character at least: + instead of *"
                    ),
                ),
                RegexFault::Syntax(why) => (
                    say!(
                        self.locale,
                        "正则 /{text}/ 有误：{}",
                        "the regex /{text}/ is wrong: {}",
                        reason(&why, self.locale)
                    ),
                    say!(
                        self.locale,
                        "用 Rust regex 的写法，编译后不超过 1 MB",
                        "use the syntax of Rust's regex, at most 1 MB compiled"
                    ),
                ),
            };
            let problem = Problem::error("pack::regex", self.pack.source.name(), message).help(help);
            self.problems.push(match self.pack.source.text().find(text) {
                Some(at) => problem.at(&self.pack.source, crate::span::Span::new(at, at + text.len()), ""),
                None => problem,
            });
            Told
        })
    }

    /// `{$set}` inside a regex stands for the set's phrases, escaped, the longest first.
    fn fill_sets(&self, text: &str) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{$") {
            filled.push_str(before);
            let Some((name, behind)) = after.split_once('}') else {
                filled.push_str("{$");
                rest = after;
                continue;
            };
            let mut texts: Vec<String> = self.members(name, 0).iter().filter_map(plain_text).collect();
            texts.sort_by_key(|it| std::cmp::Reverse(it.len()));
            let escaped: Vec<String> = texts.iter().map(|it| regex::escape(it)).collect();
            filled.push_str(&format!("(?:{})", escaped.join("|")));
            rest = behind;
        }
        filled.push_str(rest);
        filled
    }
}

/// What is wrong with a regex: the last line of what the library says, in Chinese where people often meet it.
fn reason(why: &str, locale: Locale) -> String {
    let last = why.lines().last().unwrap_or_default().trim().trim_start_matches("error: ");
    let known = [
        ("unclosed group", "左括号没有配上右括号"),
        ("unopened group", "多了一个右括号"),
        ("unclosed character class", "方括号没有闭合"),
        ("repetition operator missing expression", "*、+、?、{…} 前面没有可以重复的内容"),
        ("unclosed counted repetition", "花括号没有闭合"),
        ("look-around", "不支持前后断言（?=、?!、?<=、?<!）"),
        ("backreferences", "不支持反向引用（\\1）"),
        ("unrecognized escape sequence", "不认识的反斜杠写法"),
        ("invalid character class range", "方括号里的范围前大后小"),
        ("exceeds size limit", "太复杂"),
    ];
    let chinese = known.iter().find(|(english, _)| last.contains(english)).map(|(_, chinese)| *chinese);
    match (locale, chinese) {
        (Locale::Zh, Some(chinese)) => chinese.to_owned(),
        (Locale::Zh | Locale::En, _) => last.to_owned(),
    }
}

/// A set is described by so many of its members.
const SHOWN: usize = 3;

fn quoted(pattern: &Pattern) -> Option<String> {
    let Pattern::Phrase(phrase) = pattern else { return None };
    let text: String = phrase
        .parts
        .iter()
        .map(|part| match part {
            PhrasePart::Text(text) => text.clone(),
            PhrasePart::Hole(hole) => crate::lang::print::hole(&hole.node),
        })
        .collect();
    // Quotes inside quotes are single ones.
    Some(format!("“{}”", text.replace('“', "‘").replace('”', "’")))
}

/// The name of the first set in a pattern that has no phrase to show.
fn called(pattern: &Pattern) -> Option<String> {
    match pattern {
        Pattern::Set(set) | Pattern::Of { members: Members::Set(set), .. } => Some(set.node.clone()),
        Pattern::Of { members: Members::List(list), .. } => list.iter().find_map(called),
        Pattern::Exactly(inner) => called(inner),
        Pattern::Phrase(_) | Pattern::Regex(_) => None,
    }
}

/// The text of a phrase without holes.
fn only_text(phrase: &Phrase) -> Option<&str> {
    match phrase.parts.as_slice() {
        [PhrasePart::Text(text)] => Some(text),
        _ => None,
    }
}

fn plain_text(pattern: &Pattern) -> Option<String> {
    match pattern {
        Pattern::Phrase(phrase) => only_text(phrase).map(str::to_owned),
        Pattern::Exactly(inner) => plain_text(inner),
        Pattern::Regex(_) | Pattern::Set(_) | Pattern::Of { .. } => None,
    }
}
