//! The project file field by field. All that can be said of it without looking at packs or reports is told here.

use crate::nearest::nearest;
use crate::pack::Severity;
use crate::project::glob::Globs;
use crate::project::waiver::{self, WAIVER};
use crate::project::{Entry, Level, Project};
use crate::say;
use crate::yaml::sheet::{Field, Sheet};
use crate::yaml::{Family, Node, Scalar, Schema, Value};

/// Fields of the file.
const PROJECT: &[&str] = &["reports", "severity", "waivers", "baseline"];
/// Fields of an item of `reports`.
const ENTRY: &[&str] = &["paths", "exclude", "packs", "vars", "params"];

/// What the YAML of a project file is.
pub(super) const PROJECT_YAML: Schema = Schema { family: Family::Project, fields: &[PROJECT, ENTRY, WAIVER] };

/// The words under `severity`.
const LEVELS: [&str; 4] = ["off", "error", "warning", "advice"];

/// Reads the file from the root of its YAML. An empty one says nothing, which is no fault.
pub fn read(mut sheet: Sheet, root: Node) -> Project {
    let name = say!(sheet.locale, "项目文件", "the project file");
    let fields = match root.value {
        Value::Null => None,
        Value::Bool(_) | Value::Number | Value::Text(_) | Value::List(_) | Value::Map(_) | Value::Tagged => {
            sheet.fields(Field { name, key: None, node: root }, PROJECT)
        }
    };
    let mut fields = fields.unwrap_or_default();
    let lists_reports = fields.has("reports");
    let entries = fields.take("reports").map_or_else(Vec::new, |it| entries(&mut sheet, it));
    let severities = fields.take("severity").map_or_else(Vec::new, |it| severities(&mut sheet, it));
    let waivers = fields.take("waivers").map_or_else(Vec::new, |it| waiver::read(&mut sheet, it));
    let baseline = fields.take("baseline").and_then(|it| sheet.filled(it));
    Project { sheet, lists_reports, entries, severities, waivers, baseline }
}

fn entries(sheet: &mut Sheet, field: Field) -> Vec<Entry> {
    let (key, empty) = (field.key, matches!(&field.node.value, Value::List(items) if items.is_empty()));
    if let (Some(key), true) = (key, empty) {
        let message = say!(sheet.locale, "`reports` 是空的", "`reports` is empty");
        let help = say!(
            sheet.locale,
            "写上至少一项 `- paths: [\"报告/**\"]`；要检查所有报告，就删去 `reports`",
            "write one item `- paths: [\"reports/**\"]` at least, or delete `reports` to check all there are"
        );
        sheet.error("project::no-reports", sheet.span(key), message, String::new(), Some(help));
        return Vec::new();
    }
    sheet.list(field).unwrap_or_default().into_iter().filter_map(|item| entry(sheet, item)).collect()
}

fn entry(sheet: &mut Sheet, node: Node) -> Option<Entry> {
    let place = node.place;
    let name = say!(sheet.locale, "`reports` 的一项", "an item of `reports`");
    let mut fields = sheet.fields(Field { name, key: None, node }, ENTRY)?;
    let paths = match fields.take("paths") {
        Some(field) => globs(sheet, field),
        None => {
            sheet.missing("paths", place);
            Globs::default()
        }
    };
    Some(Entry {
        paths,
        exclude: fields.take("exclude").map_or_else(Globs::default, |it| globs(sheet, it)),
        packs: fields.take("packs").map_or_else(Vec::new, |it| packs(sheet, it)),
        vars: fields.take("vars").map_or_else(Vec::new, |it| values(sheet, it)),
        params: fields.take("params").map_or_else(Vec::new, |it| values(sheet, it)),
    })
}

/// Patterns of paths; none at all is a slip.
pub fn globs(sheet: &mut Sheet, field: Field) -> Globs {
    let (name, place) = (field.name.clone(), field.node.place);
    let before = sheet.errors;
    let words = sheet.texts(field);
    if words.is_empty() && sheet.errors == before {
        let message = say!(sheet.locale, "`{name}` 是空的", "`{name}` is empty");
        sheet.error("project::glob", sheet.span(place), message, String::new(), None);
    }
    Globs::read(sheet, words)
}

fn packs(sheet: &mut Sheet, field: Field) -> Vec<Scalar> {
    let words = sheet.texts(field);
    let (blank, named): (Vec<Scalar>, Vec<Scalar>) = words.into_iter().partition(|it| it.text.trim().is_empty());
    for word in blank {
        let message = say!(sheet.locale, "规则包的名称是空的", "the name of a pack is empty");
        sheet.error("project::pack", sheet.span(word.place), message, String::new(), None);
    }
    named
}

fn values(sheet: &mut Sheet, field: Field) -> Vec<(Scalar, Scalar)> {
    let table = sheet.table(field);
    table.into_iter().filter_map(|(name, field)| Some((name, sheet.text_or_number(field)?))).collect()
}

fn severities(sheet: &mut Sheet, field: Field) -> Vec<(Scalar, Level)> {
    let table = sheet.table(field);
    table.into_iter().filter_map(|(id, field)| Some((id, level(sheet, field)?))).collect()
}

fn level(sheet: &mut Sheet, field: Field) -> Option<Level> {
    let word = sheet.text(field)?;
    if word.text == "off" {
        return Some(Level::Off);
    }
    if let Some(severity) = Severity::ALL.into_iter().find(|it| it.name() == word.text) {
        return Some(Level::On(severity));
    }
    let locale = sheet.locale;
    let (text, span) = (&word.text, sheet.characters(&word));
    let message = say!(locale, "没有 `{text}` 这一级", "there is no severity `{text}`");
    let near = nearest(text, LEVELS).map(|it| say!(locale, "是否想写 `{it}`？", "did you mean `{it}`?"));
    let help = say!(
        locale,
        "可用的：off（不查）、error（必须改）、warning（建议改）、advice（供参考）",
        "write off, error, warning or advice"
    );
    sheet.error("project::severity", span, message, near.unwrap_or_default(), Some(help));
    None
}
