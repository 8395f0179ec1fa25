//! The shape of a pack, in Chinese for its authors. What it holds is what `pack::mirror` reads; a test compares the two.
#![allow(dead_code, reason = "only their shape is of use: packs are read with the places of everything in them")]

use std::collections::BTreeMap;

use schemars::JsonSchema;

/// 规则包
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Pack {
    /// 规则包的名字，在所用的规则包里不重复
    #[schemars(length(min = 1))]
    pack: String,
    /// 版本，如 "1.0.0"；要加引号
    #[schemars(default)]
    version: Option<String>,
    /// 规则包叫什么
    title: Option<String>,
    /// 规则包是做什么用的，依据什么
    about: Option<String>,
    /// 适用于怎样的报告：一句条件，如 it mentions 法治 in the title；不符合时本包的规则都不适用
    #[schemars(rename = "for")]
    applies: Option<String>,
    /// 在哪些规则包上增补：内置规则包的名字，或相对路径
    extends: Option<Texts>,
    /// 参数和默认值，语句中写作 {名字}；可以改继承来的参数的值
    params: Option<BTreeMap<String, TextOrNumber>>,
    /// 给继承来的词语集增加词语
    extend: Option<BTreeMap<String, Texts>>,
    /// 项目变量的名字，由使用者设定，如 level
    vars: Option<Texts>,
    /// 词语集，语句中写作 $名字；成员是词语、/正则/ 或 $词语集
    terms: Option<BTreeMap<String, Texts>>,
    /// 数量：名字和写法，数字的位置写 {n}，如 审结{n}件
    quantities: Option<BTreeMap<String, Texts>>,
    /// 规则；只作增补的规则包可以没有
    rules: Option<Vec<Rule>>,
    /// 不再提示的提醒，各写明理由
    silence: Option<Silences>,
}

/// 不再提示的提醒
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Silence {
    /// 提醒的编号，如 PK002
    lint: String,
    /// 关于哪些规则或名字；不写是本包全部
    of: Option<Texts>,
    /// 为什么可以不理会
    #[schemars(length(min = 1))]
    reason: String,
}

/// 一项或几项
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Silences {
    One(Silence),
    Many(Vec<Silence>),
}

/// 一条规则
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Rule {
    /// 编号，如 FZ001：不重复，用了就不再改
    #[schemars(length(min = 1))]
    id: String,
    /// 规则叫什么
    title: Option<String>,
    /// 规则的句子，如 报告应当包含 存在不足 章节；可以写几句，有一句不符合就不通过
    check: Texts,
    /// 级别：错误、警告、建议或不用；不写时“应当”“不得”为错误，“宜”“不宜”为警告
    severity: Option<Severity>,
    /// 报告不符合时告诉读者什么；{found}、{expected}、{nearest} 会换成查到的内容
    message: Option<String>,
    /// 应当怎样改
    help: Option<String>,
    /// 依据：一段文字，或法律、条款和施行时间
    basis: Option<BasisList>,
    /// 标签，用来归类
    tags: Option<Texts>,
    /// 同一原因的各处合为一个问题
    once: Option<bool>,
    /// 规则自己的测试，由 guiju test 运行
    tests: Option<Tests>,
}

/// 级别
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Severity {
    /// 必须改
    Error,
    /// 应当改
    Warning,
    /// 供参考
    Advice,
    /// 不用这条规则
    Off,
}

/// 规则的测试：每段文字都是一份完整的报告
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Tests {
    /// 应当通过的文字
    pass: Option<TestTexts>,
    /// 不应通过的文字；[[ ]] 标出应当指出的字，没有标记就是缺了内容
    fail: Option<TestTexts>,
    /// 规则不适用的文字
    #[schemars(rename = "not-applicable")]
    not_applicable: Option<TestTexts>,
}

/// 一份或几份报告
#[derive(JsonSchema)]
#[schemars(untagged)]
enum TestTexts {
    One(TestText),
    Many(Vec<TestText>),
}

/// 一份报告，或者连同与它对照的报告
#[derive(JsonSchema)]
#[schemars(untagged)]
enum TestText {
    Alone(String),
    Among(Among),
}

/// 连同与它对照的报告
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Among {
    /// 要检查的报告
    text: String,
    /// 本单位上年的报告
    last_year: Option<String>,
    /// 其他单位的报告
    others: Option<Texts>,
}

/// 依据
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Basis {
    /// 法律、规定或标准的名称
    law: String,
    /// 条款，如 第九条
    article: Option<String>,
    /// 自这一天起施行，如 2021-08-11
    from: Option<String>,
    /// 到这一天失效，如 2026-12-31
    until: Option<String>,
}

/// 一段文字或几段
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Texts {
    One(String),
    Many(Vec<String>),
}

/// 文字或数字
#[derive(JsonSchema)]
#[schemars(untagged)]
enum TextOrNumber {
    Text(String),
    Number(f64),
}

/// 依据的一项
#[derive(JsonSchema)]
#[schemars(untagged)]
enum BasisItem {
    Text(String),
    Parts(Basis),
}

/// 依据，可以有几项
#[derive(JsonSchema)]
#[schemars(untagged)]
enum BasisList {
    Text(String),
    Parts(Basis),
    Many(Vec<BasisItem>),
}
