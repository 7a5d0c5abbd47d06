//! What happens in one run of the plan, and what does not.

use crate::network::{Axis, Early, Network, VisitId};

/// Whether a visit happens: it exists, and it starts before the plan fails, or is what fails.
pub(super) fn happens(network: &Network, early: &Early, visit: VisitId) -> bool {
    let placed = &early.placed[visit];
    if placed.absent {
        return false;
    }
    let start = match network.axis {
        Axis::Work(_) => placed.start,
        Axis::Wall => network.timeline_of(visit).wall_of_start(placed.start),
    };
    early.failure.is_none_or(|failure| failure.visit == visit || start < failure.at)
}
