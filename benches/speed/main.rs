//! `cargo bench`: what a check costs in processor time and memory, beside `rg -F -f` over the same files.
//! `cargo bench -- --corpus DIR` writes the 1,000 reports for a profiler instead.
#![allow(missing_docs, clippy::print_stdout, reason = "a program that prints figures")]

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

mod corpus;
mod measure;
#[path = "../../tests/it/office.rs"]
#[allow(dead_code, clippy::unwrap_used, reason = "shared with the tests")]
mod office;
mod phrases;
mod word;

use measure::{Cost, MEASURE, least};

/// How many reports each folder holds; the folders up to one make 100, 1,000 and 10,000.
const FOLDERS: [(&str, std::ops::Range<u64>); 3] = [("a", 0..100), ("b", 100..1_000), ("c", 1_000..10_000)];

/// Writes reports and measures nothing.
const CORPUS: &str = "--corpus";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.split_first() {
        Some((first, command)) if first == MEASURE => measure::child(command).map(|line| println!("{line}")),
        Some((first, folder)) if first == CORPUS => {
            folder.iter().try_for_each(|it| corpus::write(Path::new(it), 0..1_000))
        }
        _ => bench(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            println!("{why}");
            ExitCode::FAILURE
        }
    }
}

/// A folder of reports, and the programs.
struct Bench<'a> {
    root: &'a Path,
    has_rg: bool,
}

fn bench() -> io::Result<()> {
    let root = tempfile::tempdir()?;
    for (folder, numbers) in FOLDERS {
        corpus::write(&root.path().join(folder), numbers)?;
    }
    fs::write(root.path().join("one.txt"), corpus::report(1))?;
    fs::write(root.path().join("tiny.txt"), "法治")?;
    let phrases = phrases::built_in();
    fs::write(root.path().join("phrases"), phrases.join("\n") + "\n")?;
    for rules in RULES {
        fs::write(root.path().join(format!("{rules}.yaml")), phrases::pack(rules))?;
    }
    let has_rg = rg_is_there();
    let bench = Bench { root: root.path(), has_rg };
    println!("guiju beside rg -F -f with the {} phrases of the built-in packs", phrases.len());
    if !has_rg {
        println!("rg (ripgrep) is not installed: its figures are left out");
    }
    bench.growth()?;
    bench.one_report()?;
    bench.rules()?;
    bench.memory()?;
    word::bench(root.path())
}

fn rg_is_there() -> bool {
    Command::new("rg")
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|it| it.success())
}

/// Sizes of the packs of phrase rules.
const RULES: [usize; 3] = [30, 300, 3_000];
/// How often a long run and a short one is measured; the least counts.
const LONG: usize = 3;
const SHORT: usize = 30;

impl Bench<'_> {
    fn path(&self, name: &str) -> String {
        self.root.join(name).to_string_lossy().into_owned()
    }

    /// The paths of the reports up to a folder.
    fn reports(&self, folders: usize) -> Vec<String> {
        FOLDERS.iter().take(folders).map(|(name, _)| self.path(name)).collect()
    }

    fn check(&self, times: usize, options: &[&str], paths: &[String]) -> io::Result<Cost> {
        let program = [env!("CARGO_BIN_EXE_guiju"), "check"].into_iter().chain(options.iter().copied());
        least(times, &program.map(str::to_owned).chain(paths.iter().cloned()).collect::<Vec<_>>())
    }

    fn rg(&self, times: usize, paths: &[String]) -> io::Result<Option<Cost>> {
        if !self.has_rg {
            return Ok(None);
        }
        let command = ["rg".to_owned(), "-F".to_owned(), "-f".to_owned(), self.path("phrases")];
        least(times, &[&command, paths].concat()).map(Some)
    }

    /// The built-in packs over more and more reports: linear, and near to rg.
    fn growth(&self) -> io::Result<()> {
        println!("\nbuilt-in packs, concise   guiju CPU   rg CPU    ratio   goal   per report   of the least");
        let mut first = None;
        for (folders, count) in [(1, 100_u32), (2, 1_000), (3, 10_000)] {
            let paths = self.reports(folders);
            let cost = self.check(LONG, &["--format", "concise"], &paths)?;
            let rg = self.rg(LONG, &paths)?;
            let each = cost.cpu / f64::from(count);
            let first = *first.get_or_insert(each);
            println!(
                "{count:>9} reports         {:>8.3} s   {}   <= 5   {:>7.3} ms   {:>6.2} (goal <= 1)",
                cost.cpu,
                beside(cost, rg),
                each * 1e3,
                each / first
            );
        }
        Ok(())
    }

    /// One report: what starting costs.
    fn one_report(&self) -> io::Result<()> {
        println!("\none report                guiju CPU   rg CPU    ratio   goal");
        for (name, words) in [("one.txt", "6 KB"), ("tiny.txt", "6 B")] {
            let path = [self.path(name)];
            let cost = self.check(SHORT, &["--format", "concise"], &path)?;
            let rg = self.rg(SHORT, &path)?;
            println!("{words:>9}                 {:>8.4} s   {}   <= 5", cost.cpu, beside(cost, rg));
        }
        Ok(())
    }

    /// Packs of phrase rules over 10,000 reports, what loading them costs told apart.
    fn rules(&self) -> io::Result<()> {
        println!("\n10,000 reports, phrase rules    loading    checking   of the least   goal");
        let mut first = None;
        for rules in RULES {
            let pack = self.path(&format!("{rules}.yaml"));
            let options = ["--format", "concise", "--pack", &pack];
            let loading = self.check(SHORT / 3, &options, &[self.path("tiny.txt")])?.cpu;
            let checking = self.check(LONG, &options, &self.reports(3))?.cpu - loading;
            let first = *first.get_or_insert(checking);
            println!(
                "{rules:>9} rules              {loading:>8.4} s   {checking:>7.3} s   {:>8.2}       <= 2",
                checking / first
            );
        }
        Ok(())
    }

    fn memory(&self) -> io::Result<()> {
        println!("\n10,000 reports         memory     goal        CPU     printed");
        for format in ["concise", "jsonl", "json", "sarif", "junit", "gitlab", "csv", "html"] {
            let cost = self.check(1, &["--format", format], &self.reports(3))?;
            let printed = cost.printed as f64 / 1e6;
            println!("{format:>15}       {:>5.1} MB   < 64 MB   {:>6.3} s   {printed:>6.1} MB", cost.memory, cost.cpu);
        }
        Ok(())
    }
}

/// What rg took, and how many times as much guiju did.
fn beside(cost: Cost, rg: Option<Cost>) -> String {
    match rg {
        Some(rg) => format!("{:>7.4} s   {:>5.1}", rg.cpu, cost.cpu / rg.cpu),
        None => "      -         -".to_owned(),
    }
}
