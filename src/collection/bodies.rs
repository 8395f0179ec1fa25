//! Which names mean one body.

use std::collections::HashMap;

use crate::fold::fold;

/// The bodies of a set of reports, by all their names.
#[derive(Debug, Default)]
pub struct Bodies {
    numbers: HashMap<String, usize>,
}

/// A shorter name says too little to be the end of another.
const SHORTEST: usize = 5;
/// A name that so many others end in is not one of them.
const LONGER: usize = 8;

impl Bodies {
    /// The bodies that reports name, and those known beforehand with the other names they go by. Script, width and
    /// spaces make no other body; nor do the places in front of it, where but one body has the longer name:
    /// 清河区司法局 is 临江市清河区司法局 as long as there is no 海州市清河区司法局.
    pub fn new<'a>(names: impl Iterator<Item = &'a str>, known: &[(String, Vec<String>)]) -> Bodies {
        let mut bodies = Bodies::default();
        for (at, (name, others)) in known.iter().enumerate() {
            for name in others.iter().chain([name]) {
                bodies.numbers.entry(fold(name)).or_insert(at);
            }
        }
        let mut next = known.len();
        for name in names {
            let number = *bodies.numbers.entry(fold(name)).or_insert(next);
            next += usize::from(number == next);
        }
        bodies.join();
        bodies
    }

    /// Gives a name the body of the longer names that end in it, where they are all of one.
    fn join(&mut self) {
        let mut longer: HashMap<&str, Vec<usize>> = HashMap::new();
        for (name, number) in &self.numbers {
            for (at, _) in name.char_indices().skip(1) {
                let Some(end) = name.get(at..).filter(|it| self.numbers.contains_key(*it)) else { continue };
                let numbers = longer.entry(end).or_default();
                if numbers.len() < LONGER && !numbers.contains(number) {
                    numbers.push(*number);
                }
            }
        }
        let mut ends: Vec<(&str, Vec<usize>)> = longer.into_iter().collect();
        ends.retain(|(name, numbers)| name.chars().count() >= SHORTEST && numbers.len() < LONGER);
        // From the longest to the shortest, so that a name follows the one it ends, wherever that one went.
        ends.sort_by_key(|(name, _)| (std::cmp::Reverse(name.len()), *name));
        let mut means: HashMap<usize, usize> = HashMap::new();
        for (name, numbers) in ends {
            let mut bodies: Vec<usize> = numbers.iter().map(|it| meant(&means, *it)).collect();
            bodies.sort_unstable();
            bodies.dedup();
            if let ([body], Some(own)) = (bodies.as_slice(), self.numbers.get(name).map(|it| meant(&means, *it)))
                && own != *body
            {
                means.insert(own, *body);
            }
        }
        self.numbers.values_mut().for_each(|it| *it = meant(&means, *it));
    }

    /// The number of a body by any of its names.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.numbers.get(&fold(name)).copied()
    }
}

/// The number that a number came to mean.
fn meant(means: &HashMap<usize, usize>, number: usize) -> usize {
    let mut number = number;
    while let Some(next) = means.get(&number) {
        number = *next;
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_body_has_many_names() {
        let known = [("清河区政务服务局".to_owned(), vec!["清河区行政审批局".to_owned()])];
        let names = [
            "清河区司法局",
            "临江市清河区司法局",
            "江东省临江市清河区司法局",
            "清 河 區 司 法 局",
            "东湖区司法局",
            "临江市东湖区司法局",
            "海州市东湖区司法局",
            "区司法局",
            "清河区行政审批局",
        ];
        let bodies = Bodies::new(names.into_iter(), &known);
        let same = |one: &str, other: &str| bodies.number(one) == bodies.number(other);
        for name in &names[1..4] {
            assert!(same(names[0], name), "{name}");
        }
        assert!(same("清河区政务服务局", "清河区行政审批局"));
        for other in ["东湖区司法局", "区司法局", "清河区行政审批局"] {
            assert!(!same("清河区司法局", other), "{other}");
        }
        assert!(!same("东湖区司法局", "临江市东湖区司法局") && !same("临江市东湖区司法局", "海州市东湖区司法局"));
        assert_eq!(bodies.number("清河区民政局"), None);
    }
}
