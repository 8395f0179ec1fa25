//! Statements printed canonically in either voice. What is printed reads back as the same statement.
//!
//! A phrase stands bare only where it is nothing but Chinese characters and digits and holds no word that a reader
//! could take for a keyword (`words`); else it is quoted, `"…"` or `“…”`, with a backslash before the quote marks,
//! the backslash, `{`, `}` and for `\n`. Holes stand as `{year+1}` inside the quotes.
//!
//! ```text
//! statement   when CLAIM, SUBJECT MODAL CLAIM except P unless CLAIM
//!             当CLAIM 时，SUBJECT MODAL CLAIM，P 除外，除非CLAIM
//! subject     the report | each sentence that mentions P     (paragraph, section, top-level section, heading)
//!             报告 | 每个提及 P 的句子                         (段落、章节、一级章节、标题)
//! modal       must, must not, should, should not | 应当、不得、宜、不宜
//! pattern     甲 | "甲 乙" | $不足 | exactly "甲" | exactly $不足 | /甲+/
//!             甲 | “甲 乙” | $不足 | 原文“甲”     | 原文 $不足    | /甲+/
//!             any of (甲, 乙) | all of (甲, 乙) | at least 2 of (甲, 乙, 丙) | any of $不足 | at least 2 of $不足
//!             （甲、乙）之一    | （甲、乙）全部    | （甲、乙、丙）中至少2项        | $不足 之一    | $不足 中至少2项
//!             after except, `any of` is left out: (甲, 乙) | （甲、乙）
//!
//! mention     mention P COUNT PLACE PLACE                    it mentions …, it does not mention …
//!             在PLACE在PLACE提及 P COUNT                      未在PLACE提及 P COUNT
//! section     include a top-level P section or item before the Q section in the R section
//!             包含一级 P 章节或条目，位于 Q 章节之前，位于 R 章节中     未包含 …
//! wording     write 甲 instead of P | 写 甲 而非 P
//! misquote    misquote $法规 | 误引 $法规
//! amount      have at least 200 characters PLACE | 在PLACE有至少200字      (字、句、段、个章节、个标题)
//! edges       begin with P, end with P | 以 P 开头、以 P 结尾
//! numbering   number headings in order | 序号连续 | 标题序号应当连续
//! mix         mix P with Q PLACE | 在PLACE混用 P 与 Q
//! script      be written in one script | 简体与繁体不混用 | 简体与繁体不得混用 (must), 简体与繁体不宜混用 (should)
//! pairs       close every bracket and quotation mark | 括号和引号成对 | 括号和引号应当成对
//! break       break a line inside a sentence | 在句中断行
//! repeat      repeat a clause of at least 4 characters in a sentence | 在一句中重复4字以上的分句
//! double      double a word of at least 2 characters | 叠用2字以上的词语
//! signed      be signed | 署名                                it is signed, it is not signed | 未署名
//! dated       be dated [in the closing] | [在落款中]注明日期     it is dated | 未[在落款中]注明日期
//! dated at    be dated no later than 3月1日 of {year+1} | be dated before 2025年3月1日     (after, no earlier than)
//!             成文日期不晚于 {year+1}年3月1日 | 成文日期应当早于 2025年3月1日               (晚于、不早于)
//! satisfy     satisfy 审结率 = 审结 / 受理 within 0.01% | 满足 审结率 = 审结 / 受理，误差不超过0.01%
//! percentages state percentages that follow from its counts | 百分比与所列数字相符 | 百分比应当与所列数字相符
//! facts       level is 甲 | level is not 甲 | level is one of (甲, 乙) | level is not one of (甲, 乙) | year >= 2022
//!             level 为 甲 | level 不为 甲   | level 为（甲、乙）之一     | level 不为（甲、乙）之一     | year 不小于 2022
//!             (in Chinese 等于、不大于、不小于、小于、大于)
//! copied      repeat more than 30% of last year's report | repeat … of another body's report in passages of at least 20 characters
//!             重复上年报告超过30%的内容                     | 重复其他单位报告超过30%的内容，连续20字以上相同才算
//! boolean     A and B | A or (B and C) | not A | not (A or B)    a `not` right behind the modal: must (not A)
//!             A 并且 B | A 或者（B 并且 C） | 非A | 非（A 或者 B）  in conditions 未 for 提及, 包含, 署名, 注明日期
//!
//! count       once | exactly 2 times | at least 1 time | at most 2 times | between 2 and 3 times
//!             一次 | 恰好2次         | 至少1次          | 至多2次          | 2至3次
//! place       in the title | in the opening | in the closing | in a heading | in headings of one level
//!             在标题中      | 在开头中        | 在落款中        | 在小标题中    | 在同级标题中
//!             in own-line headings of one level | in the text | in a table | in the P section | in every P section
//!             在同级独立标题中                    | 在正文中    | 在表格中    | 在 P 章节中       | 在每个 P 章节中
//!             in the first 200 characters | outside the Q section | within 5 characters of Q | before Q | after Q
//!             在前200字中                  | 在 Q 章节以外          | 在距 Q 5字以内            | 在 Q 之前 | 在 Q 之后
//!             in the same sentence as Q | in the same paragraph as Q | in the same section as Q
//!             在与 Q 同一句中            | 在与 Q 同一段中             | 在与 Q 同一章节中
//! ```
//!
//! The last Chinese form of numbering, script, pairs, `dated at` and percentages is that of a whole statement about
//! the report; the one before it stands after `应当` in a joined claim, after `每个…应当`, and in conditions.

mod en;
mod words;
mod zh;

use crate::lang::ast::{Claim, Expr, Hole, Num, Operator, Pattern, Phrase, Place, Relation, Statement, Voice};

/// A statement as a sentence.
pub fn statement(statement: &Statement, voice: Voice) -> String {
    match voice {
        Voice::En => en::statement(statement),
        Voice::Zh => zh::statement(statement),
    }
}

/// A claim as a condition has it: `it mentions 甲`, `提及 甲`.
pub fn claim(claim: &Claim, voice: Voice) -> String {
    match voice {
        Voice::En => en::condition(claim),
        Voice::Zh => zh::condition(claim),
    }
}

/// What is looked for.
pub fn pattern(pattern: &Pattern, voice: Voice) -> String {
    match voice {
        Voice::En => en::pattern(pattern),
        Voice::Zh => zh::pattern(pattern),
    }
}

/// Where it must stand: `in the title`, `在标题中`.
pub fn place(place: &Place, voice: Voice) -> String {
    match voice {
        Voice::En => en::place(place),
        Voice::Zh => zh::place(place),
    }
}

/// A phrase, quoted where bare it would not read back.
pub fn phrase(phrase: &Phrase, voice: Voice) -> String {
    words::bare(phrase).unwrap_or_else(|| words::quoted(phrase, voice))
}

/// A hole with its braces: `{year+1}`.
pub fn hole(hole: &Hole) -> String {
    match hole.offset {
        0 => format!("{{{}}}", hole.name),
        offset => format!("{{{}{offset:+}}}", hole.name),
    }
}

/// A number, written or filled in.
fn num(num: &Num) -> String {
    match num {
        Num::Lit(number) => number.to_string(),
        Num::Hole(it) => hole(&it.node),
    }
}

/// A side of an equation, with no more parentheses than it needs.
fn expr(it: &Expr) -> String {
    match it {
        Expr::Name(name) => name.node.clone(),
        Expr::Number(number) => number.clone(),
        Expr::Binary(left, operator, right) => {
            let here = binding(*operator);
            format!("{} {} {}", operand(left, here), sign(*operator), operand(right, here + 1))
        }
    }
}

/// An operand, in parentheses where it binds looser than `least`.
fn operand(it: &Expr, least: u8) -> String {
    match it {
        Expr::Binary(_, operator, _) if binding(*operator) < least => format!("({})", expr(it)),
        Expr::Name(_) | Expr::Number(_) | Expr::Binary(..) => expr(it),
    }
}

const fn binding(operator: Operator) -> u8 {
    match operator {
        Operator::Add | Operator::Sub => 1,
        Operator::Mul | Operator::Div => 2,
    }
}

const fn sign(operator: Operator) -> char {
    match operator {
        Operator::Add => '+',
        Operator::Sub => '-',
        Operator::Mul => '*',
        Operator::Div => '/',
    }
}

const fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Eq => "=",
        Relation::Le => "<=",
        Relation::Ge => ">=",
        Relation::Lt => "<",
        Relation::Gt => ">",
    }
}

/// `审结率 = 审结 / 受理`, the same in both voices.
fn equation(it: &crate::lang::ast::Equation) -> String {
    format!("{} {} {}", expr(&it.left), relation(it.relation), expr(&it.right))
}

/// `0.01%`, `2`.
fn tolerance(it: &crate::lang::ast::Tolerance) -> String {
    format!("{}{}", it.number, if it.percent { "%" } else { "" })
}

/// A regex between its slashes: held as it was written, so a slash in it has its backslash already.
fn regex(pattern: &str) -> String {
    format!("/{pattern}/")
}

#[cfg(test)]
mod tests;
