//! One number for each variable of a network, correlated as it says.

use chacha20::ChaCha8Rng;
use rand_distr::{Distribution as _, StandardNormal};

use crate::network::{Mix, Network, Normal};
use crate::stats::Level;
use crate::stats::special::normal_cdf;

/// One value for each variable.
pub fn values(network: &Network, generator: &mut ChaCha8Rng) -> Vec<f64> {
    let mut values: Vec<f64> =
        network.variables.iter().map(|variable| super::draw(&variable.distribution, generator)).collect();
    let mut normals = |count: usize| -> Vec<f64> {
        (0..if network.mixes.is_empty() { 0 } else { count })
            .map(|_| StandardNormal.sample(generator))
            .collect()
    };
    let (factors, own) = (normals(network.factors.len()), normals(network.variables.len()));
    for Mix { variable, parts, .. } in &network.mixes {
        let score: f64 = parts
            .iter()
            .map(|(normal, weight)| match normal {
                Normal::Factor(factor) => weight * factors[*factor],
                Normal::Own(variable) => weight * own[variable.0 as usize],
            })
            .sum();
        let level = Level { below: normal_cdf(score), above: normal_cdf(-score) };
        let variable = variable.0 as usize;
        values[variable] = network.variables[variable].distribution.quantile_at(level);
    }
    network.compute(&mut values);
    values
}
