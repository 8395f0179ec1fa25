//! Names of the bodies that issue reports.

use crate::fold::simplified_in_place;
use crate::source;

/// How the name of a body ends.
const ENDS: [&str; 33] = [
    "政府",
    "局",
    "委",
    "办",
    "厅",
    "院",
    "部",
    "处",
    "署",
    "会",
    "站",
    "所",
    "社",
    "馆",
    "支队",
    "大队",
    "总队",
    "中心",
    "党组",
    "公司",
    "集团",
    "学校",
    "大学",
    "中学",
    "小学",
    "银行",
    "办公室",
    "小组",
    "街道",
    "开发区",
    "高新区",
    "税务",
    "海关",
];
/// Words that end like a body and are none.
const NO_ENDS: [&str; 21] = [
    "实处",
    "之处",
    "好处",
    "用处",
    "深处",
    "社会",
    "机会",
    "大会",
    "盛会",
    "督办",
    "通办",
    "交办",
    "承办",
    "主办",
    "协办",
    "干部",
    "全部",
    "内部",
    "为中心",
    "外部",
    "网上办",
];
/// What a body's name does not begin with: these open a heading or a sentence.
const VERBS: [&str; 31] = [
    "推进", "加强", "强化", "深化", "完善", "优化", "提升", "健全", "落实", "坚持", "开展", "做好", "推动", "建立",
    "打造", "构建", "聚焦", "加快", "持续", "全面", "深入", "积极", "关于", "现将", "根据", "按照", "通过", "为", "在",
    "对", "关闭",
];
/// What a body's name does not hold.
const TELLING: [&str; 21] = [
    "我局",
    "我区",
    "我市",
    "我县",
    "我镇",
    "我省",
    "我委",
    "我单位",
    "我街",
    "贯彻",
    "落实",
    "认真",
    "开展",
    "按照",
    "会同",
    "积极",
    "配合",
    "完成",
    "通过",
    "组织召开",
    "法治政府",
];
/// Labels in front of a body's name.
const LABELS: [&str; 7] = ["报告单位", "报送单位", "填报单位", "上报单位", "发文机关", "发文单位", "单位"];

/// The name of a body that a line consists of, without label and seal: `报告单位：清河区司法局（盖章）` gives 清河区司法局.
/// It may have spaces in it (清 河 区 司 法 局) and hold several bodies.
pub fn body_name(line: &str) -> Option<&str> {
    // A sentence is none.
    if line.len() > 300 || line.contains(['，', '。', '；']) {
        return None;
    }
    let simple = simplified_in_place(line);
    let name = without_seal(without_label(source::trim(&simple)));
    let core: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = |c: char| is_han(c) || matches!(c, '（' | '）' | '(' | ')' | '·' | '、' | '〇') || c.is_ascii_digit();
    let sized = (3..=50).contains(&core.chars().count()) && core.starts_with(is_han) && core.chars().all(plain);
    let ends =
        |core: &str| ENDS.iter().any(|end| core.ends_with(end)) && !NO_ENDS.iter().any(|end| core.ends_with(end));
    let opens = |core: &str| VERBS.iter().any(|verb| core.starts_with(verb));
    let tells = |core: &str| TELLING.iter().any(|word| core.contains(word));
    let start = simple.find(name)?;
    let named = sized && ends(&core) && !opens(&core) && !tells(&core);
    line.get(start..start + name.len()).filter(|_| named)
}

fn without_label(line: &str) -> &str {
    let labelled = |label: &str| {
        let rest = line.strip_prefix(label)?.trim_start();
        rest.strip_prefix(['：', ':']).map(str::trim_start)
    };
    LABELS.iter().find_map(|label| labelled(label)).unwrap_or(line)
}

fn without_seal(line: &str) -> &str {
    let seals = ["（盖章）", "(盖章)", "（公章）", "(公章)", "（章）", "（印章）"];
    seals.iter().find_map(|seal| line.strip_suffix(seal)).unwrap_or(line).trim_end()
}

const fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_told_from_other_lines() {
        let bodies = [
            ("临江市清河区司法局", "临江市清河区司法局"),
            ("清河区人民政府办公室", "清河区人民政府办公室"),
            ("中共清河区委 清河区人民政府", "中共清河区委 清河区人民政府"),
            ("清 河 区 司 法 局", "清 河 区 司 法 局"),
            ("报告单位：清河区司法局（盖章）", "清河区司法局"),
            ("單位不明局", "單位不明局"),
            ("報告單位：青湖縣司法局（蓋章）", "青湖縣司法局"),
            ("青湖縣人民政府辦公廳", "青湖縣人民政府辦公廳"),
            ("清河街道办事处", "清河街道办事处"),
            ("清河区司法局（公章）", "清河区司法局"),
        ];
        for (line, name) in bodies {
            assert_eq!(body_name(line), Some(name), "{line}");
        }
        let others = [
            "",
            "局",
            "加强司法所",
            "推进政务服务中心",
            "2024年1月5日",
            "清河区司法局。",
            "清河区司法局，",
            "张三",
            "关于成立法治办",
            "存在不足",
            "全面建设法治政府",
            "推动各项工作落到实处",
            "服务经济社会",
            "广大党员干部",
            "我局认真贯彻落实区委区政府",
            "2024年清河区司法局",
        ];
        for line in others {
            assert_eq!(body_name(line), None, "{line}");
        }
    }
}
