//! Where the text of a page begins and ends: the margins that indents and short lines are measured from.

use super::{Item, Laid, Line};

/// Lines that begin or end this near each other, in sizes of the font, do so at the same place.
const SAME: f64 = 0.6;

/// Tells each line where the text of its column begins and ends on its page. A page with little on it, such as the last
/// one, takes what the others have.
pub fn set(pages: &mut [Laid]) {
    let usual: Vec<(f64, f64)> = (0..3).map(|column| of(pages.iter().flat_map(Laid::lines), column)).collect();
    for page in pages {
        for column in 0..3 {
            let few = page.lines().filter(|it| it.column == column).count() < 8;
            let (left, right) = of(page.lines(), column);
            let (left, right) = match usual.get(column) {
                Some((usual_left, usual_right)) if few => (usual_left.min(left), usual_right.max(right)),
                _ => (left, right),
            };
            for item in &mut page.items {
                if let Item::Line(line) = item
                    && line.column == column
                {
                    (line.left, line.right) = (left.min(line.start), right.max(line.end));
                }
            }
        }
    }
}

/// The leftmost beginning and the rightmost end that several lines share.
fn of<'a>(lines: impl Iterator<Item = &'a Line>, column: usize) -> (f64, f64) {
    let mut starts: Vec<(f64, f64)> = Vec::new();
    let mut ends: Vec<(f64, f64)> = Vec::new();
    for line in lines.filter(|it| it.column == column) {
        starts.push((line.start, line.size));
        ends.push((line.end, line.size));
    }
    starts.sort_by(|one, other| one.0.total_cmp(&other.0));
    ends.sort_by(|one, other| other.0.total_cmp(&one.0));
    let left = shared(&starts).or(starts.first().copied()).map_or(0.0, |it| it.0);
    let right = shared(&ends).or(ends.first().copied()).map_or(0.0, |it| it.0);
    (left, right)
}

/// The first place that a tenth of the lines, and two at least, share.
fn shared(places: &[(f64, f64)]) -> Option<(f64, f64)> {
    let enough = (places.len() / 10).max(2);
    let near = |(at, (place, size)): &(usize, &(f64, f64))| {
        places.get(at + enough - 1).is_some_and(|(last, _)| (last - place).abs() <= SAME * size)
    };
    places.iter().enumerate().find(near).map(|(_, it)| *it)
}
