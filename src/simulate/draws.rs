//! The draws of single iterations: what a replay, a check or the naive twin starts from.

use std::sync::Arc;

use crate::network::Network;

use super::sampler::{Sampler, Samplers};
use super::stream::uniforms;
use super::tables::Tables;

/// The draws of a network's variables, addressed by iteration.
#[derive(Clone)]
pub struct Draws<'a> {
    network: &'a Network,
    seed: u64,
    samplers: Arc<Samplers>,
    each: Vec<Sampler>,
}

impl<'a> Draws<'a> {
    /// The draws that belong to a seed.
    pub fn new(network: &'a Network, seed: u64) -> Self {
        Self::with_tables(network, seed, &Tables::default())
    }

    /// The same, with tables that are built already.
    pub fn with_tables(network: &'a Network, seed: u64, tables: &Tables) -> Self {
        let distributions = network.variables.iter().map(|variable| &variable.distribution);
        let (samplers, each) = Samplers::of(distributions, tables);
        Self { network, seed, samplers: Arc::new(samplers), each }
    }

    /// The value of each variable in one iteration, to the bit what the simulation computes with.
    pub fn values(&self, iteration: u64) -> Vec<f64> {
        let variables = self.network.variables.iter().zip(&self.each);
        variables
            .map(|(variable, sampler)| {
                if variable.distribution.is_fixed() {
                    return variable.distribution.unit().location;
                }
                let draw = uniforms(self.seed, &variable.name, iteration, 1)[0];
                f64::from(self.samplers.value(sampler, draw))
            })
            .collect()
    }
}
