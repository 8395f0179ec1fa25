//! OpenDocument texts are read as they are shown.

use guiju::facts::Given;
use guiju::locale::Locale;
use guiju::read::read;

use crate::office::zip;

const SPACES: &str = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\"";

fn odt(styles: &str, body: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    zip(&[("content.xml", content.as_bytes())])
}

/// A container whose first member tells what it is, unpacked, as the format asks.
fn typed(bytes: &[u8]) -> Vec<u8> {
    let mut archive = guiju::read::archive::Archive::open(bytes).unwrap();
    let content = archive.member("content.xml").unwrap().unwrap();
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in [("mimetype", &b"application/vnd.oasis.opendocument.text"[..]), ("content.xml", &content)] {
        out.start_file(name, stored).unwrap();
        std::io::Write::write_all(&mut out, bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn what_is_shown_is_text() {
    let table = |columns: usize, text: &str| {
        format!(
            "<table:table><table:table-column table:number-columns-repeated=\"{columns}\"/><table:table-row><table:table-cell><text:p>{text}</text:p></table:table-cell></table:table-row></table:table>"
        )
    };
    let body = "<text:tracked-changes><text:changed-region><text:deletion><text:p>删</text:p></text:deletion></text:changed-region></text:tracked-changes>\
        <text:p>清河区2024年法治政府建设年度报告</text:p><text:p/>\
        <text:h text:outline-level=\"1\">一、主要<text:span>做法</text:span></text:h>\
        <text:p>  甲 \n 乙<text:s text:c=\"2\"/>丙<text:tab/>丁<text:line-break/>戊<text:note><text:note-body><text:p>注</text:p></text:note-body></text:note>\
        <office:annotation><text:p>批</text:p></office:annotation><draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame>己</text:p>".to_owned()
        + &table(2, "格")
        + &table(1, "文");
    let bytes = typed(&odt("", &body));
    let document = read("报告.txt", &bytes, &Given::default(), Locale::Zh).unwrap();
    assert_eq!((document.format.name(), document.encoding, document.lost.numbers), ("odt", None, false));
    assert_eq!(
        document.source.text(),
        "清河区2024年法治政府建设年度报告\n一、主要做法\n甲 乙  丙\t丁\n戊己\n框\n格\n文\n"
    );
    assert_eq!(document.facts.year.as_ref().map(|it| it.value), Some(2024));
    assert_eq!(document.heading_text(0), "一、主要做法");
    let numbered =
        "<text:list-style><text:list-level-style-number text:level=\"1\" style:num-format=\"1\"/></text:list-style>";
    let document = read("a", &typed(&odt(numbered, "<text:p>甲</text:p>")), &Given::default(), Locale::Zh).unwrap();
    assert!(document.lost.numbers, "numbers made by lists are lost");
}

#[test]
fn broken_ones_are_refused() {
    let whole = typed(&odt("", "<text:p>甲</text:p>"));
    for length in (80..whole.len()).step_by(11) {
        let problem = read("坏.odt", &whole[..length], &Given::default(), Locale::Zh).unwrap_err();
        assert_eq!(problem.code, "read::damaged", "{length}");
    }
    let problem = read("坏.odt", &typed(&odt("", "<text:p>")), &Given::default(), Locale::Zh).unwrap_err();
    assert!(problem.message.contains("content.xml"), "{}", problem.message);
}
