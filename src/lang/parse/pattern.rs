//! Parsed pairs to patterns, phrases, places and numbers. A name that is not declared is told with the nearest one.

use pest::iterators::Pair;

use crate::lang::ast::{Count, Hole, Members, Num, Pattern, Phrase, PhrasePart, Quantifier};
use crate::lang::parse::build::{Builder, has, inner};
use crate::lang::parse::claim::chinese_bound;
use crate::lang::parse::grammar::Rule;
use crate::lang::parse::{FACTS, keywords, limits};
use crate::numbers::numerals;
use crate::say;
use crate::span::{Span, Spanned};

impl Builder<'_> {
    /// The one pattern or list of a pair.
    pub fn only_pattern(&mut self, pair: Pair<'_, Rule>) -> Option<Pattern> {
        let found = inner(pair, &[Rule::en_pattern, Rule::zh_pattern, Rule::list])?;
        if found.as_rule() == Rule::list { self.any_of(found) } else { self.pattern(found) }
    }

    /// A pattern of either voice.
    pub fn pattern(&mut self, pair: Pair<'_, Rule>) -> Option<Pattern> {
        let pair = pair.into_inner().next()?;
        self.bare_pattern(pair)
    }

    fn bare_pattern(&mut self, pair: Pair<'_, Rule>) -> Option<Pattern> {
        match pair.as_rule() {
            Rule::name => self.name(pair).map(Pattern::Set),
            Rule::regex => {
                let span = self.span(&pair);
                self.regex_at(Span::new(span.start + 1, span.end - 1)).map(Pattern::Regex)
            }
            Rule::en_any | Rule::zh_any => self.quantified(pair, |_| Some(Quantifier::Any)),
            Rule::en_all | Rule::zh_all => self.quantified(pair, |_| Some(Quantifier::All)),
            Rule::en_at_least | Rule::zh_at_least => self.quantified(pair, |number| match number {
                Some(Num::Lit(least)) => Some(Quantifier::AtLeast(least)),
                Some(Num::Hole(_)) | None => None,
            }),
            Rule::en_exactly | Rule::zh_exactly => {
                let inner = inner(pair, &[Rule::quoted, Rule::name])?;
                self.bare_pattern(inner).map(|it| Pattern::Exactly(Box::new(it)))
            }
            _ => self.phrase_of(pair).map(Pattern::Phrase),
        }
    }

    /// A list as any of its members.
    pub fn any_of(&mut self, list: Pair<'_, Rule>) -> Option<Pattern> {
        let members = self.members(list)?;
        Some(Pattern::Of { quantifier: Quantifier::Any, members: Members::List(members) })
    }

    fn members(&mut self, list: Pair<'_, Rule>) -> Option<Vec<Pattern>> {
        let made: Vec<Option<Pattern>> = list.into_inner().map(|member| self.pattern(member)).collect();
        made.into_iter().collect()
    }

    /// The members of a list that holds nothing but phrases.
    pub fn phrases(&mut self, list: Pair<'_, Rule>) -> Option<Vec<Phrase>> {
        let span = self.span(&list);
        let mut phrases = Vec::new();
        for member in self.members(list)? {
            let Pattern::Phrase(phrase) = member else {
                let message = say!(self.locale, "这里只能列词语", "only phrases can stand in this list");
                return self.tell("lang::phrases", span, message, None);
            };
            phrases.push(phrase);
        }
        Some(phrases)
    }

    fn quantified(&mut self, pair: Pair<'_, Rule>, how: fn(Option<Num>) -> Option<Quantifier>) -> Option<Pattern> {
        let span = self.span(&pair);
        let (mut members, mut number) = (None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::list => members = Some(Members::List(self.members(part)?)),
                Rule::name => members = Some(Members::Set(self.name(part)?)),
                Rule::number => number = Some(self.number(part)?),
                _ => {}
            }
        }
        let members = members?;
        let Some(quantifier) = how(number) else {
            let message = say!(self.locale, "这里要写一个数", "a plain number is due here");
            return self.tell("lang::number", span, message, None);
        };
        if let (Quantifier::AtLeast(least), Members::List(list)) = (quantifier, &members) {
            let count = list.len();
            if least as usize > count || least == 0 {
                let message = say!(
                    self.locale,
                    "只列了 {count} 项，“至少 {least} 项”不可能有意义",
                    "of {count} listed, “at least {least}” makes no sense"
                );
                let help = say!(self.locale, "写 1 至 {count} 之间的数", "write a number between 1 and {count}");
                return self.tell("lang::impossible", span, message, Some(help));
            }
        }
        Some(Pattern::Of { quantifier, members })
    }

    /// `$set`, which must be declared.
    pub fn name(&mut self, pair: Pair<'_, Rule>) -> Option<Spanned<String>> {
        let span = self.span(&pair);
        let text = self.slice(Span::new(span.start + 1, span.end)).to_owned();
        self.set(Spanned::new(text, span))
    }

    /// A set that must be declared; in either script.
    pub fn set(&mut self, name: Spanned<String>) -> Option<Spanned<String>> {
        if self.names.sets.contains(&name.node) {
            return Some(name);
        }
        let folded = crate::fold::fold(&name.node);
        if let Some(same) = self.names.sets.iter().find(|it| crate::fold::fold(it) == folded) {
            return Some(Spanned::new(same.clone(), name.span));
        }
        let known: Vec<&str> = self.names.sets.iter().map(String::as_str).collect();
        let what = say!(self.locale, "没有声明过这个词语集", "no such set");
        let help = say!(self.locale, "在规则包的 terms: 里声明它", "declare it under terms: in the pack");
        self.unknown("lang::unknown-set", &what, &name, &known, help)
    }

    /// Tells that a name is not known, and which one may be meant.
    pub fn unknown<T>(
        &mut self,
        code: &'static str,
        what: &str,
        name: &Spanned<String>,
        known: &[&str],
        help: String,
    ) -> Option<T> {
        let node = &name.node;
        let near = crate::nearest::nearest(node, known.iter().copied());
        let mark = if code == "lang::unknown-set" { "$" } else { "" };
        let help =
            near.map_or(help, |near| say!(self.locale, "是不是想写 {mark}{near}？", "did you mean {mark}{near}?"));
        let message = say!(self.locale, "{what}：{mark}{node}", "{what}: {mark}{node}");
        self.tell(code, name.span, message, Some(help))
    }

    /// A regex as written between its slashes; the sets in it must be declared.
    pub fn regex_at(&mut self, span: Span) -> Option<Spanned<String>> {
        let text = self.slice(span).to_owned();
        if text.len() > limits::REGEX {
            let most = limits::REGEX;
            let message = say!(self.locale, "正则超过 {most} 字节", "the regex has more than {most} bytes");
            return self.tell("lang::too-long", span, message, None);
        }
        let mut sound = true;
        for (at, _) in text.match_indices("{$") {
            let rest = text.get(at + 2..).unwrap_or_default();
            let Some(end) = rest.find('}') else { continue };
            let name = rest.get(..end).unwrap_or_default().to_owned();
            let start = span.start + at + 1;
            sound &= self.set(Spanned::new(name.clone(), Span::new(start, start + 1 + name.len()))).is_some();
        }
        sound.then(|| Spanned::new(text, span))
    }

    /// A phrase, quoted or bare.
    pub fn phrase(&mut self, pair: Pair<'_, Rule>) -> Option<Phrase> {
        let pair = pair.into_inner().next()?;
        self.phrase_of(pair)
    }

    fn phrase_of(&mut self, pair: Pair<'_, Rule>) -> Option<Phrase> {
        if pair.as_rule() == Rule::quoted {
            let inner = pair.into_inner().next()?;
            let span = self.span(&inner);
            return self.phrase_at(span, true);
        }
        let span = self.span(&pair);
        if pair.as_rule() == Rule::zh_bare
            && let Some((left, joint, right)) = keywords::joined(pair.as_str())
        {
            let message = say!(self.locale, "“{joint}”连接的是要求，不是词语", "{joint} joins claims, not phrases");
            let each = if joint == "或者" { "之一" } else { "全部" };
            let help = match keywords::behind_modal(right) {
                Some(claim) => say!(
                    self.locale,
                    "后一项不带情态词，前面空一格：… {joint} {claim}",
                    "write no second modal, and a space: … {joint} {claim}"
                ),
                None => say!(
                    self.locale,
                    "写（{left}、{right}）{each}；要找的就是这几个字，就加上引号",
                    "write （{left}、{right}）{each}, or put the phrase in quotes"
                ),
            };
            return self.tell("lang::joined", span, message, Some(help));
        }
        self.phrase_at(span, false)
    }

    /// The phrase written at `span`: backslashes are read where it is quoted.
    pub fn phrase_at(&mut self, span: Span, quoted: bool) -> Option<Phrase> {
        let text = self.slice(span).to_owned();
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut chars = text.char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' if quoted => plain.push(self.escaped(&mut chars, span.start + at)?),
                '{' => {
                    let rest = text.get(at..).unwrap_or_default();
                    let Some(end) = rest.find('}') else {
                        let message = say!(self.locale, "{{ 没有对应的 }}", "this {{ has no }}");
                        let help = say!(
                            self.locale,
                            "要写花括号本身，用引号并写 \\{{",
                            "for the brace itself write \\{{ in quotes"
                        );
                        return self.tell(
                            "lang::hole",
                            Span::new(span.start + at, span.start + at + 1),
                            message,
                            Some(help),
                        );
                    };
                    if !plain.is_empty() {
                        parts.push(PhrasePart::Text(std::mem::take(&mut plain)));
                    }
                    let hole = Span::new(span.start + at, span.start + at + end + 1);
                    parts.push(PhrasePart::Hole(self.hole_at(hole)?));
                    chars.by_ref().take_while(|(_, c)| *c != '}').for_each(drop);
                }
                c => plain.push(c),
            }
        }
        if !plain.is_empty() {
            parts.push(PhrasePart::Text(plain));
        }
        let empty = parts.iter().all(|part| match part {
            PhrasePart::Text(text) => crate::fold::fold(text).is_empty(),
            PhrasePart::Hole(_) => false,
        });
        if empty {
            let message = say!(self.locale, "词语是空的", "the phrase is empty");
            let help = say!(self.locale, "写出要找的文字", "write the text to look for");
            let mark = |c: Option<char>| c.filter(|_| quoted).map_or(0, char::len_utf8);
            let before = mark(self.slice(Span::new(0, span.start)).chars().next_back());
            let behind = mark(self.slice(Span::new(span.end, self.whole_span().end)).chars().next());
            let span = Span::new(span.start - before, span.end + behind);
            return self.tell("lang::empty-phrase", span, message, Some(help));
        }
        Some(Phrase { parts })
    }

    fn escaped(&mut self, chars: &mut std::str::CharIndices<'_>, at: usize) -> Option<char> {
        let next = chars.next().map(|(_, c)| c);
        match next {
            Some(c) if "\"“”「」『』＂\\{}".contains(c) => Some(c),
            Some('n') => Some('\n'),
            _ => {
                let end = at + 1 + next.map_or(0, char::len_utf8);
                let wrong: String = next.into_iter().collect();
                let message = say!(self.locale, "不认识的转义 \\{wrong}", "no such escape: \\{wrong}");
                let help = say!(
                    self.locale,
                    "反斜杠后面只能是引号、\\、{{、}} 或 n；要写反斜杠本身就写 \\\\",
                    "only a quote mark, \\, {{, }} or n may follow; for a backslash write \\\\"
                );
                self.tell("lang::escape", Span::new(at, end), message, Some(help))
            }
        }
    }

    /// `{year+1}`
    fn hole_at(&mut self, span: Span) -> Option<Spanned<Hole>> {
        let text = self.slice(Span::new(span.start + 1, span.end.saturating_sub(1))).to_owned();
        let sign = text.find(['+', '-', '＋', '－']);
        let (name, offset) = match sign {
            Some(at) => {
                let (name, rest) = text.split_at(at);
                let minus = rest.starts_with(['-', '－']);
                let figures: String = rest.chars().skip(1).filter(|c| !c.is_whitespace()).collect();
                let Some(number) = numerals::integer(&figures).and_then(|it| i32::try_from(it).ok()) else {
                    let message = say!(self.locale, "+ 或 - 后面要写一个数", "a number is due behind + or -");
                    return self.tell("lang::hole", span, message, None);
                };
                (name, if minus { -number } else { number })
            }
            None => (text.as_str(), 0),
        };
        let name = name.trim();
        let known: Vec<&str> = FACTS
            .into_iter()
            .chain(self.names.params.iter().map(String::as_str))
            .chain(self.names.vars.iter().map(String::as_str))
            .collect();
        if !known.contains(&name) {
            let what = say!(self.locale, "没有这个事实、参数或变量", "no such fact, parameter or variable");
            let help = say!(self.locale, "可用的有：{}", "known are: {}", known.join(", "));
            return self.unknown("lang::unknown-hole", &what, &Spanned::new(name.to_owned(), span), &known, help);
        }
        Some(Spanned::new(Hole { name: name.to_owned(), offset }, span))
    }

    /// The name of a fact.
    pub fn fact_name(&mut self, pair: &Pair<'_, Rule>) -> Option<Spanned<String>> {
        let name = Spanned::new(self.written(pair).to_owned(), self.span(pair));
        let known: Vec<&str> = FACTS
            .into_iter()
            .chain(self.names.vars.iter().map(String::as_str))
            .chain(self.names.params.iter().map(String::as_str))
            .collect();
        if known.contains(&name.node.as_str()) {
            return Some(name);
        }
        let what = say!(self.locale, "没有这个事实或变量", "no such fact or variable");
        let help = say!(self.locale, "在规则包的 vars: 里声明它", "declare it under vars: in the pack");
        self.unknown("lang::unknown-fact", &what, &name, &known, help)
    }

    /// A number of either voice.
    pub fn number(&mut self, pair: Pair<'_, Rule>) -> Option<Num> {
        let span = self.span(&pair);
        let written = pair.into_inner().next()?;
        if written.as_rule() == Rule::hole {
            return self.hole_at(span).map(Num::Hole);
        }
        let value = numerals::integer(self.slice(span)).and_then(|it| u32::try_from(it).ok());
        if value.is_none() {
            let message = say!(self.locale, "读不懂这个数", "this is no number that can be used");
            return self.tell("lang::number", span, message, None);
        }
        value.map(Num::Lit)
    }

    /// How often.
    pub fn count(&mut self, pair: Pair<'_, Rule>) -> Option<Count> {
        let pairs = pair.clone().into_inner();
        if let Some(bounds) = pairs.clone().find(|it| matches!(it.as_rule(), Rule::en_bounds | Rule::z_bounds)) {
            return self.bounds(bounds);
        }
        let number = Num::Lit(if has(&pairs, Rule::k_twice) { 2 } else { 1 });
        Some(if has(&pairs, Rule::k_least) {
            Count::AtLeast(number)
        } else if has(&pairs, Rule::k_most) {
            Count::AtMost(number)
        } else {
            Count::Exactly(number)
        })
    }

    /// So many.
    pub fn bounds(&mut self, pair: Pair<'_, Rule>) -> Option<Count> {
        let span = self.span(&pair);
        let pairs = pair.into_inner();
        let bound = pairs.clone().find(|it| it.as_rule() == Rule::z_bound).map(|it| it.as_str().to_owned());
        let (least, most) = (has(&pairs, Rule::k_least), has(&pairs, Rule::k_most));
        let mut numbers = Vec::new();
        for number in pairs.filter(|it| it.as_rule() == Rule::number) {
            numbers.push(self.number(number)?);
        }
        let mut numbers = numbers.into_iter();
        let first = numbers.next()?;
        if let Some(second) = numbers.next() {
            if let (Num::Lit(low), Num::Lit(high)) = (&first, &second)
                && low > high
            {
                let message = say!(
                    self.locale,
                    "{low} 大于 {high}，不可能满足",
                    "{low} is more than {high}: this can never hold"
                );
                let help = say!(self.locale, "小的数写在前面", "write the smaller number first");
                return self.tell("lang::impossible", span, message, Some(help));
            }
            return Some(Count::Between(first, second));
        }
        Some(if least {
            Count::AtLeast(first)
        } else if most {
            Count::AtMost(first)
        } else {
            chinese_bound(bound.as_deref(), first)
        })
    }
}
