//! Drag: by how much the plan would be shorter if a critical milestone took no time (Devaux).
//!
//! Where no link looks at the wall clock, the plan's finish is the longest path between the starts of
//! visits. Taking a visit's span away changes only the paths through it, so its finish without the
//! span is the larger of
//!
//! - the longest path that avoids it: every such path jumps over its topological position (by a
//!   link, from a floor, or to the finish), so one sweep over positions with a heap of the links
//!   that span them finds it for all visits, in O(E log E);
//! - the longest path through it with no span: from the same bounds as in the forward pass, to the tail behind it.
//!
//! In a network of FS links the second is T − D, which gives the usual formula. With several
//! calendars or elapsed lags, or where dates decide what exists or is struck, the forward pass is
//! repeated for each critical visit instead.

use std::collections::BinaryHeap;

use super::{Condition, Network, PerVisit, Placed, Schedule, Values, VisitId, VisitLink};

/// How many visits repeated passes may place before drag is left unknown.
const MOST_PLACEMENTS: usize = 1 << 27;
/// Shorter than any path: where there is none.
const NO_PATH: i64 = i64::MIN / 4;

impl Network {
    /// By how many seconds (on the network's axis) the plan would be shorter if the visit took no
    /// time; `None` where it isn't critical, and where a network with several calendars is too
    /// large to try. Negative where a shorter span would lengthen the plan.
    pub fn drag(&self, schedule: &Schedule) -> PerVisit<Option<i64>> {
        let looks_at_wall = self.links.iter().any(|link| self.converts(link)) || self.spans_timelines();
        let finishes = if looks_at_wall || self.looks_at_dates() {
            self.finishes_by_repetition(schedule)
        } else {
            self.finishes_by_sweep(schedule)
        };
        let mut drag = PerVisit::filled(None, self.visits.len());
        for (visit, finish) in finishes {
            drag[visit] = Some(schedule.early.finish - finish);
        }
        drag
    }

    fn spans_timelines(&self) -> bool {
        self.visits.windows(2).any(|pair| pair[0].timeline != pair[1].timeline)
    }

    /// Whether anything depends on when something else takes place, other than by links.
    fn looks_at_dates(&self) -> bool {
        let decides = |condition: &Condition| matches!(condition, Condition::Placed { .. });
        !self.seasons.is_empty() || self.visits.iter().any(|visit| visit.conditions.iter().any(decides))
    }

    /// The plan's finish without the span of each critical visit, by repeating the forward pass from
    /// there on.
    fn finishes_by_repetition(&self, schedule: &Schedule) -> Vec<(VisitId, i64)> {
        let mut finishes = Vec::new();
        let mut left = MOST_PLACEMENTS;
        let mut placed = schedule.early.placed.clone();
        for visit in self.ids().filter(|&visit| schedule.is_critical(visit)) {
            let Some(rest) = left.checked_sub(self.visits.len() - visit.index()) else { break };
            left = rest;
            for later in self.ids().skip(visit.index()) {
                let values = Values(&schedule.values);
                placed[later] = if later == visit {
                    self.place(later, 0, &placed, values)
                } else {
                    self.placed(later, &placed, values)
                };
            }
            finishes.push((visit, self.plan_finish(&placed)));
            for later in self.ids().skip(visit.index()) {
                placed[later] = schedule.early.placed[later];
            }
        }
        finishes
    }

    fn finishes_by_sweep(&self, schedule: &Schedule) -> Vec<(VisitId, i64)> {
        let sweep = Sweep::new(self, schedule);
        let avoiding = sweep.longest_avoiding();
        let critical = self.ids().filter(|&visit| schedule.is_critical(visit));
        critical.map(|visit| (visit, avoiding[visit].max(sweep.through_without_span(visit)))).collect()
    }
}

/// Longest paths between the starts of visits, for the spans of one schedule.
struct Sweep<'a> {
    network: &'a Network,
    placed: &'a PerVisit<Placed>,
    values: Values<'a>,
    /// The links that leave each visit, by position in the network's links.
    outgoing: PerVisit<Vec<u32>>,
    /// From each visit's start to the plan's finish, along the longest path.
    tail: PerVisit<i64>,
}

impl<'a> Sweep<'a> {
    fn new(network: &'a Network, schedule: &'a Schedule) -> Self {
        let mut outgoing = PerVisit::filled(Vec::new(), network.visits.len());
        let is_unordered = |visit| network.is_unordered(visit, &schedule.early.placed);
        for (position, link) in network.links.iter().enumerate() {
            if !is_unordered(link.from) && !is_unordered(link.to) {
                outgoing[link.from].push(position as u32);
            }
        }
        let tail = PerVisit::filled(NO_PATH, network.visits.len());
        let (placed, values) = (&schedule.early.placed, Values(&schedule.values));
        let mut sweep = Self { network, placed, values, outgoing, tail };
        for visit in network.ids().rev() {
            sweep.tail[visit] = sweep.tail_of(visit, placed[visit].span);
        }
        sweep
    }

    /// From a visit's start to the plan's finish, if it took so long.
    fn tail_of(&self, visit: VisitId, span: i64) -> i64 {
        let ends = self.network.finish.is_none_or(|finish| finish == self.network[visit].milestone);
        let own = if ends { span } else { NO_PATH };
        self.outgoing[visit]
            .iter()
            .map(|&link| &self.network.links[link as usize])
            .map(|link| self.step(link, span) + self.tail[link.to])
            .fold(own, i64::max)
    }

    /// From the start of a link's predecessor, if that took so long, to the start of its successor.
    fn step(&self, link: &VisitLink, span: i64) -> i64 {
        let at_zero = Placed { start: 0, span, finish: span, ..Placed::default() };
        let keeps_lag = !self.placed[link.from].absent && !self.placed[link.to].absent;
        let end = self.network.earliest_tied_end(link, &at_zero, keeps_lag, self.values);
        if link.kind.bounds_finish() { end - self.placed[link.to].span } else { end }
    }

    /// The longest path through a visit that takes no time.
    fn through_without_span(&self, visit: VisitId) -> i64 {
        let start = self.network.place(visit, 0, self.placed, self.values).start;
        start.saturating_add(self.tail_of(visit, 0))
    }

    /// The longest path to the plan's finish that avoids a visit, for every visit.
    fn longest_avoiding(&self) -> PerVisit<i64> {
        let count = self.network.visits.len();
        let mut longest = PerVisit::filled(NO_PATH, count);
        let mut from_floors = NO_PATH;
        for visit in self.network.ids().rev() {
            longest[visit] = from_floors;
            let Placed { span, absent, .. } = self.placed[visit];
            let own = &self.network[visit];
            let floor = if absent { 0 } else { own.start_floor.max(own.finish_floor - span).max(0) };
            from_floors = from_floors.max(floor + self.tail[visit]);
        }
        let mut to_finish = if self.network.finish.is_none() { 0 } else { NO_PATH };
        let mut jumps: BinaryHeap<(i64, VisitId)> = BinaryHeap::new();
        for visit in self.network.ids() {
            while jumps.peek().is_some_and(|&(_, to)| to <= visit) {
                jumps.pop();
            }
            let jump = jumps.peek().map_or(NO_PATH, |&(length, _)| length);
            longest[visit] = longest[visit].max(to_finish).max(jump);
            let Placed { start, span, finish, .. } = self.placed[visit];
            if self.network.finish.is_none_or(|last| last == self.network[visit].milestone) {
                to_finish = to_finish.max(finish);
            }
            for &link in &self.outgoing[visit] {
                let link = &self.network.links[link as usize];
                jumps.push((start + self.step(link, span) + self.tail[link.to], link.to));
            }
        }
        longest
    }
}
