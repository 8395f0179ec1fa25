//! `guiju fix`: what is safe is mended, and nothing else changes.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use encoding_rs::{BIG5, GB18030};
use guiju::read::archive::Archive;
use guiju::read::docx;
use guiju::span::Span;
use guiju::word::{Change, Manner, changed};

use crate::office::{Docx, paragraph, run};

const PACK: &str = "pack: p\ntitle: t\nrules:\n  - {id: A1, title: 督察, check: \"should write 法治督察 instead of 法治督查\"}\n  - {id: A2, title: 法治化, check: \"should write 法治化 instead of 法制化\"}\n";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("p.yaml"), PACK).unwrap();
    folder
}

fn guiju(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("guiju").unwrap().current_dir(folder).args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

fn says(bytes: &[u8]) -> String {
    docx::read(bytes).unwrap().extracted.text.trim_end().to_owned()
}

/// The files of a folder are mended; twice is once.
#[test]
fn encodings_marks_and_line_ends_are_kept() {
    let old = "某区2024年法治政府建设情况\r\n　　开展法治督查，优化法制化營商环境；\r\r\n再次法治督查。\u{2028}完\n";
    let new = old.replace("法治督查", "法治督察").replace("法制化", "法治化");
    let utf16 = |text: &str, bytes: fn(u16) -> [u8; 2]| {
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(bytes).collect::<Vec<u8>>()
    };
    let traditional = (
        "某區2024年法治政府建設情況，再次說明。開展法制化工作。",
        "某區2024年法治政府建設情況，再次說明。開展法治化工作。",
    );
    let files = [
        ("a.txt", old.as_bytes().to_vec(), new.as_bytes().to_vec()),
        ("b.txt", [b"\xEF\xBB\xBF", old.as_bytes()].concat(), [b"\xEF\xBB\xBF", new.as_bytes()].concat()),
        ("c.txt", GB18030.encode(old).0.into_owned(), GB18030.encode(&new).0.into_owned()),
        ("d.txt", utf16(old, u16::to_le_bytes), utf16(&new, u16::to_le_bytes)),
        ("e.txt", utf16(old, u16::to_be_bytes), utf16(&new, u16::to_be_bytes)),
        ("f.txt", BIG5.encode(traditional.0).0.into_owned(), BIG5.encode(traditional.1).0.into_owned()),
        (
            "g.md",
            b"# \xE5\xB9\xB4\n**a** &amp; `x`\n\n\xE6\xB3\x95\xE6\xB2\xBB\xE7\x9D\xA3\xE6\x9F\xA5  \n".to_vec(),
            b"# \xE5\xB9\xB4\n**a** &amp; `x`\n\n\xE6\xB3\x95\xE6\xB2\xBB\xE7\x9D\xA3\xE5\xAF\x9F  \n".to_vec(),
        ),
    ];
    let folder = folder();
    for (name, old, _) in &files {
        fs::write(folder.path().join(name), old).unwrap();
    }
    let (code, out, said) = guiju(folder.path(), &["fix", ".", "--pack", "p.yaml"]);
    assert_eq!(code, 0, "{out}");
    assert!(said.contains("--unsafe-fixes"), "a simplified word may stand for several traditional ones: {said}");
    assert!(fs::read(folder.path().join("f.txt")).unwrap() == files[5].1);
    guiju(folder.path(), &["fix", ".", "--pack", "p.yaml", "--unsafe-fixes"]);
    for (name, _, new) in &files {
        assert!(fs::read(folder.path().join(name)).unwrap() == *new, "{name}");
    }
    let (code, out, _) = guiju(folder.path(), &["fix", ".", "--pack", "p.yaml"]);
    assert_eq!((code, out.as_str()), (0, ""), "a second time changes nothing");
    let (code, ..) = guiju(folder.path(), &["check", ".", "--pack", "p.yaml", "--fail-on", "advice", "-q"]);
    assert_eq!(code, 0, "what was mended is found no more");
}

#[test]
fn a_diff_shows_what_would_change_and_writes_nothing() {
    let folder = folder();
    let (text, word) = (folder.path().join("a.txt"), folder.path().join("b.docx"));
    let report = "某区法治政府建设情况\n开展法治督查。\n完";
    fs::write(&text, report).unwrap();
    fs::write(&word, Docx::typed(report).bytes()).unwrap();
    let before = fs::read(&word).unwrap();
    let (code, out, said) = guiju(folder.path(), &["fix", "a.txt", "b.docx", "--pack", "p.yaml", "--diff"]);
    assert_eq!(code, 1);
    assert!(
        out.contains(
            "--- a.txt\n+++ a.txt\n@@ -1,3 +1,3 @@\n 某区法治政府建设情况\n-开展法治督查。\n+开展法治督察。\n 完"
        ),
        "{out}"
    );
    assert!(out.contains("+++ b.docx") && out.matches("+开展法治督察。").count() == 2, "{out}");
    assert!(said.contains("没有写入"), "{said}");
    assert_eq!(fs::read_to_string(&text).unwrap(), report);
    assert_eq!(fs::read(&word).unwrap(), before);
    let (code, ..) =
        guiju(folder.path(), &["check", "a.txt", "b.docx", "--pack", "p.yaml", "--fix", "--fail-on", "advice", "-q"]);
    assert_eq!(code, 0);
    assert_eq!(fs::read_to_string(&text).unwrap(), report.replace("督查", "督察"));
    assert_eq!(says(&fs::read(&word).unwrap()), report.replace("督查", "督察"));
}

#[test]
fn nothing_is_written_while_a_pack_has_errors_or_a_file_is_only_read() {
    let folder = folder();
    fs::write(folder.path().join("bad.yaml"), format!("{PACK}  - {{id: A3, title: x, check: 应当应当}}\n")).unwrap();
    fs::write(folder.path().join("a.txt"), "某区法治政府建设情况\n开展法治督查。").unwrap();
    fs::write(folder.path().join("b.html"), "<html><body><p>某区法治政府建设情况，开展法治督查，依法办理复议案件十二件，行政诉讼三件，全部办结。</p></body></html>").unwrap();
    let (code, out, said) = guiju(folder.path(), &["fix", "a.txt", "--pack", "bad.yaml"]);
    assert_eq!((code, out.as_str()), (2, ""), "{said}");
    assert!(said.contains("没有改动任何文件"));
    assert!(fs::read_to_string(folder.path().join("a.txt")).unwrap().contains("法治督查"));
    let (code, _, said) = guiju(folder.path(), &["fix", "b.html", "--pack", "p.yaml"]);
    assert!(code == 2 && said.contains("fix::format"), "{said}");
    let (code, ..) = guiju(folder.path(), &["fix", ".", "--pack", "p.yaml"]);
    assert_eq!(code, 0, "in a folder it is left out");
    let (code, _, said) = guiju(folder.path(), &["fix", "-", "--pack", "p.yaml"]);
    assert!(code == 2 && said.contains("标准输入"), "{said}");
}

/// Replaces `from` by `to` in what a document says.
fn replaced(document: &Docx, from: &str, to: &str, manner: Manner) -> (Vec<u8>, usize) {
    let bytes = document.bytes();
    let text = docx::read(&bytes).unwrap().extracted.text;
    let start = text.find(from).unwrap();
    let change = Change { span: Span::new(start, start + from.len()), replacement: to.to_owned() };
    changed(&bytes, &[change], manner).unwrap()
}

#[test]
fn text_is_replaced_inside_its_runs() {
    let body = format!(
        "<w:p>{}{}<w:r><w:t>甲&amp;</w:t><w:br/><w:t>乙</w:t></w:r></w:p>{}",
        run("<w:b/>", "法治督"),
        run("<w:i/>", "查工作 "),
        paragraph("", "末")
    );
    let document = Docx::of(&body);
    for (from, to) in [
        ("督查", "督察"),
        ("法治督查工作", "工作"),
        ("法治", "法治政府"),
        ("甲&\n乙", "甲乙"),
        ("&", "和<"),
        ("工作 甲", "甲"),
        ("法治督查工作 甲&\n乙", "全换了"),
        ("末", ""),
    ] {
        let expected = says(&document.bytes()).replacen(from, to, 1);
        for manner in [Manner::Plain, Manner::Tracked] {
            let (bytes, count) = replaced(&document, from, to, manner);
            assert_eq!((says(&bytes).as_str(), count), (expected.trim_end(), 1), "{from} {manner:?}");
        }
    }
    let (bytes, _) = replaced(&document, "督查", "督察", Manner::Plain);
    let xml = |bytes: &[u8]| Archive::open(bytes).unwrap().text("word/document.xml").unwrap().unwrap();
    assert_eq!(xml(&bytes), document.document().replace('查', "察"), "the other characters stay in their dress");
    let (bytes, _) = replaced(&document, "督查", "督察", Manner::Tracked);
    let tracked = xml(&bytes);
    for part in [
        "<w:del w:id=\"1\" w:author=\"规矩\"><w:r><w:rPr><w:i/></w:rPr><w:delText xml:space=\"preserve\">查</w:delText></w:r></w:del>",
        "<w:ins w:id=\"2\" w:author=\"规矩\"><w:r><w:rPr><w:i/></w:rPr><w:t xml:space=\"preserve\">察</w:t></w:r></w:ins>",
    ] {
        assert!(tracked.contains(part), "{tracked}");
    }
    // Rejected, the changes leave what was there.
    let rejected = tracked
        .replace("<w:t xml:space=\"preserve\">察</w:t>", "")
        .replace("delText", "t")
        .replace("w:del ", "w:x ")
        .replace("w:del>", "w:x>");
    assert_eq!(says(&Docx::of("").bytes_with(&rejected)), says(&document.bytes()));
}

#[test]
fn what_no_run_holds_is_left_alone() {
    let numbered = Docx::numbered("标题\n一、法治督查");
    assert_eq!(replaced(&numbered, "一、", "二、", Manner::Plain), (numbered.bytes(), 0));
    let (bytes, count) = replaced(&numbered, "一、法治督查", "一、法治督察", Manner::Plain);
    assert_eq!((says(&bytes).as_str(), count), ("标题\n一、法治督察", 1));
    let boxed = Docx::of(
        "<w:p><w:r><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>框里</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></w:r></w:p>",
    );
    assert_eq!(replaced(&boxed, "框里", "框", Manner::Plain).1, 0);
}
