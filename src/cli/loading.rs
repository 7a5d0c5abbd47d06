//! From the words on the command line to a plan that can be run, with every remark on the way.

use std::path::Path;

use crate::check;
use crate::format::{self, Places, Request, ScenarioName};
use crate::model::{Plan, Subject};
use crate::network::Network;
use crate::text::{Diagnostic, Report, Source, Sources, Span};

use super::arguments::{Changes, PlanOptions};
use super::failure::Failure;
use super::files;
use super::terminal::Terminal;

/// A plan as far as it could be read, and what there is to say about it.
pub(super) struct Checked {
    /// The name of its file.
    pub(super) name: String,
    /// Its documents.
    pub(super) sources: Sources,
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
    /// Where its parts stand.
    pub(super) reader: Reader,
}

/// Carries remarks about the model back to the file.
pub(super) struct Reader {
    name: String,
    sources: Sources,
    places: Places,
}

impl Checked {
    /// Shows everything there is to say; warnings and remarks not if quiet was asked for.
    pub(super) fn show(&self, terminal: &mut Terminal) {
        let drawn = self.report.draw(&self.sources, &self.name, terminal.colour());
        if self.report.has_errors() { terminal.insist(&drawn) } else { terminal.remark(&drawn) }
    }
}

impl Reader {
    /// Shows remarks about parts of the plan.
    pub(super) fn remark(&self, remarks: &[Diagnostic<Subject>], terminal: &mut Terminal) {
        let report = Report::new(carried(remarks.to_vec(), &self.places));
        if !report.is_empty() {
            terminal.remark(&report.draw(&self.sources, &self.name, terminal.colour()));
        }
    }
}

/// Reads and checks a plan.
pub(super) fn check(options: &PlanOptions) -> Result<Checked, Failure> {
    let mut sources = Sources::new();
    let document = files::read(&options.plan)?;
    let name = document.name().to_owned();
    let plan = sources.add(document);
    let mut with = Vec::new();
    for path in &options.changes.with {
        with.push(sources.add(files::read(path)?));
    }
    let mut set = Vec::new();
    for setting in &options.changes.set {
        let document = Source::new("--set", setting.as_str());
        set.push(sources.add(document.map_err(|error| Failure::call(error.to_string()))?));
    }
    let folder = options.plan.parent().unwrap_or(Path::new("")).to_path_buf();
    let files = move |path: &str| files::read_below(&folder, path);
    let request = Request { plan, with, set, scenario: options.scenario.as_deref(), files: &files };
    let reading = format::read(&sources, &request);
    let scenarios = reading.scenarios.clone();
    let mut report = reading.report.clone();
    let plan = reading.into_plan().ok().and_then(|(plan, places)| match Network::of(&plan) {
        Ok(network) => {
            report.extend(carried(check::warnings(&plan, &network), &places));
            Some((plan, network, places))
        }
        Err(error) => {
            report.extend(carried(check::no_network(&plan, &error), &places));
            None
        }
    });
    Ok(Checked { name, sources, report, plan, scenarios })
}

/// Reads a plan that is to be run: errors end the command, warnings are counted in one line.
pub(super) fn load(options: &PlanOptions, terminal: &mut Terminal) -> Result<Loaded, Failure> {
    let mut checked = check(options)?;
    let Some((plan, network, places)) = checked.plan.take() else {
        checked.show(terminal);
        return Err(Failure::Plan);
    };
    if let Some(summary) = checked.report.summary(&checked.name) {
        let scenario = plan.scenario.as_ref().map(|name| format!(" --scenario {name}")).unwrap_or_default();
        terminal.remark(&format!("{summary}: plan check {}{scenario}\n", checked.name));
    }
    let chosen =
        checked.scenarios.into_iter().find(|scenario| plan.scenario.as_ref() == Some(&scenario.name));
    let description = chosen.and_then(|scenario| scenario.description);
    let reader = Reader { name: checked.name, sources: checked.sources, places };
    Ok(Loaded { plan, network, description, reader })
}

/// The names of a plan's scenarios.
pub(super) fn scenarios(
    plan: &Path,
    changes: &Changes,
    terminal: &mut Terminal,
) -> Result<Vec<String>, Failure> {
    let checked = check(&PlanOptions { plan: plan.to_path_buf(), scenario: None, changes: changes.clone() })?;
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
