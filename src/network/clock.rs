//! From positions to dates, and to the axis on which all finishes compare.

use crate::units::Instant;

use super::{Axis, Network, VisitId};

impl Network {
    /// The moment a visit starts whose start is at this position.
    pub fn start_instant(&self, visit: VisitId, position: i64) -> Instant {
        self.timeline_of(visit).start_instant(position)
    }

    /// The moment a visit finishes whose finish is at this position.
    pub fn finish_instant(&self, visit: VisitId, position: i64) -> Instant {
        self.timeline_of(visit).finish_instant(position)
    }

    /// The moment of a finish on the network's axis.
    pub fn axis_instant(&self, finish: i64) -> Instant {
        match self.axis {
            Axis::Work(timeline) => self.timelines[usize::from(timeline)].finish_instant(finish),
            Axis::Wall => self.timelines[0].start().plus(finish),
        }
    }

    /// The wall second of a finish on the network's axis, since the plan's anchor.
    pub fn axis_wall(&self, finish: i64) -> i64 {
        match self.axis {
            Axis::Work(timeline) => self.timelines[usize::from(timeline)].wall_of_finish(finish),
            Axis::Wall => finish,
        }
    }

    /// A visit's start on the network's axis.
    pub(super) fn start_on_axis(&self, visit: VisitId, start: i64) -> i64 {
        match self.axis {
            Axis::Work(_) => start,
            Axis::Wall => self.timeline_of(visit).wall_of_start(start),
        }
    }

    /// The position of a visit's timeline that a moment of the network's axis has reached.
    pub(super) fn reached_by(&self, visit: VisitId, at: i64) -> i64 {
        match self.axis {
            Axis::Work(_) => at,
            Axis::Wall => self.timeline_of(visit).position_of_wall(at),
        }
    }

    /// The working time of the plan's own calendar up to a finish on the network's axis: seconds
    /// since the plan's start.
    pub fn plan_seconds(&self, finish: i64) -> i64 {
        match self.axis {
            Axis::Work(0) => finish,
            _ => self.timelines[0].position(self.axis_instant(finish)),
        }
    }

    /// The latest finish on the network's axis that is not after a moment: what "by that date" means.
    pub fn axis_limit(&self, moment: Instant) -> i64 {
        let wall = moment.seconds().saturating_sub(self.timelines[0].start().seconds());
        match self.axis {
            Axis::Work(timeline) => self.timelines[usize::from(timeline)].latest_finish_by(wall),
            Axis::Wall => wall,
        }
    }

    /// The latest finish of a visit that is not after a finish on the network's axis.
    pub(super) fn latest_on_axis(&self, visit: VisitId, finish: i64) -> i64 {
        match self.axis {
            Axis::Work(_) => finish,
            Axis::Wall => self.timeline_of(visit).latest_finish_by(finish),
        }
    }
}
