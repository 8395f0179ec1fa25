//! The rules by law and clause: the order of the columns.

use crate::locale::Locale;
use crate::pack::Rule;
use crate::plan::PlannedRule;
use crate::render::visible::joined;
use crate::say;

/// A column of the matrix.
#[derive(Debug, Clone)]
pub struct Column<'a> {
    /// The rule's number in the plan.
    pub index: usize,
    /// The rule.
    pub planned: &'a PlannedRule,
    /// The law or standard it rests on first.
    pub law: String,
    /// The clause of it.
    pub clause: String,
}

/// The rules, those of a law side by side and in it those of a clause; laws with many rules first, otherwise in the
/// order of the plan.
pub fn columns(rules: &[PlannedRule], locale: Locale) -> Vec<Column<'_>> {
    let mut columns: Vec<Column<'_>> =
        rules.iter().enumerate().map(|(index, planned)| column(index, planned, locale)).collect();
    let laws: Vec<String> = columns.iter().map(|it| it.law.clone()).collect();
    let clauses: Vec<(String, String)> = columns.iter().map(|it| (it.law.clone(), it.clause.clone())).collect();
    columns.sort_by_key(|it| {
        let count = laws.iter().filter(|law| **law == it.law).count();
        let first = laws.iter().position(|law| *law == it.law);
        let clause = clauses.iter().position(|other| other.0 == it.law && other.1 == it.clause);
        (std::cmp::Reverse(count), first, clause, it.index)
    });
    columns
}

fn column(index: usize, planned: &PlannedRule, locale: Locale) -> Column<'_> {
    let (law, clause) =
        authority(&planned.rule).unwrap_or_else(|| (say!(locale, "未注明依据", "no basis given"), String::new()));
    Column { index, planned, law, clause }
}

/// 《…》 with the number of the standard behind it is the law, what follows the clause.
fn authority(rule: &Rule) -> Option<(String, String)> {
    let basis = rule.basis.first()?;
    let whole = joined(&basis.law);
    let (law, rest) = match whole.split_once('》') {
        Some((name, rest)) if name.starts_with('《') => {
            let number = rest.starts_with('（').then(|| rest.split_once('）')).flatten();
            match number {
                Some((number, rest)) => (format!("{name}》{number}）"), rest),
                None => (format!("{name}》"), rest),
            }
        }
        _ => (whole.to_string(), ""),
    };
    let rest = rest.trim_start_matches(['：', ':', ' ', '，']);
    let article = basis.article.as_deref().map(joined).unwrap_or_default();
    Some((law, format!("{rest}{article}")))
}

/// Runs of columns for which `key` gives the same, with their lengths.
pub fn runs<'a, 'b>(columns: &'b [Column<'a>], key: impl Fn(&Column<'a>) -> String) -> Vec<(String, &'b [Column<'a>])> {
    columns.chunk_by(|one, other| key(one) == key(other)).filter_map(|run| Some((key(run.first()?), run))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::{Basis, Severity};
    use crate::render::sample;

    #[test]
    fn laws_are_told_from_clauses() {
        for (law, article, expected) in [
            ("《标点符号用法》（GB/T 15834-2011）", None, ("《标点符号用法》（GB/T 15834-2011）", "")),
            ("《党政机关公文格式》（GB/T 9704-2012）7.3.3", None, ("《党政机关公文格式》（GB/T 9704-2012）", "7.3.3")),
            ("《某规定》年度报告一章", None, ("《某规定》", "年度报告一章")),
            ("《某规定》：应当公开", Some("第三条"), ("《某规定》", "应当公开第三条")),
            ("公文通例（文字）", None, ("公文通例（文字）", "")),
            ("国家《甲》第一条", None, ("国家《甲》第一条", "")),
        ] {
            let mut planned = sample::rule("A", "甲", Severity::Error);
            let basis = planned.rule.basis[0].clone();
            planned.rule.basis = vec![Basis { law: law.into(), article: article.map(Into::into), ..basis }];
            let (found, clause) = authority(&planned.rule).unwrap();
            assert_eq!((found.as_str(), clause.as_str()), expected);
        }
    }

    #[test]
    fn rules_of_a_law_stand_side_by_side() {
        let rules: Vec<_> = [("A", "《甲》第一条"), ("B", "乙"), ("C", "《甲》第二条"), ("D", "《甲》第一条")]
            .into_iter()
            .map(|(id, law)| {
                let mut planned = sample::rule(id, id, Severity::Error);
                let basis = planned.rule.basis[0].clone();
                planned.rule.basis = vec![Basis { law: law.into(), article: None, ..basis }];
                planned
            })
            .collect();
        let columns = columns(&rules, Locale::Zh);
        let ids: Vec<_> = columns.iter().map(|it| it.planned.rule.id.node.as_str()).collect();
        assert_eq!(ids, ["A", "D", "C", "B"]);
        let lengths: Vec<_> = runs(&columns, |it| it.law.clone()).iter().map(|(_, run)| run.len()).collect();
        assert_eq!(lengths, [3, 1]);
    }
}
