//! Warnings about one rule by itself: its tests, what it can never say, its legal basis.

use crate::locale::Locale;
use crate::pack::constant::{self, Constant};
use crate::pack::lint::{Doubt, Lint};
use crate::pack::{Basis, Expected, Rule};
use crate::say;

/// What is doubtful about a rule.
pub fn of_rule(rule: &Rule, locale: Locale) -> Vec<Doubt> {
    let doubt = |lint, span, message, help| Doubt::new(lint, &rule.id.node, span, message).help(help);
    let mut doubts: Vec<Doubt> = tests(rule, locale).into_iter().collect();
    for check in &rule.checks {
        doubts.extend(constant::of(&check.statement).map(|it| match it {
            Constant::NeverFails => doubt(
                Lint::NeverFails,
                check.span,
                say!(locale, "这条语句永远不会不通过", "this statement can never fail"),
                say!(locale, "核对次数、条件和例外", "look at counts, conditions and exceptions"),
            ),
            Constant::NeverApplies => doubt(
                Lint::NeverApplies,
                check.span,
                say!(locale, "这条语句永远不适用", "this statement can never apply"),
                say!(locale, "核对“当”和“除非”的条件", "look at the conditions of `when` and `unless`"),
            ),
        }));
    }
    doubts.extend(rule.basis.iter().filter_map(|it| article(rule, it, locale)));
    doubts
}

fn tests(rule: &Rule, locale: Locale) -> Option<Doubt> {
    let id = &rule.id.node;
    let doubt = |lint, message, help| Some(Doubt::new(lint, id, rule.id.span, message).help(help));
    if rule.tests.is_empty() {
        let help = say!(
            locale,
            "在 `tests:` 下写上应当通过（pass）和不应通过（fail）的文本",
            "write texts under `tests:` that must pass and that must fail"
        );
        return doubt(Lint::NoTests, say!(locale, "规则 {id} 没有测试", "the rule {id} has no tests"), help);
    }
    if rule.tests.iter().all(|it| it.expected != Expected::Fail) {
        let help =
            say!(locale, "在 `fail:` 下写一段不符合规则的文本", "write a text that breaks the rule under `fail:`");
        let message = say!(locale, "规则 {id} 没有不通过（fail）的测试", "no test of the rule {id} fails");
        return doubt(Lint::NoFailTest, message, help);
    }
    None
}

/// What a part of a law or standard is called.
const PARTS: [char; 9] = ['条', '款', '项', '章', '节', '编', '部', '附', '页'];

/// A law that is named without saying where in it. What is no 《…》, and a note behind one, is left alone.
fn article(rule: &Rule, basis: &Basis, locale: Locale) -> Option<Doubt> {
    let law = basis.law.trim();
    let (title, behind) = law.strip_prefix('《').and_then(|it| it.rsplit_once('》'))?;
    let said = basis.article.as_ref().is_some_and(|it| !it.trim().is_empty());
    if said || behind.contains(PARTS) || behind.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let message = say!(locale, "依据《{title}》没有写到哪一条", "the basis 《{title}》 does not say which article");
    let help = say!(
        locale,
        "写上条款，如“第五条”；以整部文件为依据的，用 `silence` 说明",
        "add the article; where the whole of it is meant, say so with `silence`"
    );
    Some(Doubt::new(Lint::NoArticle, &rule.id.node, basis.span, message).help(help))
}
