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
    /// The plan's finish, on its axis; where it fails, when it does.
    pub finish: Vec<i64>,
    /// The plan's cost.
    pub cost: Vec<f64>,
    /// Whether the plan was delivered.
    pub delivered: Vec<bool>,
    /// By visit: in how many of the iterations that deliver it exists.
    pub existing: Vec<u64>,
    /// By visit: in how many of those it is on a driving path.
    pub critical: Vec<u64>,
    /// By milestone: in how many of the iterations that deliver any of its visits is on a driving path.
    pub critical_milestones: Vec<u64>,
    /// By visit: in how many of those it has no float.
    pub without_float: Vec<u64>,
    /// By visit: the sum of its finishes in those.
    pub finishes: Vec<i64>,
}

/// The iteration in which the variables have these values.
pub fn iteration(network: &Network, values: Vec<f64>) -> Iteration {
    let schedule = network.schedule_of(values);
    let costs = Costs::of(network, Values(&schedule.values), &schedule.early);
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
        existing: vec![0; visits],
        critical: vec![0; visits],
        critical_milestones: vec![0; network.visit_of.len()],
        without_float: vec![0; visits],
        finishes: vec![0; visits],
        ..Summary::default()
    };
    for values in iterations {
        let Iteration { schedule, costs } = iteration(network, values);
        summary.finish.push(schedule.early.finish);
        summary.cost.push(costs.total());
        let is_delivered = schedule.early.failure.is_none();
        summary.delivered.push(is_delivered);
        let is_critical =
            |&visit: &VisitId| is_delivered && schedule.early.exists(visit) && schedule.is_critical(visit);
        for (id, visits) in network.visits_of.iter() {
            summary.critical_milestones[id.index()] += u64::from(visits.iter().any(is_critical));
        }
        for visit in network.ids().filter(|&visit| is_delivered && schedule.early.exists(visit)) {
            let at = visit.index();
            summary.existing[at] += 1;
            summary.critical[at] += u64::from(schedule.is_critical(visit));
            summary.without_float[at] += u64::from(schedule.total_float(visit) <= 0);
            summary.finishes[at] += schedule.early.placed[visit].finish;
        }
    }
    summary
}
