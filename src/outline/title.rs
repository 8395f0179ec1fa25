//! Finds the title: the last line before the text that ends as a report's title does, and the lines it is broken over.

use std::ops::Range;

use super::line::Line;
use super::words;
use crate::extracted::Layout;
use crate::facts::body::body_name;
use crate::facts::signed;
use crate::numbers::dates;

/// How far into a file a title may stand.
const DEPTH: usize = 100;
/// How long a title may be in all.
const LONGEST: usize = 100;

/// The lines of the title.
pub fn find(lines: &[Line]) -> Option<Range<usize>> {
    if let Some(at) = only_first_level(lines) {
        return Some(at..if has_second_half(lines, at) { at + 2 } else { at + 1 });
    }
    let head = head(lines);
    let last = pick(head)?;
    let gap = 1 + lines.iter().skip(1).map(|it| it.blank).min().unwrap_or(0);
    let start = extend_back(lines, last, gap);
    Some(start..extend_forward(lines, last + 1, gap))
}

/// A single first Markdown `#` in front of every other heading.
fn only_first_level(lines: &[Line]) -> Option<usize> {
    let mut headings = lines.iter().enumerate().filter(|(_, it)| matches!(it.layout, Layout::Heading(_)));
    let (at, first) = headings.next()?;
    let single = first.layout == Layout::Heading(1) && headings.all(|(_, it)| it.layout != Layout::Heading(1));
    let numbered_before = lines.iter().take(at).any(|it| it.marker.is_some());
    (single && first.marker.is_none() && !numbered_before && !first.is_furniture()).then_some(at)
}

/// Whether a first `#` names the body alone, and the heading behind it is what the report is called.
fn has_second_half(lines: &[Line], at: usize) -> bool {
    let (Some(line), Some(next)) = (lines.get(at), lines.get(at + 1)) else { return false };
    let heading = matches!(next.layout, Layout::Heading(_)) && next.marker.is_none();
    heading && body_name(line.text()).is_some() && words::ends_as_report(next.text())
}

/// The lines before the text begins.
fn head<'l, 'a>(lines: &'l [Line<'a>]) -> &'l [Line<'a>] {
    let begins = |line: &Line| {
        !line.is_furniture()
            && (line.marker.is_some()
                || line.is_prose()
                || is_addressee(line)
                || ["年，", "年,", "年度，", "年来，", "以来，"].iter().any(|it| line.text().contains(it))
                || words::opens_sentence(line.text()) && line.is_terminated())
    };
    let end = lines.iter().take(DEPTH).position(begins).unwrap_or(lines.len().min(DEPTH));
    lines.get(..end).unwrap_or_default()
}

/// `区人大：`, `市委依法治市办、市司法局：`
pub fn is_addressee(line: &Line) -> bool {
    let Some(name) = line.text().strip_suffix(['：', ':']) else { return false };
    let ends =
        ["人大", "委", "政府", "厅", "局", "办", "会", "院", "部", "单位", "部门", "领导", "代表", "同志", "委员"];
    line.chars <= 60 && ends.iter().any(|end| name.trim_end().ends_with(end)) && name.chars().count() > 2
}

fn pick(head: &[Line]) -> Option<usize> {
    let may = |line: &Line| {
        line.layout != Layout::Cell && line.chars <= LONGEST && !line.is_terminated() && !line.is_furniture()
    };
    let says = |line: &Line| words::names_matter(line.text()) || !dates::years(line.text()).is_empty();
    let last = |wanted: &dyn Fn(&Line) -> bool| head.iter().rposition(|line| may(line) && wanted(line));
    let broken = |at: usize| {
        head.get(at).is_some_and(may) && at.checked_sub(1).is_some_and(|before| is_broken_end(&head[before], &head[at]))
    };
    last(&|it| words::ends_as_report(it.text()) && says(it))
        .or_else(|| (0..head.len()).rev().find(|at| broken(*at)))
        .or_else(|| last(&|it| words::ends_as_report(it.text())))
        .or_else(|| last(&|it| words::ends_as_matter(it.text()) && is_of_a_year(it.text())))
        .or_else(|| first_line(head).filter(|at| head.get(*at).is_some_and(|it| may(it) && is_of_a_year(it.text()))))
}

/// Whether the last word of a title is broken over two lines: …年度报⏎告.
fn is_broken_end(before: &Line, line: &Line) -> bool {
    let near = line.chars <= 2 && line.blank <= 1 && before.chars <= 60 && !before.is_terminated();
    near && words::ends_as_report(&format!("{}{}", before.text(), line.text())) && !words::ends_as_report(line.text())
}

/// Whether a line names a year or what it is about, as titles do and headings seldom.
fn is_of_a_year(text: &str) -> bool {
    text.starts_with("关于") || names_year(text) || text.contains("法治政府") && body_in_front(text)
}

/// The first line that is neither furniture nor the name of a body nor a date, if lines follow it.
fn first_line(head: &[Line]) -> Option<usize> {
    let plain = |line: &Line| !line.is_furniture() && body_name(line.text()).is_none() && !signed::is_date(line.text());
    head.iter().position(plain).filter(|at| head.get(*at).is_some_and(|it| !words::is_section(it.text())))
}

/// The first line of the title, no more than `gap` blank lines between two, whose last one is known.
fn extend_back(lines: &[Line], last: usize, gap: usize) -> usize {
    let mut start = last;
    let mut title = lines.get(last).map(|it| it.text().to_owned()).unwrap_or_default();
    while let (Some(line), Some(before)) = (lines.get(start), start.checked_sub(1).and_then(|at| lines.get(at))) {
        let near = line.soft || line.blank <= gap && before.layout == line.layout;
        let bodies = body_name(before.text()).is_some() && body_name(line.text()).is_some();
        let sized = last - start < 4 && title.chars().count() + before.chars <= LONGEST;
        if !near || !sized || !(bodies || belongs(before, &title)) {
            break;
        }
        title.insert_str(0, before.text());
        start -= 1;
    }
    start
}

/// Whether the line before a title is its beginning.
fn belongs(before: &Line, title: &str) -> bool {
    let text = before.text();
    if before.is_terminated()
        || before.is_furniture()
        || before.marker.is_some()
        || signed::is_date(text)
        || before.chars > 50
    {
        return false;
    }
    let subtitle = title.starts_with(['—', '-', '－', '─']);
    if words::ends_as_report(text) && !subtitle {
        return false;
    }
    let alone = stands_alone(title);
    let body = body_name(text).is_some() || is_place(text);
    !alone
        || subtitle
        || words::is_unfinished(text)
        || body && !body_in_front(title)
        || !names_year(title) && names_year(text)
}

/// 临江市清河区
fn is_place(text: &str) -> bool {
    let core: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let han = core.chars().all(|c| matches!(c, '\u{3400}'..='\u{9FFF}'));
    han && core.chars().count() <= 15 && core.ends_with(['省', '市', '区', '县', '镇', '乡', '州', '盟', '旗'])
}

/// Whether a title says enough to be one.
fn stands_alone(title: &str) -> bool {
    let matter = ["法治", "法制", "依法", "信息公开"].iter().any(|it| title.contains(it));
    let rest = ["建设", "工作", "情况", "年度"].iter().any(|it| title.starts_with(it));
    !rest
        && !words::goes_on(title)
        && (matter || title.starts_with("关于") || names_year(title) && title.chars().count() > 8)
}

fn names_year(text: &str) -> bool {
    !dates::years(text).is_empty() || !dates::ranges(text).is_empty()
}

/// Whether a title begins with a body or place: something stands before its year, 关于 or matter.
fn body_in_front(title: &str) -> bool {
    let cuts = ["关于", "法治", "依法", "年度"].iter().filter_map(|it| title.find(it));
    let year = dates::years(title).first().map(|it| it.range.start);
    cuts.chain(year).min().is_some_and(|at| at >= 6)
}

/// One past the last line of the title: a subtitle, or a remark in brackets, belongs to it.
fn extend_forward(lines: &[Line], end: usize, gap: usize) -> usize {
    let mut end = end;
    while let (Some(before), Some(next)) = (end.checked_sub(1).and_then(|at| lines.get(at)), lines.get(end)) {
        let near = next.soft || next.blank <= gap && before.layout == next.layout;
        let goes_on = is_subtitle(before.text()) && next.blank == 0 && next.text().ends_with('上');
        let tail = goes_on || is_tail(next.text());
        if !near || next.chars > 40 || next.marker.is_some() || next.is_terminated() || !tail {
            break;
        }
        end += 1;
    }
    end
}

fn is_subtitle(text: &str) -> bool {
    text.starts_with(['—', '─']) && !words::breaks(text)
}

/// `——在区人大常委会上的报告`, `（2024年度）`, `（摘要）`
fn is_tail(text: &str) -> bool {
    let bracketed = text.starts_with(['（', '(']) && text.ends_with(['）', ')']);
    let remark =
        bracketed && dates::dates(text).is_empty() && body_name(text.trim_matches(['（', '）', '(', ')'])).is_none();
    is_subtitle(text) || remark && (text.chars().count() <= 8 || names_year(text))
}
