//! `plan scope frontier PLAN`

use crate::cli::arguments::{Format, FrontierOptions, PlanOptions};
use crate::cli::command::solutions;
use crate::cli::failure::Failure;
use crate::cli::loading::load;
use crate::cli::terminal::Terminal;
use crate::scope::ScopeReport;
use crate::view::{csv, json, page, text};

use super::settings;

/// Says which sets of solutions no cheaper one beats, and which of them to fund.
pub(super) fn frontier(options: &FrontierOptions, terminal: &mut Terminal) -> Result<(), Failure> {
    let changes = options.terms.onto(&options.plan.changes);
    let loaded = load(&PlanOptions { changes, ..options.plan.clone() }, terminal)?;
    solutions::refuse_none(&loaded.plan)?;
    let report = ScopeReport::of(&loaded.plan, &settings(&loaded, options.run));
    let report = report.map_err(|error| Failure::call(error.to_string()))?;
    terminal.print(&match options.format {
        Format::Text => text::frontier(&report, options.all, &terminal.screen(true)),
        Format::Json => json::frontier(&report, options.all),
        Format::Csv => csv::frontier(&report, options.all),
        Format::Md => page::frontier(&report, options.all),
    })
}
