//! One page of an OFD file: its text objects and the lines drawn on it, in points.

use super::object::Object;
use super::path;
use crate::read::pages::{Counts, Fault, MOST_GLYPHS, Page};
use crate::read::xml::{Tag, Token, Xml};

/// The unit of OFD is a millimetre.
pub const POINTS: f64 = 72.0 / 25.4;
/// A page that does not say its size is A4.
const A4: [f64; 4] = [0.0, 0.0, 210.0, 297.0];

/// Reads a page.
///
/// # Errors
/// A part that is damaged, or that holds more than a page can.
pub fn read(name: &str, text: &str, size: Option<[f64; 4]>, counts: &mut Counts) -> Result<Page, Fault> {
    let mut reader =
        Reader { page: Page::default(), size: size.unwrap_or(A4), objects: Vec::new(), said: String::new() };
    let mut xml = Xml::new(name, text);
    while let Some(token) = xml.read().map_err(Fault::Part)? {
        match token {
            Token::Open(tag) => reader.open(&tag, counts),
            Token::Close => reader.close(counts),
            Token::Text(text) => reader.said.push_str(&text),
        }
        if reader.page.glyphs.len() > MOST_GLYPHS {
            return Err(Fault::Endless);
        }
    }
    let [left, top, width, height] = reader.size;
    let mut page = Page { width: width * POINTS, height: height * POINTS, ..reader.page };
    for glyph in &mut page.glyphs {
        (glyph.x, glyph.y) = (glyph.x - left * POINTS, glyph.y - top * POINTS);
    }
    counts.pages += 1;
    counts.known += page.glyphs.len();
    Ok(page)
}

/// Numbers between white space: `0 0 210 297`.
pub fn numbers(text: &str) -> Option<[f64; 4]> {
    let numbers: Vec<f64> =
        text.split_whitespace().filter_map(|it| it.parse().ok()).filter(|it: &f64| it.is_finite()).collect();
    numbers.try_into().ok()
}

struct Reader {
    page: Page,
    size: [f64; 4],
    /// The elements that are open.
    objects: Vec<Open>,
    /// The characters of the innermost of them.
    said: String,
}

enum Open {
    /// Text or a drawing, with its place.
    Object(Object),
    /// Where the characters stand that come next.
    Code(Code),
    /// What a path is drawn by.
    Path,
    /// The size of the page.
    Size,
    /// Anything else.
    Other,
}

/// Where characters stand.
#[derive(Debug, Clone, Default)]
pub struct Code {
    /// Where the first one stands, where that is said.
    pub start: (Option<f64>, Option<f64>),
    /// How far each stands behind the one before.
    pub across: Vec<f64>,
    /// How far each stands below it.
    pub down: Vec<f64>,
}

impl Reader {
    fn open(&mut self, tag: &Tag<'_>, counts: &mut Counts) {
        self.said.clear();
        let open = match tag.name() {
            "TextObject" | "PathObject" => Open::Object(Object::of(tag)),
            "ImageObject" => {
                counts.images += 1;
                Open::Other
            }
            "TextCode" => Open::Code(Code::of(tag)),
            "AbbreviatedData" => Open::Path,
            "PhysicalBox" => Open::Size,
            _ => Open::Other,
        };
        self.objects.push(open);
    }

    fn close(&mut self, counts: &mut Counts) {
        let said = std::mem::take(&mut self.said);
        match self.objects.pop() {
            Some(Open::Code(code)) => {
                let Reader { page, objects, .. } = self;
                if let Some(object) = innermost(objects) {
                    counts.unknown += object.write(&code, &said, &mut page.glyphs);
                }
            }
            Some(Open::Path) => {
                if let Some(object) = innermost(&mut self.objects) {
                    self.page.rules.extend(path::rules(&said, object));
                }
            }
            Some(Open::Size) => self.size = numbers(&said).unwrap_or(self.size),
            Some(Open::Object(_) | Open::Other) | None => {}
        }
    }
}

fn innermost(objects: &mut [Open]) -> Option<&mut Object> {
    objects.iter_mut().rev().find_map(|it| match it {
        Open::Object(object) => Some(object),
        Open::Code(_) | Open::Path | Open::Size | Open::Other => None,
    })
}

impl Code {
    fn of(tag: &Tag<'_>) -> Code {
        let number = |name: &str| tag.get(name).and_then(|it| it.parse().ok());
        let steps = |name: &str| tag.get(name).map(|it| steps(&it)).unwrap_or_default();
        Code { start: (number("X"), number("Y")), across: steps("DeltaX"), down: steps("DeltaY") }
    }
}

/// `g 3 5.6 4.2` is 5.6 5.6 5.6 4.2.
fn steps(text: &str) -> Vec<f64> {
    let mut steps: Vec<f64> = Vec::new();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        if word == "g" {
            let count = words.next().and_then(|it| it.parse::<usize>().ok()).unwrap_or(0).min(MOST_GLYPHS);
            let step = words.next().and_then(|it| it.parse().ok()).unwrap_or(0.0);
            steps.extend(std::iter::repeat_n(step, count));
        } else if let Ok(step) = word.parse() {
            steps.push(step);
        }
        if steps.len() > MOST_GLYPHS {
            break;
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_may_be_grouped() {
        assert_eq!(steps("g 3 5.5 4 -1"), [5.5, 5.5, 5.5, 4.0, -1.0]);
        assert_eq!(steps("g g x"), [0.0; 0]);
        assert!(steps(&"g 999999999 1 ".repeat(3)).len() <= 2 * MOST_GLYPHS);
        assert_eq!(numbers("0 0 210 297"), Some(A4));
        assert_eq!(numbers("0 0 NaN 297"), None);
    }
}
