//! `plan scope …`

mod apply;
mod canvas;
mod extrapolate;
mod frontier;
mod history;
mod pictures;
mod report;
mod sequences;

use crate::cli::arguments::{RunOptions, Scope, ScopeCommand};
use crate::cli::command::check::check_scope;
use crate::cli::command::solutions;
use crate::cli::failure::Failure;
use crate::cli::loading::Loaded;
use crate::cli::run;
use crate::cli::terminal::Terminal;
use crate::scope::ScopeReport;
use crate::simulate::Settings;

/// The iterations of scoping unless others are asked for: tails of money need more than dates do.
const USUAL_ITERATIONS: usize = 20_000;

/// The settings that the command line asks for.
fn settings(loaded: &Loaded, options: RunOptions) -> Settings {
    let iterations = Some(options.iterations.unwrap_or(USUAL_ITERATIONS));
    run::settings(&loaded.plan, &loaded.network, RunOptions { iterations, ..options })
}

/// The solutions of a plan, assessed; refused where it has none.
pub(super) fn assessed(loaded: &Loaded, options: RunOptions) -> Result<ScopeReport, Failure> {
    solutions::refuse_none(&loaded.plan)?;
    let report = ScopeReport::of(&loaded.plan, &settings(loaded, options));
    report.map_err(|error| Failure::call(error.to_string()))
}

/// The settings of a command that asks for none.
fn usual_settings() -> Settings {
    Settings::default().iterations(USUAL_ITERATIONS as u64)
}

/// Runs a command of scoping.
pub(in crate::cli) fn scope(options: &Scope, terminal: &mut Terminal) -> Result<(), Failure> {
    match &options.command {
        None => report::report(&options.report, terminal),
        Some(ScopeCommand::Apply(options)) => apply::apply(options, terminal),
        Some(ScopeCommand::Canvas(options)) => canvas::canvas(options, terminal),
        Some(ScopeCommand::Check(options)) => check_scope(options, terminal),
        Some(ScopeCommand::Extrapolate(options)) => extrapolate::extrapolate(options, terminal),
        Some(ScopeCommand::Sequences(options)) => sequences::sequences(options, terminal),
        Some(ScopeCommand::Frontier(options)) => frontier::frontier(options, terminal),
        Some(ScopeCommand::History(options)) => history::history(options, terminal),
    }
}
