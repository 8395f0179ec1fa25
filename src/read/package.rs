//! The parts of an Office file and how they refer to each other.

use crate::read::archive::Archive;
use crate::read::damage::Damage;
use crate::read::xml::{Token, Xml};

/// How one part refers to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Its name in the part that refers.
    pub id: String,
    /// What the other part is to it: `styles`, `numbering`.
    pub kind: String,
    /// The name of the other part; that of an outer file is as it was written.
    pub target: String,
}

/// The part that is the document, and what it refers to.
#[derive(Debug, Clone)]
pub struct Main {
    /// Its name: `word/document.xml`.
    pub part: String,
    /// What it refers to.
    pub relations: Vec<Relation>,
}

impl Main {
    /// Finds it.
    ///
    /// # Errors
    /// A container without it, or whose lists of relations are damaged.
    pub fn of(archive: &mut Archive<'_>) -> Result<Main, Damage> {
        const USUAL: &str = "word/document.xml";
        let root = relations(archive, "")?;
        let named = root.into_iter().find(|it| it.kind == "officeDocument").map(|it| it.target);
        let part = named.filter(|it| archive.has(it)).unwrap_or_else(|| USUAL.to_owned());
        if !archive.has(&part) {
            return Err(Damage::Missing(USUAL));
        }
        let relations = relations(archive, &part)?;
        Ok(Main { part, relations })
    }

    /// The text of the part that is `kind` to the document, if there is one.
    ///
    /// # Errors
    /// One that cannot be read.
    pub fn text(&self, archive: &mut Archive<'_>, kind: &str) -> Result<Option<(String, String)>, Damage> {
        let Some(relation) = self.relations.iter().find(|it| it.kind == kind) else { return Ok(None) };
        Ok(archive.text(&relation.target)?.map(|text| (relation.target.clone(), text)))
    }
}

/// The name of the part that holds the relations of another.
pub fn relations_of(part: &str) -> String {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    format!("{folder}_rels/{name}.rels")
}

fn relations(archive: &mut Archive<'_>, part: &str) -> Result<Vec<Relation>, Damage> {
    let name = relations_of(part);
    let Some(text) = archive.text(&name)? else { return Ok(Vec::new()) };
    let mut xml = Xml::new(&name, &text);
    let mut found = Vec::new();
    while let Some(token) = xml.read()? {
        if let Token::Open(tag) = token
            && let (Some(id), Some(kind), Some(target)) = (tag.get("Id"), tag.get("Type"), tag.get("Target"))
        {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            found.push(Relation { id, kind, target: resolved(part, &target) });
        }
    }
    Ok(found)
}

/// The name of the part that `target` means in `part`.
fn resolved(part: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut path: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parts_are_resolved() {
        for (part, target, name) in [
            ("", "word/document.xml", "word/document.xml"),
            ("word/document.xml", "styles.xml", "word/styles.xml"),
            ("word/document.xml", "/word/styles.xml", "word/styles.xml"),
            ("word/document.xml", "../a/./b.xml", "a/b.xml"),
            ("word/document.xml", "../../../b.xml", "b.xml"),
        ] {
            assert_eq!(resolved(part, target), name);
        }
        assert_eq!(relations_of(""), "_rels/.rels");
        assert_eq!(relations_of("word/document.xml"), "word/_rels/document.xml.rels");
    }
}
