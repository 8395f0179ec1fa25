//! What a reader of a format hands on: the text, and how it was laid out. What it means is for the outline to say.

use crate::document::{Lost, Piece};

/// A report taken out of its file, not yet understood.
#[derive(Debug, Clone, Default)]
pub struct Extracted {
    /// The whole text.
    pub text: String,
    /// Its blocks in reading order; none is without text.
    pub blocks: Vec<Block>,
    /// Where each page begins in the text; empty in a format without pages.
    pub pages: Vec<usize>,
    /// What the format does not keep.
    pub lost: Lost,
}

/// A line, paragraph, heading or cell as the file has it.
#[derive(Debug, Clone)]
pub struct Block {
    /// Its text.
    pub pieces: Vec<Piece>,
    /// What the file says it is.
    pub layout: Layout,
    /// How many blank lines stand before it.
    pub blank_before: usize,
    /// The width of the white space before it in columns: a tab counts 4, a full-width space 2.
    pub indent: usize,
}

/// What a file says of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// A line of a plain text: whether it goes on in the next is for the outline to say.
    Line,
    /// A whole paragraph.
    Paragraph,
    /// A heading of that level, from 1.
    Heading(u8),
    /// A cell of a table.
    Cell,
}
