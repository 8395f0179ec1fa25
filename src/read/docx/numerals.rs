//! How Word writes the numbers of its lists.

/// The number `value` in the format that `numFmt` names; what is unknown, or has no such number, is in digits.
pub fn numeral(format: &str, value: u32) -> String {
    let written = match format {
        "none" | "bullet" => Some(String::new()),
        "decimalZero" => Some(format!("{value:02}")),
        "upperRoman" => roman(value),
        "lowerRoman" => roman(value).map(|it| it.to_lowercase()),
        "upperLetter" => letters(value, 'A'),
        "lowerLetter" => letters(value, 'a'),
        "chineseCounting"
        | "taiwaneseCounting"
        | "ideographDigital"
        | "taiwaneseDigital"
        | "japaneseDigitalTenThousand" => digital(format, value),
        "chineseCountingThousand" | "taiwaneseCountingThousand" | "japaneseCounting" => Some(counting(value)),
        "chineseLegalSimplified" => Some(formal(value, "零壹贰叁肆伍陆柒捌玖", ["", "拾", "佰", "仟"])),
        "ideographLegalTraditional" | "japaneseLegal" => {
            Some(formal(value, "零壹貳參肆伍陸柒捌玖", ["", "拾", "佰", "仟"]))
        }
        "ideographTraditional" => nth("甲乙丙丁戊己庚辛壬癸", value),
        "ideographZodiac" => nth("子丑寅卯辰巳午未申酉戌亥", value),
        "ideographEnclosedCircle" => nth("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉", value),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => nth("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", value),
        "decimalEnclosedFullstop" => nth("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛", value),
        "decimalEnclosedParen" => nth("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇", value),
        "decimalFullWidth" | "decimalFullWidth2" => Some(full_width(value)),
        "numberInDash" => Some(format!("- {value} -")),
        _ => None,
    };
    written.unwrap_or_else(|| value.to_string())
}

fn nth(row: &str, value: u32) -> Option<String> {
    let at = usize::try_from(value.checked_sub(1)?).ok()?;
    row.chars().nth(at).map(String::from)
}

/// A, B … Z, AA, BB …
fn letters(value: u32, first: char) -> Option<String> {
    let at = value.checked_sub(1).filter(|it| *it < 26 * 30)?;
    let letter = char::from_u32(u32::from(first) + at % 26)?;
    Some(String::from(letter).repeat(usize::try_from(at / 26).ok()? + 1))
}

fn roman(value: u32) -> Option<String> {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut left = Some(value).filter(|it| (1..4000).contains(it))?;
    let mut written = String::new();
    for (step, letters) in STEPS {
        while left >= step {
            written.push_str(letters);
            left -= step;
        }
    }
    Some(written)
}

/// Up to ninety-nine as counted, beyond that digit by digit; the digital formats always so.
fn digital(format: &str, value: u32) -> Option<String> {
    let counted = matches!(format, "chineseCounting" | "taiwaneseCounting");
    if counted && (1..100).contains(&value) {
        return Some(counting(value));
    }
    Some(value.to_string().chars().map(|c| digit("〇一二三四五六七八九", c)).collect())
}

fn digit(row: &str, c: char) -> char {
    let at = c.to_digit(10).and_then(|it| usize::try_from(it).ok()).unwrap_or_default();
    row.chars().nth(at).unwrap_or(c)
}

/// 十二, 一百零五
fn counting(value: u32) -> String {
    let written = formal(value, "零一二三四五六七八九", ["", "十", "百", "千"]);
    // 一十二 is written 十二.
    match written.strip_prefix("一十") {
        Some(rest) => format!("十{rest}"),
        None => written,
    }
}

/// A number up to 99,999,999 in words; a larger one in digits.
fn formal(value: u32, digits: &str, units: [&str; 4]) -> String {
    match value {
        0 => digits.chars().take(1).collect(),
        1..10_000 => group(value, digits, units),
        10_000..100_000_000 => {
            let (high, low) = (value / 10_000, value % 10_000);
            let zero = if low > 0 && low < 1000 { digits.chars().next() } else { None };
            let low = if low == 0 { String::new() } else { group(low, digits, units) };
            format!("{}万{}{low}", group(high, digits, units), zero.map(String::from).unwrap_or_default())
        }
        _ => value.to_string(),
    }
}

/// Four digits in words, with one zero for those left out inside.
fn group(value: u32, digits: &str, units: [&str; 4]) -> String {
    let mut written = String::new();
    let mut zero = false;
    for (place, unit) in units.iter().enumerate().rev() {
        let digit = value / 10_u32.pow(u32::try_from(place).unwrap_or_default()) % 10;
        if digit == 0 {
            zero = !written.is_empty();
            continue;
        }
        if std::mem::take(&mut zero) {
            written.extend(digits.chars().next());
        }
        written.extend(digits.chars().nth(usize::try_from(digit).unwrap_or_default()));
        written.push_str(unit);
    }
    written
}

fn full_width(value: u32) -> String {
    let wide = |c: char| char::from_u32(u32::from(c) - u32::from('0') + u32::from('０')).unwrap_or(c);
    value.to_string().chars().map(wide).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        for (format, row) in [
            ("decimal", "1=1 12=12"),
            ("unheardOf", "3=3"),
            ("decimalZero", "3=03 12=12"),
            ("upperRoman", "4=IV 1999=MCMXCIX 5000=5000 0=0"),
            ("lowerRoman", "9=ix"),
            ("upperLetter", "1=A 26=Z 27=AA 53=AAA 0=0 4000000000=4000000000"),
            ("lowerLetter", "2=b"),
            ("chineseCounting", "1=一 10=十 12=十二 20=二十 35=三十五 100=一〇〇 0=〇"),
            ("ideographDigital", "10=一〇 12=一二"),
            (
                "chineseCountingThousand",
                "10=十 21=二十一 105=一百零五 110=一百一十 2003=二千零三 12030=一万二千零三十 10005=一万零五",
            ),
            ("japaneseCounting", "11=十一 100000000=100000000"),
            ("chineseLegalSimplified", "1=壹 10=壹拾 26=贰拾陆"),
            ("ideographTraditional", "1=甲 10=癸 11=11"),
            ("ideographZodiac", "12=亥"),
            ("decimalEnclosedCircleChinese", "1=① 20=⑳ 21=21"),
            ("decimalEnclosedFullstop", "2=⒉"),
            ("decimalEnclosedParen", "3=⑶"),
            ("decimalFullWidth", "12=１２"),
            ("none", "5="),
        ] {
            for pair in row.split(' ') {
                let (value, written) = pair.split_once('=').unwrap();
                assert_eq!(numeral(format, value.parse().unwrap()), written, "{format} {value}");
            }
        }
        assert_eq!(numeral("numberInDash", 1), "- 1 -");
    }
}
