//! `guiju init`: a commented project file for the folder it is run in, from what stands there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::command::console::Console;
use crate::command::prepare::DEFAULT_PACK;
use crate::command::{BROKEN, CLEAN};
use crate::discover::discover;
use crate::locale::Locale;
use crate::packs;
use crate::problem::{Level, Problem};
use crate::project::{NAME, literal};
use crate::read::Format;
use crate::say;

/// So many YAML files are looked at.
const MOST_PACKS: usize = 200;

/// What may be typed: nothing.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Writes the file and gives the exit code.
pub fn run(_: &Args, console: &Console) -> u8 {
    let locale = console.locale;
    let found = Seen::here(locale);
    let text = found.text(locale);
    let written = OpenOptions::new().write(true).create_new(true).open(NAME).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    match written {
        Ok(()) => {
            console.tell(&found.told(locale));
            CLEAN
        }
        Err(why) => {
            console.problem(&refused(why.kind(), &why.to_string(), locale));
            BROKEN
        }
    }
}

fn refused(kind: ErrorKind, why: &str, locale: Locale) -> Problem {
    if kind == ErrorKind::AlreadyExists {
        let message = say!(locale, "已经有了，没有改动它", "there is one already; it was left as it is");
        let help = say!(locale, "要重新生成，先把它改名或删去", "rename or delete it to have a new one");
        return Problem::error("init", NAME, message).help(help);
    }
    Problem::error("init", NAME, say!(locale, "无法写入：{why}", "it cannot be written: {why}"))
}

/// What stands in the folder.
struct Seen {
    /// Endings of reports by the folder they lie in, or below; the empty one is the project's own.
    reports: BTreeMap<String, BTreeSet<String>>,
    count: usize,
    packs: Vec<String>,
    /// Files that stand in most repositories and are no reports.
    manuals: Vec<String>,
}

impl Seen {
    fn here(locale: Locale) -> Seen {
        let mut seen = Seen { reports: BTreeMap::new(), count: 0, packs: Vec::new(), manuals: Vec::new() };
        for file in discover(&[PathBuf::from(".")], locale).files {
            let mut parts = file.components();
            let first = parts.next().map(|it| it.as_os_str().to_string_lossy().into_owned()).unwrap_or_default();
            let folder = if parts.next().is_some() { first } else { String::new() };
            if is_manual(&file) {
                seen.manuals.push(literal(&file.to_string_lossy().replace('\\', "/")));
                continue;
            }
            let ending = file.extension().map(|it| it.to_string_lossy().to_lowercase()).unwrap_or_default();
            seen.reports.entry(folder).or_default().insert(ending);
            seen.count += 1;
        }
        let folder = |manual: &String| manual.split_once('/').map_or("", |(folder, _)| folder).to_owned();
        seen.manuals.retain(|it| seen.reports.contains_key(&folder(it)));
        seen.packs = own_packs(locale);
        seen
    }

    fn globs(&self) -> Vec<String> {
        let every: BTreeSet<String> =
            Format::ALL.iter().flat_map(|it| it.endings()).map(|it| (*it).to_owned()).collect();
        if self.reports.is_empty() {
            return vec![format!("**/*.{}", one_of(&every))];
        }
        let glob = |(folder, endings): (&String, &BTreeSet<String>)| match folder.as_str() {
            "" => format!("*.{}", one_of(endings)),
            folder => format!("{}/**/*.{}", literal(folder), one_of(endings)),
        };
        self.reports.iter().map(glob).collect()
    }

    fn text(&self, locale: Locale) -> String {
        let quoted = |it: &String| serde_json::Value::String(it.clone()).to_string();
        let globs: Vec<String> = self.globs().iter().map(quoted).collect();
        let own: Vec<String> = self.packs.iter().map(|it| quoted(&format!("./{it}"))).collect();
        let packs: Vec<String> = std::iter::once(DEFAULT_PACK.to_owned()).chain(own).collect();
        let manuals: Vec<String> = self.manuals.iter().map(quoted).collect();
        let exclude = match manuals.is_empty() {
            true => say!(locale, "# exclude: [\"**/草稿/**\"]", "# exclude: [\"**/drafts/**\"]"),
            false => format!("exclude: [{}]", manuals.join(", ")),
        };
        let (globs, packs) = (globs.join(", "), packs.join(", "));
        say!(
            locale,
            "\
# 规矩的项目文件：哪些是报告，按什么规则查，哪些问题获准豁免。
# 改后运行 guiju check，写错的地方会逐字指出。全部写法见规矩 README 的“项目文件”一节。

reports:
  # 路径从本文件所在的文件夹写起。* 是一层之内的任意文字，** 是任意多层文件夹，{{docx,txt}} 是其中任一个。
  # 一份报告可以符合几项：各项的规则包合在一起用，变量和参数以后面的为准。
  - paths: [{globs}]
    # 其中不查的：
    {exclude}
    # 内置的规则包写名称，自己的写路径，如 ./rules/本区.yaml：
    packs: [{packs}]
    # 变量。level 是报告的级别（省、市、县、部门……）；year、title、issuer、date 是报告没有写明的年度、标题、署名、日期：
    # vars: {{ level: 部门 }}
    # 规则包的参数：
    # params: {{ min_deficiency_chars: 150 }}

# 规则在本项目中的轻重：off 不查，error 必须改，warning 建议改，advice 供参考。
# severity: {{ GW012: off, FZ014: warning }}

# 获准不改的问题。reason、by、until 都要写；过了 until 这一天，豁免本身就是错误；没有用到的豁免会提醒。
# rule、paths、fingerprint（--format json 中每处问题的指纹）至少写一样。
# waivers:
#   - rule: FZ004
#     paths: [\"报告/2023/**\"]
#     reason: 机构改革当年，无上年数据
#     by: 区司法局
#     until: 2027-03-01

# 先记下现有的问题、只查新问题：运行 guiju baseline，再写上这一行。
# baseline: guiju-baseline.jsonl
",
            "\
# The project file of guiju: which reports there are, which rules they are held against, and what is waived.
# Run guiju check after each change: mistakes are pointed out to the letter. See `The project file` in its README.

reports:
  # Paths begin at this file's folder. * is any text within a name, ** any folders, {{docx,txt}} either of the two.
  # A report may match several items: their packs add up, and later variables and parameters win.
  - paths: [{globs}]
    # Those among them that are not checked:
    {exclude}
    # Built-in packs by name, your own by path, such as ./rules/mine.yaml:
    packs: [{packs}]
    # Variables. level is that of the body; year, title, issuer, date are what a report does not say itself:
    # vars: {{ level: 部门 }}
    # Parameters of packs:
    # params: {{ min_deficiency_chars: 150 }}

# How grave rules are in this project: off, error, warning or advice.
# severity: {{ GW012: off, FZ014: warning }}

# Findings that are approved. reason, by and until are due; past that day the waiver is an error itself, and one that
# nothing needs is a warning. Name a rule, paths or a fingerprint (see --format json), or several of them.
# waivers:
#   - rule: FZ004
#     paths: [\"reports/2023/**\"]
#     reason: the body was reorganised that year
#     by: the justice bureau
#     until: 2027-03-01

# To check for new findings only, run guiju baseline and keep this line.
# baseline: guiju-baseline.jsonl
"
        )
    }

    fn told(&self, locale: Locale) -> String {
        let (count, folders, packs) = (self.count, self.reports.len(), self.packs.len());
        say!(
            locale,
            "写好了 guiju.yaml：{folders} 个文件夹中的 {count} 份报告，自己的规则包 {packs} 个。接着运行 guiju check。",
            "guiju.yaml is written: reports {count} in {folders} folders, packs of your own: {packs}; now run guiju check"
        )
    }
}

/// A file that stands in most repositories and is no report.
fn is_manual(file: &Path) -> bool {
    let stem = file.file_stem().map(|it| it.to_string_lossy().to_uppercase()).unwrap_or_default();
    let stem = stem.split('.').next().unwrap_or_default();
    ["README", "CHANGELOG", "LICENSE", "CONTRIBUTING", "ARCHITECTURE"].contains(&stem)
}

fn one_of(endings: &BTreeSet<String>) -> String {
    let list: Vec<&str> = endings.iter().map(String::as_str).collect();
    match list.as_slice() {
        [only] => (*only).to_owned(),
        list => format!("{{{}}}", list.join(",")),
    }
}

/// The packs in this folder that load without a fault, by their paths.
fn own_packs(locale: Locale) -> Vec<String> {
    let mut names = BTreeSet::new();
    let mut sound = Vec::new();
    for path in packs::below(Path::new(".")).into_iter().take(MOST_PACKS) {
        let loaded = packs::find(std::slice::from_ref(&path), locale);
        let broken = loaded.problems.iter().any(|it| it.level == Level::Error);
        let own = loaded.packs.iter().find(|it| it.source.name() == path);
        if let Some(pack) = own.filter(|it| !broken && names.insert(it.name.clone())) {
            sound.push(pack.source.name().trim_start_matches("./").to_owned());
        }
    }
    sound
}
