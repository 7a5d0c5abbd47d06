//! The naive twin of the engine: sequential, obvious, slow.
//!
//! One iteration after the other, one number per variable, both passes of the critical path method
//! in full, all in `f64` and `i64`. It shares with the engine what a plan *means* (the network and
//! its formulas) and nothing of how it is computed: not the random numbers, not the tables, not the
//! blocks, the masks or the histograms. Tests hold the engine against it.

mod draw;
mod mixed;

pub use draw::draw;
pub use mixed::values;

use chacha20::ChaCha8Rng;
use chacha20::rand_core::SeedableRng;

use crate::network::{Costs, Network, Schedule, Values, VisitId};

/// One iteration.
#[derive(Clone, Debug)]
pub struct Iteration {
    /// Both passes.
    pub schedule: Schedule,
    /// The money.
    pub costs: Costs,
}

/// What many iterations come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// The plan's finish, on its axis.
    pub finish: Vec<i64>,
    /// The plan's cost.
    pub cost: Vec<f64>,
    /// By visit: in how many iterations it was on a driving path.
    pub critical: Vec<u64>,
    /// By visit: in how many iterations it had no float.
    pub without_float: Vec<u64>,
    /// By visit: the sum of its finishes.
    pub finishes: Vec<i64>,
}

/// The iteration in which the variables have these values.
pub fn iteration(network: &Network, values: Vec<f64>) -> Iteration {
    let schedule = network.schedule_of(values);
    let placed = || network.ids().map(|visit| schedule.early.placed[visit]);
    let starts: Vec<i64> = placed().map(|placed| placed.start).collect();
    let finishes: Vec<i64> = placed().map(|placed| placed.finish).collect();
    let costs = Costs::of(network, Values(&schedule.values), &starts, &finishes);
    Iteration { schedule, costs }
}

/// Simulates a network with draws of its own.
pub fn simulate(network: &Network, seed: u64, iterations: usize) -> Summary {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    let draws = move || values(network, &mut generator);
    summary(network, std::iter::repeat_with(draws).take(iterations))
}

/// What these iterations come to, each given by the values of all variables.
pub fn summary(network: &Network, iterations: impl Iterator<Item = Vec<f64>>) -> Summary {
    let visits = network.visits.len();
    let mut summary = Summary {
        critical: vec![0; visits],
        without_float: vec![0; visits],
        finishes: vec![0; visits],
        ..Summary::default()
    };
    for values in iterations {
        let Iteration { schedule, costs } = iteration(network, values);
        summary.finish.push(schedule.early.finish);
        summary.cost.push(costs.total());
        for visit in (0..visits).map(VisitId::new) {
            let at = visit.index();
            summary.critical[at] += u64::from(schedule.is_critical(visit));
            summary.without_float[at] += u64::from(schedule.total_float(visit) <= 0);
            summary.finishes[at] += schedule.early.placed[visit].finish;
        }
    }
    summary
}
