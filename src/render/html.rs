//! `--format html`: one page without outside parts, fit to be printed and handed on. What a leader wants to know stands
//! first, then the years, then the matrix of reports and rules, then each report's particulars, then the rules.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::locale::Locale;
use crate::render::{Style, Whole};
use crate::say;

mod detail;
mod groups;
mod lead;
mod matrix;
pub mod overview;
mod quote;
mod reports;
pub mod row;
mod rules;
mod trend;

/// Up to so many reports, what shows that a rule is kept is on the page even where nobody asked for it.
pub const DETAILED: usize = 500;

const LOOK: &str = include_str!("html/report.css");
/// Filters, the panel, keys. The page says everything without it.
const SCRIPT: &str = include_str!("html/report.js");
/// The browser runs this script and no other, whatever a report smuggled in; a test keeps it current.
const SCRIPT_HASH: &str = "sha256-3Dl9Zibl8RZNquAFQU41Lpsu8jWBgFspAI95InrPsZc=";

/// The whole page.
pub fn page(whole: &Whole<'_>, style: &Style) -> String {
    let locale = style.locale;
    let language = match locale {
        Locale::Zh => "zh-CN",
        Locale::En => "en",
    };
    let title = say!(locale, "法治政府建设年度报告检查情况", "Annual rule-of-law reports: results of the check");
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src '{SCRIPT_HASH}'; base-uri 'none'; form-action 'none'"
    );
    let page = html! {
        (DOCTYPE)
        html lang=(language) {
            head {
                meta charset="utf-8";
                meta name="generator" content=(GENERATOR);
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                title { (title) }
                style { (PreEscaped(LOOK)) }
            }
            body { (body(whole, style, &title)) script { (PreEscaped(SCRIPT)) } }
        }
    };
    page.into_string() + "\n"
}

const GENERATOR: &str = concat!("guiju ", env!("CARGO_PKG_VERSION"));
/// By this a page is known for results, and is never taken for a report.
pub const MARK: &str = "<meta name=\"generator\" content=\"guiju ";

fn body(whole: &Whole<'_>, style: &Style, title: &str) -> Markup {
    let overview = &whole.kept.overview;
    let (rows, columns) = (overview.rows(), groups::columns(whole.rules, style.locale));
    let locale = style.locale;
    html! {
        nav.skip aria-label=(say!(locale, "跳转", "Skip")) {
            a href="#matrix" { (say!(locale, "跳到总表", "to the matrix")) }
            a href="#reports" { (say!(locale, "跳到各报告明细", "to the particulars")) }
        }
        header.masthead {
            h1 { (title) }
            (lead::scope(whole, locale))
        }
        main {
            (lead::conclusion(whole, style))
            (lead::troubles(whole.problems, locale))
            (trend::section(overview, &columns, locale))
            (matrix::section(overview, &rows, &columns, style))
            (reports::section(&rows, overview.reports, style))
            (rules::section(&columns, locale))
        }
        footer {
            p {
                (say!(locale, "由 guiju {} 生成。本页不含外部内容，可离线打开、打印、转发。", "Made by guiju {}. This page needs nothing from outside: it opens offline, prints, and can be passed on.", env!("CARGO_PKG_VERSION")))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;
    use crate::pack::Severity;
    use crate::problem::Problem;
    use crate::render::kept::Kept;
    use crate::render::location::Locator;
    use crate::render::sample::{self, golden};
    use crate::render::summary::{Summary, Tally};
    use crate::render::{Output, Report, report};
    use crate::verdict::Outcome;

    fn base64(bytes: &[u8]) -> String {
        const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let group = |three: &[u8]| {
            let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
            let sign = |at: usize| match at <= three.len() {
                true => char::from(SIGNS[(bits >> (18 - 6 * at) & 63) as usize]),
                false => '=',
            };
            (0..4).map(sign).collect::<String>()
        };
        bytes.chunks(3).map(group).collect()
    }

    #[test]
    fn the_policy_lets_this_script_run_and_no_other() {
        assert_eq!(SCRIPT_HASH, format!("sha256-{}", base64(&Sha256::digest(SCRIPT))));
        assert!(!SCRIPT.contains("</") && !LOOK.contains("</"));
    }

    fn made(reports: &[Report<'_>], problems: &[Problem], style: &Style) -> String {
        let (mut kept, mut summary) = (Kept::default(), Summary::default());
        for it in reports {
            kept.add(report(Output::Html, it, style).part);
            let locator = Locator::of_document(it.document);
            summary.add(it.rules, Tally::of(it.rules, it.checked, &locator, style.fail_on, style.locale));
        }
        problems.iter().for_each(|it| summary.add_problem(it));
        let rules = reports.first().map(|it| it.rules).unwrap_or_default();
        page(&Whole { rules, problems, summary: &summary, kept: &kept }, style)
    }

    #[test]
    fn a_page_tells_everything() {
        let (document, rules, checked) = sample::everything();
        let it = Report { rules: &rules, document: &document, checked: &checked };
        let broken = Problem::error("read::encoding", "坏.txt", "无法识别编码").help("另存为 UTF-8");
        for (name, locale) in [("html-zh", Locale::Zh), ("html-en", Locale::En)] {
            let style = Style { evidence: true, ..sample::style(locale) };
            let page = made(&[it], std::slice::from_ref(&broken), &style);
            let body = page.split_once("<body>").unwrap().1.split_once("<script>").unwrap().0;
            golden(name, &body.replace("><", ">\n<").replace(env!("CARGO_PKG_VERSION"), "…"));
        }
    }

    #[test]
    fn hostile_text_stays_text() {
        let evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&\u{202e}";
        let (text, at) = sample::unmark(&format!("{evil}\n一、{evil}\n甲⟦{evil}⟧乙"));
        let document = sample::document(&format!("{evil}.txt"), &text);
        let mut found = sample::finding(at[0], evil, evil);
        found.fix = Some(crate::verdict::Fix { replacement: evil.into(), safe: true });
        let mut rule = sample::rule(evil, evil, Severity::Error);
        rule.rule.help = Some(evil.into());
        rule.pack = evil.into();
        rule.rule.basis[0].law = format!("《{evil}》");
        let (rules, mut checked) = sample::checked(vec![(rule, Outcome::Fail(vec![found]))]);
        checked.notices.push(evil.into());
        let it = Report { rules: &rules, document: &document, checked: &checked };
        let problem = Problem::error("x", evil, evil).help(evil);
        let page = made(&[it], &[problem], &Style { evidence: true, ..sample::style(Locale::Zh) });
        assert!(page.matches("onerror=alert").count() > 10);
        assert!(!page.contains("<img") && !page.contains('\u{202e}') && page.matches("<script").count() == 1);
        // Inside a tag the text stands between quotes that it cannot close.
        assert!(!page.contains("onerror=alert(1)>\"'"));
    }

    #[test]
    fn a_page_that_is_full_keeps_the_gravest_and_says_so() {
        let rules = || vec![(sample::rule("A", "甲", Severity::Error), Outcome::Pass(Vec::new()))];
        let (good_rules, good) = sample::checked(rules());
        let document = |at: usize| sample::document(&format!("{at:05}.txt"), "题\n⟦甲⟧");
        let fails = |it: &crate::document::Document| {
            let span = it.paragraphs[1].span();
            sample::checked(vec![(
                sample::rule("A", "甲", Severity::Error),
                Outcome::Fail(vec![sample::finding(span, "乙", "")]),
            )])
            .1
        };
        let documents: Vec<_> = (0..2_500).map(document).collect();
        let bad: Vec<_> = documents.iter().map(fails).collect();
        let reports: Vec<_> = documents
            .iter()
            .enumerate()
            .map(|(at, document)| {
                let checked = if at % 1_000 == 999 { &bad[at] } else { &good };
                Report { rules: &good_rules, document, checked }
            })
            .collect();
        let page = made(&reports, &[], &sample::style(Locale::Zh));
        assert_eq!(page.matches("<details class=\"report\"").count(), 1_000);
        for told in ["共 2500 份报告，总表和明细只列问题最重的 1000 份", "00999.txt", "01999.txt", "请加 --evidence"]
        {
            assert!(page.contains(told), "{told}");
        }
        assert!(!page.contains("02400.txt"));
    }
}
