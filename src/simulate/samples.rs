//! What a simulation gives: vectors in the order of iterations, and integers counted over them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::{Category, StageId};
use crate::network::VisitId;
use crate::stats::sample::Scheme;

use super::bins::Bins;
use super::histogram::Histogram;
use super::pilot::Pilot;
use super::program::NEVER;
use super::settings::Sampling;
use super::stretch::Stretch;
use super::tally::{SAVES_ONE, Sums, VariableSums, VisitSums, add_each, is_sum};

/// The outcome of a simulation. Equal plans, seeds and iterations give equal samples, to the bit,
/// on any number of threads and on any processor.
#[derive(Clone, Debug, PartialEq)]
pub struct Samples {
    /// How many iterations these are.
    pub iterations: u64,
    /// The first of them in the whole run, counted from 0.
    pub first: u64,
    /// How many iterations the whole run has.
    pub whole: u64,
    /// How they were drawn.
    pub sampling: Sampling,
    /// Their seed.
    pub seed: u64,
    /// The plan's finish in each iteration, on [`crate::network::Network::axis`].
    pub finish: Vec<i32>,
    /// The plan's cost in each iteration.
    pub cost: Vec<f64>,
    /// The cost of each category in use, in each iteration.
    pub categories: Vec<(Category, Vec<f64>)>,
    /// The cost of each stage in use, in each iteration; money without a stage is in none.
    pub stages: Vec<(StageId, Vec<f64>)>,
    /// For each entry of [`super::Keep::costs`], the cost in each iteration.
    pub kept_costs: Vec<Vec<f64>>,
    /// Whether the plan is delivered in each iteration; `None`: always. Where it isn't, `finish` is when it
    /// fails, and `cost` what is spent until then.
    pub delivered: Option<Vec<bool>>,
    /// In how many iterations the plan is delivered.
    pub delivered_count: u64,
    /// In how many iterations something reached the end of the engine's time, and was cut there.
    pub capped: u64,
    /// In how many iterations the plan finished near the headline: between the pilot's percentiles
    /// eight points below and above it.
    pub near: u64,
    /// The plan's finish if every quantity has its mean, on the same axis: what is left of the
    /// mean finish is merge bias.
    pub finish_at_means: i32,
    /// The pilot run.
    pub pilot: Pilot,
    pub(super) kept: Vec<((u32, bool), Vec<i32>)>,
    pub(super) visits: Vec<VisitSums>,
    pub(super) bins: Bins,
    pub(super) variables: Vec<VariableSums>,
    /// The variance of each variable's kept draws.
    pub(super) draw_variance: Vec<f64>,
    pub(super) places: PlaceSums,
}

/// Sums over all iterations of the places of finish and cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PlaceSums {
    pub(super) finish: i64,
    pub(super) finish_squares: i64,
    pub(super) cost: i64,
    pub(super) cost_squares: i64,
}

impl Sums for PlaceSums {
    fn add(&mut self, other: &Self) {
        let Self { finish, finish_squares, cost, cost_squares } = other;
        self.finish += finish;
        self.finish_squares += finish_squares;
        self.cost += cost;
        self.cost_squares += cost_squares;
    }

    fn is_possible(&self, iterations: u64) -> bool {
        let Self { finish, finish_squares, cost, cost_squares } = *self;
        [finish, finish_squares, cost, cost_squares].iter().all(|&sum| is_sum(sum, iterations))
    }
}

/// Why samples can't be appended to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppendError {
    /// They are not of the same run: another plan, seed, number of iterations, or other things kept.
    OtherRun,
    /// They do not begin where the others end.
    NotNext {
        /// Where they should begin.
        expected: u64,
        /// Where they begin.
        found: u64,
    },
}

/// What is known of the finishes of one visit; positions of its own timeline.
#[derive(Clone, Debug)]
pub enum Finishes<'a> {
    /// All of them, in the order of iterations.
    Exact(&'a [i32]),
    /// How often they fell where.
    Counted(Histogram),
}

impl Samples {
    /// Which iterations of the whole run these are.
    pub fn stretch(&self) -> Stretch {
        Stretch::of_run(self.first, self.iterations)
    }

    /// Appends the samples of the iterations that come next. Both together are, to the bit, what one
    /// simulation of all these iterations gives.
    ///
    /// # Errors
    /// [`AppendError`], if they are not of the same run or do not come next; then nothing is changed.
    pub fn append(&mut self, next: Self) -> Result<(), AppendError> {
        if !self.is_of_same_run(&next) {
            return Err(AppendError::OtherRun);
        }
        let expected = self.first + self.iterations;
        if next.first != expected {
            return Err(AppendError::NotNext { expected, found: next.first });
        }
        // Named one by one, so that none can be forgotten.
        let Self {
            // The same in all parts of a run.
            seed: _,
            sampling: _,
            whole: _,
            finish_at_means: _,
            pilot: _,
            draw_variance: _,
            first: _,
            iterations,
            finish,
            cost,
            categories,
            stages,
            kept_costs,
            kept,
            delivered,
            delivered_count,
            capped,
            near,
            visits,
            bins,
            variables,
            places,
        } = next;
        self.iterations += iterations;
        self.finish.extend(finish);
        self.cost.extend(cost);
        extend_each(self.categories.iter_mut().map(second), categories.into_iter().map(|it| it.1));
        extend_each(self.stages.iter_mut().map(second), stages.into_iter().map(|it| it.1));
        extend_each(self.kept_costs.iter_mut(), kept_costs);
        extend_each(self.kept.iter_mut().map(second), kept.into_iter().map(|it| it.1));
        if let (Some(own), Some(next)) = (&mut self.delivered, delivered) {
            own.extend(next);
        }
        self.delivered_count += delivered_count;
        self.capped += capped;
        self.near += near;
        add_each(&mut self.visits, &visits);
        self.bins.merge(bins);
        self.bins.sort();
        add_each(&mut self.variables, &variables);
        self.places.add(&places);
        Ok(())
    }

    /// Whether other samples are of the same run: with them, all that does not depend on which
    /// iterations were simulated is the same.
    fn is_of_same_run(&self, other: &Self) -> bool {
        self.seed == other.seed
            && self.sampling == other.sampling
            && self.whole == other.whole
            && self.finish_at_means == other.finish_at_means
            && self.pilot == other.pilot
            && self.draw_variance == other.draw_variance
            && names(&self.categories).eq(names(&other.categories))
            && names(&self.stages).eq(names(&other.stages))
            && self.kept_costs.len() == other.kept_costs.len()
            && names(&self.kept).eq(names(&other.kept))
            && self.visits.len() == other.visits.len()
            && self.variables.len() == other.variables.len()
            && self.bins.match_those_of(&other.bins)
    }

    /// The finishes of a visit.
    pub fn finishes(&self, visit: VisitId) -> Finishes<'_> {
        match self.kept_finishes(visit) {
            Some(finishes) => Finishes::Exact(finishes),
            None => Finishes::Counted(self.bins.histogram(visit.index())),
        }
    }

    /// The finish of a visit's milestone in each iteration, if it was kept (the last visits are, as far as
    /// they are not too many); [`NEVER`] where it does not exist, or the plan is not delivered.
    pub fn kept_finishes(&self, visit: VisitId) -> Option<&[i32]> {
        self.kept(visit, false)
    }

    /// The start of a visit in each iteration, if it was kept; [`NEVER`] like a finish.
    pub fn kept_starts(&self, visit: VisitId) -> Option<&[i32]> {
        self.kept(visit, true)
    }

    fn kept(&self, visit: VisitId, start: bool) -> Option<&[i32]> {
        let wanted = (visit.index() as u32, start);
        let found = self.kept.binary_search_by_key(&wanted, |(of, _)| *of).ok()?;
        Some(&self.kept[found].1)
    }

    /// The mean start of a visit that runs in another calendar than the plan, in seconds of the plan's.
    pub fn mean_start_on_plan(&self, visit: VisitId) -> f64 {
        self.mean(visit, self.visits[visit.index()].plan_start)
    }

    /// The mean finish of a visit that runs in another calendar than the plan, in seconds of the plan's.
    pub fn mean_finish_on_plan(&self, visit: VisitId) -> f64 {
        self.mean(visit, self.visits[visit.index()].plan_finish)
    }

    /// The mean start of a visit, in seconds of its timeline.
    pub fn mean_start(&self, visit: VisitId) -> f64 {
        self.mean(visit, self.visits[visit.index()].start)
    }

    /// The mean finish of a visit, in seconds of its timeline.
    pub fn mean_finish(&self, visit: VisitId) -> f64 {
        self.mean(visit, self.visits[visit.index()].finish)
    }

    /// The standard deviation of a visit's finish, in seconds of its timeline.
    pub fn sd_finish(&self, visit: VisitId) -> f64 {
        let sums = &self.visits[visit.index()];
        match self.finishes(visit) {
            Finishes::Counted(histogram) => histogram.sd(sums.finish, sums.squares),
            Finishes::Exact(finishes) => {
                let count = i128::from(sums.counted.max(1));
                let there = finishes.iter().filter(|&&at| at != NEVER);
                let squares: i128 = there.map(|&at| i128::from(at) * i128::from(at)).sum();
                let square = squares * count - i128::from(sums.finish) * i128::from(sums.finish);
                (square as f64 / count as f64 / (count - 1).max(1) as f64).sqrt()
            }
        }
    }

    /// Whether the plan is delivered in an iteration.
    pub fn is_delivered(&self, iteration: usize) -> bool {
        self.delivered.as_ref().is_none_or(|delivered| delivered[iteration])
    }

    /// The plan's finish in an iteration that delivers it.
    pub fn arrival(&self, iteration: usize) -> Option<i32> {
        self.is_delivered(iteration).then(|| self.finish[iteration])
    }

    /// What its iterations have to do with each other.
    pub fn scheme(&self) -> Scheme {
        self.sampling.scheme()
    }

    /// In how many iterations the plan is delivered and the visit exists: of a milestone's first visit,
    /// what its dates are taken over.
    pub fn counted(&self, visit: VisitId) -> u64 {
        u64::from(self.visits[visit.index()].counted)
    }

    /// In how many iterations a visit was critical.
    pub fn critical(&self, visit: VisitId) -> u64 {
        u64::from(self.visits[visit.index()].critical)
    }

    /// In how many iterations a visit's start held the plan's finish.
    pub fn start_critical(&self, visit: VisitId) -> u64 {
        u64::from(self.visits[visit.index()].start_critical)
    }

    /// In how many iterations a visit's finish held the plan's finish.
    pub fn finish_critical(&self, visit: VisitId) -> u64 {
        u64::from(self.visits[visit.index()].finish_critical)
    }

    /// In how many of the iterations near the headline a visit was critical.
    pub fn near_critical(&self, visit: VisitId) -> u64 {
        u64::from(self.visits[visit.index()].near)
    }

    /// The share of delivered iterations in which a visit was critical.
    pub fn criticality(&self, visit: VisitId) -> f64 {
        self.critical(visit) as f64 / self.delivered_count.max(1) as f64
    }

    /// How much earlier the headline date comes per unit of time that a visit's span is shorter:
    /// the mean over the iterations near it. Negative where a shorter span starts later.
    pub fn saves(&self, visit: VisitId) -> f64 {
        self.visits[visit.index()].saves as f64 / SAVES_ONE as f64 / self.near.max(1) as f64
    }

    /// The correlation of a variable's draw with the place of the plan's finish among all: without
    /// ranks, but within a thousandth of Spearman's. 0 where one of them never changes.
    pub fn finish_sensitivity(&self, variable: usize) -> f64 {
        let VariableSums { finish, draw, arrived, arrived_squares, .. } = self.variables[variable];
        let places = (self.places.finish, self.places.finish_squares);
        if self.delivered.is_none() {
            return correlation(self.iterations, finish, places, (draw, self.draw_variance[variable]));
        }
        let count = self.delivered_count.max(1) as f64;
        let mean = arrived as f64 / count;
        let variance = arrived_squares as f64 / count - mean * mean;
        correlation(self.delivered_count, finish, places, (arrived, variance))
    }

    /// The same with the plan's cost.
    pub fn cost_sensitivity(&self, variable: usize) -> f64 {
        let VariableSums { cost, draw, .. } = self.variables[variable];
        let places = (self.places.cost, self.places.cost_squares);
        correlation(self.iterations, cost, places, (draw, self.draw_variance[variable]))
    }

    fn mean(&self, visit: VisitId, sum: i64) -> f64 {
        sum as f64 / self.counted(visit).max(1) as f64
    }
}

/// The correlation from the sum of products, the sums of places and of their squares, and the sum and
/// the variance of draws.
fn correlation(iterations: u64, products: i64, places: (i64, i64), draws: (i64, f64)) -> f64 {
    let count = iterations as f64;
    let covariance = products as f64 - draws.0 as f64 * places.0 as f64 / count;
    let place_variance = places.1 as f64 - places.0 as f64 * places.0 as f64 / count;
    let spread = (draws.1 * count * place_variance).sqrt();
    if spread > 0.0 { (covariance / spread).clamp(-1.0, 1.0) } else { 0.0 }
}

/// Each column, longer by what comes next.
fn extend_each<'a, T: 'a>(
    columns: impl Iterator<Item = &'a mut Vec<T>>,
    next: impl IntoIterator<Item = Vec<T>>,
) {
    columns.zip(next).for_each(|(column, next)| column.extend(next));
}

/// The column of one name.
fn second<N, T>(named: &mut (N, Vec<T>)) -> &mut Vec<T> {
    &mut named.1
}

/// What the columns are of.
fn names<N, T>(columns: &[(N, Vec<T>)]) -> impl Iterator<Item = &N> {
    columns.iter().map(|(name, _)| name)
}

impl fmt::Display for AppendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherRun => f.write_str("they are samples of another run"),
            Self::NotNext { expected, found } => {
                write!(f, "iteration {} comes next, not {}", expected + 1, found + 1)
            }
        }
    }
}

impl std::error::Error for AppendError {}
