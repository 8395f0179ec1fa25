//! Regexes as people can read them: one form of each character, gaps as …, no machinery. For the eye only: what is
//! shown does not read back.

use crate::fold::fold_char;

/// A statement or pattern as printed, its regexes made readable.
pub fn statement(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    let mut before = ' ';
    while let Some(c) = rest.chars().next() {
        let opens = c == '/' && matches!(before, ' ' | '（' | '(' | '、' | ',' | '，' | '“');
        let inner = opens.then(|| closing(rest)).flatten();
        if let Some((inner, behind)) = inner {
            out.push('/');
            out.push_str(&regex(inner));
            out.push('/');
            (rest, before) = (behind, '/');
            continue;
        }
        out.push(c);
        before = c;
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    out
}

/// The inside of the regex that a text begins with, and what stands behind it. A division has a space behind its `/`.
fn closing(text: &str) -> Option<(&str, &str)> {
    let inside = text.get(1..).filter(|it| !it.starts_with(' '))?;
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        match c {
            '/' if !escaped => return Some((inside.get(..at)?, inside.get(at + 1..)?)),
            _ => escaped = c == '\\' && !escaped,
        }
    }
    None
}

/// A regex without its machinery.
pub fn regex(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        rest = match c {
            '[' => class(after, &mut out),
            '\\' => escape(after, &mut out),
            '.' => gap(after, &mut out),
            '(' => {
                out.push('(');
                after.strip_prefix("?:").unwrap_or(after)
            }
            '^' | '$' => after,
            _ => {
                out.push(c);
                after
            }
        };
    }
    out.replace("()", "").replace("……", "…")
}

/// A set of characters: forms of one character are that character, anything but something is a gap.
fn class<'t>(text: &'t str, out: &mut String) -> &'t str {
    let Some((inside, rest)) = text.split_once(']') else { return text };
    if inside.starts_with('^') {
        return gap(rest, out);
    }
    let forms: Vec<char> = inside.chars().filter(|c| *c != '\\').collect();
    let mut folded: Vec<char> = forms.iter().filter_map(|c| fold_char(*c)).collect();
    folded.dedup();
    match folded.as_slice() {
        [one] => out.push(*one),
        _ if inside.contains("0-9") || inside.contains("\\d") => out.push_str("数字"),
        _ if inside.contains('-') => out.push('…'),
        few => {
            let few: Vec<String> = few.iter().map(char::to_string).collect();
            out.push_str(&format!("({})", few.join("|")));
        }
    }
    rest
}

fn escape<'t>(text: &'t str, out: &mut String) -> &'t str {
    let Some(c) = text.chars().next() else { return text };
    let rest = text.get(c.len_utf8()..).unwrap_or_default();
    match c {
        's' => return counted(rest),
        'd' => out.push_str("数字"),
        'b' | 'B' => {}
        'S' | 'D' | 'w' | 'W' => return gap(rest, out),
        _ => out.push(c),
    }
    rest
}

fn gap<'t>(rest: &'t str, out: &mut String) -> &'t str {
    out.push('…');
    counted(rest)
}

/// What stands behind a count such as `{2,30}` or `*?`.
fn counted(rest: &str) -> &str {
    let behind = match rest.chars().next() {
        Some('*' | '+' | '?') => rest.get(1..).unwrap_or_default(),
        Some('{') => rest.split_once('}').map_or(rest, |(_, it)| it),
        _ => return rest,
    };
    behind.strip_prefix('?').unwrap_or(behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regexes_lose_their_machinery() {
        for (regex, shown) in [
            ("[问問][题題]", "问题"),
            ("[问問][题題]的(?:产生|產生)", "问题的(产生|產生)"),
            ("由[^，。；]{2,40}(?:引起|[带帶][来來])", "由…(引起|带来)"),
            ("第[一二三]季度", "第(一|二|三)季度"),
            ("^[0-9０-９]{4}年.*?情况$", "数字{4}年…情况"),
            ("甲\\s*乙\\.", "甲乙."),
            ("[", ""),
            ("\\", ""),
        ] {
            assert_eq!(super::regex(regex), shown, "{regex}");
        }
    }

    #[test]
    fn only_regexes_of_a_statement_change() {
        for (text, shown) in [
            ("报告应当提及 /[问問][题題]/，/[个個]/ 除外", "报告应当提及 /问题/，/个/ 除外"),
            ("报告应当满足 审结率 = 审结 / 受理 / 甲", "报告应当满足 审结率 = 审结 / 受理 / 甲"),
            ("报告应当提及（/[问問]/、甲/乙）之一", "报告应当提及（/问/、甲/乙）之一"),
            ("报告应当提及 “2024/2025”", "报告应当提及 “2024/2025”"),
        ] {
            assert_eq!(statement(text), shown);
        }
    }
}
