//! The money of one run: what each of its parts comes to, and when it is paid.

use super::{Values, tariff};
use crate::model::{Category, Curve, Moment, Payment, Timeline};
use crate::network::{
    CostTerm, Early, Failure, Follows, Hammock, Hit, Index, Money, Network, PaidOver, Placed, RiskCost,
    VisitId,
};

/// One run, as its costs ask for it.
#[derive(Clone, Copy)]
pub(super) struct Run<'a> {
    pub(super) network: &'a Network,
    pub(super) values: Values<'a>,
    pub(super) early: &'a Early,
}

impl Run<'_> {
    pub(super) fn visit_costs(&self, id: VisitId) -> Vec<f64> {
        let (visit, values) = (&self.network[id], self.values);
        if visit.costs.is_empty() || !self.network.happens(self.early, id) {
            return vec![0.0; visit.costs.len()];
        }
        let struck = self.early.placed[id].struck;
        let share = visit.share.map_or(1.0, |share| values.of(share));
        let (work, all) = (visit.work_factor(values, struck), visit.cost_factor(values, struck));
        let follows = |term: &CostTerm| match term.follows {
            Follows::Nothing => 1.0,
            Follows::Share => share,
            Follows::Work => share * work,
        };
        let cost = |term: &CostTerm| {
            let index = self.network.index(term.category, values);
            let money = self.money(id, &term.money, index.as_ref()) * values.exchanged(term.exchange);
            money * follows(term) * all * self.paid(id, term, index.as_ref())
        };
        visit.costs.iter().map(cost).collect()
    }

    /// The money of one term before factors; what runs, until the plan fails. What has a tariff is at the prices
    /// of the time it is worked, all other money at those of the plan's start.
    pub(super) fn money(&self, id: VisitId, money: &Money, index: Option<&Index>) -> f64 {
        let (network, values) = (self.network, self.values);
        let timeline = network.timeline_of(id);
        let Placed { start, .. } = self.early.placed[id];
        match money {
            Money::Once { amount, price, factor, surplus, changes } => {
                let more = surplus.map_or(0.0, |surplus| values.of(surplus));
                let price = tariff::in_force(timeline, *price, changes, timeline.wall_of_start(start));
                values.of(*amount) * (1.0 + more) * values.of(price) * factor
            }
            Money::Effort { effort, surplus, tariff } => {
                let effort = values.of(*effort) * (1.0 + surplus.map_or(0.0, |surplus| values.of(surplus)));
                effort * tariff::effort_rate(network, tariff, values, self.cut_span(id), index)
            }
            Money::Running { units, tariff }
                if tariff.changes.is_empty() && tariff.timeline == Some(network[id].timeline) =>
            {
                let seconds = (self.cut(id) - start) as f64;
                let rising = index.map_or(1.0, |index| index.along(Curve::Even, self.cut_span(id), 1.0));
                values.of(units.0) * values.of(tariff.first) / tariff.per * seconds * rising
            }
            Money::Running { units, tariff } => {
                values.of(units.0) * tariff::over(network, tariff, values, self.wall_span(id), index)
            }
        }
    }

    /// How much of a term is paid, in money of the plan's start: all of it, unless prices rise or the plan fails before.
    pub(super) fn paid(&self, id: VisitId, term: &CostTerm, index: Option<&Index>) -> f64 {
        if index.is_none() && self.early.failure.is_none() {
            return 1.0;
        }
        match &term.paid {
            PaidOver::Moments(payments) => {
                payments.iter().map(|payment| self.payment(id, payment, index)).sum()
            }
            PaidOver::Span if matches!(term.money, Money::Running { .. }) => 1.0,
            PaidOver::Span => {
                let is_priced = matches!(term.money, Money::Effort { .. });
                let index = index.filter(|_| !is_priced);
                self.done(id) * index.map_or(1.0, |index| index.along(Curve::Even, self.cut_span(id), 1.0))
            }
        }
    }

    /// How much one payment comes to: its share at the prices of its time, as far as it is due before the plan fails.
    pub(super) fn payment(&self, id: VisitId, payment: &Payment, index: Option<&Index>) -> f64 {
        let share = payment.share.value();
        let is_due = || self.early.failure.is_none_or(|failure| self.moment(id, payment.at, failure) <= 0);
        let (from, to) = self.whole_span(id);
        let rising = |wall: i64| index.map_or(1.0, |index| index.at(wall));
        match payment.at {
            Moment::AfterStart(wait) if is_due() => share * rising(from + wait),
            Moment::AfterFinish(wait) if is_due() => share * rising(to + wait),
            Moment::AfterStart(_) | Moment::AfterFinish(_) => 0.0,
            Moment::Along(curve, wait) => {
                let done = self.done_after(id, wait);
                let along = |index: &Index| index.along(curve, (from + wait, to + wait), done);
                share * index.map_or_else(|| curve.flowed(done), along)
            }
        }
    }

    /// How long after the failure a moment of a visit is; 0 or less if it comes first. Without a wait it
    /// compares on the plan's axis, else by the wall clock.
    pub(super) fn moment(&self, id: VisitId, at: Moment, failure: Failure) -> i64 {
        let (network, Placed { start, finish, .. }) = (self.network, self.early.placed[id]);
        let timeline = network.timeline_of(id);
        match at {
            Moment::AfterStart(0) => network.start_on_axis(id, start) - failure.at,
            Moment::AfterFinish(0) => network.finish_on_axis(id, finish) - failure.at,
            Moment::AfterStart(wait) | Moment::Along(_, wait) => {
                timeline.wall_of_start(start) + wait - network.axis_wall(failure.at)
            }
            Moment::AfterFinish(wait) => {
                timeline.wall_of_finish(finish) + wait - network.axis_wall(failure.at)
            }
        }
    }

    /// The share of a visit's span that is done when the plan is, or fails.
    pub(super) fn done(&self, id: VisitId) -> f64 {
        let Placed { start, finish, .. } = self.early.placed[id];
        if finish == start { 1.0 } else { (self.cut(id) - start) as f64 / (finish - start) as f64 }
    }

    /// The share of it that was done so many elapsed seconds before the plan fails; all of it if it doesn't.
    pub(super) fn done_after(&self, id: VisitId, wait: i64) -> f64 {
        let Some(failure) = self.early.failure else { return 1.0 };
        if wait == 0 {
            return self.done(id);
        }
        let Placed { start, finish, .. } = self.early.placed[id];
        let until = self.network.axis_wall(failure.at) - wait;
        done_by(self.network.timeline_of(id), (start, finish), until)
    }

    /// Where a visit finishes, or is when the plan fails.
    pub(super) fn cut(&self, id: VisitId) -> i64 {
        let Placed { start, finish, .. } = self.early.placed[id];
        let reached = |failure: Failure| self.network.reached_by(id, failure.at);
        self.early.failure.map_or(finish, |failure| reached(failure).clamp(start, finish))
    }

    /// From when to when a visit would take place, in wall seconds.
    pub(super) fn whole_span(&self, id: VisitId) -> (i64, i64) {
        let Placed { start, finish, .. } = self.early.placed[id];
        self.network.timeline_of(id).walls(start, finish)
    }

    /// The same, until the end of what is done when the plan fails.
    pub(super) fn cut_span(&self, id: VisitId) -> (i64, i64) {
        self.network.timeline_of(id).walls(self.early.placed[id].start, self.cut(id))
    }

    /// From when to when a visit takes place, in wall seconds.
    pub(super) fn wall_span(&self, id: VisitId) -> (i64, i64) {
        let (timeline, Placed { start, finish, .. }) = (self.network.timeline_of(id), self.early.placed[id]);
        let (from, to) = (timeline.wall_of_start(start), timeline.wall_of_finish(finish));
        let until = self.early.failure.map_or(to, |failure| self.network.axis_wall(failure.at).min(to));
        (from, until)
    }

    /// The same, if it takes place.
    pub(super) fn walls(&self, id: VisitId) -> Option<(i64, i64)> {
        self.network.happens(self.early, id).then(|| self.wall_span(id))
    }

    /// What a risk costs once, at the prices of when it is due.
    pub(super) fn risk_cost(&self, cost: &RiskCost) -> f64 {
        let Some(due) = self.due(cost) else { return 0.0 };
        let index = self.network.index(Category::Risk, self.values);
        let amount = self.values.of(cost.amount) * self.values.exchanged(cost.exchange);
        amount * index.map_or(1.0, |index| index.at(due))
    }

    /// When what a risk costs once is paid, in wall seconds, if it is.
    pub(super) fn due(&self, cost: &RiskCost) -> Option<i64> {
        let Some(happens) = cost.happens else { return Some(self.network.timelines[0].wall_of_start(0)) };
        let strikes = |hit: &&Hit| self.network.is_struck(hit, self.early);
        let hits = cost.hits.iter().filter(|_| self.values.of(happens) == 1.0).filter(strikes);
        hits.map(|hit| self.whole_span(hit.visit).0).min()
    }

    /// What a hammock comes to.
    pub(super) fn hammock(&self, hammock: &Hammock) -> f64 {
        let index = self.network.index(hammock.category, self.values);
        let span = self.hammock_span(hammock);
        let amount = tariff::over(self.network, &hammock.tariff, self.values, span, index.as_ref());
        amount * self.values.exchanged(hammock.exchange)
    }

    /// From when to when a hammock is paid, in wall seconds.
    pub(super) fn hammock_span(&self, hammock: &Hammock) -> (i64, i64) {
        let Some(visits) = &hammock.over else {
            let start = self.network.timelines[0].wall_of_start(0);
            return (start, self.network.axis_wall(self.early.finish));
        };
        let there = visits.iter().filter_map(|&visit| self.walls(visit));
        there.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1))).unwrap_or_default()
    }
}

/// The share of a span, positions of a timeline, that is done by a wall second.
pub fn done_by(timeline: &Timeline, (start, finish): (i64, i64), wall: i64) -> f64 {
    if finish <= start {
        return f64::from(u8::from(timeline.wall_of_finish(finish) <= wall));
    }
    let done = timeline.position_of_wall(wall).clamp(start, finish) - start;
    done as f64 / (finish - start) as f64
}
