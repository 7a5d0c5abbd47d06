//! Money by month or week: what is paid in each, what is paid by its end, and whether the money released by then is
//! enough.
//!
//! The first iterations of the same simulation are run again, and every cost of each is placed in time
//! ([`Network::flows`]). In every iteration, the periods and what comes later add up to the cost.

mod band;
mod funding;
mod ledger;
mod periods;
mod waiting;

use crate::model::Plan;
use crate::network::{Network, Values};
use crate::simulate::{Samples, Settings, observe};

use super::Stamp;
use super::clock::Clock;
use super::figures::sorted;
pub use funding::{Funding, PeriodFunding};
use ledger::Ledger;
pub use periods::Period;
use waiting::Waiter;
pub use waiting::{Waiting, WaitingMilestone};

/// The figures rest on at most this many iterations.
const MOST_ITERATIONS: u64 = 2_048;
/// Periods are shown until so many of the iterations have paid everything.
const SHOWN: f64 = 0.99;
/// The share of iterations that run inside the band from beginning to end.
const INSIDE: f64 = 0.8;

/// Money by period.
#[derive(Clone, Debug, PartialEq)]
pub struct CashFlow {
    /// The plan's name.
    pub plan: String,
    /// The currency of all money.
    pub currency: String,
    /// How long each period is.
    pub by: Period,
    /// How many iterations the figures rest on: the first ones of the run.
    pub iterations: usize,
    /// The seed of the run.
    pub seed: u64,
    /// The periods from the plan's start on, without gaps.
    pub periods: Vec<CashPeriod>,
    /// The mean of what is paid after the last of them.
    pub later: f64,
    /// The share of iterations whose whole course of money lies inside the band.
    pub inside: f64,
    /// What the plan as written costs.
    pub planned: f64,
    /// Whether the money that `[funding]` releases is enough.
    pub funding: Option<Funding>,
}

/// The money of one period.
#[derive(Clone, Debug, PartialEq)]
pub struct CashPeriod {
    /// When it begins; the first one with the plan.
    pub from: Stamp,
    /// When it ends: the next one's beginning.
    pub to: Stamp,
    /// What the plan as written pays in it.
    pub planned: f64,
    /// What the plan as written has paid by its end.
    pub planned_total: f64,
    /// What is paid in it.
    pub paid: Spread,
    /// What is paid by its end.
    pub total: Spread,
    /// A band around the P50 of `total`, some standard deviations wide: [`CashFlow::inside`] of all iterations stay
    /// inside the bands of all periods.
    pub band: (f64, f64),
    /// Whether the money released is enough.
    pub funding: Option<PeriodFunding>,
}

/// How an amount is distributed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spread {
    /// Its mean.
    pub mean: f64,
    /// Its P10.
    pub p10: f64,
    /// Its P50.
    pub p50: f64,
    /// Its P80.
    pub p80: f64,
}

impl Spread {
    /// Of these values.
    fn of(values: Vec<f64>) -> Self {
        let values = sorted(values);
        let [p10, p50, p80] = [0.1, 0.5, 0.8].map(|p| values.percentile(p));
        Self { mean: values.mean(), p10, p50, p80 }
    }
}

impl CashFlow {
    /// The money by period; `None` if nothing in the plan costs anything.
    pub fn of(
        plan: &Plan,
        network: &Network,
        settings: &Settings,
        samples: &Samples,
        by: Period,
    ) -> Option<Self> {
        if !network.costs_something() {
            return None;
        }
        let clock = Clock::of(plan, network);
        let schedule = network.schedule();
        let releases = funding::releases(plan);
        let ledger = Ledger::new(network, by.begins(plan), releases.iter().map(|release| release.at));
        let planned = ledger.cells(Values(&schedule.values), &schedule.early);
        let iterations = samples.iterations.min(MOST_ITERATIONS);
        let mut paths = Vec::with_capacity(iterations as usize);
        let mut waiter = (!releases.is_empty()).then(|| Waiter::new(network, &releases));
        observe(network, settings, 0..iterations, |rows| {
            for lane in 0..rows.count {
                let (values, early) = (rows.values(lane), rows.early(lane));
                paths.push(ledger.cells(Values(&values), &early));
                waiter.iter_mut().for_each(|waiter| waiter.run(Values(&values), &early));
            }
        });
        let shown = shown(&ledger, &paths, &planned);
        let course = Course { ledger: &ledger, paths: &paths, planned: &planned, clock, shown };
        let mut periods = course.periods();
        let waiting = waiter.map(|waiter| waiter.waiting(plan, clock));
        let funding = waiting.map(|waiting| funding::funding(&course, &releases, &mut periods, waiting));
        Some(Self {
            plan: plan.name.clone(),
            currency: plan.currency.clone(),
            by,
            iterations: paths.len(),
            seed: settings.seed,
            later: course.later(),
            periods,
            inside: INSIDE,
            planned: planned.iter().sum(),
            funding,
        })
    }
}

/// How many periods are shown: until most iterations, and the plan as written, have paid everything.
fn shown(ledger: &Ledger<'_>, paths: &[Vec<f64>], planned: &[f64]) -> usize {
    let last = |path: &[f64]| path.iter().rposition(|&paid| paid != 0.0).unwrap_or(0);
    let lasts = sorted(paths.iter().map(|path| last(path) as f64).collect());
    let cell = (lasts.percentile(SHOWN) as usize).max(last(planned));
    ledger.period_of(cell) + 1
}

/// The money of all iterations, cell by cell.
struct Course<'a> {
    ledger: &'a Ledger<'a>,
    paths: &'a [Vec<f64>],
    planned: &'a [f64],
    clock: Clock<'a>,
    shown: usize,
}

impl Course<'_> {
    fn periods(&self) -> Vec<CashPeriod> {
        let mut totals = vec![0.0; self.paths.len()];
        let mut planned_total = 0.0;
        let mut columns = Vec::with_capacity(self.shown);
        let mut periods = Vec::with_capacity(self.shown);
        for period in 0..self.shown {
            let cells = self.ledger.cells_of(period);
            let paid: Vec<f64> = self.paths.iter().map(|path| sum(path, cells.clone())).collect();
            totals.iter_mut().zip(&paid).for_each(|(total, paid)| *total += paid);
            let planned = sum(self.planned, cells.clone());
            planned_total += planned;
            let [from, to] = [cells.start, cells.end].map(|cell| self.ledger.begin(cell));
            periods.push(CashPeriod {
                from: self.clock.moment(from),
                to: self.clock.moment(to),
                planned,
                planned_total,
                paid: Spread::of(paid),
                total: Spread::of(totals.clone()),
                band: (0.0, 0.0),
                funding: None,
            });
            columns.push(totals.clone());
        }
        let bands = band::of_rising(band::simultaneous(&columns, INSIDE));
        for (period, (low, high)) in periods.iter_mut().zip(bands) {
            period.band = (low, high);
        }
        periods
    }

    /// The mean of what is paid behind the last period shown.
    fn later(&self) -> f64 {
        let behind = self.ledger.cells_of(self.shown - 1).end;
        let later = |path: &Vec<f64>| sum(path, behind..path.len());
        self.paths.iter().map(later).sum::<f64>() / self.paths.len() as f64
    }
}

/// What a path pays in some cells; it pays nothing beyond its end.
fn sum(path: &[f64], cells: std::ops::Range<usize>) -> f64 {
    path.iter().take(cells.end).skip(cells.start).sum()
}
