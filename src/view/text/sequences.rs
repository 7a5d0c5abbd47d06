//! Orders in which solutions are tried, on a terminal.

use crate::scope::Sequences;
use crate::view::palette::paint;
use crate::view::sequences::{advice, grids};
use crate::view::table::one_line;

use super::drivers::drawn;
use super::{Screen, paragraph, stacked};

/// The orders of every group, and what to do.
pub fn sequences(answer: &Sequences, screen: &Screen) -> String {
    let palette = screen.palette;
    let run = crate::view::words::run(answer.iterations, "mc", answer.seed);
    let name = paint(palette.heading, &one_line(answer.plan.clone()));
    let title = format!("{name} {}\n", paint(palette.faint, &format!("· {run}")));
    let tables = grids(answer).into_iter().filter(|grid| !grid.rows.is_empty());
    let advice =
        advice(answer).into_iter().map(|words| paragraph(&format!("{words}."), palette.strong, screen));
    let tables = tables.map(|grid| drawn(&grid, screen));
    stacked(std::iter::once(title).chain(tables).chain([advice.collect()]))
}
