//! Word documents are read as Word shows them.

use std::fmt::Write as _;
use std::path::Path;

use guiju::facts::Given;
use guiju::locale::Locale;
use guiju::read::docx::{self, Hold};
use guiju::read::read;

use crate::office::{Docx, HEADING_LIST, HEADING_STYLES, paragraph, run};

/// The blocks of a document: `layout text`, pieces apart by ⏎.
fn shown(document: &Docx) -> Vec<String> {
    let word = docx::read(&document.bytes()).unwrap();
    let text = |span: guiju::span::Span| guiju::source::slice(&word.extracted.text, span).to_owned();
    let block = |it: &guiju::extracted::Block| {
        let pieces: Vec<String> = it.pieces.iter().map(|piece| text(piece.span)).collect();
        let mut line = String::new();
        let layout = format!("{:?}", it.layout).replace("Paragraph", "");
        write!(line, "{layout} {}", pieces.join("⏎")).unwrap();
        line.trim_start().to_owned()
    };
    word.extracted.blocks.iter().map(block).collect()
}

#[track_caller]
fn says(body: &str, expected: &[&str]) {
    assert_eq!(shown(&Docx::of(body)), expected, "{body}");
}

#[test]
fn what_word_shows_is_text_and_what_it_does_not_show_is_none() {
    let p = |inner: &str| format!("<w:p>{inner}</w:p>");
    let r = |inner: &str| format!("<w:r>{inner}</w:r>");
    for (inner, expected) in [
        ("<w:r><w:t>甲</w:t><w:t xml:space='preserve'> 乙 </w:t></w:r><w:r><w:t> 丙\n</w:t></w:r>", "甲 乙 丙"),
        (
            "<w:r><w:t>甲&amp;乙&#x4E19;</w:t><w:tab/><w:t>丁</w:t><w:noBreakHyphen/><w:t>戊</w:t></w:r>",
            "甲&乙丙\t丁-戊",
        ),
        ("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:cr/><w:t>丙</w:t></w:r>", "甲⏎乙⏎丙"),
        (
            "<w:r><w:sym w:font='Wingdings' w:char='F0FE'/><w:sym w:char='F0FF'/><w:t>甲</w:t><w:softHyphen/></w:r>",
            "☑□甲",
        ),
        (
            "<w:del><w:r><w:delText>甲</w:delText><w:t>乙</w:t></w:r></w:del><w:ins><w:r><w:t>丙</w:t></w:r></w:ins>",
            "丙",
        ),
        ("<w:moveFrom><w:r><w:t>甲</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>乙</w:t></w:r></w:moveTo>", "乙"),
        (
            "<w:hyperlink w:anchor='x'><w:r><w:t>甲</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t>乙</w:t></w:r></w:smartTag>",
            "甲乙",
        ),
        (
            "<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent><w:r><w:t>甲</w:t></w:r></w:sdtContent></w:sdt>",
            "甲",
        ),
        ("<w:fldSimple w:instr='PAGE'><w:r><w:t>3</w:t></w:r></w:fldSimple>", "3"),
        (
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> DATE </w:instrText><w:t>码</w:t></w:r>\
             <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>甲</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:t>乙</w:t></w:r>",
            "甲乙",
        ),
        // A field that never ends must not swallow the report.
        ("<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>X</w:instrText></w:r><w:r><w:t>甲</w:t></w:r>", "甲"),
        (
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>甲</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>乙</w:t></w:r>",
            "乙",
        ),
        (
            "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>zhì</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>治</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "治",
        ),
        ("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath><w:r><w:footnoteReference w:id='2'/><w:t>甲</w:t></w:r>", "x甲"),
        (
            "<w:commentRangeStart w:id='0'/><w:r><w:t>甲</w:t></w:r><w:commentRangeEnd w:id='0'/><w:r><w:commentReference w:id='0'/></w:r>",
            "甲",
        ),
        (
            "<w:pPr><w:pPrChange><w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:pPrChange></w:pPr><w:r><w:t>甲</w:t></w:r>",
            "甲",
        ),
        ("<w:r><w:t><![CDATA[甲<]]></w:t></w:r>", "甲<"),
    ] {
        says(&p(inner), &[expected]);
    }
    says(&(p("") + &p(&r("<w:t> </w:t>")) + &p(&r("<w:t>甲</w:t>"))), &["甲"]);
    assert!(shown(&Docx::of(&p(&r("<w:pict/>")))).is_empty());
}

#[test]
fn the_end_of_a_paragraph_may_be_deleted() {
    let joined = "<w:rPr><w:del w:id='1'/></w:rPr>";
    says(&(paragraph(joined, "甲") + &paragraph("", "乙") + &paragraph("", "丙")), &["甲乙", "丙"]);
    says(&(paragraph(joined, "甲") + &paragraph(joined, "乙") + &paragraph("", "丙")), &["甲乙丙"]);
    says(&paragraph(joined, "甲"), &["甲"]);
    let cell = |inner: &str| format!("<w:tc>{inner}</w:tc>");
    let row = format!("<w:tr>{}{}</w:tr>", cell(&paragraph(joined, "甲")), cell(&paragraph("", "乙")));
    let gone = format!("<w:tr><w:trPr><w:del w:id='3'/></w:trPr>{}</w:tr>", cell(&paragraph("", "丁")));
    says(
        &format!("<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{row}{gone}</w:tbl>{}", paragraph("", "丙")),
        &["Cell 甲", "Cell 乙", "丙"],
    );
}

#[test]
fn tables_text_boxes_and_alternatives() {
    let table = |columns: usize| {
        let cell = format!("<w:tc><w:tcPr/>{}</w:tc>", paragraph("<w:outlineLvl w:val='0'/>", "甲"));
        format!(
            "<w:tbl><w:tblPr/><w:tblGrid>{}</w:tblGrid><w:tr>{}</w:tr></w:tbl>",
            "<w:gridCol/>".repeat(columns),
            cell.repeat(columns)
        )
    };
    says(&table(2), &["Cell 甲", "Cell 甲"]);
    says(&(table(1) + &paragraph("<w:outlineLvl w:val='1'/>", "乙")), &["Heading(1) 甲", "Heading(2) 乙"]);
    let content = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", paragraph("", text));
    let shape = |requires: &str| {
        format!(
            "<mc:AlternateContent><mc:Choice Requires='{requires}'><wps:txbx>{}</wps:txbx></mc:Choice>\
             <mc:Fallback><w:pict><v:textbox>{}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>",
            content("框"),
            content("旧框")
        )
    };
    for (requires, expected) in [("wps", "框"), ("wps w14", "框"), ("later", "旧框")] {
        let host = format!("<w:p><w:r><w:t>前</w:t></w:r><w:r>{}<w:t>后</w:t></w:r></w:p>", shape(requires));
        says(&(host + &paragraph("", "末")), &["前后", expected, "末"]);
    }
}

#[test]
fn heading_levels_come_through_styles() {
    let styles = "<w:style w:type='paragraph' w:default='1' w:styleId='a'><w:name w:val='Normal'/></w:style>\
        <w:style w:type='paragraph' w:styleId='t'><w:name w:val='Title'/></w:style>\
        <w:style w:type='paragraph' w:styleId='x'><w:name w:val='章'/><w:basedOn w:val='a'/><w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:style>\
        <w:style w:type='paragraph' w:styleId='y'><w:name w:val='章名'/><w:basedOn w:val='x'/></w:style>\
        <w:style w:type='paragraph' w:styleId='z'><w:name w:val='heading 2'/></w:style>\
        <w:style w:type='paragraph' w:styleId='loop'><w:basedOn w:val='pool'/></w:style>\
        <w:style w:type='paragraph' w:styleId='pool'><w:basedOn w:val='loop'/></w:style>\
        <w:style w:type='character' w:styleId='h'><w:rPr><w:vanish/></w:rPr></w:style>";
    let p = |style: &str, text: &str| paragraph(&format!("<w:pStyle w:val='{style}'/>"), text);
    let body = p("y", "甲")
        + &p("z", "乙")
        + &p("loop", "丙")
        + &paragraph("<w:pStyle w:val='x'/><w:outlineLvl w:val='9'/>", "丁")
        + &p("x", "这一段是正文。它只是用了标题的样式。")
        + &format!("<w:p>{}{}</w:p>", run("<w:rStyle w:val='h'/>", "隐"), run("", "显"));
    let shown = |body: &str| shown(&Docx { styles: styles.to_owned(), ..Docx::of(body) });
    assert_eq!(
        shown(&body),
        ["Heading(1) 甲", "Heading(2) 乙", "丙", "丁", "这一段是正文。它只是用了标题的样式。", "显"]
    );
    assert_eq!(shown(&(p("t", "题") + &body))[..3], ["Heading(1) 题", "Heading(2) 甲", "Heading(3) 乙"]);
    // A single heading says nothing of levels.
    assert_eq!(shown(&p("x", "甲")), ["甲"]);
}

#[test]
fn automatic_numbers_are_text_with_no_run() {
    let text = "标题\n一、甲\n（一）乙\n正文\n（二）丙\n二、丁";
    let document = Docx::numbered(text);
    let found = shown(&document);
    assert_eq!(
        found,
        ["标题", "Heading(1) 一、甲", "Heading(2) （一）乙", "正文", "Heading(2) （二）丙", "Heading(1) 二、丁"]
    );
    let word = docx::read(&document.bytes()).unwrap();
    assert_eq!(word.extracted.text.trim_end(), text);
    for bit in &word.bits {
        let said = guiju::source::slice(&word.extracted.text, bit.text);
        match bit.hold {
            Hold::Text { run, tag } => {
                assert_eq!(&word.xml[bit.xml.range()], said);
                assert!(word.runs[run].xml.contains(tag) && word.xml[tag.range()].starts_with("<w:t"));
            }
            Hold::Outside => assert!(bit.xml.is_empty() && said.ends_with(['、', '）'])),
            other => panic!("{other:?}"),
        }
    }
    // Direct numbering, a removed one, and a paragraph of the list whose end was deleted.
    let list = |id: &str, more: &str, text: &str| {
        paragraph(&format!("<w:numPr><w:ilvl w:val='2'/><w:numId w:val='{id}'/></w:numPr>{more}"), text)
    };
    let body = list("1", "", "甲")
        + &list("1", "<w:rPr><w:del/></w:rPr>", "乙")
        + &list("1", "", "丙")
        + &list("0", "", "丁")
        + &list("1", "", "");
    let document =
        Docx { body, styles: HEADING_STYLES.to_owned(), numbering: HEADING_LIST.to_owned(), ..Docx::default() };
    assert_eq!(shown(&document), ["1.甲", "2.乙丙", "丁", "3."]);
}

/// The same report gives the same outline, whether its numbers were typed or made by Word.
#[test]
fn every_fixture_reads_alike_as_text_and_as_word() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/reports");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|it| it != "txt") {
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        let document = |name: &str, bytes: &[u8]| read(name, bytes, &Given::default(), Locale::Zh).unwrap();
        let plain = document(name, &std::fs::read(&path).unwrap());
        let headings = |it: &guiju::document::Document| {
            (0..it.sections.len())
                .map(|at| format!("{} {}", it.sections[at].level, it.heading_text(at)))
                .collect::<Vec<_>>()
        };
        let facts = |it: &guiju::document::Document| {
            let facts = &it.facts;
            format!(
                "{:?} {:?} {:?} {:?}",
                facts.title.as_ref().map(|it| it.value.replace(' ', "")),
                facts.year.as_ref().map(|it| it.value),
                facts.issuer.as_ref().map(|it| &it.value),
                facts.date.as_ref().map(|it| it.value)
            )
        };
        // Word has no wrapped lines.
        let lines: Vec<_> = (0..plain.paragraphs.len()).map(|at| plain.paragraph_text(at)).collect();
        for made in [Docx::typed(&lines.join("\n")), Docx::numbered(&lines.join("\n"))] {
            let word = document(name, &made.bytes());
            // Where a number was wrong, Word would not have made it.
            if word.source.text().trim_end() != lines.join("\n") {
                continue;
            }
            assert_eq!(word.format.name(), "docx");
            assert_eq!(facts(&word), facts(&plain), "{name}");
            assert_eq!(headings(&word), headings(&plain), "{name}");
            seen += 1;
        }
    }
    assert!(seen >= 20, "{seen}");
}
