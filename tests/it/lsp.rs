//! The language server from outside: a client that speaks the protocol over pipes, and real editors where they are at hand.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

/// Longer, and the server hangs.
const PATIENCE: Duration = Duration::from_secs(60);
/// Stands where the cursor does in the texts below.
const CURSOR: char = '▮';

const REPORT: &str = "清河区2024年法治政府建设年度报告\r\n\r\n一、主要举措和成效\r\n𠀀优化法制化营商环境。落实《督查工作规定》。\r\n\r\n\
    （一）强化学习。认真学习。\r\n\r\n二、存在的不足\r\n力量不足，主要原因是编制少。\r\n\r\n清河区人民政府\r\n2025年1月14日\r\n";
const PACK: &str = "pack: mine
title: 本区的规则
params: { least: 2 }
vars: [level]
terms:
  不足: [存在的不足, 存在问题]
  里: [$不足, '/第{$不足}/']
quantities:
  审结: 审结{n}件
rules:
  - id: A1
    title: 不足
    check: 报告应当包含 $不足 章节
    tests: { pass: [\"一、存在的不足\\n有。\"], fail: [\"一、成效\\n有。\"] }
  - id: A2
    check: 当 level 为 部门 时，应当提及 $里 至少{least}次
    tests: { not-applicable: [甲], fail: [甲] }
  - id: A3
    check: 应当满足 审结 >= 1
    tests: { pass: [审结1件], fail: [甲] }
";

/// A client and the server it started.
struct Client {
    child: Child,
    input: Option<ChildStdin>,
    output: Receiver<Value>,
    /// Notifications and requests of the server that were not looked at yet.
    said: Vec<Value>,
    number: i32,
    folder: TempDir,
}

impl Client {
    /// Starts a server and agrees on what a modern editor can do.
    fn new(arguments: &[&str]) -> Client {
        let mut client = Client::silent(arguments);
        let answer = client.ask("initialize", &json!({ "processId": null, "rootUri": null, "capabilities": able() }));
        assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
        client.tell("initialized", &json!({}));
        client
    }

    /// Starts a server and says nothing.
    fn silent(arguments: &[&str]) -> Client {
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_guiju"))
            .arg("lsp")
            .args(arguments)
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (sender, output) = channel();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            while let Some(message) = read(&mut stdout) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let input = child.stdin.take();
        Client { child, input, output, said: Vec::new(), number: 0, folder }
    }

    fn write(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.write(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    fn tell(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn request(&mut self, method: &str, params: &Value) -> i32 {
        self.number += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.number, "method": method, "params": params }));
        self.number
    }

    /// The whole answer to a request.
    fn answer(&mut self, id: i32) -> Value {
        loop {
            let message = self.output.recv_timeout(PATIENCE).expect("the server answers");
            assert_eq!(message["jsonrpc"], "2.0");
            if message["id"] == id && message.get("method").is_none() {
                return message;
            }
            self.said.push(message);
        }
    }

    /// The result of a request.
    fn ask(&mut self, method: &str, params: &Value) -> Value {
        let id = self.request(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// The error of a request.
    fn refused(&mut self, method: &str, params: &Value) -> (i64, String) {
        let id = self.request(method, params);
        let answer = self.answer(id);
        let error = &answer["error"];
        (error["code"].as_i64().unwrap(), error["message"].as_str().unwrap().to_owned())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn uri(&self, name: &str) -> String {
        if name.contains(':') { name.to_owned() } else { format!("file://{}", self.path(name).display()) }
    }

    fn open(&mut self, name: &str, text: &str) {
        let language = if name.ends_with("yaml") { "yaml" } else { "plaintext" };
        let item = json!({ "uri": self.uri(name), "languageId": language, "version": 1, "text": text });
        self.tell("textDocument/didOpen", &json!({ "textDocument": item }));
    }

    /// Replaces the text of an open file.
    fn replace(&mut self, name: &str, version: i32, text: &str) {
        let document = json!({ "uri": self.uri(name), "version": version });
        let params = json!({ "textDocument": document, "contentChanges": [{ "text": text }] });
        self.tell("textDocument/didChange", &params);
    }

    /// The diagnostics of a version of a file.
    fn diagnostics(&mut self, name: &str, version: i32) -> Vec<Value> {
        let uri = self.uri(name);
        let due = |it: &Value| {
            it["method"] == "textDocument/publishDiagnostics"
                && it["params"]["uri"] == uri
                && (it["params"]["version"] == version || version == 0 && it["params"].get("version").is_none())
        };
        loop {
            if let Some(at) = self.said.iter().position(due) {
                let message = self.said.remove(at);
                return message["params"]["diagnostics"].as_array().unwrap().clone();
            }
            let message = self.output.recv_timeout(PATIENCE).expect("diagnostics come");
            self.said.push(message);
        }
    }

    /// What a feature answers at the cursor in a text, which is opened under a name.
    fn at(&mut self, method: &str, name: &str, marked: &str) -> Value {
        let (text, position) = cursor(marked);
        self.open(name, &text);
        let mut params = json!({ "textDocument": { "uri": self.uri(name) }, "position": position });
        params["context"] = json!({ "includeDeclaration": true });
        self.ask(method, &params)
    }

    /// Ends as the protocol has it.
    fn leave(mut self) {
        assert_eq!(self.ask("shutdown", &Value::Null), Value::Null);
        self.tell("exit", &Value::Null);
        assert_eq!(self.exit_code(), Some(0));
    }

    fn exit_code(&mut self) -> Option<i32> {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("the server does not end");
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a modern editor can do.
fn able() -> Value {
    json!({
        "textDocument": {
            "publishDiagnostics": { "relatedInformation": true },
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } },
        },
        "workspace": { "workspaceEdit": { "documentChanges": true } },
    })
}

fn read(input: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if input.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().unwrap(),
            Some(_) => {}
            None if line == "\r\n" => break,
            None => panic!("not the protocol: {line}"),
        }
    }
    let mut bytes = vec![0; length];
    input.read_exact(&mut bytes).ok()?;
    Some(serde_json::from_slice(&bytes).unwrap())
}

/// The text without the mark of the cursor, and the place of it.
fn cursor(marked: &str) -> (String, Value) {
    let at = marked.find(CURSOR).expect("a cursor");
    (marked.replace(CURSOR, ""), position(marked, at))
}

/// The place of a byte in units of UTF-16, counted by hand.
fn position(text: &str, at: usize) -> Value {
    let before = &text[..at];
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    json!({ "line": before.matches('\n').count(), "character": before[line..].encode_utf16().count() })
}

/// The byte at a place.
fn byte(text: &str, position: &Value) -> usize {
    let line = position["line"].as_u64().unwrap() as usize;
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let mut units = position["character"].as_u64().unwrap() as usize;
    let mut at = start;
    for c in text[start..].chars().take_while(|c| *c != '\n') {
        if units == 0 {
            break;
        }
        units -= c.len_utf16();
        at += c.len_utf8();
    }
    assert_eq!(units, 0, "{position} lies inside the text");
    at
}

/// The characters of a range.
fn slice<'t>(text: &'t str, range: &Value) -> &'t str {
    &text[byte(text, &range["start"])..byte(text, &range["end"])]
}

/// Diagnostics as `severity code: underlined`.
fn underlined(text: &str, diagnostics: &[Value]) -> Vec<String> {
    let one = |it: &Value| {
        assert_eq!(it["source"], "guiju");
        format!("{} {}: {}", it["severity"], it["code"].as_str().unwrap(), slice(text, &it["range"]))
    };
    diagnostics.iter().map(one).collect()
}

/// A text with the edits of a workspace edit for one versioned document.
fn edited(text: &str, edit: &Value) -> String {
    let mut edits: Vec<(usize, usize, &str)> = edit["documentChanges"][0]["edits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            let (start, end) = (byte(text, &it["range"]["start"]), byte(text, &it["range"]["end"]));
            (start, end, it["newText"].as_str().unwrap())
        })
        .collect();
    edits.sort_unstable();
    let mut text = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        text.replace_range(start..end, new);
    }
    text
}

#[test]
fn packs_are_checked_while_they_are_written() {
    let mut client = Client::new(&[]);
    let wrong = PACK.replace("包含 $不足", "包含 $不组").replace("title: 不足", "titel: 不足");
    client.open("mine.yaml", &wrong);
    let found = client.diagnostics("mine.yaml", 1);
    assert_eq!(
        underlined(&wrong, &found),
        ["1 pack::unknown-field: titel", "1 lang::unknown-set: $不组"],
        "all faults, each on its characters"
    );
    assert!(found[1]["message"].as_str().unwrap().contains("是不是想写 $不足"), "{}", found[1]);
    client.replace("mine.yaml", 2, PACK);
    assert_eq!(client.diagnostics("mine.yaml", 2), Vec::<Value>::new());
    let twice = PACK.replace("id: A2", "id: A1");
    client.replace("mine.yaml", 3, &twice);
    let found = client.diagnostics("mine.yaml", 3);
    let related = &found[0]["relatedInformation"][0]["location"];
    assert_eq!(related["uri"], client.uri("mine.yaml"));
    assert_eq!(slice(&twice, &related["range"]), "A1");
    // A fault in a pack that is extended is told where it is named; so is one that is not saved yet.
    client.open("child.yaml", "pack: child\nextends: [mine.yaml]\n");
    std::fs::write(client.path("mine.yaml"), PACK).unwrap();
    client.tell("textDocument/didSave", &json!({ "textDocument": { "uri": client.uri("mine.yaml") } }));
    let text = "pack: child\nextends: [mine.yaml]\n ";
    client.replace("child.yaml", 2, text);
    let found = client.diagnostics("child.yaml", 2);
    assert_eq!(underlined(text, &found), ["1 pack::extends: mine.yaml"]);
    client.tell("textDocument/didClose", &json!({ "textDocument": { "uri": client.uri("child.yaml") } }));
    assert_eq!(client.diagnostics("child.yaml", 0), Vec::<Value>::new());
    client.leave();
}

#[test]
fn edits_are_taken_in_pieces() {
    let mut client = Client::new(&[]);
    client.open("mine.yaml", PACK);
    let at = PACK.find("$不足 章节").unwrap();
    let (start, end) = (position(PACK, at), position(PACK, at + "$不足".len()));
    let changes = json!([
        { "range": { "start": start, "end": end }, "text": "" },
        { "range": { "start": start, "end": start }, "text": "$𠀀组" },
    ]);
    let document = json!({ "uri": client.uri("mine.yaml"), "version": 2 });
    client.tell("textDocument/didChange", &json!({ "textDocument": document, "contentChanges": changes }));
    let found = client.diagnostics("mine.yaml", 2);
    let text = PACK.replacen("包含 $不足", "包含 $𠀀组", 1);
    assert_eq!(underlined(&text, &found)[0], "1 lang::unknown-set: $𠀀组");
    client.leave();
}

#[test]
fn what_may_stand_at_the_cursor_is_offered() {
    let mut client = Client::new(&[]);
    let head = "pack: a\nextends: [gongwen]\nvars: [level]\nterms: {不足: [甲]}\nquantities: {审结: '审结{n}件'}\n";
    let rule = |rest: &str| format!("{head}rules:\n  - id: A\n{rest}");
    for (at, (marked, there, not_there)) in [
        ("▮".to_owned(), "pack rules terms", "check"),
        (format!("{head}ru▮"), "rules", "check"),
        (rule("    ▮"), "check severity tests", "terms"),
        (rule("    tests:\n      ▮"), "pass fail not-applicable", "check"),
        (rule("    severity: ▮"), "error warning advice off", "应当"),
        ("pack: a\nextends: [▮".to_owned(), "gongwen tifa fazhi-annual-report", "pack"),
        (rule("    check: ▮"), "应当 must 每个", "提及"),
        (rule("    check: 应▮"), "应当", "must"),
        (rule("    check: 应当▮"), "提及 包含 在", "章节"),
        (rule("    check: 应当提及 ▮"), "$不足 原文", "章节"),
        (rule("    check: 应当包含 $▮"), "$不足", "提及"),
        (rule("    check: 应当在▮"), "标题中 落款 前 $不足", "提及"),
        (rule("    check: \"应当包含 存在不足 ▮"), "章节", "提及"),
        (rule("    check: 应当满足 ▮"), "审结", "提及"),
        (rule("    check: 当 ▮"), "level year 提及", "应当"),
        (rule("    check: 应当提及 \"{▮"), "year level", "提及"),
        (rule("    check: must ▮"), "mention include", "提及"),
        (rule("    check: >\n      应当\n      提▮"), "提及", "章节"),
        (rule("    check:\n      - must mention 甲 in the ▮"), "title closing same", "mention"),
        (format!("{head}for: it ▮"), "mentions includes", "must"),
        ("pack: a\nterms:\n  不足: [甲]\n  里: [$▮".to_owned(), "$不足", "提及"),
        ("pack: a\nterms:\n  不足: [甲]\n  里:\n    - $▮".to_owned(), "$不足", "提及"),
    ]
    .iter()
    .enumerate()
    {
        let answer = client.at("textDocument/completion", &format!("c{at}.yaml"), marked);
        let items = answer["items"].as_array().unwrap();
        let labels: Vec<&str> = items.iter().map(|it| it["label"].as_str().unwrap()).collect();
        for word in there.split(' ') {
            assert!(labels.contains(&word), "{marked}: {word} in {labels:?}");
        }
        for word in not_there.split(' ') {
            assert!(!labels.contains(&word), "{marked}: no {word} in {labels:?}");
        }
    }
    // Taken, an item replaces what was typed of it.
    let (text, _) = cursor(&rule("    check: 应当提▮"));
    let answer = client.at("textDocument/completion", "taken.yaml", &rule("    check: 应当提▮"));
    let item = answer["items"].as_array().unwrap().iter().find(|it| it["label"] == "提及").unwrap();
    let edit = &item["textEdit"];
    assert_eq!((slice(&text, &edit["range"]), edit["newText"].as_str().unwrap()), ("提", "提及"));
    client.leave();
}

#[test]
fn hovers_tell_the_other_voice_and_what_is_meant() {
    let mut client = Client::new(&[]);
    for (at, (of, told)) in [
        ("报告应▮当包含", "must include a \\$不足 section|标题含有这个词语就算|存在的不足"),
        ("包含 $不▮足", "词语集 不足|存在问题|用到 3 处"),
        ("当 le▮vel 为", "变量 level|--var level=…"),
        ("至少{le▮ast}次", "参数 least|值为 2"),
        ("  - i▮d: A1", "编号"),
        ("id: A▮1", "错误|must include"),
        ("满足 审▮结 >=", "数量 审结|审结{n}件"),
    ]
    .iter()
    .enumerate()
    {
        let marked = PACK.replacen(&of.replace(CURSOR, ""), of, 1);
        let answer = client.at("textDocument/hover", &format!("h{at}.yaml"), &marked);
        let text = answer["contents"]["value"].as_str().unwrap_or_default().replace('\\', "");
        for told in told.split('|') {
            assert!(text.contains(&told.replace('\\', "")), "{of}: {told} in {text}");
        }
    }
    client.leave();
}

#[test]
fn names_are_found_and_renamed() {
    let mut client = Client::new(&[]);
    let marked = PACK.replacen("包含 $不足", "包含 $不▮足", 1);
    let answer = client.at("textDocument/definition", "mine.yaml", &marked);
    assert_eq!(slice(PACK, &answer["range"]), "不足");
    assert_eq!(answer["range"]["start"]["line"], 5);
    let (_, position) = cursor(&marked);
    let document = json!({ "uri": client.uri("mine.yaml") });
    let context = json!({ "includeDeclaration": true });
    let params = json!({ "textDocument": document, "position": position, "context": context });
    let answer = client.ask("textDocument/references", &params);
    let found: Vec<&str> = answer.as_array().unwrap().iter().map(|it| slice(PACK, &it["range"])).collect();
    assert_eq!(found, ["不足"; 4]);
    let placeholder = client.ask("textDocument/prepareRename", &params)["placeholder"].clone();
    assert_eq!(placeholder, "不足");
    let rename = |new: &str| json!({ "textDocument": document, "position": position, "newName": new });
    let edit = client.ask("textDocument/rename", &rename("短板"));
    let expected = PACK.replace("  不足:", "  短板:").replace("$不足", "$短板");
    assert_eq!(edited(PACK, &edit), expected);
    assert_eq!(edit["documentChanges"][0]["textDocument"]["version"], 1);
    for new in ["", "两 个", "里", "a,b", "甲/乙"] {
        let (code, why) = client.refused("textDocument/rename", &rename(new));
        assert_eq!(code, -32803, "{new}: {why}");
    }
    // The id of a rule, a variable, a parameter and a quantity go the same way.
    for (of, new, changed) in [
        ("id: A▮1", "B1", PACK.replace("id: A1", "id: B1")),
        ("当 le▮vel", "层级", PACK.replace("[level]", "[层级]").replace("level", "层级")),
        ("least▮: 2", "most", PACK.replace("least", "most")),
        ("满足 审▮结", "结案", PACK.replace("  审结:", "  结案:").replace("满足 审结", "满足 结案")),
    ] {
        let marked = PACK.replacen(&of.replace(CURSOR, ""), of, 1);
        let params = json!({ "textDocument": document, "position": cursor(&marked).1, "newName": new });
        let edit = client.ask("textDocument/rename", &params);
        assert_eq!(edited(PACK, &edit), changed, "{of}");
    }
    client.leave();
}

#[test]
fn a_rename_that_would_change_a_meaning_is_refused() {
    let mut client = Client::new(&[]);
    let head = "pack: a\nextends: [tifa]\nterms:\n  甲: [子]\n  乙章节: [丑]\n";
    for (at, (rest, new, told)) in [
        // $乙章节 is another set: the name would run on into the keyword behind it.
        ("rules: [{id: A, check: 应当包含$甲▮章节}]\n", "乙", "意思会变"),
        ("rules: [{id: A, check: 应当提及 $甲▮}, {id: B, check: 应当 $甲}]\n", "丁", "读不懂"),
        ("rules: [{id: A, check: 当 ye▮ar 为 2024 时，应当提及 甲}]\n", "年", "不能改名"),
        ("rules: [{id: A, check: 不得误引 $法▮律}]\n", "法", "tifa"),
        ("rules: [{id: A, check: \"应当提及 $\\u7532▮\"}]\n", "丁", "转义"),
        ("rules: [{id: A▮, check: 应当提及 甲}, {id: B, check: 应当提及 甲}]\n", "B", "已经有了"),
    ]
    .iter()
    .enumerate()
    {
        let marked = format!("{head}{rest}");
        let name = format!("r{at}.yaml");
        let (text, position) = cursor(&marked);
        client.open(&name, &text);
        let params = json!({ "textDocument": { "uri": client.uri(&name) }, "position": position, "newName": new });
        let (code, why) = client.refused("textDocument/rename", &params);
        assert_eq!(code, -32803);
        assert!(why.contains(told), "{rest}: {why}");
    }
    client.leave();
}

#[test]
fn reports_are_checked_while_they_are_written() {
    let mut client = Client::new(&[]);
    client.open("报告.txt", REPORT);
    let found = client.diagnostics("报告.txt", 1);
    let told = underlined(REPORT, &found);
    assert!(told.contains(&"1 TF003: 法制化".to_owned()) || told.iter().any(|it| it.ends_with(": 法制化")), "{told:?}");
    let at = told.iter().position(|it| it.ends_with("法制化")).unwrap();
    assert!(found[at]["message"].as_str().unwrap().contains("改法："), "{}", found[at]);
    let document = json!({ "uri": client.uri("报告.txt") });
    let params = json!({ "textDocument": document, "position": found[at]["range"]["start"] });
    let hover = client.ask("textDocument/hover", &params);
    assert!(hover["contents"]["value"].as_str().unwrap().contains("依据："), "{hover}");
    // What mends it, and what mends all.
    let context = json!({ "diagnostics": [], "only": ["quickfix"] });
    let params = json!({ "textDocument": document, "range": found[at]["range"], "context": context });
    let actions = client.ask("textDocument/codeAction", &params);
    assert!(actions[0]["title"].as_str().unwrap().starts_with("改为“法治化”"), "{actions}");
    assert_eq!(actions[0]["isPreferred"], true);
    let mended = edited(REPORT, &actions[0]["edit"]);
    assert_eq!(mended, REPORT.replace("法制化", "法治化"));
    let context = json!({ "diagnostics": [], "only": ["source.fixAll"] });
    let params = json!({ "textDocument": document, "range": found[at]["range"], "context": context });
    let actions = client.ask("textDocument/codeAction", &params);
    let mended = edited(REPORT, &actions[0]["edit"]);
    assert!(mended.contains("法治化") && mended.contains("\r\n"), "{mended}");
    client.replace("报告.txt", 2, &mended);
    let left = underlined(&mended, &client.diagnostics("报告.txt", 2));
    assert!(!left.iter().any(|it| it.ends_with("法制化")), "{left:?}");
    client.leave();
}

#[test]
fn headings_and_rules_are_symbols() {
    let mut client = Client::new(&[]);
    client.open("报告.txt", REPORT);
    client.open("mine.yaml", PACK);
    let names = |it: &Value| -> Vec<String> {
        it.as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap().to_owned()).collect()
    };
    let params = json!({ "textDocument": { "uri": client.uri("报告.txt") } });
    let symbols = client.ask("textDocument/documentSymbol", &params);
    assert_eq!(names(&symbols), ["一、主要举措和成效", "二、存在的不足"]);
    assert_eq!(names(&symbols[0]["children"]), ["（一）强化学习"]);
    assert_eq!(slice(REPORT, &symbols[1]["range"]), "二、存在的不足\r\n力量不足，主要原因是编制少。");
    assert_eq!(slice(REPORT, &symbols[1]["selectionRange"]), "二、存在的不足");
    let folds = client.ask("textDocument/foldingRange", &params);
    assert_eq!((&folds[0]["startLine"], &folds[0]["endLine"]), (&json!(2), &json!(5)));
    let params = json!({ "textDocument": { "uri": client.uri("mine.yaml") } });
    let symbols = client.ask("textDocument/documentSymbol", &params);
    assert_eq!(names(&symbols), ["{least}", "{level}", "$不足", "$里", "审结", "A1", "A2", "A3"]);
    assert_eq!(symbols[5]["detail"], "不足");
    client.leave();
}

#[test]
fn other_files_are_left_alone() {
    let mut client = Client::new(&[]);
    client.open("README.md", "# A tool\n\nIt (does) things, and \"more\".\n");
    client.open("compose.yaml", "services: {web: {image: nginx}}\n");
    client.open("报告.txt", REPORT);
    client.diagnostics("报告.txt", 1);
    let spoken: Vec<Value> = client.said.iter().map(|it| it["params"]["diagnostics"].clone()).collect();
    assert!(spoken.iter().all(|it| it.as_array().is_none_or(Vec::is_empty)), "{spoken:?}");
    client.leave();
}

#[test]
fn packs_and_facts_are_those_of_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let pack = folder.path().join("mine.yaml");
    std::fs::write(&pack, PACK).unwrap();
    let mut client = Client::new(&["--pack", pack.to_str().unwrap(), "--var", "level=部门"]);
    client.open("a.md", "# 甲\n\n## 存在的不足\n\n有。\n");
    let found = client.diagnostics("a.md", 1);
    let codes: Vec<&str> = found.iter().map(|it| it["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["A2"], "A1 passes, A3 does not apply");
    // What is saved holds for the reports that are open.
    std::fs::write(&pack, PACK.replace("至少{least}次", "至少1次")).unwrap();
    client.tell("workspace/didChangeWatchedFiles", &json!({ "changes": [] }));
    assert_eq!(client.diagnostics("a.md", 1), Vec::<Value>::new());
    client.leave();
}

#[test]
fn bad_messages_end_nothing() {
    let mut client = Client::silent(&[]);
    assert_eq!(client.refused("textDocument/hover", &json!({})).0, -32002, "initialize comes first");
    client.tell("textDocument/didOpen", &json!({ "textDocument": null }));
    client.ask("initialize", &json!({ "capabilities": null }));
    assert_eq!(client.refused("initialize", &json!({})).0, -32601);
    assert_eq!(client.refused("textDocument/nonsense", &json!({})).0, -32601);
    assert_eq!(client.refused("workspace/executeCommand", &json!([])).0, -32601);
    for params in [json!(null), json!([]), json!({ "textDocument": 5 }), json!({ "textDocument": { "uri": "x" } })] {
        for feature in ["hover", "completion", "definition", "rename", "codeAction", "references", "prepareRename"] {
            let (code, _) = client.refused(&format!("textDocument/{feature}"), &params);
            assert_eq!(code, -32602, "{feature} {params}");
        }
        client.tell("textDocument/didChange", &params);
        client.tell("textDocument/didOpen", &params);
        client.tell("$/whatever", &params);
    }
    client.write(b"Content-Length: 3\r\n\r\n{]}");
    client.write(b"Content-Length: 2\r\n\r\n[]");
    client.send(&json!({ "jsonrpc": "2.0", "id": 5, "result": null }));
    // Places that are none.
    client.open("mine.yaml", PACK);
    for (line, character) in [(0_u32, 4_000_000_000_u32), (4_000_000_000_u32, 0), (3, 99)] {
        let position = json!({ "line": line, "character": character });
        let params = json!({ "textDocument": { "uri": client.uri("mine.yaml") }, "position": position });
        client.ask("textDocument/hover", &params);
        client.ask("textDocument/completion", &params);
    }
    let changes = json!([{ "range": { "start": { "line": 9999, "character": 0 }, "end": { "line": 0, "character": 0 } }, "text": "" }]);
    let document = json!({ "uri": client.uri("mine.yaml"), "version": 2 });
    client.tell("textDocument/didChange", &json!({ "textDocument": document, "contentChanges": changes }));
    client.leave();
}

#[test]
fn a_request_can_be_cancelled_and_the_end_comes_in_order() {
    let mut client = Client::new(&[]);
    // One stroke of the pen, so that the server sees the cancellation with the request.
    let uri = client.uri("mine.yaml");
    let open = json!({ "uri": uri, "languageId": "yaml", "version": 1, "text": PACK.repeat(50) });
    let messages = [
        json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": open } }),
        json!({ "jsonrpc": "2.0", "id": 101, "method": "textDocument/documentSymbol", "params": { "textDocument": { "uri": uri } } }),
        json!({ "jsonrpc": "2.0", "id": 102, "method": "textDocument/documentSymbol", "params": { "textDocument": { "uri": uri } } }),
        json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": 102 } }),
        json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": 9999 } }),
        json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": 5 }),
    ];
    let framed = messages.map(|it| it.to_string()).map(|it| format!("Content-Length: {}\r\n\r\n{it}", it.len()));
    client.write(framed.concat().as_bytes());
    let second = client.answer(102);
    assert!(second["error"]["code"] == -32800 || second.get("result").is_some(), "{second}");
    assert_eq!(client.ask("shutdown", &Value::Null), Value::Null);
    assert_eq!(client.refused("textDocument/hover", &json!({})).0, -32600);
    client.tell("exit", &Value::Null);
    assert_eq!(client.exit_code(), Some(0));

    let mut client = Client::new(&[]);
    client.tell("exit", &Value::Null);
    assert_eq!(client.exit_code(), Some(1), "farewell without asking");
    let mut client = Client::new(&[]);
    client.input = None;
    assert_eq!(client.exit_code(), Some(1), "the editor is gone");
    let mut client = Client::new(&[]);
    client.write(b"this is no protocol\r\n\r\n");
    assert_eq!(client.exit_code(), Some(2));
}

#[test]
fn columns_are_counted_as_agreed_on() {
    for (offered, agreed, column) in
        [(json!(["utf-16", "utf-8"]), "utf-8", 10), (json!(["utf-32"]), "utf-32", 3), (json!(["utf-7"]), "utf-16", 4)]
    {
        let mut client = Client::silent(&[]);
        let capabilities = json!({ "general": { "positionEncodings": offered } });
        let answer = client.ask("initialize", &json!({ "capabilities": capabilities }));
        assert_eq!(answer["capabilities"]["positionEncoding"], agreed);
        client.open("报告.txt", REPORT);
        let found = client.diagnostics("报告.txt", 1);
        let at = found.iter().find(|it| it["message"].as_str().unwrap().contains("法治化")).unwrap();
        assert_eq!(at["range"]["start"], json!({ "line": 3, "character": column }), "{agreed}");
        assert!(at.get("relatedInformation").is_none(), "a client that cannot show it is spared it");
        client.leave();
    }
}

#[test]
fn large_texts_and_fast_typing_are_borne() {
    let mut client = Client::new(&[]);
    let large = format!("{REPORT}{}", "优化法制化营商环境。".repeat(20_000));
    client.open("报告.txt", &large);
    let found = client.diagnostics("报告.txt", 1);
    assert_eq!(found.len(), 1001, "cut off, and said so");
    for version in 2..200 {
        client.replace("报告.txt", version, REPORT);
    }
    client.diagnostics("报告.txt", 199);
    let looked = client.said.iter().filter(|it| it["method"] == "textDocument/publishDiagnostics").count();
    assert!(looked < 20, "{looked} of 198 versions were looked at");
    client.leave();
}

/// Runs a program for so long at most.
fn within(patience: Duration, mut command: Command) -> std::process::Output {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > patience {
            child.kill().unwrap();
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    child.wait_with_output().unwrap()
}

/// Whether a program is there.
fn there(program: &str) -> bool {
    let ran = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    ran.is_ok_and(|it| it.success())
}

#[test]
fn neovim_works_with_it() {
    if !there("nvim") {
        eprintln!("skipped: no nvim here (apt-get install neovim), so no real editor was tried");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("报告.txt"), REPORT).unwrap();
    std::fs::write(folder.path().join("mine.yaml"), PACK.replace("包含 $不足", "包含 $不组")).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editors/neovim.lua");
    let mut command = Command::new("nvim");
    command.args(["--headless", "--clean", "-n", "-S"]).arg(&script);
    command.env("GUIJU", env!("CARGO_BIN_EXE_guiju")).env("HOME", folder.path()).current_dir(folder.path());
    let out = within(PATIENCE, command);
    let told = String::from_utf8_lossy(&out.stderr).into_owned() + &String::from_utf8_lossy(&out.stdout);
    assert!(out.status.success() && told.contains("neovim: all well"), "{told}");
}
