//! Sets within sets: a set that holds itself in the end, or too deep a nest, is told and taken apart.

use std::collections::{BTreeMap, BTreeSet};

use crate::pack::family::Draft;
use crate::pack::scope::{Decl, Kind, Scopes};
use crate::pack::uses::Uses;
use crate::say;

/// How deep sets may stand in sets.
const MAX_DEPTH: usize = 64;

/// A set that a member of another names.
#[derive(Clone, Copy)]
struct Edge {
    member: usize,
    to: usize,
}

/// How far the walk has come with a set.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    Open,
    Done { depth: usize },
}

/// Breaks every circle of sets at the member that closes it, and marks as unsound what uses something unsound.
pub fn break_cycles(scopes: &mut Scopes, drafts: &mut [Draft]) {
    let edges: Vec<Vec<Edge>> = scopes.decls.iter().map(|decl| edges(scopes, decl)).collect();
    let mut walk = Walk { marks: vec![Mark::New; edges.len()], edges, bad: BTreeMap::new() };
    for start in 0..walk.edges.len() {
        walk.from(start, scopes, drafts);
    }
    for (decl, bad) in walk.bad {
        if let Some(decl) = scopes.decls.get_mut(decl) {
            let mut at = 0..;
            decl.members.retain(|_| at.next().is_none_or(|at| !bad.contains(&at)));
            decl.sound = false;
        }
    }
}

fn edges(scopes: &Scopes, decl: &Decl) -> Vec<Edge> {
    let mut edges = Vec::new();
    for (at, member) in decl.members.iter().enumerate() {
        let mut uses = Uses::default();
        uses.pattern(&member.pattern);
        let scope = scopes.scopes.get(member.from);
        let sets = uses.sets.iter().filter_map(|name| scope.and_then(|it| it.get(Kind::Set, name)));
        edges.extend(sets.map(|to| Edge { member: at, to }));
    }
    edges
}

struct Walk {
    edges: Vec<Vec<Edge>>,
    marks: Vec<Mark>,
    /// Members to take out, by declaration.
    bad: BTreeMap<usize, BTreeSet<usize>>,
}

impl Walk {
    /// Walks depth first from `start`, on a stack of its own: a chain of sets may be long.
    fn from(&mut self, start: usize, scopes: &mut Scopes, drafts: &mut [Draft]) {
        if self.marks[start] != Mark::New {
            return;
        }
        let mut stack = vec![(start, 0)];
        self.marks[start] = Mark::Open;
        while let Some((at, next)) = stack.last_mut() {
            let Some(edge) = self.edges[*at].get(*next).copied() else {
                let done = *at;
                self.finish(done, scopes);
                stack.pop();
                continue;
            };
            if self.marks[edge.to] == Mark::New {
                // The edge is looked at again when that set is done.
                self.marks[edge.to] = Mark::Open;
                stack.push((edge.to, 0));
                continue;
            }
            *next += 1;
            let from = *at;
            match self.marks[edge.to] {
                Mark::Open => {
                    let circle = stack.iter().map(|(it, _)| *it).skip_while(|it| *it != edge.to).chain([edge.to]);
                    tell_circle(scopes, drafts, from, edge.member, circle);
                    self.bad.entry(from).or_default().insert(edge.member);
                }
                Mark::Done { depth } if depth >= MAX_DEPTH => {
                    tell_depth(scopes, drafts, from, edge.member);
                    self.bad.entry(from).or_default().insert(edge.member);
                }
                Mark::New | Mark::Done { .. } => {}
            }
        }
    }

    fn finish(&mut self, at: usize, scopes: &mut Scopes) {
        let depth_of = |edge: &Edge| match self.marks[edge.to] {
            Mark::Done { depth } => depth,
            Mark::New | Mark::Open => 0,
        };
        let depth = 1 + self.edges[at].iter().map(depth_of).max().unwrap_or_default();
        self.marks[at] = Mark::Done { depth: depth.min(MAX_DEPTH) };
        let sound = self.edges[at].iter().all(|edge| scopes.decls.get(edge.to).is_some_and(|it| it.sound));
        if let Some(decl) = scopes.decls.get_mut(at) {
            decl.sound &= sound;
        }
    }
}

fn tell_circle(scopes: &Scopes, drafts: &mut [Draft], at: usize, member: usize, circle: impl Iterator<Item = usize>) {
    let names = circle.filter_map(|it| scopes.decls.get(it)).map(|it| format!("${}", it.name.text));
    let chain = names.collect::<Vec<_>>().join(" → ");
    let Some((draft, scalar)) = member_of(scopes, drafts, at, member) else { return };
    let locale = draft.sheet.locale;
    let message = say!(locale, "词语集互相包含：{chain}", "sets hold each other in a circle: {chain}");
    let label = say!(locale, "在这里绕回来", "comes back here");
    let help = say!(locale, "从圈中去掉一处", "take one of them out of the circle");
    let span = draft.sheet.characters(&scalar);
    draft.sheet.error("pack::set-cycle", span, message, label, Some(help));
}

fn tell_depth(scopes: &Scopes, drafts: &mut [Draft], at: usize, member: usize) {
    let Some((draft, scalar)) = member_of(scopes, drafts, at, member) else { return };
    let locale = draft.sheet.locale;
    let message =
        say!(locale, "词语集套得太深，最多 {MAX_DEPTH} 层", "sets nest too deeply: at most {MAX_DEPTH} levels");
    let span = draft.sheet.characters(&scalar);
    draft.sheet.error("pack::set-depth", span, message, String::new(), None);
}

fn member_of<'a>(
    scopes: &Scopes,
    drafts: &'a mut [Draft],
    decl: usize,
    member: usize,
) -> Option<(&'a mut Draft, crate::yaml::Scalar)> {
    let member = scopes.decls.get(decl)?.members.get(member)?;
    Some((drafts.get_mut(member.from)?, member.scalar.clone()))
}
