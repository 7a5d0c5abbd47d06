//! Scoping as it is believed: business problems, the metrics that tell when they are solved, solutions with
//! their evidence and value, and the terms on which they are judged.
//!
//! A plan without solutions has an empty [`Scoping`]. What a solution takes is in the milestones that name it
//! ([`super::Milestone::solution`]), what may end it also in risks ([`super::Risk::ends`]).

mod criterion;
mod evidence;
mod improve;
mod metric;
mod only;
mod readying;
mod solution;
mod terms;
mod value;

use super::{FactorId, MetricId, ProblemId, SolutionId};

pub use criterion::{Criteria, Criterion};
pub use evidence::{
    Benchmark, EffortUnit, Evidence, Features, History, HumanLevel, Measured, Pilot, Predictive, Similarity,
    SourceTerms,
};
pub use improve::{Checkpoint, Improve};
pub use metric::{Direction, Metric, MetricKind};
pub use readying::Readying;
pub use solution::{DataKind, Solution, SolutionEnd, SolutionKind, System};
pub use terms::{Goal, ScopingTerms, Tail};
pub use value::{MetricLink, Monitoring, Readiness, SolutionValue, ValueFactor};

/// The most solutions of which all sets are tried.
pub const MOST_COMBINED: usize = 16;
/// Working days of a year, by which value and its horizon count.
pub const DAYS_PER_YEAR: f64 = 260.0;

/// All that a plan says about what to do at all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scoping {
    /// On which terms solutions are judged.
    pub terms: ScopingTerms,
    /// Business problems in file order.
    pub problems: Vec<Problem>,
    /// Metrics in file order.
    pub metrics: Vec<Metric>,
    /// Factors of value in file order.
    pub factors: Vec<ValueFactor>,
    /// What solutions are judged by besides money.
    pub criteria: Criteria,
    /// Solutions in file order, without those that a scenario removed.
    pub solutions: Vec<Solution>,
}

/// A business problem: what should work better.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Its id in the plan file.
    pub key: String,
    /// Its name in reports.
    pub name: String,
    /// The problem in a sentence.
    pub statement: Option<String>,
    /// The metric that tells whether it is solved.
    pub metric: Option<MetricId>,
    /// The wider problem it is a part of. Following parents never comes back.
    pub parent: Option<ProblemId>,
    /// The question it came up with.
    pub asked: Option<String>,
    /// The order in which problems matter, 1 first.
    pub priority: Option<u32>,
}

impl Scoping {
    /// The solution with this key.
    pub fn solution(&self, key: &str) -> Option<SolutionId> {
        self.solutions.iter().position(|solution| solution.key == key).map(SolutionId::new)
    }

    /// The ids of all solutions, in file order.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = SolutionId> + use<> {
        (0..self.solutions.len()).map(SolutionId::new)
    }

    /// Whether a problem says what would solve it: it has a metric with a baseline and a target.
    pub fn is_vague(&self, problem: &Problem) -> bool {
        let metric = problem.metric.map(|id| &self[id]);
        metric.is_none_or(|metric| metric.baseline.is_none() || metric.target.is_none())
    }
}

macro_rules! index {
    ($id:ident, $value:ty, $field:ident) => {
        impl std::ops::Index<$id> for Scoping {
            type Output = $value;
            fn index(&self, id: $id) -> &$value {
                &self.$field[id.index()]
            }
        }
    };
}

index!(ProblemId, Problem, problems);
index!(MetricId, Metric, metrics);
index!(FactorId, ValueFactor, factors);
index!(SolutionId, Solution, solutions);
