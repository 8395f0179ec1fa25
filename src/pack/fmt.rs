//! How a pack is written, tidied: statements in canonical words, one blank line at a time, no spaces at line ends.
//! Comments stay where they are, and nothing is changed that could change what the pack means.

use crate::lang::parse::{self, Names};
use crate::lang::print;
use crate::locale::Locale;
use crate::pack::Pack;
use crate::pack::mirror::{PACK_YAML, PackMirror};
use crate::source::slice;
use crate::span::Span;
use crate::yaml::sheet::Sheet;
use crate::yaml::{Scalar, Yaml};

/// A text in place of some characters.
struct Edit {
    span: Span,
    text: String,
}

/// The text of a pack tidied; `None` where it cannot be done without changing what it means.
pub fn tidy(pack: &Pack) -> Option<String> {
    let text = pack.source.text();
    let names = Names {
        sets: pack.terms.keys().cloned().collect(),
        quantities: pack.quantities.keys().cloned().collect(),
        params: pack.params.keys().cloned().collect(),
        vars: pack.vars.clone(),
    };
    let (yaml, statements) = read(text)?;
    let mut edits: Vec<Edit> = statements.iter().filter_map(|it| statement(&yaml, it, &names)).collect();
    edits.extend(spaces(text, &yaml));
    let tidied = apply(text, edits);
    same(text, &tidied, &names).then_some(tidied)
}

fn read(text: &str) -> Option<(Yaml, Vec<Scalar>)> {
    let (yaml, root) = Yaml::read(&PACK_YAML, "", text, Locale::En).ok()?;
    let mut sheet = Sheet::new(yaml, Locale::En);
    let mirror = PackMirror::read(&mut sheet, root);
    let statements = mirror.rules.into_iter().flat_map(|it| it.checks).collect();
    Some((sheet.yaml, statements))
}

/// A statement of one line in canonical words, in its own voice and quotes.
fn statement(yaml: &Yaml, scalar: &Scalar, names: &Names) -> Option<Edit> {
    let span = yaml.span(scalar.place);
    let written = yaml.source.slice(span);
    let meant = parse::statement(&scalar.text, names, Locale::En).ok()?;
    let printed = print::statement(&meant, meant.voice);
    if written.contains('\n') || printed == scalar.text {
        return None;
    }
    let read_back = parse::statement(&printed, names, Locale::En).ok()?;
    let text = match written.chars().next()? {
        '\'' => format!("'{}'", printed.replace('\'', "''")),
        '"' if !printed.contains(['"', '\\']) => format!("\"{printed}\""),
        '"' => return None,
        _ => printed.clone(),
    };
    (read_back == meant && crate::yaml::reads_as(&text, &printed)).then_some(Edit { span, text })
}

/// Spaces at line ends and second blank lines, save inside texts of several lines; one line break at the end.
fn spaces(text: &str, yaml: &Yaml) -> Vec<Edit> {
    let long = yaml.long_scalars();
    let inside = |span: Span| long.iter().any(|it| it.start < span.end && span.start < it.end);
    let mut edits = Vec::new();
    let (mut at, mut blank) = (0, false);
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        let kept = body.trim_end_matches([' ', '\t']);
        let span = Span::new(at, at + line.len());
        at = span.end;
        if inside(Span::new(span.start, span.end.max(span.start + 1))) {
            blank = false;
            continue;
        }
        if kept.is_empty() && blank {
            edits.push(Edit { span, text: String::new() });
        } else if kept.len() < body.len() {
            edits.push(Edit { span: Span::new(span.start + kept.len(), span.start + body.len()), text: String::new() });
        }
        blank = kept.is_empty();
    }
    if !text.ends_with('\n') {
        edits.push(Edit { span: Span::new(text.len(), text.len()), text: "\n".to_owned() });
    }
    edits
}

fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|it| it.span);
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for edit in edits.iter().filter(|it| it.span.start <= it.span.end) {
        if edit.span.start < at {
            continue;
        }
        out.push_str(slice(text, Span::new(at, edit.span.start)));
        out.push_str(&edit.text);
        at = edit.span.end;
    }
    out.push_str(slice(text, Span::new(at, text.len())));
    out
}

/// Whether two texts mean the same: the same values, but for statements that say the same, and the same comments.
fn same(one: &str, other: &str, names: &Names) -> bool {
    let (Some(one_values), Some(other_values)) = (values(one), values(other)) else { return false };
    let meant = |text: &str| parse::statement(text, names, Locale::En).ok();
    let alike =
        |(one, other): (&String, &String)| one == other || meant(one).is_some_and(|it| Some(it) == meant(other));
    one_values.len() == other_values.len()
        && one_values.iter().zip(&other_values).all(alike)
        && comments(one) == comments(other)
}

fn values(text: &str) -> Option<Vec<String>> {
    let (_, root) = Yaml::read(&PACK_YAML, "", text, Locale::En).ok()?;
    Some(root.texts())
}

/// What stands behind each `#`, wherever it stands.
fn comments(text: &str) -> Vec<&str> {
    text.lines().filter_map(|it| it.split_once('#')).map(|(_, it)| it.trim_end()).collect()
}
