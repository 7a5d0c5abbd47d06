//! Solutions: ways to solve a problem.

use super::{Evidence, Monitoring, Readiness, SolutionValue};
use crate::model::{Estimate, MetricId, MilestoneId, ProblemId, SolutionId};

/// A way to solve a problem.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// Its id in the plan file.
    pub key: String,
    /// Its name in reports.
    pub name: String,
    /// The problem it solves.
    pub problem: Option<ProblemId>,
    /// What it is made of.
    pub kind: SolutionKind,
    /// What its data is like.
    pub data_kind: DataKind,
    /// Whether it starts afresh.
    pub system: System,
    /// The metric that tells how good it is. Every solution with an improve milestone has one, with a
    /// target and a best value.
    pub metric: Option<MetricId>,
    /// At most one solution of a group is funded.
    pub group: Option<String>,
    /// Solutions it needs. Following them never comes back.
    pub depends: Vec<SolutionId>,
    /// The solution that is begun when this one fails. Following fallbacks never comes back.
    pub fallback: Option<SolutionId>,
    /// Of a new system: iterations until 80 % of the improvement is there.
    pub iterations_80: Option<Estimate>,
    /// How likely it works at all, 0..=1: of what is no model.
    pub p_technical: f64,
    /// What speaks for it being feasible.
    pub evidence: Evidence,
    /// What it scores, 0..=10, by criterion in file order; `None`: not scored.
    pub scores: Vec<Option<f64>>,
    /// What it is worth.
    pub value: Option<SolutionValue>,
    /// How it ages.
    pub monitoring: Option<Monitoring>,
    /// How ready for production it is.
    pub readiness: Option<Readiness>,
}

/// What a solution is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SolutionKind {
    /// A model that learns.
    #[default]
    Model,
    /// Rules.
    Rules,
    /// A change of how people work.
    Process,
    /// A product that is bought.
    Buy,
}

/// What data is like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DataKind {
    /// Images, sound, text: what people are good at.
    Unstructured,
    /// Tables.
    #[default]
    Structured,
}

/// Whether a solution starts afresh.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum System {
    /// Nothing like it runs yet.
    #[default]
    New,
    /// It carries on with what runs.
    Existing,
}

/// How a risk ends a solution: where the risk happens, the solution fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SolutionEnd {
    /// The solution.
    pub solution: SolutionId,
    /// The milestone of that solution at whose finish it is known.
    pub resolved_by: MilestoneId,
    /// Whether the solution is blocked until it is cleared.
    pub veto: bool,
    /// Whether it is cleared.
    pub cleared: bool,
}
