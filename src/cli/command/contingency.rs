//! `plan contingency PLAN`

use crate::cli::arguments::{ContingencyOptions, Format};
use crate::cli::failure::Failure;
use crate::cli::loading::load;
use crate::cli::run::Run;
use crate::cli::terminal::Terminal;
use crate::forecast::ContingencyReport;
use crate::view::text::Screen;
use crate::view::{csv, json, markdown, text};

use super::folder::Folder;
use super::solutions::narrowed;

/// Prints what the plan as written lacks, and where it is needed.
pub(in crate::cli) fn contingency(
    options: &ContingencyOptions,
    terminal: &mut Terminal,
) -> Result<(), Failure> {
    let mut loaded = narrowed(load(&options.plan, terminal)?, &options.only)?;
    if let Some(confidence) = options.confidence {
        loaded.plan.confidence = confidence;
    }
    let run = Run::new(loaded.plan, loaded.network, options.run, terminal);
    let report = run.contingency();
    if let Some(path) = &options.folder.output {
        folder(&report).write(path, options.folder.force, terminal)?;
    }
    terminal.print(&match options.format {
        Format::Text => text::contingency(&report, &terminal.screen(options.all)),
        Format::Json => json::contingency(&report),
        Format::Csv => csv::contingency(&report),
        Format::Md => markdown::contingency(&report),
    })
}

fn folder(report: &ContingencyReport) -> Folder {
    let mut folder = Folder::default();
    let wide = Screen { width: 160, all: true, ..Screen::default() };
    folder.text("contingency.txt", text::contingency(report, &wide));
    folder.text("contingency.json", json::contingency(report));
    folder.text("contingency.md", markdown::contingency(report));
    folder.text("contingency.csv", csv::contingency(report));
    folder
}
