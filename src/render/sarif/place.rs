//! Where a SARIF result stands: file, region, headings.

use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::Text;
use crate::fingerprint::portable;
use crate::locale::Locale;
use crate::render::json::text;
use crate::render::location::Locator;
use crate::render::visible::joined;
use crate::say;
use crate::span::Span;

/// The folder that relative paths start from: where guiju was run, as a rule the root of the repository.
const BASE: &str = "%SRCROOT%";
/// Everything but the characters that RFC 3986 leaves unreserved, and the slash between folders.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A file.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Artifact {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

impl Artifact {
    /// The file at a path: a relative one from the base, an absolute one as it is.
    pub fn of(path: &str) -> Artifact {
        let portable = portable(path);
        let encoded = utf8_percent_encode(&portable, ENCODED).to_string();
        match Path::new(path).is_absolute() {
            true => Artifact {
                uri: format!("file://{}{encoded}", if encoded.starts_with('/') { "" } else { "/" }),
                uri_base_id: None,
            },
            false => Artifact { uri: encoded, uri_base_id: Some(BASE) },
        }
    }
}

/// Says what the base is.
pub fn bases(locale: Locale) -> String {
    let told = say!(locale, "运行 guiju 的文件夹", "the folder that guiju was run in");
    format!("{{\"{BASE}\":{{\"description\":{}}}}}", text(&Text { text: told }))
}

/// Lines and columns from 1, columns in characters, the end exclusive.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Snippet>,
}

/// A text that is quoted.
#[derive(Debug, Clone, Serialize)]
pub struct Snippet {
    text: String,
}

impl Region {
    /// The region of a span.
    pub fn of(locator: &Locator<'_>, span: Span) -> Region {
        let (start_line, start_column) = locator.line_column(span.start);
        let (end_line, end_column) = locator.line_column(span.end.max(span.start));
        let snippet = (!span.is_empty()).then(|| Snippet { text: super::snippet(locator, span) });
        Region { start_line, start_column, end_line, end_column, snippet }
    }

    /// The region without its text.
    #[must_use]
    pub fn bare(mut self) -> Region {
        self.snippet = None;
        self
    }
}

/// A region of a file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PhysicalLocation {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

impl PhysicalLocation {
    /// The whole file without a region.
    pub const fn new(artifact_location: Artifact, region: Option<Region>) -> Self {
        PhysicalLocation { artifact_location, region }
    }
}

/// A heading with those above it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LogicalLocation {
    name: String,
    fully_qualified_name: String,
    kind: &'static str,
}

impl LogicalLocation {
    /// The heading that a place stands under; none in front of the first.
    pub fn of(headings: &[String]) -> Vec<LogicalLocation> {
        let headings: Vec<_> = headings.iter().map(|it| joined(it).into_owned()).collect();
        let last = headings.last().filter(|it| !it.is_empty()).cloned();
        let whole = headings.join(" / ");
        last.map(|name| LogicalLocation { name, fully_qualified_name: whole, kind: "section" }).into_iter().collect()
    }
}

/// A SARIF `location`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

impl Place {
    /// A place of which nothing more is said.
    pub const fn new(physical_location: PhysicalLocation) -> Self {
        Place { id: None, physical_location, logical_locations: Vec::new(), message: None }
    }

    /// Adds the headings it stands under.
    #[must_use]
    pub fn under(mut self, headings: &[String]) -> Place {
        self.logical_locations = LogicalLocation::of(headings);
        self
    }

    /// Numbers a related place and says what is there.
    #[must_use]
    pub fn said(mut self, id: usize, message: String) -> Place {
        self.id = Some(id);
        self.message = Some(Text { text: message });
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_uris() {
        for (path, uri) in [
            ("./报告/a b.txt", "%E6%8A%A5%E5%91%8A/a%20b.txt"),
            ("100%#1?.txt", "100%25%231%3F.txt"),
            ("a\"b'\n.txt", "a%22b%27%0A.txt"),
            ("c:d.txt", "c%3Ad.txt"),
            #[cfg(unix)]
            (r"报告\a.txt", "%E6%8A%A5%E5%91%8A%5Ca.txt"),
        ] {
            let artifact = Artifact::of(path);
            assert_eq!((artifact.uri.as_str(), artifact.uri_base_id), (uri, Some(BASE)));
        }
        #[cfg(unix)]
        assert_eq!(Artifact::of("/报 告.txt").uri, "file:///%E6%8A%A5%20%E5%91%8A.txt");
    }
}
