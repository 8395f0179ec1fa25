//! What is wrong with a text that is no YAML, said in the words of someone who writes packs and project files.

use std::sync::Arc;

use granit_parser::ErrorKind;

use crate::locale::Locale;
use crate::problem::Problem;
use crate::say;
use crate::source::{Source, slice};
use crate::span::Span;
use crate::yaml::places::{MAX_DEPTH, Refusal};
use crate::yaml::recover::Break;
use crate::yaml::slips::wide_indent;
use crate::yaml::{Family, Fault, Schema};

/// What is wrong where reading stopped: the slips round it where there are any.
pub fn explain(schema: &Schema, source: &Arc<Source>, found: &Break, locale: Locale) -> Vec<Problem> {
    let slips = &found.slips;
    match &found.refusal {
        Refusal::TooDeep(span) => vec![
            Problem::error(
                schema.code(Fault::Nesting),
                source.name(),
                say!(
                    locale,
                    "列表和字段套得太深，最多 {MAX_DEPTH} 层",
                    "lists and fields nest too deeply: at most {MAX_DEPTH} levels"
                ),
            )
            .at(source, *span, say!(locale, "从这里起太深", "too deep from here")),
        ],
        Refusal::SecondDocument(span) => vec![
            Problem::error(
                schema.code(Fault::Documents),
                source.name(),
                match schema.family {
                    Family::Pack => say!(locale, "一个文件只能有一个规则包", "a file holds one pack"),
                    Family::Project => {
                        say!(locale, "项目文件里只能有一个 YAML 文档", "a project file holds one document")
                    }
                },
            )
            .at(source, *span, say!(locale, "这里又开始了一个 YAML 文档", "another YAML document begins here"))
            .help(say!(
                locale,
                "删去这一行的 `---`，或把后面的部分移到另一个文件",
                "delete this `---`, or move what follows to a file of its own"
            )),
        ],
        Refusal::Syntax(span, kind, open) => {
            if slips.is_empty() {
                return vec![broken(schema, source, *span, kind, *open, locale)];
            }
            slips.iter().map(|slip| slip.problem(schema, source, locale)).collect()
        }
    }
}

/// What the reader of values refuses though the finder of places did not: says so in the library's own words.
pub fn unread(schema: &Schema, source: &Arc<Source>, span: Span, words: &str, locale: Locale) -> Problem {
    Problem::error(
        schema.code(Fault::Yaml),
        source.name(),
        say!(locale, "YAML 读不懂", "this is no YAML that can be read"),
    )
    .at(source, visible(source, span), say!(locale, "读到这里读不下去", "reading stopped here"))
    .help(say!(locale, "YAML 解析器的说法：{words}", "the YAML parser says: {words}"))
}

fn broken(
    schema: &Schema,
    source: &Arc<Source>,
    span: Span,
    kind: &ErrorKind,
    open: Option<Span>,
    locale: Locale,
) -> Problem {
    if let Some(problem) = control(schema, source, locale).or_else(|| wide_indent(schema, source, span, locale)) {
        return problem;
    }
    if let Some(problem) = indent(schema, source, span, kind, locale) {
        return problem;
    }
    let place = visible(source, open.unwrap_or(span));
    let place = if kind_is_tab(kind) { tab(source, span).unwrap_or(place) } else { place };
    let place = if kind_is_escape(kind) { escape(source, place).unwrap_or(place) } else { place };
    let stopped = say!(locale, "读到这里读不下去", "reading stopped here");
    let (words, label) = match open {
        Some(open) if !matches!(source.slice(open), "[" | "{") => {
            (words(kind, "", locale), say!(locale, "从这里开始的引号", "the quotation that begins here"))
        }
        Some(open) => (Some(unclosed(source.slice(open), locale)), say!(locale, "这个括号", "this bracket")),
        None => (words(kind, source.slice(place), locale), stopped),
    };
    let Some((message, help)) = words else { return unread(schema, source, span, &kind.to_string(), locale) };
    let help = own_help(source, span, kind, locale).unwrap_or(help);
    Problem::error(schema.code(Fault::Yaml), source.name(), message).at(source, place, label).help(help)
}

fn unclosed(open: &str, locale: Locale) -> (String, String) {
    (
        say!(locale, "括号 {open} 没有闭合", "the bracket {open} is not closed"),
        say!(locale, "补上右括号；以括号开头的文字要加引号", "close it; put text that begins with a bracket in quotes"),
    )
}

/// A field that does not stand below the first field of its rule.
fn indent(schema: &Schema, source: &Arc<Source>, span: Span, kind: &ErrorKind, locale: Locale) -> Option<Problem> {
    use ErrorKind::{
        ExpectedBlockMappingKey, ExpectedBlockSequenceEntry, InvalidIndentation, MappingValueNotAllowed,
        SimpleKeyExpected,
    };
    let matching = matches!(
        kind,
        MappingValueNotAllowed
            | ExpectedBlockMappingKey
            | ExpectedBlockSequenceEntry
            | InvalidIndentation
            | SimpleKeyExpected
    );
    let line = source.line_index(span.start);
    let (column, field, place) = key(schema, source, line).filter(|_| matching)?;
    let above = (0..line).rev().map(|it| source.slice(source.line_span(it)));
    let first = above
        .take_while(|it| it.starts_with([' ', '-', '\t', '#', '\r', '\n']) || it.is_empty())
        .position(|it| it.trim_start().starts_with("- "))?;
    let (due, first, _) = key(schema, source, line - 1 - first)?;
    if column == due {
        return None;
    }
    let message = say!(locale, "`{field}` 没有对齐", "`{field}` is not aligned");
    let label = say!(locale, "从第 {column} 列开始", "begins in column {column}");
    let help = say!(
        locale,
        "一条规则的字段左边对齐：`{first}` 从第 {due} 列开始，`{field}` 也从第 {due} 列开始",
        "the fields of a rule are aligned: `{first}` begins in column {due}, and so must `{field}`"
    );
    Some(Problem::error(schema.code(Fault::Indent), source.name(), message).at(source, place, label).help(help))
}

/// The name of a field that a line begins with: its column from 1, the name, and where it stands.
fn key<'a>(schema: &Schema, source: &'a Source, line: usize) -> Option<(usize, &'a str, Span)> {
    let span = source.line_span(line);
    let text = source.slice(span);
    let word = text.trim_start_matches([' ', '-']);
    let (name, _) = word.split_once([':', '：'])?;
    let at = text.len() - word.len();
    let place = Span::new(span.start + at, span.start + at + name.len());
    schema.fields.concat().contains(&name).then_some((at + 1, name, place))
}

/// Help that fits the very line better than the common one.
fn own_help(source: &Source, span: Span, kind: &ErrorKind, locale: Locale) -> Option<String> {
    let line = source.slice(source.line_span(source.line_index(span.start)));
    if line.contains("[[") && line.contains("]]") {
        return Some(say!(
            locale,
            "有 [[ ]] 标记的文本要加引号：'甲[[乙]]'",
            "put a text with [[ ]] marks in quotes: 'a [[b]]'"
        ));
    }
    if !matches!(kind, ErrorKind::InvalidTrailingDoubleQuotedScalar) {
        return None;
    }
    let (_, value) = line.trim_end().split_once(": ")?;
    let inner = value.trim().strip_prefix('"')?.strip_suffix('"')?;
    (!inner.contains('\'')).then(|| {
        say!(
            locale,
            "里面有双引号的文字，外面用单引号：'{inner}'",
            "put text that holds double quotes in single ones: '{inner}'"
        )
    })
}

/// The first control character of a text: YAML has none but tabs and the ends of lines.
fn control(schema: &Schema, source: &Arc<Source>, locale: Locale) -> Option<Problem> {
    let is_control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}');
    let (at, c) = source.text().char_indices().find(|(_, c)| is_control(*c))?;
    let code = u32::from(c);
    let message = say!(locale, "文件里有控制字符 U+{code:04X}", "the file holds the control character U+{code:04X}");
    let problem = Problem::error(schema.code(Fault::Yaml), source.name(), message);
    let help = say!(
        locale,
        "删去它；确要表示时在双引号里写 \\x{code:02X}",
        "delete it; in double quotes, \\x{code:02X} stands for it"
    );
    Some(problem.at(source, Span::new(at, at + c.len_utf8()), String::new()).help(help))
}

fn kind_is_tab(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabAtBlockScalarStart
            | ErrorKind::TabInPlainScalar
    )
}

const fn kind_is_escape(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UnknownQuotedScalarEscape
            | ErrorKind::InvalidQuotedScalarHexEscape
            | ErrorKind::InvalidUnicodeEscape
    )
}

/// The backslash that begins no known escape, with the character behind it.
fn escape(source: &Source, span: Span) -> Option<Span> {
    let rest = source.slice(Span::new(span.start, source.text().len()));
    let mut at = rest.find('\\')?;
    loop {
        let after = slice(rest, Span::new(at + 1, rest.len()));
        let next = after.chars().next()?;
        let digits = match next {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        let hex = after.chars().skip(1).take(digits).take_while(char::is_ascii_hexdigit).count();
        if !"0abt\tnvfre \"/\\N_LPxuU\r\n".contains(next) || hex < digits {
            let start = span.start + at;
            return Some(Span::new(start, start + 1 + next.len_utf8() + hex));
        }
        let from = at + 1 + next.len_utf8();
        at = from + slice(rest, Span::new(from, rest.len())).find('\\')?;
    }
}

/// The tab that the parser stopped before.
fn tab(source: &Source, span: Span) -> Option<Span> {
    let rest = source.slice(Span::new(span.start, source.text().len()));
    let start = span.start + rest.find('\t')?;
    Some(Span::new(start, start + 1))
}

/// The parser stops where it notices, often at a line's end: then the last line with text is what people look at.
fn visible(source: &Source, span: Span) -> Span {
    if !source.slice(span).trim().is_empty() {
        return span;
    }
    let mut index = source.line_index(span.start);
    loop {
        let line = source.line_span(index);
        let text = source.slice(line);
        if !text.trim().is_empty() || index == 0 {
            let start = line.start + text.len() - text.trim_start().len();
            return Span::new(start, start + text.trim().len());
        }
        index -= 1;
    }
}

/// Message and help for the mistakes that people make.
fn words(kind: &ErrorKind, at: &str, locale: Locale) -> Option<(String, String)> {
    let quote = || say!(locale, "给整段文字加上引号", "put the whole text in quotes");
    let indent = || {
        say!(locale, "同一层的各行左边对齐，只用空格缩进", "align the lines of one level, and indent with spaces alone")
    };
    Some(match kind {
        _ if kind_is_tab(kind) => (
            say!(locale, "这里不能用制表符（Tab）", "a tab may not stand here"),
            say!(locale, "改为空格", "use spaces"),
        ),
        ErrorKind::MappingValueNotAllowed
        | ErrorKind::InvalidColonPlacement
        | ErrorKind::InvalidMappingValueWhitespace
        | ErrorKind::FlowMappingValueAdjacentCollection => (
            say!(locale, "这里不该有冒号", "a colon may not stand here"),
            say!(
                locale,
                "文字里若有“: ”，给整段文字加上引号；否则检查上一行和缩进",
                "put text that holds `: ` in quotes; else look at the line before and at the indentation"
            ),
        ),
        ErrorKind::UnexpectedCharacter { .. } => {
            (say!(locale, "不加引号的文字不能以 {at} 开头", "text without quotes may not begin with {at}"), quote())
        }
        ErrorKind::SimpleKeyExpected | ErrorKind::ExpectedBlockMappingKey | ErrorKind::InvalidSimpleKey => (
            say!(locale, "这里应当是“字段: 值”", "a `field: value` is due here"),
            say!(
                locale,
                "字段名后写半角冒号和空格；{}",
                "write a half-width colon and a space behind the name; {}",
                indent()
            ),
        ),
        ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::BlockSequenceEntryNotAllowed
        | ErrorKind::InvalidBlockEntryWhitespace
        | ErrorKind::BlockEntryInFlowCollection
        | ErrorKind::PlainScalarStartsWithDashFlowIndicator => (
            say!(locale, "列表项写得不对", "this is no proper list item"),
            say!(locale, "每项以“- ”开头；{}", "begin each item with `- `; {}", indent()),
        ),
        ErrorKind::InvalidIndentation | ErrorKind::InvalidBlockScalarIndent | ErrorKind::InvalidFlowScalarIndent => {
            (say!(locale, "缩进不对", "wrong indentation"), indent())
        }
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::DocumentIndicatorInQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent => (
            say!(locale, "引号没有闭合", "a quotation mark is not closed"),
            say!(
                locale,
                "补上右引号；引号内换行时，续行要缩进",
                "close it; where quoted text goes on in the next line, indent that line"
            ),
        ),
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => (
            say!(locale, "引号之后还有文字", "text stands behind the closing quotation mark"),
            say!(
                locale,
                "值以引号开头时，整个值都要在引号内：'\"甲\" 和 \"乙\"'",
                "a value that begins with a quotation mark stands in quotes as a whole: '\"a\" and \"b\"'"
            ),
        ),
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidUnicodeEscape => (
            say!(locale, "双引号里的反斜杠写得不对", "a backslash in double quotes begins no known escape"),
            say!(locale, "写两个反斜杠，或改用单引号", "double the backslash, or use single quotes"),
        ),
        ErrorKind::UnclosedFlowCollection { open } => unclosed(&open.to_string(), locale),
        ErrorKind::CommentNotSeparated | ErrorKind::CommentInterceptedScalar => (
            say!(locale, "# 之后是注释，前面要有空格", "behind # stands a comment; a space is due before it"),
            say!(locale, "要找的文字里有 #，就给整段文字加上引号", "put text that holds # in quotes"),
        ),
        ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping => {
            (say!(locale, "括号没有闭合", "a bracket is not closed"), say!(locale, "补上右括号", "close it"))
        }
        ErrorKind::MisplacedFlowCollectionEnd | ErrorKind::MismatchedFlowCollectionEnd { .. } => (
            say!(locale, "括号不配对", "brackets do not match"),
            say!(locale, "核对括号；括号若是文字，{}", "check the brackets; where they are text, {}", quote()),
        ),
        ErrorKind::ExpectedFlowSequenceSeparator | ErrorKind::ExpectedFlowMappingSeparator => (
            say!(locale, "括号里的两项之间缺半角逗号", "a comma is due between two items in brackets"),
            say!(
                locale,
                "用半角逗号隔开；含标点的文字加上引号",
                "put a half-width comma between them, and text with punctuation in quotes"
            ),
        ),
        ErrorKind::UnknownAnchor | ErrorKind::MissingAnchorOrAliasName => (
            say!(
                locale,
                "以 * 开头的是 YAML 的引用，没有所指",
                "what begins with * is a reference of YAML, and refers to nothing"
            ),
            say!(locale, "若是文字，给整段加上引号", "if it is text, put it in quotes as a whole"),
        ),
        ErrorKind::ExpectedTagBang
        | ErrorKind::UndeclaredTagHandle
        | ErrorKind::InvalidTagTerminator
        | ErrorKind::MissingTagUri => {
            (say!(locale, "文字以 ! 开头，YAML 另有用处", "text begins with !, which YAML takes for a tag"), quote())
        }
        _ => return None,
    })
}
