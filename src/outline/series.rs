//! Makes the entries of one series alike: where most are headings all are, so that no number seems to be missing.

use super::group::Group;
use super::heading::{self, Role};
use super::numbering::STYLES;

/// The roles of numbered paragraphs, `None` for the others, made alike within each series.
pub fn roles(groups: &[Group], roles: Vec<Option<Role>>) -> Vec<Option<Role>> {
    let series = series(groups, &roles);
    let count = series.iter().flatten().max().map_or(0, |it| it + 1);
    let mut tally = vec![(0_usize, 0_usize); count];
    for ((series, role), group) in series.iter().zip(&roles).zip(groups) {
        if let (Some(series), Some(role)) = (series, role) {
            // An entry that ends in ； weighs more: where one does, the others are no headings either.
            let listed = group.body.text.ends_with(['；', ';']);
            tally[*series].0 += if listed { 3 } else { 2 };
            tally[*series].1 += if *role == Role::Text { 0 } else { 2 };
        }
    }
    let alike = |at: usize, role: Role| {
        let (all, headings) = series[at].map_or((0, 0), |it| tally[it]);
        let text = groups[at].body.text.as_ref();
        match (groups[at].marker, role) {
            _ if headings * 2 < all => Role::Text,
            (Some(marker), Role::Text) if headings > 0 => heading::forced(text, &marker),
            _ => role,
        }
    };
    roles.into_iter().enumerate().map(|(at, role)| role.map(|it| alike(at, it))).collect()
}

/// Which series each numbered paragraph belongs to: those of one style up to a number 1 or a higher style.
fn series(groups: &[Group], roles: &[Option<Role>]) -> Vec<Option<usize>> {
    let mut open: [Option<usize>; STYLES] = [None; STYLES];
    let mut count = 0;
    let mut found = Vec::with_capacity(groups.len());
    for (group, role) in groups.iter().zip(roles) {
        let Some(marker) = group.marker.filter(|_| role.is_some()) else {
            found.push(None);
            continue;
        };
        let style = marker.style as usize;
        open[style + 1..].fill(None);
        let own = open[style].filter(|_| marker.value > 1).unwrap_or(count);
        count = count.max(own + 1);
        open[style] = Some(own);
        found.push(Some(own));
    }
    found
}
