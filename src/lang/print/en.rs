//! The English voice.

use crate::lang::ast::{
    AmountUnit, Claim, Copied, Count, DateExpr, DateOrder, Edge, FactTest, Members, Mention, Modal, Num, Order,
    Pattern, Phrase, Place, Quantifier, SectionClaim, Statement, Subject, Test, Unit, Voice, Whose,
};
use crate::lang::print::{equation, num, regex, relation, tolerance, words};

pub(super) fn statement(it: &Statement) -> String {
    let when = it.when.as_ref().map(|when| format!("when {}, ", condition(when))).unwrap_or_default();
    let except = it.except.as_ref().map(|what| format!(" except {}", excepted(what))).unwrap_or_default();
    let unless = it.unless.as_ref().map(|unless| format!(" unless {}", condition(unless))).unwrap_or_default();
    format!("{when}{} {} {}{except}{unless}", subject(&it.subject), modal(it.modal), claimed(&it.claim))
}

pub(super) fn condition(it: &Claim) -> String {
    claim(it, Form::Finite)
}

/// The claim of a statement. Right behind the modal a `not` would be read as the modal's own.
fn claimed(it: &Claim) -> String {
    let words = claim(it, Form::Base);
    if matches!(it, Claim::Not(_)) { format!("({words})") } else { words }
}

fn subject(it: &Subject) -> String {
    match it {
        Subject::Report => "the report".to_owned(),
        Subject::Each { unit: each, mentions: None } => format!("each {}", unit(*each)),
        Subject::Each { unit: each, mentions: Some(what) } => {
            format!("each {} that mentions {}", unit(*each), pattern(what))
        }
    }
}

const fn unit(it: Unit) -> &'static str {
    match it {
        Unit::Sentence => "sentence",
        Unit::Paragraph => "paragraph",
        Unit::Section => "section",
        Unit::TopSection => "top-level section",
        Unit::Heading => "heading",
    }
}

const fn modal(it: Modal) -> &'static str {
    match it {
        Modal::Must => "must",
        Modal::MustNot => "must not",
        Modal::Should => "should",
        Modal::ShouldNot => "should not",
    }
}

/// How a verb stands: `mention` after a modal, `it mentions` in a condition.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Base,
    Finite,
}

/// A claim taken apart as English needs it.
enum Shape<'a> {
    /// Base form, finite form, and what follows.
    Verb(&'static str, &'static str, String),
    Fact(&'a FactTest),
    Not(&'a Claim),
    Joined(&'static str, &'a [Claim]),
}

fn shape(it: &Claim) -> Shape<'_> {
    let be = |rest: String| Shape::Verb("be", "is", rest);
    match it {
        Claim::Mention(it) => Shape::Verb("mention", "mentions", mention(it)),
        Claim::Section(it) => Shape::Verb("include", "includes", section(it)),
        Claim::Wording { right, wrong } => {
            Shape::Verb("write", "writes", format!("{} instead of {}", phrase(right), pattern(wrong)))
        }
        Claim::Misquote(set) => Shape::Verb("misquote", "misquotes", format!("${}", set.node)),
        Claim::Amount { count, unit, places: at } => {
            Shape::Verb("have", "has", format!("{}{}", amount(count, *unit), places(at)))
        }
        Claim::Edge { edge: Edge::Begin, what } => Shape::Verb("begin", "begins", format!("with {}", pattern(what))),
        Claim::Edge { edge: Edge::End, what } => Shape::Verb("end", "ends", format!("with {}", pattern(what))),
        Claim::Numbering => Shape::Verb("number", "numbers", "headings in order".to_owned()),
        Claim::Mix { one, other, places: at } => {
            Shape::Verb("mix", "mixes", format!("{} with {}{}", pattern(one), pattern(other), places(at)))
        }
        Claim::Script => be("written in one script".to_owned()),
        Claim::Pairs => Shape::Verb("close", "closes", "every bracket and quotation mark".to_owned()),
        Claim::Break => Shape::Verb("break", "breaks", "a line inside a sentence".to_owned()),
        Claim::Repeat(least) => {
            let long = plural(least, "character");
            Shape::Verb("repeat", "repeats", format!("a clause of at least {long} in a sentence"))
        }
        Claim::Double(least) => {
            Shape::Verb("double", "doubles", format!("a word of at least {}", plural(least, "character")))
        }
        Claim::Signed => be("signed".to_owned()),
        Claim::Dated { in_closing } => be(if *in_closing { "dated in the closing" } else { "dated" }.to_owned()),
        Claim::DatedAt { order, date: day } => be(format!("dated {} {}", date_order(*order), date(day))),
        Claim::Satisfy(it) => {
            let within = it.within.as_ref().map(|it| format!(" within {}", tolerance(it))).unwrap_or_default();
            Shape::Verb("satisfy", "satisfies", format!("{}{within}", equation(it)))
        }
        Claim::Percentages => Shape::Verb("state", "states", "percentages that follow from its counts".to_owned()),
        Claim::Copied(it) => Shape::Verb("repeat", "repeats", copied(it)),
        Claim::Fact(test) => Shape::Fact(test),
        Claim::Not(inner) => Shape::Not(inner),
        Claim::And(claims) => Shape::Joined(" and ", claims),
        Claim::Or(claims) => Shape::Joined(" or ", claims),
    }
}

fn copied(it: &Copied) -> String {
    let whose = match it.whose {
        Whose::LastYear => "last year's",
        Whose::OtherBody => "another body's",
    };
    let passages = match &it.least {
        Num::Lit(Copied::LEAST) => String::new(),
        least => format!(" in passages of at least {}", plural(least, "character")),
    };
    format!("more than {}% of {whose} report{passages}", num(&it.most))
}

fn claim(it: &Claim, form: Form) -> String {
    match shape(it) {
        Shape::Verb(base, finite, rest) => match form {
            Form::Base => format!("{base} {rest}"),
            Form::Finite => format!("it {finite} {rest}"),
        },
        Shape::Fact(test) => fact(test),
        Shape::Not(inner) => negated(inner, form),
        Shape::Joined(word, claims) => {
            let operands = claims.iter().enumerate().map(|(at, it)| operand(it, form, at == 0));
            operands.collect::<Vec<_>>().join(word)
        }
    }
}

fn negated(inner: &Claim, form: Form) -> String {
    match (shape(inner), form) {
        (Shape::Verb("be", finite, rest), Form::Finite) => format!("it {finite} not {rest}"),
        (Shape::Verb(base, _, rest), Form::Finite) => format!("it does not {base} {rest}"),
        (Shape::Verb(base, _, rest), Form::Base) => format!("not {base} {rest}"),
        (Shape::Fact(test), Form::Finite | Form::Base) => format!("not {}", fact(test)),
        (Shape::Not(_) | Shape::Joined(..), Form::Finite | Form::Base) => format!("not ({})", claim(inner, form)),
    }
}

/// A claim among joined ones.
fn operand(it: &Claim, form: Form, first: bool) -> String {
    let inner = claim(it, form);
    match shape(it) {
        Shape::Joined(..) => format!("({inner})"),
        Shape::Not(_) if first && form == Form::Base => format!("({inner})"),
        Shape::Not(_) | Shape::Verb(..) | Shape::Fact(_) => inner,
    }
}

fn mention(it: &Mention) -> String {
    let count = it.count.as_ref().map(|it| format!(" {}", times(it))).unwrap_or_default();
    format!("{}{count}{}", pattern(&it.what), places(&it.places))
}

fn section(it: &SectionClaim) -> String {
    let mut out = format!("a {}{} section", if it.top_level { "top-level " } else { "" }, pattern(&it.name));
    if it.or_item {
        out.push_str(" or item");
    }
    if let Some((order, what)) = &it.order {
        let order = match order {
            Order::Before => "before",
            Order::After => "after",
        };
        out.push_str(&format!(" {order} the {} section", pattern(what)));
    }
    if let Some(what) = &it.inside {
        out.push_str(&format!(" in the {} section", pattern(what)));
    }
    out
}

fn times(count: &Count) -> String {
    match count {
        Count::Exactly(Num::Lit(1)) => "once".to_owned(),
        Count::Exactly(_) | Count::AtLeast(_) | Count::AtMost(_) | Count::Between(..) => counted(count, "time"),
    }
}

fn amount(count: &Count, unit: AmountUnit) -> String {
    let unit = match unit {
        AmountUnit::Characters => "character",
        AmountUnit::Sentences => "sentence",
        AmountUnit::Paragraphs => "paragraph",
        AmountUnit::Sections => "section",
        AmountUnit::Headings => "heading",
    };
    counted(count, unit)
}

fn counted(count: &Count, noun: &str) -> String {
    match count {
        Count::Exactly(n) => format!("exactly {}", plural(n, noun)),
        Count::AtLeast(n) => format!("at least {}", plural(n, noun)),
        Count::AtMost(n) => format!("at most {}", plural(n, noun)),
        Count::Between(least, most) => format!("between {} and {}", num(least), plural(most, noun)),
    }
}

fn plural(n: &Num, noun: &str) -> String {
    match n {
        Num::Lit(1) => format!("1 {noun}"),
        Num::Lit(_) | Num::Hole(_) => format!("{} {noun}s", num(n)),
    }
}

fn phrase(it: &Phrase) -> String {
    super::phrase(it, Voice::En)
}

pub(super) fn pattern(it: &Pattern) -> String {
    match it {
        Pattern::Phrase(it) => phrase(it),
        Pattern::Exactly(inner) => format!("exactly {}", exact(inner)),
        Pattern::Regex(it) => regex(&it.node),
        Pattern::Set(name) => format!("${}", name.node),
        Pattern::Of { quantifier, members: of } => match quantifier {
            Quantifier::Any => format!("any of {}", members(of)),
            Quantifier::All => format!("all of {}", members(of)),
            Quantifier::AtLeast(k) => format!("at least {k} of {}", members(of)),
        },
    }
}

/// What stands behind `exactly`: quoted always.
fn exact(inner: &Pattern) -> String {
    match inner {
        Pattern::Phrase(it) => words::quoted(it, Voice::En),
        Pattern::Exactly(_) | Pattern::Regex(_) | Pattern::Set(_) | Pattern::Of { .. } => pattern(inner),
    }
}

fn members(it: &Members) -> String {
    match it {
        Members::Set(name) => format!("${}", name.node),
        Members::List(list) => format!("({})", list.iter().map(pattern).collect::<Vec<_>>().join(", ")),
    }
}

/// Behind `except` a list needs no `any of`.
fn excepted(it: &Pattern) -> String {
    match it {
        Pattern::Of { quantifier: Quantifier::Any, members: of @ Members::List(_) } => members(of),
        Pattern::Phrase(_) | Pattern::Exactly(_) | Pattern::Regex(_) | Pattern::Set(_) | Pattern::Of { .. } => {
            pattern(it)
        }
    }
}

fn places(it: &[Place]) -> String {
    it.iter().map(|it| format!(" {}", place(it))).collect()
}

pub(super) fn place(it: &Place) -> String {
    match it {
        Place::Title => "in the title".to_owned(),
        Place::Opening => "in the opening".to_owned(),
        Place::Closing => "in the closing".to_owned(),
        Place::Heading => "in a heading".to_owned(),
        Place::HeadingsOfOneLevel => "in headings of one level".to_owned(),
        Place::OwnLineHeadingsOfOneLevel => "in own-line headings of one level".to_owned(),
        Place::Text => "in the text".to_owned(),
        Place::Section(what) => format!("in the {} section", pattern(what)),
        Place::EverySection(what) => format!("in every {} section", pattern(what)),
        Place::Table => "in a table".to_owned(),
        Place::First(count) => format!("in the first {}", plural(count, "character")),
        Place::Outside(what) => format!("outside the {} section", pattern(what)),
        Place::Within(count, what) => format!("within {} of {}", plural(count, "character"), pattern(what)),
        Place::SameSentence(what) => format!("in the same sentence as {}", pattern(what)),
        Place::SameParagraph(what) => format!("in the same paragraph as {}", pattern(what)),
        Place::SameSection(what) => format!("in the same section as {}", pattern(what)),
        Place::Before(what) => format!("before {}", pattern(what)),
        Place::After(what) => format!("after {}", pattern(what)),
    }
}

const fn date_order(it: DateOrder) -> &'static str {
    match it {
        DateOrder::Before => "before",
        DateOrder::After => "after",
        DateOrder::NoLaterThan => "no later than",
        DateOrder::NoEarlierThan => "no earlier than",
    }
}

fn date(it: &DateExpr) -> String {
    match &it.year {
        Num::Lit(year) => format!("{year}年{}月{}日", it.month, it.day),
        Num::Hole(_) => format!("{}月{}日 of {}", it.month, it.day, num(&it.year)),
    }
}

fn fact(it: &FactTest) -> String {
    let name = &it.name.node;
    match &it.test {
        Test::Is(values) => format!("{name} is {}", one_of(values)),
        Test::IsNot(values) => format!("{name} is not {}", one_of(values)),
        Test::Compare(how, to) => format!("{name} {} {}", relation(*how), num(to)),
    }
}

fn one_of(values: &[Phrase]) -> String {
    match values {
        [one] => phrase(one),
        many => format!("one of ({})", many.iter().map(phrase).collect::<Vec<_>>().join(", ")),
    }
}
