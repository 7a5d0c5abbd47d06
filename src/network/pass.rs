//! The forward pass of the critical path method, and the latest finishes that go with it.
//!
//! The forward pass walks the visits in topological order and puts each where its links and floors
//! first allow it; the backward pass walks them in reverse and lowers each latest finish to what the
//! successors allow.
//!
//! ```text
//!   early start ──────────► early finish ┄┄┄ total float ┄┄┄► late finish
//!                  span
//! ```
//!
//! Both are pure functions of the network and one number for each of its variables. Whether a visit exists
//! is decided on the way, from what comes before it; so is whether a season strikes it.
//!
//! Method: Kelley & Walker (1959), "Critical-Path Planning and Scheduling".

use super::{Axis, CAP, Network, PerVisit, Quantity, Values, VisitId, VisitLink};

/// A visit put somewhere: positions of its timeline, `0..=CAP`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Placed {
    /// Where it starts.
    pub start: i64,
    /// How long it takes.
    pub span: i64,
    /// Where it finishes: `start + span`, but never beyond [`CAP`].
    pub finish: i64,
    /// Whether it does not exist in this run.
    pub absent: bool,
    /// Bit by bit, whether it is at work in the season of its seasonal effects: judged by the span
    /// before those, at the start that goes with it.
    pub struck: u64,
}

/// How a plan ends early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The visit that fails.
    pub visit: VisitId,
    /// When, on the network's axis.
    pub at: i64,
}

/// The earliest each visit can be, for one number per variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Early {
    /// Where each visit is put.
    pub placed: PerVisit<Placed>,
    /// The plan's finish, on the network's axis; of a plan that fails, when it does.
    pub finish: i64,
    /// The first failure, if the plan is not delivered. Visits that would start later are still placed
    /// where they would be.
    pub failure: Option<Failure>,
    /// The first visit that had to be stopped at [`CAP`].
    pub capped: Option<VisitId>,
}

/// The bounds on a visit that no link sets, and the links' bounds on top.
struct Bound {
    start: i64,
    finish: i64,
}

impl Network {
    /// The forward pass, given one number for each variable: the planned ones, or one draw of each.
    pub fn early(&self, values: Values<'_>) -> Early {
        let mut placed = PerVisit::filled(Placed::default(), self.visits.len());
        for visit in self.ids() {
            placed[visit] = self.placed(visit, &placed, values);
        }
        self.closed(placed, values)
    }

    /// A forward pass whose visits are all placed: how it ends.
    pub fn closed(&self, placed: PerVisit<Placed>, values: Values<'_>) -> Early {
        let capped = self.ids().find(|&visit| self.is_at_limit(visit, &placed[visit]));
        let failure = self.first_failure(&placed, values);
        let finish = failure.map_or_else(|| self.plan_finish(&placed), |failure| failure.at);
        Early { placed, finish, failure, capped }
    }

    /// Where a visit comes to lie behind its predecessors, if it exists, and for how long.
    pub(super) fn placed(&self, visit: VisitId, placed: &PerVisit<Placed>, values: Values<'_>) -> Placed {
        self.placed_from(visit, 0, placed, values)
    }

    /// The same where it starts at this position of its timeline at the earliest.
    pub fn placed_from(
        &self,
        visit: VisitId,
        floor: i64,
        placed: &PerVisit<Placed>,
        values: Values<'_>,
    ) -> Placed {
        if self.is_absent(visit, placed, values) {
            return self.place_absent(visit, placed, values);
        }
        let own = &self[visit];
        let from = |span: i64| {
            let placed = self.place(visit, span, placed, values);
            let start = placed.start.max(floor.min(CAP));
            Placed { start, finish: (start + span).min(CAP), ..placed }
        };
        let before_seasons = from(own.span(values, 0));
        match self.struck(visit, &before_seasons) {
            0 => before_seasons,
            struck => Placed { struck, ..from(own.span(values, struck)) },
        }
    }

    /// An original that doesn't exist lies where its links alone put it; a repeat nowhere.
    fn place_absent(&self, visit: VisitId, placed: &PerVisit<Placed>, values: Values<'_>) -> Placed {
        let links = if self[visit].pass > 0 { &[] } else { self.links_into(visit) };
        let bounds = links.iter().filter_map(|link| self.bound(link, placed, true, values));
        let start = bounds.fold(0, i64::max).min(CAP);
        Placed { start, finish: start, absent: true, ..Placed::default() }
    }

    /// Where a visit that exists and takes so long comes to lie behind its predecessors.
    pub(super) fn place(
        &self,
        visit: VisitId,
        span: i64,
        placed: &PerVisit<Placed>,
        values: Values<'_>,
    ) -> Placed {
        let mut bound = Bound { start: self[visit].start_floor, finish: self[visit].finish_floor };
        for link in self.links_into(visit) {
            let Some(end) = self.bound(link, placed, false, values) else { continue };
            let bound = if link.kind.bounds_finish() { &mut bound.finish } else { &mut bound.start };
            *bound = end.max(*bound);
        }
        let start = bound.start.max(bound.finish - span).clamp(0, CAP);
        Placed { start, span, finish: (start + span).min(CAP), ..Placed::default() }
    }

    /// The plan's finish on the network's axis: of the milestone that was named, else the last of all.
    pub(super) fn plan_finish(&self, placed: &PerVisit<Placed>) -> i64 {
        let ordered = self.finishing().filter(|&visit| !self.is_unordered(visit, placed));
        ordered.map(|visit| self.finish_on_axis(visit, placed[visit].finish)).max().unwrap_or(0)
    }

    /// The first failure of a run; of several at once, the first in topological order.
    fn first_failure(&self, placed: &PerVisit<Placed>, values: Values<'_>) -> Option<Failure> {
        let failing = self.ids().filter(|&visit| self.fails(visit, placed, values));
        let failures =
            failing.map(|visit| Failure { visit, at: self.finish_on_axis(visit, placed[visit].finish) });
        let all = self.failure_of_all(placed, values);
        failures.chain(all).min_by_key(|failure| (failure.at, failure.visit))
    }

    fn fails(&self, visit: VisitId, placed: &PerVisit<Placed>, values: Values<'_>) -> bool {
        let own = &self[visit];
        let is_one = |draw: &Quantity| values.of(*draw) == 1.0;
        let is_last = || {
            let visits = &self.visits_of[own.milestone];
            visits[own.pass as usize + 1..].iter().all(|&later| placed[later].absent)
        };
        !placed[visit].absent
            && (own.failures.iter().any(is_one) || own.fails_as_last.iter().any(is_one) && is_last())
    }

    /// The latest finish of each visit that lets the plan finish when it does, by position of its
    /// own timeline; lower than the early finish where a cap can't be met.
    pub(super) fn late_finish(&self, early: &Early, values: Values<'_>) -> PerVisit<i64> {
        let mut late = self.slack_free_finish(early);
        for visit in self.ids().rev() {
            let Placed { span, absent, .. } = early.placed[visit];
            let caps = [self[visit].finish_cap, self[visit].start_cap.map(|cap| cap + span)];
            let caps = if absent { [None; 2] } else { caps };
            late[visit] = caps.into_iter().flatten().fold(late[visit], i64::min);
            for link in self.links_into(visit) {
                let limit = if link.kind.bounds_finish() { late[visit] } else { late[visit] - span };
                if let Some(latest) = self.latest_finish(link, limit, &early.placed, values) {
                    late[link.from] = late[link.from].min(latest);
                }
            }
        }
        late
    }

    /// The latest finish of a link's predecessor that leaves its successor's tied end at `limit`; `None` if
    /// the link ties nothing.
    pub(super) fn latest_finish(
        &self,
        link: &VisitLink,
        limit: i64,
        placed: &PerVisit<Placed>,
        values: Values<'_>,
    ) -> Option<i64> {
        if [link.from, link.to].iter().any(|&visit| self.is_unordered(visit, placed)) {
            return None;
        }
        let span = placed[link.from].span;
        let keeps_lag = !placed[link.from].absent && !placed[link.to].absent;
        let end = self.latest_tied_end(link, limit, (span, keeps_lag), values);
        Some(if link.kind.leaves_start() { end + span } else { end })
    }

    /// The latest finish of each visit, links and caps aside: the plan's finish. What finishes after
    /// a finish that was named may take until the last finish of all.
    pub(super) fn slack_free_finish(&self, early: &Early) -> PerVisit<i64> {
        let ordered = self.ids().filter(|&visit| !self.is_unordered(visit, &early.placed));
        let finishes = ordered.map(|visit| self.finish_on_axis(visit, early.placed[visit].finish));
        let last = finishes.max().unwrap_or(0);
        let mut late = PerVisit::filled(0, self.visits.len());
        for visit in self.ids() {
            let is_later = self.finish_on_axis(visit, early.placed[visit].finish) > early.finish;
            late[visit] = self.latest_on_axis(visit, if is_later { last } else { early.finish });
        }
        late
    }

    fn is_at_limit(&self, visit: VisitId, placed: &Placed) -> bool {
        let wall = match self.axis {
            Axis::Work(_) => 0,
            Axis::Wall => self.timeline_of(visit).wall_of_finish(placed.finish),
        };
        placed.finish >= CAP || wall >= CAP
    }
}
