//! One client: what it has open, what it asks, what it is told. A request is routed by its method to a file a feature.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::rc::Rc;
use std::time::Instant;

use gen_lsp_types::{
    CodeActionParams, DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    PublishDiagnosticsParams, ReferenceParams, RenameParams, TextDocumentIdentifier, TextDocumentPositionParams,
};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response, ResponseError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::locale::Locale;
use crate::lsp::client::Client;
use crate::lsp::open::{Face, Open};
use crate::lsp::pack_file::PackFile;
use crate::lsp::report_file::ReportFile;
use crate::lsp::{
    Prepare, Prepared, actions, completion, diagnostics, edits, hover, names, notification, outline, rename,
};

/// How far the conversation has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nothing was agreed on.
    New,
    /// At work.
    Ready,
    /// The client has asked for the end.
    Leaving,
    /// The client has said farewell: whether it had asked before.
    Left(bool),
}

/// One client.
pub struct Session<'a> {
    prepare: Prepare<'a>,
    locale: Locale,
    client: Client,
    stage: Stage,
    open: BTreeMap<String, Open>,
    /// Since when something is edited and not looked at.
    edited: Option<Instant>,
    said: Vec<Message>,
    /// What reports are held against, by their path.
    setups: RefCell<BTreeMap<String, Prepared>>,
    requests: i32,
}

/// The answer to a request, or why there is none.
type Answer = Result<Value, ResponseError>;

impl<'a> Session<'a> {
    /// A client that has said nothing yet.
    pub fn new(prepare: Prepare<'a>, locale: Locale) -> Self {
        Session {
            prepare,
            locale,
            client: Client::default(),
            stage: Stage::New,
            open: BTreeMap::new(),
            edited: None,
            said: Vec::new(),
            setups: RefCell::default(),
            requests: 0,
        }
    }

    /// Since when something is edited and not looked at.
    pub const fn edited(&self) -> Option<Instant> {
        self.edited
    }

    /// Whether the client has left, and well.
    pub const fn left(&self) -> Option<bool> {
        match self.stage {
            Stage::Left(well) => Some(well),
            Stage::New | Stage::Ready | Stage::Leaving => None,
        }
    }

    /// Whether a pipe that ends here ends well.
    pub fn may_leave(&self) -> bool {
        self.stage == Stage::Leaving
    }

    /// What there is to say since this was last asked.
    pub fn said(&mut self) -> Vec<Message> {
        std::mem::take(&mut self.said)
    }

    /// Takes a message in. A bug in one is answered and ends nothing.
    pub fn take(&mut self, message: Message) {
        match message {
            Message::Request(request) => {
                let id = request.id.clone();
                let answer = contained(|| self.answer(request));
                self.said.push(Message::Response(Response { id, response_result: answer }));
            }
            Message::Notification(it) => {
                let method = it.method.clone();
                if let Err(why) = contained(|| self.note(it)) {
                    self.log(&format!("{method}: {}", why.message));
                }
            }
            Message::Response(_) => {}
        }
    }

    /// Looks at everything that was edited.
    pub fn look(&mut self) {
        self.edited = None;
        let uris: Vec<String> = self.open.values().filter(|it| it.edited).map(|it| it.uri.clone()).collect();
        for uri in uris {
            if let Err(why) = contained(|| self.show(&uri)) {
                self.log(&format!("{uri}: {}", why.message));
            }
            self.open.entry(uri).and_modify(|it| it.edited = false);
        }
    }

    fn show(&mut self, uri: &str) -> Answer {
        let Some(open) = self.open.get(uri) else { return Ok(Value::Null) };
        let diagnostics = match open.face {
            Face::Pack => diagnostics::of_pack(open, &self.pack(open), &self.client, self.locale),
            Face::Report => diagnostics::of_report(open, &self.report(open), &self.client, self.locale),
            Face::Empty | Face::Other => Vec::new(),
        };
        let Some(open) = self.open.get_mut(uri) else { return Ok(Value::Null) };
        // A file that is none of our business is not spoken of.
        if open.shown || !diagnostics.is_empty() || matches!(open.face, Face::Pack | Face::Report) {
            open.shown = true;
            let version = Some(open.version);
            let params = PublishDiagnosticsParams { uri: uri.to_owned().into(), version, diagnostics };
            self.said.push(notification("textDocument/publishDiagnostics", &params));
        }
        Ok(Value::Null)
    }

    fn log(&mut self, message: &str) {
        self.said.push(notification("window/logMessage", &json!({ "type": 1, "message": message })));
    }

    fn answer(&mut self, request: Request) -> Answer {
        let Request { id: _, method, params } = request;
        match (self.stage, method.as_str()) {
            (Stage::New, "initialize") => Ok(self.initialize(&params)),
            (Stage::New, _) => Err(error(ErrorCode::ServerNotInitialized, "`initialize` comes first")),
            (Stage::Ready, "shutdown") => {
                self.stage = Stage::Leaving;
                Ok(Value::Null)
            }
            (Stage::Ready, _) => self.feature(&method, params),
            (Stage::Leaving | Stage::Left(_), _) => {
                Err(error(ErrorCode::InvalidRequest, "nothing is answered behind `shutdown`"))
            }
        }
    }

    fn feature(&self, method: &str, params: Value) -> Answer {
        let locale = self.locale;
        match method {
            "textDocument/completion" => {
                let (open, pack, at) = self.pack_at(params)?;
                some(pack.map(|pack| completion::at(open, &pack, at, locale)))
            }
            "textDocument/hover" => {
                let (open, at) = self.open_at(params)?;
                match open.face {
                    Face::Pack => some(hover::in_pack(open, &self.pack(open), at, &self.client, locale)),
                    Face::Report => some(hover::in_report(open, &self.report(open), at, &self.client, locale)),
                    Face::Empty | Face::Other => Ok(Value::Null),
                }
            }
            "textDocument/definition" => {
                let (open, pack, at) = self.pack_at(params)?;
                some(pack.and_then(|pack| names::definition(open, &pack, at)))
            }
            "textDocument/references" => {
                let it: ReferenceParams = read(params.clone())?;
                let (open, pack, at) = self.pack_at(params)?;
                some(pack.map(|pack| names::references(open, &pack, at, it.context.include_declaration)))
            }
            "textDocument/documentHighlight" => {
                let (open, pack, at) = self.pack_at(params)?;
                some(pack.map(|pack| names::highlights(open, &pack, at)))
            }
            "textDocument/prepareRename" => {
                let (open, pack, at) = self.pack_at(params)?;
                let Some(pack) = pack else { return Ok(Value::Null) };
                some(Some(rename::prepare(open, &pack, at, locale).map_err(|why| failed(&why))?))
            }
            "textDocument/rename" => {
                let it: RenameParams = read(params.clone())?;
                let (open, pack, at) = self.pack_at(params)?;
                let Some(pack) = pack else { return Ok(Value::Null) };
                let others = |path: &Path| self.text_at(path);
                let edits = rename::rename(open, &pack, at, &it.new_name, &others, locale);
                some(Some(edits::of_text(open, edits.map_err(|why| failed(&why))?, &self.client)))
            }
            "textDocument/codeAction" => {
                let it: CodeActionParams = read(params)?;
                let open = self.open.get(it.text_document.uri.as_ref());
                let Some(open) = open.filter(|it| it.face == Face::Report && self.client.actions) else {
                    return Ok(Value::Null);
                };
                let (span, only) = (open.text.span(it.range), it.context.only.as_deref());
                some(Some(actions::at(open, &self.report(open), span, only, &self.client, locale)))
            }
            "textDocument/documentSymbol" => self.outlined(params, |open, pack, report, client| match (pack, report) {
                (Some(pack), _) => outline::of_pack(open, pack, client, locale),
                (None, Some(report)) => outline::of_report(open, report, client),
                (None, None) => Value::Null,
            }),
            "textDocument/foldingRange" => self.outlined(params, |open, pack, report, _| match (pack, report) {
                (Some(pack), _) => outline::folds_of_pack(open, pack),
                (None, Some(report)) => outline::folds_of_report(open, report),
                (None, None) => Value::Null,
            }),
            _ => Err(error(ErrorCode::MethodNotFound, &format!("there is no method `{method}`"))),
        }
    }

    /// What is asked of a text as a whole.
    fn outlined(
        &self,
        params: Value,
        answer: impl Fn(&Open, Option<&PackFile>, Option<&ReportFile>, &Client) -> Value,
    ) -> Answer {
        #[derive(serde::Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Params {
            text_document: TextDocumentIdentifier,
        }
        let it: Params = read(params)?;
        let Some(open) = self.open.get(it.text_document.uri.as_ref()) else { return Ok(Value::Null) };
        let report = (open.face == Face::Report).then(|| self.report(open));
        let pack = (open.face == Face::Pack).then(|| self.pack(open));
        Ok(answer(open, pack.as_deref(), report.as_deref(), &self.client))
    }

    /// The text and the byte that a request is about.
    fn open_at(&self, params: Value) -> Result<(&Open, usize), ResponseError> {
        let it: TextDocumentPositionParams = read(params)?;
        let open = self.open.get(it.text_document.uri.as_ref());
        let open = open.ok_or_else(|| error(ErrorCode::InvalidParams, "this text is not open"))?;
        Ok((open, open.offset(it.position)))
    }

    /// The pack and the byte that a request is about; no pack where the text is none.
    fn pack_at(&self, params: Value) -> Result<(&Open, Option<Rc<PackFile>>, usize), ResponseError> {
        let (open, at) = self.open_at(params)?;
        let pack = matches!(open.face, Face::Pack | Face::Empty).then(|| self.pack(open));
        Ok((open, pack, at))
    }

    /// What an open text is as a pack.
    fn pack(&self, open: &Open) -> Rc<PackFile> {
        let load = || Rc::new(PackFile::load(open.name(), open.body(), &|path| self.text_at(path), self.locale));
        Rc::clone(open.pack.get_or_init(load))
    }

    /// What an open text is as a report.
    fn report(&self, open: &Open) -> Rc<ReportFile> {
        let read = || {
            let mut setups = self.setups.borrow_mut();
            let setup = setups.entry(open.name().to_owned()).or_insert_with(|| (self.prepare)(open.path().as_deref()));
            Rc::new(ReportFile::read(open.name(), open.body(), setup, self.locale))
        };
        Rc::clone(open.report.get_or_init(read))
    }

    /// The text that is open of a file.
    fn text_at(&self, path: &Path) -> Option<String> {
        self.open.values().find(|it| it.path().is_some_and(|it| it == path)).map(|it| it.body().to_owned())
    }

    fn note(&mut self, it: Notification) -> Answer {
        match (self.stage, it.method.as_str()) {
            (stage, "exit") => self.stage = Stage::Left(stage == Stage::Leaving),
            (Stage::Ready, "initialized") => self.watch(),
            (Stage::Ready, "textDocument/didOpen") => {
                let DidOpenTextDocumentParams { text_document: it } = read(it.params)?;
                let language = serde_json::to_value(&it.language_id).unwrap_or_default();
                let language = language.as_str().unwrap_or_default();
                let open = Open::new(it.uri.as_ref(), language, it.version, &it.text, self.client.units);
                self.changed(open.face == Face::Pack);
                self.open.insert(open.uri.clone(), open);
            }
            (Stage::Ready, "textDocument/didChange") => self.change(&read(it.params)?),
            (Stage::Ready, "textDocument/didClose") => {
                let DidCloseTextDocumentParams { text_document: it } = read(it.params)?;
                let closed = self.open.remove(it.uri.as_ref());
                if closed.is_some_and(|it| it.shown) {
                    let params = PublishDiagnosticsParams { uri: it.uri, version: None, diagnostics: Vec::new() };
                    self.said.push(notification("textDocument/publishDiagnostics", &params));
                }
            }
            (Stage::Ready, "textDocument/didSave" | "workspace/didChangeWatchedFiles") => {
                // Reports go by the packs as they are saved.
                self.setups.borrow_mut().clear();
                self.changed(true);
            }
            (Stage::New | Stage::Ready | Stage::Leaving | Stage::Left(_), _) => {}
        }
        Ok(Value::Null)
    }

    fn change(&mut self, it: &DidChangeTextDocumentParams) {
        let uri: &str = it.text_document.text_document_identifier.uri.as_ref();
        let Some(open) = self.open.get_mut(uri) else { return };
        open.version = it.text_document.version;
        let mut text = open.text.clone();
        for change in &it.content_changes {
            text = text.changed(change);
        }
        open.edit(text);
        let is_pack = open.face == Face::Pack;
        self.changed(is_pack);
    }

    /// Notes that there is something to look at; what builds on a pack changes with it.
    fn changed(&mut self, everything: bool) {
        self.edited.get_or_insert_with(Instant::now);
        if everything {
            self.open.values_mut().for_each(Open::forget);
        }
    }

    fn initialize(&mut self, params: &Value) -> Value {
        self.client = Client::of(params);
        self.stage = Stage::Ready;
        json!({
            "capabilities": {
                "positionEncoding": self.client.units.name(),
                "textDocumentSync": { "openClose": true, "change": 2, "save": true },
                "completionProvider": { "triggerCharacters": ["$", "{", " "] },
                "hoverProvider": true,
                "definitionProvider": true,
                "referencesProvider": true,
                "documentHighlightProvider": true,
                "renameProvider": { "prepareProvider": true },
                "documentSymbolProvider": true,
                "foldingRangeProvider": true,
                "codeActionProvider": { "codeActionKinds": ["quickfix", actions::FIX_ALL] },
            },
            "serverInfo": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
        })
    }

    /// Asks to be told of packs that change outside of the editor.
    fn watch(&mut self) {
        if !self.client.watches {
            return;
        }
        self.requests += 1;
        let watchers = json!([{ "globPattern": "**/*.{yaml,yml}" }]);
        let registration = json!({
            "id": "packs",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": { "watchers": watchers },
        });
        self.said.push(Message::Request(Request {
            id: RequestId::from(self.requests),
            method: "client/registerCapability".to_owned(),
            params: json!({ "registrations": [registration] }),
        }));
    }
}

/// Runs what may hold a bug, so that a panic is an answer.
fn contained(work: impl FnOnce() -> Answer) -> Answer {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(error(ErrorCode::InternalError, "a bug in guiju: this was not answered")))
}

fn read<P: DeserializeOwned>(params: Value) -> Result<P, ResponseError> {
    serde_json::from_value(params).map_err(|why| error(ErrorCode::InvalidParams, &why.to_string()))
}

fn some(answer: Option<impl Serialize>) -> Answer {
    serde_json::to_value(answer).map_err(|why| error(ErrorCode::InternalError, &why.to_string()))
}

fn failed(why: &str) -> ResponseError {
    error(ErrorCode::RequestFailed, why)
}

fn error(code: ErrorCode, message: &str) -> ResponseError {
    ResponseError { code: code as i32, message: message.to_owned(), data: None }
}
