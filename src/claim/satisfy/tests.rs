use super::*;
use crate::claim::testing::{assert_marked, assert_silent, document};
use crate::facts::Fact;
use crate::lang::ast::{Hole, Operator, PhrasePart, Tolerance};
use crate::span::Spanned;

/// `审结{n}件` as a phrase.
fn phrase(text: &str) -> Phrase {
    let (before, rest) = text.split_once('{').unwrap();
    let (name, after) = rest.split_once('}').unwrap();
    let hole = Hole { name: name.to_owned(), offset: 0 };
    let parts = vec![
        PhrasePart::Text(before.to_owned()),
        PhrasePart::Hole(Spanned::new(hole, Span::default())),
        PhrasePart::Text(after.to_owned()),
    ];
    Phrase { parts }
}

fn name(name: &str) -> Expr {
    Expr::Name(Spanned::new(name.to_owned(), Span::default()))
}

fn binary(left: &str, operator: Operator, right: &str) -> Expr {
    Expr::Binary(Box::new(name(left)), operator, Box::new(name(right)))
}

fn equation(left: Expr, relation: Relation, right: Expr, within: Option<(&str, bool)>) -> Equation {
    let within = within.map(|(number, percent)| Tolerance { number: number.to_owned(), percent });
    Equation { left, relation, right, within }
}

fn rate() -> Equation {
    equation(name("审结率"), Relation::Eq, binary("审结", Operator::Div, "受理"), Some(("0.01", true)))
}

fn total(within: Option<(&str, bool)>) -> Equation {
    equation(name("总量"), Relation::Eq, binary("许可", Operator::Add, "处罚"), within)
}

fn find(document: &Document, equation: &Equation) -> Detected {
    let templates: BTreeMap<String, Vec<Phrase>> = [
        ("审结", vec!["审结{n}件", "审结案件{n}件"]),
        ("受理", vec!["受理{n}件", "受理{n}万件"]),
        ("审结率", vec!["审结率{n}%", "审结率为{n}"]),
        ("总量", vec!["总量{n}条"]),
        ("许可", vec!["许可{n}条"]),
        ("处罚", vec!["处罚{n}条"]),
    ]
    .into_iter()
    .map(|(name, texts)| (name.to_owned(), texts.into_iter().map(phrase).collect()))
    .collect();
    let fill = |phrase: &Phrase| {
        let text = |part: &PhrasePart| match part {
            PhrasePart::Text(text) => Ok(text.clone()),
            PhrasePart::Hole(hole) => Err(hole.node.name.clone()),
        };
        Ok(vec![phrase.parts.iter().map(text).collect::<Result<String, String>>()?])
    };
    let view = View::folded(document.source.text(), document.paragraphs.iter().map(|it| it.pieces.as_slice()));
    let quantities = Quantities { templates: &templates, fill: &fill };
    detect(document, &view, equation, quantities, Span::new(0, usize::MAX), Locale::Zh)
}

#[test]
fn wrong_sums() {
    assert_marked(
        &[
            "全年受理337件，审结283件，⟦审结率85.29%⟧。",
            "全年受理３３７件，审结二百八十三件，⟦审结率为８５．２９％⟧。",
            "全年受理337件。审结283件。⟦审结率85.29%⟧。",
            "全年受理337件，审结283件。\n另起一段，⟦审结率85.29%⟧。",
            "受理100件，审结90件，审结率90%。受理200件，审结190件，⟦审结率96%⟧。",
            "受理100件，审结90件，⟦审结率90.02%⟧。",
            "受理1.2万件，审结6,000件，⟦审结率60%⟧。",
        ],
        |document| find(document, &rate()),
    );
    assert_marked(&["⟦总量10584条⟧，许可9737条，处罚846条。"], |document| find(document, &total(None)));
}

#[test]
fn right_sums() {
    let texts = [
        "全年受理337件，审结283件，审结率83.98%。",
        "全年受理337件，审结283件，审 结 率 83.98%。",
        "受理1.2万件，审结6,000件，审结率50%。",
        "受理200件，受理100件，审结50件，审结案件90件，审结率90%。",
        "受理100件，审结90件，审结率90.01%。",
        "受理100件，审结90件。审结率90%，受理200件，审结200件。",
        "受理100件，审结90件，审结率百分之九十。".replace("率百分", "率为百分").leak(),
    ];
    assert_silent(&texts, |document| find(document, &rate()));
    for text in texts {
        assert!(!find(&document(text), &rate()).evidence.is_empty(), "{text}");
    }
    let sum = document("总量10584条，许可9737条，处罚847条。");
    assert_eq!(find(&sum, &total(None)).evidence[0].note, "10584 = 9737 + 847");
}

#[test]
fn unknown_sums() {
    for text in [
        "受理100件，审结90件。",
        "受理约100件，审结80件，审结率90%。",
        "受理100余件，审结80件，审结率90%。",
        "受理0件，审结0件，审结率90%。",
        "审结率90个百分点，受理100件，审结90件。",
        "",
    ] {
        let found = find(&document(text), &rate());
        assert!(found.faults.is_empty() && found.unknown.is_some(), "{text}");
    }
}

#[test]
fn tolerances() {
    let near = document("总量101条，许可60条，处罚40条。");
    for (within, right) in [
        (None, false),
        (Some(("1", false)), true),
        (Some(("0.5", false)), false),
        (Some(("1", true)), true),
        (Some(("0.9", true)), false),
    ] {
        assert_eq!(find(&near, &total(within)).faults.is_empty(), right, "{within:?}");
    }
    let points = document("受理100件，审结90件，审结率91%。");
    let rate =
        |within| equation(name("审结率"), Relation::Eq, binary("审结", Operator::Div, "受理"), Some((within, true)));
    assert!(find(&points, &rate("1")).faults.is_empty());
    assert!(!find(&points, &rate("0.95")).faults.is_empty());
}

#[test]
fn relations_and_years() {
    let text = |year| {
        let mut document = document("审结90件，受理100件。");
        document.facts.title_year = Some(Fact { value: 2024, span: Some(Span::new(0, 6)) });
        document.facts.opening_year = year;
        document
    };
    let same = equation(name("title_year"), Relation::Eq, name("opening_year"), None);
    assert!(find(&text(None), &same).unknown.is_some());
    let year = |value| Some(Fact { value, span: None });
    assert!(find(&text(year(2024)), &same).faults.is_empty());
    let fault = find(&text(year(2023)), &same).faults.remove(0);
    assert_eq!((fault.span, fault.expected.as_deref()), (Span::new(0, 6), Some("2023")));
    for (relation, right) in [(Relation::Le, true), (Relation::Lt, true), (Relation::Ge, false), (Relation::Gt, false)]
    {
        let bound = equation(name("审结"), relation, name("受理"), None);
        assert_eq!(find(&text(None), &bound).faults.is_empty(), right, "{relation:?}");
    }
}

#[test]
fn says_what_is_due_and_why() {
    let document = document("全年受理337件，审结283件，审结率85.29%。");
    let fault = find(&document, &rate()).faults.remove(0);
    assert_eq!(fault.expected.as_deref(), Some("83.98%"));
    assert_eq!(fault.label, "审结率应为83.98%（审结 / 受理，即 283 / 337）");
    assert_eq!(fault.related.len(), 2);
}

#[test]
fn hostile_input_ends() {
    let _ = find(&document(&"受理1件，审结1件，审结率1%，".repeat(2000)), &rate());
    let _ = find(&document("受理99999999999999999亿件，审结1件，审结率1%。"), &rate());
}
