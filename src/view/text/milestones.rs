//! What drives the finish: the milestones that are critical, and the uncertainties it follows.

use crate::forecast::{Forecast, MilestoneForecast};
use crate::view::spark::bar;
use crate::view::table::{Cell, Table, fit};
use crate::view::words::{number, percent, percentile, stamp};

use super::Screen;
use super::headline::{at_p, stamp_in_brackets};

/// How many milestones are listed at most.
const LISTED: usize = 10;
/// How many uncertain quantities are listed at most.
const LISTED_DRIVERS: usize = 5;
/// Terminals at least so wide see criticality as bars, too.
const WIDE: usize = 96;
/// The length of such a bar.
const BAR: usize = 10;
/// Rank correlations below this are noise to a reader.
const FAINTEST: f64 = 0.05;

/// Milestones, the most critical first: criticality, what a day saved saves, and the finish.
pub(super) fn table(forecast: &Forecast, screen: &Screen) -> String {
    if forecast.milestones.is_empty() {
        return String::new();
    }
    let palette = screen.palette;
    let p = forecast.confidence.value();
    let is_wide = screen.width >= WIDE;
    let mut table = Table::new(if is_wide { "<><><<" } else { "<>><<" });
    let bar_heading = |words| is_wide.then(|| Cell::styled(words, palette.faint));
    let faint = |words: &str| Cell::styled(words, palette.faint);
    table
        .row([Cell::new(""), Cell::new("")].into_iter().chain(bar_heading("")).chain([faint("a day saved")]));
    let headings = [faint("here saves"), faint(&format!("done, {}", percentile(p))), faint("as written")];
    let first = [Cell::styled("What drives it", palette.heading), faint("criticality")];
    table.row(first.into_iter().chain(bar_heading("")).chain(headings));
    let ordered = most_critical_first(&forecast.milestones);
    let listed = screen.listed(ordered.len(), LISTED);
    for milestone in &ordered[..listed] {
        let finish = at_p(&milestone.finish, p, |it| it.p).map(stamp_in_brackets).unwrap_or_default();
        let name = Cell::new(fit(&milestone.name, 32));
        let criticality = Cell::new(percent(milestone.criticality));
        let bar = is_wide.then(|| Cell::styled(bar(milestone.criticality, BAR), palette.ink));
        let saves = Cell::new(saves(milestone));
        let dates = [finish.into(), faint(&stamp(milestone.planned_finish))];
        table.row([name, criticality].into_iter().chain(bar).chain([saves]).chain(dates));
    }
    table.draw(screen.width) + &screen.left_out(ordered.len() - listed)
}

/// The most critical first; those alike by what they save, then in file order.
pub(in crate::view) fn most_critical_first(milestones: &[MilestoneForecast]) -> Vec<&MilestoneForecast> {
    let mut ordered: Vec<_> = milestones.iter().collect();
    ordered.sort_by(|a, b| {
        b.criticality
            .total_cmp(&a.criticality)
            .then_with(|| b.saves.unwrap_or(0.0).total_cmp(&a.saves.unwrap_or(0.0)))
    });
    ordered
}

/// The uncertain quantities that finish and cost follow most.
pub(super) fn drivers(forecast: &Forecast, screen: &Screen) -> String {
    let palette = screen.palette;
    let strong: Vec<_> = forecast
        .drivers
        .iter()
        .filter(|driver| driver.with_finish.abs().max(driver.with_cost.abs()) >= FAINTEST)
        .collect();
    if strong.is_empty() {
        return String::new();
    }
    let has_cost = forecast.cost.is_some();
    let mut table = Table::new("<>>");
    let title = if has_cost {
        "What finish and cost follow (rank correlation)"
    } else {
        "What it follows (rank correlation)"
    };
    let cost_heading = has_cost.then(|| Cell::styled("cost", palette.faint));
    let headings = [Cell::styled(title, palette.heading), Cell::styled("finish", palette.faint)];
    table.row(headings.into_iter().chain(cost_heading));
    let listed = screen.listed(strong.len(), LISTED_DRIVERS);
    for driver in &strong[..listed] {
        let cost = has_cost.then(|| Cell::new(number(driver.with_cost, 2)));
        table.row(
            [fit(&driver.name, 40).into(), number(driver.with_finish, 2).into()].into_iter().chain(cost),
        );
    }
    table.draw(screen.width) + &screen.left_out(strong.len() - listed)
}

/// What a day saved at a milestone saves; a dash if no iteration finished near the headline.
pub(in crate::view) fn saves(milestone: &MilestoneForecast) -> String {
    milestone.saves.map_or_else(|| "–".to_owned(), |saves| format!("{} d", number(saves, 2)))
}
