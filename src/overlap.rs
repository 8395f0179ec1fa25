//! What two reports have in common: the characters that are compared, the passages they share, and a small sketch by
//! which reports likely to share much are found among many.

mod passages;
mod sketch;
mod stream;

pub use passages::{Shared, passages};
pub use sketch::{SKETCH, Sketch};
pub use stream::Stream;
