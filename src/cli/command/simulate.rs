//! `plan simulate PLAN`

use crate::cli::arguments::{Format, Simulate};
use crate::cli::failure::Failure;
use crate::cli::loading::load;
use crate::cli::run::Run;
use crate::cli::terminal::Terminal;
use crate::forecast::Forecast;
use crate::view::text::Screen;
use crate::view::{csv, json, markdown, text};

use super::folder::Folder;
use super::kinds::{KINDS, Make};

/// Prints the forecast and, if asked, writes every form of it and every picture.
pub(in crate::cli) fn simulate(options: &Simulate, terminal: &mut Terminal) -> Result<(), Failure> {
    let loaded = load(&options.plan, terminal)?;
    let reader = loaded.reader;
    let run = Run::new(loaded.plan, loaded.network, options.run, terminal);
    let forecast = run.forecast();
    if let Some(path) = &options.folder.output {
        folder(&run, &forecast).write(path, options.folder.force, terminal)?;
    }
    terminal.print(&match options.format {
        Format::Text => text::forecast(&forecast, &terminal.screen(options.all)),
        Format::Json => json::simulation(&forecast),
        Format::Csv => csv::percentiles(&forecast),
        Format::Md => markdown::forecast(&forecast),
    })?;
    reader.remark(&forecast.remarks, terminal);
    if forecast.expectations.iter().all(|verdict| verdict.met) { Ok(()) } else { Err(Failure::NotMet) }
}

/// The forecast in every form, and every picture and table that is made of it.
fn folder(run: &Run, forecast: &Forecast) -> Folder {
    let mut folder = Folder::default();
    folder.text("forecast.txt", text::forecast(forecast, &Screen { all: true, ..Screen::default() }));
    folder.text("forecast.json", json::simulation(forecast));
    folder.text("forecast.md", markdown::forecast(forecast));
    for kind in KINDS {
        let Make::Forecast(make) = kind.make else { continue };
        if let Some(made) = make(run, forecast, None) {
            folder.text(&format!("{}.{}", kind.name, kind.extension), made);
        }
    }
    folder
}
