//! Draws of quantities that belong to no network: what a launch is worth, whether it sells.

use crate::stats::Distribution;

use super::sampler::Samplers;
use super::settings::Settings;
use super::stream::{Streams, stream_of};

/// The values of a quantity of this name in the iterations of a run with these settings: to the bit
/// what the engine draws for an independent variable.
pub fn drawn(distribution: &Distribution, name: &str, settings: &Settings) -> Vec<f64> {
    if distribution.is_fixed() {
        return vec![distribution.unit().location; settings.iterations as usize];
    }
    let (samplers, each) = Samplers::of(std::iter::once(distribution), &settings.tables);
    let draws = words(name, settings);
    draws.into_iter().map(|word| f64::from(samplers.value(&each[0], word))).collect()
}

/// Uniform numbers strictly between 0 and 1 of this name in the iterations of a run with these settings.
pub fn uniform(name: &str, settings: &Settings) -> Vec<f64> {
    words(name, settings).into_iter().map(|word| (f64::from(word) + 0.5) / 4_294_967_296.0).collect()
}

fn words(name: &str, settings: &Settings) -> Vec<u32> {
    let mut streams = Streams::of(settings);
    let stream = stream_of(name);
    (0..settings.iterations).map(|iteration| streams.draw(stream, iteration)).collect()
}
