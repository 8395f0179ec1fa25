//! What is known of a report: year, issuer, date.

pub mod body;
mod issuer;
pub mod signed;
mod year;

use jiff::civil::Date;

use crate::document::{Document, Part};
use crate::joined::Joined;
use crate::numbers::dates;
use crate::source;
use crate::span::Span;

/// Something known, and where it was read; `None` when it was set from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact<T> {
    /// What is known.
    pub value: T,
    /// Where the report says so.
    pub span: Option<Span>,
}

/// The facts of one report. `None` is unknown, which is never false.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The year reported on: that of the title, else the opening's.
    pub year: Option<Fact<i16>>,
    /// The year in the title.
    pub title_year: Option<Fact<i16>>,
    /// The year the opening says it reports on.
    pub opening_year: Option<Fact<i16>>,
    /// The title as one line.
    pub title: Option<Fact<String>>,
    /// The body that issues the report.
    pub issuer: Option<Fact<String>>,
    /// The date of the closing, else the one under the title.
    pub date: Option<Fact<Date>>,
}

/// Facts set from outside (`--var year=2024`), which win over what the report shows.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// The year reported on.
    pub year: Option<i16>,
    /// The title.
    pub title: Option<String>,
    /// The issuing body.
    pub issuer: Option<String>,
    /// The date of the report.
    pub date: Option<Date>,
}

/// Finds the facts of a report; what was set from outside wins.
pub fn find(document: &Document, given: &Given) -> Facts {
    let years = year::find(document);
    Facts {
        year: set(given.year).or(years.year),
        title_year: years.title,
        opening_year: years.opening,
        title: set(given.title.clone()).or_else(|| title(document)),
        issuer: set(given.issuer.clone()).or_else(|| issuer::find(document)),
        date: set(given.date).or_else(|| date(document)),
    }
}

fn set<T>(value: Option<T>) -> Option<Fact<T>> {
    value.map(|value| Fact { value, span: None })
}

fn title(document: &Document) -> Option<Fact<String>> {
    let at = document.title?;
    let span = document.paragraphs.get(at)?.span();
    Some(Fact { value: source::trim(&document.text(at, span)).trim_matches('*').to_owned(), span: Some(span) })
}

/// The date of the closing, the last one in it, else that of a line under the title.
fn date(document: &Document) -> Option<Fact<Date>> {
    let closing = document.closing.clone().rev().find_map(|at| date_of(document, at, true));
    let under = || under_title(document).find_map(|at| date_of(document, at, false));
    closing.or_else(under)
}

/// The date in a paragraph; where it may hold no more than a date and a body, whether it does.
fn date_of(document: &Document, at: usize, anywhere: bool) -> Option<Fact<Date>> {
    let joined = joined(document, at)?;
    let mention = dates::dates(&joined.text).into_iter().find(|it| it.date.is_some())?;
    let span = joined.span(mention.range.start, mention.range.end);
    let alone = || signed::read(&joined.text).is_some();
    (anywhere || alone()).then_some(Fact { value: mention.date?, span: Some(span) })
}

/// The first lines of the opening, as far as they are no running text: body, date, addressee.
fn under_title(document: &Document) -> impl Iterator<Item = usize> + '_ {
    let first = document.title.map_or(0, |at| at + 1);
    let short = |at: &usize| document.paragraph_text(*at).chars().count() <= 60;
    let opening = |at: &usize| document.paragraphs.get(*at).is_some_and(|it| it.part == Part::Opening);
    (first..document.paragraphs.len()).filter(opening).take(3).take_while(short)
}

/// A paragraph as one text, without the `&nbsp;` at its ends that HTML left there.
fn joined(document: &Document, at: usize) -> Option<Joined<'_>> {
    let mut pieces = document.paragraphs.get(at)?.pieces.clone();
    if let Some(first) = pieces.first_mut() {
        first.span.start += source::leading_space(document.source.slice(first.span)).0;
    }
    if let Some(last) = pieces.last_mut() {
        last.span.end = last.span.start + source::trim_end(document.source.slice(last.span)).len();
    }
    Some(Joined::new(document.source.text(), pieces))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extracted::{Block, Extracted, Layout};
    use crate::read::Format;

    fn read(text: &str, given: &Given) -> Document {
        let mut at = 0;
        let mut blocks = Vec::new();
        for line in text.lines() {
            let pieces = vec![crate::document::Piece { span: Span::new(at, at + line.len()), wrapped: false }];
            blocks.push(Block { pieces, layout: Layout::Line, blank_before: 0, indent: 0 });
            at += line.len() + 1;
        }
        let extracted = Extracted { text: text.to_owned(), blocks, ..Extracted::default() };
        crate::outline::document("甲.txt", Format::Text, Some("UTF-8"), extracted, given)
    }

    #[test]
    fn facts_stand_where_they_were_read() {
        let text = "清河区司法局2024年度法治政府建设\n工作报告\n现将2023年度情况报告如下：\n一、甲\n乙。\n清河区司法局（盖章）\n2025年1月5日";
        let document = read(text, &Given::default());
        let facts = &document.facts;
        let at = |span: Option<Span>| document.source.slice(span.unwrap());
        assert_eq!(at(facts.title_year.as_ref().unwrap().span), "2024年度");
        assert_eq!(at(facts.year.as_ref().unwrap().span), "2024年度");
        assert_eq!(at(facts.opening_year.as_ref().unwrap().span), "2023年度");
        assert_eq!(at(facts.issuer.as_ref().unwrap().span), "清河区司法局");
        assert_eq!(at(facts.date.as_ref().unwrap().span), "2025年1月5日");
        let title = facts.title.as_ref().unwrap();
        assert_eq!(title.value, "清河区司法局2024年度法治政府建设工作报告");
        assert_eq!(at(title.span), "清河区司法局2024年度法治政府建设\n工作报告");
    }

    #[test]
    fn what_is_given_wins() {
        let given = Given {
            year: Some(2020),
            title: Some("甲".to_owned()),
            issuer: Some("乙局".to_owned()),
            date: Date::new(2021, 2, 3).ok(),
        };
        let facts =
            read("清河区司法局2024年法治政府建设工作报告\n2024年，甲。\n清河区司法局\n2025年1月5日", &given).facts;
        assert_eq!(facts.year, Some(Fact { value: 2020, span: None }));
        assert_eq!(facts.title, Some(Fact { value: "甲".to_owned(), span: None }));
        assert_eq!(facts.issuer, Some(Fact { value: "乙局".to_owned(), span: None }));
        assert_eq!(facts.date, Date::new(2021, 2, 3).ok().map(|value| Fact { value, span: None }));
        assert_eq!(facts.title_year.map(|it| it.value), Some(2024));
    }

    #[test]
    fn opening_years_are_those_reported_on() {
        let cases: &[(&str, Option<i16>)] = &[
            ("2024年，我局推进。", Some(2024)),
            ("2024年以来，我局推进。", Some(2024)),
            ("2023年12月召开的会议提出要求，我局推进。", None),
            ("按照《纲要（2021－2025年）》要求，现将2024年工作情况报告如下：", Some(2024)),
            ("按照《2023年工作要点》要求，现将情况报告如下：", None),
            ("根据2023年全区会议安排，现将我局2024年度法治政府建设情况汇报如下：", Some(2024)),
            ("在党的二十大精神指引下，我局2024年度各项工作取得进展。", Some(2024)),
            ("自2021年以来，我局推进。2024年，我局加力。", Some(2024)),
            ("截至2024年底，我局推进。", None),
            ("二〇二四年，我局推进。", Some(2024)),
            ("2025年1月5日，我局召开会议。2024年，我局推进。", Some(2024)),
            ("我局推进。", None),
            ("按照2025年省委一号文件精神，现将有关情况报告如下：", None),
            ("主任、各位副主任、各位委员：\n受区政府委托，现报告2024年法治政府建设情况，请审议。", Some(2024)),
            ("現將2024年度情況報告如下：", Some(2024)),
        ];
        for (opening, year) in cases {
            let facts = read(&format!("法治政府建设情况报告\n{opening}\n一、甲\n乙。"), &Given::default()).facts;
            assert_eq!(facts.opening_year.map(|it| it.value), *year, "{opening}");
        }
        let told = "2024年法治政府建设情况报告\n2019年，我区创建成功。2024年，我区继续推进。\n一、甲\n乙。";
        assert_eq!(read(told, &Given::default()).facts.opening_year.map(|it| it.value), Some(2024));
    }
}
