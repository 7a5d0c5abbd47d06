//! `plan simulate PLAN`

use crate::cli::arguments::{Format, Showing, Simulate};
use crate::cli::failure::Failure;
use crate::cli::loading::{Reader, load};
use crate::cli::run::Run;
use crate::cli::terminal::Terminal;
use crate::forecast::{Forecast, Period};
use crate::view::text::Screen;
use crate::view::{csv, json, markdown, text};

use super::folder::Folder;
use super::kinds::{KINDS, Make};
use super::shard::shard;
use super::solutions::narrowed;

/// Prints the forecast and, if asked, writes every form of it and every picture.
pub(in crate::cli) fn simulate(options: &Simulate, terminal: &mut Terminal) -> Result<(), Failure> {
    let loaded = narrowed(load(&options.plan, terminal)?, &options.only)?;
    if let Some(wanted) = options.shard {
        return shard(loaded, options, wanted, terminal);
    }
    let run = match options.settling.tolerance() {
        None => Run::new(loaded.plan, loaded.network, options.run, terminal),
        Some(near) => Run::until_settled(loaded.plan, loaded.network, options.run, &near, terminal),
    };
    show(&run, &loaded.reader, &options.showing, terminal)
}

/// Shows a simulated plan in all the ways asked for, and whether its expectations are met.
pub(super) fn show(
    run: &Run,
    reader: &Reader,
    showing: &Showing,
    terminal: &mut Terminal,
) -> Result<(), Failure> {
    let forecast = run.forecast();
    if let Some(path) = &showing.folder.output {
        folder(run, &forecast).write(path, showing.folder.force, terminal)?;
    }
    terminal.print(&match showing.format {
        Format::Text => text::forecast(&forecast, &terminal.screen(showing.all)),
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
    let flow = run.cashflow(Period::Month);
    for kind in KINDS {
        let made = match kind.make {
            Make::Forecast(make) => make(run, forecast, None),
            Make::CashFlow(make) => flow.as_ref().map(make),
            Make::Comparison(_) | Make::Optimisation(_) | Make::Scope(_) | Make::Drivers(_) => None,
        };
        if let Some(made) = made {
            folder.text(&format!("{}.{}", kind.name, kind.extension), made);
        }
    }
    folder
}
