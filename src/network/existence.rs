//! What has to hold so that a visit exists.

use super::alternative::End;
use super::{Early, Network, PerVisit, Placed, Quantity, Values, VisitId};
use crate::model::{Comparison, End as MilestoneEnd, MilestoneId};

/// One condition of a visit's existence. A visit exists where all of its conditions hold, and it has no
/// predecessor or one of them exists. Everything a condition looks at comes before the visit.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// A draw has this value, and the visit that it belongs to exists: an outcome, a failed check; with a
    /// fixed draw of the same value only that the visit exists.
    Drawn {
        /// Whose draw it is; `None`: nobody's (a risk).
        by: Option<VisitId>,
        /// The draw: 0 or 1, or the index of an outcome.
        draw: Quantity,
        /// What it has to be.
        value: f64,
    },
    /// A draw, times another where there is one, is above a number: an iteration is among those that are
    /// needed.
    Exceeds {
        /// The draw.
        draw: Quantity,
        /// What it is multiplied with.
        times: Option<Quantity>,
        /// What it has to be above.
        above: f64,
    },
    /// Whether any of these ends of a solution comes about.
    Ended {
        /// What may end it.
        ends: Vec<End>,
        /// Whether one has to, or none may.
        is_ended: bool,
    },
    /// An end of a milestone compares with a moment. The milestone's start is that of its first visit, its
    /// finish that of the last one that exists; where none does, the condition does not hold.
    Placed {
        /// The milestone's visits, in topological order.
        visits: Vec<VisitId>,
        /// Which end.
        end: MilestoneEnd,
        /// How it compares.
        comparison: Comparison,
        /// With what: a position of the visits' timeline (all are in one), such that comparing positions
        /// is comparing moments.
        limit: i64,
    },
}

impl Network {
    /// Whether a visit does not exist, given everything before it.
    pub(super) fn is_absent(&self, visit: VisitId, placed: &PerVisit<Placed>, values: Values<'_>) -> bool {
        let own = &self[visit];
        if !own.may_be_absent {
            return false;
        }
        let links = self.links_into(visit);
        let is_reached = links.is_empty() || links.iter().any(|link| !placed[link.from].absent);
        !is_reached || !own.conditions.iter().all(|condition| condition.holds(placed, values))
    }

    /// Whether a visit is a repeat that does not exist, and so bounds nothing.
    pub(super) fn is_unordered(&self, visit: VisitId, placed: &PerVisit<Placed>) -> bool {
        placed[visit].absent && self[visit].pass > 0
    }

    /// Whether a visit takes place: it exists, and starts before the plan fails (or is what fails).
    pub fn happens(&self, early: &Early, visit: VisitId) -> bool {
        let placed = &early.placed[visit];
        !placed.absent
            && early.failure.is_none_or(|failure| {
                failure.visit == visit || self.start_on_axis(visit, placed.start) < failure.at
            })
    }

    /// The last visit to a milestone that exists; `None` where it has none in this run.
    pub fn last_visit(&self, early: &Early, milestone: MilestoneId) -> Option<VisitId> {
        self.visits_of[milestone].iter().copied().rev().find(|&visit| early.exists(visit))
    }

    /// Where a milestone finishes: the finish of the last visit that exists, a position of its timeline.
    pub fn milestone_finish(&self, early: &Early, milestone: MilestoneId) -> Option<i64> {
        self.last_visit(early, milestone).map(|visit| early.placed[visit].finish)
    }
}

impl Early {
    /// Whether a visit exists in this run.
    pub fn exists(&self, visit: VisitId) -> bool {
        !self.placed[visit].absent
    }
}

impl Condition {
    fn holds(&self, placed: &PerVisit<Placed>, values: Values<'_>) -> bool {
        match self {
            Self::Drawn { by, draw, value } => {
                values.of(*draw) == *value && by.is_none_or(|visit| !placed[visit].absent)
            }
            Self::Exceeds { draw, times, above } => {
                values.of(*draw) * times.map_or(1.0, |times| values.of(times)) > *above
            }
            Self::Ended { ends, is_ended } => {
                ends.iter().any(|end| end.comes_about(placed, values)) == *is_ended
            }
            Self::Placed { visits, end, comparison, limit } => {
                let mut there = visits.iter().map(|&visit| &placed[visit]).filter(|placed| !placed.absent);
                let position = match end {
                    MilestoneEnd::Start => there.next().map(|placed| placed.start),
                    MilestoneEnd::Finish => there.next_back().map(|placed| placed.finish),
                };
                position.is_some_and(|position| match comparison {
                    Comparison::Below => position < *limit,
                    Comparison::AtMost => position <= *limit,
                    Comparison::Above => position > *limit,
                    Comparison::AtLeast => position >= *limit,
                })
            }
        }
    }
}
