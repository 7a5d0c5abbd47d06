//! `plan scope …`

mod apply;
mod extrapolate;
mod history;
mod report;

use crate::cli::arguments::{Scope, ScopeCommand};
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;

/// Runs a command of scoping.
pub(in crate::cli) fn scope(options: &Scope, terminal: &mut Terminal) -> Result<(), Failure> {
    match &options.command {
        None => report::report(&options.report, terminal),
        Some(ScopeCommand::Apply(options)) => apply::apply(options, terminal),
        Some(ScopeCommand::Extrapolate(options)) => extrapolate::extrapolate(options, terminal),
        Some(ScopeCommand::History(options)) => history::history(options, terminal),
    }
}
