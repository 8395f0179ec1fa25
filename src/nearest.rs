//! "Did you mean": the known word nearest to one that is not known.

/// Longer words are no slips of the pen.
const LONGEST: usize = 64;

/// The word of `known` that `word` is most likely a slip for, if any is near enough.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.trim().to_lowercase();
    let length = word.chars().take(LONGEST + 1).count();
    let slips = match length {
        0 | 1 => 0,
        2..=5 => 1,
        6..=LONGEST => length / 3,
        _ => return None,
    };
    known
        .into_iter()
        .map(|it| (strsim::osa_distance(&word, &it.to_lowercase()), it))
        .filter(|(distance, _)| *distance <= slips)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, it)| it)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_slips_and_nothing_else() {
        let known = ["id", "check", "severity", "存在不足", "不足", "举措"];
        for (word, expected) in [
            ("chek", Some("check")),
            ("Check", Some("check")),
            ("serverity", Some("severity")),
            ("存在不 足", Some("存在不足")),
            ("不组", Some("不足")),
            ("message", None),
            ("甲", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, known), expected, "{word}");
        }
        assert_eq!(nearest(&"check".repeat(1000), known), None);
    }
}
