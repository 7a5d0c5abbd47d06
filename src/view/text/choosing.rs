//! The cheapest choice, what each earlier date costs, and the scenario to paste.

use crate::forecast::Optimisation;
use crate::view::choosing::{grids, method, scenario, verdict};
use crate::view::palette::paint;
use crate::view::table::one_line;

use super::drivers::drawn;
use super::headline::plan_size;
use super::path::wrapped;
use super::{Screen, stacked};

/// What to choose.
pub fn optimisation(answer: &Optimisation, screen: &Screen) -> String {
    let palette = screen.palette;
    let run = crate::view::words::run(answer.iterations, answer.sampling, answer.seed);
    let name = paint(palette.heading, &one_line(answer.plan.name.clone()));
    let size = plan_size(&answer.plan);
    let title = format!("{name} {}\n", paint(palette.faint, &format!("· {size} · {run}")));
    let words: Vec<String> = verdict(answer).split(' ').map(str::to_owned).collect();
    let said = wrapped(&words, " ", screen.width);
    let said: String = said.lines().map(|line| format!("  {}\n", line.trim_start())).collect();
    let tables = grids(answer).into_iter().map(|grid| drawn(&grid, screen));
    let patch = scenario(answer).map_or_else(String::new, |patch| {
        let lines: String = patch.lines().map(|line| format!("  {line}\n")).collect();
        format!("  {}\n{lines}", paint(palette.heading, "To paste into the plan"))
    });
    let found = format!("  {}\n", paint(palette.faint, &method(answer)));
    stacked([title, said].into_iter().chain(tables).chain([patch, found]))
}
