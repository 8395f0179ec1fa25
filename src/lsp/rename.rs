//! A new name for a set, a quantity, a parameter, a variable or a rule, everywhere in its file. What would come out is
//! loaded before it is offered: nothing may read differently but the name.

use std::path::Path;

use gen_lsp_types::PrepareRenamePlaceholder;

use crate::locale::Locale;
use crate::lsp::edits;
use crate::lsp::names::{self, Places, Target};
use crate::lsp::open::Open;
use crate::lsp::pack_file::PackFile;
use crate::pack::sites::Kind;
use crate::say;
use crate::span::Span;

/// The characters to be renamed.
///
/// # Errors
/// Why there is nothing here that can be.
pub fn prepare(open: &Open, pack: &PackFile, at: usize, locale: Locale) -> Result<PrepareRenamePlaceholder, String> {
    let (target, span) = names::target(pack, at).ok_or_else(|| nothing(locale))?;
    let _ = owned(pack, &target, locale)?;
    let placeholder = pack.sites.as_ref().map(|it| it.source().slice(span).to_owned()).unwrap_or_default();
    Ok(PrepareRenamePlaceholder { range: open.range(span), placeholder })
}

/// The edits that give the name at a byte another.
///
/// # Errors
/// Why it cannot be renamed, or not so.
pub fn rename(
    open: &Open,
    pack: &PackFile,
    at: usize,
    new: &str,
    others: &dyn Fn(&Path) -> Option<String>,
    locale: Locale,
) -> Result<Vec<(Span, String)>, String> {
    let (target, _) = names::target(pack, at).ok_or_else(|| nothing(locale))?;
    let places = owned(pack, &target, locale)?;
    let (Target::Name(_, old) | Target::Rule(old) | Target::Parent(old) | Target::Other(old)) = &target;
    let new = new.trim().trim_start_matches(if matches!(target, Target::Name(Kind::Set, _)) { "$" } else { "" });
    if new == old {
        return Ok(Vec::new());
    }
    check_new(pack, &target, new, locale)?;
    let mut edits: Vec<(Span, String)> = Vec::new();
    for span in places.declared.into_iter().chain(places.used) {
        spelt_out(pack, span, old, locale)?;
        edits.push((span, new.to_owned()));
    }
    edits.sort_by_key(|(span, _)| *span);
    same_meaning(open, pack, &target, &edits, others, new, locale)?;
    Ok(edits)
}

fn nothing(locale: Locale) -> String {
    say!(locale, "这里没有可以改名的名字", "there is no name here that can be renamed")
}

/// The places of a name, where this file alone decides what it is called.
fn owned(pack: &PackFile, target: &Target, locale: Locale) -> Result<Places, String> {
    match target {
        Target::Parent(_) => return Err(nothing(locale)),
        Target::Other(name) => {
            return Err(say!(
                locale,
                "`{name}` 不是这里声明的名字，不能改名",
                "`{name}` is no name declared here and cannot be renamed"
            ));
        }
        Target::Name(..) | Target::Rule(_) => {}
    }
    let places = names::places(pack, target);
    let owner = names::elsewhere(pack, target);
    if places.declared.is_none() || owner.is_some() {
        let owner = owner.map(|(it, _)| it.name.clone()).unwrap_or_default();
        return Err(say!(
            locale,
            "这个名字是在规则包 {owner} 里声明的，请到那里改",
            "this name is declared by the pack {owner}: rename it there"
        ));
    }
    let broken = pack.sites.as_ref().is_none_or(|it| it.broken);
    if broken || !places.unread.is_empty() {
        return Err(say!(
            locale,
            "文件里有读不懂的地方，可能也用到这个名字；先改正，再改名",
            "some of the file cannot be understood and may use this name: mend it first"
        ));
    }
    Ok(places)
}

/// Whether a new name can be one, and is free.
fn check_new(pack: &PackFile, target: &Target, new: &str, locale: Locale) -> Result<(), String> {
    let fits = match target {
        Target::Rule(_) => {
            !new.is_empty() && !new.contains(|c: char| c.is_whitespace() || c.is_control() || ",，#:'\"".contains(c))
        }
        Target::Name(kind, _) => {
            let letter = |c: char| c.is_alphanumeric() || c == '_' || c == '-' && *kind == Kind::Set;
            !new.is_empty() && new.chars().all(letter)
        }
        Target::Parent(_) | Target::Other(_) => false,
    };
    if !fits {
        return Err(match target {
            Target::Rule(_) => say!(
                locale,
                "编号里不能有空白、逗号、冒号、引号和 #",
                "an id holds no white space, comma, colon, quote or #"
            ),
            Target::Name(..) | Target::Parent(_) | Target::Other(_) => {
                say!(locale, "名字只用汉字、字母、数字和 `_`", "a name holds letters, digits and `_` alone")
            }
        });
    }
    let names = &pack.names;
    let lists = [&names.sets, &names.quantities, &names.params, &names.vars];
    let taken = match target {
        Target::Rule(_) => pack.packs.iter().flat_map(|it| &it.rules).any(|it| it.id.node == new),
        Target::Name(..) => lists.into_iter().flatten().any(|it| it == new),
        Target::Parent(_) | Target::Other(_) => false,
    };
    if taken { Err(say!(locale, "`{new}` 已经有了", "`{new}` is there already")) } else { Ok(()) }
}

/// Only characters that are the name can be replaced: an escape in YAML, say, stands for it and is not it.
fn spelt_out(pack: &PackFile, span: Span, old: &str, locale: Locale) -> Result<(), String> {
    let Some(sites) = &pack.sites else { return Err(nothing(locale)) };
    let written = sites.source().slice(span);
    if written == old || crate::fold::fold(written) == crate::fold::fold(old) {
        return Ok(());
    }
    let line = sites.source().line_column(span.start).line;
    Err(say!(
        locale,
        "第 {line} 行的写法里有转义，不能自动改名",
        "line {line} spells the name with escapes: it cannot be renamed there"
    ))
}

/// Whether the file with the edits says the same, with the new name in the places of the old one.
fn same_meaning(
    open: &Open,
    pack: &PackFile,
    target: &Target,
    edits: &[(Span, String)],
    others: &dyn Fn(&Path) -> Option<String>,
    new: &str,
    locale: Locale,
) -> Result<(), String> {
    let after = PackFile::load(&pack.name, &edits::apply(open.body(), edits), others, locale);
    let renamed = match target {
        Target::Name(kind, _) => Target::Name(*kind, new.to_owned()),
        Target::Rule(_) | Target::Parent(_) | Target::Other(_) => Target::Rule(new.to_owned()),
    };
    let now = names::places(&after, &renamed);
    let found = now.used.len() + usize::from(now.declared.is_some());
    let codes = |it: &PackFile| it.problems.iter().map(|it| it.code).collect::<Vec<_>>();
    if found == edits.len() && codes(&after) == codes(pack) {
        return Ok(());
    }
    Err(say!(
        locale,
        "改成 `{new}` 后有的语句意思会变，请换一个名字",
        "with `{new}` some statements would read differently: take another name"
    ))
}
