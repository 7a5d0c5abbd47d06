//! Whether the plan's expectations hold, and the chances of its milestones' dates.

use crate::forecast::{Forecast, Stamp, Target, TargetKind, Verdict, VerdictValue};
use crate::view::table::{Cell, Table, fit};
use crate::view::words::{chance, counted, days, interval, money, money_interval, stamp, year};

use super::Screen;
use super::headline::asked;

/// How many dates of milestones are listed at most.
const LISTED: usize = 6;

/// Every expectation with its verdict; nothing if there is none.
pub(super) fn table(forecast: &Forecast, screen: &Screen) -> String {
    if forecast.expectations.is_empty() {
        return String::new();
    }
    let palette = screen.palette;
    let mut table = Table::new("<<<~");
    table.row([Cell::styled("Expectations", palette.heading)]);
    for verdict in &forecast.expectations {
        let (words, style) = match (verdict.too_close, verdict.met) {
            (true, _) => (too_close(forecast.iterations), palette.doubtful),
            (false, true) => ("met".to_owned(), palette.good),
            (false, false) => ("not met".to_owned(), palette.bad),
        };
        table.row([
            verdict.key.as_str().into(),
            Cell::styled(words, style),
            judged_on(verdict, &forecast.plan.currency).into(),
            Cell::styled(fit(&verdict.text, 60), palette.faint),
        ]);
    }
    table.draw(screen.width)
}

/// What is said when the limit lies inside the interval.
pub(in crate::view) fn too_close(iterations: usize) -> String {
    format!("too close to call with {}", counted(iterations, "iteration"))
}

/// The estimate that was compared, with its interval.
pub(in crate::view) fn judged_on(verdict: &Verdict, currency: &str) -> String {
    match verdict.value {
        VerdictValue::Time(at, low, high) => format!("{} ({})", stamp(at), interval(low, high, year(at))),
        VerdictValue::Days(value, low, high) => {
            let [low, high] = [low, high].map(|days| Stamp { days, date: None });
            format!("{} ({})", days(value), interval(low, high, None))
        }
        VerdictValue::Money(value, low, high) => {
            format!("{} ({})", money(value, currency), money_interval(low, high, currency))
        }
        VerdictValue::Chance(share) => chance(share),
        VerdictValue::Never => "never".to_owned(),
    }
}

/// The chances of milestones' deadlines and fixed dates, the least likely first.
pub(super) fn milestone_targets(forecast: &Forecast, screen: &Screen) -> String {
    let mut targets: Vec<(&Target, &str, String)> = forecast
        .targets
        .iter()
        .filter_map(|target| Some((target, milestone(&target.kind)?, wish(target, forecast))))
        .collect();
    if targets.is_empty() {
        return String::new();
    }
    targets.sort_by(|a, b| a.0.chance.share.total_cmp(&b.0.chance.share));
    let mut table = Table::new("<<<");
    table.row([Cell::styled("Dates to keep", screen.palette.heading)]);
    let listed = screen.listed(targets.len(), LISTED);
    for (target, key, wish) in &targets[..listed] {
        table.row([fit(key, 32).into(), wish.as_str().into(), chance(target.chance).into()]);
    }
    table.draw(screen.width) + &screen.left_out(targets.len() - listed)
}

fn milestone(kind: &TargetKind) -> Option<&str> {
    match kind {
        TargetKind::MilestoneDeadline(key, _) | TargetKind::Constraint(key, _, _) => Some(key),
        TargetKind::Deadline(_) | TargetKind::Budget(_) | TargetKind::Both => None,
    }
}

/// `done by 30 Sep 2027`, `must_start 1 Mar 2027`.
fn wish(target: &Target, forecast: &Forecast) -> String {
    let date = asked(&target.kind, forecast);
    match &target.kind {
        TargetKind::Constraint(_, key, _) => format!("{key} {date}"),
        _ => format!("deadline {date}"),
    }
}
