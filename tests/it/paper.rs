//! Small writers of PDF and OFD: Chinese text on A4 pages as official documents are set, in each way that fonts are coded.

use std::fmt::Write;

use encoding_rs::GBK;

mod ofd;

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

/// A PDF of these parts.
pub fn pdf(parts: &[Part], font: Font) -> Vec<u8> {
    let describe = |page: &Vec<Shown>| page.iter().map(|it| it.in_pdf(font)).collect::<String>();
    assemble(&lay(parts).iter().map(describe).collect::<Vec<_>>(), font)
}

/// An OFD of these parts, with a template under each page, an annotation and a signature.
pub fn ofd(parts: &[Part]) -> Vec<u8> {
    ofd::file(&lay(parts))
}

/// What stands where on each page.
fn lay(parts: &[Part]) -> Vec<Vec<Shown>> {
    let mut paper = Paper { pages: vec![Vec::new()], row: 0 };
    for part in parts {
        paper.part(part);
    }
    for (at, page) in paper.pages.iter_mut().enumerate() {
        page.push(Shown::Text { text: format!("— {} —", at + 1), x: WIDTH - 140.0, y: HEIGHT - 60.0, size: 14.0 });
    }
    paper.pages
}

/// Something on a page; the origin is the upper left corner.
#[derive(Debug, Clone)]
enum Shown {
    Text { text: String, x: f64, y: f64, size: f64 },
    Frame { x: f64, y: f64, width: f64, height: f64 },
}

impl Shown {
    fn in_pdf(&self, font: Font) -> String {
        match self {
            Shown::Text { text, x, y, size } => {
                let codes: String = text.chars().map(|c| code(c, font)).collect();
                format!("BT /F {size:.2} Tf 1 0 0 1 {x:.2} {:.2} Tm <{codes}> Tj ET\n", HEIGHT - y)
            }
            Shown::Frame { x, y, width, height } => format!("{x} {} {width} {height} re S\n", HEIGHT - y - height),
        }
    }
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
    pages: Vec<Vec<Shown>>,
    row: usize,
}

impl Paper {
    fn part(&mut self, part: &Part) {
        match part {
            Part::Paragraph(text) => {
                for (at, line) in wrap(text, COLUMNS - 2).into_iter().enumerate() {
                    let indent = if at == 0 { 2.0 * SIZE } else { 0.0 };
                    self.line(line, LEFT + indent, SIZE);
                }
            }
            Part::Title(text) => self.line(text.clone(), (WIDTH - width(text) * 22.0) / 2.0, 22.0),
            Part::Right(text) => self.line(text.clone(), LEFT + (COLUMNS as f64 - width(text) - 2.0) * SIZE, SIZE),
            Part::Cells(cells) => cells.chunks(2).for_each(|it| self.cells(it)),
        }
    }

    /// The base line of the next row.
    fn next(&mut self) -> f64 {
        if self.row == ROWS {
            self.pages.push(Vec::new());
            self.row = 0;
        }
        self.row += 1;
        TOP + PITCH * (self.row - 1) as f64
    }

    fn show(&mut self, shown: Shown) {
        self.pages.last_mut().unwrap().push(shown);
    }

    fn line(&mut self, text: String, x: f64, size: f64) {
        let y = self.next();
        self.show(Shown::Text { text, x, y, size });
    }

    fn cells(&mut self, pair: &[String]) {
        let y = self.next();
        for (column, cell) in pair.iter().enumerate() {
            let x = LEFT + 220.0 * column as f64;
            self.show(Shown::Frame { x, y: y - 20.0, width: 220.0, height: PITCH });
            self.show(Shown::Text { text: cell.clone(), x: x + 4.0, y, size: (200.0 / width(cell)).min(SIZE) });
        }
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
        Font::Gbk => GBK.encode(&c.to_string().replace('\u{A0}', " ")).0.iter().map(|it| format!("{it:02X}")).collect(),
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
