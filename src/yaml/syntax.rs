//! What is wrong with a text that is no YAML, said in the words of someone who writes packs and project files.

use std::sync::Arc;

use granit_parser::ErrorKind;

use crate::locale::Locale;
use crate::problem::Problem;
use crate::say;
use crate::source::Source;
use crate::span::Span;
use crate::yaml::places::{MAX_DEPTH, Refusal};
use crate::yaml::{Family, Fault, Schema};

/// Turns a refusal into problems: all the full-width colons where those are to blame, else the one place the parser
/// stopped at.
pub fn explain(schema: &Schema, source: &Arc<Source>, refusal: &Refusal, locale: Locale) -> Vec<Problem> {
    match refusal {
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
        Refusal::Syntax(span, kind) => {
            let colons = full_width_colons(source, Span::new(0, source.text().len()), &schema.fields.concat());
            if colons.is_empty() {
                return vec![broken(schema, source, *span, kind, locale)];
            }
            colons.into_iter().map(|colon| full_width_colon(schema, source, colon, locale)).collect()
        }
    }
}

/// A full-width colon after the name of a field: `pack：x` is one piece of text to YAML.
pub fn full_width_colon(schema: &Schema, source: &Arc<Source>, colon: Span, locale: Locale) -> Problem {
    let sample = match schema.family {
        Family::Pack => "id: FZ001",
        Family::Project => "by: 区司法局",
    };
    Problem::error(
        schema.code(Fault::FullWidthColon),
        source.name(),
        say!(locale, "字段名后面用了全角冒号", "a full-width colon stands behind the name of a field"),
    )
    .at(source, colon, say!(locale, "应为半角冒号和空格", "should be `: `"))
    .help(say!(
        locale,
        "改为半角冒号加一个空格，例如 `{sample}`",
        "write a half-width colon and a space, as in `{sample}`"
    ))
}

/// The full-width colons behind the names of `fields` at the beginning of lines.
pub fn full_width_colons(source: &Source, span: Span, fields: &[&str]) -> Vec<Span> {
    let mut at = span.start;
    let mut found = Vec::new();
    for line in source.slice(span).split_inclusive('\n') {
        let word = line.trim_start_matches([' ', '-', '\t', '\u{3000}', '{', '\'', '"']);
        if let Some((field, _)) = word.split_once('：')
            && fields.contains(&field.trim_matches([' ', '\u{3000}', '\'', '"']))
        {
            let start = at + (line.len() - word.len()) + field.len();
            found.push(Span::new(start, start + '：'.len_utf8()));
        }
        at += line.len();
    }
    found
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

fn broken(schema: &Schema, source: &Arc<Source>, span: Span, kind: &ErrorKind, locale: Locale) -> Problem {
    let place = visible(source, span);
    if let Some(problem) = control(schema, source, locale).or_else(|| wide_indent(schema, source, span, locale)) {
        return problem;
    }
    let Some((message, help)) = words(kind, source.slice(place), locale) else {
        return unread(schema, source, span, &kind.to_string(), locale);
    };
    let place = if kind_is_tab(kind) { tab(source, span).unwrap_or(place) } else { place };
    Problem::error(schema.code(Fault::Yaml), source.name(), message)
        .at(source, place, say!(locale, "读到这里读不下去", "reading stopped here"))
        .help(help)
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

/// The full-width white space before the text of the line that holds `span`: to YAML it is no indent.
pub fn wide_indent(schema: &Schema, source: &Arc<Source>, span: Span, locale: Locale) -> Option<Problem> {
    let line = source.line_span(source.line_index(span.start));
    let text = source.slice(line);
    let indent = Span::new(line.start, line.start + text.len() - text.trim_start().len());
    let wide = source.slice(indent).chars().any(|c| c == '\u{3000}' || c == '\u{a0}');
    wide.then(|| {
        let message = say!(locale, "缩进用了全角空格", "a line is indented with a full-width space");
        Problem::error(schema.code(Fault::FullWidthSpace), source.name(), message)
            .at(source, indent, say!(locale, "全角空格", "full-width space"))
            .help(say!(locale, "缩进只用半角空格", "indent with ordinary spaces"))
    })
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
        ErrorKind::UnclosedFlowCollection { open } => (
            say!(locale, "括号 {open} 没有闭合", "the bracket {open} is not closed"),
            say!(
                locale,
                "补上右括号；以括号开头的文字要加引号",
                "close it; put text that begins with a bracket in quotes"
            ),
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
                "文字以 * 或 & 开头，YAML 另有用处",
                "text begins with * or &, which YAML takes for a reference"
            ),
            quote(),
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
