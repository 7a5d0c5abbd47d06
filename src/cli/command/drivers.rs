//! `plan drivers PLAN`

use crate::cli::arguments::{Drivers, Format};
use crate::cli::failure::Failure;
use crate::cli::loading::load;
use crate::cli::run::Run;
use crate::cli::terminal::Terminal;
use crate::forecast::DriverReport;
use crate::view::text::Screen;
use crate::view::{csv, json, markdown, text};

use super::folder::Folder;
use super::kinds::{KINDS, Make};
use super::solutions::narrowed;

/// Prints what the plan hangs on and, if asked, writes every form of it and its pictures.
pub(in crate::cli) fn drivers(options: &Drivers, terminal: &mut Terminal) -> Result<(), Failure> {
    let loaded = narrowed(load(&options.plan, terminal)?, &options.only)?;
    let run = Run::new(loaded.plan, loaded.network, options.run, terminal);
    let report = run.drivers(options.kendall);
    if let Some(path) = &options.folder.output {
        folder(&report).write(path, options.folder.force, terminal)?;
    }
    terminal.print(&match options.format {
        Format::Text => text::drivers(&report, &terminal.screen(options.all)),
        Format::Json => json::drivers(&report),
        Format::Csv => csv::drivers(&report),
        Format::Md => markdown::drivers(&report),
    })
}

/// The report in every form, and every picture and table that is made of it.
fn folder(report: &DriverReport) -> Folder {
    let mut folder = Folder::default();
    folder.text("drivers.txt", text::drivers(report, &Screen { width: 160, all: true, ..Screen::default() }));
    folder.text("drivers.json", json::drivers(report));
    folder.text("drivers.md", markdown::drivers(report));
    for kind in KINDS {
        let Make::Drivers(make) = kind.make else { continue };
        if let Some(made) = make(report) {
            folder.text(&format!("{}.{}", kind.name, kind.extension), made);
        }
    }
    folder
}
