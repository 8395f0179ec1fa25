//! Small Office files made from text: what the tests of reading and writing them are fed with.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A container of members, packed.
pub fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in members {
        out.start_file(*name, packed).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// A Word document in the making.
#[derive(Debug, Clone, Default)]
pub struct Docx {
    /// What stands in `w:body`.
    pub body: String,
    /// What stands in `w:styles`.
    pub styles: String,
    /// What stands in `w:numbering`.
    pub numbering: String,
    /// More parts, by name.
    pub more: Vec<(String, Vec<u8>)>,
}

/// The heading styles and the list of a Chinese report: 一、（一）1. by the levels of the outline.
pub const HEADING_STYLES: &str = r#"
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>"#;
pub const HEADING_LIST: &str = r#"<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:pStyle w:val="1"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:pStyle w:val="2"/><w:suff w:val="nothing"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#;

impl Docx {
    /// A document of that body.
    pub fn of(body: &str) -> Docx {
        Docx { body: body.to_owned(), ..Docx::default() }
    }

    /// A paragraph a line, each one run.
    pub fn typed(text: &str) -> Docx {
        Docx::of(&text.lines().map(|line| paragraph("", line)).collect::<String>())
    }

    /// A paragraph a line; lines that begin 一、 or （一） become headings with automatic numbers.
    pub fn numbered(text: &str) -> Docx {
        let styled = |style: &str, words: &str| paragraph(&format!("<w:pStyle w:val=\"{style}\"/>"), words);
        let line = |line: &str| {
            let text = line.trim_start_matches(['　', ' ']);
            let number = |c: char| "一二三四五六七八九十".contains(c);
            let first = text.split_once('、').filter(|(head, _)| !head.is_empty() && head.chars().all(number));
            let second = text.strip_prefix('（').and_then(|it| it.split_once('）'));
            match (first, second.filter(|(head, _)| !head.is_empty() && head.chars().all(number))) {
                (Some((_, words)), _) => styled("1", words),
                (_, Some((_, words))) => styled("2", words),
                _ => paragraph("", line),
            }
        };
        let body = text.lines().map(line).collect();
        Docx { body, styles: HEADING_STYLES.to_owned(), numbering: HEADING_LIST.to_owned(), ..Docx::default() }
    }

    /// The XML of the part that holds the text.
    pub fn document(&self) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"{WORD}\" \
             xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
             xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" xmlns:v=\"urn:schemas-microsoft-com:vml\" \
             xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\">\
             <w:body>{}<w:sectPr/></w:body></w:document>",
            self.body
        )
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        zip_of(&self.members())
    }

    /// Its members.
    pub fn members(&self) -> Vec<(String, Vec<u8>)> {
        let part = |name: &str| {
            let kind = if name == "document" { "document.main" } else { name };
            format!(
                "<Override PartName=\"/word/{name}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml\"/>"
            )
        };
        let types = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Types xmlns=\"{PACKAGE}/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>{}{}{}</Types>",
            part("document"),
            part("styles"),
            part("numbering")
        );
        let relation = |id: &str, kind: &str, target: &str| {
            format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
        };
        let relations =
            |inner: String| format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{inner}</Relationships>");
        let mut members = vec![
            ("[Content_Types].xml".to_owned(), types.into_bytes()),
            ("_rels/.rels".to_owned(), relations(relation("rId1", "officeDocument", "word/document.xml")).into_bytes()),
            ("word/document.xml".to_owned(), self.document().into_bytes()),
            (
                "word/_rels/document.xml.rels".to_owned(),
                relations(relation("rId1", "styles", "styles.xml") + &relation("rId2", "numbering", "numbering.xml"))
                    .into_bytes(),
            ),
            (
                "word/styles.xml".to_owned(),
                format!("<w:styles xmlns:w=\"{WORD}\">{}</w:styles>", self.styles).into_bytes(),
            ),
            (
                "word/numbering.xml".to_owned(),
                format!("<w:numbering xmlns:w=\"{WORD}\">{}</w:numbering>", self.numbering).into_bytes(),
            ),
        ];
        members.extend(self.more.iter().cloned());
        members
    }
}

/// A container of owned members.
pub fn zip_of(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    zip(&members.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect::<Vec<_>>())
}

/// A paragraph with properties and one run of text.
pub fn paragraph(properties: &str, text: &str) -> String {
    let properties = if properties.is_empty() { String::new() } else { format!("<w:pPr>{properties}</w:pPr>") };
    format!("<w:p>{properties}{}</w:p>", run("", text))
}

/// A run of text with properties.
pub fn run(properties: &str, text: &str) -> String {
    let properties = if properties.is_empty() { String::new() } else { format!("<w:rPr>{properties}</w:rPr>") };
    format!("<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>", guiju::read::xml::escaped(text))
}
