//! What one link says: from an end of the predecessor to an end of the successor, and back.
//!
//! Both directions are monotone, and the second is the exact inverse of the first: the latest end
//! of the predecessor that keeps the successor's tied end at or before a position.

use super::{Network, PerVisit, Placed, Values, VisitLag, VisitLink, whole_seconds};

/// A lag in numbers; at most one of them is not 0.
struct Wait {
    /// Seconds of the predecessor's timeline.
    before: i64,
    /// Wall-clock seconds.
    elapsed: i64,
    /// Seconds of the successor's timeline.
    after: i64,
}

impl Network {
    /// Whether a link has to look at the wall clock; otherwise it compares positions.
    pub fn converts(&self, link: &VisitLink) -> bool {
        matches!(link.lag, VisitLag::Elapsed(_)) || self[link.from].timeline != self[link.to].timeline
    }

    /// Where a link puts its successor's tied end, in a run in which the successor is absent or not;
    /// `None` if the predecessor is a repeat that doesn't exist. Where one of the two is absent, the lag
    /// doesn't count.
    pub fn bound(
        &self,
        link: &VisitLink,
        placed: &PerVisit<Placed>,
        is_absent: bool,
        values: Values<'_>,
    ) -> Option<i64> {
        if self.is_unordered(link.from, placed) {
            return None;
        }
        let predecessor = &placed[link.from];
        Some(self.earliest_tied_end(link, predecessor, !is_absent && !predecessor.absent, values))
    }

    /// The earliest position of the successor's tied end (its finish for FF and SF, else its
    /// start) that the predecessor allows, with the lag or without. May be negative.
    pub(super) fn earliest_tied_end(
        &self,
        link: &VisitLink,
        predecessor: &Placed,
        keeps_lag: bool,
        values: Values<'_>,
    ) -> i64 {
        let wait = if keeps_lag { Wait::of(link, predecessor.span, values) } else { Wait::NONE };
        let leaves_start = link.kind.leaves_start();
        let end = if leaves_start { predecessor.start } else { predecessor.finish } + wait.before;
        if !self.converts(link) {
            return end + wait.after;
        }
        let timeline = self.timeline_of(link.from);
        let wall = if leaves_start && wait.before == 0 {
            timeline.wall_of_start(end)
        } else {
            timeline.wall_of_finish(end)
        };
        self.timeline_of(link.to).position_of_wall(wall + wait.elapsed) + wait.after
    }

    /// The latest position of the predecessor's tied end (its start for SS and SF, else its
    /// finish) that leaves the successor's tied end at `limit` or before.
    pub(super) fn latest_tied_end(
        &self,
        link: &VisitLink,
        limit: i64,
        (span, keeps_lag): (i64, bool),
        values: Values<'_>,
    ) -> i64 {
        let wait = if keeps_lag { Wait::of(link, span, values) } else { Wait::NONE };
        let limit = limit - wait.after;
        if !self.converts(link) {
            return limit - wait.before;
        }
        let wall = self.timeline_of(link.to).wall_of_start(limit) - wait.elapsed;
        let timeline = self.timeline_of(link.from);
        let end = if link.kind.leaves_start() && wait.before == 0 {
            timeline.latest_start_by(wall)
        } else {
            timeline.latest_finish_by(wall)
        };
        end - wait.before
    }
}

impl Wait {
    const NONE: Self = Self { before: 0, elapsed: 0, after: 0 };

    fn of(link: &VisitLink, span: i64, values: Values<'_>) -> Self {
        let mut wait = Self::NONE;
        match link.lag {
            VisitLag::None => {}
            VisitLag::Work(seconds) => wait.after = whole_seconds(values.of(seconds)),
            VisitLag::Elapsed(seconds) => wait.elapsed = whole_seconds(values.of(seconds)),
            VisitLag::Share(share) => wait.before = whole_seconds(values.of(share) * span as f64),
        }
        wait
    }
}
