//! From the words on the command line to a plan that can be run, with every remark on the way.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::check;
use crate::format::difference::Side;
use crate::format::{self, Places, Reading, Request, ScenarioName};
use crate::model::{Plan, Subject};
use crate::network::Network;
use crate::simulate::part::{Document, Origin};
use crate::text::{Code, Diagnostic, Report, Source, SourceId, Sources, Span};

use super::arguments::{Changes, PlanOptions};
use super::failure::Failure;
use super::files;
use super::hint;
use super::terminal::Terminal;

/// A plan as far as it could be read, and what there is to say about it.
pub(super) struct Checked {
    /// The name of its file.
    pub(super) name: String,
    /// Its documents.
    pub(super) sources: Sources,
    /// The files of samples it names, by their names.
    files: BTreeMap<String, String>,
    /// Errors, warnings and remarks.
    pub(super) report: Report,
    /// The plan and where its parts stand, if there are no errors.
    pub(super) plan: Option<(Plan, Network, Places)>,
    /// Its scenarios, in file order.
    pub(super) scenarios: Vec<ScenarioName>,
}

/// A plan that can be run.
pub(super) struct Loaded {
    pub(super) plan: Plan,
    pub(super) network: Network,
    /// What its scenario is about.
    pub(super) description: Option<String>,
    /// What its scenario changes, as it is written.
    pub(super) changes: Option<String>,
    /// Where its parts stand.
    pub(super) reader: Reader,
}

/// Carries remarks about the model back to the file.
pub(super) struct Reader {
    sources: Sources,
    places: Places,
    files: BTreeMap<String, String>,
}

/// Where documents are read from.
#[derive(Clone, Copy)]
enum Shelf<'a> {
    /// Files and standard input.
    Disk,
    /// What a part of a simulation was made from.
    Part(&'a Origin),
    /// What is yet to be written.
    Draft(Draft<'a>),
}

/// A plan that is yet to be written, or a file that it names; other files are on the disk.
#[derive(Clone, Copy)]
pub(super) struct Draft<'a> {
    /// The text of the plan.
    pub(super) plan: &'a str,
    /// The name and the text of the file.
    pub(super) file: Option<(&'a str, &'a str)>,
}

impl Shelf<'_> {
    /// A document that the command line names.
    fn document(self, path: &Path) -> Result<Source, Failure> {
        let origin = match self {
            Self::Disk => return files::read(path),
            Self::Draft(draft) => return files::document(path, draft.plan.as_bytes().to_vec()),
            Self::Part(origin) => origin,
        };
        let wanted = path.to_string_lossy();
        let known = std::iter::once(&origin.plan).chain(&origin.with).find(|it| it.name == wanted);
        let bytes = known.map(|document| document.text.clone().into_bytes()).unwrap_or_default();
        files::document(path, bytes)
    }

    /// A file that the plan names, which lies in the plan's folder or below.
    fn below(self, plan: &Path, name: &str) -> Result<String, String> {
        let origin = match self {
            Self::Part(origin) => origin,
            Self::Draft(Draft { file: Some((known, text)), .. }) if known == name => {
                return Ok(text.to_owned());
            }
            Self::Disk | Self::Draft(_) => return files::read_below(plan, name),
        };
        let known = origin.files.iter().find(|file| file.name == name);
        known.map(|file| file.text.clone()).ok_or_else(|| "it is not in the part".to_owned())
    }

    /// The same, but all readers of a file get the same text, even if it changes meanwhile.
    fn below_once(
        self,
        plan: &Path,
        name: &str,
        known: &Mutex<BTreeMap<String, String>>,
    ) -> Result<String, String> {
        let files = || known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(text) = files().get(name) {
            return Ok(text.clone());
        }
        let text = self.below(plan, name)?;
        Ok(files().entry(name.to_owned()).or_insert(text).clone())
    }
}

/// The warnings that were counted already, so that columns of one plan do not repeat them.
#[derive(Default)]
pub(super) struct Counted(BTreeSet<(String, Code, Span, String)>);

impl Counted {
    /// Whether there is a warning that is news.
    fn add(&mut self, name: &str, report: &Report) -> bool {
        let before = self.0.len();
        let all = report.diagnostics().iter();
        self.0.extend(all.map(|it| (name.to_owned(), it.code, it.place, it.message.clone())));
        self.0.len() > before
    }
}

impl Checked {
    /// The text of the plan's own file.
    pub(super) fn text(&self) -> &str {
        self.sources.iter().next().map_or("", |(_, source)| source.text())
    }

    /// The text of a file that the plan names.
    pub(super) fn file(&self, name: &str) -> &str {
        self.files.get(name).map_or("", String::as_str)
    }

    /// Shows everything there is to say; warnings and remarks not if quiet was asked for.
    pub(super) fn show(&self, terminal: &mut Terminal) {
        let drawn = self.report.draw(&self.sources, terminal.colour());
        if self.report.has_errors() { terminal.insist(&drawn) } else { terminal.remark(&drawn) }
    }
}

impl Reader {
    /// The documents of the plan, and of those beside it.
    pub(super) fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The plan's own file.
    pub(super) fn plan(&self) -> SourceId {
        self.places.source()
    }

    /// The plan as it was read, to be compared with another.
    pub(super) fn side(&self) -> Side<'_> {
        Side { tree: self.places.tree(), files: &self.files }
    }

    /// All that the plan was read from, by the words of the command line.
    pub(super) fn origin(&self, options: &PlanOptions) -> Origin {
        let mut texts = self.sources.iter().map(|(_, source)| source.text().to_owned());
        let mut document = |path: &PathBuf| Document {
            name: path.to_string_lossy().into_owned(),
            text: texts.next().unwrap_or_default(),
        };
        let files = self.files.iter().map(|(name, text)| Document { name: name.clone(), text: text.clone() });
        Origin {
            plan: document(&options.plan),
            with: options.changes.with.iter().map(document).collect(),
            set: options.changes.set.clone(),
            respond: options.changes.respond.clone(),
            scenario: options.scenario.clone(),
            files: files.collect(),
        }
    }

    /// Shows what is wrong with parts of the plan for what was asked, and why the command ends.
    pub(super) fn refuse(&self, errors: &[Diagnostic<Subject>], terminal: &mut Terminal) -> Failure {
        let report = Report::new(carried(errors.to_vec(), &self.places));
        terminal.insist(&report.draw(&self.sources, terminal.colour()));
        Failure::Plan
    }

    /// Shows remarks about parts of the plan.
    pub(super) fn remark(&self, remarks: &[Diagnostic<Subject>], terminal: &mut Terminal) {
        let report = Report::new(carried(remarks.to_vec(), &self.places));
        if !report.is_empty() {
            terminal.remark(&report.draw(&self.sources, terminal.colour()));
        }
    }
}

/// Reads and checks a plan.
pub(super) fn check(options: &PlanOptions, terminal: &mut Terminal) -> Result<Checked, Failure> {
    check_from(Shelf::Disk, Sources::new(), options, terminal)
}

/// Reads and checks what is yet to be written as this file.
pub(super) fn check_draft(
    path: &Path,
    draft: Draft<'_>,
    terminal: &mut Terminal,
) -> Result<Checked, Failure> {
    let options = PlanOptions::plain(path);
    check_from(Shelf::Draft(draft), Sources::new(), &options, terminal)
}

fn check_from(
    shelf: Shelf<'_>,
    mut sources: Sources,
    options: &PlanOptions,
    terminal: &mut Terminal,
) -> Result<Checked, Failure> {
    let document = shelf.document(&options.plan)?;
    let name = document.name().to_owned();
    let plan = sources.add(document);
    let Documents { with, set, respond } = changes(shelf, &options.changes, &mut sources)?;
    let known = Mutex::new(BTreeMap::new());
    let files = |name: &str| shelf.below_once(&options.plan, name, &known);
    let scenario = options.scenario.as_deref();
    let chosen = scenario.filter(|name| *name != "base");
    // Every scenario has to have a network, but only that of the chosen one is kept.
    let kept = OnceLock::new();
    let examine = |plan: &Plan| match Network::of(plan) {
        Ok(network) => {
            if plan.scenario.as_deref() == chosen {
                // Only one plan has this scenario, and it is read once.
                let _ = kept.set(network);
            }
            Vec::new()
        }
        Err(error) => check::no_network(plan, &error),
    };
    let request = Request { plan, with, set, respond, scenario, files: &files, examine: &examine };
    let reading = format::read(&sources, &request);
    refuse_wrong_calls(&reading, &request, &name, &sources, terminal)?;
    let scenarios = reading.scenarios.clone();
    let mut report = reading.report.clone();
    let plan = reading.into_plan().ok().zip(kept.into_inner()).map(|((plan, places), network)| {
        report.extend(carried(check::warnings(&plan, &network), &places));
        (plan, network, places)
    });
    let files = known.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(Checked { name, sources, files, report, plan, scenarios })
}

/// What is laid over the plan file.
struct Documents {
    with: Vec<SourceId>,
    set: Vec<SourceId>,
    respond: Vec<SourceId>,
}

/// The documents of `--with`, `--set` and `--respond`.
fn changes(shelf: Shelf<'_>, changes: &Changes, sources: &mut Sources) -> Result<Documents, Failure> {
    let mut with = Vec::new();
    for path in &changes.with {
        with.push(sources.add(shelf.document(path)?));
    }
    let mut words = |option: &str, words: &[String]| -> Result<Vec<SourceId>, Failure> {
        let documents = words.iter().map(|word| {
            let document = Source::new(option, word.as_str());
            document.map(|it| sources.add(it)).map_err(|error| Failure::call(error.to_string()))
        });
        documents.collect()
    };
    let (set, respond) = (words("--set", &changes.set)?, words("--respond", &changes.respond)?);
    Ok(Documents { with, set, respond })
}

/// Ends the command if not the plan is wrong but what was asked for: a scenario that is not there, a
/// `--set` that is no `KEY=VALUE`, a `--respond` to what is no risk.
fn refuse_wrong_calls(
    reading: &Reading,
    request: &Request<'_>,
    name: &str,
    sources: &Sources,
    terminal: &mut Terminal,
) -> Result<(), Failure> {
    if let Some(unknown) = &reading.unknown_scenario {
        let failure = Failure::call(format!("{name}: {}", unknown.message));
        return Err(unknown.help.iter().fold(failure, |failure, help| failure.help(help.as_str())));
    }
    let is_wrong =
        |it: &&Diagnostic<Span>| it.code == Code::BadSet || request.respond.contains(&it.place.source);
    let wrong = Report::new(reading.report.diagnostics().iter().filter(is_wrong).cloned().collect());
    if wrong.is_empty() {
        return Ok(());
    }
    terminal.insist(&wrong.draw(sources, terminal.colour()));
    Err(Failure::Usage)
}

/// Reads a plan that is to be run: errors end the command, warnings are counted in one line.
pub(super) fn load(options: &PlanOptions, terminal: &mut Terminal) -> Result<Loaded, Failure> {
    load_next(options, &mut Counted::default(), terminal)
}

/// Reads a further plan that is to be run; warnings that were counted before are no news.
pub(super) fn load_next(
    options: &PlanOptions,
    counted: &mut Counted,
    terminal: &mut Terminal,
) -> Result<Loaded, Failure> {
    let checked = check(options, terminal)?;
    runnable(checked, options, counted, terminal)
}

/// Reads a further plan whose documents are to stand beside those of another.
pub(super) fn load_beside(
    other: &Reader,
    options: &PlanOptions,
    counted: &mut Counted,
    terminal: &mut Terminal,
) -> Result<Loaded, Failure> {
    let checked = check_from(Shelf::Disk, other.sources.clone(), options, terminal)?;
    runnable(checked, options, counted, terminal)
}

/// Reads the plan that a part of a simulation was made of, and says of it what was said then.
pub(super) fn load_part(origin: &Origin, terminal: &mut Terminal) -> Result<Loaded, Failure> {
    let changes = Changes {
        set: origin.set.clone(),
        respond: origin.respond.clone(),
        with: origin.with.iter().map(|document| PathBuf::from(&document.name)).collect(),
    };
    let plan = PathBuf::from(&origin.plan.name);
    let options = PlanOptions { plan, scenario: origin.scenario.clone(), changes };
    let checked = check_from(Shelf::Part(origin), Sources::new(), &options, terminal)?;
    runnable(checked, &options, &mut Counted::default(), terminal)
}

fn runnable(
    mut checked: Checked,
    options: &PlanOptions,
    counted: &mut Counted,
    terminal: &mut Terminal,
) -> Result<Loaded, Failure> {
    let Some((plan, network, places)) = checked.plan.take() else {
        checked.show(terminal);
        return Err(Failure::Plan);
    };
    let summary =
        checked.report.summary(&checked.sources).filter(|_| counted.add(&checked.name, &checked.report));
    if let Some(summary) = summary {
        terminal.remark(&format!("{summary}: {}\n", hint::check(options)));
    }
    let chosen =
        checked.scenarios.into_iter().find(|scenario| plan.scenario.as_ref() == Some(&scenario.name));
    let (changes, description) = chosen.map_or((None, None), |it| (Some(it.changes), it.description));
    let reader = Reader { sources: checked.sources, places, files: checked.files };
    Ok(Loaded { plan, network, description, changes, reader })
}

/// The names of a plan's scenarios.
pub(super) fn scenarios(
    plan: &Path,
    changes: &Changes,
    terminal: &mut Terminal,
) -> Result<Vec<String>, Failure> {
    let options = PlanOptions { plan: plan.to_path_buf(), scenario: None, changes: changes.clone() };
    let checked = check(&options, terminal)?;
    if checked.report.has_errors() {
        checked.show(terminal);
        return Err(Failure::Plan);
    }
    Ok(checked.scenarios.into_iter().map(|scenario| scenario.name).collect())
}

/// Remarks about the model, carried to their places in the file.
fn carried(remarks: Vec<Diagnostic<Subject>>, places: &Places) -> Vec<Diagnostic<Span>> {
    remarks.into_iter().map(|remark| remark.map_place(|subject| places.of(&subject))).collect()
}
