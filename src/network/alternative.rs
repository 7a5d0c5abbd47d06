//! Several solutions in one plan: a plan that tries more than one way fails only where all of them do.
//!
//! What ends a solution (its metric misses the minimum, a risk, a check) ends the plan of that solution alone. In a
//! plan with several, the milestones of a solution that come after its end do not exist, and all others go on.

use crate::model::SolutionId;

use super::{Failure, Network, PerVisit, Placed, Quantity, Values, VisitId};

/// One of several solutions in a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// The solution.
    pub solution: SolutionId,
    /// It fails with the first of these that comes about.
    pub ends: Vec<End>,
}

/// What may end a solution.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    /// It ends with the last of these visits that exists, if the first does.
    pub visits: Vec<VisitId>,
    /// Where this is 1.
    pub draw: Quantity,
}

impl End {
    /// Whether it comes about.
    pub(super) fn comes_about(&self, placed: &PerVisit<Placed>, values: Values<'_>) -> bool {
        values.of(self.draw) == 1.0 && self.visits.first().is_some_and(|&first| !placed[first].absent)
    }
}

impl Network {
    /// The failure of a plan whose solutions fail one and all: with the last of them.
    pub(super) fn failure_of_all(&self, placed: &PerVisit<Placed>, values: Values<'_>) -> Option<Failure> {
        let failures = self.alternatives.iter().map(|alternative| {
            let ends = alternative.ends.iter().filter(|end| end.comes_about(placed, values));
            let failure = |end: &End| {
                let visit = end.visits.iter().copied().rev().find(|&visit| !placed[visit].absent)?;
                Some(Failure { visit, at: self.finish_on_axis(visit, placed[visit].finish) })
            };
            ends.filter_map(failure).min_by_key(|failure| (failure.at, failure.visit))
        });
        let failures: Option<Vec<Failure>> = failures.collect();
        failures?.into_iter().max_by_key(|failure| (failure.at, failure.visit))
    }
}
