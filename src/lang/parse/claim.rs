//! Parsed pairs to claims, of both voices.

use pest::iterators::Pair;

use crate::lang::ast::{
    AmountUnit, Claim, Copied, Count, DateExpr, DateOrder, Edge, Equation, Expr, FactTest, Mention, Num, Operator,
    Order, Relation, SectionClaim, Test, Tolerance, Whose,
};
use crate::lang::parse::build::{Builder, has, inner};
use crate::lang::parse::grammar::Rule;
use crate::say;
use crate::span::Spanned;

impl Builder<'_> {
    /// One claim.
    pub fn claim(&mut self, pair: Pair<'_, Rule>) -> Option<Claim> {
        match pair.as_rule() {
            Rule::en_mention | Rule::zh_mention => self.mention(pair),
            Rule::en_include | Rule::zh_include => self.section(pair),
            Rule::en_write | Rule::zh_write => self.wording(pair),
            Rule::en_misquote | Rule::zh_misquote => self.name(inner(pair, &[Rule::name])?).map(Claim::Misquote),
            Rule::en_amount | Rule::zh_amount => self.amount(pair),
            Rule::en_edge | Rule::zh_edge => self.edge(pair),
            Rule::en_numbering | Rule::zh_numbering => Some(Claim::Numbering),
            Rule::en_mix | Rule::zh_mix => self.mix(pair),
            Rule::zh_script => Some(Claim::Script),
            Rule::zh_mixed_scripts => Some(Claim::Not(Box::new(Claim::Script))),
            Rule::en_pairs | Rule::zh_pairs => Some(Claim::Pairs),
            Rule::en_break | Rule::zh_break => Some(Claim::Break),
            Rule::en_repeat | Rule::zh_repeat => self.least(pair, 4).map(Claim::Repeat),
            Rule::en_double | Rule::zh_double => self.least(pair, 2).map(Claim::Double),
            Rule::en_copied | Rule::zh_copied => self.copied(pair),
            Rule::en_be => self.be(pair),
            Rule::zh_signed => Some(Claim::Signed),
            Rule::zh_dated => Some(Claim::Dated { in_closing: has(&pair.into_inner(), Rule::z_closing_in) }),
            Rule::zh_dated_at => self.dated_at(pair),
            Rule::en_satisfy | Rule::zh_satisfy => self.satisfy(pair),
            Rule::en_percentages | Rule::zh_percentages => Some(Claim::Percentages),
            Rule::en_fact | Rule::zh_fact => self.fact(pair),
            _ => None,
        }
    }

    fn mention(&mut self, pair: Pair<'_, Rule>) -> Option<Claim> {
        let (mut what, mut count, mut places) = (None, None, Vec::new());
        for part in pair.into_inner() {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::en_pattern | Rule::zh_pattern => what = Some(self.pattern(part)?),
                Rule::en_count | Rule::z_count => {
                    if count.is_some() {
                        let message = say!(self.locale, "次数只能说一次", "only one count is allowed");
                        return self.tell("lang::twice", span, message, None);
                    }
                    count = Some(self.count(part)?);
                }
                Rule::en_place => places.push(self.english_place(part)?),
                Rule::zh_place_word | Rule::zh_place_named => places.push(self.chinese_place(part)?),
                _ => {}
            }
        }
        Some(Claim::Mention(Mention { what: what?, count, places }))
    }

    fn section(&mut self, pair: Pair<'_, Rule>) -> Option<Claim> {
        let pairs = pair.into_inner();
        let mut claim = SectionClaim {
            top_level: has(&pairs, Rule::k_top_level) || has(&pairs, Rule::z_top_level),
            or_item: has(&pairs, Rule::k_item) || has(&pairs, Rule::z_or_item),
            name: self
                .pattern(pairs.clone().find(|it| matches!(it.as_rule(), Rule::en_pattern | Rule::zh_pattern))?)?,
            order: None,
            inside: None,
        };
        for part in pairs.filter(|it| matches!(it.as_rule(), Rule::en_order | Rule::en_inside | Rule::zh_where)) {
            let span = self.span(&part);
            let words = part.clone().into_inner();
            let order = if has(&words, Rule::k_before) || has(&words, Rule::z_before) {
                Some(Order::Before)
            } else if has(&words, Rule::k_after) || has(&words, Rule::z_after) {
                Some(Order::After)
            } else {
                None
            };
            let what = self.only_pattern(part)?;
            let twice = if order.is_some() { claim.order.is_some() } else { claim.inside.is_some() };
            if twice {
                let message = say!(self.locale, "这种位置只能说一次", "such a place can be given once only");
                return self.tell("lang::twice", span, message, None);
            }
            match order {
                Some(order) => claim.order = Some((order, what)),
                None => claim.inside = Some(what),
            }
        }
        Some(Claim::Section(claim))
    }

    fn wording(&mut self, pair: Pair<'_, Rule>) -> Option<Claim> {
        let (mut right, mut wrong) = (None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::phrase_en | Rule::phrase_zh => right = Some(self.phrase(part)?),
                Rule::en_pattern | Rule::zh_pattern => wrong = Some(self.pattern(part)?),
                Rule::list => wrong = Some(self.any_of(part)?),
                _ => {}
            }
        }
        Some(Claim::Wording { right: right?, wrong: wrong? })
    }

    fn amount(&mut self, pair: Pair<'_, Rule>) -> Option<Claim> {
        let (mut count, mut unit, mut places) = (None, None, Vec::new());
        let mut bound = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::en_bounds | Rule::z_bounds => count = Some(self.bounds(part)?),
                Rule::z_bound => bound = Some(part.as_str().to_owned()),
                Rule::number => {
                    let number = self.number(part)?;
                    count = Some(chinese_bound(bound.as_deref(), number));
                }
                Rule::en_amount_unit | Rule::z_amount_unit => unit = amount_unit(&part),
                Rule::en_place => places.push(self.english_place(part)?),
                Rule::zh_place_word | Rule::zh_place_named => places.push(self.chinese_place(part)?),
                // 有200字以上 is 有至少200字.
                Rule::z_at_least => {
                    count = count.map(|it| if let Count::Exactly(number) = it { Count::AtLeast(number) } else { it });
                }
                Rule::zh_bare_section => places.push(crate::lang::ast::Place::Section(self.only_pattern(part)?)),
                _ => {}
            }
        }
        Some(Claim::Amount { count: count?, unit: unit?, places })
    }

    fn edge(&mut self, pair: Pair<'_, Rule>) -> Option<Claim> {
        let pairs = pair.clone().into_inner();
        let begin = has(&pairs, Rule::k_begin) || has(&pairs, Rule::z_begin);
        let what = self.only_pattern(pair)?;
        Some(Claim::Edge { edge: if begin { Edge::Begin } else { Edge::End }, what })
    }

    fn mix(&mut self, pair: Pair<'_, Rule>) -> Option<Claim> {
        let (mut forms, mut places) = (Vec::new(), Vec::new());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::en_pattern | Rule::zh_pattern => forms.push(self.pattern(part)?),
                Rule::en_place => places.push(self.english_place(part)?),
                Rule::zh_place_word | Rule::zh_place_named => places.push(self.chinese_place(part)?),
                _ => {}
            }
        }
        let mut forms = forms.into_iter();
        Some(Claim::Mix { one: forms.next()?, other: forms.next()?, places })
    }

    fn least(&mut self, pair: Pair<'_, Rule>, default: u32) -> Option<Num> {
        match inner(pair, &[Rule::number]) {
            Some(number) => self.number(number),
            None => Some(Num::Lit(default)),
        }
    }

    fn copied(&mut self, pair: Pair<'_, Rule>) -> Option<Claim> {
        let pairs = pair.into_inner();
        let other = has(&pairs, Rule::en_other_body) || has(&pairs, Rule::z_other_body);
        let mut numbers = Vec::new();
        for part in pairs.filter(|it| it.as_rule() == Rule::number) {
            let span = self.span(&part);
            let number = self.number(part)?;
            if let (true, Num::Lit(100..)) = (numbers.is_empty(), &number) {
                let message = say!(self.locale, "份额应当小于100%", "the share must be less than 100%");
                return self.tell("lang::impossible", span, message, None);
            }
            numbers.push(number);
        }
        let mut numbers = numbers.into_iter();
        let most = numbers.next()?;
        let least = numbers.next().unwrap_or(Num::Lit(Copied::LEAST));
        Some(Claim::Copied(Copied { most, whose: if other { Whose::OtherBody } else { Whose::LastYear }, least }))
    }

    fn be(&mut self, pair: Pair<'_, Rule>) -> Option<Claim> {
        let mut claim = None;
        let mut not = false;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::k_not => not = true,
                Rule::en_script => claim = Some(Claim::Script),
                Rule::en_signed => claim = Some(Claim::Signed),
                Rule::en_dated => claim = Some(Claim::Dated { in_closing: has(&part.into_inner(), Rule::k_closing) }),
                Rule::en_dated_at => claim = self.dated_at(part),
                _ => {}
            }
        }
        let claim = claim?;
        Some(if not { Claim::Not(Box::new(claim)) } else { claim })
    }

    fn dated_at(&mut self, pair: Pair<'_, Rule>) -> Option<Claim> {
        let (mut order, mut date) = (None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::z_date_order => order = date_order(part.as_str()),
                Rule::en_date_order => order = Some(english_date_order(part)),
                Rule::date => date = Some(self.date(part)?),
                _ => {}
            }
        }
        Some(Claim::DatedAt { order: order?, date: date? })
    }

    /// A date, which there must be in some year.
    pub fn date(&mut self, pair: Pair<'_, Rule>) -> Option<DateExpr> {
        let span = self.span(&pair);
        let (mut year, mut parts) = (None, Vec::new());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::number => year = Some(self.number(part)?),
                Rule::month_day => {
                    for number in part.into_inner().filter(|it| it.as_rule() == Rule::number) {
                        parts.push(self.number(number)?);
                    }
                }
                _ => {}
            }
        }
        let year = year?;
        let [Num::Lit(month), Num::Lit(day)] = parts.as_slice() else {
            let message = say!(self.locale, "月和日要写成数字", "month and day must be written as numbers");
            return self.tell("lang::date", span, message, None);
        };
        let (month, day) = (i8::try_from(*month).unwrap_or(0), i8::try_from(*day).unwrap_or(0));
        // A leap year stands for a year that only the report knows.
        let known = match year {
            Num::Lit(year) => i16::try_from(year).unwrap_or(0),
            Num::Hole(_) => 2024,
        };
        if jiff::civil::Date::new(known, month, day).is_err() {
            let message = say!(self.locale, "没有 {month} 月 {day} 日这一天", "there is no day {month}-{day}");
            return self.tell("lang::date", span, message, None);
        }
        Some(DateExpr { year, month: month.unsigned_abs(), day: day.unsigned_abs() })
    }

    fn satisfy(&mut self, pair: Pair<'_, Rule>) -> Option<Claim> {
        let (mut equation, mut within) = (None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::equation => equation = Some(part),
                Rule::tolerance => {
                    let pairs = part.into_inner();
                    within = Some(Tolerance {
                        percent: has(&pairs, Rule::percent),
                        number: pairs.clone().next()?.as_str().to_owned(),
                    });
                }
                _ => {}
            }
        }
        let mut parts = equation?.into_inner();
        let left = self.expression(parts.next()?)?;
        let relation = relation(&parts.next()?);
        let right = self.expression(parts.next()?)?;
        Some(Claim::Satisfy(Equation { left, relation, right, within }))
    }

    /// `a + b * c`: a chain of terms or factors with the signs between them.
    fn expression(&mut self, pair: Pair<'_, Rule>) -> Option<Expr> {
        let mut left: Option<Expr> = None;
        let mut sign = None;
        for part in pair.into_inner() {
            let operand = match part.as_rule() {
                Rule::s_plus => Err(Operator::Add),
                Rule::s_minus => Err(Operator::Sub),
                Rule::s_times => Err(Operator::Mul),
                Rule::s_divide => Err(Operator::Div),
                Rule::term | Rule::factor | Rule::expression => Ok(self.expression(part)?),
                Rule::decimal => Ok(Expr::Number(part.as_str().to_owned())),
                _ => Ok(self.operand(&part)?),
            };
            match (operand, left.take()) {
                (Err(operator), before) => (sign, left) = (Some(operator), before),
                (Ok(right), None) => left = Some(right),
                (Ok(right), Some(before)) => {
                    left = Some(Expr::Binary(Box::new(before), sign.take()?, Box::new(right)));
                }
            }
        }
        left
    }

    fn operand(&mut self, pair: &Pair<'_, Rule>) -> Option<Expr> {
        let name = Spanned::new(self.written(pair).to_owned(), self.span(pair));
        let years = ["year", "title_year", "opening_year"];
        if self.names.quantities.contains(&name.node) || years.contains(&name.node.as_str()) {
            return Some(Expr::Name(name));
        }
        let known: Vec<&str> = self.names.quantities.iter().map(String::as_str).chain(years).collect();
        let what = say!(self.locale, "没有声明过的数量", "no such quantity");
        let help = say!(self.locale, "在规则包的 quantities: 里声明它", "declare it under quantities: in the pack");
        self.unknown("lang::unknown-quantity", &what, &name, &known, help)
    }

    fn fact(&mut self, pair: Pair<'_, Rule>) -> Option<Claim> {
        let mut name = None;
        let (mut not, mut phrases, mut how, mut number) = (false, Vec::new(), None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::fact_name => name = Some(self.fact_name(&part)?),
                Rule::en_is => not = has(&part.into_inner(), Rule::k_not),
                Rule::s_is_not => not = true,
                Rule::phrase_en | Rule::phrase_zh => phrases.push(self.phrase(part)?),
                Rule::list => phrases = self.phrases(part)?,
                Rule::relation => how = Some(relation(&part)),
                Rule::number => number = Some(self.number(part)?),
                _ => {}
            }
        }
        let test = match (how, number) {
            (Some(how), Some(number)) => Test::Compare(how, number),
            _ if not => Test::IsNot(phrases),
            _ => Test::Is(phrases),
        };
        Some(Claim::Fact(FactTest { name: name?, test }))
    }
}

/// The order that a Chinese keyword names.
pub fn date_order(text: &str) -> Option<DateOrder> {
    Some(match text {
        "早于" => DateOrder::Before,
        "晚于" => DateOrder::After,
        "不晚于" | "不迟于" => DateOrder::NoLaterThan,
        "不早于" => DateOrder::NoEarlierThan,
        _ => return None,
    })
}

fn english_date_order(pair: Pair<'_, Rule>) -> DateOrder {
    let pairs = pair.into_inner();
    if has(&pairs, Rule::k_before) {
        DateOrder::Before
    } else if has(&pairs, Rule::k_after) {
        DateOrder::After
    } else if has(&pairs, Rule::k_later) {
        DateOrder::NoLaterThan
    } else {
        DateOrder::NoEarlierThan
    }
}

fn relation(pair: &Pair<'_, Rule>) -> Relation {
    match pair.clone().into_inner().next().map(|it| it.as_rule()) {
        Some(Rule::s_le) => Relation::Le,
        Some(Rule::s_ge) => Relation::Ge,
        Some(Rule::s_lt) => Relation::Lt,
        Some(Rule::s_gt) => Relation::Gt,
        _ => Relation::Eq,
    }
}

fn amount_unit(pair: &Pair<'_, Rule>) -> Option<AmountUnit> {
    if pair.as_rule() == Rule::z_amount_unit {
        return Some(match pair.as_str() {
            "字" => AmountUnit::Characters,
            "句" | "个句子" => AmountUnit::Sentences,
            "段" | "个段落" => AmountUnit::Paragraphs,
            "个章节" => AmountUnit::Sections,
            _ => AmountUnit::Headings,
        });
    }
    Some(match pair.clone().into_inner().next()?.as_rule() {
        Rule::u_character => AmountUnit::Characters,
        Rule::u_sentence => AmountUnit::Sentences,
        Rule::u_paragraph => AmountUnit::Paragraphs,
        Rule::u_section => AmountUnit::Sections,
        _ => AmountUnit::Headings,
    })
}

/// A number with the word before it; a bare one is exact.
pub fn chinese_bound(bound: Option<&str>, number: Num) -> Count {
    match bound {
        Some("至少" | "不少于") => Count::AtLeast(number),
        Some("至多" | "不超过" | "最多") => Count::AtMost(number),
        _ => Count::Exactly(number),
    }
}
