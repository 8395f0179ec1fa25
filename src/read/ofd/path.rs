//! The lines that the drawings of an OFD page are made of.

use super::object::Object;
use crate::read::pages::Rule;

/// The straight lines of a path: `M 0 0 L 100 0 L 100 50 C`. Curves are passed over, but for where they end.
pub fn rules(data: &str, object: &Object) -> Vec<Rule> {
    let mut rules = Vec::new();
    let (mut start, mut at) = ((0.0, 0.0), (0.0, 0.0));
    let mut words = data.split_whitespace();
    let mut line = |from: (f64, f64), to: (f64, f64)| {
        let (from, to) = (object.place(from.0, from.1), object.place(to.0, to.1));
        rules.extend(Rule::new(from.0, from.1, to.0, to.1));
    };
    while let Some(word) = words.next() {
        let count = match word {
            "M" | "S" | "L" => 2,
            "Q" => 4,
            "B" => 6,
            "A" => 7,
            _ => 0,
        };
        let numbers: Vec<f64> = words.by_ref().take(count).filter_map(|it| it.parse().ok()).collect();
        let end = match numbers.as_slice() {
            [.., x, y] => (*x, *y),
            _ => at,
        };
        match word {
            "M" | "S" => start = end,
            "L" => line(at, end),
            "C" => {
                line(at, start);
                at = start;
                continue;
            }
            _ => {}
        }
        at = end;
    }
    rules
}
