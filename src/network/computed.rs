//! Numbers of a run that are computed from its draws before any visit is placed: how many iterations a
//! milestone needs, how far an effort overruns, what is done on top of it.
//!
//! A computed number is a variable like any other to whoever asks for its value; only, it has no draw of its
//! own. Engine and naive twin draw all variables first, and then apply the rules in order.

use super::{Improvement, Overrun, Quantity, VariableId};

/// Variables that are computed from others.
#[derive(Clone, Debug)]
pub struct Computed {
    /// What it is computed from, in the order of the rule. None of it is computed itself.
    pub inputs: Vec<Quantity>,
    /// What comes out, in the order of the rule.
    pub outputs: Vec<VariableId>,
    /// How.
    pub rule: Rule,
}

/// How numbers are computed.
#[derive(Clone, Debug)]
pub enum Rule {
    /// How far an improve milestone comes.
    Improvement(Box<Improvement>),
    /// How far the effort of a solution overruns.
    Overrun(Overrun),
    /// All inputs together.
    Sum,
}

impl Rule {
    /// The most inputs of a rule.
    pub const MOST_INPUTS: usize = 8;

    /// What comes out: at most two numbers.
    pub fn outputs(&self, inputs: &[f64]) -> [f64; 2] {
        match self {
            Self::Improvement(improvement) => {
                let progress = improvement.progress(inputs);
                [f64::from(progress.iterations), f64::from(u8::from(progress.end.is_failure()))]
            }
            Self::Overrun(overrun) => overrun.surplus(inputs),
            Self::Sum => [inputs.iter().sum(), 0.0],
        }
    }
}

impl super::Network {
    /// Fills in the computed ones among these values of all variables.
    pub fn compute(&self, values: &mut [f64]) {
        for Computed { inputs, outputs, rule } in &self.computed {
            let given: Vec<f64> = inputs.iter().map(|input| super::Values(values).of(*input)).collect();
            for (output, value) in outputs.iter().zip(rule.outputs(&given)) {
                values[output.0 as usize] = value;
            }
        }
    }

    /// Whether a variable is computed from others.
    pub fn is_computed(&self, variable: VariableId) -> bool {
        self.computed.iter().any(|computed| computed.outputs.contains(&variable))
    }

    /// How far the milestones that are improved come, with what it is computed from.
    pub fn improvements(&self) -> impl Iterator<Item = (&Improvement, &[Quantity])> {
        self.computed.iter().filter_map(|computed| match &computed.rule {
            Rule::Improvement(improvement) => Some((&**improvement, computed.inputs.as_slice())),
            Rule::Overrun(_) | Rule::Sum => None,
        })
    }
}
