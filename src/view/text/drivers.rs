//! What the plan hangs on.

use crate::forecast::DriverReport;
use crate::view::driving::{Grid, Words, delivered, grids};
use crate::view::palette::paint;
use crate::view::table::{Cell, Table, fit, one_line};

use super::headline::plan_size;
use super::{Screen, paragraph, stacked};

/// On wider terminals names are not cut.
const NARROW: usize = 100;

/// What each uncertain thing adds, what the plan as written hides, how milestones matter, which paths drive.
pub fn drivers(report: &DriverReport, screen: &Screen) -> String {
    let palette = screen.palette;
    let run = crate::view::words::run(report.iterations, report.sampling, report.seed);
    let name = paint(palette.heading, &one_line(report.plan.name.clone()));
    let size = plan_size(&report.plan);
    let mut title = format!("{name} {}\n", paint(palette.faint, &format!("· {size} · {run}")));
    let caveat = "± is the 95 % interval of the simulation: the error of the inputs is larger";
    let grids = grids(report);
    let tables = grids.iter().map(|grid| drawn(grid, screen));
    let caveat = format!("  {}\n", paint(palette.faint, caveat));
    if let Some(delivered) = delivered(report) {
        title.push_str(&paragraph(&delivered, anstyle::Style::new(), screen));
    }
    stacked([title].into_iter().chain(tables).chain([caveat]))
}

/// A grid as a table below its title.
pub(super) fn drawn(grid: &Grid, screen: &Screen) -> String {
    let palette = screen.palette;
    let mut table = Table::new(grid.sides).gap(2);
    let has_headings = grid.headings.iter().any(|words| !words.is_empty());
    if has_headings {
        table.row(grid.headings.iter().map(|words| Cell::styled(words.as_str(), palette.faint)));
    }
    let listed = screen.listed(grid.rows.len(), grid.usual);
    let columns = grid.sides.as_bytes();
    for row in &grid.rows[..listed] {
        let cell = |(column, words): (usize, &Words)| {
            let style = if words.is_noise { palette.faint } else { anstyle::Style::new() };
            let is_name = columns.get(column) == Some(&b'<');
            let is_long = is_name && screen.width < NARROW;
            let text = if is_long { fit(&words.text, grid.names) } else { words.text.clone() };
            Cell::styled(text, style)
        };
        table.row(row.iter().enumerate().map(cell));
    }
    let mut text = table.draw(screen.width);
    if !grid.title.is_empty() {
        text.insert_str(0, &format!("  {}\n", paint(palette.heading, &grid.title)));
    }
    text.push_str(&screen.left_out(grid.rows.len() - listed));
    if !grid.note.is_empty() {
        text.push_str(&paragraph(&grid.note, palette.faint, screen));
    }
    text
}
