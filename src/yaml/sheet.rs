//! A YAML text on the desk: takes values out by kind, and keeps what is wrong with them, each at its place.

use std::collections::{HashMap, HashSet};

use crate::locale::Locale;
use crate::problem::{Level, Problem};
use crate::say;
use crate::span::Span;
use crate::yaml::NodeId;
use crate::yaml::kind::{self, Due};
use crate::yaml::slips;
use crate::yaml::{Fault, Node, Scalar, Value, Yaml};

/// A YAML text, and everything found wrong with it so far.
#[derive(Debug)]
pub struct Sheet {
    /// The text with its places.
    pub yaml: Yaml,
    /// The language problems are told in.
    pub locale: Locale,
    /// What is wrong, in the order found.
    pub problems: Vec<Problem>,
    /// How many of them are errors.
    pub errors: usize,
    /// Slips already told, by where they stand.
    slips: HashSet<usize>,
}

/// A value on its way into the mirror: a field's, or an item of its list.
#[derive(Debug)]
pub struct Field {
    /// The field it belongs to.
    pub name: String,
    /// The key, where it stands right behind one.
    pub key: Option<NodeId>,
    /// The value.
    pub node: Node,
}

/// The fields of a map, to be taken one by one.
#[derive(Debug, Default)]
pub struct Fields {
    fields: Vec<Field>,
}

impl Fields {
    /// Takes a field out.
    pub fn take(&mut self, name: &str) -> Option<Field> {
        let at = self.fields.iter().position(|it| it.name == name)?;
        Some(self.fields.swap_remove(at))
    }

    /// Whether a field is there, not taken out yet.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|it| it.name == name)
    }
}

impl Sheet {
    /// A text nothing is known to be wrong with.
    pub fn new(yaml: Yaml, locale: Locale) -> Self {
        Sheet { yaml, locale, problems: Vec::new(), errors: 0, slips: HashSet::new() }
    }

    /// Where a node stands.
    pub fn span(&self, node: NodeId) -> Span {
        self.yaml.span(node)
    }

    /// The characters of a scalar, its quotes left out.
    pub fn characters(&self, scalar: &Scalar) -> Span {
        self.yaml.inner(scalar.place, &scalar.text, Span::new(0, scalar.text.len()))
    }

    /// Notes a problem.
    pub fn push(&mut self, problem: Problem) {
        self.errors += usize::from(problem.level == Level::Error);
        self.problems.push(problem);
    }

    /// Notes an error at a place.
    pub fn error(&mut self, code: &'static str, span: Span, message: String, label: String, help: Option<String>) {
        let mut problem = Problem::error(code, self.yaml.source.name(), message).at(&self.yaml.source, span, label);
        problem.help = help;
        self.push(problem);
    }

    /// Notes an error at a place that an earlier place explains.
    pub fn error_with(
        &mut self,
        code: &'static str,
        span: Span,
        words: [String; 2],
        first: (Span, String),
        help: Option<String>,
    ) {
        let [message, label] = words;
        self.error(code, span, message, label, help);
        if let Some(problem) = self.problems.pop() {
            self.problems.push(problem.also(first.0, first.1));
        }
    }

    /// Notes an error about the text as a whole.
    pub fn whole(&mut self, code: &'static str, message: String, help: String) {
        self.push(Problem::error(code, self.yaml.source.name(), message).help(help));
    }

    /// The fields of a map whose keys are known.
    pub fn fields(&mut self, field: Field, known: &[&str]) -> Option<Fields> {
        let entries = self.map(field, known)?;
        let mut fields = Fields::default();
        let mut misspelt = Vec::new();
        for (key, node) in entries {
            let place = key.place;
            let Some(key) = self.key(key) else { continue };
            if !known.contains(&key.as_str()) {
                let near = self.unknown_field(place, &key, &node.value, known);
                misspelt.extend(near.map(|near| Field { name: near.to_owned(), key: Some(place), node }));
            } else if let Some(first) = fields.fields.iter().find(|it| it.name == key) {
                let first = first.key.map(|it| self.span(it)).unwrap_or_default();
                self.duplicate_key(place, &key, first);
            } else {
                fields.fields.push(Field { name: key, key: Some(place), node });
            }
        }
        // A misspelt field is read as the one it stands for, so that faults inside it are told too.
        for field in misspelt {
            if !fields.has(&field.name) {
                fields.fields.push(field);
            }
        }
        Some(fields)
    }

    /// The entries of a map whose keys are names of the author's own.
    pub fn table(&mut self, field: Field) -> Vec<(Scalar, Field)> {
        let mut firsts: HashMap<String, NodeId> = HashMap::new();
        let mut table = Vec::new();
        for (key, node) in self.map(field, &[]).unwrap_or_default() {
            let place = key.place;
            let Some(key) = self.key(key) else { continue };
            if let Some(first) = firsts.get(&key) {
                self.duplicate_key(place, &key, self.span(*first));
                continue;
            }
            firsts.insert(key.clone(), place);
            table.push((Scalar { text: key.clone(), place }, Field { name: key, key: Some(place), node }));
        }
        table
    }

    /// Text.
    pub fn text(&mut self, field: Field) -> Option<Scalar> {
        match field.node.value {
            Value::Text(text) => Some(Scalar { text, place: field.node.place }),
            Value::Null | Value::Bool(_) | Value::Number | Value::List(_) | Value::Map(_) | Value::Tagged => {
                self.wrong_type(&field, Due::Text);
                None
            }
        }
    }

    /// Text that is not blank.
    pub fn filled(&mut self, field: Field) -> Option<Scalar> {
        let name = field.name.clone();
        let text = self.text(field)?;
        if !text.text.trim().is_empty() {
            return Some(text);
        }
        let message = say!(self.locale, "`{name}` 是空的", "`{name}` is empty");
        self.error(self.yaml.schema.code(Fault::MissingField), self.span(text.place), message, String::new(), None);
        None
    }

    /// A list of texts, none of them blank.
    pub fn filled_texts(&mut self, field: Field) -> Vec<Scalar> {
        match field.node.value {
            Value::List(_) => self.items(field).into_iter().filter_map(|it| self.filled(it)).collect(),
            Value::Text(_) => self.filled(field).into_iter().collect(),
            Value::Null | Value::Bool(_) | Value::Number | Value::Map(_) | Value::Tagged => self.texts(field),
        }
    }

    /// Text, or a number as written.
    pub fn text_or_number(&mut self, field: Field) -> Option<Scalar> {
        match field.node.value {
            Value::Number => {
                let text = self.yaml.written(field.node.place).to_owned();
                Some(Scalar { text, place: field.node.place })
            }
            Value::Text(text) => Some(Scalar { text, place: field.node.place }),
            Value::Null | Value::Bool(_) | Value::List(_) | Value::Map(_) | Value::Tagged => {
                self.wrong_type(&field, Due::TextOrNumber);
                None
            }
        }
    }

    /// `true` or `false`.
    pub fn flag(&mut self, field: Field) -> Option<bool> {
        match field.node.value {
            Value::Bool(value) => Some(value),
            Value::Null | Value::Number | Value::Text(_) | Value::List(_) | Value::Map(_) | Value::Tagged => {
                self.wrong_type(&field, Due::Flag);
                None
            }
        }
    }

    /// A list of texts, or one text in place of it.
    pub fn texts(&mut self, field: Field) -> Vec<Scalar> {
        match field.node.value {
            Value::List(_) => {
                let items = self.items(field);
                items.into_iter().filter_map(|it| self.text(it)).collect()
            }
            Value::Text(text) => vec![Scalar { text, place: field.node.place }],
            Value::Null | Value::Bool(_) | Value::Number | Value::Map(_) | Value::Tagged => {
                self.wrong_type(&field, Due::Texts);
                Vec::new()
            }
        }
    }

    /// The items of a list.
    pub fn list(&mut self, field: Field) -> Option<Vec<Node>> {
        match field.node.value {
            Value::List(items) => Some(items),
            Value::Null | Value::Bool(_) | Value::Number | Value::Text(_) | Value::Map(_) | Value::Tagged => {
                self.wrong_type(&field, Due::List);
                None
            }
        }
    }

    /// The items of a list, each under the name of the list.
    pub fn items(&mut self, field: Field) -> Vec<Field> {
        let name = field.name.clone();
        let items = self.list(field).unwrap_or_default();
        items.into_iter().map(|node| Field { name: name.clone(), key: None, node }).collect()
    }

    /// A field that must be there and must not be blank.
    pub fn required(&mut self, fields: &mut Fields, name: &str, map: NodeId) -> Option<Scalar> {
        let Some(field) = fields.take(name) else {
            self.missing(name, map);
            return None;
        };
        self.filled(field)
    }

    /// Notes a field that is not there. Where a slip hid it, the slip is what is wrong.
    pub fn missing(&mut self, name: &str, map: NodeId) {
        let span = self.span(map);
        // A slip in the indent puts a field behind the map.
        let next = self.yaml.source.line_index(span.end) + 1;
        let behind = self.yaml.source.line_span(next.min(self.yaml.source.lines().saturating_sub(1))).end;
        if self.blame_slips(Span::new(span.start, behind.max(span.end)), &[name]) {
            return;
        }
        if self.yaml.has_gap(span) {
            // It may stand in what could not be read.
            self.errors += 1;
            return;
        }
        let message = say!(self.locale, "缺少必填的 `{name}`", "`{name}` is missing");
        let first = self.yaml.source.line_span(self.yaml.source.line_index(span.start)).end;
        let help = say!(self.locale, "加上一行 `{name}: …`", "add a line `{name}: …`");
        let label = say!(self.locale, "这里没有 `{name}`", "has no `{name}`");
        self.error(
            self.yaml.schema.code(Fault::MissingField),
            Span::new(span.start, span.end.min(first)),
            message,
            label,
            Some(help),
        );
    }

    fn map(&mut self, field: Field, known: &[&str]) -> Option<Vec<(Node, Node)>> {
        match field.node.value {
            Value::Map(entries) => Some(entries),
            Value::Text(_) if self.blame_slips(self.span(field.node.place), known) => None,
            Value::Null | Value::Bool(_) | Value::Number | Value::Text(_) | Value::List(_) | Value::Tagged => {
                self.wrong_type(&field, Due::Fields);
                None
            }
        }
    }

    /// Tells the slips round the names of fields in `span`; `false` where there are none.
    fn blame_slips(&mut self, span: Span, fields: &[&str]) -> bool {
        let slips = slips::find(&self.yaml.source, span, fields);
        for slip in &slips {
            if self.slips.insert(slip.span.start) {
                self.push(slip.problem(self.yaml.schema, &self.yaml.source, self.locale));
            }
        }
        !slips.is_empty()
    }

    fn key(&mut self, key: Node) -> Option<String> {
        match key.value {
            Value::Text(text) => Some(text),
            Value::Null | Value::Bool(_) | Value::Number | Value::List(_) | Value::Map(_) | Value::Tagged => {
                let field = Field { name: say!(self.locale, "字段名", "the name of a field"), key: None, node: key };
                self.wrong_type(&field, Due::Text);
                None
            }
        }
    }

    /// Notes an unknown field, and says which one it probably stands for.
    fn unknown_field<'a>(&mut self, place: NodeId, key: &str, value: &Value, known: &[&'a str]) -> Option<&'a str> {
        let span = self.span(place);
        if self.blame_slips(span, known) {
            return None;
        }
        if let Some(problem) = slips::wide_indent(self.yaml.schema, &self.yaml.source, span, self.locale) {
            self.push(problem);
            return None;
        }
        let near = self.yaml.schema.meant(key, known);
        let message = say!(self.locale, "没有 `{key}` 这个字段", "there is no field `{key}`");
        let label = near.map(|near| say!(self.locale, "应为 `{near}`？", "did you mean `{near}`?"));
        let all = known.join(self.list_mark());
        let help = match self.yaml.schema.home(key, known, self.locale) {
            _ if key == "<<" => {
                say!(
                    self.locale,
                    "不支持 YAML 的合并键 `<<`：把各个字段写全",
                    "`<<` merges nothing here: write the fields out"
                )
            }
            Some(home) if near.is_none() => home,
            // A comma inside braces begins a new field.
            _ if matches!(value, Value::Null) && near.is_none() => say!(
                self.locale,
                "{{}} 里的半角逗号分开各个字段：文字里有逗号，就给整段文字加上引号；可用的字段：{all}",
                "inside {{}} a comma parts the fields: put text that holds one in quotes; the fields are {all}"
            ),
            _ => say!(self.locale, "可用的字段：{all}", "the fields are {all}"),
        };
        self.error(self.yaml.schema.code(Fault::UnknownField), span, message, label.unwrap_or_default(), Some(help));
        near
    }

    const fn list_mark(&self) -> &'static str {
        match self.locale {
            Locale::Zh => "、",
            Locale::En => ", ",
        }
    }

    fn duplicate_key(&mut self, place: NodeId, key: &str, first: Span) {
        let words = [
            say!(self.locale, "`{key}` 写了两次", "`{key}` is written twice"),
            say!(self.locale, "又写了一次", "written again"),
        ];
        let first = (first, say!(self.locale, "第一次在这里", "first written here"));
        let help = say!(self.locale, "合并为一个，或删去其中一个", "merge the two, or delete one");
        self.error_with(self.yaml.schema.code(Fault::DuplicateKey), self.span(place), words, first, Some(help));
    }

    fn wrong_type(&mut self, field: &Field, wanted: Due) {
        let due = wanted.words(self.locale);
        let (name, place) = (&field.name, field.node.place);
        if let (Value::Null, Some(key)) = (&field.node.value, field.key) {
            if self.yaml.has_gap(self.span(key)) {
                self.errors += 1;
                return;
            }
            let message = say!(self.locale, "`{name}` 后面没有内容", "nothing stands behind `{name}`");
            let label = say!(self.locale, "应当是{due}", "should be {due}");
            let help = say!(self.locale, "写上内容，或者删去这一行", "write something there, or delete the line");
            return self.error(
                self.yaml.schema.code(Fault::WrongType),
                self.null_span(key, place),
                message,
                label,
                Some(help),
            );
        }
        let is = kind::words(&field.node.value, self.locale);
        let message = say!(self.locale, "`{name}` 应当是{due}，写的却是{is}", "`{name}` should be {due}, but is {is}");
        let label = say!(self.locale, "这是{is}", "this is {is}");
        let span = self.span(place);
        let help = wanted.help(&field.node.value, self.yaml.written(place), self.locale);
        self.error(self.yaml.schema.code(Fault::WrongType), self.first_line(span), message, label, help);
    }

    /// A written `~` is underlined itself; where nothing is written, the key is.
    fn null_span(&self, key: NodeId, place: NodeId) -> Span {
        if self.yaml.written(place).is_empty() { self.span(key) } else { self.span(place) }
    }

    /// A list or map over many lines is underlined in its first.
    fn first_line(&self, span: Span) -> Span {
        let line = self.yaml.source.line_span(self.yaml.source.line_index(span.start));
        Span::new(span.start, span.end.min(line.end).max(span.start))
    }
}
