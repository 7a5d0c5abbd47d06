//! `plan scope frontier PLAN`

use crate::cli::arguments::{Format, FrontierOptions, PlanOptions};
use crate::cli::failure::Failure;
use crate::cli::loading::load;
use crate::cli::terminal::Terminal;
use crate::view::{csv, json, page, text};

use super::assessed;

/// Says which sets of solutions no cheaper one beats, and which of them to fund.
pub(super) fn frontier(options: &FrontierOptions, terminal: &mut Terminal) -> Result<(), Failure> {
    let changes = options.terms.onto(&options.plan.changes);
    let loaded = load(&PlanOptions { changes, ..options.plan.clone() }, terminal)?;
    let report = assessed(&loaded, options.run)?;
    terminal.print(&match options.format {
        Format::Text => text::frontier(&report, options.all, &terminal.screen(true)),
        Format::Json => json::frontier(&report, options.all),
        Format::Csv => csv::frontier(&report, options.all),
        Format::Md => page::frontier(&report, options.all),
    })
}
