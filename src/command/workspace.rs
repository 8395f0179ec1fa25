//! The reports of a run, each with what is asked of it: what was typed and what the project files say, put together.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use jiff::civil::Date;

use crate::baseline::Baseline;
use crate::command::console::Console;
use crate::command::input::{self, Input};
use crate::command::known::Known;
use crate::command::packs_of::PacksOf;
use crate::command::prepare::{Prepared, named, settings_for};
use crate::command::{Packs, Reading, known, names, settings};
use crate::facts::Given;
use crate::git;
use crate::locale::Locale;
use crate::pack::Loaded;
use crate::plan::{PlannedRule, Settings, compile};
use crate::problem::Problem;
use crate::project::Placed;
use crate::projects::{Found, Projects};
use crate::say;

/// What was typed of it.
#[derive(Debug, Default)]
pub struct Wanted<'a> {
    /// Files and folders; none is what the project lists.
    pub paths: &'a [PathBuf],
    /// Packs, variables, parameters.
    pub packs: Packs,
    /// Only these rules.
    pub select: &'a [String],
    /// Not these rules.
    pub ignore: &'a [String],
    /// How reports are read.
    pub reading: Reading,
    /// Whether the project's `exclude` holds for files named one by one too.
    pub force_exclude: bool,
    /// Where findings stand that were there before.
    pub baseline: Known,
    /// Only reports changed since this revision of git.
    pub since: Option<&'a str>,
    /// No report at all: the rules are asked for.
    pub rules_alone: bool,
}

/// A report on its way.
#[derive(Debug)]
pub struct Job {
    /// Where it is read.
    pub input: Input,
    /// What is asked of it, by number.
    pub asked: usize,
    /// Its project, by number.
    pub project: Option<usize>,
    /// What it goes by wherever the program is run: its path in the project, else its name as typed.
    pub path: String,
}

/// Everything a run needs.
#[derive(Default)]
pub struct Workspace {
    /// What is asked of reports that have the same settings.
    pub asked: Vec<Prepared>,
    /// For each of them, the numbers of its rules among `rules`.
    pub numbers: Vec<Vec<usize>>,
    /// All rules there are.
    pub rules: Vec<PlannedRule>,
    /// The reports, in order.
    pub jobs: Vec<Job>,
    /// The projects they belong to.
    pub projects: Vec<Found>,
    /// Findings that were there before, by project; the last is for reports of no project.
    pub baselines: Vec<Option<Baseline>>,
    /// What is wrong with all this.
    pub problems: Vec<Problem>,
    /// The day waivers are held against.
    pub today: Date,
    /// Whether every report of the project is asked every rule, so that what is not needed can be told.
    pub whole: bool,
}

impl Workspace {
    /// The reports `jobs`, all asked the same.
    pub fn of(prepared: Prepared, inputs: Vec<Input>) -> Workspace {
        let jobs = inputs.into_iter().map(|input| Job { path: input.name(), input, asked: 0, project: None });
        let mut workspace = Workspace { jobs: jobs.collect(), baselines: vec![None], ..Workspace::default() };
        workspace.add(prepared);
        workspace
    }

    /// Puts it all together. Where a project file is broken nothing is checked, and the problems say why.
    ///
    /// # Errors
    /// A mistake on the command line, behind all that is wrong with the packs.
    pub fn open(wanted: &Wanted<'_>, console: &Console) -> Result<Workspace, Vec<Problem>> {
        let locale = console.locale;
        let mut projects = Projects::new(locale);
        let (placed, mut problems) =
            if wanted.rules_alone { home(&mut projects) } else { placed(wanted, &mut projects, console) };
        let placed = match wanted.since {
            Some(revision) => since(placed, revision, wanted, &projects, console).map_err(|it| vec![it])?,
            None => placed,
        };
        if projects.broken() {
            return Ok(Workspace { problems: projects.problems, ..Workspace::default() });
        }
        problems.splice(0..0, std::mem::take(&mut projects.problems));
        let mut workspace = Workspace { problems, projects: projects.found, ..Workspace::default() };
        workspace.today = today(&wanted.packs, locale).map_err(|it| vec![it])?;
        workspace.whole = wanted.paths.is_empty()
            && wanted.packs.packs.is_empty()
            && [wanted.select, wanted.ignore].iter().all(|it| it.is_empty())
            && wanted.since.is_none()
            && !wanted.rules_alone;
        workspace.problems.extend(expired(&workspace.projects, workspace.today, locale));
        match known::read(&wanted.baseline, &workspace.projects, locale) {
            Ok(baselines) => workspace.baselines = baselines,
            Err(problem) => {
                workspace.problems.push(problem);
                return Ok(workspace);
            }
        }
        workspace.ask(placed, wanted, locale)?;
        Ok(workspace)
    }

    /// Loads the packs and compiles the rules for each kind of report.
    fn ask(&mut self, placed: Vec<At>, wanted: &Wanted<'_>, locale: Locale) -> Result<(), Vec<Problem>> {
        let mut kinds: Vec<Kind> = Vec::new();
        let mut numbers: HashMap<Kind, usize> = HashMap::new();
        for it in placed {
            let kind = (it.project, it.entries);
            let asked = *numbers.entry(kind.clone()).or_insert_with(|| {
                kinds.push(kind.clone());
                kinds.len() - 1
            });
            self.jobs.push(Job { input: it.input, asked, project: kind.0, path: it.path });
        }
        // Where there is no report, mistakes are told all the same.
        if kinds.is_empty() {
            let every = self.projects.first().map_or_else(Vec::new, |it| (0..it.project.entries.len()).collect());
            kinds.push((self.projects.first().map(|_| 0), every));
        }
        let mut packs = PacksOf::new(&wanted.packs.packs, locale);
        let loaded: Vec<Rc<Loaded>> = kinds.iter().map(|kind| packs.load(self.project(kind.0), &kind.1)).collect();
        let union = Loaded { packs: packs.union(), problems: Vec::new() };
        let typed = settings_for(&wanted.packs, wanted.select, wanted.ignore, &union, locale);
        let told = names::hold(&self.projects, &mut packs, locale);
        let mut problems = packs.problems();
        let (typed, given) = match typed {
            Ok(typed) => typed,
            Err(problem) => {
                problems.push(problem);
                return Err(problems);
            }
        };
        let broken = !told.is_empty();
        problems.extend(told);
        for (kind, loaded) in kinds.iter().zip(loaded) {
            let project = self.project(kind.0);
            let (settings, given) = settings_of(project, &kind.1, &typed, &given, locale);
            let settings = Settings { named: named(&packs.words(project, &kind.1), &loaded.packs), ..settings };
            let (plan, wrong) = compile(&loaded.packs, &settings, locale);
            problems.extend(wrong);
            self.add(Prepared { packs: loaded.packs.clone(), plan, given, problems: Vec::new() });
        }
        self.problems.splice(0..0, once(problems));
        if broken {
            self.jobs.clear();
        }
        Ok(())
    }

    /// All files that are read beside the reports themselves, and those too: results must not take their place.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        let reports = self.jobs.iter().filter_map(|it| it.input.path());
        let packs = self.asked.iter().flat_map(|it| &it.packs).map(|it| Path::new(it.source.name()));
        let projects = self.projects.iter().map(|it| Path::new(it.project.source().name()));
        reports.chain(packs).chain(projects)
    }

    /// The findings that were there before, for reports of a project.
    pub fn baseline(&self, project: Option<usize>) -> Option<&Baseline> {
        self.baselines.get(project.unwrap_or(self.projects.len()))?.as_ref()
    }

    /// All baselines in use, each with its project.
    pub fn baselines(&self) -> impl Iterator<Item = (Option<usize>, &Baseline)> {
        let projects = (0..self.projects.len()).map(Some).chain([None]);
        projects.filter_map(|it| Some((it, self.baseline(it)?)))
    }

    fn project(&self, at: Option<usize>) -> Option<&Found> {
        self.projects.get(at?)
    }

    /// Takes in what is asked of some reports. A rule that others are asked too is the same rule.
    fn add(&mut self, prepared: Prepared) {
        let mut numbers = Vec::new();
        for rule in &prepared.plan.rules {
            let same = |it: &PlannedRule| {
                it.rule.id.node == rule.rule.id.node && it.pack == rule.pack && it.severity == rule.severity
            };
            let known = self.rules.iter().position(same);
            numbers.push(known.unwrap_or(self.rules.len()));
            if known.is_none() {
                self.rules.push(rule.clone());
            }
        }
        self.numbers.push(numbers);
        self.asked.push(prepared);
    }
}

/// A project, and the entries of its file that hold.
pub type Kind = (Option<usize>, Vec<usize>);

/// The reports that have changed since a revision; standard input has no past and stays.
fn since(
    placed: Vec<At>,
    revision: &str,
    wanted: &Wanted<'_>,
    projects: &Projects,
    console: &Console,
) -> Result<Vec<At>, Problem> {
    let whole = [projects.found.first().map_or_else(|| PathBuf::from("."), |it| it.shown.clone())];
    let paths = if wanted.paths.is_empty() { &whole[..] } else { wanted.paths };
    let folder = |path: &PathBuf| match path.is_dir() {
        true => path.clone(),
        false => path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf(),
    };
    let folders: Vec<PathBuf> = paths.iter().map(folder).collect();
    let changed = git::changed_since(revision, &folders, console.locale)?;
    let all = placed.len();
    let kept: Vec<At> =
        placed.into_iter().filter(|it| it.input.path().is_none_or(|it| changed.contains(&git::real(it)))).collect();
    if !console.quiet {
        let count = kept.len();
        console.tell(&say!(
            console.locale,
            "自 {revision} 以来改动过的报告：{count} 份（共 {all} 份）",
            "reports changed since {revision}: {count} of {all}"
        ));
        let rules: Vec<&PathBuf> = changed.iter().filter(|it| it.extension().is_some_and(|it| it == "yaml")).collect();
        if !rules.is_empty() {
            console.tell(&say!(
                console.locale,
                "注意：同期改动了规则或项目文件（.yaml），没有改动的报告未按新规则检查",
                "note: rules or project files (.yaml) have changed too; reports that have not were not checked by them"
            ));
        }
    }
    Ok(kept)
}

/// A report and what the project file says of it.
struct At {
    input: Input,
    project: Option<usize>,
    entries: Vec<usize>,
    path: String,
}

/// No report, but the project one is in.
fn home(projects: &mut Projects) -> (Vec<At>, Vec<Problem>) {
    projects.of_folder(Path::new("."));
    (Vec::new(), Vec::new())
}

/// The reports that were asked for, each with its project, and what is wrong with the paths.
fn placed(wanted: &Wanted<'_>, projects: &mut Projects, console: &Console) -> (Vec<At>, Vec<Problem>) {
    let here = projects.of_folder(Path::new("."));
    let listed = here.and_then(|at| projects.found.get(at)).filter(|it| it.project.lists_reports);
    let whole = [listed.map_or_else(|| PathBuf::from("."), |it| it.shown.clone())];
    let paths = if wanted.paths.is_empty() { &whole } else { wanted.paths };
    let (inputs, mut problems) = input::all(paths, &wanted.reading, console);
    let named: HashSet<&Path> = paths.iter().map(PathBuf::as_path).collect();
    let (found, mut placed) = (inputs.len(), Vec::new());
    let mut used: HashSet<(usize, usize)> = HashSet::new();
    for input in inputs {
        let by_name = !wanted.force_exclude && input.path().is_none_or(|it| named.contains(it));
        let (at, is_report) = place(input, projects);
        if let Some(found) = at.project.filter(|it| Some(*it) == here).and_then(|it| projects.found.get(it)) {
            used.extend(found.project.patterns_for(&at.path));
        }
        if is_report || by_name {
            placed.push(at);
        }
    }
    if placed.is_empty() && found > 0 && !wanted.force_exclude {
        problems.push(nothing(paths, projects, console.locale));
    } else if let Some(found) = here.filter(|_| wanted.paths.is_empty()).and_then(|it| projects.found.get(it)) {
        problems.extend(found.project.idle_patterns(&used, console.locale));
    }
    (placed, problems)
}

fn place(input: Input, projects: &mut Projects) -> (At, bool) {
    let name = PathBuf::from(input.name());
    match projects.of_file(&name) {
        None => (At { path: input.name(), input, project: None, entries: Vec::new() }, true),
        Some((at, path)) => {
            let placed = projects.found.get(at).map(|it| it.project.place(&path));
            let Placed { entries, is_report } = placed.unwrap_or(Placed { entries: Vec::new(), is_report: true });
            (At { input, project: Some(at), entries, path }, is_report)
        }
    }
}

fn nothing(paths: &[PathBuf], projects: &Projects, locale: Locale) -> Problem {
    let path = paths.first().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let file = projects.found.first().map(|it| it.project.source().name().to_owned()).unwrap_or_default();
    let message =
        say!(locale, "这里的文件都不在 {file} 所列的报告中", "none of the files here is among the reports of {file}");
    let help = say!(
        locale,
        "核对 {file} 中的 `paths` 和 `exclude`；要检查其中一份，直接写出它的文件名",
        "look at `paths` and `exclude` in {file}; to check one all the same, name the file itself"
    );
    Problem::error("project::nothing", path, message).help(help)
}

/// The waivers whose day is past: what they waived counts again, and that they still stand there is a fault.
fn expired(projects: &[Found], today: Date, locale: Locale) -> Vec<Problem> {
    let mut problems = Vec::new();
    for Found { project, .. } in projects {
        for waiver in project.waivers.iter().filter(|it| it.until < today) {
            let (by, until) = (&waiver.by.text, waiver.until);
            let message =
                say!(locale, "豁免已过期：{by}同意到 {until} 为止", "the waiver approved by {by} ended on {until}");
            let label = say!(locale, "今天是 {today}", "today is {today}");
            let help = say!(
                locale,
                "改好所豁免的问题，删去这一项；确需延长的，请批准人重新同意后再改日期",
                "mend what it waived and delete it; to prolong it, have it approved again"
            );
            let problem = project.error("project::waiver-expired", &waiver.until_at, message, label);
            problems.push(problem.help(help));
        }
    }
    problems
}

/// The day waivers are held against: that of `--as-of`, else today.
fn today(packs: &Packs, locale: Locale) -> Result<Date, Problem> {
    match &packs.as_of {
        Some(word) => settings::date("--as-of", word, locale),
        None => Ok(jiff::Zoned::now().date()),
    }
}

/// Each problem once: a pack may be loaded with several others.
fn once(mut problems: Vec<Problem>) -> Vec<Problem> {
    let mut told = HashSet::new();
    problems.retain(|it| {
        let place = it.place.as_ref().map(|place| place.span);
        told.insert((it.code, it.path.clone(), it.message.clone(), place))
    });
    problems
}

/// What the project says of some reports, under what was typed.
fn settings_of(
    found: Option<&Found>,
    entries: &[usize],
    typed: &Settings,
    given: &Given,
    locale: Locale,
) -> (Settings, Given) {
    let Some(found) = found else { return (typed.clone(), given.clone()) };
    let chosen = found.project.choose(entries);
    let text = |(name, value): (&str, &crate::yaml::Scalar)| (name.to_owned(), value.text.clone());
    let mut vars: BTreeMap<String, String> = chosen.vars.into_iter().map(text).collect();
    // Whatever is wrong with a fact was told by its name.
    let facts = settings::given(&mut vars, locale).unwrap_or_default();
    vars.extend(typed.vars.clone());
    let mut params: BTreeMap<String, String> = chosen.params.into_iter().map(text).collect();
    params.extend(typed.params.clone());
    let selected = |id: &str| typed.select.iter().any(|it| it.eq_ignore_ascii_case(id));
    let off = found.project.off().filter(|it| !selected(it)).map(str::to_owned);
    let settings = Settings {
        vars,
        params,
        ignore: typed.ignore.iter().cloned().chain(off).collect(),
        severities: found.project.severities(),
        ..typed.clone()
    };
    let given = Given {
        year: given.year.or(facts.year),
        title: given.title.clone().or(facts.title),
        issuer: given.issuer.clone().or(facts.issuer),
        date: given.date.or(facts.date),
    };
    (settings, given)
}
