//! Finds title, opening, headings, sections and closing in what a reader handed on.
