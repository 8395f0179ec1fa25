//! A small PDF writer: Chinese text on A4 pages as official documents are set, in each way that fonts are coded.

use std::fmt::Write;

use encoding_rs::GBK;

/// How the characters of the font are coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Font {
    /// In UTF-16, by a predefined map: not embedded, no map of its own.
    Ucs2,
    /// In GBK, by a predefined map.
    Gbk,
    /// In numbers of its own, with a map to Unicode.
    Mapped,
    /// In numbers of its own, and nothing says what they are.
    Unmapped,
}

/// What stands on a page: a paragraph with its indent of two, lines in the middle or at the right, or cells.
#[derive(Debug, Clone)]
pub enum Part {
    /// Running text, indented and wrapped.
    Paragraph(String),
    /// A line in the middle, larger.
    Title(String),
    /// A line at the right.
    Right(String),
    /// Cells in a frame, two in a row.
    Cells(Vec<String>),
}

const WIDTH: f64 = 595.0;
const HEIGHT: f64 = 842.0;
const LEFT: f64 = 79.0;
const TOP: f64 = 105.0;
const SIZE: f64 = 16.0;
const PITCH: f64 = 28.0;
/// So many Chinese characters to a line, so many lines to a page.
const COLUMNS: usize = 28;
const ROWS: usize = 22;

/// A document of these parts.
pub fn pdf(parts: &[Part], font: Font) -> Vec<u8> {
    let mut paper = Paper { font, pages: vec![String::new()], row: 0 };
    for part in parts {
        paper.part(part);
    }
    paper.finish()
}

/// A document of pages that hold a picture each and no text.
pub fn scanned(pages: usize) -> Vec<u8> {
    let page = "q 500 0 0 700 40 40 cm /I Do Q\n".to_owned();
    assemble(&vec![page; pages], Font::Ucs2)
}

/// Any page descriptions.
pub fn raw(pages: &[String]) -> Vec<u8> {
    assemble(pages, Font::Ucs2)
}

struct Paper {
    font: Font,
    pages: Vec<String>,
    row: usize,
}

impl Paper {
    fn part(&mut self, part: &Part) {
        match part {
            Part::Paragraph(text) => {
                for (at, line) in wrap(text, COLUMNS - 2).into_iter().enumerate() {
                    let indent = if at == 0 { 2.0 * SIZE } else { 0.0 };
                    self.line(&line, LEFT + indent, SIZE);
                }
            }
            Part::Title(text) => self.line(text, (WIDTH - width(text) * 22.0) / 2.0, 22.0),
            Part::Right(text) => self.line(text, LEFT + (COLUMNS as f64 - width(text) - 2.0) * SIZE, SIZE),
            Part::Cells(cells) => self.cells(cells),
        }
    }

    fn line(&mut self, text: &str, x: f64, size: f64) {
        if self.row == ROWS {
            self.pages.push(String::new());
            self.row = 0;
        }
        let y = HEIGHT - TOP - PITCH * self.row as f64;
        self.show(text, x, y, size);
        self.row += 1;
    }

    fn cells(&mut self, cells: &[String]) {
        for pair in cells.chunks(2) {
            if self.row == ROWS {
                self.pages.push(String::new());
                self.row = 0;
            }
            let y = HEIGHT - TOP - PITCH * self.row as f64;
            for (column, cell) in pair.iter().enumerate() {
                let x = LEFT + 220.0 * column as f64;
                let page = self.pages.last_mut().unwrap();
                writeln!(page, "{x} {} 220 {PITCH} re S", y - 8.0).unwrap();
                self.show(cell, x + 4.0, y, (200.0 / width(cell)).min(SIZE));
            }
            self.row += 1;
        }
    }

    fn show(&mut self, text: &str, x: f64, y: f64, size: f64) {
        let codes: String = text.chars().map(|c| code(c, self.font)).collect();
        let page = self.pages.last_mut().unwrap();
        writeln!(page, "BT /F {size:.2} Tf 1 0 0 1 {x:.2} {y:.2} Tm <{codes}> Tj ET").unwrap();
    }

    fn finish(mut self) -> Vec<u8> {
        for number in 0..self.pages.len() {
            let rows = std::mem::take(&mut self.pages[number]);
            self.pages.push(rows);
            self.show(&format!("— {} —", number + 1), WIDTH - 140.0, 60.0, 14.0);
            self.pages[number] = self.pages.pop().unwrap();
        }
        assemble(&self.pages, self.font)
    }
}

/// Lines of so many columns, the first one by two shorter; no line begins with a closing mark.
fn wrap(text: &str, first: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut room = first as f64;
    for c in text.chars() {
        let wide = width(&c.to_string());
        if room < wide && !"，。、；：！？”》）".contains(c) {
            lines.push(String::new());
            room = COLUMNS as f64;
        }
        lines.last_mut().unwrap().push(c);
        room -= wide;
    }
    lines
}

fn width(text: &str) -> f64 {
    text.chars().map(|c| if is_narrow(c) { 0.5 } else { 1.0 }).sum()
}

fn is_narrow(c: char) -> bool {
    c.is_ascii()
}

/// The code of a character, in hexadecimal.
fn code(c: char, font: Font) -> String {
    match font {
        Font::Ucs2 => c.encode_utf16(&mut [0; 2]).iter().map(|it| format!("{it:04X}")).collect(),
        Font::Gbk => {
            GBK.encode(&c.to_string().replace(|c| c == '\u{A0}', " ")).0.iter().map(|it| format!("{it:02X}")).collect()
        }
        Font::Mapped | Font::Unmapped => format!("{:04X}", number(c)),
    }
}

/// A number for each character that is not its own; narrow ones have the low numbers.
fn number(c: char) -> u32 {
    if is_narrow(c) { c as u32 + 1 } else { 0x200 + (c as u32 ^ 0x155) % 0xF000 }
}

fn assemble(pages: &[String], font: Font) -> Vec<u8> {
    let (encoding, ordering, map) = match font {
        Font::Ucs2 => ("/UniGB-UCS2-H", "GB1", ""),
        Font::Gbk => ("/GBK-EUC-H", "GB1", ""),
        Font::Mapped => ("/Identity-H", "Identity", " /ToUnicode 6 0 R"),
        Font::Unmapped => ("/Identity-H", "Identity", ""),
    };
    // The first 814 numbers of GB1 that are narrow are those of its Latin letters.
    let widths = if ordering == "GB1" { "[1 95 500 814 939 500 7716 7716 500]" } else { "[1 511 500]" };
    let kids: String = (0..pages.len()).map(|at| format!("{} 0 R ", 8 + at * 2)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()),
        format!("<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding {encoding} /DescendantFonts [4 0 R]{map} >>"),
        format!(
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering \
             ({ordering}) /Supplement 2 >> /FontDescriptor 5 0 R /DW 1000 /W {widths} >>"
        ),
        "<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 \
         /Descent -120 /StemV 80 >>"
            .to_owned(),
        stream("", &to_unicode()),
        stream(
            "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
            "\u{7f}",
        ),
    ];
    for (at, page) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {} 0 R /Resources << /Font << /F 3 \
             0 R >> /XObject << /I 7 0 R >> >> >>",
            9 + at * 2
        ));
        objects.push(stream("", page));
    }
    file(&objects)
}

fn stream(entries: &str, data: &str) -> String {
    format!("<< {entries} /Length {} >>\nstream\n{data}\nendstream", data.len())
}

/// The map of `Font::Mapped`, for the characters that reports are written in.
fn to_unicode() -> String {
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n",
    );
    let chars: Vec<char> = (0x20..0xFFFF_u32).filter_map(char::from_u32).filter(|c| is_mapped(*c)).collect();
    for some in chars.chunks(100) {
        writeln!(map, "{} beginbfchar", some.len()).unwrap();
        for c in some {
            writeln!(map, "<{:04X}> <{:04X}>", number(*c), *c as u32).unwrap();
        }
        map += "endbfchar\n";
    }
    map + "endcmap end end"
}

fn is_mapped(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{B7}' | '\u{2010}'..='\u{2026}' | '\u{2460}'..='\u{2473}' | '\u{25A0}'..='\u{25CF}'
        | '\u{3000}'..='\u{3020}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF5E}' | '\u{D7}' | '\u{F7}')
}

fn file(objects: &[String]) -> Vec<u8> {
    let mut file = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).bytes());
    }
    let start = file.len();
    let count = objects.len() + 1;
    file.extend(format!("xref\n0 {count}\n0000000000 65535 f \n").bytes());
    file.extend(places.iter().flat_map(|it| format!("{it:010} 00000 n \n").into_bytes()));
    file.extend(format!("trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    file
}
