//! The cash flow.

use crate::forecast::CashFlow;
use crate::view::flowing;
use crate::view::palette::paint;
use crate::view::table::{Cell, Table, one_line};

use super::drivers::drawn;
use super::{Screen, stacked};

/// What is paid in each period and by its end, and whether the money released is enough.
pub fn cashflow(flow: &CashFlow, screen: &Screen) -> String {
    let name = paint(screen.palette.heading, &one_line(flow.plan.clone()));
    let about = paint(screen.palette.faint, &format!("· {}", flowing::about(flow)));
    let grid = flowing::grid(flow);
    stacked([format!("{name} {about}\n"), funding(flow, screen), drawn(&grid, screen)])
}

fn funding(flow: &CashFlow, screen: &Screen) -> String {
    let mut table = Table::new("<~");
    for (what, words) in flowing::funding(flow) {
        table.row([Cell::styled(what, screen.palette.faint), Cell::new(words)]);
    }
    table.draw(screen.width)
}
