//! `plan scope sequences PLAN`

use crate::cli::arguments::{Format, SequencesOptions};
use crate::cli::command::solutions;
use crate::cli::failure::Failure;
use crate::cli::loading::load;
use crate::cli::terminal::Terminal;
use crate::scope::Sequences;
use crate::view::{csv, json, page, text};

use super::settings;

/// Says which solution of a group to try first, and which when that fails.
pub(super) fn sequences(options: &SequencesOptions, terminal: &mut Terminal) -> Result<(), Failure> {
    let loaded = load(&options.plan, terminal)?;
    solutions::refuse_none(&loaded.plan)?;
    let answer = Sequences::of(&loaded.plan, &settings(&loaded, options.run));
    let answer = answer.map_err(|error| Failure::call(error.to_string()))?;
    terminal.print(&match options.format {
        Format::Text => text::sequences(&answer, &terminal.screen(true)),
        Format::Json => json::sequences(&answer),
        Format::Csv => csv::sequences(&answer),
        Format::Md => page::sequences(&answer),
    })
}
