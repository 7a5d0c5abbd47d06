//! `plan optimise PLAN`

use crate::cli::arguments::{ByWord, Format, Optimise, RunOptions};
use crate::cli::failure::Failure;
use crate::cli::loading::{Loaded, load};
use crate::cli::run::{optimised, settings};
use crate::cli::terminal::Terminal;
use crate::forecast::{Aim, By, Optimisation, nothing_to_optimise};
use crate::model::Plan;
use crate::units::When;
use crate::view::text::Screen;
use crate::view::{chart, csv, json, markdown, text};

use super::folder::Folder;

/// Prints the cheapest choice and what each earlier date costs and, if asked, writes every form of it.
pub(in crate::cli) fn optimise(options: &Optimise, terminal: &mut Terminal) -> Result<(), Failure> {
    let loaded = load(&options.plan, terminal)?;
    let aim = aim(options, &loaded.plan)?;
    let answer = cheapest(&loaded, &aim, options.run, terminal)?;
    if let Some(path) = &options.folder.output {
        folder(&answer).write(path, options.folder.force, terminal)?;
    }
    terminal.print(&match options.format {
        Format::Text => text::optimisation(&answer, &terminal.screen(options.all)),
        Format::Json => json::optimisation(&answer),
        Format::Csv => csv::optimisation(&answer),
        Format::Md => markdown::optimisation(&answer),
    })
}

/// The cheapest choices of a plan; refused where there is nothing to choose or to reach.
pub(super) fn cheapest(
    loaded: &Loaded,
    aim: &Aim,
    options: RunOptions,
    terminal: &mut Terminal,
) -> Result<Optimisation, Failure> {
    let missing = nothing_to_optimise(&loaded.plan, aim);
    if !missing.is_empty() {
        return Err(loaded.reader.refuse(&missing, terminal));
    }
    let settings = settings(&loaded.plan, &loaded.network, options);
    Ok(optimised(&loaded.plan, &loaded.network, &settings, aim, terminal))
}

fn aim(options: &Optimise, plan: &Plan) -> Result<Aim, Failure> {
    let by = match options.by {
        None => None,
        Some(ByWord::Date(date)) if plan.start.is_some() => Some(By::Date(When::Day(date))),
        Some(ByWord::Date(_)) => {
            let failure = Failure::call("a plan without a start has no dates");
            return Err(failure.help("say in how much working time, like `--by 120d`"));
        }
        Some(ByWord::Span(span)) => Some(By::Work(span.seconds(&plan[plan.calendar]).round() as i64)),
    };
    Ok(Aim { by, confidence: options.both.or(options.confidence), within_budget: options.both.is_some() })
}

fn folder(answer: &Optimisation) -> Folder {
    let mut folder = Folder::default();
    let wide = Screen { width: 160, all: true, ..Screen::default() };
    folder.text("optimise.txt", text::optimisation(answer, &wide));
    folder.text("optimise.json", json::optimisation(answer));
    folder.text("optimise.md", markdown::optimisation(answer));
    folder.text("frontier.csv", csv::optimisation(answer));
    folder.text("frontier.svg", chart::frontier(answer));
    folder
}
