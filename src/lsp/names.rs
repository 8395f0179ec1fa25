//! Names under the cursor: where they are declared, where they are used.

use gen_lsp_types::{DocumentHighlight, Location};

use crate::lsp::open::Open;
use crate::lsp::pack_file::PackFile;
use crate::lsp::text::Text;
use crate::lsp::uri;
use crate::pack::Pack;
use crate::pack::sites::{Kind, Site, Sites, What};
use crate::pack::uses::Used;
use crate::packs;
use crate::source::slice;
use crate::span::Span;

/// What a cursor stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A declared name.
    Name(Kind, String),
    /// The id of a rule.
    Rule(String),
    /// A pack that is extended.
    Parent(String),
    /// A fact that every report has, or a name nobody declares.
    Other(String),
}

/// What stands at a byte, and its characters there: the name alone, without `$` and braces.
pub fn target(pack: &PackFile, at: usize) -> Option<(Target, Span)> {
    let sites = pack.sites.as_ref()?;
    let site = sites.at(at)?;
    match site.what {
        What::Name(kind) => Some((Target::Name(kind, site.scalar.text.clone()), site.span)),
        What::Extended => Some((Target::Name(Kind::Set, site.scalar.text.clone()), site.span)),
        What::Id => Some((Target::Rule(site.scalar.text.clone()), site.span)),
        What::Parent => Some((Target::Parent(site.scalar.text.clone()), site.span)),
        What::Silenced => Some((silenced(sites, &site.scalar.text)?, site.span)),
        What::Statement | What::Condition | What::Member | What::Template => {
            used(pack, sites, site, at).or_else(|| written(pack, sites, site, at))
        }
        What::Field(_) | What::Title | What::Other => None,
    }
}

/// What a silenced warning is about: a rule or a name of the pack's own.
fn silenced(sites: &Sites, word: &str) -> Option<Target> {
    sites.all.iter().filter(|it| it.scalar.text == word).find_map(|it| match it.what {
        What::Id => Some(Target::Rule(word.to_owned())),
        What::Name(kind) => Some(Target::Name(kind, word.to_owned())),
        What::Field(_)
        | What::Extended
        | What::Silenced
        | What::Parent
        | What::Title
        | What::Statement
        | What::Condition
        | What::Member
        | What::Template
        | What::Other => None,
    })
}

/// A name that the statement uses at a byte.
fn used(pack: &PackFile, sites: &Sites, site: &Site, at: usize) -> Option<(Target, Span)> {
    let uses = sites.uses(site, &pack.names)?;
    let it = uses.into_iter().find(|it| it.name.span.start <= at && at <= it.name.span.end)?;
    let name = it.name.node;
    let span = name_span(sites, it.name.span);
    let known = |list: &[String]| list.contains(&name);
    Some(match it.kind {
        Used::Set => (Target::Name(Kind::Set, name), span),
        Used::Quantity if known(&pack.names.quantities) => (Target::Name(Kind::Quantity, name), span),
        Used::Fact if known(&pack.names.params) => (Target::Name(Kind::Param, name), span),
        Used::Fact if known(&pack.names.vars) => (Target::Name(Kind::Var, name), span),
        Used::Quantity | Used::Fact => (Target::Other(name), span),
    })
}

/// The name in what is written for a use of it: without `$`, braces, and what is added.
pub fn name_span(sites: &Sites, span: Span) -> Span {
    let text = sites.source().slice(span);
    let name = text.trim_start_matches(['$', '{', ' ']);
    let name_text = name.split(['}', '+', '-', '＋', '－']).next().unwrap_or(name);
    let start = span.start + text.len() - name.len();
    // A set's name may hold a hyphen; nothing is added to it.
    let length = if text.starts_with('{') { name_text.trim_end().len() } else { name.len() };
    Span::new(start, start + length)
}

/// The set whose name stands at a byte of a statement that cannot be understood yet.
fn written(pack: &PackFile, sites: &Sites, site: &Site, at: usize) -> Option<(Target, Span)> {
    let text = sites.source().slice(site.span);
    let before = slice(text, Span::new(0, (at + 1).saturating_sub(site.span.start)));
    let dollar = before.rfind('$')?;
    let rest = text.get(dollar + 1..)?;
    let name = pack.names.sets.iter().filter(|it| rest.starts_with(it.as_str())).max_by_key(|it| it.len())?;
    let start = site.span.start + dollar + 1;
    let span = Span::new(start, start + name.len());
    (at <= span.end).then(|| (Target::Name(Kind::Set, name.clone()), span))
}

/// Where a name is declared, is added to, and is used in a text.
#[derive(Debug, Default)]
pub struct Places {
    /// The declaration.
    pub declared: Option<Span>,
    /// All else, in the order of the text.
    pub used: Vec<Span>,
    /// Statements that could not be understood and hold the name's characters: they may use it.
    pub unread: Vec<Span>,
}

impl Places {
    /// Takes in the uses of a name in a statement.
    fn in_text(&mut self, pack: &PackFile, sites: &Sites, site: &Site, target: &Target) {
        let Target::Name(kind, name) = target else { return };
        let Some(uses) = sites.uses(site, &pack.names) else {
            self.unread.extend(site.scalar.text.contains(name.as_str()).then_some(site.span));
            return;
        };
        let of_kind = |it: Used| match kind {
            Kind::Set => it == Used::Set,
            Kind::Quantity => it == Used::Quantity,
            Kind::Param | Kind::Var => it == Used::Fact,
        };
        let own = uses.iter().filter(|it| of_kind(it.kind) && it.name.node == *name);
        self.used.extend(own.map(|it| name_span(sites, it.name.span)));
    }
}

/// Whether a name of that kind (none is the id of a rule) is what is looked for.
fn names(target: &Target, kind: Option<Kind>, name: &str) -> bool {
    match target {
        Target::Name(wanted, it) => kind == Some(*wanted) && it == name,
        Target::Rule(id) => kind.is_none() && id == name,
        Target::Parent(_) | Target::Other(_) => false,
    }
}

/// The places of a name.
pub fn places(pack: &PackFile, target: &Target) -> Places {
    let mut places = Places::default();
    let Some(sites) = &pack.sites else { return places };
    for site in &sites.all {
        match site.what {
            What::Name(kind) if names(target, Some(kind), &site.scalar.text) => {
                places.declared.get_or_insert(site.span);
            }
            What::Id if names(target, None, &site.scalar.text) => {
                places.declared.get_or_insert(site.span);
            }
            What::Extended if names(target, Some(Kind::Set), &site.scalar.text) => places.used.push(site.span),
            What::Silenced if silenced(sites, &site.scalar.text).as_ref() == Some(target) => {
                places.used.push(site.span);
            }
            What::Statement | What::Condition | What::Member | What::Template => {
                places.in_text(pack, sites, site, target);
            }
            What::Name(_)
            | What::Id
            | What::Extended
            | What::Silenced
            | What::Field(_)
            | What::Parent
            | What::Title
            | What::Other => {}
        }
    }
    places.used.sort_unstable();
    places.used.dedup();
    places
}

/// Where the name at a byte is declared, here or in a pack that this one builds on.
pub fn definition(open: &Open, pack: &PackFile, at: usize) -> Option<Location> {
    let (target, _) = target(pack, at)?;
    if let Target::Parent(word) = &target {
        let found = packs::resolve(&pack.name, word, crate::locale::Locale::default()).ok()?;
        let text = Text::new("", "", open.text.units());
        return Some(Location { uri: uri::of(found.name.as_ref())?.into(), range: text.range(Span::default()) });
    }
    if let Some(span) = places(pack, &target).declared {
        return Some(Location { uri: open.uri.clone().into(), range: open.range(span) });
    }
    let (owner, span) = elsewhere(pack, &target)?;
    let text = Text::new("", owner.source.text(), open.text.units());
    Some(Location { uri: uri::of(owner.source.name().as_ref())?.into(), range: text.range(span) })
}

/// The pack that declares a name which this one inherits, and where.
pub fn elsewhere<'p>(pack: &'p PackFile, target: &Target) -> Option<(&'p Pack, Span)> {
    let Target::Name(kind, name) = target else { return None };
    pack.packs.iter().filter(|it| it.source.name() != pack.name).find_map(|it| {
        let sites = Sites::read(it.source.name(), it.source.text())?;
        let site = sites.all.iter().find(|site| site.what == What::Name(*kind) && site.scalar.text == *name)?;
        Some((it, site.span))
    })
}

/// Everywhere the name at a byte stands.
pub fn references(open: &Open, pack: &PackFile, at: usize, with_declaration: bool) -> Vec<Location> {
    let Some((target, _)) = target(pack, at) else { return Vec::new() };
    let Places { declared, used, unread: _ } = places(pack, &target);
    let all = declared.filter(|_| with_declaration).into_iter().chain(used);
    all.map(|it| Location { uri: open.uri.clone().into(), range: open.range(it) }).collect()
}

/// The same, for the editor to colour.
pub fn highlights(open: &Open, pack: &PackFile, at: usize) -> Vec<DocumentHighlight> {
    let locations = references(open, pack, at, true);
    locations.into_iter().map(|it| DocumentHighlight { range: it.range, kind: None }).collect()
}
