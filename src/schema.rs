//! JSON Schemas of the files that are read and written, for editors and for programs that check them.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::locale::Locale;
use crate::render::json::Whole;

mod english;
mod pack;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A rule pack.
    Pack,
    /// What `check --format json` writes.
    Report,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 2] = [Kind::Pack, Kind::Report];

    /// The word on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Pack => "pack",
            Kind::Report => "report",
        }
    }
}

/// The schema of a kind of file, its descriptions in one language throughout.
pub fn schema(kind: Kind, locale: Locale) -> Value {
    // The draft that editors know best.
    let settings = SchemaSettings::draft07();
    let schema = match kind {
        Kind::Pack => settings.into_generator().into_root_schema_for::<pack::Pack>(),
        Kind::Report => settings.for_serialize().into_generator().into_root_schema_for::<Whole<'_>>(),
    };
    let mut schema = schema.to_value();
    match kind {
        Kind::Pack => without_null(&mut schema),
        // What is written holds null where nothing is known.
        Kind::Report => {}
    }
    if locale == Locale::En {
        english::put(&mut schema);
    }
    schema
}

/// What a field is for: `map` is the name of its kind of map in the schema of packs, that of the pack itself `Pack`.
pub fn description(schema: &Value, map: &str, field: &str) -> Option<String> {
    let map = if schema["title"] == map { schema } else { &schema["definitions"][map] };
    map["properties"][field]["description"].as_str().map(str::to_owned)
}

/// A field of a pack that is left out is not there: `title:` with nothing behind it is a slip.
fn without_null(schema: &mut Value) {
    let is_null = |it: &Value| *it == "null" || it["type"] == "null";
    match schema {
        Value::Object(map) => {
            for (key, value) in map.iter_mut() {
                if let (true, Some(options)) = (matches!(key.as_str(), "type" | "anyOf"), value.as_array_mut()) {
                    options.retain(|it| !is_null(it));
                    if let ("type", [only]) = (key.as_str(), options.as_slice()) {
                        *value = only.clone();
                    }
                }
                without_null(value);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(without_null),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
