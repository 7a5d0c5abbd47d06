//! Improving a model until its metric is good enough.

use crate::model::{Estimate, ResourceId, Span};

/// Iterations at the end of a milestone, each with draws of its own, until the metric of the milestone's
/// solution reaches its target.
///
/// How many are needed comes from the solution's learning curve. Where `at_most` are not enough, the solution
/// goes on with less if the metric's minimum is reached, and fails otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Improve {
    /// How long an iteration takes at least; with `work` and `consumes`, the longest of them counts.
    pub duration: Option<Span>,
    /// Effort of an iteration in seconds of work per resource.
    pub work: Vec<(ResourceId, Estimate)>,
    /// Units of a resource at work while an iteration runs.
    pub uses: Vec<(ResourceId, Estimate)>,
    /// Pieces of a resource used up by an iteration.
    pub consumes: Vec<(ResourceId, Estimate)>,
    /// What an iteration costs once.
    pub cost: Option<Estimate>,
    /// How many iterations there are at most, from 1.
    pub at_most: u32,
    /// How much effort an iteration adds, in the unit of the solution's history; above 0.
    pub adds: f64,
    /// Where it is decided whether to go on.
    pub checkpoint: Option<Checkpoint>,
}

/// Where it is decided, by what is measured then, whether a solution goes on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Checkpoint {
    /// After so many iterations: from 1, below [`Improve::at_most`].
    pub after: u32,
    /// The solution is given up if the metric measured then is worse than this. `None`: it goes on anyway.
    pub stop_line: Option<f64>,
}
