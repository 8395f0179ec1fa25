//! What was typed, turned into what is ready to use; what cannot be is said with the nearest word that can.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::facts::Given;
use crate::locale::Locale;
use crate::nearest::nearest;
use crate::pack::{Pack, Severity};
use crate::problem::Problem;
use crate::render::Output;
use crate::render::summary::FailOn;
use crate::say;

/// A form of results and the file it goes to; `None` is standard output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The form.
    pub output: Output,
    /// The file.
    pub file: Option<PathBuf>,
}

/// What a command line says that cannot be followed.
pub fn usage(flag: &str, message: String) -> Problem {
    Problem::error("usage", flag, message)
}

/// The language, read before anything else so that a mistake is told in it too.
pub fn locale(arguments: &[OsString]) -> Locale {
    let words: Vec<_> = arguments.iter().map(|it| it.to_string_lossy()).collect();
    let spaced = words.windows(2).any(|pair| pair[0] == "--lang" && pair[1] == "en");
    if spaced || words.iter().any(|it| it == "--lang=en") { Locale::En } else { Locale::Zh }
}

/// `error`, `warning`, `advice`, `never`.
pub fn fail_on(word: Option<&str>) -> FailOn {
    match word {
        Some("never") => FailOn(None),
        word => FailOn(Severity::ALL.into_iter().find(|it| Some(it.name()) == word).or(Some(Severity::Error))),
    }
}

/// `--format pretty --format json=out.json --output FILE`.
///
/// # Errors
/// An unknown form, or two for one place.
pub fn targets(words: &[String], output: Option<&PathBuf>, locale: Locale) -> Result<Vec<Target>, Problem> {
    let mut targets = Vec::new();
    for word in words {
        targets.push(target(word, locale)?);
    }
    if targets.iter().all(|it| it.file.is_some()) && (targets.is_empty() || output.is_some()) {
        targets.push(Target { output: Output::Pretty, file: None });
    }
    for target in &mut targets {
        target.file = target.file.take().or_else(|| output.cloned()).filter(|it| !standard(it));
    }
    apart(&targets, locale).map(|()| targets)
}

/// `-` is standard output, as everywhere.
fn standard(path: &Path) -> bool {
    [Path::new("-"), Path::new("/dev/stdout")].contains(&path)
}

/// No two forms for one place, however it is spelt.
fn apart(targets: &[Target], locale: Locale) -> Result<(), Problem> {
    for (at, second) in targets.iter().enumerate() {
        let place = second.file.as_deref().map(whole);
        let before = targets.iter().take(at);
        let Some(first) = before.into_iter().find(|it| it.file.as_deref().map(whole) == place) else { continue };
        let (first, second, file) = (first.output.name(), second.output.name(), &second.file);
        let place = match file {
            Some(file) => say!(locale, "文件 {}", "the file {}", file.display()),
            None => say!(locale, "标准输出", "standard output"),
        };
        let message = say!(
            locale,
            "{first} 和 {second} 两种形式不能都写到{place}",
            "two formats, {first} and {second}, cannot both go to one place: {place}"
        );
        let help = say!(
            locale,
            "各写一个文件，如 --format {second}=结果.{second}",
            "give each a file of its own, as in --format {second}=out.{second}"
        );
        return Err(usage("--format", message).help(help));
    }
    Ok(())
}

/// The one name of a place: links followed, `./` and `..` gone as far as its folder is there.
fn whole(path: &Path) -> PathBuf {
    let in_folder = || {
        let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Some(fs::canonicalize(folder).ok()?.join(path.file_name()?))
    };
    fs::canonicalize(path).ok().or_else(in_folder).unwrap_or_else(|| path.to_path_buf())
}

fn target(word: &str, locale: Locale) -> Result<Target, Problem> {
    let (name, file) = word.split_once('=').map_or((word, None), |(name, file)| (name, Some(file)));
    let known = Output::ALL.map(Output::name);
    let Some(output) = Output::ALL.into_iter().find(|it| it.name() == name) else {
        return Err(unknown("--format", name, &known, locale));
    };
    if file == Some("") {
        return Err(usage("--format", say!(locale, "{name}= 后面缺文件名", "no file name after {name}=")));
    }
    Ok(Target { output, file: file.map(PathBuf::from) })
}

/// `NAME=VALUE` words; the last of equal names wins.
///
/// # Errors
/// A word without `=`, or a name that is not `known`.
pub fn assignments(
    flag: &str,
    words: &[String],
    known: &[&str],
    locale: Locale,
) -> Result<BTreeMap<String, String>, Problem> {
    let mut values = BTreeMap::new();
    for word in words {
        let Some((name, value)) = word.split_once('=') else {
            let message = say!(locale, "“{word}”应写成 名称=值", "`{word}` should read NAME=VALUE");
            return Err(usage(flag, message));
        };
        if !known.contains(&name) {
            return Err(unknown(flag, name, known, locale));
        }
        values.insert(name.to_owned(), value.to_owned());
    }
    Ok(values)
}

/// Facts of the report that can be set like variables.
pub const FACTS: [&str; 4] = ["year", "title", "issuer", "date"];

/// Takes the facts of the report out of the variables.
///
/// # Errors
/// A year or date that is none.
pub fn given(vars: &mut BTreeMap<String, String>, locale: Locale) -> Result<Given, Problem> {
    let year = vars.remove("year").map(|it| match it.trim().trim_end_matches('年').parse::<i16>() {
        Ok(year) if (1000..=9999).contains(&year) => Ok(year),
        _ => {
            Err(usage("--var year", say!(locale, "“{it}”不是年份；应写成 2024", "`{it}` is no year; write it as 2024")))
        }
    });
    let date = vars.remove("date").map(|it| date("--var date", &it, locale));
    Ok(Given {
        year: year.transpose()?,
        title: vars.remove("title"),
        issuer: vars.remove("issuer"),
        date: date.transpose()?,
    })
}

/// `2025-01-14`.
///
/// # Errors
/// What is none.
pub fn date(flag: &str, word: &str, locale: Locale) -> Result<Date, Problem> {
    word.trim().parse().map_err(|_| {
        usage(flag, say!(locale, "“{word}”不是日期；应写成 2025-01-14", "`{word}` is no date; write it as 2025-01-14"))
    })
}

/// Rule ids of `--select` and `--ignore`, split at commas of either width.
///
/// # Errors
/// An id that no rule has.
pub fn ids(flag: &str, words: &[String], packs: &[Pack], locale: Locale) -> Result<Vec<String>, Problem> {
    let known: Vec<&str> = packs.iter().flat_map(|it| &it.rules).map(|it| it.id.node.as_str()).collect();
    let typed = words.iter().flat_map(|it| it.split([',', '，'])).map(str::trim).filter(|it| !it.is_empty());
    let mut ids = Vec::new();
    for word in typed {
        match known.iter().find(|it| it.eq_ignore_ascii_case(word)) {
            Some(id) => ids.push((*id).to_owned()),
            None => return Err(unknown(flag, word, &known, locale)),
        }
    }
    // A script's variable may have been empty: no rule at all is not the same as every rule.
    if ids.is_empty() && !words.is_empty() {
        return Err(usage(flag, say!(locale, "后面没有规则的编号", "names no rule")));
    }
    Ok(ids)
}

/// Holds values of parameters against the packs' own: where a number stands, a number is due.
///
/// # Errors
/// The first value that is none.
pub fn numbers(params: &BTreeMap<String, String>, packs: &[Pack], locale: Locale) -> Result<(), Problem> {
    for (name, value) in params {
        let own = packs.iter().find_map(|it| it.params.get(name));
        let counts = own.is_some_and(|it| it.trim().parse::<u32>().is_ok());
        if counts && value.trim().parse::<u32>().is_err() {
            let message = say!(locale, "“{value}”不是整数", "`{value}` is no whole number");
            return Err(usage(&format!("--param {name}"), message));
        }
    }
    Ok(())
}

/// Says that a word is not known, and which one may be meant.
pub fn unknown(flag: &str, word: &str, known: &[&str], locale: Locale) -> Problem {
    let problem = usage(flag, say!(locale, "不认识“{word}”", "unknown `{word}`"));
    if let Some(near) = nearest(word, known.iter().copied()) {
        return problem.help(say!(locale, "是不是“{near}”？", "did you mean `{near}`?"));
    }
    match known {
        [] => problem.help(say!(locale, "所用的规则包没有声明任何可用的名称", "the packs in use declare none")),
        known if known.len() <= 20 => {
            let list = known.join(if locale == Locale::Zh { "、" } else { ", " });
            problem.help(say!(locale, "可用的有：{list}", "there are: {list}"))
        }
        _ => problem.help(say!(locale, "运行 guiju rules 可列出全部规则", "`guiju rules` lists all rules")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn formats_and_files() {
        let read = |formats: &[&str], file: Option<&str>| {
            let targets = targets(&words(formats), file.map(PathBuf::from).as_ref(), Locale::En);
            targets.map_err(|it| format!("{} {}", it.message, it.help.unwrap_or_default())).map(|it| {
                let shown = it.iter().map(|it| {
                    let file = it.file.as_ref().map(|it| format!("={}", it.display())).unwrap_or_default();
                    format!("{}{file}", it.output.name())
                });
                shown.collect::<Vec<_>>().join(" ")
            })
        };
        for (formats, file, expected) in [
            (&[][..], None, Ok("pretty")),
            (&["json"], None, Ok("json")),
            (&["json=a"], None, Ok("json=a")),
            (&[], Some("f"), Ok("pretty=f")),
            (&["json"], Some("f"), Ok("json=f")),
            (&["pretty", "json=a", "jsonl=b"], None, Ok("pretty json=a jsonl=b")),
            (&["json=a"], Some("f"), Ok("json=a pretty=f")),
            (&["json", "pretty"], None, Err("one place")),
            (&["json=a", "jsonl=a"], None, Err("one place")),
            (&["json=a"], Some("./a"), Err("one place")),
            (&["json=a", "jsonl=./b/../a"], None, Ok("json=a jsonl=./b/../a")),
            (&["json=a", "jsonl=./src/../a"], None, Err("one place: the file")),
            (&["json=-", "jsonl=b"], None, Ok("json jsonl=b")),
            (&["json=-", "jsonl"], None, Err("one place: standard output")),
            (&["jsn"], None, Err("did you mean `json`")),
            (&["json="], None, Err("no file name")),
        ] {
            match (read(formats, file), expected) {
                (Ok(read), Ok(expected)) => assert_eq!(read, expected),
                (Err(read), Err(expected)) => assert!(read.contains(expected), "{read}"),
                (read, _) => panic!("{formats:?} {file:?}: {read:?}"),
            }
        }
    }

    #[test]
    fn variables_and_facts() {
        let known = ["level", "year", "title", "issuer", "date"];
        let read = |list: &[&str]| -> Result<(BTreeMap<String, String>, Given), Problem> {
            let mut vars = assignments("--var", &words(list), &known, Locale::Zh)?;
            let given = given(&mut vars, Locale::Zh)?;
            Ok((vars, given))
        };
        let (vars, facts) = read(&["level=部门", "year=2024年", "date=2025-01-14", "title=a=b"]).unwrap();
        assert_eq!(vars.into_iter().collect::<Vec<_>>(), [("level".to_owned(), "部门".to_owned())]);
        assert_eq!((facts.year, facts.title.as_deref()), (Some(2024), Some("a=b")));
        assert_eq!(facts.date.map(|it| it.to_string()).as_deref(), Some("2025-01-14"));
        for bad in ["level", "levle=部门", "year=二〇二四", "year=24", "date=2025-02-30", "="] {
            assert!(read(&[bad]).is_err(), "{bad}");
        }
        assert!(read(&["levle=1"]).unwrap_err().help.unwrap().contains("level"));
    }

    #[test]
    fn the_language_is_known_first() {
        let locale = |list: &[&str]| locale(&list.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(locale(&["guiju", "check"]), Locale::Zh);
        assert_eq!(locale(&["guiju", "check", "--lang", "en"]), Locale::En);
        assert_eq!(locale(&["guiju", "--lang=en"]), Locale::En);
        assert_eq!(locale(&["guiju", "--lang", "zh", "en"]), Locale::Zh);
    }
}
