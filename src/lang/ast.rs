//! What a statement means, in neither voice. Equality ignores places: two statements are equal when they mean the same.

use crate::span::Spanned;

/// The voice a statement is written in: that of its modal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Voice {
    /// English.
    En,
    /// 中文.
    Zh,
}

/// One rule as a sentence: `[when …,] SUBJECT MODAL CLAIM [except …] [unless …]`. `P` is how its patterns are held: as
/// written, or compiled (the plan's needles).
#[derive(Debug, Clone)]
pub struct Statement<P = Pattern> {
    /// The voice it was written in; no part of its meaning.
    pub voice: Voice,
    /// Where false, the rule does not apply.
    pub when: Option<Claim<P>>,
    /// Of what the claim is made.
    pub subject: Subject<P>,
    /// How strongly, and whether the claim must or must not hold.
    pub modal: Modal,
    /// What is claimed.
    pub claim: Claim<P>,
    /// Hits that overlap one of these do not count.
    pub except: Option<P>,
    /// Where true, the rule does not apply.
    pub unless: Option<Claim<P>>,
}

impl<P: PartialEq> PartialEq for Statement<P> {
    fn eq(&self, other: &Self) -> bool {
        (&self.when, &self.subject, self.modal, &self.claim, &self.except, &self.unless)
            == (&other.when, &other.subject, other.modal, &other.claim, &other.except, &other.unless)
    }
}

/// Of what a claim is made.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject<P = Pattern> {
    /// The report as a whole.
    Report,
    /// Each unit by itself: `each sentence [that mentions P]`.
    Each {
        /// Which units.
        unit: Unit,
        /// Only units that mention this.
        mentions: Option<P>,
    },
}

/// The units an `each` runs over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// 句子
    Sentence,
    /// 段落
    Paragraph,
    /// 章节
    Section,
    /// 一级章节
    TopSection,
    /// 标题
    Heading,
}

impl Unit {
    /// All of them.
    pub const ALL: [Unit; 5] = [Unit::Sentence, Unit::Paragraph, Unit::Section, Unit::TopSection, Unit::Heading];
}

/// must, must not, should, should not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Modal {
    /// 应当
    Must,
    /// 不得
    MustNot,
    /// 宜
    Should,
    /// 不宜
    ShouldNot,
}

impl Modal {
    /// Whether the claim must not hold.
    pub const fn forbids(self) -> bool {
        matches!(self, Modal::MustNot | Modal::ShouldNot)
    }
}

/// What a statement claims, or a condition asks. Conditions are claims in their finite form, and facts.
#[derive(Debug, Clone, PartialEq)]
pub enum Claim<P = Pattern> {
    /// `mention P [COUNT] [PLACE …]`
    Mention(Mention<P>),
    /// `include a P section`
    Section(SectionClaim<P>),
    /// `write A instead of P`
    Wording {
        /// What to write.
        right: Phrase,
        /// What not to write; a hit inside a hit of `right` is none.
        wrong: P,
    },
    /// `misquote $set`: some 《…》 or “…” is nearly, but not quite, a title of the set.
    Misquote(Spanned<String>),
    /// `have at least N UNIT [PLACE …]`
    Amount {
        /// How many.
        count: Count,
        /// Of what.
        unit: AmountUnit,
        /// Where; empty is the whole report.
        places: Vec<Place<P>>,
    },
    /// `begin with P` / `end with P`
    Edge {
        /// Which end is looked at.
        edge: Edge,
        /// What stands there.
        what: P,
    },
    /// `number headings in order`
    Numbering,
    /// `mix P with Q [PLACE …]`
    Mix {
        /// The one form.
        one: P,
        /// The other form.
        other: P,
        /// Where both are looked for.
        places: Vec<Place<P>>,
    },
    /// `be written in one script`
    Script,
    /// `close every bracket and quotation mark`
    Pairs,
    /// `break a line inside a sentence`
    Break,
    /// `repeat a clause of at least N characters in a sentence`
    Repeat(Num),
    /// `double a word of at least N characters`
    Double(Num),
    /// `be signed`
    Signed,
    /// `be dated [in the closing]`
    Dated {
        /// Only a date of the closing counts.
        in_closing: bool,
    },
    /// `be dated before D`
    DatedAt {
        /// How the date stands to `date`.
        order: DateOrder,
        /// The date it is held against.
        date: DateExpr,
    },
    /// `satisfy A = B [within T]`
    Satisfy(Equation),
    /// `state percentages that follow from its counts`
    Percentages,
    /// `repeat more than 30% of last year's report`
    Copied(Copied),
    /// A fact; in conditions only.
    Fact(FactTest),
    /// `not A`
    Not(Box<Claim<P>>),
    /// `A and B`; two at least.
    And(Vec<Claim<P>>),
    /// `A or B`; two at least.
    Or(Vec<Claim<P>>),
}

/// `mention P [COUNT] [PLACE …]`
#[derive(Debug, Clone, PartialEq)]
pub struct Mention<P = Pattern> {
    /// What is looked for.
    pub what: P,
    /// How often; `None` is at least once.
    pub count: Option<Count>,
    /// All must hold for the same hit.
    pub places: Vec<Place<P>>,
}

/// `include a [top-level] P section [or item] [before/after the Q section] [in the R section]`
#[derive(Debug, Clone, PartialEq)]
pub struct SectionClaim<P = Pattern> {
    /// What its heading must name.
    pub name: P,
    /// Only sections of level 1.
    pub top_level: bool,
    /// A paragraph that begins with 一是, 1. or （1） and names it will do too.
    pub or_item: bool,
    /// Where it must stand as to another section.
    pub order: Option<(Order, P)>,
    /// The section it must stand in.
    pub inside: Option<P>,
}

/// `repeat more than 30% of last year's report in passages of at least 13 characters`
#[derive(Debug, Clone, PartialEq)]
pub struct Copied {
    /// So many percent of this report's characters may stand in the other.
    pub most: Num,
    /// The report it is held against.
    pub whose: Whose,
    /// Passages of fewer characters do not count.
    pub least: Num,
}

impl Copied {
    /// How many characters in a row must be the same where the statement does not say.
    pub const LEAST: u32 = 13;
}

/// The report that another is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whose {
    /// 上年报告: that of the same body for the year before.
    LastYear,
    /// 其他单位报告: that of any other body, for whichever year.
    OtherBody,
}

/// Before or after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    /// 之前
    Before,
    /// 之后
    After,
}

/// What is looked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Pattern {
    /// A phrase, folded.
    Phrase(Phrase),
    /// `exactly "…"` or `exactly $set`: as written, nothing folded. Holds a phrase or a set.
    Exactly(Box<Pattern>),
    /// `/…/` on the source text of a paragraph.
    Regex(Spanned<String>),
    /// `$set`: any of its members, one hit a place.
    Set(Spanned<String>),
    /// `any of (…)`, `all of …`, `at least k of …`.
    Of {
        /// How many of them.
        quantifier: Quantifier,
        /// Of which.
        members: Members,
    },
}

/// How many of the members must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quantifier {
    /// One will do.
    Any,
    /// Each of them.
    All,
    /// So many different ones.
    AtLeast(u32),
}

/// What a quantifier runs over.
#[derive(Debug, Clone, PartialEq)]
pub enum Members {
    /// The members of a declared set, each by itself.
    Set(Spanned<String>),
    /// The patterns as listed; a set among them is one member.
    List(Vec<Pattern>),
}

/// Text to look for, with holes that facts and parameters fill.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// Text and holes in order; neighbouring texts are joined.
    pub parts: Vec<PhrasePart>,
}

/// A part of a phrase.
#[derive(Debug, Clone, PartialEq)]
pub enum PhrasePart {
    /// Itself.
    Text(String),
    /// `{year+1}`, `{param}`, or the `{n}` of a quantity.
    Hole(Spanned<Hole>),
}

/// `{name}`, `{year+1}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Hole {
    /// A fact, a parameter, a variable, or `n` in a quantity.
    pub name: String,
    /// What is added; 0 where nothing is.
    pub offset: i32,
}

/// A number of a statement: written, or filled in.
#[derive(Debug, Clone, PartialEq)]
pub enum Num {
    /// As a whole number.
    Lit(u32),
    /// From a fact or parameter.
    Hole(Spanned<Hole>),
}

/// How often, how many.
#[derive(Debug, Clone, PartialEq)]
pub enum Count {
    /// `once`, `exactly N times`
    Exactly(Num),
    /// `at least N times`
    AtLeast(Num),
    /// `at most N times`
    AtMost(Num),
    /// `between N and M times`, both included
    Between(Num, Num),
}

/// What `have at least N …` counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AmountUnit {
    /// 字
    Characters,
    /// 句
    Sentences,
    /// 段
    Paragraphs,
    /// 个章节
    Sections,
    /// 个标题
    Headings,
}

/// Where a hit must stand.
#[derive(Debug, Clone, PartialEq)]
pub enum Place<P = Pattern> {
    /// in the title
    Title,
    /// in the opening
    Opening,
    /// in the closing
    Closing,
    /// in a heading
    Heading,
    /// in headings of one level
    HeadingsOfOneLevel,
    /// in own-line headings of one level
    OwnLineHeadingsOfOneLevel,
    /// in the text: no title, heading or closing
    Text,
    /// in the P section: all that match are one place
    Section(P),
    /// in every P section: asked of each
    EverySection(P),
    /// in a table
    Table,
    /// in the first N characters, counted from the title
    First(Num),
    /// outside the Q section
    Outside(P),
    /// within N characters of Q
    Within(Num, P),
    /// in the same sentence as Q
    SameSentence(P),
    /// in the same paragraph as Q
    SameParagraph(P),
    /// in the same section as Q
    SameSection(P),
    /// before the first Q
    Before(P),
    /// after the first Q
    After(P),
}

/// Which end of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edge {
    /// 开头
    Begin,
    /// 结尾
    End,
}

/// How a date must stand to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// before
    Before,
    /// after
    After,
    /// no later than
    NoLaterThan,
    /// no earlier than
    NoEarlierThan,
}

/// `3月1日 of {year+1}`, `2025年3月1日`.
#[derive(Debug, Clone, PartialEq)]
pub struct DateExpr {
    /// The year, written or filled in.
    pub year: Num,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// `A = B within T`
#[derive(Debug, Clone, PartialEq)]
pub struct Equation {
    /// What is claimed of; findings stand on its matched text.
    pub left: Expr,
    /// How the sides stand.
    pub relation: Relation,
    /// What it is held against.
    pub right: Expr,
    /// How far they may differ; `None` is not at all.
    pub within: Option<Tolerance>,
}

/// A side of an equation.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A declared quantity, or a year (`year`, `title_year`, `opening_year`).
    Name(Spanned<String>),
    /// A number as written, e.g. `100`, `0.5`.
    Number(String),
    /// `a + b` and its like.
    Binary(Box<Expr>, Operator, Box<Expr>),
}

/// Arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// +
    Add,
    /// -
    Sub,
    /// *
    Mul,
    /// /
    Div,
}

/// Comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// =
    Eq,
    /// <=
    Le,
    /// >=
    Ge,
    /// <
    Lt,
    /// >
    Gt,
}

/// How far two sides may differ: `0.01%` (points where a side is a percentage, else relative) or `2` (absolute).
#[derive(Debug, Clone, PartialEq)]
pub struct Tolerance {
    /// The number as written.
    pub number: String,
    /// Whether % stands behind it.
    pub percent: bool,
}

/// A fact in a condition.
#[derive(Debug, Clone, PartialEq)]
pub struct FactTest {
    /// A fact or a declared variable.
    pub name: Spanned<String>,
    /// What is asked of it.
    pub test: Test,
}

/// What is asked of a fact.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// `is A`, `is one of (A, B)`
    Is(Vec<Phrase>),
    /// `is not A`, `is not one of (A, B)`
    IsNot(Vec<Phrase>),
    /// `>= 2022`
    Compare(Relation, Num),
}
