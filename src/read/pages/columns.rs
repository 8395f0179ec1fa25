//! Rows to lines in reading order: side by side columns one after the other, and other rows from left to right.

use super::Line;

/// So many rows with a gap at the same place make columns.
const FEWEST: usize = 6;
/// Columns are at least so many times as wide as their characters.
const NARROWEST: f64 = 8.0;

/// The lines of a page in reading order.
pub fn order(rows: Vec<Vec<Line>>) -> Vec<Line> {
    match gutter(&rows) {
        Some(gutter) => in_columns(rows, gutter),
        None => rows.into_iter().filter_map(whole).collect(),
    }
}

/// Where a gap goes down most of the rows of a page.
fn gutter(rows: &[Vec<Line>]) -> Option<f64> {
    let gaps: Vec<(f64, f64)> = rows.iter().filter_map(|row| gap(row)).collect();
    let places: Vec<f64> = gaps.iter().map(|(from, to)| (from + to) / 2.0).collect();
    let covering = |at: &f64| gaps.iter().filter(|(from, to)| from < at && at < to).count();
    let best = places.iter().copied().max_by_key(covering)?;
    let count = covering(&best);
    (count >= FEWEST && count * 2 >= rows.len()).then_some(best)
}

/// The gap of a row that parts two wide stretches.
fn gap(row: &[Line]) -> Option<(f64, f64)> {
    let [one, other] = row else { return None };
    let wide = |it: &Line| it.end - it.start >= NARROWEST * it.size;
    (wide(one) && wide(other)).then_some((one.end, other.start))
}

/// Between two lines that go over both columns, the left one comes before the right one.
fn in_columns(rows: Vec<Vec<Line>>, gutter: f64) -> Vec<Line> {
    let mut ordered = Vec::new();
    let mut right: Vec<Line> = Vec::new();
    for row in rows {
        if row.iter().any(|it| it.start < gutter && it.end > gutter) {
            ordered.append(&mut right);
            ordered.extend(whole(row));
            continue;
        }
        let (one, other): (Vec<Line>, Vec<Line>) = row.into_iter().partition(|it| it.start < gutter);
        ordered.extend(whole(one).map(|it| Line { column: 1, ..it }));
        right.extend(whole(other).map(|it| Line { column: 2, ..it }));
    }
    ordered.append(&mut right);
    ordered
}

/// The stretches of a row as one line, a full-width space for each gap's two columns.
fn whole(row: Vec<Line>) -> Option<Line> {
    row.into_iter().reduce(|mut line, next| {
        let gap = ((next.start - line.end) / next.size.max(1.0)).clamp(1.0, 8.0) as usize;
        line.text.extend(std::iter::repeat_n('\u{3000}', gap));
        line.text += &next.text;
        line.end = next.end;
        line.right = next.right;
        line
    })
}
