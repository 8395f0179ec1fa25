//! Finds a table of contents, whose entries are no headings.

use super::line::{Line, count};
use super::words;

/// How many lines one may have.
const LONGEST: usize = 300;

/// One past the last line of the table of contents that begins at a line, if one does: down to where its first entry
/// comes again as a heading, else as far as page numbers stand at the ends of lines.
pub fn end(lines: &[Line], start: usize) -> Option<usize> {
    let head = lines.get(start).filter(|it| it.text().starts_with(['目', '【']) && count(it.text()) <= 4)?;
    squeezed(head.text()).trim_matches(['【', '】']).eq("目录").then_some(())?;
    let entries = lines.get(start + 1..)?;
    let first = squeezed(words::without_page(entries.first()?.text()));
    let short = entries.iter().take(LONGEST).take_while(|it| !it.is_prose()).skip(1);
    let again = short.clone().position(|it| squeezed(it.text()) == first).map(|it| it + 1);
    let paged = entries.iter().take_while(|it| words::is_contents(it.text())).count();
    Some(start + 1 + again.unwrap_or(paged))
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
