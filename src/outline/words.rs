//! The words by which a reader knows titles, headings, sentences and web furniture.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::lexicon::Lexicon;

/// How the title of a report ends, whatever else it says.
const REPORTS: [&str; 6] = ["报告", "总结", "汇报", "白皮书", "公报", "年报"];
/// What may be joined to a report in its title: 2024年工作总结及2025年工作计划.
const PLANS: [&str; 4] = ["计划", "打算", "安排", "思路"];
/// How a title may end when it names a year or says 关于.
const MATTERS: [&str; 8] = ["情况", "工作", "综述", "综报", "述职", "述法", "自查", "说明"];
/// How headings of the usual sections end.
const SECTIONS: [&str; 36] = [
    "情况",
    "成效",
    "成果",
    "举措",
    "措施",
    "不足",
    "问题",
    "原因",
    "困难",
    "短板",
    "打算",
    "计划",
    "安排",
    "思路",
    "目标",
    "任务",
    "做法",
    "职责",
    "经验",
    "亮点",
    "特色",
    "建议",
    "重点",
    "重点工作",
    "主要工作",
    "概况",
    "总结",
    "前言",
    "引言",
    "结语",
    "结束语",
    "概述",
    "总则",
    "附则",
    "差距",
    "履职",
];
/// How headings of the usual sections begin.
const SECTION_STARTS: [&str; 8] = ["下一步", "下步", "存在的", "存在", "主要", "今后", "工作", "基本情况"];
/// How a sentence begins that is no heading.
const SENTENCE_STARTS: [&str; 32] = [
    "为", "对", "在", "将", "把", "我", "本", "由", "根据", "按照", "通过", "现将", "一是", "二是", "三是", "四是",
    "五是", "首先", "其次", "同时", "此外", "但", "并", "其中", "尤其", "特别", "虽", "因", "自", "该", "已", "截至",
];
/// What is told in a sentence and not in a heading.
const NARRATIVE: [&str; 24] = [
    "我局",
    "我区",
    "我市",
    "我县",
    "我镇",
    "我乡",
    "我省",
    "我委",
    "我办",
    "我厅",
    "我院",
    "我处",
    "我街道",
    "我单位",
    "我们",
    "今年以来",
    "年，",
    "年,",
    "一是",
    "二是",
    "截至",
    "全年共",
    "先后",
    "累计",
];
/// What counts things, behind a figure.
const UNITS: &str = "次件场份个项条家名起户宗篇期天万元%％余多人";
/// Furniture of web pages and leftovers of programs, wherever it stands in a short line.
const FURNITURE: [&str; 57] = [
    "当前位置",
    "您的位置",
    "所在位置",
    "您所在",
    "首页",
    "信息来源",
    "文章来源",
    "稿件来源",
    "来源：",
    "来源:",
    "发布时间",
    "发布日期",
    "发布机构",
    "发文日期",
    "发文机关：",
    "发布人",
    "发布单位",
    "浏览次数",
    "浏览量",
    "浏览：",
    "阅读次数",
    "阅读量",
    "点击率",
    "点击数",
    "点击：",
    "访问量",
    "字体：",
    "字体:",
    "字号：",
    "字号:",
    "【字体",
    "[字体",
    "大 中 小",
    "索引号",
    "索 引 号",
    "主题分类",
    "信息分类",
    "公开方式",
    "公开范围",
    "责任编辑",
    "今天是",
    "无障碍",
    "繁体",
    "登录",
    "上一篇",
    "下一篇",
    "扫一扫",
    "分享到",
    "##paid",
    "版权所有",
    "ICP备",
    "公网安备",
    "网站标识码",
    "网站地图",
    "打印本页",
    "关闭窗口",
    "返回顶部",
];
/// What stands before a colon in the data over a text.
const LABELS: [&str; 16] = [
    "名称",
    "标题",
    "信息名称",
    "文件名称",
    "文件标题",
    "文号",
    "发文字号",
    "发文机关",
    "有效性",
    "时效性",
    "生成日期",
    "生成时间",
    "成文日期",
    "体裁分类",
    "组配分类",
    "关键词",
];
/// Furniture when it is the whole line.
const FURNITURE_LINES: [&str; 19] = [
    "打印",
    "关闭",
    "打印关闭",
    "分享",
    "收藏",
    "返回",
    "大中小",
    "正文",
    "相关附件",
    "附件下载",
    "相关链接",
    "相关文章",
    "纠错",
    "我要纠错",
    "分享：",
    "分享:",
    "联系我们",
    "微信",
    "微博",
];

/// How many characters these have at most.
const LONGEST_FURNITURE_LINE: usize = 4;

static IN_NARRATIVE: LazyLock<Lexicon> = LazyLock::new(|| lexicon(&NARRATIVE));
static IN_FURNITURE: LazyLock<Lexicon> = LazyLock::new(|| lexicon(&FURNITURE));

fn lexicon(words: &[&str]) -> Lexicon {
    Lexicon::new(words).expect("words of this file, all different, make a lexicon")
}

/// Whether a line is furniture of a web page or a leftover; one that held nothing but `&nbsp;` is.
pub fn is_furniture(text: &str) -> bool {
    if text.is_empty() {
        return true;
    }
    let said = || IN_FURNITURE.is_in(text);
    !text.contains('。') && (said() || has_crumbs(text) || is_web_data(text))
        || text.contains('#') && text.contains("##paid")
        || is_furniture_line(text)
}

/// Whether a line says where its page stands: 首页 > 政务公开.
fn has_crumbs(text: &str) -> bool {
    let marks = ["＞", "»", "›", " >", "> ", ">>"];
    text.contains(['＞', '»', '›', '>']) && marks.iter().any(|mark| text.contains(mark))
}

/// Whether a line is an entry of the table of data that web pages put over a text: 名 称：…… 文号：
fn is_web_data(text: &str) -> bool {
    let Some((label, _)) = text.split_once([':', '：']) else { return false };
    let label: String = label.chars().filter(|c| !c.is_whitespace() && !"【】[]|•●".contains(*c)).collect();
    LABELS.contains(&label.as_str())
}

/// Whether a line is a page number, a button or a program's mark, and so no part of the paragraph it stands in.
pub fn breaks(text: &str) -> bool {
    text.len() <= 60
        && (text.is_empty()
            || text.starts_with("##") && text.ends_with("##")
            || is_furniture_line(text)
            || is_rule(text))
}

/// -----, ————, ====
fn is_rule(text: &str) -> bool {
    text.chars().count() >= 3 && text.chars().all(|c| c.is_whitespace() || "-—－–─━=＝_＿*~".contains(c))
}

/// Whether a line says one thing about the report, as a form does: 报告单位：清河区司法局.
pub fn is_labelled(text: &str) -> bool {
    let ends = ["单位", "日期", "时间", "文号", "机关", "字号", "标题", "名称", "电话"];
    if text.len() > 150 {
        return false;
    }
    let colon = [text.find('：'), text.find(':')].into_iter().flatten().min();
    let Some(label) = colon.and_then(|at| text.get(..at)) else { return false };
    let label = label.trim_end();
    (2..=6).contains(&label.chars().count()) && ends.iter().any(|it| label.ends_with(it))
}

/// Whether a line is the last sentence of a report: 特此报告。
pub fn is_final(text: &str) -> bool {
    text.len() <= 60 && ["特此报告", "特此汇报", "专此报告", "以上报告", "妥否"].iter().any(|it| text.starts_with(it))
}

/// Whether a line is an entry of a list with a dot in front.
pub fn is_bullet(text: &str) -> bool {
    let dashed = text.strip_prefix(['-', '–', '*', '+']).is_some_and(|it| it.starts_with(char::is_whitespace));
    dashed || text.starts_with(['●', '•', '·', '○', '◎', '■', '□', '◆', '◇', '▲', '★', '☆', '➤', '▶', '※', '√', '✓'])
}

/// Whether a line begins as an item does: 一是, 二是.
pub fn is_item(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| "一二三四五六七八九十".contains(c)) && chars.next() == Some('是')
}

/// Whether a line is an entry of a table of contents: dots or a gap, then a page number.
pub fn is_contents(text: &str) -> bool {
    without_page(text).len() < text.len()
}

/// An entry of a table of contents without its page number and the dots before it.
pub fn without_page(text: &str) -> &str {
    let core = text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '　' | '）' | ')'));
    let core = core.trim_end_matches(['—', '-', '（', '(']);
    let dotted = ["……", "...", "···", "…", "\t", "．．"].iter().any(|it| core.ends_with(it));
    let paged = text.ends_with(|c: char| c.is_ascii_digit() || c == '）' || c == ')');
    let dots = |c: char| c.is_whitespace() || matches!(c, '…' | '.' | '·' | '．');
    if core.len() < text.len() && dotted && paged { core.trim_end_matches(dots) } else { text }
}

fn is_furniture_line(text: &str) -> bool {
    let kept = |c: &char| !c.is_whitespace() && !"【】[]|丨()（）".contains(*c);
    let mut chars = text.chars().filter(kept);
    let first = chars.next();
    // Nearly every line is longer than those of the list, and does not begin as a page number does.
    if chars.nth(LONGEST_FURNITURE_LINE - 1).is_some() && !first.is_some_and(|c| "第-—－–─".contains(c)) {
        return false;
    }
    let core: String = text.chars().filter(kept).collect();
    FURNITURE_LINES.contains(&core.as_str()) || is_page_number(&core)
}

/// — 3 —, -3-, 第3页, 第3页共9页.
fn is_page_number(core: &str) -> bool {
    let figure = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let dashed = core.starts_with(['-', '—', '－', '–', '─']) && core.ends_with(['-', '—', '－', '–', '─']);
    let paged = core.starts_with('第') && core.ends_with('页');
    let rest: String = core.chars().filter(|c| !figure(*c) && !"-—－–─第页共，,/".contains(*c)).collect();
    (dashed || paged) && rest.is_empty() && core.contains(figure)
}

/// Whether a text ends as the title of a report does, a bracketed remark behind it left out.
pub fn ends_as_report(text: &str) -> bool {
    // Titles space their last word out: 报　告.
    let core: String = without_remark(text).chars().filter(|c| !c.is_whitespace()).collect();
    REPORTS.iter().any(|end| core.ends_with(end) || PLANS.iter().any(|plan| core.ends_with(plan)) && core.contains(end))
}

/// Whether a text ends as a title may that says its year or 关于.
pub fn ends_as_matter(text: &str) -> bool {
    let core = without_remark(text);
    MATTERS.iter().any(|end| core.ends_with(end))
}

/// Whether a text names the matter of such reports.
pub fn names_matter(text: &str) -> bool {
    ["法治", "法制", "依法", "年度", "工作", "关于", "信息公开"].iter().any(|it| text.contains(it))
}

/// Whether a text goes on to the next line by its last word.
pub fn is_unfinished(text: &str) -> bool {
    let ends = [
        "，", "、", ",", "的", "和", "与", "及", "以及", "关于", "《", "（", "(", "“", "年度", "年", "主要", "推进",
        "—",
    ];
    let said = text.trim_end();
    ends.iter().any(|end| said.ends_with(end)) || opens(text)
}

/// Whether 《 or （ is still open at the end.
pub fn opens(text: &str) -> bool {
    let (mut titles, mut brackets) = (0_isize, 0_isize);
    for c in text.chars() {
        match c {
            '《' | '〈' => titles += 1,
            '》' | '〉' => titles -= 1,
            '（' | '(' => brackets += 1,
            '）' | ')' => brackets -= 1,
            _ => {}
        }
    }
    titles > 0 || brackets > 0
}

/// Whether a line begins with what cannot begin anything.
pub fn goes_on(text: &str) -> bool {
    text.starts_with(['的', '和', '与', '及', '、', '，', ',', '》', '”', '）', ')', '；', '。', '：'])
}

/// Whether a text reads as the heading of a usual section: 存在不足, 下一步工作打算, 前　言.
pub fn is_section(text: &str) -> bool {
    if text.len() > 300 {
        return false;
    }
    let squeezed = squeezed(text);
    let core = squeezed.trim_end_matches(['：', ':']);
    let ends = || SECTIONS.iter().any(|it| core.ends_with(it));
    let starts = || SECTION_STARTS.iter().any(|it| core.starts_with(it)) && core.chars().count() <= 14;
    (ends() || starts()) && !opens_sentence(core)
}

/// A text without white space.
fn squeezed(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_whitespace) {
        return Cow::Owned(text.chars().filter(|c| !c.is_whitespace()).collect());
    }
    Cow::Borrowed(text)
}

/// Whether a text begins as a sentence does.
pub fn opens_sentence(text: &str) -> bool {
    SENTENCE_STARTS.iter().any(|it| text.starts_with(it))
}

/// Whether a line begins with the words that lead into a list: 如下, 以下工作.
pub fn leads_in(text: &str) -> bool {
    ["如下", "以下", "下列", "几个方面", "几方面"].iter().any(|it| text.contains(it))
}

/// Whether a text could stand as a heading: short, and telling nothing.
pub fn is_title_like(text: &str, limit: usize) -> bool {
    let (mut chars, mut commas) = (0, 0);
    for c in text.chars() {
        chars += usize::from(!c.is_whitespace());
        commas += usize::from(matches!(c, '，' | ','));
        if chars > limit || matches!(c, '；' | ';' | '。' | '？' | '?') {
            return false;
        }
    }
    chars > 0 && commas <= 3 && !tells(text)
}

/// Whether a text tells what somebody did, or how often.
fn tells(text: &str) -> bool {
    IN_NARRATIVE.is_in(text) || counts(text)
}

/// Whether a figure with a unit stands in a text: 12件, 1000余场. A 12345 without one does not count.
fn counts(text: &str) -> bool {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_ascii_digit() && chars.peek().is_some_and(|next| UNITS.contains(*next)) {
            return true;
        }
    }
    false
}

fn without_remark(text: &str) -> &str {
    let text = text.trim_end().trim_end_matches('*');
    let cut =
        |open: char, close: char| text.strip_suffix(close).and_then(|it| it.rfind(open).and_then(|at| it.get(..at)));
    let remark = cut('（', '）').or_else(|| cut('(', ')')).or_else(|| cut('〔', '〕')).or_else(|| cut('[', ']'));
    let text = remark.filter(|it| !it.is_empty()).unwrap_or(text).trim_end();
    text.strip_suffix('》').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_known_and_text_is_not() {
        let furniture = [
            "首页 > 政务公开 > 年度报告",
            "来源:区司法局 发布时间:2024-03-28 09:18",
            "##paidend##",
            "【打印】【关闭】",
            "浏览次数： 12",
            "— 3 —",
            "第2页 共9页",
            "上一篇：无",
            "【字体：大 中 小】",
            "无障碍 简体| 繁体",
        ];
        assert_eq!(furniture.into_iter().find(|it| !is_furniture(it)), None);
        assert_eq!(FURNITURE_LINES.into_iter().find(|it| !is_furniture_line(it)), None);
        let text = ["一、主要举措", "清河区司法局", "存在不足", "2024年1月5日", "推进登录制度改革，方便群众。", "3"];
        assert_eq!(text.into_iter().find(|it| is_furniture(it)), None);
    }

    #[test]
    fn headings_are_told_from_sentences() {
        let like = ["加强组织领导，压实工作责任", "强化法治意识", "办好12345热线", "严格落实重大行政决策程序制度"];
        assert_eq!(like.into_iter().find(|it| !is_title_like(it, 30)), None);
        let unlike = ["我局开展普法", "2024年，全区法治建设", "办理案件12件", "甲；乙", "", "一是加强学习"];
        assert_eq!(unlike.into_iter().find(|it| is_title_like(it, 30)), None);
    }

    #[test]
    fn entries_of_a_table_of_contents_are_known() {
        let entries = ["一、主要举措……………1", "（一）学习......12", "二、不足\t5", "三、打算 …… 7"];
        assert_eq!(entries.into_iter().find(|it| !is_contents(it)), None);
        let others = ["一、推进12345", "一、主要举措", "……", "2024", "增长5.5"];
        assert_eq!(others.into_iter().find(|it| is_contents(it)), None);
    }

    #[test]
    fn sections_are_known_by_their_words() {
        let sections =
            ["主要举措和成效", "存在不足", "下一步工作安排", "履行第一责任人职责情况", "存在的问题及原因：", "结语"];
        assert_eq!(sections.into_iter().find(|it| !is_section(it)), None);
        assert!(!is_section("为掌握全区情况") && !is_section("加强学习") && !is_section("我局的主要做法"));
        assert!(
            ends_as_report("法治政府建设年度报告（2024年度）")
                && ends_as_report("《甲年度报告》")
                && !ends_as_report("报告工作")
        );
    }
}
