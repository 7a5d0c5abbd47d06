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
use super::samples::{PlaceSums, Samples};
use super::settings::Settings;
use super::stream::PILOT_POSITION;
use super::tally::{Overflow, Tally};
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

/// The block size that is fastest for so many visits.
fn block_for(visits: usize) -> usize {
    match visits {
        ..5_000 => 128,
        5_000..200_000 => 256,
        _ => 64,
    }
}

/// Whether the finishes of all visits that may be the last can be kept: up to 64 MiB.
fn keeps_last(network: &Network, settings: &Settings) -> bool {
    const LIMIT: u64 = 64 << 20;
    let last = network.visits.iter().filter(|visit| visit.can_be_last).count() as u64;
    last.saturating_mul(4).saturating_mul(settings.iterations) <= LIMIT
}

/// A simulation ready to run.
pub(super) struct Simulation<'a> {
    program: Program<'a>,
    settings: &'a Settings,
    confidence: f64,
    progress: &'a (dyn Fn(u64) + Sync),
}

/// Vectors in the order of iterations.
#[derive(Default)]
struct Columns {
    finish: Vec<i32>,
    money: Vec<Vec<f64>>,
    kept: Vec<Vec<i32>>,
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
        let purpose =
            Purpose { keep: &settings.keep, keep_last: keeps_last(network, settings), observed: false };
        Self { program: Program::new(network, &purpose), settings, confidence, progress }
    }

    pub(super) fn samples(&self) -> Samples {
        match self.settings.tuning.block.unwrap_or_else(|| block_for(self.program.nodes.len())) {
            ..128 => self.run::<64>(),
            128..256 => self.run::<128>(),
            256.. => self.run::<256>(),
        }
    }

    fn run<const B: usize>(&self) -> Samples {
        let processor = Processor::detect(self.settings.tuning.plain_processor);
        let mut scout = Workspace::<B>::new(&self.program, self.settings.seed, Tally::none());
        run(processor, &self.program, &mut scout, Source::Means);
        let finish_at_means = scout.plan.0[0];
        let (pilot, scales) = self.pilot(processor, &mut scout);

        let threads = self.threads::<B>();
        let overflow = Arc::new(Overflow::default());
        let tally = || Tally::new(Arc::clone(&scales), self.program.variables.len(), Arc::clone(&overflow));
        let equip = |work| {
            let counting =
                Counting { pilot: &pilot, marks: Marks::new(&self.program), places: PlaceSums::default() };
            Worker { work, counting }
        };
        let hire = || equip(Workspace::new(&self.program, self.settings.seed, tally()));
        // The scout's rows serve the first thread.
        scout.tally = tally();
        let idle = Mutex::new(vec![equip(scout)]);
        let batches = self.batches::<B>(threads);
        let run_batch = |&(first, end): &(u64, u64)| {
            let waiting = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut worker = waiting.unwrap_or_else(hire);
            let columns = self.batch(processor, &mut worker, first, end);
            idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
            (self.progress)(end - first);
            columns
        };
        let columns = in_parallel(threads, &batches, &run_batch);
        let workers = idle.into_inner().unwrap_or_else(PoisonError::into_inner);
        self.join(columns, workers, &pilot, finish_at_means)
    }

    fn pilot<const B: usize>(&self, processor: Processor, scout: &mut Workspace<B>) -> (Pilot, Arc<[Scale]>) {
        let iterations = pilot_iterations(self.settings.iterations);
        let mut sums = vec![PilotSums::default(); self.program.nodes.len()];
        let (mut finishes, mut costs) = (Vec::new(), Vec::new());
        for first in (0..iterations).step_by(B) {
            run(processor, &self.program, scout, Source::Streams(PILOT_POSITION + first));
            for (sums, finishes) in sums.iter_mut().zip(&scout.finishes) {
                sums.add(&finishes.0);
            }
            finishes.extend_from_slice(&scout.plan.0);
            costs.extend_from_slice(&scout.cost.0);
        }
        let scales = sums.iter().map(|sums| sums.scale(iterations)).collect();
        (Pilot::new(finishes, costs, self.confidence), scales)
    }

    /// How many threads run: as asked for, but no more than memory and blocks are there for.
    fn threads<const B: usize>(&self) -> usize {
        const MEMORY: usize = 1 << 30;
        let asked = self.settings.threads.unwrap_or_else(rayon::current_num_threads).max(1);
        let rows =
            4 * (self.program.nodes.len() + self.program.start_rows) + 2 * self.program.variables.len();
        let each = rows * B + self.program.nodes.len() * 1_200 + 1;
        let blocks = self.settings.iterations.div_ceil(B as u64);
        asked.min((MEMORY / each).max(1)).min(usize::try_from(blocks).unwrap_or(usize::MAX).max(1))
    }

    /// Ranges of iterations, whole blocks each; several for each thread, so that none waits long.
    fn batches<const B: usize>(&self, threads: usize) -> Vec<(u64, u64)> {
        const BATCHES_PER_THREAD: u64 = 16;
        let blocks = self.settings.iterations.div_ceil(B as u64);
        let step = blocks.div_ceil(BATCHES_PER_THREAD * threads as u64).max(1) * B as u64;
        let iterations = self.settings.iterations;
        (0..iterations).step_by(step as usize).map(|first| (first, (first + step).min(iterations))).collect()
    }

    fn batch<const B: usize>(
        &self,
        processor: Processor,
        worker: &mut Worker<'_, B>,
        first: u64,
        end: u64,
    ) -> Columns {
        let Worker { work, counting } = worker;
        let sums = self.money_columns();
        let mut columns = Columns {
            finish: Vec::with_capacity((end - first) as usize),
            money: vec![Vec::with_capacity((end - first) as usize); sums.len()],
            kept: vec![Vec::with_capacity((end - first) as usize); self.program.kept.len()],
        };
        for first in (first..end).step_by(B) {
            let count = (end - first).min(B as u64) as usize;
            run_and_count(processor, &self.program, work, counting, first, count);
            columns.finish.extend_from_slice(&work.plan.0[..count]);
            for (column, purses) in columns.money.iter_mut().zip(&sums) {
                let mut sum = [0.0; B];
                for purse in purses {
                    sum.iter_mut().zip(work.purses[*purse].total()).for_each(|(sum, money)| *sum += money);
                }
                column.extend_from_slice(&sum[..count]);
            }
            for (column, &(visit, start)) in columns.kept.iter_mut().zip(&self.program.kept) {
                let row = if start {
                    &work.starts[self.program.nodes[visit as usize].start_row as usize]
                } else {
                    &work.finishes[visit as usize]
                };
                column.extend_from_slice(&row.0[..count]);
            }
        }
        columns
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
        columns: Vec<Columns>,
        workers: Vec<Worker<'_, B>>,
        pilot: &Pilot,
        finish_at_means: i32,
    ) -> Samples {
        let mut places = PlaceSums::default();
        for worker in &workers {
            places.finish += worker.counting.places.finish;
            places.finish_squares += worker.counting.places.finish_squares;
            places.cost += worker.counting.places.cost;
            places.cost_squares += worker.counting.places.cost_squares;
        }
        let (tally, histograms) = Tally::join(workers.into_iter().map(|worker| worker.work.tally).collect());
        let mut all = Columns {
            finish: Vec::with_capacity(self.settings.iterations as usize),
            money: vec![Vec::new(); self.money_columns().len()],
            kept: vec![Vec::new(); self.program.kept.len()],
        };
        for batch in columns {
            all.finish.extend(batch.finish);
            all.money.iter_mut().zip(batch.money).for_each(|(all, column)| all.extend(column));
            all.kept.iter_mut().zip(batch.kept).for_each(|(all, column)| all.extend(column));
        }
        let mut money = all.money.into_iter();
        let cost = money.next().unwrap_or_default();
        let categories = self.categories().into_iter().zip(money.by_ref()).collect();
        let stages =
            self.stages().into_iter().map(|stage| StageId::new(stage as usize)).zip(money.by_ref()).collect();
        let samplers = &self.program.samplers;
        Samples {
            iterations: self.settings.iterations,
            seed: self.settings.seed,
            finish: all.finish,
            cost,
            categories,
            stages,
            kept_costs: money.collect(),
            capped: tally.capped,
            near: tally.near,
            finish_at_means,
            pilot: pilot.clone(),
            kept: self.program.kept.iter().copied().zip(all.kept).collect(),
            visits: tally.visits,
            histograms,
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

/// Runs all batches, in order of the answer though not of time.
fn in_parallel<R: Send>(
    threads: usize,
    batches: &[(u64, u64)],
    run: &(dyn Fn(&(u64, u64)) -> R + Sync),
) -> Vec<R> {
    if threads > 1 {
        // Without a pool of its own the run goes on, alone.
        if let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
            return pool.install(|| batches.par_iter().map(run).collect());
        }
    }
    batches.iter().map(run).collect()
}
