//! Numerals: 1,234 / １，２３４ / 一百二十 / 两百 / 3.5万 / 1.2亿 / 百分之八十 / 36.5%.

mod context;
mod scan;

use std::ops::Range;

use chinese_number::{ChineseCountMethod, ChineseToNumber};
use rust_decimal::Decimal;

pub use context::unit;

/// A number as a report writes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Numeral {
    /// Its characters, multiplier and percent sign included: `3.5万`, `36.5%`, `百分之八十`.
    pub range: Range<usize>,
    /// What it is worth: 35000, 0.365, 0.8.
    pub value: Decimal,
    /// Whether it is a percentage; its value is then the hundredth part of the figure.
    pub percent: bool,
    /// How many digits stand behind the point, as written.
    pub places: u32,
    /// Whether 约, 近, 超过, 余, 多 or a range makes it less than exact.
    pub vague: bool,
}

/// Every count and percentage of `text`, in order: no years, dates, ordinals (第三), numbers of documents and versions,
/// numbers inside names (“7+1”, 5G), and no words that merely hold a numeral (一般, 万一, 十分, 一是).
pub fn numerals(text: &str) -> Vec<Numeral> {
    let context = context::Context::new(text);
    scan::scan(text).into_iter().filter(|it| context.counts(it)).map(|it| it.into_numeral(&context)).collect()
}

/// Every numeral of `text` whatever stands round it: for templates, which say themselves what must stand there.
pub fn all(text: &str) -> Vec<Numeral> {
    let context = context::Context::new(text);
    scan::scan(text).into_iter().map(|it| it.into_numeral(&context)).collect()
}

/// The value of a whole Chinese or arabic numeral such as 十二 or 12; of either width.
pub fn integer(text: &str) -> Option<u64> {
    // Most are one character, at the front of a heading.
    let mut chars = text.chars();
    if let (Some(only), None) = (chars.next(), chars.next())
        && let Some(before) = "一二三四五六七八九十".chars().position(|it| it == only)
    {
        return u64::try_from(before + 1).ok();
    }
    let narrow: String = text
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            '廿' => '廿',
            _ => c,
        })
        .collect();
    if narrow.bytes().all(|b| b.is_ascii_digit()) {
        return narrow.parse().ok();
    }
    let spelled = narrow.replace('廿', "二十").replace('卅', "三十").replace('两', "二");
    spelled.to_number(ChineseCountMethod::TenThousand).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::slice;
    use crate::span::Span;

    fn read(found: &[Numeral], text: &str) -> Vec<String> {
        found
            .iter()
            .map(|it| {
                let mark = if it.vague { "~" } else { "" };
                format!("{}={mark}{}", slice(text, Span::from(it.range.clone())), it.value.normalize())
            })
            .collect()
    }

    fn assert_all(cases: &[(&str, &[&str])]) {
        for (text, expected) in cases {
            assert_eq!(read(&numerals(text), text), *expected, "{text}");
        }
    }

    #[test]
    fn values() {
        assert_all(&[
            ("审结1,234件", &["1,234=1234"]),
            ("审结１，２３４件", &["１，２３４=1234"]),
            ("审结1,234,567件", &["1,234,567=1234567"]),
            ("审结一百二十件", &["一百二十=120"]),
            ("审结两百件、两件", &["两百=200", "两=2"]),
            ("投入3.5万元，1.2亿元", &["3.5万=35000", "1.2亿=120000000"]),
            ("投入1亿2000万元", &["1亿2000万=120000000"]),
            ("投入三点五万元", &["三点五万=35000"]),
            ("办结率百分之八十", &["百分之八十=0.8"]),
            ("办结率百分之九十八点六", &["百分之九十八点六=0.986"]),
            ("办结率百分之98.5", &["百分之98.5=0.985"]),
            ("办结率36.5%，３６．５％", &["36.5%=0.365", "３６．５％=0.365"]),
            ("办结廿三件", &["廿三=23"]),
            ("受理一千零一件，一万二千三百件", &["一千零一=1001", "一万二千三百=12300"]),
            ("办结二〇件", &["二〇=20"]),
            ("投入3千元，用电3千瓦", &["3千=3000", "3=3"]),
            ("同比增长0.50%", &["0.50%=0.005"]),
            ("受理10件、20件和30件", &["10=10", "20=20", "30=30"]),
        ]);
    }

    #[test]
    fn places_are_those_written() {
        let places = |text: &str| numerals(text).first().map(|it| (it.places, it.percent));
        assert_eq!(places("率36.50%"), Some((2, true)));
        assert_eq!(places("率百分之九十八点六"), Some((1, true)));
        assert_eq!(places("100%"), Some((0, true)));
        assert_eq!(places("3.5万元"), Some((1, false)));
    }

    #[test]
    fn no_numbers() {
        for text in [
            "第三批、第12次",
            "一是强化领导；二是压实责任",
            "一般问题、一些单位、万一、十分满意、一律、一定、统一、唯一、之一、一一回复",
            "形式单一，标准不一，多证合一。始终如一",
            "2024年、二〇二四年、2021-2025年、2024年度、3年行动、三年行动",
            "3月1日、三月一日、12月底、10时30分、10:30",
            "2025-01-14、2025.1.14、2025/1/14",
            "二十届三中全会、党的二十大、十四五规划、八五普法",
            "厅字〔2019〕28号、国办发〔2020〕53号、1号文件",
            "“7+1”队伍、7+1队伍、1+N体系、“123456”品牌、5G、A4、COVID-19",
            "“12·4”国家宪法日、12·4",
            "《三年行动方案》、“三项制度”、“两个确立”",
            "千方百计、百姓、千家万户、万众一心、数百、三五成群",
            "一次性告知、一体化、一站式、一网通办、一件事",
            "1.1.2版、192.168.1.1",
            "",
        ] {
            assert_eq!(read(&numerals(text), text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn vague_numbers() {
        assert_all(&[
            ("约100件", &["100=~100"]),
            ("节约100万元、签约68个", &["100万=100万".replace("100万=100万", "100万=1000000").as_str(), "68=68"]),
            ("近90%", &["90%=~0.9"]),
            ("最近3场", &["3=3"]),
            ("1000余场次", &["1000=~1000"]),
            ("100多件", &["100=~100"]),
            ("超过50%，超50%，逾50%", &["50%=~0.5", "50%=~0.5", "50%=~0.5"]),
            ("5件以上、95%以上", &["5=~5", "95%=~0.95"]),
            ("十余件、十几件", &["十=~10", "十=~10"]),
            ("20件左右", &["20=~20"]),
            ("参考人数320人、件数12件", &["320=320", "12=12"]),
            ("几十件", &["十=~10"]),
            ("10-20件", &["10=~10", "20=~20"]),
            ("10至20件", &["10=~10", "20=~20"]),
            ("63%~68%", &["63%=~0.63", "68%=~0.68"]),
            ("由10件增至20件", &["10=10", "20=20"]),
        ]);
    }

    #[test]
    fn all_takes_what_stands_in_no_context_too() {
        assert_eq!(read(&all("第12次、3年"), "第12次、3年"), ["12=12", "3=3"]);
    }

    #[test]
    fn hostile_input_ends() {
        for text in [
            "9".repeat(5000),
            "九".repeat(5000),
            "9,".repeat(5000),
            "9.".repeat(5000),
            "百分之".repeat(3000),
            "1亿".repeat(3000),
            "“".repeat(20000),
            "1-".repeat(20000),
        ] {
            let _ = numerals(&text);
            let _ = all(&text);
        }
    }

    #[test]
    fn integers() {
        for (text, value) in [("十二", 12), ("12", 12), ("１２", 12), ("廿三", 23), ("两百", 200)] {
            assert_eq!(integer(text), Some(value), "{text}");
        }
    }
}
