//! What a statement asks, in words for its author: what the sentence itself does not say.

use crate::lang::ast::{Claim, Edge, Place, Statement, Subject};
use crate::locale::Locale;
use crate::say;

/// What a statement asks, a line each.
pub fn statement(it: &Statement, locale: Locale) -> Vec<String> {
    let mut lines = Vec::new();
    if it.when.is_some() {
        lines.push(say!(
            locale,
            "只在“当”的条件成立时检查；条件不成立或说不清时，规则不适用。",
            "Checked only where the condition of `when` holds; where it does not, or cannot be told, the rule does not apply."
        ));
    }
    if it.unless.is_some() {
        lines.push(say!(
            locale,
            "“除非”的条件成立时不检查；说不清时照常检查。",
            "Not checked where the condition of `unless` holds; checked as usual where that cannot be told."
        ));
    }
    lines.extend(subject(it, locale));
    claim(&it.claim, locale, &mut lines);
    if it.modal.forbids() {
        lines.push(say!(locale, "出现的每一处都会指出。", "Every place where it is so is flagged."));
    }
    if it.except.is_some() {
        lines.push(say!(
            locale,
            "与“除外”的词语有重叠的地方不算。",
            "Places that overlap what stands behind `except` do not count."
        ));
    }
    lines
}

fn subject<P>(it: &Statement<P>, locale: Locale) -> Option<String> {
    match (&it.subject, it.modal.forbids()) {
        (Subject::Report, _) => None,
        (Subject::Each { .. }, false) => Some(say!(
            locale,
            "逐个检查，每个不符合的单位都会指出；一个也没有时，规则不适用。",
            "Each unit is checked by itself and flagged where it does not comply; where there is none the rule does not apply."
        )),
        (Subject::Each { .. }, true) => Some(say!(
            locale,
            "逐个检查；一个也没有时，规则不适用。",
            "Each unit is checked by itself; where there is none the rule does not apply."
        )),
    }
}

/// What a claim asks; of joined claims, what each asks.
pub fn claim<P>(it: &Claim<P>, locale: Locale, lines: &mut Vec<String>) {
    let line = match it {
        Claim::Not(inner) => return claim(inner, locale, lines),
        Claim::And(parts) | Claim::Or(parts) => {
            lines.push(say!(
                locale,
                "几项合起来判断：有一项说不清、又足以改变结果时，规则不适用。",
                "The parts are judged together: where one that would change the outcome cannot be told, the rule does not apply."
            ));
            return parts.iter().for_each(|it| claim(it, locale, lines));
        }
        Claim::Mention(mention) => {
            push(
                lines,
                say!(
                    locale,
                    "查找词语时不分繁简、全半角和大小写，忽略空白和换行；一个词语不会跨段。",
                    "Phrases are found in either script, width and case; white space and wraps are ignored; none runs across paragraphs."
                ),
            );
            if mention.count.is_some() {
                push(lines, say!(locale, "词语集里各词的次数合计。", "The hits of all members of a set are summed."));
            }
            return places(&mention.places, locale, lines);
        }
        Claim::Section(_) => say!(
            locale,
            "标题含有这个词语就算；标题中多一个“的”、带有报告年度也算。标题下没有内容的章节不算。",
            "A heading that contains the phrase will do, with 的 or the report's year inside as well; a section with nothing under its heading will not."
        ),
        Claim::Wording { .. } => say!(
            locale,
            "写错的地方逐一指出并给出改法；已经写对的词语里面不算。",
            "Each wrong wording is flagged with its fix; inside of the right wording it is none."
        ),
        Claim::Misquote(_) => say!(
            locale,
            "只看《》和“”里的名称：与词语集里某个名称只差一两个字、又不等于任何一个的，指出并给出改法；不认识的名称不作判断。",
            "Only names in 《》 and “” are looked at: one that is a character or two off one of the set, and equal to none, is flagged with its fix; unknown names are not judged."
        ),
        Claim::Amount { places: at, .. } => {
            push(
                lines,
                say!(
                    locale,
                    "字数不计空白，章节不计自己的标题；几个章节都符合时合计。",
                    "White space and a section's own heading do not count; sections that match are summed."
                ),
            );
            return places(at, locale, lines);
        }
        Claim::Edge { edge: Edge::Begin, .. } => {
            say!(locale, "标题从序号后面的字看起。", "Of a heading the words behind its number are looked at.")
        }
        Claim::Edge { edge: Edge::End, .. } => {
            say!(locale, "看最后的字。", "The last characters are looked at.")
        }
        Claim::Copied(_) => say!(
            locale,
            "与一起检查的其他报告逐字对照；数字、标点、标题、落款和书名号里的名称不计。没有可以对照的报告时，规则不适用。",
            "Held letter by letter against the other reports of the run; figures, punctuation, headings, closing and names in 《》 do not count. Without a report to compare with, the rule does not apply."
        ),
        Claim::Numbering => say!(
            locale,
            "同级标题的序号从一开始，不缺不重；换了上级标题就重新开始。每处差错指在写出的序号上。",
            "Numbers of one level start at one, none missing, none twice, anew under each parent; a fault is flagged on the number as written."
        ),
        Claim::Mix { places: at, .. } => {
            push(
                lines,
                say!(
                    locale,
                    "两种写法都有才算；指出少的一种，一样多时指出后出现的。",
                    "Only where both stand there; the rarer is flagged, on a tie the later."
                ),
            );
            return places(at, locale, lines);
        }
        Claim::Script => say!(
            locale,
            "简体报告里夹有繁体字，或者相反，都会指出；两种字形共用的字不算。",
            "Stray traditional characters in a simplified report, or the reverse, are flagged; characters of both scripts are not."
        ),
        Claim::Pairs => say!(
            locale,
            "括号和引号在一段之内成对；段首的 1） 和各段都重新写上“的引文不算错。",
            "Brackets and quotation marks are paired inside their paragraph; 1） at its start and quotations opened anew at each paragraph are right."
        ),
        Claim::Break => say!(
            locale,
            "一句话中间换了行的地方会指出；全文都按固定宽度折行时不算。",
            "A line break inside a sentence is flagged, unless the text as a whole is wrapped."
        ),
        Claim::Repeat(_) => say!(
            locale,
            "分句以逗号、分号等为界；一句之内第二次出现的会指出。",
            "Clauses lie between commas, semicolons and the like; the second in a sentence is flagged."
        ),
        Claim::Double(_) => {
            say!(locale, "紧接着又写了一遍的词语会指出。", "A word written again right behind itself is flagged.")
        }
        Claim::Signed => say!(
            locale,
            "落款里有一行是单位名称（以政府、局、委等结尾，或者就是已知的署名单位）。",
            "A line of the closing names a body: it ends in 政府, 局, 委 and the like, or is the known issuer."
        ),
        Claim::Dated { .. } => say!(
            locale,
            "落款或标题下有完整的年月日；2月30日这样的不算日期。",
            "There is a full date in the closing or under the title; 2月30日 is none."
        ),
        Claim::DatedAt { .. } => {
            say!(locale, "没有成文日期时，规则不适用。", "Without a date the rule does not apply.")
        }
        Claim::Satisfy(_) => say!(
            locale,
            "数量没有写出、写作“约”“余”时，规则不适用；同一数量说了几次时，同句或同段里有一组相符就行。",
            "Where a quantity is not stated, or only roughly, the rule does not apply; of several values one combination in a sentence or paragraph will do."
        ),
        Claim::Percentages => say!(
            locale,
            "只核对同一句里列出了数量的百分比；四舍五入或截断都算对，“近”“约”“超过”放宽。",
            "Only percentages beside the counts they come from are checked; rounded and truncated values are right, 近, 约 and 超过 loosen it."
        ),
        Claim::Fact(_) => say!(
            locale,
            "报告没有写明、也没有设定的事实说不清，不当作不成立。",
            "A fact that the report does not show and nobody sets is unknown, which is not false."
        ),
    };
    push(lines, line);
}

fn places<P>(places: &[Place<P>], locale: Locale, lines: &mut Vec<String>) {
    for place in places {
        push(
            lines,
            match place {
                Place::Section(_) => say!(
                    locale,
                    "没有所说的章节时，规则不适用；有几个时合为一处。",
                    "Where there is no such section the rule does not apply; several are one place."
                ),
                Place::EverySection(_) => say!(
                    locale,
                    "每个所说的章节都要有；一个也没有时，规则不适用。",
                    "It is asked of each such section; where there is none the rule does not apply."
                ),
                Place::Outside(_) => say!(
                    locale,
                    "没有所说的章节时，规则不适用。",
                    "Where there is no such section the rule does not apply."
                ),
                Place::Before(_) | Place::After(_) => say!(
                    locale,
                    "前后以所说词语第一次出现的地方为准；没有它时，规则不适用。",
                    "Counted from where the other phrase first stands; without it the rule does not apply."
                ),
                Place::First(_) => say!(locale, "字数从标题数起。", "Counted from the title."),
                Place::Within(..) => {
                    say!(
                        locale,
                        "两者在同一段，中间相隔不超过所说字数。",
                        "Both in one paragraph, no more than that between them."
                    )
                }
                Place::SameSection(_) => say!(
                    locale,
                    "章节指直接所在的那一个，开头的文字也算一个。",
                    "The innermost section counts; the opening is one too."
                ),
                Place::Title
                | Place::Opening
                | Place::Closing
                | Place::Heading
                | Place::Text
                | Place::Table
                | Place::SameSentence(_)
                | Place::SameParagraph(_) => continue,
                Place::HeadingsOfOneLevel | Place::OwnLineHeadingsOfOneLevel => {
                    say!(locale, "各级标题分别看。", "Each level of headings by itself.")
                }
            },
        );
    }
}

/// A line that is not there yet.
fn push(lines: &mut Vec<String>, line: String) {
    if !lines.contains(&line) {
        lines.push(line);
    }
}
