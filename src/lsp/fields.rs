//! Which map of a pack a cursor stands in, told from indents alone: what is being typed is often no YAML yet.

use crate::pack::sites::Fields;

/// Where a cursor stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// Where the name of a field is due; what is typed of it.
    Key(Fields, String),
    /// Where a name of the author's own is due: the field it stands under, and what is typed of it.
    Own(String, String),
    /// In a value: the names of the fields above it, outermost first, its own last, and what is typed of it.
    Value(Vec<String>, String),
    /// In none of these.
    None,
}

/// Where the end of `before` stands, which is all of a text up to the cursor.
pub fn spot(before: &str) -> Spot {
    let line = before.rsplit('\n').next().unwrap_or_default();
    if line.trim_start().starts_with('#') {
        return Spot::None;
    }
    let above = before.strip_suffix(line).unwrap_or_default();
    let own = shape(line);
    let (keys, open, rest) = flow(parents(above, &own), own.rest);
    let item = open.map_or(own.dash.is_some(), |it| it == '[');
    match rest.split_once([':', '：']).map(|(key, value)| (unquoted(key), value)) {
        Some((key, value))
            if !key.is_empty() && !key.contains(char::is_whitespace) && value.starts_with([' ', '\t']) =>
        {
            let mut keys = keys;
            keys.push(key.to_owned());
            Spot::Value(keys, opened(value).to_owned())
        }
        Some(_) => Spot::None,
        None => key(keys, rest, item),
    }
}

/// The name of a field, or an item of a list.
fn key(keys: Vec<String>, typed: &str, item: bool) -> Spot {
    let names: Vec<&str> = keys.iter().map(String::as_str).collect();
    let typed = typed.to_owned();
    match (names.as_slice(), item) {
        ([], false) => Spot::Key(Fields::Pack, typed),
        (["rules"], _) => Spot::Key(Fields::Rule, typed),
        (["rules", "tests"], false) => Spot::Key(Fields::Tests, typed),
        (["silence"], _) => Spot::Key(Fields::Silence, typed),
        (["rules", "basis"], _) => Spot::Key(Fields::Basis, typed),
        (["terms" | "extend" | "quantities" | "params"], false) => {
            Spot::Own(keys.first().cloned().unwrap_or_default(), typed)
        }
        ([], true) => Spot::None,
        (_, _) => Spot::Value(keys, opened(&typed).to_owned()),
    }
}

/// A line as indents see it.
struct Shape<'a> {
    /// The column of its first dash.
    dash: Option<usize>,
    /// The column of its first word.
    column: usize,
    /// The line from there on.
    rest: &'a str,
}

fn shape(line: &str) -> Shape<'_> {
    let mut rest = line.trim_start_matches(' ');
    let mut dash = None;
    while let Some(behind) = rest.strip_prefix('-').filter(|it| it.is_empty() || it.starts_with(' ')) {
        dash = dash.or(Some(line.len() - rest.len()));
        rest = behind.trim_start_matches(' ');
    }
    Shape { dash, column: line.len() - rest.len(), rest }
}

/// The keys that a line stands under, outermost first: those above it with ever smaller indents. The key of a list may
/// stand in the column of its dashes.
fn parents(above: &str, own: &Shape<'_>) -> Vec<String> {
    let mut below = own.dash.map_or(own.column, |dash| dash + 1);
    let mut keys: Vec<String> = Vec::new();
    for line in above.lines().rev() {
        if below == 0 {
            break;
        }
        let Shape { dash, column, rest } = shape(line);
        if rest.trim().is_empty() || rest.starts_with('#') {
            continue;
        }
        if column < below {
            let (key, value) = rest.split_once(':').unwrap_or((rest, ""));
            // A value that goes on in the line of the cursor belongs to its key too.
            let opens = value.trim().is_empty() || value.trim_start().starts_with(['#', '|', '>', '&']);
            if opens || keys.is_empty() {
                keys.push(unquoted(key).to_owned());
            }
            below = column;
        }
        if let Some(dash) = dash.filter(|it| *it < below) {
            below = dash + 1;
        }
    }
    keys.reverse();
    keys
}

/// Goes into what is open in `{…}` and `[…]` on one line, and says which of the two.
fn flow(mut keys: Vec<String>, rest: &str) -> (Vec<String>, Option<char>, &str) {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut quote = None;
    let mut start = 0;
    for (at, c) in rest.char_indices() {
        match (quote, c) {
            (Some(mark), c) if c == mark => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '{' | '[') => {
                let before = rest.get(start..at).unwrap_or_default().trim().trim_end_matches(':');
                // `{year}` inside of a phrase opens nothing.
                if rest.get(start..at).is_some_and(|it| it.trim().is_empty() || it.trim_end().ends_with(':')) {
                    if !before.is_empty() {
                        keys.push(unquoted(before).to_owned());
                    }
                    open.push((c, usize::from(!before.is_empty())));
                    start = at + 1;
                }
            }
            (None, '}' | ']') if !open.is_empty() && rest.get(start..at).is_some_and(|it| !it.contains('{')) => {
                let pushed = open.pop().map_or(0, |(_, pushed)| pushed);
                keys.truncate(keys.len().saturating_sub(pushed));
                start = at + 1;
            }
            (None, ',') if !open.is_empty() => start = at + 1,
            (None, _) => {}
        }
    }
    (keys, open.last().map(|(c, _)| *c), rest.get(start..).unwrap_or_default().trim_start_matches(' '))
}

/// What is typed of a value, without the quote mark it was opened with.
fn opened(value: &str) -> &str {
    let value = value.trim_start();
    value.strip_prefix(['"', '\'']).unwrap_or(value)
}

fn unquoted(key: &str) -> &str {
    key.trim().trim_matches(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_know_their_map() {
        let key = |fields, typed: &str| Spot::Key(fields, typed.to_owned());
        let value =
            |keys: &str, typed: &str| Spot::Value(keys.split('.').map(str::to_owned).collect(), typed.to_owned());
        for (before, expected) in [
            ("", key(Fields::Pack, "")),
            ("# 注", Spot::None),
            ("pack: a\nru", key(Fields::Pack, "ru")),
            ("pack: a\nrules:\n  - ", key(Fields::Rule, "")),
            ("pack: a\nrules:\n- ", key(Fields::Rule, "")),
            ("rules:\n  - id: A\n    ch", key(Fields::Rule, "ch")),
            ("rules:\n- id: A\n  ch", key(Fields::Rule, "ch")),
            ("rules:\n  - id: A\n    tests:\n      fa", key(Fields::Tests, "fa")),
            ("rules:\n  - id: A\n    tests:\n      pass:\n        - x\n      ", key(Fields::Tests, "")),
            ("rules:\n  - id: A\n    tests:\n      pass:\n        - x", value("rules.tests.pass", "x")),
            ("rules:\n  - id: A\n    basis:\n      - la", key(Fields::Basis, "la")),
            ("rules:\n  - id: A\n    basis:\n      law: x\n      ", key(Fields::Basis, "")),
            ("rules:\n  - id: A\n    tests:\n      pass: [x]\n    sev", key(Fields::Rule, "sev")),
            ("rules:\n  - id: A\n  - ", key(Fields::Rule, "")),
            ("rules:\n  - id: A\n    check: 应当", value("rules.check", "应当")),
            ("rules:\n  - id: A\n    check: \"应当 ", value("rules.check", "应当 ")),
            ("rules:\n  - id: A\n    check:\n      - 应当", value("rules.check", "应当")),
            ("rules:\n  - id: A\n    check:\n    - 应当", value("rules.check", "应当")),
            ("rules:\n  - id: A\n    check: >\n      应当\n      提", value("rules.check", "提")),
            ("rules:\n  - {id: A, ch", key(Fields::Rule, "ch")),
            ("rules:\n  - {id: A, check: 应当", value("rules.check", "应当")),
            ("rules:\n  - {id: A, tests: {pass: [x], fa", key(Fields::Tests, "fa")),
            ("rules:\n  - {id: A, tests: {pass: [x]}, ch", key(Fields::Rule, "ch")),
            ("rules:\n  - id: A\n    check: 应当提及 \"{ye", value("rules.check", "应当提及 \"{ye")),
            ("rules:\n  - id: A\n    severity: ", value("rules.severity", "")),
            ("terms:\n  甲: [乙]\n  ", Spot::Own("terms".into(), String::new())),
            ("terms:\n  甲:\n    - $", value("terms.甲", "$")),
            ("terms:\n  甲: [乙, $", value("terms.甲", "$")),
            ("extend:\n  举", Spot::Own("extend".into(), "举".into())),
            ("extends: [go", value("extends", "go")),
            ("for: it ", value("for", "it ")),
            ("pack: a\r\nrules:\r\n  - id: A\r\n    ", key(Fields::Rule, "")),
        ] {
            assert_eq!(spot(before), expected, "{before:?}");
        }
    }
}
