//! Warnings that a pack silences, each with its reason.

use crate::locale::Locale;
use crate::pack::Pack;
use crate::pack::lint::{Doubt, Lint};
use crate::say;
use crate::span::Span;

/// A warning that is not to be told.
#[derive(Debug, Clone)]
pub struct Silence {
    /// Which.
    pub lint: Lint,
    /// The rules and names it is silenced for; none is all of the pack.
    pub of: Vec<String>,
    /// Why.
    pub reason: String,
    /// Where it stands in the YAML.
    pub span: Span,
}

impl Silence {
    fn covers(&self, doubt: &Doubt) -> bool {
        self.lint == doubt.lint && (self.of.is_empty() || self.of.contains(&doubt.of))
    }

    /// The names among `of` that silence nothing.
    fn idle<'a>(&'a self, doubts: &'a [Doubt]) -> impl Iterator<Item = &'a str> {
        let used = |name: &&String| doubts.iter().any(|it| it.lint == self.lint && it.of == **name);
        self.of.iter().filter(move |it| !used(it)).map(String::as_str)
    }
}

/// What is left of the doubts, and the silences that had nothing to silence.
pub fn apply(pack: &Pack, doubts: Vec<Doubt>, locale: Locale) -> Vec<Doubt> {
    let mut left: Vec<Doubt> = Vec::new();
    for silence in &pack.silences {
        let id = silence.lint.id();
        let help = || say!(locale, "删去它", "delete it");
        if !doubts.iter().any(|it| silence.covers(it)) {
            let message = say!(locale, "这里没有可以消去的 {id}", "there is no {id} to silence");
            left.push(Doubt::new(Lint::UnusedSilence, id, silence.span, message).help(help()));
            continue;
        }
        for name in silence.idle(&doubts) {
            let message = say!(locale, "`{name}` 没有可以消去的 {id}", "`{name}` has no {id} to silence");
            left.push(Doubt::new(Lint::UnusedSilence, id, silence.span, message).help(help()));
        }
    }
    left.extend(doubts.into_iter().filter(|it| !pack.silences.iter().any(|silence| silence.covers(it))));
    left
}
