//! What is doubtful about packs, asserted as the characters that are underlined.

use super::*;
use crate::pack::load::{PackText, load};

/// Takes the ⟦marks⟧ out of texts, which must load without an error, and asserts the warnings as ids and marks.
fn expect(ids: &str, marked: &[&str]) {
    let texts: Vec<PackText> = marked
        .iter()
        .enumerate()
        .map(|(at, it)| PackText { name: at.to_string(), text: it.replace(['⟦', '⟧'], "") })
        .collect();
    let resolve = |_: &str, word: &str| texts.iter().find(|it| it.name == word).cloned().ok_or_else(String::new);
    let loaded = load(&texts, &resolve, Locale::Zh);
    assert!(loaded.problems.is_empty(), "{:#?}", loaded.problems);
    let found = lint(&loaded.packs, &[], Locale::Zh);
    assert_eq!(found.iter().map(|it| it.code).collect::<Vec<_>>().join(" "), ids, "{marked:#?}\n{found:#?}");
    for (at, text) in marked.iter().enumerate() {
        let mut spans: Vec<_> = found
            .iter()
            .filter(|it| it.path == at.to_string())
            .filter_map(|it| it.place.as_ref())
            .map(|it| it.span)
            .collect();
        spans.sort();
        spans.dedup();
        let mut shown = texts[at].text.clone();
        for span in spans.iter().rev() {
            shown.insert(span.end, '⟧');
            shown.insert(span.start, '⟦');
        }
        assert_eq!(shown, *text);
    }
    let english = lint(&loaded.packs, &[], Locale::En);
    assert!(english.iter().all(|it| it.message.is_ascii() || it.message.chars().any(|c| c.is_ascii_lowercase())));
}

/// Rules with tests that are of no interest.
fn pack(rules: &[&str]) -> String {
    let rules = rules.iter().enumerate().map(|(at, rule)| {
        let rule = if rule.contains("check:") { (*rule).to_owned() } else { format!("check: {rule}") };
        format!("  - {{id: R{at}, {rule}, tests: {{pass: [甲], fail: [乙]}}}}\n")
    });
    format!("rules:\n{}", rules.collect::<String>())
}

#[test]
fn unused_names() {
    expect(
        "PK001 PK001 PK001 PK001 PK001",
        &["pack: 甲
params: {用: 1, ⟦闲⟧: 2}
vars: [⟦level⟧, '⟦kind⟧']
terms: {用到: [府院联动, $里], 里: ['{用}件'], '⟦没用⟧': [$也没用], ⟦也没用⟧: [三统一], 关: [法]}
rules:
  - {id: A, check: 应当提及 $用到, tests: {pass: [府院联动], fail: [无]}}
  - {id: B, check: 应当提及 $关, severity: off}
"],
    );
}

#[test]
fn a_child_uses_what_its_parent_declares() {
    let rules = pack(&["应当提及 府院联动"]);
    let base = format!("pack: 上\nterms: {{举措: [主要举措]}}\n{rules}");
    let child =
        "pack: 下\nextends: ['0']\nrules: [{id: B, check: 应当提及 $举措, tests: {pass: [主要举措], fail: [无]}}]";
    expect("PK001", &[&base.replace("{举措", "{⟦举措⟧")]);
    expect("", &[&base, child]);
}

#[test]
fn rules_without_tests() {
    expect(
        "PK002 PK003",
        &["pack: 甲
rules:
  - {id: ⟦A⟧, check: 应当提及 府院联动}
  - {id: ⟦B⟧, check: 应当提及 三统一, tests: {pass: [法治]}}
  - {id: C, check: 应当提及 一体化, tests: {pass: [法治], fail: [无]}}
"],
    );
}

#[test]
fn statements_by_themselves() {
    for (ids, rule) in [
        ("", "应当提及 府院联动"),
        ("PK004", "⟦应当提及 府院联动 至少0次⟧"),
        ("PK005", "⟦当 year 大于 2024 并且 year 小于 2024 时，应当提及 府院联动⟧"),
        ("PK009", "⟦不得提及 督查⟧"),
        ("PK009", "⟦应当提及 工作⟧"),
        ("PK009", "⟦应当提及（府院联动、落實）之一⟧"),
        ("PK009", "⟦不得提及 我⟧"),
        ("PK009", "⟦应当写 法治化 而非 法制⟧"),
        ("", "不得提及 督查，督查室 除外"),
        ("", "不得在标题中提及 督查"),
        ("", "当提及 甲乙 时，不得提及 督查"),
        ("PK008", "⟦应当提及（府院联动、府院联动机制）之一⟧"),
        ("", "不得提及（府院联动、府院联动机制）之一"),
        ("", "应当提及（府院联动、府院联动机制）全部"),
    ] {
        expect(ids, &[&format!("pack: 甲\n{}", pack(&[rule]))]);
    }
}

#[test]
fn bases_without_article() {
    for (ids, basis) in [
        ("PK010", "⟦《行政处罚法》⟧"),
        ("PK010", "[{law: ⟦《行政处罚法》⟧}]"),
        ("PK010", "[《行政处罚法》第五条, '⟦《立法法》（2023年修正）⟧']".replace("（2023年修正）", "").as_str()),
        ("", "《行政处罚法》第五条"),
        ("", "《督察工作规定》年度报告一章"),
        ("", "《党政机关公文格式》（GB/T 9704-2012）"),
        ("", "[{law: 《行政处罚法》, article: 第五条}]"),
        ("", "本区通知"),
    ] {
        expect(ids, &[&format!("pack: 甲\n{}", pack(&[&format!("check: 应当提及 府院联动, basis: {basis}")]))]);
    }
}

#[test]
fn members_of_sets() {
    for (ids, terms, rule) in [
        ("PK008", "[存在不足, ⟦主要的存在不足⟧]", "应当包含 $集 章节"),
        ("PK008", "[存在问题, ⟦存在問題⟧]", "应当提及 $集"),
        ("PK008", "['/不足|短板/', ⟦存在短板⟧]", "应当提及 $集"),
        ("", "['/^不足$/', 存在不足]", "应当提及 $集"),
        ("", "[存在不足, 主要的存在不足]", "不得误引 $集"),
        ("", "[存在不足, 主要的存在不足]", "应当写 依法 而非 $集"),
        ("", "[存在不足, 主要的存在不足]", "应当提及 $集 全部"),
        ("", "[存在不足, 主要的存在不足]", "不得提及 督查，$集 除外"),
        ("", "[存在不足, 主要的存在不足]", "应当提及 '/{$集}$/'"),
        ("PK011", "[⟦存在不足，存在问题，短板⟧]", "应当提及 $集"),
        ("PK011", "[⟦存在不足、存在问题⟧]", "应当提及 $集"),
        ("PK011", "[⟦存在不足 存在问题⟧]", "应当提及 $集"),
        ("", "[深入学习贯彻党的二十大精神，全面落实各项决策部署]", "应当提及 $集"),
        ("PK012 PK012", "[⟦/不足⟧, ⟦问题/⟧, /短板/]", "应当提及 $集"),
    ] {
        let rule = if rule.contains('\'') { format!("check: \"{}\"", rule.replace('\'', "")) } else { rule.to_owned() };
        expect(ids, &[&format!("pack: 甲\nterms: {{集: {terms}}}\n{}", pack(&[&rule]))]);
    }
}

#[test]
fn rules_that_clash() {
    for (ids, one, other) in [
        ("PK006", "应当提及 府院联动", "⟦宜提及府院联动⟧"),
        ("PK006", "must mention 府院联动", "⟦应当提及 府院联动⟧"),
        ("", "应当提及 府院联动", "应当提及 府院联动 至少2次"),
        ("PK007", "⟦应当提及 府院联动机制⟧", "不得提及 府院联动"),
        ("PK007", "不得提及 府院联动", "⟦应当提及 府院联动⟧"),
        ("PK007", "应当写 法治督察 而非 法治督查", "⟦应当提及 法治督查⟧"),
        ("", "应当写 法治督察 而非 法治督", "应当提及 法治督察"),
        ("PK007", "⟦应当提及（府院联动、联动机制）之一⟧", "不得提及 联动"),
        ("", "应当提及（府院联动、三统一）之一", "不得提及 联动"),
        ("", "应当提及 府院联动", "不得提及 联动，府院联动 除外"),
        ("", "当 year 大于 2020 时，应当提及 府院联动", "不得提及 联动"),
        ("PK007", "⟦应当包含 附件 章节⟧", "不得包含 附件 章节"),
        ("PK007", "应当有至少200字", "⟦应当有至多100字⟧"),
        ("", "应当有至少100字", "应当有至多200字"),
    ] {
        expect(ids, &[&format!("pack: 甲\n{}", pack(&[one, other]))]);
    }
    // Across packs the one is told that can be changed here; what two packs call by one name may differ.
    let base = format!("pack: 上\nterms: {{集: [府院联动]}}\n{}", pack(&["应当提及 $集"]));
    let child = |check: &str, terms: &str| {
        format!("pack: 下\n{terms}rules: [{{id: X, check: {check}, tests: {{pass: [甲], fail: [乙]}}}}]\n")
    };
    expect("PK006", &[&base, &child("⟦应当提及 $集⟧", "extends: ['0']\n")]);
    expect("PK006", &[&base, &child("⟦应当提及 $集⟧", "terms: {集: [府院联动]}\n")]);
    expect("", &[&base, &child("应当提及 $集", "terms: {集: [三统一]}\n")]);
    expect("PK007 PK007", &[&base.replace("应当提及 $集", "⟦应当提及 $集⟧"), &child("⟦不得提及 府院联动⟧", "")]);
}

#[test]
fn silenced_with_a_reason() {
    for (ids, silence) in [
        ("PK009", "[]"),
        ("", "[{lint: PK009, reason: 原文如此}]"),
        ("", "[{lint: pk009, of: R0, reason: 原文如此}]"),
        ("PK013 PK009", "[{lint: ⟦PK008⟧, reason: 原文如此}]"),
        ("PK013", "[{lint: ⟦PK009⟧, of: [R0, 集], reason: 原文如此}]"),
    ] {
        let told = ids.ends_with("PK009");
        let rule = if told { "⟦不得提及 督查⟧" } else { "不得提及 督查" };
        let rules = pack(&[rule, "应当提及 $集"]);
        expect(ids, &[&format!("pack: 甲\nsilence: {silence}\nterms: {{集: [甲乙]}}\n{rules}")]);
    }
}

#[test]
fn the_built_in_packs_have_nothing_doubtful() {
    let resolve = |_: &str, word: &str| crate::pack::builtin::built_in(word).ok_or_else(|| word.to_owned());
    let wanted: Vec<PackText> =
        crate::pack::builtin::BUILT_IN.iter().filter_map(|(name, _)| resolve("", name).ok()).collect();
    let loaded = load(&wanted, &resolve, Locale::Zh);
    let found: Vec<String> = lint(&loaded.packs, &[], Locale::Zh)
        .iter()
        .map(|it| format!("{} {}: {}", it.path, it.code, it.message))
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}
