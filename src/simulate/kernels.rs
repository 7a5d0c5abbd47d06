//! The engine's inner loops one by one, in cache, for the benchmark to compare a whole run with.

use crate::model::Plan;
use crate::network::Network;

use super::block::Processor;
use super::histogram::Scale;
use super::mixing::Scratch;
use super::money::PurseLane;
use super::pilot::PilotSums;
use super::program::Program;
use super::rows::{Mask, Row, advance, agree, latest, spans_of};
use super::run::Simulation;
use super::samples::Samples;
use super::settings::Settings;
use super::stream::{Streams, fill, keyed};
use super::tally::Tally;

/// A network compiled, its tables built: what is left is to run it.
pub struct Prepared<'a>(Simulation<'a>);

impl<'a> Prepared<'a> {
    /// Compiles a network.
    pub fn new(plan: &Plan, network: &'a Network, settings: &'a Settings) -> Self {
        Self(Simulation::new(plan, network, settings, &|_| {}))
    }

    /// How many iterations a block has.
    pub fn block(&self) -> usize {
        self.0.block()
    }

    /// Runs it.
    pub fn run(&self) -> Samples {
        self.0.samples()
    }
}

/// One inner loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// ChaCha8: one uniform per iteration.
    Draw,
    /// Table, value, kept draw, span.
    Value,
    /// The same for a correlated variable: score, mixed with one factor's, table over the score.
    Mixed,
    /// Start over two predecessors, and finish.
    Forward,
    /// Money by the second.
    Cost,
    /// Sums, squares and histogram.
    Count,
    /// One link traced back.
    Trace,
    /// Products of one variable with finish and cost.
    Correlate,
}

impl Kernel {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Draw,
        Self::Value,
        Self::Mixed,
        Self::Forward,
        Self::Cost,
        Self::Count,
        Self::Trace,
        Self::Correlate,
    ];
}

/// The inner loops with rows to work on: blocks of `B` iterations, 64, 128 or 256.
pub struct Loops<'a, const B: usize> {
    program: Program<'a>,
    scratch: Scratch<B>,
    scores: Vec<Row<f32, B>>,
    values: Row<f32, B>,
    kept: Row<i16, B>,
    rows: [Row<i32, B>; 4],
    purse: PurseLane<B>,
    tally: Tally,
}

impl<'a, const B: usize> Loops<'a, B> {
    /// Loops over the variables of a network, as in a run of so many iterations.
    pub fn new(network: &'a Network, iterations: u64) -> Self {
        let keep = super::settings::Keep::default();
        let tables = super::Tables::default();
        let purpose = super::program::Purpose {
            keep: &keep,
            keep_last: false,
            keep_all: false,
            observed: false,
            tables: &tables,
        };
        let program = Program::new(network, &purpose);
        let mut loops = Self {
            scratch: Scratch::new(),
            scores: vec![Row::zero(); program.mixing.rows()],
            values: Row::zero(),
            kept: Row::zero(),
            rows: std::array::from_fn(|_| Row::zero()),
            purse: PurseLane::new(),
            tally: Tally::none(),
            program,
        };
        let stream = loops.program.variables.first().map_or(0, |variable| variable.stream);
        fill(&mut keyed(1), stream, 0, &mut loops.scratch.draws.0);
        loops.program.mixing.draw_shared(&mut Streams::of(&Settings::default()), 0, &mut loops.scores);
        loops.value(0);
        let spans = loops.rows[0].0;
        for (offset, row) in loops.rows.iter_mut().enumerate() {
            row.0 = std::array::from_fn(|i| spans[(i + 7 * offset) % B]);
        }
        let mut sums = PilotSums::default();
        sums.add(&spans);
        let scale: Scale = sums.scale();
        loops.tally = Tally::new([scale; 4].into(), 1, iterations);
        loops
    }

    /// Runs one inner loop so often; gives a number that depends on all of it.
    pub fn repeat(&mut self, kernel: Kernel, repeats: usize) -> i64 {
        match Processor::detect(false) {
            Processor::Plain => self.repeat_any(kernel, repeats),
            #[cfg(target_arch = "x86_64")]
            // SAFETY: `Avx2` is only made where the processor was found to have these features.
            #[allow(
                unsafe_code,
                reason = "run-time dispatch: the caller's features differ from the callee's"
            )]
            Processor::Avx2 => unsafe { self.repeat_avx2(kernel, repeats) },
        }
    }

    #[target_feature(enable = "avx2,popcnt")]
    #[cfg(target_arch = "x86_64")]
    fn repeat_avx2(&mut self, kernel: Kernel, repeats: usize) -> i64 {
        self.repeat_any(kernel, repeats)
    }

    #[inline(always)]
    fn value(&mut self, at: usize) {
        let variable = &self.program.variables[at % 2];
        self.program.samplers.draw(&variable.sampler, &self.scratch.draws.0, &mut self.values.0);
        self.program.samplers.keep(&variable.sampler, &self.scratch.draws.0, &mut self.kept.0);
        spans_of(&self.values.0, 28_800.0, &mut self.rows[0].0);
    }

    #[inline(always)]
    fn mixed(&mut self, at: usize) {
        let Some(mix) = self.program.variables.iter().filter_map(|variable| variable.mix).nth(at % 2) else {
            return;
        };
        let mixing = &self.program.mixing;
        mixing.mix_row(mix, &self.scores, &mut self.scratch);
        mixing.values(mix, &self.scratch.scores.0, &mut self.values.0);
        mixing.keep(mix, &self.scratch.scores.0, &mut self.kept.0);
        spans_of(&self.values.0, 28_800.0, &mut self.rows[0].0);
    }

    #[inline(always)]
    fn repeat_any(&mut self, kernel: Kernel, repeats: usize) -> i64 {
        let mut generator = keyed(1);
        let mut result = 0;
        let mut marks = [Mask::first(B); 4];
        self.purse.begin(0.0);
        for at in 0..repeats {
            let [a, b, c, d] = std::hint::black_box(&mut self.rows);
            match kernel {
                Kernel::Draw => {
                    fill(&mut generator, at as u64, 0, std::hint::black_box(&mut self.scratch.draws.0))
                }
                Kernel::Value => self.value(at),
                Kernel::Mixed => self.mixed(at),
                Kernel::Forward => {
                    latest(&mut c.0, at as i32, [(&a.0, 0), (&b.0, 100)].into_iter());
                    advance(&c.0, &a.0, &mut d.0);
                }
                Kernel::Cost => std::hint::black_box(&mut self.purse).add_per_second(0.1, &a.0),
                Kernel::Count => {
                    self.tally.visit::<B>(at % 4, true, &b.0, &a.0, B);
                }
                Kernel::Trace => {
                    let binds = agree(&a.0, at as i32, &b.0);
                    marks[at % 4] = marks[at % 4].or(binds.and(marks[(at + 1) % 4]));
                    result += i64::from(marks[at % 4].count());
                }
                Kernel::Correlate => {
                    let row = std::hint::black_box(&self.kept.0);
                    for _ in 0..3 {
                        result += super::block::dot(row, std::hint::black_box(&self.kept.0));
                    }
                }
            }
        }
        self.purse.flush();
        result + i64::from(self.rows[3].0[0]) + self.purse.total()[0] as i64 + self.tally.visits[0].finish
    }
}
