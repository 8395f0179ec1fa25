//! Statements of every kind, made at random; each is one that the language allows.

use guiju::lang::ast::*;
use guiju::lang::parse::Names;
use guiju::span::{Span, Spanned};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// The names that generated statements and the case files use.
pub fn names() -> Names {
    let own = |list: &[&str]| list.iter().map(|it| (*it).to_owned()).collect();
    Names {
        sets: own(&["不足", "举措", "法规", "法规章", "总述"]),
        quantities: own(&["审结", "受理", "审结率", "总量", "许可", "处罚"]),
        params: own(&["min_chars", "min_deficiency_chars", "least"]),
        vars: own(&["level", "地区"]),
    }
}

/// A whole statement.
pub fn statement() -> impl Strategy<Value = Statement> {
    let frame = (select(&[Voice::En, Voice::Zh][..]), option::of(condition()), subject(), modal());
    let tail = (option::of(excepted()), option::of(condition()));
    (frame, tail).prop_flat_map(|((voice, when, subject, modal), (except, unless))| {
        let frame = (Just(voice), Just(when), Just(subject), Just(modal), Just(except), Just(unless));
        (frame, claimed(modal.forbids())).prop_map(|((voice, when, subject, modal, except, unless), claim)| {
            let subject = if of_the_whole(&claim) { Subject::Report } else { subject };
            let except = except.filter(|_| looks_for_phrases(&claim));
            Statement { voice, when, subject, modal, claim, except, unless }
        })
    })
}

/// Whether a claim can be made of the whole report alone.
fn of_the_whole(claim: &Claim) -> bool {
    match claim {
        Claim::Section(_) | Claim::Numbering | Claim::Signed | Claim::Dated { .. } | Claim::DatedAt { .. } => true,
        Claim::Copied(_) => true,
        Claim::Not(inner) => of_the_whole(inner),
        Claim::And(parts) | Claim::Or(parts) => parts.iter().any(of_the_whole),
        _ => false,
    }
}

/// Whether a claim has hits that `except` can take away.
fn looks_for_phrases(claim: &Claim) -> bool {
    match claim {
        Claim::Mention(_) | Claim::Section(_) | Claim::Wording { .. } | Claim::Edge { .. } | Claim::Mix { .. } => true,
        Claim::Not(inner) => looks_for_phrases(inner),
        Claim::And(parts) | Claim::Or(parts) => parts.iter().any(looks_for_phrases),
        _ => false,
    }
}

/// A condition: any claims, and facts.
pub fn condition() -> BoxedStrategy<Claim> {
    let leaf = prop_oneof![4 => free(), 1 => positive(), 1 => negative(), 2 => fact().prop_map(Claim::Fact)];
    joined(leaf.boxed(), true)
}

/// The claim of a statement: some want a modal that forbids, some one that does not.
fn claimed(forbidden: bool) -> BoxedStrategy<Claim> {
    let bound = if forbidden { negative() } else { positive() };
    prop_oneof![4 => joined(free(), true), 2 => joined(prop_oneof![free(), bound.clone()].boxed(), false), 2 => bound]
        .boxed()
}

fn joined(leaf: BoxedStrategy<Claim>, denied: bool) -> BoxedStrategy<Claim> {
    leaf.prop_recursive(3, 8, 3, move |inner| {
        let both =
            prop_oneof![vec(inner.clone(), 2..4).prop_map(Claim::And), vec(inner.clone(), 2..4).prop_map(Claim::Or)];
        let not = inner.prop_map(|it| Claim::Not(Box::new(it)));
        if denied { prop_oneof![both, not].boxed() } else { both.boxed() }
    })
    .boxed()
}

/// Claims that go with every modal.
fn free() -> BoxedStrategy<Claim> {
    let places = || vec(place(), 0..3);
    let mention = (pattern(), option::of(count()), places())
        .prop_map(|(what, count, places)| Claim::Mention(Mention { what, count, places }));
    let order = (select(&[Order::Before, Order::After][..]), pattern());
    let section = (pattern(), any::<bool>(), any::<bool>(), option::of(order), option::of(pattern())).prop_map(
        |(name, top_level, or_item, order, inside)| {
            Claim::Section(SectionClaim { name, top_level, or_item, order, inside })
        },
    );
    let units = [
        AmountUnit::Characters,
        AmountUnit::Sentences,
        AmountUnit::Paragraphs,
        AmountUnit::Sections,
        AmountUnit::Headings,
    ];
    let room = prop_oneof![
        pattern().prop_map(Place::Section),
        pattern().prop_map(Place::EverySection),
        Just(Place::Text),
        Just(Place::Closing)
    ];
    let amount = (count(), select(units.to_vec()), vec(room, 0..2)).prop_map(|(count, unit, places)| Claim::Amount {
        count,
        unit,
        places,
    });
    let edge = (select(&[Edge::Begin, Edge::End][..]), pattern()).prop_map(|(edge, what)| Claim::Edge { edge, what });
    let orders = [DateOrder::Before, DateOrder::After, DateOrder::NoLaterThan, DateOrder::NoEarlierThan];
    let dated_at = (select(orders.to_vec()), date()).prop_map(|(order, date)| Claim::DatedAt { order, date });
    prop_oneof![
        5 => mention,
        3 => section,
        1 => amount,
        1 => edge,
        1 => Just(Claim::Signed),
        1 => any::<bool>().prop_map(|in_closing| Claim::Dated { in_closing }),
        1 => dated_at,
    ]
    .boxed()
}

/// Claims that only `must` and `should` make.
fn positive() -> BoxedStrategy<Claim> {
    let wording = (phrase(), pattern()).prop_map(|(right, wrong)| Claim::Wording { right, wrong });
    prop_oneof![
        wording,
        equation().prop_map(Claim::Satisfy),
        Just(Claim::Numbering),
        Just(Claim::Script),
        Just(Claim::Pairs),
        Just(Claim::Percentages),
    ]
    .boxed()
}

/// Claims that only `must not` and `should not` make.
fn negative() -> BoxedStrategy<Claim> {
    let mix =
        (pattern(), pattern(), vec(place(), 0..2)).prop_map(|(one, other, places)| Claim::Mix { one, other, places });
    prop_oneof![
        mix,
        set_name().prop_map(Claim::Misquote),
        Just(Claim::Break),
        length().prop_map(Claim::Repeat),
        length().prop_map(Claim::Double),
        copied().prop_map(Claim::Copied),
    ]
    .boxed()
}

fn copied() -> impl Strategy<Value = Copied> {
    let most = prop_oneof![3 => (0..100u32).prop_map(Num::Lit), 1 => length().prop_filter("less than 100%", |it| !matches!(it, Num::Lit(100..)))];
    let least = prop_oneof![Just(Num::Lit(Copied::LEAST)), length()];
    (most, select(&[Whose::LastYear, Whose::OtherBody][..]), least).prop_map(|(most, whose, least)| Copied {
        most,
        whose,
        least,
    })
}

fn modal() -> impl Strategy<Value = Modal> {
    select(&[Modal::Must, Modal::MustNot, Modal::Should, Modal::ShouldNot][..])
}

fn subject() -> impl Strategy<Value = Subject> {
    let each = (select(Unit::ALL.to_vec()), option::of(pattern()));
    prop_oneof![Just(Subject::Report), each.prop_map(|(unit, mentions)| Subject::Each { unit, mentions })]
}

/// A pattern of any kind.
pub fn pattern() -> BoxedStrategy<Pattern> {
    let exact = prop_oneof![phrase().prop_map(Pattern::Phrase), set_name().prop_map(Pattern::Set)];
    let leaf = prop_oneof![
        6 => phrase().prop_map(Pattern::Phrase),
        2 => set_name().prop_map(Pattern::Set),
        1 => exact.prop_map(|it| Pattern::Exactly(Box::new(it))),
        1 => regex(),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        let list = vec(inner, 2..4).prop_flat_map(|list| {
            let most = u32::try_from(list.len()).expect("a short list");
            (quantifier(most), Just(Members::List(list)))
        });
        let set = (quantifier(3), set_name().prop_map(Members::Set));
        prop_oneof![list, set].prop_map(|(quantifier, members)| Pattern::Of { quantifier, members })
    })
    .boxed()
}

/// What may stand behind `except`: hits have to be told apart, so no `all of`.
fn excepted() -> BoxedStrategy<Pattern> {
    let one = prop_oneof![phrase().prop_map(Pattern::Phrase), set_name().prop_map(Pattern::Set), regex()];
    let list = vec(one.clone(), 1..4)
        .prop_map(|list| Pattern::Of { quantifier: Quantifier::Any, members: Members::List(list) });
    prop_oneof![one, list].boxed()
}

fn quantifier(most: u32) -> BoxedStrategy<Quantifier> {
    prop_oneof![Just(Quantifier::Any), Just(Quantifier::All), (1..=most).prop_map(Quantifier::AtLeast)].boxed()
}

fn regex() -> BoxedStrategy<Pattern> {
    select(&["^（", r"^\(", "第[一二三]季度", r"\d{4}年", r"和\/或", r"“[^”]+”", "甲 {1,2}乙", "[^。，、]+$"][..])
        .prop_map(|it| Pattern::Regex(spanned(it.to_owned())))
        .boxed()
}

fn set_name() -> BoxedStrategy<Spanned<String>> {
    select(names().sets).prop_map(spanned).boxed()
}

/// Text with holes in it, or none.
pub fn phrase() -> BoxedStrategy<Phrase> {
    let plain = text().prop_map(|it| vec![PhrasePart::Text(it)]);
    let holed = (option::of(text()), hole(), option::of(text())).prop_map(|(before, hole, after)| {
        let text = |it: Option<String>| it.map(PhrasePart::Text);
        text(before).into_iter().chain([PhrasePart::Hole(hole)]).chain(text(after)).collect()
    });
    prop_oneof![5 => plain, 1 => holed].prop_map(|parts| Phrase { parts }).boxed()
}

/// Plain phrases, phrases that hold keywords of either voice, and noise.
fn text() -> BoxedStrategy<String> {
    let usual = ["第一责任人", "存在不足", "法治政府", "非诉执行", "第1季度", "年"];
    let tricky = [
        "与时俱进",
        "一次性告知",
        "存在章节问题",
        "及时",
        "在建项目",
        "開頭",
        "標題",
        "提及乙",
        "前期",
        "不足之处",
        "must",
        "not",
        "rule of law",
        "section",
        "the",
        "甲 并且 乙",
        "甲 or 乙",
        "$不足",
        "/甲/",
        "原文",
        "3月1日",
        "2024年",
        "至少2次",
        "以上的",
        "。",
        "、",
        "甲\\",
        "“甲”",
        "\"甲\"",
        "「甲」",
        "{year}",
        "甲\n乙",
        "（甲）",
        "一",
        "除外",
        "等于",
        "报告应当",
        "全部",
        "甲全部",
        "项目中",
        "当前",
        "不得不",
        "有无",
        "最多",
        "每",
        "中",
        "以",
        "写",
        "或",
        "是",
        "时",
    ];
    let noise = "[甲乙章节标题在中次时不之前与的有以为a-zA-Z0-9“”\"\\\\{}$/.:=，。（）、·🀄後]{1,8}";
    prop_oneof![
        4 => select(usual.to_vec()).prop_map(str::to_owned),
        3 => select(tricky.to_vec()).prop_map(str::to_owned),
        2 => noise.prop_filter("must leave something to look for", |it| it.chars().any(char::is_alphanumeric)),
    ]
    .boxed()
}

fn hole() -> BoxedStrategy<Spanned<Hole>> {
    let year = (select(&["year", "title_year", "opening_year"][..]), -2..=2)
        .prop_map(|(name, offset)| Hole { name: name.to_owned(), offset });
    let other = select(&["min_chars", "least"][..]).prop_map(|name| Hole { name: name.to_owned(), offset: 0 });
    prop_oneof![2 => year, 1 => other].prop_map(spanned).boxed()
}

fn length() -> BoxedStrategy<Num> {
    let params = names().params;
    let param = select(params).prop_map(|name| Num::Hole(spanned(Hole { name, offset: 0 })));
    prop_oneof![3 => (1..300u32).prop_map(Num::Lit), 1 => param].boxed()
}

fn count() -> BoxedStrategy<Count> {
    prop_oneof![
        length().prop_map(Count::Exactly),
        length().prop_map(Count::AtLeast),
        length().prop_map(Count::AtMost),
        (1..5u32, 0..5u32).prop_map(|(least, more)| Count::Between(Num::Lit(least), Num::Lit(least + more))),
    ]
    .boxed()
}

fn place() -> BoxedStrategy<Place> {
    let fixed = [
        Place::Title,
        Place::Opening,
        Place::Closing,
        Place::Heading,
        Place::HeadingsOfOneLevel,
        Place::OwnLineHeadingsOfOneLevel,
        Place::Text,
        Place::Table,
    ];
    prop_oneof![
        4 => select(fixed.to_vec()),
        1 => pattern().prop_map(Place::Section),
        1 => pattern().prop_map(Place::EverySection),
        1 => length().prop_map(Place::First),
        1 => pattern().prop_map(Place::Outside),
        1 => (length(), pattern()).prop_map(|(count, what)| Place::Within(count, what)),
        1 => pattern().prop_map(Place::SameSentence),
        1 => pattern().prop_map(Place::SameParagraph),
        1 => pattern().prop_map(Place::SameSection),
        1 => pattern().prop_map(Place::Before),
        1 => pattern().prop_map(Place::After),
    ]
    .boxed()
}

fn date() -> BoxedStrategy<DateExpr> {
    let year = prop_oneof![(1949..2100u32).prop_map(Num::Lit), hole().prop_map(Num::Hole)];
    (year, 1..=12u8, 1..=28u8).prop_map(|(year, month, day)| DateExpr { year, month, day }).boxed()
}

fn equation() -> BoxedStrategy<Equation> {
    let relations = [Relation::Eq, Relation::Le, Relation::Ge, Relation::Lt, Relation::Gt];
    let number = select(&["0.01", "2", "0.5", "10"][..]).prop_map(str::to_owned);
    let within = option::of((number, any::<bool>()).prop_map(|(number, percent)| Tolerance { number, percent }));
    (expression(), select(relations.to_vec()), expression(), within)
        .prop_map(|(left, relation, right, within)| Equation { left, relation, right, within })
        .boxed()
}

fn expression() -> BoxedStrategy<Expr> {
    let mut known = names().quantities;
    known.extend(["year", "title_year", "opening_year"].map(str::to_owned));
    let number = select(&["100", "0.5", "1"][..]).prop_map(|it| Expr::Number(it.to_owned()));
    let leaf = prop_oneof![4 => select(known).prop_map(|it| Expr::Name(spanned(it))), 1 => number];
    let operators = [Operator::Add, Operator::Sub, Operator::Mul, Operator::Div];
    leaf.prop_recursive(3, 6, 2, move |inner| {
        (inner.clone(), select(operators.to_vec()), inner)
            .prop_map(|(left, operator, right)| Expr::Binary(Box::new(left), operator, Box::new(right)))
    })
    .boxed()
}

fn fact() -> BoxedStrategy<FactTest> {
    let values = || vec(phrase(), 1..4);
    let words = (
        select(&["level", "地区", "issuer", "title"][..]),
        prop_oneof![values().prop_map(Test::Is), values().prop_map(Test::IsNot)],
    );
    let relations = [Relation::Eq, Relation::Le, Relation::Ge, Relation::Lt, Relation::Gt];
    let years = (
        select(&["year", "title_year", "opening_year"][..]),
        (select(relations.to_vec()), prop_oneof![(1949..2100u32).prop_map(Num::Lit), hole().prop_map(Num::Hole)])
            .prop_map(|(relation, to)| Test::Compare(relation, to)),
    );
    prop_oneof![words, years].prop_map(|(name, test)| FactTest { name: spanned(name.to_owned()), test }).boxed()
}

fn spanned<T>(node: T) -> Spanned<T> {
    Spanned::new(node, Span::default())
}
