//! What was counted and kept over a part's iterations, as it lies in the file.

use serde::{Deserialize, Serialize};

use crate::simulate::bins::{Bins, CountedBins};
use crate::simulate::rows::CAP_I32;
use crate::simulate::samples::{PlaceSums, Samples};
use crate::simulate::stretch::Stretch;
use crate::simulate::tally::{Sums, VariableSums, VisitSums};

/// Samples without what is the same in all parts of a run; columns in the order of [`Samples`].
#[derive(Serialize, Deserialize)]
pub(super) struct Counted {
    finish: Vec<i32>,
    cost: Vec<f64>,
    categories: Vec<Vec<f64>>,
    stages: Vec<Vec<f64>>,
    kept_costs: Vec<Vec<f64>>,
    kept: Vec<Vec<i32>>,
    delivered: Option<Vec<bool>>,
    delivered_count: u64,
    capped: u64,
    near: u64,
    visits: Vec<VisitSums>,
    bins: CountedBins,
    variables: Vec<VariableSums>,
    places: PlaceSums,
}

impl Counted {
    /// What samples hold of their own.
    pub(super) fn of(samples: Samples) -> Self {
        // Named one by one, so that none can be forgotten.
        let Samples {
            // The same in all parts of a run, or on the label.
            seed: _,
            sampling: _,
            whole: _,
            finish_at_means: _,
            pilot: _,
            draw_variance: _,
            first: _,
            iterations: _,
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
        } = samples;
        Self {
            finish,
            cost,
            categories: columns(categories),
            stages: columns(stages),
            kept_costs,
            kept: columns(kept),
            delivered,
            delivered_count,
            capped,
            near,
            visits,
            bins: bins.counted(),
            variables,
            places,
        }
    }

    /// The samples of these iterations, in the run that other samples are of; none if there can be no
    /// such samples.
    pub(super) fn samples(self, run: &Samples, stretch: Stretch) -> Option<Samples> {
        let count = stretch.count();
        if !self.fits(run, count) {
            return None;
        }
        Some(Samples {
            iterations: count,
            first: stretch.first(),
            whole: run.whole,
            seed: run.seed,
            sampling: run.sampling,
            finish: self.finish,
            cost: self.cost,
            categories: named(&run.categories, self.categories),
            stages: named(&run.stages, self.stages),
            kept_costs: self.kept_costs,
            delivered: self.delivered,
            delivered_count: self.delivered_count,
            capped: self.capped,
            near: self.near,
            finish_at_means: run.finish_at_means,
            pilot: run.pilot.clone(),
            kept: named(&run.kept, self.kept),
            visits: self.visits,
            bins: Bins::of(self.bins, &run.bins, count)?,
            variables: self.variables,
            draw_variance: run.draw_variance.clone(),
            places: self.places,
        })
    }

    /// Whether this can have been counted over so many iterations of a run. What passes is added up
    /// and shown without further checks, so none may be larger than it can honestly be.
    fn fits(&self, run: &Samples, count: u64) -> bool {
        let Self { finish, cost, categories, stages, kept_costs, kept, .. } = self;
        let Self { delivered, delivered_count, capped, near, visits, bins: _, variables, places, .. } = self;
        let deliveries =
            delivered.as_ref().map_or(count, |column| column.iter().filter(|it| **it).count() as u64);
        let money = |column: &Vec<f64>| {
            column.len() as u64 == count && column.iter().all(|money| money.abs() <= MOST_MONEY)
        };
        let times = |column: &Vec<i32>| {
            column.len() as u64 == count
                && column.iter().all(|time| time.unsigned_abs() <= CAP_I32 as u32 + 1)
        };
        times(finish)
            && money(cost)
            && categories.len() == run.categories.len()
            && stages.len() == run.stages.len()
            && kept_costs.len() == run.kept_costs.len()
            && categories.iter().chain(stages).chain(kept_costs).all(money)
            && kept.len() == run.kept.len()
            && kept.iter().all(times)
            && delivered.is_some() == run.delivered.is_some()
            && delivered.as_ref().is_none_or(|column| column.len() as u64 == count)
            && *delivered_count == deliveries
            && *capped.max(near) <= count
            && visits.len() == run.visits.len()
            && visits.iter().all(|sums| sums.is_possible(count))
            && variables.len() == run.variables.len()
            && variables.iter().all(|sums| sums.is_possible(count))
            && places.is_possible(count)
    }
}

/// Money is added in single precision first: it never is more than fits there.
const MOST_MONEY: f64 = f32::MAX as f64;

/// Columns without what they are of.
fn columns<N, T>(named: Vec<(N, Vec<T>)>) -> Vec<Vec<T>> {
    named.into_iter().map(|(_, column)| column).collect()
}

/// Columns with what those of another part are of.
fn named<N: Copy, T>(names: &[(N, Vec<T>)], columns: Vec<Vec<T>>) -> Vec<(N, Vec<T>)> {
    names.iter().map(|(name, _)| *name).zip(columns).collect()
}
