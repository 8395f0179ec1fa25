//! Facts in conditions: `level is 部门`, `year >= 2022`.

use crate::claim::{Asking, Fault, Judged};
use crate::fold;
use crate::lang::ast::{FactTest, Phrase, Relation, Test};
use crate::locale::Locale;
use crate::plan::values::{Unknown, Value};
use crate::say;
use crate::span::Span;
use crate::verdict::Evidence;

/// What people call a fact of the report; `None` for a variable of the project.
pub fn called(name: &str, locale: Locale) -> Option<String> {
    Some(match name {
        "year" => say!(locale, "报告的年度", "the year of the report"),
        "title_year" => say!(locale, "标题的年度", "the year of the title"),
        "opening_year" => say!(locale, "开头的年度", "the year of the opening"),
        "title" => say!(locale, "报告的标题", "the title of the report"),
        "issuer" => say!(locale, "报告的署名", "the issuer of the report"),
        "date" => say!(locale, "成文日期", "the date of the report"),
        _ => return None,
    })
}

/// Judges it: unknown where nobody knows the fact.
pub fn judge(asking: &Asking<'_>, test: &FactTest) -> Judged {
    match holds(asking, test) {
        Err(unknown) => asking.judge_unknown(&unknown),
        Ok((true, note)) => Judged::holds(vec![Fault::at(span(asking, &test.name.node), note)]),
        Ok((false, note)) => Judged::fails(Vec::new(), vec![Evidence { span: span(asking, &test.name.node), note }]),
    }
}

fn holds(asking: &Asking<'_>, test: &FactTest) -> Result<(bool, String), Unknown> {
    let name = &test.name.node;
    let unknown = || Unknown(name.clone());
    let values = asking.values().ok_or_else(unknown)?;
    let value = values.value(name, &asking.document().facts)?;
    let shown = match &value {
        Value::Year(year) => year.to_string(),
        Value::Text(text) => text.clone(),
    };
    let holds = match &test.test {
        Test::Is(phrases) => is_one_of(asking, &shown, phrases)?,
        Test::IsNot(phrases) => !is_one_of(asking, &shown, phrases)?,
        Test::Compare(relation, number) => {
            let number = i64::from(asking.number(number)?);
            let value = match value {
                Value::Year(year) => year,
                Value::Text(text) => text.trim().parse().map_err(|_| unknown())?,
            };
            match relation {
                Relation::Eq => value == number,
                Relation::Le => value <= number,
                Relation::Ge => value >= number,
                Relation::Lt => value < number,
                Relation::Gt => value > number,
            }
        }
    };
    let name = called(name, asking.locale).unwrap_or_else(|| name.clone());
    Ok((holds, say!(asking.locale, "{name}为 {shown}", "{name} is {shown}")))
}

fn is_one_of(asking: &Asking<'_>, value: &str, phrases: &[Phrase]) -> Result<bool, Unknown> {
    let Some(values) = asking.values() else { return Ok(false) };
    let value = fold::fold(value);
    for phrase in phrases {
        let texts = values.texts(phrase, &asking.document().facts)?;
        if texts.iter().any(|text| fold::fold(text) == value) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Where the report says so; the front where it was set from outside.
fn span(asking: &Asking<'_>, name: &str) -> Span {
    let facts = &asking.document().facts;
    let found = match name {
        "year" => facts.year.as_ref().and_then(|it| it.span),
        "title_year" => facts.title_year.as_ref().and_then(|it| it.span),
        "opening_year" => facts.opening_year.as_ref().and_then(|it| it.span),
        "title" => facts.title.as_ref().and_then(|it| it.span),
        "issuer" => facts.issuer.as_ref().and_then(|it| it.span),
        "date" => facts.date.as_ref().and_then(|it| it.span),
        _ => None,
    };
    found.unwrap_or_else(|| super::ground::front(asking.document()))
}
