//! The Chinese voice.

use crate::lang::ast::{
    AmountUnit, Claim, Copied, Count, DateExpr, DateOrder, Edge, FactTest, Members, Mention, Modal, Num, Order,
    Pattern, Phrase, Place, Quantifier, Relation, SectionClaim, Statement, Subject, Test, Unit, Voice, Whose,
};
use crate::lang::print::{equation, num, regex, tolerance, words};

/// A sentence under way: keywords stand close, names have a space on either side.
#[derive(Default)]
struct Line {
    out: String,
    /// A name stands last.
    named: bool,
}

impl Line {
    fn word(&mut self, word: &str) -> &mut Self {
        if self.named && !word.starts_with(['（', '，', '）']) {
            self.out.push(' ');
        }
        self.out.push_str(word);
        self.named = false;
        self
    }

    fn name(&mut self, name: &str) -> &mut Self {
        if !self.out.is_empty() && !name.starts_with('（') && !self.out.ends_with(['（', '，', ' ']) {
            self.out.push(' ');
        }
        self.out.push_str(name);
        self.named = !name.ends_with('）');
        self
    }

    fn pattern(&mut self, it: &Pattern) -> &mut Self {
        self.name(&pattern(it))
    }

    /// A connective between claims, with a space on either side.
    fn joint(&mut self, word: &str) {
        self.out.push(' ');
        self.out.push_str(word);
        self.named = true;
    }
}

pub(super) fn statement(it: &Statement) -> String {
    let mut line = Line::default();
    if let Some(when) = &it.when {
        line.word("当");
        claim(&mut line, when, Form::Condition);
        line.word("时，");
    }
    match standing(&it.claim, it.modal) {
        Some(sentence) if it.subject == Subject::Report => {
            line.word(&sentence);
        }
        Some(_) | None => {
            subject(&mut line, &it.subject);
            line.word(modal(it.modal));
            claim(&mut line, &it.claim, Form::Claimed);
        }
    }
    if let Some(what) = &it.except {
        line.word("，").name(&excepted(what)).word("除外");
    }
    if let Some(unless) = &it.unless {
        line.word("，除非");
        claim(&mut line, unless, Form::Condition);
    }
    line.out
}

pub(super) fn condition(it: &Claim) -> String {
    let mut line = Line::default();
    claim(&mut line, it, Form::Condition);
    line.out
}

/// The sentence of a claim that has one of its own, with the modal inside: `标题序号应当连续`.
fn standing(it: &Claim, how: Modal) -> Option<String> {
    let due = modal(how);
    match it {
        Claim::Numbering => Some(format!("标题序号{due}连续")),
        Claim::Script if how == Modal::Must => Some("简体与繁体不得混用".to_owned()),
        Claim::Script if how == Modal::Should => Some("简体与繁体不宜混用".to_owned()),
        Claim::Pairs => Some(format!("括号和引号{due}成对")),
        Claim::DatedAt { order, date: day } => Some(format!("成文日期{due}{} {}", date_order(*order), date(day))),
        Claim::Percentages => Some(format!("百分比{due}与所列数字相符")),
        Claim::Mention(_) | Claim::Section(_) | Claim::Wording { .. } | Claim::Misquote(_) | Claim::Amount { .. } => {
            None
        }
        Claim::Edge { .. } | Claim::Mix { .. } | Claim::Script | Claim::Break | Claim::Repeat(_) => None,
        Claim::Double(_) | Claim::Signed | Claim::Dated { .. } | Claim::Satisfy(_) | Claim::Fact(_) => None,
        Claim::Copied(_) => None,
        Claim::Not(_) | Claim::And(_) | Claim::Or(_) => None,
    }
}

fn subject(line: &mut Line, it: &Subject) {
    match it {
        Subject::Report => line.word("报告"),
        Subject::Each { unit: each, mentions: None } => line.word("每个").word(unit(*each)),
        Subject::Each { unit: each, mentions: Some(what) } => {
            line.word("每个提及").pattern(what).word("的").word(unit(*each))
        }
    };
}

const fn unit(it: Unit) -> &'static str {
    match it {
        Unit::Sentence => "句子",
        Unit::Paragraph => "段落",
        Unit::Section => "章节",
        Unit::TopSection => "一级章节",
        Unit::Heading => "标题",
    }
}

const fn modal(it: Modal) -> &'static str {
    match it {
        Modal::Must => "应当",
        Modal::MustNot => "不得",
        Modal::Should => "宜",
        Modal::ShouldNot => "不宜",
    }
}

/// Whether a claim stands behind a modal or in a condition: only there is it denied with 未.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Claimed,
    Condition,
}

fn claim(line: &mut Line, it: &Claim, form: Form) {
    match it {
        Claim::Mention(it) => mention(line, it),
        Claim::Section(it) => section(line, it),
        Claim::Wording { right, wrong } => {
            line.word("写").name(&phrase(right)).word("而非").pattern(wrong);
        }
        Claim::Misquote(set) => {
            line.word("误引").name(&format!("${}", set.node));
        }
        Claim::Amount { count, unit, places: at } => {
            places(line, at);
            line.word("有").word(&counted(count, amount_unit(*unit)));
        }
        Claim::Edge { edge, what } => {
            line.word("以").pattern(what).word(match edge {
                Edge::Begin => "开头",
                Edge::End => "结尾",
            });
        }
        Claim::Mix { one, other, places: at } => {
            places(line, at);
            line.word("混用").pattern(one).word("与").pattern(other);
        }
        Claim::Numbering => set_phrase(line, "序号连续"),
        Claim::Script => set_phrase(line, "简体与繁体不混用"),
        Claim::Pairs => set_phrase(line, "括号和引号成对"),
        Claim::Break => set_phrase(line, "在句中断行"),
        Claim::Repeat(least) => set_phrase(line, &format!("在一句中重复{}字以上的分句", num(least))),
        Claim::Double(least) => set_phrase(line, &format!("叠用{}字以上的词语", num(least))),
        Claim::Signed => set_phrase(line, "署名"),
        Claim::Dated { in_closing } => set_phrase(line, if *in_closing { "在落款中注明日期" } else { "注明日期" }),
        Claim::DatedAt { order, date: day } => {
            line.word("成文日期").word(date_order(*order)).name(&date(day));
        }
        Claim::Satisfy(it) => {
            line.word("满足").name(&equation(it));
            if let Some(within) = &it.within {
                line.word("，误差不超过").word(&tolerance(within));
            }
        }
        Claim::Percentages => set_phrase(line, "百分比与所列数字相符"),
        Claim::Copied(it) => copied(line, it),
        Claim::Fact(test) => fact(line, test),
        Claim::Not(inner) => negated(line, inner, form),
        Claim::And(claims) => joined(line, claims, "并且", form),
        Claim::Or(claims) => joined(line, claims, "或者", form),
    }
}

fn copied(line: &mut Line, it: &Copied) {
    let whose = match it.whose {
        Whose::LastYear => "上年",
        Whose::OtherBody => "其他单位",
    };
    line.word(&format!("重复{whose}报告超过{}%的内容", num(&it.most)));
    if it.least != Num::Lit(Copied::LEAST) {
        line.word(&format!("，连续{}字以上相同才算", num(&it.least)));
    }
}

fn set_phrase(line: &mut Line, words: &str) {
    line.word(words);
}

fn negated(line: &mut Line, inner: &Claim, form: Form) {
    let open = matches!(inner, Claim::Mention(_) | Claim::Section(_) | Claim::Signed | Claim::Dated { .. });
    line.word(if open && form == Form::Condition { "未" } else { "非" });
    if matches!(inner, Claim::Not(_)) { parenthesised(line, inner, form) } else { operand(line, inner, form) }
}

fn joined(line: &mut Line, claims: &[Claim], word: &str, form: Form) {
    for (at, it) in claims.iter().enumerate() {
        if at > 0 {
            line.joint(word);
        }
        operand(line, it, form);
    }
}

/// A claim among joined ones or behind a negation.
fn operand(line: &mut Line, it: &Claim, form: Form) {
    let compound = matches!(it, Claim::And(_) | Claim::Or(_));
    if compound { parenthesised(line, it, form) } else { claim(line, it, form) }
}

fn parenthesised(line: &mut Line, it: &Claim, form: Form) {
    line.word("（");
    claim(line, it, form);
    line.word("）");
}

fn mention(line: &mut Line, it: &Mention) {
    places(line, &it.places);
    line.word("提及").pattern(&it.what);
    if let Some(count) = &it.count {
        line.word(&times(count));
    }
}

fn section(line: &mut Line, it: &SectionClaim) {
    line.word(if it.top_level { "包含一级" } else { "包含" }).pattern(&it.name);
    line.word(if it.or_item { "章节或条目" } else { "章节" });
    if let Some((order, what)) = &it.order {
        line.word("，位于").pattern(what).word(match order {
            Order::Before => "章节之前",
            Order::After => "章节之后",
        });
    }
    if let Some(what) = &it.inside {
        line.word("，位于").pattern(what).word("章节中");
    }
}

fn times(count: &Count) -> String {
    match count {
        Count::Exactly(Num::Lit(1)) => "一次".to_owned(),
        Count::Exactly(_) | Count::AtLeast(_) | Count::AtMost(_) | Count::Between(..) => counted(count, "次"),
    }
}

const fn amount_unit(it: AmountUnit) -> &'static str {
    match it {
        AmountUnit::Characters => "字",
        AmountUnit::Sentences => "句",
        AmountUnit::Paragraphs => "段",
        AmountUnit::Sections => "个章节",
        AmountUnit::Headings => "个标题",
    }
}

fn counted(count: &Count, unit: &str) -> String {
    match count {
        Count::Exactly(n) => format!("恰好{}{unit}", num(n)),
        Count::AtLeast(n) => format!("至少{}{unit}", num(n)),
        Count::AtMost(n) => format!("至多{}{unit}", num(n)),
        Count::Between(least, most) => format!("{}至{}{unit}", num(least), num(most)),
    }
}

fn phrase(it: &Phrase) -> String {
    super::phrase(it, Voice::Zh)
}

pub(super) fn pattern(it: &Pattern) -> String {
    match it {
        Pattern::Phrase(it) => phrase(it),
        Pattern::Exactly(inner) => exact(inner),
        Pattern::Regex(it) => regex(&it.node),
        Pattern::Set(name) => format!("${}", name.node),
        Pattern::Of { quantifier, members: of } => {
            let mut line = Line::default();
            line.name(&members(of));
            match quantifier {
                Quantifier::Any => line.word("之一"),
                Quantifier::All => line.word("全部"),
                Quantifier::AtLeast(k) => line.word(&format!("中至少{k}项")),
            };
            line.out
        }
    }
}

/// 原文 and what stands behind it: a phrase is quoted always.
fn exact(inner: &Pattern) -> String {
    match inner {
        Pattern::Phrase(it) => format!("原文{}", words::quoted(it, Voice::Zh)),
        Pattern::Exactly(_) | Pattern::Regex(_) | Pattern::Set(_) | Pattern::Of { .. } => {
            format!("原文 {}", pattern(inner))
        }
    }
}

fn members(it: &Members) -> String {
    match it {
        Members::Set(name) => format!("${}", name.node),
        Members::List(list) => format!("（{}）", list.iter().map(pattern).collect::<Vec<_>>().join("、")),
    }
}

/// Before 除外 a list needs no 之一.
fn excepted(it: &Pattern) -> String {
    match it {
        Pattern::Of { quantifier: Quantifier::Any, members: of @ Members::List(_) } => members(of),
        Pattern::Phrase(_) | Pattern::Exactly(_) | Pattern::Regex(_) | Pattern::Set(_) | Pattern::Of { .. } => {
            pattern(it)
        }
    }
}

fn places(line: &mut Line, places: &[Place]) {
    for it in places {
        put_place(line, it);
    }
}

pub(super) fn place(it: &Place) -> String {
    let mut line = Line::default();
    put_place(&mut line, it);
    line.out
}

fn put_place(line: &mut Line, it: &Place) {
    match it {
        Place::Title => line.word("在标题中"),
        Place::Opening => line.word("在开头中"),
        Place::Closing => line.word("在落款中"),
        Place::Heading => line.word("在小标题中"),
        Place::HeadingsOfOneLevel => line.word("在同级标题中"),
        Place::OwnLineHeadingsOfOneLevel => line.word("在同级独立标题中"),
        Place::Text => line.word("在正文中"),
        Place::Section(what) => line.word("在").pattern(what).word("章节中"),
        Place::EverySection(what) => line.word("在每个").pattern(what).word("章节中"),
        Place::Table => line.word("在表格中"),
        Place::First(count) => line.word(&format!("在前{}字中", num(count))),
        Place::Outside(what) => line.word("在").pattern(what).word("章节以外"),
        Place::Within(count, what) => line.word("在距").pattern(what).word(&format!("{}字以内", num(count))),
        Place::SameSentence(what) => line.word("在与").pattern(what).word("同一句中"),
        Place::SameParagraph(what) => line.word("在与").pattern(what).word("同一段中"),
        Place::SameSection(what) => line.word("在与").pattern(what).word("同一章节中"),
        Place::Before(what) => line.word("在").pattern(what).word("之前"),
        Place::After(what) => line.word("在").pattern(what).word("之后"),
    };
}

const fn date_order(it: DateOrder) -> &'static str {
    match it {
        DateOrder::Before => "早于",
        DateOrder::After => "晚于",
        DateOrder::NoLaterThan => "不晚于",
        DateOrder::NoEarlierThan => "不早于",
    }
}

fn date(it: &DateExpr) -> String {
    format!("{}年{}月{}日", num(&it.year), it.month, it.day)
}

fn fact(line: &mut Line, it: &FactTest) {
    line.name(&it.name.node);
    match &it.test {
        Test::Is(values) => line.word("为").name(&one_of(values)),
        Test::IsNot(values) => line.word("不为").name(&one_of(values)),
        Test::Compare(relation, to) => line.word(compared(*relation)).name(&num(to)),
    };
}

const fn compared(it: Relation) -> &'static str {
    match it {
        Relation::Eq => "等于",
        Relation::Le => "不大于",
        Relation::Ge => "不小于",
        Relation::Lt => "小于",
        Relation::Gt => "大于",
    }
}

fn one_of(values: &[Phrase]) -> String {
    match values {
        [one] => phrase(one),
        many => format!("（{}）之一", many.iter().map(phrase).collect::<Vec<_>>().join("、")),
    }
}
