//! The pack that `guiju pack new` writes: commented, sound, and with tests that pass.

const TEXT: &str = include_str!("starter.yaml");

/// The starter under a name. `None` where the name can be no pack's, nor a file's.
pub fn starter(name: &str) -> Option<String> {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let sound = !name.is_empty() && name.chars().all(fits) && name.chars().any(char::is_alphabetic);
    (sound && !name.starts_with('-')).then(|| TEXT.replace("NAME", name).replace("ID0", &format!("{}0", prefix(name))))
}

/// What the ids of a pack begin with: the first letters of its name.
fn prefix(name: &str) -> String {
    let letters: String = name.chars().filter(char::is_ascii_alphabetic).take(2).collect();
    if letters.len() == 2 { letters.to_uppercase() } else { "GZ".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_name_it_is_given() {
        for (name, id) in [("benqu", Some("BE001")), ("本区", Some("GZ001")), ("xz-2024", Some("XZ001"))] {
            assert!(starter(name).is_some_and(|it| it.contains(&format!("id: {}", id.unwrap()))), "{name}");
        }
        for name in ["", "a b", "../x", "a.yaml", "-x", "12", "甲：乙"] {
            assert_eq!(starter(name), None, "{name}");
        }
    }
}
