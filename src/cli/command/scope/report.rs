//! `plan scope PLAN`

use crate::cli::arguments::{Format, PlanOptions, ScopeReportOptions};
use crate::cli::command::solutions;
use crate::cli::failure::Failure;
use crate::cli::loading::load;
use crate::cli::terminal::Terminal;
use crate::scope::ScopeReport;
use crate::view::{csv, json, page, text};

use super::settings;

/// Says what to do at all: feasibility, value, what to fund.
pub(super) fn report(options: &ScopeReportOptions, terminal: &mut Terminal) -> Result<(), Failure> {
    let Some(plan) = options.plan.clone() else {
        return Err(Failure::call("a plan is needed")
            .help("like `plan scope plan.toml`, or `plan scope extrapolate --history FILE --target VALUE`"));
    };
    let plan = PlanOptions {
        plan,
        scenario: options.scenario.clone(),
        changes: options.terms.onto(&options.changes),
    };
    let loaded = load(&plan, terminal)?;
    solutions::refuse_none(&loaded.plan)?;
    let one = options.solution.as_ref().map(|key| solutions::one(&loaded.plan, key)).transpose()?;
    let settings = settings(&loaded, options.run);
    let report =
        ScopeReport::of(&loaded.plan, &settings).map_err(|error| Failure::call(error.to_string()))?;
    let one = one.map(|id| &report.solutions[id.index()]);
    let screen = terminal.screen(false);
    terminal.print(&match (options.format, one) {
        (Format::Text, Some(one)) => text::solution(&report, one, &screen),
        (Format::Text, None) if options.scores => {
            text::scope(&report, &screen) + &text::scores(&report, &screen)
        }
        (Format::Text, None) => text::scope(&report, &screen),
        (Format::Json, _) => json::scope(&report),
        (Format::Csv, _) => csv::scope(&report),
        (Format::Md, _) if options.scores => page::scope(&report) + &page::scores(&report),
        (Format::Md, _) => page::scope(&report),
    })
}
