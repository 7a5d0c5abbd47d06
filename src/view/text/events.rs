//! What may happen: risks, checks that send work back, branches, failures.

use crate::forecast::{Ending, Event, EventKind, Forecast};
use crate::view::table::{Cell, Table, fit};
use crate::view::words::{number, percent};

use super::Screen;

/// How many are listed at most.
const LISTED: usize = 10;

/// Everything that may happen or not, with how likely it is; nothing if nothing may.
pub(super) fn table(forecast: &Forecast, screen: &Screen) -> String {
    if forecast.events.is_empty() {
        return String::new();
    }
    let mut table = Table::new("<>/");
    let faint = |words| Cell::styled(words, screen.palette.faint);
    table.row([Cell::styled("What may happen", screen.palette.heading), faint("chance"), faint("")]);
    let listed = screen.listed(forecast.events.len(), LISTED);
    for event in &forecast.events[..listed] {
        table.row([
            Cell::new(fit(&event.name, 32)),
            Cell::new(likelihood(event)),
            Cell::new(meaning(event, forecast)),
        ]);
    }
    table.draw(screen.width) + &screen.left_out(forecast.events.len() - listed)
}

/// How likely it is, as written or as seen.
pub(in crate::view) fn likelihood(event: &Event) -> String {
    event.probability.or(event.seen).map(percent).unwrap_or_default()
}

/// What its chance is the chance of, and what comes to its end then. What was seen is of the runs that
/// deliver, unlike what is written.
pub(in crate::view) fn meaning(event: &Event, forecast: &Forecast) -> String {
    let where_delivered = if forecast.delivered.share < 1.0 { " where delivered" } else { "" };
    if event.kind == EventKind::Failure && event.ends == Some(Ending::Plan) {
        return "fails, and so does the plan".to_owned();
    }
    let what = match event.kind {
        EventKind::Risk => "risk".to_owned(),
        EventKind::TreatedRisk => "risk, response in force".to_owned(),
        EventKind::Rework => event.seen.map_or_else(
            || "sends work back".to_owned(),
            |repeats| format!("sends work back, {} times on average{where_delivered}", number(repeats, 2)),
        ),
        EventKind::Branch => format!("comes about{where_delivered}"),
        EventKind::Failure => "fails".to_owned(),
        EventKind::LastCheck => "all its checks fail".to_owned(),
        EventKind::Metric => "may miss its minimum".to_owned(),
        EventKind::Data => "its data is of no use".to_owned(),
        EventKind::Technical => "does not work".to_owned(),
    };
    what + &event.ends.as_ref().map_or_else(String::new, consequence)
}

fn consequence(ending: &Ending) -> String {
    match ending {
        Ending::Plan => ": the plan fails".to_owned(),
        Ending::Solution { solution, fallback: None } => format!(": ends {}", solution.0),
        Ending::Solution { solution, fallback: Some(next) } => {
            format!(": ends {}, then {}", solution.0, next.0)
        }
    }
}
