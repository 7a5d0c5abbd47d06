//! What the forecast says of each milestone.

use crate::model::{MilestoneId, Plan};
use crate::network::{Costs, Network, Schedule, VisitId};
use crate::simulate::{Finishes, NEVER, Samples};
use crate::stats::sample::{Interval, RankInterval, Sampled, Scheme, percentile_ranks, rank_of};

use super::clock::Clock;
use super::figures::CONFIDENCE;
use super::targets::due;
use super::{ImproveIterations, Stamp, TimePercentile};

/// One milestone's part of the forecast.
#[derive(Clone, Debug, PartialEq)]
pub struct MilestoneForecast {
    /// Its id in the plan file.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The key of its stage.
    pub stage: Option<String>,
    /// Share of delivered iterations in which it exists. Its dates are of those.
    pub exists: f64,
    /// Share of delivered iterations in which it is critical (start or finish), 0..1.
    pub criticality: f64,
    /// Days by which the headline percentile of the finish moves per day saved here, −1..1; `None` if no
    /// iteration finished near it.
    pub saves: Option<f64>,
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
    /// P5, P10, P25, P50, P75, P80, P90, P95 and the headline's, ascending; none if it never exists.
    pub finish: Vec<TimePercentile>,
    /// Its deadline, if any.
    pub deadline: Option<Stamp>,
    /// What the plan as written spends on it.
    pub planned_cost: f64,
    /// How many iterations it takes; `None` if it does not improve, or never exists.
    pub iterations: Option<ImproveIterations>,
    /// The chance that its check passes the first time; `None` without a check.
    pub passes: Option<f64>,
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
    let ranks = ranks(samples.delivered_count.max(1), plan.confidence.value());
    let reader = Reader { plan, network, samples, schedule, planned, clock, ranks };
    plan.ids().filter(|&id| !plan[id].removed).map(|id| reader.milestone(id)).collect()
}

/// A percentile, and the ranks of its estimate and its interval among all iterations.
struct Ranked {
    p: f64,
    rank: u64,
    interval: RankInterval,
}

fn ranks(iterations: u64, confidence: f64) -> Vec<Ranked> {
    let mut listed = LISTED.to_vec();
    if !listed.contains(&confidence) {
        listed.push(confidence);
        listed.sort_by(f64::total_cmp);
    }
    let ranked =
        |p| Ranked { p, rank: rank_of(iterations, p), interval: percentile_ranks(iterations, p, CONFIDENCE) };
    listed.into_iter().map(ranked).collect()
}

/// Reads each milestone's part from the samples.
struct Reader<'a> {
    plan: &'a Plan,
    network: &'a Network,
    samples: &'a Samples,
    schedule: &'a Schedule,
    planned: &'a Costs,
    clock: Clock<'a>,
    ranks: Vec<Ranked>,
}

impl Reader<'_> {
    fn milestone(&self, id: MilestoneId) -> MilestoneForecast {
        let (plan, samples, clock) = (self.plan, self.samples, self.clock);
        let milestone = &plan[id];
        let visit = self.network.visit_of[id];
        let placed = &self.schedule.early.placed[visit];
        // Iterations follow each other: it is done at the last one's end.
        let last = self.network.last_visit(&self.schedule.early, id).unwrap_or(visit);
        let planned_finish = self.schedule.early.placed[last].finish;
        let planned_costs = self.network.visits_of[id].iter().flat_map(|at| &self.planned.visits[at.index()]);
        let counted = samples.counted(visit);
        let (mean, sd) = (samples.mean_finish(visit), samples.sd_finish(visit));
        let is_on_plan = self.network[visit].timeline == 0;
        // Of what never exists, the plan as written is all there is to say.
        let start_mean = match (counted, is_on_plan) {
            (0, _) => clock.visit_start(visit, placed.start),
            (_, true) => clock.visit_start(visit, samples.mean_start(visit).round() as i64),
            (_, false) => clock.plan_start(samples.mean_start_on_plan(visit).round() as i64),
        };
        let finish_mean = match (counted, is_on_plan) {
            (0, _) => clock.visit_finish(last, planned_finish),
            (_, true) => clock.visit_finish(visit, mean.round() as i64),
            (_, false) => clock.plan_position(samples.mean_finish_on_plan(visit).round() as i64),
        };
        let days = |position: f64| clock.visit_finish(visit, position.round() as i64).days;
        let is_exact = samples.kept_finishes(visit).is_some();
        MilestoneForecast {
            key: milestone.key.clone(),
            name: milestone.name.clone(),
            stage: milestone.stage.map(|stage| plan[stage].key.clone()),
            exists: counted as f64 / samples.delivered_count.max(1) as f64,
            criticality: samples.criticality(visit),
            saves: (samples.near > 0).then(|| samples.saves(visit)),
            planned_start: clock.visit_start(visit, placed.start),
            planned_finish: clock.visit_finish(last, planned_finish),
            start_mean,
            method: if is_exact { FinishMethod::Exact } else { FinishMethod::Histogram },
            finish_mean,
            finish_sd_days: (days(mean + sd) - days(mean - sd)) / 2.0,
            finish: self.percentiles(visit),
            deadline: milestone.deadline.map(|deadline| due(clock, deadline)),
            planned_cost: planned_costs.sum(),
            iterations: ImproveIterations::of(plan, self.network, samples, id),
            passes: milestone.rework.as_ref().map(|rework| 1.0 - rework.probability.first().unwrap_or(&0.0)),
        }
    }

    fn percentiles(&self, visit: VisitId) -> Vec<TimePercentile> {
        if self.samples.counted(visit) == 0 {
            return Vec::new();
        }
        match self.samples.finishes(visit) {
            Finishes::Counted(histogram) => self.at_ranks(visit, |rank| histogram.at_rank(rank)),
            Finishes::Exact(finishes) if self.samples.scheme() == Scheme::Replicates => {
                self.by_replicates(visit, finishes)
            }
            Finishes::Exact(finishes) => {
                let mut sorted: Vec<i32> = finishes.iter().copied().filter(|&at| at != NEVER).collect();
                sorted.sort_unstable();
                self.at_ranks(visit, |rank| sorted[rank as usize - 1].into())
            }
        }
    }

    /// With intervals by the scatter of the replicates.
    fn by_replicates(&self, visit: VisitId, finishes: &[i32]) -> Vec<TimePercentile> {
        let there = |at: usize| Some(finishes[at]).filter(|&at| at != NEVER).map(f64::from);
        let Some(values) = Sampled::of(finishes.len(), Scheme::Replicates, there) else { return Vec::new() };
        let at = |position: f64| self.clock.visit_finish(visit, position.round() as i64);
        let percentile = |ranked: &Ranked| {
            let Interval { low, high } = values.percentile_interval(ranked.p, CONFIDENCE);
            let value = values.percentile(ranked.p);
            TimePercentile { p: ranked.p, at: at(value), low: at(low), high: at(high) }
        };
        self.ranks.iter().map(percentile).collect()
    }

    fn at_ranks(&self, visit: VisitId, position: impl Fn(u64) -> i64) -> Vec<TimePercentile> {
        let last = self.samples.counted(visit);
        let of_fewer;
        let ranks = if last == self.samples.delivered_count {
            &self.ranks
        } else {
            of_fewer = ranks(last, self.plan.confidence.value());
            &of_fewer
        };
        let at = |rank: u64| self.clock.visit_finish(visit, position(rank.clamp(1, last)));
        let percentile = |ranked: &Ranked| TimePercentile {
            p: ranked.p,
            at: at(ranked.rank),
            low: at(ranked.interval.low),
            high: at(ranked.interval.high),
        };
        ranks.iter().map(percentile).collect()
    }
}
