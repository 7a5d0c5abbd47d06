//! `plan scope …`

mod extrapolate;

use crate::cli::arguments::{Scope, ScopeCommand};
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;

/// Runs a command of scoping.
pub(in crate::cli) fn scope(options: &Scope, terminal: &mut Terminal) -> Result<(), Failure> {
    match &options.command {
        ScopeCommand::Extrapolate(options) => extrapolate::extrapolate(options, terminal),
    }
}
