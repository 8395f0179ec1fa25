//! Statements a little other than they were written: what a rule's tests must notice.

use crate::lang::ast::{Modal, Statement, Subject};

mod change;
mod claim;
mod number;
mod pattern;

pub use change::{Change, Part};
use claim::claim;
use pattern::pattern;

/// A thing of a statement as it would be after one change.
type Changed<T> = Vec<(Change, T)>;

/// The statements that differ from one in a single part, none of them equal to it.
pub fn statement(statement: &Statement) -> Changed<Statement> {
    let with = |change, it: Statement| (change, it);
    let mut all = Vec::new();
    let base = || statement.clone();
    all.push(with(Change::Turned(Part::Modal), Statement { modal: turned(statement.modal), ..base() }));
    all.extend(
        option(&statement.when, Part::When, claim).into_iter().map(|(it, when)| with(it, Statement { when, ..base() })),
    );
    all.extend(subject(&statement.subject).into_iter().map(|(it, subject)| with(it, Statement { subject, ..base() })));
    all.extend(claim(&statement.claim).into_iter().map(|(it, claim)| with(it, Statement { claim, ..base() })));
    all.extend(
        option(&statement.except, Part::Except, pattern)
            .into_iter()
            .map(|(it, except)| with(it, Statement { except, ..base() })),
    );
    all.extend(
        option(&statement.unless, Part::Unless, claim)
            .into_iter()
            .map(|(it, unless)| with(it, Statement { unless, ..base() })),
    );
    all.retain(|(_, it)| it != statement);
    all
}

const fn turned(modal: Modal) -> Modal {
    match modal {
        Modal::Must => Modal::MustNot,
        Modal::MustNot => Modal::Must,
        Modal::Should => Modal::ShouldNot,
        Modal::ShouldNot => Modal::Should,
    }
}

/// A part that may be left out: without it, and with each change inside it.
fn option<T>(it: &Option<T>, part: Part, inside: impl Fn(&T) -> Changed<T>) -> Changed<Option<T>> {
    let Some(it) = it else { return Vec::new() };
    let mut all = vec![(Change::Dropped(part), None)];
    all.extend(inside(it).into_iter().map(|(change, it)| (change, Some(it))));
    all
}

/// Each thing of a list with each change inside it.
fn inside<T: Clone>(items: &[T], of_one: impl Fn(&T) -> Changed<T>) -> Changed<Vec<T>> {
    let replaced = |at: usize, it: T| {
        let mut items = items.to_vec();
        if let Some(place) = items.get_mut(at) {
            *place = it;
        }
        items
    };
    let of = |(at, item): (usize, &T)| {
        of_one(item).into_iter().map(move |(change, it)| (change, at, it)).collect::<Vec<_>>()
    };
    items.iter().enumerate().flat_map(of).map(|(change, at, it)| (change, replaced(at, it))).collect()
}

/// A list without each of its things.
fn without<T: Clone>(items: &[T], change: impl Fn(&T) -> Change) -> Changed<Vec<T>> {
    let rest = |at: usize| items.iter().enumerate().filter(|(it, _)| *it != at).map(|(_, it)| it.clone()).collect();
    items.iter().enumerate().map(|(at, it)| (change(it), rest(at))).collect()
}

fn subject(subject: &Subject) -> Changed<Subject> {
    let Subject::Each { unit, mentions } = subject else { return Vec::new() };
    let changed = option(mentions, Part::Mentions, pattern);
    changed.into_iter().map(|(change, mentions)| (change, Subject::Each { unit: *unit, mentions })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::ast::Voice;
    use crate::lang::parse::{self, Names};
    use crate::lang::print;
    use crate::locale::Locale;

    /// The changed statements, in canonical words, behind what was changed.
    fn changed(text: &str) -> Vec<String> {
        let names =
            Names { sets: vec!["集".into()], quantities: vec!["甲".into(), "乙".into()], ..Names::default() };
        let read = parse::statement(text, &names, Locale::Zh).unwrap();
        let words = |(change, it): &(Change, Statement)| {
            format!("{}：{}", change.words(Locale::Zh), print::statement(it, Voice::Zh))
        };
        statement(&read).iter().map(words).collect()
    }

    #[test]
    fn every_part_is_changed_by_itself() {
        for (text, expected) in [
            ("应当提及 甲乙", vec!["换掉情态词：报告不得提及 甲乙"]),
            (
                "当 year 不小于 2022 时，不得在标题中提及（丙、丁）之一 至少2次，戊 除外",
                vec![
                    "换掉情态词：当 year 不小于 2022 时，报告应当在标题中提及（丙、丁）之一 至少2次，戊 除外",
                    "去掉“当……时”：报告不得在标题中提及（丙、丁）之一 至少2次，戊 除外",
                    "换掉比较号：当 year 大于 2022 时，报告不得在标题中提及（丙、丁）之一 至少2次，戊 除外",
                    "换掉比较号：当 year 不大于 2022 时，报告不得在标题中提及（丙、丁）之一 至少2次，戊 除外",
                    "把 2022 改成 2023：当 year 不小于 2023 时，报告不得在标题中提及（丙、丁）之一 至少2次，戊 除外",
                    "把 2022 改成 2021：当 year 不小于 2021 时，报告不得在标题中提及（丙、丁）之一 至少2次，戊 除外",
                    "换掉“之一、全部”：当 year 不小于 2022 时，报告不得在标题中提及（丙、丁）全部 至少2次，戊 除外",
                    "去掉 丙：当 year 不小于 2022 时，报告不得在标题中提及（丁）之一 至少2次，戊 除外",
                    "去掉 丁：当 year 不小于 2022 时，报告不得在标题中提及（丙）之一 至少2次，戊 除外",
                    "去掉次数：当 year 不小于 2022 时，报告不得在标题中提及（丙、丁）之一，戊 除外",
                    "换掉次数：当 year 不小于 2022 时，报告不得在标题中提及（丙、丁）之一 至多2次，戊 除外",
                    "把 2 改成 3：当 year 不小于 2022 时，报告不得在标题中提及（丙、丁）之一 至少3次，戊 除外",
                    "把 2 改成 1：当 year 不小于 2022 时，报告不得在标题中提及（丙、丁）之一 至少1次，戊 除外",
                    "去掉一处位置：当 year 不小于 2022 时，报告不得提及（丙、丁）之一 至少2次，戊 除外",
                    "去掉“除外”：当 year 不小于 2022 时，报告不得在标题中提及（丙、丁）之一 至少2次",
                ],
            ),
            (
                "应当包含一级 丙 章节，位于 丁 章节之前",
                vec![
                    "换掉情态词：报告不得包含一级 丙 章节，位于 丁 章节之前",
                    "去掉“一级”：报告应当包含 丙 章节，位于 丁 章节之前",
                    "去掉“之前、之后”：报告应当包含一级 丙 章节",
                    "换掉“之前、之后”：报告应当包含一级 丙 章节，位于 丁 章节之后",
                ],
            ),
            (
                "应当提及 丙 或者 非署名",
                vec![
                    "换掉情态词：报告不得提及 丙 或者 非署名",
                    "换掉“并且、或者”：报告应当提及 丙 并且 非署名",
                    "去掉其中一项要求：报告应当非署名",
                    "去掉其中一项要求：报告应当提及 丙",
                    "去掉“非”：报告应当提及 丙 或者 署名",
                ],
            ),
            (
                "应当满足 甲 = 乙 + 1，误差不超过2%",
                vec![
                    "换掉情态词：报告不得满足 甲 = 乙 + 1，误差不超过2%",
                    "换掉比较号：报告应当满足 甲 <= 乙 + 1，误差不超过2%",
                    "换掉比较号：报告应当满足 甲 >= 乙 + 1，误差不超过2%",
                    "换掉运算号：报告应当满足 甲 = 乙 - 1，误差不超过2%",
                    "去掉误差：报告应当满足 甲 = 乙 + 1",
                ],
            ),
        ] {
            assert_eq!(changed(text), expected, "{text}");
        }
    }

    /// No change gives back the statement that was changed, and none comes twice.
    #[test]
    fn changes_differ() {
        for text in [
            "应当在 $集 章节中有至少200字",
            "每个提及（丙、丁）之一 的段落不得以 戊 结尾",
            "应当在与 丙 同一句中在前100字中提及 丁 2至5次，除非 level 为 部门",
            "成文日期应当不晚于 {year+1}年3月1日",
            "不得在一句中重复4字以上的分句",
            "不得混用（丙、丁）之一 与 戊",
        ] {
            let names = Names { sets: vec!["集".into()], vars: vec!["level".into()], ..Names::default() };
            let read = parse::statement(text, &names, Locale::Zh).unwrap();
            let all = statement(&read);
            assert!(all.len() > 2, "{text}");
            for (at, (change, one)) in all.iter().enumerate() {
                assert!(*one != read, "{text} {change:?}");
                assert!(!all.iter().take(at).any(|(_, it)| it == one), "{text} {change:?}");
            }
        }
    }
}
