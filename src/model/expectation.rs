//! Expectations: sentences about the forecast that the plan's author wants to hold.

use crate::units::{Money, Share, When};

use super::{MilestoneId, Scope};

/// A named sentence; one not met gives exit code 3.
#[derive(Clone, Debug, PartialEq)]
pub struct Expectation {
    /// Its key in the plan file.
    pub key: String,
    /// As written.
    pub text: String,
    /// What it says.
    pub statement: Statement,
}

/// What an expectation says.
#[derive(Clone, Debug, PartialEq)]
pub enum Statement {
    /// `P80(finish) <= deadline`
    Percentile {
        /// Which percentile, in 0..1.
        p: Share,
        /// Of what.
        of: Figure,
        /// How it compares.
        comparison: Comparison,
        /// With what.
        limit: Limit,
    },
    /// `mean(cost) <= 300k`
    Mean {
        /// Of what.
        of: Figure,
        /// How it compares.
        comparison: Comparison,
        /// With what.
        limit: Limit,
    },
    /// `P(finish <= deadline and cost <= budget) >= 70%`
    Chance {
        /// All of these hold in one iteration.
        conditions: Vec<Condition>,
        /// How the chance compares.
        comparison: Comparison,
        /// With what.
        share: Share,
    },
}

impl Statement {
    /// The figures it speaks of.
    pub fn figures(&self) -> Vec<&Figure> {
        match self {
            Self::Percentile { of, .. } | Self::Mean { of, .. } => vec![of],
            Self::Chance { conditions, .. } => conditions
                .iter()
                .filter_map(|condition| match condition {
                    Condition::Compare(figure, _, _) => Some(figure),
                    Condition::Delivered => None,
                })
                .collect(),
        }
    }
}

/// One condition inside `P(…)`.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// A figure compared with a limit.
    Compare(Figure, Comparison, Limit),
    /// The plan is delivered.
    Delivered,
}

/// A figure of an iteration.
#[derive(Clone, Debug, PartialEq)]
pub enum Figure {
    /// The plan's finish.
    Finish,
    /// The plan's cost.
    Cost,
    /// A milestone's start.
    StartOf(MilestoneId),
    /// A milestone's finish.
    FinishOf(MilestoneId),
    /// The cost of some milestones or of some categories.
    CostOf(Scope),
}

/// How two values compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Below,
    /// `<=`
    AtMost,
    /// `>`
    Above,
    /// `>=`
    AtLeast,
}

/// The value an expectation compares with (`deadline` and `budget` are already replaced).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    /// A date.
    Date(When),
    /// Money.
    Money(Money),
    /// Working seconds of the plan's calendar since its start.
    Span(i64),
}
