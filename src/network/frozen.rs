//! The same network with some of its doubts taken away.

use crate::stats::Distribution;

use super::{Network, Variable, VariableId};

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
        // What is computed from them all the same is computed no more where it has a number of its own.
        let fixed = |output: &VariableId| fix(&self.variables[output.0 as usize]).is_some();
        frozen.computed.retain(|computed| !computed.outputs.iter().all(fixed));
        let variables = &frozen.variables;
        frozen.mixes.retain(|mix| !variables[mix.variable.0 as usize].distribution.is_fixed());
        frozen
    }
}
