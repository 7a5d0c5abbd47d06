//! A whole simulation: the pilot, then blocks of iterations over all threads, joined.

use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::model::{Category, Plan, StageId};
use crate::network::Network;

use super::block::{Counting, Processor, run, run_and_count};
use super::forward::{Source, Workspace};
use super::histogram::Scale;
use super::pilot::{Pilot, PilotSums, pilot_iterations};
use super::program::{Program, Purpose};
use super::rows::Mask;
use super::samples::{PlaceSums, Samples};
use super::settings::{Sampling, Settings};
use super::settle::{delivered, exists_of, finishes_of, keep};
use super::stream::PILOT_POSITION;
use super::stretch::Stretch;
use super::tally::{Sums, Tally};
use super::trace::Marks;

/// Simulates a plan.
pub fn simulate(plan: &Plan, network: &Network, settings: &Settings) -> Samples {
    simulate_with_progress(plan, network, settings, &|_| {})
}

/// Simulates a plan, and says now and then how many more iterations are done (from any thread).
pub fn simulate_with_progress(
    plan: &Plan,
    network: &Network,
    settings: &Settings,
    progress: &(dyn Fn(u64) + Sync),
) -> Samples {
    Simulation::new(plan, network, settings, progress).samples()
}

/// The block size that is fastest for so many visits: large blocks where rows come from memory
/// anyway, but not for so few iterations that most of the memory is touched but once or twice.
fn block_for(visits: usize, iterations: u64) -> usize {
    match (visits, iterations) {
        (..200_000, 4_000..) => 256,
        (..5_000, _) => 128,
        _ => 64,
    }
}

/// Whether the finishes of all visits that may be the last can be kept.
fn keeps_last(network: &Network, settings: &Settings) -> bool {
    let last = network.visits.iter().filter(|visit| visit.can_be_last).count();
    fits(last, settings)
}

/// Whether the finishes of all visits are kept: in replicates, only what is kept in the order of
/// iterations tells how far the replicates scatter.
fn keeps_all(network: &Network, settings: &Settings) -> bool {
    settings.sampling == Sampling::Lhs && fits(network.visits.len(), settings)
}

/// Whether the finishes of so many visits may be kept: up to 64 MiB.
fn fits(visits: usize, settings: &Settings) -> bool {
    const LIMIT: u64 = 64 << 20;
    (visits as u64).saturating_mul(4).saturating_mul(settings.iterations) <= LIMIT
}

/// A simulation ready to run.
pub(super) struct Simulation<'a> {
    program: Program<'a>,
    settings: &'a Settings,
    /// The iterations to simulate now.
    stretch: Stretch,
    confidence: f64,
    progress: &'a (dyn Fn(u64) + Sync),
}

/// Vectors in the order of iterations.
struct Columns {
    finish: Vec<i32>,
    money: Vec<Vec<f64>>,
    kept: Vec<Vec<i32>>,
    /// Only where the plan may fail.
    delivered: Option<Vec<bool>>,
}

/// A range of iterations, with its part of the columns to fill.
struct Batch<'c> {
    first: u64,
    finish: &'c mut [i32],
    money: Vec<&'c mut [f64]>,
    kept: Vec<&'c mut [i32]>,
    delivered: Option<&'c mut [bool]>,
}

impl Columns {
    /// Cuts all iterations from `first` on into batches of this length, the last one shorter.
    fn cut(&mut self, first: u64, length: usize) -> Vec<Batch<'_>> {
        let mut batches: Vec<Batch<'_>> = (first..)
            .step_by(length)
            .zip(self.finish.chunks_mut(length))
            .map(|(first, finish)| Batch {
                first,
                finish,
                money: Vec::new(),
                kept: Vec::new(),
                delivered: None,
            })
            .collect();
        for column in &mut self.money {
            batches
                .iter_mut()
                .zip(column.chunks_mut(length))
                .for_each(|(batch, part)| batch.money.push(part));
        }
        for column in &mut self.kept {
            batches.iter_mut().zip(column.chunks_mut(length)).for_each(|(batch, part)| batch.kept.push(part));
        }
        if let Some(column) = &mut self.delivered {
            let parts = column.chunks_mut(length);
            batches.iter_mut().zip(parts).for_each(|(batch, part)| batch.delivered = Some(part));
        }
        batches
    }
}

/// A thread's own.
struct Worker<'p, const B: usize> {
    work: Workspace<B>,
    counting: Counting<'p>,
}

impl<'a> Simulation<'a> {
    pub(super) fn new(
        plan: &Plan,
        network: &'a Network,
        settings: &'a Settings,
        progress: &'a (dyn Fn(u64) + Sync),
    ) -> Self {
        let confidence = settings.confidence.unwrap_or_else(|| plan.confidence.value());
        let purpose = Purpose {
            keep: &settings.keep,
            keep_last: keeps_last(network, settings),
            keep_all: keeps_all(network, settings),
            observed: false,
            tables: &settings.tables,
        };
        Self {
            program: Program::new(network, &purpose),
            settings,
            stretch: settings.stretch(),
            confidence,
            progress,
        }
    }

    /// How many iterations a block has.
    pub(super) fn block(&self) -> usize {
        let fastest = || block_for(self.program.nodes.len(), self.stretch.count());
        match self.settings.tuning.block.unwrap_or_else(fastest) {
            ..128 => 64,
            128..256 => 128,
            256.. => 256,
        }
    }

    pub(super) fn samples(&self) -> Samples {
        match self.block() {
            64 => self.run::<64>(),
            128 => self.run::<128>(),
            _ => self.run::<256>(),
        }
    }

    fn run<const B: usize>(&self) -> Samples {
        let processor = Processor::detect(self.settings.tuning.plain_processor);
        let (pilot, scales, finish_at_means) = self.scout(processor);
        let threads = self.threads::<B>();
        let hire = || {
            let tally =
                Tally::new(Arc::clone(&scales), self.program.variables.len(), self.settings.iterations);
            let counting =
                Counting { pilot: &pilot, marks: Marks::new(&self.program), places: PlaceSums::default() };
            Worker { work: Workspace::<B>::new(&self.program, self.settings, tally), counting }
        };
        // Without any iteration there is still something to join.
        let idle = Mutex::new(vec![hire()]);
        let mut columns = self.columns();
        let batches = columns.cut(self.stretch.first(), self.batch_length::<B>(threads));
        let run_batch = |batch: Batch<'_>| {
            let waiting = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut worker = waiting.unwrap_or_else(hire);
            let count = batch.finish.len() as u64;
            self.batch(processor, &mut worker, batch);
            idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
            (self.progress)(count);
        };
        in_parallel(threads, batches, &run_batch);
        let workers = idle.into_inner().unwrap_or_else(PoisonError::into_inner);
        self.join(columns, workers, &pilot, finish_at_means)
    }

    /// Runs the means and the pilot, in small blocks: few iterations, and little memory.
    fn scout(&self, processor: Processor) -> (Pilot, Arc<[Scale]>, i32) {
        const BLOCK: usize = 64;
        let mut scout = Workspace::<BLOCK>::new(&self.program, self.settings, Tally::none());
        run(processor, &self.program, &mut scout, Source::Means);
        let finish_at_means = scout.plan.0[0];
        let iterations = pilot_iterations(self.settings.iterations);
        let mut sums = vec![PilotSums::default(); self.program.nodes.len()];
        let (mut finishes, mut costs) = (Vec::new(), Vec::new());
        for first in (0..iterations).step_by(BLOCK) {
            run(processor, &self.program, &mut scout, Source::Streams(PILOT_POSITION + first));
            add_to_pilot(&self.program, &scout, &mut sums);
            let delivered = delivered(&self.program, &scout);
            finishes.extend((0..BLOCK).filter(|&i| delivered.holds(i)).map(|i| scout.plan.0[i]));
            costs.extend_from_slice(&scout.cost.0);
        }
        let scales = sums.iter().map(PilotSums::scale).collect();
        (Pilot::new(finishes, costs, self.confidence), scales, finish_at_means)
    }

    /// How many threads run: as asked for, but no more than memory and blocks are there for.
    fn threads<const B: usize>(&self) -> usize {
        const MEMORY: usize = 1 << 30;
        let asked = self.settings.threads.unwrap_or_else(rayon::current_num_threads).max(1);
        let rows =
            4 * (self.program.nodes.len() + self.program.start_rows) + 2 * self.program.variables.len();
        let each = rows * B + self.program.nodes.len() * 1_200 + 1;
        let blocks = self.stretch.count().div_ceil(B as u64);
        asked.min((MEMORY / each).max(1)).min(usize::try_from(blocks).unwrap_or(usize::MAX).max(1))
    }

    /// How many iterations a batch has, whole blocks; several batches for each thread, so that none
    /// waits long.
    fn batch_length<const B: usize>(&self, threads: usize) -> usize {
        const BATCHES_PER_THREAD: u64 = 16;
        let blocks = self.stretch.count().div_ceil(B as u64);
        let length = blocks.div_ceil(BATCHES_PER_THREAD * threads as u64).max(1) * B as u64;
        usize::try_from(length).unwrap_or(usize::MAX)
    }

    /// Room for what is kept of every iteration.
    fn columns(&self) -> Columns {
        let iterations = self.stretch.count() as usize;
        Columns {
            finish: vec![0; iterations],
            money: vec![vec![0.0; iterations]; self.money_columns().len()],
            kept: vec![vec![0; iterations]; self.program.kept.len()],
            delivered: self.program.can_fail.then(|| vec![true; iterations]),
        }
    }

    fn batch<const B: usize>(&self, processor: Processor, worker: &mut Worker<'_, B>, mut batch: Batch<'_>) {
        let Worker { work, counting } = worker;
        let sums = self.money_columns();
        for from in (0..batch.finish.len()).step_by(B) {
            let count = (batch.finish.len() - from).min(B);
            let here = from..from + count;
            let first = batch.first + from as u64;
            run_and_count(processor, &self.program, work, counting, first, count);
            batch.finish[here.clone()].copy_from_slice(&work.plan.0[..count]);
            for (column, purses) in batch.money.iter_mut().zip(&sums) {
                let mut sum = [0.0; B];
                for purse in purses {
                    sum.iter_mut().zip(work.purses[*purse].total()).for_each(|(sum, money)| *sum += money);
                }
                column[here.clone()].copy_from_slice(&sum[..count]);
            }
            for (column, &kept) in batch.kept.iter_mut().zip(&self.program.kept) {
                keep(&self.program, work, kept, &mut column[here.clone()]);
            }
            if let Some(column) = &mut batch.delivered {
                let delivered = delivered(&self.program, work);
                column[here].iter_mut().enumerate().for_each(|(i, column)| *column = delivered.holds(i));
            }
        }
    }

    fn categories(&self) -> Vec<Category> {
        let used = |category: &Category| self.program.bucket_owners().any(|(owner, _)| owner == *category);
        Category::ALL.into_iter().filter(used).collect()
    }

    fn stages(&self) -> Vec<u32> {
        let mut stages: Vec<u32> = self.program.bucket_owners().filter_map(|(_, stage)| stage).collect();
        stages.sort_unstable();
        stages.dedup();
        stages
    }

    /// Which purses make up each column of money: all, by category, by stage, further scopes.
    fn money_columns(&self) -> Vec<Vec<usize>> {
        let owners: Vec<_> = self.program.bucket_owners().collect();
        type Owner = (Category, Option<u32>);
        let of = |wanted: &dyn Fn(&Owner) -> bool| -> Vec<usize> {
            owners.iter().enumerate().filter(|(_, owner)| wanted(owner)).map(|(purse, _)| purse).collect()
        };
        let mut columns = vec![of(&|_| true)];
        columns.extend(self.categories().iter().map(|category| of(&|(owner, _)| owner == category)));
        columns.extend(self.stages().iter().map(|stage| of(&|(_, owner)| *owner == Some(*stage))));
        columns.extend((0..self.settings.keep.costs.len()).map(|scope| vec![self.program.buckets + scope]));
        columns
    }

    fn join<const B: usize>(
        &self,
        columns: Columns,
        workers: Vec<Worker<'_, B>>,
        pilot: &Pilot,
        finish_at_means: i32,
    ) -> Samples {
        let mut places = PlaceSums::default();
        workers.iter().for_each(|worker| places.add(&worker.counting.places));
        let tally = Tally::join(workers.into_iter().map(|worker| worker.work.tally));
        let mut money = columns.money.into_iter();
        let cost = money.next().unwrap_or_default();
        let categories = self.categories().into_iter().zip(money.by_ref()).collect();
        let stages =
            self.stages().into_iter().map(|stage| StageId::new(stage as usize)).zip(money.by_ref()).collect();
        let samplers = &self.program.samplers;
        Samples {
            iterations: self.stretch.count(),
            first: self.stretch.first(),
            whole: self.settings.iterations,
            seed: self.settings.seed,
            sampling: self.settings.sampling,
            finish: columns.finish,
            cost,
            categories,
            stages,
            kept_costs: money.collect(),
            delivered: columns.delivered,
            delivered_count: tally.delivered,
            capped: tally.capped,
            near: tally.near,
            finish_at_means,
            pilot: pilot.clone(),
            kept: self.program.kept.iter().copied().zip(columns.kept).collect(),
            visits: tally.visits,
            bins: tally.bins,
            variables: tally.variables,
            draw_variance: self
                .program
                .variables
                .iter()
                .map(|v| samplers.kept_variance(&v.sampler))
                .collect(),
            places,
        }
    }
}

/// Adds a pilot's block to the sums of each milestone, by its first visit: what exists, in runs that are
/// delivered.
fn add_to_pilot<const B: usize>(program: &Program<'_>, scout: &Workspace<B>, sums: &mut [PilotSums]) {
    let delivered = delivered(program, scout);
    for (position, (sums, node)) in sums.iter_mut().zip(&program.nodes).enumerate() {
        let counted = delivered.and(exists_of(node, &scout.exists));
        let row = &finishes_of(scout, position, node).0;
        if counted == Mask::ALL {
            sums.add(row);
        } else {
            let some: Vec<i32> = (0..B).filter(|&i| counted.holds(i)).map(|i| row[i]).collect();
            sums.add(&some);
        }
    }
}

/// Runs all batches.
fn in_parallel(threads: usize, batches: Vec<Batch<'_>>, run: &(dyn Fn(Batch<'_>) + Sync)) {
    if threads > 1 {
        // Without a pool of its own the run goes on, alone.
        if let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
            return pool.install(|| batches.into_par_iter().for_each(run));
        }
    }
    batches.into_iter().for_each(run);
}
