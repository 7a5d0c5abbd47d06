//! Why a plan has no network.

use std::fmt;

use super::CorrelationError;
use crate::model::MilestoneId;
use crate::network::Cycle;

/// Why a plan has no network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NetworkError {
    /// Milestones wait for each other: every independent cycle, in file order.
    Cycles(Vec<Cycle>),
    /// Something is looked at, or done again, that doesn't come before: all such places.
    NotBefore(Vec<NotBefore>),
    /// The repeats that checks order wait for each other: the milestones with these checks.
    EntangledRework(Vec<MilestoneId>),
    /// Rework makes more than a million visits; the milestone whose check does.
    TooManyVisits(MilestoneId),
    /// Risks look at more than [`crate::network::Effects::MOST_SEASONS`] seasons on this milestone.
    TooManySeasons(MilestoneId),
    /// The plan as written goes on beyond [`crate::network::CAP`]; the first milestone that does.
    BeyondLimit(MilestoneId),
    /// The hard ceiling of a solution leaves no learning curve possible; its improve milestone.
    NothingReachable(MilestoneId),
    /// More different calendars than 65,535.
    TooManyCalendars,
    /// Quantities cannot go together as a group says.
    Correlation(CorrelationError),
}

/// A milestone that should come before another, and doesn't.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotBefore {
    /// A check sends back to it, or does it again.
    Redone {
        /// The milestone that checks.
        gate: MilestoneId,
        /// What does not lead to it.
        milestone: MilestoneId,
    },
    /// An `only_if` looks at it.
    LookedAt {
        /// The milestone with the `only_if`.
        by: MilestoneId,
        /// What does not lead to it.
        milestone: MilestoneId,
    },
}

impl fmt::Display for NetworkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cycles(cycles) => write!(f, "milestones wait for each other in {} cycles", cycles.len()),
            Self::NotBefore(places) => {
                write!(f, "{} milestones are looked at or done again, but don't come before", places.len())
            }
            Self::EntangledRework(_) => f.write_str("repeats wait for each other"),
            Self::TooManyVisits(_) => f.write_str("rework makes more than 1,000,000 visits"),
            Self::TooManySeasons(_) => f.write_str("a milestone is hit by risks of more than 64 seasons"),
            Self::BeyondLimit(_) => f.write_str("the plan as written lasts longer than 2^30 seconds"),
            Self::Correlation(error) => error.fmt(f),
            Self::NothingReachable(_) => f.write_str("the hard ceiling leaves no learning curve possible"),
            Self::TooManyCalendars => f.write_str("there are more than 65,535 different calendars"),
        }
    }
}

impl std::error::Error for NetworkError {}
