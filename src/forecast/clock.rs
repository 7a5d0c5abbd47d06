//! From the engine's whole seconds to working days and dates.

use crate::model::Plan;
use crate::network::{Network, VisitId};
use crate::units::{Instant, When};

use super::Stamp;

/// Reads positions and axis values as points in the plan's time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock<'a> {
    network: &'a Network,
    day_seconds: f64,
    dated: bool,
}

impl<'a> Clock<'a> {
    pub(super) fn of(plan: &Plan, network: &'a Network) -> Self {
        let day_seconds = plan[plan.calendar].day_seconds() as f64;
        Self { network, day_seconds, dated: plan.start.is_some() }
    }

    /// A finish on the plan's axis.
    pub(super) fn finish(self, value: i64) -> Stamp {
        self.stamp(self.network.plan_seconds(value), self.network.axis_instant(value))
    }

    /// The days that a finish on the plan's axis lies after the start.
    pub(super) fn finish_days(self, value: i64) -> f64 {
        self.days(self.network.plan_seconds(value))
    }

    /// A visit's finish, from a position of its timeline.
    pub(super) fn visit_finish(self, visit: VisitId, position: i64) -> Stamp {
        self.moment(self.network.timeline_of(visit).wall_of_finish(position))
    }

    /// A visit's start, from a position of its timeline.
    pub(super) fn visit_start(self, visit: VisitId, position: i64) -> Stamp {
        self.moment(self.network.timeline_of(visit).wall_of_start(position))
    }

    /// A finish at a position of the plan's own calendar.
    pub(super) fn plan_position(self, position: i64) -> Stamp {
        self.stamp(position, self.network.timelines[0].finish_instant(position))
    }

    /// A start at a position of the plan's own calendar.
    pub(super) fn plan_start(self, position: i64) -> Stamp {
        self.stamp(position, self.network.timelines[0].start_instant(position))
    }

    /// A finish so many working days of the plan's calendar after its start.
    pub(super) fn working_days(self, days: f64) -> Stamp {
        Stamp { days, ..self.plan_position((days * self.day_seconds).round() as i64) }
    }

    /// A moment of the wall clock, as days of the plan's calendar and a date.
    pub(super) fn instant(self, instant: Instant) -> Stamp {
        self.moment(self.wall(instant))
    }

    /// A moment in wall seconds since the anchor.
    pub(super) fn moment(self, wall: i64) -> Stamp {
        self.stamp(self.network.timelines[0].position_of_wall(wall), self.anchor().plus(wall))
    }

    /// The last value of the plan's axis at which a finish is no later than this.
    pub(super) fn finish_limit(self, when: When) -> i64 {
        self.network.axis_limit(when.ends())
    }

    /// The last position of a visit's timeline at which its finish is no later than this.
    pub(super) fn visit_finish_limit(self, visit: VisitId, when: When) -> i64 {
        self.network.timeline_of(visit).latest_finish_by(self.wall(when.ends()))
    }

    /// The last position of a visit's timeline at which its start is no later than this.
    pub(super) fn visit_start_limit(self, visit: VisitId, when: When) -> i64 {
        self.network.timeline_of(visit).latest_start_by(self.wall(when.ends()))
    }

    /// Working days of the plan's calendar in so many of its working seconds.
    pub(super) fn days(self, seconds: i64) -> f64 {
        seconds as f64 / self.day_seconds
    }

    /// The moment that is position 0 of all timelines.
    pub(super) fn anchor(self) -> Instant {
        self.network.timelines[0].start()
    }

    fn wall(self, instant: Instant) -> i64 {
        instant.seconds() - self.anchor().seconds()
    }

    fn stamp(self, position: i64, date: Instant) -> Stamp {
        Stamp { days: self.days(position), date: self.dated.then_some(date) }
    }
}
