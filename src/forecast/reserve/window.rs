//! The runs near a percentile.

use rayon::prelude::*;

use crate::network::Network;
use crate::stats::sample::rank_of;

use super::Parts;

/// The most runs that are opened on either side of the percentile.
const MOST: usize = 512;
/// The most visits that are placed, all opened runs together; a few runs are opened in any case.
const MOST_VISITS: usize = 4 << 20;
const LEAST: usize = 16;
/// So many are opened before they are added up.
const BATCH: usize = 64;

/// The runs whose ranks are nearest to that of a percentile.
pub(super) struct Window(Vec<usize>);

impl Window {
    /// Those of ranks n p ± h with h = n^⅘ / 2 (Hong 2009 asks for a width that grows slower than n), as
    /// far as they can be opened in good time.
    pub(super) fn around(
        p: f64,
        runs: impl Iterator<Item = usize>,
        value: impl Fn(usize) -> f64,
        network: &Network,
    ) -> Self {
        let mut runs: Vec<usize> = runs.collect();
        runs.sort_by(|&a, &b| value(a).total_cmp(&value(b)).then(a.cmp(&b)));
        let count = runs.len();
        let affordable = (MOST_VISITS / network.visits.len().max(1) / 2).max(LEAST);
        let wide = (libm::pow(count as f64, 0.8) / 2.0).ceil() as usize;
        let half = wide.min(MOST).min(affordable);
        let rank = rank_of(count as u64, p) as usize - 1;
        // Near an end, as many on one side as on the other: else the window would lie beside its middle.
        let half = half.min(rank).min(count - 1 - rank);
        Self(runs[rank - half..=rank + half].to_vec())
    }

    /// How many runs it holds.
    pub(super) fn runs(&self) -> usize {
        self.0.len()
    }

    /// The mean of what each run comes to.
    pub(super) fn mean_of(&self, of: impl Fn(&usize) -> Parts + Sync) -> Parts {
        let mut sums = Parts::new();
        for batch in self.0.chunks(BATCH) {
            let all: Vec<Parts> = batch.par_iter().map(&of).collect();
            // In the order of ranks, so that sums do not depend on threads.
            for (key, amount) in all.into_iter().flatten() {
                *sums.entry(key).or_insert(0.0) += amount;
            }
        }
        sums.values_mut().for_each(|sum| *sum /= self.0.len() as f64);
        sums
    }
}
