//! What one run of the plan costs: the formulas of money, evaluated for one set of values and dates.
//!
//! The deterministic plan and the burndown ask here; the simulation evaluates the same formulas
//! for a block of iterations at a time.

use crate::model::{Category, Moment, Timeline};

use super::formula::{CostTerm, Follows, Hammock, Money, PaidOver, Quantity, Surcharge, Tariff};
use super::{Axis, Early, Failure, Hit, Network, Placed, RiskCost, VisitId};

/// The values of all quantities in one run, by [`super::VariableId`].
#[derive(Clone, Copy, Debug)]
pub struct Values<'a>(pub &'a [f64]);

impl Values<'_> {
    /// The value of a quantity.
    pub fn of(&self, quantity: Quantity) -> f64 {
        match quantity {
            Quantity::Fixed(value) => value,
            Quantity::Variable(id) => self.0[id.0 as usize],
        }
    }
}

/// The money of one run, in the plan's currency.
#[derive(Clone, Debug, PartialEq)]
pub struct Costs {
    /// Of each visit, one amount per cost term.
    pub visits: Vec<Vec<f64>>,
    /// Of each of [`Network::risk_costs`].
    pub risks: Vec<f64>,
    /// Of each hammock.
    pub hammocks: Vec<f64>,
    /// Of each surcharge.
    pub surcharges: Vec<f64>,
}

impl Costs {
    /// The money of a run with these values, placed like this. Of a run that fails, what is spent until
    /// then: payments that are due, what runs as long as it ran, effort and pieces by the share of the span
    /// that is done; nothing of what doesn't take place.
    pub fn of(network: &Network, values: Values<'_>, early: &Early) -> Self {
        let run = Run { network, values, early };
        let visits: Vec<Vec<f64>> = network.ids().map(|visit| run.visit_costs(visit)).collect();
        let risks: Vec<f64> = network.risk_costs.iter().map(|cost| run.risk_cost(cost)).collect();
        let hammocks =
            network.hammock_spans(values, network.axis_wall(early.finish), |visit| run.walls(visit));
        let hammocks: Vec<f64> = hammocks.into_iter().map(|hammock| hammock.amount).collect();
        let base = Base { visits: &visits, risks: &risks, hammocks: &hammocks };
        let surcharges =
            network.surcharges.iter().map(|surcharge| base.surcharge(network, surcharge, values)).collect();
        Self { visits, risks, hammocks, surcharges }
    }

    /// All of it.
    pub fn total(&self) -> f64 {
        let visits = self.visits.iter().flatten();
        visits.chain(&self.risks).chain(&self.hammocks).chain(&self.surcharges).sum()
    }

    /// Each amount with its category (an index of [`crate::model::Category::ALL`]) and its stage.
    pub fn parts<'a>(
        &'a self,
        network: &'a Network,
    ) -> impl Iterator<Item = (usize, Option<usize>, f64)> + 'a {
        let visits = network.visits.iter().zip(&self.visits).flat_map(|(visit, amounts)| {
            let terms = visit.costs.iter().zip(amounts);
            terms
                .map(|(term, &amount)| (term.category.index(), term.stage.map(|stage| stage.index()), amount))
        });
        let risks = network.risk_costs.iter().zip(&self.risks);
        let hammocks = network.hammocks.iter().zip(&self.hammocks);
        let surcharges = network.surcharges.iter().zip(&self.surcharges);
        visits
            .chain(risks.map(|(cost, &amount)| {
                (Category::Risk.index(), cost.stage.map(|stage| stage.index()), amount)
            }))
            .chain(hammocks.map(|(hammock, &amount)| (hammock.category.index(), None, amount)))
            .chain(surcharges.map(|(surcharge, &amount)| (surcharge.category.index(), None, amount)))
    }
}

/// One run, as its costs ask for it.
#[derive(Clone, Copy)]
struct Run<'a> {
    network: &'a Network,
    values: Values<'a>,
    early: &'a Early,
}

impl Run<'_> {
    fn visit_costs(&self, id: VisitId) -> Vec<f64> {
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
        let cost = |term: &CostTerm| self.money(id, &term.money) * follows(term) * all * self.paid(id, term);
        visit.costs.iter().map(cost).collect()
    }

    /// The money of one term before factors; what runs, until the plan fails.
    fn money(&self, id: VisitId, money: &Money) -> f64 {
        let (network, values) = (self.network, self.values);
        let timeline = network.timeline_of(id);
        let Placed { start, finish, .. } = self.early.placed[id];
        let whole = || (timeline.wall_of_start(start), timeline.wall_of_finish(finish));
        match money {
            Money::Once { amount, price, factor, surplus, changes } => {
                let more = surplus.map_or(0.0, |surplus| values.of(surplus));
                let price = in_force(timeline, *price, changes, whole().0);
                values.of(*amount) * (1.0 + more) * values.of(price) * factor
            }
            Money::Effort { effort, tariff } => {
                values.of(*effort) * effort_rate(network, tariff, values, whole())
            }
            Money::Running { units, tariff }
                if tariff.changes.is_empty() && tariff.timeline == Some(network[id].timeline) =>
            {
                let seconds = self.cut(id) - start;
                values.of(units.0) * values.of(tariff.first) / tariff.per * seconds as f64
            }
            Money::Running { units, tariff } => {
                let (from, to) = self.wall_span(id);
                values.of(units.0) * tariff_over(network, tariff, values, (from, to))
            }
        }
    }

    /// How much of a term is paid: all of it, unless the plan fails before.
    fn paid(&self, id: VisitId, term: &CostTerm) -> f64 {
        let Some(failure) = self.early.failure else { return 1.0 };
        match &term.paid {
            PaidOver::Moments(payments) => payments
                .iter()
                .filter(|payment| self.moment(id, payment.at, failure) <= 0)
                .map(|payment| payment.share.value())
                .sum(),
            PaidOver::Span if matches!(term.money, Money::Running { .. }) => 1.0,
            PaidOver::Span => {
                let Placed { start, finish, .. } = self.early.placed[id];
                if finish == start { 1.0 } else { (self.cut(id) - start) as f64 / (finish - start) as f64 }
            }
        }
    }

    /// How long after the failure a moment of a visit is; 0 or less if it comes first. Without a wait it
    /// compares on the plan's axis, else by the wall clock.
    fn moment(&self, id: VisitId, at: Moment, failure: Failure) -> i64 {
        let (network, Placed { start, finish, .. }) = (self.network, self.early.placed[id]);
        let timeline = network.timeline_of(id);
        match at {
            Moment::AfterStart(0) => network.start_on_axis(id, start) - failure.at,
            Moment::AfterFinish(0) => network.finish_on_axis(id, finish) - failure.at,
            Moment::AfterStart(wait) => timeline.wall_of_start(start) + wait - network.axis_wall(failure.at),
            Moment::AfterFinish(wait) => {
                timeline.wall_of_finish(finish) + wait - network.axis_wall(failure.at)
            }
        }
    }

    /// Where a visit finishes, or is when the plan fails.
    fn cut(&self, id: VisitId) -> i64 {
        let Placed { start, finish, .. } = self.early.placed[id];
        let reached = |failure: Failure| self.network.reached_by(id, failure.at);
        self.early.failure.map_or(finish, |failure| reached(failure).clamp(start, finish))
    }

    /// From when to when a visit takes place, in wall seconds.
    fn wall_span(&self, id: VisitId) -> (i64, i64) {
        let (timeline, Placed { start, finish, .. }) = (self.network.timeline_of(id), self.early.placed[id]);
        let (from, to) = (timeline.wall_of_start(start), timeline.wall_of_finish(finish));
        let until = self.early.failure.map_or(to, |failure| self.network.axis_wall(failure.at).min(to));
        (from, until)
    }

    /// The same, if it takes place.
    fn walls(&self, id: VisitId) -> Option<(i64, i64)> {
        self.network.happens(self.early, id).then(|| self.wall_span(id))
    }

    fn risk_cost(&self, cost: &RiskCost) -> f64 {
        let strikes = |hit: &Hit| {
            let struck = self.early.placed[hit.visit].struck;
            hit.season.is_none_or(|season| season.holds(struck))
                && self.network.happens(self.early, hit.visit)
        };
        let is_paid = cost
            .happens
            .is_none_or(|happens| self.values.of(happens) == 1.0 && cost.hits.iter().any(strikes));
        if is_paid { self.values.of(cost.amount) } else { 0.0 }
    }
}

/// The price in force at a moment.
fn in_force(
    timeline: &Timeline,
    first: Quantity,
    changes: &[(crate::units::Instant, Quantity)],
    wall: i64,
) -> Quantity {
    let moment = timeline.start().plus(wall);
    changes.iter().rev().find(|(from, _)| *from <= moment).map_or(first, |&(_, price)| price)
}

/// What a second of effort costs, averaged over the paid time of a span.
fn effort_rate(network: &Network, tariff: &Tariff, values: Values<'_>, (from, to): (i64, i64)) -> f64 {
    let worked = paid_seconds(network, tariff, from, to);
    if tariff.changes.is_empty() || worked <= 0 {
        let timeline = &network.timelines[0];
        return values.of(in_force(timeline, tariff.first, &tariff.changes, from)) / tariff.per;
    }
    tariff_over(network, tariff, values, (from, to)) / worked as f64
}

/// The money that one unit costs over a span of wall-clock time.
fn tariff_over(network: &Network, tariff: &Tariff, values: Values<'_>, (from, to): (i64, i64)) -> f64 {
    let anchor = network.timelines[0].start().seconds();
    let mut money = 0.0;
    let mut since = from;
    let mut value = tariff.first;
    for &(change, next) in &tariff.changes {
        let change = (change.seconds() - anchor).clamp(since, to.max(since));
        money += values.of(value) * paid_seconds(network, tariff, since, change) as f64;
        since = change;
        value = next;
    }
    money += values.of(value) * paid_seconds(network, tariff, since, to) as f64;
    money / tariff.per
}

fn paid_seconds(network: &Network, tariff: &Tariff, from: i64, to: i64) -> i64 {
    let worked = |timeline: &Timeline| timeline.position_of_wall(to) - timeline.position_of_wall(from);
    tariff.timeline.map_or(to - from, |timeline| worked(&network.timelines[usize::from(timeline)])).max(0)
}

/// What surcharges apply to: the money of visits, risks and hammocks, never that of other surcharges.
struct Base<'a> {
    visits: &'a [Vec<f64>],
    risks: &'a [f64],
    hammocks: &'a [f64],
}

impl Base<'_> {
    fn surcharge(&self, network: &Network, surcharge: &Surcharge, values: Values<'_>) -> f64 {
        let counts = |category| surcharge.categories.as_ref().is_none_or(|of| of.contains(&category));
        let of_visit = |visit: VisitId| -> f64 {
            let terms = network.visits[visit.index()].costs.iter().zip(&self.visits[visit.index()]);
            terms.filter(|(term, _)| counts(term.category)).map(|(_, amount)| amount).sum()
        };
        let base: f64 = match &surcharge.visits {
            Some(chosen) => chosen.iter().map(|&visit| of_visit(visit)).sum(),
            None => {
                let all: f64 = network.ids().map(of_visit).sum();
                let risks: f64 = if counts(Category::Risk) { self.risks.iter().sum() } else { 0.0 };
                let over = network.hammocks.iter().zip(self.hammocks);
                let over = over.filter(|(hammock, _)| counts(hammock.category));
                all + risks + over.map(|(_, amount)| amount).sum::<f64>()
            }
        };
        base * values.of(surcharge.share)
    }
}

impl Network {
    /// The visits whose latest finish is the plan's.
    pub fn finishing(&self) -> impl Iterator<Item = VisitId> + '_ {
        let named = self.finish.into_iter().flat_map(|finish| self.visits_of[finish].iter().copied());
        let all = (0..self.visits.len()).map(VisitId::new);
        let last = all.filter(|&visit| self.finish.is_none() && self.visits[visit.index()].can_be_last);
        named.chain(last)
    }

    /// Whether anything in the plan costs anything.
    pub fn costs_something(&self) -> bool {
        !self.hammocks.is_empty()
            || !self.risk_costs.is_empty()
            || self.visits.iter().any(|visit| !visit.costs.is_empty())
    }

    /// The timeline that a visit advances in; its positions are read there.
    pub fn timeline_of(&self, visit: VisitId) -> &Timeline {
        &self.timelines[usize::from(self.visits[visit.index()].timeline)]
    }

    /// A visit's finish on the plan's axis.
    pub fn finish_on_axis(&self, visit: VisitId, finish: i64) -> i64 {
        match self.axis {
            Axis::Work(_) => finish,
            Axis::Wall => self.timeline_of(visit).wall_of_finish(finish),
        }
    }
}

/// What a hammock came to, and between which moments it was paid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HammockSpan {
    /// Where it begins, in wall seconds since the plan's anchor.
    pub from: i64,
    /// Where it ends.
    pub to: i64,
    /// The money.
    pub amount: f64,
}

impl Network {
    /// Each hammock of a run that ends at this wall second. `walls` tells from when to when a visit takes
    /// place in it, in wall seconds, if it does.
    pub fn hammock_spans(
        &self,
        values: Values<'_>,
        end: i64,
        walls: impl Fn(VisitId) -> Option<(i64, i64)>,
    ) -> Vec<HammockSpan> {
        let span = |hammock: &Hammock| {
            let (from, to) = match &hammock.over {
                None => (self.timelines[0].wall_of_start(0), end),
                Some(visits) => {
                    let there = visits.iter().filter_map(|&visit| walls(visit));
                    let over = there.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
                    over.unwrap_or_default()
                }
            };
            HammockSpan { from, to, amount: tariff_over(self, &hammock.tariff, values, (from, to)) }
        };
        self.hammocks.iter().map(span).collect()
    }
}
