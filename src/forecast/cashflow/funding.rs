//! Whether the money that is released is enough, and when it runs out.
//!
//! Within a cell of time money is taken to flow evenly; cells end where money is released, so what is missing is
//! most at the end of a cell.

use crate::forecast::figures::{proportion, sorted};
use crate::forecast::{Proportion, Stamp};
use crate::model::Plan;

use super::{CashPeriod, Course, Spread, Waiting, sum};

/// What the money that is released comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Funding {
    /// All that is released.
    pub released: f64,
    /// When money is released, and how much there is then in all.
    pub releases: Vec<(Stamp, f64)>,
    /// How likely it is that more has to be paid than is released, at some time.
    pub runs_out: Proportion,
    /// P10, P50 and P80 of when that is for the first time, of the runs in which it is.
    pub run_out: Option<[Stamp; 3]>,
    /// When it is in the plan as written, if it is.
    pub planned_run_out: Option<Stamp>,
    /// The most that is missing at any time, 0 in runs with enough money.
    pub shortfall: Spread,
    /// What happens if work waits for its money; `None` if no run delivers the plan.
    pub waiting: Option<Waiting>,
}

/// The money released for a period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PeriodFunding {
    /// What is released in it.
    pub released: f64,
    /// What is released by its end.
    pub released_total: f64,
    /// How likely it is that more than that has to be paid, at some time in it.
    pub short: Proportion,
    /// The most that is missing at any time in it, 0 in runs with enough money.
    pub shortfall: Spread,
}

/// Money that is released at a wall second since the plan's anchor.
#[derive(Clone, Copy, Debug)]
pub(super) struct Release {
    pub(super) at: i64,
    pub(super) amount: f64,
}

/// The money that the plan releases, in order of time; what is released before its start is there from the start on.
pub(super) fn releases(plan: &Plan) -> Vec<Release> {
    let anchor = plan.anchor().seconds();
    let release = |(at, money): &(crate::units::Instant, crate::units::Money)| Release {
        at: (at.seconds() - anchor).max(0),
        amount: money.0,
    };
    plan.funding.iter().map(release).collect()
}

/// Less than this share of all money released is a matter of rounding.
const SLIVER: f64 = 1e-9;

/// Says of all periods, and in all, whether the money is enough.
pub(super) fn funding(
    course: &Course<'_>,
    releases: &[Release],
    periods: &mut [CashPeriod],
    waiting: Option<Waiting>,
) -> Funding {
    let all: f64 = releases.iter().map(|release| release.amount).sum();
    let cells = course.paths.iter().map(Vec::len).chain([course.planned.len()]).max().unwrap_or(0);
    let cells = cells.max(course.ledger.cells_of(course.shown - 1).end);
    let released: Vec<f64> = (0..cells).map(|cell| released_by(course, releases, cell)).collect();
    let sliver = SLIVER * all.max(1.0);
    let runs: Vec<Vec<f64>> = course.paths.iter().map(|path| missing(path, &released, sliver)).collect();
    let mut before = 0.0;
    for (at, period) in periods.iter_mut().enumerate() {
        let cells = course.ledger.cells_of(at);
        let worst = |run: &Vec<f64>| run[cells.clone()].iter().copied().fold(0.0, f64::max);
        let worst: Vec<f64> = runs.iter().map(worst).collect();
        let by_its_end = released[cells.end - 1];
        period.funding = Some(PeriodFunding {
            released: by_its_end - before,
            released_total: by_its_end,
            short: proportion(worst.iter().filter(|gap| **gap > 0.0).count(), worst.len()),
            shortfall: Spread::of(worst),
        });
        before = by_its_end;
    }
    let worst: Vec<f64> = runs.iter().map(|run| run.iter().copied().fold(0.0, f64::max)).collect();
    let first = |path: &[f64], run: &[f64]| run_out(course, path, &released, run);
    let run_outs: Vec<f64> =
        course.paths.iter().zip(&runs).filter_map(|(path, run)| first(path, run)).collect();
    let runs_out = proportion(run_outs.len(), runs.len());
    let stamp = |wall: f64| course.clock.moment(wall.round() as i64);
    let run_out = (!run_outs.is_empty()).then(|| {
        let run_outs = sorted(run_outs);
        [0.1, 0.5, 0.8].map(|p| stamp(run_outs.percentile(p)))
    });
    let planned = missing(course.planned, &released, sliver);
    let total = |at: i64| releases.iter().filter(|it| it.at <= at).map(|it| it.amount).sum();
    Funding {
        released: all,
        releases: releases.iter().map(|it| (course.clock.moment(it.at), total(it.at))).collect(),
        runs_out,
        run_out,
        planned_run_out: first(course.planned, &planned).map(stamp),
        shortfall: Spread::of(worst),
        waiting,
    }
}

/// What is released by the beginning of a cell, and so throughout it.
fn released_by(course: &Course<'_>, releases: &[Release], cell: usize) -> f64 {
    let begin = course.ledger.begin(cell);
    releases.iter().filter(|release| release.at <= begin).map(|release| release.amount).sum()
}

/// What is missing at the end of each cell: what is paid by then less what is released, at least 0.
fn missing(path: &[f64], released: &[f64], sliver: f64) -> Vec<f64> {
    let mut paid = 0.0;
    let gap = |(cell, released): (usize, &f64)| {
        paid += path.get(cell).copied().unwrap_or(0.0);
        if paid - released > sliver { paid - released } else { 0.0 }
    };
    released.iter().enumerate().map(gap).collect()
}

/// The wall second at which more is paid than released for the first time.
fn run_out(course: &Course<'_>, path: &[f64], released: &[f64], missing: &[f64]) -> Option<f64> {
    let cell = missing.iter().position(|gap| *gap > 0.0)?;
    let (begin, end) = (course.ledger.begin(cell), course.ledger.begin(cell + 1));
    let left = (released[cell] - sum(path, 0..cell)).max(0.0);
    let paid = path.get(cell).copied().unwrap_or(0.0);
    let share = if paid > 0.0 { (left / paid).clamp(0.0, 1.0) } else { 0.0 };
    Some(begin as f64 + share * (end - begin) as f64)
}
