//! From the words on the command line to a plan that can be run, with every remark on the way.

use std::collections::BTreeMap;
use std::path::Path;

use crate::model::{Plan, Subject};
use crate::network::Network;
use crate::text::{Diagnostic, Report, Severity, Sources, Span};

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
    /// The plan and its network, if there are no errors.
    pub(super) plan: Option<(Plan, Network)>,
    /// Its scenarios with what they are about, in file order.
    pub(super) scenarios: Vec<(String, Option<String>)>,
    places: Places,
}

/// A plan that can be run.
pub(super) struct Loaded {
    pub(super) plan: Plan,
    pub(super) network: Network,
    /// What its scenario is about.
    pub(super) description: Option<String>,
    /// Where its parts stand in the file.
    pub(super) reader: Reader,
}

/// Carries remarks about the model back to the file.
pub(super) struct Reader {
    name: String,
    sources: Sources,
    places: Places,
}

/// Where each part of a plan stands.
type Places = BTreeMap<Subject, Span>;

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
        let carried =
            remarks.iter().cloned().map(|remark| remark.map_place(|subject| place(&self.places, &subject)));
        let report = Report::new(carried.collect());
        if !report.is_empty() {
            terminal.remark(&report.draw(&self.sources, &self.name, terminal.colour()));
        }
    }
}

/// Reads and checks a plan.
pub(super) fn check(options: &PlanOptions) -> Result<Checked, Failure> {
    Err(Failure::call(format!("plans can't be read yet: {}", options.plan.display())))
}

/// Reads a plan that is to be run: errors end the command, warnings are counted in one line.
pub(super) fn load(options: &PlanOptions, terminal: &mut Terminal) -> Result<Loaded, Failure> {
    let mut checked = check(options)?;
    let Some((plan, network)) = checked.plan.take() else {
        checked.show(terminal);
        return Err(Failure::Plan);
    };
    if let Some(summary) = checked.report.summary(&checked.name) {
        terminal.remark(&format!("{summary} (plan check {})\n", checked.name));
    }
    let chosen = checked.scenarios.into_iter().find(|(name, _)| plan.scenario.as_ref() == Some(name));
    let reader = Reader { name: checked.name, sources: checked.sources, places: checked.places };
    Ok(Loaded { plan, network, description: chosen.and_then(|(_, description)| description), reader })
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
    Ok(checked.scenarios.into_iter().map(|(name, _)| name).collect())
}

/// The place of a part of the plan, or of what it belongs to.
fn place(places: &Places, subject: &Subject) -> Span {
    places.get(subject).copied().unwrap_or_default()
}
