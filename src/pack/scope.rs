//! The names in force in each pack: sets, quantities, parameters and variables, its own and those it inherits.

use std::collections::BTreeMap;

use crate::lang::ast::{Pattern, Phrase};
use crate::lang::parse::Names;
use crate::locale::Locale;
use crate::pack::family::Draft;
use crate::say;
use crate::yaml::Scalar;

/// What is known of every report without a declaration, and the hole of a quantity.
const FACTS: [&str; 7] = ["year", "title_year", "opening_year", "title", "issuer", "date", "n"];

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// `$name`
    Set,
    /// A number with a name.
    Quantity,
    /// `{name}`, with a value of its own.
    Param,
    /// `{name}`, which a project gives a value.
    Var,
}

impl Kind {
    /// In words.
    pub fn words(self, locale: Locale) -> String {
        match self {
            Kind::Set => say!(locale, "词语集", "set"),
            Kind::Quantity => say!(locale, "数量", "quantity"),
            Kind::Param => say!(locale, "参数", "parameter"),
            Kind::Var => say!(locale, "变量", "variable"),
        }
    }
}

/// A declared name.
#[derive(Debug)]
pub struct Decl {
    /// What it stands for.
    pub kind: Kind,
    /// The pack that declares it.
    pub owner: usize,
    /// Its name, placed in that pack.
    pub name: Scalar,
    /// Members of a set, those that other packs add included.
    pub members: Vec<Member>,
    /// Templates of a quantity.
    pub templates: Vec<Phrase>,
    /// Value of a parameter; the last pack that sets it wins.
    pub value: String,
    /// Whether all of it could be understood. What uses an unsound name cannot be trusted.
    pub sound: bool,
}

/// A member of a set.
#[derive(Debug)]
pub struct Member {
    /// As understood.
    pub pattern: Pattern,
    /// The pack it stands in, whose names it uses.
    pub from: usize,
    /// As written.
    pub scalar: Scalar,
}

/// The names in force in one pack.
#[derive(Debug, Default)]
pub struct Scope {
    /// The declarations by name.
    pub names: BTreeMap<(Kind, String), usize>,
    /// Those of its own.
    pub own: Vec<usize>,
}

impl Scope {
    /// The declaration behind a name.
    pub fn get(&self, kind: Kind, name: &str) -> Option<usize> {
        self.names.get(&(kind, name.to_owned())).copied()
    }

    /// All names of a kind with their declarations, in order.
    pub fn all(&self, kind: Kind) -> impl Iterator<Item = (&str, usize)> {
        self.names.iter().filter(move |((it, _), _)| *it == kind).map(|((_, name), decl)| (name.as_str(), *decl))
    }

    /// As the parser of statements wants them.
    pub fn for_parser(&self) -> Names {
        let names = |kind| self.all(kind).map(|(name, _)| name.to_owned()).collect();
        Names {
            sets: names(Kind::Set),
            quantities: names(Kind::Quantity),
            params: names(Kind::Param),
            vars: names(Kind::Var),
        }
    }
}

/// All declarations, and what each pack sees of them.
#[derive(Debug, Default)]
pub struct Scopes {
    /// Declarations, those of parents first.
    pub decls: Vec<Decl>,
    /// One a draft.
    pub scopes: Vec<Scope>,
}

impl Scopes {
    /// Declares the names of all packs.
    pub fn declare(drafts: &mut [Draft]) -> Scopes {
        let mut scopes = Scopes::default();
        for (at, draft) in drafts.iter_mut().enumerate() {
            let scope = scopes.inherit(draft);
            scopes.scopes.push(scope);
            scopes.declare_own(at, draft);
        }
        scopes
    }

    /// The names of all ancestors. One name for two things is told where both are extended.
    fn inherit(&self, draft: &mut Draft) -> Scope {
        let mut scope = Scope::default();
        for ancestor in draft.ancestors.clone() {
            for id in self.scopes.get(ancestor).into_iter().flat_map(|it| &it.own) {
                let Some(decl) = self.decls.get(*id) else { continue };
                let key = (decl.kind, decl.name.text.clone());
                let first = *scope.names.entry(key).or_insert(*id);
                if first != *id && decl.kind != Kind::Var {
                    twice_inherited(draft, decl);
                }
            }
        }
        scope
    }

    fn declare_own(&mut self, at: usize, draft: &mut Draft) {
        let mirror = &draft.mirror;
        let mut own: Vec<(Kind, Scalar, String)> = Vec::new();
        own.extend(mirror.terms.iter().map(|it| (Kind::Set, it.name.clone(), String::new())));
        own.extend(mirror.quantities.iter().map(|it| (Kind::Quantity, it.name.clone(), String::new())));
        own.extend(mirror.params.iter().map(|it| {
            let value = it.values.first().map(|it| it.text.clone()).unwrap_or_default();
            (Kind::Param, it.name.clone(), value)
        }));
        own.extend(mirror.vars.iter().map(|it| (Kind::Var, it.clone(), String::new())));
        for (kind, name, value) in own {
            self.declare_one(at, draft, kind, name, value);
        }
    }

    fn declare_one(&mut self, at: usize, draft: &mut Draft, kind: Kind, name: Scalar, value: String) {
        let Some(scope) = self.scopes.get_mut(at) else { return };
        let sound = check_name(draft, scope, kind, &name);
        match scope.get(kind, &name.text).and_then(|id| self.decls.get_mut(id)) {
            Some(inherited) if kind == Kind::Param => inherited.value = value,
            Some(_) if kind == Kind::Var => {}
            Some(_) => redefined(draft, kind, &name),
            None => {
                let id = self.decls.len();
                scope.names.insert((kind, name.text.clone()), id);
                scope.own.push(id);
                let (members, templates) = (Vec::new(), Vec::new());
                self.decls.push(Decl { kind, owner: at, name, members, templates, value, sound });
            }
        }
    }
}

fn twice_inherited(draft: &mut Draft, decl: &Decl) {
    let (locale, name) = (draft.sheet.locale, &decl.name.text);
    let kind = decl.kind.words(locale);
    let message = say!(
        locale,
        "继承的两个规则包都声明了{kind} `{name}`",
        "two of the packs extended declare the {kind} `{name}`"
    );
    let help = say!(locale, "在其中一个规则包里改名", "rename it in one of them");
    let span = draft.mirror.extends.first().map(|it| draft.sheet.span(it.place)).unwrap_or_default();
    draft.sheet.error("pack::redefined-name", span, message, String::new(), Some(help));
}

fn redefined(draft: &mut Draft, kind: Kind, name: &Scalar) {
    let (locale, word) = (draft.sheet.locale, &name.text);
    let what = kind.words(locale);
    let message =
        say!(locale, "不能重新定义继承来的{what} `{word}`", "the inherited {what} `{word}` may not be redefined");
    let label = say!(locale, "上级规则包已经声明", "declared by a pack extended");
    let help = match kind {
        Kind::Set => say!(
            locale,
            "要增加词语，写在 `extend:` 下；否则换一个名字",
            "to add members, write them under `extend:`; else take another name"
        ),
        Kind::Quantity | Kind::Param | Kind::Var => say!(locale, "换一个名字", "take another name"),
    };
    draft.sheet.error("pack::redefined-name", draft.sheet.characters(name), message, label, Some(help));
}

/// Whether a name can be used: made of letters, digits and `_` (in a set's name `-` too), and free.
fn check_name(draft: &mut Draft, scope: &Scope, kind: Kind, name: &Scalar) -> bool {
    let (locale, word) = (draft.sheet.locale, &name.text);
    let fits = |c: char| c.is_alphanumeric() || c == '_' || (c == '-' && kind == Kind::Set);
    let span = draft.sheet.characters(name);
    if word.is_empty() || !word.chars().all(fits) {
        let message = say!(locale, "`{word}` 不能作名字", "`{word}` is no proper name");
        let help = say!(locale, "只用汉字、字母、数字和 `_`", "use letters, digits and `_` alone");
        draft.sheet.error("pack::name", span, message, String::new(), Some(help));
        return false;
    }
    let other = match kind {
        Kind::Set => return true,
        Kind::Quantity => None,
        Kind::Param => scope.get(Kind::Var, word),
        Kind::Var => scope.get(Kind::Param, word),
    };
    if other.is_none() && !FACTS.contains(&word.as_str()) {
        return true;
    }
    let message = say!(
        locale,
        "`{word}` 已有所指，不能再作{}的名字",
        "`{word}` has a meaning already and cannot name a {}",
        kind.words(locale)
    );
    let help = match kind {
        Kind::Var => say!(
            locale,
            "报告自带的事实和参数不必声明；否则换一个名字",
            "facts of the report and parameters need no declaration; else take another name"
        ),
        Kind::Set | Kind::Quantity | Kind::Param => say!(locale, "换一个名字", "take another name"),
    };
    draft.sheet.error("pack::name", span, message, String::new(), Some(help));
    false
}
