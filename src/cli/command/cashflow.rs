//! `plan cashflow PLAN`

use crate::cli::arguments::{CashFlowOptions, Format};
use crate::cli::failure::Failure;
use crate::cli::loading::load;
use crate::cli::run::Run;
use crate::cli::terminal::Terminal;
use crate::forecast::CashFlow;
use crate::view::text::Screen;
use crate::view::{chart, csv, json, markdown, text};

use super::folder::Folder;
use super::solutions::narrowed;

/// Prints the money by month or week and, if asked, writes every form of it and its picture.
pub(in crate::cli) fn cashflow(options: &CashFlowOptions, terminal: &mut Terminal) -> Result<(), Failure> {
    let loaded = narrowed(load(&options.plan, terminal)?, &options.only)?;
    let run = Run::new(loaded.plan, loaded.network, options.run, terminal);
    let flow = run.cashflow(options.by.into());
    let flow = flow.ok_or_else(|| Failure::call("there is no cash flow of a plan that costs nothing"))?;
    if let Some(path) = &options.folder.output {
        folder(&flow).write(path, options.folder.force, terminal)?;
    }
    terminal.print(&match options.format {
        Format::Text => text::cashflow(&flow, &terminal.screen(options.all)),
        Format::Json => json::cashflow(&flow),
        Format::Csv => csv::cashflow(&flow),
        Format::Md => markdown::cashflow(&flow),
    })
}

/// The cash flow in every form.
fn folder(flow: &CashFlow) -> Folder {
    let mut folder = Folder::default();
    folder.text("cashflow.txt", text::cashflow(flow, &Screen { width: 160, all: true, ..Screen::default() }));
    folder.text("cashflow.json", json::cashflow(flow));
    folder.text("cashflow.csv", csv::cashflow(flow));
    folder.text("cashflow.md", markdown::cashflow(flow));
    folder.text("cashflow.svg", chart::cashflow(flow));
    folder
}
