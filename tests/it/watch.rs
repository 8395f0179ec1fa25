//! `check --watch`: what changes is checked again, and Ctrl-C ends it.

#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use assert_cmd::cargo::CommandCargoExt;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

const GOOD: &str = "清河区2024年法治政府建设年度报告\n\n一、主要举措和成效\n优化法治化营商环境。\n";

/// What the program prints on both streams, line by line.
fn lines(child: &mut Child) -> Receiver<String> {
    let (send, receive) = channel();
    let out: Box<dyn std::io::Read + Send> = Box::new(child.stdout.take().unwrap());
    let err: Box<dyn std::io::Read + Send> = Box::new(child.stderr.take().unwrap());
    for stream in [out, err] {
        let send = send.clone();
        std::thread::spawn(move || {
            BufReader::new(stream).lines().map_while(Result::ok).for_each(|line| drop(send.send(line)));
        });
    }
    receive
}

/// Waits until each of `texts` stands in some line; the two streams come in any order. Gives all lines that came.
fn wait(lines: &Receiver<String>, texts: &[&str]) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    while !texts.iter().all(|text| seen.iter().any(|it| it.contains(text))) {
        match lines.recv_timeout(Duration::from_secs(60)) {
            Ok(line) => seen.push(line),
            Err(why) => panic!("{why}: not all of {texts:?} in {seen:?}"),
        }
    }
    seen
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn what_changes_is_checked_again_until_ctrl_c() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("p");
    write(&folder, "guiju.yaml", "reports: [{paths: ['报告/**'], exclude: ['**/草稿/**'], packs: [tifa]}]\n");
    write(&folder, "报告/a.txt", GOOD);
    write(&folder, "报告/b.txt", GOOD);
    let mut command = Command::cargo_bin("guiju").unwrap();
    command.args(["check", "--watch", "--format", "concise"]).current_dir(&folder);
    command.env("XDG_CACHE_HOME", root.path().join("home")).env_remove("GITHUB_STEP_SUMMARY");
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let lines = lines(&mut child);
    wait(&lines, &["检查了 2 份报告，0 份未通过", "按 Ctrl-C 结束"]);
    // A report that an editor replaces; drafts and hidden files do not count.
    write(&folder, "报告/草稿/c.txt", &GOOD.replace("法治化", "法制化"));
    write(&folder, "报告/.a.txt.swp", "x");
    write(&folder, "报告/.new", &GOOD.replace("法治化", "法制化"));
    fs::rename(folder.join("报告/.new"), folder.join("报告/a.txt")).unwrap();
    let before = wait(&lines, &["报告/a.txt:4:3: 错误 TF002", "检查了 1 份报告，1 份未通过"]);
    assert!(!before.iter().any(|it| it.contains("草稿")), "{before:?}");
    // Rules: everything again.
    write(&folder, "guiju.yaml", "reports: [{paths: ['报告/**'], packs: [tifa]}]\nseverity: {TF002: advice}\n");
    wait(&lines, &["报告/a.txt:4:3: 建议 TF002", "检查了 3 份报告，0 份未通过"]);
    let pid = Pid::from_raw(child.id().try_into().unwrap());
    if ignores_interrupts(child.id()) {
        eprintln!("SKIPPED: the tests run where Ctrl-C is ignored, so it was not tried");
        kill(pid, Signal::SIGTERM).unwrap();
        child.wait().unwrap();
        return;
    }
    kill(pid, Signal::SIGINT).unwrap();
    let ended = child.wait().unwrap();
    assert_eq!(std::os::unix::process::ExitStatusExt::signal(&ended), Some(Signal::SIGINT as i32));
}

/// Whether a process was started by something that ignores Ctrl-C, as a shell's background jobs are.
fn ignores_interrupts(pid: u32) -> bool {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let mask = status.lines().find_map(|it| it.strip_prefix("SigIgn:")).map(str::trim).unwrap_or("0");
    u64::from_str_radix(mask, 16).unwrap_or_default() & 0b10 != 0
}
