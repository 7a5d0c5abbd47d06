//! `plan scope extrapolate PLAN SOLUTION`, or `--history FILE --target VALUE`

use std::path::{Path, PathBuf};

use crate::cli::arguments::{Extrapolate, PlanOptions};
use crate::cli::command::rendering::rendered;
use crate::cli::command::solutions;
use crate::cli::failure::Failure;
use crate::cli::files::{self, Output};
use crate::cli::loading::load;
use crate::cli::mark;
use crate::cli::terminal::Terminal;
use crate::format::measurements::{self, Measurements};
use crate::model::System;
use crate::scope::{Asked, AskedError, Extrapolation};
use crate::stats::learning::{HistoryError, MOST_POINTS, Scale, USUAL_STALL};
use crate::view::{chart, json, text};

/// How many wrong lines are named.
const NAMED: usize = 12;

/// Says whether a metric gets to its target, and draws it if asked.
pub(super) fn extrapolate(options: &Extrapolate, terminal: &mut Terminal) -> Result<(), Failure> {
    let asked = asked(options, terminal)?;
    let file = options.history.as_ref().or(options.plan.as_ref());
    let file = file.map_or(Path::new(""), PathBuf::as_path);
    let it = Extrapolation::of(asked).map_err(|error| failure(&error, file, options.range))?;
    if let Some(path) = &options.output {
        let picture = chart::extrapolation(&it, &it.fan());
        let bytes = match extension(path).as_deref() {
            Some("png") => rendered(&picture, 2.0, terminal)?,
            Some("svg") => mark::marked("svg", picture).into_bytes(),
            _ => return Err(Failure::call("the picture is written as .svg or .png")),
        };
        files::write(&[Output::new(path, bytes)], options.force)?;
    }
    terminal.print(&match options.format.as_str() {
        "json" => json::extrapolation(&it),
        _ => text::extrapolation(&it, &terminal.screen(false)),
    })
}

fn extension(path: &Path) -> Option<String> {
    path.extension().map(|it| it.to_string_lossy().to_lowercase())
}

/// What is asked: of a plan's solution, or of a file.
fn asked(options: &Extrapolate, terminal: &mut Terminal) -> Result<Asked, Failure> {
    match (&options.plan, &options.solution, &options.history, options.target) {
        (Some(plan), Some(key), _, _) => of_plan(plan, key, options, terminal),
        (_, _, Some(history), Some(target)) => of_file(history, target, options),
        _ => Err(Failure::call("a history and a target are needed, or a plan and one of its solutions")),
    }
}

fn of_plan(plan: &Path, key: &str, options: &Extrapolate, terminal: &mut Terminal) -> Result<Asked, Failure> {
    let plan = PlanOptions::plain(plan);
    let plan = load(&plan, terminal)?.plan;
    let id = solutions::one(&plan, key)?;
    let asked = Asked::of_solution(&plan, id).ok_or_else(|| {
        let failure = Failure::call(format!("`{key}` has no history, or its metric has no target"));
        if plan.scoping[id].system == System::New {
            return failure.help(format!(
                "it is a new system: `plan scope PLAN --solution {key}` says what its other evidence comes to"
            ));
        }
        failure.help(format!("like `points = [[1, 0.52], [2, 0.60]]` in `[solution.{key}.evidence.history]`"))
    })?;
    Ok(Asked { target: options.target.unwrap_or(asked.target), limit: options.max.or(asked.limit), ..asked })
}

fn of_file(history: &Path, target: f64, options: &Extrapolate) -> Result<Asked, Failure> {
    let document = files::read(history)?;
    let Measurements { measured, unit } = measurements::read(document.text()).map_err(|wrong| {
        let failure = Failure::call(format!("{} is no history of measurements", document.name()));
        wrong.iter().take(NAMED).fold(failure, |failure, line| failure.help(line.to_string()))
    })?;
    let (low, high) = options.range;
    let (best, worst) = if options.direction == "down" { (low, high) } else { (high, low) };
    let scale = Scale::new(best, worst).ok_or_else(|| Failure::call("a range needs two different ends"))?;
    let name = history.file_name().map(|name| name.to_string_lossy().into_owned());
    Ok(Asked {
        name: name.unwrap_or_else(|| document.name().to_owned()),
        unit: unit.unwrap_or_else(|| "effort".to_owned()),
        scale,
        measured,
        target,
        minimum: options.minimum,
        human: options.hlp.map(|value| (value, !options.hlp_on_other_data)),
        hard_ceiling: options.ceiling,
        has_new_features: false,
        stall: USUAL_STALL,
        limit: options.max,
    })
}

/// Why there is no answer of a file whose metric lies in this range, and the way out.
pub(super) fn failure(error: &AskedError, file: &Path, (low, high): (f64, f64)) -> Failure {
    let file = file.display();
    match error {
        AskedError::History(HistoryError::TooShort) => {
            Failure::call(format!("{file}: a history takes measurements at two efforts at least"))
                .help("measure again after the next iteration")
        }
        AskedError::History(HistoryError::TooLong) => {
            Failure::call(format!("{file}: a history holds at most {MOST_POINTS} measurements"))
                .help("thin it: one measurement per iteration tells all")
        }
        AskedError::History(HistoryError::NotFinite) => {
            Failure::call(format!("{file}: a measurement is not finite"))
        }
        AskedError::OutsideRange(what, value) => {
            Failure::call(format!("{what} is {value}, outside the range {low} to {high}"))
                .help("say where the metric lies, like `--range 0,100`")
        }
        AskedError::NothingPossible => {
            Failure::call("what was measured is better than the ceiling says is possible")
                .help("the ceiling is the best value there can be, like 1 less the share of wrong labels")
        }
        AskedError::LimitPassed(now) => {
            Failure::call(format!("--max lies before the last measurement, which was at {now}"))
                .help("it is the effort by which the target is wanted, counted from the beginning")
        }
    }
}
