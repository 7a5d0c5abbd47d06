//! The same network with some of its doubts taken away.

use crate::stats::Distribution;

use super::{Network, Variable};

impl Network {
    /// The same network with each variable fixed for which there is a number. All others keep their
    /// names, and so their draws.
    pub fn frozen(&self, fix: impl Fn(&Variable) -> Option<f64>) -> Network {
        let mut frozen = self.clone();
        for variable in &mut frozen.variables {
            if let Some(value) = fix(variable) {
                variable.distribution = Distribution::fixed(value);
            }
        }
        let variables = &frozen.variables;
        frozen.mixes.retain(|mix| !variables[mix.variable.0 as usize].distribution.is_fixed());
        frozen
    }
}
