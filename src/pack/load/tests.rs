//! What is wrong with packs, asserted as the characters that are underlined.

use super::*;
use crate::pack::Severity;
use crate::source::Source;
use crate::span::Span;

fn none(_: &str, word: &str) -> Result<PackText, String> {
    Err(format!("没有 {word}"))
}

/// Loads one text that extends nothing.
fn one(text: &str) -> Loaded {
    load(&[PackText { name: "包.yaml".into(), text: text.into() }], &none, Locale::Zh)
}

/// Loads texts by name; the first is asked for, all can be extended.
fn many(texts: &[(&str, &str)]) -> Loaded {
    let text = |name: &str| texts.iter().find(|(it, _)| *it == name).map(|(_, text)| text.to_string());
    let resolve = |_: &str, word: &str| {
        text(word).map(|text| PackText { name: word.into(), text }).ok_or_else(|| format!("没有 {word}"))
    };
    load(&[resolve("", texts[0].0).unwrap()], &resolve, Locale::Zh)
}

/// Takes the ⟦marks⟧ out of a text.
fn unmarked(marked: &str) -> (String, Vec<Span>) {
    let (mut text, mut spans, mut open) = (String::new(), Vec::new(), 0);
    for c in marked.chars() {
        match c {
            '⟦' => open = text.len(),
            '⟧' => spans.push(Span::new(open, text.len())),
            c => text.push(c),
        }
    }
    (text, spans)
}

/// The problems of a text, and the characters underlined, put back as marks.
fn marked(text: &str, problems: &[Problem]) -> String {
    let mut spans: Vec<Span> = problems.iter().filter_map(|it| it.place.as_ref()).map(|it| it.span).collect();
    spans.sort();
    let mut out = String::new();
    let mut at = 0;
    for span in spans {
        let source = Source::new("", text);
        out += source.slice(Span::new(at, span.start));
        out += &format!("⟦{}⟧", source.slice(span));
        at = span.end;
    }
    out + Source::new("", text).slice(Span::new(at, text.len()))
}

/// The codes of all problems; what the language calls its own faults is its own affair.
fn codes_of(loaded: &Loaded) -> String {
    let code = |it: &Problem| if it.code.starts_with("lang::") { "lang" } else { it.code };
    loaded.problems.iter().map(code).collect::<Vec<_>>().join(" ")
}

/// Asserts codes and underlined characters of one faulty text.
fn expect(codes: &str, faulty: &str) {
    let (text, _) = unmarked(faulty);
    let loaded = one(&text);
    assert_eq!(codes_of(&loaded), codes, "{faulty}\n{:#?}", loaded.problems);
    assert_eq!(marked(text.trim_start_matches('\u{feff}'), &loaded.problems), faulty.trim_start_matches('\u{feff}'));
}

/// Wraps rules into a pack.
fn pack(rules: &str) -> String {
    format!("pack: 甲\nrules:\n{rules}")
}

#[test]
fn shape_of_a_pack() {
    for (codes, text) in [
        ("", "pack: 甲\nrules:\n  - id: A\n    check: 应当提及 法治\n"),
        ("", "\u{feff}pack: 甲\nrules:\n  - id: A\n    check: 应当提及 法治\n"),
        ("", "pack: 甲\r\nrules:\r\n  - id: A\r\n    check: 应当提及 法治\r\n"),
        ("", "{pack: 甲, rules: [{id: A, check: 应当提及 法治}]}"),
        ("pack::missing-field", "⟦rules:⟧\n  - id: A\n    check: 应当提及 法治\n"),
        ("pack::missing-field", "⟦pack: 甲⟧\nversion: '1'\n"),
        ("pack::missing-field", "pack: ⟦\"\"⟧\nrules: [{id: A, check: 应当提及 法治}]\n"),
        ("pack::no-rules", "pack: 甲\n⟦rules⟧:\n"),
        ("pack::no-rules", "pack: 甲\n⟦rules⟧: []\n"),
        ("pack::wrong-type", "pack: 甲\nrules: ⟦应当提及 法治⟧\n"),
        ("pack::wrong-type pack::missing-field", "pack: 甲\nversion: ⟦1.0⟧\nrules:\n  - ⟦id: A⟧\n"),
        ("pack::wrong-type", "pack: 甲\nversion: ⟦2⟧\nrules: [{id: A, check: 应当提及 法治}]\n"),
        ("pack::unknown-field", "pack: 甲\n⟦titel⟧: 题\nrules: [{id: A, check: 应当提及 法治}]\n"),
        ("pack::duplicate-key", "pack: 甲\n⟦pack⟧: 乙\nrules: [{id: A, check: 应当提及 法治}]\n"),
        ("pack::wrong-type", "⟦- 甲⟧\n- 乙\n"),
        ("pack::wrong-type", "⟦甲⟧"),
        ("pack::wrong-type", "pack: 甲\n⟦terms⟧:\nrules: [{id: A, check: 应当提及 法治}]\n"),
        ("pack::wrong-type", "pack: 甲\nterms: {⟦2024⟧: [甲]}\nrules: [{id: A, check: 应当提及 法治}]\n"),
        ("pack::duplicate-key", "pack: 甲\nterms: {乙: [甲], ⟦乙⟧: [丙]}\nrules: [{id: A, check: 应当提及 法治}]\n"),
        ("pack::wrong-type", "pack: 甲\nparams: {最少: ⟦[1]⟧, 至多: 2.50}\nrules: [{id: A, check: 应当提及 法治}]\n"),
        ("pack::wrong-type", "pack: !x ⟦甲⟧\nrules: [{id: A, check: 应当提及 法治}]\n"),
    ] {
        expect(codes, text);
    }
    assert_eq!(one("").problems[0].code, "pack::empty");
    assert_eq!(one("# 空\n").problems[0].code, "pack::empty");
    assert_eq!(one(&" ".repeat((16 << 20) + 1)).problems[0].code, "pack::too-large");
}

#[test]
fn shape_of_rules() {
    for (codes, rules) in [
        ("pack::wrong-type", "  - id: ⟦~⟧\n    check: 应当提及 法治\n"),
        ("pack::wrong-type", "  - ⟦id⟧:\n    check: 应当提及 法治\n"),
        ("pack::wrong-type", "  - id: ⟦12⟧\n    check: 应当提及 法治\n"),
        ("pack::id", "  - id: A⟦ ⟧1\n    check: 应当提及 法治\n"),
        ("pack::unknown-field lang", "  - ⟦编号⟧: A\n    check: 应当提及 ⟦$没有⟧\n"),
        (
            "pack::missing-field pack::duplicate-id",
            "  - id: A\n    check: ⟦\"\"⟧\n  - id: ⟦a⟧\n    check: 应当提及 法治\n",
        ),
        (
            "pack::wrong-type pack::unknown-field",
            "  - id: A\n    check: 应当提及 法治\n    ⟦tests⟧:\n    ⟦pass⟧: [甲]\n",
        ),
        ("pack::unknown-severity", "  - {id: A, check: 应当提及 法治, severity: ⟦警告⟧}\n"),
        ("lang", "  - id: A\n    check: ⟦应当提及⟧ # 法治\n"),
        ("pack::unknown-field lang", "  - id: A\n    ⟦chek⟧: 应当提及 ⟦$没有⟧\n"),
        ("pack::missing-field", "  - id: A\n    ⟦check⟧: []\n"),
        ("pack::wrong-type", "  - id: A\n    check:\n      ⟦应当: 提及⟧\n"),
        ("pack::wrong-type pack::wrong-type", "  - id: A\n    check: [⟦1⟧, ⟦true⟧]\n"),
        ("pack::wrong-type", "  - ⟦A⟧\n"),
        ("pack::duplicate-key", "  - id: A\n    check: 应当提及 法治\n    ⟦check⟧: 应当提及 依法\n"),
        ("pack::duplicate-id", "  - id: A\n    check: 应当提及 法治\n  - id: '⟦A⟧'\n    check: 应当提及 依法\n"),
        ("pack::unknown-severity", "  - {id: A, check: 应当提及 法治, severity: \"⟦eror⟧\"}\n"),
        ("pack::unknown-severity", "  - {id: A, check: 应当提及 法治, severity: ⟦错误⟧}\n"),
        ("pack::wrong-type", "  - {id: A, check: 应当提及 法治, once: ⟦yes⟧}\n"),
        ("pack::date", "  - {id: A, check: 应当提及 法治, basis: [{law: 法, from: ⟦2021-13-01⟧}]}\n"),
        (
            "pack::date",
            "  - {id: A, check: 应当提及 法治, basis: [{law: 法, from: 2021-01-01, until: '⟦2020-01-01⟧'}]}\n",
        ),
        ("pack::missing-field", "  - {id: A, check: 应当提及 法治, basis: [⟦{article: 第一条}⟧]}\n"),
        ("pack::unknown-field", "  - {id: A, check: 应当提及 法治, tests: {⟦passes⟧: [甲]}}\n"),
        ("pack::placeholder", "  - {id: A, check: 应当提及 法治, message: '写的是 ⟦{foud}⟧'}\n"),
        ("pack::mark", "  - {id: A, check: 应当提及 法治, tests: {fail: ['甲⟦[[⟧乙']}}\n"),
        ("pack::mark", "  - {id: A, check: 应当提及 法治, tests: {pass: ['甲⟦[[⟧乙]]']}}\n"),
    ] {
        expect(codes, &pack(rules));
    }
}

#[test]
fn silences() {
    for (codes, silence) in [
        ("", "[{lint: PK002, reason: 还没有写}]"),
        ("", "[{lint: PK002, of: [A], reason: 还没有写}]"),
        ("pack::unknown-lint", "[{lint: ⟦PK02⟧, reason: 还没有写}]"),
        ("pack::unknown-lint", "[{lint: ⟦PK013⟧, reason: 还没有写}]"),
        ("pack::unknown-name", "[{lint: PK002, of: '⟦B⟧', reason: 还没有写}]"),
        ("pack::missing-field", "[⟦{lint: PK002}⟧]"),
        ("pack::missing-field", "[{lint: PK002, reason: ⟦' '⟧}]"),
        ("pack::missing-field pack::unknown-field", "[⟦{lint: PK002, ⟦why⟧: 无}⟧]"),
        ("pack::wrong-type", "⟦PK002⟧"),
    ] {
        if codes.contains("unknown-field") {
            let (text, _) =
                unmarked(&format!("pack: 甲\nsilence: {silence}\nrules: [{{id: A, check: 应当提及 法治}}]\n"));
            assert_eq!(codes_of(&one(&text)), codes);
            continue;
        }
        expect(codes, &format!("pack: 甲\nsilence: {silence}\nrules: [{{id: A, check: 应当提及 法治}}]\n"));
    }
}

#[test]
fn yaml_that_breaks() {
    for (codes, text) in [
        ("pack::full-width-colon pack::missing-field", "pack⟦：⟧x\nrules:\n  - ⟦id: A⟧\n"),
        ("pack::full-width-colon", "pack⟦：⟧甲"),
        (
            "pack::full-width-colon pack::full-width-colon",
            "pack: 甲\nrules:\n  - id⟦：⟧A\n    check⟦：⟧应当提及 法治\n",
        ),
        ("pack::full-width-colon", "pack: 甲\nrules:\n  - id: A\n     check⟦：⟧应当提及 法治\n"),
        ("pack::full-width-colon", "pack: 甲\nrules:\n  - id⟦：⟧A\n"),
        (
            "pack::full-width-colon",
            "pack: 甲\nterms:\n  乙: [甲]\n  丙⟦：⟧[丁]\nrules: [{id: A, check: 应当提及 $丙}]\n",
        ),
        ("pack::full-width-space", "pack: 甲\nrules:\n  - id: A\n⟦　　⟧check: 甲\n"),
        ("pack::full-width-dash", "pack: 甲\nrules:\n  ⟦－⟧ id: A\n    check: 甲\n"),
        ("pack::tab", "pack: 甲\nrules:\n  - id: A\n⟦\t⟧check: 甲\n"),
        ("pack::no-space pack::no-space", "pack⟦:⟧甲\nrules:\n  ⟦-⟧id: A\n   check: 甲\n"),
        ("pack::indent", "pack: 甲\nrules:\n- id: A\n    ⟦check⟧: 应当提及 法治\n"),
        ("pack::indent", "pack: 甲\nrules:\n  - id: A\n   ⟦check⟧: 应当提及 法治\n"),
        ("pack::yaml", "pack: 甲\nrules:\n  - id: A\n    check: 应当⟦:⟧ 提及\n"),
        ("pack::yaml", "pack: 甲\ntitle: ⟦\"⟧乙\nrules: [{id: A, check: 应当提及 法治}]\n"),
        (
            "pack::yaml",
            "pack: 甲\nrules:\n  - id: A\n    check: ⟦'⟧应当提及 法治\n  - id: B\n    check: 应当提及 法治\n",
        ),
        (
            "pack::yaml",
            "pack: 甲\nrules:\n  - id: A\n    tags: ⟦[⟧甲\n    check: 应当提及 法治\n  - id: B\n    check: 应当提及 法治\n",
        ),
        ("pack::yaml", "pack: 甲\nrules:\n  - id: A\n    check: \"应当提及 /⟦\\d⟧{4}/\"\n"),
        ("pack::documents", "pack: 甲\nrules: [{id: A, check: 应当提及 法治}]\n⟦---⟧\npack: 乙\n"),
    ] {
        expect(codes, text);
    }
    for (text, word) in [
        ("pack: 甲\nrules:\n\t- 甲\n", "制表符"),
        ("pack: 甲\nrules:\n  - id: \"A\n", "引号没有闭合"),
        ("pack: 甲\nrules:\n  - id: A\n    check: 应当提及: 甲: 乙\n", "冒号"),
        ("pack: 甲\nrules: [甲\n", "括号"),
        ("pack: @甲\n", "开头"),
        ("pack: *甲\n", "开头"),
        ("pack: \"甲\\q\"\n", "反斜杠"),
        ("pack: '甲' 乙\n", "引号之后"),
    ] {
        let problems = one(text).problems;
        assert!(problems.len() == 1 && problems[0].message.contains(word), "{text}: {problems:#?}");
        let place = problems[0].place.as_ref().unwrap();
        assert!(!place.source.slice(place.span).trim().is_empty(), "{text}: {problems:#?}");
    }
    // What breaks the syntax hides nothing: the other rules are read, and names of what was lost are not unknown.
    for (codes, text) in [
        (
            "pack::yaml lang pack::yaml pack::missing-field",
            "pack: 甲\nrules:\n  - id: A\n    check: '甲'⟦乙⟧\n  - id: B\n    check: 应当提及 ⟦$没有⟧\n  - id: ⟦@⟧C\n  - ⟦id: D⟧\n",
        ),
        ("pack::yaml", "pack: 甲\nterms:\n  乙: ⟦*⟧丙\n  丁: [戊]\nrules:\n  - {id: A, check: 应当提及 $乙 }\n"),
        ("pack::yaml", "pack: 甲\nrules:\n  - id: A\n    check: ⟦@⟧甲\n"),
        ("pack::yaml pack::documents", "pack: 甲\nrules:\n  - id: ⟦@⟧\n⟦---⟧\n- @\n"),
    ] {
        expect(codes, text);
    }
    for open in ["[", "{a: ", "- ", "? "] {
        let problems = one(&open.repeat(100_000)).problems;
        assert_eq!(problems[0].code, "pack::nesting", "{open}");
    }
}

/// A fault of a statement is underlined on its characters however the statement is written.
#[test]
fn statements_in_every_style() {
    for check in [
        "应当提及 ⟦$没有⟧",
        "'应当提及 ⟦$没有⟧'",
        "\"应当提及\\u0020⟦$没有⟧\"",
        "\"应当\\\n      提及 ⟦$没有⟧\"",
        "|\n      应当提及\n\n      ⟦$没有⟧",
        "|-\n      应当提及\n        ⟦$没有⟧",
        ">\n      应当提及\n      ⟦$没有⟧\n",
        ">-\n\n      应当提及 ⟦$没有⟧",
        "应当提及\n      ⟦$没有⟧ # 注",
        "[应当提及 法治, 应当提及 ⟦$没有⟧, \"应当提及 ⟦$也没有⟧\"]",
        "\n      - 应当提及 ⟦$没有⟧\n      - '应当提及 ⟦$也没有⟧'",
        "\"应当提及 ⟦\\u0024没\\u6709⟧\"",
    ] {
        let faulty = pack(&format!("  - id: A\n    check: {check}\n"));
        let count = faulty.matches('⟦').count();
        expect(&vec!["lang"; count].join(" "), &faulty);
    }
}

#[test]
fn no_set_has_more_members_than_it_has() {
    let text =
        |check: &str| format!("pack: 甲\nterms: {{ 三项: [甲, 乙, 丙] }}\nrules:\n  - id: A\n    check: {check}\n");
    assert!(one(&text("应当提及 $三项 中至少3项")).problems.is_empty());
    expect("lang", &text("应当提及 ⟦$三项⟧ 中至少4项"));
    expect("lang", &text("当提及 ⟦$三项⟧ 中至少4项时，应当提及法治"));
    expect("lang", &text("must mention at least 0 of ⟦$三项⟧ in the $三项 section"));
}

#[test]
fn sound_rules_load_beside_faulty_ones() {
    let text = "pack: 甲
terms: {好: [法治], 坏: [法治, ' '], 连: [$坏]}
rules:
  - {id: A, check: 应当提及 法治}
  - {id: B, check: 应当提及 $没有}
  - {id: C, chek: 应当提及 法治, check: 应当提及 法治}
  - {id: D, check: 应当提及 $坏}
  - {id: E, check: 宜提及 $好}
  - {id: F, check: 应当提及 $连}
  - {id: A, check: 应当提及 依法}
  - {id: G, check: [应当提及 法治, 宜提及 依法], severity: advice}
  - {id: H, check: 应当提及 法治, severity: off}
";
    let loaded = one(text);
    let rules: Vec<(&str, Severity)> =
        loaded.packs[0].rules.iter().map(|it| (it.id.node.as_str(), it.severity)).collect();
    assert_eq!(rules, [("A", Severity::Error), ("E", Severity::Warning), ("G", Severity::Advice)]);
    assert_eq!(codes_of(&loaded), "pack::empty-phrase lang pack::unknown-field pack::duplicate-id");
}

#[test]
fn places_of_sound_things() {
    let loaded =
        one("pack: 甲\nrules:\n  - id: A\n    check: 应当提及 法治\n    tests:\n      fail: ['《[[督查]]规定》']\n");
    let pack = &loaded.packs[0];
    let rule = &pack.rules[0];
    assert_eq!(pack.source.slice(rule.id.span), "A");
    assert_eq!(pack.source.slice(rule.checks[0].span), "应当提及 法治");
    let test = &rule.tests[0];
    assert_eq!(pack.source.slice(test.span), "'《[[督查]]规定》'");
    assert_eq!((test.text.as_str(), crate::source::slice(&test.text, test.marks[0])), ("《督查规定》", "督查"));
}

#[test]
fn names() {
    for (codes, text) in [
        ("pack::name", "params: {⟦a b⟧: 1}"),
        ("pack::name", "params: {⟦year⟧: 1}"),
        ("pack::name", "params: {level: 1}\nvars: [⟦level⟧]"),
        ("pack::name", "terms: {'⟦甲，乙⟧': [丙]}"),
        ("pack::empty-set", "terms: {⟦空⟧: []}"),
        ("pack::empty-phrase", "terms: {空: [⟦\"\u{200b}\"⟧, 甲]}"),
        ("lang", "terms: {甲: [⟦$丙⟧]}"),
        ("pack::set-cycle", "terms: {甲: [⟦$甲⟧]}"),
        ("pack::set-cycle", "terms: {甲: [$乙], 乙: [子, $丙], 丙: ['⟦$甲⟧', 丑]}"),
        ("pack::set-cycle", "terms: {甲: ['⟦/a{$甲}/⟧']}"),
        ("lang", "quantities: {审结: ⟦审结件⟧}"),
        ("pack::extend-unknown", "extend: {⟦甲⟧: [乙]}"),
        ("pack::extend-unknown", "terms: {甲: [丙]}\nextend: {⟦甲⟧: [乙]}"),
        ("pack::wrong-type", "extend: {甲: ⟦3⟧}\nvars: [level]\nabout: 无"),
    ] {
        let text = format!("pack: 甲\n{text}\nrules: [{{id: A, check: 应当提及 法治}}]\n");
        if text.contains("extend: {甲: ⟦3⟧}") {
            let (text, _) = unmarked(&text);
            assert_eq!(one(&text).problems.len(), 2);
            continue;
        }
        expect(codes, &text);
    }
}

#[test]
fn a_long_chain_of_sets_is_told_not_followed() {
    let sets: String = (0..5000).map(|at| format!("  s{at}: [$s{}]\n", at + 1)).collect();
    let loaded = one(&format!("pack: 甲\nterms:\n{sets}  s5000: [词]\nrules: [{{id: A, check: 应当提及 $s0}}]\n"));
    assert!(loaded.problems.iter().all(|it| it.code == "pack::set-depth"), "{:#?}", loaded.problems.first());
    assert!(loaded.packs[0].rules.is_empty());
}

const BASE: &str = "pack: 上\nparams: {最少: 100}\nvars: [level]\nterms: {举措: [主要举措]}\nquantities: {审结: '审结{n}件'}\nrules: [{id: S1, check: 应当提及 $举措}]\n";

#[test]
fn inherits_and_extends() {
    let child = "pack: 下\nextends: [上.yaml]\nparams: {最少: 200}\nextend: {举措: [工作亮点, $亮点]}\nterms: {亮点: [亮点]}\nrules: [{id: X1, check: 应当提及 $举措}]\n";
    let loaded = many(&[("下.yaml", child), ("上.yaml", BASE)]);
    assert!(loaded.problems.is_empty(), "{:#?}", loaded.problems);
    let [parent, child] = &loaded.packs[..] else { panic!("two packs") };
    assert_eq!((parent.name.as_str(), child.name.as_str()), ("上", "下"));
    assert_eq!(child.extends, ["上"]);
    for pack in [parent, child] {
        assert_eq!(pack.terms["举措"].len(), 3, "{}", pack.name);
        assert!(pack.terms.contains_key("亮点"), "the added set is needed in {}", pack.name);
        assert_eq!(pack.params["最少"], "200");
        assert_eq!(pack.vars, ["level"]);
        assert!(pack.quantities.contains_key("审结"));
    }
    assert_eq!((parent.rules.len(), child.rules.len()), (1, 1));
    let only_params = "pack: 下\nextends: 上.yaml\nparams: {最少: 200}\n";
    assert!(many(&[("下.yaml", only_params), ("上.yaml", BASE)]).problems.is_empty());
}

#[test]
fn faults_of_extending() {
    for (codes, child) in [
        ("pack::extends", "extends: [⟦没有⟧]"),
        ("pack::extends", "extends: ['⟦../../etc/passwd⟧']"),
        ("pack::redefined-name", "extends: [上.yaml]\nterms: {⟦举措⟧: [甲]}"),
        ("pack::redefined-name", "extends: [上.yaml]\nquantities: {⟦审结⟧: '{n}件'}"),
        ("pack::redefined-rule", "extends: [上.yaml]\nrules: [{id: ⟦S1⟧, check: 应当提及 法治}]"),
        ("pack::extend-unknown", "extends: [上.yaml]\nextend: {⟦举挫⟧: [甲]}"),
        ("pack::duplicate-pack", "extends: [上.yaml, 同名.yaml]"),
        ("pack::cycle", "extends: [上.yaml, ⟦下.yaml⟧]"),
        ("pack::cycle", "extends: [圈.yaml]"),
        ("pack::yaml", "extends: [坏.yaml]\nextend: {举措: [甲]}\nterms: {甲: [$举措]}"),
        ("pack::duplicate-id", "extends: [上.yaml, 旁.yaml]"),
    ] {
        let rules = if child.contains("rules:") { "" } else { "\nrules: [{id: X1, check: 应当提及 法治}]" };
        let (text, spans) = unmarked(&format!("pack: 下\n{child}{rules}\n"));
        let loaded = many(&[
            ("下.yaml", &text),
            ("上.yaml", BASE),
            ("同名.yaml", "pack: 上\nrules: [{id: T1, check: 应当提及 法治}]\n"),
            ("圈.yaml", "pack: 圈\nextends: [下.yaml]\nrules: [{id: Q1, check: 应当提及 法治}]\n"),
            ("坏.yaml", "pack: '坏\n"),
            ("旁.yaml", "pack: 旁\nrules: [{id: S1, check: 应当提及 法治}]\n"),
        ]);
        assert_eq!(codes_of(&loaded), codes, "{child}\n{:#?}", loaded.problems);
        for span in spans {
            assert_eq!(loaded.problems[0].place.as_ref().unwrap().span, span, "{child}");
        }
    }
}

#[test]
fn a_chain_of_packs_has_an_end() {
    let resolve = |_: &str, word: &str| {
        let at: usize = word.parse().unwrap();
        let text = format!("pack: p{at}\nextends: ['{}']\nrules: [{{id: R{at}, check: 应当提及 法治}}]\n", at + 1);
        Ok(PackText { name: word.into(), text })
    };
    let loaded = load(&[resolve("", "0").unwrap()], &resolve, Locale::En);
    assert_eq!(loaded.problems.len(), 1, "{:#?}", loaded.problems);
    assert_eq!(loaded.problems[0].code, "pack::extends-depth");
    assert_eq!(loaded.packs.len(), 17);
}

#[test]
fn hostile_texts_are_survived() {
    let bomb: String =
        (1..12).map(|at| format!("a{at}: &a{at} [{}]\n", vec![format!("*a{}", at - 1); 10].join(", "))).collect();
    let many_rules = "- {}\n".repeat(2000);
    for text in [
        format!("a0: &a0 [x]\n{bomb}"),
        format!("pack: 甲\nrules:\n{many_rules}"),
        "pack: &a [*a]\n".into(),
        "? [a, b]\n: c\n".into(),
        "<<: {pack: 甲}\nrules: []\n".into(),
        "pack: \"\\ud800\"\n".into(),
        "\u{0}".into(),
        "%YAML 1.2\n---\npack: 甲\n".into(),
        "pack: 甲\u{85}rules: []".into(),
        "pack: 甲\nrules:\n  - id: \"A\\u0000\"\n    check: \"\\0\"\n".into(),
    ] {
        assert!(!one(&text).problems.is_empty(), "{text:.40}");
    }
}

#[test]
fn built_in_packs_are_sound() {
    let resolve = |_: &str, word: &str| crate::pack::builtin::built_in(word).ok_or_else(|| word.to_owned());
    let wanted: Vec<PackText> =
        crate::pack::builtin::BUILT_IN.iter().filter_map(|(name, _)| resolve("", name).ok()).collect();
    let loaded = load(&wanted, &resolve, Locale::Zh);
    let told: Vec<String> =
        loaded.problems.iter().map(|it| format!("{} {}: {}", it.path, it.code, it.message)).collect();
    assert!(told.is_empty(), "{told:#?}");
    assert_eq!(loaded.packs.len(), 4);
}
