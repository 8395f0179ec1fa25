//! Reports made up for measuring: each number gives always the same report of about 6 KB, no two are alike.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// The least length of a report in bytes: sections are filled up to it.
const LEAST: usize = 5_200;

/// Writes the reports with these numbers into a folder.
pub fn write(folder: &Path, numbers: std::ops::Range<u64>) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for number in numbers {
        fs::write(folder.join(format!("{number:05}.txt")), report(number))?;
    }
    Ok(())
}

/// The report with that number.
pub fn report(number: u64) -> String {
    let mut dice = Dice(number.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5DEE_CE66);
    let facts = Facts {
        place: format!("{}{}", dice.pick(&PLACES), dice.pick(&["市", "区", "县"])),
        organ: (*dice.pick(&ORGANS)).to_owned(),
        year: 2019 + dice.below(6),
    };
    let numbered = !dice.one_in(8);
    let mut text = head(&facts, &mut dice);
    let main = heading(
        numbered,
        0,
        dice.pick(&["年法治政府建设工作举措和成效", "年推进法治政府建设的主要举措和成效"]),
        Some(facts.year),
    );
    text.push_str(&main);
    let topics = dice.order(TOPICS.len());
    for (at, topic) in topics.into_iter().enumerate() {
        if text.len() > LEAST {
            break;
        }
        section(&mut text, at, topic, numbered, &mut dice);
    }
    tail(&mut text, &facts, numbered, &mut dice);
    slip(text, &mut dice)
}

struct Facts {
    place: String,
    organ: String,
    year: u64,
}

fn head(facts: &Facts, dice: &mut Dice) -> String {
    let Facts { place, organ, year } = facts;
    let title = dice.pick(&["年法治政府建设年度报告", "年度法治政府建设情况报告", "年法治政府建设工作情况的报告"]);
    let aims = dice.pick(&["依法行政水平不断提升", "法治政府建设取得新进展", "各项工作稳步推进"]);
    format!(
        "{place}{organ}\n{year}{title}\n\n\
         {year}年，{place}{organ}坚持以习近平新时代中国特色社会主义思想为指导，深入贯彻习近平法治思想，\
         认真落实《法治政府建设实施纲要》和上级决策部署，{aims}。现将有关情况报告如下。\n"
    )
}

fn heading(numbered: bool, number: usize, words: &str, year: Option<u64>) -> String {
    let year = year.map(|it| it.to_string()).unwrap_or_default();
    match NUMERALS.get(number) {
        Some(numeral) if numbered => format!("{numeral}、{year}{words}\n"),
        _ => format!("{year}{words}\n"),
    }
}

fn section(text: &mut String, at: usize, topic: usize, numbered: bool, dice: &mut Dice) {
    let (Some(words), Some(numeral)) = (TOPICS.get(topic), NUMERALS.get(at)) else { return };
    let run_in = dice.one_in(3);
    let number = if numbered { format!("（{numeral}）") } else { String::new() };
    let _ = write!(text, "{number}{words}{}", if run_in { "。" } else { "\n" });
    for _ in 0..2 + dice.below(3) {
        let topic = dice.pick(&["一是", "二是", "", "同时，", ""]);
        text.push_str(topic);
        let sentence = dice.pick(&SENTENCES);
        text.push_str(&fill(sentence, dice));
    }
    text.push('\n');
}

fn tail(text: &mut String, facts: &Facts, numbered: bool, dice: &mut Dice) {
    let Facts { place, organ, year } = facts;
    let next = year + 1;
    if !dice.one_in(10) {
        text.push_str(&heading(numbered, 1, "主要负责人履行推进法治建设第一责任人职责情况", None));
        let times = 2 + dice.below(11);
        let _ = writeln!(text, "主要负责人切实履行第一责任人职责，主持研究法治工作{times}次，带头学法、带头述法。");
    }
    if !dice.one_in(10) {
        text.push_str(&heading(numbered, 2, "存在的不足和原因", None));
        for number in ["一是", "二是", "三是"] {
            text.push_str(number);
            text.push_str(dice.pick(&SHORTCOMINGS));
        }
        text.push('\n');
    }
    text.push_str(&heading(numbered, 3, "年工作安排", Some(next)));
    let _ = writeln!(text, "{next}年，{place}将持续深化法治政府建设。{}{}", dice.pick(&PLANS), dice.pick(&PLANS));
    let (month, day) = (1 + dice.below(2), 1 + dice.below(27));
    let _ = write!(text, "\n{place}{organ}\n{next}年{month}月{day}日\n");
}

/// Fills `#` with a number, `%` with a percentage, `@` with a law, `&` with a field of work.
fn fill(sentence: &str, dice: &mut Dice) -> String {
    let mut text = String::new();
    for c in sentence.chars() {
        match c {
            '#' => text.push_str(&(2 + dice.below(900)).to_string()),
            '%' => text.push_str(&format!("{}.{}%", 70 + dice.below(29), dice.below(10))),
            '@' => text.push_str(dice.pick(&LAWS)),
            '&' => text.push_str(dice.pick(&FIELDS)),
            _ => text.push(c),
        }
    }
    text
}

/// About every second report has a slip in it, as reports have.
fn slip(text: String, dice: &mut Dice) -> String {
    match dice.below(12) {
        0 => text.replacen("法治化营商环境", "法制化营商环境", 1),
        1 => text.replacen("截至", "截止", 1),
        2 => text.replacen('，', ",", 3),
        3 => text.replacen("《行政处罚法》", "《行政处罚条例法》", 1),
        4 => text.replacen("。", "。。", 1),
        5 => text.replacen("（二）", "（三）", 1),
        _ => text,
    }
}

/// A plain generator of numbers (splitmix64), so that the corpus is the same everywhere and for ever.
pub struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        it ^ (it >> 31)
    }

    /// A number from 0 up to, and without, `most`.
    pub fn below(&mut self, most: u64) -> u64 {
        self.next() % most
    }

    fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }

    /// One of these.
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize]
    }

    /// The numbers from 0 in some order.
    fn order(&mut self, length: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..length).collect();
        for at in (1..length).rev() {
            order.swap(at, self.below(at as u64 + 1) as usize);
        }
        order
    }
}

const NUMERALS: [&str; 12] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
const PLACES: [&str; 16] = [
    "澜湖", "清平", "云台", "望江", "临泽", "石桥", "安岭", "青禾", "东浦", "南屏", "西岭", "北川", "白沙", "金溪",
    "双河", "永宁",
];
const ORGANS: [&str; 8] =
    ["人民政府", "司法局", "财政局", "教育局", "生态环境局", "市场监督管理局", "交通运输局", "农业农村局"];
const LAWS: [&str; 14] = [
    "《行政处罚法》",
    "《行政复议法》",
    "《行政许可法》",
    "《民法典》",
    "《优化营商环境条例》",
    "《政府信息公开条例》",
    "《重大行政决策程序暂行条例》",
    "《安全生产法》",
    "《法律援助法》",
    "《行政诉讼法》",
    "《信访工作条例》",
    "《食品安全法》",
    "《个人信息保护法》",
    "《劳动合同法》",
];
pub const FIELDS: [&str; 20] = [
    "食品药品",
    "生态环境",
    "安全生产",
    "交通运输",
    "城市管理",
    "劳动保障",
    "教育培训",
    "医疗卫生",
    "文化旅游",
    "自然资源",
    "农业农村",
    "市场监管",
    "住房建设",
    "应急管理",
    "养老服务",
    "知识产权",
    "招标投标",
    "数据安全",
    "社会救助",
    "水利水务",
];
const TOPICS: [&str; 12] = [
    "坚持党的领导，健全法治建设推进机制",
    "转变政府职能，优化法治化营商环境",
    "完善依法行政制度体系，提升制度建设质量",
    "健全行政决策机制，提高科学决策水平",
    "严格规范公正文明执法，维护市场秩序",
    "加强突发事件应对，提升依法治理能力",
    "畅通救济渠道，有效化解行政争议",
    "强化权力制约和监督，促进权力规范运行",
    "建设数字法治政府，推动信息共享",
    "深化普法宣传，营造良好法治氛围",
    "加强队伍建设，夯实基层基础",
    "完善公共法律服务，满足群众需求",
];
const SENTENCES: [&str; 44] = [
    "召开党组会议#次，专题学习@，研究法治建设重点任务#项。",
    "将法治建设成效纳入年度考核，组织#名主要负责人述法，评议结果及时反馈。",
    "全年受理行政许可事项#件，按时办结率%，群众满意度持续提高。",
    "深化“一网通办”改革，#项事项实现全程网办，平均办理时限压缩%。",
    "落实公平竞争审查制度，审查政策措施#件，清理与@不一致的文件#件。",
    "围绕&领域开展专项整治，检查经营主体#户次，发现问题隐患#处，均已督促整改。",
    "推行“双随机、一公开”监管，抽查企业#家，结果全部向社会公开。",
    "制定行政规范性文件#件，均经合法性审核和集体讨论决定，并按规定报送备案。",
    "对照@开展文件清理，废止#件，修改#件，宣布失效#件。",
    "编制重大行政决策事项目录，#项决策全部履行公众参与、专家论证、风险评估等程序。",
    "法律顾问参与&领域重大事项论证#次，出具法律意见书#份。",
    "严格执行行政执法公示、执法全过程记录、重大执法决定法制审核制度，审核案件#件。",
    "办理行政处罚案件#件，其中&领域案件占比较高，罚没款全部上缴国库。",
    "组织执法人员参加@专题培训#场次，#人通过执法资格考试。",
    "评查行政执法案卷#卷，优秀率%，下发执法监督建议书#份。",
    "推行包容审慎监管，对#起轻微违法行为依法不予处罚，开展行政指导#次。",
    "修订突发事件应急预案#件，组织&应急演练#场，参加群众#人次。",
    "完善风险监测预警机制，及时处置&领域突发情况#起，未发生较大以上事故。",
    "新收行政复议案件#件，审结#件，经调解和解结案#件，行政争议得到实质性化解。",
    "行政机关负责人出庭应诉率%，认真履行人民法院生效裁判，办理司法建议#件。",
    "排查化解各类矛盾纠纷#件，调解成功率%，大量纠纷化解在基层、消除在萌芽状态。",
    "畅通12345政务服务便民热线，受理群众诉求#件，按期答复率%。",
    "自觉接受人大监督和民主监督，办理代表建议#件、政协提案#件，办复率均为100%。",
    "主动公开政府信息#条，办理依申请公开#件，举办新闻发布会#场，回应&等社会关切#次。",
    "加强审计监督，完成审计项目#个，促进&领域建章立制#项。",
    "推进政务数据共享，归集电子证照#类，#项高频事项实现免提交。",
    "建成行政执法信息平台，#家执法单位上线运行，实现&执法活动网上监督。",
    "落实“谁执法谁普法”责任制，开展@宣传活动#场次，发放资料#份。",
    "依托宪法宣传周、民法典宣传月，举办&专题讲座#场，覆盖干部群众#人次。",
    "培育“法律明白人”#名，创建民主法治示范村（社区）#个。",
    "常态化开展会前学法，领导班子集体学习@#次，组织旁听庭审#次。",
    "配强基层法治力量，#名法制审核人员持证上岗，镇街司法所规范化率%。",
    "办理法律援助案件#件，为农民工等群体挽回经济损失#万元。",
    "公共法律服务中心接待咨询#人次，办理公证#件，村（社区）法律顾问提供服务#次。",
    "截至年底，梳理公布权责清单事项#项，动态调整#项，各部门权责边界更加清晰。",
    "健全政府合同管理制度，审查合同#份，提示&方面法律风险#处。",
    "开展涉企行政检查专项治理，检查频次同比下降，企业获得感不断增强。",
    "建立&联合执法机制，开展跨部门综合检查#次，一次检查完成多项事项。",
    "完善行政裁量权基准，公布&领域裁量事项#项，同案不同罚现象明显减少。",
    "邀请群众代表参与决策听证#场，采纳意见建议#条，采纳情况全部公开。",
    "全面推行证明事项告知承诺制，#项事项纳入清单，办理承诺件#件。",
    "加强社会信用体系建设，修复失信信息#条，&领域信用监管覆盖面进一步扩大。",
    "对重点工程提供全流程法律服务，开展“法治体检”#次，帮助企业解决难题#个。",
    "围绕@贯彻实施情况开展督察，反馈问题#个，整改完成率%。",
];
const SHORTCOMINGS: [&str; 6] = [
    "基层执法力量仍然不足，主要原因是编制紧、专业人员少；",
    "部分干部运用法治思维解决问题的能力有待提高，原因在于学用结合不够紧密；",
    "普法形式不够丰富，针对性不强，原因是对群众需求了解不深；",
    "行政执法信息化水平不高，由于投入有限，数据共享还不充分。",
    "法治人才培养机制不够健全，主要是激励措施偏少。",
    "个别单位案卷制作不够规范，根源在于日常指导不到位。",
];
const PLANS: [&str; 5] = [
    "一是持续强化理论武装，抓实领导干部学法用法。",
    "二是深化行政执法监督，全面提升执法质量和效能。",
    "三是聚焦群众急难愁盼，完善公共法律服务网络。",
    "四是推进合法性审查全覆盖，守牢依法决策底线。",
    "五是加强行政争议源头治理，推动案结事了政通人和。",
];
