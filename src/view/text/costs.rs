//! Where the money goes: by category and by stage.

use crate::forecast::{CostPart, Forecast};
use crate::view::table::{Cell, Table, fit};
use crate::view::words::money;

use super::Screen;
use super::headline::money_with_interval;

/// Categories and stages with what they cost; nothing if there is but one of each.
pub(super) fn table(forecast: &Forecast, screen: &Screen) -> String {
    let Some(cost) = &forecast.cost else { return String::new() };
    let currency = &forecast.plan.currency;
    let palette = screen.palette;
    let mut table = Table::new("<<<>>");
    let faint = |words| Cell::styled(words, palette.faint);
    table.row([
        Cell::styled("Where the money goes", palette.heading),
        faint("P50"),
        faint("P80"),
        faint("mean"),
        faint("as written"),
    ]);
    let mut parts = 0;
    for group in [&cost.categories, &cost.stages, &cost.by_delivery] {
        // A single part is the whole, which the headline has said.
        if group.len() < 2 {
            continue;
        }
        if parts > 0 {
            table.row([]);
        }
        parts += group.len();
        for part in group {
            table.row(row(part, currency));
        }
    }
    if parts == 0 { String::new() } else { table.draw(screen.width) }
}

fn row(part: &CostPart, currency: &str) -> [Cell; 5] {
    let name = if part.key == "-" { "outside of all stages" } else { &part.name };
    [
        fit(name, 28).into(),
        money_with_interval(&part.p50, currency).into(),
        money_with_interval(&part.p80, currency).into(),
        money(part.mean, currency).into(),
        money(part.deterministic, currency).into(),
    ]
}
