//! Finds the closing: the bodies that sign and the date, at the end of the text, with what stands among them.

use std::ops::Range;

use super::group::{self, Group};
use super::line::Line;
use super::words;
use crate::document::NumberStyle;
use crate::extracted::Layout;
use crate::facts::body::body_name;
use crate::facts::signed;

/// What begins a line that stands beside a signature and is none.
const COMPANIONS: [&str; 20] = [
    "附件",
    "附：",
    "附:",
    "附表",
    "联系人",
    "（联系人",
    "(联系人",
    "联系电话",
    "电话",
    "抄送",
    "抄报",
    "主送",
    "（此件",
    "(此件",
    "填报人",
    "审核人",
    "签发人",
    "注：",
    "（公章",
    "（盖章",
];

/// Where the text ends and where the closing does: what follows is margin. Both fall together where there is none.
pub fn find(lines: &[Line], from: usize) -> Range<usize> {
    let attached = attachments(lines);
    let end = margin_start(lines, from);
    match anchor(lines, from, end, &attached) {
        Some(anchor) => {
            let start = start(lines, from, anchor, &attached);
            let last = last(lines, anchor, end, &attached);
            start..last
        }
        None => end..end,
    }
}

fn has_date(line: &Line) -> bool {
    line.chars <= 60 && signed::read(line.text()).is_some_and(|it| it.date.is_some())
}

fn is_signature(line: &Line) -> bool {
    line.marker.is_none() && line.layout != Layout::Cell && body_name(line.text()).is_some()
}

fn is_companion(line: &Line) -> bool {
    COMPANIONS.iter().any(|it| line.text().starts_with(it))
}

/// Which lines are entries of a list of attachments: `2.统计表` under `附件：1.清单`.
fn attachments(lines: &[Line]) -> Vec<bool> {
    let mut open = false;
    let mut found = Vec::with_capacity(lines.len());
    for line in lines {
        let entry = line.marker.is_some_and(|it| it.style == NumberStyle::Arabic)
            && !line.text().contains('。')
            && line.chars <= 60;
        let head = line.text().starts_with("附件") || line.text().starts_with("附：");
        open = head || open && entry;
        found.push(open);
    }
    found
}

/// Whether lines from here on are attachments, which no closing follows.
fn opens_attachment(line: &Line) -> bool {
    let label = line.text().trim_end_matches(['：', ':', '1', '１', '一', ' ']);
    matches!(label, "附件" | "附表" | "附") || (line.text().starts_with("附件") && line.chars <= 40)
}

/// Where the furniture at the end begins.
fn margin_start(lines: &[Line], from: usize) -> usize {
    let kept = lines.iter().skip(from).rposition(|it| it.marker.is_some() || !it.is_furniture());
    kept.map_or(from, |at| from + at + 1)
}

/// The line that gives the closing away: the date, or the last body that stands there alone.
fn anchor(lines: &[Line], from: usize, end: usize, attached: &[bool]) -> Option<usize> {
    let text = first_text(lines, from);
    let (mut strict, mut loose) = (true, true);
    for at in (from..end).rev() {
        let line = lines.get(at)?;
        let next = lines.get(at + 1).filter(|_| at + 1 < end);
        let allowed = strict || text < at && (next.is_some_and(opens_attachment) || loose && is_signed(lines, at));
        if has_date(line) && allowed && (next.is_none() || text < at) {
            return Some(at);
        }
        if strict && text < at && is_signature(line) && is_set_off(lines, at) {
            return Some(at);
        }
        strict &= may_follow(line) || attached.get(at).copied().unwrap_or(false);
        loose &= strict || line.marker.is_none() && !line.is_prose() && line.chars <= 40 && end - at <= 15;
    }
    None
}

/// Whether a line may stand behind a date: nothing that is text of the report.
fn may_follow(line: &Line) -> bool {
    is_companion(line)
        || is_signature(line)
        || has_date(line)
        || line.marker.is_none() && (line.is_furniture() || line.chars <= 40 && line.text().ends_with("印发"))
}

/// The first line that is text of the report: a sentence, or something numbered.
fn first_text(lines: &[Line], from: usize) -> usize {
    let found = lines.iter().skip(from).position(|it| it.is_prose() || it.marker.is_some());
    found.map_or(usize::MAX, |at| from + at)
}

/// Whether a date has its body in front of it or above it.
fn is_signed(lines: &[Line], at: usize) -> bool {
    let above = at.checked_sub(1).and_then(|it| lines.get(it)).is_some_and(is_signature);
    above || lines.get(at).and_then(|it| signed::read(it.text())).is_some_and(|it| it.body.is_some())
}

/// Whether a line stands apart from the text above it, or that has come to its end.
fn is_set_off(lines: &[Line], at: usize) -> bool {
    let (Some(line), Some(before)) = (lines.get(at), at.checked_sub(1).and_then(|it| lines.get(it))) else {
        return false;
    };
    let apart = line.blank > 0 || line.indent >= 8 || line.layout == Layout::Paragraph && !line.soft;
    apart || before.is_terminated() || is_signature(before) || is_companion(before)
}

/// The first line of the closing, upwards from its anchor.
fn start(lines: &[Line], from: usize, anchor: usize, attached: &[bool]) -> usize {
    let mut start = anchor;
    while let Some(at) = start.checked_sub(1).filter(|at| *at >= from) {
        let Some(line) = lines.get(at) else { break };
        let listed = is_companion(line) || attached.get(at).copied().unwrap_or(false);
        let named = is_signature(line) || lines.get(start).is_some_and(|next| breaks_name(line, next));
        if !(named || has_date(line) || listed || is_person(lines, at, start)) {
            break;
        }
        start = at;
    }
    start
}

/// The paragraphs of a closing: a line each, the name of a body that is broken over two lines joined.
pub fn paragraphs<'a>(source: &'a str, lines: &[Line<'a>]) -> Vec<Group<'a>> {
    lines.chunk_by(breaks_name).filter_map(|it| group::group(source, it)).collect()
}

/// Whether the name of a body goes on in the next line: 清河区住房和⏎城乡建设局.
fn breaks_name(line: &Line, next: &Line) -> bool {
    let apart = line.indent >= 8 || words::is_unfinished(line.text());
    let free = line.marker.is_none() && line.layout == Layout::Line && next.layout == Layout::Line && next.blank == 0;
    let sized = line.chars <= 25 && next.chars <= 25;
    let joined = || body_name(&format!("{}{}", line.text(), next.text())).is_some();
    apart && free && sized && !is_signature(line) && !has_date(line) && joined()
}

/// A short line set off above the date: the name of the one who signs.
fn is_person(lines: &[Line], at: usize, below: usize) -> bool {
    let (Some(line), Some(next)) = (lines.get(at), lines.get(below)) else { return false };
    let apart = line.indent >= 8 || line.blank > 0 && next.blank == 0;
    apart
        && line.chars <= 12
        && !line.is_terminated()
        && !line.is_furniture()
        && line.marker.is_none()
        && line.layout != Layout::Cell
        && has_date(next)
}

/// One past the last line of the closing, downwards from its anchor.
fn last(lines: &[Line], anchor: usize, end: usize, attached: &[bool]) -> usize {
    let mut last = anchor + 1;
    while let Some(line) = lines.get(last).filter(|_| last < end) {
        let attachment = opens_attachment(line) && !line.text().contains(['：', ':']);
        let listed = is_companion(line) || attached.get(last).copied().unwrap_or(false);
        if attachment || !(is_signature(line) || has_date(line) || listed) {
            break;
        }
        last += 1;
    }
    last
}
