//! OFD (GB/T 33190): the text of its pages. Templates, annotations and signatures are no part of it.

use crate::document::Lost;
use crate::extracted::Extracted;
use crate::read::archive::Archive;
use crate::read::damage::Damage;
use crate::read::pages::{self, Counts, Fault, MOST_PAGES};
use crate::read::xml::{Token, Xml};

mod object;
mod page;
mod path;

/// The part that names the documents.
const ROOT: &str = "OFD.xml";

/// A part that is a page, and the size that its document gives all pages.
type Listed = (String, Option<[f64; 4]>);

/// Reads a file.
///
/// # Errors
/// Why it cannot be read.
pub fn read(bytes: &[u8]) -> Result<Extracted, Fault> {
    let mut archive = Archive::open(bytes).map_err(Fault::Part)?;
    let names = pages(&mut archive).map_err(Fault::Part)?;
    if names.len() > MOST_PAGES {
        return Err(Fault::Pages(names.len()));
    }
    let mut counts = Counts::default();
    let mut laid = Vec::new();
    for (name, size) in names {
        let text = archive.text(&name).map_err(Fault::Part)?.ok_or(Fault::Part(Damage::Missing("Content.xml")))?;
        laid.push(page::read(&name, &text, size, &mut counts)?.lay());
    }
    counts.judge()?;
    Ok(pages::compose(laid, Lost { line_breaks: true, ..Lost::default() }))
}

/// The parts that are pages, in order, each with the size that the document gives its pages.
fn pages(archive: &mut Archive<'_>) -> Result<Vec<Listed>, Damage> {
    let root = archive.text(ROOT)?.ok_or(Damage::Missing(ROOT))?;
    let mut pages = Vec::new();
    for document in texts(ROOT, &root, "DocRoot")? {
        let document = resolve(ROOT, &document);
        let text = archive.text(&document)?.ok_or(Damage::Missing("Document.xml"))?;
        let size = texts(&document, &text, "PhysicalBox")?.first().and_then(|it| page::numbers(it));
        pages.extend(page_names(&document, &text)?.into_iter().map(|it| (it, size)));
    }
    Ok(pages)
}

/// What the elements of one name say.
fn texts(part: &str, text: &str, name: &str) -> Result<Vec<String>, Damage> {
    let mut xml = Xml::new(part, text);
    let (mut texts, mut open) = (Vec::new(), false);
    while let Some(token) = xml.read()? {
        match token {
            Token::Open(tag) => {
                open = tag.name() == name;
                texts.extend(open.then(String::new));
            }
            Token::Close => open = false,
            Token::Text(text) => {
                if let Some(last) = texts.last_mut().filter(|_| open) {
                    last.push_str(&text);
                }
            }
        }
    }
    Ok(texts.into_iter().map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect())
}

/// The parts that a document lists as its pages; those it lists as templates are none.
fn page_names(part: &str, text: &str) -> Result<Vec<String>, Damage> {
    let mut xml = Xml::new(part, text);
    let mut names = Vec::new();
    while let Some(token) = xml.read()? {
        if let Token::Open(tag) = token
            && tag.name() == "Page"
        {
            names.extend(tag.get("BaseLoc").map(|it| resolve(part, &it)));
        }
    }
    Ok(names)
}

/// The name of a part as another one refers to it.
fn resolve(from: &str, to: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let whole = if to.starts_with('/') { to.to_owned() } else { format!("{folder}/{to}") };
    let mut steps: Vec<&str> = Vec::new();
    for step in whole.split('/').filter(|it| !it.is_empty() && *it != ".") {
        match step {
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_lead_from_the_folder_of_the_part_or_from_the_root() {
        for (from, to, name) in [
            ("OFD.xml", "Doc_0/Document.xml", "Doc_0/Document.xml"),
            ("Doc_0/Document.xml", "Pages/Page_0/Content.xml", "Doc_0/Pages/Page_0/Content.xml"),
            ("Doc_0/Document.xml", "/Doc_0/Pages/./P.xml", "Doc_0/Pages/P.xml"),
            ("Doc_0/Document.xml", "../Doc_1/P.xml", "Doc_1/P.xml"),
            ("OFD.xml", "../../x", "x"),
        ] {
            assert_eq!(resolve(from, to), name);
        }
    }
}
