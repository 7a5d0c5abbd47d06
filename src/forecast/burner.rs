//! Burning one run of the plan after another on a grid of time.

use crate::network::{Condition, Early, Network, Paid, Schedule, Values, VisitId};
use crate::simulate::BlockRows;

use super::BurnKind;
use super::burn::Burn;
use super::fuel::Fire;

/// One run of the plan: as written, or one iteration.
pub(super) struct Run {
    pub(super) values: Vec<f64>,
    pub(super) early: Early,
}

impl Run {
    /// One iteration of a block.
    pub(super) fn observed(rows: &BlockRows<'_>, iteration: usize) -> Self {
        Self { values: rows.values(iteration), early: rows.early(iteration) }
    }

    /// The plan as written.
    pub(super) fn planned(schedule: &Schedule) -> Self {
        Self { values: schedule.values.clone(), early: schedule.early.clone() }
    }

    /// Start and finish, positions of the visit's timeline; `None` if it doesn't take place.
    fn placed(&self, network: &Network, visit: VisitId) -> Option<(i64, i64)> {
        let placed = &self.early.placed[visit];
        network.happens(&self.early, visit).then_some((placed.start, placed.finish))
    }

    /// Where time passes through an original that doesn't exist: a position of its timeline.
    fn skipped(&self, network: &Network, visit: VisitId) -> Option<i64> {
        let placed = &self.early.placed[visit];
        (placed.absent && network[visit].pass == 0).then_some(placed.start)
    }
}

/// Burns runs, one after another, on the same grid.
pub(super) struct Burner<'a> {
    network: &'a Network,
    burn: Burn,
}

impl<'a> Burner<'a> {
    pub(super) fn new(network: &'a Network, points: usize, step: f64) -> Self {
        Self { network, burn: Burn::new(points, step) }
    }

    /// What remains at each point of the grid.
    pub(super) fn remaining(&mut self, fire: &Fire, run: &Run) -> Vec<f64> {
        self.burn.clear();
        match fire.kind {
            BurnKind::Work => self.burn_work(fire, run),
            BurnKind::Money => self.burn_money(run),
        }
        self.burn.burnt().map(|burnt| fire.total - burnt).collect()
    }

    /// Burns each visit's weight over its span. What the plan as written doesn't hold is added when it is
    /// ordered, what it holds in vain is dropped where time passes through.
    fn burn_work(&mut self, fire: &Fire, run: &Run) {
        for (visit, &weight) in self.network.ids().zip(&fire.weights).filter(|(_, weight)| **weight > 0.0) {
            let is_planned = fire.planned[visit.index()];
            if let Some(placed) = run.placed(self.network, visit) {
                let (from, to) = self.span(visit, placed);
                self.burn.piece(from, to, weight);
                if !is_planned {
                    let at = self.ordered(visit, run).unwrap_or(from);
                    self.burn.piece(at, at, -weight);
                }
            } else if let Some(at) = run.skipped(self.network, visit).filter(|_| is_planned) {
                let (at, _) = self.span(visit, (at, at));
                self.burn.piece(at, at, weight);
            }
        }
    }

    /// When a repeat is ordered: where the visit finishes whose check failed.
    fn ordered(&self, visit: VisitId, run: &Run) -> Option<f64> {
        let by = self.network[visit].conditions.iter().find_map(|condition| match condition {
            Condition::Drawn { by, .. } => *by,
            _ => None,
        })?;
        Some(self.span(by, run.placed(self.network, by)?).1)
    }

    /// Burns all money when it is paid.
    fn burn_money(&mut self, run: &Run) {
        let Self { network, burn } = self;
        let own = &network.timelines[0];
        let position = |wall: i64| own.position_of_wall(wall) as f64;
        network.flows(Values(&run.values), &run.early, &mut |flow| match &flow.paid {
            Paid::At(wall) => burn.piece(position(*wall), position(*wall), flow.amount),
            Paid::Over(stretch) => {
                let (from, to) = (position(stretch.span.0), position(stretch.span.1));
                if stretch.is_even_in(0) || to <= from {
                    return burn.piece(from, to, flow.amount);
                }
                let flowed = |at: f64| stretch.flowed(network, own.wall_of_finish(at.round() as i64));
                burn.curve(from, to, flow.amount, flowed);
            }
        });
    }

    /// A visit's span in working seconds of the plan's calendar.
    fn span(&self, visit: VisitId, (start, finish): (i64, i64)) -> (f64, f64) {
        if self.network[visit].timeline == 0 {
            return (start as f64, finish as f64);
        }
        let timeline = self.network.timeline_of(visit);
        let from = self.plan_seconds(timeline.wall_of_start(start));
        (from, self.plan_seconds(timeline.wall_of_finish(finish)).max(from))
    }

    fn plan_seconds(&self, wall: i64) -> f64 {
        self.network.timelines[0].position_of_wall(wall) as f64
    }
}
