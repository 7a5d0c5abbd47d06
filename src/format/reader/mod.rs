//! From the tree to the plan: every key read, every name resolved, every mistake said at once.

mod branch;
mod calendar;
mod choice;
mod correlation;
mod estimate;
mod expect;
mod fields;
pub mod forms;
mod impact;
mod inner;
pub mod keys;
mod link;
mod milestone;
mod named;
mod overhead;
mod places;
mod plan;
mod prices;
mod resource;
mod rework;
mod risk;
mod roster;
mod scope;
mod synonyms;
mod taken;
mod takes;

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::patch::{self, Scenario};
use super::tree::{self, Table};
use crate::model::{Plan, Subject};
use crate::text::{Code, Diagnostic, Report, Severity, SourceId, Sources, Span, did_you_mean};

pub use places::Places;

/// Reads a file named relative to the plan's folder; or why it can't be read.
pub type Files<'a> = dyn Fn(&str) -> Result<String, String> + Sync + 'a;

/// What else is wrong with a plan that could be read.
pub type Examine<'a> = dyn Fn(&Plan) -> Vec<Diagnostic<Subject>> + Sync + 'a;

/// What to read: which documents, which scenario.
pub struct Request<'a> {
    /// The plan file.
    pub plan: SourceId,
    /// Documents of `--with`, merged in this order.
    pub with: Vec<SourceId>,
    /// Documents of `--set`, each a `KEY=VALUE`, applied behind the scenario in this order.
    pub set: Vec<SourceId>,
    /// Documents of `--respond`, each the name of a risk whose response is put in force.
    pub respond: Vec<SourceId>,
    /// The scenario asked for; `None` or `base` is the plan as written.
    pub scenario: Option<&'a str>,
    /// Reads a file of samples, named relative to the plan's folder.
    pub files: &'a Files<'a>,
    /// What else is wrong with a plan that could be read: that of the scenario asked for, and those of
    /// all others.
    pub examine: &'a Examine<'a>,
}

impl Request<'_> {
    /// Reads one document as it is, without files of samples and without examining the plan.
    pub fn plain(plan: SourceId) -> Self {
        Self {
            plan,
            with: Vec::new(),
            set: Vec::new(),
            respond: Vec::new(),
            scenario: None,
            files: &|_| Err("files are not read here".into()),
            examine: &|_| Vec::new(),
        }
    }
}

/// A scenario of the file, in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioName {
    /// Its name.
    pub name: String,
    /// What it is about, in its author's words.
    pub description: Option<String>,
    /// What it changes, as it is written.
    pub changes: String,
}

/// What became of the documents.
#[derive(Clone, Debug)]
pub struct Reading {
    plan: Option<(Plan, Places)>,
    /// All that is to be said about the documents, all scenarios included.
    pub report: Report,
    /// The scenarios there are, in file order.
    pub scenarios: Vec<ScenarioName>,
    /// Said, also in the report, if the scenario asked for is not there.
    pub unknown_scenario: Option<Diagnostic<Span>>,
}

impl Reading {
    /// The plan and the places of its parts, if it can be believed.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn into_plan(self) -> Result<(Plan, Places), Report> {
        match self.plan {
            Some(plan) if !self.report.has_errors() => Ok(plan),
            _ => Err(self.report),
        }
    }
}

/// Reads a plan: the file, patched by `--with`, the scenario and `--set`; all other scenarios are
/// checked too.
pub fn read(sources: &Sources, request: &Request<'_>) -> Reading {
    let kinds = keys::named_tables();
    let mut said = Vec::new();
    let mut is_whole = true;
    let mut ends = Vec::new();
    let mut parse = |id: SourceId, said: &mut Vec<Diagnostic<Span>>| {
        let text = sources.get(id).map_or("", |source| source.text());
        let parsed = tree::parse(id, text);
        said.extend(parsed.errors);
        is_whole &= parsed.is_whole;
        ends.push((id, parsed.sound_until));
        parsed.table
    };
    let mut base = parse(request.plan, &mut said);
    let patches: Vec<Table> = request.with.iter().map(|&id| parse(id, &mut said)).collect();
    for patch in &patches {
        let (patched, errors) = patch::apply(&base, patch, &kinds);
        base = patched;
        said.extend(errors);
    }
    let mut settings = Vec::new();
    for &id in &request.set {
        match patch::set(id, sources.get(id).map_or("", |source| source.text())) {
            Ok(table) => settings.push(table),
            Err(errors) => said.extend(errors),
        }
    }
    let (scenarios, errors) = patch::scenarios(&base);
    said.extend(errors);
    let (chosen, unknown_scenario) = match choose(request, &base, &scenarios, is_whole) {
        Ok(chosen) => (chosen, None),
        Err(unknown) => (None, unknown),
    };
    said.extend(unknown_scenario.clone());
    let trees = Trees { sources, request, kinds: &kinds, is_whole, base: &base, settings: &settings };
    let is_other = |scenario: &&Scenario| chosen.is_none_or(|chosen| chosen.name != scenario.name);
    let mut others: Vec<Option<&Scenario>> = scenarios.iter().filter(is_other).map(Some).collect();
    if chosen.is_some() {
        others.push(None);
    }
    let ((plan, found), in_others) = if others.is_empty() {
        (trees.read(chosen), Vec::new())
    } else {
        // Trees share what they have in common, and each is read on its own.
        rayon::join(
            || trees.read(chosen),
            || others.par_iter().map(|scenario| trees.check(*scenario)).collect::<Vec<_>>(),
        )
    };
    said.extend(found);
    for (found, scenario) in in_others.into_iter().zip(others) {
        add(&mut said, found, scenario);
    }
    let said = without_consequences(sources, &ends, said);
    let names = scenarios.into_iter().map(|it| {
        let changes = it.written();
        ScenarioName { name: it.name, description: it.description, changes }
    });
    Reading { plan: Some(plan), report: Report::new(said), scenarios: names.collect(), unknown_scenario }
}

/// Reads a plan from a tree that is whole and patched already, without looking at its scenarios. None if it
/// has errors. `plan` is the file that it goes by; its spans are of these sources.
pub fn read_tree(
    sources: &Sources,
    plan: SourceId,
    tree: &Table,
    files: &Files<'_>,
    examine: &Examine<'_>,
) -> Option<Plan> {
    let (plan, _, said) = plan::read(sources, files, plan, tree.clone(), true, None);
    let is_sound = said.iter().all(|it| it.severity() != Severity::Error) && examine(&plan).is_empty();
    is_sound.then_some(plan)
}

/// Drops what is said of values on lines that TOML already stumbled on, and of what unclosed braces
/// swallow: it only follows from that. `ends` says how far each document is sound.
fn without_consequences(
    sources: &Sources,
    ends: &[(SourceId, usize)],
    mut said: Vec<Diagnostic<Span>>,
) -> Vec<Diagnostic<Span>> {
    let line = |place: Span| {
        let line = sources.get(place.source).map_or(0, |source| source.line_of(place.start as usize));
        (place.source, line)
    };
    let stumbles = said.iter().filter(|it| matches!(it.code, Code::Syntax | Code::TooDeep));
    let lines: BTreeSet<_> = stumbles.map(|it| line(it.place)).collect();
    if lines.is_empty() {
        return said;
    }
    let is_swallowed =
        |place: Span| ends.iter().any(|&(id, end)| place.source == id && place.start as usize > end);
    said.retain(|it| {
        it.code <= LAST_OF_DOCUMENT || !(lines.contains(&line(it.place)) || is_swallowed(it.place))
    });
    said
}

/// Codes up to this one are about the document, not about the plan in it.
const LAST_OF_DOCUMENT: Code = Code::NumberTooLarge;

/// The scenario asked for; what is said if there is none of its name. Nothing is said if it may only
/// have been misread, or is refused already.
fn choose<'s>(
    request: &Request<'_>,
    tree: &Table,
    scenarios: &'s [Scenario],
    is_whole: bool,
) -> Result<Option<&'s Scenario>, Option<Diagnostic<Span>>> {
    let Some(name) = request.scenario.filter(|name| *name != "base") else { return Ok(None) };
    if let Some(found) = scenarios.iter().find(|scenario| scenario.name == name) {
        return Ok(Some(found));
    }
    let written = tree.table("scenario");
    if !is_whole || written.is_some_and(|table| table.value(name).is_some()) {
        return Err(None);
    }
    let names: Vec<&str> = scenarios.iter().map(|scenario| scenario.name.as_str()).collect();
    let there_is = match names.as_slice() {
        [] => "it has no scenarios".to_owned(),
        names => format!("its scenarios are {}", listed(names)),
    };
    let place = tree.get("scenario").map_or(Span::new(request.plan, 0..0), |entry| entry.key.span);
    let error = Diagnostic::new(Code::UnknownScenario, place, format!("the plan has no scenario `{name}`"));
    Err(Some(error.help_if(did_you_mean(name, names.iter().copied())).help(there_is)))
}

/// The most names that are listed.
const MOST_LISTED: usize = 12;

fn listed(names: &[&str]) -> String {
    let mut text = names[..names.len().min(MOST_LISTED)].join(", ");
    if let Some(more) = names.len().checked_sub(MOST_LISTED).filter(|more| *more > 0) {
        text.push_str(&format!(" and {more} more"));
    }
    text
}

/// The tree of the plan as written, from which those of all scenarios are made.
struct Trees<'a> {
    sources: &'a Sources,
    request: &'a Request<'a>,
    kinds: &'a [&'static str],
    is_whole: bool,
    base: &'a Table,
    settings: &'a [Table],
}

impl Trees<'_> {
    /// The plan in a scenario, with `--set` and `--respond` applied, and what is wrong with it.
    fn read(&self, scenario: Option<&Scenario>) -> ((Plan, Places), Vec<Diagnostic<Span>>) {
        let (mut tree, mut said) = self.patched(scenario);
        for setting in self.settings {
            let (patched, errors) = patch::apply(&tree, setting, self.kinds);
            tree = patched;
            said.extend(errors);
        }
        for &id in &self.request.respond {
            let name = self.sources.get(id).map_or("", |source| source.text());
            match patch::respond(&tree, id, name) {
                Ok(answered) => tree = answered,
                // The name may only have been misread.
                Err(error) => said.extend(self.is_whole.then_some(error)),
            }
        }
        let (plan, errors) = self.believe(tree, scenario);
        said.extend(errors);
        (plan, said)
    }

    /// What is wrong with a scenario that was not asked for, or with the plan as written. Only errors
    /// count: what is remarked there is not news.
    fn check(&self, scenario: Option<&Scenario>) -> Vec<Diagnostic<Span>> {
        let (tree, mut said) = self.patched(scenario);
        let (_, errors) = self.believe(tree, scenario);
        said.extend(errors.into_iter().filter(|it| it.severity() == Severity::Error));
        said
    }

    fn patched(&self, scenario: Option<&Scenario>) -> (Table, Vec<Diagnostic<Span>>) {
        match scenario {
            Some(scenario) => scenario.apply(self.base, self.kinds),
            None => (self.base.clone(), Vec::new()),
        }
    }

    fn believe(&self, tree: Table, scenario: Option<&Scenario>) -> ((Plan, Places), Vec<Diagnostic<Span>>) {
        let name = scenario.map(|it| it.name.as_str());
        let (sources, files) = (self.sources, self.request.files);
        let (plan, places, mut said) =
            plan::read(sources, files, self.request.plan, tree, self.is_whole, name);
        if self.is_whole && said.iter().all(|it| it.severity() != Severity::Error) {
            let found = (self.request.examine)(&plan).into_iter();
            said.extend(found.map(|it| it.map_place(|subject| places.of(&subject))));
        }
        ((plan, places), said)
    }
}

/// Adds what is wrong with a scenario that was not asked for, but for what is wrong with the network
/// elsewhere, too.
fn add(said: &mut Vec<Diagnostic<Span>>, found: Vec<Diagnostic<Span>>, scenario: Option<&Scenario>) {
    for error in found {
        if !IN_NETWORK.contains(&error.code) {
            said.push(error);
        } else if !said.iter().any(|it| it.code == error.code && it.message == error.message) {
            said.push(placed(error, scenario));
        }
    }
}

/// What only a look at the whole network shows, so that its place does not tell the scenario.
const IN_NETWORK: [Code; 7] = [
    Code::Cycle,
    Code::SelfLink,
    Code::BeyondLimit,
    Code::BranchNotDecided,
    Code::ReworkNotBefore,
    Code::EntangledRework,
    Code::TooManyVisits,
];

/// The error with the part first that the scenario is to blame for, and with the scenario named.
fn placed(mut error: Diagnostic<Span>, scenario: Option<&Scenario>) -> Diagnostic<Span> {
    let Some(scenario) = scenario else { return error.help("so it is in the plan as written") };
    let is_own = |place: Span| scenario.holds(place);
    if !is_own(error.place)
        && let Some(own) = error.related.iter_mut().find(|related| is_own(related.place))
    {
        std::mem::swap(&mut own.place, &mut error.place);
        std::mem::swap(&mut own.label, &mut error.label);
    }
    error.help(format!("so it is in the scenario `{}`", scenario.name))
}

#[cfg(test)]
mod tests;
