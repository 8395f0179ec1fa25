//! Packs and phrases to measure with.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use guiju::locale::Locale;
use guiju::packs;
use guiju::plan::{Plan, Settings, compile};

use crate::corpus::{Dice, FIELDS};

/// Every phrase of the built-in packs, one a line: what `rg -F -f` is given.
pub fn built_in() -> Vec<String> {
    let loaded = packs::find(&["fazhi-annual-report".to_owned()], Locale::Zh);
    let (plan, _) = compile(&loaded.packs, &Settings::default(), Locale::Zh);
    let Plan { needles, .. } = &plan;
    let exact = needles.leaves.iter().flat_map(|leaf| &leaf.exact).filter_map(|at| needles.exact.get(*at));
    let all: BTreeSet<&String> = needles.folded.iter().chain(exact).filter(|it| !it.is_empty()).collect();
    all.into_iter().cloned().collect()
}

/// A pack of so many rules of one phrase each. Thirty stand in some of the reports, whatever their number; the others
/// begin as the reports' own words do and stand in none.
pub fn pack(rules: usize) -> String {
    let mut dice = Dice(7);
    let mut text = String::from("pack: phrases\nrules:\n");
    let mut known = BTreeSet::new();
    while known.len() < rules {
        let phrase = match FOUND.get(known.len()) {
            Some(found) => (*found).to_owned(),
            None => format!("{}{}{}", dice.pick(&FIELDS), dice.pick(&JOINTS), dice.pick(&ENDINGS)),
        };
        if known.insert(phrase.clone()) {
            let number = known.len();
            let _ = writeln!(text, "  - {{id: P{number:04}, severity: advice, check: 不得提及“{phrase}”}}");
        }
    }
    text
}

const FOUND: [&str; 30] = [
    "法制化营商环境",
    "截止年底",
    "行政处罚条例法",
    "“法治体检”",
    "听证",
    "公证",
    "风险评估",
    "无照",
    "应急预案",
    "旁听庭审",
    "新闻发布会",
    "负面清单",
    "证明事项",
    "执法监督",
    "督办单",
    "述法",
    "减证便民",
    "裁量权",
    "失信信息",
    "调解中心",
    "告知承诺",
    "联合执法",
    "会前学法",
    "容缺",
    "立法计划",
    "府院联动",
    "案卷评查",
    "以案释法",
    "专家论证",
    "跨省通办",
];
const JOINTS: [&str; 16] = [
    "领域", "工作", "方面", "专项", "综合", "联合", "日常", "重点", "基层", "行政", "执法", "监督", "服务", "信用",
    "风险", "数字",
];
const ENDINGS: [&str; 16] = [
    "走过场",
    "搞变通",
    "打折扣",
    "留死角",
    "一言堂",
    "土政策",
    "白条子",
    "空转",
    "挂名",
    "虚报",
    "瞒报",
    "漏报",
    "推诿",
    "扯皮",
    "摆拍",
    "造数",
];
