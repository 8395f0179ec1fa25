//! The numbers that a browser puts before the items of a list.

/// A numbered list that is open, and the number due next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbered {
    letters: bool,
    upper: bool,
    next: u32,
}

impl Numbered {
    /// A list as its attributes say: `type`, `start`, and a style that may hide the numbers.
    pub fn new(kind: Option<&str>, start: Option<&str>, style: &str) -> Option<Numbered> {
        if style.contains("list-style:none") || style.contains("list-style-type:none") {
            return None;
        }
        let letters = kind.is_some_and(|it| it.eq_ignore_ascii_case("a"));
        let next = start.and_then(|it| it.trim().parse().ok()).unwrap_or(1);
        Some(Numbered { letters, upper: kind == Some("A"), next })
    }

    /// What stands before the next item, whose own `value` wins.
    pub fn take(&mut self, value: Option<&str>) -> String {
        let number = value.and_then(|it| it.trim().parse().ok()).unwrap_or(self.next);
        self.next = number.saturating_add(1);
        match u8::try_from(number.wrapping_sub(1)).ok().filter(|it| self.letters && *it < 26) {
            Some(at) if self.upper => format!("{}. ", char::from(b'A' + at)),
            Some(at) => format!("{}. ", char::from(b'a' + at)),
            None => format!("{number}. "),
        }
    }
}
