//! What remains to be done and to be spent, over time, with its band.

use crate::model::Plan;
use crate::network::{Network, Schedule};
use crate::simulate::{Samples, Settings, observe};
use crate::stats::sample::Sorted;

use super::burner::{Burner, Run};
use super::clock::Clock;
use super::figures::sorted;
use super::fuel::Fire;
use super::time;
use super::{Stamp, targets};

/// What burns down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BurnKind {
    /// Work: person-days, or days of duration in a plan without people.
    Work,
    /// Money: the budget (without one, the deterministic cost) minus what is spent.
    Money,
}

/// Remaining work or money over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Burndown {
    /// What burns down.
    pub kind: BurnKind,
    /// `person-days`, `days`, or the plan's currency.
    pub unit: String,
    /// The plan's name.
    pub plan: String,
    /// How much there is at the start.
    pub total: f64,
    /// The grid, ascending in time: of delivered iterations, or of all where none is delivered.
    pub points: Vec<BurnPoint>,
    /// What remains in iterations that fail; `None` where none does.
    pub failing: Option<FailingBurndown>,
    /// The plan's deadline.
    pub deadline: Option<Stamp>,
    /// How many iterations the band rests on.
    pub iterations: usize,
    /// Money only: the share of iterations in which it runs out before the plan is done.
    pub runs_out: Option<f64>,
    /// Money only: half of those iterations have run out by then.
    pub run_out_median: Option<Stamp>,
}

/// What remains, at each point of the grid, in iterations that do not deliver the plan. What is not done when
/// one fails remains from then on.
#[derive(Clone, Debug, PartialEq)]
pub struct FailingBurndown {
    /// Their share of the iterations that the burndown rests on.
    pub share: f64,
    /// The band, one for each point of the grid.
    pub bands: Vec<BurnBand>,
}

/// The band of what remains at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BurnBand {
    /// P10 of what remains.
    pub p10: f64,
    /// P50 of what remains.
    pub p50: f64,
    /// P90 of what remains.
    pub p90: f64,
}

/// What remains at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BurnPoint {
    /// The moment.
    pub at: Stamp,
    /// What the plan as written says remains.
    pub planned: f64,
    /// P10 of what remains.
    pub p10: f64,
    /// P50 of what remains.
    pub p50: f64,
    /// P90 of what remains.
    pub p90: f64,
}

/// Steps of the grid.
const STEPS: usize = 128;
/// The band rests on at most this many iterations.
const MOST_ITERATIONS: u64 = 2_048;
/// The grid ends at this percentile of the finish, or at the deadline if that is later.
const LAST_PERCENTILE: f64 = 0.99;
/// The engine adds money in single precision: what is above by this share is not yet more.
const ROUNDING: f64 = 1e-6;

impl Burndown {
    /// Work and, if anything costs anything, money over time. The first iterations of the same
    /// simulation are run again, and looked at one by one.
    pub fn of(plan: &Plan, network: &Network, settings: &Settings, samples: &Samples) -> Vec<Self> {
        let schedule = network.schedule();
        let clock = Clock::of(plan, network);
        let step = grid_step(plan, network, samples, &schedule, clock);
        let iterations = samples.iterations.min(MOST_ITERATIONS);
        let mut fires = vec![Fire::of_work(plan, network, &schedule)];
        if network.costs_something() {
            fires.push(Fire::of_money(plan, network, &schedule));
        }
        let mut burner = Burner::new(network, STEPS + 1, step);
        let planned = Run::planned(&schedule);
        let planned: Vec<Vec<f64>> = fires.iter().map(|fire| burner.remaining(fire, &planned)).collect();
        let mut observed = vec![vec![Vec::new(); STEPS + 1]; fires.len()];
        let mut delivered = Vec::with_capacity(iterations as usize);
        observe(network, settings, 0..iterations, |rows| {
            for lane in 0..rows.count {
                delivered.push(rows.is_delivered(lane));
                let run = Run::observed(rows, lane);
                for (fire, columns) in fires.iter().zip(&mut observed) {
                    let remaining = burner.remaining(fire, &run);
                    columns.iter_mut().zip(remaining).for_each(|(column, value)| column.push(value));
                }
            }
        });
        let frame = Frame { plan, clock, step, delivered, costs: &samples.cost };
        let parts = fires.into_iter().zip(planned).zip(observed);
        parts.map(|((fire, planned), columns)| frame.burndown(&fire, &planned, columns)).collect()
    }
}

fn grid_step(
    plan: &Plan,
    network: &Network,
    samples: &Samples,
    schedule: &Schedule,
    clock: Clock<'_>,
) -> f64 {
    let finishes = time::arrivals(samples, f64::from);
    let last = (finishes.percentile(LAST_PERCENTILE) as i64).max(schedule.early.finish);
    let deadline = plan.deadline.map_or(0, |deadline| clock.finish_limit(deadline));
    let end = network.plan_seconds(last).max(network.plan_seconds(deadline.min(last + last / 4)));
    end.max(1) as f64 / STEPS as f64
}

/// What all burndowns of a plan share.
struct Frame<'a> {
    plan: &'a Plan,
    clock: Clock<'a>,
    step: f64,
    /// Whether the plan is delivered, for each iteration.
    delivered: Vec<bool>,
    /// All money of each iteration, also what is paid after the grid.
    costs: &'a [f64],
}

impl Frame<'_> {
    fn burndown(&self, fire: &Fire, planned: &[f64], columns: Vec<Vec<f64>>) -> Burndown {
        let run_out = (fire.kind == BurnKind::Money).then(|| self.run_out(fire.total, &columns));
        let (runs_out, run_out_median) = run_out.map_or((None, None), |(share, at)| (Some(share), at));
        let points = columns.iter().zip(planned).enumerate();
        Burndown {
            kind: fire.kind,
            unit: fire.unit.clone(),
            plan: self.plan.name.clone(),
            total: fire.total,
            points: points.map(|(point, (column, &planned))| self.point(point, column, planned)).collect(),
            failing: self.failing(&columns),
            deadline: self.plan.deadline.map(|deadline| targets::due(self.clock, deadline)),
            iterations: self.delivered.len(),
            runs_out,
            run_out_median,
        }
    }

    fn point(&self, point: usize, column: &[f64], planned: f64) -> BurnPoint {
        let is_ever = self.delivered.contains(&true);
        let BurnBand { p10, p50, p90 } = self.band(column, |delivered| delivered || !is_ever);
        BurnPoint { at: self.at(point as f64), planned, p10, p50, p90 }
    }

    fn failing(&self, columns: &[Vec<f64>]) -> Option<FailingBurndown> {
        let failing = self.delivered.iter().filter(|delivered| !**delivered).count();
        let bands = || columns.iter().map(|column| self.band(column, |delivered| !delivered)).collect();
        let share = failing as f64 / self.delivered.len() as f64;
        (failing > 0).then(|| FailingBurndown { share, bands: bands() })
    }

    /// The band over some of the iterations, chosen by whether they deliver.
    fn band(&self, column: &[f64], is_of: impl Fn(bool) -> bool) -> BurnBand {
        let chosen = column.iter().zip(&self.delivered).filter(|(_, delivered)| is_of(**delivered));
        let chosen = sorted(chosen.map(|(remaining, _)| *remaining).collect());
        let [p10, p50, p90] = [0.1, 0.5, 0.9].map(|p| chosen.percentile(p));
        BurnBand { p10, p50, p90 }
    }

    /// The share of iterations whose money runs out, and when half of those have: nothing, if that is after the
    /// grid.
    fn run_out(&self, total: f64, columns: &[Vec<f64>]) -> (f64, Option<Stamp>) {
        let later = |lane: usize| (self.costs[lane] > total * (1.0 + ROUNDING)).then_some(f64::INFINITY);
        let crossings: Vec<f64> = (0..self.delivered.len())
            .filter_map(|lane| crossing(columns.iter().map(|column| column[lane])).or_else(|| later(lane)))
            .collect();
        let share = crossings.len() as f64 / self.delivered.len() as f64;
        let median = Sorted::new(crossings).map(|crossings| crossings.percentile(0.5));
        (share, median.filter(|median| median.is_finite()).map(|median| self.at(median)))
    }

    fn at(&self, point: f64) -> Stamp {
        self.clock.plan_position((point * self.step).round() as i64)
    }
}

/// Where a falling line first goes below zero, in steps; a sliver of rounding is no crossing.
fn crossing(remaining: impl Iterator<Item = f64>) -> Option<f64> {
    let mut before: Option<f64> = None;
    for (point, value) in remaining.enumerate() {
        if value < -1e-6 * before.unwrap_or(value).abs().max(1.0) {
            let from = before.map_or(0.0, |before| before.max(0.0) / (before.max(0.0) - value));
            return Some(if point == 0 { 0.0 } else { point as f64 - 1.0 + from });
        }
        before = Some(value);
    }
    None
}
