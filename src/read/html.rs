//! Web pages: the article and not the site round it, or the whole page where that is asked for.

use crate::document::Lost;
use crate::extracted::{Extracted, Layout};
use crate::read::composed::Composed;

mod article;
mod label;
mod list;
mod page;
mod table;
mod tag;
mod title;

use page::{Block, Page};

pub(super) use label::label;

/// Reads a decoded page; `None` where it has no article.
pub fn read(text: &str, raw: bool) -> Option<Extracted> {
    let page = page::parse(text);
    let taken: Vec<&Block> = if raw { page.blocks.iter().collect() } else { article::find(&page)? };
    Some(compose(&page, &taken))
}

fn compose(page: &Page, blocks: &[&Block]) -> Extracted {
    let data = table::data_cells(page);
    let mut composed = Composed::default();
    let mut rest = blocks;
    while let Some((first, _)) = rest.split_first() {
        let cell = first.cell.filter(|it| data.contains(it));
        let same = rest.iter().take_while(|it| cell.is_some() && it.cell == cell).count().max(1);
        let (these, behind) = rest.split_at(same.min(rest.len()));
        match cell {
            Some(_) => composed.add(these.iter().flat_map(|it| it.texts()), Layout::Cell, 0),
            None => add(&mut composed, first),
        }
        rest = behind;
    }
    composed.finish(Lost::default())
}

/// A block of several lines is handed on line by line: whether one goes on in the next is for the outline to say.
fn add(composed: &mut Composed, block: &Block) {
    match (block.heading_level(), block.lines.as_slice()) {
        (Some(level), _) => composed.add(block.texts(), Layout::Heading(level), 0),
        (None, [_]) => composed.add(block.texts(), Layout::Paragraph, 0),
        (None, lines) => {
            for (at, line) in lines.iter().enumerate() {
                let blank = if at == 0 { 1 } else { line.blank_before };
                composed.add([line.text.as_str()], Layout::Line, blank);
            }
        }
    }
}
