//! How a simulation runs.

use serde::{Deserialize, Serialize};

use crate::network::VisitId;
use crate::stats::sample::Scheme;

use super::stretch::Stretch;
use super::tables::Tables;

/// How a simulation runs, and what it keeps of every iteration.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// How many iterations the whole run has, at least 1.
    pub iterations: u64,
    /// Which of them to simulate now; `None`: all. What is beyond the run is left out.
    pub only: Option<Stretch>,
    /// How uniform numbers are drawn.
    pub sampling: Sampling,
    /// The seed of all draws.
    pub seed: u64,
    /// How many threads; `None`: as many as the machine has. Does not change a bit of the answer.
    pub threads: Option<usize>,
    /// The percentile that *a day saved here saves* is about, 0 < p < 1; `None`: the plan's.
    pub confidence: Option<f64>,
    /// What to keep of every iteration, besides the plan's finish and cost.
    pub keep: Keep,
    /// How the work is cut. Does not change a bit of the answer.
    pub tuning: Tuning,
    /// Quantile tables that are built already; further runs with a clone of these settings share them.
    pub tables: Tables,
}

/// How the uniform numbers behind all values are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sampling {
    /// Independently: Monte Carlo.
    #[default]
    Mc,
    /// Latin hypercube sampling, in sixteen independent replicates. Such a run has
    /// [`super::lhs_iterations`] iterations.
    Lhs,
}

impl Sampling {
    /// Its word on the command line and in reports.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mc => "mc",
            Self::Lhs => "lhs",
        }
    }

    /// How many iterations a run has that was asked for so many.
    pub fn iterations(self, asked: u64) -> u64 {
        match self {
            Self::Mc => asked,
            Self::Lhs => super::lhs_iterations(asked),
        }
    }

    /// What the iterations of such a run have to do with each other.
    pub const fn scheme(self) -> Scheme {
        match self {
            Self::Mc => Scheme::Independent,
            Self::Lhs => Scheme::Replicates,
        }
    }
}

/// What to keep of every iteration.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Keep {
    /// The starts of these visits.
    pub starts: Vec<VisitId>,
    /// The finishes of these visits.
    pub finishes: Vec<VisitId>,
    /// For each of these lists, what its visits cost together.
    pub costs: Vec<Vec<VisitId>>,
}

/// How the work is cut. Nothing here changes a bit of the answer; tests hold it to that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tuning {
    /// Iterations per block: 64, 128 or 256; `None`: by the size of the network.
    pub block: Option<usize>,
    /// Do without AVX2 even where the processor has it.
    pub plain_processor: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            iterations: 10_000,
            only: None,
            sampling: Sampling::Mc,
            seed: 1,
            threads: None,
            confidence: None,
            keep: Keep::default(),
            tuning: Tuning::default(),
            tables: Tables::default(),
        }
    }
}

impl Settings {
    /// The same with another seed.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// The same with another number of iterations.
    #[must_use]
    pub fn iterations(mut self, iterations: u64) -> Self {
        self.iterations = iterations;
        self
    }

    /// The same, but only these of the iterations.
    #[must_use]
    pub fn only(mut self, stretch: Stretch) -> Self {
        self.only = Some(stretch);
        self
    }

    /// The iterations to simulate now.
    pub fn stretch(&self) -> Stretch {
        self.only.map_or(Stretch::whole(self.iterations), |only| only.within(self.iterations))
    }

    /// The same, drawn in another way.
    #[must_use]
    pub fn sampling(mut self, sampling: Sampling) -> Self {
        self.sampling = sampling;
        self
    }

    /// The same on so many threads.
    #[must_use]
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = Some(threads);
        self
    }
}
