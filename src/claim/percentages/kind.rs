//! What a percentage is said to be: the rate of something counted, a share, or a growth between two values.

mod growth;

use std::sync::LazyLock;

use regex::Regex;

use super::counts::{Count, Said, is_mark};
use crate::claim::pattern::constant;
use crate::source::slice;
use crate::span::Span;

/// A percentage that is tied to counts.
#[derive(Debug)]
pub(super) enum Kind<'a> {
    /// 审结率, with the counts of what was 审结.
    Rate(Vec<Count<'a>>),
    /// 占, 占比, with the count right before it.
    Share(Vec<Count<'a>>),
    /// 占应偿还335万元的: the part and the whole it names itself.
    Of {
        /// The part.
        part: Count<'a>,
        /// The whole.
        whole: Count<'a>,
    },
    /// 由 … 增长到 …, 增长.
    Growth {
        /// The value it grew from.
        from: Count<'a>,
        /// The value it grew to.
        to: Count<'a>,
    },
    /// 150件，比上年增加30件，增长.
    Step {
        /// By how much it grew or fell.
        step: Count<'a>,
        /// The values it may have come to, the nearest first.
        to: Vec<Count<'a>>,
        /// Whether it fell.
        fell: bool,
    },
}

/// What stands between the name of a rate and its figure.
const LINK: &str = "(?:均|已|也|都|仅|则|则为|分别)?(?:为|是|达到|达|高达|已达|保持在|稳定在|维持在|提升至|提升到|提高到|提高至|上升至|上升到|升至|升到|降至|降到|下降至|下降到|降低至|降低到)?(?:了)?[：:（(]?[ 　]*(?:约为|约|近|超过|超|逾|不低于|不少于|大于|接近)?[ 　]*$";

static RATE: LazyLock<Regex> = LazyLock::new(|| constant(&format!(r"([\p{{Han}}]{{2,24}}?)(?:率|比例){LINK}")));
static SHARE: LazyLock<Regex> =
    LazyLock::new(|| constant(&format!(r"占(?:比例|比重|比率|比|(\p{{Han}}{{0,14}}?)的?)(?:比例|比重)?{LINK}")));
static OF: LazyLock<Regex> =
    LazyLock::new(|| constant(r"占(?:全部|总|应)?\p{Han}{0,12}[0-9０-９][^，。；：]{0,24}?的(?:约|近|超过)?[ 　]*$"));
static GROWTH: LazyLock<Regex> =
    LazyLock::new(|| constant(&format!("(?:增长率|增长|增加|上升|提升|提高|增幅|下降|减少|降低|降幅|下降率){LINK}")));

/// How far back the words before a percentage are read, for its name and for what the name speaks of.
const MAX_LEAD_BYTES: usize = 180;
const MAX_AROUND_BYTES: usize = 2_000;

/// How many percentages a list of them has at most.
const MAX_LIST: usize = 12;

/// What the percentage with index `at` is said to be; `None` where it is tied to no counts.
pub(super) fn kind<'a>(text: &'a str, sentence: &Said<'a>, before: Option<&Said<'a>>, at: usize) -> Option<Kind<'a>> {
    let (head, index) = head(text, sentence, at);
    let first = sentence.percents.get(head)?;
    let from =
        head.checked_sub(1).and_then(|it| sentence.percents.get(it)).map_or(sentence.range.start, |it| it.range.end);
    let from = from.max(first.range.start.saturating_sub(MAX_LEAD_BYTES));
    let lead = slice(text, Span::new(from, first.range.start));
    let start = first.range.start - lead.len();
    if let Some(found) = OF.find(lead) {
        return if head == at { of(text, sentence, start + found.start(), first.range.start) } else { None };
    }
    if let Some(found) = GROWTH.find(lead) {
        // 提高到80% is a rate again; that is for the link to say.
        return if head == at { growth::growth(text, sentence, start + found.start()) } else { None };
    }
    if let Some(found) = SHARE.captures(lead) {
        let whole = found.get(0)?;
        return share(
            text,
            sentence,
            before,
            start + whole.start(),
            found.get(1).map_or("", |it| it.as_str()),
            at != head,
        );
    }
    let found = RATE.captures(lead)?;
    let (whole, name) = (found.get(0)?, found.get(1)?);
    let name_at = start + name.start();
    if whole.as_str().contains("分别") {
        return listed(text, sentence, before, name_at, name.as_str(), index);
    }
    (head == at).then(|| rate(text, sentence, before, name_at, name.as_str())).flatten()
}

/// The first percentage of a list `85.29%、22.22%` that the one at `at` stands in, and its place there.
fn head(text: &str, sentence: &Said, at: usize) -> (usize, usize) {
    let joined = |it: &usize| {
        let (Some(last), Some(next)) = (sentence.percents.get(it - 1), sentence.percents.get(*it)) else {
            return false;
        };
        matches!(
            slice(text, Span::new(last.range.end, next.range.start)).trim(),
            "、" | "和" | "," | "，" | "及" | "与"
        )
    };
    let length = (1..=at).rev().take(MAX_LIST).take_while(joined).count();
    (at - length, length)
}

/// 办结率和满意率分别为98%和95%: each figure has its own name.
fn listed<'a>(
    text: &'a str,
    sentence: &Said<'a>,
    before: Option<&Said<'a>>,
    name_at: usize,
    name: &'a str,
    index: usize,
) -> Option<Kind<'a>> {
    let clause = slice(text, Span::new(sentence.range.start, name_at + name.len()));
    let start = clause
        .rfind(['，', '。', '；', '：', ',', ';'])
        .map_or(0, |it| it + clause.get(it..).and_then(|it| it.chars().next()).map_or(0, char::len_utf8));
    let list = slice(clause, Span::new(start, clause.len()));
    let names: Vec<&str> = list.split(['、', '和', '及', '与']).collect();
    let name = names.get(index)?;
    let last = names.len() == index + 1;
    let stem = if last { name } else { name.strip_suffix('率')? };
    rate(text, sentence, before, sentence.range.start + start, stem)
}

/// Words before an action that say in which of its cases: 按期办结率 is not what was 办结.
const MANNER: [&str; 18] = [
    "按时", "按期", "及时", "限时", "当期", "有效", "自动", "主动", "实质", "一次", "首次", "直接", "准时", "提前",
    "当场", "当庭", "平均", "同比",
];

/// Words that add nothing to the name of a rate.
const NEUTRAL: [&str; 16] = [
    "案件", "事项", "工作", "总体", "整体", "全年", "全区", "全市", "全县", "全省", "全局", "年度", "任务", "总的",
    "的总", "综合",
];

fn rate<'a>(
    text: &'a str,
    sentence: &Said<'a>,
    before: Option<&Said<'a>>,
    name_at: usize,
    name: &str,
) -> Option<Kind<'a>> {
    let name = name.strip_suffix('的').unwrap_or(name);
    let chars: Vec<char> = name.chars().collect();
    let (rest, action) = chars.split_at(chars.len().checked_sub(2)?);
    let action: String = action.iter().collect();
    if ["综合", "平均", "同比", "环比"].contains(&action.as_str()) {
        return None;
    }
    let manner: String = rest.get(rest.len().saturating_sub(2)..)?.iter().collect();
    let around = around(text, sentence, before, name_at);
    let known = manner.is_empty()
        || NEUTRAL.contains(&manner.as_str())
        || around.contains(&manner)
        || ["总", "其", "的"].contains(&manner.as_str());
    let mut parts: Vec<Count> = sentence
        .near(name_at)
        .iter()
        .filter(|it| it.numeral.range.start < name_at || is_explained(text, name_at, it))
        .filter(|it| names(it, &action))
        .filter(|it| if MANNER.contains(&manner.as_str()) { names(it, &manner) } else { known })
        .cloned()
        .collect();
    // 应出庭应诉40件 is the whole of those that did.
    if parts.iter().any(|it| !is_due(it, &action)) {
        parts.retain(|it| !is_due(it, &action));
    }
    (!parts.is_empty()).then_some(Kind::Rate(parts))
}

/// Whether a count behind a rate explains it: 办结率96%（办结190件）. Any other begins a new thought.
fn is_explained(text: &str, name_at: usize, count: &Count) -> bool {
    let between = slice(text, Span::new(name_at, count.numeral.range.start));
    let open = between.rfind(['（', '(']);
    open.is_some_and(|at| !between.get(at..).is_some_and(|it| it.contains(['）', ')'])))
}

/// 应办结、应当出庭应诉: what was to be done.
fn is_due(count: &Count, action: &str) -> bool {
    count.before.find(action).and_then(|at| count.before.get(..at)).is_some_and(|it| it.contains('应'))
}

/// What stands before `at` in the sentence and the one before it.
fn around<'a>(text: &'a str, sentence: &Said, before: Option<&Said>, at: usize) -> &'a str {
    let from = before.map_or(sentence.range.start, |it| it.range.start);
    slice(text, Span::new(from.max(at.saturating_sub(MAX_AROUND_BYTES)), at))
}

/// Whether a word stands with what is counted.
fn names(count: &Count, word: &str) -> bool {
    // Behind a count only the first words belong to it: 95件办结.
    let behind: String = count.behind.chars().take(6).collect();
    let here = |text: &str| {
        // What was 调解成功 is not all that was 调解.
        text.find(word).is_some_and(|at| !text.get(at + word.len()..).is_some_and(|it| it.starts_with("成功")))
    };
    here(count.before) || here(&behind) && !count.behind.contains('率')
}

fn share<'a>(
    text: &'a str,
    sentence: &Said<'a>,
    before: Option<&Said<'a>>,
    at: usize,
    of: &str,
    later: bool,
) -> Option<Kind<'a>> {
    let around = around(text, sentence, before, at);
    if !is_named(of, around, sentence, before, at) {
        return None;
    }
    let ahead: Vec<&Count> = sentence.near(at).iter().filter(|it| it.end() <= at).collect();
    let last = ahead.last()?;
    let gap = slice(text, Span::new(last.end(), at));
    let words: String = gap.chars().filter(|c| !is_mark(*c) && !c.is_whitespace()).collect();
    let tied = ["", "约", "共", "仅", "分别", "均", "次", "总数", "数量"].contains(&words.as_str())
        && gap.chars().filter(|c| is_mark(*c)).count() <= 1;
    if !tied {
        let named = if of.is_empty() { named(text, sentence, at) } else { Vec::new() };
        return (!named.is_empty()).then_some(Kind::Share(named));
    }
    let several = later || words == "分别";
    Some(Kind::Share(if several { ahead.into_iter().cloned().collect() } else { vec![(*last).clone()] }))
}

/// 偿还268万元，占应偿还335万元的: what the share is of stands in its own words.
fn of<'a>(text: &'a str, sentence: &Said<'a>, at: usize, until: usize) -> Option<Kind<'a>> {
    let mut inside = sentence.near(until).iter().filter(|it| at < it.numeral.range.start && it.end() <= until);
    let (whole, other) = (inside.next()?, inside.next());
    let part = sentence.near(at).iter().rfind(|it| it.end() <= at)?;
    let gap = slice(text, Span::new(part.end(), at));
    let words: String = gap.chars().filter(|c| !is_mark(*c) && !c.is_whitespace()).collect();
    let tied = ["", "约", "共"].contains(&words.as_str()) && gap.chars().filter(|c| is_mark(*c)).count() <= 1;
    let fits = other.is_none() && part.unit == whole.unit && part.numeral.value < whole.numeral.value;
    (tied && fits).then(|| Kind::Of { part: part.clone(), whole: whole.clone() })
}

/// 电话投诉占比: the counts of 电话投诉.
fn named<'a>(text: &'a str, sentence: &Said<'a>, at: usize) -> Vec<Count<'a>> {
    let lead = slice(text, Span::new(sentence.range.start.max(at.saturating_sub(MAX_LEAD_BYTES)), at));
    let name = lead.rsplit(is_mark).next().unwrap_or_default().trim_start_matches("其中");
    let name = ["案件", "件数", "数量", "数", "的"].iter().fold(name, |it, end| it.strip_suffix(end).unwrap_or(it));
    let counts = sentence.near(at).iter().filter(|it| name.chars().count() >= 2 && it.before.contains(name));
    counts.cloned().collect()
}

/// Whether the whole that a share is of is one that was counted; 占全市的12% is of another.
fn is_named(of: &str, around: &str, sentence: &Said, before: Option<&Said>, at: usize) -> bool {
    let mut of = of;
    for word in ["总数量", "总数", "总量", "总额", "总件数", "总", "全部", "同期", "其", "的", "数", "量"]
    {
        of = of.strip_suffix(word).unwrap_or(of);
        of = of.strip_prefix(word).unwrap_or(of);
    }
    let counted = |it: &Count| it.before.contains(of) || it.behind.contains(of);
    let ahead = before.map_or(&[][..], |it| it.near(it.range.end));
    let known = sentence.near(at).iter().chain(ahead).any(counted);
    of.is_empty() || !of.starts_with(['全', '本', '我']) && around.contains(of) && known
}
