//! Reports and statements made at random of a few words, so that much is found.

use std::collections::BTreeMap;

use guiju::lang::ast::*;
use guiju::span::{Span, Spanned};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

const WORDS: [&str; 24] = [
    "督察",
    "督查",
    "督察室",
    "督查督察",
    "法治",
    "法制",
    "法治政府",
    "政府建设",
    "建设",
    "原因",
    "不足",
    "存在不足",
    "存在的不足",
    "问题",
    "第一责任人",
    "第一責任人",
    "督 察",
    "督察(chá)",
    "的",
    "2024年",
    "App2024",
    "整改",
    "一一",
    "一一一",
];

const PHRASES: [&str; 14] = [
    "督察",
    "督查",
    "法治",
    "法治政府",
    "政府建设",
    "建设",
    "原因",
    "不足",
    "存在不足",
    "存在的不足",
    "问题",
    "第一责任人",
    "一一",
    "APP2024年",
];

const REGEXES: [&str; 5] = ["督[察查]", "法[治制](?:政府)?", "^一", "。$", "第一.任人"];

/// The sets of the pack.
pub fn terms() -> BTreeMap<String, Vec<Pattern>> {
    let own = |text: &str| Pattern::Phrase(phrase(text));
    let set = |name: &str| Pattern::Set(spanned(name.to_owned()));
    let regex = Pattern::Regex(spanned("法制|法治政府".to_owned()));
    BTreeMap::from([
        ("督".to_owned(), vec![own("督察"), own("督查"), own("督察室")]),
        ("法".to_owned(), vec![own("法治"), set("督"), regex]),
    ])
}

fn spanned<T>(node: T) -> Spanned<T> {
    Spanned::new(node, Span::default())
}

fn phrase(text: &str) -> Phrase {
    Phrase { parts: vec![PhrasePart::Text(text.to_owned())] }
}

/// A report: a title or none, an opening, sections that nest, a closing or none.
pub fn report() -> impl Strategy<Value = String> {
    let title = option::of(select(&["清河县2024年法治政府建设年度报告", "督察不足的报告"][..]));
    let closing = option::of(Just("\n清河县督察局\n2025年1月14日\n"));
    let parts = (title, vec(paragraph(), 0..2), vec(section(), 0..5), closing);
    parts.prop_map(|(title, opening, sections, closing)| {
        let mut text = title.map_or(String::new(), |it| format!("{it}\n\n"));
        text.extend(opening);
        let mut counts = [0; 3];
        for (level, words, run_in, body) in sections {
            counts[level] += 1;
            counts[level + 1..].fill(0);
            let number = ["一", "二", "三", "四", "五"][(counts[level] - 1).min(4)];
            let number =
                [format!("{number}、"), format!("（{number}）"), format!("{}. ", counts[level])][level].clone();
            text.push_str(&format!("{number}{words}{}", if run_in { "。" } else { "\n" }));
            text.extend(body);
            if run_in && !text.ends_with('\n') {
                text.push('\n');
            }
        }
        text.push_str(closing.unwrap_or_default());
        if text.trim().is_empty() { "法治。\n".to_owned() } else { text }
    })
}

/// A report of long paragraphs, none of them wrapped.
pub fn long_report() -> impl Strategy<Value = String> {
    // Words that look like a number or go on with a heading would make another text of a wrapped one.
    let plain = words(2..5).prop_map(|it| it.replace("一一一", "依法").replace("一一", "行政").replace('的', ""));
    let clause = (plain, select(&["，", "，", "；", "。", "、"][..]));
    let paragraph = vec(clause.prop_map(|(words, stop)| format!("{words}{stop}")), 6..14);
    let paragraph = paragraph.prop_map(|it| format!("{}依法行政。\n", it.concat())).boxed();
    let headings = ["主要举措和督察成效", "存在的不足和原因", "政府建设方面的问题"];
    let body = vec((select(headings.to_vec()), vec(paragraph.clone(), 1..3)), 1..4);
    (paragraph, body).prop_map(|(opening, sections)| {
        let mut text = format!("清河县2024年法治政府建设年度报告\n\n{opening}");
        for (at, (words, body)) in sections.into_iter().enumerate() {
            text.push_str(&format!("{}、{words}\n{}", ["一", "二", "三"][at], body.concat()));
        }
        text
    })
}

fn section() -> impl Strategy<Value = (usize, String, bool, Vec<String>)> {
    (0..3usize, words(1..4), proptest::bool::weighted(0.3), vec(paragraph(), 0..3))
}

fn words(size: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    vec(select(&WORDS[..]), size).prop_map(|it| it.concat())
}

/// A paragraph, at times wrapped somewhere inside.
fn paragraph() -> impl Strategy<Value = String> {
    let front = option::weighted(0.3, select(&["一是", "二是", "（1）", "1."][..]));
    let clause = (words(1..4), select(&["，", "；", "。", "。", "！", "……", "。”", "、"][..]));
    let sentences = vec(clause.prop_map(|(words, stop)| format!("{words}{stop}")), 1..5);
    (front, sentences, option::weighted(0.4, any::<prop::sample::Index>())).prop_map(|(front, sentences, wrap)| {
        let mut chars: Vec<char> = front.unwrap_or_default().chars().chain(sentences.concat().chars()).collect();
        chars.push('。');
        if let Some(wrap) = wrap {
            chars.insert(wrap.index(chars.len()), '\n');
        }
        chars.into_iter().chain(['\n']).collect()
    })
}

/// A statement of the claims that the naive reader knows.
pub fn statement() -> impl Strategy<Value = Statement> {
    let subject = prop_oneof![
        2 => Just(Subject::Report),
        1 => (select(Unit::ALL.to_vec()), option::of(pattern())).prop_map(|(unit, mentions)| Subject::Each { unit, mentions }),
    ];
    let modal = select(&[Modal::Must, Modal::MustNot][..]);
    let frame = (option::weighted(0.2, condition()), subject, modal);
    let tail = (option::weighted(0.2, choice()), option::weighted(0.1, condition()));
    (frame, tail).prop_flat_map(|((when, subject, modal), (except, unless))| {
        let sections = match &subject {
            Subject::Report => true,
            Subject::Each { unit, .. } => matches!(unit, Unit::Section | Unit::TopSection),
        };
        claim(modal.forbids(), sections).prop_map(move |claim| {
            let (when, subject, except, unless) = (when.clone(), subject.clone(), except.clone(), unless.clone());
            Statement { voice: Voice::En, when, subject, modal, claim, except, unless }
        })
    })
}

fn claim(forbidden: bool, sections: bool) -> BoxedStrategy<Claim> {
    let single = if forbidden {
        let mix = (choice(), choice(), places()).prop_map(|(one, other, places)| Claim::Mix { one, other, places });
        prop_oneof![6 => free(sections), 1 => mix].boxed()
    } else {
        let wording = (select(&["法治政府", "督察室", "不足"][..]), choice())
            .prop_map(|(right, wrong)| Claim::Wording { right: phrase(right), wrong });
        prop_oneof![6 => free(sections), 1 => wording].boxed()
    };
    let joined = free(sections).prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 2..4).prop_map(Claim::And),
            vec(inner.clone(), 2..4).prop_map(Claim::Or),
            inner.prop_map(|it| Claim::Not(Box::new(it))),
        ]
    });
    prop_oneof![3 => single, 1 => joined].boxed()
}

fn condition() -> BoxedStrategy<Claim> {
    let value = || Phrase { parts: vec![PhrasePart::Text("部门".to_owned())] };
    let name = select(&["level", "地区"][..]).prop_map(|it| spanned(it.to_owned()));
    let fact = (name, any::<bool>()).prop_map(move |(name, is)| {
        Claim::Fact(FactTest { name, test: if is { Test::Is(vec![value()]) } else { Test::IsNot(vec![value()]) } })
    });
    prop_oneof![2 => free(true), 1 => fact]
        .prop_recursive(1, 3, 2, |inner| {
            prop_oneof![
                vec(inner.clone(), 2..3).prop_map(Claim::And),
                vec(inner.clone(), 2..3).prop_map(Claim::Or),
                inner.prop_map(|it| Claim::Not(Box::new(it))),
            ]
        })
        .boxed()
}

/// Claims that go with every modal.
fn free(sections: bool) -> BoxedStrategy<Claim> {
    let mention = (pattern(), option::of(count()), places())
        .prop_map(|(what, count, places)| Claim::Mention(Mention { what, count, places }));
    let order = (select(&[Order::Before, Order::After][..]), choice());
    let parts = (choice(), any::<bool>(), any::<bool>(), option::weighted(0.3, order), option::weighted(0.3, choice()));
    let section = parts.prop_map(|(name, top_level, or_item, order, inside)| {
        Claim::Section(SectionClaim { name, top_level, or_item, order, inside })
    });
    let units = [
        AmountUnit::Characters,
        AmountUnit::Sentences,
        AmountUnit::Paragraphs,
        AmountUnit::Sections,
        AmountUnit::Headings,
    ];
    let room = prop_oneof![
        2 => choice().prop_map(Place::Section),
        1 => choice().prop_map(Place::EverySection),
        1 => choice().prop_map(Place::Outside),
        1 => select(&[Place::Text, Place::Title, Place::Opening, Place::Closing][..]),
    ];
    let amount = (count(), select(units.to_vec()), vec(room, 0..2)).prop_map(|(count, unit, places)| Claim::Amount {
        count,
        unit,
        places,
    });
    let edge = (select(&[Edge::Begin, Edge::End][..]), pattern()).prop_map(|(edge, what)| Claim::Edge { edge, what });
    prop_oneof![6 => mention, if sections { 3 } else { 0 } => section, 2 => amount, 1 => edge].boxed()
}

fn count() -> BoxedStrategy<Count> {
    let number = || (1..4u32).prop_map(Num::Lit);
    prop_oneof![
        number().prop_map(Count::Exactly),
        number().prop_map(Count::AtLeast),
        number().prop_map(Count::AtMost),
        (1..3u32, 0..3u32).prop_map(|(from, more)| Count::Between(Num::Lit(from), Num::Lit(from + more))),
    ]
    .boxed()
}

/// A phrase, a regex, a set, or any of several.
fn choice() -> BoxedStrategy<Pattern> {
    let one = prop_oneof![
        6 => plain(),
        1 => select(&REGEXES[..]).prop_map(|it| Pattern::Regex(spanned(it.to_owned()))),
        1 => set(),
        1 => prop_oneof![plain(), set()].prop_map(|it| Pattern::Exactly(Box::new(it))),
    ];
    let any = vec(one.clone(), 1..4).prop_map(|list| of(Quantifier::Any, Members::List(list)));
    prop_oneof![4 => one, 1 => any].boxed()
}

fn plain() -> BoxedStrategy<Pattern> {
    select(&PHRASES[..]).prop_map(|it| Pattern::Phrase(phrase(it))).boxed()
}

fn set() -> BoxedStrategy<Pattern> {
    select(&["督", "法"][..]).prop_map(|it| Pattern::Set(spanned(it.to_owned()))).boxed()
}

fn of(quantifier: Quantifier, members: Members) -> Pattern {
    Pattern::Of { quantifier, members }
}

/// A choice, or `all of` and `at least` over choices.
fn pattern() -> BoxedStrategy<Pattern> {
    let quantifier =
        || prop_oneof![Just(Quantifier::Any), Just(Quantifier::All), (1..4u32).prop_map(Quantifier::AtLeast)];
    let list = |inner: BoxedStrategy<Pattern>| {
        (quantifier(), vec(inner, 1..4)).prop_map(|(quantifier, list)| of(quantifier, Members::List(list)))
    };
    let of_set = (quantifier(), select(&["督", "法"][..]))
        .prop_map(|(quantifier, name)| of(quantifier, Members::Set(spanned(name.to_owned()))));
    let nested = list(prop_oneof![2 => plain(), 1 => list(plain())].boxed());
    prop_oneof![6 => choice(), 1 => list(choice()), 1 => of_set, 1 => nested].boxed()
}

fn places() -> BoxedStrategy<Vec<Place>> {
    let fixed = [
        Place::Title,
        Place::Opening,
        Place::Closing,
        Place::Heading,
        Place::HeadingsOfOneLevel,
        Place::OwnLineHeadingsOfOneLevel,
        Place::Text,
    ];
    let near = || prop_oneof![3 => plain(), 1 => set()];
    let place = prop_oneof![
        4 => select(fixed.to_vec()),
        1 => choice().prop_map(Place::Section),
        1 => choice().prop_map(Place::EverySection),
        1 => choice().prop_map(Place::Outside),
        1 => (1..60u32).prop_map(|it| Place::First(Num::Lit(it))),
        2 => (0..6u32, near()).prop_map(|(count, what)| Place::Within(Num::Lit(count), what)),
        1 => near().prop_map(Place::SameSentence),
        1 => near().prop_map(Place::SameParagraph),
        1 => near().prop_map(Place::SameSection),
        1 => near().prop_map(Place::Before),
        1 => near().prop_map(Place::After),
    ];
    vec(place, 0..3).boxed()
}
