//! `plan path PLAN`

use crate::cli::arguments::{Format, PathOptions};
use crate::cli::failure::Failure;
use crate::cli::loading::load;
use crate::cli::terminal::Terminal;
use crate::forecast::PathReport;
use crate::view::text::Screen;
use crate::view::{csv, json, markdown, text};

use super::folder::Folder;
use super::solutions::narrowed;

/// Milestones with at most so many days of float are near-critical.
pub(super) const NEAR_DAYS: f64 = 5.0;

/// Prints the critical path of the plan as written.
pub(in crate::cli) fn path(options: &PathOptions, terminal: &mut Terminal) -> Result<(), Failure> {
    let loaded = narrowed(load(&options.plan, terminal)?, &options.only)?;
    let report = PathReport::of(&loaded.plan, &loaded.network, NEAR_DAYS);
    if let Some(path) = &options.folder.output {
        let mut folder = Folder::default();
        folder.text("path.txt", text::path(&report, &Screen { width: 160, all: true, ..Screen::default() }));
        folder.text("path.json", json::path(&report));
        folder.text("path.csv", csv::path(&report));
        folder.text("path.md", markdown::path(&report));
        folder.write(path, options.folder.force, terminal)?;
    }
    terminal.print(&match options.format {
        Format::Text => text::path(&report, &terminal.screen(options.all)),
        Format::Json => json::path(&report),
        Format::Csv => csv::path(&report),
        Format::Md => markdown::path(&report),
    })
}
