//! Single iterations, looked at one by one: what burndowns, replays and merge points ask for.
//!
//! It is the same engine on the same draws; only, the rows of every visit are kept and shown.

use crate::model::SolutionId;
use crate::network::{Early, Failure, Network, PerVisit, Placed, Progress, Variable, VisitId};

use super::block::{Processor, run};
use super::forward::{Source, Workspace};
use super::program::{NEVER, NONE, Node, Program, Purpose};
use super::settings::{Keep, Settings};
use super::settle::{Until, exists_of, first_end};
use super::tally::Tally;

const BLOCK: usize = 64;

/// The rows of one block of iterations.
pub struct BlockRows<'a> {
    /// The first iteration of the block.
    pub first: u64,
    /// How many iterations it holds.
    pub count: usize,
    program: &'a Program<'a>,
    work: &'a Workspace<BLOCK>,
}

impl BlockRows<'_> {
    /// The starts of a visit, positions of its timeline.
    pub fn starts(&self, visit: VisitId) -> &[i32] {
        &self.work.starts[self.program.nodes[visit.index()].start_row as usize].0[..self.count]
    }

    /// The finishes of a visit, positions of its timeline.
    pub fn finishes(&self, visit: VisitId) -> &[i32] {
        &self.work.finishes[visit.index()].0[..self.count]
    }

    /// Whether a visit exists in an iteration of the block.
    pub fn exists(&self, visit: VisitId, iteration: usize) -> bool {
        exists_of(&self.program.nodes[visit.index()], &self.work.exists).holds(iteration)
    }

    /// Whether a visit takes place in an iteration of the block: it exists, and starts before the plan fails.
    pub fn happens(&self, visit: VisitId, iteration: usize) -> bool {
        let until = Until { program: self.program, position: visit.index(), failure: &self.work.failure };
        self.exists(visit, iteration) && until.is_before(self.starts(visit)[iteration], iteration)
    }

    /// What one of a visit's cost terms came to, by its position in the visit.
    pub fn costs(&self, visit: VisitId, term: usize) -> &[f32] {
        let first = self.program.nodes[visit.index()].costs.0 as usize;
        let row = self.program.costs[first + term].row;
        debug_assert_ne!(row, NONE, "an observed program keeps every cost");
        &self.work.costs[row as usize].0[..self.count]
    }

    /// The values of all variables in an iteration of the block, by [`crate::network::VariableId`]; of those that
    /// nothing asks for, the planned ones.
    pub fn values(&self, iteration: usize) -> Vec<f64> {
        let value = |variable: &Variable| match variable.distribution.is_fixed() {
            true => variable.distribution.unit().location,
            false => variable.planned,
        };
        let mut values: Vec<f64> = self.program.network.variables.iter().map(value).collect();
        for draw in &self.program.shared {
            values[draw.variable as usize] = self.work.values[draw.row as usize].0[iteration].into();
        }
        values
    }

    /// Where each visit is placed in an iteration of the block, as a forward pass would say.
    pub fn early(&self, iteration: usize) -> Early {
        let network = self.program.network;
        let mut placed = PerVisit::filled(Placed::default(), network.visits.len());
        for visit in network.ids() {
            placed[visit] = self.placed(visit, &self.program.nodes[visit.index()], iteration);
        }
        let failure = self.work.failure.of(iteration);
        let failure =
            failure.map(|(visit, at)| Failure { visit: VisitId::new(visit as usize), at: at.into() });
        Early { placed, finish: self.finish()[iteration].into(), failure, capped: None }
    }

    fn placed(&self, visit: VisitId, node: &Node, iteration: usize) -> Placed {
        let [start, finish] = [self.starts(visit), self.finishes(visit)].map(|row| row[iteration]);
        let absent = !self.exists(visit, iteration);
        if absent {
            let at = if start == NEVER { 0 } else { start.into() };
            return Placed { start: at, finish: at, absent, ..Placed::default() };
        }
        let mut struck = 0;
        if let Some(effects) = self.program.effects.get(node.effects as usize) {
            for (bit, season) in effects.seasons.iter().enumerate() {
                struck |= u64::from(self.work.struck[season.struck as usize].holds(iteration)) << bit;
            }
        }
        let (start, finish) = (i64::from(start), i64::from(finish));
        Placed { start, span: finish - start, finish, absent, struck }
    }

    /// How far the improve milestone of a solution comes in an iteration of the block, had it its turn;
    /// `None` where the solution has none.
    pub fn progress(&self, solution: SolutionId, iteration: usize) -> Option<Progress> {
        let found = self.program.computed.iter().find_map(|computed| computed.improvement(solution))?;
        let (improvement, computed) = found;
        Some(improvement.progress(&computed.inputs_at(&self.work.values, iteration)))
    }

    /// By how much the effort of a solution is multiplied in an iteration of the block.
    pub fn overrun(&self, solution: SolutionId, iteration: usize) -> f64 {
        let found = self.program.computed.iter().find_map(|computed| computed.overrun(solution));
        found.map_or(1.0, |(overrun, computed)| {
            overrun.multiplier(computed.inputs_at(&self.work.values, iteration)[0])
        })
    }

    /// Whether one of several solutions comes to its end, instead of its launch, in an iteration of the block;
    /// `None` in a plan that does not have several, where that ends the plan.
    pub fn is_ended(&self, solution: SolutionId, iteration: usize) -> Option<bool> {
        let alternatives = &self.program.network.alternatives;
        let position = alternatives.iter().position(|alternative| alternative.solution == solution)?;
        Some(first_end(self.program, self.work, &self.program.alternatives[position], iteration).is_some())
    }

    /// Whether the plan is delivered in an iteration of the block.
    pub fn is_delivered(&self, iteration: usize) -> bool {
        self.work.failure.at[iteration] == i32::MAX
    }

    /// The plan's finish, on its axis; where it fails, when it does.
    pub fn finish(&self) -> &[i32] {
        &self.work.plan.0[..self.count]
    }

    /// The plan's cost.
    pub fn cost(&self) -> &[f64] {
        &self.work.cost.0[..self.count]
    }
}

/// Shows the iterations `from..to` block by block, in order. They are those of [`super::simulate`]
/// with the same seed.
pub fn observe(
    network: &Network,
    settings: &Settings,
    iterations: std::ops::Range<u64>,
    mut see: impl FnMut(&BlockRows<'_>),
) {
    let keep = Keep::default();
    let purpose =
        Purpose { keep: &keep, keep_last: false, keep_all: false, observed: true, tables: &settings.tables };
    let program = Program::new(network, &purpose);
    let processor = Processor::detect(settings.tuning.plain_processor);
    let mut work = Workspace::<BLOCK>::new(&program, settings, Tally::none());
    let aligned = iterations.start / BLOCK as u64 * BLOCK as u64;
    for first in (aligned..iterations.end).step_by(BLOCK) {
        let count = (iterations.end - first).min(BLOCK as u64) as usize;
        run(processor, &program, &mut work, Source::Streams(first));
        see(&BlockRows { first, count, program: &program, work: &work });
    }
}
