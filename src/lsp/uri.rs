//! File URIs and the paths they stand for.

use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What is spelt out in a path: all but letters, digits, the unreserved signs and what parts one folder from the next.
const SPELT_OUT: AsciiSet = NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The path that a file URI stands for; other URIs stand for none.
pub fn path(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    let path = percent_decode_str(path).decode_utf8().ok()?;
    // file:///C:/x on Windows.
    let drive = path.as_bytes().get(2) == Some(&b':') && path.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic);
    let path = if drive { path.trim_start_matches('/') } else { &path };
    (!path.is_empty()).then(|| PathBuf::from(path))
}

/// The URI of a file; `None` where the path is not absolute.
pub fn of(path: &Path) -> Option<String> {
    if !path.is_absolute() {
        return None;
    }
    let path = path.to_str()?.replace('\\', "/");
    let root = if path.starts_with('/') { "" } else { "/" };
    Some(format!("file://{root}{}", utf8_percent_encode(&path, &SPELT_OUT)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_there_and_back() {
        for (uri, expected) in [
            ("file:///a/%E6%8A%A5%E5%91%8A.txt", Some("/a/报告.txt")),
            ("file:///a/报 告.txt", Some("/a/报 告.txt")),
            ("file://localhost/a.yaml", Some("/a.yaml")),
            ("file:///c%3A/a.md", Some("c:/a.md")),
            ("file:///a%FF", None),
            ("untitled:Untitled-1", None),
            ("file://", None),
            ("", None),
        ] {
            assert_eq!(path(uri), expected.map(PathBuf::from), "{uri}");
        }
        assert_eq!(of(Path::new("/a/报 告.txt")).unwrap(), "file:///a/%E6%8A%A5%20%E5%91%8A.txt");
        assert_eq!(of(Path::new("a.txt")), None);
    }
}
