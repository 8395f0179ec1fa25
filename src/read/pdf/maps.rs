//! Characters of fonts that bring no map of their own: by the character collection they are set in, or by the table
//! that an embedded font was made with.

use std::collections::BTreeMap;

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, String as PdfString};
use skrifa::{FontRef, MetadataProvider};

/// Fonts without a map, by the name that glyphs know them by.
#[derive(Debug, Default)]
pub struct Maps {
    /// `None` where two fonts of one name are coded differently.
    fonts: BTreeMap<String, Option<Coding>>,
    /// What is known of each collection, read when first asked for.
    collections: BTreeMap<&'static str, Option<CMap>>,
    encodings: BTreeMap<Vec<u8>, Option<CMap>>,
    /// For each embedded font, by its content, which character each of its glyphs shows.
    programs: BTreeMap<u128, BTreeMap<u32, char>>,
}

/// How the codes of a font lead to characters.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Coding {
    /// The name of the map from codes to the numbers of a collection.
    encoding: Vec<u8>,
    /// The ordering of the collection: GB1, CNS1, Japan1, Korea1.
    ordering: Vec<u8>,
}

impl Maps {
    /// Looks at all fonts of a file.
    pub fn of(pdf: &Pdf) -> Maps {
        let mut maps = Maps::default();
        for object in pdf.objects() {
            if let Some((name, coding)) = object.into_dict().and_then(|it| composite(&it)) {
                let known = maps.fonts.entry(name).or_insert_with(|| Some(coding.clone()));
                if known.as_ref().is_some_and(|it| *it != coding) {
                    *known = None;
                }
            }
        }
        maps
    }

    /// What a glyph shows whose font does not say so itself.
    pub fn text(&mut self, glyph: &Glyph<'_>) -> Option<String> {
        let Glyph::Outline(outline) = glyph else { return None };
        let data = outline.font_data()?;
        let coding = data.postscript_name.as_ref().and_then(|it| self.fonts.get(it).cloned()).flatten();
        let by_collection = coding.and_then(|it| self.by_collection(&it, outline.char_code()));
        by_collection.or_else(|| {
            let glyphs = self.programs.entry(data.cache_key).or_insert_with(|| characters((*data.data).as_ref()));
            glyphs.get(&outline.glyph_id().to_u32()).map(char::to_string)
        })
    }

    fn by_collection(&mut self, coding: &Coding, code: u32) -> Option<String> {
        let family = CidFamily::from_registry_ordering(b"Adobe", &coding.ordering);
        let (key, name) = (collection(&family)?, family.ucs2_cmap()?);
        let encoding = self.encodings.entry(coding.encoding.clone()).or_insert_with(|| encoding(&coding.encoding));
        let encoding = encoding.as_ref()?;
        let number = (1..=4).find_map(|length| encoding.lookup_cid_code(code, length))?;
        let characters = self.collections.entry(key).or_insert_with(|| load(name)).as_ref()?;
        Some(match characters.lookup_bf_string(number)? {
            BfString::Char(c) => c.to_string(),
            BfString::String(text) => text,
        })
    }
}

const fn collection(family: &CidFamily) -> Option<&'static str> {
    match family {
        CidFamily::AdobeGB1 => Some("GB1"),
        CidFamily::AdobeCNS1 => Some("CNS1"),
        CidFamily::AdobeJapan1 => Some("Japan1"),
        CidFamily::AdobeKorea1 => Some("Korea1"),
        CidFamily::AdobeIdentity | CidFamily::Custom { .. } => None,
    }
}

/// The name and coding of a composite font that brings no map to characters.
fn composite(dict: &Dict<'_>) -> Option<(String, Coding)> {
    if *dict.get::<Name<'_>>("Subtype")? != *b"Type0" || dict.contains_key("ToUnicode") {
        return None;
    }
    let name = dict.get::<Name<'_>>("BaseFont")?;
    let encoding = dict.get::<Name<'_>>("Encoding")?.to_vec();
    let descendant = dict.get::<Array<'_>>("DescendantFonts")?.iter::<Dict<'_>>().next()?;
    let ordering = descendant.get::<Dict<'_>>("CIDSystemInfo")?.get::<PdfString<'_>>("Ordering")?;
    Some((without_tag(name.as_str()).to_owned(), Coding { encoding, ordering: ordering.as_bytes().to_vec() }))
}

/// `ABCDEF+SimSun` is a part of SimSun.
fn without_tag(name: &str) -> &str {
    match name.split_once('+') {
        Some((tag, rest)) if tag.len() == 6 && tag.bytes().all(|it| it.is_ascii_uppercase()) => rest,
        _ => name,
    }
}

fn encoding(name: &[u8]) -> Option<CMap> {
    match name {
        b"Identity-H" | b"Identity-V" => Some(CMap::identity_h()),
        name => load(CMapName::from_bytes(name)),
    }
}

fn load(name: CMapName<'_>) -> Option<CMap> {
    CMap::parse(load_embedded(name)?, load_embedded)
}

/// Which character each glyph of a font shows, by the font's own table; the first of several.
fn characters(font: &[u8]) -> BTreeMap<u32, char> {
    let Ok(font) = FontRef::from_index(font, 0) else { return BTreeMap::new() };
    let mut glyphs = BTreeMap::new();
    for (code, glyph) in font.charmap().mappings() {
        if let Some(c) = char::from_u32(code).filter(|c| !c.is_control()) {
            glyphs.entry(glyph.to_u32()).or_insert(c);
        }
    }
    glyphs
}
