//! Rows that are computed from drawn ones, before the visits.

use crate::model::SolutionId;
use crate::network::{Computed, Improvement, Overrun, Rule};
use crate::simulate::rows::Row;

use super::compile::Compiler;
use super::{NONE, Operand};

/// A rule with the rows it reads and fills.
pub(in crate::simulate) struct ComputedOp<'a> {
    inputs: Vec<Operand>,
    /// The row of each output, and what the plan as written takes for it.
    outputs: Vec<(u32, f32)>,
    rule: &'a Rule,
}

impl Compiler<'_> {
    /// Compiles what is computed; the rows of all shared variables are known.
    pub(super) fn compute_rows(&mut self) {
        let network = self.network;
        for Computed { inputs, outputs, rule } in &network.computed {
            let inputs = inputs.iter().map(|input| self.operand(*input)).collect();
            let output = |id: &crate::network::VariableId| {
                let planned = network.variables[id.0 as usize].planned as f32;
                (self.row_of(*id), planned)
            };
            let outputs = outputs.iter().map(output).collect();
            self.program.computed.push(ComputedOp { inputs, outputs, rule });
        }
    }
}

impl<'a> ComputedOp<'a> {
    /// The rule of a solution's improve milestone, if this is it.
    pub(in crate::simulate) fn improvement(&self, solution: SolutionId) -> Option<(&'a Improvement, &Self)> {
        match self.rule {
            Rule::Improvement(improvement) if improvement.solution == solution => Some((improvement, self)),
            _ => None,
        }
    }

    /// The rule of a solution's overrun, if this is it.
    pub(in crate::simulate) fn overrun(&self, solution: SolutionId) -> Option<(&'a Overrun, &Self)> {
        match self.rule {
            Rule::Overrun(overrun) if overrun.solution == solution => Some((overrun, self)),
            _ => None,
        }
    }

    /// What it is computed from in one iteration.
    pub(in crate::simulate) fn inputs_at<const B: usize>(
        &self,
        values: &[Row<f32, B>],
        i: usize,
    ) -> Vec<f64> {
        self.inputs.iter().map(|input| crate::simulate::money::value(*input, values, i)).collect()
    }

    /// Fills the rows of what comes out.
    #[inline(never)]
    pub(in crate::simulate) fn fill<const B: usize>(&self, values: &mut [Row<f32, B>]) {
        let mut inputs = [0.0; Rule::MOST_INPUTS];
        for i in 0..B {
            for (input, operand) in inputs.iter_mut().zip(&self.inputs) {
                *input = crate::simulate::money::value(*operand, values, i);
            }
            let results = self.rule.outputs(&inputs[..self.inputs.len()]);
            for ((row, _), result) in self.outputs.iter().zip(results).filter(|((row, _), _)| *row != NONE) {
                values[*row as usize].0[i] = result as f32;
            }
        }
    }

    /// Fills them with what the plan as written takes.
    pub(in crate::simulate) fn fill_planned<const B: usize>(&self, values: &mut [Row<f32, B>]) {
        for (row, planned) in self.outputs.iter().filter(|(row, _)| *row != NONE) {
            values[*row as usize].0 = [*planned; B];
        }
    }
}
