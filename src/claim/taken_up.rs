//! Whether a report takes up what last year's report planned.

use crate::claim::{Asking, Judged};
use crate::plan::needle::Needle;

/// Judges `take up the P section of last year's report`.
pub fn judge(_asking: &Asking<'_>, _section: &Needle) -> Judged {
    Judged::unknown(String::new())
}
