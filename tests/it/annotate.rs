//! `guiju annotate`: comments on the very characters, and everything else of the document as it was.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use guiju::read::archive::Archive;
use guiju::read::docx;
use guiju::read::xml::{Token, Xml};
use guiju::span::Span;
use guiju::word::{Note, annotated};

use crate::office::{Docx, paragraph, run};

fn guiju(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("guiju").unwrap().current_dir(folder).args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

fn part(bytes: &[u8], name: &str) -> String {
    Archive::open(bytes).unwrap().text(name).unwrap().unwrap_or_default()
}

/// What each comment stands on, by its number: the text of `w:t` between its marks.
fn anchored(bytes: &[u8]) -> Vec<String> {
    let text = part(bytes, "word/document.xml");
    let mut xml = Xml::new("document", &text);
    let (mut open, mut found, mut reading) = (Vec::new(), Vec::new(), false);
    while let Some(token) = xml.read().unwrap() {
        match token {
            Token::Open(tag) => match tag.name() {
                "commentRangeStart" => {
                    open.push(tag.get("id").unwrap());
                    found.push((tag.get("id").unwrap(), String::new()));
                }
                "commentRangeEnd" => open.retain(|it| Some(it) != tag.get("id").as_ref()),
                name => reading = name == "t",
            },
            Token::Text(text) if reading => {
                found.iter_mut().filter(|(id, _)| open.contains(id)).for_each(|(_, all)| all.push_str(&text));
            }
            Token::Text(_) => {}
            Token::Close => reading = false,
        }
    }
    assert!(open.is_empty(), "every range ends");
    found.sort_by_key(|(id, _)| id.parse::<u32>().unwrap());
    found.into_iter().map(|(_, text)| text).collect()
}

/// Puts a note on each marked stretch of what a document says.
fn noted(document: &Docx, wanted: &[&str]) -> Vec<u8> {
    let bytes = document.bytes();
    let text = docx::read(&bytes).unwrap().extracted.text;
    let note = |it: &&str| {
        let start = text.find(it).unwrap_or_else(|| panic!("{it} in {text}"));
        Note {
            span: Span::new(start, start + it.len()), lines: vec![format!("批注 <{it}> & \"甲\""), "第二段".into()]
        }
    };
    annotated(&bytes, &wanted.iter().map(note).collect::<Vec<_>>()).unwrap()
}

#[test]
fn comments_stand_on_the_very_characters() {
    let bold = run("<w:b/>", "法治政府");
    let plain = run("", "推进 建设&督查工作");
    let body = format!("<w:p>{bold}{plain}<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r></w:p>");
    let document = Docx::of(&(body + &paragraph("", "第二段")));
    for wanted in [
        vec!["法治"],
        vec!["政府推进"],
        vec!["推进 "],
        vec!["建设&督查"],
        vec!["&"],
        vec!["法治政府", "推进 建设&督查工作"],
        vec!["查", "督查", "督查工"],
        vec!["甲", "乙", "丙"],
        vec!["工作甲"],
        vec!["第二段", "二"],
    ] {
        let bytes = noted(&document, &wanted);
        assert_eq!(anchored(&bytes), wanted);
    }
    // A break stands in a range, and is no letter.
    assert_eq!(anchored(&noted(&document, &["甲\n乙\t丙"])), ["甲乙丙"]);
}

#[test]
fn everything_else_stays_as_it_was() {
    let more = vec![
        ("word/media/图.png".to_owned(), vec![0_u8, 1, 2, 255]),
        ("customXml/item1.xml".to_owned(), b"<a xmlns='x'>  </a>".to_vec()),
    ];
    let document = Docx { more, ..Docx::numbered("标题\n一、主要做法\n正文里的督查。") };
    let (before, after) = (document.bytes(), noted(&document, &["督查"]));
    let (mut old, mut new) = (Archive::open(&before).unwrap(), Archive::open(&after).unwrap());
    let names: Vec<String> = old.names().map(|it| it.into_owned()).collect();
    for name in &names {
        let touched =
            ["word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"].contains(&name.as_str());
        assert_eq!(old.member(name) == new.member(name), !touched, "{name}");
    }
    // With the marks and the cuts taken out, the document is the same to the byte.
    let marked = part(&after, "word/document.xml");
    let cut = "</w:t></w:r><w:commentRangeStart w:id=\"0\"/><w:r><w:t xml:space=\"preserve\">";
    let end = "</w:t></w:r><w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r><w:r><w:t xml:space=\"preserve\">";
    assert_eq!(marked.replacen(cut, "", 1).replacen(end, "", 1), part(&before, "word/document.xml"));
    assert!(part(&after, "[Content_Types].xml").contains("/word/comments.xml"));
    assert!(part(&after, "word/_rels/document.xml.rels").contains("comments.xml"));
    assert_eq!(noted(&document, &["督查"]), after, "the same bytes every time");
}

#[test]
fn comments_that_are_there_are_kept() {
    let old = "<w:comments xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:comment w:id=\"7\" w:author=\"张三\"><w:p><w:r><w:t>旧的</w:t></w:r></w:p></w:comment></w:comments>";
    let mut document = Docx::of(
        "<w:p><w:commentRangeStart w:id=\"7\"/><w:r><w:t>法治政府</w:t></w:r><w:commentRangeEnd w:id=\"7\"/><w:r><w:commentReference w:id=\"7\"/></w:r></w:p>",
    );
    document.relations = "<Relationship Id=\"rId9\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments\" Target=\"comments.xml\"/>".into();
    document.more.push(("word/comments.xml".to_owned(), old.as_bytes().to_vec()));
    let bytes = noted(&document, &["法治", "政府"]);
    assert_eq!(anchored(&bytes), ["法治政府", "法治", "政府"]);
    let comments = part(&bytes, "word/comments.xml");
    assert!(comments.starts_with(old.trim_end_matches("</w:comments>")));
    assert!(comments.contains("w:id=\"8\" w:author=\"规矩\"") && comments.contains("w:id=\"9\""));
    // Comments on comments: twice annotated is annotated.
    let again = annotated(&bytes, &[Note { span: Span::new(0, 6), lines: vec!["又".into()] }]).unwrap();
    assert_eq!(anchored(&again).len(), 4);
}

#[test]
fn numbers_text_boxes_and_empty_places_take_comments_nearby() {
    let numbered = Docx::numbered("标题\n一、主要做法");
    assert_eq!(anchored(&noted(&numbered, &["一、"])), ["主要做法"]);
    assert_eq!(anchored(&noted(&numbered, &["一、主要"])), ["主要"]);
    let boxed = Docx::of(
        "<w:p><w:r><w:t>前</w:t></w:r><w:r><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>框里</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></w:r></w:p>",
    );
    let bytes = noted(&boxed, &["框里"]);
    assert_eq!(anchored(&bytes), ["前"], "Word takes no comments in text boxes");
    let text = docx::read(&numbered.bytes()).unwrap().extracted.text;
    let at = text.find('主').unwrap();
    let empty = annotated(&numbered.bytes(), &[Note { span: Span::new(at, at), lines: vec!["缺".into()] }]).unwrap();
    assert_eq!(anchored(&empty), ["主要做法"]);
}

#[test]
fn a_report_is_annotated_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let text = "清河区2024年法治政府建设年度报告\n一、主要做法\n贯彻《法治政府建设与责任落实督查工作规定》，优化法制化营商环境。";
    fs::write(folder.path().join("报告.docx"), Docx::numbered(text).bytes()).unwrap();
    fs::write(folder.path().join("报告.txt"), text).unwrap();
    let (code, out, said) = guiju(folder.path(), &["annotate", "报告.docx"]);
    assert_eq!((code, out.as_str()), (1, ""), "{said}");
    let bytes = fs::read(folder.path().join("报告.批注.docx")).unwrap();
    let places = anchored(&bytes);
    assert_eq!(places[0], "清河区2024年法治政府建设年度报告", "the summary stands at the title");
    for exact in ["法治政府建设与责任落实督查工作规定", "法制化营商环境"] {
        assert!(
            places
                .iter()
                .any(|it| exact.contains(it.as_str()) && !it.is_empty() && it.contains('督') | it.contains("法制化")),
            "{exact}: {places:?}"
        );
    }
    let comments = part(&bytes, "word/comments.xml");
    for said in ["规矩检查结果", "必须改（错误）", "TF001", "建议改为：", "依据："] {
        assert!(comments.contains(said), "{said}");
    }
    let places = places.len();
    let (_, json, _) = guiju(folder.path(), &["check", "报告.docx", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let verdicts = json["reports"][0]["verdicts"].as_array().unwrap();
    let findings: usize = verdicts.iter().map(|it| it["findings"].as_array().unwrap().len()).sum();
    let counts = &json["summary"]["findings"];
    let told = format!(
        "必须改（错误）{} 处，建议改（警告）{} 处，供参考（建议）{} 处。",
        counts["error"], counts["warning"], counts["advice"]
    );
    assert!(comments.contains(&told), "{told}");
    assert_eq!(places, findings + 1, "one comment a finding, and the summary");
    assert_eq!(json["reports"][0]["encoding"], serde_json::Value::Null);
    for (arguments, code) in [
        (&["annotate", "报告.txt"][..], "annotate::format"),
        (&["annotate", "报告.docx", "-o", "报告.docx"], "annotate::itself"),
        (&["annotate", "没有.docx"], "read::not-found"),
    ] {
        let (exit, _, said) = guiju(folder.path(), arguments);
        assert!(exit == 2 && said.contains(code), "{said}");
    }
    let (code, ..) = guiju(folder.path(), &["annotate", "报告.docx", "-o", "又.docx", "--fail-on", "never", "-q"]);
    assert_eq!(code, 0);
    assert_eq!(fs::read(folder.path().join("又.docx")).unwrap(), bytes);
}
