//! The draws of single iterations: what a replay, a check or the naive twin starts from.

use std::sync::Arc;

use crate::network::Network;

use super::mixing::{MixId, Mixing};
use super::sampler::{Sampler, Samplers};
use super::settings::Settings;
use super::stream::{Streams, stream_of};

/// The draws of a network's variables, addressed by iteration.
#[derive(Clone)]
pub struct Draws<'a> {
    network: &'a Network,
    settings: Settings,
    samplers: Arc<Samplers>,
    mixing: Arc<Mixing>,
    /// By variable.
    each: Vec<(Sampler, Option<MixId>)>,
}

impl<'a> Draws<'a> {
    /// The independent draws that belong to a seed.
    pub fn new(network: &'a Network, seed: u64) -> Self {
        Self::of(network, &Settings::default().seed(seed))
    }

    /// The draws of a run with these settings.
    pub fn of(network: &'a Network, settings: &Settings) -> Self {
        let distributions = network.variables.iter().map(|variable| &variable.distribution);
        let (samplers, each) = Samplers::of(distributions, &settings.tables);
        let (mixing, mixes) = Mixing::of(network);
        Self {
            network,
            settings: settings.clone(),
            samplers: Arc::new(samplers),
            mixing: Arc::new(mixing),
            each: each.into_iter().zip(mixes).collect(),
        }
    }

    /// The value of each variable in one iteration, to the bit what the simulation computes with.
    pub fn values(&self, iteration: u64) -> Vec<f64> {
        let mut streams = Streams::of(&self.settings);
        let variables = self.network.variables.iter().zip(&self.each);
        let mut values: Vec<f64> = variables
            .map(|(variable, (sampler, mix))| {
                if variable.distribution.is_fixed() {
                    return variable.distribution.unit().location;
                }
                f64::from(match mix {
                    Some(mix) => self.mixing.value(*mix, &mut streams, iteration),
                    None => self.samplers.value(sampler, streams.draw(stream_of(&variable.name), iteration)),
                })
            })
            .collect();
        self.network.compute(&mut values);
        // As the rows of a block hold them.
        for output in self.network.computed.iter().flat_map(|computed| &computed.outputs) {
            let value = &mut values[output.0 as usize];
            *value = f64::from(*value as f32);
        }
        values
    }
}
