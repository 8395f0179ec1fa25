//! Old forms of documents through LibreOffice, where that is asked for: in a folder of its own, without macros, with
//! limits of time and size.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::command::process::{self, Ended};
use crate::discover;
use crate::locale::Locale;
use crate::problem::Problem;
use crate::say;

/// How long one file may take.
const TIME: Duration = Duration::from_secs(60);

/// Settings of the folder: no macro is ever run, nothing is fetched for links.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"#;

/// The document as .docx.
///
/// # Errors
/// LibreOffice is not there, took too long, or could not read the document.
pub fn to_docx(name: &str, bytes: &[u8], ending: &str, locale: Locale) -> Result<Vec<u8>, Problem> {
    let folder = tempfile::tempdir().map_err(|it| failed(name, &it.to_string(), locale))?;
    let source = folder.path().join(format!("report.{ending}"));
    let settings = folder.path().join("profile/user");
    fs::create_dir_all(&settings)
        .and_then(|()| fs::write(settings.join("registrymodifications.xcu"), SETTINGS))
        .and_then(|()| fs::write(&source, bytes))
        .map_err(|it| failed(name, &it.to_string(), locale))?;
    let ended = ["soffice", "libreoffice"].iter().find_map(|program| {
        process::run(&mut command(program, folder.path(), &source), Vec::new(), 1 << 16, TIME).ok()
    });
    match ended {
        None => Err(missing(name, locale)),
        Some(Ended::Late) => {
            let seconds = TIME.as_secs();
            Err(failed(name, &say!(locale, "超过 {seconds} 秒", "more than {seconds} seconds"), locale))
        }
        Some(Ended::Itself(..)) => {
            let made = folder.path().join("report.docx");
            let nothing = || say!(locale, "没有转换出文件", "it made no file");
            if !made.is_file() {
                return Err(failed(name, &nothing(), locale));
            }
            discover::read_bytes(&made, locale).map_err(|it| failed(name, &it.message, locale))
        }
    }
}

fn command(program: &str, folder: &Path, source: &Path) -> Command {
    let mut command = Command::new(program);
    command.arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()));
    command.args(["--headless", "--norestore", "--nolockcheck", "--convert-to", "docx:MS Word 2007 XML", "--outdir"]);
    command.arg(folder).arg(source).current_dir(folder);
    command
}

fn missing(name: &str, locale: Locale) -> Problem {
    let message =
        say!(locale, "本机没有 LibreOffice，不能转换", "LibreOffice is not installed, so that it cannot be converted");
    Problem::error("read::convert", name, message).help(way_out(locale))
}

fn failed(name: &str, cause: &str, locale: Locale) -> Problem {
    let message = say!(locale, "LibreOffice 转换不成：{cause}", "LibreOffice could not convert it: {cause}");
    Problem::error("read::convert", name, message).help(way_out(locale))
}

fn way_out(locale: Locale) -> String {
    say!(
        locale,
        "在 Word 或 WPS 中打开，另存为 .docx，再检查存出的文件",
        "open it in Word or WPS, save it as .docx, and check that file"
    )
}
