//! What two reports have in common, in two columns: the characters here, and beside them those of the other report.

use std::fmt::Write;

use crate::locale::Locale;
use crate::render::Style;
use crate::render::location::Locator;
use crate::render::visible::{joined, lines, one_line, pad};
use crate::say;
use crate::verdict::Beside;

/// So many passages of a finding are shown.
const SHOWN: usize = 20;
/// So many lines of a passage are shown.
const LINES: usize = 3;
/// More of a passage is not looked at: it could not be seen.
const SEEN: usize = 400;

/// The columns; nothing where nothing stands beside.
pub fn columns(all: &[Beside], locator: &Locator<'_>, style: &Style) -> String {
    let Some(first) = all.first() else { return String::new() };
    let column = style.width.saturating_sub(6).max(20) / 2;
    let row = |left: &str, right: &str| format!("  {}  {right}\n", pad(left, column)).trim_end().to_owned() + "\n";
    let mut out = row(&say!(style.locale, "本报告", "this report"), &one_line(&first.there.path, column - 1));
    out.push_str(&row(&"─".repeat(column), &"─".repeat(column)));
    for it in all.iter().take(SHOWN) {
        let (line, at) = locator.line_column(it.here.start);
        let here = cell(locator.source().slice(it.here), line, at, column);
        let there = cell(&it.there.text, it.there.line, it.there.column, column);
        for index in 0..here.len().max(there.len()) {
            let part = |cell: &[String]| cell.get(index).cloned().unwrap_or_default();
            out.push_str(&row(&part(&here), &part(&there)));
        }
    }
    if let Some(more) = all.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        let line = left_out(more, style.locale);
        let _ = writeln!(out, "  {line}");
    }
    out
}

fn left_out(more: usize, locale: Locale) -> String {
    say!(locale, "另有 {more} 段未列出，--format json 有全部", "{more} more are not shown; --format json has all")
}

fn cell(text: &str, line: usize, at: usize, column: usize) -> Vec<String> {
    let seen: String = text.chars().take(SEEN).collect();
    // The mark of a cut needs a column of its own.
    lines(&format!("{line}:{at} {}", joined(&seen)), column - 1, LINES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;
    use crate::source::Source;
    use crate::span::Span;
    use crate::verdict::Elsewhere;

    #[test]
    fn equal_words_stand_side_by_side() {
        let (text, at) = sample::unmark("题\n⟦深入推进依法行政，\n加强行政执法监督⟧。⟦规范执法⟧");
        let (here, there) = (Source::new("今年.txt", text), Source::new("去年.txt", "规范執法"));
        let beside = |at: Span, place| Beside { message: String::new(), here: at, there: place };
        let long = Elsewhere { text: "很长的一段文字".repeat(40), ..Elsewhere::of(&there, Span::new(0, 12)) };
        let all = [beside(at[0], long), beside(at[1], Elsewhere::of(&there, Span::new(0, 12)))];
        let style = crate::render::Style { width: 50, ..sample::style(Locale::Zh) };
        let shown = columns(&all, &Locator::of_source(&here), &style);
        let expected = "  本报告                  去年.txt
  ──────────────────────  ──────────────────────
  2:1 深入推进依法行      1:1 很长的一段文字很
  政，加强行政执法监督    长的一段文字很长的一
                          段文字很长的一段文字…
  3:10 规范执法           1:1 规范執法
";
        assert_eq!(shown, expected);
        assert_eq!(columns(&[], &Locator::of_source(&here), &style), "");
        let many = vec![all[1].clone(); 23];
        assert!(
            columns(&many, &Locator::of_source(&here), &style).ends_with("另有 3 段未列出，--format json 有全部\n")
        );
    }
}
