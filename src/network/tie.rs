//! What one link says: from an end of the predecessor to an end of the successor, and back.
//!
//! Both directions are monotone, and the second is the exact inverse of the first: the latest end
//! of the predecessor that keeps the successor's tied end at or before a position.

use super::{Network, Placed, Values, VisitLag, VisitLink, whole_seconds};

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

    /// The earliest position of the successor's tied end (its finish for FF and SF, else its
    /// start) that the predecessor allows. May be negative.
    pub fn earliest_tied_end(&self, link: &VisitLink, predecessor: &Placed, values: Values<'_>) -> i64 {
        let wait = Wait::of(link, predecessor.span, values);
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
    pub(super) fn latest_tied_end(&self, link: &VisitLink, limit: i64, span: i64, values: Values<'_>) -> i64 {
        let wait = Wait::of(link, span, values);
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
    fn of(link: &VisitLink, span: i64, values: Values<'_>) -> Self {
        let mut wait = Self { before: 0, elapsed: 0, after: 0 };
        match link.lag {
            VisitLag::None => {}
            VisitLag::Work(seconds) => wait.after = whole_seconds(values.of(seconds)),
            VisitLag::Elapsed(seconds) => wait.elapsed = whole_seconds(values.of(seconds)),
            VisitLag::Share(share) => wait.before = whole_seconds(values.of(share) * span as f64),
        }
        wait
    }
}
