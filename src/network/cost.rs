//! What one run of the plan costs: the formulas of money, evaluated for one set of values and dates.
//!
//! The deterministic plan and the burndown ask here; the simulation evaluates the same formulas
//! for a block of iterations at a time.

use crate::model::Timeline;

use super::formula::{Hammock, Money, Quantity, Surcharge, Tariff};
use super::{Axis, Network, VisitId};

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
    /// Of each hammock.
    pub hammocks: Vec<f64>,
    /// Of each surcharge.
    pub surcharges: Vec<f64>,
}

impl Costs {
    /// The money of a run with these starts and finishes (positions of each visit's timeline).
    pub fn of(network: &Network, values: Values<'_>, starts: &[i64], finishes: &[i64]) -> Self {
        let visits: Vec<Vec<f64>> = (0..network.visits.len())
            .map(|at| visit_costs(network, at, values, starts[at], finishes[at]))
            .collect();
        let walls = Walls::of(network, starts, finishes);
        let hammocks: Vec<f64> =
            network.hammocks.iter().map(|hammock| hammock_cost(network, hammock, values, &walls)).collect();
        let surcharges = network
            .surcharges
            .iter()
            .map(|surcharge| surcharge_cost(network, surcharge, values, &visits, &hammocks))
            .collect();
        Self { visits, hammocks, surcharges }
    }

    /// All of it.
    pub fn total(&self) -> f64 {
        self.visits.iter().flatten().chain(&self.hammocks).chain(&self.surcharges).sum()
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
        let hammocks = network.hammocks.iter().zip(&self.hammocks);
        let surcharges = network.surcharges.iter().zip(&self.surcharges);
        visits
            .chain(hammocks.map(|(hammock, &amount)| (hammock.category.index(), None, amount)))
            .chain(surcharges.map(|(surcharge, &amount)| (surcharge.category.index(), None, amount)))
    }
}

/// Wall seconds of starts and finishes, as far as hammocks ask for them.
struct Walls {
    spans: Vec<(i64, i64)>,
    plan: (i64, i64),
}

impl Walls {
    fn of(network: &Network, starts: &[i64], finishes: &[i64]) -> Self {
        if network.hammocks.is_empty() {
            return Self { spans: Vec::new(), plan: (0, 0) };
        }
        let spans =
            network.visits.iter().zip(starts.iter().zip(finishes)).map(|(visit, (&start, &finish))| {
                let timeline = &network.timelines[usize::from(visit.timeline)];
                (timeline.wall_of_start(start), timeline.wall_of_finish(finish))
            });
        let spans: Vec<(i64, i64)> = spans.collect();
        let last = network.finishing().map(|visit| spans[visit.index()].1).max();
        let first = network.timelines[0].wall_of_start(0);
        Self { spans, plan: (first, last.unwrap_or(first)) }
    }

    fn over(&self, hammock: &Hammock) -> (i64, i64) {
        let Some(visits) = &hammock.over else { return self.plan };
        let spans = || visits.iter().map(|visit| self.spans[visit.index()]);
        let first = spans().map(|(start, _)| start).min().unwrap_or(0);
        let last = spans().map(|(_, finish)| finish).max().unwrap_or(0);
        (first, last)
    }
}

fn visit_costs(network: &Network, at: usize, values: Values<'_>, start: i64, finish: i64) -> Vec<f64> {
    let visit = &network.visits[at];
    let timeline = &network.timelines[usize::from(visit.timeline)];
    let span = || (timeline.wall_of_start(start), timeline.wall_of_finish(finish));
    let cost = |money: &Money| match money {
        Money::Once { amount, price, factor, surplus, changes } => {
            let more = surplus.map_or(0.0, |surplus| values.of(surplus));
            let price = in_force(timeline, *price, changes, span().0);
            values.of(*amount) * (1.0 + more) * values.of(price) * factor
        }
        Money::Effort { effort, tariff } => values.of(*effort) * effort_rate(network, tariff, values, span()),
        Money::Running { units, tariff }
            if tariff.changes.is_empty() && tariff.timeline == Some(visit.timeline) =>
        {
            values.of(units.0) * values.of(tariff.first) / tariff.per * (finish - start) as f64
        }
        Money::Running { units, tariff } => values.of(units.0) * tariff_over(network, tariff, values, span()),
    };
    visit.costs.iter().map(|term| cost(&term.money)).collect()
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

fn hammock_cost(network: &Network, hammock: &Hammock, values: Values<'_>, walls: &Walls) -> f64 {
    tariff_over(network, &hammock.tariff, values, walls.over(hammock))
}

/// A surcharge applies to the money of visits and hammocks, never to other surcharges.
fn surcharge_cost(
    network: &Network,
    surcharge: &Surcharge,
    values: Values<'_>,
    visits: &[Vec<f64>],
    hammocks: &[f64],
) -> f64 {
    let counts = |category| surcharge.categories.as_ref().is_none_or(|of| of.contains(&category));
    let of_visit = |visit: VisitId| -> f64 {
        let terms = network.visits[visit.index()].costs.iter().zip(&visits[visit.index()]);
        terms.filter(|(term, _)| counts(term.category)).map(|(_, amount)| amount).sum()
    };
    let base: f64 = match &surcharge.visits {
        Some(chosen) => chosen.iter().map(|&visit| of_visit(visit)).sum(),
        None => {
            let all: f64 = (0..network.visits.len()).map(|at| of_visit(VisitId::new(at))).sum();
            let over = network.hammocks.iter().zip(hammocks);
            all + over.filter(|(hammock, _)| counts(hammock.category)).map(|(_, amount)| amount).sum::<f64>()
        }
    };
    base * values.of(surcharge.share)
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
    /// Each hammock of a run with these starts and finishes (positions of each visit's timeline).
    pub fn hammock_spans(&self, values: Values<'_>, starts: &[i64], finishes: &[i64]) -> Vec<HammockSpan> {
        let walls = Walls::of(self, starts, finishes);
        let span = |hammock: &Hammock| {
            let (from, to) = walls.over(hammock);
            HammockSpan { from, to, amount: tariff_over(self, &hammock.tariff, values, (from, to)) }
        };
        self.hammocks.iter().map(span).collect()
    }
}
