//! What has to hold so that a visit exists.

use super::{Quantity, VisitId};
use crate::model::{Comparison, End};

/// One condition of a visit's existence. A visit exists where all of its conditions hold, and it has no
/// predecessor or one of them exists. Everything a condition looks at comes before the visit.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// A draw has this value, and the visit that it belongs to exists: an outcome, a failed check.
    Drawn {
        /// Whose draw it is; `None`: nobody's (a risk).
        by: Option<VisitId>,
        /// The draw: 0 or 1, or the index of an outcome.
        draw: Quantity,
        /// What it has to be.
        value: f64,
    },
    /// An end of a milestone compares with a moment. The milestone's start is that of its first visit, its
    /// finish that of the last one that exists; where none does, the condition does not hold.
    Placed {
        /// The milestone's visits, in topological order.
        visits: Vec<VisitId>,
        /// Which end.
        end: End,
        /// How it compares.
        comparison: Comparison,
        /// With what: a position of the visits' timeline (all are in one), such that comparing positions
        /// is comparing moments.
        limit: i64,
    },
}
