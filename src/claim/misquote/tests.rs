use super::*;
use crate::claim::testing::{assert_marked, assert_silent, document};

const SET: [&str; 22] = [
    "法治政府建设与责任落实督察工作规定",
    "论坚持全面依法治国",
    "重大行政决策程序暂行条例",
    "行政处罚法",
    "行政许可法",
    "行政复议法实施条例",
    "优化营商环境条例",
    "公平竞争审查条例",
    "政府信息公开条例",
    "党政主要负责人履行推进法治建设第一责任人职责规定",
    "法治政府建设实施纲要（2021－2025年）",
    "信访工作条例",
    "残疾人就业条例",
    "彩票管理条例",
    "民法典",
    "中国共产党支部工作条例（试行）",
    "中国共产党党校（行政学院）工作条例",
    "刑事诉讼规则",
    "民事诉讼规则",
    "安全生产法",
    "重庆市法律援助条例",
    "关于加强法治政府建设的意见",
];

fn titles() -> Titles {
    Titles::new(&SET.map(str::to_owned))
}

fn found(document: &Document, titles: &Titles) -> Detected {
    detect(document, &View::joined(document.source.text(), document.pieces()), titles, Locale::Zh)
}

fn find(document: &Document) -> Detected {
    found(document, &titles())
}

#[test]
fn misquoted() {
    assert_marked(
        &[
            "贯彻《⟦法治政府建设与责任落实督查工作规定⟧》。",
            "贯彻《⟦法治政府建设与责任落实\n督查工作规定⟧》。",
            "学习《⟦论全面依法治国⟧》《论坚持全面依法治国》。",
            "执行《⟦重大行政决策程序条例⟧》。",
            "执行《⟦中华人民共和国行政处置法⟧》。",
            "执行《⟦行政处法⟧》《⟦行政许可证法⟧》。",
            "执行《⟦优化营商环镜条例⟧》《⟦优化营商环境条例例⟧》。",
            "落实《⟦公平竞争审察条例⟧》《⟦公平争竞审查条例⟧》。",
            "印发《关于贯彻〈⟦法治政府建设与责任落实督查工作规定⟧〉的通知》。",
            "落实《⟦法治政府建设实施纲（2021－2025年）⟧》。",
            "落实“⟦法治政府建设与责任落实督查工作规定⟧”。",
            "落實《⟦黨政主要負責人履行推進法治建設第一責任職責規定⟧》。",
            "落实《⟦关于加强法治政府建设意见⟧》。",
            "落实《⟦党政主要负责人履行推进法治建设第一责任人责任规定⟧》。",
            "落实《⟦法治政府建设与责任落实监督工作规定⟧》。",
        ],
        find,
    );
}

#[test]
fn right_or_unknown() {
    assert_silent(
        &[
            "学习《中华人民共和国行政处罚法》《行政处罚法》《中华人民共和国民法典》。",
            "落实《法治政府建设实施纲要（2021—2025年）》《法治政府建设实施纲要(2021-2025年)》《法治政府建设实施纲要》。",
            "落实《中国共产党支部工作条例》《中国共产党党校（行政学院）工作条例》《优化营商环境条例（修订）》。",
            "落實《優化營商環境條例》《公 平竞争审查条例》，《2024年优化营商环境条例》。",
            "落实《市优化营商环境条例》《重庆市优化营商环境条例》《优化营商环境办法》《天津市法律援助条例》。",
            "学习《民法典释义》《信访条例》《残疾人教育条例》《物业管理条例》《行政处罚办法》。",
            "落实《法治政府建设实施方案》《法治政府建设实施意见》《行政复议法实施细则》。",
            "推进“法治政府建设”，落实“行政处罚”公示，“优化营商环境”专项行动，“行政处置法”。",
            "《保密，其实就在你我身边》《民法点一点》《法》《》《中华人民共和国》。",
            "《刑事诉讼规则》和《民事诉讼规则》（试行）。",
            "《民事法》《民商法》《信访条例》《审计法》。",
            "《未关闭的优化营商环镜条例，（无书名号）优化营商环镜条例。",
            "《加强法治政府建设的意见》《关于加强法治政府建设的意见（试行）》。",
            "",
        ],
        find,
    );
}

#[test]
fn fixes() {
    let fix = |text: &str| find(&document(text)).faults.remove(0).fix.unwrap();
    let safe = |text: &str, safe| Fix { replacement: text.into(), safe };
    assert_eq!(fix("《中华人民共和国优化营商环镜条例（修订）》"), safe("中华人民共和国优化营商环境条例（修订）", true));
    assert_eq!(fix("《行政处法》"), safe("行政处罚法", false));
    assert_eq!(fix("落實《優化營商環鏡條例》，規範執法。"), safe("優化營商環境條例", false));
    assert_eq!(fix("《中国共产党支部工做条例（试行）》"), safe("中国共产党支部工作条例（试行）", true));
}

#[test]
fn equally_near_titles_are_all_named() {
    let fault = find(&document("执行《行事诉讼规则》。")).faults.remove(0);
    assert_eq!(fault.expected.as_deref(), Some("刑事诉讼规则"));
    assert_eq!(fault.related.len(), 1);
    assert!(!fault.fix.unwrap().safe);
}

#[test]
fn right_quotations_are_evidence() {
    let document = document("学习《中华人民共和国行政处罚法》。");
    assert_eq!(document.source.slice(find(&document).evidence[0].span), "中华人民共和国行政处罚法");
}

#[test]
fn many_titles_and_quotations() {
    let set: Vec<String> = (0..3000).map(|it| format!("关于第{it}号行政执法监督管理条例")).collect();
    let titles = Titles::new(&set);
    let text = document(&"《行政执法监督管理办法》《〈“".repeat(2000));
    let _ = found(&text, &titles);
    let _ = found(&document(&"《".repeat(20_000)), &titles);
}
