//! The signature block: a signing body, a date, and how that date stands to another.

use jiff::civil::Date;

use crate::claim::letters::proper;
use crate::claim::line_breaks::ends_clause;
use crate::claim::{Detected, Fault};
use crate::document::{Document, Part};
use crate::lang::ast::DateOrder;
use crate::locale::Locale;
use crate::numbers::dates::{DateMention, dates};
use crate::say;
use crate::source::slice;
use crate::span::Span;
use crate::verdict::{Evidence, Related};

/// What the name of a body that signs ends in.
const BODY_ENDS: [&str; 36] = [
    "政府",
    "局",
    "委",
    "办",
    "厅",
    "院",
    "部",
    "委员会",
    "办公室",
    "办事处",
    "管委会",
    "党组",
    "党委",
    "支部",
    "总队",
    "支队",
    "大队",
    "中心",
    "领导小组",
    "工作组",
    "公司",
    "集团",
    "银行",
    "学校",
    "大学",
    "学院",
    "研究所",
    "派出所",
    "司法所",
    "站",
    "处",
    "会",
    "署",
    "总社",
    "法院",
    "海关",
];

/// What lines of a closing begin with that name bodies but do not sign.
const NOT_SIGNING: [&str; 9] = ["附件", "附：", "抄送", "抄报", "主送", "联系", "印发", "来源", "（此件"];

/// A line no longer than this is pointed at as a whole.
const MAX_LINE_CHARS: usize = 16;

/// Whether a body signs the closing.
pub fn signed(document: &Document, locale: Locale) -> Detected {
    let issuer = document.facts.issuer.as_ref().map(|it| it.value.as_str());
    let signs = document.closing.clone().find_map(|it| signature(document, it, issuer));
    let Some(span) = signs else {
        let label = say!(locale, "文末没有署名", "no body signs here");
        return missing(Fault::missing(end(document), label));
    };
    let note = say!(locale, "署名：{}", "signed by {}", document.source.slice(span));
    Detected { evidence: vec![Evidence { span, note }], ..Detected::default() }
}

/// The body that signs in a paragraph of the closing, beside a date or alone.
fn signature(document: &Document, paragraph: usize, issuer: Option<&str>) -> Option<Span> {
    let pieces = document.paragraphs.get(paragraph).map_or(&[][..], |it| it.pieces.as_slice());
    pieces.iter().find_map(|piece| {
        let text = document.source.slice(piece.span);
        let dated = dates(text);
        let name_end = dated.first().map_or(text.len(), |it| it.range.start);
        let before = slice(text, Span::new(0, name_end));
        let after = dated.last().map_or("", |it| slice(text, Span::new(it.range.end, text.len())));
        [before, after].into_iter().filter(|it| is_body(it, issuer)).map(str::trim).find_map(|name| {
            let at = text.find(name)?;
            Some(Span::new(at, at + name.len()).shift(piece.span.start))
        })
    })
}

fn is_body(text: &str, issuer: Option<&str>) -> bool {
    let closed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let stop = |c: char| matches!(c, '。' | '；' | '，' | '：' | '！' | '？' | ':' | ',');
    if closed.is_empty() || closed.contains(stop) || NOT_SIGNING.iter().any(|it| closed.starts_with(it)) {
        return false;
    }
    // 某某局（盖章） and 某某局（公章）.
    let bare = closed.find(['（', '(']).filter(|at| *at > 0).and_then(|at| closed.get(..at)).unwrap_or(&closed);
    BODY_ENDS.iter().any(|it| bare.ends_with(it)) || issuer.is_some_and(|it| !it.is_empty() && bare.contains(it))
}

/// Whether the report is dated, in its closing where that is asked.
pub fn dated(document: &Document, in_closing: bool, locale: Locale) -> Detected {
    let written = in_its_closing(document);
    let good = written.iter().find(|(_, it)| it.date.is_some()).map(|(span, _)| *span);
    let elsewhere =
        document.facts.date.as_ref().filter(|_| !in_closing).map(|it| it.span.unwrap_or_else(|| end(document)));
    if let Some(span) = good.or(elsewhere) {
        let note = say!(locale, "成文日期：{}", "dated {}", document.source.slice(span));
        return Detected { evidence: vec![Evidence { span, note }], ..Detected::default() };
    }
    let near = written.first();
    let label = match near {
        Some((span, _)) => {
            let text = document.source.slice(*span);
            say!(locale, "“{text}”不是完整有效的日期", "“{text}” is no complete and real date")
        }
        None if in_closing => say!(locale, "落款没有注明日期", "the closing has no date"),
        None => say!(locale, "没有注明日期", "no date is stated"),
    };
    let mut fault = Fault::missing(near.map_or_else(|| end(document), |(span, _)| *span), label);
    fault.nearest = near.map(|(span, _)| document.source.slice(*span).to_owned());
    missing(fault)
}

/// Whether the date of the report stands to `date` as asked; an undated one is not asked.
pub fn dated_at(document: &Document, order: DateOrder, date: Date, locale: Locale) -> Detected {
    let Some(fact) = &document.facts.date else {
        let unknown = Some(say!(locale, "报告没有注明日期", "the report has no date"));
        return Detected { unknown, ..Detected::default() };
    };
    let holds = match order {
        DateOrder::Before => fact.value < date,
        DateOrder::After => fact.value > date,
        DateOrder::NoLaterThan => fact.value <= date,
        DateOrder::NoEarlierThan => fact.value >= date,
    };
    let span = fact.span.unwrap_or_else(|| end(document));
    let (written, limit) = (spelled(fact.value, locale), spelled(date, locale));
    if holds {
        let note = say!(locale, "成文日期{written}，界限{limit}", "dated {written}, the limit is {limit}");
        return Detected { evidence: vec![Evidence { span, note }], ..Detected::default() };
    }
    let due = match order {
        DateOrder::Before => say!(locale, "早于{limit}", "before {limit}"),
        DateOrder::After => say!(locale, "晚于{limit}", "after {limit}"),
        DateOrder::NoLaterThan => say!(locale, "不晚于{limit}", "no later than {limit}"),
        DateOrder::NoEarlierThan => say!(locale, "不早于{limit}", "no earlier than {limit}"),
    };
    let label = say!(locale, "成文日期为{written}，应当{due}", "dated {written}, due {due}");
    let fault = Fault { expected: Some(due), ..Fault::at(span, label) };
    Detected { faults: vec![fault], ..Detected::default() }
}

fn spelled(date: Date, locale: Locale) -> String {
    let (year, month, day) = (date.year(), date.month(), date.day());
    say!(locale, "{year}年{month}月{day}日", "{year}-{month:02}-{day:02}")
}

/// What looks like a date in the closing.
fn in_its_closing(document: &Document) -> Vec<(Span, DateMention)> {
    let paragraphs = document.closing.clone().filter_map(|it| document.paragraphs.get(it));
    let pieces = paragraphs.flat_map(|it| &it.pieces);
    let of = |start: usize| move |it: DateMention| (Span::from(it.range.clone()).shift(start), it);
    pieces.flat_map(|it| dates(document.source.slice(it.span)).into_iter().map(of(it.span.start))).collect()
}

/// Where a signature was due: the closing, else the last line of the report.
fn end(document: &Document) -> Span {
    let closing = document.closing.clone().filter_map(|it| document.paragraphs.get(it)).next_back();
    let last = || proper(document).filter_map(|it| document.paragraphs.get(it)).rfind(|it| it.part != Part::Title);
    let line = closing.or_else(last).or_else(|| document.paragraphs.last()).and_then(|it| it.pieces.last());
    line.map(|it| it.span).map_or(Span::default(), |span| {
        // Of a long line its last clause stands for it.
        let text = document.source.slice(span);
        let words = text.trim_end_matches(ends_clause);
        let short = text.chars().count() <= MAX_LINE_CHARS;
        let tail = words
            .rfind(ends_clause)
            .filter(|_| !short)
            .map_or(0, |at| at + words.get(at..).and_then(|it| it.chars().next()).map_or(0, char::len_utf8));
        Span::new(span.start + tail, span.end)
    })
}

fn missing(mut fault: Fault) -> Detected {
    if let (Some(nearest), true) = (&fault.nearest, fault.related.is_empty()) {
        fault.related.push(Related { message: nearest.clone(), span: fault.span });
    }
    Detected { faults: vec![fault], ..Detected::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::testing::document;
    use crate::facts::Fact;
    use jiff::civil::date;

    fn signer(text: &str) -> Option<String> {
        let document = document(text);
        let found = signed(&document, Locale::Zh);
        assert_eq!(found.faults.is_empty(), !found.evidence.is_empty());
        found.evidence.first().map(|it| document.source.slice(it.span).to_owned())
    }

    #[test]
    fn signatures() {
        let text = |closing: &str| format!("= 报告\n一、举措\n推进依法行政。\n{closing}");
        for (closing, expected) in [
            ("- 青山区人民政府\n- 2025年1月14日", Some("青山区人民政府")),
            ("- 青山区司法局 2025年1月14日", Some("青山区司法局")),
            ("- 2025年1月14日 青山区司法局", Some("青山区司法局")),
            ("- 青山区教育委员会（盖章）", Some("青山区教育委员会（盖章）")),
            ("- 中共青山区委\n- 2025年1月14日", Some("中共青山区委")),
            ("- 2025年1月14日", None),
            ("- 附件：青山区司法局", None),
            ("- 抄送：区委办", None),
            ("- 特此报告。", None),
            ("", None),
        ] {
            assert_eq!(signer(&text(closing)).as_deref(), expected, "{closing}");
        }
    }

    #[test]
    fn the_known_issuer_signs_whatever_it_is_called() {
        let mut document = document("一、举措\n推进依法行政。\n- 青山供销总社筹备专班");
        assert!(!signed(&document, Locale::Zh).faults.is_empty());
        document.facts.issuer = Some(Fact { value: "青山供销总社筹备专班".into(), span: None });
        assert!(signed(&document, Locale::Zh).faults.is_empty());
    }

    #[test]
    fn what_is_missing_is_due_at_the_end() {
        let text = document("= 报告\n一、举措\n坚持党的领导，推进依法行政，取得明显成效。");
        let fault = signed(&text, Locale::Zh).faults.remove(0);
        assert!(fault.absent);
        assert_eq!(text.source.slice(fault.span), "取得明显成效。");
        let _ = signed(&document(""), Locale::Zh);
        let _ = dated(&document(""), true, Locale::Zh);
    }

    #[test]
    fn dates_of_the_closing() {
        let text = |closing: &str| document(&format!("= 报告\n一、举措\n推进依法行政。\n- 青山区司法局\n{closing}"));
        for (closing, nearest) in [
            ("- 2025年1月14日", None),
            ("- 二〇二五年一月十四日", None),
            ("- 2025-01-14", None),
            ("- 2025年1月", Some("2025年1月")),
            ("- 2025年2月30日", Some("2025年2月30日")),
        ] {
            let fault = dated(&text(closing), true, Locale::Zh).faults.pop();
            assert_eq!(fault.and_then(|it| it.nearest).as_deref(), nearest, "{closing}");
        }
        assert!(dated(&text(""), true, Locale::Zh).faults[0].label.contains("落款"));
        let mut under_title = text("");
        under_title.facts.date = Some(Fact { value: date(2025, 1, 14), span: None });
        assert!(dated(&under_title, false, Locale::Zh).faults.is_empty());
        assert!(!dated(&under_title, true, Locale::Zh).faults.is_empty());
    }

    #[test]
    fn comparisons() {
        let mut document = document("一、举措\n推进依法行政。\n- 2025年3月1日");
        let limit = date(2025, 3, 1);
        assert!(dated_at(&document, DateOrder::Before, limit, Locale::Zh).unknown.is_some());
        for (day, order, right) in [
            (date(2025, 3, 1), DateOrder::NoLaterThan, true),
            (date(2025, 3, 1), DateOrder::Before, false),
            (date(2025, 3, 2), DateOrder::NoLaterThan, false),
            (date(2025, 3, 2), DateOrder::After, true),
            (date(2025, 2, 28), DateOrder::NoEarlierThan, false),
        ] {
            document.facts.date = Some(Fact { value: day, span: None });
            assert_eq!(dated_at(&document, order, limit, Locale::Zh).faults.is_empty(), right, "{day} {order:?}");
        }
    }
}
