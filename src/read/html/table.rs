//! Tables that hold data, told from those that old pages lay their parts out with.

use std::collections::{BTreeMap, BTreeSet};

use super::page::Page;

/// A cell with more blocks than this is a part of a page.
const MOST_BLOCKS: usize = 4;

/// The cells of tables that hold data: at least two columns, in each cell little, and no table inside.
pub fn data_cells(page: &Page) -> BTreeSet<usize> {
    let mut tables: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new();
    for block in &page.blocks {
        if let Some((cell, table)) = block.cell.and_then(|it| Some((it, page.table_of(it)?))) {
            *tables.entry(table).or_default().entry(cell).or_default() += block.lines.len();
        }
    }
    tables.retain(|table, cells| !page.has_table_inside(*table) && is_data(page, cells));
    tables.into_values().flat_map(BTreeMap::into_keys).collect()
}

fn is_data(page: &Page, cells: &BTreeMap<usize, usize>) -> bool {
    let mut rows: BTreeMap<usize, usize> = BTreeMap::new();
    for cell in cells.keys() {
        *rows.entry(page.parent_of(*cell)).or_default() += 1;
    }
    let wide = rows.values().filter(|it| **it > 1).count();
    let small = cells.values().all(|it| *it <= MOST_BLOCKS);
    small && (wide > 1 || rows.values().any(|it| *it > 2)) && wide * 2 >= rows.len()
}
