//! An OFD file (GB/T 33190) with all that real ones have round their text: fonts, a template, annotations, signatures.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{HEIGHT, Shown, WIDTH, is_narrow};

const MM: f64 = 25.4 / 72.0;
const SPACE: &str = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// The file.
pub fn file(pages: &[Vec<Shown>]) -> Vec<u8> {
    let mut members = vec![
        ("OFD.xml".to_owned(), root()),
        ("Doc_0/Document.xml".to_owned(), document(pages.len())),
        (
            "Doc_0/PublicRes.xml".to_owned(),
            format!(
                "{HEAD}<ofd:Res {SPACE} BaseLoc=\"Res\"><ofd:Fonts><ofd:Font ID=\"2\" FontName=\"仿宋\"/></ofd:Fonts></ofd:Res>"
            ),
        ),
        ("Doc_0/Tpls/Tpl_0/Content.xml".to_owned(), page(&[text("清河区水务局文件头", 40.0, 40.0, 12.0)], "")),
        (
            "Doc_0/Annots/Page_0/Annotation.xml".to_owned(),
            format!(
                "{HEAD}<ofd:PageAnnot {SPACE}><ofd:Annot ID=\"90\" Type=\"Stamp\"><ofd:Appearance Boundary=\"0 0 50 50\">{}</ofd:Appearance></ofd:Annot></ofd:PageAnnot>",
                text("批注：请修改", 10.0, 10.0, 9.0)
            ),
        ),
        (
            "Doc_0/Signs/Signatures.xml".to_owned(),
            format!("{HEAD}<ofd:Signatures {SPACE}><ofd:MaxSignId>1</ofd:MaxSignId></ofd:Signatures>"),
        ),
    ];
    for (at, shown) in pages.iter().enumerate() {
        let objects: Vec<String> = shown.iter().map(object).collect();
        members.push((
            format!("Doc_0/Pages/Page_{at}/Content.xml"),
            page(&objects, "<ofd:Template TemplateID=\"3\" ZOrder=\"Background\"/>"),
        ));
    }
    packed(&members)
}

/// A container of these members.
pub fn packed(members: &[(String, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in members {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn root() -> String {
    format!(
        "{HEAD}<ofd:OFD {SPACE} Version=\"1.0\" DocType=\"OFD\"><ofd:DocBody><ofd:DocInfo><ofd:DocID>0</ofd:DocID>\
         </ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot><ofd:Signatures>Doc_0/Signs/Signatures.xml\
         </ofd:Signatures></ofd:DocBody></ofd:OFD>"
    )
}

fn document(pages: usize) -> String {
    let list: String = (0..pages)
        .map(|at| format!("<ofd:Page ID=\"{}\" BaseLoc=\"Pages/Page_{at}/Content.xml\"/>", 100 + at))
        .collect();
    format!(
        "{HEAD}<ofd:Document {SPACE}><ofd:CommonData><ofd:MaxUnitID>999</ofd:MaxUnitID><ofd:PageArea>\
         <ofd:PhysicalBox>0 0 {} {}</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>\
         <ofd:TemplatePage ID=\"3\" BaseLoc=\"Tpls/Tpl_0/Content.xml\"/></ofd:CommonData><ofd:Pages>{list}</ofd:Pages>\
         <ofd:Annotations>Annots/Annotations.xml</ofd:Annotations></ofd:Document>",
        WIDTH * MM,
        HEIGHT * MM
    )
}

fn page(objects: &[String], template: &str) -> String {
    let objects = objects.concat();
    format!(
        "{HEAD}<ofd:Page {SPACE}>{template}<ofd:Content><ofd:Layer ID=\"5\" Type=\"Body\"><ofd:PageBlock ID=\"6\">{objects}\
         </ofd:PageBlock></ofd:Layer></ofd:Content></ofd:Page>"
    )
}

fn object(shown: &Shown) -> String {
    match shown {
        Shown::Text { text: words, x, y, size } => text(words, *x, *y, *size),
        Shown::Frame { x, y, width, height } => {
            let [x, y, width, height] = [x, y, width, height].map(|it| it * MM);
            format!(
                "<ofd:PathObject ID=\"7\" Boundary=\"{x} {y} {width} {height}\" LineWidth=\"0.3\"><ofd:AbbreviatedData>\
                 M 0 0 L {width} 0 L {width} {height} L 0 {height} C</ofd:AbbreviatedData></ofd:PathObject>"
            )
        }
    }
}

/// A text object whose characters stand in two groups, as programs write them.
fn text(words: &str, x: f64, y: f64, size: f64) -> String {
    let (x, y, size) = (x * MM, y * MM, size * MM);
    let steps: Vec<f64> = words.chars().map(|c| if is_narrow(c) { size / 2.0 } else { size }).collect();
    let equal = steps.iter().take_while(|it| **it == steps[0]).count().min(steps.len().saturating_sub(1));
    let rest: Vec<String> =
        steps.iter().skip(equal).take(steps.len().saturating_sub(equal + 1)).map(f64::to_string).collect();
    let delta = format!("g {equal} {} {}", steps.first().copied().unwrap_or(size), rest.join(" "));
    let words = words.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<ofd:TextObject ID=\"8\" Boundary=\"{x} {} 200 {size}\" Font=\"2\" Size=\"{size}\"><ofd:FillColor Value=\"0 0 0\"/>\
         <ofd:TextCode X=\"0\" Y=\"{size}\" DeltaX=\"{}\">{words}</ofd:TextCode></ofd:TextObject>",
        y - size,
        delta.trim()
    )
}
