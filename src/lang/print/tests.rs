//! What is printed, word for word. That it reads back is shown by the round trip in tests/it/language.rs.

use super::*;
use crate::lang::ast::*;
use crate::span::{Span, Spanned};

fn spanned<T>(node: T) -> Spanned<T> {
    Spanned::new(node, Span::default())
}

fn text(text: &str) -> Phrase {
    Phrase { parts: vec![PhrasePart::Text(text.to_owned())] }
}

fn words(it: &str) -> Pattern {
    Pattern::Phrase(text(it))
}

fn set(name: &str) -> Pattern {
    Pattern::Set(spanned(name.to_owned()))
}

fn of(quantifier: Quantifier, list: &[&str]) -> Pattern {
    Pattern::Of { quantifier, members: Members::List(list.iter().map(|it| words(it)).collect()) }
}

fn next_year() -> Spanned<Hole> {
    spanned(Hole { name: "year".into(), offset: 1 })
}

fn mention(what: &str, places: Vec<Place>) -> Claim {
    Claim::Mention(Mention { what: words(what), count: None, places })
}

fn level() -> Claim {
    Claim::Fact(FactTest { name: spanned("level".into()), test: Test::Is(vec![text("部门")]) })
}

fn must(claim: Claim) -> Statement {
    let subject = Subject::Report;
    Statement { voice: Voice::En, when: None, subject, modal: Modal::Must, claim, except: None, unless: None }
}

#[track_caller]
fn printed(it: &Statement, en: &str, zh: &str) {
    assert_eq!([statement(it, Voice::En), statement(it, Voice::Zh)], [en, zh]);
}

#[test]
fn a_whole_statement_stands_in_the_order_of_the_language() {
    let it = Statement {
        when: Some(Claim::And(vec![mention("甲", vec![]), Claim::Not(Box::new(mention("乙", vec![Place::Title])))])),
        subject: Subject::Each { unit: Unit::TopSection, mentions: Some(set("不足")) },
        modal: Modal::ShouldNot,
        except: Some(of(Quantifier::Any, &["督查激励", "督查室"])),
        unless: Some(Claim::Or(vec![level(), Claim::Not(Box::new(level()))])),
        ..must(Claim::Mention(Mention {
            what: words("督查"),
            count: Some(Count::Between(Num::Lit(2), Num::Lit(3))),
            places: vec![Place::Title, Place::Within(Num::Lit(5), words("丙"))],
        }))
    };
    printed(
        &it,
        "when it mentions 甲 and it does not mention 乙 in the title, each top-level section that mentions $不足 should \
         not mention 督查 between 2 and 3 times in the title within 5 characters of 丙 except (督查激励, 督查室) \
         unless level is 部门 or not level is 部门",
        "当提及 甲 并且 未在标题中提及 乙 时，每个提及 $不足 的一级章节不宜在标题中在距 丙 5字以内提及 督查 \
         2至3次，（督查激励、督查室）除外，除非 level 为 部门 或者 非 level 为 部门",
    );
}

#[test]
fn booleans_keep_their_nesting_and_their_modal() {
    let (one, other) = (mention("甲", vec![]), mention("乙", vec![]));
    let not = |it: &Claim| Claim::Not(Box::new(it.clone()));
    let either = Claim::Or(vec![not(&one), Claim::And(vec![other.clone(), Claim::Signed])]);
    printed(
        &must(either.clone()),
        "the report must (not mention 甲) or (mention 乙 and be signed)",
        "报告应当非提及 甲 或者（提及 乙 并且 署名）",
    );
    printed(&must(not(&one)), "the report must (not mention 甲)", "报告应当非提及 甲");
    printed(
        &must(Claim::And(vec![other.clone(), not(&one)])),
        "the report must mention 乙 and not mention 甲",
        "报告应当提及 乙 并且 非提及 甲",
    );
    assert_eq!(claim(&not(&not(&one)), Voice::Zh), "非（未提及 甲）");
    assert_eq!(claim(&not(&not(&one)), Voice::En), "not (it does not mention 甲)");
    assert_eq!(claim(&not(&Claim::Signed), Voice::En), "it is not signed");
}

#[test]
fn some_claims_have_a_chinese_sentence_of_their_own() {
    let date = DateExpr { year: Num::Hole(next_year()), month: 3, day: 1 };
    let dated = Claim::DatedAt { order: DateOrder::NoLaterThan, date };
    printed(
        &must(dated.clone()),
        "the report must be dated no later than 3月1日 of {year+1}",
        "成文日期应当不晚于 {year+1}年3月1日",
    );
    printed(&must(Claim::Script), "the report must be written in one script", "简体与繁体不得混用");
    printed(
        &must(Claim::And(vec![Claim::Numbering, dated])),
        "the report must number headings in order and be dated no later than 3月1日 of {year+1}",
        "报告应当序号连续 并且 成文日期不晚于 {year+1}年3月1日",
    );
    let each = Subject::Each { unit: Unit::Paragraph, mentions: None };
    printed(
        &Statement { subject: each, ..must(Claim::Pairs) },
        "each paragraph must close every bracket and quotation mark",
        "每个段落应当括号和引号成对",
    );
}

#[test]
fn sections_stand_by_their_neighbours() {
    let it = Claim::Section(SectionClaim {
        name: words("存在不足"),
        top_level: true,
        or_item: true,
        order: Some((Order::Before, of(Quantifier::All, &["甲", "乙"]))),
        inside: Some(set("总述")),
    });
    printed(
        &must(it),
        "the report must include a top-level 存在不足 section or item before the all of (甲, 乙) section in the $总述 section",
        "报告应当包含一级 存在不足 章节或条目，位于（甲、乙）全部 章节之前，位于 $总述 章节中",
    );
}

#[test]
fn equations_keep_their_parentheses() {
    let name = |it: &str| Box::new(Expr::Name(spanned(it.to_owned())));
    let sum = Expr::Binary(name("甲"), Operator::Add, name("乙"));
    let right = Expr::Binary(name("甲"), Operator::Div, Box::new(sum));
    let within = Some(Tolerance { number: "0.01".into(), percent: true });
    let it = Claim::Satisfy(Equation { left: *name("率"), relation: Relation::Le, right, within });
    printed(
        &must(it),
        "the report must satisfy 率 <= 甲 / (甲 + 乙) within 0.01%",
        "报告应当满足 率 <= 甲 / (甲 + 乙)，误差不超过0.01%",
    );
}

#[test]
fn phrases_are_quoted_where_bare_they_would_not_read_back() {
    for (plain, en, zh) in [
        ("存在不足", "存在不足", "存在不足"),
        ("第1季度", "第1季度", "第1季度"),
        ("2024年", r#""2024年""#, "“2024年”"),
        ("存在章节问题", r#""存在章节问题""#, "“存在章节问题”"),
        ("與時俱進", r#""與時俱進""#, "“與時俱進”"),
        ("must", r#""must""#, "“must”"),
        ("甲 乙", r#""甲 乙""#, "“甲 乙”"),
        ("a\"b", r#""a\"b""#, "“a\"b”"),
        ("a“b”", r#""a“b”""#, r"“a\“b\””"),
        ("\\{n}\n", r#""\\\{n\}\n""#, r"“\\\{n\}\n”"),
    ] {
        assert_eq!([phrase(&text(plain), Voice::En), phrase(&text(plain), Voice::Zh)], [en, zh]);
    }
    let hole = Phrase { parts: vec![PhrasePart::Hole(next_year()), PhrasePart::Text("年".into())] };
    assert_eq!(phrase(&hole, Voice::Zh), "“{year+1}年”");
    assert_eq!(pattern(&Pattern::Exactly(Box::new(words("甲"))), Voice::Zh), "原文“甲”");
    assert_eq!(pattern(&Pattern::Regex(spanned(r"[/]\/$".into())), Voice::En), r"/[/]\/$/");
}
