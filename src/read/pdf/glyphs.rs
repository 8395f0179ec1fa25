//! The glyphs of each page, in the order they are drawn.

use std::panic::resume_unwind;

use hayro_interpret::font::{Glyph as FontGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RenderContent, SoftMask, TransformExt, interpret_page,
};
use hayro_syntax::Pdf;

use super::maps::Maps;
use crate::read::pages::{Counts, Fault, Glyph, Laid, MOST_GLYPHS, MOST_STEPS, Page, Rule, is_private};

/// More lines than this are no tables, and longer paths none of their lines.
const MOST_RULES: usize = 2000;
const MOST_IN_PATH: usize = 2000;
/// The library measures glyphs in thousandths of the size of their font.
const UNITS: f64 = 1000.0;

/// All pages of a file.
#[derive(Debug, Default)]
pub struct Read {
    /// Its pages.
    pub pages: Vec<Laid>,
    /// What was counted on them.
    pub counts: Counts,
}

/// Reads all pages.
pub fn read(pdf: &Pdf) -> Read {
    let cache = InterpreterCache::new();
    let mut maps = Maps::of(pdf);
    let mut read = Read::default();
    let mut steps = 0;
    for page in pdf.pages().iter() {
        let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
        let (width, height) = page.render_dimensions();
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let upright = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(upright, bounds, &cache, pdf.xref(), settings);
        let mut device =
            Reader { maps: &mut maps, glyphs: Vec::new(), rules: Vec::new(), unknown: 0, images: 0, steps, bounds };
        interpret_page(page, &mut context, &mut device);
        steps = device.steps;
        read.counts.pages += 1;
        read.counts.unknown += device.unknown;
        read.counts.images += device.images;
        read.counts.known += device.glyphs.len();
        let Reader { glyphs, rules, .. } = device;
        read.pages.push(Page { width: bounds.width(), height: bounds.height(), glyphs, rules }.lay());
    }
    read
}

struct Reader<'m> {
    maps: &'m mut Maps,
    glyphs: Vec<Glyph>,
    rules: Vec<Rule>,
    unknown: usize,
    images: usize,
    steps: usize,
    bounds: Rect,
}

impl Reader<'_> {
    /// Counts a drawing step; past the limit the library is left by unwinding, for it cannot be asked to stop.
    fn step(&mut self) {
        self.steps += 1;
        if self.steps > MOST_STEPS || self.glyphs.len() > MOST_GLYPHS {
            resume_unwind(Box::new(Fault::Endless));
        }
    }

    fn rule(&mut self, at: Rect) {
        if self.rules.len() <= MOST_RULES {
            self.rules.extend(Rule::new(at.x0, at.y0, at.x1, at.y1));
        }
    }

    fn add(&mut self, glyph: &FontGlyph<'_>, transform: Affine) {
        let at = transform * Point::ZERO;
        let [a, b, c, d, ..] = transform.as_coeffs();
        let (size, stretch) = (c.hypot(d) * UNITS, a.hypot(b));
        if !self.bounds.inflate(1.0, 1.0).contains(at) || size < 0.1 || !size.is_finite() {
            return;
        }
        let advance = f64::from(width(glyph)) * stretch;
        let turn = turn(a, b);
        let text = text(glyph).or_else(|| self.maps.text(glyph));
        let Some(text) = text.filter(|it| !it.chars().any(is_private)) else {
            self.unknown += 1;
            return;
        };
        // What stands for several characters is as wide as all of them.
        let share = advance / text.chars().count().max(1) as f64;
        for (index, c) in text.chars().enumerate() {
            let (along, across) = (share * index as f64 * a / stretch, share * index as f64 * b / stretch);
            self.glyphs.push(Glyph { c, x: at.x + along, y: at.y + across, size, advance: share, turn });
        }
    }
}

fn width(glyph: &FontGlyph<'_>) -> f32 {
    match glyph {
        FontGlyph::Outline(glyph) => glyph.advance_width().unwrap_or(0.0),
        FontGlyph::Type3(glyph) => glyph.advance_width().unwrap_or(0.0),
    }
}

fn text(glyph: &FontGlyph<'_>) -> Option<String> {
    Some(match glyph.as_unicode()? {
        BfString::Char(c) => c.to_string(),
        BfString::String(text) => text,
    })
}

/// How a glyph is turned, in quarters clockwise; `None` where it stands askew, as watermarks do.
fn turn(a: f64, b: f64) -> Option<u8> {
    let (across, down) = (a.abs(), b.abs());
    match (across > down * 10.0, down > across * 10.0) {
        (true, _) => Some(if a > 0.0 { 0 } else { 2 }),
        (_, true) => Some(if b > 0.0 { 1 } else { 3 }),
        _ => None,
    }
}

impl Device<'_> for Reader<'_> {
    /// Thin boxes and strokes are the lines of tables.
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'_>, mode: &DrawMode) {
        self.step();
        if path.elements().len() > MOST_IN_PATH {
            return;
        }
        if matches!(mode, DrawMode::Fill(_)) {
            self.rule(props.transform.transform_rect_bbox(path.bounding_box()));
        } else {
            for segment in path.segments() {
                self.rule(props.transform.transform_rect_bbox(segment.bounding_box()));
            }
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.step();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {
        self.step();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            self.step();
            self.add(glyph, props.transform * glyph.transform());
        }
    }

    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {
        self.step();
        self.images += 1;
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
