//! Numerals: 1,234 / １，２３４ / 一百二十 / 两百 / 3.5万 / 1.2亿 / 百分之八十 / 36.5%.

use chinese_number::{ChineseCountMethod, ChineseToNumber};

/// The value of a whole Chinese or arabic numeral such as 十二 or 12; of either width.
pub fn integer(text: &str) -> Option<u64> {
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
