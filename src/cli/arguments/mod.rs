//! What may be written on the command line.

mod commands;
mod options;
mod scope;
mod words;

use clap::{Parser, Subcommand, ValueEnum};

pub(super) use commands::{
    CashFlowOptions, Check, Compare, ContingencyOptions, Diff, Drivers, Explain, Export, Init, Man, Merge,
    Optimise, PathOptions, ReplayOptions, Simulate,
};
pub(super) use options::{Changes, Format, Only, PlanOptions, RunOptions, Showing};
pub(super) use scope::{
    Apply, CanvasOptions, Extrapolate, FrontierOptions, History, Scope, ScopeCommand, ScopeReportOptions,
    SequencesOptions,
};
pub(super) use words::{ByWord, MOST_ITERATIONS, Shard, USUAL_ITERATIONS, Wanted};

/// When it will be done, what it will cost, and how sure that is.
///
/// `plan FILE` is `plan simulate FILE`; `-` is standard input. Results go to standard output, remarks
/// to standard error.
///
/// Exit codes: 0 well, 1 the plan has errors, 2 usage or files, 3 an expectation is not met.
#[derive(Debug, Parser)]
#[command(
    name = "plan",
    version,
    arg_required_else_help = true,
    subcommand_required = true,
    max_term_width = 100
)]
pub(super) struct Arguments {
    /// Colours: on a terminal unless NO_COLOR is set, always, or never.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_default_value = true)]
    pub(super) color: Colouring,
    /// Errors and results only: no warnings, no remarks, no progress bar.
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
    /// What to do.
    #[command(subcommand)]
    pub(super) command: Command,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Colouring {
    /// On a terminal unless NO_COLOR is set.
    Auto,
    /// Even into files and pipes.
    Always,
    /// Nowhere.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Start a plan from a commented template.
    Init(Init),
    /// Say every error and warning of a plan at once.
    Check(Check),
    /// Show the critical path of the plan as written: early and late dates, floats, drivers.
    Path(PathOptions),
    /// Forecast finish and cost, how sure they are, and what drives them.
    Simulate(Simulate),
    /// Say what finish and cost hang on: what each risk, stage and milestone adds, and what the plan hides.
    Drivers(Drivers),
    /// Say what is paid in each month or week, how sure that is, and whether the money released is enough.
    Cashflow(CashFlowOptions),
    /// Say what the plan as written lacks at its percentile, of time and money, and where it is needed.
    Contingency(ContingencyOptions),
    /// Find the cheapest options and crash days that meet a date, and what each earlier date costs.
    Optimise(Optimise),
    /// Open one iteration: dates, draws, risks that struck, where the money went.
    Replay(ReplayOptions),
    /// Join the parts of a simulation that was run in shards: exactly what one run gives.
    Merge(Merge),
    /// Set scenarios of a plan, or plans, side by side under the same draws.
    Compare(Compare),
    /// Say what to do at all: feasibility, value, what to fund; or whether a metric gets to its target.
    Scope(Box<Scope>),
    /// Say what changed in meaning from one plan to another, and what each change did to finish and cost.
    Diff(Diff),
    /// Write one picture or table.
    Export(Export),
    /// Explain a diagnostic, a metric, a key of the plan file, or a milestone or risk of a plan.
    Explain(Explain),
    /// Print the JSON Schema of plan files, for editors.
    Schema,
    /// Print completions for a shell.
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or write one for every command.
    Man(Man),
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }
}
