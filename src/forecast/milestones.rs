//! What the forecast says of each milestone.

use crate::model::{MilestoneId, Plan};
use crate::network::{Costs, Network, Schedule, VisitId};
use crate::simulate::{Finishes, Samples};
use crate::stats::sample::{RankInterval, percentile_ranks, rank_of};

use super::clock::Clock;
use super::figures::CONFIDENCE;
use super::targets::due;
use super::{Stamp, TimePercentile};

/// One milestone's part of the forecast.
#[derive(Clone, Debug, PartialEq)]
pub struct MilestoneForecast {
    /// Its id in the plan file.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The key of its stage.
    pub stage: Option<String>,
    /// Share of iterations in which it is critical (start or finish), 0..1.
    pub criticality: f64,
    /// Days by which the headline percentile of the finish moves per day saved here, −1..1.
    pub saves: f64,
    /// When the plan as written starts it.
    pub planned_start: Stamp,
    /// When the plan as written finishes it.
    pub planned_finish: Stamp,
    /// Mean start, in days since the plan's start.
    pub start_mean: Stamp,
    /// How the percentiles of its finish were found.
    pub method: FinishMethod,
    /// Mean finish, in days since the plan's start.
    pub finish_mean: Stamp,
    /// Standard deviation of its finish, in days.
    pub finish_sd_days: f64,
    /// P5, P10, P25, P50, P75, P80, P90, P95 and the headline's, ascending.
    pub finish: Vec<TimePercentile>,
    /// Its deadline, if any.
    pub deadline: Option<Stamp>,
    /// What the plan as written spends on it.
    pub planned_cost: f64,
}

/// How percentiles were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FinishMethod {
    /// From all finishes, kept one by one.
    Exact,
    /// From a histogram, interpolated in the bin.
    Histogram,
}

/// The percentiles of a milestone's finish that are listed, besides the headline's.
const LISTED: [f64; 8] = [0.05, 0.10, 0.25, 0.50, 0.75, 0.80, 0.90, 0.95];

/// Every milestone's part of the forecast, in file order, removed ones left out.
pub(super) fn milestones(
    plan: &Plan,
    network: &Network,
    samples: &Samples,
    schedule: &Schedule,
    planned: &Costs,
    clock: Clock<'_>,
) -> Vec<MilestoneForecast> {
    plan.ids()
        .filter(|&id| !plan[id].removed)
        .map(|id| milestone(plan, network, samples, schedule, planned, clock, id))
        .collect()
}

fn milestone(
    plan: &Plan,
    network: &Network,
    samples: &Samples,
    schedule: &Schedule,
    planned: &Costs,
    clock: Clock<'_>,
    id: MilestoneId,
) -> MilestoneForecast {
    let milestone = &plan[id];
    let visit = network.visit_of[id];
    let placed = &schedule.early.placed[visit];
    let (mean, sd) = (samples.mean_finish(visit), samples.sd_finish(visit));
    let days = |position: f64| clock.visit_finish(visit, position.round() as i64).days;
    MilestoneForecast {
        key: milestone.key.clone(),
        name: milestone.name.clone(),
        stage: milestone.stage.map(|stage| plan[stage].key.clone()),
        criticality: samples.criticality(visit),
        saves: samples.saves(visit),
        planned_start: clock.visit_start(visit, placed.start),
        planned_finish: clock.visit_finish(visit, placed.finish),
        start_mean: clock.visit_start(visit, samples.mean_start(visit).round() as i64),
        method: if samples.kept_finishes(visit).is_some() {
            FinishMethod::Exact
        } else {
            FinishMethod::Histogram
        },
        finish_mean: clock.visit_finish(visit, mean.round() as i64),
        finish_sd_days: (days(mean + sd) - days(mean - sd)) / 2.0,
        finish: percentiles(samples, visit, clock, plan.confidence.value()),
        deadline: milestone.deadline.map(|deadline| due(clock, deadline)),
        planned_cost: planned.visits[visit.index()].iter().sum(),
    }
}

fn percentiles(samples: &Samples, visit: VisitId, clock: Clock<'_>, confidence: f64) -> Vec<TimePercentile> {
    let mut listed = LISTED.to_vec();
    if !listed.contains(&confidence) {
        listed.push(confidence);
        listed.sort_by(f64::total_cmp);
    }
    let at_rank: Box<dyn Fn(u64) -> i64> = match samples.finishes(visit) {
        Finishes::Counted(histogram) => Box::new(|rank| histogram.at_rank(rank)),
        Finishes::Exact(finishes) => {
            let mut sorted = finishes.to_vec();
            sorted.sort_unstable();
            Box::new(move |rank| sorted[rank as usize - 1].into())
        }
    };
    let stamp = |rank| clock.visit_finish(visit, at_rank(rank));
    listed
        .into_iter()
        .map(|p| {
            let RankInterval { low, high } = percentile_ranks(samples.iterations, p, CONFIDENCE);
            TimePercentile {
                p,
                at: stamp(rank_of(samples.iterations, p)),
                low: stamp(low.max(1)),
                high: stamp(high.min(samples.iterations)),
            }
        })
        .collect()
}
