//! Chinese wordings that people use for those of the language, each with the way out.

use crate::lang::parse::Fault;
use crate::lang::parse::outside::Outside;
use crate::locale::Locale;
use crate::say;
use crate::source::slice;
use crate::span::Span;

/// What begins a condition in everyday Chinese.
const IF: [&str; 5] = ["如果", "假如", "若是", "倘若", "若"];
/// What a unit is called behind 每 in everyday Chinese, and in the language.
const UNITS: [(&str, &str); 5] =
    [("每章", "每个章节"), ("每节", "每个章节"), ("每段", "每个段落"), ("每句", "每个句子"), ("每条", "每个段落")];

/// The first such wording in a statement that does not read.
pub fn find(outside: &Outside, modal: Span, locale: Locale) -> Option<Fault> {
    let text = outside.text.as_str();
    denied(text, modal, locale)
        .or_else(|| condition(text, modal, locale))
        .or_else(|| unit(text, locale))
        .or_else(|| date(text, modal, locale))
        .or_else(|| edge(text, modal, locale))
        .or_else(|| has_section(text, modal, locale))
        .or_else(|| exception(text, locale))
}

fn fault(code: &'static str, span: Span, message: String, help: String) -> Option<Fault> {
    Some(Fault { code, message, label: String::new(), span, help: Some(help) })
}

/// 不应当提及.
fn denied(text: &str, modal: Span, locale: Locale) -> Option<Fault> {
    let before = slice(text, Span::new(0, modal.start));
    let start = before.strip_suffix('不')?.len();
    let span = Span::new(start, modal.end);
    let word = slice(text, span);
    let message = say!(locale, "“{word}”不是情态词", "“{word}” is no modal");
    fault("lang::no-modal", span, message, say!(locale, "写 不得，或者 不宜", "write 不得 or 不宜"))
}

/// 如果…，应当 and 当…，应当 without its 时.
fn condition(text: &str, modal: Span, locale: Locale) -> Option<Fault> {
    let head = slice(text, Span::new(0, modal.start));
    let start = head.len() - head.trim_start().len();
    let word = IF.iter().chain(&["当"]).find(|word| head.trim_start().starts_with(**word))?;
    let help = say!(locale, "写成：当 … 时，应当 …", "write 当 … 时，应当 …");
    if *word != "当" {
        let message = say!(locale, "条件不用“{word}”开头", "a condition does not begin with “{word}”");
        return fault("lang::condition", Span::new(start, start + word.len()), message, help);
    }
    let comma = head.find(['，', ','])?;
    let written = slice(text, Span::new(start, comma)).trim_end();
    let span = Span::new(start, start + written.len());
    if written.ends_with('时') {
        return None;
    }
    fault("lang::condition", span, say!(locale, "条件末尾缺“时”", "the condition wants 时 at its end"), help)
}

/// 每章.
fn unit(text: &str, locale: Locale) -> Option<Fault> {
    let (at, word, unit) = UNITS.iter().find_map(|(word, unit)| text.find(word).map(|at| (at, word, unit)))?;
    let message = say!(locale, "“{word}”要写全", "“{word}” is to be written in full");
    fault("lang::unit", Span::new(at, at + word.len()), message, say!(locale, "写 {unit}", "write {unit}"))
}

/// 成文日期应当在3月1日之前.
fn date(text: &str, modal: Span, locale: Locale) -> Option<Fault> {
    let behind = slice(text, Span::new(modal.end, text.len()));
    let dated = slice(text, Span::new(0, modal.start)).trim_end().ends_with("成文日期");
    if !dated || !behind.trim_start().starts_with('在') {
        return None;
    }
    let at = modal.end + behind.len() - behind.trim_start().len();
    let message = say!(locale, "日期的先后不用“在…之前、之后”", "dates are not compared with 在 … 之前 or 之后");
    let help = say!(
        locale,
        "写 早于、晚于、不晚于、不早于，例如：成文日期应当不晚于 {{year+1}}年3月1日",
        "write 早于, 晚于, 不晚于 or 不早于, as in 成文日期应当不晚于 {{year+1}}年3月1日"
    );
    fault("lang::date", Span::new(at, at + '在'.len_utf8()), message, help)
}

/// 不得用“。”结尾.
fn edge(text: &str, modal: Span, locale: Locale) -> Option<Fault> {
    let behind = slice(text, Span::new(modal.end, text.len()));
    let edge = ["结尾", "开头"].into_iter().find(|it| behind.contains(it))?;
    let word = ["用", "由", "拿"].into_iter().find(|it| behind.trim_start().starts_with(it))?;
    let at = modal.end + behind.len() - behind.trim_start().len();
    let message = say!(locale, "“{word}…{edge}”要写成“以…{edge}”", "“{word}…{edge}” is written 以…{edge}");
    let help = say!(locale, "写 以 … {edge}", "write 以 … {edge}");
    fault("lang::verb", Span::new(at, at + word.len()), message, help)
}

/// 应当有存在问题章节.
fn has_section(text: &str, modal: Span, locale: Locale) -> Option<Fault> {
    let behind = slice(text, Span::new(modal.end, text.len()));
    let word = ["设有", "写有", "有"].into_iter().find(|it| behind.trim_start().starts_with(it))?;
    let counted = behind.contains(['至', '恰', '个']) || behind.contains(|c: char| c.is_ascii_digit());
    if counted || !behind.trim_end_matches(['。', '.']).trim_end().ends_with("章节") {
        return None;
    }
    let at = modal.end + behind.len() - behind.trim_start().len();
    let message = say!(locale, "“有”只说篇幅，不说章节", "有 is for amounts and not for sections");
    fault("lang::verb", Span::new(at, at + word.len()), message, say!(locale, "写 包含", "write 包含"))
}

/// 不得提及督查除外督查室.
fn exception(text: &str, locale: Locale) -> Option<Fault> {
    let at = text.find("除外")?;
    let rest = slice(text, Span::new(at + "除外".len(), text.len()));
    let word = rest.trim_start();
    if word.is_empty() || word.starts_with(['，', ',', '。', '.']) {
        return None;
    }
    let message = say!(locale, "“除外”写在例外的后面", "除外 stands behind what is excepted");
    let help = say!(locale, "写成：…，督查室 除外", "write …，督查室 除外");
    fault("lang::except", Span::new(at, at + "除外".len()), message, help)
}
