//! Contingency, reserve, and where the contingency is needed.

use crate::forecast::ContingencyReport;
use crate::view::palette::paint;
use crate::view::reserving::grids;
use crate::view::table::one_line;

use super::drivers::drawn;
use super::headline::plan_size;
use super::{Screen, stacked};

/// What the plan as written lacks, and where.
pub fn contingency(report: &ContingencyReport, screen: &Screen) -> String {
    let palette = screen.palette;
    let run = crate::view::words::run(report.iterations, report.sampling, report.seed);
    let name = paint(palette.heading, &one_line(report.plan.name.clone()));
    let size = plan_size(&report.plan);
    let title = format!("{name} {}\n", paint(palette.faint, &format!("· {size} · {run}")));
    let tables = grids(report).into_iter().map(|grid| drawn(&grid, screen));
    stacked([title].into_iter().chain(tables))
}
