//! What is waived: some findings, for a reason, by somebody, until a day.

use jiff::civil::Date;

use crate::project::glob::Globs;
use crate::project::mirror::globs;
use crate::say;
use crate::verdict::Finding;
use crate::yaml::sheet::{Field, Sheet};
use crate::yaml::{Node, NodeId, Scalar};

/// Fields of an item of `waivers`.
pub(super) const WAIVER: &[&str] = &["rule", "paths", "fingerprint", "reason", "by", "until"];

/// The shortest beginning of a fingerprint that is taken for it.
const SHORTEST: usize = 12;
/// The length of a whole one.
const LONGEST: usize = 64;

/// Findings that do not count, and who answers for it.
#[derive(Debug)]
pub struct Waiver {
    /// The findings of these rules; of all where none is named.
    pub rules: Vec<Scalar>,
    /// Those in these reports; in all where none is named.
    pub paths: Option<Globs>,
    /// Those that go by these fingerprints, or beginnings of one; all where none is named.
    pub fingerprints: Vec<Scalar>,
    /// Why.
    pub reason: Scalar,
    /// Who approved it.
    pub by: Scalar,
    /// The last day it holds.
    pub until: Date,
    /// Where that day stands.
    pub until_at: Scalar,
}

impl Waiver {
    /// Whether it holds for a report, by its path from the project's folder, on a day.
    pub fn holds(&self, path: &str, today: Date) -> bool {
        today <= self.until && self.paths.as_ref().is_none_or(|it| it.hold(path))
    }

    /// Whether it speaks of a finding of that rule.
    pub fn covers(&self, rule: &str, finding: &Finding) -> bool {
        let rules = self.rules.is_empty() || self.rules.iter().any(|it| it.text.eq_ignore_ascii_case(rule));
        let named = |it: &Scalar| finding.fingerprint.starts_with(&it.text.to_ascii_lowercase());
        rules && (self.fingerprints.is_empty() || self.fingerprints.iter().any(named))
    }

    /// What stands for it when it is talked about: the first thing it names.
    pub fn head(&self) -> &Scalar {
        let path = self.paths.as_ref().and_then(|it| it.words.first());
        self.rules.first().or(self.fingerprints.first()).or(path).unwrap_or(&self.reason)
    }
}

/// Reads the list.
pub fn read(sheet: &mut Sheet, field: Field) -> Vec<Waiver> {
    sheet.list(field).unwrap_or_default().into_iter().filter_map(|item| waiver(sheet, item)).collect()
}

fn waiver(sheet: &mut Sheet, node: Node) -> Option<Waiver> {
    let place = node.place;
    let before = sheet.errors;
    let name = say!(sheet.locale, "`waivers` 的一项", "an item of `waivers`");
    let mut fields = sheet.fields(Field { name, key: None, node }, WAIVER)?;
    let aimed = ["rule", "paths", "fingerprint"].iter().any(|it| fields.has(it));
    let rules = fields.take("rule").map_or_else(Vec::new, |it| sheet.texts(it));
    let paths = fields.take("paths").map(|it| globs(sheet, it));
    let fingerprints = fields.take("fingerprint").map_or_else(Vec::new, |it| fingerprints(sheet, it));
    if !aimed {
        aimless(sheet, place);
    }
    let reason = sheet.required(&mut fields, "reason", place);
    let by = sheet.required(&mut fields, "by", place);
    let until = sheet.required(&mut fields, "until", place);
    let day = until.as_ref().and_then(|it| date(sheet, it));
    let waiver = Waiver { rules, paths, fingerprints, reason: reason?, by: by?, until: day?, until_at: until? };
    (sheet.errors == before).then_some(waiver)
}

/// A waiver that names nothing would waive everything.
fn aimless(sheet: &mut Sheet, place: NodeId) {
    let message = say!(sheet.locale, "没有写豁免什么", "it does not say what is waived");
    let help = say!(
        sheet.locale,
        "写上 `rule`（规则）、`paths`（报告）或 `fingerprint`（某一处问题）",
        "name a `rule`, `paths` or a `fingerprint`"
    );
    let span = sheet.span(place);
    let first = sheet.yaml.source.line_span(sheet.yaml.source.line_index(span.start)).end;
    let span = crate::span::Span::new(span.start, span.end.min(first));
    sheet.error("project::waiver", span, message, String::new(), Some(help));
}

fn fingerprints(sheet: &mut Sheet, field: Field) -> Vec<Scalar> {
    let words = sheet.texts(field);
    for word in &words {
        let fits = (SHORTEST..=LONGEST).contains(&word.text.len());
        if !fits || !word.text.bytes().all(|it| it.is_ascii_hexdigit()) {
            let message = say!(
                sheet.locale,
                "指纹应为 {SHORTEST} 到 {LONGEST} 位十六进制数字",
                "a fingerprint has {SHORTEST} to {LONGEST} hexadecimal digits"
            );
            let help = say!(
                sheet.locale,
                "从 --format json 的 `fingerprint` 中复制，并加上引号",
                "copy it from `fingerprint` of --format json, and put it in quotes"
            );
            sheet.error("project::fingerprint", sheet.characters(word), message, String::new(), Some(help));
        }
    }
    words
}

fn date(sheet: &mut Sheet, word: &Scalar) -> Option<Date> {
    let text = &word.text;
    let day = text.trim().parse().ok();
    if day.is_none() {
        let message = say!(sheet.locale, "“{text}”不是日期", "`{text}` is no date");
        let help = say!(sheet.locale, "写成 2027-03-01，当天仍有效", "write it as 2027-03-01, the last day it holds");
        sheet.error("project::date", sheet.characters(word), message, String::new(), Some(help));
    }
    day
}
