//! Rules as written to rules as understood. A rule with an error inside, or that uses a set with one, is left out.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::fold::fold_char;
use crate::lang::ast::Statement;
use crate::lang::parse::{self, Fault, Names};
use crate::locale::Locale;
use crate::nearest::nearest;
use crate::pack::family::Draft;
use crate::pack::marks::{MarkFault, unmark};
use crate::pack::members::tell;
use crate::pack::mirror::{BasisMirror, RuleMirror, TestMirror};
use crate::pack::scope::{Kind, Scopes};
use crate::pack::uses::Uses;
use crate::pack::{Among, Basis, Check, Expected, Rule, Severity, Test};
use crate::problem::Problem;
use crate::say;
use crate::source::slice;
use crate::span::{Span, Spanned};
use crate::yaml::Scalar;

/// The word for a rule that is not in use.
const OFF: &str = "off";

/// What a message may be filled with.
const FILLED: [&str; 3] = ["found", "expected", "nearest"];

/// The ids met so far: the pack, and where in it.
pub type Ids = HashMap<String, (usize, Span)>;

/// The sound rules of a pack in use, and what is wrong with the others.
pub fn rules(at: usize, drafts: &mut [Draft], scopes: &Scopes, ids: &mut Ids) -> Vec<Rule> {
    let Some(scope) = scopes.scopes.get(at) else { return Vec::new() };
    let names = scope.for_parser();
    let size = |set: &str| scopes.decls.get(scope.get(Kind::Set, set)?).map(|it| it.members.len());
    let Some(mirrors) = drafts.get_mut(at).map(|it| std::mem::take(&mut it.mirror.rules)) else { return Vec::new() };
    let mut rules = Vec::new();
    for mirror in mirrors {
        let fresh = claim_id(at, drafts, ids, &mirror.id);
        let Some(draft) = drafts.get_mut(at) else { break };
        let off = mirror.severity.as_ref().is_some_and(|it| it.text == OFF);
        let rule = understand(draft, mirror, &names, &size);
        rules.extend(rule.filter(|it| fresh && !off && trusts(it, at, scopes)));
    }
    rules
}

/// Takes an id for a rule; `false` where it is taken.
fn claim_id(at: usize, drafts: &mut [Draft], ids: &mut Ids, id: &Scalar) -> bool {
    if id.text.is_empty() {
        return false;
    }
    let Some(span) = drafts.get(at).map(|it| it.sheet.characters(id)) else { return false };
    // On the command line a rule is named in any case.
    let key = id.text.to_lowercase();
    let Some((other, first)) = ids.get(&key).copied() else {
        ids.insert(key, (at, span));
        return true;
    };
    let inherited = drafts.get(at).is_some_and(|it| it.ancestors.contains(&other));
    let owner = drafts.get(other).map(|it| it.name().to_owned()).unwrap_or_default();
    let Some(draft) = drafts.get_mut(at) else { return false };
    let (locale, word) = (draft.sheet.locale, &id.text);
    let help = say!(locale, "换一个编号", "take another id");
    if other == at {
        let words = [
            say!(locale, "编号 `{word}` 用了两次（不分大小写）", "the id `{word}` is used twice (in whatever case)"),
            say!(locale, "又用了一次", "used again"),
        ];
        let first = (first, say!(locale, "第一次在这里", "first used here"));
        draft.sheet.error_with("pack::duplicate-id", span, words, first, Some(help));
    } else if inherited {
        let message =
            say!(locale, "不能重新定义继承来的规则 `{word}`", "the inherited rule `{word}` may not be redefined");
        let label = say!(locale, "规则包 {owner} 已有", "stands in the pack {owner}");
        draft.sheet.error("pack::redefined-rule", span, message, label, Some(help));
    } else {
        let message =
            say!(locale, "编号 `{word}` 已被规则包 {owner} 使用", "the id `{word}` is used by the pack {owner}");
        draft.sheet.error("pack::duplicate-id", span, message, String::new(), Some(help));
    }
    false
}

/// Whether all that a rule uses could be understood. What is wrong there was told there.
fn trusts(rule: &Rule, at: usize, scopes: &Scopes) -> bool {
    let Some(scope) = scopes.scopes.get(at) else { return false };
    let mut uses = Uses::default();
    rule.checks.iter().for_each(|it| uses.statement(&it.statement));
    let sets = uses.sets.iter().map(|name| scope.get(Kind::Set, name));
    let quantities = uses.quantities.iter().map(|name| scope.get(Kind::Quantity, name));
    sets.chain(quantities).flatten().all(|id| scopes.decls.get(id).is_none_or(|it| it.sound))
}

/// How many members a set has.
type Size<'a> = &'a dyn Fn(&str) -> Option<usize>;

fn understand(draft: &mut Draft, mirror: RuleMirror, names: &Names, size: Size) -> Option<Rule> {
    let before = draft.sheet.errors;
    let RuleMirror { id, title, checks, severity, message, help, basis, tags, once, tests, sound } = mirror;
    if sound {
        check_id(draft, &id);
    }
    let checks: Vec<Check> = checks.into_iter().filter_map(|it| check(draft, it, names, size)).collect();
    let severity = match severity {
        Some(word) => severity_of(draft, &word),
        None => checks.iter().map(|it| Severity::of(&it.statement)).max(),
    };
    if let Some(message) = &message {
        check_message(draft, message);
    }
    let basis = basis.into_iter().map(|it| basis_of(draft, it)).collect();
    let tests = tests.into_iter().filter_map(|it| test(draft, it)).collect();
    if !sound || draft.sheet.errors != before {
        return None;
    }
    Some(Rule {
        title: title.map_or_else(|| id.text.clone(), |it| it.text),
        id: Spanned::new(id.text, draft.sheet.span(id.place)),
        checks,
        severity: severity.unwrap_or(Severity::Error),
        message: message.map(|it| it.text),
        help: help.map(|it| it.text),
        basis,
        tags: tags.into_iter().map(|it| it.text).collect(),
        once,
        tests,
    })
}

/// An id can be named on the command line, where a comma parts one from the next.
fn check_id(draft: &mut Draft, id: &Scalar) {
    // fold drops what nobody sees.
    let is_bad = |c: char| matches!(c, ',' | '，') || c.is_control() || fold_char(c).is_none();
    let Some((from, bad)) = id.text.char_indices().find(|(_, c)| is_bad(*c)) else { return };
    let locale = draft.sheet.locale;
    let span = draft.sheet.yaml.inner(id.place, &id.text, Span::new(from, from + bad.len_utf8()));
    let message =
        say!(locale, "编号里不能有空白、逗号和看不见的字符", "an id holds no white space, comma or unseen character");
    let help = say!(locale, "例如 `FZ001`", "write something like `FZ001`");
    draft.sheet.error("pack::id", span, message, String::new(), Some(help));
}

fn check(draft: &mut Draft, text: Scalar, names: &Names, size: Size) -> Option<Check> {
    let locale = draft.sheet.locale;
    let read = parse::statement(&text.text, names, locale).and_then(|statement| {
        let faults = out_of_reach(&statement, size, locale);
        if faults.is_empty() { Ok(statement) } else { Err(faults) }
    });
    match read {
        Ok(statement) => Some(Check { statement, span: draft.sheet.span(text.place), text: text.text }),
        Err(faults) => {
            tell(draft, &text, faults);
            None
        }
    }
}

/// `at least 4 of` a set of three can never hold.
fn out_of_reach(statement: &Statement, size: Size, locale: Locale) -> Vec<Fault> {
    let mut uses = Uses::default();
    uses.statement(statement);
    let sized = uses.quotas.into_iter().filter_map(|(least, set)| Some((least, size(&set.node)?, set)));
    let wrong = sized.filter(|(least, size, _)| *least == 0 || *least as usize > *size);
    let fault = |(least, size, set): (u32, usize, Spanned<String>)| Fault {
        code: "lang::impossible",
        message: say!(
            locale,
            "词语集 ${} 只有 {size} 项，“至少 {least} 项”不可能有意义",
            "the set ${} has {size} members, “at least {least}” makes no sense",
            set.node
        ),
        label: String::new(),
        span: set.span,
        help: Some(say!(locale, "写 1 至 {size} 之间的数", "write a number between 1 and {size}")),
    };
    wrong.map(fault).collect()
}

fn severity_of(draft: &mut Draft, word: &Scalar) -> Option<Severity> {
    let known = Severity::ALL.into_iter().find(|it| it.name() == word.text);
    if known.is_some() || word.text == OFF {
        return known;
    }
    let (locale, text) = (draft.sheet.locale, &word.text);
    let names = || Severity::ALL.into_iter().map(Severity::name).chain([OFF]);
    let message = say!(locale, "没有 `{text}` 这一级", "there is no severity `{text}`");
    let near = nearest(text, names()).or_else(|| meant_severity(text));
    let label = near.map(|near| say!(locale, "应为 `{near}`？", "did you mean `{near}`?"));
    let all = names().collect::<Vec<_>>().join(" | ");
    let help = say!(locale, "可用：{all}", "use one of {all}");
    let span = draft.sheet.characters(word);
    draft.sheet.error("pack::unknown-severity", span, message, label.unwrap_or_default(), Some(help));
    None
}

/// What people call the severities.
fn meant_severity(word: &str) -> Option<&'static str> {
    Some(match word {
        "错误" | "严重" | "err" | "fatal" | "critical" => Severity::Error.name(),
        "警告" | "提醒" | "warn" => Severity::Warning.name(),
        "建议" | "提示" | "info" | "note" | "hint" => Severity::Advice.name(),
        "停用" | "关闭" | "不用" | "no" | "none" | "false" | "never" => OFF,
        _ => return None,
    })
}

/// Warns of a `{…}` that nothing fills: the reader of a finding would see it as it stands.
fn check_message(draft: &mut Draft, message: &Scalar) {
    let mut from = 0;
    while let Some(open) = message.text.get(from..).and_then(|rest| rest.find('{')).map(|at| from + at) {
        let rest = slice(&message.text, Span::new(open, message.text.len()));
        let Some(close) = rest.find('}') else { return };
        let name = slice(&message.text, Span::new(open + 1, open + close));
        if !FILLED.contains(&name) {
            let span = draft.sheet.yaml.inner(message.place, &message.text, Span::new(open, open + close + 1));
            let locale = draft.sheet.locale;
            let path = draft.sheet.yaml.source.name();
            let words = say!(locale, "`{{{name}}}` 不会被替换", "nothing fills `{{{name}}}`");
            let label =
                nearest(name, FILLED).map(|near| say!(locale, "是否想写 `{{{near}}}`？", "did you mean `{{{near}}}`?"));
            let help = say!(
                locale,
                "可用：{{found}}、{{expected}}、{{nearest}}",
                "use {{found}}, {{expected}} or {{nearest}}"
            );
            let problem = Problem::warning("pack::placeholder", path, words);
            let problem = problem.at(&draft.sheet.yaml.source, span, label.unwrap_or_default()).help(help);
            draft.sheet.push(problem);
        }
        from = open + close + 1;
    }
}

fn basis_of(draft: &mut Draft, mirror: BasisMirror) -> Basis {
    let from = mirror.from.as_ref().and_then(|it| date(draft, it));
    let until = mirror.until.as_ref().and_then(|it| date(draft, it));
    if let (Some(first), Some(last), Some(word)) = (from, until, &mirror.until)
        && last < first
    {
        let locale = draft.sheet.locale;
        let span = draft.sheet.characters(word);
        let message = say!(locale, "`until` 早于 `from`", "`until` is before `from`");
        draft.sheet.error("pack::date", span, message, String::new(), None);
    }
    let span = draft.sheet.characters(&mirror.law);
    Basis { law: mirror.law.text, article: mirror.article.map(|it| it.text), from, until, span }
}

fn date(draft: &mut Draft, word: &Scalar) -> Option<Date> {
    if let Ok(date) = word.text.trim().parse() {
        return Some(date);
    }
    let (locale, text) = (draft.sheet.locale, &word.text);
    let message = say!(locale, "`{text}` 不是日期", "`{text}` is no date");
    let help = say!(locale, "写成 2021-08-11 的形式", "write it like 2021-08-11");
    let span = draft.sheet.characters(word);
    draft.sheet.error("pack::date", span, message, String::new(), Some(help));
    None
}

fn test(draft: &mut Draft, mirror: TestMirror) -> Option<Test> {
    let TestMirror { expected, text, last_year, others } = mirror;
    let span = draft.sheet.span(text.place);
    let (text, marks) = unmarked(draft, expected, &text)?;
    let others = others.into_iter().map(|it| it.text).collect();
    let among = Among { last_year: last_year.map(|it| it.text), others };
    Some(Test { expected, text, marks, span, among })
}

/// A text without its marks, which only what must fail has.
fn unmarked(draft: &mut Draft, expected: Expected, text: &Scalar) -> Option<(String, Vec<Span>)> {
    match unmark(&text.text) {
        Ok((bare, marks)) if marks.is_empty() || expected == Expected::Fail => Some((bare, marks)),
        Ok(_) => {
            let locale = draft.sheet.locale;
            let at = text.text.find("[[").unwrap_or_default();
            let message =
                say!(locale, "只有 `fail` 的文本才用 [[ ]] 标记", "only a text under `fail` is marked with [[ ]]");
            let help =
                say!(locale, "去掉标记，或把文本移到 `fail` 下", "take the marks out, or move the text to `fail`");
            mark_error(draft, text, Span::new(at, at + 2), message, Some(help));
            None
        }
        Err(fault) => {
            let (span, message) = mark_words(draft, fault);
            mark_error(draft, text, span, message, None);
            None
        }
    }
}

fn mark_error(draft: &mut Draft, text: &Scalar, span: Span, message: String, help: Option<String>) {
    let span = draft.sheet.yaml.inner(text.place, &text.text, span);
    draft.sheet.error("pack::mark", span, message, String::new(), help);
}

fn mark_words(draft: &Draft, fault: MarkFault) -> (Span, String) {
    let locale = draft.sheet.locale;
    match fault {
        MarkFault::Unclosed(span) => (span, say!(locale, "标记 [[ 没有闭合", "the mark [[ is not closed")),
        MarkFault::Unopened(span) => (span, say!(locale, "]] 之前没有 [[", "no [[ stands before this ]]")),
        MarkFault::Nested(span) => (span, say!(locale, "标记里不能再有标记", "a mark may not stand inside another")),
        MarkFault::Empty(span) => (span, say!(locale, "标记里没有文字", "the mark holds nothing")),
    }
}
