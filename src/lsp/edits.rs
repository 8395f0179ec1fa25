//! Edits of one text as the client wants them.

use std::collections::HashMap;

use gen_lsp_types::{
    OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextDocumentIdentifier, TextEdit, WorkspaceEdit,
};

use crate::lsp::client::Client;
use crate::lsp::open::Open;
use crate::span::Span;

/// An edit of the text for the client, which applies all of it or nothing. Spans must stand apart.
pub fn of_text(open: &Open, edits: Vec<(Span, String)>, client: &Client) -> WorkspaceEdit {
    let edits = edits.into_iter().map(|(span, new_text)| TextEdit { range: open.range(span), new_text });
    if !client.versioned {
        let changes = HashMap::from([(open.uri.clone().into(), edits.collect())]);
        return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
    }
    let text_document_identifier = TextDocumentIdentifier { uri: open.uri.clone().into() };
    let text_document =
        OptionalVersionedTextDocumentIdentifier { version: Some(open.version), text_document_identifier };
    let edit = TextDocumentEdit { text_document, edits: edits.map(Into::into).collect() };
    WorkspaceEdit { document_changes: Some(vec![edit.into()]), ..WorkspaceEdit::default() }
}

/// A text with edits applied, which stand apart and in order.
pub fn apply(text: &str, edits: &[(Span, String)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (span, new) in edits {
        out.push_str(crate::source::slice(text, Span::new(at, span.start)));
        out.push_str(new);
        at = span.end;
    }
    out.push_str(crate::source::slice(text, Span::new(at, text.len())));
    out
}
