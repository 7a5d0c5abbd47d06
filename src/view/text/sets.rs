//! Sets of solutions, and scores of them, on a terminal.

use crate::scope::ScopeReport;
use crate::view::decisions::choice;
use crate::view::palette::paint;
use crate::view::sets::{question, scores as grid_of_scores, sets};
use crate::view::table::one_line;

use super::drivers::drawn;
use super::{Screen, paragraph, stacked};

/// The sets that no cheaper one is worth more than, or all, and the choice.
pub fn frontier(report: &ScopeReport, all: bool, screen: &Screen) -> String {
    let palette = screen.palette;
    let run = crate::view::words::run(report.iterations, "mc", report.seed);
    let name = paint(palette.heading, &one_line(report.plan.clone()));
    let title = format!("{name} {}\n", paint(palette.faint, &format!("· {run}")));
    let question = paragraph(&format!("{}.", question(report)), palette.faint, screen);
    let choice = paragraph(&format!("{}.", choice(report)), palette.strong, screen);
    stacked([title, question, drawn(&sets(report, all), screen), choice])
}

/// Scores of every solution.
pub fn scores(report: &ScopeReport, screen: &Screen) -> String {
    format!("\n{}", drawn(&grid_of_scores(report), screen))
}
