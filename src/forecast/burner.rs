//! Burning one run of the plan after another on a grid of time.

use crate::model::Moment;
use crate::network::{Condition, Costs, Network, PaidOver, Schedule, Values, VisitId};
use crate::simulate::{BlockRows, NEVER};

use super::BurnKind;
use super::burn::Burn;
use super::fuel::Fire;

/// One run of the plan, as burning it asks.
pub(super) trait Run {
    /// Start and finish, positions of the visit's timeline; `None` if it doesn't take place.
    fn placed(&self, visit: VisitId) -> Option<(i64, i64)>;
    /// Where time passes through an original that doesn't exist: a position of its timeline.
    fn skipped(&self, visit: VisitId) -> Option<i64>;
    /// The plan's finish, on its axis.
    fn finish(&self) -> i64;
    /// What one of the visit's cost terms came to.
    fn amount(&self, visit: VisitId, term: usize) -> f64;
    /// What the plan came to.
    fn cost(&self) -> f64;
}

/// The plan as written.
pub(super) struct PlannedRun<'a> {
    pub(super) network: &'a Network,
    pub(super) schedule: &'a Schedule,
    pub(super) costs: Costs,
}

impl Run for PlannedRun<'_> {
    fn placed(&self, visit: VisitId) -> Option<(i64, i64)> {
        let placed = &self.schedule.early.placed[visit];
        self.network.happens(&self.schedule.early, visit).then_some((placed.start, placed.finish))
    }

    fn skipped(&self, _: VisitId) -> Option<i64> {
        None
    }

    fn finish(&self) -> i64 {
        self.schedule.early.finish
    }

    fn amount(&self, visit: VisitId, term: usize) -> f64 {
        self.costs.visits[visit.index()][term]
    }

    fn cost(&self) -> f64 {
        self.costs.total()
    }
}

/// One iteration of a block.
pub(super) struct Lane<'a, 'b> {
    pub(super) rows: &'a BlockRows<'b>,
    pub(super) lane: usize,
}

impl Run for Lane<'_, '_> {
    fn placed(&self, visit: VisitId) -> Option<(i64, i64)> {
        let rows =
            || (self.rows.starts(visit)[self.lane].into(), self.rows.finishes(visit)[self.lane].into());
        self.rows.happens(visit, self.lane).then(rows)
    }

    fn skipped(&self, visit: VisitId) -> Option<i64> {
        let at = self.rows.starts(visit)[self.lane];
        (!self.rows.exists(visit, self.lane) && at != NEVER).then_some(at.into())
    }

    fn finish(&self) -> i64 {
        self.rows.finish()[self.lane].into()
    }

    fn amount(&self, visit: VisitId, term: usize) -> f64 {
        self.rows.costs(visit, term)[self.lane].into()
    }

    fn cost(&self) -> f64 {
        self.rows.cost()[self.lane]
    }
}

/// Burns runs, one after another, on the same grid.
pub(super) struct Burner<'a> {
    network: &'a Network,
    planned: Vec<f64>,
    burn: Burn,
}

impl<'a> Burner<'a> {
    pub(super) fn new(network: &'a Network, points: usize, step: f64) -> Self {
        Self { network, planned: network.planned(), burn: Burn::new(points, step) }
    }

    /// What remains at each point of the grid.
    pub(super) fn remaining(&mut self, fire: &Fire, run: &impl Run) -> Vec<f64> {
        self.burn.clear();
        let scale = match fire.kind {
            BurnKind::Work => self.burn_work(fire, run),
            BurnKind::Money => self.burn_money(run),
        };
        self.burn.burnt().map(|burnt| fire.total - burnt * scale).collect()
    }

    /// Burns each visit's weight over its span. What the plan as written doesn't hold is added when it is
    /// ordered, what it holds in vain is dropped where time passes through.
    fn burn_work(&mut self, fire: &Fire, run: &impl Run) -> f64 {
        for (visit, &weight) in self.network.ids().zip(&fire.weights).filter(|(_, weight)| **weight > 0.0) {
            let is_planned = fire.planned[visit.index()];
            if let Some(placed) = run.placed(visit) {
                let (from, to) = self.span(visit, placed);
                self.burn.piece(from, to, weight);
                if !is_planned {
                    let at = self.ordered(visit, run).unwrap_or(from);
                    self.burn.piece(at, at, -weight);
                }
            } else if let Some(at) = run.skipped(visit).filter(|_| is_planned) {
                let (at, _) = self.span(visit, (at, at));
                self.burn.piece(at, at, weight);
            }
        }
        1.0
    }

    /// When a repeat is ordered: where the visit finishes whose check failed.
    fn ordered(&self, visit: VisitId, run: &impl Run) -> Option<f64> {
        let by = self.network[visit].conditions.iter().find_map(|condition| match condition {
            Condition::Drawn { by, .. } => *by,
            Condition::Placed { .. } => None,
        })?;
        Some(self.span(by, run.placed(by)?).1)
    }

    /// Burns the money of visits and hammocks; returns the factor that adds the surcharges.
    fn burn_money(&mut self, run: &impl Run) -> f64 {
        let mut base = 0.0;
        for visit in self.network.ids() {
            let Some(placed) = run.placed(visit) else { continue };
            for (index, term) in self.network[visit].costs.iter().enumerate() {
                let amount = run.amount(visit, index);
                base += amount;
                self.pay(visit, placed, &term.paid, amount);
            }
        }
        base += self.burn_hammocks(run);
        if base == 0.0 { 1.0 } else { run.cost() / base }
    }

    fn pay(&mut self, visit: VisitId, placed: (i64, i64), paid: &PaidOver, amount: f64) {
        match paid {
            PaidOver::Span => {
                let (from, to) = self.span(visit, placed);
                self.burn.piece(from, to, amount);
            }
            PaidOver::Moments(payments) => {
                let timeline = self.network.timeline_of(visit);
                for payment in payments {
                    let wall = match payment.at {
                        Moment::AfterStart(wait) => timeline.wall_of_start(placed.0) + wait,
                        Moment::AfterFinish(wait) => timeline.wall_of_finish(placed.1) + wait,
                    };
                    let at = self.plan_seconds(wall);
                    self.burn.piece(at, at, amount * payment.share.value());
                }
            }
        }
    }

    fn burn_hammocks(&mut self, run: &impl Run) -> f64 {
        if self.network.hammocks.is_empty() {
            return 0.0;
        }
        let walls = |visit: VisitId| {
            let timeline = self.network.timeline_of(visit);
            let (start, finish) = run.placed(visit)?;
            Some((timeline.wall_of_start(start), timeline.wall_of_finish(finish)))
        };
        let end = self.network.axis_wall(run.finish());
        let spans = self.network.hammock_spans(Values(&self.planned), end, walls);
        for span in &spans {
            let (from, to) = (self.plan_seconds(span.from), self.plan_seconds(span.to));
            self.burn.piece(from, to, span.amount);
        }
        spans.iter().map(|span| span.amount).sum()
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
