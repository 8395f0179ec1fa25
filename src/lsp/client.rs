//! What the client can do, read leniently: a capability written oddly is one it does not have.

use serde_json::Value;

use crate::lsp::text::Units;

/// What the client can do.
#[derive(Debug, Clone, Copy, Default)]
pub struct Client {
    /// What columns count.
    pub units: Units,
    /// Whether diagnostics may point at other places.
    pub related: bool,
    /// Whether hovers may be Markdown.
    pub markdown: bool,
    /// Whether symbols may nest.
    pub nested: bool,
    /// Whether edits may name the version they are for.
    pub versioned: bool,
    /// Whether actions may carry edits.
    pub actions: bool,
    /// Whether it tells of files that change.
    pub watches: bool,
}

impl Client {
    /// Reads the parameters of `initialize`.
    pub fn of(params: &Value) -> Client {
        let at = |path: &str| params.pointer(&format!("/capabilities/{path}"));
        let can = |path: &str| at(path).and_then(Value::as_bool).unwrap_or_default();
        let lists = |path: &str, word: &str| {
            at(path).and_then(Value::as_array).is_some_and(|it| it.iter().any(|it| it.as_str() == Some(word)))
        };
        let units = Units::ALL.into_iter().find(|it| lists("general/positionEncodings", it.name()));
        Client {
            units: units.unwrap_or_default(),
            related: can("textDocument/publishDiagnostics/relatedInformation"),
            markdown: lists("textDocument/hover/contentFormat", "markdown"),
            nested: can("textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            versioned: can("workspace/workspaceEdit/documentChanges"),
            actions: at("textDocument/codeAction/codeActionLiteralSupport").is_some_and(Value::is_object),
            watches: can("workspace/didChangeWatchedFiles/dynamicRegistration"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_capabilities_are_none() {
        for params in [
            r#"{}"#,
            r#"{"capabilities": null}"#,
            r#"{"capabilities": {"general": {"positionEncodings": "utf-8"}, "textDocument": 5}}"#,
            r#"{"capabilities": {"general": {"positionEncodings": [null, "utf-7"]}}}"#,
        ] {
            let client = Client::of(&serde_json::from_str(params).unwrap());
            assert_eq!((client.units, client.related, client.actions), (Units::Utf16, false, false), "{params}");
        }
        let all = r#"{"capabilities": {"general": {"positionEncodings": ["utf-16", "utf-32"]},
            "textDocument": {"codeAction": {"codeActionLiteralSupport": {}}}}}"#;
        let client = Client::of(&serde_json::from_str(all).unwrap());
        assert_eq!((client.units, client.actions), (Units::Utf32, true));
    }
}
