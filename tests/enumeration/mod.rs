//! A second opinion on plans in which everything may happen at once.
//!
//! The twin computes one run of a plan from the plan itself, by recursion: who waits for whom, what
//! exists, what strikes whom, when the plan fails, what that costs. It knows nothing of networks; a visit
//! is a milestone and the passes it lies in, outermost first. Its plans run around the clock, so that a
//! position is a second. [`combinations`] are all draws of a plan whose variables are discrete.

#![allow(dead_code, reason = "every test file uses a part of it")]

pub(crate) mod money;
pub(crate) mod plans;
pub(crate) mod run;
pub(crate) mod solutions;
pub(crate) mod unrolled;

use std::collections::HashMap;

use plan::network::Network;
use plan::stats::Shape;

/// The value of each variable, by name.
pub(crate) type Draws = HashMap<String, f64>;

/// All combinations of draws, each with its probability; `None` if there are more than so many.
pub(crate) fn combinations(network: &Network, most: usize) -> Option<Vec<(Vec<f64>, f64)>> {
    let mut all = vec![(Vec::new(), 1.0)];
    for variable in &network.variables {
        let values = match variable.distribution.shape() {
            Shape::Fixed(value) => vec![(*value, 1.0)],
            Shape::Discrete(values) => values.clone(),
            other => panic!("`{}` is not discrete: {other:?}", variable.name),
        };
        let total: f64 = values.iter().map(|(_, weight)| weight).sum();
        if all.len() * values.len() > most {
            return None;
        }
        all = all
            .into_iter()
            .flat_map(|(draws, chance)| {
                values.iter().map(move |(value, weight)| {
                    let mut draws: Vec<f64> = draws.clone();
                    draws.push(*value);
                    (draws, chance * weight / total)
                })
            })
            .collect();
    }
    Some(all)
}

/// Draws by the names of their variables.
pub(crate) fn named(network: &Network, values: &[f64]) -> Draws {
    network.variables.iter().map(|variable| variable.name.clone()).zip(values.iter().copied()).collect()
}
