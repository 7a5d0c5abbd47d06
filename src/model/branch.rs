//! What may come otherwise: rework, outcomes, branches, failure.

use super::{Comparison, Estimate, Limit, MilestoneId, RiskId};

/// A check at the end of a milestone that may send work back.
#[derive(Clone, Debug, PartialEq)]
pub struct Rework {
    /// How likely a check fails: the first one, the second, …; the last entry holds for all later.
    pub probability: Vec<f64>,
    /// What is done again.
    pub redo: Redo,
    /// How much of the original work a repeat takes, drawn once a pass.
    pub share: Estimate,
    /// How many repeats there are at most; the check runs at most once more.
    pub at_most: u32,
    /// What happens when the last check fails, too.
    pub otherwise: Otherwise,
}

/// What is done again.
#[derive(Clone, Debug, PartialEq)]
pub enum Redo {
    /// Everything on the way from this milestone to the check.
    BackTo(MilestoneId),
    /// Exactly these, and the check.
    These(Vec<MilestoneId>),
}

/// What happens when the last check fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Otherwise {
    /// The plan fails.
    Fail,
    /// It goes on as if the check had passed.
    Continue,
}

/// One of several ways a milestone may turn out.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Its word, as in `only_if = "evaluate.pivot"`.
    pub key: String,
    /// How likely it is; the outcomes of a milestone add up to 1.
    pub share: f64,
}

/// What has to hold so that a milestone exists.
#[derive(Clone, Debug, PartialEq)]
pub enum OnlyIf {
    /// A milestone before it turned out like this (an index of [`super::Milestone::outcomes`]).
    Outcome(MilestoneId, usize),
    /// A risk happens.
    Risk(RiskId),
    /// A start or finish of a milestone before it compares like this.
    Date {
        /// Whose.
        milestone: MilestoneId,
        /// Which end of it.
        end: End,
        /// How it compares.
        comparison: Comparison,
        /// With what: a date, or a span since the plan's start.
        limit: Limit,
    },
}

/// An end of a milestone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Its start.
    Start,
    /// Its finish.
    Finish,
}
