//! The title of an article that stands outside of it.

use super::page::{Block, Page};
use crate::outline::ends_as_report;

/// How many blocks at the front of an article may hold its title.
const HEAD: usize = 8;
/// A title that the page does not call its own stands at most so many blocks before the article.
const NEAR: usize = 4;
/// A shorter text is no title.
const SHORTEST: usize = 6;

/// The block that is the title, where the article does not have it already. `kept` are the blocks of the article.
pub fn find(page: &Page, kept: &[usize]) -> Option<usize> {
    let names: Vec<String> = page.titles.iter().map(|it| squeezed(it)).filter(|it| !it.is_empty()).collect();
    let first = *kept.first()?;
    let block = |at: &usize| page.blocks.get(*at);
    let head: Vec<&Block> = kept.iter().take(HEAD).filter_map(block).collect();
    if (1..=3).any(|lines| head.windows(lines).any(is_said)) {
        return None;
    }
    let near = |at: &usize| first - at <= NEAR;
    let titles = (0..first).filter(|at| block(at).is_some_and(|it| is_title(it, &names, near(at))));
    titles.max_by_key(|at| block(at).map(|it| (it.heading_level().is_some(), it.chars)))
}

/// Whether a block outside the article says what the page is called, as the title of a report does.
fn is_title(block: &Block, names: &[String], near: bool) -> bool {
    let text = block.core();
    let named = names.iter().any(|name| name.contains(&text) || text.contains(name.as_str()));
    let plain = block.linked * 2 <= block.chars && !text.contains(['>', '»', '：']);
    let sized = (SHORTEST..=120).contains(&block.chars);
    sized && plain && ends_as_report(&text) && (named || near || block.heading_level().is_some())
}

/// Whether blocks together say what a report is called: titles are broken over lines.
fn is_said(blocks: &[&Block]) -> bool {
    let text: String = blocks.iter().map(|it| it.core()).collect();
    (SHORTEST..=120).contains(&text.chars().count()) && ends_as_report(&text) && !text.contains(['，', '。'])
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
