//! How many iterations an improve milestone takes.

use crate::model::{MilestoneId, Plan};
use crate::network::Network;
use crate::simulate::Samples;
use crate::stats::sample::rank_of;

/// How many iterations improving takes, over the delivered iterations of the simulation in which the
/// milestone exists: `p10 <= p50 <= p90`. What a check sends back counts no further ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImproveIterations {
    /// P10.
    pub p10: u32,
    /// P50.
    pub p50: u32,
    /// P90.
    pub p90: u32,
}

impl ImproveIterations {
    /// Those of a milestone; `None` if it does not improve, or never exists.
    pub(super) fn of(plan: &Plan, network: &Network, samples: &Samples, id: MilestoneId) -> Option<Self> {
        plan[id].improve.as_ref()?;
        let runs = samples.counted(network.visit_of[id]);
        let beyond = beyond(network, samples, id);
        let at = |p: f64| {
            let rank = rank_of(runs, p);
            (0..).zip(&beyond).find(|(_, beyond)| runs - **beyond >= rank).map_or(0, |(count, _)| count)
        };
        (runs > 0).then(|| Self { p10: at(0.1), p50: at(0.5), p90: at(0.9) })
    }
}

/// In how many iterations of the simulation there are more than 0, 1, … of the improve milestone; the last is 0.
fn beyond(network: &Network, samples: &Samples, id: MilestoneId) -> Vec<u64> {
    let mut beyond = Vec::new();
    for &visit in &network.visits_of[id] {
        // In topological order, the first visit to an iteration is the one that no check has ordered.
        if network[visit].iteration as usize == beyond.len() + 1 {
            beyond.push(samples.counted(visit));
        }
    }
    beyond.push(0);
    beyond
}
